"""What is written is read back: every format, every filer's way of saying a number, a date, a text."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import string
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tagger
from arelle_loading import load, rows
from conftest import CORPUS
from tagger.facts import Fact
from tagger.loading import LoadedFact, LoadedReport, LoadError, read
from tagger.loading.sec_transforming import transform_sec
from tagger.loading.transforming import TransformError, transform, transform_date
from tagger.tagged import OwnConcept, Tagged
from tagger.taxonomies import PackageError
from tagger.values import PURE, SHARES, Duration, Entity, Instant, Member, TypedMember, Unit, money, per_share
from tagger.writing import render, write
from writing_cases import CLASS_A, Facts, html_release, tagged, text_release

FORMATS = ("htm", "xhtml", "xml", "json", "csv", "xbri", "xbr", "zip")
SPACES: dict[str | None, str] = {
    "ixt": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    "old": "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20",
    "two": "http://www.xbrl.org/inlineXBRL/transformation/2011-07-31",
    "five": "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16",
    "ixt-sec": "http://www.sec.gov/inlineXBRL/transformation/2015-08-31",
    "other": "http://acme.example/formats",
}


def key(fact: Fact | LoadedFact) -> tuple[object, ...]:
    return (
        fact.id, fact.concept, fact.entity, fact.period, fact.unit, fact.value, fact.decimals,
        tuple(sorted((member.axis, member.member) for member in fact.members)),
    )  # fmt: skip


def keys(facts: Any) -> list[tuple[object, ...]]:
    return sorted(map(key, facts), key=str)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("release", [text_release, html_release], ids=["text", "html"])
def test_facts_written_are_the_facts_read(tmp_path: Path, format: str, release: Any) -> None:
    report = release()
    loaded = read(write(report, tmp_path / f"q2.{format}")[0])
    assert keys(loaded.facts) == keys(report.facts)
    assert loaded.problems == ()


def test_facts_written_as_xbrl_csv_files_are_the_facts_read(tmp_path: Path) -> None:
    paths = write(text_release(), tmp_path / "q2.json", format="xbrl-csv")
    assert {"q2.json", "q2-facts.csv", "q2.xsd", "q2-taxonomy.zip"} <= {path.name for path in paths}
    assert keys(read(tmp_path / "q2.json").facts) == keys(text_release().facts)


def test_what_our_own_files_say_of_a_fact_is_read_too(tmp_path: Path) -> None:
    for name in ("q2.json", "q2.csv"):
        fact = read(write(text_release(), tmp_path / name)[0]).facts[2]
        assert (fact.text, fact.detail("rule"), fact.detail("label")) == ("38,214", "a-rule", "Some label")
        assert fact.detail("proof") == "sum: 38,214 + 2,617 = 40,831"
        assert fact.detail("nothing") == ""


def test_inline_documents_keep_the_text_they_show(tmp_path: Path) -> None:
    loaded = read(write(text_release(), tmp_path / "q2.htm")[0])
    assert text_release().document.text in loaded.visible
    assert loaded.taxonomy == ("q2.xsd",)
    assert loaded.namespaces["us-gaap"] == "http://fasb.org/us-gaap/2024"
    assert loaded.entity == Entity("http://www.sec.gov/CIK", "0000012345")
    assert (len(loaded), next(iter(loaded)).id) == (14, loaded.facts[0].id)


INLINE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:ixt-sec="http://www.sec.gov/inlineXBRL/transformation/2015-08-31" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:gaap="http://fasb.org/us-gaap/2024" xmlns:hp="http://hp.example/20240630"
 xmlns:dei="http://xbrl.sec.gov/dei/2024" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xml:lang="en-US"><body>
<div style="display:none"><ix:header><ix:hidden><ix:nonNumeric id="h" name="dei:AmendmentFlag" contextRef="q">false</ix:nonNumeric></ix:hidden>
<ix:resources>
<xbrli:context id="q"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000012345</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-04-01</xbrli:startDate><xbrli:endDate>2024-06-30</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:context id="i"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000012345</xbrli:identifier>
<xbrli:segment><xbrldi:explicitMember dimension="gaap:StatementClassOfStockAxis">gaap:CommonClassAMember</xbrldi:explicitMember>
<xbrldi:typedMember dimension="hp:LoanAxis"><hp:loan>No. 7</hp:loan></xbrldi:typedMember></xbrli:segment></xbrli:entity>
<xbrli:period><xbrli:instant>2024-07-01T00:00:00</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id="f"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000012345</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:forever/></xbrli:period></xbrli:context>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="eps"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>
<xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>
<xbrli:unit id="n"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>
%s</body></html>"""


