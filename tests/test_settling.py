"""One concept to one line: who gets it, who falls back, and where rules settle nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace

from statement_cases import statement
from tagger.findings import Code
from tagger.matching.rows import Candidate
from tagger.naming.candidates import Wanted
from tagger.naming.settling import ambiguity, ambiguous, outdone, settled
from tagger.statement import Kind
from tagger.values import Measure, Member


@dataclass(frozen=True)
class _Rule:
    id: str


@dataclass(frozen=True)
class _Query:
    label: str
    headings: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    kind: Kind = Kind.BALANCE_SHEET
    unit: Measure = Measure.MONEY


def _candidate(concept: str, rank: int, *members: Member) -> Candidate:
    rule: Any = _Rule(f"{concept.lower()}-{rank}")
    place: Any = (rank,)
    return Candidate(rule=rule, concept=concept, members=members, rank=place, why="", form="whole")


def _wanted(
    label: str, figures: tuple[str, ...], *candidates: Candidate, kind: Kind = Kind.BALANCE_SHEET, index: int = 0
) -> Wanted:
    line = replace(statement((label, *figures)).lines[0], index=index)
    query: Any = _Query(label, kind=kind)
    return Wanted(line=line, query=query, candidates=candidates)


def _named(*wanted: Wanted) -> list[str | None]:
    return [candidate.concept if candidate else None for candidate in settled(wanted)]


CASH, OTHER = ("5", "7"), ("6", "8")


@pytest.mark.parametrize(
    ("label", "figures", "named"),
    [
        ("Net income", ("6", "7"), ["Income", "Income"]),  # as much in one column, other in one: printed twice
        ("Net income", ("6", "8"), ["Income", "Profit"]),
        ("Net earnings", ("6", "7"), ["Income", "Profit"]),
    ],
)
def test_a_row_that_a_statement_prints_twice_with_one_amount_changed_is_one(
    label: str, figures: tuple[str, str], named: list[str]
) -> None:
    first = _wanted("Net income", CASH, _candidate("Income", 2), _candidate("Profit", 1))
    again = _wanted(label, figures, _candidate("Income", 2), _candidate("Profit", 1), index=1)
    assert _named(first, again) == named


@pytest.mark.parametrize(
    ("label", "unit", "named"),
    [
        ("Per ADS", Measure.PER_SHARE, None),
        ("Per ADS, assuming dilution", Measure.PER_SHARE, "PerShareDiluted"),
        ("Per ADS", Measure.MONEY, "PerShareDiluted"),
        ("Average shares, including those of the plan", Measure.SHARES, None),
        ("Average shares and equivalents", Measure.SHARES, "PerShareDiluted"),
    ],
)
def test_no_row_is_diluted_because_another_one_is_basic(label: str, unit: Measure, named: str | None) -> None:
    basic = _wanted("Per share", CASH, _candidate("PerShareBasic", 3))
    other = _wanted(label, OTHER, _candidate("PerShareBasic", 2), _candidate("PerShareDiluted", 1), index=1)
    assert _named(basic, replace(other, query=_Query(label, unit=unit))) == ["PerShareBasic", named]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ranks", "named"),
    [((2, 1), ["Cash", "Assets"]), ((1, 2), ["Assets", "Cash"]), ((1, 1), ["Cash", "Assets"])],
)
def test_a_concept_goes_to_the_row_that_ranks_highest_and_the_other_falls_back(
    ranks: tuple[int, int], named: list[str]
) -> None:
    rows = [
        _wanted(label, figures, _candidate("Cash", rank), _candidate("Assets", 0))
        for label, figures, rank in zip(("Cash", "Cash in banks"), (CASH, OTHER), ranks, strict=True)
    ]
    assert _named(*rows) == named


def test_a_row_falls_back_to_another_concept_and_not_to_another_rule_for_the_same() -> None:
    first = _wanted("Cash", CASH, _candidate("Cash", 3))
    second = _wanted("Cash in banks", OTHER, _candidate("Cash", 2), _candidate("Cash", 1), _candidate("Deposits", 0))
    assert _named(first, second) == ["Cash", "Deposits"]
    assert _named(first, replace(second, candidates=second.candidates[:2])) == ["Cash", None]


def test_rows_that_print_the_same_or_begin_and_end_a_period_share_a_concept() -> None:
    cash = _candidate("Cash", 1)
    assert _named(_wanted("Cash", CASH, cash), _wanted("Cash, net", CASH, cash)) == ["Cash", "Cash"]
    opening = _wanted("Cash at beginning of year", OTHER, cash)
    assert _named(_wanted("Cash at end of year", CASH, cash), opening) == ["Cash", "Cash"]
    assert _named(_wanted("Cash at end of year", CASH, cash), _wanted("Cash on hand", OTHER, cash)) == ["Cash", None]


@pytest.mark.parametrize(
    ("label", "kind", "named"),
    [
        ("Cash", Kind.HIGHLIGHTS, ["Cash", "Cash"]),  # which is right is for merging to settle
        ("Cash", Kind.BALANCE_SHEET, ["Cash", None]),
        ("Cash, net", Kind.HIGHLIGHTS, ["Cash", "Cash"]),  # as sure as the other: neither is the first
        ("Cash, net", Kind.BALANCE_SHEET, ["Cash", None]),
    ],
)
def test_namesakes_share_a_concept_outside_the_statements(label: str, kind: Kind, named: list[str | None]) -> None:
    cash = _candidate("Cash", 1)
    assert _named(_wanted("Cash", CASH, cash, kind=kind), _wanted(label, OTHER, cash, kind=kind)) == named


@pytest.mark.parametrize(
    ("other", "rank", "found"), [("Deposits", 2, True), ("Deposits", 1, False), ("Cash", 2, False)]
)
def test_rules_of_one_rank_for_several_concepts_settle_nothing(other: str, rank: int, found: bool) -> None:
    want = _wanted("Cash", CASH, _candidate("Cash", 2), _candidate(other, rank), _candidate("Assets", 0))
    assert ambiguous(want, want.candidates[0]) is found
    assert not ambiguous(want, None)


def test_a_row_with_a_label_has_a_concept_before_a_total_without_one() -> None:
    total = _wanted("", CASH, _candidate("Cash", 3))
    assert _named(total, _wanted("Cash", OTHER, _candidate("Cash", 1))) == [None, "Cash"]


def test_outside_the_statements_a_surer_row_has_the_concept_alone() -> None:
    less, more = _candidate("Cash", 1), _candidate("Cash", 2)
    one = _wanted("Cash", CASH, less, kind=Kind.HIGHLIGHTS)
    assert _named(one, _wanted("Cash, net", OTHER, more, kind=Kind.HIGHLIGHTS)) == [None, "Cash"]
    finding = outdone(one)
    assert finding.code is Code.AMBIGUOUS_CONCEPT
    assert "'Cash': rule cash-1 wants it" in finding.message


def test_members_make_two_meanings_of_one_concept() -> None:
    member = Member("us-gaap:Axis", "us-gaap:OneMember")
    want = _wanted("Cash", CASH, _candidate("Cash", 2), _candidate("Cash", 2, member))
    assert ambiguous(want, want.candidates[0])


def test_the_finding_names_the_rules_that_want_a_row_most() -> None:
    want = _wanted("Cash", CASH, _candidate("Cash", 2), _candidate("Deposits", 2), _candidate("Assets", 1))
    finding = ambiguity(want)
    assert finding.code is Code.AMBIGUOUS_CONCEPT
    assert "cash-2 (Cash), deposits-2 (Deposits);" in finding.message
    assert "Assets" not in finding.message


@pytest.mark.parametrize(("above", "named"), [("Diluted earnings per share", "Diluted"), ("Earnings per share", None)])
def test_shares_below_a_diluted_amount_per_share_are_its_shares(above: str, named: str | None) -> None:
    basic = _wanted("Average shares", CASH, _candidate("Basic", 3))
    other = _wanted("Average shares in all", OTHER, _candidate("Basic", 2), _candidate("Diluted", 1), index=1)
    query: Any = _Query("Average shares in all", unit=Measure.SHARES, above=(above,))
    assert _named(basic, replace(other, query=query)) == ["Basic", named]
