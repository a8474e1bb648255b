"""Columns: in which column of its table each figure stands."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from msgspec.structs import replace

from tagger.grid.entries import Entry, Figure

_RIGHT = itemgetter(1)
_NEARLY = 0.8  # of the rows
_END = 3  # digits by which columns of figures set flush right are told apart


class Placing(NamedTuple):
    """What was found out about the columns of a table.

    *places* gives for each entry the columns, from 1, of its last figures: figures before
    those belong to the label. *edges* are the columns' places on the line. *exact* says that the
    places on the line decided, *doubtful* that some row had to be filled by counting.
    """

    places: list[tuple[int, ...]]
    edges: list[tuple[int, int]]
    exact: bool
    doubtful: bool


def placed(entries: Sequence[Entry]) -> Placing | None:
    """Find the columns of *entries* by their places on the line; ``None`` where those say nothing."""
    placing = None if _is_collapsed(entries) else _by_position(entries) or _by_ends(entries)
    found = placing and (_by_blocks(entries, placing) or placing)
    return None if found is None or _are_ragged(found) else found


def _are_ragged(placing: Placing) -> bool:
    """Say whether figures stand in more places than any row has, where nearly all have as many: their places tell nothing."""
    counts = Counter(len(places) for places in placing.places)
    most = max(counts, default=0)
    return 1 < most < len(placing.edges) and counts[most] >= _NEARLY * counts.total()


def _is_collapsed(entries: Sequence[Entry]) -> bool:
    """Say whether single blanks are all that is left between most labels and their figures: places then say nothing."""
    labelled = [entry for entry in entries if entry.end > entry.start and entry.figures]
    return sum(not entry.wide for entry in labelled) * 2 > len(labelled)


def _by_position(entries: Sequence[Entry]) -> Placing | None:
    """Cluster figures whose places on the line overlap; ``None`` if two of one row fall together."""
    edges = merged((figure.left, figure.right) for entry in entries for figure in entry.figures[entry.attached :])
    edges = _without_strays(entries, _outside_labels(entries, edges))
    places: list[tuple[int, ...]] = []
    for entry in entries:
        columns = [_column(figure, edges) for figure in entry.figures]
        if entry.start == entry.end and not entry.attached and len(columns) == len(edges):
            places.append(tuple(range(1, len(edges) + 1)))  # figures alone, as many as columns: one in each
            continue
        kept = len(columns)
        while kept and columns[kept - 1] and (kept < 2 or columns[kept - 2] < columns[kept - 1]):
            kept -= 1
        # figures left over must be words of the label, joined to it by one blank
        strange = kept > entry.attached and (kept > 1 or entry.start == entry.end or columns[kept - 1] > 0)
        if strange and (any(columns[:kept]) or entry.figures[kept - 1].right > edges[0][0]):
            return None
        places.append(tuple(columns[kept:]))
    return Placing(places, edges, True, False)


def _by_ends(entries: Sequence[Entry]) -> Placing | None:
    """Cluster the ends of figures: those of full columns that are set flush right touch, and may stand out a little."""
    narrow = [replace(entry, figures=tuple(_end(figure) for figure in entry.figures)) for entry in entries]
    placing = _by_position(narrow)
    if placing is None or len(placing.edges) > max(len(entry.figures) - entry.attached for entry in entries):
        return None
    lefts = [left for left, _ in placing.edges]
    for entry, places in zip(entries, placing.places, strict=True):
        for figure, column in zip(entry.figures[len(entry.figures) - len(places) :], places, strict=True):
            lefts[column - 1] = min(lefts[column - 1], figure.left)
    rights = [right for _, right in placing.edges]
    edges = [(max(pair), right) for pair, right in zip(zip(lefts, [0, *rights], strict=False), rights, strict=True)]
    return placing._replace(edges=edges)


def _by_blocks(entries: Sequence[Entry], placing: Placing) -> Placing | None:
    """Place the rows of two pages each by their own columns, as many on both, where those of the second are set otherwise.

    *placing* says where all stand taken together: over more columns than any row fills.
    """
    most = max(len(places) for places in placing.places)
    full = [at for at, places in enumerate(placing.places) if len(places) == most]
    turns = [after for before, after in itertools.pairwise(full) if placing.places[before] != placing.places[after]]
    if most < 2 or len(placing.edges) <= most or len(turns) != 1:
        return None
    above, below = _by_position(entries[: turns[0]]), _by_position(entries[turns[0] :])
    if above is None or below is None or not len(above.edges) == len(below.edges) == most:
        return None
    if all(
        one[1] in (other[1] - 1, other[1], other[1] + 1)
        for one in above.edges
        for other in below.edges
        if one[0] < other[1] and other[0] < one[1]
    ):
        return None  # columns that end alike are the same, whichever of them are empty
    return Placing([*above.places, *below.places], above.edges, True, False)


def _end(figure: Figure) -> Figure:
    return replace(figure, left=max(figure.left, figure.right - _END))


def merged(intervals: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *intervals* on a line, those that overlap as one, from the left."""
    edges: list[tuple[int, int]] = []
    for left, right in sorted(intervals):
        if edges and left < edges[-1][1]:
            edges[-1] = (edges[-1][0], max(edges[-1][1], right))
        else:
            edges.append((left, right))
    return edges