def inline(tmp_path: Path, body: str) -> LoadedReport:
    path = tmp_path / "filing.htm"
    path.write_text(INLINE % body, "utf-8")
    return read(path)


def fact_of(tmp_path: Path, body: str) -> LoadedFact:
    report = inline(tmp_path, body)
    assert report.problems == ()
    return report.facts[-1]


@pytest.mark.parametrize(
    ("attributes", "text", "value", "decimals"),
    [
        ('decimals="-6" scale="6" format="ixt:num-dot-decimal"', "1,234.5", "1234500000", -6),
        ('decimals="-3" scale="3" sign="-" format="ixt:num-dot-decimal"', "42", "-42000", -3),
        ('decimals="2" scale="-2" format="ixt:num-dot-decimal"', "12.5", "0.125", 2),
        ('decimals="INF"', "1234.50", "1234.50", None),
        ('decimals="-3" format="ixt:fixed-zero" sign="-"', "\u2014", "0", -3),
        ('precision="3"', "12345", "12345", -2),
        ('precision="INF"', "12345", "12345", None),
        ('decimals="0" format="ixt:num-comma-decimal"', "1.234,5", "1234.5", 0),
        ('decimals="0" format="ixt:num-dot-decimal"', "1\u00a0234", "1234", 0),
        ('decimals="0" format="ixt:num-unit-decimal"', "12 dollars 5 cents", "12.05", 0),
        ('decimals="0" format="ixt-sec:numwordsen"', "twenty-one", "21", 0),
    ],
)
def test_a_number_is_read_as_its_attributes_say(
    tmp_path: Path, attributes: str, text: str, value: str, decimals: int | None
) -> None:
    fact = fact_of(
        tmp_path,
        f'<p><ix:nonFraction name="hp:X" contextRef="q" unitRef="usd" {attributes}>{text}</ix:nonFraction></p>',
    )
    assert (fact.value, fact.decimals, fact.text) == (Decimal(value), decimals, text)
    assert "E" not in str(fact.value)
    assert (fact.unit, fact.hidden) == (Unit("iso4217:USD"), False)


def test_names_have_their_usual_prefixes_whatever_the_filer_calls_them(tmp_path: Path) -> None:
    fact = fact_of(
        tmp_path,
        '<p><ix:nonFraction name="gaap:Assets" contextRef="i" unitRef="eps" decimals="0">1</ix:nonFraction></p>',
    )
    assert fact.concept == "us-gaap:Assets"
    assert fact.period == Instant(dt.date(2024, 6, 30))
    assert fact.unit == per_share("USD")
    assert fact.members == (TypedMember("hp:LoanAxis", "No. 7", "hp:loan"), CLASS_A)


def test_figures_within_figures_are_read_both(tmp_path: Path) -> None:
    inner = '<ix:nonFraction id="b" name="hp:B" contextRef="q" unitRef="usd" decimals="0" scale="3">7</ix:nonFraction>'
    report = inline(
        tmp_path,
        f'<p><ix:nonFraction id="a" name="hp:A" contextRef="f" unitRef="usd" decimals="0" scale="3">{inner}</ix:nonFraction></p>',
    )
    assert [(fact.id, fact.value) for fact in report.facts if fact.numeric] == [
        ("a", Decimal(7000)),
        ("b", Decimal(7000)),
    ]
    assert report.facts[1].period is None


def test_a_text_goes_on_where_it_says_and_leaves_out_what_is_excluded(tmp_path: Path) -> None:
    fact = fact_of(
        tmp_path,
        '<p><ix:nonNumeric name="hp:T" contextRef="q" continuedAt="c1">One <b>two</b><ix:exclude> page 4</ix:exclude></ix:nonNumeric> no '
        '<ix:continuation id="c1" continuedAt="c2"> three</ix:continuation> no <ix:continuation id="c2">, four</ix:continuation></p>',
    )
    assert (fact.value, fact.language, fact.unit) == ("One two three, four", "en-us", None)


def test_tags_of_figures_are_no_part_of_a_text(tmp_path: Path) -> None:
    report = inline(
        tmp_path,
        '<div><ix:nonNumeric id="t" name="hp:T" contextRef="q" escape="true"><p class="x" align="left">A '
        '<ix:nonFraction name="hp:N" contextRef="q" unitRef="n" decimals="0">3</ix:nonFraction></p></ix:nonNumeric></div>',
    )
    (text,) = (fact for fact in report.facts if fact.id == "t")
    assert text.value == '<p align="left" class="x">A 3</p>'
    assert report.facts[0].hidden


