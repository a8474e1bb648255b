"""The month with which a fiscal year ends, voted for by what the release says."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tagger.document import Submission
from tagger.fiscal.calendar import NEAR, is_mid_month, month_end, nominal_month, shift
from tagger.fiscal.mentions import Said, last_headed
from tagger.lexicon import PeriodPhrase

_SOON = range(10, 41)  # days after the end of a calendar quarter in which hardly a quarter of other months is reported
_LATEST = 45  # days after its end by which the first three quarters of a year are reported
_REPORTED = 120  # days after its end within which a quarter is reported on
_MONTH = {month: f"{dt.date(2023, month, 1):%B}" for month in range(1, 13)}


def year_end_month(
    said: Sequence[Said], ends: Sequence[dt.date], today: dt.date | None, submission: Submission | None, why: list[str]
) -> int | None:
    """Return the month with which the fiscal year ends, noting in *why* how it is known; `None` if nothing says."""
    votes: Counter[int] = Counter()
    for month, _, weight in {vote for item in said for vote in _votes(item, ends)}:
        votes[month] += weight
    title = titled(said)
    headed = last_headed(said)
    current = headed or _just_over(said, today)
    if title is not None and current is not None and title.phrase.quarter and not is_mid_month(current):
        votes[shift(*nominal_month(current), 3 * (4 - title.phrase.quarter))[1]] += 2 if headed else 3
    header = submission.fiscal_year_end if submission else None
    if header and re.fullmatch(r"(?:0[1-9]|1[0-2])\d\d", header):
        votes[shift(2000, int(header[:2]), -1 if int(header[2:]) <= 7 else 0)[1]] += 5
    if votes:
        month = max(votes, key=lambda candidate: (votes[candidate], candidate == 12, candidate))
        why.append(f"the fiscal year ends with {_MONTH[month]}: {votes[month]} of {sum(votes.values())} points")
        return month
    return _assumed_month(said, title, ends, today, why)


def titled(said: Sequence[Said]) -> Said | None:
    """Return the first quarter that the text says by its number as the one reported on: not in passing, not another's."""
    return next((s for s in said if not s.heading and not s.aside and s.phrase.quarter and not s.phrase.relation), None)


def _just_over(said: Sequence[Said], today: dt.date | None) -> dt.date | None:
    """Return the end of the one quarter that the text says has just ended: the one reported on."""
    ends = {s.end for s in said if (s.months == 3 or s.closing) and s.end and not s.aside and not s.heading}
    over = [end for end in ends if today is not None and 0 < (today - end).days < _REPORTED]
    return over[0] if len(over) == 1 else None


def _assumed_month(
    said: Sequence[Said], title: Said | None, ends: Sequence[dt.date], today: dt.date | None, why: list[str]
) -> int | None:
    """Return the month a fiscal year most likely ends with where nothing says it, and say so in *why*."""
    if title is not None and title.phrase.quarter and today is not None and not ends:
        # "Second quarter of fiscal 2017" in April: the quarter that ended with March was the second.
        year, month = shift(today.year, today.month, -((today.month - 1) % 3 + 1))
        over = (today - month_end(year, month)).days
        year, month = shift(year, month, 3 * (4 - title.phrase.quarter))
        named = _named_alike(said, title)
        late = title.phrase.quarter == 4 and title.phrase.fiscal_year is None
        if (named is None or named - year in (0, -1)) and (over in _SOON or (named and (late or over <= _LATEST))):
            why.append(f"the fiscal year is taken to end with {_MONTH[month]}: quarter {title.phrase.quarter} is over")
            return month
    months = {nominal_month(end)[1] for end in (*ends, *filter(None, map(_stand_in, said)))}
    yearly = any(item.heading and item.yearly for item in said) and not any(
        item.lasting or _stand_in(item) for item in said
    )
    if yearly and len(months) == 1:
        (month,) = months
        why.append(
            f"the fiscal year ends with {_MONTH[month]}: columns are years, balance sheets stand at no other month"
        )
        return month
    if any(item.phrase.fiscal_year and item.phrase.month and not item.phrase.year for item in said):
        # "Fiscal 2011 quarter ended December 31": of which year that day is depends on what would be taken for granted
        return None
    if months and all(month % 3 == 0 for month in months):
        why.append("the fiscal year is taken to end with December: nothing says otherwise")
        return 12
    coded = {(item.phrase.year, _quarters(item.phrase)) for item in said if item.heading}
    closes = [month_end(year, 3 * quarter) for year, quarter in coded if year and quarter]
    if closes and any(item.plain and item.end and 0 < (item.end - max(closes)).days < 120 for item in said):
        why.append("the fiscal year is taken to end with December: the last quarter named is then just over")
        return 12
    return None


