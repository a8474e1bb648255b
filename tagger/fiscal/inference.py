"""The fiscal calendar read out of a release: its headings, its first words, the header of its submission."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from tagger.document import Submission
from tagger.fiscal.calendar import NEAR, Calendar, is_mid_month, length, month_end, nominal_month
from tagger.fiscal.ends import period_weekday, release_date, stated_ends, without_strays, yeared
from tagger.fiscal.mentions import Said, from_begin, from_headings, from_rest, last_headed
from tagger.fiscal.year_end import closes_year, tells_year_end, titled, year_end_month
from tagger.lexicon import PeriodPhrase, first_day
from tagger.lexicon.shapes import shape
from tagger.values import Duration

_SOON = 130  # days after the end of a quarter in which it is reported
_LAST = shape(r"last\s+\L<weekdays>\s+(?:in|of)")
_CLOSEST = shape(r"\L<days>\s+(?:that\s+(?:is|falls)\s+)?(?:closest|nearest)\s+to")


def infer_calendar(
    text: str, headings: Iterable[PeriodPhrase | str] = (), submission: Submission | None = None
) -> Calendar:
    """Infer the fiscal calendar from what the release itself says.

    *headings* are those of its columns, as phrases or strings. Without any word to the contrary a
    fiscal year is called after the year it ends in, and years end in December where quarters end
    with March, June, September and December; `Calendar.why` says what was found and what was assumed.

    >>> calendar = infer_calendar("GROTON, Nov. 8, 2006. Results for the second quarter ended September 30, 2006")
    >>> calendar.year_end, str(calendar.current), str(calendar.today)
    ((3, 31), '2006-07-01/2006-09-30', '2006-11-08')
    """
    said = [*from_headings(headings), *from_begin(text)]
    if not any(tells_year_end(item) for item in said) or not any(item.heading for item in said):
        said += from_rest(text)
    today = release_date(said, submission)
    said = [yeared(item, today) for item in said]
    if titled(said) is None:  # "annual results for the period ended December 29": of how long is not said
        said = [replace(item, closing=False) for item in said]
    limit = today or last_headed(said) or dt.date.max
    known = [item for item in said if item.end is None or item.end <= limit]
    ends = stated_ends(known, today)
    weekday = period_weekday(known, ends)
    if weekday is None and not ends:
        weekday = next((item.weekday for item in known if item.weekday is not None), None)
    known, ends = without_strays(known, ends, weekday)
    why: list[str] = []
    month = year_end_month(known, ends, today, submission, why)
    calendar = replace(_years(text, known, ends, month, weekday), today=today, why=tuple(why))
    current = _current(known, calendar)
    told = current is None or length(current.days) == 12 or not calendar.is_of_unsaid_weeks(current.end)
    calendar = replace(calendar, current=current if told else None)
    return replace(calendar, named=_named(known, calendar))


def _years(
    text: str, known: Sequence[Said], ends: Sequence[dt.date], month: int | None, weekday: int | None
) -> Calendar:
    """Return a calendar of fiscal years that end in *month*, on a day of the week where one is known."""
    weeks = weekday is not None
    year_ends = tuple(end for end in ends if month is not None and closes_year(end, month, weeks))
    return Calendar(
        year_end=(month, month_end(2023, month).day) if month else None,
        weeks=weeks,
        weekday=weekday,
        ends=tuple(ends),
        year_ends=year_ends,
        long=tuple(item.end for item in known if item.end and item.phrase.weeks in (14, 17)),
        quarter_weeks=_quarter_weeks(known),
        counted=any(item.phrase.weeks for item in known),
        uneven=any(
            item.months in (3, 6, 9) and item.lasting and not item.aside and is_mid_month(item.end)
            for item in known
            if item.end
        ),
        fixed_year=_fixed_year(year_ends, weekday),
        last_weekday=_last_weekday(text, year_ends, weekday),
    )


def _quarter_weeks(said: Sequence[Said]) -> tuple[int, int, int, int]:
    counts = {item.phrase.weeks for item in said}
    if counts & {24, 36}:
        return (12, 12, 12, 16)
    first = any(item.phrase.quarter == 1 and item.phrase.weeks in (16, 17) for item in said)
    if first or (counts & {28, 40} and 39 not in counts):
        return (16, 12, 12, 12)
    if 12 in counts:
        return (12, 12, 12, 16)
    return (13, 13, 13, 13)


def _fixed_year(year_ends: Sequence[dt.date], weekday: int | None) -> bool:
    if weekday is None or not year_ends:
        return False
    whole = all(end == month_end(end.year, end.month) for end in year_ends)
    return whole and any(end.weekday() != weekday for end in year_ends)


def _last_weekday(text: str, year_ends: Sequence[dt.date], weekday: int | None) -> bool:
    if weekday is None:
        return False
    nominal = [(end, month_end(*nominal_month(end))) for end in year_ends]
    if any(end > last for end, last in nominal):
        return False
    return any((last - end).days > 3 for end, last in nominal) or bool(_LAST.search(text) and not _CLOSEST.search(text))


def _current(said: Sequence[Said], calendar: Calendar) -> Duration | None:
    """Return the shortest of the latest periods that the headings, or else the text, name."""
    lasting = [item for item in said if item.lasting and item.heading]
    end, coded, months = last_headed(said), _coded_end(said, calendar), 3
    if end is None:
        lasting = [item for item in said if item.lasting and not item.aside and _recent(item, calendar.today)]
        end = max((item.end for item in lasting if item.end), default=None)
        named = _titled_end(said, calendar)
        if named is not None and (coded is None or named > coded):
            coded, months = named, _first_span(said)
    if coded is not None and (end is None or (calendar.today is not None and coded > end + NEAR)):
        return Duration(calendar.start(coded, months=months), coded)
    if end is None:
        last = calendar.ends[-1] if calendar.ends else None
        yearly = last in calendar.year_ends and any(item.heading and item.yearly for item in said)
        return Duration(calendar.start(last, months=12 if yearly else _first_span(said)), last) if last else None
    item = min((item for item in lasting if item.end == end), key=lambda item: item.months or 99)
    if item.months is None and item.phrase.since is not None:
        return Duration(first_day(item.phrase.since, end), end)
    return Duration(calendar.start(end, months=item.months, weeks=item.phrase.weeks), end)


def _first_span(said: Sequence[Said]) -> int:
    """Return how many months a period without a length has: those of a half-year, where that is what is spoken of first."""
    spans = [item for item in said if not item.aside and (item.phrase.half or item.months in (3, 6, 9))]
    return 6 if spans and (spans[0].phrase.half or spans[0].months == 6) else 3


def _titled_end(said: Sequence[Said], calendar: Calendar) -> dt.date | None:
    """Return the last end, before the day of the release, of the quarter that its title names without a year."""
    title, today = titled(said), calendar.today
    year = calendar.year_of(today) if today is not None else None
    if title is None or today is None or year is None or title.phrase.year or title.phrase.fiscal_year:
        return None
    closes = [calendar.quarter_close(known, title.phrase.quarter or 4) for known in (year, year - 1)]
    return next((end for end in closes if end is not None and 0 < (today - end).days < _SOON), None)


def _recent(item: Said, today: dt.date | None) -> bool:
    return item.end is not None and (today is None or 0 < (today - item.end).days < 200)


def _coded_end(said: Sequence[Said], calendar: Calendar) -> dt.date | None:
    """Return the end of the latest quarter that is named by its number and was over on the day of the release."""
    closes = {
        calendar.quarter_close(item.phrase.fiscal_year or item.phrase.year or 0, item.phrase.quarter)
        for item in said
        if item.phrase.quarter and (item.phrase.fiscal_year or item.phrase.year) and not item.phrase.relation
        if not item.aside
        if calendar.today is not None or item.heading
    }
    today = calendar.today
    return max((end for end in closes if end and (today is None or 0 < (today - end).days < _SOON)), default=None)


def _named(said: Sequence[Said], calendar: Calendar) -> int | None:
    """Return what a fiscal year is called, less the year of its nominal end; `None` where it cannot be so called."""
    votes: Counter[int] = Counter()
    place = calendar.quarter_of(calendar.current.end) if calendar.current else None
    titles: list[int] = []
    for item in said:
        phrase = item.phrase
        named = phrase.fiscal_year
        if named is not None and item.end is not None and (year := calendar.year_of(item.end)) is not None:
            votes[named - year] += 2
        elif (
            place
            and phrase.quarter == place[1]
            and item.end is None
            and not item.aside
            and (named := named or phrase.year)
        ):
            titles.append(named)
    if place and place[1] == 4 and not votes and not titles:
        titles = [item.phrase.fiscal_year or item.phrase.year or 0 for item in said if item.heading and item.yearly]
    # Only years that end early in a calendar year are called after the one they begin in.
    allowed = (0, -1) if calendar.year_end is not None and calendar.year_end[0] <= 6 else (0,)
    told = [title - place[0] for title in titles] if place else []
    if told:
        votes[max((offset for offset in told if offset in allowed), default=max(told))] += 3
    usable = {offset: count for offset, count in votes.items() if offset in allowed}
    if usable:
        return max(usable, key=lambda offset: (usable[offset], offset))
    if calendar.year_end is not None and calendar.year_end[0] == 1:
        return None  # by the year it begins in, or ends in: as companies do, and nothing says which
    headed = place and any(item.heading and item.phrase.year and item.phrase.quarter == place[1] for item in said)
    return None if -1 in votes and headed else 0
