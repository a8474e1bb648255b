"""Periods of columns: dates dealt out, spans over quarters, rows across a table, one heading over all columns."""

from __future__ import annotations

import datetime as dt

import pytest

import tagger
from tagger.lexicon import combine
from tagger.report import Report
from tagger.statement import Column, Use
from tagger.statements.dealing import deal_dates
from tagger.statements.stacks import read_stack, with_quarters


def _report(table: str, caption: str, intro: str) -> Report:
    text = f"<html><body><p>{intro}</p><p align=center><b>{caption}</b></p><table>{table}</table></body></html>"
    return tagger.tag(text.encode())


def _row(*cells: object, tag: str = "td") -> str:
    return (
        "<tr>"
        + "".join(f"<{tag}{' align=right' if at else ''}>{cell}</{tag}>" for at, cell in enumerate(cells))
        + "</tr>"
    )


def _columns(report: Report, statement: int = 0) -> list[Column]:
    return list(report.layout.statements[statement].columns)


YEAR_2005 = "BOSTON, Feb. 3, 2006 - Norwell Mills Corp. announced results for the year ended December 31, 2005."
BALANCES = _row("Cash", 21, 22) + _row("Total current assets", 82, 70) + _row("Total assets", 153, 136)


@pytest.mark.parametrize(
    ("over", "beside", "weeks", "ends"),
    [
        (["2000", "1999"], ["As of December 31, 2000 and January 2, 2000"], True, ["2000-12-31", "2000-01-02"]),
        (["1995", "1994"], ["September 29, 1995, and September 30, 1994"], True, ["1995-09-29", "1994-09-30"]),
        (["1994", "1995"], ["September 29, 1995, and September 30, 1994"], True, ["1994-09-30", "1995-09-29"]),
        (["2001", "2000"], ["Balance sheets at December 31, 2001"], False, ["2001-12-31", "2000-12-31"]),
        (["2001", "2000"], ["Balance sheets at December 29, 2001"], False, ["2001-12-29", None]),
        (["September 30,", "December 31,", "2024", "2023"], [], False, ["2024-09-30", "2023-12-31"]),
        (["Three fiscal years ended September 30, 1995", "1995", "1994 1993"], [], False, ["1995-09-30", "1994-09-30", "1993-09-30"]),
    ],
)  # fmt: skip
def test_dates_are_dealt_out_to_columns_of_years(
    over: list[str], beside: list[str], weeks: bool, ends: list[str | None]
) -> None:
    dealt = deal_dates(over, beside, len(ends), weeks=weeks)
    assert dealt is not None
    assert [p and dt.date(p.year or 0, p.month or 0, p.day or 0).isoformat() for p in dealt] == ends


@pytest.mark.parametrize(
    ("over", "beside"),
    [
        (["2000", "2000"], ["December 31, 2000 and January 2, 2000"]),  # one year twice: it tells nothing apart
        (["2000", "1999"], ["December 31, 2005 and January 2, 2005"]),  # dates of other years
        (["2000", "1999"], ["The company has paid on December 31, 2000 and January 2, 2000"]),  # a sentence
        (["2000", "1999"], ["December 31, 2000, January 2, 2000 and January 3, 1999"]),  # three for two
        (["Q1 2000", "Q1 1999"], ["December 31, 2000 and January 2, 2000"]),  # no years alone
    ],
)
def test_dates_that_do_not_fit_are_not_dealt_out(over: list[str], beside: list[str]) -> None:
    assert deal_dates(over, beside, 2, weeks=True) is None


def test_a_line_that_names_a_year_without_a_date_deals_out_nothing() -> None:
    dealt = deal_dates(["2020", "2019"], ["Fiscal 2020", "December 31, 2020"], 2, weeks=False)
    assert dealt is not None
    assert [(phrase.year, phrase.month, phrase.day) for phrase in dealt if phrase] == [(2020, 12, 31), (2019, 12, 31)]


def test_one_date_of_weeks_gives_other_years_its_month_alone() -> None:
    dealt = deal_dates(["1995", "1994"], ["Years ended September 29, 1995"], 2, weeks=True)
    assert dealt is not None
    assert [(p.day, p.months) for p in dealt if p] == [(29, 12), (None, 12)]


