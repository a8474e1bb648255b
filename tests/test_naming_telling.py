"""Rows that say more than a concept of the whole company: a part of it, a change, another measure."""

from __future__ import annotations

import pytest

import tagger
from tagger.naming.telling import exceeds


@pytest.mark.parametrize(
    ("label", "concept", "more"),
    [
        ("Total net sales and other operating revenues", "Revenues", False),
        ("Sales to customers", "Revenues", False),
        ("European net sales", "Revenues", True),
        ("Budgeted net sales", "RevenueFromContractWithCustomerExcludingAssessedTax", True),
        ("Net sales growth", "Revenues", True),
        ("Gross profit of Dart", "GrossProfit", True),
        ("Total assets", "Assets", False),
        ("Total assets under management", "Assets", True),
        ("Cash and cash equivalents at December 31, 2016", "CashAndCashEquivalentsAtCarryingValue", False),
        ("Cash at beginning of year, Parent", "CashAndCashEquivalentsAtCarryingValue", True),
        ("Net cash required by financing activities", "NetCashProvidedByUsedInFinancingActivities", False),
        ("Net cash provided by operating activities, Dart", "NetCashProvidedByUsedInOperatingActivities", True),
        ("Total Dart Holdings, Inc. stockholders' equity", "StockholdersEquity", False),
        ("Net income attributable to O'Hara Tool, Ltd.", "NetIncomeLoss", False),
        ("Net income growth", "NetIncomeLoss", True),
        ("Goodwill of Dart", "Goodwill", False),  # of accounts, filers say more than of wholes
    ],
)
def test_a_row_says_more_than_a_concept_of_the_whole_company(label: str, concept: str, more: bool) -> None:
    assert exceeds(label, f"us-gaap:{concept}") is more


@pytest.mark.parametrize(
    ("title", "label", "whole"),
    [
        ("Consolidated Statements of Income", "European gross profit", "GrossProfit"),
        ("Consolidated Statements of Income", "Budgeted operating income", "OperatingIncomeLoss"),
        ("Consolidated Balance Sheets", "Total current assets of Dart", "AssetsCurrent"),
        ("Consolidated Statements of Cash Flows", "Cash at end of period, Parent", "Cash"),
    ],
)
def test_a_row_of_a_part_has_no_name_of_the_whole(title: str, label: str, whole: str) -> None:
    heads = "<td>September 30, 2017</td><td>September 30, 2016</td>"
    over = "" if "Balance" in title else "<p>Nine months ended</p>"
    report = tagger.tag(
        f"<p>BOSTON, October 24, 2017 -- Harbor Tool, Inc. today announced results.</p><p>{title}</p><p>(in thousands)</p>{over}"
        f"<table><tr><td></td>{heads}</tr><tr><td>{label}</td><td>158,300</td><td>140,100</td></tr></table>"
    )
    assert [fact.concept for fact in report.facts if fact.concept.startswith(f"us-gaap:{whole}")] == []
