"""What is left out is told once for a column or table, with its place; what is named in passing moves no calendar."""

from __future__ import annotations

import datetime as dt

import pytest

import tagger
from tagger.findings import Code, Finding
from tagger.fiscal import infer_calendar
from tagger.report import Report
from tagger.statements.currencies import label_currency

DATELINE = "BOSTON, Oct. 30, 2012 - Norwell Mills Corp. announced results for the quarter ended September 30, 2012."
ROWS = (("Revenues", 400, 250), ("Cost of revenues", 300, 150), ("Gross profit", 100, 100), ("Net income", 40, 60))


def _report(headings: list[str], caption: str, intro: str = DATELINE, labels: dict[str, str] | None = None) -> Report:
    head = "".join(f"<th>{heading}</th>" for heading in ["", *headings])
    body = "".join(
        f"<tr><td>{(labels or {}).get(label, label)}</td>"
        + "".join(f"<td align=right>{value}</td>" for value in values)
        + "</tr>"
        for label, *values in ROWS
    )
    page = f"<html><body><p>{intro}</p><p align=center><b>{caption}</b></p><table><tr>{head}</tr>{body}</table></body></html>"
    return tagger.tag(page.encode())


def _findings(report: Report, code: Code) -> list[Finding]:
    return [finding for finding in report.findings if finding.code is code]


QUARTERS = ["Quarter ended September 30, 2012", "Quarter ended September 30, 2011"]


def test_a_column_without_a_period_is_one_finding_that_names_table_column_and_first_row() -> None:
    report = _report([QUARTERS[0], "Harvest Season 2011"], "STATEMENTS OF OPERATIONS (in thousands)")
    (finding,) = _findings(report, Code.NO_PERIOD)
    assert (
        "table 1 (STATEMENTS OF OPERATIONS (in thousands)), column 'Harvest Season 2011', row 'Revenues' and 3 more"
        in finding.message
    )


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("as of July 2012", "the words name a date, and the concept needs a span of time"),
        ("in August 2012", "a month, or a day that no period of the release ends on, without a length"),
    ],
)
def test_a_flow_of_a_sentence_without_a_span_of_time_says_why_it_has_no_period(when: str, why: str) -> None:
    report = tagger.tag(f"<p>{DATELINE} Net income was $2.1 million {when}.</p>".encode())
    (finding,) = _findings(report, Code.NO_PERIOD)
    assert why in finding.message


def test_a_statement_of_which_nothing_is_tagged_is_told_of() -> None:
    report = _report(["Forecast", "Target"], "STATEMENTS OF OPERATIONS (in thousands)")
    (finding,) = _findings(report, Code.SILENT_TABLE)
    assert "0 facts of 4 rows" in finding.message
    assert "forecast" in finding.message


def test_a_statement_that_is_tagged_is_not_told_of() -> None:
    assert not _findings(_report(QUARTERS, "STATEMENTS OF OPERATIONS (in thousands)"), Code.SILENT_TABLE)


def test_a_table_that_is_no_statement_may_be_silent() -> None:
    assert not _findings(_report(["% 2012", "% 2011"], "Shares of the market"), Code.SILENT_TABLE)


@pytest.mark.parametrize(
    ("label", "currency"),
    [
        ("Net income (EUR)", "EUR"),
        ("Revenues (€)", "EUR"),
        ("Revenues (in GBP)", "GBP"),
        ("Notes (due 2025)", None),
        ("EUR notes", None),
    ],
)
def test_the_currency_at_the_end_of_a_label(label: str, currency: str | None) -> None:
    assert label_currency(label) == currency


def _units(report: Report) -> set[str]:
    return {str(fact.unit) for fact in report.facts}


def test_a_sentence_about_amounts_gives_the_currency_where_nothing_nearer_does() -> None:
    said = _report(QUARTERS, "STATEMENTS OF OPERATIONS (in thousands)", f"{DATELINE} All amounts are in euros.")
    assert _units(said) == {"iso4217:EUR"}
    near = _report(
        QUARTERS, "STATEMENTS OF OPERATIONS (in thousands of pounds sterling)", f"{DATELINE} All amounts are in euros."
    )
    assert _units(near) == {"iso4217:GBP"}


def test_rows_give_the_currency_before_sentences_do() -> None:
    labels = {"Net income": "Net income (CHF)"}
    report = _report(
        QUARTERS, "STATEMENTS OF OPERATIONS (in thousands)", f"{DATELINE} All amounts are in euros.", labels
    )
    assert _units(report) == {"iso4217:CHF"}


