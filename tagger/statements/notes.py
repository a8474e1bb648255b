"""Columns that cite the notes to the statements: their numbers are no figures."""

from __future__ import annotations

from collections.abc import Sequence

from tagger.data import load_json
from tagger.lexicon import find_periods
from tagger.patterns import pattern
from tagger.statements.sections import Figures, Section

_WORDS = pattern(r"[^\s\d().,]+")
_NUMBERS = pattern(r"[1-9]\d?(?:(?:, ?| and | ?& ?|-)[1-9]\d?)*")  # "4", "4, 11", "4 and 5"


def without_notes(section: Section, figures: Figures) -> Figures:
    """Return *figures* without the numbers of notes that *section* cites in a column of their own."""
    columns = {column for column in {of for _, of in figures} if cites_notes(column, section, figures)}
    if not columns:
        return figures
    rows = {index for index, _ in section.rows}
    return {place: n for place, n in figures.items() if place[0] not in rows or place[1] not in columns}


def cites_notes(column: int, section: Section, figures: Figures) -> bool:
    """Whether *column* is headed "Notes", or stands unheaded left of all figures and holds small bare numbers only."""
    own = [cell.text.string for row in section.headings for cell in row.cells if cell.stands_over(column)]
    if own:
        return _names_notes(own)
    strings = [cell.text.string for _, row in section.rows for cell in row.cells if cell.column == column]
    others = {other for _, other in figures}
    headed = any(cell.column > column for row in section.headings for cell in row.cells)
    return (
        headed
        and column == min(others)
        and len(others) > 1
        and len(strings) > 1
        and all(_NUMBERS.fullmatch(string) for string in strings)
    )


def _names_notes(headings: Sequence[str]) -> bool:
    """Whether *headings* say "Notes" and nothing else; "US$ (Note 2)" and "2015 (Note 2)" stand over figures."""
    if any(map(find_periods, headings)):
        return False
    words = _WORDS.findall(" ".join(headings).lower())
    return bool(words) and all(word in load_json("layout")["note_headings"] for word in words)
