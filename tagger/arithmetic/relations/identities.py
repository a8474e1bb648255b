"""Relations that hold in every statement, whatever its rows: cash flows give the change in cash, both sides the total."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
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
    columns: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in facts:
        if fact.statement in PRIMARY and not fact.members and fact.row is not None:
            named = columns.setdefault((fact.table, fact.column, fact.period.end), {})
            named.setdefault(fact.concept.partition(":")[2], fact)
    for named in columns.values():
        for wholes, parts, others in _identities():
            whole = next((named[name] for name in wholes if name in named), None)
            if whole is not None and whole.id not in totals:
                yield from _broken(whole, parts, [named[name] for name in others if name in named], named)


def _broken(
    whole: Fact, parts: Sequence[tuple[Sequence[str], int]], others: Sequence[Fact], named: Named
) -> Iterator[Relation]:
    terms = [(next((named[n] for n in names if n in named), None), weight) for names, weight in parts]
    known = [(fact, weight) for fact, weight in terms if fact is not None]
    if len(known) < len(terms) or not _together(whole, [fact for fact, _ in known], others, named):
        return
    found = [
        _relation(whole, [*known, *((fact, sign) for fact in some)])
        for count in range(len(others) + 1)
        for some in itertools.combinations(others, count)
        for sign in ((1, -1) if some else (1,))
    ]
    if not any(map(holds, found)):
        yield found[0]


def _together(whole: Fact, parts: Sequence[Fact], others: Sequence[Fact], named: Named) -> bool:
    """Whether *whole* stands below its *parts*, and between it and the last of them nothing but *others*."""
    rows = {fact.row or 0 for fact in parts}
    last, row = max(rows), whole.row or 0
    between = {fact.row for fact in named.values() if last < (fact.row or 0) < row}
    return last < row and between <= {fact.row for fact in others}


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
