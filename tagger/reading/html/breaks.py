"""Page breaks inside a table: page numbers and headings said again are no rows of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tagger.document import Row
from tagger.lexicon import Look, kind_of

_PAGE = re.compile(r"[-–—\s]*(?:page\s*)?\d{1,3}(?:\s*of\s*\d{1,3})?[-–—\s]*|(?:table\s+of\s+)?contents", re.IGNORECASE)


def without_furniture(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return *rows* without page numbers, and without the headings where the next page says them all again."""
    body = next((number for number, row in enumerate(rows) if _has_figures(row)), len(rows))
    headings = _all_said([row for row in rows[:body] if row.cells[-1].column > 0])
    kept = list(rows[:body])
    number = body
    while number < len(rows):
        row = rows[number]
        if (
            headings
            and row.cells[0].text.string == headings[0][0][1]
            and _all_said(rows[number : number + len(headings)]) == headings
        ):
            number += len(headings)
            continue
        if len(row.cells) > 1 or not _is_page(row):
            kept.append(row)
        number += 1
    return tuple(kept)


def _has_figures(row: Row) -> bool:
    return any(cell.column > 0 and kind_of(cell.text.string) is Look.FIGURE for cell in row.cells)


def _said(row: Row) -> list[tuple[int, str]]:
    return [(cell.column, cell.text.string) for cell in row.cells]


def _all_said(rows: Sequence[Row]) -> list[list[tuple[int, str]]]:
    return [_said(row) for row in rows]


def _is_page(row: Row) -> bool:
    return row.cells[0].column == 0 and _PAGE.fullmatch(row.cells[0].text.string) is not None
