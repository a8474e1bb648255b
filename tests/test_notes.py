"""Figures inside labels: counts of shares, their dates, and counts that are nothing."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

import tagger
from tagger.findings import Code

PAGE = """<html><body><p>HARBOR &amp; PINE CORP. (Nasdaq: HPNE)</p><p>For the quarter ended June 30, 2007.</p>
<p>CONSOLIDATED BALANCE SHEETS</p><p>(In thousands, except share and per share data)</p><table>
<tr><td></td><td>June 30, 2007</td><td>December 31, 2006</td></tr>
<tr><td>Cash</td><td>900</td><td>800</td></tr><tr><td>Total assets</td><td>900</td><td>800</td></tr>
<tr><td>LABEL</td><td>900</td><td>800</td></tr></table></body></html>"""


def _notes(label: str) -> dict[str, list[Decimal]]:
    """Return the values of a row's label by concept and class, the later date first."""
    report = tagger.tag(PAGE.replace("LABEL", label))
    found: dict[str, list[Decimal]] = defaultdict(list)
    for fact in sorted(report.facts, key=lambda fact: str(fact.period), reverse=True):
        if fact.label == label and str(fact.unit) != "iso4217:USD":
            members = "".join(f"/{member.member.partition(':')[2]}" for member in fact.members)
            found[fact.concept.partition(":")[2] + members].append(fact.value)
    return dict(found)


@pytest.mark.parametrize("words", ["shares issued and outstanding", "shares issued or outstanding"])
def test_shares_issued_and_outstanding_are_both(words: str) -> None:
    found = _notes(f"Common stock, $.01 par value; 9,000,000 shares authorized; 5,100,200 and 5,000,100 {words}")
    assert found["CommonStockSharesIssued"] == found["CommonStockSharesOutstanding"] == [5100200, 5000100]
    assert found["CommonStockSharesAuthorized"] == [9000000, 9000000]


@pytest.mark.parametrize("words", ["none issued and outstanding", "no shares issued and outstanding"])
def test_none_issued_is_a_count_of_nothing(words: str) -> None:
    found = _notes(f"Preferred stock, $.01 par value; 6,000,000 shares authorized; {words}")
    assert found["PreferredStockSharesIssued"] == found["PreferredStockSharesOutstanding"] == [0, 0]
    assert found["PreferredStockSharesAuthorized"] == [6000000, 6000000]


@pytest.mark.parametrize(
    ("stated", "issued"),
    [
        ("Authorized — 9,000,000 shares Issued at stated capital amount", []),
        ("Authorized shares: 9,000,000 Issued shares: 5,100,200 and 5,000,100", [5100200, 5000100]),
        ("Authorized: 9,000,000 shares issued: 5,100,200 and 5,000,100", [5100200, 5000100]),
        ("9,000,000 shares authorized; 5,100,200 and 5,000,100 shares issued", [5100200, 5000100]),
        ("authorized 9,000,000; class B - 5,100,200 and 5,000,100 shares issued", [5100200, 5000100]),
    ],
)
def test_a_count_behind_what_names_it_takes_nothing_of_the_next(stated: str, issued: list[int]) -> None:
    found = _notes(f"Common stock, without par value {stated}")
    assert found["CommonStockSharesAuthorized"] == [9000000, 9000000]
    assert found.get("CommonStockSharesIssued", []) == issued


def test_none_issued_without_the_kind_of_stock_says_nothing() -> None:
    assert _notes("authorized 6,000,000; none issued") == {"CommonStockSharesAuthorized": [6000000, 6000000]}


def test_each_figure_takes_the_year_before_it() -> None:
    found = _notes("Treasury stock (shares held: 2007 - 5,100,200; 2006 - 5,000,100)")
    assert found["TreasuryStockCommonShares"] == [5100200, 5000100]


@pytest.mark.parametrize(
    "label",
    [
        "Treasury stock, at cost; 5,100,200 shares in 2007 and 5,000,100 shares in 2006",
        "Treasury stock, at cost; 5,100,200 and 5,000,100 shares in 2007 and 2006, respectively",
        "Less cost of 5,100,200 common shares in treasury (5,000,100 in 2006)",
        "Less cost of 5,100,200 common shares in treasury (2006: 5,000,100 shares)",
        "Common shares held in treasury, at cost (2007 - 5,100,200; 2006 - 5,000,100)",
        "Treasury stock, 5,100,200 shares (5,000,100 at December 31, 2006)",
        "Treasury stock, 5,100,200 shares at June 30, 2007 (5,000,100 at December 31, 2006)",
    ],
)
def test_what_is_compared_in_parentheses_goes_on_with_the_figure_before(label: str) -> None:
    assert _notes(label) == {"TreasuryStockCommonShares": [5100200, 5000100]}


