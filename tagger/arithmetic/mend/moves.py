"""Rows whose figures stand in the wrong place, told by the one move that makes a total add up in every column.

Three moves are known: the figures of two rows exchanged, those of one row moved by
one column, those of two columns of a row exchanged. A move counts only where it mends at
least two columns exactly, which chance does not do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tagger.arithmetic.search.vectors import SumRow, Vector

_TELLING = 100


class Move(Struct, frozen=True, kw_only=True):
    """*lines* are the rows concerned; *order* are pairs of a column and the one its figure comes from.

    Exchanged rows have two lines and keep the columns.
    """

    kind: str
    lines: tuple[int, ...]
    order: tuple[tuple[int, int], ...] = ()


class Others(Struct, frozen=True):
    """The rows of a table by what they print: lines by sort and values, and the values of each sort by column."""

    lines: dict[tuple[str, Vector], list[int]]
    values: dict[str, tuple[set[int | None], ...]]

    @staticmethod
    def of(rows: Sequence[SumRow]) -> Others:
        """Return *rows* in this order."""
        lines: dict[tuple[str, Vector], list[int]] = {}
        by_sort: dict[str, list[Vector]] = {}
        for row in rows:
            lines.setdefault((row.sort, row.values), []).append(row.line)
            by_sort.setdefault(row.sort, []).append(row.values)
        values = {sort: tuple(map(set, zip(*there, strict=True))) for sort, there in by_sort.items()}
        return Others(lines, values)


def differences(total: SumRow, run: Sequence[SumRow], weights: Sequence[int]) -> list[int]:
    """Return by column what *total* has more than the sum of *run*."""
    return [
        (wanted or 0) - sum([w * (row.values[c] or 0) for row, w in zip(run, weights, strict=True)])
        for c, wanted in enumerate(total.values)
    ]


def find_moves(
    total: SumRow, run: Sequence[SumRow], weights: Sequence[int], off: Sequence[int], others: Others
) -> Iterator[Move]:
    """Yield the moves after which *total* is exactly the sum of *run* in every column; *off* are their differences."""
    if sum([abs(value) >= _TELLING for value in off]) < 2:
        return
    first = next(c for c, value in enumerate(off) if value)
    there = others.values[total.sort][first]
    in_total = total.values[first] or 0
    for row, weight in [*zip(run, weights, strict=True), (total, -1)]:
        value = row.values[first]
        wanted = (value or 0) + weight * off[first]  # a look at one column spares most rows the rest
        if not wanted or wanted in row.values:
            yield from _within(total, row, weight, off)
        given = in_total - off[first] + weight * (in_total - (value or 0))
        if row is not total and (value or 0) == given and _exchanged(total, row, weight, off):
            yield Move(kind="exchanged-rows", lines=(row.line, total.line))
        if (None if value is None else wanted) in there:
            yield from _between(total, run, row, weight, off, others)


def _within(total: SumRow, row: SumRow, weight: int, off: Sequence[int]) -> Iterator[Move]:
    """Yield the moves of figures inside *row*."""
    for order in _orders(row.values):
        moved = _reordered(row.values, order)
        changes = [weight * ((new or 0) - (old or 0)) for new, old in zip(moved, row.values, strict=True)]
        if _mends(off, changes, total, row, moved):
            yield Move(kind="moved-figures", lines=(row.line,), order=_named(order, row.columns))


def _between(
    total: SumRow, run: Sequence[SumRow], row: SumRow, weight: int, off: Sequence[int], others: Others
) -> Iterator[Move]:
    """Yield the exchanges of *row* with one outside the sum."""
    wanted = tuple(
        [None if value is None else value + weight * change for value, change in zip(row.values, off, strict=True)]
    )
    for line in others.lines.get((total.sort, wanted), ()):
        if line != total.line and all(part.line != line for part in run):
            yield Move(kind="exchanged-rows", lines=(min(row.line, line), max(row.line, line)))


def _mends(off: Sequence[int], changes: Sequence[int], total: SumRow, row: SumRow, moved: Vector) -> bool:
    """Whether *changes* take away all of *off*, and the moved row then stands where its sum has figures."""
    if list(off) != list(changes) or not any(changes):
        return False
    return row is total or not any(m is not None and t is None for m, t in zip(moved, total.values, strict=True))


def _exchanged(total: SumRow, part: SumRow, weight: int, off: Sequence[int]) -> bool:
    """Whether the sum holds in every column with the figures of *total* and of *part* exchanged."""
    if part.values == total.values:
        return False
    return all(
        (new or 0) == (old or 0) - less + weight * ((old or 0) - (new or 0))
        for new, old, less in zip(part.values, total.values, off, strict=True)
    )


def _orders(values: Vector) -> Iterator[tuple[int, ...]]:
    """Yield where the figures of each column would come from: one column further, one less, or a neighbour's."""
    size = len(values)
    yield (*range(1, size), -1)
    yield (-1, *range(size - 1))
    for column in range(size):  # an empty column inside the row: all from there on was moved
        if values[column] is None and 0 < column < size - 1:
            yield (*range(column), *range(column + 1, size), -1)
    for column in range(size - 1):
        yield (*range(column), column + 1, column, *range(column + 2, size))


def _named(order: Sequence[int], columns: Sequence[int]) -> tuple[tuple[int, int], ...]:
    return tuple((columns[c], columns[source]) for c, source in enumerate(order) if source >= 0)


def _reordered(values: Vector, order: Sequence[int]) -> Vector:
    return tuple(None if source < 0 else values[source] for source in order)
