"""Sums of tables as releases print them: nested, interrupted, rounded, injured, above their parts."""

from __future__ import annotations

import random

import pytest

from statement_cases import statement
from steps import steps
from tagger.arithmetic.search.sums import find_sums, statement_sums
from tagger.document import Text
from tagger.lexicon import parse_cell
from tagger.statement import Figure, Kind, Line, Statement
from tagger.values import Span


def _found(of: Statement) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    return {found.total: (found.parts, found.weights) for found in of.sums}


def test_a_row_in_between_that_is_no_part_is_left_out() -> None:
    of = statement(
        ("Product revenue", "4,120", "3,904"),
        ("Service revenue", "1,377", "1,215"),
        ("Of which recurring", "902", "811"),
        ("Maintenance", "318", "296"),
        ("Total revenue", "5,815", "5,415"),
        totals=(4,),
    )
    assert _found(of) == {4: ((0, 1, 3), (1, 1, 1))}


def test_a_total_above_its_parts_is_found() -> None:
    of = statement(
        ("Revenue by region:", "8,204", "7,615"),
        ("Americas", "4,031", "3,902"),
        ("Europe", "2,218", "2,071"),
        ("Asia", "1,955", "1,642"),
        ("Employees", "312", "305"),
    )
    assert _found(of) == {0: ((3, 2, 1), (1, 1, 1))}


def test_equity_between_liabilities_and_the_total_is_a_part_of_it() -> None:
    of = statement(
        ("Accounts payable", "2,310", "2,104"),
        ("Long-term debt", "7,400", "7,650"),
        ("Total liabilities", "9,710", "9,754"),
        ("Redeemable noncontrolling interests", "415", "402"),
        ("Common stock", "12", "12"),
        ("Retained earnings", "6,933", "6,204"),
        ("Total equity", "6,945", "6,216"),
        ("Total liabilities, mezzanine and equity", "17,070", "16,372"),
        totals=(2, 6, 7),
    )
    assert _found(of)[7] == ((2, 3, 6), (1, 1, 1))


def test_amounts_per_share_and_counts_of_shares_are_no_parts_of_money() -> None:
    of = statement(
        ("Income from operations", "5,310", "4,877"),
        ("Earnings per share, diluted", "1.12", "1.03"),
        ("Weighted average shares", "3,011", "3,004"),
        ("Other income", "112", "96"),
        ("Income before income taxes", "5,422", "4,973"),
        totals=(4,),
    )
    assert _found(of) == {4: ((0, 3), (1, 1))}


def test_shares_bought_back_stand_in_the_sums_of_cash_flows() -> None:
    rows = (
        ("Common shares repurchased", "(820)", "-"),
        ("Dividends paid", "(595)", "(562)"),
        ("Proceeds from debt", "2,131", "2,273"),
        ("Net cash provided by financing activities", "716", "1,711"),
    )
    (found,) = statement_sums(statement(*rows, kind=Kind.CASH_FLOW))
    assert (found.parts, found.columns, found.fails) == ((0, 1, 2), (1, 2), ())
    (found,) = statement_sums(statement(*rows, kind=Kind.OTHER))
    assert (found.parts, found.fails) == ((1, 2), (1,))


def test_a_loss_printed_without_a_minus_is_what_costs_are_above_revenues() -> None:
    of = statement(
        ("Total net revenues", "1,216", "-"),
        ("Cost of revenues", "578", "-"),
        ("Research and development", "2,580", "439"),
        ("General and administrative", "832", "242"),
        ("LOSS FROM OPERATIONS", "2,774", "681"),
        totals=(0, 4),
    )
    assert _found(of) == {4: ((0, 1, 2, 3), (-1, 1, 1, 1))}
    assert [(found.columns, found.fails) for found in of.sums] == [((1, 2), ())]


def test_cents_elsewhere_in_the_table_do_not_narrow_the_rounding_of_whole_numbers() -> None:
    of = statement(
        ("Revenue", "20,478", "18,353"),
        ("Cost of revenue", "11,936", "9,266"),
        ("Gross profit", "8,543", "9,086"),
        ("Net income per share", "2.48", "2.31"),
        totals=(2,),
    )
    assert [(found.columns, found.fails) for found in of.sums] == [((1, 2), ())]


@pytest.mark.parametrize("wrong", [0, 1, 2, 3])
def test_a_sum_with_one_wrong_figure_is_still_a_sum_that_fails_in_its_column(wrong: int) -> None:
    rows = [
        ["Sales", "41,020", "35,400"],
        ["Cost of sales", "24,180", "20,270"],
        ["Selling expenses", "6,115", "5,918"],
        ["Operating income", "10,725", "9,212"],
    ]
    rows[wrong][1] = f"{int(rows[wrong][1].replace(',', '')) + 3000:,}"
    (found,) = statement(*rows, totals=(3,)).sums
    assert (found.total, found.weights, found.columns, found.fails) == (3, (1, -1, -1), (2,), (1,))


@pytest.mark.parametrize("most", [9, 10_000_000, 1])
def test_the_search_for_sums_takes_time_in_proportion_to_the_rows(most: int) -> None:
    def taken(rows: int) -> int:
        chance = random.Random(7)
        lines = [_line(index, [chance.randint(0, most) for _ in range(20)]) for index in range(rows)]
        return steps(lambda: find_sums(lines, range(1, 21), frozenset(range(4, rows, 5))))

    assert taken(600) < 2.5 * taken(300)


def _line(index: int, numbers: list[int]) -> Line:
    label = Text("Total" if index % 5 == 4 else "row", (0,), (0,))
    numerals = [parse_cell(f"{number:,}") for number in numbers]
    figures = tuple(
        Figure(numeral=numeral, column=column, span=Span(0, 1)) for column, numeral in enumerate(numerals, 1) if numeral
    )
    return Line(index=index, label=label.string, text=label, figures=figures)
