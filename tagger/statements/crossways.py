"""Sums across columns: the column that all others of its period add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tagger.statement import Column, Figure, Line
from tagger.values import half_unit, within

_ENOUGH = 2  # rows that have to add up


def total_column(group: Sequence[Column], lines: Sequence[Line]) -> Column | None:
    """Return the one column of *group* that is the sum of the others in most rows; `None` where there is not just one."""
    rows = list(_rows(group, lines))
    found = [column for column in group if _is_total(column.index, rows)]
    return found[0] if len(found) == 1 else None


def agree(group: Sequence[Column], lines: Sequence[Line]) -> bool:
    """Whether the columns of *group* never print two figures in one row that differ: one column, set twice."""
    indexes = {column.index for column in group}
    return all(len({f.printed for f in line.figures if f.column in indexes}) <= 1 for line in lines)


def _rows(group: Sequence[Column], lines: Sequence[Line]) -> Iterator[Mapping[int, Figure]]:
    """Yield the figures of rows that have more than one, by column."""
    indexes = {column.index for column in group}
    for line in lines:
        figures = {f.column: f for f in line.figures if f.column in indexes and f.printed}
        if len(figures) > 1 and not any(f.numeral.percent for f in figures.values()):
            yield figures


def _is_total(column: int, rows: Sequence[Mapping[int, Figure]]) -> bool:
    """Whether *column* is the sum of two others or more, an empty cell being nil: in two rows at least, and in most."""
    holds = 0
    for row in rows:
        others = [figure.printed for index, figure in row.items() if index != column]
        off = (row[column].printed if column in row else Decimal(0)) - sum(others, Decimal(0))
        holds += len(others) > 1 and within(off, sum([half_unit(f.numeral.places) for f in row.values()], Decimal(0)))
    return holds >= _ENOUGH and 2 * holds > len(rows)
