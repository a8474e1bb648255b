"""The fiscal calendar read out of a release: its headings, its first words, the header of its submission."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tagger.document import Submission
from tagger.fiscal.calendar import NEAR, Calendar, month_end, nominal_month, shift
from tagger.periods import PeriodPhrase, find_periods
from tagger.values import Duration

_HEAD = 5000  # characters of text that hold title, dateline and first sentences
_ENDED = re.compile(r"[Ee]nded|ENDED")
_WINDOW = 70
_WINDOWS = 40
_YEAR_NEXT = re.compile(r"[\s,]*(?:19|20)\d\d")
_DASH = re.compile(r"\s*\)?\s*(?:[-–—/:]|\(?(?:GLOBE|BUSINESS|PR|Marketwire|Nasdaq|NYSE)|$)")
_ON = re.compile(
    r"(?<!\w)(?:on|of|by|until|through|before|after|from|to|since|is|and|payable|effective)\s+$", re.IGNORECASE
)
_LAST = re.compile(r"last\s+(?:sun|mon|tues|wednes|thurs|fri|satur)day\s+(?:in|of)", re.IGNORECASE)
_CLOSEST = re.compile(r"day\s+(?:that\s+(?:is|falls)\s+)?(?:closest|nearest)\s+to", re.IGNORECASE)
_MONTH = {month: f"{dt.date(2023, month, 1):%B}" for month in range(1, 13)}
_WEEKS = {12: 3, 13: 3, 14: 3, 16: 3, 17: 3, 24: 6, 26: 6, 27: 6, 28: 6, 36: 9, 39: 9, 40: 9, 52: 12, 53: 12}


@dataclass(frozen=True, slots=True)
class _Said:
    """A phrase with its date, and whether it heads a column."""

    phrase: PeriodPhrase
    end: dt.date | None
    heading: bool
    dateline: int = 0  # 2: before a dash, as a dateline ends; 1: at least not "on" that day

    @property
    def months(self) -> int | None:
        phrase = self.phrase
        return phrase.months if phrase.months is not None else _WEEKS.get(phrase.weeks or 0)

    @property
    def plain(self) -> bool:
        """Whether this is a date and nothing else."""
        return self.end is not None and self.phrase.day is not None and self.months is None and not self.phrase.instant

    @property
    def lasting(self) -> bool:
        return self.end is not None and self.months is not None and not self.phrase.instant


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
    said = [*_from_headings(headings), *_from_text(text)]
    today = _today(said, submission)
    said = [_yeared(item, today) for item in said]
    known = [item for item in said if item.end is None or today is None or item.end <= today]
    ends = _stated_ends(known, today)
    weekday = _weekday(known, ends)
    why: list[str] = []
    month = _year_end_month(known, ends, today, submission, why)
    weeks = weekday is not None
    year_ends = tuple(end for end in ends if month is not None and _closes(end, month, weeks))
    calendar = Calendar(
        year_end=(month, month_end(2023, month).day) if month else None,
        weeks=weeks,
        weekday=weekday,
        ends=tuple(ends),
        year_ends=year_ends,
        long=tuple(item.end for item in known if item.end and item.phrase.weeks in (14, 17)),
        quarter_weeks=_quarter_weeks(known),
        fixed_year=_fixed_year(year_ends, weekday),
        last_weekday=_last_weekday(text, year_ends, weekday),
        today=today,
        why=tuple(why),
    )
    calendar = replace(calendar, current=_current(known, calendar))
    return replace(calendar, named=_named(known, calendar))


def _from_headings(headings: Iterable[PeriodPhrase | str]) -> list[_Said]:
    phrases: list[PeriodPhrase] = []
    for heading in headings:
        phrases += find_periods(heading) if isinstance(heading, str) else (heading,)
    return [_Said(phrase, _date(phrase), True) for phrase in phrases]


def _from_text(text: str) -> list[_Said]:
    """Read the begin of the text, and what stands around "ended" in the rest of it."""
    found = list(_from_string(text[:_HEAD], cut=len(text) > _HEAD))
    last = 0
    for number, match in enumerate(_ENDED.finditer(text, _HEAD)):
        if number >= _WINDOWS:
            break
        if match.start() > last:
            last = match.end() + _WINDOW
            found += (
                item for item in _from_string(text[match.start() - _WINDOW : last], cut=True) if not item.dateline
            )
    return found


def _from_string(string: str, *, cut: bool) -> Iterator[_Said]:
    folded = " ".join(string.split())
    end = len(folded) - 12 * cut
    for phrase in find_periods(folded):
        # Years in a row belong to the columns of a table whose headings are not put together here.
        if phrase.end <= end and not _YEAR_NEXT.match(folded, phrase.end):
            on = _ON.search(folded, max(0, phrase.start - 12), phrase.start)
            yield _Said(phrase, _date(phrase), False, 2 if _DASH.match(folded, phrase.end) else 0 if on else 1)


def _date(phrase: PeriodPhrase) -> dt.date | None:
    if phrase.year is None or phrase.month is None:
        return None
    last = month_end(phrase.year, phrase.month)
    return last if phrase.day is None else last.replace(day=min(phrase.day, last.day))


def _today(said: Sequence[_Said], submission: Submission | None) -> dt.date | None:
    """Return the date of the release: that of its dateline, else the first one shortly after what it reports."""
    filed = submission.filed if submission else None
    reported = _reported(said)
    plain = [item for item in said if not item.heading and item.plain and item.end and (not filed or item.end <= filed)]
    for mark in (2, 1):
        for item in plain:
            if item.dateline >= mark and item.end and (reported is None or 3 <= (item.end - reported).days <= 200):
                return item.end
    after = [item.end for item in plain if item.end and reported and 3 <= (item.end - reported).days <= 120]
    return filed or min(after, default=None)


def _reported(said: Sequence[_Said]) -> dt.date | None:
    """Return the end of the first period with a length that is named."""
    return next((item.end for item in said if item.lasting), None)


def _yeared(item: _Said, today: dt.date | None) -> _Said:
    """Return *item* with the last year before *today* where its date has none ("Three months ended March 31,")."""
    phrase = item.phrase
    if item.end is not None or phrase.day is None or today is None or item.months is None or not item.heading:
        return item
    ends = [_date(replace(phrase, year=year)) for year in (today.year, today.year - 1)]
    return replace(item, end=next((end for end in ends if end and end < today), None))


def _stated_ends(said: Sequence[_Said], today: dt.date | None) -> list[dt.date]:
    """Return the period ends among all dates.

    A heading that is a mere date may be the day of a call; it counts where it fits those that have a length or "as of".
    """
    sure = {item.end for item in said if item.end and (item.lasting or (item.heading and item.phrase.instant))}
    mere = {item.end for item in said if item.end and item.heading and item.phrase.day is not None} - {today}
    weekdays = {end.weekday() for end in sure if end != month_end(end.year, end.month)}
    closes = {end for end in mere if not sure or end == month_end(end.year, end.month) or end.weekday() in weekdays}
    return sorted(sure | {end for end in closes if abs(end - month_end(*nominal_month(end))) <= NEAR})


def _weekday(said: Sequence[_Said], ends: Sequence[dt.date]) -> int | None:
    """Return the weekday on which periods of weeks end; `None` where they end with months."""
    odd = [end for end in ends if end != month_end(end.year, end.month)]
    if not odd:
        counted = [item.end for item in said if item.phrase.weeks in _WEEKS and item.end]
        return counted[0].weekday() if counted else None
    weekday, count = Counter(end.weekday() for end in odd).most_common(1)[0]
    alike = sum(end.weekday() == weekday for end in ends)
    return weekday if count >= 2 or alike * 5 >= len(ends) * 2 else None


def _closes(end: dt.date, month: int, weeks: bool) -> bool:
    """Whether *end* is the end of a fiscal year that nominally ends with *month*."""
    if not weeks:
        return end.month == month and end == month_end(end.year, end.month)
    year, nominal = nominal_month(end)
    return nominal == month and abs(month_end(year, nominal) - end) <= NEAR


def _year_end_month(
    said: Sequence[_Said], ends: Sequence[dt.date], today: dt.date | None, submission: Submission | None, why: list[str]
) -> int | None:
    votes: Counter[int] = Counter()
    for month, _, weight in {vote for item in said for vote in _votes(item, ends)}:
        votes[month] += weight
    title = next((item for item in said if not item.heading and item.phrase.quarter and not item.phrase.relation), None)
    current = max((item.end for item in said if item.lasting and item.end and item.heading), default=None)
    if title is not None and current is not None and title.phrase.quarter:
        votes[shift(*nominal_month(current), 3 * (4 - title.phrase.quarter))[1]] += 2
    header = submission.fiscal_year_end if submission else None
    if header and re.fullmatch(r"(?:0[1-9]|1[0-2])\d\d", header):
        votes[shift(2000, int(header[:2]), -1 if int(header[2:]) <= 7 else 0)[1]] += 5
    if votes:
        month = max(votes, key=lambda candidate: (votes[candidate], candidate == 12, candidate))
        why.append(f"the fiscal year ends with {_MONTH[month]}: {votes[month]} of {sum(votes.values())} points")
        return month
    return _assumed_month(title, ends, today, why)


def _assumed_month(title: _Said | None, ends: Sequence[dt.date], today: dt.date | None, why: list[str]) -> int | None:
    """Return the month a fiscal year most likely ends with where nothing says it, and say so in *why*."""
    if title is not None and title.phrase.quarter and title.phrase.fiscal_year and today is not None and not ends:
        # "Second quarter of fiscal 2017" in April: the quarter that ended with March was the second.
        year, month = shift(today.year, today.month, -((today.month - 1) % 3 + 1))
        year, month = shift(year, month, 3 * (4 - title.phrase.quarter))
        if title.phrase.fiscal_year - year in (0, -1):
            why.append(f"the fiscal year is taken to end with {_MONTH[month]}: quarter {title.phrase.quarter} is over")
            return month
    if ends and all(nominal_month(end)[1] % 3 == 0 for end in ends):
        why.append("the fiscal year is taken to end with December: nothing says otherwise")
        return 12
    return None


def _votes(item: _Said, ends: Sequence[dt.date]) -> Iterable[tuple[int, str, int]]:
    """Yield the month in which *item* says that the fiscal year ends, what kind of word says so, and its weight."""
    if item.end is None or item.phrase.trailing:
        return
    year, month = nominal_month(item.end)
    if item.phrase.quarter:
        yield shift(year, month, 3 * (4 - item.phrase.quarter))[1], "quarter", 4
    elif item.months in (6, 9):
        yield shift(year, month, -item.months)[1], f"{item.months} months", 2
    elif item.months == 12:
        yield month, "year", 2
    elif item.phrase.instant and item.heading and ends and (ends[-1] - item.end).days % 364 > 20:
        yield month, "balance", 1


def _quarter_weeks(said: Sequence[_Said]) -> tuple[int, int, int, int]:
    counts = {item.phrase.weeks for item in said}
    if counts & {24, 36}:
        return (12, 12, 12, 16)
    if counts & {28, 40} and 39 not in counts:
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


def _current(said: Sequence[_Said], calendar: Calendar) -> Duration | None:
    """Return the shortest of the latest periods that the headings, or else the text, name."""
    lasting = [item for item in said if item.lasting and item.heading] or [item for item in said if item.lasting][:6]
    end = max((item.end for item in lasting if item.end), default=None)
    named = _current_by_name(said, calendar)
    if end is None or (named is not None and named.end > end + NEAR):
        return named
    item = min((item for item in lasting if item.end == end), key=lambda item: item.months or 99)
    return Duration(calendar.start(end, months=item.months, weeks=item.phrase.weeks), end)


def _current_by_name(said: Sequence[_Said], calendar: Calendar) -> Duration | None:
    """Return the latest quarter before the release that is named by number, else the one with the latest end."""
    today = calendar.today
    closes = {
        calendar.quarter_close(item.phrase.fiscal_year or item.phrase.year or 0, item.phrase.quarter)
        for item in said
        if item.phrase.quarter and (item.phrase.fiscal_year or item.phrase.year) and not item.phrase.relation
    }
    over = [close for close in closes if close is not None and today is not None and 0 < (today - close).days < 130]
    if not over:
        over = [end for end in calendar.ends if today is None or end < today]
    end = max(over, default=None)
    return Duration(calendar.start(end, months=3), end) if end is not None else None


def _named(said: Sequence[_Said], calendar: Calendar) -> int:
    """Return what a fiscal year is called, less the year of its nominal end."""
    votes: Counter[int] = Counter()
    place = calendar.quarter_of(calendar.current.end) if calendar.current else None
    titled = False
    for item in said:
        phrase = item.phrase
        named = phrase.fiscal_year
        if named is not None and item.end is not None and (year := calendar.year_of(item.end)) is not None:
            votes[named - year] += 2
        elif (
            place and not titled and phrase.quarter == place[1] and (named := named or phrase.year) and item.end is None
        ):
            titled = True
            votes[named - place[0]] += 3
    # A year that ends with December begins in the same year.
    allowed = (0,) if calendar.year_end == (12, 31) else (0, -1)
    usable = {offset: count for offset, count in votes.items() if offset in allowed}
    return max(usable, key=lambda offset: (usable[offset], offset)) if usable else 0
