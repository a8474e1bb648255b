"""The concepts and members that a pack declares, as far as facts use them, for the extension taxonomy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tagger.facts import Fact
from tagger.ruleset import Declarations
from tagger.tagged import OwnConcept


def declared_concepts(declared: Declarations, facts: Iterable[Fact]) -> Iterator[OwnConcept]:
    """Yield what of *declared* is used by *facts*, with the attributes and labels the pack gives it."""
    if not declared.concepts and not declared.members:
        return
    used = {name for fact in facts for name in (fact.concept, *(n for m in fact.members for n in (m.axis, m.member)))}
    for concept in declared.concepts:
        if concept.name in used:
            yield OwnConcept(
                name=concept.name,
                type=concept.type,
                period_type=concept.period_type,
                balance=concept.balance or None,
                label=concept.label,
            )
    for member in declared.members:
        if member.name in used:
            yield OwnConcept(
                name=member.name,
                type="stringItemType" if member.name.endswith("Axis") else "domainItemType",
                period_type="duration",
                label=member.label,
                abstract=True,
            )
