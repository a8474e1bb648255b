"""How tables become statements, at the edges of each decision: totals across columns, titles, headings, labels, scales."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from statement_cases import statement
from tagger.document import Cell, Row, Table, Text
from tagger.fiscal import Calendar
from tagger.lexicon import parse_cell
from tagger.statement import OF_OTHERS, Column, Kind, Line, Part, Statement, Use
from tagger.statements.crossways import agree, total_column
from tagger.statements.currencies import label_currency
from tagger.statements.dealing import deal_dates
from tagger.statements.kinds import bears, kind_of, title_kind
from tagger.statements.lengths import solve_lengths
from tagger.statements.lines import clean_label, is_major, read_lines
from tagger.statements.parts import table_scope, with_parts
from tagger.statements.scope import Names
from tagger.statements.sections import Section
from tagger.statements.stacks import read_stack, with_quarters
from tagger.statements.tables import continues, is_headless_rest, said_before, taken_over
from tagger.values import Duration, Instant, Period, Span


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# --- sums across columns


def _total(*rows: Sequence[str]) -> int | None:
    of = statement(*(("Row", *cells) for cells in rows))
    found = total_column(of.columns, of.lines)
    return found.index if found is not None else None


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ((("100", "200", "300"), ("40", "50", "90")), 3),
        ((("300", "100", "200"), ("90", "40", "50")), 1),
        ((("100", "200", "300"),), None),  # one row is chance
        ((("100", "200", "301"), ("40", "50", "90")), 3),  # by rounding
        ((("100", "200", "302"), ("40", "50", "90")), None),
        ((("100", "200", "300"), ("40", "50", "90"), ("1", "2", "9"), ("5", "6", "7")), None),  # in half of the rows
        ((("100", "200", "300"), ("40", "50", "90"), ("1", "2", "9")), 3),  # in most
        ((("100", "200"), ("40", "40")), None),  # of two columns none is the sum
        ((("100", "", "100"), ("40", "", "40"), ("7", "", "7")), None),  # a row of one part says nothing
        ((("10.5", "20.25", "30.75"), ("1.0", "2.0", "3.0")), 3),
        ((("10%", "20%", "30%"), ("40%", "50%", "90%")), None),
        ((("100", "-", "100"), ("40", "50", "90"), ("1", "2", "3")), 3),
    ],
)
def test_the_column_that_all_others_add_up_to_is_the_total(rows: Sequence[Sequence[str]], total: int | None) -> None:
    assert _total(*rows) == total


@pytest.mark.parametrize(
    ("rows", "same"),
    [
        ((("100", "100"), ("40", "40")), True),
        ((("100", "100"), ("40", "41")), False),
        ((("100", ""), ("", "41")), True),
        ((("100", "(100)"),), False),
    ],
)
def test_columns_that_never_differ_are_one_column_set_twice(rows: Sequence[Sequence[str]], same: bool) -> None:
    of = statement(*(("Row", *cells) for cells in rows))
    assert agree(of.columns, of.lines) is same
    beside = statement(*(("Row", *cells, "999") for cells in rows))
    assert agree(of.columns, beside.lines) is same  # what stands in other columns does not matter


# --- what a table is


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("CONSOLIDATED BALANCE SHEETS", Kind.BALANCE_SHEET),
        ("Statement of Cash Flow", Kind.CASH_FLOW),
        ("Statements of Operations and Comprehensive Loss", Kind.OPERATIONS),
        ("Reconciliation of Net Income to EBITDA, Statement of Operations", Kind.RECONCILIATION),
        ("The following amounts are included in our consolidated statements of operations", None),
        ("Consolidated balance sheets" + " and notes thereto" * 7, None),  # too long for a title
        ("ACME INC.", None),
        ("Deferred Tax Assets and Liabilities", None),
        ("Statement of Assets and Liabilities", Kind.BALANCE_SHEET),
        ("Components of Income Tax Expense", None),
        ("Consolidated Statements of Income", Kind.OPERATIONS),
        ("Computation of Ratio of Earnings to Fixed Charges", None),
        ("Changes in Accumulated Other Comprehensive Income", None),
    ],
)
def test_titles_name_statements_and_sentences_do_not(title: str, kind: Kind | None) -> None:
    assert title_kind(title) is kind


def test_a_line_that_is_not_written_as_a_title_is_none_where_it_is_longer_than_a_line() -> None:
    line = "Our consolidated balance sheets together with those of the former owners "
    assert title_kind(line.ljust(140, "x")) is Kind.BALANCE_SHEET
    assert title_kind(line.ljust(141, "x")) is None
    assert title_kind("CONSOLIDATED BALANCE SHEETS OF HARBOR".ljust(141, "X")) is Kind.BALANCE_SHEET
    title = "Pro Forma Condensed Consolidated Statement of Operations Excluding amortization of "
    assert title_kind(title.ljust(141, "x")) is Kind.RECONCILIATION


INCOME = ["Net sales", "Cost of sales", "Gross profit", "Net income"]
FLOWS = ["Net cash provided by operating activities", "Net cash used in investing activities"]


@pytest.mark.parametrize(
    ("caption", "labels", "kind"),
    [
        ([], INCOME, Kind.OPERATIONS),
        ([], INCOME[:3], Kind.HIGHLIGHTS),
        ([], INCOME[:1], Kind.OTHER),
        ([], FLOWS, Kind.CASH_FLOW),
        ([], ["Widgets", "Gadgets"], Kind.OTHER),
        ([], ["ASSETS", "Land", "LIABILITIES AND SHAREHOLDERS’ EQUITY:", "Loans"], Kind.BALANCE_SHEET),
        ([], ["ASSETS", "Land"], Kind.OTHER),
        ([], ["Land", "Liabilities and shareholders' equity"], Kind.OTHER),
        (["CONSOLIDATED BALANCE SHEETS"], INCOME, Kind.OPERATIONS),  # the rows overrule what none of them bears out
        (["CONSOLIDATED BALANCE SHEETS"], [*INCOME, "Total assets"], Kind.BALANCE_SHEET),
        (["CONSOLIDATED BALANCE SHEETS"], INCOME[:2], Kind.BALANCE_SHEET),
        (["SEGMENT INFORMATION"], INCOME, Kind.SEGMENT),
        (
            ["CONSOLIDATED BALANCE SHEETS", "CONSOLIDATED STATEMENTS OF CASH FLOWS"],
            FLOWS,
            Kind.CASH_FLOW,
        ),  # the nearest
    ],
)
def test_rows_say_what_a_table_is_where_its_title_does_not(caption: list[str], labels: list[str], kind: Kind) -> None:
    assert kind_of(caption, labels) is kind


def test_one_typical_row_bears_out_a_statement() -> None:
    assert bears(Kind.CASH_FLOW, FLOWS[:1])
    assert not bears(Kind.CASH_FLOW, INCOME[:1])


TABLE = Table(rows=(), columns=2, span=Span(0, 1))


@pytest.mark.parametrize(
    ("before", "kind", "caption", "labels", "table", "goes_on", "rest"),
    [
        (Kind.OPERATIONS, Kind.OTHER, [], INCOME, TABLE, False, True),
        (Kind.OPERATIONS, Kind.HIGHLIGHTS, [], INCOME, TABLE, False, True),
        (Kind.OPERATIONS, Kind.BALANCE_SHEET, [], INCOME, TABLE, False, False),
        (Kind.OPERATIONS, Kind.OTHER, ["BALANCE SHEETS"], INCOME, TABLE, False, False),
        (Kind.OPERATIONS, Kind.OTHER, ["Three Months Ended March 31, 2021"], INCOME, TABLE, False, True),
        (Kind.OPERATIONS, Kind.OTHER, ["Things told"], INCOME, TABLE, False, False),
        (Kind.OPERATIONS, Kind.OTHER, ["Things told"], INCOME, replace(TABLE, continued=True), False, True),
        (Kind.OTHER, Kind.OTHER, [], INCOME, TABLE, False, False),
        (Kind.OPERATIONS, Kind.OTHER, [], ["Widgets"], TABLE, False, False),
        (Kind.OPERATIONS, Kind.OTHER, [], ["Widgets"], TABLE, True, True),
        (Kind.OPERATIONS, Kind.HIGHLIGHTS, [], ["Widgets"], TABLE, True, False),
    ],
)
def test_a_table_without_a_title_may_be_the_rest_of_the_statement_before_it(
    before: Kind, kind: Kind, caption: list[str], labels: list[str], table: Table, goes_on: bool, rest: bool
) -> None:
    of = replace(statement(("Row", "1")), kind=before)
    assert continues(of, kind, caption, labels, table, goes_on=goes_on) is rest


@pytest.mark.parametrize(
    ("kind", "width", "headed", "rest"),
    [
        (Kind.OPERATIONS, 3, False, True),
        (Kind.OPERATIONS, 2, False, False),
        (Kind.OPERATIONS, 4, False, False),
        (Kind.CASH_FLOW, 3, False, False),
        (Kind.OPERATIONS, 3, True, False),
        (Kind.OTHER, 3, False, False),
    ],
)
def test_a_table_without_headings_goes_on_with_a_statement_of_as_many_columns(
    kind: Kind, width: int, headed: bool, rest: bool
) -> None:
    before = statement(("Sales", "1", "2"), kind=kind if kind is Kind.OTHER else Kind.OPERATIONS)
    heading = Row(cells=(Cell(text=Text("2020", (0,), (0,)), column=1),))
    section = Section(headings=(heading,) if headed else (), rows=())
    columns = tuple(Column(index=n, heading="") for n in range(1, width))
    assert is_headless_rest(before, kind, section, columns) is rest


def test_the_rest_of_a_statement_takes_over_headings_and_scale() -> None:
    before = statement(("Row", "1", "2"))
    later = (Column(index=1, heading=""), Column(index=3, heading="own"))
    assert [column.heading for column in taken_over(later, before)] == ["2001", "own"]
    assert said_before(None) is None
    assert said_before(replace(before, scale=None)) is None
    said = said_before(replace(before, scale=3, share_scale=6))
    assert said is not None
    assert (said.scales.money, said.scales.shares, said.scales.currency) == (3, 6, "USD")
    borrowed = said_before(replace(before, scale=3), goes_on=False)
    assert borrowed is not None
    assert borrowed.where == OF_OTHERS


# --- lengths


def _dated(kind: Kind, periods: Sequence[Period | None], *rows: Sequence[str], use: Use = Use.FIGURES) -> Statement:
    of = statement(*rows, kind=kind)
    columns = tuple(replace(c, period=p, use=use) for c, p in zip(of.columns, periods, strict=True))
    return replace(of, columns=columns)


NINE = Duration(_day("2021-01-01"), _day("2021-09-30"))
QUARTER = Duration(_day("2021-07-01"), _day("2021-09-30"))
END = Instant(_day("2021-09-30"))
NET = ("Net income", "2,600")


@pytest.mark.parametrize(
    ("told", "row", "months"),
    [
        ((NINE,), NET, 9),
        ((QUARTER,), NET, 3),
        ((NINE,), ("Net loss", "(2,600)"), 9),  # whichever way it is printed
        ((NINE,), ("Net income", "2,601"), None),
        ((NINE,), ("Revenues", "2,600"), None),
        ((NINE, QUARTER), NET, None),  # both lengths have it
        ((Duration(_day("2021-01-01"), _day("2021-09-29")),), NET, None),  # ends another day
    ],
)
def test_a_date_alone_is_as_long_as_the_one_column_with_its_net_income(
    told: Sequence[Duration], row: Sequence[str], months: int | None
) -> None:
    income = [_dated(Kind.OPERATIONS, [period], NET) for period in told]
    flows = _dated(Kind.CASH_FLOW, [END], row)
    *_, solved = solve_lengths([*income, flows], Calendar())
    period = solved.columns[0].period
    found = None if isinstance(period, Instant) else {273: 9, 92: 3}[period.days] if period else None
    assert found == months


@pytest.mark.parametrize("use", [Use.CHANGE, Use.ADJUSTED])
def test_only_reported_columns_tell_a_length(use: Use) -> None:
    income = _dated(Kind.OPERATIONS, [NINE], NET, use=use)
    *_, solved = solve_lengths([income, _dated(Kind.CASH_FLOW, [END], NET)], Calendar())
    assert solved.columns[0].period == END


def test_balances_have_no_length() -> None:
    income = _dated(Kind.OPERATIONS, [NINE], NET)
    *_, solved = solve_lengths([income, _dated(Kind.BALANCE_SHEET, [END], NET)], Calendar())
    assert solved.columns[0].period == END


# --- dates over years


@pytest.mark.parametrize(
    ("beside", "weeks", "days"),
    [
        (["December 31, 2020 and December 31, 2019"], False, [(12, 31), (12, 31)]),
        (["December 31, 2020"], False, [(12, 31), (12, 31)]),
        (["February 29, 2020"], False, [(2, 29), (2, 28)]),  # a month ends on it
        (["December 30, 2020"], False, [(12, 30), None]),
        (["December 31, 2020"], True, [(12, 31), (12, None)]),
        (["December 31, 2018"], False, None),
        (["January 2, 2021 and December 28, 2019"], False, [(1, 2), (12, 28)]),  # years called after their beginning
        (["June 30, 2021 and December 28, 2019"], False, [(6, 30), (12, 28)]),
        (["July 31, 2021 and December 28, 2019"], False, None),
        (["It has grown since December 31, 2020"], False, None),
        (["December 31, 2020 " + "x" * 130], False, None),
    ],
)
def test_dates_beside_columns_of_years_are_dealt_out(
    beside: list[str], weeks: bool, days: list[tuple[int, int | None] | None] | None
) -> None:
    found = deal_dates(["2020", "2019"], beside, 2, weeks=weeks)
    assert (None if found is None else [p and (p.month, p.day) for p in found]) == days


@pytest.mark.parametrize("over", [["2020", "2020"], ["2020"], ["2020", "Q3 2019"], ["2020", "June 2019"]])
def test_dates_are_dealt_out_to_years_alone(over: list[str]) -> None:
    assert deal_dates(over, ["December 31, 2020"], 2, weeks=False) is None


@pytest.mark.parametrize(
    ("parts", "end"),
    [
        (["Year Ended June 30, 1995", "First Quarter"], (1994, 9, 30)),
        (["Year Ended June 30, 1995", "Third Quarter"], (1995, 3, 31)),
        (["Year Ended June 30, 1995", "Fourth Quarter"], (1995, 6, 30)),
        (["Year Ended December 31, 2020", "Second Quarter"], (2020, 6, 30)),
    ],
)
def test_a_quarter_under_a_year_ends_within_it(parts: list[str], end: tuple[int, int, int]) -> None:
    phrase = read_stack(parts)
    assert phrase is not None
    assert (phrase.year, phrase.month, phrase.day) == end


def test_ordinals_are_quarters_where_there_are_several() -> None:
    assert with_quarters([["2020", "First"], ["2020", "Second"]])[0] == ["2020", "First Quarter"]
    assert with_quarters([["2020", "First"], ["2020", "First"]])[0] == ["2020", "First"]
    assert with_quarters([["2020", "First"], ["2020", "Total"]])[0] == ["2020", "First"]
    assert with_quarters([["2020", "First"], ["2020", "Second"], [], ["Total"]])[2:] == [[], ["Total"]]


# --- lines


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Revenues (1)", "Revenues"),
        ("Revenues (a)", "Revenues"),
        ("Revenues (i)", "Revenues (i)"),
        ("Revenues (123)", "Revenues (123)"),
        ("Revenues (12)", "Revenues"),
        ("Revenues (1) (2)", "Revenues"),
        ("Revenues *", "Revenues"),
        ("Revenues ....", "Revenues"),
        ("Revenues ..", "Revenues .."),
        ("Revenues:", "Revenues"),
        ("“Adjusted” revenues", "Adjusted” revenues"),
        ("(1)", "(1)"),
        ("Net income (loss)", "Net income (loss)"),
    ],
)
def test_marks_leaders_and_colons_are_no_words_of_a_label(printed: str, label: str) -> None:
    assert clean_label(Cell(text=Text(printed, (0,), (0,)), column=0)) == label


def _lines(*rows: tuple[float, str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lines with figures and the headings that they stand under; *rows* are indents, labels, figures."""
    made = []
    figures = {}
    at = 0
    for index, (indent, label, figure) in enumerate(rows):
        cells = []
        for column, string in enumerate((label, figure)):
            if string:
                cells.append(Cell(text=Text(string, (0,), (at,)), column=column))
                at += len(string) + 1
        numeral = parse_cell(figure)
        if figure and numeral is not None:
            figures[index, 1] = numeral
        made.append((index, Row(cells=tuple(cells), indent=indent)))
    return [(line.label, line.headings) for line in read_lines(made, figures)]


