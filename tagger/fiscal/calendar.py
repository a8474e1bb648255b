"""The fiscal calendar of one company: where its quarters and years end, and where they begin."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from tagger.values import Duration

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
# A period end of a calendar of weeks lies this near to the month end it stands for.
NEAR = dt.timedelta(days=8)


class Calendar(Struct, frozen=True, kw_only=True, cache_hash=True):
    """A fiscal calendar as far as a release shows it.

    *year_end* is the nominal month and day a fiscal year ends on, always the last day of a month; the
    true end in a calendar of *weeks* lies within a week of it. A fiscal year is counted by the calendar year of
    its nominal end; what the company calls it is that plus *named* (0: by the year it ends in, -1: by the year
    it begins in, as many retailers do; `None` where the headings call it something else).

    *ends* are period ends that the release states, *year_ends* those that end a fiscal year, *long* the ends
    of quarters said to be a week longer. *counted* says that the release tells how many weeks its periods have, *uneven* that
    a quarter of it ends within a month. *fixed_year* marks quarters of weeks inside calendar years,
    *last_weekday* a year that ends on the last such weekday of its month rather than on the nearest to its end.
    *today* is the day of the release, *current* the period it reports on.
    """

    year_end: tuple[int, int] | None = None
    weeks: bool = False
    weekday: int | None = None
    named: int | None = 0
    ends: tuple[dt.date, ...] = ()
    year_ends: tuple[dt.date, ...] = ()
    long: tuple[dt.date, ...] = ()
    quarter_weeks: tuple[int, int, int, int] = (13, 13, 13, 13)
    counted: bool = False
    uneven: bool = False
    fixed_year: bool = False
    last_weekday: bool = False
    today: dt.date | None = None
    current: Duration | None = None
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.year_end is not None and not 1 <= self.year_end[0] <= 12:
            raise ValueError(f"no month {self.year_end[0]} for a fiscal year to end in")

    def year_close(self, year: int) -> dt.date | None:
        """Return the last day of the fiscal year whose nominal end is in *year*; `None` if that is not known."""
        return _year_close(self, year) if self.year_end is not None else None

    def year_of(self, date: dt.date) -> int | None:
        """Return the fiscal year that *date* is in, by its nominal end."""
        for year in (date.year - 1, date.year, date.year + 1):
            close = self.year_close(year)
            if close is not None and date <= close:
                return year
        return None

    def quarter_close(self, year: int, quarter: int) -> dt.date | None:
        """Return the last day of *quarter* of the fiscal year whose nominal end is in *year*."""
        close = self.year_close(year)
        if close is None or self.year_end is None or quarter == 4:
            return close
        nominal = month_end(*shift(year, self.year_end[0], -3 * (4 - quarter)))
        if not self.weeks:
            return nominal
        before = self.year_close(year - 1)
        if before is None or self.fixed_year:
            near = nominal
            if self.weekday is not None:
                near -= ((nominal.weekday() - self.weekday + 3) % 7 - 3) * DAY
        else:
            near = before + sum(self.quarter_weeks[:quarter]) * WEEK
        return nearest(near, self.ends) or near

    def quarter_of(self, date: dt.date) -> tuple[int, int] | None:
        """Return the fiscal year and quarter that *date* ends or is in."""
        year = self.year_of(date)
        if year is None:
            return None
        # An end a few days off the calendar's own still ends that quarter.
        for quarter in (1, 2, 3, 4):
            close = self.quarter_close(year, quarter)
            if close is not None and date <= close + (NEAR if self.weeks and quarter < 4 else 0 * DAY):
                return year, quarter
        return None

    def is_of_unsaid_weeks(self, end: dt.date) -> bool:
        """Whether the quarter that ends on *end* may have 12, 13 or 16 weeks for all that is known: it ends within a month."""
        return not self.counted and (self.uneven or is_mid_month(end))

    def knows_start(self, period: Duration) -> bool:
        """Whether the release says when *period* began, and not only about when: in a calendar of weeks a year may have one more."""
        before = period.start - DAY
        return not self.weeks or self.counted or self.fixed_year or before in self.ends or before in self.year_ends

    def start(self, end: dt.date, *, months: int | None = None, weeks: int | None = None) -> dt.date:
        """Return the first day of the period of *months* or *weeks* that ends on *end*.

        Months are whole where periods end with months. In a calendar of weeks the quarter starts
        after the one before it, and what runs from the start of the year starts after the year before.
        """
        if weeks is not None:
            return end - weeks * WEEK + DAY
        count = months or 3
        if not self.weeks and end == month_end(end.year, end.month):
            return first_of(end, count)
        return self._start_in_weeks(end, count)

    def _start_in_weeks(self, end: dt.date, months: int) -> dt.date:
        place = self.quarter_of(end)
        if place is not None and months % 3 == 0:
            year, quarter = place
            if months == 3 * quarter:
                before = self.year_close(year - 1)
                if before is not None and self._may_begin_after(before, end, quarter):
                    return before + DAY
            if months == 3:
                return self._quarter_start(end, quarter)
        span = round(months * 13 / 3) * WEEK
        known = nearest(end - span, self.ends)
        return (known if known is not None else end - span) + DAY

    def _may_begin_after(self, before: dt.date, end: dt.date, quarter: int) -> bool:
        """Whether the year whose *quarter* ends on *end* may begin after *before*.

        An end of years that is only reckoned, to the nearest weekday or the last, is a week off where it leaves a week too few.
        """
        weeks = sum(self.quarter_weeks[:quarter])
        reckoned = self.weeks and not self.fixed_year and before not in self.year_ends
        least = weeks * WEEK if reckoned else dt.timedelta(days=91 * quarter - 21)
        return least <= end - before <= dt.timedelta(days=91 * quarter + 21)

    def _quarter_start(self, end: dt.date, quarter: int) -> dt.date:
        weeks = self.quarter_weeks[quarter - 1]
        known = nearest(end - weeks * WEEK, self.ends)
        if known is not None:
            return known + DAY
        if self.fixed_year and self.weekday is not None and quarter == 4:
            place = self.year_of(end)
            before = self.quarter_close(place, 3) if place is not None else None
            if before is not None:
                return before + DAY
        return end - (weeks + (end in self.long)) * WEEK + DAY


@lru_cache(maxsize=256)  # every period of a release is set against the same few years
def _year_close(calendar: Calendar, year: int) -> dt.date:
    assert calendar.year_end is not None
    nominal = month_end(year, calendar.year_end[0])
    known = nearest(nominal, calendar.year_ends)
    if known is not None:
        return known
    if not calendar.weeks or calendar.fixed_year or calendar.weekday is None:
        return nominal
    back = (nominal.weekday() - calendar.weekday) % 7
    return nominal - back * DAY if calendar.last_weekday or back <= 3 else nominal + (7 - back) * DAY


def nearest(date: dt.date, dates: Sequence[dt.date]) -> dt.date | None:
    """Return the one of sorted *dates* next to *date*, if it is within eight days."""
    at = bisect_left(dates, date)
    near = [known for known in dates[max(0, at - 1) : at + 1] if abs(known - date) <= NEAR]
    return min(near, key=lambda known: abs(known - date)) if len(near) > 1 else near[0] if near else None


@lru_cache(maxsize=1024)
def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month.

    >>> month_end(2024, 2)
    datetime.date(2024, 2, 29)
    """
    after = shift(year, month, 1)
    return dt.date(*after, 1) - DAY


