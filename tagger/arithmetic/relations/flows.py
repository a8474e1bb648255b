"""Relations over time: a balance, what flowed, and the next balance; parts of a year; one result, and its length of time."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tagger.arithmetic.orientation import is_result
from tagger.arithmetic.relation import PERIOD, SIGN, VALUE, Operator, Relation, Term, term
from tagger.facts import Fact, ProofKind
from tagger.statement import PRIMARY
from tagger.values import Duration, Instant, half_unit

_DAY = dt.timedelta(days=1)
_CASH = "CashCashEquivalentsRestrictedCash"
_CASHES = ("CashAndCashEquivalentsAtCarryingValue", "CashAndDueFromBanks")
_CHANGE = "PeriodIncrease"
_AVERAGED = ("PerShare", "WeightedAverage")
_TELLING = 1000  # smaller sums of whole units hold by chance
CASH, QUARTERS, LENGTHS = "cash", "quarters", "lengths"
_DIGITS = 100  # a result of fewer units of its last place may come out twice
_NEAR = Decimal(10)  # days by which the beginnings of one period differ: calendars of weeks


def flows(facts: Sequence[Fact]) -> Iterator[Relation]:
    """Yield the flows among the facts of statements."""
    rows = [fact for fact in facts if fact.table is not None]
    yield from _cash(rows)
    yield from _periods(rows)
    yield from _lengths(rows)


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
        if first.start == whole.start
        for last in sorted(periods)
        if last.end == whole.end and last.start == first.end + _DAY
    ]


def _lengths(rows: Sequence[Fact]) -> Iterator[Relation]:
    """One result of two statements, up to one day, is of one length of time: no other quarter comes out to the last digit."""
    results: dict[tuple[object, ...], dict[int | None, Fact]] = {}
    for fact in rows:
        if fact.statement in PRIMARY and not fact.members and _tells_length(fact):
            key = (fact.concept, fact.unit, fact.value, fact.period.end)
            results.setdefault(key, {}).setdefault(fact.table, fact)
    for same in results.values():
        for one, other in itertools.pairwise(same.values()):
            if one.period != other.period:
                yield _length(one, other)


def _tells_length(fact: Fact) -> bool:
    result = isinstance(fact.period, Duration) and is_result(fact.concept.partition(":")[2])
    return result and abs(fact.value) >= _DIGITS * 2 * half_unit(fact.decimals)


def _length(one: Fact, other: Fact) -> Relation:
    days, same = (Decimal(f.period.days) if isinstance(f.period, Duration) else Decimal(0) for f in (one, other))
    return Relation(
        kind=ProofKind.TIE,
        operator=Operator.SAME,
        whole=Term(days, _NEAR, one, aspects=()),
        parts=(Term(same, Decimal(0), other, aspects=()),),
        equation=f"{one.value:,} in {days} days and in {same}",
        topic=LENGTHS,
    )
