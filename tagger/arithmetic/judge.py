"""The judge: whether a relation holds with the final facts, and what it then proves of each.

Every figure stands for its value give or take half a unit of its last printed place (Calculations 1.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct, field

from tagger.arithmetic.relation import ZERO, Operator, Relation, Term
from tagger.facts import Aspect, Proof
from tagger.values import within

HUNDRED = Decimal(100)


def holds(relation: Relation) -> bool | None:
    """Whether *relation* holds within rounding; `None` where its figures are too rough to tell."""
    whole, parts = relation.whole, relation.parts
    if relation.operator is Operator.SUM:
        off, room = excess(whole, parts)
        return within(off, room)
    if relation.operator is Operator.SAME:
        return all(within(part.value - whole.value, whole.room + part.room) for part in parts)
    if relation.operator is Operator.PRODUCT:
        one, other = parts
        return within(one.value * other.value - whole.value, whole.room + abs(one.value) * other.room)
    if relation.operator is Operator.QUOTIENT:
        return _divides(whole, *parts)
    return _percentage(relation.operator, whole, *parts)


def excess(whole: Term, parts: Sequence[Term]) -> tuple[Decimal, Decimal]:
    """Return what *whole* has more than *parts* add up to, and how much of that their rounding explains."""
    added = sum([part.value if part.weight > 0 else -part.value for part in parts], ZERO)
    return whole.value - added, whole.room + sum([part.room for part in parts], ZERO)


def _divides(whole: Term, dividend: Term, divisor: Term) -> bool:
    """Whether the dividend over the divisor rounds to *whole*, all three standing for their rounding intervals."""
    if divisor.value <= divisor.room:
        return False
    amount = abs(dividend.value)
    low = (amount - dividend.room) / (divisor.value + divisor.room) - whole.room
    high = (amount + dividend.room) / (divisor.value - divisor.room) + whole.room
    return low <= abs(whole.value) <= high and (whole.value < 0) == (dividend.value < 0 and whole.value != 0)


def _percentage(operator: Operator, printed: Term, part: Term, whole: Term) -> bool | None:
    """Whether a printed percentage is the share, or the change, of two figures; the change of a loss has either sign."""
    least = abs(whole.value) - whole.room
    if least <= 0:
        return None
    slack = (part.room + abs(part.value / whole.value) * whole.room) / least * HUNDRED
    if slack > printed.room:
        return None
    if operator is Operator.SHARE:
        return within(part.value / whole.value * HUNDRED - printed.value, printed.room + slack)
    found = (part.value - whole.value) / abs(whole.value) * HUNDRED
    signs = (1, -1) if max(part.value, whole.value) < 0 else (1,)
    return any(within(found - sign * printed.value, printed.room + slack) for sign in signs)


class Verdicts(Struct):
    """What relations proved so far, by the ids of facts, each equation once."""

    proofs: dict[str, dict[str, Proof]] = field(default_factory=dict)

    def hear(self, relations: Iterable[Relation]) -> None:
        """Add what those of *relations* that hold bear out of each of their facts."""
        for relation in relations:
            if holds(relation):
                self._add(relation)

    def note(self, proofs: Iterable[tuple[str, Proof]]) -> None:
        """Add *proofs* that are read and not computed: a heading, a mark of currency."""
        for name, proof in proofs:
            self.proofs.setdefault(name, {}).setdefault(proof.equation, proof)

    def having(self, aspect: Aspect) -> set[str]:
        """Return the ids of the facts of which *aspect* is borne out."""
        return {name for name, known in self.proofs.items() for proof in known.values() if aspect in proof.aspects}

    def _add(self, relation: Relation) -> None:
        kind, equation, terms = relation.kind, relation.equation, relation.terms
        ids = [one.fact.id for one in terms if one.fact is not None]
        for one in terms:
            if one.fact is None or not one.aspects:
                continue
            name = one.fact.id
            known = self.proofs.setdefault(name, {})
            if equation not in known:
                others = tuple(filter(name.__ne__, ids))
                known[equation] = Proof(kind=kind, equation=equation, facts=others, aspects=one.aspects)
