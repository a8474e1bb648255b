"""Releases in other currencies, and in two at once: the heading of a column decides, then the table, then the sign."""

from __future__ import annotations

import pytest

import tagger
from tagger import Report

OPENING = """<html><body><p><b>Larkspur Holdings Ltd. Reports Second Quarter 2023 Results</b></p>
<p>{city}, August 20, 2023 - Larkspur Holdings Ltd. today announced results for the quarter ended June 30, 2023. {said}</p>
<p><b>CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS</b></p><p>{caption}</p>"""

TRANSLATED = """<table><tr><td></td><td colspan=3>Three months ended June 30,</td></tr>
<tr><td></td><td>2022</td><td>2023</td><td>2023</td></tr>
<tr><td></td><td>{local}</td><td>{local}</td><td>{dollars}</td></tr>
<tr><td>Net revenues</td><td>1,000,000</td><td>1,400,000</td><td>193,071</td></tr>
<tr><td>Cost of revenues</td><td>(600,000)</td><td>(800,000)</td><td>(110,326)</td></tr>
<tr><td>Gross profit</td><td>400,000</td><td>600,000</td><td>82,745</td></tr>
<tr><td>Net income per share, basic</td><td>2.40</td><td>3.20</td><td>0.44</td></tr></table></body></html>"""

PLAIN = """<table><tr><td></td><td colspan=2>Three months ended June 30,</td></tr><tr><td></td><td>2023</td><td>2022</td></tr>
<tr><td>Revenue</td><td>{sign}1,400</td><td>{sign}1,000</td></tr><tr><td>Cost of revenue</td><td>(800)</td><td>(600)</td></tr>
<tr><td>Gross profit</td><td>600</td><td>400</td></tr>
<tr><td>Basic earnings per share</td><td>{sign}5.00</td><td>{sign}3.20</td></tr></table></body></html>"""


def release(table: str, caption: str, city: str = "SHANGHAI", said: str = "") -> Report:
    return tagger.tag(OPENING.format(city=city, caption=caption, said=said) + table)


def units(report: Report, label: str) -> list[tuple[str, str]]:
    return [(str(fact.unit), f"{fact.value:f}") for fact in report.facts if fact.label == label]


@pytest.mark.parametrize(
    ("local", "dollars", "caption", "currency"),
    [
        ("RMB", "US$", "(Amounts in thousands of RMB and US$, except per share data)", "CNY"),
        ("RMB", "US$", "(In thousands, except per share data)", "CNY"),
        ("RMB’000", "US$’000", "", "CNY"),
        ("RMB", "$", "(In thousands, except per share data)", "CNY"),
        ("HK$", "US$ (Note 2)", "(In thousands, except per share data)", "HKD"),
        ("€", "$", "(In thousands, except per share data)", "EUR"),
        ("NT$", "US$ (unaudited)", "(In thousands, except per share data)", "TWD"),
    ],
)
def test_a_column_in_dollars_beside_the_own_currency_is_in_dollars(
    local: str, dollars: str, caption: str, currency: str
) -> None:
    report = release(TRANSLATED.format(local=local, dollars=dollars), caption)
    own = f"iso4217:{currency}"
    assert units(report, "Net revenues") == [
        (own, "1000000000"),
        (own, "1400000000"),
        ("iso4217:USD", "193071000"),
    ]
    assert units(report, "Net income per share, basic") == [
        (f"{own}/xbrli:shares", "2.40"),
        (f"{own}/xbrli:shares", "3.20"),
        ("iso4217:USD/xbrli:shares", "0.44"),
    ]


@pytest.mark.parametrize(
    ("caption", "sign", "currency"),
    [
        ("(in millions of euros, except per share data)", "", "EUR"),
        ("(in millions, except per share data)", "€", "EUR"),
        ("(In millions of Canadian dollars, except per share data)", "$", "CAD"),
        ("(in millions, except per share data)", "C$", "CAD"),
        ("(£ in millions, except per share data)", "", "GBP"),
        ("(JPY in millions, except per share data)", "", "JPY"),
        ("(US$ in millions, except per share data)", "", "USD"),
        ("(In millions, except per share data)", "$", "USD"),
    ],
)
def test_a_table_has_the_currency_of_its_caption_or_of_its_figures(caption: str, sign: str, currency: str) -> None:
    report = release(PLAIN.format(sign=sign), caption, city="AMSTERDAM")
    assert units(report, "Revenue") == [(f"iso4217:{currency}", "1400000000"), (f"iso4217:{currency}", "1000000000")]
    assert {unit for unit, _ in units(report, "Basic earnings per share")} == {f"iso4217:{currency}/xbrli:shares"}


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("RMB1,400.0", "CNY"), ("RMB 1,400.0", "CNY"), ("€1,400.0", "EUR"), ("EUR1,400.0", "EUR"), ("HK$1,400.0", "HKD")],
)
def test_an_amount_in_prose_has_the_currency_it_is_printed_in(amount: str, currency: str) -> None:
    report = release("</body></html>", "", said=f"Net revenues were {amount} million in the second quarter of 2023.")
    assert [(fact.printed.text, str(fact.unit)) for fact in report.facts] == [("1,400.0", f"iso4217:{currency}")]


def test_a_concept_in_two_currencies_is_two_rows_of_it() -> None:
    rows = "".join(
        f"<tr><td>{label} ({currency})</td><td>{figure}</td></tr>"
        for label, figures in (("Revenues", ("7,000", "1,000")), ("Net income", ("700", "100")))
        for currency, figure in zip(("RMB", "US$"), figures, strict=True)
    )
    head = "<tr><td></td><td>Three months ended June 30, 2023</td></tr>"
    report = release(f"<table>{head}{rows}</table></body></html>", "(in thousands)")
    assert {(fact.concept, str(fact.unit), f"{fact.value:f}") for fact in report.facts} == {
        ("us-gaap:Revenues", "iso4217:CNY", "7000000"),
        ("us-gaap:Revenues", "iso4217:USD", "1000000"),
        ("us-gaap:NetIncomeLoss", "iso4217:CNY", "700000"),
        ("us-gaap:NetIncomeLoss", "iso4217:USD", "100000"),
    }
