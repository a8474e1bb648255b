"""Tables cut into sections, at the edges: which rows head columns, what stands over all of them, notes, titles and scales."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace

from statement_cases import laid_out, statement
from tagger.catalog import Catalog
from tagger.document import Cell, Row, Table, Text
from tagger.facts import Fact, Printed
from tagger.findings import Code, Finding, Severity
from tagger.statement import Kind, Part, Scope, Statement, Use
from tagger.statements.notes import cites_notes, without_notes
from tagger.statements.scales import said_scales
from tagger.statements.sections import Section, is_heading, read_figures, says_only_time, split_sections
from tagger.tagging.members import Dimensions, scope_findings
from tagger.tagging.refusals import Refusal, refusal_findings, silence
from tagger.taxonomies import load_catalog
from tagger.values import Entity, Instant, Span, money

Cells = Sequence[str | tuple[str, int]]


def _row(cells: Cells, at: int) -> Row:
    """Return a row of *cells*, each a text or a text with the columns it stands over; an empty text leaves its cell out."""
    made = []
    column = 0
    for cell in cells:
        text, span = (cell, 1) if isinstance(cell, str) else cell
        if text:
            made.append(Cell(text=Text(text, (0,), (at,)), column=column, colspan=span))
            at += len(text) + 1
        column += span
    return Row(cells=tuple(made))


def _table(*rows: Cells) -> Table:
    built = [_row(cells, 1000 * index) for index, cells in enumerate(rows)]
    return Table(
        rows=tuple(built), columns=max(c.column + c.colspan for r in built for c in r.cells), span=Span(0, 9000)
    )


def _sections(*rows: Cells) -> list[tuple[list[int], list[int], str]]:
    """Return for each section the numbers of its heading rows and of its other rows, and its title."""
    table = _table(*rows)
    place = {id(row.cells[0].text): index for index, row in enumerate(table.rows)}
    return [
        ([place[id(row.cells[0].text)] for row in found.headings], [index for index, _ in found.rows], found.title)
        for found in split_sections(table, read_figures(table, ocr=False))
    ]


@pytest.mark.parametrize(
    ("cells", "heads"),
    [
        (["", "2021", "2020"], True),
        (["", "2021 (1)", "2020"], True),
        (["", "$2,021", "$2,020"], False),
        (["", "(2021)", "(2020)"], False),
        (["", "2,021", "1,877"], False),
        (["", "March 31, 2021", "March 31, 2020"], True),
        (["", "Amount", "Change"], True),
        (["(In thousands)", "Amount", "Change"], True),
        (["Region", "Amount", "Change"], False),  # words over the labels: a row of words
        (["Region", "2021", "2020"], True),
        (["Region", "2021", "500"], False),
        (["Rent"], False),
        (["", "—", "="], False),
    ],
)
def test_rows_of_dates_years_or_words_head_columns(cells: Cells, heads: bool) -> None:
    table = _table(cells)
    assert is_heading(table.rows[0], 0, read_figures(table, ocr=False)) is heads


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Three Months Ended March 31, 2021", True),
        ("For the year ended December 31, 2020:", True),
        ("March 31, 2021", False),
        ("2021", False),
        ("Three Months Ended March 31, 2021 and 2020", False),
        ("Three Months Ended March 31, 2021, restated", False),
        ("Revenues for the year ended December 31, 2020", False),
        ("the year ended December 31, 2020 and", False),
        ("to the year ended December 31, 2020", False),
        ("Revenues", False),
    ],
)
def test_a_row_may_say_a_time_and_nothing_else(text: str, only: bool) -> None:
    assert says_only_time(text) is only


def test_new_headings_begin_a_new_section() -> None:
    assert _sections(["", "2021", "2020"], ["Rent", "5", "6"], ["", "2019", "2018"], ["Rent", "7", "8"]) == [
        ([0], [1], ""),
        ([2], [3], ""),
    ]


def test_headings_in_a_row_are_one_set_and_a_row_of_words_in_between_ends_nothing() -> None:
    assert _sections(
        ["", ("Year ended", 2)], ["", "2021", "2020"], ["Costs:"], ["Rent", "5", "6"], ["Fees:"], ["Tax", "7", "8"]
    ) == [
        ([0, 1], [2, 3, 4, 5], ""),
    ]


def test_a_time_across_the_table_keeps_the_columns_and_changes_the_period() -> None:
    found = _sections(
        ["", "Rail", "Barge"],
        ["Rent", "5", "6"],
        ["Three Months Ended March 31, 2020"],
        ["Rent", "7", "8"],
        ["Three Months Ended March 31, 2019"],
        ["Rent", "3", "4"],
    )
    assert [(headings, rows) for headings, rows, _ in found] == [([0], [1]), ([0, 2], [3]), ([0, 4], [5])]


def test_a_title_inside_a_table_keeps_its_headings() -> None:
    rows = (["", "2021", "2020"], ["Rent", "5", "6"], ["CONSOLIDATED STATEMENTS OF CASH FLOWS"], ["Paid", "7", "8"])
    assert _sections(*rows) == [([0], [1], ""), ([0], [3], "CONSOLIDATED STATEMENTS OF CASH FLOWS")]
    long = ["CONSOLIDATED STATEMENTS OF CASH FLOWS " + "x" * 82]
    assert len(_sections(*rows[:2], long, rows[3])) == 1
    assert len(_sections(*rows[:2], ["Cash flows"], rows[3])) == 1
    assert len(_sections(*rows[:2], ["CONSOLIDATED STATEMENTS OF CASH FLOWS", "9", "10"], rows[3])) == 1


def test_spanning_headings_stand_over_a_last_row_that_changes() -> None:
    found = _sections(
        ["", ("GAAP", 2), ("Other", 2)],
        ["", "Amount", "Growth", "Amount", "Growth"],
        ["Rent", "5", "6", "7", "8"],
        ["", "Amount", "Margin", "Amount", "Margin"],
        ["Rent", "5", "6", "7", "8"],
    )
    assert [headings for headings, _, _ in found] == [[0, 1], [0, 3]]


@pytest.mark.parametrize(
    ("rows", "column", "over"),
    [
        (([("", 1), ("Year ended", 2)], ["", "2021", "2020"]), 2, ["Year ended", "2020"]),
        ((["", "March 31,"], ["", "2021", "2020"]), 2, ["March 31,", "2020"]),  # one date beside years is over all
        ((["", "March 31, 2021"], ["", "2021", "2020"]), 2, ["2020"]),
        ((["", "March 31,"], ["", "2021", "Total"]), 2, ["Total"]),
        ((["", "March 31, 2021"], ["", "Rail", "Barge"]), 2, ["March 31, 2021", "Barge"]),
        ((["", "Amounts"], ["", "2021", "2020"]), 2, ["2020"]),
    ],
)
def test_the_only_time_named_stands_over_all_columns(rows: Sequence[Cells], column: int, over: list[str]) -> None:
    section = Section(headings=tuple(_row(cells, 100 * n) for n, cells in enumerate(rows)), rows=())
    assert section.over(column) == over


@pytest.mark.parametrize(("text", "read"), [("999,999,999,999", True), ("1,000,000,000,000", False)])
def test_nobody_prints_a_million_million(text: str, read: bool) -> None:
    assert bool(read_figures(_table(["Rent", text]), ocr=False)) is read


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        (["1 234", "(22 345)", "$ 333 456", "1 234 567"], 1234567),
        (["1 234", "(22 345)", "333\xa0456", "1 234 567"], 1234567),
        (["1 234", "22 345", "333 456", "999"], None),  # so few may be two figures in one cell
        (["1 234", "22 345", "333 456", "1 23 456"], None),
        (["1 234", "22 345", "333 456", "1 234 567", "1,000"], None),
        (["1 234", "22 345", "333 456", "1 234 567", "2024"], 1234567),
        (["1 234", "22 345", "333 456", "12 345.6"], None),
    ],
)
def test_blanks_group_digits_where_nothing_else_does(cells: list[str], last: int | None) -> None:
    figures = read_figures(_table(*(["Rent", cell] for cell in cells)), ocr=False)
    assert (figures[3, 1].number if (3, 1) in figures and cells[3] != "999" else None) == last


# --- notes


@pytest.mark.parametrize(
    ("heading", "column", "cites"),
    [
        (["", "Notes", "2021", "2020"], ["4", "5"], True),
        (["", "", "2021", "2020"], ["4", "5"], True),
        (["", "", "2021", "2020"], ["4", "5 and 6"], True),
        (["", "", "2021", "2020"], ["4", "500"], False),
        (["", "", "2021", "2020"], ["4", ""], False),  # one alone is chance
        (["", "2022", "2021", "2020"], ["4", "5"], False),
        (["", "", "", ""], ["4", "5"], False),  # nothing is headed
    ],
)
def test_small_bare_numbers_left_of_all_figures_are_notes(heading: Cells, column: list[str], cites: bool) -> None:
    rows = [["Rent", column[0], "500", "600"], ["Tax", column[1], "700", "800"]]
    table = _table(heading, *rows) if any(heading) else _table(*rows)
    figures = read_figures(table, ocr=False)
    (section,) = split_sections(table, figures)
    assert cites_notes(1, section, figures) is cites
    assert not cites_notes(2, section, figures)
    left = {
        place for place in without_notes(section, figures) if place[1] == 1 and place[0] in {i for i, _ in section.rows}
    }
    assert bool(left) is not cites


def test_one_column_of_small_numbers_is_no_notes() -> None:
    table = _table(["", "", "Amount"], ["Rent", "4"], ["Tax", "5"])
    figures = read_figures(table, ocr=False)
    (section,) = split_sections(table, figures)
    assert not cites_notes(1, section, figures)


# --- scales


def _said(caption: Sequence[str], *rows: Cells) -> tuple[int | None, int | None, str | None, str] | None:
    table = _table(*(rows or (["Rent", "5"],)))
    (section,) = split_sections(table, read_figures(table, ocr=False))
    found = said_scales(section, caption)
    return None if found is None else (found.scales.money, found.scales.shares, found.scales.currency, found.where)


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        (["(In thousands)"], (3, None, None, "(In thousands)")),
        (
            ["(In thousands)", "(In millions)"],
            (None, None, None, "(In millions) ... (In thousands)"),
        ),  # which, is not told
        (["(In thousands)", "(Shares in millions)"], (None, 6, None, "(Shares in millions)")),  # the nearest
        (["(In millions)", "(Euros)"], (6, None, "EUR", "(In millions)")),  # a currency alone gives no scale
        (["(In millions of US dollars)", "(Euros)"], (6, None, "USD", "(In millions of US dollars)")),
        (["(Yen)", "(Euros)"], (None, None, "EUR", "(Euros)")),
        (["ACME INC."], None),
    ],
)
def test_the_nearest_line_gives_the_scale_where_all_give_one(
    caption: list[str], said: tuple[int | None, int | None, str | None, str] | None
) -> None:
    assert _said(caption) == said


def test_headings_go_before_captions_and_rows_after_them() -> None:
    rows = (["", "2021", "2020"], ["(In millions)"], ["Rent", "5", "6"])
    headed = (["(In millions)", "2021", "2020"], ["Rent", "5", "6"])
    assert _said(["(In thousands)"], *headed) == (None, None, None, "(In millions) ... (In thousands)")
    assert _said(["(Shares in thousands)"], *headed) == (6, None, None, "(In millions)")
    assert _said([], *rows) == (6, None, None, "(In millions)")
    assert _said(["(In thousands)"], *rows) == (None, None, None, "(In thousands) ... (In millions)")
    assert _said(["(In thousands)"], rows[0], ["Numerator (in millions):"], rows[2]) == (
        3,
        None,
        None,
        "(In thousands)",
    )
    assert _said(["(In thousands)"], ["", "2021", "(In millions)"], rows[2]) == (3, None, None, "(In thousands)")
    late = (rows[0], ["A", "5", "6"], ["B", "5", "6"], ["C", "5", "6"], rows[1])
    assert _said([], *late) is None
    assert _said([], ["", "2021", "2020"], ["Rent (in millions)", "5", "6"]) is None


# --- what is left out


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(2024)


@pytest.mark.parametrize(
    ("scope", "members"),
    [
        (Scope(), ()),
        (Scope(Part.PREDECESSOR, "Old Co", ""), ()),
        (Scope(Part.SEGMENT, "Paper", ""), ("own:PaperMember",)),
        (Scope(Part.SEGMENT, "", ""), None),
        (Scope(Part.SEGMENT, "123", ""), None),
        (Scope(Part.UNKNOWN, "Paper", ""), None),
        (Scope(Part.OTHER, "Paper", ""), None),
        (Scope(Part.STOCK_CLASS, "class a", ""), ("us-gaap:CommonClassAMember",)),
        (Scope(Part.STOCK_CLASS, "class d", ""), ("own:CommonClassDMember",)),
        (Scope(Part.STOCK_CLASS, "series k preferred", ""), ("own:SeriesKPreferredStockMember",)),
    ],
)
def test_parts_are_members_where_there_is_an_axis(
    scope: Scope, members: tuple[str, ...] | None, catalog: Catalog
) -> None:
    found = Dimensions(catalog, "own").members(scope)
    assert (None if found is None else tuple(member.member for member in found)) == members


def _scoped(*scopes: Scope, use: Use = Use.FIGURES) -> Statement:
    of = statement(("Row", *("5",) * len(scopes)))
    columns = tuple(replace(c, scope=scope, use=use) for c, scope in zip(of.columns, scopes, strict=True))
    return replace(of, columns=columns)


UNKNOWN = Scope(Part.UNKNOWN, "Paper", "why")


@pytest.mark.parametrize(
    ("of", "count"),
    [
        (_scoped(Scope(), Scope()), 0),
        (_scoped(UNKNOWN, UNKNOWN), 1),  # one reason is told once
        (_scoped(UNKNOWN, Scope(Part.UNKNOWN, "Paper", "another")), 2),
        (_scoped(UNKNOWN, use=Use.CHANGE), 0),
        (_scoped(Scope(Part.OTHER, "Paper", "why")), 0),
        (replace(_scoped(Scope()), scope=UNKNOWN), 1),
    ],
)
def test_columns_that_are_not_told_whose_they_are_are_said(of: Statement, count: int, catalog: Catalog) -> None:
    found = scope_findings(of, Dimensions(catalog, "own"))
    assert [finding.code for finding in found] == [Code.AMBIGUOUS_SCOPE] * count
    assert all("not told whose" in finding.message for finding in found)


@pytest.mark.parametrize(
    ("cells", "scope", "told"),
    [
        (("5",), Scope(Part.OTHER, "Paper", "why"), True),
        ((), Scope(Part.OTHER, "Paper", "why"), False),  # a heading
        (("5",), Scope(), False),
    ],
)
def test_rows_of_others_are_said(cells: Sequence[str], scope: Scope, told: bool, catalog: Catalog) -> None:
    of = statement(("Row", *cells))
    of = replace(of, lines=tuple(replace(line, scope=scope) for line in of.lines))
    assert ["row 'Row'" in finding.message for finding in scope_findings(of, Dimensions(catalog, "own"))] == [
        True
    ] * told


def test_refused_figures_of_one_column_are_told_together() -> None:
    def refusal(label: str, column: str) -> Refusal:
        return Refusal(code=Code.NO_PERIOD, label=label, column=column, why="no date", span=Span(1, 2))

    of = replace(statement(("Row", "5")), title="Costs")
    found = list(
        refusal_findings(of, [refusal("Rent", "A"), refusal("Tax", "A"), refusal("Fees", "B"), refusal("All", "")])
    )
    assert [finding.message for finding in found] == [
        "table 1 (Costs), column 'A', row 'Rent' and 1 more: no date",
        "table 1 (Costs), column 'B', row 'Fees': no date",
        "table 1 (Costs), row 'All': no date",
    ]


ROWS = tuple((f"Row {n}", "5") for n in range(9))


@pytest.mark.parametrize(
    ("rows", "facts", "kind", "severity", "silent"),
    [
        (9, 0, Kind.OPERATIONS, None, True),
        (9, 2, Kind.OPERATIONS, None, True),
        (9, 3, Kind.OPERATIONS, None, False),  # a third of the rows
        (9, 0, Kind.OTHER, None, False),
        (9, 0, Kind.OPERATIONS, Severity.ERROR, False),  # which says why
        (9, 0, Kind.OPERATIONS, Severity.WARNING, True),
        (2, 0, Kind.OPERATIONS, None, False),
        (3, 0, Kind.OPERATIONS, None, True),
    ],
)
def test_a_statement_that_gives_few_facts_says_so(
    rows: int, facts: int, kind: Kind, severity: Severity | None, silent: bool, fact_of_row: list[Fact]
) -> None:
    of = statement(*ROWS[:rows], kind=kind)
    told = [] if severity is None else [Finding(code=Code.NO_PERIOD, severity=severity, message="m")]
    found = list(silence(of, fact_of_row[:facts], told))
    assert [finding.code for finding in found] == ([Code.SILENT_TABLE] if silent else [])


@pytest.mark.parametrize(
    ("labels", "tagged", "kind", "told"),
    [
        (
            ("Sales, as reported", "Currency", "At constant currency"),
            0,
            Kind.RECONCILIATION,
            "row 'Sales, as reported':",
        ),
        (("GAAP income", "Costs", "Tax, as reported"), 0, Kind.RECONCILIATION, "row 'GAAP income' and 1 more:"),
        (("GAAP income", "Costs", "Tax, as reported"), 1, Kind.RECONCILIATION, "row 'Tax, as reported':"),
        (("GAAP income", "Costs"), 1, Kind.RECONCILIATION, None),
        (("Sales, as previously reported", "Non-GAAP income"), 0, Kind.RECONCILIATION, None),
        (("Sales, as reported", "Currency"), 0, Kind.OTHER, None),
    ],
)
def test_rows_as_reported_that_a_reconciliation_leaves_out_are_named(
    labels: Sequence[str], tagged: int, kind: Kind, told: str | None, fact_of_row: list[Fact]
) -> None:
    of = statement(*((label, "5") for label in labels), kind=kind)
    found = [finding.message for finding in silence(of, fact_of_row[:tagged], ())]
    assert len(found) == (told is not None)
    assert told is None or told in found[0]


@pytest.fixture
def fact_of_row() -> list[Fact]:
    return [
        Fact(
            id="",
            concept="us-gaap:A",
            entity=Entity("s", "1"),
            period=Instant(dt.date(2021, 3, 31)),
            unit=money("USD"),
            value=Decimal(5),
            decimals=0,
            printed=Printed(text="5", span=Span(n, n + 1), number=Decimal(5)),
            rule="r",
            label="Row",
            statement="operations",
            table=0,
            row=n,
            column=1,
        )
        for n in range(9)
    ]


def test_a_table_that_goes_on_after_a_page_break_stays_the_statement_it_was() -> None:
    head = "<tr><td></td><td>June 30, 2021</td><td>December 31, 2020</td></tr>"
    first = "<tr><td>Cash</td><td>900</td><td>800</td></tr><tr><td>Inventories</td><td>90</td><td>80</td></tr>"
    rest = "<tr><td>Trademarks</td><td>40</td><td>30</td></tr><tr><td>Deposits made</td><td>7</td><td>8</td></tr>"
    page = (
        f"<p>CONSOLIDATED BALANCE SHEETS</p><p>(In thousands)</p><table>{head}{first}</table><hr><table>{rest}</table>"
    )
    found = laid_out(page).statements
    assert [one.kind for one in found] == [Kind.BALANCE_SHEET] * len(found)
    assert sum(len(one.lines) for one in found) == 4
