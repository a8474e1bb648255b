"""Relations of repetition: the same fact stated twice, in two statements or in a sentence and a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal

from msgspec.structs import replace

from tagger.arithmetic.relation import PERIOD, SCALE, SIGN, UNIT, VALUE, Operator, Relation, Term, term
from tagger.facts import Aspect, Fact, ProofKind
from tagger.values import Span, half_unit

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
_FIGURES = 100  # an amount of fewer figures repeats by chance

Scales = Mapping[int, str]
Columns = Set[tuple[int | None, int | None]]


def ties(facts: Sequence[Fact], scales: Scales, borrowed: Columns = frozenset()) -> Iterator[Relation]:
    """Yield for each fact that stands in another place too the tie to it; *scales* are the words that give tables theirs.

    The periods of columns in *borrowed* were taken from other columns with the same figures: a tie proves none.
    """
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in _repeated(facts):
        groups.setdefault(fact.aspects, []).append(fact)
    lone: dict[tuple[object, ...], list[Fact]] = {}
    for group in groups.values():
        tables, prose = _witnesses(fact for fact in group if fact.table is not None), _prose_of(group)
        for fact in group:
            others = [*_first(fact, tables), *_first(fact, prose)]
            for other in others:
                yield _tie(fact, other, scales, borrowed)
            if not others and (local := fact.concept.partition(":")[2]) in _ALIKE:
                lone.setdefault((_ALIKE[local], *fact.aspects[1:]), []).append(fact)
    for group in lone.values():
        yield from _alike(group, scales, borrowed)
    yield from _balance(facts)


def _first(fact: Fact, others: Sequence[Fact]) -> Iterator[Fact]:
    found = next((other for other in others if _elsewhere(fact, other)), None)
    if found is not None:
        yield found


def _witnesses(facts: Iterable[Fact]) -> list[Fact]:
    """Return those of *facts* that can be the first elsewhere: of the rows of a column two are enough."""
    rows: dict[tuple[int | None, int | None], set[int | None]] = {}
    found = []
    for fact in facts:
        known = rows.setdefault((fact.table, fact.column), set())
        if len(known) < 2 and fact.row not in known:
            known.add(fact.row)
            found.append(fact)
    return found


def _prose_of(facts: Sequence[Fact]) -> list[Fact]:
    """Return the first facts of sentences: one of two figures is another one."""
    found: dict[Span, Fact] = {}
    for fact in facts:
        if fact.table is None and len(found) < 2:
            found.setdefault(fact.printed.span, fact)
    return list(found.values())


def _repeated(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts whose concept, or one alike, stands in more than one place: no other has a tie."""
    places: dict[str, set[tuple[int | None, int | None]]] = {}
    for fact in facts:
        places.setdefault(fact.concept, set()).add((fact.table, fact.row))
    spread = {
        concept
        for concept, where in places.items()
        if len(where) > 1 or (None, None) in where or concept.partition(":")[2] in _ALIKE
    }
    return (fact for fact in facts if fact.concept in spread)


def _alike(group: Sequence[Fact], scales: Scales, borrowed: Columns) -> Iterator[Relation]:
    at: dict[tuple[Decimal, str], list[Fact]] = {}
    for fact in group:
        at.setdefault((fact.value, fact.concept), []).append(fact)
    alike = {key: [*_witnesses(f for f in same if f.table is not None), *_prose_of(same)] for key, same in at.items()}
    names = list(dict.fromkeys(fact.concept for fact in group))
    order = {id(fact): number for number, fact in enumerate(group)}
    for fact in filter(_large, group):
        same = (other for name in names if name != fact.concept for other in alike.get((fact.value, name), ()))
        found = [other for other in same if _elsewhere(fact, other)]
        if found:
            yield _tie(fact, min(found, key=lambda other: order[id(other)]), scales, borrowed)


def _large(fact: Fact) -> bool:
    return abs(fact.value) >= _TELLING * 2 * half_unit(fact.decimals)


def _elsewhere(fact: Fact, other: Fact) -> bool:
    """Whether the two were printed in different tables, in different rows and columns of one, or one of them in prose."""
    if fact.table is None or other.table is None:
        return fact.printed.span != other.printed.span
    return fact.table != other.table or (fact.row != other.row and fact.column != other.column)


def _tie(fact: Fact, other: Fact, scales: Scales, borrowed: Columns) -> Relation:
    """Return the tie that bears out *fact* by *other*; another relation bears out the other by the one."""
    kind = ProofKind.PROSE if other.table is None else ProofKind.TIE
    return Relation(
        kind=kind,
        operator=Operator.SAME,
        whole=Term(fact.value, half_unit(fact.decimals), fact, aspects=tuple(_borne(fact, other, scales, borrowed))),
        parts=(Term(other.value, half_unit(other.decimals), other, aspects=()),),
        equation=f"{fact.value:,} = {other.value:,} in {other.statement}",
        topic="tie",
    )


def _borne(fact: Fact, other: Fact, scales: Scales, borrowed: Columns) -> Iterator[Aspect]:
    """Yield what of *fact* its repetition bears out: value, period and scale only where few other figures would do."""
    rounded = max(half_unit(fact.decimals), half_unit(other.decimals))
    if rounded == half_unit(fact.decimals) and abs(fact.value) >= _FIGURES * 2 * rounded:
        yield VALUE
    yield SIGN
    in_prose = fact.table is None or other.table is None
    if _said_apart(fact, other, scales):
        yield SCALE
    telling = abs(fact.value) >= (_FIGURES if in_prose else _TELLING) * 2 * rounded
    if telling and _dated(fact, borrowed) and _dated(other, borrowed):
        yield PERIOD
    if other.table is None and other.unit == fact.unit and UNIT in other.said:
        yield UNIT


def _said_apart(fact: Fact, other: Fact, scales: Scales) -> bool:
    """Whether the scales of the two were said in two places: each table by its own words, or a sentence by its own."""
    if fact.table is None or other.table is None:
        return True
    return fact.table != other.table and bool(scales.get(fact.table)) and bool(scales.get(other.table))


def _dated(fact: Fact, borrowed: Columns) -> bool:
    """Whether the period of *fact* was said beside it and not taken from what it agrees with."""
    return PERIOD in fact.said if fact.table is None else (fact.table, fact.column) not in borrowed


def _balance(facts: Sequence[Fact]) -> Iterator[Relation]:
    """Total assets equal total liabilities and equity."""
    sides = {_ASSETS, _BOTH_SIDES}
    ends: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in facts:
        if fact.concept in sides:
            ends.setdefault(fact.aspects[1:], {})[fact.concept] = fact
    for both in ends.values():
        if len(both) == 2:
            one, other = both[_ASSETS], both[_BOTH_SIDES]
            yield Relation(
                kind=ProofKind.TIE,
                operator=Operator.SAME,
                whole=replace(term(one), room=half_unit(None)),
                parts=(replace(term(other), room=half_unit(None)),),
                equation=f"assets {one.value:,} = liabilities and equity {other.value:,}",
                topic="balance",
            )
