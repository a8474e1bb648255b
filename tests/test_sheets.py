"""What style sheets hide or make bold is hidden and bold, and what is hidden is so for reader and writer alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import tagger
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


@pytest.mark.parametrize(
    ("rule", "style", "shown"),
    [
        ("none !important", "block", False),
        ("none !important", "block !important", True),
        ("none", "block !important", True),
        ("block ! important", "none", True),
        ("none!important", "", False),
    ],
)
def test_what_is_important_stands_against_a_style_of_its_own(rule: str, style: str, shown: bool) -> None:
    page = f"<style>.x {{ display: {rule} }}</style><p class='x' style='display: {style}'>a</p>b"
    assert ("a" in read_html(page).text) == shown


def test_bold_by_a_class_makes_a_title() -> None:
    page = "<style>.t { font-weight: bold }</style><p class='t'>Condensed statements</p><p>and so on.</p>"
    assert [block.heading for block in read_html(page).blocks] == [True, False]


def test_no_sheet_is_no_sheet() -> None:
    assert read_sheet(["", "  "]) is None


NAMES = [
    "b",
    "center",
    "del",
    "div",
    "font",
    "ins",
    "li",
    "p",
    "s",
    "section",
    "span",
    "table",
    "td",
    "tr",
    "u",
    "ul",
    "x",
]
RULES = st.tuples(
    st.sampled_from([*NAMES, ""]),
    st.sampled_from([".a", "#b", ".a.c", ""]),
    st.sampled_from(["none", "inline", "block", "none !important", "inline !important"]),
)
TAGS = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(
        ["", " class=a", " class='a c'", " id=b", " style='display:none'", " class=a style='display:block'"]
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(RULES, min_size=1, max_size=3), st.lists(TAGS, max_size=8))
def test_a_page_shows_what_was_read_of_a_release_whatever_its_sheet_hides(
    rules: list[tuple[str, str, str]], tags: list[tuple[str, str]]
) -> None:
    sheet = " ".join(f"{name}{part} {{ display: {display} }}" for name, part, display in rules if name or part)
    body = "".join(f"<{name}{attributes}>{number}" for number, (name, attributes) in enumerate(tags))
    report = tagger.tag(f"<html><style>{sheet}</style><body>words {body}</body></html>".encode())
    root = etree.fromstring(report.render("htm"))
    header = next(root.iter("{*}header")).getparent()
    assert header is not None
    header.getparent().remove(header)  # type: ignore[union-attr]
    for element in root.iter():
        element.tag = etree.QName(element).localname
    shown = "".join(string for _, _, string in text_nodes(root))
    assert "".join(shown.split()) == "".join(report.document.text.split())
