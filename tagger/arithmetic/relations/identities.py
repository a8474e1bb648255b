"""Relations that hold in every statement, whatever its rows: cash flows give the change in cash, both sides the total."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache

from tagger.arithmetic.judge import holds
from tagger.arithmetic.relation import Operator, Relation, term
from tagger.data import load_json
from tagger.facts import Fact, ProofKind
from tagger.statement import PRIMARY

Named = Mapping[str, Fact]


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
        _relation(whole, [*known, *((fact, sign) for fact in some)])
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


def _relation(whole: Fact, parts: Sequence[tuple[Fact, int]]) -> Relation:
    shown = " ".join(f"{'-' if weight * fact.value < 0 else '+'} {abs(fact.value):,}" for fact, weight in parts)
    return Relation(
        kind=ProofKind.SUM,
        operator=Operator.SUM,
        whole=term(whole),
        parts=tuple(term(fact, weight=weight) for fact, weight in parts),
        equation=f"{whole.value:,} = {shown.removeprefix('+ ')}",
        topic="identity",
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
