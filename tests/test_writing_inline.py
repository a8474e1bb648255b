"""Inline XBRL of plain text: nothing is lost, every fact stands where it was printed, real tools load it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from arelle_loading import load, rows
from tagger.facts import Fact
from tagger.values import Span
from tagger.writing import render, write
from tagger.writing.transformation import transformation
from writing_cases import CASH, TEXT, Facts, tagged, text_release

IX = "{http://www.xbrl.org/2013/inlineXBRL}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(huge_tree=True))


def without_tags(data: bytes) -> str:
    """Take the ix elements out and return the text of what is left, as a browser would show it."""
    root = parsed(data)
    for header in list(root.iter(f"{IX}header")):
        header.getparent().remove(header)
    etree.strip_tags(root, f"{IX}nonFraction")
    return "".join(root.find(f"{XHTML}body").itertext())


def fact_of(printed: str, value: str, scale: int = 0, *, replaced: bool = False) -> Fact:
    found = Facts(printed)
    found.add("us-gaap:Assets", printed, value, scale=scale, decimals=None, replaced=replaced)
    return found.facts[0]


def test_taking_the_tags_out_gives_the_release_back() -> None:
    assert without_tags(render(text_release(), "htm")) == TEXT


@pytest.mark.parametrize("suffix", ["htm", "xhtml"])
def test_arelle_loads_every_fact_and_complains_of_nothing(tmp_path: Path, suffix: str) -> None:
    release = text_release()
    paths = write(release, tmp_path / f"q2.{suffix}")
    loaded = load(paths[0], [tmp_path / "q2-taxonomy.zip"])
    assert loaded.complaints == ()
    assert loaded.facts == rows(release.facts)


def test_without_its_package_a_report_does_not_load_offline(tmp_path: Path) -> None:
    loaded = load(write(text_release(), tmp_path / "q2.htm")[0])
    assert any("us-gaap-2024.xsd" in complaint for complaint in loaded.complaints)


def test_a_figure_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    path = write(text_release(), tmp_path / "q2.htm")[0]
    path.write_bytes(path.read_bytes().replace(b">64,045<", b">63,930<"))
    complaints = load(path, [tmp_path / "q2-taxonomy.zip"]).complaints
    assert ["inconsistentCalculation" in complaint for complaint in complaints] == [True]


def test_ixbrlparse_reads_every_value() -> None:
    release = text_release()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ixbrlparse import IXBRL
    import io

    found = IXBRL(io.BytesIO(render(release, "htm")), raise_on_error=False).numeric
    read = sorted((f"{item.schema}:{item.name}", round(float(item.value), 6)) for item in found)
    assert read == sorted((fact.concept, round(float(fact.value), 6)) for fact in release.facts)


@pytest.mark.parametrize(
    ("printed", "value", "scale", "name"),
    [
        ("38,214", "38214000", 3, "ixt:num-dot-decimal"),
        ("57, 140", "57140000", 3, "ixt:num-dot-decimal"),
        ("10,000, 000", "10000000", 0, "ixt:num-dot-decimal"),
        (".001", "0.001", 0, "ixt:num-dot-decimal"),
        ("0", "0", 0, "ixt:num-dot-decimal"),
        ("2.9", "2900000", 6, "ixt:num-dot-decimal"),
        ("1 234", "1234", 0, "ixt:num-dot-decimal"),
        ("1.234,5", "1234.5", 0, "ixt:num-comma-decimal"),
        ("2,9", "2900000", 6, "ixt:num-comma-decimal"),
        ("--", "0", 3, "ixt:fixed-zero"),
        ("\u2014", "0", 3, "ixt:fixed-zero"),
        ("none", "0", 0, "ixt:fixed-zero"),
        ("418,650", "72994", 0, None),
        ("l2,345", "12345", 0, None),
        ("12", "0", 0, None),
        ("1,\n234", "1234", 0, None),
        ("--", "5", 0, None),
        ("", "0", 0, None),
    ],
)
def test_a_transformation_is_given_only_where_it_reads_the_value(
    printed: str, value: str, scale: int, name: str | None
) -> None:
    fact = fact_of(printed or "x", value, scale)
    assert transformation(printed, fact) == name


def test_a_repaired_comma_is_not_passed_off_as_european() -> None:
    assert transformation("2,9", fact_of("2,9", "2.9", replaced=True)) is None


def test_several_facts_of_one_figure_stand_in_one_another() -> None:
    root = parsed(render(text_release(), "htm"))
    outer = next(element for element in root.iter(f"{IX}nonFraction") if element.get("id") == "f12")
    assert [(child.get("id"), child.text) for child in outer] == [("f13", "0.10")]
    assert outer.text is None


def test_a_repaired_figure_is_hidden_and_its_text_points_to_it() -> None:
    root = parsed(render(text_release(), "htm"))
    hidden = next(root.iter(f"{IX}hidden"))
    assert [(element.get("id"), element.text) for element in hidden] == [("f14", "72994")]
    link = next(element for element in root.iter(f"{XHTML}span") if element.get("style") == "-sec-ix-hidden:f14")
    assert link.text == "418,650"


def test_facts_of_one_figure_that_cannot_share_it_are_hidden_one_by_one() -> None:
    found = Facts("of 12 in all")
    found.add(CASH, "12", "12000", scale=3)
    found.add("us-gaap:Assets", "12", "12", scale=0, decimals=0, again=True)
    data = render(tagged(found.facts, text="of 12 in all", statements=()), "htm")
    assert [element.get("id") for element in next(parsed(data).iter(f"{IX}hidden"))] == ["f2"]
    assert without_tags(data) == "of 12 in all"


def test_figures_that_overlap_are_not_tagged_twice() -> None:
    text = "12,345 units"
    found = Facts(text)
    found.add(CASH, "12,345", "12345", scale=0)
    found.add("us-gaap:Assets", "345", "345", scale=0)
    data = render(tagged(found.facts, text=text, statements=()), "htm")
    assert without_tags(data) == text
    assert {element.get("id") for element in parsed(data).iter(f"{IX}nonFraction")} == {"f1", "f2"}


def test_the_same_release_gives_the_same_bytes() -> None:
    assert render(text_release(), "htm") == render(text_release(), "htm")


def test_the_page_is_ascii_so_that_no_encoding_can_break_it() -> None:
    release = tagged((), text="caf\u00e9 \u2014 \U0001f600\x85", statements=(), own=())
    data = render(release, "htm")
    assert data.isascii()
    assert without_tags(data) == "caf\u00e9 \u2014 \U0001f600\x85"


def test_a_form_feed_becomes_a_blank_because_xml_cannot_hold_it() -> None:
    assert without_tags(render(tagged((), text="a\fb\x00c", statements=(), own=()), "htm")) == "a b c"


XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)).filter(lambda c: c in "\t\n\r" or " " <= c not in "\ufffe\uffff"), max_size=60)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(XML_TEXT, st.integers(0, 10**9)), max_size=5), XML_TEXT)
def test_any_text_comes_back_and_every_figure_in_it_says_its_value(parts: Sequence[tuple[str, int]], rest: str) -> None:
    text = ""
    spans: list[tuple[int, int, int]] = []
    for before, number in parts:
        text += before
        spans.append((len(text), len(text) + len(f"{number:,}"), number))
        text += f"{number:,}"
    text += rest
    found = Facts(text)
    for start, end, number in spans:
        found.place = start
        found.add(CASH, text[start:end], str(number * 1000), scale=3)
    data = render(tagged(found.facts, text=text, statements=()), "htm")
    assert without_tags(data) == text
    root = parsed(data)
    values = {
        element.get("id"): Decimal(re.sub("[, ]", "", "".join(element.itertext()))).scaleb(int(element.get("scale", 0)))
        for element in root.iter(f"{IX}nonFraction")
    }
    assert values == {fact.id: fact.value for fact in found.facts}
    assert [fact.printed.span for fact in found.facts] == [Span(start, end) for start, end, _ in spans]