@pytest.mark.parametrize(
    ("parts", "end", "months"),
    [
        (["Year Ended June 30, 1995", "First Quarter"], "1994-09-30", 3),
        (["Year Ended December 31, 2005", "Fourth Quarter"], "2005-12-31", 3),
        (["Year Ended December 31, 2005", "Third Quarter"], "2005-09-30", 3),
        (["Year Ended December 31, 2005"], "2005-12-31", 12),
    ],
)
def test_a_quarter_under_a_year_is_the_quarter_of_that_year(parts: list[str], end: str, months: int) -> None:
    phrase = read_stack(parts)
    assert phrase is not None
    assert (f"{phrase.year}-{phrase.month:02}-{phrase.day:02}", phrase.months) == (end, months)


def test_a_quarter_of_a_year_of_weeks_is_left_to_the_calendar() -> None:
    phrase = read_stack(["Year Ended September 29, 1995", "First Quarter"])
    assert phrase is not None
    assert (phrase.fiscal_year, phrase.quarter, phrase.month) == (1995, 1, None)


def test_ordinals_over_several_columns_are_quarters_and_one_alone_is_not() -> None:
    assert with_quarters([["1995", "First"], ["1995", "Second:"]]) == [
        ["1995", "First Quarter"],
        ["1995", "Second: Quarter"],
    ]
    assert with_quarters([["First"], ["Total"]]) == [["First"], ["Total"]]


def test_whole_dates_of_a_caption_stand_over_the_years() -> None:
    report = _report(
        _row("", 2005, 2004) + BALANCES,
        "BALANCE SHEETS<br>DECEMBER 31, 2005 AND JANUARY 1, 2005<br>(in thousands)",
        YEAR_2005,
    )
    assert [str(column.period) for column in _columns(report)] == ["2005-12-31", "2005-01-01"]


@pytest.mark.parametrize(
    ("caption", "periods"),
    [
        (
            "YEAR ENDED DECEMBER 31, 1997 AND PERIOD FROM<br>JUNE 3, 1996 (INCEPTION) TO DECEMBER 31, 1996",
            ["1997-01-01/1997-12-31", "1996-06-03/1996-12-31"],
        ),
        (
            "NINE MONTHS ENDED SEPTEMBER 30, 1997 AND YEAR ENDED DECEMBER 31, 1996",
            ["1997-01-01/1997-09-30", "1996-01-01/1996-12-31"],
        ),
    ],
)
def test_a_caption_says_of_each_year_what_it_says_of_that_year(caption: str, periods: list[str]) -> None:
    rows = _row("Revenues", 400, 250) + _row("Cost of revenues", 300, 190) + _row("Net income", 100, 60)
    report = _report(_row("", 1997, 1996) + rows, f"STATEMENTS OF OPERATIONS<br>{caption}<br>(in thousands)", "")
    assert [str(column.period) for column in _columns(report)] == periods


def test_a_row_across_the_table_is_the_period_of_the_rows_below_it() -> None:
    table = _row("", 2010, 2009)
    for times in ("Three", "Nine"):
        table += (
            f"<tr><td colspan=3>For the {times} Months Ended September 30,</td></tr>"
            + _row("Revenues", 400, 250)
            + _row("Net income", 40, 60)
        )
    report = _report(
        table,
        "STATEMENTS OF OPERATIONS<br>(in thousands)",
        "BOSTON, Nov. 3, 2010 - Results for the quarter ended September 30, 2010.",
    )
    assert [[str(c.period) for c in s.columns] for s in report.layout.statements] == [
        ["2010-07-01/2010-09-30", "2009-07-01/2009-09-30"],
        ["2010-01-01/2010-09-30", "2009-01-01/2009-09-30"],
    ]


def test_a_row_label_that_says_more_than_a_time_is_no_heading_of_all_columns() -> None:
    table = (
        _row("", 2010, 2009)
        + "<tr><td colspan=3>Balance at September 30, 2010 for the plan</td></tr>"
        + _row("Revenues", 400, 250)
    )
    report = _report(
        table,
        "STATEMENTS OF OPERATIONS<br>Years Ended December 31,",
        "BOSTON, Feb. 3, 2011 - Results for the year ended December 31, 2010.",
    )
    assert [str(column.period) for column in _columns(report)] == ["2010-01-01/2010-12-31", "2009-01-01/2009-12-31"]


