"""The other formats say the same as the inline document; files appear whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from arelle_loading import load, rows
from tagger.files import write_files
from tagger.findings import Code, Finding, Severity
from tagger.tagged import Tagged
from tagger.values import Span
from tagger.writing import FORMATS, render, write
from writing_cases import html_release, tagged, text_release


@pytest.mark.parametrize("suffix", ["xml", "json"])
def test_arelle_loads_the_same_facts_from_an_instance_and_from_json(tmp_path: Path, suffix: str) -> None:
    release = text_release()
    path = write(release, tmp_path / f"q2.{suffix}")[0]
    loaded = load(path, [tmp_path / "q2-taxonomy.zip"])
    assert loaded.complaints == ()
    assert loaded.facts == rows(release.facts)


def test_a_report_package_loads_with_nothing_beside_it(tmp_path: Path) -> None:
    release = html_release()
    path = write(release, tmp_path / "q2.xbri")[0]
    assert os.listdir(tmp_path) == ["q2.xbri"]  # noqa: PTH208
    loaded = load(path)
    assert loaded.complaints == ()
    assert loaded.facts == rows(release.facts)


def test_json_carries_where_each_fact_came_from_and_what_was_found() -> None:
    finding = Finding(code=Code.REPAIRED, severity=Severity.NOTE, message="repaired", span=Span(1, 2), before="8")
    release = tagged(text_release().facts)
    report = json.loads(render(Tagged(**{**fields(release), "findings": (finding,)}), "json"))
    fact = report["facts"]["f3"]
    assert fact["value"] == "38214000"
    assert fact["dimensions"]["period"] == "2006-10-01T00:00:00"
    assert fact["tagger:proof"] == ["sum: 38,214 + 2,617 = 40,831"]
    start, end = fact["tagger:span"]
    assert release.document.text[start:end] == fact["tagger:text"] == "38,214"
    assert report["tagger:findings"] == [
        {"code": "repaired", "severity": "note", "message": "repaired", "span": [1, 2], "before": "8"}
    ]


def fields(release: Tagged) -> dict[str, object]:
    return {name: getattr(release, name) for name in Tagged.__struct_fields__}


def test_csv_has_a_row_for_each_fact() -> None:
    found = list(csv.DictReader(io.StringIO(render(text_release(), "csv").decode(), newline="")))
    assert len(found) == 14
    row = found[2]
    assert (row["concept"], row["instant"], row["start"], row["unit"]) == (
        "us-gaap:CashAndCashEquivalentsAtCarryingValue", "2006-09-30", "", "iso4217:USD",
    )  # fmt: skip
    assert (row["value"], row["decimals"], row["line"], row["text"]) == ("38214000", "-3", "8", "38,214")
    assert (found[0]["start"], found[0]["end"], found[0]["instant"]) == ("2006-07-01", "2006-09-30", "")
    assert found[13]["members"] == "us-gaap:StatementClassOfStockAxis=us-gaap:CommonClassAMember"
    assert found[13]["decimals"] == "INF"


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_release_gives_the_same_bytes_in_every_format(format: str) -> None:
    assert render(text_release(), format) == render(text_release(), format)


def test_what_is_rendered_is_what_is_written(tmp_path: Path) -> None:
    path = write(text_release(), tmp_path / "q2.xml")[0]
    assert path.read_bytes() == render(text_release(), "xml")


def test_all_files_of_a_report_have_its_name(tmp_path: Path) -> None:
    paths = write(text_release(), tmp_path / "new" / "Q2 results (final).htm")
    assert paths[0].name == "Q2 results (final).htm"
    assert sorted(path.name for path in paths[1:]) == [
        "Q2-results-final-taxonomy.zip", "Q2-results-final.xsd", "Q2-results-final_cal.xml",
        "Q2-results-final_def.xml", "Q2-results-final_lab.xml", "Q2-results-final_pre.xml",
    ]  # fmt: skip
    assert sorted(paths) == sorted((tmp_path / "new").iterdir())


def test_a_name_beyond_ascii_and_with_marks_loads(tmp_path: Path) -> None:
    path = write(text_release(), tmp_path / "r\u00e9sultats & co.htm")[0]
    assert load(path, [tmp_path / "r-sultats-co-taxonomy.zip"]).complaints == ()


@pytest.mark.parametrize("name", ["q2.pdf", "q2", "q2.xlsx"])
def test_a_suffix_that_is_not_known_is_refused_with_those_that_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"choose one of \.htm \(Inline XBRL\)"):
        write(text_release(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_the_format_can_be_given_apart_from_the_name(tmp_path: Path) -> None:
    path = write(text_release(), tmp_path / "facts.txt", format="csv")[0]
    assert path.read_bytes() == render(text_release(), "csv")


def test_a_format_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="the format 'pdf' is none that can be written"):
        render(text_release(), "pdf")


def test_a_name_that_one_of_the_files_beside_needs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="choose another"):
        write(text_release(), tmp_path / "q2.xsd", format="xml")


def test_nothing_is_left_behind_when_one_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "q2_lab.xml").mkdir()
    (tmp_path / "q2.xsd").write_text("old")
    with pytest.raises(IsADirectoryError, match=r"q2_lab\.xml is a folder"):
        write(text_release(), tmp_path / "q2.htm")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q2.xsd", "q2_lab.xml"]
    assert (tmp_path / "q2.xsd").read_text() == "old"


def test_files_moved_already_are_put_back_when_a_later_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("old")
    real = os.replace

    def replace(source: str | Path, target: str | Path) -> None:
        if Path(target).name == "c":
            raise OSError("disk is full")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OSError, match="disk is full"):
        write_files({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "c": b"new"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old"}


def test_files_are_put_back_where_there_are_no_links_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "a"
    path.write_text("old")
    write_files({path: b"new"})
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("a", "new")]


def test_nothing_is_left_behind_when_a_mode_cannot_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("not yours")

    (tmp_path / "a").write_text("mine")
    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(PermissionError):
        write_files({tmp_path / "a": b"new"})
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("a", "mine")]


def test_a_file_that_is_written_again_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o640)
    write_files({path: b"new"})
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
