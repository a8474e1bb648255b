"""Layout: what a table is, and what its columns, lines and scale say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from statement_cases import BALANCE_SHEET, OPERATIONS, RELEASE, laid_out, only_statement, row, table
from tagger.arithmetic.mend.headings import uncross
from tagger.arithmetic.search.totals import is_total
from tagger.findings import Code
from tagger.statement import Kind, Use
from tagger.statements.kinds import kind_of

SALES = (("Net sales", "$ 4,102", "$ 3,540"), ("Cost of sales", "2,418", "2,027"), ("Gross profit", "1,684", "1,513"))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("CONDENSED CONSOLIDATED BALANCE SHEETS", Kind.BALANCE_SHEET),
        ("Consolidated Statements of Financial Condition", Kind.BALANCE_SHEET),
        ("Consolidated Statement of Operations", Kind.OPERATIONS),
        ("CONSOLIDATED STATEMENTS OF INCOME", Kind.OPERATIONS),
        ("Statements of Earnings", Kind.OPERATIONS),
        ("Consolidated Statements of Operations and Comprehensive Loss", Kind.OPERATIONS),
        ("Consolidated Statements of Comprehensive Income", Kind.COMPREHENSIVE_INCOME),
        ("Condensed Consolidated Statements of Cash Flows", Kind.CASH_FLOW),
        ("Consolidated Statements of Stockholders' Equity", Kind.EQUITY),
        ("Reconciliation of GAAP Net Income to Adjusted EBITDA", Kind.RECONCILIATION),
        ("AVERAGE BALANCE SHEETS (Tax-Equivalent Basis)", Kind.RECONCILIATION),
        ("Adjusted Financial Results (a):", Kind.RECONCILIATION),
        ("Results (shares adjusted for the split)", Kind.OTHER),
    ],
)
def test_a_title_says_what_a_table_is(title: str, kind: Kind) -> None:
    assert kind_of(["ACME INC.", title, "(In thousands)"], []) is kind


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (["Net sales", "Cost of sales", "Gross profit", "Operating income", "Net income"], Kind.OPERATIONS),
        (["Accounts receivable", "Inventories", "Total assets", "Accounts payable", "Total liabilities"], Kind.BALANCE_SHEET),
        (["Stores opened", "Employees"], Kind.OTHER),
    ],
)  # fmt: skip
def test_rows_say_what_a_table_without_a_title_is(labels: list[str], kind: Kind) -> None:
    assert kind_of([], labels) is kind


@pytest.mark.parametrize(
    "label", ["Total", "Total assets", "TOTAL CURRENT LIABILITIES", "Net cash provided by operating activities"]
)
def test_a_total_is_known_by_its_words(label: str) -> None:
    assert is_total(label)


@pytest.mark.parametrize("label", ["Inventories", "Accounts payable"])
def test_a_part_is_no_total(label: str) -> None:
    assert not is_total(label)


def test_a_spanning_heading_gives_its_length_to_each_date_under_it() -> None:
    statement = only_statement(table(OPERATIONS, *SALES))
    assert [str(column.period) for column in statement.columns] == ["2007-04-01/2007-06-30", "2006-04-01/2006-06-30"]


def test_a_balance_sheet_column_stands_at_a_date() -> None:
    statement = only_statement(
        table(
            BALANCE_SHEET,
            ("Cash", "$ 812", "$ 790"),
            ("Inventories", "300", "280"),
            ("Total current assets", "1,112", "1,070"),
        )
    )
    assert statement.kind is Kind.BALANCE_SHEET
    assert [str(column.period) for column in statement.columns] == ["2007-06-30", "2006-12-31"]


@pytest.mark.parametrize(("marked", "use"), [(3, Use.PERCENT), (2, Use.FIGURES), (0, Use.FIGURES)])
def test_a_column_without_words_is_one_of_percentages_where_most_of_it_is_marked_so(marked: int, use: Use) -> None:
    rows = [(f"Item {n}", "410", f"{n}.5%" if n < marked else "12") for n in range(5)]
    (of,) = laid_out(
        RELEASE + OPERATIONS.replace("2006\n", "    \n") + "".join(row(*cells) for cells in rows)
    ).statements
    assert of.columns[-1].use is use


def test_weeks_keep_their_true_first_day() -> None:
    head = OPERATIONS.replace("Three Months Ended", "Thirteen Weeks Ended").replace(
        "     June 30,", "June 30,  July 1,"
    )
    text = table(head, *SALES).replace("the quarter ended June 30", "the thirteen weeks ended June 30")
    assert str(only_statement(text).columns[0].period) == "2007-04-01/2007-06-30"


def test_a_column_of_changes_is_no_column_of_figures() -> None:
    head = OPERATIONS.replace("2007          2006\n", "2007        2006      % Change\n")
    text = (
        RELEASE
        + head
        + "".join(row(*cells, pct) for cells, pct in zip(SALES, ("15.9%", "19.3%", "11.3%"), strict=True))
    )
    uses = [column.use for column in only_statement(text).columns]
    assert uses[:2] == [Use.FIGURES, Use.FIGURES]
    assert set(uses[2:]) <= {Use.CHANGE, Use.PERCENT}


@pytest.mark.parametrize(
    ("caption", "scale", "shares"),
    [
        ("(In thousands, except per share data)", 3, None),
        ("(in millions, except share and per share amounts)", 6, 0),
        ("(Dollars and shares in thousands)", 3, 3),
        ("(in whole dollars)", 0, None),
    ],
)
def test_the_caption_says_the_scale(caption: str, scale: int, shares: int | None) -> None:
    statement = only_statement(table(OPERATIONS.replace("(In thousands, except per share data)", caption), *SALES))
    assert (statement.scale, statement.share_scale) == (scale, shares)
    assert statement.scale_said == caption


def test_a_table_that_says_no_scale_takes_that_of_the_other_statements() -> None:
    text = table(OPERATIONS, *SALES) + "\n\n" + BALANCE_SHEET.replace("(In thousands)\n", "")
    text += (
        row("Cash", "$ 812", "$ 790") + row("Inventories", "300", "280") + row("Total current assets", "1,112", "1,070")
    )
    statements = laid_out(text).statements
    assert [statement.scale for statement in statements] == [3, 3]
    assert "other tables" in statements[1].scale_said


def test_lines_know_the_headings_they_stand_under() -> None:
    statement = only_statement(
        table(
            BALANCE_SHEET,
            ("Current assets:",),
            ("  Cash", "$ 812", "$ 790"),
            ("  Inventories", "300", "280"),
            ("    Total current assets", "1,112", "1,070"),
            ("Goodwill", "88", "88"),
        )
    )
    headings = {line.label: line.headings for line in statement.lines}
    assert headings["Inventories"] == ("Current assets",)
    assert headings["Total current assets"] == ("Current assets",)
    assert headings["Goodwill"] == ()


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Net sales . . . . . . . .", "Net sales"),
        ("Inventories (1)", "Inventories"),
        ("Goodwill:", "Goodwill"),
        ("Cash (a)", "Cash"),
    ],
)
def test_marks_are_no_part_of_a_label(printed: str, label: str) -> None:
    text = table(BALANCE_SHEET, (printed, "$ 812", "$ 790"), ("Other", "300", "280"))
    assert only_statement(text).lines[0].label == label


def test_a_dash_is_zero_and_an_empty_cell_is_nothing() -> None:
    text = table(OPERATIONS, *SALES, ("Restructuring", "-", "40"), ("Impairment", "", "12"))
    by_label = {line.label: line for line in only_statement(text).lines}
    assert [figure.printed for figure in by_label["Restructuring"].figures] == [0, 40]
    assert [figure.column for figure in by_label["Impairment"].figures] == [2]


_PERIOD_ENDED = """CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)

                                         For the Period Ended
                                               June 30,
                                           2007          2006
