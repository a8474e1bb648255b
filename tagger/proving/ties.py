"""Proof by repetition: the same fact stated twice, in two statements or in a sentence and a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tagger.facts import Fact, Proof, ProofKind
from tagger.proving.rounding import half

_ASSETS = "us-gaap:Assets"
_BOTH_SIDES = "us-gaap:LiabilitiesAndStockholdersEquity"
# Concepts that are one figure under several names where a release has no use for the difference.
_ALIKE = {
    name: group[0]
    for group in (
        ("NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"),
        (
            "CashAndCashEquivalentsAtCarryingValue",
            "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents",
            "CashAndDueFromBanks",
            "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsIncludingDisposalGroupAndDiscontinuedOperations",
        ),
        ("StockholdersEquity", "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"),
    )
    for name in group
}
_TELLING = 1000


def ties(facts: Sequence[Fact]) -> Iterator[tuple[str, Proof]]:
    """Yield a proof for each fact that stands in another place too."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in _repeated(facts):
        groups.setdefault(fact.aspects, []).append(fact)
    lone: dict[tuple[object, ...], list[Fact]] = {}
    for group in groups.values():
        for fact in group:
            other = next((other for other in group if _elsewhere(fact, other)), None)
            if other is not None:
                yield fact.id, _tie(fact, other)
            elif (local := fact.concept.partition(":")[2]) in _ALIKE:
                lone.setdefault((_ALIKE[local], *fact.aspects[1:]), []).append(fact)
    for group in lone.values():
        yield from _alike(group)
    yield from _balance(facts)


def _repeated(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts whose concept, or one alike, stands in more than one table or in prose: no other has a tie."""
    tables: dict[str, set[int | None]] = {}
    for fact in facts:
        tables.setdefault(fact.concept, set()).add(fact.table)
    spread = {
        concept
        for concept, where in tables.items()
        if len(where) > 1 or None in where or concept.partition(":")[2] in _ALIKE
    }
    return (fact for fact in facts if fact.concept in spread)


def _alike(group: Sequence[Fact]) -> Iterator[tuple[str, Proof]]:
    for fact in group:
        for other in group:
            large = abs(fact.value) >= _TELLING * 2 * half(fact)
            if other.concept != fact.concept and other.value == fact.value and large and _elsewhere(fact, other):
                yield fact.id, _tie(fact, other)
                break


def _elsewhere(fact: Fact, other: Fact) -> bool:
    """Whether the two were printed in different tables, or one of them in prose."""
    return (fact.table is None or fact.table != other.table) and fact.printed.span != other.printed.span


def _tie(fact: Fact, other: Fact) -> Proof:
    kind = ProofKind.PROSE if other.table is None else ProofKind.TIE
    return Proof(kind=kind, equation=f"{fact.value:,} = {other.value:,} in {other.statement}", facts=(other.id,))


def _balance(facts: Sequence[Fact]) -> Iterator[tuple[str, Proof]]:
    """Total assets equal total liabilities and equity."""
    sides = {_ASSETS: _BOTH_SIDES, _BOTH_SIDES: _ASSETS}
    ends = {(fact.concept, fact.aspects[1:]): fact for fact in facts if fact.concept in sides}
    for (concept, aspects), fact in ends.items():
        other = ends.get((sides[concept], aspects))
        if other is not None and other.value == fact.value:
            text = f"assets {fact.value:,} = liabilities and equity {other.value:,}"
            yield fact.id, Proof(kind=ProofKind.TIE, equation=text, facts=(other.id,))