def test_headings_stay_open_until_their_total_or_a_main_one() -> None:
    found = _lines(
        (0, "Current assets:", ""),
        (0, "Cash", "1"),
        (0, "Total current assets", "1"),
        (0, "Goodwill", "1"),
        (0, "Current liabilities:", ""),
        (0, "Debt", "1"),
        (0, "Other liabilities:", ""),
        (0, "Leases", "1"),
    )
    assert dict(found) == {
        "Cash": ("Current assets",),
        "Total current assets": ("Current assets",),
        "Goodwill": (),
        "Debt": ("Current liabilities",),
        "Leases": ("Other liabilities",),
    }


def test_indents_close_headings() -> None:
    found = _lines(
        (0, "Revenues", ""),
        (2, "Products", "1"),
        (2, "Services", "1"),
        (0, "Other income", "1"),
        (2, "Of which interest", "1"),
    )
    assert dict(found) == {
        "Products": ("Revenues",),
        "Services": ("Revenues",),
        "Other income": (),
        "Of which interest": (),
    }


def test_a_row_stands_under_a_heading_as_long_as_it_is_indented_more() -> None:
    found = _lines(
        (0, "Income per share", ""),
        (2, "Fully diluted:", ""),
        (4, "Continuing operations", "1"),
        (3, "Net income", "1"),
        (2, "Dividends", "1"),
    )
    assert dict(found) == {
        "Continuing operations": ("Income per share", "Fully diluted"),
        "Net income": ("Income per share", "Fully diluted"),
        "Dividends": ("Income per share",),
    }