def test_one_heading_without_a_year_stands_over_all_years() -> None:
    table = (
        _row("", "Three Months Ended March 31,", tag="th")
        + _row("", 2020, 2021, tag="th")
        + _row("Revenues", 541, 488)
        + _row("Net income", 31, 22)
    )
    report = _report(table, "STATEMENTS OF INCOME<br>(in thousands)", "LUXEMBOURG - Lulworth reported results.")
    assert [str(column.period) for column in _columns(report)] == ["2020-01-01/2020-03-31", "2021-01-01/2021-03-31"]
    assert {str(fact.period) for fact in report.facts} == {"2020-01-01/2020-03-31", "2021-01-01/2021-03-31"}


SPANS = {
    "over the one run of columns that gives each its own period": (
        [
            "                              Quarters Ended                    Years Ended",
            "               Dec. 31,   Sept. 30,    Dec. 31,    Dec. 31,    Dec. 31,",
            "                   2019        2019        2018        2019        2018",
            "Revenues            300         290         280       1,200       1,100",
            "Net income           30          29          28         120         110",
        ],
        "2019-10-01/2019-12-31 2019-07-01/2019-09-30 2018-10-01/2018-12-31 2019-01-01/2019-12-31 2018-01-01/2018-12-31",
    ),
    "over one column": (
        [
            "                    Quarter Ended                    Years Ended",
            "                 Dec. 31,    Dec. 31,    Dec. 31,",
            "                   2019        2019        2018",
            "Revenues            300       1,200       1,100",
            "Net income           30         120         110",
        ],
        "2019-10-01/2019-12-31 2019-01-01/2019-12-31 2018-01-01/2018-12-31",
    ),
}


@pytest.mark.parametrize("name", SPANS)
def test_spans_are_set_over_columns(name: str) -> None:
    table, periods = SPANS[name]
    lines = [
        "BOSTON, January 30, 2020 - Norwell Corp. reported results for the year ended December 31, 2019.",
        "",
        "                          Consolidated Statements of Operations",
        "                                 (in thousands)",
        "",
        *table,
    ]
    report = tagger.tag("\n".join(lines).encode())
    assert [str(column.period) for column in _columns(report)] == periods.split()


@pytest.mark.parametrize(
    ("headings", "periods"),
    [
        (("June 29,", "July 1,"), ["None", "None"]),  # of which years, is not printed
        (("June 29, 2024", "July 1, 2023"), ["2024-03-31/2024-06-29", "2023-04-02/2023-07-01"]),
        (("June 29, 2024", "March 30, 2024"), ["2024-03-31/2024-06-29", "2023-12-31/2024-03-30"]),
    ],
)
def test_periods_of_all_but_the_same_days_are_of_years_that_are_not_printed(
    headings: tuple[str, str], periods: list[str]
) -> None:
    table = _row("", *headings, tag="th") + _row("Revenues", 300, 320)
    above = "BOSTON, August 1, 2024 - Results for the thirteen weeks ended June 29, 2024."
    report = _report(table, "STATEMENTS OF OPERATIONS<br>Thirteen Weeks Ended<br>(in millions)", above)
    assert [str(column.period) for column in _columns(report)] == periods


def test_a_quarter_without_a_year_that_may_lie_ahead_has_no_period() -> None:
    table = _row("", "Q1", "Q2", tag="th") + _row("Revenues", 300, 320)
    report = _report(
        table,
        "Quarterly data (in millions)",
        "BOSTON, May 3, 2023 - Results for the first quarter ended March 31, 2023.",
    )
    assert [str(column.period) for column in _columns(report)] == ["2023-01-01/2023-03-31", "None"]


@pytest.mark.parametrize("first", [True, False], ids=["years above the days", "days above the years"])
def test_two_days_over_two_years_are_dealt_out_in_order(first: bool) -> None:
    days = '<tr><td></td><td colspan="2">Three months ended September 28 and September 29</td></tr>'
    years = _row("", 2003, 2002)
    rows = _row("Revenues", 400, 250) + _row("Net income", 40, 60)
    report = _report((years + days if first else days + years) + rows, "STATEMENTS OF OPERATIONS<br>(in thousands)", "")
    assert [str(column.period) for column in _columns(report)] == ["2003-06-30/2003-09-28", "2002-07-01/2002-09-29"]


def test_of_two_days_of_a_month_neither_is_taken_for_its_last() -> None:
    phrase = combine(["Three months ended September 28 and September 29", "2003"])
    assert phrase is not None
    assert (phrase.year, phrase.months, phrase.month, phrase.day) == (2003, 3, None, None)


