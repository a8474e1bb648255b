"""The facts of a release laid out as its statements: a sheet for each table, rows by periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tagger.facts import Fact
from tagger.statement import Kind, Statement

SENTENCES = "Sentences"
TITLES = {
    Kind.BALANCE_SHEET: "Balance sheet",
    Kind.OPERATIONS: "Operations",
    Kind.COMPREHENSIVE_INCOME: "Comprehensive income",
    Kind.CASH_FLOW: "Cash flows",
    Kind.EQUITY: "Equity",
    Kind.SEGMENT: "Segments",
    Kind.HIGHLIGHTS: "Highlights",
}


class SheetRow(Struct, frozen=True):
    """One row of a sheet: what it is called, and its fact in each column, where there is one."""

    label: str
    concept: str
    facts: tuple[Fact | None, ...]


class Sheet(Struct, frozen=True):
    """One table of a release, or its sentences, as a reader knows it."""

    title: str
    periods: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def sheets(facts: Iterable[Fact], statements: Sequence[Statement]) -> Iterator[Sheet]:
    """Yield the tables that *facts* of a release stand in, in their order, and its sentences last; *statements* give titles."""
    for title, group in grouped(facts, statements):
        periods = tuple(dict.fromkeys(str(fact.period) for fact in sorted(group, key=_across)))
        rows: dict[tuple[int | str | None, str], dict[str, Fact]] = {}
        for fact in group:
            key = (fact.row if fact.table is not None else fact.label, named(fact))
            rows.setdefault(key, {})[str(fact.period)] = fact
        yield Sheet(title, periods, tuple(_row(concept, found, periods) for (_, concept), found in rows.items()))


def grouped(facts: Iterable[Fact], statements: Sequence[Statement]) -> Iterator[tuple[str, Sequence[Fact]]]:
    """Yield the *facts* of each table, and those of sentences last, with a title."""
    groups: dict[tuple[int, str], list[Fact]] = {}
    for fact in facts:
        key = (10**9, "prose") if fact.table is None else (fact.table, fact.statement)
        groups.setdefault(key, []).append(fact)
    titles = {(s.number, s.kind.value): s.title for s in reversed(statements)}
    for (number, kind), group in sorted(groups.items()):
        name = TITLES.get(Kind(kind), kind.capitalize()) if kind in set(Kind) else SENTENCES
        title = titles.get((number, kind), "")
        yield f"{name}: {title}" if title else name, group


def named(fact: Fact) -> str:
    """Return the concept of *fact* with its members, as tables show it."""
    return " ".join([fact.concept, *(f"[{member.member.partition(':')[2]}]" for member in fact.members)])


def _across(fact: Fact) -> tuple[int, str]:
    return (fact.column or 0, "") if fact.table is not None else (0, str(fact.period))


def _row(concept: str, found: dict[str, Fact], periods: Sequence[str]) -> SheetRow:
    first = next(iter(found.values()))
    return SheetRow(first.label, concept, tuple(found.get(period) for period in periods))
