"""What rows of one statement are called together: kinds of one total, and a whole beside a part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import tagger
from statement_cases import OPERATIONS, named, table

SGA, SELLING, ADMINISTRATIVE = "Selling, general and administrative", "Selling expenses", "General and administrative"


def _concepts(*rows: tuple[str, int | None]) -> dict[str, str]:
    """Return the concepts of rows of a statement of operations by label, the last of those with the same."""
    return named("Statements of Operations", "Three Months Ended June 30, 2024", rows)


@pytest.mark.parametrize(
    ("first", "second", "concepts"),
    [
        (
            SGA,
            "Corporate expenses",
            ("SellingGeneralAndAdministrativeExpense", "GeneralAndAdministrativeExpense"),
        ),  # rules
        (
            ADMINISTRATIVE,
            "Selling, delivery and administrative",
            ("GeneralAndAdministrativeExpense", "SellingDeliveryAndAdministrative"),
        ),
        (ADMINISTRATIVE, SELLING, ("GeneralAndAdministrativeExpense", "SellingExpense")),
        (SGA, "Research and development", ("SellingGeneralAndAdministrativeExpense", "ResearchAndDevelopmentExpense")),
    ],
)
def test_a_part_of_a_whole_is_not_beside_it(first: str, second: str, concepts: tuple[str, str]) -> None:
    found = _concepts(("Revenues", 900), (first, 300), (second, 100), ("Operating income", 500))
    assert (found[first], found[second]) == concepts


@pytest.mark.parametrize("whole", [400, 401])
def test_a_whole_sums_its_parts_or_says_total(whole: int) -> None:
    total = f"Total {SGA.lower()}"
    found = _concepts(
        ("Revenues", 900), (SELLING, 100), (ADMINISTRATIVE, 300), (total, whole), ("Operating income", 500)
    )
    assert found[total] == "SellingGeneralAndAdministrativeExpense"
    assert (found[SELLING], found[ADMINISTRATIVE]) == ("SellingExpense", "GeneralAndAdministrativeExpense")


def test_kinds_of_a_cost_have_the_name_of_their_total_where_they_had_several() -> None:
    found = _concepts(
        ("Revenues", 900), ("Cost of revenue:", None), ("Buoy rentals", 200), ("Services", 100), ("Total cost of revenue", 300),
        ("Gross profit", 600),
    )  # fmt: skip
    assert found["Services"] == found["Buoy rentals"] == found["Total cost of revenue"] == "CostOfRevenue"


@pytest.mark.parametrize(
    ("title", "total", "kept"),
    [
        ("Selected Financial Data", "Total revenues", False),
        ("Selected Financial Data", "Total assets", True),
        ("Selected Financial Data", "Total buoys", True),  # says nothing of its parts
    ],
)
def test_what_adds_up_to_a_flow_is_no_balance(title: str, total: str, kept: bool) -> None:
    rows = (("Inventories", 90), ("Equipment", 210), (total, 300), ("Net income", 12))
    found = named(title, "Year Ended June 30, 2024", rows)
    assert [found.get("Inventories"), found.get("Equipment")] == (
        ["InventoryNet", "PropertyPlantAndEquipmentNet"] if kept else [None, None]
    )


def test_what_came_to_a_balance_is_a_flow() -> None:
    rows = (("Net decrease in cash", -30), ("Cash at beginning of year", 90), ("Cash at end of year", 60))
    found = named("Statements of Cash Flows", "Year Ended June 30, 2024", rows)
    assert found["Net decrease in cash"].endswith("PeriodIncreaseDecreaseIncludingExchangeRateEffect")


_TWO = """<html><body><p>Harbour Tools Inc. reports results of the quarter ended June 30, 2024</p>
<p>{first} (in thousands)</p><table><tr><td></td><td>Three Months Ended June 30, 2024</td><td>Three Months Ended June 30, 2023</td></tr>
<tr><td>Revenues</td><td>900</td><td>800</td></tr><tr><td>Costs and expenses</td><td>300</td><td>250</td></tr>
<tr><td>Operating income</td><td>600</td><td>550</td></tr><tr><td>Other income (expense), net</td><td>{values}</td></tr>
<tr><td>Income before income taxes</td><td>640</td><td>580</td></tr><tr><td>Income taxes</td><td>140</td><td>130</td></tr>
<tr><td>Net income</td><td>500</td><td>450</td></tr></table>
<p>{second} (in {scale})</p><table><tr><td></td><td>Three Months Ended June 30, 2024</td><td>Three Months Ended March 31, 2024</td></tr>
<tr><td>Revenues</td><td>{revenues}</td></tr><tr><td>{label}</td><td>{figures}</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("label", "figures", "concept"),
    [
        ("Other income (expense), net", "40</td><td>25", "NonoperatingIncomeExpense"),
        ("Other  Income (expense), net", "40</td><td>25", "NonoperatingIncomeExpense"),
        ("Other income", "40</td><td>25", "OtherNonoperatingIncomeExpense"),  # other words
        ("Other income (expense), net", "41</td><td>25", "OtherNonoperatingIncomeExpense"),  # another amount
        ("Other income (expense), net", "</td><td>40", "OtherNonoperatingIncomeExpense"),  # of another period
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_row_that_retells_one_of_a_statement_has_its_name(
    label: str, figures: str, concept: str, turned: bool
) -> None:
    page = _TWO.format(
        first="Consolidated Statements of Operations", values="40</td><td>30", second="Financial Highlights",
        scale="thousands", revenues="900</td><td>850", label=label, figures=figures,
    )  # fmt: skip
    if turned:  # the highlights first
        head, first, second = page.partition("<p>Consolidated")[0], *page.split("<p>")[2:]
        page = f"{head}<p>{second.removesuffix('</body></html>')}<p>{first}</body></html>"
    facts = [fact for fact in tagger.tag(page.encode()).facts if fact.statement == "highlights"]
    assert {fact.concept.partition(":")[2] for fact in facts if fact.label.startswith("Other")} == {concept}


def test_a_row_retells_another_in_its_own_scale() -> None:
    page = _TWO.format(
        first="Consolidated Statements of Operations", values="40</td><td>30", second="Financial Highlights",
        scale="millions", revenues="0.9</td><td>0.8", label="Other income (expense), net", figures="0.04</td><td>0.05",
    )  # fmt: skip
    facts = [fact for fact in tagger.tag(page.encode()).facts if fact.statement == "highlights"]
    found = {fact.concept.partition(":")[2] for fact in facts if fact.label.startswith("Other")}
    assert found == {"NonoperatingIncomeExpense"}


def test_what_a_pack_names_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "- id: income-mine\n  concept: us-gaap:OtherIncome\n  statement: highlights\n  rows: [other income expense net]\n"
        "  matches: ['highlights: Other income expense net | concept=us-gaap:OtherIncome']\n"
        "  skips: {statement: balance-sheet}\n"
    )
    page = _TWO.format(
        first="Consolidated Statements of Operations", values="40</td><td>30", second="Financial Highlights",
        scale="thousands", revenues="900</td><td>850", label="Other income (expense), net", figures="40</td><td>25",
    )  # fmt: skip
    facts = [fact for fact in tagger.tag(page.encode(), rules=tmp_path).facts if fact.statement == "highlights"]
    assert {fact.concept for fact in facts if fact.label.startswith("Other")} == {"us-gaap:OtherIncome"}


