"""Files that mean harm: nothing in them becomes a mark of ours, breaks what is written, or is read in part in silence."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

import tagger
from conftest import ROOT
from tagger.loading import LoadError, read

ROWS = "<tr><td>Net sales</td><td>1,234</td><td>1,100</td></tr><tr><td>Cost of sales</td><td>1,000</td><td>900</td></tr><tr><td>Gross profit</td><td>234</td><td>200</td></tr>"
TABLE = f"<p>CONSOLIDATED STATEMENTS OF OPERATIONS (In thousands)</p><table><tr><td></td><td>Three Months Ended June 30, 2024</td><td>Three Months Ended June 30, 2023</td></tr>{ROWS}</table>"
MARKS = (
    "\ue0f00b\ue0f1",
    "\ufdd00b\ufdd1",
    "&#xFDD0;0b&#xFDD1;",
    "\ufdd099999a\ufdd1",
    "&#64976;0a&#64977;",
    "\ufdd0x\ufdd1\ufdd1",
)
CONTROLS = (
    "\x01",
    "&#1;",
    "&#x1F;",
    "&#12;",
    "&#11",
    "\x0b",
    "\x0c",
    "\x1b[31m",
    "\ufffe",
    "&#xFFFF;",
    "\U0001ffff",
    "&#x10FFFE;",
    "&#0;",
    "\0",
)
PLACES = {
    "beside a figure": lambda mark: TABLE.replace("1,234", f"1,234{mark}").replace("<td>234", f"<td>{mark}234"),
    "in a paragraph": lambda mark: f"<p>Revenue was {mark} $5 million.{mark}</p>{TABLE}",
    "in an attribute": lambda mark: f"<p style='color:red{mark}' title='a{mark}' class='b{mark}'>x</p>{TABLE}",
    "in an attribute's name": lambda mark: f"<p a{mark}b=c>x</p>{TABLE}",
    "in the name of an element": lambda mark: f"<x{mark}y>x</x{mark}y>{TABLE}",
    "in a style sheet": lambda mark: f"<style>.a{mark} {{ content: 'x{mark}' }}</style>{TABLE}",
    "in the title": lambda mark: f"<head><title>a{mark}</title></head>{TABLE}",
    "in the body's attributes": lambda mark: f"<body class='a{mark}' style='b{mark}'>{TABLE}</body>",
    "as text": lambda mark: re.sub(r"<[^>]+>", "   ", TABLE.replace("</tr>", "\n")) + f"{mark} and {mark}\n",
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mark", [*MARKS, *CONTROLS], ids=ascii)
def test_no_character_of_a_release_is_a_mark_of_ours_or_breaks_its_page(place: str, mark: str, tmp_path: Path) -> None:
    report = tagger.tag(PLACES[place](mark).encode("utf-8", "surrogatepass"), name="release")
    path = tmp_path / "q2.htm"
    report.write(path)
    root = etree.fromstring(path.read_bytes())
    assert len(root.findall(".//{*}nonFraction")) == len(report.facts)
    loaded = read(path)
    assert not loaded.problems
    assert sorted((fact.concept, fact.value) for fact in loaded.facts) == sorted((f.concept, f.value) for f in report)


@pytest.mark.parametrize("format", ["xml", "json", "csv", "xbri"])
@pytest.mark.parametrize("mark", ["\x01", "&#2;", "\ufffe", "\ufdd00b\ufdd1"], ids=ascii)
def test_other_formats_hold_a_name_with_such_characters(mark: str, format: str, tmp_path: Path) -> None:
    markup = TABLE.replace("Net sales", f"Net{mark}sales").replace("Cost", f"Strange{mark}thing")
    report = tagger.tag(markup.encode(), name="a\x02b")
    path = report.write(tmp_path / f"q2.{format}")[0]
    assert len(read(path).facts) == len(report.facts)


def inline(body: str, more: str = "") -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" '
        'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:a="http://a.example/2024"><head><title>a</title></head><body>'
        '<div style="display:none"><ix:header><ix:resources><xbrli:context id="c"><xbrli:entity>'
        '<xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity><xbrli:period>'
        "<xbrli:instant>2024-06-30</xbrli:instant></xbrli:period></xbrli:context><xbrli:unit id='u'><xbrli:measure>"
        f"xbrli:pure</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>{body}</body></html>{more}"
    )


def note(number: int, inside: str, going_on: str = "") -> str:
    further = f' continuedAt="{going_on}"' if going_on else ""
    return f'<p><ix:nonNumeric id="n{number}" name="a:T" contextRef="c"{further}>{inside}</ix:nonNumeric></p>'


def continuation(name: str, inside: str, going_on: str = "") -> str:
    further = f' continuedAt="{going_on}"' if going_on else ""
    return f'<p><ix:continuation id="{name}"{further}>{inside}</ix:continuation></p>'


NUMBER = '<p><ix:nonFraction id="f1" name="a:N" contextRef="c" unitRef="u" decimals="0">{}</ix:nonFraction></p>'
REFUSED = {
    "an exponent": (inline(NUMBER.format("1e999999999")), "at most 1,000 digits"),
    "a negative exponent": (inline(NUMBER.format("1e-999999999")), "at most 1,000 digits"),
    "a nought with an exponent": (inline(NUMBER.format("0e999999999")), "at most 1,000 digits"),
    "digits without end": (inline(NUMBER.format("1" * 2000)), "at most 1,000 digits"),
    "a shared continuation": (inline(note(1, "x", "k") + note(2, "y", "k") + continuation("k", "z")), "'k' belongs to several elements"),
    "a circle of continuations": (inline(note(1, "x", "k") + continuation("k", "z", "k")), "'k' belongs to several elements"),
    "a circle beside the text": (inline(continuation("k", "z", "l") + continuation("l", "z", "k")), "goes on in itself"),
    "an end in the middle": (inline(NUMBER.format("1"))[:-30], "cut off in its middle"),
    "an end in a tag": (inline(NUMBER.format("1"))[:-46], "cut off in its middle"),
    "tuples in tuples": (
        '<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:a="http://a.example">' + "<a:t>" * 5000 + "</a:t>" * 5000 + "</xbrl>",
        "deep in one another",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_report_that_means_harm_is_refused_whole(case: str, tmp_path: Path) -> None:
    markup, reason = REFUSED[case]
    path = tmp_path / "q2.htm"
    path.write_text(markup, "utf-8")
    with pytest.raises(LoadError, match=re.escape(reason)) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize("cut", range(1, 60, 3))
def test_a_report_cut_off_anywhere_is_refused(cut: int, tmp_path: Path) -> None:
    written = tagger.tag(TABLE.encode()).render("htm").rstrip()
    path = tmp_path / "q2.htm"
    path.write_bytes(written[: -len(written) * cut // 60])
    with pytest.raises(LoadError):
        read(path)


def test_a_fault_of_markup_is_told_with_the_facts(tmp_path: Path) -> None:
    path = tmp_path / "q2.htm"
    path.write_text(inline(NUMBER.format("1") + "<p>A & B</p>"), "utf-8")
    report = read(path)
    assert [fact.value for fact in report.facts] == [1]
    assert "line 1: the markup is broken" in report.problems[0]


def test_a_text_that_goes_on_where_nothing_is_has_no_value(tmp_path: Path) -> None:
    path = tmp_path / "q2.htm"
    path.write_text(inline(note(1, "whole") + note(2, "half of", "k")), "utf-8")
    report = read(path)
    assert [fact.value for fact in report.facts] == ["whole"]
    assert report.problems == ("a:T n2: it goes on at 'k', which is not there",)


def test_texts_in_one_another_do_not_multiply_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tagger.loading.content._MOST", 10_000)
    path = tmp_path / "q2.htm"
    opened = '<ix:nonNumeric name="a:T" contextRef="c">'
    path.write_text(inline(f"<p>{opened * 200}{'x' * 100}{'</ix:nonNumeric>' * 200}</p>"), "utf-8")
    with pytest.raises(LoadError, match="one in another"):
        read(path)


def test_a_table_that_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "q2.json"
    path.write_text(
        '{"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-csv"},"tableTemplates":{"t":{"columns":{}}},'
        '"tables":{"t":{"url":"pipe"}}}'
    )
    with pytest.raises(LoadError, match=r"q2\.json: pipe: this table of the report is not beside it"):
        read(path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LoadError, match="pipe: a table has to be a file"):
        read(path)


@pytest.mark.parametrize("mark", ["\x1b[31m", "\x01", "\x1a"], ids=ascii)
def test_a_notebook_shows_no_controls(mark: str) -> None:
    report = tagger.tag(TABLE.replace("Net sales", f"Net sales{mark}").encode(), name=f"a{mark}")
    assert mark[0] not in report._repr_html_()


@pytest.mark.parametrize(
    "pairs",
    ["sſ", "k\u212a", "iı", "iİ", "SſK\u212aIİ", "0٠1١2٢", "1１", "3Ⅲ", "2²", " \u3000", " \u2028", "$＄(（)）"],
)
def test_letters_and_digits_of_other_kinds_are_read_or_left(pairs: str) -> None:
    other = str.maketrans(dict(zip(pairs[::2], pairs[1::2], strict=True)))
    text = (ROOT / "examples" / "brightwater-2008q2" / "release.txt").read_text("utf-8").translate(other)
    said = "Revenue was $5.1 billion for the fiscal year ended August 31, 2024, against £4.8 million in fiscal 2023."
    report = tagger.tag(f"{text}\n\n{said}\n\n{said.translate(other)}\n".encode())
    for format in ("htm", "xml", "json", "csv"):
        assert report.render(format)


def test_a_letter_that_grows_moves_no_figure() -> None:
    shown = "<p>İİİİİİİİİİ A.Ş. For the six months ended June 30, 2024, net sales were $5.1 million.</p>"
    facts = {(fact.value, fact.printed.text) for fact in tagger.tag(shown.encode())}
    assert facts == {(Decimal("5100000"), "5.1")}


def test_a_style_with_a_comment_says_what_it_says_without() -> None:
    page = "<style>.a { display: none /* a draft */ }</style><p class=a>1</p><p style='display:/**/none'>2</p><p>3</p>"
    assert tagger.tag(page.encode()).document.text.strip() == "3"