def test_markup_is_the_value_of_an_escaped_text(tmp_path: Path) -> None:
    body = '<div><ix:nonNumeric name="hp:T" contextRef="q" escape="1"><p class="x">A &amp; &lt;b&gt;<br/></p><ix:exclude>no</ix:exclude></ix:nonNumeric></div>'
    assert fact_of(tmp_path, body).value == '<p class="x">A &amp; &lt;b&gt;<br/></p>'


def test_nil_is_no_value(tmp_path: Path) -> None:
    fact = fact_of(tmp_path, '<p><ix:nonFraction name="hp:X" contextRef="q" unitRef="usd" xsi:nil="true" /></p>')
    assert (fact.value, fact.decimals, fact.unit) == (None, None, money("USD"))


def test_a_document_nested_deeper_than_any_stack_is_read(tmp_path: Path) -> None:
    deep = "<div>" * 1500 + "x" + "</div>" * 1500
    fact = fact_of(
        tmp_path,
        f'<div><ix:nonNumeric name="hp:T" contextRef="q" escape="true">{deep}<ix:exclude>no</ix:exclude></ix:nonNumeric></div>',
    )
    assert str(fact.value).count("<div>") == 1500


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<ix:nonFraction name="hp:X" contextRef="z" unitRef="usd" decimals="0">1</ix:nonFraction>', "no context z"),
        ('<ix:nonFraction name="hp:X" contextRef="q" unitRef="z" decimals="0">1</ix:nonFraction>', "no unit z"),
        ('<ix:nonFraction name="hp:X" contextRef="q" unitRef="usd" decimals="0">1,5</ix:nonFraction>', "'1,5' is no number"),
        ('<ix:nonFraction name="hp:X" contextRef="q" unitRef="usd" decimals="0" format="ixt:num-dot-decimal">x</ix:nonFraction>', "'x' is no number"),
        ('<ix:nonNumeric name="hp:X" contextRef="q" format="ixt:no-such-thing">x</ix:nonNumeric>', "no format that is known"),
        ('<ix:nonNumeric name="hp:X" contextRef="q" format="hp:mine">x</ix:nonNumeric>', "no registry that is known"),
        ('<ix:fraction name="hp:X" contextRef="q" unitRef="n"/>', "fractions are not read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(tmp_path: Path, body: str, problem: str) -> None:
    (found,) = inline(tmp_path, f"<p>{body}</p>").problems
    assert problem in found


def test_facts_of_another_target_are_left_to_it(tmp_path: Path) -> None:
    assert len(inline(tmp_path, '<p><ix:nonNumeric target="uk" name="hp:X" contextRef="q">x</ix:nonNumeric></p>')) == 1


@pytest.mark.parametrize(
    ("format", "text", "value"),
    [
        ("ixt:num-dot-decimal", " 1,234.50 ", "1234.50"),
        ("ixt:num-dot-decimal", ".5", "0.5"),
        ("five:num-dot-decimal-apos", "1'234.5", "1234.5"),
        ("old:numcommadot", "1,234", "1234"),
        ("old:numspacecomma", "1 234,5", "1234.5"),
        ("old:numdash", "-", "0"),
        ("two:numcommadecimal", "1 234,5", "1234.5"),
        ("two:zerodash", "\u2014", "0"),
        ("two:booleantrue", "X", "true"),
        ("two:nocontent", "anything", ""),
        ("two:datedaymonthyearen", "30th June 2024", "2024-06-30"),
        ("old:datelongus", "June 30, 2024", "2024-06-30"),
        ("old:dateslasheu", "30/06/24", "2024-06-30"),
        ("old:dateslashus", "06/30/2024", "2024-06-30"),
        ("ixt:date-monthname-day-year-en", "Sept. 30, 2024", "2024-09-30"),
        ("ixt:date-monthname-day-en", "December 31", "--12-31"),
        ("ixt:date-monthname-year-en", "June 2024", "2024-06"),
        ("ixt:date-day-monthname-year-fr", "1er f\u00e9vrier 2024", "2024-02-01"),
        ("ixt:date-day-monthroman-year", "30.VI.2024", "2024-06-30"),
        ("ixt:date-year-month-day", "2024/6/30", "2024-06-30"),
        ("ixt:date-jpn-era-year-month-day", "\u4ee4\u548c6\u5e746\u670830\u65e5", "2024-06-30"),
        ("two:dateyearmonthdaycjk", "2024\u5e746\u670830\u65e5", "2024-06-30"),
        ("ixt-sec:durwordsen", "three-year", "P3Y"),
        ("ixt-sec:durwordsen", "two years and six months", "P2Y6M"),
        ("ixt-sec:duryear", "0.1", "P1M6D"),
        ("ixt-sec:durmonth", "18", "P18M"),
        ("ixt-sec:durweek", "2", "P14D"),
        ("ixt-sec:durday", "364", "P364D"),
        ("ixt-sec:durhour", "5", "PT5H"),
        ("ixt-sec:numwordsen", "one million two hundred thousand", "1200000"),
        ("ixt-sec:numwordsen", "No", "0"),
        ("ixt-sec:stateprovnameen", "New  Jersey", "NJ"),
        ("ixt-sec:exchnameen", "The Nasdaq Stock Market LLC", "NASDAQ"),
        ("ixt-sec:entityfilercategoryen", "Large accelerated filer", "Large Accelerated Filer"),
        ("ixt-sec:boolballotbox", "\u2612", "true"),
        ("ixt-sec:yesnoballotbox", "\u2610", "No"),
        ("ixt-sec:datequarterend", "second quarter of 2024", "2024-06-30"),
    ],
)
def test_a_format_says_what_its_text_means(format: str, text: str, value: str) -> None:
    assert transform(format, SPACES, text) == value


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("ixt:num-dot-decimal", "1.234.5"), ("ixt:num-dot-decimal", ","), ("two:zerodash", "x"),
        ("ixt:date-monthname-day-year-en", "June 31, 2024"), ("ixt:date-monthname-day-year-en", "Brumaire 9, 2024"),
        ("ixt:date-day-lunarmonth", "1 2"), ("two:datelunar", "1"), ("ixt:date-jpn-era-year-month-day", "2024"),
        ("ixt:num-unit-decimal", "12"), ("ixt-sec:numwordsen", "several"), ("ixt-sec:durwordsen", "a while"),
        ("ixt-sec:stateprovnameen", "Atlantis"), ("ixt-sec:durcentury", "1"), ("ixt:other", "x"), ("other:date", "x"),
        ("ixt-sec:durwordsen", "several years"), ("ixt-sec:datequarterend", "soon"), ("two:datedaymonthyearxx", "1 1 1"),
    ],
)  # fmt: skip
def test_a_text_that_its_format_does_not_fit_is_refused(format: str, text: str) -> None:
    with pytest.raises(TransformError):
        transform(format, SPACES, text)


