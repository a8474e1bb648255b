"""Releases of one company prove each other where they repeat a figure, and say where they differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import tagger
from statement_cases import row
from tagger.cli.commands import app
from tagger.facts import Aspect, ProofKind
from tagger.findings import Code, Severity

HEAD = """HARBOR & PINE CORP. (Nasdaq: HPNE)

For the quarter ended {when}.

CONSOLIDATED BALANCE SHEETS
(In {scale})

                                         {new}    {old}
"""
NEW, MID, OLD = "June 30, 2007", "March 31, 2007", "December 31, 2006"


def _text(new: str, old: str, *rows: tuple[str, str, str], scale: str = "thousands") -> str:
    return HEAD.format(when=new, new=new, old=old, scale=scale) + "".join(
        row(*cells, at=40, width=18) for cells in rows
    )


def _first(cash: str = "5,849", goodwill: str = "88,001") -> str:
    return _text(MID, OLD, ("Cash and cash equivalents", cash, "4,100"), ("Goodwill", goodwill, "88,000"))


def _second(cash: str = "5,849", goodwill: str = "88,001", scale: str = "thousands") -> str:
    return _text(NEW, MID, ("Cash and cash equivalents", "7,300", cash), ("Goodwill", "90,000", goodwill), scale=scale)


def _together(first: str, second: str) -> tuple[tagger.Report, ...]:
    return tagger.prove_together([tagger.tag(first), tagger.tag(second)])


def _proven(report: tagger.Report) -> set[tuple[str, str]]:
    return {(fact.label, str(fact.period)) for fact in report.facts if fact.proof}


def _differing(report: tagger.Report) -> list[tagger.Finding]:
    return [finding for finding in report.findings if finding.code is Code.RELEASES_DIFFER]


def test_what_two_releases_say_of_one_date_is_proven_in_both() -> None:
    assert [_proven(tagger.tag(text)) for text in (_first(), _second())] == [set(), set()]
    wanted = {("Cash and cash equivalents", "2007-03-31"), ("Goodwill", "2007-03-31")}
    for report in _together(_first(), _second()):
        assert _proven(report) == wanted
        assert not _differing(report)


def test_the_proof_names_the_other_release_and_no_facts_of_this_one(tmp_path: Path) -> None:
    path = tmp_path / "q2.txt"
    path.write_text(_second(), "utf-8")
    first, second = tagger.prove_together([tagger.tag(_first()), tagger.tag(path)])
    (proof,) = next(fact for fact in first.facts if fact.proof).proof
    assert proof == tagger.Proof(
        kind=ProofKind.TIE,
        equation="5,849,000 = 5,849,000 in q2.txt, balance-sheet",
        aspects=(Aspect.VALUE, Aspect.SIGN, Aspect.SCALE, Aspect.PERIOD),
    )
    (proof,) = next(fact for fact in second.facts if fact.proof).proof
    assert proof.equation == "5,849,000 = 5,849,000 in release 1, balance-sheet"


def test_values_are_equal_at_the_coarser_rounding() -> None:
    reports = _together(_first(cash="5,849", goodwill="88,001"), _second(cash="6", goodwill="89", scale="millions"))
    assert [_proven(report) for report in reports] == [{("Cash and cash equivalents", "2007-03-31")}] * 2
    assert [len(_differing(report)) for report in reports] == [1, 1]


def test_a_difference_is_a_finding_with_both_values_and_places() -> None:
    reports = _together(_first(cash="5,849"), _second(cash="5,809"))
    for report, (here, there) in zip(reports, (("5,849", "5,809"), ("5,809", "5,849")), strict=True):
        (finding,) = _differing(report)
        assert finding.severity is Severity.WARNING
        assert f"{here},000 here, {there},000 in release " in finding.message
        assert finding.span is not None
        assert report.document.text[finding.span.start : finding.span.end] == here
        assert _proven(report) == {("Goodwill", "2007-03-31")}


def test_a_difference_between_proven_figures_is_a_note() -> None:
    total = ("Total current assets", "9,000", "8,000")
    first = _text(MID, OLD, ("Cash", "5,000", "4,100"), ("Inventories", "4,000", "3,900"), total)
    second = _text(NEW, MID, ("Cash", "6,500", "5,200"), ("Inventories", "2,500", "3,800"), total[:1] + ("9,000",) * 2)
    for report in _together(first, second):
        assert [finding.severity for finding in _differing(report)] == [Severity.NOTE] * 2
        assert all("restated" in finding.message for finding in _differing(report))


def test_another_sign_is_always_a_doubt() -> None:
    stock = ("Common stock", "10,000", "10,000")
    loss, equity = "Retained earnings", "Total stockholders' equity"
    first = _text(MID, OLD, stock, (loss, "(4,812)", "(4,700)"), (equity, "5,188", "5,300"))
    second = _text(NEW, MID, stock, (loss, "4,900", "4,812"), (equity, "14,900", "14,812"))
    for report in _together(first, second):
        proven = _proven(report)
        (finding,) = (finding for finding in _differing(report) if loss in finding.message)
        assert {(loss, "2007-03-31"), (equity, "2007-03-31")} <= proven
        assert finding.severity is Severity.WARNING
        assert "wrong sign" in finding.message


def test_a_release_is_no_witness_of_itself() -> None:
    report = tagger.tag(_first())
    for same in (report, tagger.tag(_first())):
        assert [_proven(r) for r in tagger.prove_together([report, same])] == [set(), set()]


def test_nothing_is_lost_and_other_dates_stay_unproven() -> None:
    reports = [tagger.tag(_first()), tagger.tag(_text(NEW, OLD, ("Inventories", "12", "13")))]
    assert tagger.prove_together(reports) == tuple(reports)


def test_other_companies_are_refused() -> None:
    reports = [tagger.tag(_first(), entity="cik:1"), tagger.tag(_second(), entity="cik:2")]
    with pytest.raises(ValueError, match="different companies"):
        tagger.prove_together(reports)


def test_the_command_line_takes_other_releases(tmp_path: Path) -> None:
    first, second = tmp_path / "q1.txt", tmp_path / "q2.txt"
    first.write_text(_first(goodwill="88,007"), "utf-8")
    second.write_text(_second(), "utf-8")
    result = CliRunner().invoke(app, ["tag", str(second), "--with", str(first), "--strict"])
    assert result.exit_code == 1
    assert "5,849,000 = 5,849,000 in q1.txt" in " ".join(result.stdout.split())
    assert "q2.txt:" in result.stderr
    assert "88,007,000 in q1.txt:10" in result.stderr