def test_a_sentence_about_something_else_in_euros_gives_none() -> None:
    report = _report(
        QUARTERS, "STATEMENTS OF OPERATIONS (in thousands)", f"{DATELINE} It borrowed 5 million euros in May."
    )
    assert _units(report) == {"iso4217:USD"}


def test_the_default_currency_is_told_of_where_the_release_follows_ifrs() -> None:
    report = _report(QUARTERS, "STATEMENTS OF OPERATIONS (in thousands)", f"{DATELINE} The statements follow IFRS.")
    assert len(_findings(report, Code.DEFAULT_CURRENCY)) == 1
    assert not _findings(_report(QUARTERS, "STATEMENTS OF OPERATIONS (in thousands)"), Code.DEFAULT_CURRENCY)


@pytest.mark.parametrize(
    "passing",
    ["as we enter the first quarter", "our outlook for the first quarter", "looking ahead to the second quarter"],
)
def test_a_quarter_named_in_passing_moves_no_year_end(passing: str) -> None:
    text = f'April 29, 2020 - Results for the year ended February 29, 2020. "Volume is lower {passing}," he said.'
    calendar = infer_calendar(text, ["Three Months Ended February 29, 2020"])
    assert calendar.year_end is not None
    assert calendar.year_end[0] == 2


def test_the_year_of_an_annual_report_is_not_what_a_later_release_reports() -> None:
    text = (
        "ATLANTA, Jan. 25, 2007 - Atticus reports fourth quarter results. See our Annual Report on Form 10-K for the year "
        "ended December 31, 2005."
    )
    calendar = infer_calendar(text)
    assert calendar.current is not None
    assert (calendar.current.start, calendar.current.end) == (dt.date(2006, 10, 1), dt.date(2006, 12, 31))


@pytest.mark.parametrize(
    "release",
    [
        "Statements of Income (in thousands)\nSix months ended June 30, 2009\nSix months ended June 30, 2008\n|---|---|\n| Net sales | 177,700 |\n| Gross profit | 43,300 |\n",
        "<p>Statements of Income (in thousands)</p><table><tr><td></td><td>Six months ended June 30, 2009</td><td></td></tr>"
        "<tr><td></td><td>Six months ended June 30, 2008</td><td></td></tr>"
        "<tr><td>Net sales</td><td>177,700</td><td>100.0</td></tr>"
        "<tr><td>Gross profit</td><td>43,300</td><td>24.4</td></tr></table>",
    ],
)
def test_two_whole_headings_in_one_block_give_no_column_the_nearer_of_them(release: str) -> None:
    report = tagger.tag(release.encode(), name="release.htm" if release.startswith("<") else "release.txt")
    assert not report.facts
    assert _findings(report, Code.NO_PERIOD)


def test_a_day_of_a_fiscal_year_that_may_end_with_any_month_is_of_no_year() -> None:
    head = "Fiscal 2011 Quarter Ended"
    report = _report(
        [f"{head} December 31", f"{head} March 31"], "Income Statements (in thousands)", "Norwell Mills Corp."
    )
    assert not report.facts
    assert _findings(report, Code.NO_PERIOD)


def test_quarters_that_do_not_run_through_the_year_over_them_are_of_no_year() -> None:
    days = ["Dec. 31", "March 31", "June 30", "Sept. 30"]
    release = (
        "<p>Quarterly income statements (in thousands)</p><table><tr><td></td><td colspan=4>2011 Quarters Ended</td></tr>"
        f"<tr><td></td>{''.join(f'<td>{day}</td>' for day in days)}</tr>"
        "<tr><td>Net sales</td><td>1,000</td><td>1,200</td><td>1,300</td><td>1,400</td></tr>"
        "<tr><td>Gross profit</td><td>500</td><td>520</td><td>530</td><td>540</td></tr></table>"
    )
    report = tagger.tag(release.encode(), name="release.htm")
    assert not report.facts
    assert _findings(report, Code.NO_PERIOD)
    in_turn = release.replace("<td>Dec. 31</td>", "").replace("<td>Sept. 30</td>", "<td>Sept. 30</td><td>Dec. 31</td>")
    assert len(tagger.tag(in_turn.encode(), name="release.htm").facts) == 8


def _highlights(*rows: tuple[str, str]) -> list[str]:
    """Return what is named of *rows* of a table of highlights, as concept and value."""
    body = "".join(f"<tr><td>{label}</td><td align=right>{figure}</td></tr>" for label, figure in rows)
    head = f"<tr><th></th><th>{QUARTERS[0]}</th></tr>"
    page = f"<html><body><p>{DATELINE}</p><p><b>Financial Highlights</b></p><table>{head}{body}</table></body></html>"
    report = tagger.tag(page.encode())
    return [f"{fact.concept.removeprefix('us-gaap:')} {fact.value}" for fact in report.facts]


