"""Whose figures a table, a column and a row hold: the company's as reported, a part's, or not told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

import tagger
from tagger.catalog import load_catalog
from tagger.findings import Code
from tagger.reading import read
from tagger.report import Report
from tagger.statement import Line, Part, Scope, Statement
from tagger.statements.names import explained_names
from tagger.statements.scope import Names, printed_name, scope_words, words_besides
from tagger.tagging.members import Dimensions

INTRO = "<p>BOSTON, Oct. 30, 2012 - Norwell Mills Corp. announced results for the quarter ended September 30, 2012.</p>"
ROWS = (
    ("Revenues", 400, 250),
    ("Cost of revenues", 300, 150),
    ("Gross profit", 100, 100),
    ("Operating income", 60, 40),
)


def _table(headings: list[str], rows: list[list[object]], caption: str, intro: str = INTRO) -> str:
    head = "".join(f"<th>{heading}</th>" for heading in ["", *headings])
    body = "".join(
        "<tr>"
        + "".join(f"<td>{cell}</td>" if at == 0 else f"<td align=right>{cell}</td>" for at, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f"<html><body>{intro}<p align=center><b>{caption}</b></p><table><tr>{head}</tr>{body}</table></body></html>"


def _tagged(
    headings: list[str], rows: list[list[object]], caption: str = "Operations by Segment", intro: str = INTRO
) -> Report:
    times = "<br>Three Months Ended September 30, 2012<br>(in thousands)"
    return tagger.tag(_table(headings, rows, caption + times, intro).encode())


def _statement(report: Report) -> Statement:
    return report.layout.statements[0]


def _parts(report: Report) -> list[Part]:
    return [column.scope.part for column in _statement(report).columns]


def _revenues(report: Report) -> dict[tuple[str, ...], Decimal]:
    return {
        tuple(member.member for member in fact.members): fact.value
        for fact in report.facts
        if fact.concept == "us-gaap:Revenues"
    }


THREE = [[label, one, two, one + two] for label, one, two in ROWS]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (1, 3, 2)])
def test_the_total_is_the_company_wherever_it_stands(order: tuple[int, ...]) -> None:
    names = ["", "Retail", "Wholesale", "Total"]
    report = _tagged([names[at] for at in order], [[row[0], *(row[at] for at in order)] for row in THREE])
    assert _revenues(report) == {
        (): Decimal(650000),
        ("own:RetailMember",): Decimal(400000),
        ("own:WholesaleMember",): Decimal(250000),
    }


@pytest.mark.parametrize(
    "name",
    ["Total", "Consolidated", "Total Company", "Norwell Mills Consolidated", "Total Norwell Mills", "Company Total"],
)
def test_these_words_mean_the_company(name: str) -> None:
    assert _parts(_tagged(["Retail", "Wholesale", name], THREE)) == [Part.SEGMENT, Part.SEGMENT, Part.COMPANY]


def test_the_sum_of_the_other_columns_is_the_company_where_no_word_says_it() -> None:
    report = _tagged(["Retail", "Both", "Wholesale"], [[r[0], r[1], r[3], r[2]] for r in THREE])
    assert _parts(report) == [Part.SEGMENT, Part.COMPANY, Part.SEGMENT]


def test_columns_without_any_name_may_be_quarters_and_their_year_whatever_they_add_up_to() -> None:
    report = _tagged(["", "", ""], THREE)
    assert not report.facts
    assert {finding.code for finding in report.findings} >= {Code.AMBIGUOUS_SCOPE}


def test_columns_of_one_period_that_nothing_tells_apart_give_nothing_but_one_finding() -> None:
    rows: list[list[object]] = [
        ["Revenues", 400, 250, 90],
        ["Gross profit", 100, 100, 20],
        ["Operating income", 60, 40, 7],
    ]
    report = _tagged(["Mill", "Shop", "Barn"], rows, "Results of Operations")
    assert not report.facts
    (finding,) = [finding for finding in report.findings if finding.code is Code.AMBIGUOUS_SCOPE]
    assert all(repr(name) in finding.message for name in ("Mill", "Shop", "Barn"))


def test_columns_of_one_period_that_print_the_same_are_the_company_set_twice() -> None:
    rows: list[list[object]] = [["Revenues", 400, 400], ["Gross profit", 100, 100], ["Operating income", 60, ""]]
    report = _tagged(["Mill", "Shop"], rows, "Results of Operations")
    assert _parts(report) == [Part.COMPANY, Part.COMPANY]
    assert _revenues(report) == {(): Decimal(400000)}


def test_a_sum_in_one_row_alone_tells_no_total() -> None:
    rows: list[list[object]] = [
        ["Revenues", 400, 250, 650],
        ["Gross profit", 100, 100, 20],
        ["Operating income", 60, 40, 7],
    ]
    assert Part.COMPANY not in _parts(_tagged(["Mill", "Shop", "Barn"], rows, "Results of Operations"))


def test_parts_that_nothing_calls_segments_are_left_out_beside_their_total() -> None:
    report = _tagged(["Originated", "Acquired", "Total"], THREE, "Results of Operations")
    assert _revenues(report) == {(): Decimal(650000)}
    assert any(finding.code is Code.AMBIGUOUS_SCOPE for finding in report.findings)


def test_restated_figures_are_the_company_and_earlier_ones_are_members() -> None:
    rows: list[list[object]] = [
        ["Revenues", 410, "(9)", 401],
        ["Cost of revenues", 290, 3, 293],
        ["Gross profit", 120, "(12)", 108],
    ]
    report = _tagged(["As Previously Reported", "Adjustments", "As Restated"], rows, "Statement of Operations")
    assert _revenues(report) == {(): Decimal(401000), ("srt:ScenarioPreviouslyReportedMember",): Decimal(410000)}


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (("Consolidated", "Predecessor"), [Part.COMPANY, Part.OTHER]),
        (("Predecessor", "Total"), [Part.OTHER, Part.COMPANY]),
        (("As Reported", "Error Correction"), [Part.COMPANY, Part.OTHER]),
        (("As Restated", "Effect of Restatement"), [Part.COMPANY, Part.RESTATEMENT]),
    ],
)
def test_a_predecessor_and_adjustments_of_another_kind_are_no_part_of_the_company(
    names: tuple[str, ...], parts: list[Part]
) -> None:
    rows: list[list[object]] = [["Revenues", 410, 9], ["Cost of revenues", 290, 3], ["Gross profit", 120, 6]]
    assert _parts(_tagged(list(names), rows, "Statement of Operations")) == parts


def test_as_reported_beside_as_restated_is_what_was_reported_before() -> None:
    rows: list[list[object]] = [["Revenues", 410, 401], ["Cost of revenues", 290, 293], ["Gross profit", 120, 108]]
    report = _tagged(["As Reported", "As Restated"], rows, "Statement of Operations")
    assert _parts(report) == [Part.PREVIOUSLY_REPORTED, Part.COMPANY]


def test_a_column_of_periods_alone_is_the_company_beside_a_named_one() -> None:
    rows: list[list[object]] = [["Revenues", 410, 401], ["Cost of revenues", 290, 293], ["Gross profit", 120, 108]]
    report = _tagged(["Three Months Ended September 30, 2012", "Impact of currency"], rows, "Statement of Operations")
    assert _revenues(report) == {(): Decimal(410000)}


@pytest.mark.parametrize(
    ("heading", "member"),
    [
        ("Parent", "srt:ParentCompanyMember"),
        ("Guarantor Subsidiaries", "srt:GuarantorSubsidiariesMember"),
        ("Non-Guarantor Subsidiaries", "srt:NonGuarantorSubsidiariesMember"),
        ("Eliminations", "us-gaap:IntersegmentEliminationMember"),
        ("Corporate", "us-gaap:CorporateNonSegmentMember"),
    ],
)
def test_known_parts_take_the_members_of_the_taxonomy(heading: str, member: str) -> None:
    report = _tagged([heading, "Other", "Consolidated"], THREE, "Consolidating Statement of Operations")
    assert _revenues(report)[(member,)] == Decimal(400000)


@pytest.mark.parametrize(
    "caption",
    [
        "STATEMENTS OF INCOME<br>(Parent Company Only)",
        "CONDENSED FINANCIAL INFORMATION OF REGISTRANT<br>STATEMENTS OF INCOME",
    ],
)
def test_a_schedule_of_the_parent_is_not_the_company(caption: str) -> None:
    report = _tagged(["Three Months Ended September 30, 2012"], [[row[0], row[1]] for row in THREE], caption)
    assert set(_revenues(report)) == {("srt:ParentCompanyMember",)}


def _under(caption: str) -> str:
    """Return a table under *caption* without what stands around a document."""
    page = _table(["September 30, 2012"], [["Cash", 40], ["Total assets", 90]], caption + "<br>(in thousands)", "")
    return page.removeprefix("<html><body>").removesuffix("</body></html>")


@pytest.mark.parametrize(
    ("first", "second", "assets"),
    [
        ("NORWELL MILLS CORP. AND SUBSIDIARIES<br>BALANCE SHEETS", "Balance Sheets of Elm Gauge LLC", 1),
        ("NORWELL MILLS CORP.<br>BALANCE SHEETS", "ELM GAUGE INC.<br>BALANCE SHEETS", 1),
        ("NORWELL MILLS CORP.<br>BALANCE SHEETS", "NORWELL HOLDINGS, INC.<br>BALANCE SHEETS", 1),
        ("NORWELL MILLS CORP.<br>BALANCE SHEETS", "NORWELL MILLS L.P. (a partnership)<br>BALANCE SHEETS", 1),
        ("NORWELL MILLS CORP.<br>BALANCE SHEETS", "Norwell Mills Corp. Consolidated Balance Sheets", 2),
        ("BALANCE SHEETS", "NORWELL HOLDINGS, INC.<br>BALANCE SHEETS", 2),
        ("BALANCE SHEETS", "Elm Gauge LLC Financial Highlights", 1),
        ("BALANCE SHEETS", "Norwell Mills Corp. Financial Highlights", 2),
        (
            "NM INDUSTRIES INC.<br>BALANCE SHEETS",
            "Balance Sheets of NM Industries Inc.",
            2,
        ),  # the filer under another name
        (
            "NORWELL MILLS CORP.<br>BALANCE SHEETS",
            "Elm Gauge Corp. Building<br>BALANCE SHEETS<br>Norwell Mills Corp.",
            2,
        ),
    ],
)
def test_a_statement_under_another_name_than_the_filers_is_another_companys(
    first: str, second: str, assets: int
) -> None:
    report = tagger.tag(f"<html><body>{INTRO}{_under(first)}<p>and</p>{_under(second)}</body></html>".encode())
    assert len([fact for fact in report.facts if fact.concept == "us-gaap:Assets"]) == assets
    assert (Code.AMBIGUOUS_SCOPE in {finding.code for finding in report.findings}) == (assets == 1)


@pytest.mark.parametrize(
    "caption",
    [
        "Assets and Liabilities of Discontinued Operations",
        "Assets and Liabilities Held for Sale",
        "Assets Acquired and Liabilities Assumed",
        "Balance Sheets of Unconsolidated Affiliates",
    ],
)
def test_a_table_of_what_is_sold_bought_or_held_in_part_is_not_the_companys(caption: str) -> None:
    report = tagger.tag(f"<html><body>{INTRO}{_under(caption)}</body></html>".encode())
    assert not report.facts
    assert {finding.code for finding in report.findings} & {Code.AMBIGUOUS_SCOPE, Code.NO_FIGURES}


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (["Rail Operations"], False),
        (["Statements of Operations - Rail"], False),
        (["Same Store Results of Operations"], False),
        (["Statutory Statements of Income"], False),
        (["Condensed Consolidated Statements of Income"], True),
        (["Third Quarter Statements of Income"], True),
        (["Norwell Mills Statements of Income"], True),
        (["Mills Operating Results"], True),  # a word of the company's name
        (
            ["Nomil Statements of Income", "Nomil Balance Sheets"],
            True,
        ),  # what all titles say is how the filer calls itself
        (["Nomil Statements of Income", "Balance Sheets"], False),
        (["Rail Highlights"], False),
        (["Selected Financial Data of the Bank"], False),
        (["Highlights - Discontinued Operations"], False),
        (["Parent Company Highlights"], False),
        (["Peer Group Summary"], False),
        (["Change from Prior Year"], False),
        (["Europe"], False),
        (["Financial Highlights"], True),
        (["Credit Quality Highlights"], True),
        (["Norwell Mills Highlights"], True),
        (["Summary of Results by Rail and Barge"], True),  # what it is broken down by
        (["Highlights of a quarter in which rail fell"], True),  # no title
        (["Highlights of Rail, Barge, Truck, Airport and Harbor"], True),  # too long for a name
        (["Highlights of Rail, Barge, and Truck"], True),  # a list of what is measured
        (["Rail, Barge Highlights"], False),
        (["Asset Management Group"], False),  # no name of a company that shares a word with the filer's
        (["Combined Statement of Income of Norwell Mills Corp. and Elm Gauge, Inc."], False),
        (["Norwell Mills Corp. and Elm Gauge, Inc. Combined Statement of Income"], False),
        (["Combined Income Statement of Norwell and Elm"], False),
        (["Norwell Mills Corp. and Elm Gauge, Inc.<br>Statements of Income"], False),
        (["Norwell Mills and Subsidiaries<br>Combined Statements of Income"], True),
        (["Norwell and Mills Statements of Income"], True),
        (["Combined Loans and Leases of Norwell Mills"], True),  # one name, two measures
        (["Rail Highlights (in thousands)"], False),
        (["Commercial Banking<br>Statements of Income"], False),
        (["Statements of Income<br>Commercial Banking"], False),
        (["Rail Operations<br>Statements of Income"], False),  # a word of titles that names have as well
        (["Liquidity and Resources<br>Statements of Income"], True),  # with words of titles: no name
        (["Walla Walla<br>Norwell Mills<br>Statements of Income"], True),  # the company stands between
        (["Norwell Mills<br>Statements of Income"], True),
        (["Nomil<br>Statements of Income", "Nomil<br>Balance Sheets"], True),
        (["Norwell Wealth Group<br>Statements of Income"], False),  # another of the group
        (["Norwell Corp. (NYSE: NWL)<br>Statements of Income"], True),  # shortened, where its shares trade
        (["Norwell National Bank<br>Statements of Income"], False),
        (["Norwell National Bank<br>Selected Financial Data"], False),
    ],
)
def test_a_title_that_names_something_besides_the_company_is_of_that(titles: list[str], told: bool) -> None:
    labels = [*(label for label, *_ in ROWS), "Income taxes", "Net income"]
    rows = "".join(f"<tr><td>{label}</td><td>{400 - at},111</td></tr>" for at, label in enumerate(labels))
    head = "<tr><td></td><td>Three Months Ended September 30, 2012</td></tr>"
    first = f"<p>{titles[0]}</p><p>(in thousands)</p><table>{head}{rows}</table>"
    more = "".join(f"<p>x</p>{_under(title)}" for title in titles[1:])
    report = tagger.tag(f"<html><body>{INTRO}{first}{more}</body></html>".encode())
    assert any(fact.value == 400_111_000 for fact in report.facts) is told
    assert (Code.AMBIGUOUS_SCOPE in {finding.code for finding in report.findings}) is not told


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Net income (Rail)", False),
        ("Net income (Elm Gauge)", False),
        ("Net income (bank only)", False),
        ("Net income (9 months)", False),
        ("Net income (2011)", False),
        ("Net income (loss)", True),
        ("Net income (Loss)", True),
        ("Net income (GAAP)", True),
        ("Net income (Norwell)", True),
        ("Research and development (Norwell Mills)", True),
        ("Net income (Note 3)", True),
        ("Net income (as restated)", True),
    ],
)
@pytest.mark.parametrize("title", ["Financial Highlights", "Statements of Operations"])
def test_a_name_in_parentheses_behind_a_total_says_whose_it_is(label: str, told: bool, title: str) -> None:
    table = _table(["Third Quarter 2012"], [["Revenues", 400], [label, 40]], f"{title} (in thousands)")
    report = tagger.tag(table.encode())
    assert any(fact.value == 40_000 for fact in report.facts) is told
    assert any(repr(label) in finding.message for finding in report.findings) is not told


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Capital expenditures (maintenance)", False),
        ("Net income (IFRS)", False),
        ("Cash and cash equivalents (Elm plant)", False),
        ("Capital expenditures (unaudited)", True),
        ("Depreciation and amortization (D&A)", True),
    ],
)
def test_an_aside_that_narrows_a_row_of_highlights_is_a_finding(label: str, told: bool) -> None:
    rows: list[list[object]] = [["Revenues", 400], ["Operating income", 50], ["Total assets", 900], [label, 40]]
    report = tagger.tag(_table(["Third Quarter 2012"], rows, "Financial Highlights (in thousands)").encode())
    assert any(fact.value == 40_000 for fact in report.facts) is told
    assert any(repr(label) in finding.message for finding in report.findings) is not told


def test_a_row_of_the_parent_only_and_of_a_segment_have_their_members() -> None:
    rows: list[list[object]] = [["Revenues", 400], ["Cash (parent only)", 40], ["Net income (Rail)", 30]]
    intro = INTRO + "<p>The company has two segments, Rail and Board.</p>"
    report = tagger.tag(_table(["Third Quarter 2012"], rows, "Financial Highlights (in thousands)", intro).encode())
    assert {(f.label, tuple(m.member for m in f.members)) for f in report.facts} == {
        ("Revenues", ()),
        ("Cash (parent only)", ("srt:ParentCompanyMember",)),
        ("Net income (Rail)", ("own:RailMember",)),
    }


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ("Rail", False),
        ("Same Store", False),
        ("If Performing", False),
        ("Norwell", True),
        ("Actual (b)", True),
        ("HK$", True),
    ],
)
def test_a_column_that_names_something_besides_the_company_is_not_told(over: str, told: bool) -> None:
    page = _table(
        ["Three Months Ended September 30, 2012"],
        [[row[0], row[1]] for row in THREE],
        "Statements of Operations (in thousands)",
    )
    report = tagger.tag(page.replace("<table>", f"<table><tr><th></th><th>{over}</th></tr>", 1).encode())
    assert bool(report.facts) is told
    assert (Code.AMBIGUOUS_SCOPE in {finding.code for finding in report.findings}) is not told


@pytest.mark.parametrize("place", ["over the labels", "over the rows"])
def test_a_segment_named_inside_the_table_over_all_rows_is_what_it_is_of(place: str) -> None:
    stub, rows = ("Rail Segment", []) if place == "over the labels" else ("", [["Rail Segment", ""]])
    body = [*rows, *([row[0], row[1]] for row in THREE)]
    table = _table(["Third Quarter 2012"], body, "Statements of Operations (in thousands)")
    report = tagger.tag(table.replace("<th></th>", f"<th>{stub}</th>", 1).encode())
    assert set(_revenues(report)) == {("own:RailMember",)}


def test_a_word_of_a_recognised_heading_may_be_garbled_and_names_nothing() -> None:
    names = Names(company=frozenset({"acme"}), head=frozenset({"announced"}))
    assert words_besides("rail income", names) == "rail"
    assert (
        words_besides("acme rail", names) == words_besides("announced rail", names) == words_besides("a", names) == ""
    )
    assert words_besides("rail", replace(names, clear=False)) == words_besides("rail", Names()) == ""


@pytest.mark.parametrize("title", ["Rail Segment", "Rail Division", "Rail Division Income Summary"])
def test_a_table_under_what_is_called_a_part_is_of_that_part(title: str) -> None:
    report = tagger.tag(f"<html><body>{INTRO}{_under(title)}</body></html>".encode())
    assert {scope.part for scope in (s.scope for s in report.layout.statements)} == {Part.SEGMENT}


def test_a_table_under_the_name_of_a_segment_is_of_that_segment() -> None:
    intro = INTRO + "<p>The company has two segments, Paper Goods and Board.</p>"
    report = _tagged(["Third Quarter 2012"], [[row[0], row[1]] for row in THREE], "PAPER GOODS", intro)
    assert set(_revenues(report)) == {("own:PaperGoodsMember",)}


def test_a_title_that_names_a_segment_makes_its_statement_that_of_the_segment() -> None:
    report = _tagged(
        ["Third Quarter 2012"], [[r[0], r[1]] for r in THREE], "Specialty Board Segment<br>Statement of Operations"
    )
    assert set(_revenues(report)) == {("own:SpecialtyBoardMember",)}


def test_sections_of_a_statement_are_sectors_where_one_says_it_is_the_whole_company() -> None:
    rows: list[list[object]] = [
        ["MANUFACTURING", ""], ["Revenues", 500], ["Cost of revenues", 300], ["LENDING", ""], ["Revenues", 80],
        ["TOTAL COMPANY", ""], ["Income before income taxes", 120], ["Net income", 90],
    ]  # fmt: skip
    report = _tagged(["2012"], rows, "Consolidated Statement of Income")
    parts = [(line.label, line.scope.name) for line in _statement(report).lines]
    assert parts == [
        ("Revenues", "MANUFACTURING"), ("Cost of revenues", "MANUFACTURING"), ("Revenues", "LENDING"),
        ("Income before income taxes", ""), ("Net income", ""),
    ]  # fmt: skip


def test_headings_that_totals_with_their_names_close_are_sectors() -> None:
    rows: list[list[object]] = [
        ["Homebuilding:", ""], ["Revenues", 500], ["Cost of sales", 300], ["Homebuilding operating income", 200],
        ["Financial services:", ""], ["Revenues", 80], ["Operating income from financial services", 80], ["Interest", 30],
        ["Income before income taxes", 250], ["Corporate Homebuilding expenses", 5], ["Net income", 200],
    ]  # fmt: skip
    report = _tagged(["2012"], rows, "Consolidated Statement of Income")
    parts = [(line.label, line.scope.name) for line in _statement(report).lines]
    assert parts == [
        ("Revenues", "Homebuilding"), ("Cost of sales", "Homebuilding"), ("Homebuilding operating income", "Homebuilding"),
        ("Revenues", "Financial services"), ("Operating income from financial services", "Financial services"), ("Interest", ""),
        ("Income before income taxes", ""), ("Corporate Homebuilding expenses", ""), ("Net income", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "labels", "parts"),
    [
        ("Americas:", "Europe:", ("Net sales", "Operating income"), ["Americas", "Americas", "Europe", "Europe"]),
        ("Americas:", "Europe:", ("Net sales", "Units in use"), ["Americas", "Americas", "Europe", "Europe"]),
        ("Americas:", "Europe:", ("Sofas", "Tables"), ["", "", "", ""]),  # no measures: kinds of something else
        ("Net sales:", "Operating income:", ("Americas", "Europe"), ["", "", "", ""]),  # the rows name the segments
    ],
)
def test_headings_over_the_same_measures_are_segments(
    first: str, second: str, labels: tuple[str, str], parts: list[str]
) -> None:
    rows: list[list[object]] = [
        [first, ""], [labels[0], 50], [labels[1], 30], [second, ""], [labels[0], 5], [labels[1], 6],
    ]  # fmt: skip
    report = _tagged(["2012"], rows, "Segment Information")
    assert [line.scope.name for line in _statement(report).lines if line.figures] == parts


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("Total net sales", ""),
        ("Subtotal net sales", ""),
        ("Total operating income", "Europe"),
        ("Net sales", "Europe"),
    ],
)
def test_a_total_of_what_each_segment_states_is_of_all_of_them(label: str, part: str) -> None:
    rows: list[list[object]] = [
        ["Americas:", ""], ["Net sales", 50], ["Europe:", ""], ["Net sales", 5], ["Operating income", 2], [label, 55],
    ]  # fmt: skip
    report = _tagged(["2012"], rows, "Segment Information")
    assert _statement(report).lines[-1].scope.name == part


@pytest.mark.parametrize(
    ("second", "owing", "total", "parts"),
    [
        ("Lending:", "Lending:", "", {"", "Building", "Lending"}),
        ("Lending:", "Renting:", "", {""}),  # one of them over both sides: no sectors
        ("Lending:", "Lending:", "Loans sold", {""}),  # the second has no total
        ("Customers:", "Customers:", "", {""}),
    ],
)
def test_headings_over_assets_and_over_liabilities_are_sectors(
    second: str, owing: str, total: str, parts: set[str]
) -> None:
    rows: list[list[object]] = [
        ["ASSETS", ""], ["Building:", ""], ["Cash", 50], ["Land", 30], ["", 80], [second, ""], ["Cash", 5], ["Loans", 6],
        [total, 11], ["Total assets", 91], ["LIABILITIES", ""], ["Building:", ""], ["Notes", 20], ["Taxes", 4], ["", 24],
        [owing, ""], ["Notes", 3], ["Fees", 1], ["", 4], ["", 28], ["EQUITY", ""], ["Common stock", 63],
    ]  # fmt: skip
    report = _tagged(["2012"], rows, "Consolidated Balance Sheet")
    lines = _statement(report).lines
    assert {line.scope.name for line in lines} == parts
    assert all(not line.scope.name for line in lines if line.label == "Total assets" or _printed(line) in (28, 63))


def _printed(line: Line) -> int:
    return int(line.figures[0].printed)


def test_headings_under_revenues_are_no_sectors() -> None:
    rows: list[list[object]] = [
        ["Revenues:", ""], ["Electric:", ""], ["Homes", 50], ["Total electric revenue", 50], ["Gas:", ""], ["Shops", 8],
        ["Total gas revenue", 8], ["Total revenues", 58], ["Net income", 20],
    ]  # fmt: skip
    report = _tagged(["2012"], rows, "Consolidated Statement of Income")
    assert {line.scope.name for line in _statement(report).lines} == {""}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["Product:", "Total product revenue"], ["Service:", "Total service revenue"]),  # kinds of revenue
        (["Homebuilding:", "Total homebuilding revenue"], ["Lending:", "Total revenue"]),  # one with a total only
        (["Inventories:", "Total inventories"], ["Plant:", "Total plant"]),  # totals of what they head
        (["Other revenue:", "Total other revenue net"], ["Lending:", "Total lending revenue"]),
        (["Secured:", "Total secured debt"], ["Short-term:", "Total short-term debt"]),  # kinds of debt
    ],
)
def test_headings_of_one_company_are_no_sectors(first: list[str], second: list[str]) -> None:
    rows: list[list[object]] = [
        [first[0], ""], ["Machines", 50], [first[1], 50], [second[0], ""], ["Repairs", 8], [second[1], 8],
        ["Net income", 20],
    ]  # fmt: skip
    report = _tagged(["2012"], rows, "Consolidated Statement of Income")
    assert {line.scope.name for line in _statement(report).lines} == {""}


def test_earnings_by_class_of_stock_have_a_member_each_and_one_class_alone_has_none() -> None:
    rows: list[list[object]] = [
        ["Revenues", 400],
        ["Net income", 40],
        ["Basic earnings per share:", ""],
        ["Class A common", "1.20"],
    ]
    both = _tagged(["2012"], [*rows, ["Class B common", "0.60"]], "Statement of Operations (except per share)")
    found = {
        (f.value, *(m.member for m in f.members)) for f in both.facts if f.concept == "us-gaap:EarningsPerShareBasic"
    }
    assert found == {(Decimal("1.20"), "us-gaap:CommonClassAMember"), (Decimal("0.60"), "us-gaap:CommonClassBMember")}
    one = _tagged(["2012"], rows, "Statement of Operations (except per share)")
    assert [fact.members for fact in one.facts if fact.concept == "us-gaap:EarningsPerShareBasic"] == [()]


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("Common stock", "Class B common stock", ["common", "class b"]),
        ("Common", "Class B", ["common", "class b"]),
        ("Series A", "Series B", ["series a", "series b"]),
        ("Common stock", "Class B, per vote", ["", ""]),  # other words besides: one class alone is just the stock
        ("All stock", "Class B stock", ["", ""]),
        ("Series A preferred", "Series B preferred", ["", ""]),
    ],
)
def test_common_stock_beside_a_class_and_series_have_a_member_each(first: str, second: str, names: list[str]) -> None:
    rows: list[list[object]] = [
        ["Net income", 40],
        ["Basic earnings per share:", ""],
        [first, "1.20"],
        [second, "0.60"],
    ]
    report = _tagged(["2012"], rows, "Statement of Operations (except per share)")
    named = {line.label: line.scope.name for line in _statement(report).lines}
    assert [named[first], named[second]] == names


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Three Months Ended June 30, 2004 (As Restated)", "restated"),
        ("2004 (Unaudited)", ""),
        ("(in thousands) Retail 2011", "retail"),
        ("Year Ended December 31, 2005", ""),
    ],
)
def test_words_of_a_heading_beside_its_time(heading: str, words: str) -> None:
    assert scope_words(heading) == words


@pytest.mark.parametrize(
    ("heading", "name"), [("Retail Segment", "Retail"), ("2012 Paper & Board", "Paper & Board"), ("2012", "")]
)
def test_a_part_is_named_as_printed(heading: str, name: str) -> None:
    assert printed_name(heading) == name


def test_a_part_that_is_called_a_group_is_not_the_company_where_the_beginning_names_that_alone() -> None:
    """No dateline says who reports; the legal form is in both names, a word of the company's is not."""
    text = "The Norwell Mills Group, Inc. had a good quarter.\n"
    over = "\n\nAsset Care Group\n(in thousands)\n\nThree Months Ended September 30, 2012\n"
    rows = "\n".join(f"{label:40}{400 - at},111" for at, label in enumerate(["Net sales", "Expenses", "Net income"]))
    report = tagger.tag(f"{text}{over}{rows}\n")
    assert not any(fact.value == 400_111_000 for fact in report.facts)
    assert Code.AMBIGUOUS_SCOPE in {finding.code for finding in report.findings}


