"""What style sheets hide or make bold is hidden and bold, and what is hidden is so for reader and writer alike."""

from __future__ import annotations

import pytest

from tagger.reading.html import read_html
from tagger.reading.html.sheets import read_sheet
from tagger.reading.html.text import parse_html, text_nodes


@pytest.mark.parametrize(
    ("css", "text"),
    [
        (".x { display: none }", "b"),
        ("p.x { display: none }", "b"),
        ("td.x { display: none }", "ab"),
        (".x.y { display: none }", "b"),
        (".x.z { display: none }", "ab"),
        ("#one { display: none }", "b"),
        ("P { display: none } .x { display: block }", "a"),
        (".x { display: block } p { display: none }", "a"),  # a class weighs more, wherever it stands
        ("div .x { display: none }", "ab"),  # what stands around it is not looked at
        (".x:hover { display: none }", "ab"),
        ("@media print { .x { display: none } }", "ab"),
        ("@media screen and (min-width: 1px) { .x { display: none } }", "b"),
        ("<!-- .x { display: none } -->", "b"),
        ("/* .x { display: none } */", "ab"),
        (".x { display: none", "b"),
        ("{" * 5000, "ab"),
        ("@media screen {" * 5000 + ".x { display: none }", "ab"),
        ("} .x [[ ", "ab"),
    ],
)
def test_a_sheet_hides_what_it_names(css: str, text: str) -> None:
    page = f"<style>{css}</style><p class='x y' id='one'>a</p><p>b</p>"
    assert read_html(page).text == text
    assert "".join(string for _, _, string in text_nodes(parse_html(page))) == text


def test_a_style_of_its_own_weighs_most() -> None:
    assert read_html("<style>.x { display: none }</style><p class='x' style='display: block'>a</p>").text == "a"


def test_bold_by_a_class_makes_a_title() -> None:
    page = "<style>.t { font-weight: bold }</style><p class='t'>Condensed statements</p><p>and so on.</p>"
    assert [block.heading for block in read_html(page).blocks] == [True, False]


def test_no_sheet_is_no_sheet() -> None:
    assert read_sheet(["", "  "]) is None
