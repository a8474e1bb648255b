"""Disputes: figures that an earlier one of the same release, subject and period speaks against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tagger.document import Paragraph
from tagger.lexicon import Numeral, PeriodPhrase
from tagger.prose.mention import Mention, Refusal

_TIMES = ("year", "fiscal_year", "quarter", "months", "half", "month", "day")


def undisputed(
    results: Sequence[tuple[Paragraph, tuple[Mention | Refusal, ...]]],
) -> Iterator[tuple[Paragraph, tuple[Mention | Refusal, ...]]]:
    """Yield *results* without the figures that an earlier one of the same subject and period speaks against.

    What a release says first is the company's; "third quarter revenue" further down, below the
    name of a product, is the product's.
    """
    stated: defaultdict[tuple[object, ...], dict[tuple[object, ...], Mention]] = defaultdict(dict)
    past = _past_years(results)
    for paragraph, found in results:
        kept: list[Mention | Refusal] = []
        disputed: set[str] = set()  # the concepts whose last level in the paragraph is
        for one in found:
            why = ""
            if isinstance(one, Mention) and one.comparison:
                why = "compared with a figure that was refused" if one.concept in disputed else ""
            elif isinstance(one, Mention):
                earlier = stated[(one.concept, one.members)]
                disputed.discard(one.concept)
                if any(_disagree(one, other, past) for other in earlier.values()):
                    why = "earlier the release states another amount for that subject and period"
                    disputed.add(one.concept)
                elif one.period is not None:
                    earlier.setdefault(_said(one, one.period), one)
            kept.append(Refusal(numeral=one.numeral, why=why, rule=one.rule) if why else one)
        yield paragraph, tuple(kept)


def _past_years(results: Sequence[tuple[Paragraph, tuple[Mention | Refusal, ...]]]) -> set[int]:
    """Return the years that are compared with, and those before the latest that a level is of."""
    said = [one for _, found in results for one in found if isinstance(one, Mention)]
    compared = {year for one in said if one.comparison and (year := _year(one))}
    levels = {year for one in said if not one.comparison and (year := _year(one))}
    return compared | {year for year in levels if year < max(levels)}


def _year(one: Mention) -> int | None:
    return None if one.period is None else one.period.fiscal_year or one.period.year


def _said(one: Mention, period: PeriodPhrase) -> tuple[object, ...]:
    """Return all that `_disagree` looks at: what says the same again speaks against nothing more."""
    numeral = one.numeral
    when = (*(getattr(period, part) for part in _TIMES), period.relation)
    return (numeral.number, numeral.scale, numeral.places, numeral.currency, *when)


def _disagree(one: Mention, other: Mention, past: set[int]) -> bool:
    """Whether both speak of one period and give amounts that no rounding explains; a year of *past* is not the one unsaid."""
    if one.numeral.currency != other.numeral.currency or (_year(other) is None and _year(one) in past):
        return False
    if one.period is None or other.period is None or not _same_time(one.period, other.period):
        return False
    amounts = [m.numeral.number.scaleb(m.numeral.scale or 0) for m in (one, other)]
    return abs(amounts[0] - amounts[1]) > Decimal(1).scaleb(max(_coarseness(m.numeral) for m in (one, other)))


def _coarseness(numeral: Numeral) -> int:
    """Return the power of ten of the last digit that counts: the millions of "$28 million", the thousands of "$923,000"."""
    if numeral.places or numeral.scale:
        return (numeral.scale or 0) - numeral.places
    return int(numeral.number.normalize().as_tuple().exponent)


def _same_time(one: PeriodPhrase, other: PeriodPhrase) -> bool:
    """Whether what both phrases say agrees, and both say how long and which quarter, or which year's."""
    said = [(getattr(one, part), getattr(other, part)) for part in _TIMES]
    pointing = {one.relation, other.relation} - {"", "current"}
    agree = all(first == second for first, second in said if first is not None and second is not None)
    lasting = one.months is not None and other.months is not None
    shared = any(first is not None and second is not None for first, second in said[:3])
    return agree and lasting and shared and not pointing
