"""Tagging: concept, unit, scale, sign and decimals of each figure; the filer's own concepts; who reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import tagger
from statement_cases import BALANCE_SHEET, OPERATIONS, RELEASE, row, statement, table
from tagger.explaining import explain
from tagger.facts import Fact, Printed
from tagger.findings import Code, Finding, Severity
from tagger.naming.own import own_balance, own_name
from tagger.reading import read
from tagger.statement import Column, Kind, Statement, Sum, Use
from tagger.tagging.entity import parse_entity, read_filer
from tagger.tagging.future import within_report
from tagger.tagging.making import decimals_of, reads_as
from tagger.tagging.merge import consistent, merge
from tagger.tagging.places import placed
from tagger.tagging.signs import says_loss
from tagger.values import CIK_SCHEME, Duration, Entity, Instant, Span, money

RESULTS = (
    ("Revenue", "$ 4,102", "$ 3,540"),
    ("Cost of goods sold", "5,418", "5,027"),
    ("Gross loss", "(1,316)", "(1,487)"),
    ("Research and development", "3,204", "2,811"),
    ("Selling, general and administrative", "3,990", "4,287"),
    ("Total operating expenses", "7,194", "7,098"),
    ("Loss from operations", "(8,510)", "(8,585)"),
    ("Interest expense", "(4)", "(6)"),
    ("Loss before income taxes", "(8,514)", "(8,591)"),
    ("Provision for income taxes", "1", "-"),
    ("Net loss", "$ (8,515)", "$ (8,591)"),
    ("Net loss per share - basic and diluted", "$ (0.12)", "$ (0.13)"),
    ("Weighted average shares", "70,958", "66,085"),
)


def _values(report: tagger.Report) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for fact in report.facts:
        found.setdefault(fact.concept.partition(":")[2], []).append(fact.value)
    return found


@pytest.fixture(scope="module")
def results() -> tagger.Report:
    return tagger.tag(table(OPERATIONS, *RESULTS))


def test_losses_are_negative_and_costs_positive_however_they_are_printed(results: tagger.Report) -> None:
    values = _values(results)
    assert values["GrossProfit"] == [-1316000, -1487000]
    assert values["OperatingIncomeLoss"] == [-8510000, -8585000]
    assert values["NetIncomeLoss"] == [-8515000, -8591000]
    assert values["ResearchAndDevelopmentExpense"] == [3204000, 2811000]
    assert values["InterestExpense"] == [4000, 6000]
    assert values["IncomeTaxExpenseBenefit"] == [1000, 0]


def test_amounts_per_share_and_share_counts_have_their_own_scale_and_unit(results: tagger.Report) -> None:
    eps = [fact for fact in results.facts if fact.concept == "us-gaap:EarningsPerShareBasic"]
    assert [(fact.value, fact.decimals, str(fact.unit)) for fact in eps] == [
        (Decimal("-0.12"), 2, "iso4217:USD/xbrli:shares"),
        (Decimal("-0.13"), 2, "iso4217:USD/xbrli:shares"),
    ]
    shares = [fact for fact in results.facts if "WeightedAverage" in fact.concept]
    assert [(fact.value, fact.decimals, str(fact.unit)) for fact in shares] == [
        (Decimal(70958000), -3, "xbrli:shares"),
        (Decimal(66085000), -3, "xbrli:shares"),
    ]


def test_a_figure_that_is_two_things_is_tagged_as_both(results: tagger.Report) -> None:
    values = _values(results)
    assert values["EarningsPerShareBasic"] == values["EarningsPerShareDiluted"] == [Decimal("-0.12"), Decimal("-0.13")]


def test_shares_printed_to_the_last_one_are_exact() -> None:
    rows = [*RESULTS[:-1], ("Weighted average shares", "70,958,333", "66,085,120")]
    shares = [fact for fact in tagger.tag(table(OPERATIONS, *rows)).facts if "WeightedAverage" in fact.concept]
    assert [(fact.value, fact.decimals) for fact in shares] == [(Decimal(70958333), None), (Decimal(66085120), None)]


def test_words_of_loss_without_a_minus_mean_a_minus() -> None:
    rows = [
        tuple(cell.replace("(", "").replace(")", "") if cell[0] in "($" else cell for cell in cells)
        for cells in RESULTS
    ]
    values = _values(tagger.tag(table(OPERATIONS, *rows)))
    assert values["NetIncomeLoss"] == [-8515000, -8591000]


@given(st.booleans(), st.sampled_from(["Net loss", "Net income (loss)", "Net (loss) income"]))
def test_a_sign_is_never_turned_twice(parenthesised: bool, label: str) -> None:
    """Whether a loss is said by the word, the parentheses or both, the value is negative once."""
    if not parenthesised and label != "Net loss":
        return
    printed = ("$ (8,515)", "$ (8,591)") if parenthesised else ("$ 8,515", "$ 8,591")
    values = _values(tagger.tag(table(OPERATIONS, ("Revenue", "$ 4,102", "$ 3,540"), (label, *printed))))
    assert values["NetIncomeLoss"] == [-8515000, -8591000]


def test_every_fact_is_its_text_with_its_scale_and_sign(results: tagger.Report) -> None:
    for fact in results.facts:
        printed = fact.printed
        value = printed.number.scaleb(printed.scale)
        assert fact.value == (-value if printed.sign else value)
        assert results.document.text[printed.span.start : printed.span.end] == printed.text


def test_every_fact_says_why(results: tagger.Report) -> None:
    for fact in results.facts:
        assert [step.split(" ")[0].rstrip(":") for step in fact.why][1:] == ["period", "scale", "sign"]
        assert fact.rule


def test_a_row_without_a_concept_becomes_one_of_the_filers_own() -> None:
    rows = (
        ("Cash", "$ 812", "$ 790"),
        ("Deposits with Martian suppliers", "300", "280"),
        ("Total current assets", "1,112", "1,070"),
    )
    text = table(BALANCE_SHEET, ("Current assets:",), *rows)
    own = [fact for fact in tagger.tag(text).facts if fact.concept.startswith("hpne:")]
    assert [(fact.concept, fact.value) for fact in own] == [
        ("hpne:DepositsWithMartianSuppliers", Decimal(300000)),
        ("hpne:DepositsWithMartianSuppliers", Decimal(280000)),
    ]
    assert not [fact for fact in tagger.tag(text, own_concepts=False).facts if fact.concept.startswith("hpne:")]
    assert tagger.tag(text, prefix="harbor").facts[2].concept == "harbor:DepositsWithMartianSuppliers"


_OWN_ROWS = """<p><b>CONSOLIDATED STATEMENTS OF CASH FLOWS</b></p><p>(In thousands)</p><table>
<tr><td></td><td>Year Ended December 31, 2023</td></tr>
<tr><td>Net cash provided by operating activities</td><td>9,000</td></tr>
<tr><td>Financing activities:</td></tr>
<tr><td>Repayments of mooring loans and harbor borrowings</td><td>(700)</td></tr>
<tr><td>Mooring loan payments received from captains</td><td>120</td></tr>
<tr><td>(Gain) loss on exchange of lighthouses</td><td>(30)</td></tr>
<tr><td>Dividends paid</td><td>(200)</td></tr>
<tr><td>Net cash used in financing activities</td><td>(810)</td></tr></table>
<p><b>CONSOLIDATED STATEMENTS OF OPERATIONS</b></p><p>(In thousands)</p><table>
<tr><td></td><td>Year Ended December 31, 2023</td></tr>
<tr><td>Total revenues</td><td>5,000</td></tr>
<tr><td>Lighthouse storm charges</td><td>(2,900)</td></tr>
<tr><td>Selling, general and administrative expenses</td><td>(1,200)</td></tr>
<tr><td>Operating income</td><td>900</td></tr></table>"""


def test_a_concept_of_the_filers_own_is_positive_for_what_it_is_named_after() -> None:
    facts = tagger.tag(f"<html><body><p>Harbor Inc.</p>{_OWN_ROWS}</body></html>").facts
    assert {fact.concept: int(fact.value) // 1000 for fact in facts if fact.rule == "own-concept"} == {
        "own:RepaymentsOfMooringLoansAndHarborBorrowings": 700,
        "own:MooringLoanPaymentsReceivedFromCaptains": 120,
        "own:GainLossOnExchangeOfLighthouses": 30,
        "own:LighthouseStormCharges": 2900,
    }


@pytest.mark.parametrize(
    ("label", "kind", "balance"),
    [
        ("Purchases of loans held for sale", Kind.CASH_FLOW, "credit"),
        ("Proceeds from purchases undone", Kind.CASH_FLOW, None),
        ("Gain on a lighthouse", Kind.CASH_FLOW, "credit"),
        ("Loss on a lighthouse", Kind.CASH_FLOW, None),
        ("(Increase) decrease in buoys", Kind.CASH_FLOW, "credit"),
        ("(Decrease) increase in buoys owed", Kind.CASH_FLOW, None),
        ("(Payments on) borrowings under buoy notes", Kind.CASH_FLOW, "credit"),
        ("Buoys and the many small investments", Kind.CASH_FLOW, None),
        ("Payments on loans, and interest received", Kind.CASH_FLOW, None),
        ("Buoy expenses", Kind.OPERATIONS, "debit"),
        ("Income before buoy expenses", Kind.OPERATIONS, None),
        ("Buoys", Kind.OPERATIONS, None),
        ("Payments due", Kind.BALANCE_SHEET, None),
    ],
)
def test_what_a_label_says_first_gives_a_concept_of_the_filers_own_its_balance(
    label: str, kind: Kind, balance: str | None
) -> None:
    assert own_balance(label, kind) == balance


@pytest.mark.parametrize(
    ("label", "heading", "name"),
    [
        ("Long-term portion of notes payable", "", "LongTermPortionOfNotesPayable"),
        ("Other", "Non-interest income", "OtherNonInterestIncome"),
        ("Common stock, $.001 par value; 80,000,000 shares authorized", "", "CommonStock"),
        ("2007 notes", "", "Item2007Notes"),
        ("Cargo handling - Notes 3 and 12", "", "CargoHandling"),
        ("PROPERTY & EQUIPMENT, net", "", "PropertyEquipmentNet"),
    ],
)
def test_own_concepts_are_named_as_filers_name_them(label: str, heading: str, name: str) -> None:
    assert own_name(label, heading) == name


@pytest.mark.parametrize(
    "label", ["Adjusted net income", "Non-GAAP gross profit", "Pro forma net income", "Adjusted EBITDA"]
)
def test_figures_outside_us_gaap_take_no_concept_of_it(label: str) -> None:
    report = tagger.tag(table(OPERATIONS, *RESULTS[:3], (label, "1,684", "1,513")))
    assert not [fact for fact in report.facts if fact.label == label]


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("Net income excluding restructuring", False),
        ("Net income, exclusive of the gain", False),
        ("Revenues (excluding acquisitions)", False),
        ("Gross profit without the write-down", False),
        ("Net income (IFRS)", False),
        ("Net income (statutory)", False),
        ("Revenues (per day)", False),
        ("Revenues (growth)", False),
        ("Total assets (of subsidiaries)", False),
        ("Depreciation (rail)", False),
        ("Research and development (Elm plant)", False),
        ("Total revenue (net of pass-through)", False),
        ("Revenues, net of reimbursed fuel", False),
        ("Revenues (net of returns)", True),
        ("Research and development (R&D)", True),
        ("Income tax expense (Notes A and B)", True),
        ("Depreciation (in thousands)", True),
        ("Revenues (excluding excise taxes)", True),
        ("Cost of revenues (excluding depreciation)", True),
        ("Net income", True),
    ],
)
def test_a_result_that_leaves_something_out_or_is_another_measure_is_none(label: str, named: bool) -> None:
    facts = tagger.tag(table(OPERATIONS, ("Commissions", "$ 900", "$ 800"), (label, "415", "391"))).facts
    found = {fact.concept for fact in facts if fact.value in (415000, 391000)}
    assert {concept.startswith("us-gaap:") for concept in found} == {named}
    assert named or found.isdisjoint(
        {"hpne:NetIncome", "hpne:Revenues"}
    )  # nor is a concept of the filer's own called so


BELOW_INCOME = (
    ("Revenues", "$ 900", "$ 800"),
    ("Expenses", "700", "650"),
    ("Income before income taxes", "200", "150"),
    ("Income taxes", "50", "40"),
    ("Net income", "$ 150", "$ 110"),
)


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("Total assets", False),
        ("Average portfolio", False),
        ("Operating earnings", False),  # another measure: net income does not follow from it
        ("Depreciation and amortization", True),  # filers and rules name it
    ],
)
def test_below_net_income_stands_what_is_named_and_no_concept_of_the_filers_own(label: str, named: bool) -> None:
    report = tagger.tag(table(OPERATIONS, *BELOW_INCOME, ("Memo:", "", ""), (label, "415", "391")))
    told = f"{label!r} is in no sum of its statement, and neither a rule nor filers' use names it: not tagged"
    assert any(fact.label == label for fact in report.facts) is named
    assert any(finding.message == told for finding in report.findings) is not named


def test_operating_income_stands_above_net_income_or_in_a_sum() -> None:
    rows = [(label.replace("Income before", "Operating income before"), *cells) for label, *cells in BELOW_INCOME]
    for stated in (rows, [*BELOW_INCOME[:2], ("Operating income", "200", "150"), *BELOW_INCOME[3:]]):
        labels = {fact.label for fact in tagger.tag(table(OPERATIONS, *stated)).facts}
        assert any(label.startswith("Operating income") for label in labels)


def test_a_heading_is_over_below_a_total_that_adds_up_more_than_stands_under_it() -> None:
    rows = (
        ("Net sales", "500", "480"),
        ("Cost of sales", "400", "390"),
        ("Operating income", "100", "90"),
        ("Other:", "", ""),
        ("Interest", "10", "10"),
        ("Other, net", "(2)", "1"),
        ("Income before taxes", "92", "79"),
        ("Taxes", "22", "19"),
        ("Net income", "70", "60"),
    )
    named = {fact.label: fact.concept for fact in tagger.tag(table(OPERATIONS, *rows)).facts}
    assert named["Taxes"] == "us-gaap:IncomeTaxExpenseBenefit"  # and no other taxes, which "Other:" would make of it
    (statement,) = tagger.tag(table(OPERATIONS, *rows)).layout.statements
    under = [line.label for line in statement.lines if line.headings]
    assert under == ["Interest", "Other, net"]


def test_a_heading_that_begins_below_one_that_is_over_stands() -> None:
    """Also where indents say that it is within that."""
    rows = [
        ("Current:", 0, ""),
        ("Cash", 9, "100"),
        ("Lasting:", 0, ""),
        ("Piers", 9, "300"),
        ("Moorings", 9, "50"),
        ("Total assets", 9, "450"),
        ("Owed:", 9, ""),
        ("Accounts payable", 18, "200"),
        ("Dues", 18, "100"),
        ("Total owed", 18, "300"),
    ]
    cells = "".join(f'<tr><td style="padding-left:{by}pt">{label}</td><td>{now}</td></tr>' for label, by, now in rows)
    page = BALANCES.format(cells).replace("<td>December 31, 2023</td>", "")
    (statement,) = tagger.tag(page).layout.statements
    under = {line.label: line.headings for line in statement.lines}
    assert under["Piers"] == ("Lasting",)
    assert under["Total assets"] == ()
    assert under["Accounts payable"] == under["Dues"] == ("Owed",)


def _cells(rows: Iterable[tuple[str, object, object]]) -> str:
    return "".join(f"<tr><td>{label}</td><td>{now}</td><td>{then}</td></tr>" for label, now, then in rows)


BALANCES = """<html><body><p>Selected Balance Sheet Data</p><p>(in thousands)</p><table>
<tr><td></td><td>June 30, 2024</td><td>December 31, 2023</td></tr>{}</table></body></html>"""


@pytest.mark.parametrize(
    ("rows", "own"),
    [
        ([("Total assets", 4450, 4160), ("Net debt", 600, 690), ("Cash flow before dues", 70, 90)], False),
        ([("Cash", 450, 160), ("Moorings", 600, 690), ("Total assets", 1050, 850)], True),
    ],
)
def test_a_selection_of_balances_that_add_up_to_nothing_has_no_concepts_of_its_own(
    rows: list[tuple[str, int, int]], own: bool
) -> None:
    facts = tagger.tag(BALANCES.format(_cells(rows))).facts
    assert "us-gaap:Assets" in {fact.concept for fact in facts}
    assert any(fact.rule == "own-concept" for fact in facts) is own


@pytest.mark.parametrize("label", ["Net income for the period", "Net income"])
def test_a_result_among_balances_is_no_balance(label: str) -> None:
    rows = [
        ("Cash", 500, 400),
        ("Total assets", 500, 400),
        ("Capital", 400, 300),
        (label, 100, 100),
        ("Total equity", 500, 400),
    ]
    report = tagger.tag(BALANCES.format(_cells(rows)).replace("Selected Balance Sheet Data", "Balance Sheets"))
    assert label not in {fact.label for fact in report.facts}
    assert any(f"{label!r} is a result, among balances" in finding.message for finding in report.findings)


def test_a_flow_of_the_filers_own_is_not_called_as_a_balance_of_us_gaap_is() -> None:
    rows = [BELOW_INCOME[0], ("Other assets", "100", "50"), ("Expenses", "800", "700"), *BELOW_INCOME[2:]]
    report = tagger.tag(table(OPERATIONS, *rows))
    assert "Other assets" not in {fact.label for fact in report.facts}
    assert any("would be called OtherAssets" in finding.message for finding in report.findings)


@pytest.mark.parametrize(
    ("heading", "named"),
    [("Per ton:", False), ("Per day sold:", False), ("Per share:", True), ("Costs and other:", True)],
)
def test_rows_under_what_amounts_are_per_are_no_amounts_of_the_company(heading: str, named: bool) -> None:
    rows = (*RESULTS[:3], (heading, "", ""), ("Interest expense", "415", "391"))
    facts = tagger.tag(table(OPERATIONS, *rows)).facts
    assert any(fact.value == 415000 for fact in facts) is named


@pytest.mark.parametrize(
    ("label", "named"),
    [("Income from discontinued operations, net of tax", False), ("Interest income", True)],
)
def test_rows_above_what_discontinued_operations_gave_are_of_them(label: str, named: bool) -> None:
    parts = (("Discontinued operations:", "", ""), ("Income before income taxes", "415", "391"), (label, "31", "29"))
    report = tagger.tag(table(OPERATIONS, *RESULTS[:3], *parts))
    assert any(fact.value == 415000 for fact in report.facts) is named
    assert any("discontinued operations gave" in finding.message for finding in report.findings) is not named


def test_a_percentage_takes_no_concept() -> None:
    report = tagger.tag(table(OPERATIONS, *RESULTS[:3], ("Gross margin", "32.1%", "42.0%")))
    assert not [fact for fact in report.facts if fact.label == "Gross margin"]


@pytest.mark.parametrize(
    ("label", "headings", "loss"),
    [
        ("Net loss", (), True),
        ("Net income (loss)", (), False),
        ("Loss before income taxes", (), True),
        ("Basic", ("Net loss per share",), True),
        ("Provision for loan losses", (), True),
        ("Allowance for loan and lease losses", (), False),
        ("Accumulated deficit", (), True),
        ("Gross profit", (), False),
    ],
)
def test_words_of_loss(label: str, headings: tuple[str, ...], loss: bool) -> None:
    assert says_loss(label, headings) is loss


@pytest.mark.parametrize(
    ("unit", "places", "scale", "decimals"),
    [("money", 0, 3, -3), ("money", 1, 6, -5), ("per-share", 2, 0, 2), ("shares", 0, 0, None), ("shares", 0, 3, -3)],
)
def test_decimals_follow_what_was_printed(unit: str, places: int, scale: int, decimals: int | None) -> None:
    assert decimals_of(unit, places, scale) == decimals


@pytest.mark.parametrize(
    ("text", "reads"), [("61,072", True), ("861,072", False), ("6l,072", False), ("61, 072", True)]
)
def test_a_text_that_is_not_its_number_is_known(text: str, reads: bool) -> None:
    assert reads_as(text, Decimal(61072)) is reads


def _fact(value: str, decimals: int | None, *, statement: str = "operations", start: int = 0) -> Fact:
    number = Decimal(value)
    return Fact(
        id="",
        concept="us-gaap:Assets",
        entity=Entity("s", "i"),
        period=Instant(dt.date(2007, 6, 30)),
        unit=money("USD"),
        value=number,
        decimals=decimals,
        printed=Printed(text=value, span=Span(start, start + 1), number=abs(number)),
        rule="r",
        label="Total assets",
        statement=statement,
    )


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (("4102000", -3), ("4102000", -3), True),
        (("4102000", -3), ("4100000", -5), True),
        (("4102000", -3), ("4200000", -5), False),
        (("4102000", -3), ("4103000", -3), False),
        (("12345", None), ("12000", -3), True),
        (("12345", None), ("13000", -3), False),
    ],
)
def test_facts_agree_where_their_rounding_intervals_meet(
    one: tuple[str, int], other: tuple[str, int], agree: bool
) -> None:
    assert consistent(_fact(*one), _fact(*other)) is agree


def test_of_two_facts_that_contradict_each_other_the_statements_own_is_kept() -> None:
    mine, theirs = _fact("4102000", -3, start=9), _fact("9900000", -5, statement="prose")
    facts, findings = merge([theirs, mine])
    assert facts == (mine,)
    assert [finding.code for finding in findings] == [Code.DUPLICATE_DIFFERS]
    assert "9,900,000" in findings[0].message
    assert "4,102,000" in findings[0].message


def _placed(value: str, kind: str, at: int, *, label: str = "Total assets") -> Fact:
    where = {"table": 0, "row": at, "column": 1} if kind != "prose" else {}
    return replace(_fact(value, -3, start=at, statement=kind), label=label, **where)


_ROWS = statement(("Cash", "900"), ("Inventories", "100"), ("Total assets", "1,000"), ("Total assets", "990"))
_HOLDING = replace(_ROWS, sums=(Sum(total=2, parts=(0, 1), weights=(1, 1), columns=(1,)),))
_FAILING = replace(_ROWS, sums=(Sum(total=3, parts=(0, 1), weights=(1, 1), columns=(), fails=(1,)),))


@pytest.mark.parametrize(
    ("facts", "statements", "kept"),
    [
        ([("5", "highlights", 7), ("6", "balance-sheet", 8)], (), ["6"]),
        ([("6", "balance-sheet", 7), ("5", "highlights", 8)], (), ["6"]),
        ([("5", "prose", 7), ("6", "other", 8)], (), ["6"]),
        ([("5", "other", 7), ("6", "other", 8)], (), []),
        ([("5", "other", 7, ""), ("6", "other", 8)], (), ["6"]),
        ([("5", "other", 7), ("6", "other", 2)], (_HOLDING,), ["6"]),
        ([("5", "other", 2), ("6", "other", 7)], (_HOLDING,), ["5"]),
        ([("5", "balance-sheet", 3), ("6", "highlights", 8)], (_FAILING,), ["6"]),
        ([("5", "balance-sheet", 2), ("6", "highlights", 8)], (_FAILING, _HOLDING), ["5"]),
        ([("5", "other", 7), ("6", "other", 8), ("6", "prose", 9)], (), ["6", "6"]),
        ([("5", "other", 7), ("5", "prose", 9), ("6", "other", 8), ("6", "prose", 10)], (), []),
        ([("5", "prose", 7), ("6", "prose", 8)], (), []),
        ([("5", "other", 7), ("6", "other", 8), ("6", "other", 9)], (), []),
    ],
)
def test_of_facts_that_disagree_the_one_that_stands_better_is_kept_or_none(
    facts: list[Any], statements: tuple[Statement, ...], kept: list[str]
) -> None:
    made = [_placed(value, kind, row, label=rest[0] if rest else "Total assets") for value, kind, row, *rest in facts]
    left, findings = merge(made, statements)
    assert [str(fact.value) for fact in left] == kept
    assert {finding.code for finding in findings} == {Code.DUPLICATE_DIFFERS}
    assert kept or ("says 5" in findings[0].message and "says 6" in findings[0].message)
    assert (findings[0].severity is Severity.ERROR) is not bool(kept)


def _equity(concept: str, value: str, *, start: int, statement: str = "balance-sheet") -> Fact:
    return replace(_fact(value, -3, start=start, statement=statement), concept=f"us-gaap:{concept}")


_WITH_NONCONTROLLING = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"


def test_a_figure_that_is_the_one_with_noncontrolling_interests_gets_that_concept() -> None:
    own, whole = _equity("StockholdersEquity", "900000", start=1), _equity(_WITH_NONCONTROLLING, "950000", start=2)
    again = _equity("StockholdersEquity", "950000", start=3, statement="highlights")
    facts, findings = merge([own, whole, again])
    assert [
        (fact.concept.partition(":")[2], fact.printed.span.start) for fact in facts if fact.printed.span.start == 3
    ] == [(_WITH_NONCONTROLLING, 3)]
    assert not findings


def test_a_figure_that_is_neither_is_dropped() -> None:
    own, whole = _equity("StockholdersEquity", "900000", start=1), _equity(_WITH_NONCONTROLLING, "950000", start=2)
    facts, findings = merge([own, whole, _equity("StockholdersEquity", "970000", start=3, statement="highlights")])
    assert facts == (own, whole)
    assert len(findings) == 1


@pytest.mark.parametrize(
    ("text", "scheme", "identifier"),
    [
        ("cik:0001009759", CIK_SCHEME, "0001009759"),
        ("1009759", CIK_SCHEME, "0001009759"),
        ("http://standards.iso.org/iso/17442 529900T8BM49AURSDO55", "http://standards.iso.org/iso/17442", "529900T8BM49AURSDO55"),
    ],
)  # fmt: skip
def test_an_entity_is_read(text: str, scheme: str, identifier: str) -> None:
    assert parse_entity(text) == Entity(scheme, identifier)


@pytest.mark.parametrize("text", ["", "acme", "cik:", "cik:abc", "http://x", "cik:12345678901"])
def test_what_names_no_entity_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(ValueError, match="give cik:NUMBER"):
        parse_entity(text)


@pytest.mark.parametrize(
    ("words", "exchange", "ticker"),
    [
        ("Harbor & Pine Corp. (Nasdaq: HPNE) today", "Nasdaq", "HPNE"),
        ("Harbor & Pine Corp. (NYSE:HPN) today", "NYSE", "HPN"),
        ("Harbor & Pine Corp. (NASDAQ Global Select Market: HPNE)", "NASDAQ Global Select Market", "HPNE"),
        ("Harbor & Pine Corp. today", "", ""),
    ],
)
def test_company_exchange_and_ticker_are_read(words: str, exchange: str, ticker: str) -> None:
    filer, findings = read_filer(read(words), None, None)
    assert (filer.name.rstrip("."), filer.exchange, filer.ticker) == ("Harbor & Pine Corp", exchange, ticker)
    assert [finding.code for finding in findings] == [Code.ENTITY_NOT_KNOWN]
    assert not filer.entity.known


def test_the_header_of_a_submission_says_who_reports() -> None:
    head = "<SEC-HEADER>\nCONFORMED SUBMISSION TYPE: 8-K\nCOMPANY CONFORMED NAME: HARBOR & PINE CORP\nCENTRAL INDEX KEY: 0000012345\n</SEC-HEADER>\n"
    body = f"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{table(OPERATIONS, *RESULTS)}</TEXT>\n</DOCUMENT>\n"
    report = tagger.tag(head + body)
    assert report.entity == Entity(CIK_SCHEME, "0000012345")
    assert report.filer.name == "HARBOR & PINE CORP"
    assert Code.ENTITY_NOT_KNOWN not in {finding.code for finding in report.findings}


def test_nothing_to_tag_is_said() -> None:
    report = tagger.tag("A letter to our friends.\n\nNothing else happened.\n")
    assert report.facts == ()
    assert Code.NO_FIGURES in {finding.code for finding in report.findings}


def test_a_balance_at_the_beginning_stands_on_the_day_before_the_period() -> None:
    text = (
        RELEASE
        + "CONSOLIDATED STATEMENTS OF CASH FLOWS\n(In thousands)\n\n"
        + " " * 45
        + "Six Months Ended\n"
        + " " * 48
        + "June 30,\n"
    )
    text += " " * 43 + "2007          2006\n"
    text += row("Net cash provided by operating activities", "$ 200", "$ 150", at=44) + row(
        "Net cash used in investing activities", "(50)", "(60)", at=44
    )
    text += (
        row("Net increase in cash", "150", "90", at=44)
        + row("Cash, beginning of period", "100", "10", at=44)
        + row("Cash, end of period", "$ 250", "$ 100", at=44)
    )
    cash = [fact for fact in tagger.tag(text).facts if isinstance(fact.period, Instant)]
    assert [(str(fact.period), fact.value) for fact in cash] == [
        ("2006-12-31", Decimal(100000)),
        ("2005-12-31", Decimal(10000)),
        ("2007-06-30", Decimal(250000)),
        ("2006-06-30", Decimal(100000)),
    ]
    assert len({fact.concept for fact in cash}) == 1


_NO_SCALE = """
                 CONSOLIDATED BALANCE SHEETS

                                        June 30,      June 30,
                                            2024          2023