@pytest.mark.parametrize(
    ("part", "total"),
    [
        ("Loss from discontinued operations", "Total loss from discontinued operations"),
        ("Loss from discontinued operations (net of tax)", "Loss from discontinued operations"),
    ],
)
def test_a_part_of_what_discontinued_operations_gave_has_not_its_name(part: str, total: str) -> None:
    page = table(
        OPERATIONS, ("Revenues", "90,213", "80,117"), ("Income from continuing operations", "51,742", "41,388"),
        (part, "(11,396)", "(5,204)"), ("Loss on disposal of discontinued operations", "(21,158)", "(1,077)"),
        (total, "(32,554)", "(6,281)"), ("Net income", "19,188", "35,107"),
    )  # fmt: skip
    found = {fact.label: fact.concept.partition(":")[2] for fact in tagger.tag(page).facts}
    assert found[total] == "IncomeLossFromDiscontinuedOperationsNetOfTax"
    assert found[part] == "LossFromDiscontinuedOperations"


def _equity(*rows: tuple[str, int | None]) -> dict[str, str]:
    """Return the concepts below 600 of liabilities, of 1,000 on either side."""
    sheet = (("Cash", 400), ("Other assets", 600), ("Total assets", 1000), ("Total liabilities", 600), *rows)
    return named("Balance Sheets", "June 30, 2024", (*sheet, ("Total liabilities and equity", 1000)))


OWN = (("Common stock", 100), ("Retained earnings", 200))
WITHOUT, WITH = "StockholdersEquity", "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
REDEEMABLE = "RedeemableNoncontrollingInterestEquityCarryingAmount"


@pytest.mark.parametrize(
    ("above", "concept"),
    [
        (("Redeemable noncontrolling interests", 50), REDEEMABLE),
        (("Noncontrolling interest - redeemable", 50), REDEEMABLE),
        (("Noncontrolling interests in joint ventures", 50), "NoncontrollingInterestsInJointVentures"),
    ],
)
def test_equity_is_with_the_interests_that_it_adds_up(above: tuple[str, int], concept: str) -> None:
    found = _equity(
        above, *OWN, ("Total stockholders' equity", 300), ("Noncontrolling interests", 50), ("Total equity", 350)
    )
    assert (found["Total stockholders' equity"], found["Total equity"]) == (WITHOUT, WITH)
    assert (found[above[0]], found["Noncontrolling interests"]) == (concept, "MinorityInterest")


@pytest.mark.parametrize(("total", "concept"), [(350, WITH), (300, WITHOUT)])
def test_one_total_of_equity_is_what_its_sum_says(total: int, concept: str) -> None:
    found = _equity(("Minority interest", 50), *OWN, ("Total stockholders' equity", total))
    assert found["Total stockholders' equity"] == concept
    assert found["Minority interest"] == "MinorityInterest"


def test_what_of_noncontrolling_interests_is_redeemable_its_heading_says() -> None:
    found = _equity(
        ("Mezzanine equity:", None), ("Noncontrolling interests in subsidiaries", 50), ("Equity:", None), *OWN,
        ("Total stockholders' equity", 300), ("Noncontrolling interests", 50), ("Total equity", 350),
    )  # fmt: skip
    assert found["Noncontrolling interests in subsidiaries"] == REDEEMABLE
    assert found["Noncontrolling interests"] == "MinorityInterest"
