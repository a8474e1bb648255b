"""Whole releases, invented: everything that is found in each stands in NAME.expected.json.

After a change run ``pytest --update-golden`` and read the diff: each line of it is a fact gained, lost or altered.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import tagger
from conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"
RELEASES = {path.stem: path for path in sorted(GOLDEN.glob("*.txt"))} | {
    path.parent.name: path for path in sorted((ROOT / "examples").glob("*/release.txt"))
}


def _fact(fact: tagger.Fact) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "label": fact.label,
        "concept": fact.concept,
        "period": str(fact.period),
        "unit": str(fact.unit),
        "value": f"{fact.value:f}",
        "decimals": fact.decimals,
        "text": " ".join(fact.printed.text.split()),
    }
    if fact.members:
        shown["members"] = {member.axis: member.member for member in fact.members}
    shown["proof"] = sorted({proof.kind.value for proof in fact.proof})
    if fact.unproven:
        shown["unproven"] = list(fact.unproven)
    return shown


def _shown(report: tagger.Report) -> dict[str, Any]:
    return {
        "entity": report.entity.identifier,
        "company": report.filer.name,
        "facts": [_fact(fact) for fact in report.facts],
        "findings": [f"{finding.code.value}: {finding.message}" for finding in report.findings],
    }


def _written(shown: dict[str, Any]) -> str:
    """Write one fact a line, so that a diff shows facts."""
    lines = [f'  "{key}": {json.dumps(shown[key], ensure_ascii=False)}' for key in ("entity", "company")]
    for key in ("facts", "findings"):
        rows = ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in shown[key])
        lines.append(f'  "{key}": [\n{rows}\n  ]')
    return "{\n" + ",\n".join(lines) + "\n}\n"


@pytest.mark.parametrize("name", RELEASES)
def test_a_release_gives_the_facts_it_gave_before(name: str, update_golden: bool) -> None:
    shown = _shown(tagger.tag(RELEASES[name]))
    expected = GOLDEN / f"{name}.expected.json"
    if update_golden:
        expected.write_text(_written(shown), "utf-8")
    assert shown == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("name", RELEASES)
def test_the_same_release_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    source = RELEASES[name].read_bytes()
    once, again = tagger.tag(source), tagger.tag(source)
    for suffix in ("htm", "xml", "json", "csv"):
        assert once.render(suffix) == again.render(suffix)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name.removesuffix(".expected.json") for path in GOLDEN.glob("*.expected.json")} == set(RELEASES)
