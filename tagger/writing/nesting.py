"""Which elements stand inside which: told by a letter for each tag, without a tree."""

from __future__ import annotations

from tagger.writing.tree import known

# The kind of an element that begins; one that ends has the small letter. Others are of no kind.
_KINDS = {
    "a": "A",
    "div": "B",
    "table": "T", "thead": "H", "tbody": "Y", "tr": "R", "td": "D", "th": "D",
    "ol": "L", "ul": "L", "li": "M",
    **dict.fromkeys(("address", "h1", "h2", "h3", "h4", "h5", "h6", "p"), "P"),
}  # fmt: skip
_DEEPEST = 50
_ALONE = {"br": ".", "img": ".", "hr": "#"}
_WRAPPERS = frozenset({"description", "document", "filename", "sequence", "text", "type"})
WRAPPER = "W"
"""The kind of what is no HTML, as the marks of a submission: it shows as a block where it holds blocks, else as a line."""
_BLOCKS = frozenset("BLPT#")
_AS_BLOCK = {"I": "B", "P": "B", "i": "b", "p": "b"}
BLANK_AFTER = frozenset("HLRTYdhmry")
"""Kinds of tags behind which XHTML has no place for text."""

# What is in order comes down, from the inside out, to a line (.), a line with a link (@) or blocks (#).
# Cells and rows first: of most pages little else is left then to be looked through.
_STEPS = (
    ("Ii", "."), ("Dd", "c"), ("D.d", "c"), ("cc", "c"), ("Rcr", "o"), ("oo", "o"),
    ("..", "."), ("Ii", "."), ("I.i", "."), ("..", "."),
    ("Aa", "@"), ("A.a", "@"), (".@", "@"), ("@.", "@"), ("@@", "@"), ("I@i", "@"),
    ("Pp", "#"), ("P.p", "#"), ("P@p", "#"), ("Bb", "#"), ("B.b", "#"), ("B@b", "#"), ("B#b", "#"),
    (".#", "#"), ("#.", "#"), ("@#", "#"), ("#@", "#"), ("##", "#"),
    ("Ww", "."), ("W.w", "."), ("W@w", "@"), ("W#w", "#"),
    ("D.d", "c"), ("D@d", "c"), ("D#d", "c"), ("cc", "c"), ("Rcr", "o"), ("Rr", "o"), ("oo", "o"),
    ("Tot", "#"), ("THohY", "TY"), ("Yoy", "z"), ("zz", "z"), ("Tzt", "#"),
    ("Mm", "e"), ("M.m", "e"), ("M@m", "e"), ("M#m", "e"), ("ee", "e"), ("Lel", "#"),
)  # fmt: skip


def kind_of(name: str, tag: str) -> str:
    """Return the kind of an element called *name*, *tag* in XHTML; nothing where it takes a tree to place it."""
    if name in _WRAPPERS:
        return WRAPPER
    return _KINDS.get(tag) or _ALONE.get(tag) or ("I" if tag in known("inline") or tag == "font" else "")


def in_order(kinds: str) -> bool:
    """Whether XHTML lets all elements stand where they do that are of these *kinds*, one behind the other."""
    said, before = kinds, ""
    for _ in range(_DEEPEST):  # each time, another line, block or table around others comes down
        if said == before:
            break
        before = said
        for pattern, instead in _STEPS:
            said = said.replace(pattern, instead)
            while pattern == instead * 2 and pattern in said:  # a row of them comes down to one
                said = said.replace(pattern, instead)
    return said in {"", ".", "@", "#"}


def lifted_in(kinds: str) -> frozenset[int]:
    """Return where lines and inline elements begin and end that hold blocks, and have to be blocks themselves.

    >>> sorted(lifted_in("BI#ib")), sorted(lifted_in("P.p"))
    ([1, 3], [])
    """
    found: set[int] = set()
    opened: list[int] = []
    for at, kind in enumerate(kinds):
        if kind in _BLOCKS:
            found.update(opened)
        if kind.isupper():
            opened.append(at)
        elif kind.islower() and opened.pop() in found:
            found.add(at)
    return frozenset(at for at in found if kinds[at] in _AS_BLOCK)


def as_blocks(kinds: str, lifted: frozenset[int]) -> str:
    """Return *kinds* with blocks in the places of those that are *lifted*."""
    return "".join([_AS_BLOCK.get(kind, kind) if at in lifted else kind for at, kind in enumerate(kinds)])


def end_of(kinds: str, start: int) -> int:
    """Return where what begins at *start* ends, among elements of its kind."""
    begin, end = kinds[start], kinds[start].lower()
    depth = 0
    for number in range(start, len(kinds)):
        depth += (kinds[number] == begin) - (kinds[number] == end)
        if not depth:
            return number
    return len(kinds)


def holds_blocks(kinds: str) -> bool:
    return not _BLOCKS.isdisjoint(kinds)
