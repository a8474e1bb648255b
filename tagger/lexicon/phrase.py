"""A period phrase: words that name a time, with what they say and nothing more."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct

from tagger.data import load_json

Day: TypeAlias = tuple[int | None, int, int | None]
"""Year, month and day, as far as they are said."""

RELATIONS = ("", "prior", "prior-year", "current", "next")


@cache
def words() -> Mapping[str, Any]:
    """Return the word lists of period phrases."""
    return MappingProxyType(load_json("period_words"))


class PeriodPhrase(Struct, frozen=True, kw_only=True, gc=False):
    """Words that name a time. What they do not say is `None`; nothing is worked out here.

    *year*, *month* and *day* are the end date as far as said; a year under no date ("2024") is
    *year* alone. *months* and *weeks* are the length ("quarter" is 3 months, "13 weeks" is 13 weeks).
    *since* is the first day of a range ("from July 1 to September 30"), *days* a length counted in days. *unsaid* says that
    the words name a period whose length must be said and is not ("transition period", "since inception").
    *relation* points from the period spoken about: "prior" is the one before it of the same length,
    "prior-year" the same one a year earlier; *back* says how many of them back where it is not one ("two years ago"). *instant* says the words mean the end of a day
    ("as of", "at quarter-end"); a "prior" instant of a length is the end of the one before ("beginning of year").
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    fiscal_year: int | None = None
    quarter: int | None = None
    months: int | None = None
    weeks: int | None = None
    relation: str = ""
    to_date: bool = False
    trailing: bool = False
    instant: bool = False
    half: int | None = None
    days: int | None = None
    since: Day | None = None
    unsaid: bool = False
    back: int | None = None

    def __post_init__(self) -> None:
        if self.relation not in RELATIONS:
            raise ValueError(f"no such relation of periods: {self.relation}")
        if self.end < self.start:
            raise ValueError(f"a phrase cannot run from {self.start} to {self.end}")

    @property
    def dated(self) -> bool:
        """Whether day, month and year of the end are all said."""
        return self.year is not None and self.month is not None and self.day is not None

    @property
    def length(self) -> bool:
        """Whether anything is said of how long the period is."""
        counted = (self.months, self.weeks, self.days, self.since)
        return self.to_date or self.unsaid or any(count is not None for count in counted)

    @property
    def is_year_alone(self) -> bool:
        """Whether the words name a year and nothing else: "in 2011", "fiscal 2011"."""
        named = self.year is not None or self.fiscal_year is not None
        return named and self.month is None and not (self.length or self.quarter or self.half or self.relation)

    @property
    def is_part_alone(self) -> bool:
        """Whether the words say how long and not of which year: "the third quarter", "nine months", "year-to-date"."""
        named = self.year is not None or self.fiscal_year is not None or self.month is not None
        return (
            not named
            and self.relation in ("", "current")
            and (self.length or self.quarter is not None or self.half is not None)
        )


def first_day(since: Day, end: dt.date) -> dt.date:
    """Return the first day of a range that ends on *end*; the last such day before it where no year is said.

    >>> first_day((None, 10, 1), dt.date(2024, 3, 31)), first_day((2017, 7, None), dt.date(2017, 9, 30))
    (datetime.date(2023, 10, 1), datetime.date(2017, 7, 1))
    """
    year, month, day = since
    first = _day_of(end.year if year is None else year, month, day or 1)
    return _day_of(end.year - 1, month, day or 1) if year is None and first > end else first


def _day_of(year: int, month: int, day: int) -> dt.date:
    """Return a date; "June 31" is said of the end of June."""
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def months_of_weeks(weeks: int | None) -> int | None:
    """Return the months for which so many weeks stand: 13 are a quarter.

    >>> [months_of_weeks(weeks) for weeks in (13, 27, 53, 5, None)]
    [3, 6, 12, None, None]
    """
    months: int | None = words()["months-of-weeks"].get(str(weeks))
    return months
