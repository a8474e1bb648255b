"""Which sums of a statement may be written as calculations: those that hold for every fact there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, partial
from typing import TypeAlias

from tagger.tagged import StatementOutline, Summation
from tagger.writing.gathered import Gathered, Interval, Place
from tagger.writing.names import Declared

Weighted: TypeAlias = tuple[tuple[str, int], ...]
Foots: TypeAlias = Callable[[str, Weighted], bool]


def foots(gathered: Gathered) -> Foots:
    """Return what says whether a sum holds for all facts; the sums of statements that are alike are looked at once."""
    return cache(partial(_foots, gathered.intervals))


def footing_sums(outline: StatementOutline, declared: Mapping[str, Declared], holds: Foots) -> Iterator[Summation]:
    """Yield the sums of *outline* that every fact agrees with, as Calculations 1.1 reads them (rounding).

    Weights follow from the balances where both are known, as XBRL 2.1, 5.1.1.2 demands.
    """
    shown = {line.concept for line in outline.lines}
    done: dict[str, frozenset[str]] = {}
    for total, parts in outline.sums:
        names = [name for name, _ in parts]
        if total in done or total in names or len(set(names)) != len(names) or not shown.issuperset((total, *names)):
            continue
        if _reaches(done, names, total):
            continue
        weighted = tuple((name, _weight(declared[total], declared[name], weight)) for name, weight in parts)
        alike = all(
            declared[name].numeric and declared[name].period_type == declared[total].period_type for name in names
        )
        if alike and holds(total, weighted):
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


def _foots(facts: dict[str, dict[Place, Interval]], total: str, parts: Weighted) -> bool:
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