Cash and cash equivalents                  1,204         1,116
Inventories                                  801           755
Other assets                                 310           290
                                        --------      --------
Total assets                               2,315         2,161

Common stock, $0.01 par value; 4,000 shares
   authorized; 1,211 shares issued             1             1
"""


def test_money_without_a_scale_is_refused_unless_the_caller_gives_one() -> None:
    refused = tagger.tag(_NO_SCALE)
    assert {fact.concept for fact in refused.facts} <= {"us-gaap:CommonStockParOrStatedValuePerShare"}
    assert {finding.code.value for finding in refused.findings} >= {"no-scale"}
    told = tagger.tag(_NO_SCALE, scale="millions")
    assert {fact.value for fact in told.facts if fact.concept == "us-gaap:Assets"} == {
        Decimal(2315000000),
        Decimal(2161000000),
    }


def test_a_scale_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="thousands, millions"):
        tagger.tag(_NO_SCALE, scale="dozens")


def test_a_row_that_leaves_something_out_is_not_the_concept_of_the_whole() -> None:
    text = table(
        "FINANCIAL HIGHLIGHTS\n(In millions)\n\n" + OPERATIONS.partition("\n\n")[2],
        ("Total current assets", "$ 812", "$ 790"),
        ("Total current liabilities excluding notes payable", "(301)", "(288)"),
    )
    assert "LiabilitiesCurrent" not in _values(tagger.tag(text))


def test_treasury_stock_is_positive_where_total_assets_have_no_label() -> None:
    text = table(
        BALANCE_SHEET,
        ("Cash", "$ 400", "$ 300"),
        ("Inventories", "250", "210"),
        ("", "$ 650", "$ 510"),
        ("Accounts payable", "$ 120", "$ 100"),
        ("Long-term debt", "80", "70"),
        ("Total liabilities", "200", "170"),
        ("Shareholders' investment:",),
        ("Common shares", "310", "300"),
        ("Common shares held in treasury, at cost", "(60)", "(50)"),
        ("Earnings employed in the business", "200", "90"),
        ("Total Harbor shareholders' investment", "450", "340"),
        ("", "$ 650", "$ 510"),
    )
    values = _values(tagger.tag(text))
    assert values["TreasuryStockValue"] == [60000, 50000]
    assert values["StockholdersEquity"] == [450000, 340000]


_RECOGNISED = """
HARBOR & PINE CORP. (Nasdaq: HPNE)
CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands, except per share data)
Three Months Ended
June 30,
2007 2006
Revenue § 4, 102 $ 3, 540
Cost of sales 3, 687 3,149
Net income $ 415 $ 391
Net income per share:
Basic $ 0.13 $ 0.12
Diluted $ 012 $ 0.11
"""


def test_an_amount_per_share_that_lost_its_point_in_recognition_is_refused() -> None:
    assert read(_RECOGNISED).ocr
    report = tagger.tag(_RECOGNISED)
    assert _values(report)["EarningsPerShareBasic"] == [Decimal("0.13"), Decimal("0.12")]
    assert _values(report)["EarningsPerShareDiluted"] == [Decimal("0.11")]
    assert any("no cents" in finding.message for finding in report.findings)


def test_revenue_in_a_sentence_has_the_concept_of_the_statement_that_shows_it() -> None:
    text = (
        "Revenue was $9.4 million for the second quarter of 2007.\n\n"
        + OPERATIONS
        + "".join(
            row(*cells)
            for cells in (
                ("Net sales", "$ 9,402", "$ 8,540"),
                ("Cost of sales", "5,418", "5,027"),
                ("Gross profit", "3,984", "3,513"),
                ("Net income", "$ 415", "$ 391"),
            )
        )
    )
    revenue = [fact for fact in tagger.tag(RELEASE + text).facts if abs(fact.value - 9402000) < 50000]
    assert {fact.statement for fact in revenue} == {"operations", "prose"}
    assert len({fact.concept for fact in revenue}) == 1


def _ending(end: dt.date, *, statement: str = "highlights", start: dt.date | None = None) -> Fact:
    period = Duration(start, end) if start is not None else Instant(end)
    return replace(_fact("1000", -3, start=end.toordinal(), statement=statement), period=period)


_END = dt.date(2007, 6, 30)


@pytest.mark.parametrize(
    ("scale", "amount", "tagged"),
    [
        ("thousands", "$8,540", False),  # of thousands, as the statement prints, or of units
        ("thousands", "$945,418", False),
        ("thousands", "$945,000", True),
        ("thousands", "$2,945,418", True),
        ("thousands", "$415,218", True),  # and the statement says so
        ("thousands", "$8,540 thousand", True),
        ("millions", "$45,349", False),
        ("millions", "$2,945,418", True),
        ("dollars", "$8,540", True),
    ],
)
def test_an_amount_without_a_scale_beside_statements_in_another_is_of_units_only_where_it_must_be(
    scale: str, amount: str, tagged: bool
) -> None:
    heading = OPERATIONS.replace("In thousands", f"In {scale}")
    said = "net income" if amount == "$415,218" else "depreciation"
    sentence = f"For the quarter ended June 30, 2007, {said} was {amount}.\n\n"
    report = tagger.tag(
        table(sentence + heading, ("Net sales", "$ 9,402", "$ 8,540"), ("Net income", "$ 415", "$ 391"))
    )
    assert bool([fact for fact in report.facts if fact.table is None]) is tagged
    assert (Code.NO_SCALE in {finding.code for finding in report.findings}) is not tagged


@pytest.mark.parametrize(
    ("fact", "kept"),
    [
        (_ending(_END), True),
        (_ending(dt.date(2007, 7, 2)), True),
        (_ending(dt.date(2007, 9, 30), start=dt.date(2007, 7, 1)), False),
        (_ending(dt.date(2007, 12, 31), statement="balance-sheet"), False),
        (_ending(dt.date(2007, 7, 26), statement="prose"), True),
        (_ending(dt.date(2008, 6, 30), statement="prose"), False),
        (_ending(dt.date(2007, 9, 30), start=dt.date(2007, 7, 1), statement="prose"), False),
    ],
)
def test_what_ends_after_the_reported_period_is_left_out(fact: Fact, kept: bool) -> None:
    past = [_ending(_END), _ending(dt.date(2006, 6, 30))]
    facts, findings = within_report([*past, fact], _END)
    assert (fact in facts) is kept
    assert [finding.code for finding in findings] == ([] if kept else [Code.AFTER_PERIOD])


def test_where_most_facts_are_later_it_is_the_reported_period_that_was_misread() -> None:
    facts = [_ending(_END), _ending(dt.date(2007, 9, 30)), _ending(dt.date(2007, 12, 31))]
    assert within_report(facts, _END) == (tuple(facts), ())
    assert within_report(facts, None) == (tuple(facts), ())


@pytest.mark.parametrize(
    ("today", "kept"), [("2007-09-29", 1), ("2007-09-30", 2), ("2007-12-30", 2), ("2007-12-31", 3)]
)
def test_what_was_not_over_on_the_day_of_the_release_is_no_result(today: str, kept: int) -> None:
    facts = [_ending(_END), _ending(dt.date(2007, 9, 30)), _ending(dt.date(2007, 12, 31))]
    left, findings = within_report(facts, _END, dt.date.fromisoformat(today))
    assert left == tuple(facts[:kept])
    assert len(findings) == 3 - kept


def test_a_table_that_allots_an_amount_to_costs_does_not_state_the_costs() -> None:
    text = table(
        "SUPPLEMENTAL INFORMATION\n(In thousands)\n\n" + OPERATIONS.partition("\n\n")[2],
        ("Cost of revenue", "$ 17", "$ 15"),
        ("Research and development", "41", "38"),
        ("Selling, general and administrative", "22", "20"),
    )
    assert not {"CostOfRevenue", "ResearchAndDevelopmentExpense"} & set(_values(tagger.tag(text)))


def test_a_finding_names_the_table_row_and_column_it_stands_in() -> None:
    head = "CONSOLIDATED BALANCE SHEETS\n(In thousands)\n\n" + " " * 44 + "2007        2006\n"
    rows = [("Cash", "$ 31,412", "$ 46,180"), ("Inventories", "12,648", "11,930"), ("Cash", "99", "98")]
    report = tagger.tag("HARBOR & PINE CORP.\n\n" + head + "".join(row(*cells) for cells in rows))
    named = {(f.table, f.row, f.column) for f in report.findings if f.span is not None and f.row}
    assert all(table == "CONSOLIDATED BALANCE SHEETS" for table, _, _ in named)
    for explained in explain(report, at="Inventories"):
        assert (explained.table, explained.row) == ("CONSOLIDATED BALANCE SHEETS", "Inventories")
        assert explained.column


_PLACED = replace(
    statement(("Cash", "900", "800"), ("", "100", "90"), ("Assets", "1,000", "890"), ("Equity", "1,000", "890")),
    title="Balance Sheets",
    columns=(Column(index=1, heading="2007"), Column(index=2, heading="2006", use=Use.CHANGE)),
)


def _at(span: Span | None) -> Finding:
    return Finding(code=Code.NO_PERIOD, severity=Severity.ERROR, message="", span=span)


def test_places_are_those_of_the_figure_or_of_its_row() -> None:
    first, nameless = _PLACED.lines[0], _PLACED.lines[1]
    spans = [first.figures[1].span, first.text.place, nameless.figures[0].span, Span(900, 901), None]
    found = placed([_at(span) for span in spans], (_PLACED,))
    assert [(f.table, f.row, f.column) for f in found] == [
        ("Balance Sheets", "Cash", "2006"),
        ("Balance Sheets", "Cash", ""),
        ("Balance Sheets", "(no label)", "2007"),
        ("", "", ""),
        ("", "", ""),
    ]


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("Filed with the SEC. The Company has grown.",), ""),
        (("Best Limited warranties are sold by many.",), ""),
        (("Elm Hill Corp. makes tools.", "It is new.", "Elm Hill Corp. is old."), "Elm Hill Corp."),
        (("Elm Hill Corp. today announced results.", "Oak Inc. is a customer."), "Elm Hill Corp."),
        (("The Denver-based Elm Hill Corp. today announced results.",), "Elm Hill Corp."),
        (("nHill Electric Corp. announced results.",), "nHill Electric Corp."),
        (("Elm Hill Corp. and its peer are old.", "Oak Inc. is new."), ""),
        (("Elm Hill Corp. sells to Oak Inc.", "Oak Inc. buys of Elm Hill Corp. only."), ""),  # neither is the first
        (("Elm Hill Corp. sells to Oak Inc.", "Oak Inc. buys of Elm Hill Corp. only.", "Oak Inc. is new."), "Oak Inc."),
        (("DENVER, Colorado. Elm Hill (NASDAQ: ELMH) reported.", "Oak Inc. today announced."), "Elm Hill"),
    ],
)
def test_the_name_of_the_company_is_right_or_absent(texts: tuple[str, ...], name: str) -> None:
    assert read_filer(read("\n\n".join(texts)), None, None)[0].name == name


_REVENUES = f"""
HARBOR & PINE CORP. (Nasdaq: HARB)

