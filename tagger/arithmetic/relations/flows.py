"""Relations over time: a balance, what flowed, and the next balance; and parts of a year that make up the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tagger.arithmetic.relation import PERIOD, SIGN, VALUE, Operator, Relation, term
from tagger.facts import Fact, ProofKind
from tagger.values import Duration, Instant, half_unit

_DAY = dt.timedelta(days=1)
_CASH = "CashCashEquivalentsRestrictedCash"
_CASHES = ("CashAndCashEquivalentsAtCarryingValue", "CashAndDueFromBanks")
_CHANGE = "PeriodIncrease"
_AVERAGED = ("PerShare", "WeightedAverage")
_TELLING = 1000  # smaller sums of whole units hold by chance
CASH, QUARTERS = "cash", "quarters"


def flows(facts: Sequence[Fact]) -> Iterator[Relation]:
    """Yield the flows among the facts of statements."""
    rows = [fact for fact in facts if fact.table is not None]
    yield from _cash(rows)
    yield from _periods(rows)


def _flow(whole: Fact, parts: tuple[Fact, Fact], topic: str) -> Relation:
    telling = topic == QUARTERS and abs(whole.value) >= _TELLING * 2 * half_unit(whole.decimals)
    aspects = (VALUE, SIGN, PERIOD) if telling else (VALUE, SIGN)
    return Relation(
        kind=ProofKind.SUM,
        operator=Operator.SUM,
        whole=term(whole, *aspects),
        parts=tuple(term(part, *aspects) for part in parts),
        equation=f"{whole.value:,} = " + " + ".join(f"{part.value:,}" for part in parts).replace("+ -", "- "),
        topic=topic,
    )


def _cash(rows: Sequence[Fact]) -> Iterator[Relation]:
    """Cash at the end is cash at the beginning and its change, each pair of the same statement."""
    balances: dict[tuple[object, ...], Fact] = {}
    for fact in rows:
        if not isinstance(fact.period, Instant) or fact.members:
            continue
        local = fact.concept.partition(":")[2]
        if local.startswith(_CASH) or local in _CASHES:
            balances.setdefault((fact.table, fact.column, fact.concept, fact.period.date), fact)
    names = dict.fromkeys(key[:3] for key in balances)
    for fact in rows:
        if _CHANGE not in fact.concept or not isinstance(fact.period, Duration) or fact.members or not names:
            continue
        for key in names:
            if key[:2] == (fact.table, fact.column):
                begin = balances.get((*key, fact.period.start - _DAY))
                end = balances.get((*key, fact.period.end))
                if begin is not None and end is not None:
                    yield _flow(end, (begin, fact), CASH)


def _periods(rows: Sequence[Fact]) -> Iterator[Relation]:
    """A year to date is the earlier part of it and the last quarter."""
    periods = {id(fact.period): fact.period for fact in rows}  # a column's facts share one: each is hashed once
    spans = _chains({period for period in periods.values() if isinstance(period, Duration)})
    if not spans:
        return
    told = {period for chain in spans for period in chain}
    groups: dict[tuple[object, ...], dict[Duration, Fact]] = {}
    for fact in rows:
        if (
            isinstance(fact.period, Duration)
            and fact.period in told
            and not any(word in fact.concept for word in _AVERAGED)
        ):
            groups.setdefault((fact.concept, fact.unit, fact.members), {}).setdefault(fact.period, fact)
    for group in groups.values():
        for whole, first, last in spans:
            if whole in group and first in group and last in group:
                yield _flow(group[whole], (group[first], group[last]), QUARTERS)


def _chains(periods: set[Duration]) -> list[tuple[Duration, Duration, Duration]]:
    """Return each period with two others, one right after the other, that make it up."""
    return [
        (whole, first, last)
        for whole in sorted(periods)
        for first in sorted(periods)
        if first.start == whole.start and first.end < whole.end
        for last in sorted(periods)
        if last.end == whole.end and last.start == first.end + _DAY
    ]
