"""What is over a limit is refused with an error that names it, or left out with a finding: never cut in silence."""

from __future__ import annotations

import dataclasses
import io
import tarfile
from pathlib import Path

import pytest

import tagger
from benchmarks.growing import INPUTS
from conftest import ROOT
from pdf_cases import pdf
from steps import steps
from tagger.ruleset import RuleError, load_rules
from test_hostile import TABLE

PROSE = "<p>Acme reported net income of $5 million for the quarter ended June 30, 2024.</p>"
WIDE = TABLE.replace("<td>1,234</td>", "<td>1,234</td>" * 80)
REFUSED = {
    "bytes": (TABLE.encode(), {"bytes": 100}, "more than 100 bytes (Limits.bytes)"),
    "characters": (TABLE.encode(), {"characters": 100}, "characters, 100 at most (Limits.characters)"),
    "characters of text": (TABLE, {"characters": 100}, "characters, 100 at most (Limits.characters)"),
}
PRE = """<pre>
                        2024      2023
Net sales              1,234     1,100
Cost of sales          1,000       900
</pre>"""
LEFT_OUT = {
    "tables": (TABLE * 3, {"tables": 2}, "1 table left out: a document has 2 tables at most (Limits.tables)"),
    "columns": (TABLE, {"columns": 2}, "1 table left out: a table has 2 columns at most (Limits.columns)"),
    "columns as they are": (WIDE, {}, "1 table left out: a table has 60 columns at most (Limits.columns)"),
    "rows": (TABLE + TABLE, {"rows": 3}, "2 tables left out: a table has 3 rows at most (Limits.rows)"),
    "cells": (TABLE + TABLE, {"cells": 15}, "1 table left out: a document has 15 cells at most (Limits.cells)"),
    "headings": (PRE, {"headings": 9}, "1 table left out: the headings of all tables of text have 9 characters at most (Limits.headings)"),
    "paragraphs": (PROSE * 4, {"paragraphs": 3}, "1 paragraph left out: a document has 3 paragraphs at most (Limits.paragraphs)"),
    "figures": (PROSE * 4, {"figures": 8}, "2 paragraphs left out: a document has 8 figures in its paragraphs at most (Limits.figures)"),
    "sentence": (PROSE, {"sentence": 20}, "1 paragraph left out: a paragraph has 20 characters at most (Limits.sentence)"),
    "lines": (PRE, {"lines": 2}, "the rest of the text left out: a text has 2 lines at most (Limits.lines)"),
    "numbers": (PRE, {"numbers": 4}, "the rest of the text left out: a text has 4 numbers at most (Limits.numbers)"),
    "lines of several texts": (PRE * 40, {"lines": 82}, "the rest of the text left out: a text has 82 lines at most (Limits.lines)"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_over_a_limit_is_refused(case: str) -> None:
    source, bounds, reason = REFUSED[case]
    with pytest.raises(tagger.ReadError) as caught:
        tagger.tag(source, limits=tagger.Limits(**bounds))
    assert reason in str(caught.value)
    assert tagger.tag(source).facts


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_part_over_a_limit_is_left_out_with_a_finding(case: str) -> None:
    markup, bounds, message = LEFT_OUT[case]
    limits = tagger.Limits(**bounds)
    report = tagger.tag(f"<html><body>{markup}</body></html>", limits=limits)
    found = [finding for finding in report.findings if finding.code is tagger.Code.OVER_LIMIT]
    assert [finding.message for finding in found] == [message]
    assert found[0].severity is tagger.Severity.ERROR
    assert found[0].span is not None
    assert report.document.text == tagger.tag(f"<html><body>{markup}</body></html>").document.text


TYPED = """                        2024      2023
Net sales              1,234     1,100
Cost of sales          1,000       900
"""


@pytest.mark.parametrize("bounds", [{"lines": 2}, {"numbers": 5}, {"numbers": 4}])
def test_text_is_read_up_to_the_line_that_is_over_a_limit(bounds: dict[str, int]) -> None:
    document = tagger.tag(TYPED, limits=tagger.Limits(**bounds)).document
    assert [cell.text.string for cell in document.tables[0].rows[-1].cells] == ["Net sales", "1,234", "1,100"]
    (finding,) = document.findings
    assert finding.span is not None
    assert TYPED[finding.span.start : finding.span.end] == TYPED[TYPED.index("Cost") :]
    assert document.text == TYPED


@pytest.mark.parametrize("bounds", [{"lines": 3}, {"numbers": 6}])
def test_text_at_its_limit_is_read_whole(bounds: dict[str, int]) -> None:
    assert not tagger.tag(TYPED, limits=tagger.Limits(**bounds)).document.findings


def test_style_sheets_longer_than_any_are_refused() -> None:
    with pytest.raises(tagger.ReadError, match="style sheets of 1,300,000 characters, 1,000,000 at most"):
        tagger.tag(f"<html><style>{'.a{color:red}' * 100_000}</style>{TABLE}</html>")


def test_a_file_is_read_no_further_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "release.htm"
    path.write_text(TABLE)
    with pytest.raises(tagger.ReadError, match=r"release\.htm: more than 50 bytes"):
        tagger.tag(path, limits=tagger.Limits(bytes=50))


def test_a_pdf_has_as_many_pages_as_the_limit() -> None:
    pytest.importorskip("pypdfium2")
    source = pdf(*[[(50, 700, "Net sales 1,234")] for _ in range(3)])
    with pytest.raises(tagger.ReadError, match=r"3 pages, 2 at most \(Limits\.pages\)"):
        tagger.tag(source, limits=tagger.Limits(pages=2))


def test_limits_are_those_of_every_document_of_a_batch(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text(TABLE * 3)
    (report,) = tagger.tag_many(tmp_path, jobs=1, limits=tagger.Limits(tables=1))
    assert isinstance(report, tagger.Report)
    assert tagger.Code.OVER_LIMIT in {finding.code for finding in report.findings}


def test_a_member_of_an_archive_over_the_limit_fails_and_the_others_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tagger.batches.sources._MOST_BYTES", 1000)
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        for name, content in (("large.htm", TABLE * 4), ("small.htm", TABLE)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content.encode()))
    large, small = tagger.tag_many(tmp_path / "a.tar.gz", jobs=1)
    assert isinstance(large, tagger.Failure)
    assert "bytes unpacked" in large.reason
    assert isinstance(small, tagger.Report)


WIDE = {
    "a row of 2,500 cells": "<table><tr><td>Net sales</td>" + "<td>1,234</td>" * 2500 + "</tr></table>",
    "600 columns of figures": "<table>" + ("<tr><td>Net sales</td>" + "<td>1,234</td>" * 600 + "</tr>") * 3 + "</table>",
    "cells that all reach down": "<table>" + "<tr><td rowspan=65534 colspan=1000>1,234</td></tr>" * 900 + "</table>",
}  # fmt: skip


@pytest.mark.parametrize("case", WIDE)
def test_a_table_too_wide_to_be_read_is_left_out_with_a_finding(case: str) -> None:
    report = tagger.tag(f"<html><body>{TABLE}{WIDE[case]}{TABLE}</body></html>")
    found = [finding.message for finding in report.findings if finding.code is tagger.Code.OVER_LIMIT]
    assert found == ["1 table left out: a table has 60 columns at most (Limits.columns)"]
    assert len(report.document.tables) == 2


@pytest.mark.parametrize(
    "name", ["rows of one table", "statements alike", "paragraphs", "lines of text", "figures of one line"]
)
def test_twice_the_document_is_twice_the_work(name: str) -> None:
    small, large = (INPUTS[name](size) for size in (12_000, 24_000))
    tagger.tag(large)  # what is made at the first use
    assert steps(lambda: tagger.tag(large)) < 2.2 * steps(lambda: tagger.tag(small))


def test_an_endless_tag_keeps_its_first_attributes_and_its_text() -> None:
    many = " ".join(f'a{number}="{number}"' for number in range(900))
    report = tagger.tag(f"<html><body><p id=first {many} class=last>Net sales rose.</p>{TABLE}</body></html>")
    page = report.render("htm").decode()
    assert report.document.text.startswith("Net sales rose.")
    assert 'id="first"' in page
    assert 'class="last"' not in page


def test_no_limit_allows_the_columns_that_reading_does_not_tell_apart() -> None:
    with pytest.raises(ValueError, match="limit columns is 1000: give one below 1,000"):
        tagger.Limits(columns=1000)


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "5", None])
def test_a_limit_is_a_whole_number_above_nought(value: object) -> None:
    with pytest.raises(ValueError, match="limit tables is"):
        tagger.Limits(tables=value)  # type: ignore[arg-type]


