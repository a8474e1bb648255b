"""Period phrases resolved to days, through the calendar of the release and the period spoken about."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from msgspec.structs import replace

from tagger.fiscal.calendar import DAY, Calendar, length, month_end, nearest, nominal_month, shift
from tagger.lexicon import PeriodPhrase, first_day, months_of_weeks
from tagger.values import Duration, Instant, Period


class Resolution(Struct, frozen=True):
    """The days a phrase means, or `None`, and why."""

    period: Period | None
    why: str


def resolve(
    phrase: PeriodPhrase, calendar: Calendar, *, anchor: Period | None = None, instant: bool = False
) -> Resolution:
    """Return the days that *phrase* means.

    *anchor* is the period the sentence or table is about, by default the one the release reports on:
    "the prior quarter" is the one before it. *instant* asks for the day a balance stands at: the last
    day of the period. Nothing is guessed: a phrase that does not say enough gives no period, and the reason.
    """
    about = anchor or calendar.current
    found = _related(phrase, calendar, about) if phrase.relation else _absolute(phrase, calendar, about, anchor)
    # "From the prior quarter", said of a balance, means its end.
    if found.period is not None and (instant or phrase.instant or (phrase.relation and isinstance(anchor, Instant))):
        return Resolution(Instant(found.period.end), found.why)
    return found


def _absolute(phrase: PeriodPhrase, calendar: Calendar, about: Period | None, like: Period | None = None) -> Resolution:
    end, why = _end(phrase, calendar, about)
    if end is None or phrase.instant:
        return Resolution(Instant(end) if end else None, why)
    return _lasting(phrase, calendar, end, why, like)


def _lasting(phrase: PeriodPhrase, calendar: Calendar, end: dt.date, why: str, like: Period | None) -> Resolution:
    """Return the period that ends on *end* and lasts as long as *phrase* says, else as long as *like*."""
    if phrase.unsaid:
        return Resolution(None, f"{why}; how long the period is, is not said")
    if phrase.since is not None:
        return _ranging(phrase, end, why)
    if phrase.days is not None:
        return _duration(end - (phrase.days - 1) * DAY, end, f"{why}; {phrase.days} days counted back")
    if phrase.to_date and phrase.months is None and phrase.weeks is None:
        year = calendar.year_of(end)
        before = calendar.year_close(year - 1) if year is not None else None
        if before is None:
            return Resolution(None, f"{why}; when the fiscal year began is not known")
        return _duration(before + DAY, end, f"{why}; from the start of the fiscal year")
    if phrase.weeks is not None:
        return _duration(calendar.start(end, weeks=phrase.weeks), end, f"{why}; {phrase.weeks} weeks counted back")
    months = phrase.months
    if months is None and phrase.month is None and phrase.day is None:
        months = 12
    if months == 1 and calendar.weeks:
        return Resolution(None, f"{why}; a month of a year that is counted in weeks has four or five")
    if months is not None and months % 12 and calendar.is_of_unsaid_weeks(end):
        return Resolution(None, f"{why}; a quarter that ends on {end} has 12, 13 or 16 weeks, and how many is not said")
    if months is not None:
        return _duration(calendar.start(end, months=months), end, f"{why}; {months} months")
    if isinstance(like, Duration) and (months := length(like.days)):
        return _duration(calendar.start(end, months=months), end, f"{why}; as long as {like}")
    return Resolution(Instant(end), f"{why}; a date without a length")


def _ranging(phrase: PeriodPhrase, end: dt.date, why: str) -> Resolution:
    """Return the period of a range that ends on *end*, unless the heading gives it another length besides."""
    assert phrase.since is not None
    first = first_day(phrase.since, end)
    found = _duration(first, end, f"{why}; from {first}")
    said = phrase.months if phrase.months is not None else months_of_weeks(phrase.weeks)
    if said is not None and isinstance(found.period, Duration) and length(found.period.days) != said:
        return Resolution(None, f"{why}; {said} months are said, and a range of {found.period.days} days")
    return found


def _duration(start: dt.date, end: dt.date, why: str) -> Resolution:
    return (
        Resolution(Duration(start, end), why) if start <= end else Resolution(None, f"{why}; it ends before it starts")
    )


def _end(phrase: PeriodPhrase, calendar: Calendar, about: Period | None) -> tuple[dt.date | None, str]:
    """Return the last day that *phrase* means and how it is known."""
    if phrase.month is not None:
        return _dated_end(phrase, calendar, about)
    named = phrase.fiscal_year if phrase.fiscal_year is not None else phrase.year
    if named is not None:
        if calendar.named is None:
            return None, f"nothing says which year is called {named}: the one that begins or the one that ends in it"
        return _named_end(phrase, calendar, named - calendar.named)
    if phrase.quarter is not None or phrase.half is not None or (phrase.to_date and phrase.months):
        return _latest_quarter(_quarter(phrase, calendar), calendar, about)
    if about is None:
        return None, "no date is said, and what the release reports on is not known"
    if phrase.months == 12 and not phrase.trailing:
        year = calendar.year_of(about.end)
        if year is None or calendar.year_close(year) != about.end:
            return None, "no year is said, and none ends with the period reported on"
    return about.end, f"ends with the period reported on, {about.end}"


def _dated_end(phrase: PeriodPhrase, calendar: Calendar, about: Period | None) -> tuple[dt.date | None, str]:
    assert phrase.month is not None
    if phrase.year is not None:
        return _day(phrase.year, phrase.month, phrase.day, calendar)
    if phrase.fiscal_year is not None:
        if calendar.year_end is None:
            return None, "a date without a year, and when the fiscal year ends is not known"
        nominal = phrase.fiscal_year - (calendar.named or 0)
        year = nominal if phrase.month <= calendar.year_end[0] else nominal - 1
        return _day(year, phrase.month, phrase.day, calendar)
    limit = calendar.today or (about.end if about else None)
    if limit is None:
        return None, "a date without a year, and the day of the release is not known"
    for year in (limit.year, limit.year - 1):
        day, why = _day(year, phrase.month, phrase.day, calendar)
        if day is not None and day <= limit:
            return day, f"{why}, the last before {limit}"
    return None, "a date without a year"


def _day(year: int, month: int, day: int | None, calendar: Calendar) -> tuple[dt.date | None, str]:
    last = month_end(year, month)
    if day is not None:
        # "June 31" is said of the end of June.
        return (dt.date(year, month, min(day, last.day)), "as printed") if day <= 31 else (None, f"no day {day}")
    if calendar.weeks:
        stated = nearest(last, calendar.ends)
        if stated is not None:
            return stated, f"the period end the release states for {last:%B %Y}"
        place = calendar.quarter_of(last)
        closes = [calendar.quarter_close(*place)] if place else []
        for close in closes:
            if close is not None and nominal_month(close) == (year, month):
                return close, f"the fiscal period that ends with {last:%B %Y}"
    return last, f"the end of {last:%B %Y}"


def _quarter(phrase: PeriodPhrase, calendar: Calendar) -> int:
    """Return the quarter with which the period ends, within its fiscal year."""
    if phrase.quarter is not None:
        return phrase.quarter
    if phrase.half is not None:
        return 2 * phrase.half
    if phrase.months in (6, 9) or (phrase.months == 3 and phrase.to_date):
        return phrase.months // 3
    place = calendar.quarter_of(calendar.current.end) if calendar.current else None
    if (phrase.months == 3 or phrase.weeks in (12, 13, 14) or phrase.to_date) and place:
        return place[1]
    return {24: 2, 26: 2, 27: 2, 28: 2, 36: 3, 39: 3, 40: 3}.get(phrase.weeks or 0, 4)


def _named_end(phrase: PeriodPhrase, calendar: Calendar, year: int) -> tuple[dt.date | None, str]:
    quarter = _quarter(phrase, calendar)
    close = calendar.quarter_close(year, quarter)
    if close is None:
        return None, "when the fiscal year ends is not known"
    return close, f"quarter {quarter} of the fiscal year that ends {calendar.year_close(year)}"


def _latest_quarter(quarter: int, calendar: Calendar, about: Period | None) -> tuple[dt.date | None, str]:
    """Return the last end of *quarter* not after the period reported on."""
    limit = max((period.end for period in (about, calendar.current) if period), default=calendar.today)
    year = calendar.year_of(limit) if limit else None
    if limit is None or year is None:
        return None, "a quarter without a year, and the fiscal calendar is not known"
    for candidate in (year, year - 1):
        close = calendar.quarter_close(candidate, quarter)
        if close is not None and close <= limit:
            return close, f"the last quarter {quarter} up to {limit}"
    return None, "a quarter without a year"


def _related(phrase: PeriodPhrase, calendar: Calendar, about: Period | None) -> Resolution:
    """Return the period that stands in *phrase*'s relation to the one spoken about."""
    if about is None:
        return Resolution(None, f'"{phrase.relation}" of nothing: what the release reports on is not known')
    base = _base(phrase, calendar, about)
    if base.period is None:
        return base
    steps = {"current": 0, "prior": -(phrase.back or 1), "prior-year": -1, "next": 1}[phrase.relation]
    told = phrase.relation == "prior-year" and phrase.back is None and not phrase.dated
    if told and _is_of_year_before(base.period, calendar, about):
        return base  # "the fourth quarter of the previous year", said of a first quarter
    if phrase.relation == "prior-year":
        named = replace(phrase, year=None, fiscal_year=None) if phrase.dated else phrase
        return _year_back(named, calendar, base.period)
    if phrase.relation == "prior" and phrase.instant and isinstance(base.period, Duration):
        return Resolution(Instant(base.period.start - DAY), f"the day before {base.period} begins")
    return _moved(calendar, base.period, steps, phrase.relation) if steps else base


