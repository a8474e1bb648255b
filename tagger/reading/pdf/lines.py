"""Printed pages as fixed-width text: glyphs become words, words lines, and places on paper columns of characters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tagger.lexicon.numerals import minus_marks
from tagger.lexicon.shapes import listed
from tagger.patterns import pattern

# In widths of a character of the line.
_BLANK = 0.28  # between words
_APART = 1.5  # between cells: more than justified text shows
_FIGURES_APART = 0.75  # between two figures, of which the second cannot go on with the first
_RAISED = 0.85  # by how much the line of a raised mark may differ
_SAME = 0.25  # the same character printed twice, to make it bold
_NARROWEST = 0.5
_MOST_BLANK_LINES = 3
_FIGURE = pattern(
    rf"[{minus_marks()}{''.join(sorted(listed('signs')))}<[(+]*\s*(?:\d[\d,]*(?:\.\d*)?|\.\d+)?[)\]>%\s]*|[{minus_marks()}$(\s]+[)%]*"
)


class Glyph(NamedTuple):
    """A character as printed: from *left* to *right*, on the line at height *base* (upwards)."""

    character: str
    left: float
    right: float
    base: float


class Run(NamedTuple):
    """Words that stand together on a line."""

    text: str
    left: float
    right: float


def page_text(glyphs: Sequence[Glyph]) -> str:
    """Lay out one page; columns of figures end below each other, as on paper.

    >>> row = [Glyph(c, 10 + 5 * i, 15 + 5 * i, 700) for i, c in enumerate("Sales")]
    >>> page_text(row + [Glyph(c, 80 + 5 * i, 85 + 5 * i, 700) for i, c in enumerate("1,234")])
    'Sales         1,234\\n'
    """
    if not glyphs:
        return ""
    lines = [(line[0].base, list(_runs(line))) for line in _lines(glyphs)]
    margin = min(runs[0].left for _, runs in lines)
    unit = _unit(glyphs, [runs for _, runs in lines])
    gaps = [above - below for (above, _), (below, _) in itertools.pairwise(lines)]
    leading = _leading(gaps)
    pieces: list[str] = []
    for gap, (_, runs) in zip([0.0, *gaps], lines, strict=True):
        pieces.append("\n" * min(max(round(gap / leading) - 1, 0), _MOST_BLANK_LINES))
        pieces.append(_placed(runs, margin, unit) + "\n")
    return "".join(pieces)


def _width(glyphs: Sequence[Glyph]) -> float:
    return sum(glyph.right - glyph.left for glyph in glyphs) / len(glyphs)


def _lines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs of one printed line after the other, marks raised above it or lowered included."""
    levels: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        levels.setdefault(round(glyph.base, 1), []).append(glyph)
    line: list[Glyph] = []
    base = 0.0
    for level in sorted(levels, reverse=True):
        found = levels[level]
        if line and base - level > _RAISED * max(_width(line), _width(found)):
            yield _in_order(line, base)
            line = []
        if not line or len(found) > len(line):
            base = level
        line = line + found
    yield _in_order(line, base)


def _in_order(line: list[Glyph], base: float) -> list[Glyph]:
    """Sort a line from left to right, without what was printed twice; it stands at *base*."""
    line.sort(key=lambda glyph: glyph.left)
    kept: list[Glyph] = []
    width = _width(line)
    for glyph in line:
        if any(glyph.character == other.character and glyph.left - other.left < _SAME * width for other in kept[-3:]):
            continue
        kept.append(glyph._replace(base=base))
    return kept


def _runs(line: Sequence[Glyph]) -> Iterator[Run]:
    width = _width(line)
    text, left, right = "", line[0].left, line[0].left
    for glyph in line:
        gap = glyph.left - right
        if text and (gap > _APART * width or (gap > _FIGURES_APART * width and _parted(text, glyph))):
            yield Run(text, left, right)
            text, left = "", glyph.left
        elif text and gap > _BLANK * width:
            text += " "
        text += glyph.character
        right = max(right, glyph.right) if text[:-1] else glyph.right
    yield Run(text, left, right)


def _parted(text: str, glyph: Glyph) -> bool:
    """Whether a figure ends before *glyph* and another begins with it."""
    return text[-1] in "0123456789)%" and glyph.character in "0123456789$("


def _unit(glyphs: Sequence[Glyph], lines: Sequence[Sequence[Run]]) -> float:
    """Return the width of a column of characters: the widest in which no run is pushed aside by one before it."""
    usual = sorted(glyph.right - glyph.left for glyph in glyphs)[len(glyphs) // 2]
    room = [
        (after.left - run.left) / (len(run.text) + 2)
        for runs in lines
        for run, after in itertools.pairwise(runs)
        if after.left > run.left
    ]
    return max(min([usual, *room]), _NARROWEST * usual)


def _leading(gaps: Sequence[float]) -> float:
    """Return the usual distance of lines: that of most of the closer ones."""
    ordered = sorted(gap for gap in gaps if gap > 0)
    return ordered[len(ordered) // 3] if ordered else 1.0


def _placed(runs: Sequence[Run], margin: float, unit: float) -> str:
    """Put a line together: labels begin, figures end and headings have their middle where they do on paper."""
    line = ""
    for number, run in enumerate(runs):
        if number == 0:
            column = round((run.left - margin) / unit)
        elif _FIGURE.fullmatch(run.text):
            column = round((run.right - margin) / unit) - len(run.text)
        else:
            column = round(((run.left + run.right) / 2 - margin) / unit - len(run.text) / 2)
        line = line.ljust(max(column, len(line) + 2 * bool(line))) + run.text
    return line
