"""Breaks inside a table of the markup: page numbers and headings said again are no rows; new headings begin another table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tagger.document import Row
from tagger.lexicon import Look, kind_of
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.reading.html.units import FIGURE, TEXT, YEAR, Unit

_PAGE = pattern(r"[-–—\s]*(?:page\s*)?\d{1,3}(?:\s*of\s*\d{1,3})?[-–—\s]*|(?:table\s+of\s+)?contents", re.IGNORECASE)
# Words of the headings over columns; a row of plain words is not enough to begin a table anew.
_PERIOD = shape(
    r"""\b(?: \L<units> | \L<fiscal> | \L<ended> | \L<year> | \L<coded>(?:\d\d)? | \L<month>\.?\s+\d | \L<slashed> )\b""",
    verbose=True,
)
_LEAST_FIGURES = 1
_Rows = Sequence[Sequence[Unit]]


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


def find_cuts(rows: _Rows) -> list[int]:
    """Return the rows, never the first, at which a table with other headings begins, its title included."""
    cuts: list[int] = []
    first: tuple[str, ...] | None = None
    figures = 0
    number = 0
    while number < len(rows):
        if _is_heading(rows[number]):
            end = _run(rows, number)
            said = _headed(rows[number:end])
            if first is None and not figures:
                first = said
            elif figures >= _LEAST_FIGURES and any(map(_PERIOD.search, said)) and said != first:
                cuts.append(_title(rows, number, cuts[-1] if cuts else 0))
                first, figures = said, 0
            number = end
            continue
        figures += _has_figure(rows[number])
        number += 1
    return cuts


def _is_heading(row: Sequence[Unit]) -> bool:
    """Whether a row heads columns: two texts or more besides a label, no figures."""
    if len(row) < 2 or row[0].kind is FIGURE:
        return False
    return all([unit.kind is TEXT or unit.kind is YEAR for unit in row[1:]])


def _has_figure(row: Sequence[Unit]) -> bool:
    return any([unit.kind is FIGURE for unit in row[1:]])


def _run(rows: _Rows, start: int) -> int:
    """Return the end of the run of heading rows that begins at *start*; rows with nothing in them do not break it."""
    end = start + 1
    while end < len(rows) and (not rows[end] or _is_heading(rows[end])):
        end += 1
    return end


def _headed(rows: _Rows) -> tuple[str, ...]:
    return tuple(unit.string for row in rows for unit in row[_label(row) :])


def _label(row: Sequence[Unit]) -> int:
    return 1 if row and row[0].start == 0 else 0


def _title(rows: _Rows, heading: int, least: int) -> int:
    """Return where the title right above the heading row begins: rows of one text each, with or without space between."""
    start = number = heading
    while number - 1 > least:
        row = rows[number - 1]
        if row and (len(row) > 1 or row[0].kind is not TEXT):
            break
        number -= 1
        start = number if row else start
    return start