_REVENUES = ("Revenues (in thousands)", "400")
_INCOME = ("Net income (in thousands)", "40")


@pytest.mark.parametrize(
    "label",
    [
        "Restructuring charges per diluted share",
        "Tax benefit per share, diluted",
        "Effect on diluted EPS",
        "Operating earnings per diluted share",
        "Pretax income per diluted share",
        "Merger costs per basic share",
        "Special items per share, basic and diluted",
        "Net income attributable to redeemable interests (in thousands)",
        "Net income attributable to limited partners (in thousands)",
        "Net income (Canadian GAAP, in thousands)",
        "Total debt, net of cash (in thousands)",
        "Cash, net of debt (in thousands)",
        "Total capital (in thousands)",
        "Gross revenues (in thousands)",  # beside revenues
    ],
)
def test_a_row_of_highlights_that_is_another_measure_has_no_concept(label: str) -> None:
    assert _highlights(_REVENUES, _INCOME, (label, "3.12")) == ["Revenues 400000", "NetIncomeLoss 40000"]


@pytest.mark.parametrize(
    ("above", "named"),
    [
        ("Net income", "EarningsPerShareDiluted 3.12"),
        ("Income from continuing operations", "IncomeLossFromContinuingOperationsPerDilutedShare 3.12"),
        ("Adjusted net income", None),
        ("Funds from operations", None),
        ("Revenues", None),
        ("Excluding merger charges:", None),
    ],
)
@pytest.mark.parametrize("label", ["Per diluted share", "Per share - assuming dilution"])
def test_a_row_that_says_per_share_and_no_more_is_of_the_result_above_it(
    above: str, named: str | None, label: str
) -> None:
    result = [("Net income", "41")] if above.endswith(":") else []
    found = _highlights((above, "" if result else "41"), *result, (label, "3.12"))
    assert [one for one in found if one.endswith(" 3.12")] == ([named] if named else [])


def test_a_heading_that_leaves_something_out_says_that_its_rows_are_adjusted() -> None:
    both = ["Revenues 400000", "NetIncomeLoss 40000"]
    assert _highlights(_REVENUES, ("Excluding merger charges:", ""), _INCOME) == both[:1]
    assert _highlights(("Results (excluding taxes on sales):", ""), _REVENUES, _INCOME) == both


def test_a_cost_that_its_sum_counts_as_income_is_misnamed() -> None:
    rows = [("Subscriptions", 10), ("Advertising", 20), ("Total revenues", 30), ("Cost of sales", 10)]
    rows += [("Advertising", 5), ("Total costs", 15), ("Operating income", 15)]
    body = "".join(f"<tr><td>{label}</td><td>{n},111</td></tr>" for label, n in rows)
    body = body.replace("30,111", "30,222").replace("15,111</td></tr><tr><td>Op", "15,222</td></tr><tr><td>Op")
    body = body.replace("15,111", "15,000")
    head = f"<tr><th></th><th>{QUARTERS[0]}</th></tr>"
    title = "<p><b>STATEMENTS OF OPERATIONS (in thousands)</b></p>"
    report = tagger.tag(f"<html><body><p>{DATELINE}</p>{title}<table>{head}{body}</table></body></html>".encode())
    assert [int(fact.value) for fact in report.facts if "Advertising" in fact.concept] == [5_111_000]
    (finding,) = [one for one in _findings(report, Code.NO_CONCEPT) if "Advertising" in one.message]
    assert "its sum counts it as income" in finding.message


@pytest.mark.parametrize("label", ["Restructuring charges (credits)", "Gain on retirement of debt"])
def test_what_has_two_sides_may_count_as_income(label: str) -> None:
    rows = [("Sales", "10,111"), (label, "20,111"), ("Total revenues", "30,222"), ("Net income", "30,222")]
    body = "".join(f"<tr><td>{name}</td><td>{figure}</td></tr>" for name, figure in rows)
    head = f"<tr><th></th><th>{QUARTERS[0]}</th></tr>"
    title = "<p><b>STATEMENTS OF OPERATIONS (in thousands)</b></p>"
    report = tagger.tag(f"<html><body><p>{DATELINE}</p>{title}<table>{head}{body}</table></body></html>".encode())
    assert abs(next(fact.value for fact in report.facts if fact.label == label)) == 20_111_000