def test_every_limit_is_tried() -> None:
    assert {bound.name for bound in dataclasses.fields(tagger.Limits)} == {
        *(name for _, bounds, _ in (*REFUSED.values(), *LEFT_OUT.values()) for name in bounds or ("columns",)),
        "pages",
    }


def test_every_limit_is_in_the_manual() -> None:
    manual = (ROOT / "docs" / "limits.md").read_text("utf-8")
    for bound in dataclasses.fields(tagger.Limits):
        (line,) = [line for line in manual.splitlines() if line.startswith(f"| `{bound.name}`")]
        assert f"| {bound.default:,} |" in line


RULE = "- id: acme-x\n  concept: {concept}\n  statement: operations\n  rows: [{rows}]\n  matches: ['operations: Takings']\n  skips: ['operations: Cost of takings']\n"
GOOD = RULE.format(concept="us-gaap:Revenues", rows="takings")
PACKS = {
    "lists in lists": ({"rules": "[" * 100_000}, "exceeded maximum nesting depth"),
    "keys in keys": ({"rules": "{a: " * 5000}, "exceeded maximum nesting depth"),
    "aliases": ({"rules": "- &a [x, x]\n- &b [*a, *a, *a]\n- [*b, *b, *b]\n"}, "used again by an alias"),
    "a tag that runs": ({"rules": "- !!python/object/apply:os.system ['exit 1']\n"}, "has no place in rules"),
    "a long value": ({"rules": GOOD + f"  unless: {'x' * 5000}\n"}, "4000 at most"),
    "more labels than there are": ({"rules": RULE.format(concept="us-gaap:Revenues", rows=f"'{'[a | b | c | d] ' * 12}'")}, "640 at most"),
    "a concept of nobody's": ({"rules": RULE.format(concept="evil:Revenues", rows="takings")}, "neither official nor declared"),
    "a member of nobody's": ({"rules": GOOD + "  members: {us-gaap:StatementClassOfStockAxis: evil:AMember}\n"}, "neither official nor declared"),
    "a concept of another's": ({"pack": "name: a\nprefix: acme\nconcepts:\n  other:Thing: {type: money, period: duration}\n"}, "not of the pack's prefix"),
    "an official prefix": ({"pack": "name: a\nprefix: us-gaap\n"}, "belongs to an official taxonomy"),
    "an official member": ({"pack": "name: a\nprefix: acme\nmembers: {us-gaap:EvilMember: x}\n"}, "is official"),
    "a path as a name": ({"pack": "name: ../../x\n"}, "is no name for a pack"),
    "a folder above": ({"pack": "name: a\nextends: [..]\n"}, "leads outside the pack"),
    "a folder elsewhere": ({"pack": "name: a\nextends: [/etc]\n"}, "leads outside the pack"),
    "a null": ({"pack": 'name: a\nextends: ["a\\0b"]\n'}, "no pack"),
}  # fmt: skip


@pytest.mark.parametrize("case", PACKS)
def test_a_pack_from_a_stranger_is_bounded_and_confined(case: str, tmp_path: Path) -> None:
    files, reason = PACKS[case]
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    with pytest.raises(ExceptionGroup) as caught:
        load_rules(tmp_path, base=False)
    assert caught.value.split(RuleError)[1] is None
    assert any(reason in str(error) for error in caught.value.exceptions)


def test_a_file_of_a_pack_that_is_a_link_out_of_it_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(GOOD)
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "rules.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(ExceptionGroup) as caught:
        load_rules(tmp_path / "pack", base=False)
    assert "leads outside the pack" in str(caught.value.exceptions[0])
