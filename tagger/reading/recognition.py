"""Recognition: does a text look like the output of character recognition?"""

from __future__ import annotations

import itertools
import textwrap

from tagger.lexicon.shapes import shape
from tagger.patterns import pattern

_LETTERED = pattern(
    r"(?<![\w.,-])(?:\d[\d,]{0,20}[OlI]\d[\d,]{0,20}|[lI]9\d\d)(?![\w-])"
)  # a letter among digits: "81,2O4", "l989"
_MIXED = pattern(r"[OlI]\d|[lI]9")  # which each of them holds, and quickly looked for
_MANY = 3  # of these, which nobody types
# Each with the signs of which it cannot be without one; most texts have none of them.
_TORN_DASH = pattern(r"_—|—_|[$§]_|_[$§]")
_INJURIES = (
    ("_", _TORN_DASH),
    ("§", pattern(r"§\s+\(?\d|\d\s+§")),
    ("‘'`", pattern(r"(?m)^[‘'`][A-Z][a-z]+ [a-z]")),
    (",", shape(r"(?<!\d )(?<![a-z]{3} \d)(?<![a-z]{3} \d\d)\b\d{1,3}, \d{3}\b(?!,? ?\L<year>)", case=True)),
    ("SOlI", shape(r"\d[SOlI]\b(?!\w)|\b[lIO]\d\L<group>", case=True)),
    ("—", pattern(r"—(?:(?<=[a-z]—)[a-z]+ing\b|(?<=\b[Nn]on—))")),
    ('"“', pattern(r"'\"|\"'|,'\"|“\s?,")),
    ("=~«°", pattern(r"[=~«°]\s+\(?[$\d]|\d\s+[=~«]")),
    ("©", pattern(r"(?m)^©\s")),
)
_FLUSH = pattern(r"(?m)^\S")
_LONG_LINE = 260  # recognition keeps the lines of the page
_BROKEN_ROW = pattern(r"(?m)^[A-Z][^\n]*[a-z)] [^\n]{0,40}\d, \d{3}(?![\d,])[\d\s,$().-]*$")
_ROW = pattern(r"(?m)^\S.*\S {3,}\S.*$")
_FIGURE_LAST = pattern(r"\d[)%]?\s*$")
_COLLAPSED = pattern(r"(?m)^[A-Z][A-Za-z ,]{3,60}\S [$(]*\d[\d,.]*\)? [$(]*\d[\d,.]*\)?( [$(]*\d[\d,.]*\)?)*$")


def is_recognised(text: str) -> bool:
    """Say whether *text* came out of OCR, by its typical injuries: ``46, 180``, ``—_—``, ``§`` for ``$``, lost indents
    where figures do not stand under one another either.

    >>> is_recognised("Revenue    $ 1,234\\n  Cost of sales    1,000\\n")
    False
    """
    if not _FLUSH.search(text):
        text = textwrap.dedent(text)  # a margin of the whole page is no indent
    lettered = len(_LETTERED.findall(text)) if _MIXED.search(text) else 0
    if lettered >= _MANY:
        return True
    indented = text.count("\n  ")
    if "<TABLE>" in text or indented > 0.15 * text.count("\n") or max(map(len, text.split("\n"))) >= _LONG_LINE:
        return False
    rows = len(_ROW.findall(text))
    hurt = [injury for signs, injury in _INJURIES if any(map(text.__contains__, signs)) and injury.search(text)]
    injured = len(hurt) + bool(lettered)
    if rows >= 8 and indented <= 6 and (injured or not _is_aligned(text)):
        return True
    flat = len(_COLLAPSED.findall(text))
    if indented > 0.1 * (rows + flat) + 8:
        return False
    if flat and (_TORN_DASH.search(text) or _BROKEN_ROW.search(text)):
        return True
    return injured >= 2 or (injured >= 1 and flat >= 5)


def _is_aligned(text: str) -> bool:
    """Say whether most rows end in a figure right under that of the row before them, as whoever types a table sets them."""
    ends: list[int | None] = []
    for line in text.split("\n"):
        if line.strip():
            row = _ROW.match(line) is not None and _FIGURE_LAST.search(line) is not None
            ends.append(len(line.rstrip().rstrip(")%")) if row else None)
    under = [above == below for above, below in itertools.pairwise(ends) if above is not None and below is not None]
    return 2 * sum(under) > len(under)
