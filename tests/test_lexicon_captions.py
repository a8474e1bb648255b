"""What says a scale is a caption of its table, in HTML as in text, however it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest

import tagger

CAPTIONS = {
    "($000)": 3,
    "($000, except per share data)": 3,
    "(000's)": 3,
    "(in 000's)": 3,
    "(000s omitted)": 3,
    "($ millions)": 6,
    "($M)": 6,
    "(Dollars in thousands, except ratios)": 3,
    "(Amounts in millions, except per share data and percentages)": 6,
    "(In thousands of U.S. dollars) (Unaudited)": 3,
    "(Unaudited; $ in thousands)": 3,
    "Thousands of dollars": 3,
    "($1,000's)": 3,
    "(US$ in billions)": 9,
    "2016 £bn": 9,
    "2016 $ millions": 6,
    "2016 US$ thousand": 3,
}
ROWS = (("Net sales", "1,234", "1,111"), ("Cost of sales", "834", "801"), ("Gross profit", "400", "310"))
HTML = """<html><body><p>SPRINGFIELD, April 20, 2023 -- Otter Pumps Inc. today announced results for the quarter ended March 31, 2023.</p>
<p><b>Otter Pumps Inc.</b></p><p><b>Statements of Operations</b></p><p>{caption}</p><table>
<tr><td></td><td colspan="2">Three Months Ended March 31,</td></tr><tr><td></td><td>2023</td><td>2022</td></tr>{rows}
</table></body></html>"""
TEXT = """SPRINGFIELD, April 20, 2023 -- Otter Pumps Inc. today announced results for the quarter ended March 31, 2023.

                              Otter Pumps Inc.
                          Statements of Operations
                  {caption}

                                  Three Months Ended March 31,
                                       2023          2022
                                       ----          ----
{rows}
"""


def _html(caption: str) -> str:
    rows = "".join(f"<tr><td>{label}</td><td>{now}</td><td>{then}</td></tr>" for label, now, then in ROWS)
    return HTML.format(caption=caption, rows=rows)


def _text(caption: str) -> str:
    return TEXT.format(caption=caption, rows="\n".join(f"{a:<35}{b:>8}{c:>14}" for a, b, c in ROWS))


@pytest.mark.parametrize("caption", CAPTIONS)
@pytest.mark.parametrize("source", [_html, _text], ids=["html", "text"])
def test_a_line_that_says_a_scale_is_a_caption(caption: str, source) -> None:  # type: ignore[no-untyped-def]
    report = tagger.tag(source(caption))
    values = {fact.value for fact in report.facts if fact.concept == "us-gaap:GrossProfit"}
    assert values == {Decimal(400).scaleb(CAPTIONS[caption]), Decimal(310).scaleb(CAPTIONS[caption])}
