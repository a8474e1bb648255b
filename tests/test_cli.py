"""The command line as a user meets it: output, files, messages and exit statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import tagger
from conftest import ROOT
from tagger.cli.commands import app

EXAMPLE = str(ROOT / "examples" / "brightwater-2008q2" / "release.txt")
RULE = (
    "- id: mine-sales\n  concept: us-gaap:Revenues\n  statement: operations\n  rows: [takings]\n"
    "  matches: ['operations: Takings']\n  skips: ['operations: Cost of takings']\n"
)


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def test_tag_prints_facts_then_findings_then_files(tmp_path: Path) -> None:
    result = run("tag", EXAMPLE, "-o", str(tmp_path / "a.htm"), "-o", str(tmp_path / "b.csv"))
    assert result.exit_code == 0
    assert "us-gaap:GrossProfit" in result.stdout
    assert "2007-10-01/2007-12-31" in result.stdout
    assert "-1,316,000" in result.stdout
    assert "sum: -1,316 = 4,102 - 5,418" in result.stdout
    assert "release.txt:119: note: '46, 180' read as 46180" in result.stderr
    assert result.stdout.index("us-gaap:Assets") < result.stdout.index("written:")
    assert (tmp_path / "a.htm").exists()
    assert (tmp_path / "a-taxonomy.zip").exists()
    assert (tmp_path / "b.csv").exists()


def test_standard_output_holds_the_format_alone() -> None:
    result = run("tag", EXAMPLE, "-o", "-", "--format", "json", "--entity", "cik:1234567")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["facts"]
    assert "findings" in result.stderr


def test_a_format_alone_means_standard_output() -> None:
    assert run("tag", EXAMPLE, "--format", "csv").stdout.startswith("source,company,cik")


def test_a_minus_reads_standard_input() -> None:
    result = run("tag", "-", "--format", "csv", stdin=Path(EXAMPLE).read_bytes())
    assert result.exit_code == 0
    assert result.stdout.replace("standard input", "release.txt") == run("tag", EXAMPLE, "--format", "csv").stdout


def test_strict_ends_with_1_where_there_are_findings() -> None:
    assert run("tag", EXAMPLE, "--strict").exit_code == 1
    assert run("tag", EXAMPLE).exit_code == 0


def test_options_reach_the_library(tmp_path: Path) -> None:
    release = tmp_path / "own.txt"
    release.write_text(
        "BALANCE SHEETS\n(In thousands)\n\n                 June 30,\n                     2007     2006\n"
        "Cash                $ 812    $ 790\nMoon dust             300      280\nTotal current assets 1,112  1,070\n"
    )
    own = run(
        "tag", str(release), "--format", "csv", "--prefix", "acme", "--entity", "cik:77", "--taxonomy", "us-gaap/2012"
    )
    assert "acme:MoonDust" in own.stdout
    assert "0000000077" in own.stdout
    assert "MoonDust" not in run("tag", str(release), "--format", "csv", "--no-own-concepts").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tag", "no-such-file.txt"), "no-such-file.txt: No such file or directory"),
        (("explain", str(ROOT), "--at", "x"), "Is a directory"),
        (("tag", EXAMPLE, "-o", "x.pdf"), "x.pdf: the suffix says the format"),
        (("tag", EXAMPLE, "-o", "x"), "x: the suffix says the format"),
        (("tag", EXAMPLE, "-o", "-"), "standard output needs --format"),
        (("tag", EXAMPLE, "--format", "docx"), "--format docx: choose one of"),
        (("tag", EXAMPLE, "-o", "x.htm", "--format", "json"), "--format is for standard output"),
        (("tag", EXAMPLE, "--entity", "acme"), "give cik:NUMBER"),
        (("tag", EXAMPLE, "--taxonomy", "us-gaap/1999"), "1999"),
        (("tag", EXAMPLE, "--taxonomy", "ifrs"), "give us-gaap/YEAR"),
        (("tag", EXAMPLE, "--prefix", "us-gaap"), "cannot be the prefix"),
        (("tag", EXAMPLE, "--rules", "no-such-rules"), "no such directory of rules"),
        (("tag", EXAMPLE, "-o", "/dev/null/x.htm"), "Not a directory"),
        (("explain", EXAMPLE), "say what to explain"),
        (("explain", EXAMPLE, "--at", "no such words"), "no figure answers to --at 'no such words'"),
        (("explain", EXAMPLE, "--concept", "NoSuch"), "no figure answers to --concept NoSuch"),
        (("rules", "check", "no-such-rules"), "no such directory of rules"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_a_line(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "there is nothing in it"),
        (b"%PDF-1.4 x", "this is a PDF"),
        (bytes(range(256)) * 9, "binary data"),
        (b"PK\x03\x04", "a zip archive"),
    ],
)
def test_what_is_no_release_is_refused_with_its_name(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "thing.txt").write_bytes(content)
    result = run("tag", str(tmp_path / "thing.txt"))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"tagger: {tmp_path}/thing.txt: ")
    assert message in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = run("tag", EXAMPLE, "-o", str(tmp_path / "x.htm"))
    tmp_path.chmod(0o700)
    assert result.exit_code == 2
    assert "Permission denied" in result.stderr


def test_every_error_of_rules_is_shown_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(RULE.replace("Revenues", "Revenuess").replace("rows", "row"))
    result = run("tag", EXAMPLE, "--rules", str(tmp_path))
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert len(lines) >= 2
    assert all("bad.yaml:" in line for line in lines)
    assert "us-gaap:Revenues" in result.stderr


def test_the_rules_of_the_library_pass_their_own_tests() -> None:
    result = run("rules", "check")
    assert result.exit_code == 0, result.stderr


def test_rules_check_passes_good_rules_and_names_bad_ones(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(RULE)
    good = run("rules", "check", str(tmp_path))
    assert good.exit_code == 0, good.stderr
    assert "passes its own tests" in good.stdout
    (tmp_path / "mine.yaml").write_text(RULE.replace("'operations: Takings'", "'operations: Receipts'"))
    bad = run("rules", "check", str(tmp_path))
    assert bad.exit_code == 2
    assert "mine.yaml:5:" in bad.stderr
    assert "should match 'operations: Receipts'" in bad.stderr


def test_explain_prints_the_row_its_facts_and_the_reasons() -> None:
    result = run("explain", EXAMPLE, "--at", "Gross loss")
    assert result.exit_code == 0
    assert "operations: Gross loss" in result.stdout
    assert "(1,316)  us-gaap:GrossProfit  2007-10-01/2007-12-31  -1,316,000 iso4217:USD" in result.stdout
    assert "proof (sum) of value, sign: -1,316 = 4,102 - 5,418" in result.stdout


def test_the_version_is_printed() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"tagger {tagger.__version__}\n")


@pytest.mark.parametrize("arguments", [("--help",), ("tag", "--help"), ("explain", "-h"), ("rules", "check", "-h")])
def test_help_is_there(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_what_is_piped_is_whole_and_plain() -> None:
    result = run("tag", EXAMPLE)
    assert "…" not in result.stdout
    label = "Common stock, $.01 par value; 150,000,000 shares authorized; 66,912,408 shares issued"
    assert label in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("arguments", [("tag", EXAMPLE), ("tag", "--help")])
def test_no_color_leaves_no_style_at_all(arguments: tuple[str, ...]) -> None:
    code = f"import sys, os; sys.argv = ['tagger', *{arguments!r}]; from rich.console import Console; from tagger.cli import main; main()"
    environment = {**os.environ, "FORCE_COLOR": "1", "TERM": "xterm-256color", "NO_COLOR": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert "\x1b[" not in done.stdout + done.stderr
    del environment["NO_COLOR"]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert "\x1b[1m" in done.stdout


# Twenty wrong uses of the command, and what each is told.
WRONG = [
    (("tag", "nope.txt"), "nope.txt: No such file or directory"),
    (("tag", "https://example.com/q2.htm"), "https://example.com/q2.htm: An address is no file; nothing is downloaded: save the page"),
    (("tag", "{folder}/bare"), "{folder}/bare: no release in it"),
    (("tag", "{folder}/no*.htm"), "{folder}/no*.htm: No file fits the pattern"),
    (("tag", "@{folder}/list"), "{folder}/list: No such file or directory"),
    (("tag", "{folder}/report.json"), "{folder}/report.json: this is xBRL-JSON, a report that is tagged already; tagger read"),
    (("tag", "{folder}/report.xml"), "{folder}/report.xml: this is an XBRL instance, a report that is tagged already; tagger read"),
    (("tag", "{folder}/facts.parquet"), "{folder}/facts.parquet: this is a Parquet file: a table, not a release; tagger read"),
    (("tag", "{folder}/picture.png"), "{folder}/picture.png: this is an image; run OCR on it"),
    (("tag", "{folder}/empty.txt"), "{folder}/empty.txt: there is nothing in it"),
    (("tag", "{folder}/q2.htm", "-o", "{folder}/q2.htm"), "{folder}/q2.htm: this is the release itself; write it elsewhere"),
    (("tag", "{folder}/q2.htm", "-o", "q2.pdf"), "q2.pdf: the suffix says the format"),
    (("tag", "{folder}/q2.htm", "--format", "docx"), "--format docx: choose one of"),
    (("tag", "{folder}/q2.htm", "--entity", "acme"), "entity 'acme': give cik:NUMBER"),
    (("tag", "{folder}/q2.htm", "--scale", "dozens"), "scale 'dozens': give one of units, thousands"),
    (("tag", "{folder}/q2.htm", "--taxonomy", "ifrs"), "taxonomy 'ifrs': give us-gaap/YEAR"),
    (("tag", "{folder}/q2.htm", "--rules", "{folder}/none"), "no such directory of rules"),
    (("tag", "{folder}", "-o", "{folder}/all.htm"), "{folder}/all.htm: facts of many documents go into one of .parquet, .arrow, .csv"),
    (("tag", "{folder}", "--resume"), "--resume needs -o FILE"),
    (("tag", "{folder}", "--per-file", "out.htm"), "--per-file out.htm: say where a document's name goes"),
    (("tag", "{folder}", "--per-file", "{folder}/{{name}}.htm"), "is a document to be tagged; write it elsewhere"),
    (("tag", "{folder}", "--profile", "sec", "-o", "x.csv"), "--format, --with, --cover and --profile are for one release"),
    (("read", "{folder}/q2.htm"), "{folder}/q2.htm: neither an XBRL instance nor Inline XBRL"),
    (("read", "{folder}/nope.json"), "{folder}/nope.json: No such file or directory"),
    (("explain", "{folder}/q2.htm"), "say what to explain: --at WORDS"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")  # fmt: skip
def test_a_wrong_use_is_told_what_is_wrong(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "report.json").write_text('{"documentInfo": {}}')
    (tmp_path / "report.xml").write_text(
        '<?xml version="1.0"?>\n<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance"/>'
    )
    (tmp_path / "facts.parquet").write_bytes(b"PAR1....PAR1")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "q2.htm").write_text("<html><body><p>Net sales were $4 million.</p></body></html>")
    result = run(*(argument.format(folder=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert message.format(folder=tmp_path, name="{name}") in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nope.txt", "No such file; give a path, or the release itself"),
        ("../no/such", "No such file"),
        ("nope", "No such file"),
        ("https://example.com/q2.htm", "An address is no file"),
    ],
)
def test_a_string_that_was_meant_as_a_path_is_no_release(source: str, message: str) -> None:
    with pytest.raises(FileNotFoundError, match=message):
        tagger.tag(source)


def test_a_sentence_is_a_release() -> None:
    assert tagger.tag("Revenue for the second quarter of 2008 was $12.3 million.").document.text


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f"'{sys.executable}' -m tagger tag '{EXAMPLE}' | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "Brightwater" in done.stdout
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