@given(number=st.decimals(min_value=0, max_value=10**12, places=2), sign=st.sampled_from(["", "-"]))
def test_every_number_in_thousands_groups_reads_back(number: Decimal, sign: str) -> None:
    assert Decimal(transform("ixt:num-dot-decimal", SPACES, f"{number:,f}")) == number
    swapped = f"{number:,f}".translate(str.maketrans(",.", ".,"))
    assert Decimal(transform("ixt:num-comma-decimal", SPACES, swapped)) == number


@given(date=st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_date_reads_back(date: dt.date) -> None:
    assert transform_date("date-monthname-day-year-en", f"{date:%B} {date.day}, {date.year}") == date.isoformat()
    assert transform_date("date-day-month-year", f"{date.day}.{date.month}.{date.year}") == date.isoformat()


@given(days=st.integers(0, 10_000))
def test_every_count_of_days_is_that_duration(days: int) -> None:
    assert transform_sec("durday", str(days)) == f"P{days}D"


INSTANCE = """<?xml version="1.0"?><xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:hp="http://hp.example/x" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<link:schemaRef xlink:type="simple" xlink:href="hp.xsd"/>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">1</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2024-06-30</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id="broken"><xbrli:entity><xbrli:identifier scheme="s">1</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:endDate>2024-06-30</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:context id="nobody"><xbrli:period><xbrli:instant>2024-06-30</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id="never"><xbrli:entity><xbrli:identifier scheme="s">1</xbrli:identifier></xbrli:entity></xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>
<hp:A contextRef="c" unitRef="u" precision="2">1234</hp:A><hp:B contextRef="c" xml:lang="DE">Gr\u00fc\u00dfe</hp:B>
<hp:Group><hp:C contextRef="c" unitRef="u" xsi:nil="1"/></hp:Group>
<hp:D contextRef="z">x</hp:D><hp:E contextRef="c" unitRef="z">1</hp:E><hp:F contextRef="c" unitRef="u">x</hp:F>
</xbrli:xbrl>"""


def test_an_instance_of_any_kind_is_read(tmp_path: Path) -> None:
    path = tmp_path / "i.xml"
    path.write_text(INSTANCE, "utf-8")
    report = read(path)
    assert [(f.concept, f.value, f.decimals, f.language) for f in report.facts] == [
        ("hp:A", Decimal(1234), -2, None), ("hp:B", "Gr\u00fc\u00dfe", None, "de"), ("hp:C", None, None, None),
    ]  # fmt: skip
    assert str(report.facts[0].unit) == "iso4217:USD*xbrli:shares"
    assert len(report.problems) == 6


@pytest.mark.parametrize("format", ["xml", "json", "csv", "xbrl-csv"])
def test_a_report_that_was_read_can_be_written_in_another_format(tmp_path: Path, format: str) -> None:
    (tmp_path / "i.xml").write_text(INSTANCE, "utf-8")
    report = read(tmp_path / "i.xml")
    again = read(
        report.write(
            tmp_path / "out" / f"o.{'json' if 'csv' in format[:5] and format != 'csv' else format}", format=format
        )[0]
    )
    numbers = [(f.concept, f.value, f.unit, f.period, f.decimals) for f in report.facts if f.value is not None]
    assert [(f.concept, f.value, f.unit, f.period, f.decimals) for f in again.facts if f.value is not None] == numbers
    assert again.problems == ()


def test_typed_members_are_written_again(tmp_path: Path) -> None:
    report = inline(
        tmp_path,
        '<p><ix:nonFraction name="gaap:Assets" contextRef="i" unitRef="n" decimals="INF">1</ix:nonFraction></p>',
    )
    for name in ("o.xml", "o.json"):
        again = read(report.write(tmp_path / name)[0])
        assert [member.member for member in again.facts[-1].members] == ["No. 7", "us-gaap:CommonClassAMember"]
        assert again.facts[-1].unit == PURE
    with pytest.raises(ValueError, match="cannot say them"):
        again.write(tmp_path / "p.xml")


def test_a_format_without_a_taxonomy_of_its_own_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="can be written as xml, json, csv, parquet, xbrl-csv"):
        read(write(text_release(), tmp_path / "q2.xml")[0]).write(tmp_path / "o.htm")


