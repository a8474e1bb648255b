"""How rows become facts, at the edges of each decision: signs, scales, periods, decimals, names of totals, forecasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace

from statement_cases import statement, valued
from tagger.catalog import Catalog
from tagger.facts import Fact, Printed
from tagger.findings import Code, Finding, Severity
from tagger.naming.choice import Choice
from tagger.naming.ends import begins
from tagger.naming.labels import total_label
from tagger.naming.own import own_name
from tagger.naming.retold import as_stated
from tagger.statement import Kind, Line, Statement, Use
from tagger.tagged import StatementOutline
from tagger.tagging.figures import Setting, line_facts, numbered
from tagger.tagging.future import within_report
from tagger.tagging.making import decimals_of, reads_as, unit_of
from tagger.tagging.members import Dimensions
from tagger.tagging.outline import outline
from tagger.tagging.places import placed
from tagger.tagging.refusals import Refusal
from tagger.tagging.signs import says_loss, sign_factors
from tagger.tagging.units import line_scale, share_scale
from tagger.taxonomies import load_catalog
from tagger.values import PURE, SHARES, Duration, Entity, Instant, Measure, Period, Span, money, per_share

ENTITY = Entity("http://www.sec.gov/CIK", "0000000001")


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


YEAR = Duration(_day("2021-01-01"), _day("2021-12-31"))
END = Instant(_day("2021-12-31"))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(2024)


def _choice(
    line: Line,
    concept: str = "Widgets",
    *,
    period_type: str = "duration",
    balance: str | None = None,
    unit: Measure = Measure.MONEY,
    sign: str = "",
    own: bool = False,
) -> Choice:
    return Choice(
        line=line,
        concept=f"us-gaap:{concept}",
        period_type=period_type,
        balance=balance,
        unit=unit,
        rule="r",
        sign=sign,
        own=own,
    )


# --- signs


@pytest.mark.parametrize(
    ("label", "headings", "loss"),
    [
        ("Net loss", (), True),
        ("Net income (loss)", (), False),
        ("Net income", (), False),
        ("Net losses", (), True),
        ("Accumulated deficit", (), True),
        ("Total liabilities and stockholders' deficit", (), False),
        ("Basic", ("Net loss per share",), True),
        ("Basic", ("Net income per share", "Loss per share"), True),  # the nearest heading
        ("Basic", ("Loss per share", "Net income per share"), False),
        ("Net income", ("Loss per share",), False),
    ],
)
def test_words_speak_of_a_loss(label: str, headings: tuple[str, ...], loss: bool) -> None:
    assert says_loss(label, headings) is loss


@pytest.mark.parametrize(
    ("kind", "label", "figures", "concept", "given", "factor"),
    [
        # a rule says it
        (Kind.OPERATIONS, "Costs", ("5", "6"), "Costs", {"sign": "turned"}, -1),
        (Kind.OPERATIONS, "Costs", ("(5)", "(6)"), "Costs", {"sign": "printed", "balance": "debit"}, 1),
        # counts and percentages are printed as they are
        (Kind.OPERATIONS, "Shares lost", ("(5)", "(6)"), "Widgets", {"unit": Measure.SHARES, "balance": "debit"}, 1),
        (Kind.OPERATIONS, "Rate of loss", ("(5)", "(6)"), "Widgets", {"unit": Measure.PERCENT, "balance": "debit"}, 1),
        # what cannot be negative
        (Kind.OPERATIONS, "Revenues", ("(5)", "(6)"), "Revenues", {"balance": "credit"}, -1),
        (Kind.OPERATIONS, "Interest expense", ("(5)", "(6)"), "InterestExpense", {"balance": "debit"}, -1),
        (Kind.OPERATIONS, "Interest expense", ("(5)", "6"), "InterestExpense", {"balance": "debit"}, 1),
        # results by their words
        (Kind.OPERATIONS, "Net loss", ("5", "6"), "NetIncomeLoss", {"balance": "credit"}, -1),
        (Kind.OPERATIONS, "Net loss", ("(5)", "(6)"), "NetIncomeLoss", {"balance": "credit"}, 1),
        (Kind.OPERATIONS, "Net loss", ("5", "(6)"), "NetIncomeLoss", {"balance": "credit"}, 1),
        (Kind.OPERATIONS, "Net income (loss)", ("5", "6"), "NetIncomeLoss", {"balance": "credit"}, 1),
        # the side of a concept with two that the label says
        *(
            (Kind.OPERATIONS, label, figures, concept, {"balance": balance}, factor)
            for concept, balance, label, figures, factor in (
                ("IncomeTaxExpenseBenefit", "debit", "Income tax (expense) benefit", ("(5)", "(6)"), -1),
                ("IncomeTaxExpenseBenefit", "debit", "Benefit (provision) for income taxes", ("5", "(6)"), -1),
                ("IncomeTaxExpenseBenefit", "debit", "Provision (benefit) for income taxes", ("(5)", "(6)"), 1),
                ("IncomeTaxExpenseBenefit", "debit", "Income tax benefit", ("5", "6"), -1),
                ("IncomeTaxExpenseBenefit", "debit", "Income tax benefit", ("(5)", "(6)"), 1),
                ("IncomeTaxExpenseBenefit", "debit", "Income tax benefit", ("5", "(6)"), 1),
                ("IncomeTaxExpenseBenefit", "debit", "Income taxes", ("(5)", "(6)"), -1),
                ("OtherNonoperatingIncomeExpense", "credit", "Other expense, net", ("5", "6"), -1),
                ("OtherNonoperatingIncomeExpense", "credit", "Other (income) expense", ("(5)", "6"), -1),
                ("OtherNonoperatingIncomeExpense", "credit", "Other income (expense)", ("(5)", "6"), 1),
                ("GainLossOnSaleOfProperty", "credit", "Loss (gain) on sale of property", ("(5)", "(6)"), -1),
                ("ProvisionForLoanAndLeaseLosses", "debit", "(Recovery of) provision for losses", ("(5)", "(6)"), 1),
                ("ProvisionForLoanAndLeaseLosses", "debit", "(Provision) recovery", ("(5)", "(6)"), -1),
                (
                    "IncomeLossAttributableToNoncontrollingInterest",
                    "debit",
                    "Loss (income) of noncontrolling interests",
                    ("5", "6"),
                    -1,
                ),
            )
        ),
        (
            Kind.HIGHLIGHTS,
            "Net cash used in operations",
            ("5", "6"),
            "NetCashProvidedByUsedInOperatingActivities",
            {},
            -1,
        ),
        (
            Kind.CASH_FLOW,
            "Net cash used in (provided by) investing",
            ("5", "(6)"),
            "NetCashProvidedByUsedInInvestingActivities",
            {},
            -1,
        ),
        (Kind.CASH_FLOW, "Gain (loss) on sale", ("(5)", "(6)"), "GainLossOnSaleOfProperty", {"balance": "credit"}, -1),
        # by place
        (Kind.OPERATIONS, "Impairments", ("(5)", "(6)"), "Widgets", {"balance": "debit"}, -1),
        (Kind.OPERATIONS, "Impairments", ("(5)", "6"), "Widgets", {"balance": "debit"}, 1),
        (Kind.OPERATIONS, "Provision (benefit)", ("(5)", "(6)"), "Widgets", {"balance": "debit"}, 1),
        (Kind.OPERATIONS, "Provision / benefit", ("(5)", "(6)"), "Widgets", {"balance": "debit"}, 1),
        (Kind.OPERATIONS, "(Recovery of) impairments", ("(5)", "(6)"), "Widgets", {"balance": "debit"}, 1),
        # a remark in brackets is no other side of the row
        (Kind.OPERATIONS, "Provision for income taxes (Note 5)", ("(5)", "(6)"), "Widgets", {"balance": "debit"}, -1),
        (
            Kind.OPERATIONS,
            "Costs of sales (excluding depreciation)",
            ("(5)", "(6)"),
            "Widgets",
            {"balance": "debit"},
            -1,
        ),
        (Kind.OPERATIONS, "Salaries/wages", ("(5)", "(6)"), "Widgets", {"balance": "debit"}, -1),
        (Kind.OPERATIONS, "Other losses", ("5", "6"), "Widgets", {"balance": "credit"}, -1),
        (Kind.OPERATIONS, "Other gains", ("5", "6"), "Widgets", {"balance": "credit"}, 1),
        (Kind.OPERATIONS, "Other losses", ("5", "6"), "Widgets", {"balance": None}, 1),
        # cash flows
        (Kind.CASH_FLOW, "Dividends paid", ("(5)", "(6)"), "PaymentsOfDividends", {"balance": "credit"}, -1),
        (Kind.CASH_FLOW, "Borrowings", ("5", "6"), "ProceedsFromDebt", {"balance": "debit"}, 1),
        (Kind.CASH_FLOW, "Payments for rails", ("5", "6"), "PaymentsForRails", {"balance": "credit", "own": True}, 1),
        (
            Kind.CASH_FLOW,
            "Payments for rails",
            ("5", "(6)"),
            "PaymentsForRails",
            {"balance": "credit", "own": True},
            -1,
        ),
        (Kind.CASH_FLOW, "Rails it paid for", ("5", "6"), "RailsPaidFor", {"balance": "credit", "own": True}, -1),
        (Kind.CASH_FLOW, "Cash at end", ("(5)", "(6)"), "Cash", {"balance": "debit", "period_type": "instant"}, 1),
        (
            Kind.CASH_FLOW,
            "Net cash used in investing",
            ("5", "6"),
            "NetCashProvidedByUsedInInvestingActivities",
            {},
            -1,
        ),
        (
            Kind.CASH_FLOW,
            "Net cash used in investing",
            ("(5)", "(6)"),
            "NetCashProvidedByUsedInInvestingActivities",
            {},
            1,
        ),
        (
            Kind.CASH_FLOW,
            "Net cash provided by (used in) investing",
            ("5", "6"),
            "NetCashProvidedByUsedInInvestingActivities",
            {},
            1,
        ),
        # outside a statement of cash flows a minus is no deduction either
        (
            Kind.HIGHLIGHTS,
            "Investing activities",
            ("(5)", "(6)"),
            "NetCashProvidedByUsedInInvestingActivities",
            {"balance": "debit"},
            1,
        ),
        (
            Kind.HIGHLIGHTS,
            "Change in cash",
            ("(5)", "(6)"),
            "CashAndCashEquivalentsPeriodIncreaseDecrease",
            {"balance": "debit"},
            1,
        ),
        # the balance sheet
        (
            Kind.BALANCE_SHEET,
            "Accumulated depreciation",
            ("(5)", "(6)"),
            "Widgets",
            {"balance": "credit", "period_type": "instant"},
            -1,
        ),
        (Kind.BALANCE_SHEET, "Overdraft", ("(5)", "(6)"), "Widgets", {"balance": "debit", "period_type": "instant"}, 1),
        (
            Kind.BALANCE_SHEET,
            "Accumulated depreciation",
            ("(5)", "6"),
            "Widgets",
            {"balance": "credit", "period_type": "instant"},
            1,
        ),
        (Kind.BALANCE_SHEET, "Allowance", ("5", "6"), "Widgets", {"balance": "credit", "period_type": "instant"}, 1),
    ],
)
def test_a_row_in_no_sum_has_the_sign_of_its_words_and_its_place(
    kind: Kind, label: str, figures: Sequence[str], concept: str, given: dict[str, object], factor: int
) -> None:
    of = statement((label, *figures), kind=kind)
    choice = _choice(of.lines[0], concept, **given)  # type: ignore[arg-type]
    assert sign_factors([choice], of)[0][0] == factor


@pytest.mark.parametrize(("row", "factor"), [("Treasury stock", -1), ("Land", 1)])
def test_a_debit_below_total_assets_is_deducted(row: str, factor: int) -> None:
    rows = [("Land", "(5)", "(6)"), ("Total assets", "900", "800"), ("Treasury stock", "(5)", "(6)")]
    of = statement(*rows)
    line = next(line for line in of.lines if line.label == row)
    choice = _choice(line, balance="debit", period_type="instant")
    assert sign_factors([choice], of)[line.index][0] == factor


@pytest.mark.parametrize(
    ("heading", "balance", "factor"),
    [
        ("Stockholders' equity", "debit", -1),
        ("Stockholders' equity", "credit", 1),
        ("Long-term liabilities", "debit", -1),
        ("Current assets", "debit", 1),
        ("Current assets", "credit", -1),
    ],
)
def test_a_heading_says_the_side_of_a_balance_sheet_without_totals(heading: str, balance: str, factor: int) -> None:
    of = statement(("Treasury stock", "(5)", "(6)"))
    line = replace(of.lines[0], headings=(heading,))
    choice = _choice(line, balance=balance, period_type="instant")
    assert sign_factors([choice], replace(of, lines=(line,)))[line.index][0] == factor


@pytest.mark.parametrize(("row", "factor"), [("Interest paid", 1), ("Dividends paid", -1)])
def test_what_stands_below_the_end_of_cash_is_printed_as_it_is(row: str, factor: int) -> None:
    rows = [("Dividends paid", "5", "6"), ("Cash at end of year", "900", "800"), ("Interest paid", "5", "6")]
    of = statement(*rows, kind=Kind.CASH_FLOW)
    line = next(line for line in of.lines if line.label == row)
    assert sign_factors([_choice(line, balance="credit")], of)[line.index][0] == factor


# --- figures


@pytest.mark.parametrize(
    ("text", "number", "read"),
    [
        ("1,234", "1234", True),
        ("1 234", "1234", True),
        ("1,234", "1235", False),
        ("l,234", "1234", False),
        ("—", "0", True),
        (".5", "0.5", True),
    ],
)
def test_a_text_reads_as_its_number(text: str, number: str, read: bool) -> None:
    assert reads_as(text, Decimal(number)) is read


@pytest.mark.parametrize(
    ("unit", "places", "scale", "decimals"),
    [
        ("money", 0, 3, -3),
        ("money", 1, 6, -5),
        ("per-share", 2, 0, 2),
        ("shares", 0, 0, None),
        ("shares", 0, 3, -3),
        ("shares", 1, 0, 1),
        ("money", 0, 0, 0),
    ],
)
def test_figures_are_good_for_the_digits_they_print(unit: str, places: int, scale: int, decimals: int | None) -> None:
    assert decimals_of(unit, places, scale) == decimals


def test_units_follow_what_is_measured() -> None:
    assert unit_of("money", "EUR") == money("EUR")
    assert unit_of("per-share", "EUR") == per_share("EUR")
    assert unit_of("shares", "EUR") == SHARES
    assert unit_of("percent", "EUR") == PURE


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Cash at beginning of year", True),
        ("Cash at end of year", False),
        ("Beginning and end of year", False),
        ("Cash", False),
    ],
)
def test_a_label_says_that_its_figures_stand_at_the_beginning(label: str, said: bool) -> None:
    assert begins(statement((label, "5")).lines[0]) is said


def _made(of: Statement, choice: Choice, catalog: Catalog, *, ocr: bool = False) -> list[Fact | Finding | Refusal]:
    setting = Setting(statement=of, entity=ENTITY, dimensions=Dimensions(catalog, "own"), ocr=ocr)
    return list(line_facts(choice, (1, "as printed"), setting))


def _timed(of: Statement, *periods: Period | None, use: Use = Use.FIGURES) -> Statement:
    columns = tuple(replace(c, period=p, use=use) for c, p in zip(of.columns, periods, strict=True))
    return replace(of, columns=columns)


@pytest.mark.parametrize(
    ("label", "kind", "period", "period_type", "found"),
    [
        ("Rent", Kind.OPERATIONS, YEAR, "duration", YEAR),
        ("Rent", Kind.OPERATIONS, END, "duration", None),
        ("Rent", Kind.OPERATIONS, None, "duration", None),
        ("Cash", Kind.BALANCE_SHEET, END, "instant", END),
        ("Cash", Kind.CASH_FLOW, YEAR, "instant", END),
        ("Cash", Kind.BALANCE_SHEET, None, "instant", None),
        ("Cash at beginning of year", Kind.CASH_FLOW, YEAR, "instant", Instant(_day("2020-12-31"))),
        ("Cash at end of year", Kind.CASH_FLOW, YEAR, "instant", END),
        ("Cash at beginning of year", Kind.BALANCE_SHEET, YEAR, "instant", END),
    ],
)
def test_a_fact_has_the_period_its_concept_wants(
    label: str, kind: Kind, period: Period | None, period_type: str, found: Period | None, catalog: Catalog
) -> None:
    of = _timed(statement((label, "5"), kind=kind), period)
    (made,) = _made(of, _choice(of.lines[0], period_type=period_type), catalog)
    if found is None:
        assert isinstance(made, Refusal)
        assert made.code is Code.NO_PERIOD
    else:
        assert isinstance(made, Fact)
        assert made.period == found


@pytest.mark.parametrize("use", [Use.CHANGE, Use.PERCENT, Use.FORECAST, Use.ADJUSTED, Use.UNKNOWN])
def test_only_columns_of_figures_give_facts(use: Use, catalog: Catalog) -> None:
    of = _timed(statement(("Rent", "5")), YEAR, use=use)
    assert _made(of, _choice(of.lines[0]), catalog) == []
    percent = _timed(statement(("Rent", "5%")), YEAR)
    assert _made(percent, _choice(percent.lines[0]), catalog) == []


def test_without_a_scale_there_is_no_money(catalog: Catalog) -> None:
    of = replace(_timed(statement(("Rent", "5")), YEAR), scale=None)
    (made,) = _made(of, _choice(of.lines[0]), catalog)
    assert isinstance(made, Refusal)
    assert made.code is Code.NO_SCALE
    (eps,) = _made(of, _choice(of.lines[0], unit=Measure.PER_SHARE), catalog)
    assert isinstance(eps, Fact)


@pytest.mark.parametrize(
    ("figures", "ocr", "unit", "lost"),
    [
        (("6.88", "650"), True, Measure.PER_SHARE, 1),
        (("6.88", "650"), False, Measure.PER_SHARE, 0),
        (("688", "650"), True, Measure.PER_SHARE, 0),
        (("6.8", "650"), True, Measure.PER_SHARE, 0),
        (("6.88", "-"), True, Measure.PER_SHARE, 0),
        (("6.88", "650"), True, Measure.MONEY, 0),
    ],
)
def test_an_amount_per_share_that_lost_its_point_is_no_fact(
    figures: Sequence[str], ocr: bool, unit: Measure, lost: int, catalog: Catalog
) -> None:
    of = _timed(statement(("Basic", *figures)), YEAR, YEAR)
    made = _made(of, _choice(of.lines[0], unit=unit), catalog, ocr=ocr)
    assert [item.code for item in made if isinstance(item, Finding)] == [Code.NOT_A_NUMBER] * lost
    assert len(made) == 2


# --- scales


@pytest.mark.parametrize(
    ("label", "measure", "scale"),
    [
        ("Rent", Measure.MONEY, 3),
        ("Rent", Measure.PER_SHARE, 0),
        ("Rent", Measure.PERCENT, -2),
        ("Rent", Measure.PURE, 0),
        ("Shares", Measure.SHARES, 6),
        ("Shares used (in thousands)", Measure.SHARES, 3),
        ("Rent (in millions)", Measure.MONEY, 6),
    ],
)
def test_what_a_row_says_of_its_scale_goes_before_its_table(label: str, measure: Measure, scale: int) -> None:
    of = statement((label, "5"))
    assert line_scale(of.lines[0], measure, of, 6) == scale


@pytest.mark.parametrize(
    ("scale", "told", "counts", "expected"),
    [
        (3, 6, ("5", "6"), 6),  # the caption
        (3, None, ("10,000,000", "9"), 0),
        (3, None, ("9,999,999", "9"), 3),
        (3, None, ("10,000,000.5", "9"), 3),
        (None, None, ("10,000,000", "9"), 0),
        (6, None, ("100,000,000", "9"), 0),
        (6, None, ("99,999,999", "9"), 3),
        (6, None, ("100,000", "9"), 3),
        (6, None, ("99,999", "9"), 6),
    ],
)
def test_counts_to_the_last_share_are_known_by_their_size(
    scale: int | None, told: int | None, counts: Sequence[str], expected: int
) -> None:
    of = replace(statement(("Shares", *counts)), scale=scale, share_scale=told)
    assert share_scale(of, {0: Measure.SHARES}) == expected


# --- totals without a name


@pytest.mark.parametrize(
    ("rows", "headings", "label"),
    [
        (
            (("Cash", "100", "200"), ("Debt", "300", "400"), ("", "400", "600")),
            ("Current assets",),
            "Total Current assets",
        ),
        (
            (("Cash", "100", "200"), ("Debt", "300", "400"), ("Total", "400", "600")),
            ("Current assets",),
            "Total Current assets",
        ),
        (
            (("Cash", "100", "200"), ("Debt", "300", "400"), ("Subtotal", "400", "600")),
            ("Current assets",),
            "Total Current assets",
        ),
        ((("Cash", "100", "200"), ("Debt", "300", "400"), ("Funds", "400", "600")), ("Current assets",), "Funds"),
        ((("Cash", "100", "200"), ("Debt", "300", "400"), ("", "400", "600")), (), ""),
        (
            (("Cash", "100", "200"), ("Debt", "300", "400"), ("", "999", "888")),
            ("Current assets",),
            "",
        ),  # it sums nothing
        ((("Land", "900", "800"), ("Accumulated depreciation", "(300)", "(200)"), ("", "600", "600")), (), "Land, net"),
        ((("Land", "900", "800"), ("Other things", "(300)", "(200)"), ("", "600", "600")), (), ""),
        (
            (("Total revenues", "900", "800"), ("Total costs", "(300)", "(200)"), ("", "600", "600")),
            (),
            "Total revenues less Total costs",
        ),
        ((("Total revenues", "900", "800"), ("Total costs", "300", "200"), ("", "1,200", "1,000")), (), ""),
        (
            (("Total assets", "900", "800"), ("Debt", "300", "400"), ("", "900", "800")),
            (),
            "Total liabilities and stockholders' equity",
        ),
        ((("Total assets", "900", "800"), ("Debt", "300", "400"), ("", "900", "801")), (), ""),
    ],
)
def test_a_total_without_a_name_is_called_after_what_it_sums(
    rows: Sequence[Sequence[str]], headings: tuple[str, ...], label: str
) -> None:
    of = statement(*rows, totals=(2,))
    of = replace(of, lines=tuple(replace(line, headings=headings) for line in of.lines))
    assert total_label(of.lines[2], of) == label


def test_a_total_is_not_called_as_another_row_is() -> None:
    rows = (("Cash", "100", "200"), ("Debt", "300", "400"), ("", "400", "600"), ("Total current assets", "7", "8"))
    of = statement(*rows, totals=(2,))
    of = replace(of, lines=tuple(replace(line, headings=("Current assets",)) for line in of.lines))
    assert total_label(of.lines[2], of) == ""


# --- outlines and names


def _outlined(of: Statement, concepts: Sequence[str], factors: Sequence[int] = (1, 1, 1)) -> StatementOutline:
    choices = [_choice(line, concept) for line, concept in zip(of.lines, concepts, strict=True)]
    return outline(of, choices, {n: (factor, "") for n, factor in enumerate(factors)})


PARTS = (("Product", "100", "200"), ("Service", "300", "400"), ("Total revenues", "400", "600"))


@pytest.mark.parametrize(
    ("rows", "concepts", "sums"),
    [
        (PARTS, ("A", "B", "C"), 1),
        (PARTS, ("A", "A", "C"), 0),  # two rows of one concept add up to nothing of the taxonomy
        (PARTS, ("A", "C", "C"), 0),
        ((*PARTS[:2], ("Total revenues", "400", "601")), ("A", "B", "C"), 1),  # by rounding
        ((*PARTS[:2], ("Total revenues", "400", "700")), ("A", "B", "C"), 0),  # fails in a column
    ],
)
def test_sums_of_an_outline_hold_and_have_a_concept_a_line(
    rows: Sequence[Sequence[str]], concepts: Sequence[str], sums: int
) -> None:
    assert len(_outlined(statement(*rows, totals=(2,)), concepts).sums) == sums


def test_an_outline_shows_headings_once_totals_and_turned_signs() -> None:
    of = statement(*PARTS, totals=(2,))
    headed = replace(of, lines=tuple(replace(line, headings=("Revenues",)) for line in of.lines))
    lines = _outlined(headed, ("A", "B", "C"), (1, -1, 1)).lines
    assert [(line.label, line.concept, line.depth, line.total, line.negated) for line in lines] == [
        ("Revenues", None, 0, False, False),
        ("Product", "us-gaap:A", 1, False, False),
        ("Service", "us-gaap:B", 1, False, True),
        ("Total revenues", "us-gaap:C", 1, True, False),
    ]


@pytest.mark.parametrize(
    ("label", "heading", "name"),
    [
        ("Other", "Fee income:", "OtherFeeIncome"),
        ("Other fees", "Fee income:", "OtherFees"),
        ("EBITDA of the NASA", "", "EbitdaOfNASA"),
        ("NASA fees", "", "NASAFees"),
        ("123 things", "", "Item123Things"),
        ("", "", "Item"),
    ],
)
def test_own_concepts_are_named_after_their_rows(label: str, heading: str, name: str) -> None:
    assert own_name(label, heading) == name


# --- after the period, places, order


def _fact(value: str, period: Period, *, at: int = 0, statement: str = "operations", concept: str = "A") -> Fact:
    return Fact(
        id="",
        concept=f"us-gaap:{concept}",
        entity=ENTITY,
        period=period,
        unit=money("USD"),
        value=Decimal(value),
        decimals=0,
        printed=Printed(text=value, span=Span(at, at + 1), number=Decimal(value)),
        rule="r",
        label="Row",
        statement=statement,
        table=0,
    )


@pytest.mark.parametrize(
    ("period", "statement", "kept"),
    [
        (YEAR, "operations", True),
        (Duration(_day("2021-01-01"), _day("2022-01-07")), "operations", True),  # a week of weeks
        (Duration(_day("2021-01-01"), _day("2022-01-08")), "operations", False),
        (Instant(_day("2022-01-08")), "balance-sheet", False),
        (Instant(_day("2022-04-30")), "prose", True),  # "as of today, we have repaid"
        (Instant(_day("2022-05-01")), "prose", False),
        (Duration(_day("2021-01-01"), _day("2022-01-08")), "prose", False),
    ],
)
def test_what_ends_after_the_reported_period_is_no_result(period: Period, statement: str, kept: bool) -> None:
    others = [_fact("1", YEAR, at=10 + n) for n in range(2)]
    facts, findings = within_report([_fact("5", period, statement=statement), *others], END.date)
    assert len(facts) == 2 + kept
    assert [finding.code for finding in findings] == ([] if kept else [Code.AFTER_PERIOD])


@pytest.mark.parametrize(("late", "kept"), [(1, 1), (2, 3), (3, 4)])
def test_where_most_facts_end_later_it_is_the_period_that_was_misread(late: int, kept: int) -> None:
    later = Duration(_day("2022-01-01"), _day("2022-12-31"))
    facts = [_fact("1", YEAR), *(_fact("5", later, at=10 + n) for n in range(late))]
    assert len(within_report(facts, END.date)[0]) == kept
    assert within_report(facts, None) == (tuple(facts), ())


def test_findings_name_the_row_and_column_they_stand_in() -> None:
    of = replace(statement(("Rent", "5"), ("", "7")), title="Costs")
    where = [
        Finding(code=Code.NO_PERIOD, severity=Severity.ERROR, message="m", span=span)
        for span in (
            of.lines[0].figures[0].span,
            of.lines[0].text.place,
            of.lines[1].figures[0].span,
            Span(900, 901),
            None,
        )
    ]
    found = [(finding.table, finding.row, finding.column) for finding in placed(where, [of])]
    assert found == [
        ("Costs", "Rent", "2001"),
        ("Costs", "Rent", ""),
        ("Costs", "(no label)", "2001"),
        ("", "", ""),
        ("", "", ""),
    ]
    untitled = placed(where[:1], [replace(of, title="")])
    assert untitled[0].table == "balance-sheet"
    assert placed(untitled, [of]) == untitled  # what is placed stays


def test_facts_are_numbered_as_they_stand() -> None:
    facts = [_fact("1", YEAR, at=20), _fact("2", YEAR, at=10, concept="B"), _fact("3", YEAR, at=10)]
    assert [(fact.id, str(fact.value)) for fact in numbered(facts)] == [("f1", "3"), ("f2", "2"), ("f3", "1")]


@pytest.mark.parametrize(
    ("interest", "taxes", "values"),
    [
        ("(195)", "(327)", (195, 327)),
        ("195", "327", (195, 327)),
        ("195", "(3)", (195, -3)),  # a refund
        ("(195)", None, (-195, None)),  # one row alone may be one
    ],
)
def test_what_was_paid_is_positive_where_all_below_cash_flows_is_printed_with_a_minus(
    interest: str, taxes: str | None, values: tuple[int, int | None]
) -> None:
    rows = [
        ("Net cash provided by operating activities", 500),
        ("Cash at end of year", 900),
        ("Interest payments", interest),
    ]
    found = valued("Statements of Cash Flows", "Year Ended June 30, 2024", [*rows, ("Income tax payments", taxes)])
    assert (found["Interest payments"], found.get("Income tax payments")) == values


@pytest.mark.parametrize(
    ("kinds", "rows", "names"),
    [
        ((Kind.OPERATIONS, Kind.HIGHLIGHTS), (2, 2), ("One", "One")),
        ((Kind.HIGHLIGHTS, Kind.OPERATIONS), (2, 2), ("Other", "Other")),
        ((Kind.OPERATIONS, Kind.OPERATIONS), (2, 1), ("One", "One")),
        ((Kind.OPERATIONS, Kind.OPERATIONS), (1, 2), ("Other", "Other")),
        ((Kind.OPERATIONS, Kind.OPERATIONS), (2, 2), ("One", "Other")),  # neither says more than the other
        ((Kind.OPERATIONS, Kind.CASH_FLOW), (2, 1), ("One", "Other")),  # each has its own names
    ],
)
def test_a_row_takes_the_name_of_the_same_row_of_a_fuller_table(
    kinds: tuple[Kind, Kind], rows: tuple[int, int], names: tuple[str, str]
) -> None:
    chosen = []
    for kind, count, name in zip(kinds, rows, ("One", "Other"), strict=True):
        of = statement(("Barges", "5", "6"), ("Tugs", "7", "8"), kind=kind)
        columns = tuple(replace(c, period=Instant(_day(f"202{c.index}-06-30"))) for c in of.columns)
        choices = [_choice(of.lines[0], name), *(_choice(line, "Tugs") for line in of.lines[1:count])]
        chosen.append((replace(of, columns=columns), choices))
    assert tuple(choices[0].local for choices in as_stated(chosen)) == names
