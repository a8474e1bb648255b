"""What the figures of a row measure: by its words, its block's heading, the percent sign of the block's first row, its look."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from statement_cases import statement
from tagger.measures import _pattern, _says, _told, measures_of, row_measure, said_measure
from tagger.statement import Kind, Statement, Sum
from tagger.values import Measure


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Weighted average shares outstanding - basic", "shares"),
        ("Number of diluted common shares", "shares"),
        ("Shares used in computing net loss per share", "shares"),
        ("Average limited partner units", "shares"),
        ("Anti-dilutive securities", "shares"),
        ("Net loss per share - basic and diluted", "per-share"),
        ("Earnings per limited partner unit", "per-share"),
        ("Cash dividends per common share", "per-share"),
        ("Diluted EPS", "per-share"),
        ("Total assets", None),
        ("Personnel", None),
        ("Shareholders' equity", None),
        ("Purchase of treasury stock", None),
    ],
)
def test_words_tell_shares_and_amounts_per_share(label: str, measure: str | None) -> None:
    assert said_measure(label) == measure


def _headed(made: Statement, heading: str, *rows: int) -> Statement:
    lines = tuple(replace(line, headings=(heading,)) if line.index in rows or not rows else line for line in made.lines)
    return replace(made, lines=lines)


def _found(made: Statement) -> list[str]:
    return [measure.value for measure in measures_of(made).values()]


@pytest.mark.parametrize(
    ("heading", "rows", "measures"),
    [
        ("Highlights", [("Return on equity", "23%"), ("Overhead", "47"), ("Revenues", "$ 50")], ["percent", "percent", "money"]),
        ("Highlights", [("Return on equity", "23%"), ("Overhead", "1,047")], ["percent", "money"]),
        ("Capital ratios", [("Tier 1", "15.3"), ("Total capital", "16.7")], ["pure", "pure"]),
        ("Capital ratios", [("Tier 1", "$ 15.3"), ("Total capital", "1,670")], ["money", "money"]),
        ("Highlights", [("Revenues", "502"), ("Overhead ratio", "47")], ["money", "pure"]),
        ("Highlights", [("Rocket turnover", "502"), ("Inventory turnover", "4.1")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Return on assets", "1.79")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Overhead ratio", "4,711")], ["money", "money"]),
        ("Highlights", [("Revenues", "502"), ("Number of stores", "1,204")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Employees", "1,204")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Employees", "$ 1,204")], ["money", "money"]),
        ("Highlights", [("Revenues", "502"), ("Costs", "17"), ("Gross margin", "45.2")], ["money", "money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Costs", "17"), ("Gross margin", "452")], ["money", "money", "money"]),
        ("Highlights", [("Revenues", "502.1"), ("Costs", "17.2"), ("Gross margin", "45.2")], ["money", "money", "money"]),
        ("Highlights", [("Revenues", "502"), ("Costs", "17"), ("Diluted", "1.24")], ["money", "money", "per-share"]),
        ("Earnings per share:", [("Basic", "1.25"), ("Diluted", "1.24")], ["per-share", "per-share"]),
        ("Earnings per share:", [("Basic", "1.25"), ("Weighted average shares", "4,824")], ["per-share", "shares"]),
        ("Earnings per share:", [("Basic", "4,824"), ("Diluted", "4,830")], ["money", "money"]),
        ("Weighted average shares:", [("Basic", "4,824"), ("Diluted", "4,830")], ["shares", "shares"]),
        ("Net income", [("Basic", "4,824"), ("Diluted:", "4,830")], ["shares", "shares"]),
        ("Net income", [("Assuming dilution", "1.25"), ("Fully diluted", "4,830.2")], ["per-share", "shares"]),
        ("Sales", [("Basic", "$ 4,824"), ("Basic materials", "4,830")], ["money", "money"]),
        ("Highlights", [("Revenues", "502"), ("Average selling price", "$ 245")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Average selling price per rocket", "245")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Excess of market price over cost", "245")], ["money", "money"]),
        ("Highlights", [("Revenues", "502"), ("Sales per average square foot", "$ 245")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Payments per agreement", "245")], ["money", "money"]),
        ("Highlights", [("Rocket sales (average $ 4 per room)", "502"), ("Rent per room", "4")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Stores open at the end of period", "1,204")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Stores sold at auction", "1,204")], ["money", "money"]),
        ("Highlights", [("Revenues", "502"), ("Company-owned stores", "1,204")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Costs of stores", "1,204")], ["money", "money"]),
        ("Highlights", [("Revenues", "502"), ("Barrels of light oil sold", "1,204")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Total square footage", "1,204")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Stockholders of record", "1,204")], ["money", "pure"]),
        ("Highlights", [("Revenues", "502"), ("Costs", "17"), ("Comparable store sales", "3.1")], ["money", "money", "pure"]),
        ("Highlights", [("Stores", "1,204"), ("Revenues", "$ 502")], ["money", "money"]),
    ],
)  # fmt: skip
def test_the_nearest_words_the_block_and_the_look_decide(
    heading: str, rows: list[tuple[str, str]], measures: list[str]
) -> None:
    assert _found(_headed(statement(*rows, kind=Kind.OPERATIONS), heading)) == measures


def test_basic_is_a_kind_of_shares_in_a_statement_of_income_alone() -> None:
    assert _found(statement(("Basic", "4,824"), kind=Kind.HIGHLIGHTS)) == ["money"]


def test_a_block_ends_with_its_heading() -> None:
    rows = [("Return on equity", "23%"), ("Overhead", "47"), ("Loans", "61"), ("Deposits", "72")]
    made = _headed(_headed(statement(*rows, kind=Kind.OPERATIONS), "Ratios", 0, 1), "Balances", 2, 3)
    assert _found(made) == ["percent", "percent", "money", "money"]


def test_rows_between_and_in_sums_of_share_counts_are_share_counts() -> None:
    rows = [("Weighted average shares, basic", "4,824"), ("Effect of options", "12"), ("Diluted shares used", "4,836")]
    assert _found(statement(*rows, kind=Kind.OPERATIONS)) == ["shares", "shares", "shares"]
    rows = [
        ("Weighted average shares, basic", "4,824"),
        ("Options", "10"),
        ("Warrants", "2"),
        ("Assuming all", "4,836"),
    ]
    made = statement(*rows, kind=Kind.OPERATIONS)
    summed = replace(made, sums=(Sum(total=3, parts=(0, 1, 2), weights=(1, 1, 1), columns=(1,)),))
    assert _found(summed) == ["shares"] * 4


@pytest.mark.parametrize(
    ("kind", "currency", "measures"),
    [
        (Kind.OPERATIONS, "$ ", ["money", "money", "money", "pure"]),
        (Kind.OPERATIONS, "", ["money", "money", "money", "pure"]),
        (Kind.BALANCE_SHEET, "$ ", ["money", "money", "money", "pure"]),
        (Kind.HIGHLIGHTS, "$ ", ["money", "money", "money", "pure"]),
    ],
)
def test_what_stores_earn_adds_up_with_money_and_how_many_there_are_stands_below(
    kind: Kind, currency: str, measures: list[str]
) -> None:
    rows = [("Licences", f"{currency}40"), ("Stores", "1,204"), ("Total", "1,244"), ("Restaurants", "51")]
    made = statement(*rows, kind=kind)
    assert _found(replace(made, sums=(Sum(total=2, parts=(0, 1), weights=(1, 1), columns=(1,)),))) == measures


def test_income_below_a_count_of_shares_is_money() -> None:
    made = statement(("Basic", "4,824"), ("Total", "498"), ("Net income", "512"), kind=Kind.OPERATIONS)
    headings = [("Average shares:",), ("Net income", "Average shares:"), ("Average shares:", "Comprehensive income")]
    lines = tuple(replace(line, headings=above) for line, above in zip(made.lines, headings, strict=True))
    assert _found(replace(made, lines=lines)) == ["shares", "shares", "money"]


def test_earnings_below_amounts_per_share_are_per_share() -> None:
    made = statement(("Basic", "1.25"), ("Diluted", "1.24"), kind=Kind.OPERATIONS)
    lines = tuple(replace(line, headings=("Per share data", "Net income")) for line in made.lines)
    assert _found(replace(made, lines=lines)) == ["per-share", "per-share"]


def test_what_was_paid_for_shares_is_money() -> None:
    rows = [("Shares repurchased", "(310)"), ("Number of shares repurchased", "4,100")]
    assert _found(statement(*rows, kind=Kind.CASH_FLOW)) == ["money", "shares"]
    rows = [("Shares repurchased ($)", "310"), ("Shares repurchased", "4,100")]
    assert _found(statement(*rows, kind=Kind.HIGHLIGHTS)) == ["money", "shares"]


def test_a_count_inside_a_label_says_nothing_of_the_figures() -> None:
    rows = [("Class A - 290 shares outstanding", "3"), ("Common shares issued", "290")]
    made = statement(*rows, kind=Kind.BALANCE_SHEET)
    assert _found(made) == ["money", "shares"]
    assert [row_measure(line) for line in made.lines] == [None, Measure.SHARES]


@pytest.mark.parametrize("what", _told())
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_no_label_is_called_so_without_the_words_that_are_asked_for_first(what: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(_pattern(what)))
    assert _says.__wrapped__(what, text)