def test_a_heading_beside_another_closes_it_once_it_has_rows() -> None:
    found = _lines(
        (0, "Loans", ""),
        (2, "Commercial:", ""),
        (4, "Term", "1"),
        (2, "Consumer:", ""),
        (4, "Cards", "1"),
        (2, "Mortgages:", ""),
        (2, "Fixed:", ""),  # right below a heading without rows: inside it
        (4, "First lien", "1"),
    )
    assert dict(found) == {
        "Term": ("Loans", "Commercial"),
        "Cards": ("Loans", "Consumer"),
        "First lien": ("Loans", "Mortgages", "Fixed"),
    }


def test_a_part_of_a_total_that_comes_later_closes_nothing() -> None:
    rows = (
        (0, "Revenues", ""),
        (0, "Total product revenues", "1"),
        (0, "Services", "1"),
        (0, "Total revenues", "1"),
        (0, "Tax", "1"),
    )
    assert dict(_lines(*rows)) == {
        "Total product revenues": ("Revenues",),
        "Services": ("Revenues",),
        "Total revenues": ("Revenues",),
        "Tax": (),
    }
    assert dict(_lines(*rows[:3]))["Services"] == ()


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Interest and", [("Interest and", ())]),  # a label of its own above its figures
        ("Interest:", [("", ("Interest",))]),
        ("Commitments and contingencies", [("", ("Commitments and contingencies",))]),
        ("Assets", [("", ("Assets",))]),
    ],
)
def test_a_label_above_its_figures_is_theirs_unless_it_heads_a_section(
    label: str, lines: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert _lines((0, label, ""), (0, "", "5")) == lines


@pytest.mark.parametrize(
    ("note", "heads"),
    [("Costs", True), ("x" * 150, True), ("x" * 151, False), ("Costs of the year. They rose. It was much", False)],
)
def test_sentences_head_nothing(note: str, heads: bool) -> None:
    assert _lines((0, note, ""), (0, "Rent", "5"))[-1] == ("Rent", (note,) if heads else ())


def test_what_has_nothing_below_it_is_no_heading_but_counts_in_words_are_a_line() -> None:
    assert _lines((0, "Rent", "5"), (0, "Costs", "")) == [("Rent", ())]
    assert _lines((0, "Rent", "5"), (0, "Common stock, 100 shares issued", ""))[-1] == (
        "Common stock, 100 shares issued",
        (),
    )


# --- parts of the company


NAMES = Names(company=frozenset({"acme"}), segments=frozenset({"rail"}))


@pytest.mark.parametrize(
    ("caption", "part", "name"),
    [
        (["Consolidated balance sheets"], Part.COMPANY, ""),
        (["Rail"], Part.SEGMENT, "Rail"),
        (["Acme"], Part.COMPANY, ""),
        (["Barge segment"], Part.SEGMENT, "Barge"),
        (["Barge segment results"], Part.SEGMENT, "Barge"),
        (["Results by segment"], Part.COMPANY, ""),
        (["Other segment information"], Part.COMPANY, ""),
        (["Acme Inc.", "Condensed consolidating balance sheet"], Part.COMPANY, ""),
        (["ACME BANCORP (PARENT COMPANY)"], Part.PARENT, ""),
        (["Acme Bancorp - Parent Company"], Part.PARENT, ""),
        (["Condensed balance sheets of the Parent"], Part.PARENT, ""),
        (["Acme Bancorp (Unconsolidated)"], Part.PARENT, ""),
        (["Balance sheets of the Corporation only"], Part.PARENT, ""),
        (["Statements of income - Guarantor Subsidiaries"], Part.GUARANTORS, ""),
        (["Acme Bancorp, the parent company of Acme Bank"], Part.COMPANY, ""),
        (["Consolidating balance sheet (Parent, Guarantors)"], Part.COMPANY, ""),
        (["Sales in the United States, Rail, and elsewhere follow:"], Part.COMPANY, ""),
        (["Balance sheets of Rivet LLC, a subsidiary of the Company"], Part.OTHER, ""),
        (["Balance sheets of Rivet LLC, a subsidiary of Acme"], Part.OTHER, ""),
        (["Balance sheets of Acme, a subsidiary of Great Holdings"], Part.COMPANY, ""),
    ],
)
def test_a_caption_may_name_a_part_of_the_company(caption: list[str], part: Part, name: str) -> None:
    scope = table_scope(caption, NAMES)
    assert (scope.part, scope.name if scope.part is Part.SEGMENT else "") == (part, name)


def _line(index: int, label: str, *headings: str, figures: bool = True) -> Line:
    of = statement((label, "5" if figures else "")).lines[0]
    return replace(of, index=index, headings=headings)


@pytest.mark.parametrize(
    ("labels", "kind", "parts"),
    [
        (("Class A basic", "Class B basic"), Kind.OPERATIONS, [Part.STOCK_CLASS, Part.STOCK_CLASS]),
        (("Class A basic", "Class A diluted"), Kind.OPERATIONS, [Part.COMPANY, Part.COMPANY]),  # one class is the stock
        (("Class A and Class B basic", "Class B basic"), Kind.OPERATIONS, [Part.COMPANY, Part.COMPANY]),
        (("Class A basic", "Class B basic"), Kind.BALANCE_SHEET, [Part.COMPANY, Part.COMPANY]),
        (("Class A common stock", "Class B shares"), Kind.BALANCE_SHEET, [Part.STOCK_CLASS, Part.STOCK_CLASS]),
        (("Class A common stock", "Class A treasury stock"), Kind.BALANCE_SHEET, [Part.COMPANY, Part.COMPANY]),
        (("Common stock", "Class B stock"), Kind.BALANCE_SHEET, [Part.STOCK_CLASS, Part.STOCK_CLASS]),
        (("Common stock", "Series B preferred stock"), Kind.BALANCE_SHEET, [Part.COMPANY, Part.STOCK_CLASS]),
        (("Class B stock", "Class A and Class C common stock"), Kind.BALANCE_SHEET, [Part.COMPANY, Part.COMPANY]),
        (("Class A common stock", "Series B shares"), Kind.BALANCE_SHEET, [Part.COMPANY, Part.COMPANY]),
        (("Class A common stock", "Class B common stock"), Kind.CASH_FLOW, [Part.COMPANY, Part.COMPANY]),
        (("Class A basic", "Class B basic", "Basic"), Kind.OTHER, [Part.STOCK_CLASS, Part.STOCK_CLASS, Part.COMPANY]),
    ],
)
def test_several_classes_of_stock_have_a_scope_each(labels: Sequence[str], kind: Kind, parts: list[Part]) -> None:
    lines = with_parts([_line(n, label) for n, label in enumerate(labels)], kind, NAMES)
    assert [line.scope.part for line in lines] == parts


@pytest.mark.parametrize(
    ("heading", "sector"),
    [
        ("Equipment operations", True),
        ("Manufacturing", True),
        ("Operations", False),
        ("Cost of sales", False),
        ("Cost of equipment sales", False),
    ],
)
def test_headings_like_that_of_the_whole_company_are_sectors(heading: str, sector: bool) -> None:
    lines = [_line(0, "Revenues", heading), _line(1, "Revenues", "Total company")]
    parts = [line.scope.part for line in with_parts(lines, Kind.OPERATIONS, NAMES)]
    assert parts == [Part.SEGMENT if sector else Part.COMPANY, Part.COMPANY]


def test_rows_under_a_segment_are_the_segments_outside_the_statements() -> None:
    lines = [_line(0, "Revenues", "Rail"), _line(1, "Revenues", "Barge")]
    assert [line.scope.part for line in with_parts(lines, Kind.OTHER, NAMES)] == [Part.SEGMENT, Part.SEGMENT]
    assert [line.scope.part for line in with_parts(lines, Kind.OPERATIONS, NAMES)] == [Part.COMPANY, Part.COMPANY]


@pytest.mark.parametrize(
    ("label", "currency"),
    [("Net income (EUR)", "EUR"), ("Net income (loss)", None), ("Net income EUR", None), ("(EUR) net income", None)],
)
def test_the_end_of_a_label_may_name_its_currency(label: str, currency: str | None) -> None:
    assert label_currency(label) == currency


@pytest.mark.parametrize(
    ("heading", "major"), [("ASSETS", True), ("Operating activities:", True), ("Current assets", False)]
)
def test_the_main_parts_of_a_statement_have_names(heading: str, major: bool) -> None:
    assert is_major(heading) is major
