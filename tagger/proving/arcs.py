"""Proof by the taxonomy's own sums, for facts that no sum of the figures gathers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tagger.catalog import Catalog
from tagger.facts import Fact, Proof, ProofKind
from tagger.proving.mutual import mutual_proofs
from tagger.proving.rounding import meet


def arcs(facts: Sequence[Fact], catalog: Catalog, proven: set[str]) -> Iterator[tuple[str, Proof]]:
    """Yield a proof for each fact without one that a calculation of *catalog* ties to others of its column.

    Sums check facts: all of a total's parts that the column reports have to give the total, at least two of them.
    """
    wanting = {(fact.table, fact.column) for fact in facts if fact.table is not None and fact.id not in proven}
    columns: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in facts:
        if (fact.table, fact.column) in wanting and not fact.members:
            columns.setdefault((fact.table, fact.column, fact.unit), {}).setdefault(fact.concept, fact)
    for column in columns.values():
        open_facts = [fact for fact in column.values() if fact.id not in proven and fact.concept.startswith("us-gaap:")]
        parents = {arc.parent for fact in open_facts for arc in catalog.parents(fact.concept)}
        for parent in sorted((parents | {fact.concept for fact in open_facts}) & column.keys()):
            yield from _sum(column[parent], column, catalog, proven)


def _sum(total: Fact, column: dict[str, Fact], catalog: Catalog, proven: set[str]) -> Iterator[tuple[str, Proof]]:
    by_role: dict[str, list[tuple[Fact, int]]] = {}
    for arc in catalog.children(total.concept):
        part = column.get(arc.child)
        if part is not None and part.value:
            by_role.setdefault(arc.role, []).append((part, arc.weight))
    for parts in by_role.values():
        added = sum((weight * part.value for part, weight in parts), Decimal(0))
        if len(parts) > 1 and meet(added, total.value, (total, *(part for part, _ in parts))):
            terms = " ".join(f"{'-' if w * part.value < 0 else '+'} {abs(part.value):,}" for part, w in parts)
            text = f"{total.value:,} = {terms.removeprefix('+ ')}"
            proofs = mutual_proofs(ProofKind.SUM, text, (total, *(part for part, _ in parts)))
            yield from ((name, proof) for name, proof in proofs if name not in proven)
            return
