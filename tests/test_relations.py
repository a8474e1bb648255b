"""What each generator says of facts, at its edges: which figures it ties, within which bounds, and what that bears out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace

from statement_cases import statement
from tagger.arithmetic.checks import checks
from tagger.arithmetic.contradictions import among_flows, of_other_kinds
from tagger.arithmetic.judge import Verdicts, holds
from tagger.arithmetic.mend.ratios import doubtful
from tagger.arithmetic.misread import badly_recognised, without_misread
from tagger.arithmetic.orientation import Nature, directed, direction, is_of_others, rolled, rootings, tells
from tagger.arithmetic.relation import Operator, Relation, Term, equation
from tagger.arithmetic.relations.calculations import broken_balances, broken_identities, calculations
from tagger.arithmetic.relations.flows import CASH, QUARTERS, flows
from tagger.arithmetic.relations.headings import headings, spread_periods
from tagger.arithmetic.relations.margins import percentage, telling
from tagger.arithmetic.relations.marks import marks, own_scale, spread_scales
from tagger.arithmetic.relations.percentages import percentages
from tagger.arithmetic.relations.ratios import between, other_power, ratios
from tagger.arithmetic.relations.shares import share_rows, stock
from tagger.arithmetic.relations.sums import Odd, sums
from tagger.arithmetic.relations.ties import ties
from tagger.catalog import Catalog
from tagger.document import Text
from tagger.facts import Aspect, Fact, Printed, Proof, ProofKind
from tagger.findings import Code, Finding
from tagger.fiscal import Calendar
from tagger.statement import Kind, Statement, Sum, Use
from tagger.taxonomies import load_catalog
from tagger.values import PURE, SHARES, Duration, Entity, Instant, Member, Period, Span, Unit, money, per_share

VALUE, SIGN, SCALE, PERIOD, UNIT = Aspect
USD, EPS = money("USD"), per_share("USD")
CASHES = "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
CHANGE = f"{CASHES}PeriodIncreaseDecreaseIncludingExchangeRateEffect"
ENTITY = Entity("http://www.sec.gov/CIK", "0000000001")
SEGMENT = (Member("us-gaap:StatementBusinessSegmentsAxis", "own:PaperMember"),)


def _days(start: str, end: str) -> Duration:
    return Duration(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


def _at(day: str) -> Instant:
    return Instant(dt.date.fromisoformat(day))


FIRST, SECOND, HALF = (
    _days("2023-01-01", "2023-03-31"),
    _days("2023-04-01", "2023-06-30"),
    _days("2023-01-01", "2023-06-30"),
)
OPENING, CLOSING = _at("2022-12-31"), _at("2023-03-31")


def _fact(
    concept: str,
    value: str,
    period: Period = FIRST,
    *,
    unit: Unit = USD,
    decimals: int | None = -3,
    table: int | None = 0,
    row: int = 0,
    column: int = 1,
    statement: str = "operations",
    members: tuple[Member, ...] = (),
    said: tuple[Aspect, ...] = (),
    scale: int = 3,
) -> Fact:
    at = 10_000 * (table if table is not None else 9) + 100 * row + 10 * column
    return Fact(
        id=f"{concept}-{table}-{row}-{column}-{value}",
        concept=f"us-gaap:{concept}",
        entity=ENTITY,
        period=period,
        unit=unit,
        value=Decimal(value),
        decimals=decimals,
        members=members,
        printed=Printed(text=value, span=Span(at, at + 5), number=abs(Decimal(value)).scaleb(-scale), scale=scale),
        rule="r",
        label=concept,
        statement=statement,
        table=table,
        row=row,
        column=column,
        said=said,
    )


def _borne(relations: Sequence[Relation], fact: Fact) -> list[Aspect]:
    """Return what of *fact* those of *relations* that hold bear out."""
    verdicts = Verdicts()
    verdicts.hear(relations)
    found = {aspect for proof in verdicts.proofs.get(fact.id, {}).values() for aspect in proof.aspects}
    return [aspect for aspect in Aspect if aspect in found]


# --- parts of a period


@pytest.mark.parametrize(
    ("concept", "periods", "found"),
    [
        ("Revenues", (FIRST, SECOND, HALF), True),
        ("Revenues", (HALF, SECOND, FIRST), True),
        ("Revenues", (FIRST, _days("2023-04-02", "2023-06-30"), HALF), False),  # a day is missing
        ("Revenues", (FIRST, SECOND, _days("2023-01-01", "2023-07-01")), False),
        ("Revenues", (FIRST, SECOND, _days("2022-12-31", "2023-06-30")), False),
        ("Revenues", (FIRST, HALF, HALF), False),
        ("EarningsPerShareBasic", (FIRST, SECOND, HALF), False),
        ("WeightedAverageNumberOfSharesOutstandingBasic", (FIRST, SECOND, HALF), False),
    ],
)
def test_two_parts_without_a_gap_make_up_a_period(concept: str, periods: Sequence[Duration], found: bool) -> None:
    values = {FIRST: "4000000", SECOND: "5000000"}
    facts = [_fact(concept, values.get(p, "9000000"), p, column=n) for n, p in enumerate(periods)]
    assert [relation.topic for relation in flows(facts)] == ([QUARTERS] if found else [])


@pytest.mark.parametrize(
    ("whole", "borne"),
    [("1000000", [VALUE, SIGN, PERIOD]), ("999000", [VALUE, SIGN]), ("-1000000", [VALUE, SIGN, PERIOD])],
)
def test_only_large_sums_bear_out_a_period(whole: str, borne: list[Aspect]) -> None:
    first = Decimal(whole) - 400000
    facts = [
        _fact("Revenues", "400000", SECOND, column=2),
        _fact("Revenues", f"{first}", FIRST),
        _fact("Revenues", whole, HALF),
    ]
    found = list(flows(facts))
    assert [_borne(found, fact) for fact in facts] == [borne] * 3


def test_segments_and_sentences_make_up_no_period_of_the_company() -> None:
    part = _fact("Revenues", "5000000", SECOND, members=SEGMENT)
    told = _fact("Revenues", "5000000", SECOND, table=None)
    for odd in (part, told):
        assert list(flows([_fact("Revenues", "4000000"), odd, _fact("Revenues", "9000000", HALF)])) == []


# --- cash at the beginning, its change, cash at the end


@pytest.mark.parametrize(
    ("change", "table", "column", "found"),
    [
        (CHANGE, 0, 1, 1),
        ("CashAndCashEquivalentsPeriodIncreaseDecrease", 0, 1, 1),
        ("NetCashProvidedByUsedInOperatingActivities", 0, 1, 0),
        (CHANGE, 1, 1, 0),  # of another statement
        (CHANGE, 0, 2, 0),  # of another column
    ],
)
def test_cash_flows_from_one_balance_to_the_next(change: str, table: int, column: int, found: int) -> None:
    facts = [
        _fact(CASHES, "8000000", OPENING, row=1),
        _fact(CASHES, "9000000", CLOSING, row=3),
        _fact(change, "1000000", FIRST, row=2, table=table, column=column),
    ]
    relations = list(flows(facts))
    assert [relation.topic for relation in relations] == [CASH] * found
    assert all(holds(relation) for relation in relations)
    assert all(PERIOD not in _borne(relations, fact) for fact in facts)


@pytest.mark.parametrize("concept", ["CashAndCashEquivalentsAtCarryingValue", "CashAndDueFromBanks", CASHES])
def test_cash_has_several_names_but_one_flow_has_one(concept: str) -> None:
    change = _fact(CHANGE, "1000000")
    assert len(list(flows([_fact(concept, "8", OPENING), _fact(concept, "9", CLOSING), change]))) == 1
    assert list(flows([_fact(concept, "8", OPENING), _fact("Goodwill", "9", CLOSING), change])) == []
    assert list(flows([_fact("Goodwill", "8", OPENING), _fact("Goodwill", "9", CLOSING), change])) == []
    assert list(flows([_fact(concept, "8", OPENING, members=SEGMENT), _fact(concept, "9", CLOSING), change])) == []


# --- amounts per share


def _ratio(eps: str, income: str, shares: str, decimals: int = 2) -> Relation:
    return between(
        _fact("EarningsPerShareBasic", eps, unit=EPS, decimals=decimals, scale=0),
        _fact("NetIncomeLoss", income, row=1),
        _fact("WeightedAverageNumberOfSharesOutstandingBasic", shares, unit=SHARES, row=2),
    )


@pytest.mark.parametrize(
    ("eps", "income", "shares", "held"),
    [
        ("1.20", "12000000", "10000000", True),
        ("1.20", "12049000", "10000000", True),  # 1.2049
        ("1.20", "12060000", "10000000", False),
        ("1.20", "11951000", "10000000", True),
        ("1.20", "11940000", "10000000", False),
        ("-1.20", "-12000000", "10000000", True),
        ("1.20", "-12000000", "10000000", False),
        ("-1.20", "12000000", "10000000", False),
        ("0.00", "-12000", "10000000", True),
        ("0.00", "12000", "10000000", True),
        ("1.20", "12000000", "0", False),
        ("1.20", "12000000", "500", False),  # no more than the rounding of the count
    ],
)
def test_income_over_shares_is_the_amount_per_share_as_rounded(eps: str, income: str, shares: str, held: bool) -> None:
    if shares == "0":
        ratio = _ratio(eps, income, "1000")
        zero = replace(ratio, parts=(ratio.parts[0], replace(ratio.parts[1], value=Decimal(0))))
        assert holds(zero) is held
    else:
        assert holds(_ratio(eps, income, shares)) is held


@pytest.mark.parametrize(
    ("eps", "shares", "divisor"),
    [
        ("EarningsPerShareBasic", ("Basic",), "Basic"),
        ("EarningsPerShareDiluted", ("Basic", "Diluted"), "Diluted"),
        ("EarningsPerShareDiluted", ("Basic",), "Basic"),
        ("EarningsPerShareBasic", ("Diluted",), None),
    ],
)
def test_each_amount_per_share_has_its_count(eps: str, shares: Sequence[str], divisor: str | None) -> None:
    names = {
        "Basic": "WeightedAverageNumberOfSharesOutstandingBasic",
        "Diluted": "WeightedAverageNumberOfDilutedSharesOutstanding",
    }
    counts = [_fact(names[name], "10000000", unit=SHARES, row=5 + n) for n, name in enumerate(shares)]
    found = ratios([_fact(eps, "1.20", unit=EPS, decimals=2), _fact("NetIncomeLoss", "12000000", row=1), *counts])
    assert [relation.facts[2].concept for relation in found] == (
        [] if divisor is None else [f"us-gaap:{names[divisor]}"]
    )


def test_no_ratio_is_made_of_segments_sentences_other_periods_or_a_count_of_nothing() -> None:
    eps = _fact("EarningsPerShareBasic", "1.20", unit=EPS, decimals=2)
    income = _fact("NetIncomeLoss", "12000000", row=1)
    name = "WeightedAverageNumberOfSharesOutstandingBasic"
    assert len(ratios([eps, income, _fact(name, "10000000", unit=SHARES)])) == 1
    for odd in (
        _fact(name, "10000000", unit=SHARES, members=SEGMENT),
        _fact(name, "10000000", unit=SHARES, table=None),
        _fact(name, "10000000", SECOND, unit=SHARES),
        _fact(name, "0", unit=SHARES),
        _fact(name, "-10000000", unit=SHARES),
    ):
        assert ratios([eps, income, odd]) == ()


def test_of_two_incomes_the_one_that_gives_the_amount_per_share_is_meant() -> None:
    eps = _fact("EarningsPerShareBasic", "1.20", unit=EPS, decimals=2)
    shares = _fact("WeightedAverageNumberOfSharesOutstandingBasic", "10000000", unit=SHARES, row=3)
    incomes = [_fact("NetIncomeLoss", "15000000", row=1), _fact("ProfitLoss", "12000000", row=2)]
    (found,) = ratios([eps, *incomes, shares])
    assert found.facts[1].concept == "us-gaap:ProfitLoss"
    (failing,) = ratios([eps, _fact("ProfitLoss", "13000000", row=2), incomes[0], shares])
    assert failing.facts[1].concept == "us-gaap:NetIncomeLoss"


@pytest.mark.parametrize(
    ("decimals", "shares", "power"),
    [
        (2, "10000000000", 3),
        (2, "10000000000000", 6),
        (2, "10000000", 0),
        (4, "10000000000", 3),
        (5, "10000000000", 0),  # counted in something else than cents
        (1, "10000000000", 0),
        (2, "999000000", 0),  # a thousandth is no listed company's count
    ],
)
def test_a_count_in_another_power_of_ten_is_told_from_the_amount_in_cents(
    decimals: int, shares: str, power: int
) -> None:
    income = {"999000000": "1198800"}.get(shares, "12000000")
    assert other_power(_ratio("1.20", income, shares, decimals)) == power


@pytest.mark.parametrize(
    ("printed", "doubted"),
    [
        (("1.20", "1.20", "1.20", "1.20"), []),
        (("1.20", "1.20", "1.20", "1.23"), [3]),  # three others hold: a few cents are doubted
        (("1.20", "1.20", "1.20", "1.22"), []),  # two cents off
        (("1.20", "1.20", "1.18", "1.23"), []),  # two that fail by little: preferred dividends
        (("1.20", "1.20", "1.18", "1.27"), []),  # not more than hold
        (("1.20", "1.20", "1.20", "1.18", "1.27"), [4]),  # more than the ratio
        (("1.20", "1.20", "1.20", "1.18", "1.26"), []),
        (("1.20", "1.20", "1.20", "1.18", "0.95"), [4]),  # a fifth less
        (("1.20", "1.20", "1.20", "1.18", "0.96"), []),
        (("1.20", "1.20", "1.20", "1.18", "-1.20"), [4]),
        (("1.20", "1.27"), []),
        (("1.20", "1.20", "1.27"), [2]),
        (("1.20", "1.20", "1.23"), []),
    ],
)
def test_amounts_per_share_that_nothing_usual_explains_are_doubted(printed: Sequence[str], doubted: list[int]) -> None:
    made = [_ratio(eps, "12000000", "10000000") for eps in printed]
    assert [made.index(ratio) for ratio in doubtful(made)] == doubted


# --- the common stock


@pytest.mark.parametrize(
    ("amount", "par", "shares", "held"),
    [
        ("100000", "0.01", "10000000", True),
        ("100000", "0.01", "10040000", True),
        ("100000", "0.01", "10060000", False),
        ("20000", "0.01", "2000000", True),
        ("19000", "0.01", "1900000", False),  # small amounts agree with too many counts
    ],
)
def test_par_value_times_shares_is_the_common_stock(amount: str, par: str, shares: str, held: bool) -> None:
    facts = [
        _fact("CommonStockValue", amount, CLOSING),
        _fact("CommonStockParOrStatedValuePerShare", par, CLOSING, unit=EPS, decimals=2, row=1),
        _fact("CommonStockSharesIssued", shares, CLOSING, unit=SHARES, decimals=0, row=2),
    ]
    found = list(stock(facts))
    assert [relation.topic for relation in found] == (["par"] if held else [])
    if held:
        assert [_borne(found, fact) for fact in facts] == [[VALUE, SIGN], [VALUE, SIGN, SCALE], [SIGN, SCALE, UNIT]]
    assert list(stock([*facts[:2], _fact("CommonStockSharesIssued", shares, OPENING, unit=SHARES, row=2)])) == []
    assert list(stock([*facts[:2], _fact("CommonStockSharesAuthorized", shares, CLOSING, unit=SHARES, row=2)])) == []


@pytest.mark.parametrize(
    ("treasury", "held"), [("1000000", [True]), ("-1000000", [True]), ("1200000", [False]), ("0", [])]
)
def test_shares_issued_less_treasury_are_outstanding(treasury: str, held: list[bool]) -> None:
    for name in ("TreasuryStockCommonShares", "TreasuryStockShares"):
        facts = [
            _fact("CommonStockSharesIssued", "10000000", CLOSING, unit=SHARES, decimals=0),
            _fact("CommonStockSharesOutstanding", "9000000", CLOSING, unit=SHARES, decimals=0, row=1),
            _fact(name, treasury, CLOSING, unit=SHARES, decimals=0, row=2),
        ]
        assert [holds(relation) for relation in stock(facts)] == held
        assert list(stock(facts[1:])) == []
        assert list(stock([facts[0], facts[2]])) == []


# --- repetition


@pytest.mark.parametrize(
    ("value", "other", "scales", "borne"),
    [
        ("5000000", {"table": 1}, {0: "thousands", 1: "thousands"}, [VALUE, SIGN, SCALE, PERIOD]),
        ("5000000", {"table": 1}, {0: "thousands"}, [VALUE, SIGN, PERIOD]),  # one table's words alone
        ("1000000", {"table": 1}, {}, [VALUE, SIGN, PERIOD]),
        ("999000", {"table": 1}, {}, [VALUE, SIGN]),
        ("100000", {"table": 1}, {}, [VALUE, SIGN]),
        ("99000", {"table": 1}, {}, [SIGN]),
        ("5000000", {"table": None, "said": (UNIT, PERIOD)}, {}, [VALUE, SIGN, SCALE, PERIOD, UNIT]),
        ("5000000", {"table": None, "said": (PERIOD,)}, {}, [VALUE, SIGN, SCALE, PERIOD]),
        ("5000000", {"table": None, "said": (UNIT,)}, {}, [VALUE, SIGN, SCALE, UNIT]),
        ("100000", {"table": None, "said": (PERIOD,)}, {}, [VALUE, SIGN, SCALE, PERIOD]),
        ("99000", {"table": None, "said": (PERIOD,)}, {}, [SIGN, SCALE]),
        ("5000000", {"table": None, "said": (PERIOD,), "decimals": -5}, {}, [SIGN, SCALE]),
        ("10000000", {"table": None, "said": (PERIOD,), "decimals": -5}, {}, [SIGN, SCALE, PERIOD]),
        ("5000000", {"table": 0, "row": 7}, {}, []),  # the same table, the same column
        ("5000000", {"table": 0, "row": 0, "column": 2}, {}, []),
        ("5000000", {"table": 0, "row": 7, "column": 2}, {}, [VALUE, SIGN, PERIOD]),
        ("5000000", {"table": 1, "period": SECOND}, {}, []),
        ("5000000", {"table": 1, "members": SEGMENT}, {}, []),
    ],
)
def test_a_repetition_bears_out_what_few_other_figures_would(
    value: str, other: dict[str, object], scales: dict[int, str], borne: list[Aspect]
) -> None:
    fact = _fact("Revenues", value)
    again = _fact("Revenues", value, **{"row": 5, **other})  # type: ignore[arg-type]
    assert _borne(list(ties([fact, again], scales)), fact) == borne


@pytest.mark.parametrize(
    ("other", "value", "found"),
    [
        ("ProfitLoss", "5000000", [VALUE, SIGN, PERIOD]),
        ("ProfitLoss", "5001000", []),
        ("OperatingIncomeLoss", "5000000", []),
        ("StockholdersEquity", "5000000", []),
    ],
)
def test_one_figure_may_have_two_names(other: str, value: str, found: list[Aspect]) -> None:
    fact = _fact("NetIncomeLoss", "5000000")
    assert _borne(list(ties([fact, _fact(other, value, table=1)], {})), fact) == found


def test_a_column_that_took_its_period_from_another_bears_out_none() -> None:
    fact, other = _fact("NetIncomeLoss", "5000000"), _fact("NetIncomeLoss", "5000000", table=1)
    assert _borne(list(ties([fact, other], {}, {(0, 1)})), fact) == [VALUE, SIGN]
    assert _borne(list(ties([fact, other], {}, {(1, 1)})), fact) == [VALUE, SIGN]
    assert _borne(list(ties([fact, other], {}, {(1, 2)})), fact) == [VALUE, SIGN, PERIOD]


def test_two_tables_bear_out_a_scale_only_where_each_says_its_own_and_a_sentence_always_does() -> None:
    fact, other = _fact("Revenues", "5000000"), _fact("Revenues", "5000000", table=1, row=5)
    said = _fact("Revenues", "5000000", table=None, said=(PERIOD,))
    for scales, told in (({}, False), ({0: "a"}, False), ({1: "b"}, False), ({0: "a", 1: "b"}, True)):
        assert (SCALE in _borne(list(ties([fact, other], scales)), fact)) == told
        assert SCALE in _borne(list(ties([fact, said], scales)), fact)


def test_one_name_repeated_in_one_row_has_no_tie_of_two_names() -> None:
    facts = [_fact("NetIncomeLoss", "5000000"), _fact("NetIncomeLoss", "5000000", column=2)]
    assert list(ties(facts, {})) == []


def test_small_figures_of_two_names_are_coincidence() -> None:
    facts = [_fact("NetIncomeLoss", "999000"), _fact("ProfitLoss", "999000", table=1)]
    assert list(ties(facts, {})) == []
    facts = [_fact("NetIncomeLoss", "1000000"), _fact("ProfitLoss", "1000000", table=1)]
    assert len(list(ties(facts, {}))) == 2


@pytest.mark.parametrize(("other", "held"), [("5000000", True), ("5001000", False)])
def test_both_sides_of_a_balance_sheet_are_equal_to_the_last_digit(other: str, held: bool) -> None:
    facts = [_fact("Assets", "5000000", CLOSING), _fact("LiabilitiesAndStockholdersEquity", other, CLOSING, row=9)]
    found = [relation for relation in ties(facts, {}) if relation.topic == "balance"]
    assert [holds(relation) for relation in found] == [held]
    assert list(ties([facts[0], _fact("LiabilitiesAndStockholdersEquity", other, OPENING, row=9)], {})) == []


# --- marks


@pytest.mark.parametrize(
    ("unit", "decimals", "said", "borne"),
    [
        (PURE, 3, (), [SCALE, UNIT]),
        (USD, 2, (), []),
        (USD, 2, (UNIT,), [UNIT]),
    ],
)
def test_marks_bear_out_units_and_scales(
    unit: Unit, decimals: int, said: tuple[Aspect, ...], borne: list[Aspect]
) -> None:
    fact = _fact("Revenues", "5", unit=unit, decimals=decimals, said=said)
    found = {aspect for _, proof in marks([fact], ()) for aspect in proof.aspects}
    assert [aspect for aspect in Aspect if aspect in found] == borne


def test_a_sentence_bears_out_what_it_says() -> None:
    fact = _fact("Revenues", "5", table=None, said=(SCALE, PERIOD, UNIT))
    assert [proof.aspects for _, proof in marks([fact], ())] == [(SCALE, UNIT)]


SHARES_ROW, PER_SHARE_ROW = "Weighted average shares outstanding", "Net income per share"


@pytest.mark.parametrize(
    ("label", "unit", "decimals", "borne"),
    [
        (SHARES_ROW, SHARES, -3, [UNIT]),
        ("Outstanding", SHARES, -3, []),
        (PER_SHARE_ROW, per_share("USD"), 2, [SCALE, UNIT]),
        (PER_SHARE_ROW, per_share("USD"), 1, [UNIT]),
        (PER_SHARE_ROW, per_share("EUR"), 2, [SCALE]),
        ("Basic result", per_share("USD"), 2, [SCALE]),
        ("Net income", USD, -3, [UNIT]),
        ("Net income", money("EUR"), -3, []),
    ],
)
@pytest.mark.parametrize("marked", ["$ 5", ""])
def test_rows_and_marks_of_a_table_bear_out_what_they_say(
    label: str, unit: Unit, decimals: int, borne: list[Aspect], marked: str
) -> None:
    of = statement((label, "1.20"), ("Sales", marked or "5"), kind=Kind.OPERATIONS)
    of = of if marked else replace(of, scale_said="In thousands of U.S. dollars")
    fact = _fact("Revenues", "5", unit=unit, decimals=decimals)
    found = {aspect for _, proof in marks([fact], [of]) for aspect in proof.aspects}
    assert [aspect for aspect in Aspect if aspect in found] == borne


def test_two_currencies_among_the_figures_mark_none() -> None:
    of = statement(("Net income", "1"), ("Sales", "$ 5"), ("Costs", "\u20ac 4"), kind=Kind.OPERATIONS)
    said = replace(of, scale_said="In thousands of U.S. dollars")
    assert list(marks([_fact("Revenues", "5")], [of, said])) == []


def test_a_table_has_a_scale_of_its_own_where_its_caption_title_or_headings_say_it() -> None:
    of = replace(statement(("(In thousands)", ""), ("Sales", "5")), scale_said="(In thousands)")
    assert own_scale(of) == "(In thousands)"
    bare = replace(statement(("Sales", "5")), scale_said="(In thousands)")
    assert own_scale(bare) == ""
    assert own_scale(replace(bare, title="(In thousands)")) == "(In thousands)"
    captioned = replace(bare.table, caption=(Text("(In thousands)", (0,), (0,)),))
    assert own_scale(replace(bare, table=captioned)) == "(In thousands)"
    assert own_scale(replace(of, scale_said="")) == ""


def test_facts_of_one_table_share_what_bears_out_their_scale() -> None:
    facts = [
        _fact("Revenues", "5000"),
        _fact("CostOfRevenue", "3000", row=1),
        _fact("CostOfRevenue", "3000", row=1, table=1),
        _fact("SharesOutstanding", "3000", row=2, unit=SHARES),
        _fact("GrossProfit", "2000", row=3, scale=6),
        _fact("InterestExpense", "2000", row=3, table=None),
    ]
    tie = Proof(kind=ProofKind.TIE, equation="e", aspects=(SCALE,))
    assert [name for name, _ in spread_scales(facts, {facts[0].id: {"e": tie}})] == [facts[1].id]
    mark = Proof(kind=ProofKind.MARK, equation="e", aspects=(SCALE,))
    assert list(spread_scales(facts, {facts[0].id: {"e": mark}})) == []


# --- percentages


@pytest.mark.parametrize(
    ("printed", "places", "told"), [("20", 0, True), ("19", 0, False), ("2.0", 1, True), ("1.9", 1, False)]
)
def test_small_percentages_tell_nothing(printed: str, places: int, told: bool) -> None:
    assert telling(Term(Decimal(printed), Decimal(5).scaleb(-places - 1))) is told
    assert telling(Term(-Decimal(printed), Decimal(5).scaleb(-places - 1))) is told


@pytest.mark.parametrize(
    ("whole", "borne"),
    [("1000000", [VALUE, SIGN]), ("1010000", [SIGN])],  # a tenth of a percent is no more than a thousand
)
def test_a_percentage_bears_out_only_what_a_misread_digit_would_change(whole: str, borne: list[Aspect]) -> None:
    part, of = _fact("CostOfRevenue", "600000"), _fact("Revenues", whole, row=1, decimals=None)
    printed = Term(Decimal(round(part.value / of.value * 1000)) / 10, Decimal("0.05"))
    assert _borne([percentage(Operator.SHARE, part, of, printed)], part) == borne


# --- which way rows count


@pytest.mark.parametrize(
    ("local", "others"),
    [
        ("NetIncomeLossAttributableToNoncontrollingInterest", True),
        ("MinorityInterest", False),
        ("NetIncomeLoss", False),
        ("ProfitLoss", False),
        ("Revenues", False),
        ("StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest", False),
    ],
)
def test_the_part_of_others_is_told_from_the_whole(local: str, others: bool) -> None:
    assert is_of_others(local) is others


@pytest.mark.parametrize(
    ("local", "balance", "unit", "kind", "way"),
    [
        ("Revenues", "credit", "money", Kind.OPERATIONS, 1),
        ("CostOfRevenue", "debit", "money", Kind.OPERATIONS, -1),
        ("Liabilities", "credit", "money", Kind.BALANCE_SHEET, 1),
        ("Assets", "debit", "money", Kind.BALANCE_SHEET, -1),
        ("PaymentsOfDividends", "credit", "money", Kind.CASH_FLOW, -1),
        ("ProceedsFromDebt", "debit", "money", Kind.CASH_FLOW, 1),
        ("PaymentsOfDividends", "credit", "money", Kind.OPERATIONS, -1),  # a cash flow by its name
        ("NetIncomeLoss", "credit", "money", Kind.CASH_FLOW, 1),  # a result
        ("GainOnSale", "credit", "money", Kind.CASH_FLOW, -1),
        ("NetCashProvidedByUsedInOperatingActivities", None, "money", Kind.CASH_FLOW, 1),
        ("OtherThings", None, "money", Kind.OPERATIONS, 0),
        ("Rate", "debit", "percent", Kind.OPERATIONS, 0),
        ("EarningsPerShareBasic", None, "per-share", Kind.OPERATIONS, 1),
        ("SharesIssued", None, "shares", Kind.BALANCE_SHEET, 1),
    ],
)
def test_values_count_as_their_concepts_say(local: str, balance: str | None, unit: str, kind: Kind, way: int) -> None:
    assert direction(Nature(local, balance, unit, instant=False), kind) == way


def test_parts_of_a_result_count_as_the_total_they_leave_or_make() -> None:
    income, outside = (Nature(name, "credit", "money", False) for name in ("NetIncomeLoss", "ProfitLoss"))
    others = Nature("NetIncomeLossAttributableToNoncontrollingInterest", "debit", "money", False)
    general, limited = (
        Nature(f"NetIncomeLossAllocatedTo{who}Partners", "credit", "money", False) for who in ("General", "Limited")
    )
    found = Sum(total=3, parts=(1, 2), weights=(1, 1), columns=(1,))
    assert directed(found, {1: income, 2: others, 3: outside}) == {2: 1}
    assert directed(found, {1: outside, 2: others, 3: income}) == {}
    assert directed(found, {1: outside, 2: others, 3: outside}) == {}  # which is split up in neither
    assert directed(found, {1: income, 2: general, 3: limited}) == {2: -1}
    assert directed(found, {1: general, 2: limited, 3: income}) == {}
    assert directed(found, {1: income, 2: general}) == {}


ALLOWANCE = Nature("AllowanceForCredit", "credit", "money", instant=True)
CHARGED = Nature("ChargeOffs", "debit", "money", instant=False)
PAID = Nature("PaymentsWriteOff", "credit", "money", instant=False)
REVENUE = Nature("Revenues", "credit", "money", instant=False)
OPERATING = Nature("NetCashProvidedByUsedInOperatingActivities", None, "money", instant=False)
INVESTING = Nature("NetCashProvidedByUsedInInvestingActivities", None, "money", instant=False)


@pytest.mark.parametrize(
    ("rows", "rolls"),
    [
        ((ALLOWANCE, CHARGED), True),
        ((CHARGED,), False),
        ((ALLOWANCE,), False),
        ((ALLOWANCE, REVENUE), False),
        ((ALLOWANCE, PAID), False),  # a cash flow
        ((ALLOWANCE, Nature("ChargeOffBalance", "debit", "money", instant=True)), False),
    ],
)
def test_an_allowance_rolls_forward_by_what_was_charged(rows: Sequence[Nature], rolls: bool) -> None:
    assert rolled(rows) is rolls


@pytest.mark.parametrize(
    ("rows", "total", "kind", "told"),
    [
        ((REVENUE,), REVENUE, Kind.OPERATIONS, True),
        ((REVENUE,), None, Kind.OPERATIONS, True),
        ((REVENUE,), None, Kind.OTHER, False),
        ((REVENUE,), REVENUE, Kind.OTHER, True),
        ((REVENUE, ALLOWANCE), REVENUE, Kind.OTHER, False),  # a balance and a flow
        ((CHARGED, ALLOWANCE), ALLOWANCE, Kind.OTHER, True),
        ((OPERATING,), None, Kind.OTHER, True),
        ((OPERATING, INVESTING), OPERATING, Kind.CASH_FLOW, False),
        ((OPERATING, REVENUE), OPERATING, Kind.CASH_FLOW, True),
        ((OPERATING, INVESTING), REVENUE, Kind.CASH_FLOW, True),
    ],
)
def test_sums_outside_the_statements_tell_signs_only_of_a_named_total(
    rows: Sequence[Nature], total: Nature | None, kind: Kind, told: bool
) -> None:
    assert tells(rows, total, kind) is told


@pytest.mark.parametrize(
    ("total", "parts", "weights", "instant", "kind", "ways"),
    [
        (3, (0, 1, 2), (1, 1, 1), False, Kind.OPERATIONS, [(1, 1, 1)]),
        (3, (0, 1, 2), (1, -1, 1), False, Kind.OPERATIONS, [(1, -1, 1)]),
        (0, (1, 2, 3), (1, 1, 1), False, Kind.OPERATIONS, [(1, 1, 1), (-1, -1, 1)]),  # revenue, costs, what is left
        (3, (0, 1, 2), (1, -1, 1), True, Kind.OTHER, [(1, -1, 1), (1, 1, -1), (-1, 1, 1)]),
        (3, (0, 1, 2), (1, 1, 1), True, Kind.OTHER, [(1, 1, 1)]),
        (2, (0, 1), (1, -1), False, Kind.BALANCE_SHEET, [(1, -1), (-1, 1)]),
        (2, (0, 1), (1, 1), False, Kind.BALANCE_SHEET, [(1, 1)]),
        (0, (0, 1), (1, 1), False, Kind.OPERATIONS, [(1, 1)]),
    ],
)
def test_any_of_balances_or_the_last_below_a_total_may_be_the_whole(
    total: int, parts: tuple[int, ...], weights: tuple[int, ...], instant: bool, kind: Kind, ways: list[tuple[int, ...]]
) -> None:
    found = Sum(total=total, parts=parts, weights=weights, columns=(1,))
    assert list(rootings(found, [REVENUE._replace(instant=instant)], kind)) == ways


def test_an_equation_shows_signs_as_they_count_and_leaves_out_what_is_not_printed() -> None:
    of = statement(
        ("Revenue", "900", "800"),
        ("Costs", "(300)", "250"),
        ("Tax", "100", ""),
        ("Nothing", "-", "-"),
        ("Net", "500", "550"),
    )
    found = Sum(total=4, parts=(0, 1, 2, 3), weights=(1, 1, -1, -1), columns=(1, 2))
    assert equation(found, 1, of) == "500 = 900 - 300 - 100 + 0"
    assert equation(found, 2, of) == "550 = 800 + 250 + 0"
    turned = Sum(total=4, parts=(1, 0), weights=(-1, -1), columns=(1,))
    assert equation(turned, 1, of) == "500 = 300 - 900"
    assert equation(turned, 2, of) == "550 = -250 - 800"


# --- what cannot be


@pytest.mark.parametrize(
    ("basic", "diluted", "codes"),
    [
        (("EarningsPerShareBasic", "1.20"), ("EarningsPerShareDiluted", "1.18"), []),
        (("EarningsPerShareBasic", "1.20"), ("EarningsPerShareDiluted", "1.20"), []),
        (("EarningsPerShareBasic", "1.20"), ("EarningsPerShareDiluted", "1.21"), []),  # by rounding
        (("EarningsPerShareBasic", "1.20"), ("EarningsPerShareDiluted", "1.22"), [Code.EPS_DIFFERS]),
        (("EarningsPerShareBasic", "1.20"), ("EarningsPerShareDiluted", "0.40"), []),
        (("EarningsPerShareBasic", "1.20"), ("EarningsPerShareDiluted", "0.39"), [Code.EPS_DIFFERS]),
        (("EarningsPerShareBasic", "-1.20"), ("EarningsPerShareDiluted", "-1.22"), []),
        (("EarningsPerShareBasic", "1.20"), ("EarningsPerShareDiluted", "-0.20"), []),
    ],
)
def test_dilution_lowers_earnings_per_share_and_by_less_than_two_thirds(
    basic: tuple[str, str], diluted: tuple[str, str], codes: list[Code]
) -> None:
    pair = [_fact(name, value, unit=EPS, decimals=2) for name, value in (basic, diluted)]
    assert [finding.code for finding in checks(pair, (), ())] == codes
    apart = [pair[0], _fact(*diluted, unit=EPS, decimals=2, table=1)]
    assert [finding.code for finding in checks(apart, (), ())] == []


@pytest.mark.parametrize(
    ("diluted", "codes"),
    [("10001000", []), ("9999000", []), ("9998000", [Code.SHARES_OFF]), ("2000000", [Code.SHARES_OFF])],
)
def test_dilution_adds_shares(diluted: str, codes: list[Code]) -> None:
    pair = [
        _fact("WeightedAverageNumberOfSharesOutstandingBasic", "10000000", unit=SHARES),
        _fact("WeightedAverageNumberOfDilutedSharesOutstanding", diluted, unit=SHARES, row=1),
    ]
    assert [finding.code for finding in checks(pair, (), ())] == codes


@pytest.mark.parametrize(
    ("odd", "said"), [("100000", True), ("101000", False), ("999000000", False), ("1000000000", True)]
)
def test_a_count_a_hundred_times_another_is_said(odd: str, said: bool) -> None:
    name = "WeightedAverageNumberOfSharesOutstandingBasic"
    counts = [_fact(name, value, unit=SHARES, table=n) for n, value in enumerate(("10000000", "10000000", odd))]
    assert bool([f for f in checks(counts, (), ()) if f.code is Code.SHARES_OFF]) is said
    assert list(checks([counts[0], counts[2]], (), ())) == []


@pytest.mark.parametrize(
    ("fact", "codes"),
    [
        (_fact("InventoryNet", "-5000", CLOSING), [Code.NEGATIVE_VALUE]),
        (_fact("InventoryNet", "0", CLOSING), []),
        (_fact("InventoryNet", "-5000", CLOSING, members=SEGMENT), []),
        (_fact("NetIncomeLoss", "-5000"), []),
        (_fact("Rate", "10", unit=PURE), []),
        (_fact("Rate", "10.5", unit=PURE), [Code.PERCENT_AS_NUMBER]),
        (_fact("Rate", "-10.5", unit=PURE), [Code.PERCENT_AS_NUMBER]),
    ],
)
def test_what_no_company_has_is_said(fact: Fact, codes: list[Code]) -> None:
    assert [finding.code for finding in checks([fact], (), ())] == codes


@pytest.mark.parametrize(
    ("other", "place", "codes"),
    [
        ("5000000", {}, []),
        ("5001000", {}, [Code.BALANCE_DIFFERS]),
        ("5001000", {"table": 1}, []),
        ("5001000", {"column": 2}, []),
        ("5001000", {"statement": "highlights"}, []),
        ("5001000", {"members": SEGMENT}, []),
        ("5001000", {"period": OPENING}, []),
    ],
)
def test_a_balance_sheet_balances(other: str, place: dict[str, object], codes: list[Code]) -> None:
    assets = _fact("Assets", "5000000", CLOSING, statement="balance-sheet")
    given = {"period": CLOSING, "statement": "balance-sheet", "row": 9, **place}
    sides = [assets, _fact("LiabilitiesAndStockholdersEquity", other, **given)]  # type: ignore[arg-type]
    assert [finding.code for finding in checks(sides, (), (), broken=broken_balances(sides))] == codes


@pytest.mark.parametrize(("held", "failing", "said"), [(2, 1, 0), (3, 1, 1), (4, 2, 0), (5, 2, 2), (9, 0, 0)])
def test_a_flow_that_fails_is_said_where_most_others_hold(held: int, failing: int, said: int) -> None:
    flow = [
        Relation(
            kind=ProofKind.SUM,
            operator=Operator.SUM,
            whole=Term(Decimal(9 if n < held else 8), Decimal(0), _fact(CASHES, "9", CLOSING, row=n)),
            parts=(Term(Decimal(4), Decimal(0)), Term(Decimal(5), Decimal(0))),
            equation="e",
            topic=CASH,
        )
        for n in range(held + failing)
    ]
    assert [finding.code for finding in checks((), (), flow)] == [Code.CASH_DIFFERS] * said


# --- the taxonomy's own sums


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(2024)


def _profit(*facts: Fact) -> list[Fact]:
    return [_fact("GrossProfit", "4000", row=3), _fact("Revenues", "9000", row=1), *facts]


@pytest.mark.parametrize(
    ("cost", "proven", "held"),
    [
        (_fact("CostOfRevenue", "5000", row=2), (), [True]),
        (_fact("CostOfRevenue", "4000", row=2), (), [True]),  # half a thousand of each
        (_fact("CostOfRevenue", "3000", row=2), (), [False]),
        (_fact("CostOfRevenue", "-5000", row=2), (), [False]),
        (_fact("CostOfRevenue", "0", row=2), (), []),  # one part alone adds up nothing
        (_fact("InterestExpense", "5000", row=2), (), []),
        (_fact("CostOfRevenue", "5000", row=2, members=SEGMENT), (), []),
        (_fact("CostOfRevenue", "5000", row=2, table=1), (), []),
        (_fact("CostOfRevenue", "5000", row=2, column=2), (), []),
        (_fact("CostOfRevenue", "5000", row=2, unit=money("EUR")), (), []),
        (_fact("CostOfRevenue", "5000", row=2), ("GrossProfit", "Revenues"), [True]),
        (_fact("CostOfRevenue", "5000", row=2), ("GrossProfit", "Revenues", "CostOfRevenue"), []),  # nothing is asked
    ],
)
def test_calculations_of_the_taxonomy_are_asked_of_what_no_sum_proves(
    cost: Fact, proven: tuple[str, ...], held: list[bool], catalog: Catalog
) -> None:
    facts = _profit(cost)
    sure = {fact.id for fact in facts if fact.concept.partition(":")[2] in proven}
    found = [one for one in calculations(facts, catalog, sure) if one.whole.fact is facts[0]]
    assert [holds(relation) for relation in found] == held
    if held == [True] and cost.value == 5000:
        assert found[0].equation == "4,000 = 9,000 - 5,000"


def test_sentences_make_up_no_calculation(catalog: Catalog) -> None:
    facts = [replace(fact, table=None) for fact in _profit(_fact("CostOfRevenue", "5000", row=2))]
    assert list(calculations(facts, catalog, set())) == []


# --- counts of shares that are no facts


COUNTS = (("Shares used", "10,000", "10,000"),)


@pytest.mark.parametrize(
    ("rows", "eps", "found"),
    [
        (COUNTS, ("1.20", "0.90"), 2),
        ((("Shares used", "10,000,000", "10,000,000"),), ("1.20", "0.90"), 2),
        ((("Shares used", "10.0", "10.0"),), ("1.20", "0.90"), 2),
        ((("Shares used", "100", "100"),), ("1.20", "0.90"), 0),
        ((("Shares used", "10,000", "11,000"),), ("1.20", "0.90"), 0),  # not in every column
        ((("Shares used", "10,000", "-"),), ("1.20", "0.90"), 0),
        ((("Revenues", "10,000", "10,000"),), ("1.20", "0.90"), 0),
        (COUNTS, ("1.20", "1.20"), 0),
    ],
)
def test_one_row_of_counts_that_explains_every_column_proves_amounts_per_share(
    rows: Sequence[Sequence[str]], eps: tuple[str, str], found: int
) -> None:
    of = statement(*rows, kind=Kind.OPERATIONS)
    amounts = [
        _fact("EarningsPerShareBasic", value, period, unit=EPS, decimals=2, column=n, row=7)
        for n, (value, period) in enumerate(zip(eps, (FIRST, SECOND), strict=True), start=1)
    ]
    incomes = [_fact("NetIncomeLoss", "12000000", FIRST), _fact("NetIncomeLoss", "9000000", SECOND, column=2)]
    relations = list(share_rows([*amounts, *incomes], [of], set()))
    assert len(relations) == found
    assert all(holds(relation) for relation in relations)
    assert list(share_rows([*amounts, *incomes], [of], {fact.id for fact in amounts})) == []
    assert list(share_rows([*amounts, *(replace(i, members=SEGMENT) for i in incomes)], [of], set())) == []


def test_two_columns_of_one_amount_prove_it_no_more_than_one() -> None:
    of = statement(*COUNTS, kind=Kind.OPERATIONS)
    eps = [
        _fact("EarningsPerShareBasic", "1.20", period, unit=EPS, decimals=2, column=n, row=7)
        for n, period in enumerate((FIRST, SECOND), start=1)
    ]
    incomes = [_fact("NetIncomeLoss", "12000000", FIRST), _fact("NetIncomeLoss", "12000000", SECOND, column=2)]
    assert list(share_rows([*eps, *incomes], [of], set())) == []


def test_one_column_alone_proves_no_amount_per_share() -> None:
    of = statement(("Shares used", "10,000"), kind=Kind.OPERATIONS)
    eps = _fact("EarningsPerShareBasic", "1.20", unit=EPS, decimals=2, row=7)
    assert list(share_rows([eps, _fact("NetIncomeLoss", "12000000")], [of], set())) == []


# --- headings


MARCH = Duration(dt.date(2021, 1, 1), dt.date(2021, 3, 31))
SPRING = Calendar(year_end=(12, 31), today=dt.date(2021, 4, 28), current=MARCH)
JUNE = Duration(dt.date(2021, 4, 1), dt.date(2021, 6, 30))
SUMMER = Calendar(year_end=(12, 31), today=dt.date(2021, 7, 28), current=JUNE)


def _headed(kind: Kind, periods: Sequence[Period], *, why: str = "as printed", use: Use = Use.FIGURES) -> Statement:
    of = statement(("Row", *("5",) * len(periods)), kind=kind)
    columns = tuple(replace(c, period=p, why=why, use=use) for c, p in zip(of.columns, periods, strict=True))
    return replace(of, columns=columns)


def _dates(*days: str) -> list[Period]:
    return [_at(day) for day in days]


def _months(count: int, *ends: str) -> list[Period]:
    found: list[Period] = []
    for text in ends:
        end = dt.date.fromisoformat(text)
        first = end.replace(day=1)
        for _ in range(count - 1):
            first = (first - dt.timedelta(days=1)).replace(day=1)
        found.append(Duration(first, end))
    return found


@pytest.mark.parametrize(
    ("kind", "periods", "calendar", "borne"),
    [
        (Kind.BALANCE_SHEET, _dates("2021-03-31", "2020-12-31"), SPRING, True),
        (Kind.BALANCE_SHEET, _dates("2021-03-31", "2020-12-31", "2020-03-31"), SPRING, True),
        (Kind.BALANCE_SHEET, _dates("2021-03-31", "2020-09-30"), SPRING, False),
        (Kind.BALANCE_SHEET, _dates("2021-03-31"), SPRING, True),
        (Kind.BALANCE_SHEET, _dates("2021-04-08", "2020-12-31"), SPRING, True),  # within a week of weeks
        (Kind.BALANCE_SHEET, _dates("2021-04-09", "2020-12-31"), SPRING, False),
        (Kind.BALANCE_SHEET, _dates("2020-12-31"), SPRING, False),
        (Kind.BALANCE_SHEET, _dates("2021-03-31", "2021-03-31"), SPRING, False),
        (Kind.BALANCE_SHEET, _dates("2021-03-31", "2020-12-31", "2020-09-30", "2020-06-30"), SPRING, True),
        (Kind.OPERATIONS, _months(3, "2021-03-31", "2020-03-31"), SPRING, True),
        (Kind.OPERATIONS, _months(3, "2021-03-31", "2020-12-31"), SPRING, True),
        (Kind.OPERATIONS, _months(3, "2021-03-31", "2020-12-31", "2020-03-31"), SPRING, True),
        (Kind.OPERATIONS, _months(3, "2021-03-31", "2019-03-31"), SPRING, False),
        (Kind.OPERATIONS, _months(6, "2021-03-31", "2020-03-31"), SPRING, False),
        (Kind.OPERATIONS, _months(2, "2021-03-31", "2020-03-31"), SPRING, False),
        (Kind.OPERATIONS, _months(6, "2021-06-30", "2020-06-30"), SUMMER, False),  # alone, half a year is not usual
        (Kind.CASH_FLOW, _months(6, "2021-06-30", "2020-06-30"), SUMMER, True),
        (Kind.CASH_FLOW, _months(3, "2021-06-30", "2020-06-30"), SUMMER, False),
        (
            Kind.OPERATIONS,
            [*_months(3, "2021-06-30", "2020-06-30"), *_months(6, "2021-06-30", "2020-06-30")],
            SUMMER,
            True,
        ),
        (
            Kind.CASH_FLOW,
            [*_months(3, "2021-06-30", "2020-06-30"), *_months(6, "2021-06-30", "2020-06-30")],
            SUMMER,
            True,
        ),
        (Kind.OPERATIONS, _months(3, "2021-03-31"), replace(SPRING, today=dt.date(2021, 8, 8)), True),  # 130 days
        (Kind.OPERATIONS, _months(3, "2021-03-31"), replace(SPRING, today=dt.date(2021, 8, 9)), False),
        (Kind.OPERATIONS, _months(3, "2021-03-31"), replace(SPRING, today=dt.date(2021, 3, 31)), False),
        (Kind.OPERATIONS, _months(3, "2021-03-31"), replace(SPRING, today=dt.date(2021, 4, 1)), True),
        (Kind.OPERATIONS, _months(3, "2021-03-31"), replace(SPRING, today=None), False),
        (Kind.OPERATIONS, _months(3, "2021-03-31"), replace(SPRING, current=None), False),
    ],
)
def test_headings_bear_out_the_reported_period_and_its_usual_comparisons(
    kind: Kind, periods: list[Period], calendar: Calendar, borne: bool
) -> None:
    facts = [_fact("Revenues", "5", period, column=n) for n, period in enumerate(periods, start=1)]
    found = list(headings(facts, [_headed(kind, periods)], calendar))
    assert [name for name, _ in found] == ([fact.id for fact in facts] if borne else [])


@pytest.mark.parametrize(("start", "borne"), [("2021-01-01", True), ("2021-01-03", False)])
def test_no_heading_bears_out_when_a_period_of_weeks_began(start: str, borne: bool) -> None:
    periods: list[Period] = [_days(start, "2021-03-31")]
    day = Instant(dt.date.fromisoformat(start) - dt.timedelta(days=1))
    facts = [_fact("Revenues", "5", periods[0]), _fact(CASHES, "9", day, row=3)]
    found = list(headings(facts, [_headed(Kind.CASH_FLOW, periods)], SPRING))
    assert [name for name, _ in found] == [fact.id for fact in facts[: 1 + borne]]


@pytest.mark.parametrize(("why", "use"), [("the caption's date", Use.FIGURES), ("as printed", Use.CHANGE)])
def test_only_headings_as_printed_bear_out_a_period(why: str, use: Use) -> None:
    periods = _months(3, "2021-03-31", "2020-03-31")
    facts = [_fact("Revenues", "5", period, column=n) for n, period in enumerate(periods, start=1)]
    assert list(headings(facts, [_headed(Kind.OPERATIONS, periods, why=why, use=use)], SPRING)) == []


def test_what_bears_out_one_fact_of_a_column_bears_out_the_period_of_the_others() -> None:
    facts = [
        _fact("Revenues", "5000"),
        _fact("CostOfRevenue", "3000", row=1),
        _fact("CostOfRevenue", "3000", SECOND, row=1, column=2),
        _fact("CostOfRevenue", "3000", row=1, table=1),
        _fact("InterestExpense", "2000", row=3, table=None),
    ]
    tie = Proof(kind=ProofKind.TIE, equation="e", aspects=(PERIOD,))
    assert [name for name, _ in spread_periods(facts, {facts[0].id: {"e": tie}})] == [facts[1].id]
    for other in (replace(tie, kind=ProofKind.HEADING), replace(tie, aspects=(VALUE,))):
        assert list(spread_periods(facts, {facts[0].id: {"e": other}})) == []


# --- columns of changes and shares


def _changes(*rows: tuple[str, str, str], use: Use = Use.CHANGE, periods: Sequence[Period] = ()) -> int:
    """Return how many relations a table with two periods and a column of percentages gives."""
    of = statement(*(("Row", *cells) for cells in rows), kind=Kind.OPERATIONS)
    old, new = periods or (_days("2020-01-01", "2020-03-31"), _days("2021-01-01", "2021-03-31"))
    columns = (
        replace(of.columns[0], period=new),
        replace(of.columns[1], period=old),
        replace(of.columns[2], use=use),
    )
    facts = [
        _fact(
            f"Concept{line.index}",
            str(f.printed),
            columns[f.column - 1].period or new,
            row=line.index,
            column=f.column,
            decimals=0,
        )
        for line in of.lines
        for f in line.figures
        if f.column < 3
    ]
    return len(list(percentages(facts, [replace(of, columns=columns)])))


GREW = (("110,000", "100,000", "10.0%"), ("240,000", "200,000", "20.0%"), ("390,000", "300,000", "30.0%"))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (GREW, 3),
        (GREW[:2], 0),  # two rows are chance
        ((*GREW, ("500,000", "400,000", "99.0%")), 4),  # three of four
        ((*GREW, ("500,000", "400,000", "99.0%"), ("700,000", "600,000", "99.0%")), 0),
        ((*GREW[:2], ("390,000", "300,000", "31.0%")), 0),
        ((*GREW[:2], ("390,000", "300,000", "-")), 0),
        ((("110,000", "100,000", "-10.0%"), *GREW[1:]), 0),
    ],
)
def test_three_rows_and_three_of_four_have_to_agree(rows: Sequence[tuple[str, str, str]], found: int) -> None:
    assert _changes(*rows) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (_days("2020-01-01", "2020-03-31"), _days("2021-01-01", "2021-03-31"), 3),
        (_days("2021-01-01", "2021-03-31"), _days("2020-01-01", "2020-03-31"), 0),  # the later is first
        (_days("2020-01-01", "2020-06-30"), _days("2021-01-01", "2021-03-31"), 0),
        (_days("2020-01-01", "2020-04-19"), _days("2021-01-01", "2021-03-31"), 3),  # twenty days longer
        (_days("2020-01-01", "2020-04-20"), _days("2021-01-01", "2021-03-31"), 0),
        (_at("2020-03-31"), _at("2021-03-31"), 3),
        (_at("2021-03-31"), _at("2020-03-31"), 0),
        (_at("2021-03-31"), _at("2021-03-31"), 0),  # two columns of one date
        (_days("2021-01-01", "2021-03-31"), _days("2021-01-01", "2021-03-31"), 0),
        (_at("2020-03-31"), _days("2021-01-01", "2021-03-31"), 0),
    ],
)
def test_changes_lie_between_periods_of_one_length(old: Period, new: Period, found: int) -> None:
    assert _changes(*GREW, periods=(old, new)) == found


@pytest.mark.parametrize(
    ("part", "whole", "printed", "held"),
    [
        ("-150", "-100", "50.0", True),  # the change of a loss has either sign
        ("-150", "-100", "-50.0", True),
        ("0", "-100", "100.0", True),
        ("0", "-100", "-100.0", False),  # and one to nothing has not
        ("150", "100", "-50.0", False),
        ("100.05", "100", "0.0", True),  # as far as rounding goes
        ("100.06", "100", "0.0", False),
    ],
)
def test_a_change_is_held_against_what_is_printed(part: str, whole: str, printed: str, held: bool) -> None:
    told = Term(Decimal(printed), Decimal("0.05"))
    parts = (Term(Decimal(part), Decimal(0)), Term(Decimal(whole), Decimal(0)))
    of = Relation(
        kind=ProofKind.PERCENTAGE, operator=Operator.CHANGE, whole=told, parts=parts, equation="", topic="change"
    )
    assert holds(of) is held


def test_rows_without_both_figures_are_no_change() -> None:
    assert _changes(*GREW, ("500,000", "", "25.0%")) == 3
    assert _changes(*GREW, ("", "400,000", "25.0%")) == 3


def test_shares_are_of_a_row_that_says_it_is_the_whole() -> None:
    rows = (("60,000", "1", "60.0%"), ("25,000", "1", "25.0%"), ("15,000", "1", "15.0%"))
    assert _changes(*rows, ("100,000", "1", "100.0%"), use=Use.PERCENT) > 0
    assert _changes(*rows, ("100,000", "1", "99.0%"), use=Use.PERCENT) == 0


def test_columns_that_are_no_percentages_prove_nothing() -> None:
    assert _changes(*GREW, use=Use.PERCENT) == 3
    assert _changes(*GREW, use=Use.ADJUSTED) == 0


FELL = (("$ 180", "162", "18"), ("1,508", "1,600", "(92)"), ("390", "300", "90"))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (FELL, 3),
        (FELL[:2], 0),
        ((*FELL[:2], ("390", "300", "92")), 0),
        ((*FELL[:2], ("390", "300", "91")), 3),  # by one: rounded before
        ((*FELL, ("500", "400", "10")), 4),
        ((("180", "162", "(18)"), *FELL[1:]), 3),  # an increase of a cost is printed as unfavourable
    ],
)
def test_a_column_may_print_the_amounts_of_changes(rows: Sequence[tuple[str, str, str]], found: int) -> None:
    assert _changes(*rows) == found


def _printed_change(new: str, old: str, printed: str, *, unit: Unit = USD, scale: int = 0) -> list[Code]:
    """Return what is said of a row of two figures and their printed change, in a column of which three rows agree."""
    rows = [("Sales", new, old, printed), *(("Row", *cells) for cells in FELL)]
    of = statement(*rows, kind=Kind.OPERATIONS)
    then, now = _days("2020-01-01", "2020-03-31"), _days("2021-01-01", "2021-03-31")
    columns = tuple(
        replace(column, period=period, use=use)
        for column, period, use in zip(
            of.columns, (now, then, None), (Use.FIGURES, Use.FIGURES, Use.CHANGE), strict=True
        )
    )
    facts = [
        _fact(
            "Revenues",
            str(f.printed.scaleb(scale)),
            columns[f.column - 1].period or now,
            row=0,
            column=f.column,
            decimals=-scale,
            scale=scale,
            unit=unit,
        )
        for f in of.lines[0].figures[:2]
    ]
    told = tuple(percentages(facts, [replace(of, columns=columns)]))
    return [finding.code for finding in checks(facts, [], [], told)]


@pytest.mark.parametrize(
    ("new", "old", "printed", "said"),
    [
        ("500", "400", "100", False),
        ("500", "400", "101", False),
        ("500", "400", "102", False),  # each of the three may be off by half, and the change was rounded itself
        ("500", "400", "103", True),
        ("500", "400", "97", True),
        ("500", "400", "(100)", False),
        ("(500)", "400", "100", False),  # the change of a loss is said in many ways
    ],
)
def test_a_change_that_is_not_that_of_its_figures_is_said(new: str, old: str, printed: str, said: bool) -> None:
    assert _printed_change(new, old, printed) == [Code.CHANGE_DIFFERS] * said
    assert _printed_change(new, old, printed, scale=3) == [Code.CHANGE_DIFFERS] * said
    assert Code.CHANGE_DIFFERS not in _printed_change(new, old, printed, unit=PURE)  # rates change by basis points


# --- what holds in every statement


def _cash_flows(*values: str, names: Sequence[str] = ("Operating", "Investing", "Financing")) -> list[Fact]:
    flows = [f"NetCashProvidedByUsedIn{name}Activities" for name in names]
    return [
        _fact(name, value, row=n, statement="cash-flow")
        for n, (name, value) in enumerate(zip([*flows, CHANGE], values, strict=True))
    ]


@pytest.mark.parametrize(("change", "broken"), [("400", 0), ("401", 0), ("2000", 0), ("3000", 1), ("-400", 0)])
def test_three_kinds_of_cash_flow_give_the_change_in_cash(change: str, broken: int) -> None:
    facts = _cash_flows("1000", "-500", "-100", change)
    assert len(list(broken_identities(facts, set()))) == broken
    assert list(broken_identities(facts, {facts[-1].id})) == []  # a sum gives it: there is a row of another name
    assert list(broken_identities(facts[1:], set())) == []


def test_what_may_come_to_an_identity_is_tried_with_either_sign() -> None:
    effect = "EffectOfExchangeRateOnCashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
    flows = _cash_flows("100000", "-50000", "-10000", "60000")
    moved = replace(flows[3], row=4)
    rates = _fact(effect, "20000", row=3, statement="cash-flow")
    assert list(broken_identities([*flows[:3], rates, moved], set())) == []
    assert list(broken_identities([*flows[:3], replace(rates, value=Decimal(-20000)), moved], set())) == []
    assert len(list(broken_identities([*flows[:3], replace(rates, value=Decimal(5000)), moved], set()))) == 1
    other = _fact("OtherCash", "5000", row=3, statement="cash-flow")
    assert list(broken_identities([*flows[:3], other, moved], set())) == []  # something else stands between


def test_an_identity_is_asked_of_one_column_of_a_statement_and_below_its_terms() -> None:
    facts = _cash_flows("100000", "-50000", "-10000", "90000")
    assert len(list(broken_identities(facts, set()))) == 1
    assert list(broken_identities([replace(facts[0], column=2), *facts[1:]], set())) == []
    assert list(broken_identities([replace(fact, statement="highlights") for fact in facts], set())) == []
    assert list(broken_identities([*facts[:3], replace(facts[3], row=1)], set())) == []
    assert list(broken_identities([*facts[:3], replace(facts[3], members=SEGMENT)], set())) == []


# --- balances among flows


@pytest.mark.parametrize(
    ("parts", "whole", "out"),
    [
        ([("Licenses", FIRST), ("Services", FIRST), ("Equipment", CLOSING)], None, ["Equipment"]),
        ([("Licenses", FIRST), ("Equipment", CLOSING)], ("Revenues", FIRST), ["Equipment"]),
        ([("Licenses", FIRST), ("Equipment", CLOSING)], None, []),  # one of each
        ([("Licenses", FIRST), ("Services", FIRST), ("Cash", OPENING)], None, []),  # what flows are added to
        ([("Licenses", FIRST), ("Services", FIRST), ("Cash", CLOSING)], ("Total", CLOSING), []),
        (
            [("own:Licenses", FIRST), ("own:Services", FIRST), ("Equipment", CLOSING)],
            None,
            [],
        ),  # may be balances themselves
    ],
)
def test_a_balance_among_flows_is_none(
    parts: list[tuple[str, Period]], whole: tuple[str, Period] | None, out: list[str]
) -> None:
    facts = [
        replace(fact, concept=name) if ":" in name else fact
        for row, (name, period) in enumerate(parts)
        for fact in [_fact(name, "20", period, row=row)]
    ]
    total = _fact(whole[0], str(20 * len(parts)), whole[1], row=9) if whole else None
    terms = tuple(Term(fact.value, Decimal(1), fact) for fact in facts)
    found = Relation(ProofKind.SUM, Operator.SUM, Term(Decimal(20 * len(parts)), Decimal(1), total), terms, "")
    assert [fact.label for fact, _ in among_flows([found])] == out
    assert list(among_flows([replace(found, whole=Term(Decimal(1), Decimal(1), total))])) == []  # no sum holds


# --- rows printed as another kind


def _rows(*rows: tuple[str, Sequence[str], Unit]) -> list[Fact]:
    return [
        replace(
            fact := _fact(name, value, row=n, column=column, unit=unit, scale=3 if unit == USD else 0),
            printed=replace(fact.printed, number=Decimal(value)),
        )
        for n, (name, values, unit) in enumerate(rows)
        for column, value in enumerate(values, start=1)
    ]


@pytest.mark.parametrize(
    ("values", "out"),
    [
        (("0.02", "0.04"), 2),
        (("0.02", "4"), 0),
        (("0.2", "0.4"), 0),
        (("12", "14"), 0),
    ],
)
def test_cents_among_whole_thousands_are_no_money(values: Sequence[str], out: int) -> None:
    facts = _rows(("Cost", values, USD), ("Revenues", ("1200", "1300"), USD), ("GrossProfit", ("900", "950"), USD))
    assert len(list(of_other_kinds(facts, []))) == out
    assert list(of_other_kinds(facts[:4], [])) == []  # one row of two has no cents: nothing tells
    assert list(of_other_kinds([replace(f, table=None) for f in facts], [])) == []


@pytest.mark.parametrize(
    ("values", "out"), [(("14729", "13605"), 2), (("999", "1000"), 0), (("1000", "1001"), 2), (("14729.00", "1"), 0)]
)
def test_thousands_per_share_are_no_amounts_per_share(values: Sequence[str], out: int) -> None:
    facts = _rows(("EarningsPerShareBasic", values, EPS))
    assert len(list(of_other_kinds(facts, []))) == out
    income = _fact("NetIncomeLoss", str(1000 * facts[0].value))
    shares = _fact("Shares", "1000", unit=SHARES, decimals=0)
    assert len(list(of_other_kinds(facts, [between(facts[0], income, shares)]))) == 0


# --- signs that the others contradict


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        (("900", "300", "100", "500"), []),
        (("900", "300", "-100", "500"), [2]),
        (("900", "-300", "-100", "500"), []),  # as many as agree: nothing tells
        (("-900", "300", "100", "500"), [0]),
    ],
)
def test_a_value_that_counts_against_most_others_of_its_sum_is_odd(values: Sequence[str], odd: list[int]) -> None:
    of = statement(
        ("Revenues", "900"),
        ("Costs", "300"),
        ("Taxes", "100"),
        ("Net income", "500"),
        totals=(3,),
        kind=Kind.OPERATIONS,
    )
    (found,) = of.sums
    names = ("Revenues", "CostOfRevenue", "IncomeTaxExpenseBenefit", "NetIncomeLoss")
    balances = {f"us-gaap:{name}": "credit" if n in (0, 3) else "debit" for n, name in enumerate(names)}
    facts = [
        _fact(name, value, row=n, decimals=0, scale=0)
        for n, (name, value) in enumerate(zip(names, values, strict=True))
    ]
    made = list(sums(facts, [replace(of, sums=(replace(found, columns=(1,)),))], balances))
    assert [facts.index(one.fact) for one in made if isinstance(one, Odd)] == odd
    assert all(one.fact not in one.others for one in made if isinstance(one, Odd))


@pytest.mark.parametrize(
    ("values", "out"),
    [(("0.00000076", "2.44"), 1), (("0.00244", "-0.00031"), 2), (("0.0024", "-0.0003"), 0), (("0.01244", "0"), 0)],
)
def test_millionths_per_share_are_no_amounts_per_share(values: Sequence[str], out: int) -> None:
    facts = [replace(fact, statement="operations") for fact in _rows(("EarningsPerShareBasic", values, EPS))]
    assert [fact.value for fact, _ in of_other_kinds(facts, [])] == [fact.value for fact in facts[:out]]
    assert list(of_other_kinds([replace(fact, statement="balance-sheet") for fact in facts], [])) == []  # a par value
    income, shares = (
        _fact("NetIncomeLoss", str(1000 * facts[0].value)),
        _fact("Shares", "1000", unit=SHARES, decimals=0),
    )
    borne = between(facts[0], income, shares)
    assert len(list(of_other_kinds(facts, [borne]))) == max(0, out - 1)


# --- what is recognised badly


@pytest.mark.parametrize(
    ("signs", "others", "figures", "badly"),
    [(4, 0, 20, False), (5, 0, 20, True), (5, 0, 250, True), (5, 0, 251, False), (4, 9, 20, False), (6, 0, 300, True)],
)
def test_a_document_is_recognised_badly_by_figures_known_to_be_misread(
    signs: int, others: int, figures: int, badly: bool
) -> None:
    codes = [Code.NOT_A_NUMBER, Code.UNREAD_FIGURE, Code.DOES_NOT_ADD_UP, *[Code.NOT_A_NUMBER] * 9][:signs]
    findings = [Finding.warning(code, "x", Span(0, 1)) for code in [*codes, *[Code.REPAIRED] * others]]
    table = statement(*((f"Row {number}", str(number)) for number in range(1, figures + 1)))
    assert badly_recognised(findings, [table]) is badly


@pytest.mark.parametrize(
    ("repair", "badly"),
    [("letter-for-digit", True), ("digit-misread", True), ("blank-in-number", False), ("missing-parenthesis", False)],
)
def test_digits_that_were_mended_tell_of_the_others(repair: str, badly: bool) -> None:
    table = statement(*((f"Row {number}", str(number)) for number in range(1, 7)))
    lines = [
        replace(line, figures=tuple(replace(f, numeral=replace(f.numeral, repairs=(repair,))) for f in line.figures))
        for line in table.lines
    ]
    assert badly_recognised((), [replace(table, lines=tuple(lines))]) is badly


def test_what_may_be_misread_and_nothing_bears_out_is_not_tagged() -> None:
    facts = [
        _fact("Assets", "5000000", CLOSING),
        _fact("Goodwill", "7000", CLOSING, row=1),
        _fact("Cash", "90", table=None),
    ]
    assert without_misread(facts, (), set(), badly=False) == (tuple(facts), ())
    left, findings = without_misread(facts, (), {facts[0].id}, badly=True)
    assert [fact.concept for fact in left] == ["us-gaap:Assets", "us-gaap:Cash"]
    assert [(finding.code, finding.span) for finding in findings] == [(Code.NOT_A_NUMBER, facts[1].printed.span)]


def test_of_a_relation_that_fails_what_another_bears_out_stays() -> None:
    facts = [
        _fact("Assets", "5000000", CLOSING, statement="balance-sheet"),
        _fact("LiabilitiesAndStockholdersEquity", "6000000", CLOSING, row=9, statement="balance-sheet"),
        _fact("Goodwill", "7000", CLOSING, row=1),
    ]
    broken = list(broken_balances(facts))
    left, findings = without_misread(facts, broken, set(), badly=False)
    assert left == (facts[2],)
    assert [finding.code for finding in findings] == [Code.DOES_NOT_ADD_UP]
    assert without_misread(facts, broken, {facts[0].id}, badly=False)[0] == (facts[0], facts[2])
    assert without_misread(facts, broken, {facts[0].id, facts[1].id}, badly=False) == (tuple(facts), ())
