"""Proof: what confirms each fact, in equations a reader can check by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tagger.facts import Fact, Proof
from tagger.proving.ratios import ratios
from tagger.proving.sums import sums
from tagger.proving.ties import ties
from tagger.statement import Statement

__all__ = ["prove", "proven_share"]


def prove(facts: Sequence[Fact], statements: Iterable[Statement]) -> tuple[Fact, ...]:
    """Return *facts* with the proofs found for them: sums, ties between places, and ratios."""
    proofs: dict[str, list[Proof]] = {}
    for fact_id, proof in _proofs(facts, statements):
        proofs.setdefault(fact_id, []).append(proof)
    return tuple(replace(fact, proof=tuple(proofs.get(fact.id, ()))) for fact in facts)


def _proofs(facts: Sequence[Fact], statements: Iterable[Statement]) -> Iterator[tuple[str, Proof]]:
    yield from sums(facts, statements)
    yield from ties(facts)
    yield from ratios(facts)


def proven_share(facts: Iterable[Fact]) -> tuple[int, int]:
    """Return how many facts on statement rows carry a proof, and how many there are."""
    rows = [fact for fact in facts if fact.table is not None]
    return sum(bool(fact.proof) for fact in rows), len(rows)