SEATTLE, July 26, 2007. Harbor & Pine announced results for the quarter ended June 30, 2007.

{{}}

{OPERATIONS}{row("Total revenues", "$ 47,200", "$ 44,100")}{row("Cost of sales", "30,100", "28,000")}{row("Net income", "17,100", "16,100")}"""


@pytest.mark.parametrize(
    ("sentence", "sides"),
    [
        ("For Harbor & Pine, total revenues were $47.2 million.", ()),
        ("For Harbor & Pine, total revenues were $48.2 million.", ("48,200,000", "47,200,000")),
        ("For Harbor & Pine, net income was $17.4 million.", ("17,400,000", "17,100,000")),
        (
            "For Harbor & Pine, net income was $17.1 million. Total revenues were $42.7 million.",
            ("42,700,000", "47,200,000"),
        ),
        ("In the second quarter of 2007, total revenues were $48.2 million.", ("48,200,000", "47,200,000")),
    ],
)
def test_a_sentence_that_contradicts_the_statement_is_a_finding_that_names_both(
    sentence: str, sides: tuple[str, ...]
) -> None:
    report = tagger.tag(_REVENUES.format(sentence))
    told = [finding.message for finding in report.findings if finding.code is Code.DUPLICATE_DIFFERS]
    assert len(told) == bool(sides)
    assert all(side in message for message in told for side in sides)
    assert not [fact for fact in report.facts if fact.table is None and sides and f"{fact.value:,}" == sides[0]]


@pytest.mark.parametrize(
    ("rows", "others"),
    [
        ([("Net income attributable to:",), ("Shareholders", "8,990"), ("Noncontrolling interests", "(320)")], "-320"),
        ([("Net income attributable to:",), ("Noncontrolling interests", "320"), ("Parent", "8,350")], "320"),
        ([("Less net income attributable to noncontrolling interests", "(320)"), ("Net income attributable to Acme", "8,350")], "320"),
        ([("Net income attributable to noncontrolling interests", "320"), ("Net income attributable to Acme", "8,350")], "320"),
        ([("Net loss attributable to noncontrolling interests", "320"), ("Net income attributable to Acme", "8,990")], "-320"),
    ],
)  # fmt: skip
def test_the_part_of_noncontrolling_interests_has_the_sign_that_the_sum_says(
    rows: list[tuple[str, ...]], others: str
) -> None:
    above = (("Revenue", "88,204"), ("Costs", "79,534"), ("Net income", "8,670"))
    values = _values(tagger.tag(table(OPERATIONS, *((label, *figure, *figure) for label, *figure in (*above, *rows)))))
    assert values["ProfitLoss"] == [8_670_000] * 2
    assert values["NetIncomeLossAttributableToNoncontrollingInterest"] == [Decimal(others) * 1000] * 2
    assert values["NetIncomeLoss"] == [8_670_000 - Decimal(others) * 1000] * 2


RECONCILED = OPERATIONS.replace(
    "CONSOLIDATED STATEMENTS OF OPERATIONS", "RECONCILIATION OF NON-GAAP FINANCIAL MEASURES"
)


def test_rows_above_ebitda_are_as_reported_and_those_below_are_not() -> None:
    rows = (("Net income", "4,204"), ("Income tax expense", "2,540"), ("Depreciation and amortization", "8,880"), ("EBITDA", "15,624"), ("Stock-based compensation", "660"), ("Adjusted EBITDA", "16,284"))  # fmt: skip
    values = _values(tagger.tag(table(RECONCILED, *((label, figure, figure) for label, figure in rows))))
    assert values["NetIncomeLoss"] == [4_204_000] * 2
    assert values["IncomeTaxExpenseBenefit"] == [2_540_000] * 2
    assert "ShareBasedCompensation" not in values


def test_the_first_row_of_a_reconciliation_is_as_reported_and_so_are_rows_that_say_gaap() -> None:
    rows = (("Operating income", "4,204"), ("Restructuring charges", "540"), ("Non-GAAP operating income", "4,744"), ("GAAP net income", "2,110"), ("Restructuring charges", "540"), ("Non-GAAP net income", "2,650"))  # fmt: skip
    values = _values(tagger.tag(table(RECONCILED, *((label, figure, figure) for label, figure in rows))))
    assert values == {"OperatingIncomeLoss": [4_204_000] * 2, "NetIncomeLoss": [2_110_000] * 2}


def test_a_reconciliation_that_begins_with_an_adjusted_figure_states_nothing() -> None:
    rows = (("Adjusted net income", "4,204"), ("Restructuring charges", "(540)"), ("Net income", "3,664"))
    assert _values(tagger.tag(table(RECONCILED, *((label, figure, figure) for label, figure in rows)))) == {}


@pytest.mark.parametrize("title", ["ADJUSTED FINANCIAL RESULTS", "Adjusted Statements of Operations"])
def test_a_table_of_adjusted_results_states_nothing(title: str) -> None:
    adjusted = OPERATIONS.replace("CONSOLIDATED STATEMENTS OF OPERATIONS", title)
    rows = (("Revenue", "88,204"), ("Operating income", "4,204"), ("Net income", "2,110"))
    assert _values(tagger.tag(table(adjusted, *((label, figure, figure) for label, figure in rows)))) == {}


def test_a_change_says_nothing_of_the_sign_of_amounts() -> None:
    text = """ACME CORP
    Statements of Operations (in thousands)
                              Three months ended June 30,
                                2024      2023     Change
    Revenues                   10,000    12,000   (2,000)
    Interest expense             (100)     (200)     100
    Net loss                    5,278     3,492    1,786
    Net loss per share            .53       .35     (.18)
    """
    values = _values(tagger.tag(text))
    assert values["InterestExpense"] == [100_000, 200_000]
    assert values["NetIncomeLoss"] == [-5_278_000, -3_492_000]


def test_a_gain_that_the_label_puts_into_parentheses_is_printed_negative() -> None:
    rows = (("Revenue", "88,204", "80,110"), ("(Gain) loss on disposal of assets", "12", "(34)"), ("Net income", "2,110", "1,998"))  # fmt: skip
    values = _values(tagger.tag(table(OPERATIONS, *rows)))
    assert values["GainLossOnDispositionOfAssets"] == [-12_000, 34_000]


@pytest.mark.parametrize(
    ("label", "printed", "concept", "value"),
    [
        ("(Gain) on sale of assets", "(12)", "GainLossOnDispositionOfAssets1", 12),
        ("(Gain) on sale of assets", "12", "GainLossOnDispositionOfAssets1", 12),
        ("Gain on sale of assets", "(12)", "GainLossOnDispositionOfAssets1", -12),
        ("(Benefit) for income taxes", "(12)", "IncomeTaxExpenseBenefit", -12),
        ("(Benefit) for income taxes", "12", "IncomeTaxExpenseBenefit", -12),
        ("(Gain) loss on extinguishment of debt", "(12)", "GainsLossesOnExtinguishmentOfDebt", 12),
        ("Loss on extinguishment of debt", "12", "GainsLossesOnExtinguishmentOfDebt", -12),
        ("Recapture of loan losses", "(12)", "ProvisionForLoanAndLeaseLosses", -12),
        ("(Increase) decrease in fair value of warrants", "12", "FairValueAdjustmentOfWarrants", -12),
        ("Net (income) loss attributable to noncontrolling interests", "12", "NetIncomeLossAttributableToNoncontrollingInterest", -12),
        ("Net loss attributable to noncontrolling interests", "12", "NetIncomeLossAttributableToNoncontrollingInterest", -12),
        ("Net income (loss) attributable to noncontrolling interests", "(12)", "NetIncomeLossAttributableToNoncontrollingInterest", -12),
    ],
)  # fmt: skip
def test_a_row_in_no_sum_counts_as_its_label_says(label: str, printed: str, concept: str, value: int) -> None:
    rows = (("Revenue", "88,204", "80,110"), ("Operating income", "9,000", "8,000"), (label, printed, printed), ("Net income", "2,110", "1,998"))  # fmt: skip
    values = _values(tagger.tag(table(OPERATIONS, *rows)))
    assert values[concept] == [value * 1000] * 2


@pytest.mark.parametrize(("printed", "value"), [("1,000", 1000), ("(1,000)", 1000)])
def test_a_partners_part_of_income_is_positive_however_it_is_taken_off(printed: str, value: int) -> None:
    rows = (("Net income", "19,000", "18,000"), ("General partner's interest in net income", printed, printed), ("Limited partners' interest in net income", "18,000", "17,000"))  # fmt: skip
    values = _values(tagger.tag(table(OPERATIONS, *rows)))
    assert values["NetIncomeLossAllocatedToGeneralPartners"] == [value * 1000] * 2
    assert values["NetIncomeLossAllocatedToLimitedPartners"] == [18_000_000, 17_000_000]


@pytest.mark.parametrize(("label", "loss"), [("Net income", False), ("Net income (loss)", True)])
def test_no_sum_makes_a_loss_of_what_is_called_income_and_nothing_else(label: str, loss: bool) -> None:
    rows = (
        ("Operating income", "200", "180"),
        (label, "110", "95"),  # by chance the sum below counts it as a loss
        ("Net income attributable to redeemable noncontrolling interests", "4", "3"),
        ("Net income attributable to noncontrolling interests", "6", "2"),
        ("Net income attributable to Harbor & Pine", "100", "90"),
    )
    values = _values(tagger.tag(table(OPERATIONS, *rows)))
    assert (values.get("ProfitLoss") == [-110_000, -95_000]) is loss
    assert (values.get("ProfitLoss") == [110_000, 95_000]) is not loss


def test_amounts_under_diluted_are_per_share_beside_those_under_earnings_per_share() -> None:
    rows = (
        ("Net income", "17,000", "19,000"),
        ("Basic earnings per share:",),
        ("Continuing operations", "1.90", "1.80"),
        ("Net income", "1.70", "1.90"),
        ("Diluted:",),
        ("Continuing operations", "1.88", "1.78"),
        ("Net income", "1.68", "1.88"),
    )
    report = tagger.tag(table(OPERATIONS, *rows))
    assert _values(report)["IncomeLossFromContinuingOperationsPerDilutedShare"] == [Decimal("1.88"), Decimal("1.78")]
    assert all(fact.unit.denominator for fact in report.facts if fact.value < 2)


def test_a_row_of_income_called_a_charge_is_not_turned() -> None:
    rows = (("Noninterest income:",), ("Service charges on wire transfers", "2,487", "2,110"), ("Loan swap fees", "4,260", "4,004"), ("Total noninterest income", "6,747", "6,114"))  # fmt: skip
    report = tagger.tag(table(OPERATIONS, *rows))
    own = [fact.value for fact in report.facts if "WireTransfers" in fact.concept]
    assert own == [2_487_000, 2_110_000]


@pytest.mark.parametrize("mark", ["(R)", "(TM)", " (SM)", "®", "™"])
def test_a_mark_inside_a_name_is_no_part_of_it(mark: str) -> None:
    words = f"BOISE, May 2, 2001 -- Harbor{mark} Tool{mark}, Inc. (Nasdaq: HPNE) today reported results."
    assert read_filer(read(words), None, None)[0].name == "Harbor Tool, Inc."