def test_names_of_segments_come_from_sentences_that_say_so() -> None:
    text = (
        INTRO + "<p>We have three segments: Rail, Barge and Land Terminals. Our Custom Homes segment grew.</p><p>x.</p>"
    )
    assert {"rail", "barge", "land terminals", "custom homes"} <= explained_names(read(text.encode())).segments


def test_a_scope_without_an_axis_in_the_year_has_no_members() -> None:
    catalog = load_catalog(2024)
    assert Dimensions(catalog, "own").members(Scope(Part.OTHER, "Pro forma")) is None
    assert Dimensions(catalog, "own").members(Scope(Part.UNKNOWN)) is None
    assert Dimensions(catalog, "own").members(Scope(Part.PREDECESSOR)) == ()
    assert Dimensions(load_catalog(2011), "own").members(Scope(Part.GUARANTORS)) is not None


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Average Balances", False),
        ("Consolidated Average Balance Sheets", False),
        ("Statement of Operations as if the acquisition had occurred on January 1, 2011", False),
        ("Norwell-Elm Joint Venture Statements of Operations", False),
        ("Statements of Operations", True),
    ],
)
def test_averages_and_what_would_have_been_are_not_the_companys(title: str, told: bool) -> None:
    rows: list[list[object]] = [["Total deposits", 700], ["Net income", 40], ["Total assets", 900]]
    report = tagger.tag(_table(["Third Quarter 2012"], rows, f"{title}<br>(in thousands)").encode())
    assert any(fact.value == 40_000 for fact in report.facts) is told
    assert (Code.AMBIGUOUS_SCOPE in {finding.code for finding in report.findings}) is not told


