"""What all facts of a release together say of its concepts: gathered once, however many statements it has."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from tagger.tagged import Tagged
from tagger.values import Instant, Unit, half_unit
from tagger.writing.contexts import Context, context_of
from tagger.writing.names import Declared, declarations

Interval: TypeAlias = tuple[Decimal, Decimal]
Place: TypeAlias = tuple[Context, Unit]


class Gathered(Struct, frozen=True, kw_only=True):
    """Of each concept: whether it has facts at an instant, its dimensions and members, and between what bounds it lies.

    *dimensions* say where among all of them an axis and member stood first. *intervals* and *declared* are empty if the
    release has no sums.
    """

    instants: frozenset[str]
    dimensions: dict[str, dict[tuple[str, str], int]]
    intervals: dict[str, dict[Place, Interval]]
    declared: dict[str, Declared]

    def members(self, concepts: Iterable[str]) -> dict[str, list[str]]:
        """Return the members of each axis that facts of *concepts* have, in the order of the facts."""
        found: dict[tuple[str, str], int] = {}
        for concept in concepts:
            for key, place in self.dimensions.get(concept, {}).items():
                found[key] = min(place, found.get(key, place))
        members: dict[str, list[str]] = {}
        for axis, member in sorted(found, key=found.__getitem__):
            members.setdefault(axis, []).append(member)
        return members


def gather(tagged: Tagged, shown: Iterable[str]) -> Gathered:
    """Gather what the facts of *tagged* say; *shown* are the concepts that may stand in sums."""
    summing = any(outline.sums for outline in tagged.statements)
    return Gathered(
        instants=frozenset(fact.concept for fact in tagged.facts if isinstance(fact.period, Instant)),
        dimensions=_dimensions(tagged),
        intervals=_intervals(tagged) if summing else {},
        declared=declarations(tagged, shown) if summing else {},
    )


def _dimensions(tagged: Tagged) -> dict[str, dict[tuple[str, str], int]]:
    found: dict[str, dict[tuple[str, str], int]] = {}
    members = ((fact.concept, (member.axis, member.member)) for fact in tagged.facts for member in fact.members)
    for place, (concept, key) in enumerate(members):
        found.setdefault(concept, {}).setdefault(key, place)
    return found


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
