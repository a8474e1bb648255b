"""Proof by the sums of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from tagger.facts import Fact, Proof, ProofKind
from tagger.layout.equations import written
from tagger.proving.mutual import mutual_proofs
from tagger.statement import Statement


def sums(facts: Sequence[Fact], statements: Iterable[Statement]) -> Iterator[tuple[str, Proof]]:
    """Yield a proof for each fact that is the total or a part of a sum that holds in its column."""
    at = {(fact.table, fact.row, fact.column): fact for fact in facts if fact.table is not None}
    for statement in statements:
        if not statement.sums:
            continue
        values: dict[int, dict[int, Decimal]] = {}
        for line in statement.lines:
            for figure in line.figures:
                values.setdefault(figure.column, {})[line.index] = figure.printed
        for found in statement.sums:
            lines = (found.total, *found.parts)
            for column in found.columns:
                there = [fact for line in lines if (fact := at.get((statement.number, line, column))) is not None]
                if not there:
                    continue
                yield from mutual_proofs(ProofKind.SUM, written(found, values.get(column, {})), there)
