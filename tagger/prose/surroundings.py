"""What stands around a sentence: headings, and periods spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from tagger.characters import lowered
from tagger.document import Paragraph
from tagger.lexicon import PeriodPhrase, combine, find_numerals, find_periods
from tagger.lexicon.shapes import holds, shape
from tagger.patterns import pattern
from tagger.prose.mention import Mention, Refusal
from tagger.prose.roles import is_money
from tagger.prose.sentence import Subject
from tagger.prose.words import words

_TITLED = shape(r"outlook|guidance|\L<year>|segment", case=True)
_LONGEST_LINK = 24
_LENGTH = shape(
    r"(?<![\w.,-])(?P<length>(?:\L<counts>|\d{1,2})[\s-](?:\L<months>|\L<weeks>))\s+(?:(?:net|total|consolidated)\s+)*$"
)
_OF_LENGTH = ("onth", "eek")  # what the last words before a subject hold where _LENGTH ends there
_ENDED = shape(r"(?:\L<ended>|as of|at|through)\s+$", case=True)
_OPENING = 80  # characters of a sentence in which the period stands that it opens with
_WHEN = pattern(r"\W*(?:(?:in|for|during)\s+)?(?:(?:the|our)\s+)?", re.IGNORECASE)
_TITLE = pattern(r"(?<!\w)(?:reports?|announces?|results|reported|announced|posts)(?!\w)")
_BULLET = pattern(r"(?:[*•●▪■◦§–-]|o(?=\s+[A-Z]))\s")
ITEM_ENDS = (";", "; and", "; or")
"""What a paragraph ends with that is an item of a list, but the last."""


def is_heading(paragraph: Paragraph) -> bool:
    """Whether *paragraph* is a title, marked as one or not: short, speaks of a period or a section, and states no amount."""
    string = paragraph.text.string
    if paragraph.heading:
        return True
    lead = string.endswith(":") and (len(string) > 60 or "," in string)  # heads bullets, not paragraphs
    if lead or len(string) >= 120 or paragraph.bullet or not _is_titled(string):
        return False
    return not any(is_money(numeral) or numeral.percent for numeral in find_numerals(string))


def _is_titled(string: str) -> bool:
    """Whether *string* has a word of a period, or of a section."""
    return holds(string, "units", "fiscal") or _TITLED.search(lowered(string)) is not None


def is_bullet(paragraph: Paragraph) -> bool:
    """Whether *paragraph* is one of a list, by its markup or by its first character."""
    return paragraph.bullet or _BULLET.match(paragraph.text.string) is not None


def joined_heading(last: str, string: str) -> str:
    """Return *string*, or both lines of a title that breaks between quarter and year."""
    one, two = periods_in(last, 0, len(last)), periods_in(string, 0, len(string))
    broken = len(one) == len(two) == 1 and one[0].quarter and not (two[0].months or two[0].quarter)
    return f"{last} {string}" if broken else string


def closing_word(string: str) -> str:
    """Return the word of a heading under which no figure is a reported total; a release's own title is none."""
    low = lowered(string)
    found = words().section.search(low)
    return found[0] if found and not _TITLE.search(low) else ""


def compares(string: str) -> bool:
    """Whether *string*, a paragraph, only links two headings: the period below is what that above is compared with.

    >>> [compares(string) for string in ("vs.", "Compared to", "Versus last year")]
    [True, True, False]
    """
    return len(string) < _LONGEST_LINK and words().compare.fullmatch(lowered(string)) is not None


@lru_cache(maxsize=64)  # a heading is asked again for each sentence below it
def main_period(string: str) -> PeriodPhrase | None:
    """Return the one period that a heading or the beginning of a sentence is about; a bare date is only a dateline."""
    low = lowered(string)
    periods = [
        period
        for period in periods_in(string, 0, min(len(string), 160))
        if period.start < 80
        and not any(is_money(numeral) for numeral in find_numerals(string[: period.start]))
        and not words().compare.search(low, 0, period.start)
        and not words().flag_lead.search(low, 0, period.start)
        and _lasts(low, period)
    ]
    lengths = [period for period in periods if period.quarter or period.months or period.weeks or period.half]
    first = next(iter(lengths or periods), None)
    if first is None or first.relation in ("prior", "prior-year", "next") or (len(lengths) > 1 and len(string) < 120):
        return None
    years = [string[period.start : period.end] for period in periods if period not in lengths]
    whole = combine([string[first.start : first.end], *years[:1]]) if lengths and first.year is None else None
    return whole or first


