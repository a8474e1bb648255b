"""What the headings stacked over one column say together, where quarters are named within the span of a year."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tagger.data import load_json
from tagger.fiscal.calendar import month_end, nominal_month, shift
from tagger.lexicon import PeriodPhrase, combine, find_periods
from tagger.patterns import pattern

_EDGES = pattern(r"^\W+|\W+$")


def read_stack(parts: Sequence[str]) -> PeriodPhrase | None:
    """Return the period that headings *parts*, outermost first, name; `None` where they name no time.

    A quarter under a whole year is that quarter of it, and its end is not the year's.

    >>> phrase = read_stack(["Year Ended June 30, 1995", "First Quarter"])
    >>> (phrase.months, phrase.month, phrase.day, phrase.year)
    (3, 9, 30, 1994)
    """
    phrase = combine(parts)
    if phrase is None or phrase.quarter is None or phrase.relation:
        return phrase
    year = next((found for part in reversed(parts) for found in find_periods(part) if _is_year(found)), None)
    return phrase if year is None else _quarter_of(phrase.quarter, year)


def _is_year(phrase: PeriodPhrase) -> bool:
    return phrase.dated and phrase.months == 12 and phrase.quarter is None


def _quarter_of(quarter: int, year: PeriodPhrase) -> PeriodPhrase:
    """Return the *quarter* of a *year* whose last day is known, by months where it ends with one."""
    assert year.year is not None
    assert year.month is not None
    assert year.day is not None
    last = month_end(year.year, year.month)
    if year.day != last.day:
        nominal, _ = nominal_month(last.replace(day=year.day))
        return replace(year, months=3, quarter=quarter, month=None, day=None, year=None, fiscal_year=nominal)
    end = month_end(*shift(year.year, year.month, -3 * (4 - quarter)))
    return replace(year, months=3, month=end.month, day=end.day, year=end.year)


def with_quarters(stacks: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return *stacks* with "First", "Second" written out as quarters, where columns are headed by several such."""
    inner = [_EDGES.sub("", stack[-1]).lower() if stack else "" for stack in stacks]
    ordinals = load_json("period_words")["ordinals"]
    if len({ordinals[word] for word in inner if word in ordinals}) < 2:
        return [list(stack) for stack in stacks]
    return [
        [*stack[:-1], f"{stack[-1]} Quarter"] if word in ordinals else list(stack)
        for stack, word in zip(stacks, inner, strict=True)
    ]
