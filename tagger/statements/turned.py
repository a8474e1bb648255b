"""Tables whose rows are periods, turned: their measures become rows and their periods columns, as everywhere else.

Only where it is sure: each row of figures is called after a time and nothing else, and above them stands one row of names.
Places in the text stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tagger.document import Cell, Row, Table
from tagger.lexicon import find_periods, residue
from tagger.lexicon.shapes import is_year
from tagger.statements.scope import scope_words

_FEWEST = 2  # periods, and measures


def turned(table: Table) -> Table:
    """Return *table* with its rows for columns, where its rows are periods and its columns are not; else as it is."""
    rows = table.rows
    if not rows or not _names_time(rows[-1]) or _are_names(rows[-1]):
        return table
    first = next(index for index, row in enumerate(rows) if _names_time(row) and not _are_names(row))
    names = [row for row in rows[:first] if any(cell.column for cell in row.cells)]
    body = rows[first:]
    if len(names) != 1 or len(names) < first - 1 or not all(map(_names_time, body)) or not _are_names(names[0]):
        return table
    periods = [row for row in body if len(row.cells) > 1]
    measures = [cell for cell in names[0].cells if cell.column]
    at = {cell.column for cell in measures}
    if min(len(periods), len(measures)) < _FEWEST or any(
        not {c.column for c in row.cells[1:]} <= at for row in periods
    ):
        return table
    headings = (*_over(rows[:first], len(periods)), *_headings(body))
    turned_rows = tuple(_measure(cell, periods) for cell in measures)
    return replace(table, rows=(*headings, *turned_rows), columns=len(periods) + 1)


def _names_time(row: Row) -> bool:
    """Whether the label of *row* is a time and nothing else: "March 31, 2024", "2023", "Second quarter"."""
    cell = row.cells[0] if row.cells else None
    if cell is None or cell.column:
        return False
    text = cell.text.string.strip(" .:")
    return is_year(text) or (bool(find_periods(text)) and not residue([text]) and not scope_words(text))


def _are_names(row: Row) -> bool:
    """Whether *row* holds words over columns, and no time."""
    over = [cell for cell in row.cells if cell.column]
    return bool(over) and all(
        cell.colspan == 1 and any(map(str.isalpha, cell.text.string)) and not find_periods(cell.text.string)
        for cell in over
    )


def _over(rows: Sequence[Row], count: int) -> Sequence[Row]:
    """Return what stands over the labels, "Year ended December 31,", as a heading over all *count* periods."""
    cells = [row.cells[0] for row in rows if row.cells and not row.cells[0].column]
    return [Row(cells=(replace(cell, column=1, colspan=count),)) for cell in cells]


def _headings(body: Sequence[Row]) -> Sequence[Row]:
    """Return the labels of the periods as headings, under those of rows without figures that stand above them."""
    outer: list[Cell] = []
    inner: list[Cell] = []
    for row in body:
        if len(row.cells) == 1:
            outer.append(replace(row.cells[0], column=len(inner) + 1, colspan=0))
        else:
            inner.append(replace(row.cells[0], column=len(inner) + 1, colspan=1))
            outer[-1:] = [replace(cell, colspan=cell.colspan + 1) for cell in outer[-1:]]
    return [Row(cells=tuple(cell for cell in cells if cell.colspan)) for cells in (outer, inner) if cells]


def _measure(name: Cell, periods: Sequence[Row]) -> Row:
    """Return the row of the measure *name*: what stands below it, a column for each period."""
    figures = (
        replace(cell, column=place)
        for place, row in enumerate(periods, 1)
        for cell in row.cells
        if cell.column == name.column
    )
    return Row(cells=(replace(name, column=0), *figures))
