"""Tag soup that the parser takes otherwise than browsers do: <b>, <font> and their like around whole paragraphs."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from tagger.patterns import pattern

Element: TypeAlias = "etree._Element"

# The parser ends these at a <p> or <center> inside them, where browsers let them go on; their doubles it lets be.
_DOUBLES = {
    "b": "strong",
    "i": "em",
    "u": "ins",
    "s": "del",
    "strike": "del",
    "tt": "kbd",
    "big": "span style='font-size:larger'",
    "small": "span style='font-size:smaller'",
    "center": "div align=center",
}
_INLINE = ("b", "i", "u", "s", "strike", "tt", "big", "small", "font")
_BLOCKS = frozenset({"p", "center"})
_DEEPEST = 100  # elements open at once, beyond which the outermost are let be: no page nests so many, garbage does
_TAG = pattern(rf"<(/?)({'|'.join(_INLINE)}|p|center|table|tr|td|th)(?=[\s>/])", re.IGNORECASE)


def is_cut_short(root: Element) -> bool:
    """Whether a block follows right behind an element that may have been meant to hold it."""
    for element in root.iter(*_INLINE):
        following = element.getnext()
        if following is not None and following.tag in _BLOCKS and not (element.tail or "").strip():
            return True
    return False


def doubled(markup: str) -> str:
    """Write elements that hold blocks as ones which look the same and may hold them; cells of tables bound them.

    >>> doubled("<center><b>a<p>b</p></b></center><i>c</i><p>d")
    '<center><strong>a<p>b</p></strong></center><i>c</i><p>d'
    """
    opened: list[tuple[str, re.Match[str], bool]] = []
    changes: list[tuple[int, int, str]] = []
    for found in _TAG.finditer(markup):
        name, closing = found[2].lower(), bool(found[1])
        if name in _DOUBLES or name == "font":
            if not closing:
                if name == "center":
                    opened = [(other, begin, True) for other, begin, _ in opened]
                opened.append((name, found, name == "center" and any(other == "font" for other, _, _ in opened)))
                del opened[:-_DEEPEST]
            elif any(name == other for other, _, _ in opened):
                while opened and opened[-1][0] != name:
                    opened.pop()
                _, begin, holds = opened.pop()
                if holds and name in _DOUBLES:
                    double = _DOUBLES[name]
                    changes += [(*begin.span(), f"<{double}"), (*found.span(), f"</{double.split()[0]}")]
        elif name == "p":
            if not closing:
                opened = [(other, begin, holds or other != "center") for other, begin, holds in opened]
        else:
            opened = []
    return _changed(markup, sorted(changes))


def _changed(markup: str, changes: list[tuple[int, int, str]]) -> str:
    pieces, done = [], 0
    for start, end, instead in changes:
        pieces += [markup[done:start], instead]
        done = end
    return "".join([*pieces, markup[done:]])