TABLES = {
    "documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv", "namespaces": {"hp": "http://hp.example/x", "cik": "http://www.sec.gov/CIK", "iso4217": "http://www.xbrl.org/2003/iso4217"}, "taxonomy": ["hp.xsd"]},
    "dimensions": {"entity": "cik:0000012345", "period": "$when"},
    "parameters": {"when": "2024-07-01T00:00:00"},
    "tableTemplates": {"t": {"columns": {
        "cash": {"dimensions": {"concept": "hp:Cash", "unit": "iso4217:USD"}, "decimals": -3},
        "name": {"dimensions": {"concept": "hp:Name", "language": "en"}},
        "kind": {},
        "more": {"propertiesFrom": ["kind"], "propertyGroups": {"debt": {"dimensions": {"concept": "hp:Debt", "unit": "iso4217:USD"}, "decimals": 0}}},
    }}},
    "tables": {"t": {"url": "t.csv"}, "other": {"template": "t", "url": "t.csv", "parameters": {"when": "2023-07-01T00:00:00"}}},
}  # fmt: skip


def test_tables_of_any_shape_are_read(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(json.dumps(TABLES))
    (tmp_path / "t.csv").write_text("cash,name,kind,more\r\n5000,##1,debt,7\r\n#nil,#empty,,\r\n")
    report = read(tmp_path / "r.json")
    assert report.problems == ()
    found = [(f.id, f.concept, str(f.period), f.value, f.decimals) for f in report.facts]
    assert found[:5] == [
        ("t.r_1.cash", "hp:Cash", "2024-06-30", Decimal(5000), -3), ("t.r_1.name", "hp:Name", "2024-06-30", "#1", None),
        ("t.r_1.more", "hp:Debt", "2024-06-30", Decimal(7), 0), ("t.r_2.cash", "hp:Cash", "2024-06-30", None, None),
        ("t.r_2.name", "hp:Name", "2024-06-30", "", None),
    ]  # fmt: skip
    assert len(found) == 10
    assert found[5][2] == "2023-06-30"


@pytest.mark.parametrize("url", ["../t.csv", "/etc/passwd", ""])
def test_tables_elsewhere_are_not_read(tmp_path: Path, url: str) -> None:
    (tmp_path / "r.json").write_text(json.dumps({**TABLES, "tables": {"t": {"url": url}}}))
    with pytest.raises(LoadError, match="beside its description"):
        read(tmp_path / "r.json")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.htm", "<html><body>Revenue rose.</body></html>", "neither an XBRL instance nor Inline XBRL"),
        ("a.xml", "", "no XML that can be read"),
        ("a.json", "{", "no JSON that can be read"),
        ("a.json", '{"facts": {}}', "neither xBRL-JSON nor xBRL-CSV"),
        ("a.json", json.dumps({**TABLES, "tables": {"t": {}}}), "not built as OIM says: 'url'"),
        ("a.json", json.dumps({**TABLES, "tables": []}), "not built as OIM says"),
        ("a.json", '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json"}, "facts": []}', "no object"),
        ("a.csv", "a,b\r\n1,2\r\n", "no table of facts"),
        ("a.txt", "Revenue rose to 1,234.", "no table of facts"),
    ],
)
def test_what_holds_no_report_is_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(LoadError, match=message):
        read(tmp_path / name)


