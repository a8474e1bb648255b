"""Rows whose figures stand in the wrong place, told by the one move that makes a total add up in every column.

Three moves are known: the figures of two rows exchanged, those of one row moved by
one column, those of two columns of a row exchanged. A move counts only where it mends at
least two columns exactly, which chance does not do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tagger.layout.vectors import SumRow, Vector

_TELLING = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """*lines* are the rows concerned; *order* are pairs of a column and the one its figure comes from.

    Exchanged rows have two lines and keep the columns.
    """

    kind: str
    lines: tuple[int, ...]
    order: tuple[tuple[int, int], ...] = ()


def find_moves(total: SumRow, run: Sequence[SumRow], weights: Sequence[int], rows: Sequence[SumRow]) -> Iterator[Move]:
    """Yield the moves after which *total* is exactly the sum of *run* in every column."""
    off = _off(total, run, weights)
    if len([value for value in off if value and abs(value) >= _TELLING]) < 2:
        return
    inside = {total.line, *(row.line for row in run)}
    by_values: dict[Vector, list[int]] = {}
    for row in rows:
        if row.line not in inside and row.sort == total.sort:
            by_values.setdefault(row.values, []).append(row.line)
    for row, weight in [*zip(run, weights, strict=True), (total, -1)]:
        for order in _orders(row.values):
            moved = _reordered(row.values, order)
            changes = [weight * ((new or 0) - (old or 0)) for new, old in zip(moved, row.values, strict=True)]
            if _mends(off, changes, total, run, row, moved):
                yield Move(kind="moved-figures", lines=(row.line,), order=_named(order, row.columns))
        if row is not total and _exchanged(total, run, weights, row, weight):
            yield Move(kind="exchanged-rows", lines=(row.line, total.line))
        wanted = tuple(
            None if value is None else value + weight * change for value, change in zip(row.values, off, strict=True)
        )
        for line in by_values.get(wanted, ()):
            yield Move(kind="exchanged-rows", lines=(min(row.line, line), max(row.line, line)))


def _off(total: SumRow, run: Sequence[SumRow], weights: Sequence[int]) -> list[int]:
    """Return by column what the total has more than the sum of its parts; 0 where neither has figures."""
    return [
        0
        if wanted is None and all(row.values[c] is None for row in run)
        else (wanted or 0) - sum(w * (row.values[c] or 0) for row, w in zip(run, weights, strict=True))
        for c, wanted in enumerate(total.values)
    ]


def _mends(
    off: Sequence[int], changes: Sequence[int], total: SumRow, run: Sequence[SumRow], row: SumRow, moved: Vector
) -> bool:
    """Whether *changes* take away all of *off*, and the moved row then stands where its sum has figures."""
    if row is not total and any(m is not None and t is None for m, t in zip(moved, total.values, strict=True)):
        return False
    return list(off) == list(changes) and any(changes)


def _exchanged(total: SumRow, run: Sequence[SumRow], weights: Sequence[int], part: SumRow, weight: int) -> bool:
    """Whether the sum holds in every column with the figures of *total* and of *part* exchanged."""
    if part.values == total.values:
        return False
    for c, old in enumerate(total.values):
        added = sum(w * (row.values[c] or 0) for row, w in zip(run, weights, strict=True))
        if (part.values[c] or 0) != added + weight * ((old or 0) - (part.values[c] or 0)):
            return False
    return True


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
