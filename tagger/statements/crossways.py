"""Sums across columns: the column that all others of its period add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from tagger.statement import Column, Line
from tagger.values import half_unit, within

_ENOUGH = 2  # rows that have to add up
_ZERO = Decimal(0)


def total_column(group: Sequence[Column], lines: Sequence[Line]) -> Column | None:
    """Return the one column of *group* that is the sum of the others in most rows; `None` where there is not just one."""
    rows = list(_rows(group, lines))
    found = [column for column in group if _is_total(column.index, rows)] if len(rows) >= _ENOUGH else []
    return found[0] if len(found) == 1 else None


def agree(group: Sequence[Column], lines: Sequence[Line]) -> bool:
    """Whether the columns of *group* never print two figures in one row that differ: one column, set twice."""
    indexes = {column.index for column in group}
    return all(len({f.printed for f in line.figures if f.column in indexes}) <= 1 for line in lines)


class _Row(NamedTuple):
    """What a row prints by column, the sum of it, and how much of that rounding explains."""

    printed: Mapping[int, Decimal]
    whole: Decimal
    room: Decimal


def _rows(group: Sequence[Column], lines: Sequence[Line]) -> Iterator[_Row]:
    """Yield the rows that have more than one figure."""
    indexes = {column.index for column in group}
    for line in lines:
        figures = {f.column: f for f in line.figures if f.column in indexes and f.printed}
        if len(figures) > 1 and not any(f.numeral.percent for f in figures.values()):
            printed = {column: figure.printed for column, figure in figures.items()}
            room = sum([half_unit(figure.numeral.places) for figure in figures.values()], _ZERO)
            yield _Row(printed, sum(printed.values(), _ZERO), room)


def _is_total(column: int, rows: Sequence[_Row]) -> bool:
    """Whether *column* is the sum of two others or more, an empty cell being nil: in two rows at least, and in most."""
    holds = 0
    for printed, whole, room in rows:
        own = printed.get(column, _ZERO)
        holds += len(printed) - (column in printed) > 1 and within(own + own - whole, room)
    return holds >= _ENOUGH and 2 * holds > len(rows)
