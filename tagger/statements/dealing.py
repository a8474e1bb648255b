"""Dates dealt out to columns of years: from a caption, from beside the columns, or from headings that ran together.

"As of December 31, 2000 and January 2, 2000" over "2000" and "1999": each column has its own whole date, and the
month and day of one year are not those of the other where years end with a weekday.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from tagger.data import word_set
from tagger.document import Row
from tagger.fiscal.calendar import month_end
from tagger.lexicon import PeriodPhrase, find_periods
from tagger.patterns import pattern

_LONGEST_LINE = 140
_SENTENCE = pattern(r"[a-z]\.\s+[A-Z]|\b(?:is|are|was|were|has|have|includes?)\b")
_LATER = 6  # a fiscal year called after the year it begins in ends in these first months of the next one


def deal_dates(
    over: Sequence[str], beside: Sequence[str], count: int, *, weeks: bool
) -> tuple[PeriodPhrase | None, ...] | None:
    """Return the periods of *count* columns under the headings *over*; `None` where these are not years alone.

    Dates stand among the headings, else in one of the lines *beside* them, nearest first. *weeks* says that years
    end with a weekday, so that one date says the day of its own year only.
    """
    said = [phrase for text in over for phrase in find_periods(text)]
    years = [year for phrase in said if (year := _bare_year(phrase)) is not None]
    if len(years) != count or len(set(years)) < 2:
        return None
    lengths = [phrase for phrase in said if phrase.month is None and phrase.length]
    days = [phrase for phrase in said if phrase.month and phrase.day and not phrase.year]
    dates = [phrase for phrase in said if phrase.dated]
    if not dates and len(days) == count:
        return tuple(_lasting(replace(day, year=year), lengths) for day, year in zip(days, years, strict=True))
    for found in [dates] if dates else _dates_of(beside):
        dealt = _dealt(found, years, weeks=weeks)
        if dealt is not None:
            return tuple(phrase and _lasting(phrase, lengths) for phrase in dealt)
    return None


def deal_spans(stacks: Mapping[int, Sequence[str]], headings: Sequence[Row]) -> dict[int, PeriodPhrase]:
    """Return the periods of the columns under headings that name a whole date for each of several.

    "13 Weeks Ended June 29, 2024 and July 1, 2023" stands over "2024" and "2023", or over both columns with nothing below.
    """
    dealt: dict[int, PeriodPhrase] = {}
    for cell in (cell for row in headings for cell in row.cells if cell.column and cell.colspan > 1):
        said = [phrase for phrase in find_periods(cell.text.string) if phrase.dated or (phrase.month and phrase.day)]
        under = [column for column in stacks if cell.stands_over(column)]
        if len(said) < 2 or len(under) < 2:
            continue
        others = ([text for text in stacks[column] if text != cell.text.string] for column in under)
        inner = [texts[-1] for texts in others if texts]
        if not inner and len(said) == len(under) and all(phrase.dated for phrase in said):
            dealt.update(zip(under, said, strict=True))
        elif inner:
            phrases = deal_dates([cell.text.string, *inner], (), len(under), weeks=False) or ()
            dealt.update((column, phrase) for column, phrase in zip(under, phrases, strict=False) if phrase)
    return dealt


def _bare_year(phrase: PeriodPhrase) -> int | None:
    if phrase.month or phrase.quarter or phrase.half or phrase.relation or phrase.to_date or phrase.trailing:
        return None
    return None if phrase.instant else phrase.fiscal_year or phrase.year


def _dates_of(lines: Sequence[str]) -> Iterator[list[PeriodPhrase]]:
    """Yield the whole dates of each of *lines* that names such."""
    for line in lines:
        if len(line) > _LONGEST_LINE or _SENTENCE.search(_without_stops(line)):
            continue
        found = find_periods(line)
        if found and all(phrase.dated for phrase in found):
            yield list(found)


def _without_stops(line: str) -> str:
    """Return *line* without the stops of a company's name, which end no sentence."""
    for end in word_set("companies", "title_ends") if ". " in line else ():
        line = line.replace(end, end.replace(".", ""))
    return line


def _dealt(dates: Sequence[PeriodPhrase], years: Sequence[int], *, weeks: bool) -> list[PeriodPhrase | None] | None:
    if len(dates) == 1:
        return _of_one(dates[0], years, weeks=weeks) if dates[0].year in years else None
    by_year = {date.year: date for date in dates}
    if len(by_year) == len(dates) and set(by_year) == set(years):
        return [by_year[year] for year in years]
    distinct = list(dict.fromkeys(years))
    if len(distinct) != len(dates) or not all(map(_may_end, dates, distinct)):
        return None
    paired = dict(zip(distinct, dates, strict=True))
    return [paired[year] for year in years]


def _may_end(date: PeriodPhrase, year: int) -> bool:
    """Whether a fiscal year called *year* may end on *date*."""
    assert date.year is not None
    assert date.month is not None
    return date.year == year or (date.year - 1 == year and date.month <= _LATER)


def _of_one(date: PeriodPhrase, years: Sequence[int], *, weeks: bool) -> list[PeriodPhrase | None]:
    """Return the one *date* for its own year, its day for the others where a month ends on it, its month in weeks.

    A period that begins on a day of a printed year is that of no other.
    """
    assert date.year is not None
    assert date.month is not None
    if date.since is not None and date.since[0] is not None:
        return [date if year == date.year else None for year in years]
    if date.day == month_end(date.year, date.month).day and not weeks:
        return [replace(date, year=year, day=month_end(year, date.month).day) for year in years]
    return [date if year == date.year else replace(date, year=year, day=None) if weeks else None for year in years]


def _lasting(phrase: PeriodPhrase, lengths: Sequence[PeriodPhrase]) -> PeriodPhrase:
    """Return *phrase* with the one length that is said over all columns, where it has none of its own."""
    if phrase.length or not lengths or any(_length(one) != _length(lengths[0]) for one in lengths):
        return phrase
    months, weeks = _length(lengths[0])
    return replace(phrase, months=months, weeks=weeks)


def _length(phrase: PeriodPhrase) -> tuple[int | None, int | None]:
    return phrase.months, phrase.weeks
