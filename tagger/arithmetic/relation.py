"""A relation: what some figures of a release say of one another, as a value that can be judged."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from tagger.facts import Aspect, Fact, ProofKind
from tagger.statement import Statement, Sum
from tagger.values import half_unit

VALUE, SIGN, SCALE, PERIOD, UNIT = Aspect
ZERO = Decimal(0)


class Operator(StrEnum):
    """How the terms of a relation give its whole."""

    SUM = "sum"
    QUOTIENT = "quotient"  # the first term over the second
    PRODUCT = "product"
    SAME = "same"
    SHARE = "share"  # the first term as a percentage of the second
    CHANGE = "change"  # by how many percent the first term is more than the second


class Term(Struct, frozen=True, gc=False):
    """One figure of a relation, as it enters it.

    *value* is give or take *room*, half a unit of its last printed place. *weight* is 1 or -1 in a sum. *fact* is `None` for
    a figure that became no fact. *aspects* are what the relation bears out of the fact where it holds.
    """

    value: Decimal
    room: Decimal
    fact: Fact | None = None
    weight: int = 1
    aspects: tuple[Aspect, ...] = (VALUE, SIGN)


class Relation(Struct, frozen=True, gc=False):
    """*whole* is what *operator* makes of *parts*; *equation* shows it with its numbers. *topic* says which generator's."""

    kind: ProofKind
    operator: Operator
    whole: Term
    parts: tuple[Term, ...]
    equation: str
    topic: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        return (self.whole, *self.parts)

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(term.fact for term in self.terms if term.fact is not None)


def term(fact: Fact, *aspects: Aspect, weight: int = 1) -> Term:
    """Return *fact* as a term; a relation bears out its value and sign unless *aspects* say otherwise."""
    return Term(fact.value, half_unit(fact.decimals), fact, weight, aspects or (VALUE, SIGN))


def equation(found: Sum, column: int, statement: Statement) -> str:
    """Return *found* in *column* with its numbers: ``44,307 = 41,208 + 3,115 - 16``."""
    wanted = {found.total, *found.parts}
    value = {
        line.index: figure.printed
        for line in statement.lines
        if line.index in wanted
        for figure in line.figures
        if figure.column == column
    }
    return written(found, value)


def written(found: Sum, value: dict[int, Decimal]) -> str:
    """Return *found* with the numbers of *value*, by line."""
    text = ""
    for part, weight in zip(found.parts, found.weights, strict=True):
        number = value.get(part)
        if number is None:
            continue
        shown = f"{number:,}"
        below = shown[0] == "-"
        minus = number and below is not (weight < 0)
        digits = shown[1:] if below else shown
        text += f" {'-' if minus else '+'} {digits}" if text else f"{'-' if minus else ''}{digits}"
    return f"{value.get(found.total, Decimal(0)):,} = {text}"
