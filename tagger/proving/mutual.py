"""Facts that prove one another: what one equation says of all that stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tagger.facts import Fact, Proof, ProofKind


def mutual_proofs(kind: ProofKind, equation: str, facts: Sequence[Fact]) -> Iterator[tuple[str, Proof]]:
    """Yield the id of each of *facts* with its proof by the others."""
    ids = tuple(fact.id for fact in facts)
    for place, name in enumerate(ids):
        yield name, Proof(kind=kind, equation=equation, facts=ids[:place] + ids[place + 1 :])
