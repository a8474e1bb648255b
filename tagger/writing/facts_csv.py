"""The table of facts as CSV, for people and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tagger.writing.cells import quote_cell
from tagger.writing.columns import NAMES, Row, write_cell

_UNIT, _VALUE, _DECIMALS, _STRING = map(NAMES.index, ("unit", "value", "decimals", "string"))


def write_csv(rows: Iterable[Row], *, header: bool = True) -> bytes:
    """Return *rows* as CSV in UTF-8; exact numbers say INF for their decimals, so that nil is told from them."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    if header:
        writer.writerow(NAMES)
    writer.writerows(map(_written, rows))
    return buffer.getvalue().encode("utf-8", "replace")


def _written(row: Row) -> Sequence[str]:
    cells = [quote_cell(cell) if isinstance(cell, str) else write_cell(cell) for cell in row]
    if row[_UNIT] is not None and row[_DECIMALS] is None and (row[_VALUE] is not None or row[_STRING] is not None):
        cells[_DECIMALS] = "INF"
    return cells
