"""What a release says of time: the phrases of its headings and of its text, with their dates."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from tagger.fiscal.calendar import length, month_end
from tagger.lexicon import PeriodPhrase, find_periods, first_day, months_of_weeks
from tagger.lexicon.branches import months
from tagger.lexicon.phrase import words
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern

_TOP = 2000  # characters above which a date alone on its line is the day of the release
_HEAD = 5000  # characters of text that hold title, dateline and first sentences
# Beyond the begin, only what stands around these words is read.
_TELLING = shape(r"\L<ended>|\L<fiscal>")
_WINDOW = 110
_WINDOWS = 30
_YEAR_NEXT = shape(r"[\s,]*\L<year>")
_LONE = shape(
    r"(?m)^[ \t]*(?:[\w ]{0,30}\brelease[:,]?\s+)?(?:\L<weekdays>,?\s+)?(\L<month>\.?\s\d{1,2},\s\L<year>)[ \t]*\n\s{0,20}(?!\L<month>)[^\W\d]\S*(?:[ \t]+\S+){3}"
)  # a date alone on its line, above words
_DASH = pattern(r"\s*\)?\s*(?:[-–—/:]|\([A-Z]{2}|GLOBE|BUSINESS|PR|$|[A-Z]{3,}(?:[ ,]+[A-Z][\w.]*){0,3}\s*[-–—])")
_ON = pattern(
    r"(?<!\w)(?:on|of|by|until|through|before|after|from|to|since|is|and|payable|effective)\s+$", re.IGNORECASE
)
# What these words lead up to is not what the release reports: it lies ahead, was reported elsewhere, or is what that is compared with.
_ASIDE = pattern(
    r"""\b(?:enter(?:s|ed|ing)?|into|look(?:s|ing)?\s+(?:ahead\s+)?(?:to|toward)|(?:guidance|outlook)\s+for|expect\w*\s+(?:in|for)
    |anticipat\w+|forecast\w*|form\s+10-?[kq](?:sb)?|(?:annual|quarterly)\s+reports?|prospectus
    |compar(?:ed|ing|es)|versus|vs\.?|against|from\s+\$?\d[\d,.]*)\b(?:[^.;]|(?<=[\d$])\.(?=\d)){0,80}$""",
    re.IGNORECASE | re.VERBOSE,
)
_WHICH_ENDED = shape(r"(?:\s+\L<fiscal>(?:\s+\L<years>)?)?,?\s*\(?(?:which|that)\s+\L<ended>(?:\s+on)?\s*")
_CLOSING = shape(r"\L<periods>\s+\L<ended>\s")
_ON_DAY = shape(
    r"""\s*(?:\L<ended>\s+)?(?: (?:on\s+|is\s+)?(?:the\s+)?(?:last\s+)?(?P<weekday>\L<weekdays>)\s+
        (?:in|of|(?:closest|nearest)(?:\s+to)?(?:\s+the\s+end\s+of)?)\s+(?P<month>\L<month>)(?!\w)(?:\s+(?P<day>[0-3]?\d)(?!\d))?
      | (?:(?:and\s+)?(?:ends|closes)\s+on|is)\s+
        (?: (?P<month>\L<month>)\s+(?P<day>[0-3]?\d) | (?P<day>[0-3]?\d)\s+(?P<month>\L<month>)(?!\w) )(?!\d|,?\s*\L<year>) )""",
    verbose=True,
)


class Said(Struct, frozen=True):
    """A phrase with its date, and whether it heads a column.

    *aside* marks what is named in passing: a quarter that is entered, the year of a report on form 10-K. *closing* marks
    the day that a period of an unsaid length ended on: "for the period ended March 29, 2019".
    """

    phrase: PeriodPhrase
    end: dt.date | None
    heading: bool
    dateline: int = 0  # 2: before a dash, as a dateline ends; 1: at least not "on" that day
    aside: bool = False
    weekday: int | None = None  # on which every fiscal year is said to end
    closing: bool = False

    @property
    def months(self) -> int | None:
        """The length in months, also where it is said in weeks, or as a range that is as long as so many months."""
        phrase = self.phrase
        if phrase.since is not None and self.end is not None and phrase.months is None:
            first = first_day(phrase.since, self.end)
            return length((self.end - first).days + 1)
        return phrase.months if phrase.months is not None else months_of_weeks(phrase.weeks)

    @property
    def breaks_weeks(self) -> bool:
        """Whether this is a range of days that is no number of whole weeks: what ends it is not a weekday's doing."""
        since = self.phrase.since
        return since is not None and self.end is not None and ((self.end - first_day(since, self.end)).days + 1) % 7 > 0

    @property
    def plain(self) -> bool:
        """Whether this is a date and nothing else."""
        phrase = self.phrase
        named = phrase.quarter or phrase.fiscal_year or phrase.to_date
        return phrase.day is not None and self.months is None and not phrase.instant and not named

    @property
    def yearly(self) -> bool:
        """Whether this is a year and nothing else: "Fiscal 2023", "2023"."""
        phrase = self.phrase
        return bool(phrase.fiscal_year or phrase.year) and phrase.month is None and self.months in (None, 12)

    @property
    def lasting(self) -> bool:
        """Whether this is a period with a length and an end, also a range of some other length than months."""
        long = self.months is not None or self.phrase.since is not None
        return self.end is not None and long and not self.phrase.instant


