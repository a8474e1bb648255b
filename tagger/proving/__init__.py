"""Proof: what confirms each fact, in equations a reader can check by hand, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tagger.catalog import Catalog
from tagger.facts import Fact, Proof, with_proof
from tagger.findings import Finding
from tagger.proving.arcs import arcs
from tagger.proving.checks import checks
from tagger.proving.flows import Flow, find_flows, flows
from tagger.proving.mending import mend_ratios
from tagger.proving.percentages import percentages
from tagger.proving.ratios import Ratio, find_ratios, ratios
from tagger.proving.rows import share_rows
from tagger.proving.stock import stock
from tagger.proving.sums import sums
from tagger.proving.ties import ties
from tagger.statement import Statement

__all__ = ["prove", "proven_share", "settle"]


def settle(
    facts: Sequence[Fact],
    statements: Sequence[Statement],
    catalog: Catalog | None = None,
    *,
    typed: bool = True,
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Return *facts* with the proofs found for them, misread ratios mended, and what contradicts itself.

    *typed* says that the figures were typed or recognised, and may be misread; what a filer's own HTML prints is
    doubted, but not mended, because of a ratio alone.
    """
    found = find_ratios(facts)
    summed = list(sums(facts, statements))
    sure = {name for name, _ in summed}
    mended, repairs = mend_ratios(facts, found, sure) if typed else (facts, ())
    if repairs:
        facts, found = mended, find_ratios(mended)
    flowing = tuple(find_flows(facts))
    proofs = _gathered(facts, statements, catalog, summed, found, flowing)
    proven = tuple(with_proof(fact, tuple(proofs[fact.id].values())) if fact.id in proofs else fact for fact in facts)
    return proven, (*repairs, *checks(proven, found, flowing))


def prove(facts: Sequence[Fact], statements: Sequence[Statement], catalog: Catalog | None = None) -> tuple[Fact, ...]:
    """Return *facts* with the proofs found for them: sums, ties between places, ratios, flows and percentages."""
    return settle(facts, statements, catalog)[0]


def _gathered(
    facts: Sequence[Fact],
    statements: Sequence[Statement],
    catalog: Catalog | None,
    summed: Iterable[tuple[str, Proof]],
    found: Sequence[Ratio],
    flowing: Sequence[Flow],
) -> dict[str, dict[str, Proof]]:
    """Return the proofs of each fact by their equations."""
    proofs: dict[str, dict[str, Proof]] = {}
    _add(proofs, summed)
    _add(proofs, ties(facts))
    _add(proofs, ratios(found))
    _add(proofs, flows(flowing))
    _add(proofs, stock(facts))
    _add(proofs, list(share_rows(facts, statements, set(proofs))))
    if catalog is not None:
        _add(proofs, list(arcs(facts, catalog, set(proofs))))
    _add(proofs, percentages(facts, statements))
    return proofs


def _add(proofs: dict[str, dict[str, Proof]], more: Iterable[tuple[str, Proof]]) -> None:
    for name, proof in more:
        proofs.setdefault(name, {}).setdefault(proof.equation, proof)


def proven_share(facts: Iterable[Fact]) -> tuple[int, int]:
    """Return how many facts on statement rows carry a proof, and how many there are."""
    rows = [fact for fact in facts if fact.table is not None]
    return sum(bool(fact.proof) for fact in rows), len(rows)