def shift(year: int, month: int, months: int) -> tuple[int, int]:
    """Return the year and month *months* later.

    >>> shift(2024, 11, 3)
    (2025, 2)
    """
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def first_of(end: dt.date, months: int) -> dt.date:
    """Return the first day of the run of *months* whole months that ends with the month of *end*."""
    return dt.date(*shift(end.year, end.month, 1 - months), 1)


def nominal_month(end: dt.date) -> tuple[int, int]:
    """Return the year and month that a period end stands for: the first days of a month are the end of the one before.

    >>> nominal_month(dt.date(2024, 2, 3))
    (2024, 1)
    """
    return shift(end.year, end.month, -1) if end.day <= 7 else (end.year, end.month)


def is_mid_month(end: dt.date) -> bool:
    """Whether *end* is too far from the end of any month for a quarter of thirteen weeks to be told by it.

    >>> [is_mid_month(dt.date(2024, *day)) for day in ((4, 21), (3, 24), (5, 4), (3, 31))]
    [True, False, False, False]
    """
    return WEEK.days < end.day and month_end(end.year, end.month) - end > WEEK


def length(days: int) -> int | None:
    """Return the months that a run of *days* amounts to: 3, 6, 9, 12; `None` for any other.

    >>> [length(days) for days in (84, 98, 182, 273, 371, 30)]
    [3, 3, 6, 9, 12, None]
    """
    return next(
        (
            months
            for months, low, high in ((3, 77, 120), (6, 165, 200), (9, 245, 290), (12, 350, 380))
            if low <= days <= high
        ),
        None,
    )
