"""Marks: the numbers of notes that stand a blank behind a figure, ``5,850 (3)``, and are no figures of their own."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from msgspec.structs import replace

from tagger.grid.entries import Entry, Figure
from tagger.grid.lines import Line
from tagger.patterns import pattern

_MARK = pattern(r"\([1-9a-h]\)")
_NEAR = 2  # blanks


def with_marks(lines: Sequence[Line], entries: Sequence[Entry]) -> list[Entry]:
    """Give the marks of notes to the figures before them; *lines* are those of *entries*.

    Few rows have one, and no other figure stands in its place: a column of changes is none of marks.
    """
    marked = [_marked(line, entry) for line, entry in zip(lines, entries, strict=True)]
    if not any(marked) or 2 * sum(map(bool, marked)) > len(entries):
        return list(entries)
    marks = [mark for found in marked for mark in found]
    others = [
        figure for entry, found in zip(entries, marked, strict=True) for figure in entry.figures if figure not in found
    ]
    if any(mark.left < other.right and other.left < mark.right for mark in marks for other in others):
        return list(entries)
    return [_joined(entry, found) if found else entry for entry, found in zip(entries, marked, strict=True)]


def _marked(line: Line, entry: Entry) -> list[Figure]:
    """Return the figures of *entry* that may be the marks of the figures before them."""
    return [
        after
        for before, after in itertools.pairwise(entry.figures)
        if after.end - after.start == 3
        and after.start - before.end <= _NEAR
        and before.digits
        and _MARK.fullmatch(line.string, after.start - line.start, after.end - line.start)
    ]


def _joined(entry: Entry, marks: Sequence[Figure]) -> Entry:
    figures: list[Figure] = []
    for figure in entry.figures:
        if figure in marks:
            figures[-1] = replace(figures[-1], end=figure.end)
        else:
            figures.append(figure)
    return replace(entry, figures=tuple(figures))
