"""Proof by aspect: what bears out the period, the scale, the sign and the unit of a fact, and what nothing does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import tagger
from tagger.facts import Aspect, Fact
from tagger.findings import Code

VALUE, SIGN, SCALE, PERIOD, UNIT = Aspect
ROWS = (
    ("Revenues", "41,200", "38,100"),
    ("Cost of revenues", "30,100", "27,900"),
    ("Gross profit", "11,100", "10,200"),
    ("Operating expenses", "6,050", "5,940"),
    ("Operating income", "5,050", "4,260"),
)


def _page(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    day: str = "April 28, 2021",
    over: str = "Three Months Ended",
    scale: str = "(in thousands)",
    prose: str = "",
    mark: str = "$",
    title: str = "CONSOLIDATED STATEMENTS OF OPERATIONS",
) -> str:
    head = "".join(f"<th>{text}</th>" for text in headings)
    body = "".join(
        "<tr>" + f"<td>{row[0]}</td>" + "".join(f"<td align=right>{mark}{cell}</td>" for cell in row[1:]) + "</tr>"
        for row in rows
    )
    top = f"<tr><th></th><th colspan={len(headings)}>{over}</th></tr>" if over else ""
    return (
        f"<html><body><p>DENVER, {day} - Alder Works Inc. announced results for the first quarter ended March 31, 2021."
        f"</p><p>{prose}</p><p align=center><b>ALDER WORKS INC.<br>{title}<br>{scale}</b></p>"
        f"<table>{top}<tr><th></th>{head}</tr>{body}</table></body></html>"
    )


def _borne(page: str, aspect: Aspect) -> list[bool]:
    """Return for each column of the first row whether *aspect* is borne out."""
    rows = [fact for fact in tagger.tag(page).facts if fact.table is not None]
    first = sorted(
        (f for f in rows if (f.table, f.row) == (rows[0].table, rows[0].row)), key=lambda fact: fact.column or 0
    )
    return [aspect in fact.borne_out for fact in first]


@pytest.mark.parametrize(
    ("headings", "over", "balances", "borne"),
    [
        # of the Saturdays a year before nothing is said: a quarter of fourteen weeks began another day
        (
            ("March 27, 2021", "March 28, 2020"),
            "Three Months Ended",
            ("March 27, 2021", "December 26, 2020"),
            [True, False],
        ),
        (
            ("March 27, 2021", "March 28, 2020"),
            "Thirteen Weeks Ended",
            ("March 27, 2021", "December 26, 2020"),
            [True, True],
        ),
        (
            ("March 31, 2021", "March 31, 2020"),
            "Three Months Ended",
            ("March 31, 2021", "December 31, 2020"),
            [True, True],
        ),
    ],
)
def test_a_heading_bears_out_a_period_whose_first_day_is_known(
    headings: tuple[str, str], over: str, balances: tuple[str, str], borne: list[bool]
) -> None:
    page = _page(headings, over=over).replace("ended March 31, 2021", f"ended {headings[0]}")
    rows = [("Cash", "900", "800"), ("Total assets", "1,900", "1,800"), ("Total liabilities", "700", "650")]
    balance = _page(balances, rows, over="", title="CONSOLIDATED BALANCE SHEETS")
    whole = page.removesuffix("</body></html>") + balance[balance.index("<p align") :]
    assert _borne(whole, PERIOD) == borne


@pytest.mark.parametrize(
    ("headings", "over", "day", "borne"),
    [
        (("March 31, 2021", "March 31, 2020"), "Three Months Ended", "April 28, 2021", [True, True]),
        (("March 31, 2021", "December 31, 2020"), "Three Months Ended", "April 28, 2021", [True, True]),
        (("March 31, 2021", "March 31, 2019"), "Three Months Ended", "April 28, 2021", [False, False]),
        (("March 31, 2021", "March 31, 2020"), "Six Months Ended", "April 28, 2021", [False, False]),
        (("March 31, 2021", "March 31, 2020"), "Three Months Ended", "March 3, 2022", [False, False]),
    ],
)
def test_headings_bear_out_periods_where_comparisons_stand(
    headings: Sequence[str], over: str, day: str, borne: list[bool]
) -> None:
    assert _borne(_page(headings, over=over, day=day), PERIOD) == borne


BALANCE = (
    ("Cash and cash equivalents", "4,100", "3,900", "3,700"),
    ("Inventories", "5,100", "4,800", "4,700"),
    ("Total current assets", "9,200", "8,700", "8,400"),
    ("Goodwill", "2,000", "2,000", "2,000"),
    ("Total assets", "11,200", "10,700", "10,400"),
)


@pytest.mark.parametrize(
    ("headings", "borne"),
    [
        (("March 31, 2021",), [True]),
        (("March 31, 2021", "December 31, 2020"), [True, True]),
        (("March 31, 2021", "March 31, 2020"), [True, True]),
        (("March 31, 2021", "December 31, 2020", "March 31, 2020"), [True, True, True]),
        (("March 31, 2021", "December 31, 2019"), [False, False]),
        (("March 31, 2021", "December 31, 2020", "March 31, 2019"), [False, False, False]),
        (("December 31, 2020", "December 31, 2019"), [False, False]),
    ],
)
def test_dates_of_a_balance_sheet_are_the_newest_its_year_end_and_a_year_earlier(
    headings: Sequence[str], borne: list[bool]
) -> None:
    rows = [row[: len(headings) + 1] for row in BALANCE]
    assert _borne(_page(headings, rows, over="", title="CONSOLIDATED BALANCE SHEETS"), PERIOD) == borne


FLOWS = (
    ("Net income", "5,050", "4,260"),
    ("Depreciation and amortization", "1,200", "1,100"),
    ("Net cash provided by operating activities", "6,250", "5,360"),
    ("Capital expenditures", "(2,300)", "(2,100)"),
    ("Net cash used in investing activities", "(2,300)", "(2,100)"),
)


@pytest.mark.parametrize(
    ("over", "borne"),
    [("Three Months Ended", [True, True]), ("Six Months Ended", [False, False]), ("Year Ended", [False, False])],
)
def test_cash_flows_are_printed_for_the_year_to_date(over: str, borne: list[bool]) -> None:
    page = _page(
        ("March 31, 2021", "March 31, 2020"), FLOWS, over=over, mark="", title="CONSOLIDATED STATEMENTS OF CASH FLOWS"
    )
    assert _borne(page, PERIOD) == borne


def test_a_sentence_with_a_money_word_bears_out_the_scale_of_its_table() -> None:
    headings = ("March 31, 2021", "March 31, 2020")
    assert _borne(_page(headings), SCALE) == [False, False]
    told = "Revenues were $41.2 million in the first quarter of 2021."
    assert _borne(_page(headings, prose=told), SCALE) == [True, True]
    assert _borne(_page(headings, prose=told, scale="(in millions)"), SCALE) == [False, False]


def test_a_currency_that_nothing_prints_is_not_proven() -> None:
    headings = ("March 31, 2021", "March 31, 2020")
    assert _borne(_page(headings), UNIT) == [True, True]
    assert _borne(_page(headings, mark=""), UNIT) == [False, False]


def test_all_aspects_together_prove_a_fact() -> None:
    told = "Revenues were $41.2 million in the first quarter of 2021."
    report = tagger.tag(_page(("March 31, 2021", "March 31, 2020"), prose=told))
    fact = next(f for f in report.facts if f.concept == "us-gaap:GrossProfit")
    assert fact.proven
    assert fact.unproven == ()
    assert [f.concept for f in report.proven_only().facts if f.table is not None]
    assert report.proven > 0.9


def test_a_wrong_sum_proves_no_value() -> None:
    rows = [(label, first, "9,999" if label == "Gross profit" else second) for label, first, second in ROWS]
    facts = tagger.tag(_page(("March 31, 2021", "March 31, 2020"), rows)).facts
    wrong = [fact for fact in facts if fact.printed.text == "9,999"]
    assert wrong
    assert not any(fact.proven or VALUE in fact.borne_out for fact in wrong)


EPS = (
    *ROWS,
    ("Net income", "5,050", "4,260"),
    ("Basic earnings per share", "0.62", "0.53"),
    ("Weighted average shares outstanding, basic (in millions)", "8,120", "8,090"),
)


def test_a_count_that_earnings_per_share_contradict_is_not_written() -> None:
    report = tagger.tag(_page(("March 31, 2021", "March 31, 2020"), EPS, mark=""))
    assert not [fact for fact in report.facts if "WeightedAverage" in fact.concept]
    told = [finding for finding in report.findings if finding.code is Code.SCALE_CONTRADICTED]
    assert len(told) == 2
    assert "8,120,000,000" in told[0].message
    assert "8,120,000:" in told[0].message


def _fact(report: tagger.Report, concept: str) -> Fact:
    return next(fact for fact in report.facts if fact.concept == f"us-gaap:{concept}")


def test_earnings_per_share_do_not_bear_out_the_digits_of_income_and_shares() -> None:
    rows = [*EPS[:-1], ("Weighted average shares outstanding, basic", "8,120", "8,090")]
    report = tagger.tag(_page(("March 31, 2021", "March 31, 2020"), rows, mark=""))
    shares = _fact(report, "WeightedAverageNumberOfSharesOutstandingBasic")
    assert VALUE in shares.unproven
    assert VALUE in _fact(report, "EarningsPerShareBasic").borne_out


@pytest.mark.parametrize(
    ("headings", "borne"),
    [
        (("March 31, 2021", "December 31, 2020"), [True, True]),
        (("December 31, 2020", "March 31, 2021"), [False, False]),
        (("March 31, 2021", "March 31, 2020", "December 31, 2020"), [False, False, False]),
    ],
)
def test_dates_that_may_be_exchanged_bear_out_nothing(headings: Sequence[str], borne: list[bool]) -> None:
    rows = (
        ("Cash and cash equivalents", "4,100", "3,900", "3,700"),
        ("Accounts receivable, net", "7,300", "7,050", "6,900"),
        ("Total current assets", "11,400", "10,950", "10,600"),
        ("Property and equipment, net", "21,000", "20,500", "20,100"),
        ("Total assets", "32,400", "31,450", "30,700"),
    )
    cut = [row[: len(headings) + 1] for row in rows]
    assert _borne(_page(headings, cut, over="", title="CONSOLIDATED BALANCE SHEETS"), PERIOD) == borne


def _two(first: Sequence[str], second: Sequence[str]) -> str:
    """Return a page with a balance sheet and a statement of operations with these headings."""
    rows = (("Cash and cash equivalents", "4,100", "3,900"), ("Total assets", "32,400", "31,450"))
    sheet = _page(first, rows, over="", title="CONSOLIDATED BALANCE SHEETS")
    return sheet.replace("</body></html>", "") + _page(second).partition("<body>")[2].partition("</p>")[2]


@pytest.mark.parametrize(
    ("second", "borne"),
    [
        (("March 31, 2020", "March 31, 2021"), [True, True]),
        (("March 31, 2021", "March 31, 2020"), [False, False]),
    ],
)
def test_columns_from_the_oldest_on_need_a_statement_that_runs_so_too(second: Sequence[str], borne: list[bool]) -> None:
    assert _borne(_two(("December 31, 2020", "March 31, 2021"), second), PERIOD) == borne
