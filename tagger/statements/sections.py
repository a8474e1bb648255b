"""A table cut into sections: heading rows and the rows they stand over.

A table often carries its column headings in its first rows, and sometimes a
second set further down, where a quarter's columns give way to the year's or one
statement follows another without a break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from tagger.document import Row, Table
from tagger.lexicon import Numeral, find_periods, is_unread, parse_cell, parse_scales, residue
from tagger.lexicon.numerals import currencies
from tagger.lexicon.shapes import is_year, shape
from tagger.patterns import pattern
from tagger.statements.kinds import title_kind
from tagger.statements.scope import scope_words

Figures = Mapping[tuple[int, int], Numeral]
_TOO_LARGE = 10**12  # nobody prints so much, not even in units: years that lost the blanks between them do
_BLANK_GROUPS = pattern(r"(?<![\d,.])\d{1,3}(?:[ \xa0]\d{3})+(?![\d,.])")
_COMMAS = str.maketrans(" \xa0", ",,")
_ENOUGH = 4  # cells with blanks between groups of digits
_THOUSAND = 1000
_SCALES = ("000", "000,000")  # "($000)" says a scale, and is no figure
_ORDINAL = ("st", "nd", "rd", "th")
_CUT = pattern(r"^\W*(?:to|and|through|thru|until)\b|\b(?:from|and|to|of|the)\W*$", re.IGNORECASE)  # goes on elsewhere
_YEAR = shape(r"\L<year>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Consecutive rows of one table under one set of column headings.

    *rows* are pairs of the row's index in the table and the row; *title* is a title row inside the table.
    """

    headings: tuple[Row, ...]
    rows: tuple[tuple[int, Row], ...]
    title: str = ""
    _known: dict[int, list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _ends: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def over(self, column: int) -> list[str]:
        """Return the headings that stand over *column*, outermost first; worked out once."""
        if column not in self._known:
            self._known[column] = [
                _unmarked(cell.text.string, cell.superscripts).strip()
                for row in self.headings
                for cell in row.cells
                if cell.column and (cell.stands_over(column) or (self.heads(column) and _is_lone(row, self.headings)))
            ]
        return self._known[column]

    def heads(self, column: int) -> bool:
        """Whether *column* stands under the headings at all, if these have one for each column: not right of the last."""
        if not self._ends:
            ends = (
                max(cell.column + cell.colspan for cell in row.cells)
                for row in self.headings
                if len(row.cells) > 1 and not _is_lone(row, self.headings)
            )
            self._ends.append(max(ends, default=0))
        return not self._ends[0] or column < self._ends[0]


def read_figures(table: Table, *, ocr: bool) -> Figures:
    """Return the numbers of *table* by row index and column."""
    figures: dict[tuple[int, int], Numeral] = {}
    blanks: dict[tuple[int, int], str] = {}
    for index, row in enumerate(table.rows):
        for cell in () if _names_currencies(row) else row.cells:
            if cell.column:
                string = cell.text.string
                numeral = parse_cell(_unmarked(string, cell.superscripts) if cell.superscripts else string, ocr=ocr)
                if numeral is None and string.rstrip(") ")[-3:].isdigit() and _BLANK_GROUPS.search(string):
                    blanks[index, cell.column] = string
                elif numeral is not None and numeral.number < _TOO_LARGE and numeral.text not in _SCALES:
                    figures[index, cell.column] = numeral
    return {**figures, **_grouped_by_blanks(blanks, figures)} if len(blanks) >= _ENOUGH else figures


def _grouped_by_blanks(cells: Mapping[tuple[int, int], str], figures: Figures) -> Figures:
    """Return the numbers of *cells* that blanks part in groups of three: "1 234 567".

    Only where all cells with blanks are such numbers, and none of the other *figures* has a thousand without a blank: else they
    may be two figures in one cell.
    """
    if any(numeral.number >= _THOUSAND and not is_year(numeral.text) for numeral in figures.values()):
        return {}
    read = {}
    for place, string in cells.items():
        numeral = parse_cell(_BLANK_GROUPS.sub(lambda groups: groups[0].translate(_COMMAS), string))
        if numeral is None or numeral.places:
            return {}
        read[place] = replace(numeral, text=string[slice(*numeral.digits)])
    return read


def _names_currencies(row: Row) -> bool:
    """Whether *row* gives columns their currencies: "EUR", and "US$(1)" beside it, which is no figure there."""
    if not row.cells[0].column:  # as nearly all rows have a label
        return False
    strings = [cell.text.string.strip() for cell in row.cells if cell.column]
    if len(strings) < len(row.cells) or not any(text.isalpha() and text.lower() in currencies() for text in strings):
        return False
    return all(sum(map(str.isdigit, text)) < 2 for text in strings)


def _unmarked(string: str, superscripts: tuple[tuple[int, int], ...]) -> str:
    """Blank out raised footnote marks, keeping every other character where it is."""
    for start, end in superscripts:
        if string[start:end].strip().lower() in _ORDINAL:
            continue
        string = string[:start] + " " * (end - start) + string[end:]
    return string


def split_sections(table: Table, figures: Figures) -> tuple[Section, ...]:
    """Cut *table* at each new set of column headings, at each row that names a period for those below, at each title."""
    return tuple(_sections(table, figures))


@dataclass(slots=True)
class _Open:
    """The section that is being read: its headings, those kept from the one above, and its rows."""

    headings: list[Row] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)
    body: list[tuple[int, Row]] = field(default_factory=list)
    title: str = ""
    filled: bool = False

    def section(self, above: Sequence[Row]) -> Section:
        headings = _whole(above, self.headings)
        return Section(headings=(*self.kept, *headings), rows=tuple(self.body), title=self.title)