def test_a_comparison_with_a_year_that_no_column_has_is_of_no_column() -> None:
    assert _notes("Treasury stock, 5,100,200 shares (5,000,100 in 2005)") == {}


def test_each_figure_takes_the_date_after_it_though_other_counts_follow() -> None:
    dates = "as of June 30, 2007 and December 31, 2006, respectively"
    label = f"Common stock; 5,100,200 and 5,000,100 shares issued {dates}, and 4,100,200 and 4,000,100 shares outstanding {dates}"  # fmt: skip
    found = _notes(label)
    assert found["CommonStockSharesIssued"] == [5100200, 5000100]
    assert found["CommonStockSharesOutstanding"] == [4100200, 4000100]


def test_a_count_with_a_money_word_is_scaled_and_whole() -> None:
    found = _notes("Common stock, $.01 par value, 2.6 billion shares authorized, 5,100,200 shares issued")
    assert found["CommonStockSharesAuthorized"] == [2600000000, 2600000000]


@pytest.mark.parametrize(
    ("caption", "figures", "found"),
    [
        ("In thousands", "40 and 38", [("iso4217:USD", "40000"), ("iso4217:USD", "38000")]),
        ("In thousands", "$40.5 and $38.5", [("iso4217:USD", "40500"), ("iso4217:USD", "38500")]),
        ("In thousands", "40.5 and 38.5", []),  # what prints a part of a thousand without a mark is no money
        ("In thousands of euros", "40 and 38", [("iso4217:EUR", "40000"), ("iso4217:EUR", "38000")]),
        ("In thousands", "€40 and €38", [("iso4217:EUR", "40000"), ("iso4217:EUR", "38000")]),
        ("In thousands of euros", "$40 and $38", [("iso4217:USD", "40000"), ("iso4217:USD", "38000")]),
    ],
)
def test_money_in_a_label_has_its_own_currency_or_the_tables(
    caption: str, figures: str, found: list[tuple[str, str]]
) -> None:
    page = PAGE.replace("In thousands, except share and per share data", caption)
    report = tagger.tag(page.replace("LABEL", f"Property, net of accumulated depreciation of {figures}"))
    facts = [fact for fact in report.facts if "AccumulatedDepreciation" in fact.concept]
    assert sorted((str(fact.unit), str(fact.value)) for fact in facts) == sorted(found)


def test_a_count_shared_out_among_classes_is_told_once() -> None:
    label = "Class A and Class B stock; 9,100,200 (Class A 9,000,000, Class B 100,200) shares issued"
    assert [value for key, values in _notes(label).items() if "Issued" in key for value in values] == [9100200] * 2


@pytest.mark.parametrize(
    ("caption", "label", "treasury", "found"),
    [
        ("In thousands", "authorized 5,000,000; none issued", "", ["5000000"]),
        ("In thousands", "authorized 4,999,999; none issued", "", ["4999999000"]),
        (
            "In thousands",
            "authorized 4,999; none issued",
            "5,000,000 shares",
            ["4999"],
        ),  # what one label counts in full
        ("In thousands", "authorized 4,999; none issued", "4,999,999 shares", ["4999000"]),
        ("In thousands, except share data", "authorized 4,999; none issued", "", ["4999"]),
        ("Unaudited", "authorized 5,000,000; none issued", "", ["5000000"]),
        ("Unaudited", "authorized 4,999,999; none issued", "", []),
        ("In thousands", "Preferred stock, $.01 par value; none issued", "", ["0.01", "0"]),
        ("Unaudited", "Preferred stock, $.01 par value; none issued", "", ["0.01", "0"]),  # nothing in any scale
    ],
)
def test_a_count_is_in_full_where_any_label_says_so_or_it_is_too_large(
    caption: str, label: str, treasury: str, found: list[str]
) -> None:
    page = PAGE.replace("In thousands, except share and per share data", caption).replace("LABEL", label)
    report = tagger.tag(
        page.replace("</table>", f"<tr><td>Treasury stock, {treasury}</td><td>5</td><td>4</td></tr></table>")
    )
    facts = [fact for fact in report.facts if fact.label == label and str(fact.unit) != "iso4217:USD"]
    assert {str(fact.value) for fact in facts} == set(found)
    unscaled = [finding for finding in report.findings if finding.code is Code.NO_SCALE and label in finding.message]
    assert bool(unscaled) == (not found)
