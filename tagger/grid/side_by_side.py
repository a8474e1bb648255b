"""Side by side: what is printed in two columns of a page, side by side, put one below the other.

Two statements on one page ("ASSETS" left, "LIABILITIES" right), or running text in two columns: the lines of the right
half follow those of the left half, each with its own place in the document.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tagger.grid.entries import read_entry
from tagger.grid.lines import Kind, Line, cut_line
from tagger.patterns import pattern

_FIGURES_END = pattern(r"[\d)%—–-] {2,}(?=[A-Z][A-Za-z]{2})")
_HALF = pattern(r"\S {3,}(?=[A-Za-z“\"])")
_ROWS = 3  # with a label and figures in both halves, before a page is taken to be printed in two
_LINES = 6  # of running text in both halves
_WORDS = 4  # that a half of such a line has, on an average
_HEADED = 3  # lines between two headings that stand in both halves
_APART = 12  # lines without either
_RAGGED = 6  # blanks by which labels of one half are indented


class Stretch(NamedTuple):
    """The lines from *first* up to *stop* are in two halves, of which the right one begins at *seam*."""

    first: int
    stop: int
    seam: int


def unfolded(lines: Sequence[Line]) -> list[Line]:
    """Return *lines* with every stretch of them that is printed in two columns as the left one, then the right one."""
    found: list[Line] = []
    done = 0
    for first, stop, seam in sorted([*_statements(lines), *_stories(lines)]):
        if first < done:
            continue
        found += lines[done:first]
        end = lines[stop - 1].end
        for left, right in ((0, seam), (seam, None)):
            found += [cut_line(line, left, right) for line in lines[first:stop]]
            found.append(Line(end, end, Kind.BREAK, 0, ""))
        done = stop
    return [*found, *lines[done:]]


def _statements(lines: Sequence[Line]) -> Iterator[Stretch]:
    """Yield the stretches in which rows, labels and figures, stand beside rows."""
    seams = [
        (index, match.end())
        for index, line in enumerate(lines)
        if line.kind is Kind.TEXT
        and "  " in line.string
        and (match := _FIGURES_END.search(line.string))
        and _is_pair(line, match.end())
    ]
    for group in _near(seams):
        if len(group) >= _ROWS:
            seam = min(at for _, at in group)
            yield _widened(lines, group[0][0], group[-1][0] + 1, seam)


def _is_pair(line: Line, seam: int) -> bool:
    """Say whether both halves of *line* are rows."""
    halves = (read_entry(cut_line(line, 0, seam)), read_entry(cut_line(line, seam, None)))
    return all(half.figures and half.end > half.start for half in halves)


def _near(seams: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Group the seams that follow one another closely and stand under one another."""
    group: list[tuple[int, int]] = []
    for index, at in seams:
        if group and (index - group[-1][0] > _APART or abs(at - group[0][1]) > _RAGGED):
            yield group
            group = []
        group.append((index, at))
    if group:
        yield group


def _widened(lines: Sequence[Line], first: int, stop: int, seam: int) -> Stretch:
    """Take in the headings above that stand in both halves, and what goes on below in either of them."""
    first = _top(lines, first, seam)
    while stop < len(lines) and lines[stop].kind and _parts(lines[stop], seam):
        stop += 1
    return Stretch(first, stop, seam)


def _top(lines: Sequence[Line], first: int, seam: int) -> int:
    """Return the uppermost line of those that part at the *seam* above *first* and stand in both halves.

    Between them may be a blank line, or a heading of one half.
    """
    at = first
    while at and first - at < _HEADED and _parts(lines[at - 1], seam):
        at -= 1
        if _is_double(lines[at], seam):
            first = at
    return first


def _parts(line: Line, seam: int) -> bool:
    """Say whether *line* has no word that goes over the *seam*."""
    return line.kind in (Kind.BLANK, Kind.TEXT, Kind.RULE) and not line.string[seam - 1 : seam].strip()


def _is_double(line: Line, seam: int) -> bool:
    return bool(line.string[:seam].strip()) and bool(line.string[seam:].strip())


def _stories(lines: Sequence[Line]) -> Iterator[Stretch]:
    """Yield the stretches of running text in two columns: long words left and right of a gap that all lines have."""
    runs = itertools.groupby(enumerate(lines), key=lambda numbered: numbered[1].kind in (Kind.TEXT, Kind.BLANK))
    for texts, run in runs:
        numbers = [index for index, _ in run]
        if texts and len(numbers) >= _LINES:
            yield from _story(lines, numbers[0], numbers[-1] + 1)


def _story(lines: Sequence[Line], first: int, stop: int) -> Iterator[Stretch]:
    gaps = [line.string for line in lines[first:stop] if "   " in line.string]
    starts = Counter([match.end() for string in gaps for match in _HALF.finditer(string)])
    seam, times = max(starts.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    if times < _LINES:
        return
    double = [index for index in range(first, stop) if _parts(lines[index], seam) and _is_double(lines[index], seam)]
    if not double:
        return
    first, stop = double[0], double[-1] + 1
    printed = [line for line in lines[first:stop] if line.kind]
    if (
        all(_parts(line, seam) for line in printed)
        and 5 * len(double) >= 4 * len(printed)
        and _reads(lines, double, seam)
    ):
        yield Stretch(first, stop, seam)


def _reads(lines: Sequence[Line], double: Sequence[int], seam: int) -> bool:
    """Say whether both halves of the lines read as sentences do: words, and no figures at their ends."""
    for start, end in ((0, seam), (seam, None)):
        halves = [lines[index].string[start:end] for index in double]
        words = sum(len(half.split()) for half in halves)
        figures = sum(half.rstrip()[-1:].isdigit() for half in halves)
        if words < _WORDS * len(halves) or 4 * figures > len(halves) or not any(map(_HALF_WORD.search, halves)):
            return False
    return True


_HALF_WORD = pattern(r"\b[a-z]+ [a-z]+\b")