def period_told(string: str) -> PeriodPhrase | None:
    """Return the period that a sentence is about; it looks back where it opens with "Last year,"."""
    back = next(iter(periods_in(string, 0, min(len(string), _OPENING))), None)
    if back is None or back.relation not in ("prior", "prior-year"):
        return main_period(string)
    opens = _WHEN.fullmatch(string, 0, back.start) is not None and string.startswith(",", back.end)
    return back if opens else main_period(string)


def heads(string: str) -> bool:
    """Whether a sentence is said of the results of its period, as a title is: it compares, or speaks of results.

    >>> heads("2012 compared to 2011."), heads("In 2012, we reported our results."), heads("In 2012, we sold a plant.")
    (True, True, False)
    """
    low = lowered(string)
    return "results" in low or words().compare.search(low) is not None


def compared_pair(headings: Sequence[str]) -> list[tuple[PeriodPhrase | None, PeriodPhrase]]:
    """Return what the last of *headings* that names a period compares with another: "Third quarter 2012 compared to third quarter 2011"."""
    for string in reversed(headings):
        periods = periods_in(string, 0, len(string))
        if len(periods) == 2 and words().compare.search(lowered(string), periods[0].end, periods[1].start):
            return [(main_period(string), periods[1])]
        if periods:
            return []
    return []


def _lasts(low: str, period: PeriodPhrase) -> bool:
    """Whether *period* is one that figures can be about: it has a length, or "ended" or "as of" stands before it."""
    if period.day is None or period.months or period.weeks or period.quarter or period.instant:
        return True
    return _ENDED.search(low, 0, period.start) is not None


def periods_in(string: str, start: int, end: int) -> list[PeriodPhrase]:
    """Return the period phrases of a sentence that say more than "the period", at their places in *string*."""
    return [
        replace(period, start=period.start + start, end=period.end + start)
        for period in find_periods(string[start:end])
        if _says_when(period)
    ]


def lengths_of(string: str, subjects: Sequence[Subject], periods: Sequence[PeriodPhrase]) -> list[PeriodPhrase]:
    """Return the lengths that stand right before *subjects* of *string* and in none of *periods*: "nine-month sales"."""
    found = []
    for hit in subjects:
        before = max(0, hit.start - 24)
        timed = any(word in string[before : hit.start] for word in _OF_LENGTH)
        told = _LENGTH.search(string, before, hit.start) if timed else None
        if told is None or any(period.end > told.start("length") and period.start < hit.start for period in periods):
            continue
        found += [
            replace(period, start=told.start("length"), end=told.end("length"), relation="current")
            for period in find_periods(told["length"])
            if period.months or period.weeks
        ]
    return found


def _says_when(period: PeriodPhrase) -> bool:
    said = (period.year, period.month, period.fiscal_year, period.quarter, period.months, period.weeks, period.half)
    pointing = period.relation not in ("", "current")
    return pointing or period.instant or period.to_date or period.trailing or any(one is not None for one in said)


def fitting(found: Mention, said: Sequence[Mention | Refusal], around: PeriodPhrase | None) -> PeriodPhrase | None:
    """Return *around*, or the current period of the length that the figure is compared with in its sentence.

    "Costs rose to $25.8 million, from $22.4 million in the first nine months of last year" are nine months' costs.
    """
    compared = next(
        (one.period for one in said if isinstance(one, Mention) and one.comparison and one.concept == found.concept),
        None,
    )
    length = _months(compared) if compared and not compared.instant and compared.day is None else None
    loose = compared is not None and compared.months is None  # "in 2024" may mean the same quarter of 2024
    if length is None or (around is not None and (loose or _months(around) in (None, length))):
        return around
    if around is None and length == 3:
        return None
    return PeriodPhrase(start=0, end=0, months=length, relation="current", to_date=length in (6, 9))


def _months(period: PeriodPhrase) -> int | None:
    """Return how many months *period* says it lasts."""
    if period.months:
        return period.months
    if period.quarter or period.half:
        return 3 if period.quarter else 6
    # "the same period in 2024" is as long as the one spoken about
    yearly = (period.fiscal_year or period.year) and period.month is None and period.relation != "prior-year"
    return 12 if yearly else None
