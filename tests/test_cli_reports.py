"""The commands for written reports: read, diff, grade, check, view, and the profile of the SEC."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from statement_cases import HARBOR
from tagger.cli.commands import app
from tagger.loading import read
from tagger.writing import write
from writing_cases import text_release


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return write(text_release(), tmp_path / "q2.htm")[0]


def test_read_prints_every_fact_and_who_reports(written: Path) -> None:
    result = run("read", written)
    assert result.exit_code == 0
    assert "us-gaap:CashAndCashEquivalentsAtCarryingValue" in result.stdout
    assert "38,214,000" in result.stdout
    assert "14 facts of 0000012345" in result.stdout


def test_read_writes_other_formats(written: Path, tmp_path: Path) -> None:
    result = run("read", written, "-o", tmp_path / "a.json", "-o", tmp_path / "b.csv")
    assert result.exit_code == 0
    assert result.stdout.split() == [str(tmp_path / "a.json"), str(tmp_path / "b.csv")]
    assert len(read(tmp_path / "a.json")) == len(read(tmp_path / "b.csv")) == 14


def test_read_writes_to_standard_output(written: Path) -> None:
    result = run("read", written, "--format", "json")
    assert len(json.loads(result.stdout)["facts"]) == 14


def test_read_refuses_what_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text("<html><body>x</body></html>")
    for name, message in (("a.htm", "neither an XBRL instance nor Inline XBRL"), ("b.htm", "No such file")):
        result = run("read", tmp_path / name)
        assert result.exit_code == 2
        assert message in result.stderr
    assert run("read", tmp_path / "a.htm", "--format", "pdf").exit_code == 2


def test_what_cannot_be_read_goes_to_standard_error(written: Path) -> None:
    written.write_text(written.read_text().replace(">38,214<", ">38x214<"))
    result = run("read", written)
    assert result.exit_code == 0
    assert "'38x214' is no number" in result.stderr


def test_diff_says_what_differs_and_by_status_that_it_does(written: Path, tmp_path: Path) -> None:
    same = run("diff", written, write(text_release(), tmp_path / "x.json")[0])
    assert (same.exit_code, same.stdout.strip()) == (0, "14 same")
    other = tmp_path / "other.htm"
    other.write_text(written.read_text().replace(">38,214<", ">38,215<"))
    result = run("diff", written, other)
    assert result.exit_code == 1
    assert "38,214,000" in result.stdout
    assert "38,215,000" in result.stdout
    assert "13 same" in result.stdout
    assert "us-gaap:AssetsCurrent" not in result.stdout
    assert "us-gaap:AssetsCurrent" in run("diff", written, other, "--all").stdout


def test_grade_holds_a_release_against_its_filing(written: Path, tmp_path: Path) -> None:
    filing = tmp_path / "10-q.htm"
    filing.write_text(written.read_text().replace(">38,214<", ">38,215<"))
    result = run("grade", written, filing, "--verbose")
    assert result.exit_code == 0
    assert "contradicted" in result.stdout
    assert "% right of what the filing can check" in result.stdout
    assert "figures of its statements that the release prints were found" in result.stdout


def test_grade_tags_a_release_that_is_not_tagged_yet(written: Path, tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(
        HARBOR.replace("June 30", "September 30")
        .replace("2007", "2006")
        .replace("2006          2006", "2006          2005")
    )
    result = run("grade", tmp_path / "release.txt", written)
    assert result.exit_code == 0
    assert "2 confirmed" in result.stdout
    again = run("grade", written, written, "--release", tmp_path / "release.txt")
    assert again.exit_code == 0


def test_check_finds_nothing_in_what_we_write(written: Path) -> None:
    result = run("check", written)
    assert (result.exit_code, result.stdout.strip()) == (0, f"{written}: nothing to complain of")


def test_check_tells_errors_by_its_status_and_warnings_when_asked(written: Path) -> None:
    text = written.read_text()
    written.write_text(text.replace(">38,214<", ">38x214<"))
    assert run("check", written, "--no-arelle").exit_code == 1
    written.write_text(text.replace(">40,831<", ">40,8310<"))
    assert run("check", written, "--no-arelle").exit_code == 0
    assert run("check", written, "--no-arelle", "--strict").exit_code == 1
    assert run("check", written, "--profile", "esma").exit_code == 2


def test_view_writes_the_viewer(written: Path, tmp_path: Path) -> None:
    pytest.importorskip("iXBRLViewerPlugin")
    result = run("view", written, "-o", tmp_path / "view", "--no-browser")
    assert result.exit_code == 0
    assert Path(result.stdout.strip()).parent == tmp_path / "view"


def test_tag_writes_for_the_sec(tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(HARBOR)
    cover = ["--profile", "sec", "--cover", "EntityFileNumber=001-12345"]
    result = run("tag", tmp_path / "release.txt", "--entity", "cik:12345", *cover, "-o", tmp_path / "ex99.htm")
    assert result.exit_code == 0
    assert "001-12345" in (tmp_path / "ex99.htm").read_text()
    assert "cover-incomplete" in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--profile", "esma"], "choose plain or sec"),
        (["--cover", "EntityFileNumber=1"], "--cover is for --profile sec"),
        (["--profile", "sec", "--cover", "EntityFileNumber"], "give NAME=VALUE"),
        (["--profile", "sec", "--cover", "Colour=red"], "no part of a cover"),
    ],
)
def test_tag_refuses_a_cover_that_cannot_be(tmp_path: Path, options: list[str], message: str) -> None:
    (tmp_path / "release.txt").write_text(HARBOR)
    result = run("tag", tmp_path / "release.txt", *options)
    assert result.exit_code == 2
    assert message in result.stderr
