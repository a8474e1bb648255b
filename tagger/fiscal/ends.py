"""Dates of a release told apart: the day it came out, the ends of the periods it reports, and the rest."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from tagger.document import Submission
from tagger.fiscal.calendar import DAY, NEAR, month_end, nominal_month
from tagger.fiscal.mentions import Said, date_of, last_headed
from tagger.lexicon import months_of_weeks


def release_date(said: Sequence[Said], submission: Submission | None) -> dt.date | None:
    """Return the date of the release: that of its dateline, else the first one shortly after what it reports."""
    filed = submission.filed if submission else None
    for reported in _reported(said):
        plain = [_dateline(item, reported) for item in said if not item.heading and item.plain]
        dates = [(mark, date) for mark, date in plain if date and 3 <= (date - reported).days <= 200]
        dates = [(mark, date) for mark, date in dates if filed is None or date <= filed]
        best = next((date for least in (2, 1) for mark, date in dates if mark >= least), None)
        if best is not None or dates:
            return best or filed or min(date for _, date in dates)
    # What is said first may be an older period ("our annual report for the year ended ...").
    marked = next((item.end for item in said if item.dateline == 2 and item.plain and item.end), None)
    last = last_headed(said)
    if filed is not None or marked is None or last is None or last < marked:
        return filed or marked
    balances = [item.end for item in said if item.heading and item.end and not item.lasting]
    return marked if balances and 3 <= (marked - max(balances)).days <= 200 else None


def _dateline(item: Said, reported: dt.date) -> tuple[int, dt.date | None]:
    """Return the date *item* names and its mark as a dateline, which may leave the year out ("July 29 /PRNewswire/")."""
    if item.end is not None or item.dateline < 2:
        return item.dateline, item.end
    ends = (date_of(replace(item.phrase, year=year)) for year in (reported.year, reported.year + 1))
    return 1, next((end for end in ends if end and end > reported), None)


def _reported(said: Sequence[Said]) -> list[dt.date]:
    """Return the last end of a period in the headings, and the first one said at all, and outside of headings."""
    last = last_headed(said)
    lasting = [item for item in said if item.lasting and item.end and not item.aside]
    first = next((item.end for item in lasting), None)
    told = next((item.end for item in lasting if not item.heading), None)
    return [end for end in dict.fromkeys((last, first, told)) if end is not None]


def yeared(item: Said, today: dt.date | None) -> Said:
    """Return *item* with the last year before *today* where its date has none ("Three months ended March 31,")."""
    phrase = item.phrase
    if item.end is not None or phrase.day is None or today is None or item.months is None or not item.heading:
        return item
    ends = [date_of(replace(phrase, year=year)) for year in (today.year, today.year - 1)]
    return replace(item, end=next((end for end in ends if end and end < today), None))


def stated_ends(said: Sequence[Said], today: dt.date | None) -> list[dt.date]:
    """Return the period ends among all dates.

    A heading that is a mere date may be the day of a call; it counts where it fits those that have a length or "as of".
    """
    told = (item for item in said if item.lasting or item.closing or (item.heading and item.phrase.instant))
    sure = {item.end for item in told if item.end}
    mere = {item.end for item in said if item.end and item.heading and item.phrase.day is not None} - {today}
    weekdays = {end.weekday() for end in sure if end != month_end(end.year, end.month)}
    closes = {end for end in mere if not sure or end == month_end(end.year, end.month) or end.weekday() in weekdays}
    return sorted(sure | {end for end in closes if abs(end - month_end(*nominal_month(end))) <= NEAR})


def period_weekday(said: Sequence[Said], ends: Sequence[dt.date]) -> int | None:
    """Return the weekday on which periods of weeks end; `None` where they end with months."""
    broken = {item.end for item in said if item.breaks_weeks}
    odd = [end for end in ends if end != month_end(end.year, end.month) and end not in broken]
    if not odd:
        counted = [item.end for item in said if months_of_weeks(item.phrase.weeks) and item.end]
        return counted[0].weekday() if counted else None
    weekday, count = Counter(end.weekday() for end in odd).most_common(1)[0]
    alike = sum(end.weekday() == weekday for end in ends)
    return weekday if count >= 2 or (alike * 5 >= len(ends) * 2 and _in_step(odd, ends)) else None


def _in_step(odd: Sequence[dt.date], ends: Sequence[dt.date]) -> bool:
    """Whether a quarter may end with each of *odd* if quarters end with the other *ends*."""
    months = {nominal_month(end)[1] % 3 for end in ends if end not in odd}
    return not months or all(nominal_month(end)[1] % 3 in months for end in odd)


def without_strays(
    said: Sequence[Said], ends: Sequence[dt.date], weekday: int | None
) -> tuple[list[Said], list[dt.date]]:
    """Leave out dates that are a misprint of a period end a few days off, as another weekday shows."""
    right = [end for end in ends if end.weekday() == weekday]
    stray = {end for end in ends if end not in right and any(abs(end - other) <= 3 * DAY for other in right)}
    return [item for item in said if item.end not in stray], [end for end in ends if end not in stray]
