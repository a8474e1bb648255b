"""Where one table in the markup is several to a reader: new headings of columns under rows of figures."""

from __future__ import annotations

from collections.abc import Sequence

from tagger.lexicon.shapes import shape
from tagger.reading.html.units import FIGURE, TEXT, YEAR, Unit

# Words of the headings over columns; a row of plain words is not enough to begin a table anew.
_PERIOD = shape(
    r"""\b(?: \L<units> | \L<fiscal> | \L<ended> | \L<year> | \L<coded>(?:\d\d)? | \L<month>\.?\s+\d | \L<slashed> )\b""",
    verbose=True,
)
_LEAST_FIGURES = 1
_Rows = Sequence[Sequence[Unit]]


def find_cuts(rows: _Rows) -> list[int]:
    """Return the rows, never the first, at which a table with other headings begins, its title included."""
    cuts: list[int] = []
    first: tuple[str, ...] | None = None
    figures = 0
    number = 0
    while number < len(rows):
        if _is_heading(rows[number]):
            end = _run(rows, number)
            said = _said(rows[number:end])
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
    return len(row) > 1 and all(unit.kind in {TEXT, YEAR} for unit in row[1:]) and row[0].kind is not FIGURE


def _has_figure(row: Sequence[Unit]) -> bool:
    return any(unit.kind is FIGURE for unit in row[1:])


def _run(rows: _Rows, start: int) -> int:
    """Return the end of the run of heading rows that begins at *start*; rows with nothing in them do not break it."""
    end = start + 1
    while end < len(rows) and (not rows[end] or _is_heading(rows[end])):
        end += 1
    return end


def _said(rows: _Rows) -> tuple[str, ...]:
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
