"""Proof by the sums of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tagger.facts import Fact, Proof, ProofKind
from tagger.layout.repair import equation
from tagger.statement import Statement


def sums(facts: Sequence[Fact], statements: Iterable[Statement]) -> Iterator[tuple[str, Proof]]:
    """Yield a proof for each fact that is the total or a part of a sum that holds in its column."""
    at = {(fact.table, fact.row, fact.column): fact for fact in facts if fact.table is not None}
    for statement in statements:
        for found in statement.sums:
            for column in found.columns:
                lines = (found.total, *found.parts)
                there = [at[key] for line in lines if (key := (statement.number, line, column)) in at]
                text = equation(found, column, statement)
                for fact in there:
                    others = tuple(other.id for other in there if other is not fact)
                    yield fact.id, Proof(kind=ProofKind.SUM, equation=text, facts=others)