def _is_of_year_before(period: Period, calendar: Calendar, about: Period) -> bool:
    """Whether *period* lies in the fiscal year before the one in which *about* ends."""
    year, now = calendar.year_of(period.end), calendar.year_of(about.end)
    return year is not None and now is not None and year == now - 1


def _base(phrase: PeriodPhrase, calendar: Calendar, about: Period) -> Resolution:
    """Return the period that the relation starts from: the one spoken about, or the one in it of the length said."""
    if phrase.dated:  # "Prior year" under "Quarter ended June 30, 2014"
        return _absolute(replace(phrase, relation=""), calendar, about)
    bare = replace(phrase, relation="", instant=False, year=None, fiscal_year=None)
    if phrase.quarter is not None or phrase.half is not None or (phrase.to_date and phrase.months):
        return _absolute(bare, calendar, about)
    own = length(about.days) if isinstance(about, Duration) else None
    if phrase.months is None and phrase.weeks is None and not phrase.to_date:
        return Resolution(about, f"the period spoken about, {about}")
    if phrase.months == own and isinstance(about, Duration) and phrase.weeks is None:
        return Resolution(about, f"the period spoken about, {about}")
    if phrase.months == 12 and not phrase.trailing:
        return _year_around(phrase, calendar, about)
    return _lasting(bare, calendar, about.end, f"ends with {about}", about)