def _sections(table: Table, figures: Figures) -> Iterator[Section]:
    now = _Open()
    above: tuple[Row, ...] = ()
    for index, row in enumerate(table.rows):
        names = is_heading(row, index, figures) or (not now.body and _names_columns(row, index, figures))
        times = not names and _names_period(row)
        if now.filled and (names or times or _is_title(row)):
            done = now.section(above)
            yield done
            if names or times:
                above = done.headings
            now = _Open(kept=_columns_of(done.headings) if times else [])
            if not names and not times:
                now.headings, above, now.title = list(done.headings), (), row.cells[0].text.string
                continue
        if names:
            now.kept = []  # new column headings take the place of those above the period's row
            now.headings.append(row)
        elif times:
            now.headings.append(_over_all(row, table.columns))
        else:
            now.body.append((index, row))
            now.filled = now.filled or _has_figures(row, index, figures)
    if now.body or now.headings:
        yield now.section(above)


def _is_lone(row: Row, headings: Sequence[Row]) -> bool:
    """Whether *row* has one cell, with the only time that is named, or the only one beside years: it stands over all."""
    if len(row.cells) > 2 or row is headings[-1]:  # the label and one more
        return False
    cells = [cell.text.string for cell in row.cells if cell.column]
    if len(cells) != 1:
        return False
    found = find_periods(cells[0])
    others = [cell.text.string for other in headings if other is not row for cell in other.cells if cell.column]
    if not found or not any(find_periods(text) for text in others):
        return bool(found)
    dateless = not any(phrase.year or phrase.fiscal_year for phrase in found)
    last = [cell.text.string for cell in headings[-1].cells if cell.column]
    return dateless and len(last) > 1 and all(_YEAR.fullmatch(text.strip()) for text in last)


def _names_period(row: Row) -> bool:
    """Whether *row* says across the table, and says nothing else, of which period the figures below are."""
    if len(row.cells) != 1 or row.cells[0].column:
        return False
    return says_only_time(row.cells[0].text.string)