@pytest.mark.parametrize(
    ("headings", "periods"),
    [
        (("This Year", "Last Year"), ["None", "None"]),  # a year, or its last quarter
        (("Year Ended December 31, 2005", "Prior Year"), ["2005-01-01/2005-12-31", "2004-01-01/2004-12-31"]),
        (("Current Quarter", "Prior Year"), ["2005-10-01/2005-12-31", "2004-10-01/2004-12-31"]),
        (("Current Quarter", "Prior Year Quarter"), ["2005-10-01/2005-12-31", "2004-10-01/2004-12-31"]),
        (("Current Quarter", "Prior Quarter"), ["2005-10-01/2005-12-31", "2005-07-01/2005-09-30"]),
        (("Current Quarter", "Prior Period"), ["2005-10-01/2005-12-31", "None"]),  # the one before, or of a year before
        (("Q4-05", "Q4-04"), ["2005-10-01/2005-12-31", "2004-10-01/2004-12-31"]),
        (("Q4-05", "Q4-4"), ["2005-10-01/2005-12-31", "None"]),
    ],
)
def test_what_a_heading_leaves_open_of_a_period_is_not_taken_from_the_release(
    headings: tuple[str, str], periods: list[str]
) -> None:
    table = _row("", *headings, tag="th") + _row("Revenues", 300, 320)
    above = (
        "BOSTON, Feb. 3, 2006 - Norwell Mills Corp. announced results for the fourth quarter ended December 31, 2005."
    )
    report = _report(table, "STATEMENTS OF OPERATIONS<br>(in millions)", above)
    assert [str(column.period) for column in _columns(report)] == periods


def test_the_period_before_a_year_is_the_year_before() -> None:
    table = _row("", "Current Year", "Prior Period", tag="th") + _row("Revenues", 300, 320)
    report = _report(table, "STATEMENTS OF OPERATIONS<br>(in millions)", YEAR_2005)
    assert [str(column.period) for column in _columns(report)] == ["2005-01-01/2005-12-31", "2004-01-01/2004-12-31"]


@pytest.mark.parametrize(
    ("headings", "periods"),
    [
        (("Calendar 2023", "Calendar 2022"), ["None", "None"]),
        (("Fiscal 2024", "Fiscal 2023"), ["2023-07-01/2024-06-30", "2022-07-01/2023-06-30"]),
        (("Calendar quarter ended June 30, 2024", "June 30, 2023"), ["2024-04-01/2024-06-30", "2023-06-30"]),
        (("First Quarter", "Full Year"), ["None", "None"]),  # the next, which are expected
        (("Fourth Quarter", "Full Year"), ["2024-04-01/2024-06-30", "2023-07-01/2024-06-30"]),
        (("Third Quarter", "Fourth Quarter", "Full Year"), ["None", "2024-04-01/2024-06-30", "2023-07-01/2024-06-30"]),
        (("First Quarter", "Fiscal 2024"), ["None", "2023-07-01/2024-06-30"]),
    ],
)
def test_a_year_that_a_heading_does_not_tell_is_not_the_fiscal_one(
    headings: tuple[str, ...], periods: list[str]
) -> None:
    table = _row("", *headings, tag="th") + _row("Revenues", *range(300, 300 + len(headings)))
    above = "BOSTON, Aug. 22, 2024 - Norwell Mills Corp. announced results for its fourth quarter and fiscal year ended June 30, 2024."
    report = _report(table, "STATEMENTS OF OPERATIONS<br>(in millions)", above)
    assert [str(column.period) for column in _columns(report)] == periods


@pytest.mark.parametrize(
    ("label", "cell", "use"),
    [
        ("Revenues", "110 - 120", Use.FORECAST),
        ("Revenues", "$1.1 billion to $1.2 billion", Use.FORECAST),
        ("Price range of common stock", "$29.75 - $12.75", Use.FIGURES),
        ("Useful lives", "3 - 5", Use.FIGURES),
        ("Fiscal years", "2023 - 2024", Use.FIGURES),
    ],
)
def test_a_column_with_an_amount_between_two_holds_what_is_expected(label: str, cell: str, use: Use) -> None:
    table = _row("", "2005", "2004", tag="th") + _row(label, cell, "") + _row("Net income", 19, 18)
    report = _report(table, "Summary (in millions)", YEAR_2005)
    assert [column.use for column in _columns(report)] == [use, Use.FIGURES]
