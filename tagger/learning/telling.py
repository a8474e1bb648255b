"""Telling rows of one label apart: the statement, the unit, a heading, or a neighbour that only one of them has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from tagger.learning.patterns import pattern_of, words_of
from tagger.learning.rows import ConceptsOf, Row
from tagger.matching.conditions import Surroundings, failures
from tagger.ruleset.grammar import Pattern, parse_label
from tagger.ruleset.rule import Location, Rule
from tagger.statement import Kind

NOTES = frozenset({Kind.HIGHLIGHTS, Kind.SEGMENT, Kind.OTHER})
"""What a table of a note may be taken for."""

TOGETHER = (frozenset({Kind.OPERATIONS, Kind.COMPREHENSIVE_INCOME}), NOTES)
"""Kinds of statements that one table may be taken for, in one filing the one, in the next the other: one headed as either,
and the tables of notes.
"""


def together(kinds: Collection[Kind]) -> set[Kind]:
    """Return *kinds* with those that they may be taken for.

    >>> [kind.value for kind in sorted(together({Kind.SEGMENT, Kind.CASH_FLOW}))]
    ['cash-flow', 'highlights', 'other', 'segment']
    """
    return {*kinds, *(kind for group in TOGETHER if group & set(kinds) for kind in group)}


class Condition(Struct, frozen=True, order=True):
    """A key of a rule with its value, as an author would write it."""

    key: str
    value: str


def tell(rows: Sequence[Row], others: Sequence[Row]) -> tuple[Condition, ...] | None:
    """Return the fewest conditions that all of *rows* keep and none of *others*; ``None`` where there are none.

    An order of preference decides between several: what an accountant would say first. What has members is told from rows
    that are several things at once too; what has none, only if it can be.
    """
    kinds = together({row.query.kind for row in rows})
    rivals = [row for row in others if row.query.kind in kinds and (row.meaning is not None or row.figures)]
    told = fewest(rows, rivals)
    meaning = rows[0].meaning
    if told is None and meaning is not None and not meaning.members:
        return fewest(rows, [row for row in rivals if row.meaning is not None])
    return told


AROUND = ("section", "above", "below")
"""Conditions that say what stands around a row; the others say what it is like, as rows elsewhere are too."""


def standing(rows: Sequence[Row], rivals: Sequence[Row], concepts_of: ConceptsOf) -> Condition | None:
    """Return what stands around *rows* and around no row of a statement: a heading, or a row that no statement has."""
    return next((found for found in _conditions(rows) if stands(found, rows, rivals, concepts_of)), None)


def stands(condition: Condition, rows: Sequence[Row], rivals: Sequence[Row], concepts_of: ConceptsOf) -> bool:
    """Whether *condition* asks for something around *rows* that is around no row of a statement."""
    return (
        condition.key in AROUND
        and all(keeps(condition, row) for row in rows)
        and not any(keeps(condition, row) for row in rivals)
        and (condition.key == "section" or not concepts_of(condition.value))
    )


def fewest(rows: Sequence[Row], rivals: Sequence[Row]) -> tuple[Condition, ...] | None:
    """Return the fewest conditions that all of *rows* keep and none of *rivals*; `None` where there are none."""
    if not rivals:
        return ()
    found = [
        (condition, frozenset(i for i, row in enumerate(rivals) if keeps(condition, row)))
        for condition in _conditions(rows)
        if all(keeps(condition, row) for row in rows)
    ]
    for condition, left in found:
        if not left:
            return (condition,)
    for place, (condition, left) in enumerate(found):
        for other, rest in found[place + 1 :]:
            if condition.key != other.key and not left & rest:
                return (condition, other)
    return None


def _conditions(rows: Sequence[Row]) -> Iterator[Condition]:
    first = rows[0].query
    if first.unit:
        yield Condition("unit", first.unit)
    for heading in reversed(first.headings):
        pattern = pattern_of(heading)
        if pattern:
            yield Condition("section", pattern)
    yield Condition("total", "true" if first.total or " total " in f" {words_of(first.label)} " else "false")
    for key, labels in (("above", first.above), ("below", first.below)):
        for label in labels[:12]:
            pattern = pattern_of(label)
            if pattern:
                yield Condition(key, pattern)


def keeps(condition: Condition, row: Row) -> bool:
    """Whether *row* is as *condition* wants it."""
    query = row.query
    if condition.key == "unit":
        return query.unit == condition.value
    if condition.key == "total":
        return (query.total or " total " in f" {words_of(query.label)} ") == (condition.value == "true")
    around = Surroundings(query.label, query.headings, query.above, query.below)
    return next(failures(_rule(condition), query, around), None) is None


@lru_cache(maxsize=4096)
def _rule(condition: Condition) -> Rule:
    """Return a rule that asks for *condition* alone, so that it is judged as in use."""
    patterns: tuple[Pattern, ...] = parse_label(condition.value)
    place = Location("", 1, 1)
    if condition.key == "section":
        return Rule(id="learned", concept="", location=place, section=patterns)
    if condition.key == "above":
        return Rule(id="learned", concept="", location=place, above=patterns)
    return Rule(id="learned", concept="", location=place, below=patterns)
