"""The report: what it gives, and files that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import tagger
from conftest import ROOT
from tagger.writing import FORMATS

EXAMPLE = ROOT / "examples" / "brightwater-2008q2" / "release.txt"


@pytest.fixture(scope="module")
def report() -> tagger.Report:
    return tagger.tag(EXAMPLE, entity="cik:1234567")


def test_facts_stand_in_the_order_of_the_release_and_are_numbered(report: tagger.Report) -> None:
    assert [fact.id for fact in report.facts] == [f"f{number}" for number in range(1, len(report.facts) + 1)]
    starts = [fact.printed.span for fact in report.facts]
    assert starts == sorted(starts)


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_written_under_the_name_asked_for(report: tagger.Report, suffix: str, tmp_path: Path) -> None:
    written = report.write(tmp_path / f"q2.{suffix}")
    assert written[0] == tmp_path / f"q2.{suffix}"
    assert {path.name for path in written} == {path.name for path in tmp_path.iterdir()}
    assert all(path.stat().st_size for path in written)


def test_a_path_may_be_text_and_its_folders_are_made(report: tagger.Report, tmp_path: Path) -> None:
    report.write(str(tmp_path / "new" / "folder" / "q2.json"))
    assert (tmp_path / "new" / "folder" / "q2.json").exists()


@pytest.mark.parametrize("name", ["q2.pdf", "q2", "q2.xlsx"])
def test_an_unknown_suffix_is_refused_and_leaves_nothing(report: tagger.Report, name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"choose one of \.htm"):
        report.write(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_stays_as_it_was(report: tagger.Report, tmp_path: Path) -> None:
    (tmp_path / "q2.htm").write_text("mine")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            report.write(tmp_path / "q2.htm")
        assert [path.name for path in tmp_path.iterdir()] == ["q2.htm"]
        assert (tmp_path / "q2.htm").read_text() == "mine"
    finally:
        tmp_path.chmod(0o700)


def test_where_one_file_cannot_be_written_none_is(report: tagger.Report, tmp_path: Path) -> None:
    (tmp_path / "q2-taxonomy.zip").mkdir()
    with pytest.raises(OSError, match="q2-taxonomy"):
        report.write(tmp_path / "q2.htm")
    assert [path.name for path in tmp_path.iterdir()] == ["q2-taxonomy.zip"]


@pytest.mark.parametrize("source", ["path", "text path", "bytes", "text"])
def test_a_release_is_taken_in_any_form(report: tagger.Report, source: str) -> None:
    sources: dict[str, str | bytes | Path] = {
        "path": EXAMPLE,
        "text path": str(EXAMPLE),
        "bytes": EXAMPLE.read_bytes(),
        "text": EXAMPLE.read_text("utf-8"),
    }
    assert tagger.tag(sources[source], entity="cik:1234567").facts == report.facts


def test_the_entity_may_be_a_value() -> None:
    entity = tagger.Entity("http://www.sec.gov/CIK", "0001234567")
    assert tagger.tag(EXAMPLE, entity=entity).entity == entity


@pytest.mark.parametrize("taxonomy", ["us-gaap/2009", 2009, "2009"])
def test_any_year_of_the_taxonomy_may_be_asked_for(taxonomy: str | int) -> None:
    report = tagger.tag(EXAMPLE, taxonomy=taxonomy)
    assert report.tagged.catalog_year == 2009
    assert report.facts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"taxonomy": "us-gaap/1999"}, "1999"),
        ({"taxonomy": "ifrs"}, "give us-gaap/YEAR"),
        ({"entity": "acme"}, "give cik:NUMBER"),
        ({"prefix": "us-gaap"}, "cannot be the prefix"),
        ({"prefix": "two words"}, "cannot be the prefix"),
    ],
)
def test_arguments_that_cannot_be_used_are_refused(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        tagger.tag(EXAMPLE, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "nothing in it"),
        (b"  \n\t\n", "nothing in it"),
        (b"%PDF-1.4 ...", "a PDF"),
        (b"PK\x03\x04...", "a zip archive"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_release_is_refused_with_a_hint(data: bytes, message: str) -> None:
    with pytest.raises(tagger.ReadError, match=message):
        tagger.tag(data, name="thing")


def test_errors_of_rules_come_all_at_once_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "- id: mine-one\n  concept: us-gaap:Revenuess\n  rows: [my sales]\n  matches: ['My sales']\n  skips: ['Cost of sales']\n"
        "- id: mine-two\n  concept: us-gaap:Revenues\n  row: [my sales]\n"
    )
    with pytest.raises(ExceptionGroup) as caught:
        tagger.tag(EXAMPLE, rules=tmp_path)
    errors = [str(error) for error in caught.value.exceptions]
    assert len(errors) >= 2
    assert all(isinstance(error, tagger.RuleError) for error in caught.value.exceptions)
    assert all("mine.yaml:" in error for error in errors)


def test_rules_of_the_users_own_win(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "- id: mine-sales\n  concept: us-gaap:SalesTypeLeaseRevenue\n  statement: operations\n  rows: [revenue]\n"
        "  matches: ['operations: Revenue']\n  skips: ['operations: Cost of revenue']\n"
    )
    facts = tagger.tag(EXAMPLE, rules=tmp_path).facts
    assert {(fact.concept, fact.rule) for fact in facts if fact.label == "Revenue"} == {
        ("us-gaap:SalesTypeLeaseRevenue", "mine-sales")
    }
    assert tagger.tag(EXAMPLE, rules=tagger.load_rules(tmp_path)).facts == facts
