"""Relations of the taxonomy's own sums, for facts that no sum of the figures gathers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tagger.arithmetic.relation import Operator, Relation, term
from tagger.catalog import Catalog
from tagger.facts import Fact, ProofKind


def calculations(facts: Sequence[Fact], catalog: Catalog, proven: set[str]) -> Iterator[Relation]:
    """Yield for each fact that is not *proven* the calculations of *catalog* that tie it to others of its column.

    All of a total's parts that the column reports have to give the total, at least two of them.
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
            yield from _sums(column[parent], column, catalog)


def _sums(total: Fact, column: dict[str, Fact], catalog: Catalog) -> Iterator[Relation]:
    by_role: dict[str, list[tuple[Fact, int]]] = {}
    for arc in catalog.children(total.concept):
        part = column.get(arc.child)
        if part is not None and part.value:
            by_role.setdefault(arc.role, []).append((part, arc.weight))
    for parts in by_role.values():
        if len(parts) > 1:
            terms = " ".join(f"{'-' if w * part.value < 0 else '+'} {abs(part.value):,}" for part, w in parts)
            yield Relation(
                kind=ProofKind.SUM,
                operator=Operator.SUM,
                whole=term(total),
                parts=tuple(term(part, weight=weight) for part, weight in parts),
                equation=f"{total.value:,} = {terms.removeprefix('+ ')}",
                topic="calculation",
            )