def test_facts_of_json_that_are_not_whole_are_said(tmp_path: Path) -> None:
    facts = {
        "a": 1,
        "b": {"value": "x", "dimensions": {"concept": "hp:A", "entity": "cik:1", "unit": "iso4217:USD"}},
        "c": {"value": "1"},
    }
    info = {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": {}}
    (tmp_path / "a.json").write_text(json.dumps({"documentInfo": info, "facts": facts}))
    report = read(tmp_path / "a.json")
    assert report.facts == ()
    assert report.problems == ("a: no whole fact", "b: 'x' is no number", "c: no whole fact")


def test_a_package_that_climbs_out_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xbri", "w") as archive:
        archive.writestr("../reports/a.htm", "x")
    with pytest.raises(PackageError, match="climbs out"):
        read(tmp_path / "a.xbri")


def test_a_package_without_a_report_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xbr", "w") as archive:
        archive.writestr("a/META-INF/reportPackage.json", "{}")
    with pytest.raises(LoadError, match="no report in it"):
        read(tmp_path / "a.xbr")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_with_entities_of_its_own_is_refused(tmp_path: Path, encoding: str) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    (tmp_path / "a.htm").write_text(bomb + INLINE % "", encoding)
    with pytest.raises(LoadError, match="entities of its own"):
        read(tmp_path / "a.htm")


def test_entities_of_html_do_no_harm(tmp_path: Path) -> None:
    fact = fact_of(tmp_path, '<p><ix:nonNumeric name="hp:T" contextRef="q">a&nbsp;b</ix:nonNumeric></p>')
    assert str(fact.value).startswith("a")


AMOUNTS = st.decimals(min_value=-(10**13), max_value=10**13, places=4, allow_nan=False, allow_infinity=False)
DATES = st.dates(dt.date(1995, 1, 1), dt.date(2035, 12, 31))
INSTANTS = st.builds(Instant, DATES)
DURATIONS = st.builds(lambda start, days: Duration(start, start + dt.timedelta(days)), DATES, st.integers(0, 400))
MONEY = st.sampled_from(["USD", "JPY", "EUR"])
KINDS = st.one_of(
    st.tuples(st.just("us-gaap:Assets"), MONEY.map(money), INSTANTS),
    st.tuples(st.just("us-gaap:Revenues"), MONEY.map(money), DURATIONS),
    st.tuples(st.just("us-gaap:EarningsPerShareBasic"), MONEY.map(per_share), DURATIONS),
    st.tuples(st.just("us-gaap:CommonStockSharesOutstanding"), st.just(SHARES), INSTANTS),
    st.tuples(st.just("hp:Ratio"), st.just(PURE), DURATIONS),
)
NAMES = st.text(string.ascii_letters, min_size=1, max_size=12).map(lambda text: f"hp:{text.capitalize()}Member")
MEMBERS = st.dictionaries(st.sampled_from(["hp:RegionAxis", "us-gaap:StatementClassOfStockAxis"]), NAMES, max_size=2)
DECIMALS = st.none() | st.integers(-6, 4)
# Everything XML allows, and what it does not: the writers put a blank there.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60).map(lambda text: text.replace("\r", "\n"))
RATIO = OwnConcept(name="hp:Ratio", type="pure", period_type="duration", label="Ratio")


@st.composite
def reports(draw: st.DrawFn) -> Tagged:
    """Draw a release of any text with any legal figures in it."""
    drawn = draw(st.lists(st.tuples(TEXTS, AMOUNTS, KINDS, MEMBERS, DECIMALS), min_size=1, max_size=6))
    pieces = [(f"{text} ", f"{abs(amount):,f}") for text, amount, *_ in drawn]
    found = Facts(" ".join(before + figure for before, figure in pieces))
    place = 0
    for (before, figure), (_, amount, (concept, unit, period), members, decimals) in zip(pieces, drawn, strict=True):
        found.place = place + len(before)
        place = found.place + len(figure) + 1
        found.add(
            concept, figure, str(amount), period=period, unit=unit, scale=0, decimals=decimals,
            members=tuple(Member(axis, member) for axis, member in members.items()),
        )  # fmt: skip
    return tagged(found.facts, text=found.text, statements=(), own=(RATIO,))


@settings(max_examples=40, deadline=None)
@given(report=reports())
@pytest.mark.parametrize("format", ["htm", "xml", "json", "csv", "zip"])
def test_any_report_reads_back(format: str, report: Tagged, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")
    loaded = read(write(report, folder / f"q.{format}")[0])
    assert keys(loaded.facts) == keys(report.facts)


@settings(max_examples=8, deadline=None)
@given(report=reports())
@pytest.mark.parametrize("format", ["xbri", "xbr", "zip"])
def test_arelle_reads_any_report_alike(format: str, report: Tagged, tmp_path_factory: pytest.TempPathFactory) -> None:
    loaded = load(write(report, tmp_path_factory.mktemp("any") / f"q.{format}")[0])
    # Figures drawn at random may contradict one another.
    assert [complaint for complaint in loaded.complaints if "uplicate" not in complaint] == []
    without_ids = [sorted((row[1:] for row in facts), key=str) for facts in (loaded.facts, rows(report.facts))]
    assert without_ids[0] == without_ids[1]


@settings(max_examples=20, deadline=None)
@given(report=reports())
def test_ixbrlparse_reads_any_report_alike(report: Tagged, tmp_path_factory: pytest.TempPathFactory) -> None:
    ixbrlparse = pytest.importorskip("ixbrlparse")
    path = write(report, tmp_path_factory.mktemp("any") / "q.htm")[0]
    with path.open(encoding="utf-8") as file:
        found = ixbrlparse.IXBRL(file, raise_on_error=False)
    theirs = sorted((f"{fact.schema}:{fact.name}", float(fact.value)) for fact in found.numeric)
    ours = sorted((fact.concept, float(fact.value)) for fact in report.facts)
    assert [name for name, _ in theirs] == [name for name, _ in ours]
    assert [value for _, value in theirs] == pytest.approx([value for _, value in ours])


@settings(max_examples=10, deadline=None)
@given(report=reports())
def test_edgartools_reads_any_report_alike(report: Tagged, tmp_path_factory: pytest.TempPathFactory) -> None:
    xbrl = pytest.importorskip("edgar.xbrl")
    folder = tmp_path_factory.mktemp("any")
    write(report, folder / "q_htm.xml")
    found = xbrl.XBRL.from_directory(folder)._facts.values()
    assert sorted((fact.element_id.replace("_", ":", 1), fact.value) for fact in found) == sorted(
        (fact.concept, f"{fact.value:f}") for fact in report.facts
    )


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize("name", ["aapl-20250329.htm", "apple-inc_20181229_10-q.xml", "patriot-transportation-holding-inc_20150331_10-q.xml"])  # fmt: skip
def test_a_real_filing_is_read_whole(name: str) -> None:
    report = read(CORPUS / "filings" / name)
    assert report.problems == ()
    assert len(report) > 300
    assert any(fact.concept == "us-gaap:Assets" for fact in report.facts)


def test_the_public_name_reads(tmp_path: Path) -> None:
    assert len(tagger.read(write(text_release(), tmp_path / "q2.json")[0])) == 14


def test_arelle_reads_the_same_from_every_package(tmp_path: Path) -> None:
    for format in ("xbr", "zip"):
        loaded = load(write(html_release(), tmp_path / f"q2.{format}")[0])
        assert loaded.complaints == ()
        assert len(loaded.facts) == 14


def test_one_namespace_has_one_prefix_and_two_have_two(tmp_path: Path) -> None:
    body = (
        '<p xmlns:a="http://hp.example/20240630" xmlns:hp2="http://hp.example/2"><ix:nonNumeric name="a:A" contextRef="q">x</ix:nonNumeric>'
        '<ix:nonNumeric name="hp2:B" contextRef="q">x</ix:nonNumeric><span xmlns:hp="http://other.example/x">'
        '<ix:nonNumeric name="hp:C" contextRef="q">x</ix:nonNumeric></span></p>'
    )
    names = [fact.concept for fact in inline(tmp_path, body).facts[1:]]
    assert len({name.partition(":")[0] for name in names}) == 3
    assert [name.partition(":")[2] for name in names] == ["A", "B", "C"]


def test_languages_are_those_of_the_nearest_element(tmp_path: Path) -> None:
    body = (
        '<div xml:lang="FR"><p><ix:nonNumeric name="hp:A" contextRef="q">x</ix:nonNumeric></p>'
        '<p><ix:nonNumeric name="hp:B" contextRef="q" xml:lang="de">x</ix:nonNumeric></p></div>'
    )
    assert [fact.language for fact in inline(tmp_path, body).facts] == ["en-us", "fr", "de"]


def test_dates_and_codes_are_written_in_no_language(tmp_path: Path) -> None:
    body = "".join(
        f'<p><ix:nonNumeric name="hp:A{n}" contextRef="q">{text}</ix:nonNumeric></p>'
        for n, text in enumerate(["2024-06-30", "P3Y", "true", "words"])
    )
    written = json.loads(inline(tmp_path, body).write(tmp_path / "o.json")[0].read_text())["facts"]
    assert ["language" in fact["dimensions"] for fact in written.values()] == [False, False, False, False, True]


def test_markup_keeps_attributes_of_other_namespaces(tmp_path: Path) -> None:
    body = '<div><ix:nonNumeric name="hp:T" contextRef="q" escape="true"><p xml:lang="de" hp:note="a&quot;b">x</p></ix:nonNumeric></div>'
    assert fact_of(tmp_path, body).value == '<p hp:note="a&quot;b" xml:lang="de">x</p>'


def test_tables_of_facts_of_earlier_versions_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,concept,entity,start,end,instant,unit,value,decimals,members\r\n" "a,hp:A,0000012345,,,2024-06-30,iso4217:USD,5,0,\r\n" "b,hp:B,ACME,,,,xbrli:pure,x,0,\r\n" "c,hp:C,ACME,,,,xbrli:pure,1,INF,hp:X=a b\r\n")  # fmt: skip
    report = read(path)
    assert [fact.entity.scheme for fact in report.facts] == [
        "http://www.sec.gov/CIK",
        "http://tagger.example/entity-not-known",
    ]
    assert report.facts[1].period is None
    assert report.facts[1].members == (TypedMember("hp:X", "a b"),)
    assert report.problems == ("line 3: 'x' is no number",)
    assert report.entity is None


def test_a_file_larger_than_any_report_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tagger.loading._MOST_BYTES", 10)
    (tmp_path / "a.xml").write_text("<xbrl>" + " " * 20)
    with pytest.raises(LoadError, match="more than 10 bytes"):
        read(tmp_path / "a.xml")


@pytest.mark.parametrize("format", ["htm", "xml", "json", "csv", "zip"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_broken_file_is_read_as_far_as_it_goes_or_refused(
    format: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(render(text_release(), format))
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
    path = tmp_path_factory.mktemp("broken") / f"q.{format}"
    path.write_bytes(content)
    with contextlib.suppress(LoadError, PackageError):
        read(path)


@pytest.mark.parametrize(("scale", "problem"), [("999999", "is no scale"), ("x", "is no scale")])
def test_a_scale_that_is_none_is_said(tmp_path: Path, scale: str, problem: str) -> None:
    body = f'<p><ix:nonFraction name="hp:X" contextRef="q" unitRef="usd" decimals="0" scale="{scale}">1</ix:nonFraction></p>'
    assert problem in inline(tmp_path, body).problems[0]


def test_numbers_longer_than_any_context_are_exact(tmp_path: Path) -> None:
    digits = "123456789012345678901234567890123456789"
    body = f'<p><ix:nonFraction name="hp:X" contextRef="q" unitRef="usd" decimals="INF" scale="6" sign="-">{digits}.5</ix:nonFraction></p>'
    assert str(fact_of(tmp_path, body).value) == f"-{digits}500000"


def test_a_text_of_any_length_is_read_from_a_table(tmp_path: Path) -> None:
    long = "word " * 60_000
    report = inline(tmp_path, f'<p><ix:nonNumeric name="hp:T" contextRef="q">{long}</ix:nonNumeric></p>')
    for name, format in (("o.csv", "csv"), ("o.json", "xbrl-csv")):
        assert read(report.write(tmp_path / name, format=format)[0]).facts[-1].value == long
