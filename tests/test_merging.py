"""Facts that two tables or sentences state: one value, or none and a finding; where they stand decides nothing."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from decimal import Decimal

import pytest

from tagger.facts import Fact, Printed
from tagger.findings import Code
from tagger.tagging.merge import consistent, merge, other_scopes
from tagger.values import Entity, Instant, Span, money

ENTITY = Entity("http://www.sec.gov/CIK", "0000000001")
NAMES = ("Assets", "Liabilities", "StockholdersEquity", "Goodwill", "InventoryNet", "CashAndDueFromBanks")


def _fact(
    concept: str,
    value: str,
    *,
    table: int | None = 0,
    statement: str = "balance-sheet",
    decimals: int = -3,
    label: str = "row",
) -> Fact:
    place = NAMES.index(concept) if concept in NAMES else 9
    at = 1000 * (table or 0) + 10 * place
    return Fact(
        id=f"f{at}",
        concept=f"us-gaap:{concept}",
        entity=ENTITY,
        period=Instant(dt.date(2021, 3, 31)),
        unit=money("USD"),
        value=Decimal(value),
        decimals=decimals,
        printed=Printed(text=value, span=Span(at, at + 5), number=abs(Decimal(value))),
        rule="r",
        label=label,
        statement=statement,
        table=table,
        row=place,
        column=1,
    )


def _table(number: int, values: Sequence[str]) -> list[Fact]:
    return [_fact(name, value, table=number) for name, value in zip(NAMES, values, strict=False)]


@pytest.mark.parametrize(
    ("first", "second", "titles", "kept"),
    [
        (("900", "500", "400"), ("100", "60", "40"), {}, set()),  # as likely each: neither
        (("900", "500", "400"), ("100", "60", "40"), {1: "Consolidated balance sheets"}, {1}),
        (("900", "500", "400"), ("100", "60", "40"), {0: "CONSOLIDATED BALANCE SHEETS"}, {0}),
        (("900", "500", "400"), ("100", "60", "40"), {0: "Consolidated", 1: "Consolidated"}, set()),
        (("900", "500", "400", "30"), ("100", "60", "40"), {}, {0}),  # the one with most facts
        (("900", "500", "400"), ("900", "60", "40"), {}, {0, 1}),  # two that differ are two misprints
        (("9", "5", "4", "3", "2", "1"), ("1", "6", "5", "3", "2", "1"), {}, {0, 1}),  # as many agree as differ
        (("9", "5", "4", "3", "2", "1"), ("1", "6", "5", "4", "2", "1"), {}, set()),
        (("9", "5", "4", "3", "2", "1"), ("1", "6", "5", "4", "2"), {}, {0}),
    ],
)
def test_a_statement_of_another_scope_is_left_out_and_order_decides_nothing(
    first: Sequence[str], second: Sequence[str], titles: dict[int, str], kept: set[int]
) -> None:
    tables = (_table(0, first), _table(1, second))
    for order in itertools.permutations(tables):
        facts, findings = other_scopes([fact for table in order for fact in table], titles)
        assert {fact.table for fact in facts} == kept
        assert len(findings) == 2 - len(kept)
        assert {finding.code for finding in findings} <= {Code.DUPLICATE_DIFFERS}


def test_highlights_and_prose_are_of_no_scope_of_their_own() -> None:
    told = [_fact(name, "1", statement="highlights", table=2) for name in NAMES]
    prose = [_fact(name, "2", statement="prose", table=None) for name in NAMES]
    facts, findings = other_scopes([*_table(0, ("900", "500", "400")), *told, *prose], {})
    assert len(facts) == 15
    assert findings == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("1234000", -3), ("1234000", -3), True),
        (("1234000", -3), ("1235000", -3), False),
        (("1234000", -3), ("1200000", -5), True),
        (("1249000", -3), ("1200000", -5), True),
        (("1250000", -3), ("1200000", -5), True),  # half a unit off, and half a thousand
        (("1251000", -3), ("1200000", -5), False),
    ],
)
def test_facts_agree_where_their_rounding_meets(one: tuple[str, int], other: tuple[str, int], same: bool) -> None:
    facts = [_fact("Assets", value, decimals=decimals) for value, decimals in (one, other)]
    assert consistent(*facts) is same
    assert consistent(*reversed(facts)) is same


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ({"statement": "balance-sheet"}, {"statement": "highlights"}, 0),
        ({"statement": "highlights"}, {"statement": "other"}, 0),
        ({"statement": "other"}, {"statement": "prose"}, 0),
        ({"label": "Total assets"}, {"label": ""}, 0),
        ({"label": "Total assets"}, {"label": "Assets"}, None),
    ],
)
def test_the_better_place_wins_and_nothing_wins_by_order(
    one: dict[str, str], other: dict[str, str], kept: int | None
) -> None:
    facts = [_fact("Assets", "900000", table=0, **one), _fact("Assets", "800000", table=1, **other)]  # type: ignore[arg-type]
    for order in itertools.permutations(facts):
        left, findings = merge(order)
        assert left == (() if kept is None else (facts[kept],))
        assert [finding.code for finding in findings] == [Code.DUPLICATE_DIFFERS]


@pytest.mark.parametrize(("other", "kept"), [("operations", ["120"]), ("prose", ["100", "120"])])
def test_what_is_said_without_and_with_noncontrolling_interests_is_told_apart_by_a_better_place(
    other: str, kept: list[str]
) -> None:
    facts = [
        _fact("NetIncomeLoss", "100", table=0, statement="operations"),
        _fact("NetIncomeLoss", "120", table=None if other == "prose" else 1, statement=other),
        _fact("ProfitLoss", "120", table=2, statement="operations"),
    ]
    merged, _ = merge(facts, [])
    assert sorted({str(fact.value) for fact in merged}) == kept
    assert {fact.concept for fact in merged if fact.value == 120} == {"us-gaap:ProfitLoss"}


def test_of_two_places_as_good_the_one_that_another_repeats_is_kept() -> None:
    facts = [_fact("Assets", "900000", table=0), _fact("Assets", "800000", table=1)]
    told = _fact("Assets", "800000", table=None, statement="prose", decimals=-5)
    assert set(merge([*facts, told])[0]) == {facts[1], told}
    assert merge([*facts, told, _fact("Assets", "900000", table=3, statement="other")])[0] == ()


def test_of_more_tables_than_anybody_prints_none_is_the_main_one() -> None:
    facts = [fact for number in range(201) for fact in _table(number, (f"{number}900", f"{number}500", f"{number}400"))]
    kept, findings = other_scopes(facts, {})
    assert kept == ()
    assert [finding.code for finding in findings] == [Code.OVER_LIMIT]
    assert "201 tables are as likely the main balance-sheet statement" in findings[0].message


def test_tables_that_state_the_same_are_all_kept_and_rivals_are_named_but_not_all() -> None:
    same = [fact for number in range(3) for fact in _table(number, ("900", "500", "400"))]
    assert len(other_scopes(same, {})[0]) == 9
    others = [fact for number in range(3, 15) for fact in _table(number, ("100", "60", "40"))]
    kept, findings = other_scopes([*same, *others], {})
    assert kept == ()
    assert "'', '' and 2 more" in findings[0].message