def says_only_time(text: str) -> bool:
    """Whether *text* says of one period that it lasts, or of one day that figures are as of it, and nothing else.

    So does a length with a day for each of several years: "Three months ended June 29 and June 30, respectively".
    """
    found = find_periods(text) if not _CUT.search(text) else ()
    lasts = [phrase for phrase in found if phrase.length and not phrase.instant]
    stands = [phrase for phrase in found if phrase.instant and phrase.month]
    days = {(phrase.month, phrase.day) for phrase in found if phrase.day}
    apart = len(found) == len(days) > 1 and found[0] in lasts
    if not apart and (len(found) != 1 or not (lasts or stands)):
        return False
    return not residue([text]) and not scope_words(text)


def _over_all(row: Row, columns: int) -> Row:
    """Return a row over the labels as a heading that stands over all columns."""
    return replace(row, cells=(replace(row.cells[0], column=1, colspan=columns),))


def _columns_of(headings: Sequence[Row]) -> list[Row]:
    """Return those of *headings* that tell columns apart, for the period that stood over all of them has ended."""
    return [row for row in headings if len([cell for cell in row.cells if cell.column]) > 1]


def _whole(above: Sequence[Row], headings: Sequence[Row]) -> tuple[Row, ...]:
    """Return *headings* under those of the section *above* that still stand: the spanning ones over a last row replaced.

    "GAAP results" and "Non-GAAP results" stand over "Amount, Growth" and, further down, over "Amount, Margin".
    """
    cells = [cell for row in headings for cell in row.cells if cell.column]
    replaced = len(above) - len(headings)
    outer = [cell for row in above[:replaced] for cell in row.cells if cell.column] if replaced > 0 else []
    spanning = any(cell.colspan > 1 for cell in outer)
    if not headings or not spanning or any(cell.colspan > 1 or find_periods(cell.text.string) for cell in cells):
        return tuple(headings)
    return (*above[:replaced], *headings)


def _names_columns(row: Row, index: int, figures: Figures) -> bool:
    """Whether *row*, above all figures, holds words over the columns, though something stands over the labels too."""
    over = [cell for cell in row.cells if cell.column]
    wordy = [cell for cell in over if any(char.isalpha() for char in cell.text.string)]
    if any(is_unread(cell.text.string) and any(map(str.isdigit, cell.text.string)) for cell in over):
        return False  # figures that cannot be read
    return len(wordy) > 1 and len(wordy) == len(over) and not _has_figures(row, index, figures)


def _has_figures(row: Row, index: int, figures: Figures) -> bool:
    return any((index, cell.column) in figures for cell in row.cells)


def _is_title(row: Row) -> bool:
    if len(row.cells) != 1 or row.cells[0].column:
        return False
    text = row.cells[0].text.string
    return len(text) < 120 and "statement" in text.lower() and title_kind(text) is not None


def _is_year(numeral: Numeral) -> bool:
    """Whether a cell that can be read as a number is a year, with or without the mark of a note or a currency behind it.

    "2015", "2015 (1)", "2015 CHF".
    """
    before = numeral.currency and numeral.start < numeral.digits[0]
    marked = before or numeral.percent or numeral.negative or numeral.scale is not None
    return not marked and _YEAR.fullmatch(numeral.text) is not None


def is_heading(row: Row, index: int, figures: Figures) -> bool:
    """Whether *row* names columns: its cells over the figures are dates, years or words, not figures."""
    over = [cell for cell in row.cells if cell.column]
    if not over:
        return False
    dated = 0
    for cell in over:
        numeral = figures.get((index, cell.column))
        text = cell.text.string
        if numeral is None and any(map(str.isdigit, text)) and is_unread(text) and row.cells[0].column == 0:
            return False
        if numeral is None:
            dated += bool(find_periods(_unmarked(text, cell.superscripts)))
        elif _is_year(numeral):
            dated += 1
        else:
            return False
    label = next((cell.text.string for cell in row.cells if not cell.column), "")
    return bool(dated) or (
        (not label or parse_scales(label) is not None) and any(cell.text.string.strip(" -—–=_") for cell in over)
    )