def from_headings(headings: Iterable[PeriodPhrase | str]) -> list[Said]:
    """Read the headings of columns."""
    phrases: list[PeriodPhrase] = []
    for heading in headings:
        phrases += find_periods(heading) if isinstance(heading, str) else (heading,)
    return [Said(phrase, date_of(phrase), True) for phrase in phrases]


def from_begin(text: str) -> list[Said]:
    """Read the begin of the text: title, dateline, first sentences."""
    lone = _lone_dates(text)
    said = _from_string(text[:_HEAD], cut=len(text) > _HEAD)
    return [replace(item, dateline=2) if item.end in lone and item.plain else item for item in said]


def _lone_dates(text: str) -> frozenset[dt.date]:
    """Return the dates that stand alone on a line above a title or a sentence, as that of a release does; not the end of a month."""
    found = (date_of(phrase) for line in _LONE.finditer(text, 0, _TOP) for phrase in find_periods(line[1]))
    return frozenset(date for date in found if date is not None and date != month_end(date.year, date.month))


def from_rest(text: str) -> list[Said]:
    """Read what stands around "ended" and "fiscal" in the rest of the text."""
    found: list[Said] = []
    last = 0
    for number, match in enumerate(_TELLING.finditer(text, _HEAD)):
        if number >= _WINDOWS:
            break
        if match.start() > last:
            last = match.end() + _WINDOW
            found += (item for item in _from_string(text[match.start() - _WINDOW : last], cut=True) if not item.plain)
    return found


def _from_string(string: str, *, cut: bool) -> Iterator[Said]:
    folded = " ".join(string.split())
    end = len(folded) - 12 * cut
    phrases = find_periods(folded)
    for phrase, after in itertools.zip_longest(phrases, phrases[1:]):
        # Years in a row belong to the columns of a table whose headings are not put together here.
        if phrase.end <= end and not _YEAR_NEXT.match(folded, phrase.end):
            on = _ON.search(folded, max(0, phrase.start - 12), phrase.start)
            mark = 2 if _DASH.match(folded, phrase.end) else 0 if on else 1
            aside = _ASIDE.search(folded, max(0, phrase.start - 90), phrase.start) is not None
            phrase, weekday = _closing_with(folded, phrase)
            closing = not aside and _CLOSING.match(folded, phrase.start, phrase.end) is not None
            date = date_of(phrase) or _ended_on(folded, phrase, after)
            yield Said(phrase, date, False, mark, aside, weekday, closing)


def _closing_with(folded: str, phrase: PeriodPhrase) -> tuple[PeriodPhrase, int | None]:
    """Return *phrase* with the day by which years end, and its weekday: "the fiscal year ends on the last Saturday in January",
    "year end is June 30"."""
    yearly = phrase.months == 12 and phrase.month is None and phrase.year is None and phrase.relation in ("", "current")
    found = _ON_DAY.match(folded, phrase.end) if yearly else None
    if found is None:
        return phrase, None
    said = found["weekday"]
    weekday = (words()["weekdays"].index(said.lower()) - 1) % 7 if said else None  # the list begins on Sunday
    dated = replace(
        phrase, month=months()[found["month"].lower()], day=int(found["day"] or 28), instant=True, relation=""
    )
    return dated, weekday


def _ended_on(folded: str, phrase: PeriodPhrase, after: PeriodPhrase | None) -> dt.date | None:
    """Return the date that says when a period without one ended: "second quarter of fiscal 2012, which ended April 28, 2012"."""
    if after is None or phrase.month is not None or not _WHICH_ENDED.fullmatch(folded, phrase.end, after.start):
        return None
    return date_of(after) if after.day is not None else None


def last_headed(said: Iterable[Said]) -> dt.date | None:
    """Return the last end of a period with a length that heads a column."""
    return max((item.end for item in said if item.lasting and item.heading and item.end), default=None)


def date_of(phrase: PeriodPhrase) -> dt.date | None:
    """Return the end date that *phrase* says; the last day of its month if it says no day."""
    if phrase.year is None or phrase.month is None:
        return None
    last = month_end(phrase.year, phrase.month)
    return last if phrase.day is None else last.replace(day=min(phrase.day, last.day))