@pytest.mark.parametrize(
    ("first", "second", "members"),
    [
        ("Ordinary A shares", "Ordinary B shares", ["us-gaap:CommonClassAMember", "us-gaap:CommonClassBMember"]),
        ("A ordinary shares", "B ordinary shares", ["us-gaap:CommonClassAMember", "us-gaap:CommonClassBMember"]),
        ("Ordinary A shares", "Ordinary shares", ["us-gaap:CommonClassAMember"]),
        ("Ordinary shares", "Retained earnings", []),
    ],
)
def test_a_letter_before_or_behind_the_kind_of_stock_is_its_class(first: str, second: str, members: list[str]) -> None:
    rows: list[list[object]] = [
        ["Cash", 100],
        ["Total assets", 900],
        ["Total liabilities", 500],
        [first, 60],
        [second, 340],
        ["Total equity", 400],
        ["Total liabilities and equity", 900],
    ]
    page = _table(["September 30, 2012"], rows, "Consolidated Balance Sheets<br>(in thousands)")
    facts = tagger.tag(page.encode()).facts
    stock = [fact for fact in facts if fact.concept == "us-gaap:CommonStockValue"]
    assert [fact.value for fact in stock] == [60_000, 340_000][: 1 + second.endswith("shares")]
    assert [member.member for fact in stock for member in fact.members] == members
