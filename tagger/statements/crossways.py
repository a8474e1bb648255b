"""Sums across columns: the column that all others of its period add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tagger.statement import Column, Line

_ENOUGH = 2  # rows that have to add up
_ROUNDING = 1  # in the last place
_COLUMNS = 3  # fewer say nothing: of two, one would have to be the other


def total_column(group: Sequence[Column], lines: Sequence[Line]) -> Column | None:
    """Return the one column of *group* that is the sum of the others in most rows; `None` where there is not just one."""
    if len(group) < _COLUMNS:
        return None
    rows = list(_rows(group, lines))
    found = [column for column in group if _is_total(column.index, rows)]
    return found[0] if len(found) == 1 else None


def agree(group: Sequence[Column], lines: Sequence[Line]) -> bool:
    """Whether the columns of *group* never print two figures in one row that differ: one column, set twice."""
    indexes = {column.index for column in group}
    return all(len({f.printed for f in line.figures if f.column in indexes}) <= 1 for line in lines)


def _rows(group: Sequence[Column], lines: Sequence[Line]) -> Iterator[Mapping[int, Decimal]]:
    """Yield the figures of rows that have more than one, by column, counted in the last place that they print."""
    indexes = {column.index for column in group}
    for line in lines:
        figures = [figure for figure in line.figures if figure.column in indexes]
        if sum(bool(f.printed) for f in figures) > 1 and not any(f.numeral.percent for f in figures):
            places = max(f.numeral.places for f in figures)
            yield {f.column: f.printed.scaleb(places) for f in figures}


def _is_total(column: int, rows: Sequence[Mapping[int, Decimal]]) -> bool:
    """Whether *column* is the sum of the others, an empty cell being nil: in two rows at least, and in most."""
    holds = 0
    for row in rows:
        others = [value for index, value in row.items() if index != column]
        off = abs(row.get(column, Decimal(0)) - sum(others, Decimal(0)))
        holds += sum(map(bool, others)) > 1 and off <= _ROUNDING
    return holds >= _ENOUGH and 2 * holds > len(rows)
