"""Headings of prose: what stands below the name of a part is the company's only where a statement says so."""

from __future__ import annotations

import pytest

import tagger
from tagger.findings import Code
from tagger.grid.lines import is_page_end
from tagger.prose.headings import part_named, run_in
from tagger.report import Report

OURS = frozenset({"harlow", "harlow instruments", "company"})
TITLE = (
    "<p><b>Harlow Instruments, Inc. Reports Fourth Quarter 2024 Results</b></p>"
    "<p>PORTLAND, Maine, February 12, 2025 - Harlow Instruments, Inc. (NYSE: HRLO) today reported results for its fourth"
    " quarter and fiscal year ended December 31, 2024.</p>"
)
SALES = "<p>Net sales for the fourth quarter of 2024 were $210.5 million.</p>"
STATEMENT = (
    "<p>Consolidated Statements of Income (in millions)</p><table><tr><td></td><td>Three Months Ended December 31, 2024</td></tr>"
    "<tr><td>Net sales</td><td>210.5</td></tr><tr><td>Cost of sales</td><td>150.0</td></tr>"
    "<tr><td>Gross profit</td><td>60.5</td></tr></table>"
)


def _tagged(body: str) -> Report:
    return tagger.tag(f"<html><body>{TITLE}{body}</body></html>")


def _told(report: Report) -> list[str]:
    return [f"{fact.concept.partition(':')[2]} {fact.value}" for fact in report.facts if fact.statement == "prose"]


@pytest.mark.parametrize(
    "body",
    [
        "<p><b>Gaming</b></p>" + SALES,
        "<p>Gaming</p>" + SALES,
        "<p><b>North America</b></p><ul><li>Shipments rose.</li><li>Net sales for the fourth quarter of 2024 were $210.5 million.</li></ul>",
        "<p><b>Harlow U.S.</b></p>" + SALES,
        "<p><b>Property &amp; Casualty</b></p>" + SALES,
        "<p><b>CORPORATE AND OTHER</b></p>" + SALES,
        "<p><b>Other</b></p>" + SALES,
        "<p><b>Gaming Results</b></p>" + SALES,
        "<p>Direct-to-Consumer:</p><ul><li>Net sales for the fourth quarter of 2024 were $210.5 million.</li></ul>",
        "<p><i>Gaming.</i> Net sales for the fourth quarter of 2024 were $210.5 million.</p>",
        "<p>Gaming - Net sales for the fourth quarter of 2024 were $210.5 million.</p>",
        "<p><b>Gaming</b></p><p>- more -</p><p>7</p>" + SALES,
        "<p>Gaming</p><table><tr><td></td><td>4Q24</td><td>4Q23</td></tr><tr><td>Units shipped</td><td>410</td><td>395</td></tr><tr><td>Plants</td><td>11</td><td>12</td></tr></table>"
        + SALES,
        "<ul><li>Gauge Products fourth-quarter net sales were $99 million.</li><li>Net sales were $210.5 million for the fourth quarter of 2024.</li></ul>",
    ],
)
def test_what_stands_below_the_name_of_a_part_is_refused(body: str) -> None:
    report = _tagged(body)
    assert _told(report) == []
    assert Code.AMBIGUOUS_SCOPE in {finding.code for finding in report.findings}


@pytest.mark.parametrize(
    "body",
    [
        "<p><b>Gaming</b></p>" + SALES + STATEMENT,
        "<p><b>Gaming</b></p><p><b>Net Sales</b></p>" + SALES,
        "<p><b>Gaming</b></p><p>Results of Operations</p>" + SALES,
        "<p><b>Gaming</b></p><p>Harlow grew. Net sales for the fourth quarter of 2024 were $210.5 million.</p>",
        "<p><b>Gaming</b></p><p>Total company net sales for the fourth quarter of 2024 were $210.5 million.</p>",
        "<p><b>Balance Sheet and Cash Flow Review</b></p>" + SALES,
        "<p><b>Harlow Instruments, Inc.</b></p>" + SALES,
        "<p><b>Harlow Delivers Strong Growth</b></p>" + SALES,
        "<p><b>Net Sales.</b> Net sales for the fourth quarter of 2024 were $210.5 million.</p>",
        "<ul><li>Shipments of gauges rose 4%.</li><li>Net sales for the fourth quarter of 2024 were $210.5 million.</li></ul>",
        "<ul><li>Gauge Products fourth-quarter net sales were $99 million.</li></ul><p><b>Net Sales</b></p><ul><li>Net sales for the fourth quarter of 2024 were $210.5 million.</li></ul>",
        "<ul><li>Gauge Products fourth-quarter net sales were $99 million.</li></ul>" + SALES,
    ],
)
def test_what_is_said_of_the_whole_is_taken(body: str) -> None:
    assert _told(_tagged(body)) == ["RevenueFromContractWithCustomerExcludingAssessedTax 210500000"]


def test_a_statement_that_says_otherwise_leaves_the_part_out() -> None:
    report = _tagged("<p><b>Gaming</b></p>" + SALES.replace("210.5", "99.5") + STATEMENT)
    assert _told(report) == []
    assert [finding.code for finding in report.findings if "99.5" in finding.message] == [Code.AMBIGUOUS_SCOPE]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Data Center", "Data Center"),
        ("Wealth Management:", "Wealth Management"),
        ("Asset Management", "Asset Management"),
        ("Gaming (continued)", "Gaming"),
        ("All Other", "All Other"),
        ("Capital Markets", "Capital Markets"),
        ("Automotive Sector", "Automotive Sector"),
        ("R&D Gauges", "R&D Gauges"),
        ("Other Income", ""),
        ("R&D Expenses", ""),
        ("SG&A", ""),
        ("DD&A", ""),
        ("Other Highlights", ""),
        ("Shareholder Returns", ""),
        ("Cash Flow and Capital Structure", ""),
        ("Restructuring Actions", ""),
        ("Nine Month Operating Results", ""),
        ("Acquisition-Related Charges", ""),
        ("Harlow Instruments, Inc.", ""),
        ("Acme Posts Record Year", ""),
        ("Strong economy, customer growth", ""),
        ("Shipments of gauges rose", ""),
        ("Gaming 2024", ""),
        ("Jane Doe, Treasurer", ""),
        ("An Unusual Line of Many More Words", ""),
        ("", ""),
    ],
)
def test_a_heading_may_name_a_part(heading: str, part: str) -> None:
    assert part_named(heading, OURS) == part


@pytest.mark.parametrize(
    ("string", "heading"),
    [
        ("Gaming: Revenue was #", "Gaming"),
        ("Wealth and Asset Services -- Revenue was #", "Wealth and Asset Services"),
        ("• Gaming — Revenue", "Gaming"),
        ("Gaming revenue was #. Costs", ""),
        ("Gaming, Revenue", ""),
        ("gaming. Revenue", ""),
    ],
)
def test_a_paragraph_may_begin_with_its_heading(string: str, heading: str) -> None:
    assert run_in(string) == heading


@pytest.mark.parametrize(
    ("string", "expected"),
    [("- 3 -", True), ("(more)", True), ("-continued-", True), ("Page 12", True), ("2024", False), ("Other", False)],
)
def test_the_ends_of_a_page_are_no_headings(string: str, expected: bool) -> None:
    assert is_page_end(string) is expected
