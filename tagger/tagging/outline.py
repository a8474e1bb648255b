"""For the extension taxonomy: the outline of a statement as tagged, its lines and sums, and what packs declare of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tagger.facts import Fact
from tagger.naming.choice import Choice
from tagger.ruleset import Declarations
from tagger.statement import Statement
from tagger.tagged import OutlineLine, OwnConcept, StatementOutline, Summation
from tagger.tagging.signs import Factor
from tagger.values import Measure

_TYPES = {
    Measure.MONEY: "monetaryItemType",
    Measure.PER_SHARE: "perShareItemType",
    Measure.SHARES: "sharesItemType",
}


def outline(statement: Statement, choices: Sequence[Choice], factors: Mapping[int, Factor]) -> StatementOutline:
    """Return the lines of *statement* that were given concepts, under their headings, with its sums."""
    return StatementOutline(
        kind=statement.kind.value,
        title=statement.title,
        lines=tuple(_lines(choices, statement, factors)),
        sums=tuple(_sums(choices, statement, factors)),
    )


def _lines(choices: Sequence[Choice], statement: Statement, factors: Mapping[int, Factor]) -> Iterator[OutlineLine]:
    totals = {found.total for found in statement.sums}
    shown: tuple[str, ...] = ()
    for choice in choices:
        headings = choice.line.headings
        for depth, heading in enumerate(headings):
            if headings[: depth + 1] != shown[: depth + 1]:
                yield OutlineLine(concept=None, label=heading, depth=depth)
        shown = headings
        yield OutlineLine(
            concept=choice.concept,
            label=choice.line.label,
            total=choice.line.index in totals,
            negated=factors[choice.line.index][0] < 0,
            depth=len(headings),
        )


def _sums(choices: Sequence[Choice], statement: Statement, factors: Mapping[int, Factor]) -> Iterator[Summation]:
    """Yield the sums that hold in every column and whose lines all have a concept of their own."""
    by_line = {choice.line.index: choice for choice in choices if not choice.members}
    for found in statement.sums:
        lines = (found.total, *found.parts)
        if found.fails or any(line not in by_line for line in lines):
            continue
        concepts = [by_line[line].concept for line in lines]
        if len(set(concepts)) < len(concepts):
            continue
        turned = factors[found.total][0]
        yield (
            concepts[0],
            tuple(
                (concept, turned * weight * factors[part][0])
                for concept, weight, part in zip(concepts[1:], found.weights, found.parts, strict=True)
            ),
        )


def own_concepts(choices: Sequence[Choice]) -> Iterator[OwnConcept]:
    """Yield what the extension schema has to declare for *choices*."""
    for choice in choices:
        if choice.own:
            yield OwnConcept(
                name=choice.concept,
                type=_TYPES[choice.unit],
                period_type=choice.period_type,
                balance=choice.balance,
                label=choice.line.label,
            )


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
