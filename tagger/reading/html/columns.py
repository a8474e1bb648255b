"""Logical columns: which of the many physical columns of a table a reader sees as one."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeAlias

from msgspec import Struct, field

from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.reading.html.units import FIGURE, TEXT, Unit

_MARKS = pattern(r"\(?[a-z0-9]{1,2}\)|\*+")
_MARK = pattern(r"\d{1,2}|\(\d{1,2}\)")
_PERIOD_LABEL = shape(r"\L<year>|\d{1,2}")
MOST = 500
"""Columns of figures that are told apart; a table with more is none that anybody reads."""

_start, _end = attrgetter("start"), attrgetter("end")
_Rows: TypeAlias = Sequence[list[Unit]]
_Places: TypeAlias = dict[tuple[int, int], list[tuple[int, Unit]]]


class Band(Struct, gc=False):
    """One logical column: *start* to *end* are the physical columns of its figures, *low* to *high* with their marks."""

    start: int
    end: int
    low: int
    high: int
    rows: set[int] = field(default_factory=set)
    count: int = 0
    worded: bool = False  # holds words only

    def covers(self, start: int, end: int) -> int:
        return min(self.end, end) - max(self.start, start)

    def add(self, unit: Unit, row: int) -> None:
        if unit.low < self.low:
            self.low = unit.low
        if unit.high > self.high:
            self.high = unit.high
        self.rows.add(row)
        self.count += 1


class Columns(Struct, frozen=True):
    """The columns of a table besides its labels, from left to right.

    Labels stand left of *labels*, the furthest left ones at *left*; where they stand among the figures, in *names*.
    """

    bands: tuple[Band, ...]
    labels: int
    left: int
    names: Band | None = None
    _known: dict[tuple[int, int, bool, bool], tuple[int, int]] = field(default_factory=dict)

    def place(self, unit: Unit, first: bool) -> tuple[int, int]:
        """Return the logical column of *unit* and how many it spans; *first* says it is the first of its row."""
        key = (unit.start, unit.end, unit.kind is FIGURE, first)
        place = self._known.get(key)
        if place is None:
            place = self._known[key] = self._place(unit, first)
        return place

    def _place(self, unit: Unit, first: bool) -> tuple[int, int]:
        start, end = unit.start, unit.end
        if self.names is not None and 2 * self.names.covers(start, end) > self.names.end - self.names.start:
            return 0, 1
        first_over, last_over = _overlapping(self.bands, start, end)
        over = enumerate(self.bands[first_over:last_over], first_over + 1)
        covered = [number for number, band in over if 2 * band.covers(start, end) >= band.end - band.start]
        if start < self.labels and (end <= self.labels or start <= self.left or (first and not covered)):
            return 0, 1 + len(covered)
        if not covered:
            return self._nearest(unit), 1
        if unit.kind is FIGURE:
            return next((number for number in covered if self.bands[number - 1].end == end), covered[0]), 1
        return covered[0], covered[-1] - covered[0] + 1

    def beyond(self, unit: Unit) -> bool:
        """Whether *unit* stands right of all columns."""
        return not self.bands or unit.start >= self.bands[-1].high

    def _nearest(self, unit: Unit) -> int:
        def distance(number: int) -> tuple[int, int, int]:
            band = self.bands[number - 1]
            inner = -band.covers(unit.start, unit.end)
            outer = max(band.low, unit.low) - min(band.high, unit.high)
            return (min(inner, 0), max(outer, -1), max(inner, 0))

        return min(range(1, len(self.bands) + 1), key=distance, default=1)


def find_columns(rows: _Rows) -> Columns:
    """Find the columns of figures, then the columns of text that stand among them; of more than `MOST`, all as they are."""
    bands = _figure_bands(rows)
    if len(bands) > MOST:
        return Columns(tuple(bands), 0, 0)
    bands = _without_marks(_attach_strays(bands, rows), rows)
    bands, labels = _split_labels(bands, rows)
    bands = _with_texts(bands, labels, rows)
    firsts = [row[0].start for row in rows if row and row[0].start < labels]
    if bands and bands[0].start < labels:
        labels = bands[0].start
    names = None if firsts else _names(bands, rows)
    if names is not None:
        bands.remove(names)
    left = names.start if names is not None else min(firsts, default=0)
    return Columns(tuple(bands), labels, left, names)


def _names(bands: list[Band], rows: _Rows) -> Band | None:
    """Return the one column of words of a table whose labels stand among its figures."""
    worded = [band for band in bands if band.worded]
    return worded[0] if len(worded) == 1 and 2 * len(worded[0].rows) >= len(rows) else None


def _figure_bands(rows: _Rows) -> list[Band]:
    """Group figures whose columns overlap; the commonest places come first, so that odd ones join them."""
    places: _Places = {}
    for number, row in enumerate(rows):
        for unit in row:
            if unit.kind is FIGURE:
                places.setdefault((unit.start, unit.end), []).append((number, unit))
    return _grouped(_commonest(places), [])


def _commonest(places: _Places) -> list[tuple[tuple[int, int], list[tuple[int, Unit]]]]:
    return sorted(places.items(), key=lambda item: (-len(item[1]), item[0][1] - item[0][0], item[0]))


def _grouped(places: Iterable[tuple[tuple[int, int], list[tuple[int, Unit]]]], bands: list[Band]) -> list[Band]:
    """Return *bands*, none of which overlap, with those that *places* give, from left to right."""
    bands.sort(key=_start)
    for (start, end), found in places:
        first, last = _overlapping(bands, start, end)
        if last - first > 1:
            continue
        if first == last:
            bands.insert(first, Band(start, end, start, end))
        else:
            _widen(bands[first], start, end, bands)
        for row, unit in found:
            bands[first].add(unit, row)
    return bands


def _overlapping(bands: Sequence[Band], start: int, end: int) -> tuple[int, int]:
    """Return from where to where in *bands* those stand that have a column from *start* to *end*."""
    return bisect_right(bands, start, key=_end), bisect_left(bands, end, key=_start)


def _widen(band: Band, start: int, end: int, bands: list[Band]) -> None:
    start, end = min(band.start, start), max(band.end, end)
    first, last = _overlapping(bands, start, end)
    if last - first == 1:
        band.start, band.end = start, end


def _attach_strays(bands: list[Band], rows: _Rows) -> list[Band]:
    """Join a band of few figures to the one beside it, where no row has both and no heading tells them apart."""
    result: list[Band] = []
    for band in bands:
        last = result[-1] if result else None
        if last is not None and band.start - last.end <= 1 and _same(last, band, rows):
            last.end, last.high, last.low = max(last.end, band.end), max(last.high, band.high), min(last.low, band.low)
            last.rows |= band.rows
            last.count += band.count
        else:
            result.append(band)
    return result


def _same(one: Band, other: Band, rows: _Rows) -> bool:
    if one.rows & other.rows or 3 * min(one.count, other.count) > max(one.count, other.count):
        return False
    few = one if one.count < other.count else other
    many = other if few is one else one
    for row in rows:
        for unit in row:
            if (
                unit.kind is not FIGURE
                and few.covers(unit.start, unit.end) > 0
                and many.covers(unit.start, unit.end) <= 0
            ):
                return False
    return True


def _split_labels(bands: list[Band], rows: _Rows) -> tuple[list[Band], int]:
    """Tell where the labels end; a first band that only ever opens its rows may itself be labels (years, numbers)."""
    while bands and len(bands) > 1 and _is_labels(bands[0], rows):
        bands = bands[1:]
    if not bands:
        return bands, max((unit.end for row in rows for unit in row[:1]), default=0)
    start = bands[0].start
    labelled = any(row and row[0].start < start and row[0].kind is not FIGURE for row in rows)
    return bands, bands[0].low if labelled and _clear(bands[0], rows) else start


def _clear(band: Band, rows: _Rows) -> bool:
    """Whether no label reaches into the marks before the figures of *band*."""
    return not any(row and row[0].kind is TEXT and band.low < row[0].end <= band.start for row in rows)


def _is_labels(band: Band, rows: _Rows) -> bool:
    opening = [
        row[0] for number, row in enumerate(rows) if number in band.rows and band.covers(row[0].start, row[0].end) > 0
    ]
    if len(opening) < len(band.rows):
        return False
    texts = sum(
        len(row) > 1
        and row[0].kind is TEXT
        and band.covers(row[0].start, row[0].end) > 0
        and any(unit.kind is FIGURE for unit in row[1:])
        for row in rows
    )
    return 3 * texts >= len(opening) or all(
        _PERIOD_LABEL.fullmatch(unit.string) or _MARKS.fullmatch(unit.string) for unit in opening
    )


def _with_texts(bands: list[Band], labels: int, rows: _Rows) -> list[Band]:
    """Add columns that hold words only: notes, a second column of labels."""
    places: _Places = {}
    taken: dict[tuple[int, int], bool] = {}
    for number, row in enumerate(rows):
        for unit in row if row and bands and row[0].start >= labels else row[1:]:
            place = unit.start, unit.end
            if place not in taken:
                taken[place] = any(unit.start < band.high and band.low < unit.end for band in bands)
            if not taken[place]:
                places.setdefault(place, []).append((number, unit))
    if not places:
        return bands
    known = {id(band) for band in bands}
    least = 2 if bands else 1
    found: list[Band] = []
    for band in _grouped(_commonest(places), list(bands)):  # those among them are the same objects
        if id(band) not in known:
            band.worded = True
            if len(band.rows) < least or _opens_rows(band, labels, rows):
                continue
        found.append(band)
    return found


def _opens_rows(band: Band, labels: int, rows: _Rows) -> bool:
    """Whether words left of the figures mostly open their rows: these are the labels, grouped by words before them."""
    if band.start >= labels:
        return False
    return sum(bool(row) and band.covers(row[0].start, row[0].end) > 0 for row in rows) > len(band.rows)


def _without_marks(bands: list[Band], rows: _Rows) -> list[Band]:
    """Take out columns of the numbers of footnotes, and join these to the figures before them."""
    kept = [band for number, band in enumerate(bands) if not (number and _is_marks(band, bands[number - 1], rows))]
    if len(kept) < len(bands):
        for band in bands:
            if band not in kept:
                for number in band.rows:
                    _join_mark(rows[number], band)
    return kept


def _is_marks(band: Band, before: Band, rows: _Rows) -> bool:
    if band.count >= before.count or not band.rows <= before.rows:
        return False
    numbers: list[int] = []
    for row in rows:
        for unit in row:
            if band.covers(unit.start, unit.end) > 0:
                if unit.kind is not FIGURE:
                    if before.covers(unit.start, unit.end) <= 0:
                        return False
                elif _MARK.fullmatch(unit.string) and unit.end - unit.start == 1:
                    numbers.append(int(unit.string.strip("()")))
                else:
                    return False
    return numbers == sorted(numbers) and len(set(numbers)) > 1


def _join_mark(row: list[Unit], band: Band) -> None:
    """Join the mark in *band* to the unit before it, as a raised one."""
    for before, unit in itertools.pairwise(row):
        if band.covers(unit.start, unit.end) > 0:
            for line in unit.lines:
                line.raised = list(line.spans)
            before.joined(unit)
            row.remove(unit)
            return