def _named_alike(said: Sequence[Said], title: Said) -> int | None:
    """Return the year that *title* names, or else the first that is named beside the same quarter and not in passing."""
    alike = (item.phrase for item in said if item.phrase.quarter == title.phrase.quarter and not item.aside)
    return next((year for phrase in (title.phrase, *alike) if (year := phrase.fiscal_year or phrase.year)), None)


def tells_year_end(item: Said) -> bool:
    """Whether *item* says by itself with which month the fiscal year ends."""
    return item.phrase.quarter is not None or any(weight > 1 for _, _, weight in _votes(item, ()))


def _votes(item: Said, ends: Sequence[dt.date]) -> Iterable[tuple[int, str, int]]:
    """Yield the month in which *item* says that the fiscal year ends, what kind of word says so, and its weight."""
    end = item.end or _stand_in(item)
    if end is None or item.phrase.trailing:
        return
    year, month = nominal_month(end)
    quarter, weeks = item.phrase.quarter, item.phrase.weeks
    if item.end is None and item.phrase.instant:
        yield month, "said", 6
    elif weeks is not None and 20 < weeks < 45:
        yield nominal_month(end - dt.timedelta(weeks=weeks))[1], "weeks", 4
    elif quarter and weeks in (12, 16, 17):
        # Quarters of 12 weeks, one of them longer: only the first ones can be counted back.
        if quarter < 4:
            back = weeks if quarter == 1 else 12 * quarter
            yield nominal_month(end - dt.timedelta(weeks=back))[1], "quarter of 12 weeks", 2
    elif quarter and not (weeks is None and is_mid_month(end)):
        yield shift(year, month, 3 * (4 - quarter))[1], "quarter", 4
    elif item.months in (6, 9):
        yield shift(year, month, -item.months)[1], f"{item.months} months", 3
    elif item.months == 12:
        yield month, "year", 2
    elif item.phrase.instant and item.heading and ends and (ends[-1] - end).days % 364 > 20:
        yield month, "balance", 1


def _stand_in(item: Said) -> dt.date | None:
    """Return an end for one that names no year, of which the month alone counts: of a heading whose years stand apart, and
    of a day on which every fiscal year ends, "the fiscal year ends on June 30"."""
    phrase = item.phrase
    if item.end is not None or phrase.month is None or phrase.day is None or phrase.year is not None or phrase.relation:
        return None
    told = item.heading and item.months is not None and not phrase.instant
    closes = phrase.instant and phrase.months == 12
    return dt.date(2023, phrase.month, min(phrase.day, 28)) if told or closes else None


def _quarters(phrase: PeriodPhrase) -> int | None:
    """Return the quarter with which a period ends that is named by its number: a quarter, a half, the first nine months."""
    first = phrase.months // 3 if phrase.to_date and phrase.months in (3, 6, 9) else None
    return phrase.quarter or (2 * phrase.half if phrase.half else first)


def closes_year(end: dt.date, month: int, weeks: bool) -> bool:
    """Whether *end* is the end of a fiscal year that nominally ends with *month*."""
    if not weeks:
        return end.month == month and end == month_end(end.year, end.month)
    year, nominal = nominal_month(end)
    return nominal == month and abs(month_end(year, nominal) - end) <= NEAR
