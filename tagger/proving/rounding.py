"""How far a fact may stand from the truth: half a unit of its last printed place (Calculations 1.1)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tagger.facts import Fact
from tagger.values import half_unit

ZERO = Decimal(0)


def half(fact: Fact) -> Decimal:
    """Return half a unit of the last decimal of *fact*; 0 for an exact value."""
    return half_unit(fact.decimals)


def meet(one: Decimal, other: Decimal, facts: Iterable[Fact]) -> bool:
    """Whether *one* and *other*, computed from *facts* by adding, are equal within the rounding of all of them."""
    return abs(one - other) <= sum(map(half, facts), ZERO)
