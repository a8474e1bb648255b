"""Which sums of a statement may be written as calculations: those that hold for every fact there is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from tagger.tagged import StatementOutline, Summation, Tagged
from tagger.values import Unit, half_unit
from tagger.writing.contexts import Context, context_of
from tagger.writing.names import Declared, declarations

Interval: TypeAlias = tuple[Decimal, Decimal]
Place: TypeAlias = tuple[Context, Unit]


def footing_sums(tagged: Tagged, outline: StatementOutline) -> Iterator[Summation]:
    """Yield the sums of *outline* that every fact agrees with, as Calculations 1.1 reads them (rounding).

    Weights follow from the balances where both are known, as XBRL 2.1, 5.1.1.2 demands.
    """
    shown = {line.concept for line in outline.lines}
    done: dict[str, frozenset[str]] = {}
    if not outline.sums:
        return
    facts = _intervals(tagged)
    for total, parts in outline.sums:
        names = [name for name, _ in parts]
        if total in done or total in names or len(set(names)) != len(names) or not shown.issuperset((total, *names)):
            continue
        if _reaches(done, names, total):
            continue
        known = declarations(tagged, (total, *names))
        weighted = tuple((name, _weight(known[total], known[name], weight)) for name, weight in parts)
        alike = all(known[name].numeric and known[name].period_type == known[total].period_type for name in names)
        if alike and _foots(facts, total, weighted):
            done[total] = frozenset(names)
            yield total, weighted


def _reaches(done: dict[str, frozenset[str]], names: list[str], total: str) -> bool:
    """Whether *total* is itself part of one of *names*, so that the sums would run in a circle."""
    below = list(names)
    seen: set[str] = set()
    while below:
        name = below.pop()
        if name == total:
            return True
        if name not in seen:
            seen.add(name)
            below.extend(done.get(name, ()))
    return False


def _weight(total: Declared, part: Declared, weight: int) -> int:
    if total.balance and part.balance:
        return 1 if total.balance == part.balance else -1
    return weight


def _intervals(tagged: Tagged) -> dict[str, dict[Place, Interval]]:
    """Return what each concept can be, by context and unit: duplicates narrow it down."""
    facts: dict[str, dict[Place, Interval]] = {}
    for fact in tagged.facts:
        half = half_unit(fact.decimals)
        low, high = fact.value - half, fact.value + half
        places = facts.setdefault(fact.concept, {})
        place = (context_of(fact), fact.unit)
        if place in places:
            low, high = max(low, places[place][0]), min(high, places[place][1])
        places[place] = (low, high)
    return facts


def _foots(facts: dict[str, dict[Place, Interval]], total: str, parts: tuple[tuple[str, int], ...]) -> bool:
    """Whether the sum is complete somewhere and contradicted nowhere."""
    complete = False
    for place, (low, high) in facts.get(total, {}).items():
        found = [(facts.get(name, {}).get(place), weight) for name, weight in parts]
        given = [(interval, weight) for interval, weight in found if interval is not None]
        if not given:
            continue
        least = sum((weight * interval[0 if weight > 0 else 1] for interval, weight in given), Decimal(0))
        most = sum((weight * interval[1 if weight > 0 else 0] for interval, weight in given), Decimal(0))
        if low > high or least > most or most < low or least > high:
            return False
        complete = complete or len(given) == len(parts)
    return complete