def _outside_labels(entries: Sequence[Entry], edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop columns that lie where labels run: the figures in them are words of labels (counts of shares)."""
    begins = sorted(figure.left for entry in entries for figure in entry.figures)
    reaches = sorted(entry.reach for entry in entries if entry.end > entry.start)
    first = 0
    while first < len(edges) - 1:
        left, right = edges[first]
        there = bisect_left(begins, right) - bisect_left(begins, left)
        if len(reaches) - bisect_right(reaches, left + 1) <= there:
            break
        first += 1
    return edges[first:]


def _without_strays(entries: Sequence[Entry], edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join columns that no row fills both of and that nearly touch: they are one, ragged."""
    if len(edges) < 2:
        return edges
    filled = [frozenset(_column(figure, edges) for figure in entry.figures[entry.attached :]) for entry in entries]
    joined = [edges[0]]
    members = [{1}]
    for index, edge in enumerate(edges[1:], start=2):
        apart = edge[0] - joined[-1][1]
        if apart <= 4 and not any(index in row and row & members[-1] for row in filled):
            joined[-1] = (joined[-1][0], edge[1])
            members[-1].add(index)
        else:
            joined.append(edge)
            members.append({index})
    return joined


def _column(figure: Figure, edges: Sequence[tuple[int, int]]) -> int:
    """Return the number of the first of *edges*, which lie apart from the left, that *figure* overlaps; 0 if none."""
    index = bisect_right(edges, figure.left, key=_RIGHT)
    return index + 1 if index < len(edges) and edges[index][0] < figure.right else 0


def counted(entries: Sequence[Entry], hint: int, *, joined: bool = False) -> Placing:
    """Find the columns of *entries* by counting figures from the left; rows that lack some go by percent signs or rough places.

    *hint* is how many columns the headings name (0 if not known). *joined* says that the figures of a total without a label
    may stand behind those of the row before it.
    """
    total = _count(entries, hint, joined)
    full = [entry for entry in entries if len(entry.figures) == total]
    percent = percent_columns(((entry.figures, range(1, total + 1)) for entry in full), total)
    middles = [_median([entry.figures[index].right for entry in full]) for index in range(total)]
    places: list[tuple[int, ...]] = []
    doubtful = False
    for entry in entries:
        count = len(entry.figures)
        if count >= total:
            places.append(tuple(range(1, total + 1)))
            continue
        chosen = _by_kind(entry.figures, percent) or _by_rough_place(entry.figures, middles)
        doubtful = doubtful or chosen is None
        places.append(chosen or nowhere(count, total))
    edges = [
        (min(entry.figures[index].left for entry in full), middles[index]) if full else (index, index)
        for index in range(total)
    ]
    return Placing(places, edges, False, doubtful)


def _count(entries: Sequence[Entry], hint: int, joined: bool) -> int:
    """Return how many columns there are: the most figures that a good part of the rows have."""
    counts = Counter(len(entry.figures) - entry.attached for entry in entries)
    for entry in entries:
        if entry.attached:
            counts[len(entry.figures)] += 0
    rows = sum(counts.values())
    common = [count for count, times in counts.items() if count and times >= max(2, 0.15 * rows)] or [
        max(counts, default=0)
    ]
    multiples = {count // hint for count in common if hint and count % hint == 0} - {1}
    if (
        hint
        and counts[hint] >= max(2, 0.3 * rows)
        and (not multiples or (joined and multiples == {2} and counts[hint] * 2 > rows))
    ):
        return hint
    # signs read as digits make rows too long; the headings divide the true number of columns
    most = max([count for count in common if hint and count % hint == 0] or common)
    return max(most, 1)


def _by_kind(figures: Sequence[Figure], percent: Sequence[bool]) -> tuple[int, ...] | None:
    """Put percentages into the columns of percentages and amounts into the others, where that leaves no choice."""
    if not any(percent) or all(percent):
        return None
    marks = {figure.percent for figure in figures}
    if len(marks) != 1:
        return None
    fitting = tuple(index for index, mark in enumerate(percent, start=1) if mark in marks)
    return fitting if len(fitting) == len(figures) else None


def nowhere(count: int, total: int) -> tuple[int, ...]:
    """Put *count* figures, which may stand in any of the columns, right of all that have headings: none says when they are."""
    return tuple(range(total + 1, total + count + 1))


def _by_rough_place(figures: Sequence[Figure], middles: Sequence[int]) -> tuple[int, ...] | None:
    """Take the nearest columns, where each is clearly nearer than the next."""
    chosen: list[int] = []
    for figure in figures:
        ranked = sorted((abs(figure.right - middle), index) for index, middle in enumerate(middles, start=1))
        if len(ranked) > 1 and ranked[0][0] * 2 >= ranked[1][0]:
            return None
        if ranked[0][1] in chosen:
            return None
        chosen.append(ranked[0][1])
    return tuple(chosen) if chosen == sorted(chosen) else None


def percent_columns(rows: Iterable[tuple[Sequence[Figure], Sequence[int]]], total: int) -> list[bool]:
    """Say for each of *total* columns whether it holds percentages: its first figure is one, or most are.

    *rows* are figures and their columns; the sign is often printed in the first row and in the last alone.
    """
    marks: list[list[bool]] = [[] for _ in range(total)]
    for figures, places in rows:
        for figure, column in zip(figures, places, strict=False):
            if figure.digits and column <= total:
                marks[column - 1].append(figure.percent)
    return [bool(column) and (column[0] or 2 * sum(column) > len(column)) for column in marks]


def _median(numbers: list[int]) -> int:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0
