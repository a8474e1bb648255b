"""Sums that nothing prints: the taxonomy's calculations, and what holds in every statement, whatever its rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from typing import TypeAlias

from tagger.arithmetic.judge import holds
from tagger.arithmetic.relation import Operator, Relation, term
from tagger.catalog import Catalog
from tagger.data import load_json
from tagger.facts import Fact, ProofKind
from tagger.statement import PRIMARY, Kind
from tagger.values import Period

BALANCE = "balance"
"""The topic of relations between the two sides of a balance sheet."""
_SIDES = ("us-gaap:Assets", "us-gaap:LiabilitiesAndStockholdersEquity")

Named: TypeAlias = Mapping[str, Fact]


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
            yield _relation(total, parts, "calculation")


def broken_identities(facts: Sequence[Fact], totals: set[str]) -> Iterator[Relation]:
    """Yield the identities that fail, in columns that print all of their terms, for a whole that no sum gives.

    *totals* are the ids of facts that one gives. Nothing else may stand between the last term and the whole.
    """
    columns: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        if fact.statement in PRIMARY and not fact.members and fact.row is not None:
            columns.setdefault((fact.table, fact.column, fact.period.end), []).append(fact)
    for column in columns.values():
        named, rows = _named(column), {fact.row or 0 for fact in column}
        for wholes, parts, others in _identities():
            whole = next((named[name] for name in wholes if name in named), None)
            if whole is not None and whole.id not in totals:
                yield from _broken(whole, parts, [named[name] for name in others if name in named], named, rows)


def broken_balances(facts: Iterable[Fact]) -> Iterator[Relation]:
    """Yield what fails of the two sides of balance sheets: total assets that are not total liabilities and equity."""
    sides: dict[Period, dict[str, Fact]] = {}
    for fact in facts:
        if fact.statement == Kind.BALANCE_SHEET and fact.concept in _SIDES and not fact.members:
            sides.setdefault(fact.period, {}).setdefault(fact.concept, fact)
    for both in sides.values():
        if len(both) == len(_SIDES):
            assets, other = (both[name] for name in _SIDES)
            if assets.value != other.value and assets.table == other.table and assets.column == other.column:
                yield _relation(assets, [(other, 1)], BALANCE)


def _named(column: Sequence[Fact]) -> Named:
    """Return the facts of a column by the names of their concepts, without names that two different ones have."""
    named: dict[str, list[Fact]] = {}
    for fact in column:
        named.setdefault(fact.concept.partition(":")[2], []).append(fact)
    return {name: same[0] for name, same in named.items() if len({fact.value for fact in same}) == 1}


def _broken(
    whole: Fact, parts: Sequence[tuple[Sequence[str], int]], others: Sequence[Fact], named: Named, rows: Set[int]
) -> Iterator[Relation]:
    terms = [(next((named[n] for n in names if n in named), None), weight) for names, weight in parts]
    known = [(fact, weight) for fact, weight in terms if fact is not None]
    if len(known) < len(terms) or not _together(whole, [fact for fact, _ in known], others, rows):
        return
    found = [
        _relation(whole, [*known, *((fact, sign) for fact in some)], "identity")
        for count in range(len(others) + 1)
        for some in itertools.combinations(others, count)
        for sign in ((1, -1) if some else (1,))
    ]
    if not any(map(holds, found)):
        yield found[0]


def _together(whole: Fact, parts: Sequence[Fact], others: Sequence[Fact], rows: Set[int]) -> bool:
    """Whether *whole* stands below its *parts*, and between it and the last of them nothing but *others*."""
    last, end = max(fact.row or 0 for fact in parts), whole.row or 0
    between = {row for row in rows if last < row < end}
    return last < end and between <= {fact.row for fact in others}


def _relation(whole: Fact, parts: Sequence[tuple[Fact, int]], topic: str) -> Relation:
    shown = " ".join(f"{'-' if weight * fact.value < 0 else '+'} {abs(fact.value):,}" for fact, weight in parts)
    return Relation(
        kind=ProofKind.SUM,
        operator=Operator.SUM,
        whole=term(whole),
        parts=tuple(term(fact, weight=weight) for fact, weight in parts),
        equation=f"{whole.value:,} = {shown.removeprefix('+ ')}",
        topic=topic,
    )


@cache
def _identities() -> tuple[tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], int], ...], tuple[str, ...]], ...]:
    """Return each identity: names of the whole, names and weight of each part, names of what may come to them."""
    return tuple(
        (
            tuple(one["whole"]),
            tuple((tuple(part["names"]), int(part["weight"])) for part in one["parts"]),
            tuple(one["others"]),
        )
        for one in load_json("proving")["identities"]
    )