def _year_around(phrase: PeriodPhrase, calendar: Calendar, about: Period) -> Resolution:
    year = calendar.year_of(about.end)
    close = calendar.year_close(year) if year is not None else None
    if close is None:
        return Resolution(None, "when the fiscal year ends is not known")
    if phrase.relation == "current" and close != about.end:
        return Resolution(None, f"the fiscal year of {about} is not over")
    return Resolution(Duration(calendar.start(close, months=12), close), f"the fiscal year of {about}")


def _year_back(phrase: PeriodPhrase, calendar: Calendar, base: Period) -> Resolution:
    years = _years_back(phrase, calendar, base.end)
    end = _same_end(calendar, base.end, years)
    why = f"{base}, {years} year{'s' if years != 1 else ''} earlier"
    if isinstance(base, Instant):
        return Resolution(Instant(end), why)
    months = length(base.days)
    if months is None:
        return Resolution(None, f"{why}: {base.days} days are no quarter or year")
    return _duration(calendar.start(end, months=months), end, why)


def _years_back(phrase: PeriodPhrase, calendar: Calendar, end: dt.date) -> int:
    """Return how many years back *phrase* points from a period that ends on *end*.

    A year that is not called fiscal is the calendar's or the company's: whichever makes "the same period" the last one.
    """
    named = phrase.fiscal_year if phrase.fiscal_year is not None else phrase.year
    place = calendar.quarter_of(end)
    if named is None or place is None:
        return phrase.back or 1
    if phrase.fiscal_year is None and end.year - named == 1:
        return 1
    return place[0] + (calendar.named or 0) - named


def _same_end(calendar: Calendar, end: dt.date, years: int) -> dt.date:
    """Return the end of the same fiscal quarter *years* earlier."""
    year, month = nominal_month(end)
    nominal = month_end(year - years, month)
    if not calendar.weeks:
        return nominal if end == month_end(end.year, end.month) else end - years * 364 * DAY
    stated = nearest(nominal, calendar.ends)
    if stated is not None:
        return stated
    place = calendar.quarter_of(end)
    close = calendar.quarter_close(place[0] - years, place[1]) if place else None
    return close if close is not None else end - years * 364 * DAY


def _moved(calendar: Calendar, base: Period, steps: int, relation: str) -> Resolution:
    """Return the period of the same length right before or after *base*; for a day, the quarter's end."""
    months = length(base.days) if isinstance(base, Duration) else 3
    if months is None:
        return Resolution(None, f"{base} is no quarter or year")
    place = calendar.quarter_of(base.end)
    if steps == -1 and isinstance(base, Duration):
        end: dt.date | None = base.start - DAY
    elif place is None:
        year, month = nominal_month(base.end)
        end = month_end(*shift(year, month, steps * months))
    else:
        index = place[0] * 4 + place[1] - 1 + steps * months // 3
        end = calendar.quarter_close(index // 4, index % 4 + 1)
    if end is None:
        return Resolution(None, "when the fiscal year ends is not known")
    why = f"the period {relation} to {base}"
    return (
        Resolution(Instant(end), why)
        if isinstance(base, Instant)
        else _duration(calendar.start(end, months=months), end, why)
    )
