"""The table of facts as CSV, for people and spreadsheets, which run cells of text that look like formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tagger.patterns import pattern
from tagger.writing.columns import NAMES, Row, write_cell

_UNIT, _VALUE, _DECIMALS, _STRING = map(NAMES.index, ("unit", "value", "decimals", "string"))
# A sign before nothing but figures is a number, and says what it says.
_FORMULA = pattern(r"'*(?:[=+@\t\r]|-(?![\d.,%() ]*\Z))")


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


def quote_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, and before what would be taken for so quoted.

    >>> quote_cell("=cmd|' /C calc'!A0"), quote_cell("-1,316 = 4,102 - 5,418"), quote_cell("-1,316"), quote_cell("'=a")
    ("'=cmd|' /C calc'!A0", "'-1,316 = 4,102 - 5,418", '-1,316', "''=a")
    """
    return f"'{text}" if text[:1] in "=+@\t\r-'" and _FORMULA.match(text) else text


def unquote_cell(text: str) -> str:
    """Return what `quote_cell` was given.

    >>> unquote_cell("'=a"), unquote_cell("'a"), unquote_cell("-")
    ('=a', "'a", '-')
    """
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
