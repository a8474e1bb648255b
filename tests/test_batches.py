"""Many releases: found, tagged by several processes, stopped alone, kept as they are done, written in order."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import tagger
from batch_work import Odd, Unusable
from conftest import ROOT
from tagger.batches import run as running
from tagger.batches.crew import each_done, in_order, workers
from tagger.batches.failure import Failure, FailureKind
from tagger.batches.run import Batch, run_batch
from tagger.batches.sources import Source, find_releases
from tagger.batches.store import Entry, Store
from tagger.batches.tables import read_documents
from tagger.cli.commands import app
from tagger.writing.columns import tagged_rows, told_rows

EXAMPLE = ROOT / "examples" / "brightwater-2008q2" / "release.txt"
SHORT = """{name} CORP. (NYSE: {ticker})
CONSOLIDATED BALANCE SHEETS
(In thousands)

                                 June 30,
                            2007          2006
Cash and cash equivalents   $ 41,208      $ 46,190
Inventories                    3,115         4,002
Total current assets        $ 44,323      $ 50,192
"""
HEADER = """<SEC-HEADER>
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t8-K
\tCOMPANY CONFORMED NAME:\t\tHARBOR & PINE CORP
\tCENTRAL INDEX KEY:\t\t0000012345
</SEC-HEADER>
<DOCUMENT>
<TYPE>EX-99.1
<TEXT>
{text}
</TEXT>
</DOCUMENT>
"""


def short(name: str = "Harbor & Pine") -> str:
    return SHORT.format(name=name, ticker=name[:3].upper())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "releases"
    (made / "deeper").mkdir(parents=True)
    for name in ("a", "b", "c"):
        (made / f"{name}.txt").write_text(short(f"Acme {name}"))
    (made / "deeper" / "d.txt").write_text(short("Deep"))
    (made / "empty.txt").write_text("")
    (made / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (made / ".hidden.txt").write_text("x")
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def names(*paths: str | Path, recursive: bool = False) -> list[str]:
    return [Path(source.name).name for source in find_releases(*paths, recursive=recursive)]


# Finding


def test_a_folder_gives_its_releases_in_order(folder: Path) -> None:
    assert names(folder) == ["a.txt", "b.txt", "c.txt", "empty.txt"]
    assert names(folder, recursive=True) == ["a.txt", "b.txt", "c.txt", "d.txt", "empty.txt"]


def test_patterns_lists_and_files_give_each_document_once(folder: Path) -> None:
    assert names(f"{folder}/[ab].txt", folder / "a.txt") == ["a.txt", "b.txt"]
    assert names(f"{folder}/**/d*") == ["d.txt"]
    (folder / "list").write_text(f"# those of May\n{folder}/c.txt\n\n{folder}/a.txt\n")
    assert names(f"@{folder}/list") == ["c.txt", "a.txt"]


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tgz"])
def test_archives_give_their_members(folder: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"feed.{suffix}"
    members = {"one/a.nc": short("One"), "b.txt": short("Two"), "c.gif": "no release", ".d.txt": "hidden"}
    if suffix == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in members.items():
                archive.writestr(name, text)
    else:
        with tarfile.open(path, "w:gz" if suffix.endswith("gz") else "w") as archive:
            for name, text in members.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(text.encode())
                archive.addfile(entry, io.BytesIO(text.encode()))
    found = {source.name: source.read() for source in find_releases(path)}
    assert found == {f"{path}/one/a.nc": short("One").encode(), f"{path}/b.txt": short("Two").encode()}


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("nope.txt", FileNotFoundError, "No such file"),
        ("no*.txt", FileNotFoundError, "No file fits"),
        ("@nolist", FileNotFoundError, "No such file"),
        ("bare", ValueError, "no release in it"),
        ("bad.zip", ValueError, "a zip archive that cannot be read"),
        ("bad.tar.gz", ValueError, "an archive that cannot be read"),
    ],
)
def test_what_gives_no_release_is_said(tmp_path: Path, name: str, error: type[Exception], message: str) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "bad.tar.gz").write_bytes(b"\x1f\x8b and no more")
    path = f"@{tmp_path}/{name[1:]}" if name.startswith("@") else str(tmp_path / name)
    with pytest.raises(error, match=message):
        list(find_releases(path))


# From Python


def test_reports_come_in_order_with_errors_as_values(folder: Path) -> None:
    paths = [folder / "c.txt", "nope.txt", folder / "a.txt", folder / "empty.txt"]
    found = list(tagger.tag_many([*paths, short("Bytes").encode(), short("Bytes")], jobs=2))
    assert [type(result).__name__ for result in found] == ["Report", "Failure", "Report", "Failure", "Report", "Report"]
    assert [found[0], found[2]] == [tagger.tag(path, name=str(path)) for path in (paths[0], paths[2])]
    assert [str(result) for result in found if isinstance(result, Failure)] == [
        "nope.txt: No such file or directory",
        f"{folder}/empty.txt: there is nothing in it; give a release as HTML or text",
    ]
    assert found[4].facts == found[5].facts  # type: ignore[union-attr]


def test_a_path_alone_is_a_folder_a_pattern_or_an_archive(folder: Path) -> None:
    found = list(tagger.tag_many(folder, jobs=1))
    assert [bool(isinstance(result, tagger.Report)) for result in found] == [True, True, True, True, False]


def test_options_are_those_of_tag_and_are_refused_at_once(folder: Path) -> None:
    (report,) = tagger.tag_many([folder / "a.txt"], jobs=1, entity="cik:77", taxonomy="us-gaap/2012")
    assert isinstance(report, tagger.Report)
    assert report == tagger.tag(folder / "a.txt", entity="cik:77", taxonomy=2012, name=str(folder / "a.txt"))
    for wrong in ({"entity": "acme"}, {"scale": "dozens"}, {"taxonomy": "ifrs"}, {"jobs": 0}):
        with pytest.raises(ValueError, match=r"give|at least one"):
            next(tagger.tag_many([folder / "a.txt"], **wrong))  # type: ignore[arg-type]
    with pytest.raises(ExceptionGroup, match="rules cannot be used"):
        next(tagger.tag_many([folder / "a.txt"], rules="no-such-rules"))


def test_rules_of_the_users_own_reach_the_processes(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "- id: mine-stock\n  concept: us-gaap:InventoryGross\n  statement: balance-sheet\n  rows: [inventories]\n"
        "  matches: ['balance-sheet: Inventories']\n  skips: ['balance-sheet: Total current assets']\n"
    )
    for rules in (tmp_path / "mine.yaml", [tmp_path / "mine.yaml"], tagger.load_rules(tmp_path / "mine.yaml")):
        (report,) = tagger.tag_many([folder / "a.txt"], jobs=1, rules=rules)
        assert "us-gaap:InventoryGross" in report  # type: ignore[operator]


def test_who_stops_asking_leaves_no_process(folder: Path) -> None:
    results = tagger.tag_many([folder / "a.txt"] * 50, jobs=2)
    assert isinstance(next(results), tagger.Report)
    results.close()  # type: ignore[attr-defined]
    assert list(results) == []


# Stopping


def sources(*given: str) -> Iterator[Source]:
    return (Source(name=name, data="x") for name in given)


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("sleep", FailureKind.STOPPED, "stopped after 2 seconds of waiting"),
        ("spin", FailureKind.STOPPED, "stopped after"),  # of work, or on a busy machine of waiting for a processor
        ("eat", FailureKind.STOPPED, "it took more than 300 MB of memory"),
        ("die", FailureKind.DIED, "its process ended: SIGKILL"),
        ("leave", FailureKind.DIED, "its process ended: status 3"),
    ],
)
def test_a_poisoned_document_is_stopped_alone(name: str, kind: FailureKind, reason: str) -> None:
    timeout = 0.2 if name in {"sleep", "spin"} else 60
    outcomes = each_done(Odd(), sources("1", "2", name, "3", "4"), jobs=2, timeout=timeout, memory=300)
    found = {entry.source: entry for entry in in_order(outcomes) if isinstance(entry, Failure)}
    assert list(found) == ["1", "2", name, "3", "4"]
    assert found[name].kind is kind
    assert reason in found[name].reason
    assert {found[other].kind for other in "1234"} == {FailureKind.REFUSED}


def test_what_a_library_prints_confuses_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    found = list(in_order(each_done(Odd(), sources("print-1", "print-2"), jobs=1)))
    assert [entry.source for entry in found if isinstance(entry, Failure)] == ["print-1", "print-2"]
    assert "a library that talks" in capfd.readouterr().err


def test_what_the_first_document_loads_is_not_looked_through_again_for_garbage() -> None:
    found = list(in_order(each_done(Odd(), sources("freeze-1", "freeze-2"), jobs=1)))
    assert [one.reason for one in found if isinstance(one, Failure)] == ["loading", "settled"]


def test_documents_are_taken_only_a_little_ahead() -> None:
    taken = 0

    def endless() -> Iterator[Source]:
        nonlocal taken
        while True:
            taken += 1
            yield Source(name=str(taken), data="x")

    outcomes = each_done(Odd(), endless(), jobs=2)
    for _ in range(20):
        next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert taken < 40


def test_errors_of_the_batch_itself_are_raised() -> None:
    def broken() -> Iterator[Source]:
        yield Source(name="1", data="x")
        raise FileNotFoundError(2, "No such file or directory", "list")

    with pytest.raises(FileNotFoundError, match="list"):
        list(each_done(Odd(), broken(), jobs=2))
    with pytest.raises(ValueError, match="this work cannot be done here"):
        list(each_done(Unusable(), sources("1"), jobs=1))


def test_the_number_of_processes_is_that_of_cores() -> None:
    assert workers(None) >= 1
    assert workers(3) == 3


# One table of many


def batch(folder: Path, *outputs: Path, **given: object) -> Batch:
    return Batch(paths=(str(folder),), outputs=outputs, recursive=True, jobs=2, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", ["csv", "parquet", "arrow"])
def test_the_table_holds_what_each_document_gives_alone(folder: Path, tmp_path: Path, suffix: str) -> None:
    summary = run_batch(batch(folder, tmp_path / f"facts.{suffix}"))
    loaded = tagger.read(tmp_path / f"facts.{suffix}")
    paths = [folder / name for name in ("a.txt", "b.txt", "c.txt", "deeper/d.txt")]
    alone = [row for path in paths for row in tagged_rows(tagger.tag(path, name=str(path)).tagged)]
    assert [row[:5] + row[6:] for row in told_rows(loaded)] == [row[:5] + row[6:] for row in alone]
    assert (summary.documents, summary.failed, summary.facts) == (5, 1, len(alone))
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"facts-documents.{suffix}", f"facts.{suffix}", "releases"]  # fmt: skip


def test_what_became_of_each_document_is_a_table_too(folder: Path, tmp_path: Path) -> None:
    run_batch(batch(folder, tmp_path / "facts.csv", tmp_path / "facts.parquet"))
    for suffix in ("csv", "parquet"):
        rows = read_documents(tmp_path / f"facts-documents.{suffix}")
        assert [(Path(row["source"]).name, row["status"]) for row in rows] == [("a.txt", "done"), ("b.txt", "done"), ("c.txt", "done"), ("d.txt", "done"), ("empty.txt", "refused")]  # fmt: skip
        assert rows[-1]["reason"] == "there is nothing in it; give a release as HTML or text"
        assert int(rows[0]["facts"]) == len(tagger.tag(folder / "a.txt"))


def test_findings_are_lines_of_json(folder: Path, tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, folder / "e.txt")
    run_batch(batch(folder, findings=tmp_path / "findings.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "findings.jsonl").read_text("utf-8").splitlines()]
    mine = [line for line in lines if line["source"] == str(folder / "e.txt")]
    findings = tagger.tag(EXAMPLE).findings
    assert [(line["code"], line["message"]) for line in mine] == [(f.code.value, f.message) for f in findings]
    repaired = next(line for line in mine if line.get("before") == "861,072")
    assert (repaired["after"], repaired["severity"]) == ("61072", "note")
    assert "861,072" in EXAMPLE.read_text("utf-8").splitlines()[repaired["line"] - 1]


def test_each_document_may_have_a_file_of_its_own(folder: Path, tmp_path: Path) -> None:
    run_batch(batch(folder, patterns=(str(tmp_path / "out" / "{name}.htm"),)))
    assert {path.name for path in (tmp_path / "out").glob("*.htm")} == {"a.htm", "b.htm", "c.htm", "d.htm"}


def test_two_documents_never_write_one_file(folder: Path, tmp_path: Path) -> None:
    (folder / "deeper" / "a.txt").write_text(short("Other"))
    with pytest.raises(ValueError, match=r"would both be written to .*a\.htm: use \{path\}"):
        run_batch(batch(folder, patterns=(str(tmp_path / "out" / "{name}.htm"),)))
    (folder / "a.txt").rename(folder / "a.htm")
    with pytest.raises(ValueError, match="is a document to be tagged"):
        run_batch(batch(folder, patterns=(str(folder / "{name}.htm"),)))


# Going on


class Killed(BaseException):
    """What ends a run in the middle."""


def killed_after(number: int) -> object:
    seen: list[str] = []

    def told(entry: Entry, kept: bool) -> None:
        seen.append(entry.source)
        if len(seen) == number:
            raise Killed

    return told


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_run_that_was_killed_and_resumed_is_the_run_that_was_not(folder: Path, tmp_path: Path, suffix: str) -> None:
    for number in range(8):
        (folder / f"n{number}.txt").write_text(short(f"Number {number}"))
    whole, broken = tmp_path / f"whole.{suffix}", tmp_path / f"broken.{suffix}"
    run_batch(batch(folder, whole))
    for number in (2, 3, 4):
        with pytest.raises(Killed):
            run_batch(batch(folder, broken, resume=True), killed_after(number))  # type: ignore[arg-type]
        assert not broken.exists()
    kept: list[bool] = []
    summary = run_batch(batch(folder, broken, resume=True), lambda entry, before: kept.append(before))
    assert sum(kept) == summary.kept >= 2 + 3
    assert broken.read_bytes() == whole.read_bytes()
    assert read_documents(tmp_path / f"broken-documents.{suffix}") == read_documents(
        tmp_path / f"whole-documents.{suffix}"
    )
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("suffix", ["csv", "parquet", "arrow"])
def test_only_what_is_new_or_changed_is_done_again(folder: Path, tmp_path: Path, suffix: str) -> None:
    asked = batch(folder, tmp_path / f"facts.{suffix}", resume=True, findings=tmp_path / "findings.jsonl")
    run_batch(asked)
    (folder / "b.txt").write_text(short("Changed"))
    (folder / "new.txt").write_text(short("New"))
    (folder / "c.txt").unlink()
    done: list[str] = []
    run_batch(asked, lambda entry, kept: None if kept else done.append(Path(entry.source).name))
    assert sorted(done) == ["b.txt", "new.txt"]
    fresh = batch(folder, tmp_path / f"fresh.{suffix}", findings=tmp_path / "fresh.jsonl")
    run_batch(fresh)
    assert (tmp_path / f"facts.{suffix}").read_bytes() == (tmp_path / f"fresh.{suffix}").read_bytes()
    assert (tmp_path / "findings.jsonl").read_bytes() == (tmp_path / "fresh.jsonl").read_bytes()


def test_another_version_or_option_does_everything_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = batch(folder, tmp_path / "facts.csv", resume=True)
    run_batch(asked)
    assert run_batch(asked).kept == 5
    monkeypatch.setattr(running, "__version__", "99")
    assert run_batch(asked).kept == 0
    assert run_batch(batch(folder, tmp_path / "facts.csv", resume=True, findings=tmp_path / "f.jsonl")).kept == 0


def test_without_resume_everything_is_done_again(folder: Path, tmp_path: Path) -> None:
    run_batch(batch(folder, tmp_path / "facts.csv"))
    assert run_batch(batch(folder, tmp_path / "facts.csv")).kept == 0


def test_what_came_of_the_machine_is_tried_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", afresh=True)
    for kind in FailureKind:
        store.add(Failure(kind.value, kind, "why"), "key")
    assert set(store.keys()) == {"refused", "failed"}
    store.close()


def test_a_missing_file_of_its_own_is_written_again(folder: Path, tmp_path: Path) -> None:
    asked = batch(folder, tmp_path / "facts.csv", resume=True, patterns=(str(tmp_path / "out" / "{name}.json"),))
    run_batch(asked)
    (tmp_path / "out" / "a.json").unlink()
    assert run_batch(asked).kept == 4
    assert (tmp_path / "out" / "a.json").exists()


def test_a_full_disk_loses_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "facts.csv"
    run_batch(batch(folder, output))
    before = output.read_bytes()

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "commit", full)
        with pytest.raises(OSError, match=r"facts\.csv\.done: what is done cannot be kept: database or disk is full"):
            run_batch(batch(folder, output))
    assert output.read_bytes() == before


def test_what_is_no_store_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / ".facts.csv.done").write_text("no database at all" * 100)
    with pytest.raises(ValueError, match=r"\.facts\.csv\.done: what an earlier run left there cannot be used"):
        run_batch(batch(folder, tmp_path / "facts.csv", resume=True))


# Whose they are


def test_headers_and_manifests_name_the_company(folder: Path, tmp_path: Path) -> None:
    (folder / "s.nc").write_text(HEADER.format(accession="0000012345-07-000001", text=short()))
    (folder / "manifest.csv").write_text(
        "file,company,cik,accession,form,period,filed\n"
        "a.txt,Acme A Inc,77,0000000077-07-000003,8-K,2007-06-30,2007-07-20\nb.txt,,,,,,\n"
    )
    run_batch(batch(folder, tmp_path / "facts.csv"))
    facts = {Path(fact.detail("source")).name: fact for fact in tagger.read(tmp_path / "facts.csv")}
    told = {name: tuple(map(fact.detail, ("company", "cik", "accession", "filed"))) for name, fact in facts.items()}
    assert told["s.nc"] == ("HARBOR & PINE CORP", "0000012345", "0000012345-07-000001", "")
    assert told["a.txt"] == ("Acme A Inc", "0000000077", "0000000077-07-000003", "2007-07-20")
    assert told["b.txt"][1:] == ("", "", "")


# The command


def test_the_command_tags_a_folder_and_says_what_came_of_it(folder: Path, tmp_path: Path) -> None:
    result = run("tag", str(folder), "-r", "--jobs", "2", "-o", str(tmp_path / "facts.parquet"))
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("5 documents: ")
    assert "1 documents failed" in result.stdout
    assert str(tmp_path / "facts.parquet") in result.stdout
    assert result.stderr == f"{folder}/empty.txt: there is nothing in it; give a release as HTML or text [refused]\n"


def test_without_an_output_each_document_is_a_line(folder: Path) -> None:
    result = run("tag", str(folder / "a.txt"), str(folder / "b.txt"), "--jobs", "1")
    assert result.exit_code == 0
    assert f"{folder}/a.txt: Acme a Corp" in result.stdout or f"{folder}/a.txt: " in result.stdout
    assert "2 documents: " in result.stdout


def test_quiet_prints_nothing(folder: Path, tmp_path: Path) -> None:
    result = run("tag", str(folder), "-o", str(tmp_path / "facts.csv"), "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_strict_and_nothing_but_failures_set_the_status(folder: Path) -> None:
    assert run("tag", str(folder), "--strict", "--quiet").exit_code == 1
    assert run("tag", str(folder / "empty.txt"), "--jobs", "1").exit_code == 2