"""
_HALVES = """CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

                                         Three Months Ended        Six Months Ended
                                              June 30,                 June 30,
                                           2007        2006         2007        2006
"""
_CASH = ("Net cash provided by operating activities", "700", "640")


def _cash_flow_periods(*rows: Sequence[str], head: str = _PERIOD_ENDED, before: str = "") -> list[str]:
    text = RELEASE + before + head + "".join(row(*cells) for cells in rows)
    return [str(column.period) for column in laid_out(text).statements[-1].columns]


_RESULTS = _HALVES + "".join(
    row(*cells)
    for cells in (("Revenue", "9,100", "8,800", "18,000", "17,100"), ("Net income", "415", "391", "822", "805"))
)


def test_a_date_without_a_length_is_as_long_as_the_column_with_its_net_income() -> None:
    half = _cash_flow_periods(
        ("Net income", "$ 822", "$ 805"), ("Depreciation", "90", "80"), _CASH, before=_RESULTS + "\n"
    )
    assert half == ["2007-01-01/2007-06-30", "2006-01-01/2006-06-30"]
    quarter = _cash_flow_periods(
        ("Net income", "$ 415", "$ 391"), ("Depreciation", "90", "80"), _CASH, before=_RESULTS + "\n"
    )
    assert quarter == ["2007-04-01/2007-06-30", "2006-04-01/2006-06-30"]


def test_a_date_whose_net_income_stands_nowhere_stays_without_a_length() -> None:
    unknown = _cash_flow_periods(
        ("Net income", "$ 700", "$ 640"), ("Depreciation", "90", "80"), _CASH, before=_RESULTS + "\n"
    )
    assert unknown == ["2007-06-30", "2006-06-30"]


@pytest.mark.parametrize(
    ("row_label", "expected"),
    [
        ("Cash, end of year", ["2007-01-01/2007-12-31", "2006-01-01/2006-12-31"]),
        ("Cash, end of period", ["2007-12-31", "2006-12-31"]),
    ],
)
def test_cash_at_the_end_of_the_year_makes_the_flows_those_of_a_year(row_label: str, expected: list[str]) -> None:
    head = _PERIOD_ENDED.replace("For the Period Ended\n", "\n").replace("    June 30,", "December 31,")
    year = (
        "The fiscal year ended December 31, 2007 was a good one for all who took part in it, and for those who watched.\n\n"
        "Nothing in the sentence right above the table speaks of how long anything took, so that only its rows can say.\n\n"
    )
    assert (
        _cash_flow_periods(("Net income", "$ 822", "$ 805"), _CASH, (row_label, "60", "50"), head=head, before=year)
        == expected
    )


def test_columns_of_average_balances_make_a_table_no_balance_sheet() -> None:
    head = BALANCE_SHEET.replace("June 30,    December 31,", " Average         Average").replace(
        "2007          2006", "Balance 2007  Balance 2006"
    )
    rows = (
        ("Loans", "1,200", "1,100"),
        ("Total assets", "1,420", "1,300"),
        ("Deposits", "1,000", "900"),
        ("Total liabilities", "1,100", "1,000"),
    )
    assert only_statement(table(head, *rows)).kind is Kind.RECONCILIATION


def test_two_dates_over_one_column_of_figures_give_it_none() -> None:
    head = "CONSOLIDATED BALANCE SHEETS\n(In millions)\n\n" + row(
        "", "December 28, 2013 September 28, 2013", at=20, width=48
    )
    rows = (("Cash", "31,640"), ("Inventories", "5,206"), ("Other assets", "10,118"), ("Total assets", "46,964"))
    statement = only_statement(RELEASE + head + "".join(row(*cells, at=56) for cells in rows))
    assert [column.period for column in statement.columns] == [None]


def test_quarter_and_year_to_date_on_one_line_stand_over_two_columns_each() -> None:
    text = (
        RELEASE + "CONSOLIDATED STATEMENTS OF CASH FLOWS\n\n(In millions, unaudited)\n\n"
        "Quarter Ended June 30, Year to Date June 30,\n2006 2007 2006 2007\n"
        "Net income $ 14,215  $ 16,930  $ 27,604  $ 33,118\nDepreciation 2,106  2,455  4,170  4,862\n"
        "Net cash provided by operating activities 19,402  21,377  38,516  43,209\n"
    )
    assert [str(column.period) for column in only_statement(text).columns] == [
        "2006-04-01/2006-06-30",
        "2007-04-01/2007-06-30",
        "2006-01-01/2006-06-30",
        "2007-01-01/2007-06-30",
    ]


def _dated(title: str, line: str, years: Sequence[str], *rows: Sequence[str]) -> str:
    head = f"{title}\n(In thousands)\n\n" + row("", line, width=24) + row("", *years)
    return head + "".join(row(*cells) for cells in rows) + "\n"


def test_headings_that_seem_exchanged_and_cannot_be_put_back_are_a_doubt_and_no_repair() -> None:
    text = (
        RELEASE
        + _dated(
            "CONSOLIDATED STATEMENTS OF CASH FLOWS",
            "Year Ended December 31,",
            ("2006", "2005"),
            ("Net income", "900", "800"),
            ("Net cash provided by operating activities", "1,500", "1,300"),
            ("Cash, beginning of year", "4,000", "3,100"),
            ("Cash, end of year", "5,500", "4,000"),
        )
        + _dated(
            "CONSOLIDATED BALANCE SHEETS",
            "December 31,",
            ("2004", "2005"),
            ("Cash", "4,000", "3,100"),
            ("Inventories", "700", "600"),
            ("Total assets", "4,700", "3,700"),
        )
        + _dated(
            "CONSOLIDATED STATEMENTS OF OPERATIONS",
            "Year Ended December 31,",
            ("2006", "2005"),
            ("Revenue", "9,000", "8,000"),
            ("Cost of sales", "8,000", "7,100"),
            ("Gross profit", "1,000", "900"),
            ("Net income", "900", "800"),
        )
    )
    statements = laid_out(text).statements
    mended, findings = uncross(statements)
    assert mended == statements
    assert [finding.code for finding in findings] == [Code.COLUMNS_IN_DOUBT]
    assert (
        "seem exchanged in 'CONSOLIDATED STATEMENTS OF CASH FLOWS' or in 'CONSOLIDATED BALANCE SHEETS': "
        in findings[0].message
    )
