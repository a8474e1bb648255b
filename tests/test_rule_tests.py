"""The tests of rules are tested themselves: what stops a skip is named, and a broken rule is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tagger.check import check_rules
from tagger.cli.commands import app
from tagger.gaps import find_gaps
from tagger.ruleset import load_rules
from tagger.ruleset.mutants import mutants, with_rule

ENGINES = """\
- id: acme-engines
  concept: us-gaap:Revenues
  statement: operations
  rows: [engines, engine kits]
  members: {srt:ProductOrServiceAxis: us-gaap:ProductMember}
  section: turnover
  unless-section: rent
  above: rockets
  below: total
  unless-above: hotels
  unless-below: motels
  needs: engine
  unless: old
  matches:
    - "operations: Turnover > Engines | above=Rockets | below=Total | concept=us-gaap:Revenues | members=srt:ProductOrServiceAxis=us-gaap:ProductMember"
    - Engine kits
  skips:
    statement: cash-flow
    section: Costs
    unless-section: Rent
    above: none
    below: none
    unless-above: Hotels
    unless-below: Motels
    unless: Engines (old)
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path_factory.getbasetemp() / "tests-cache"))


def pack(folder: Path, text: str = ENGINES) -> Path:
    (folder / "rules.yaml").write_text(text, "utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    return [problem.message for problem in check_rules(folder, base=False)]


def gaps(folder: Path) -> list[str]:
    return [problem.message for problem in find_gaps(load_rules(folder, base=False)).problems]


def test_skips_by_condition_are_the_first_row_with_one_thing_otherwise(tmp_path: Path) -> None:
    rule = load_rules(pack(tmp_path), base=False).get("acme-engines")
    assert rule is not None
    assert problems(tmp_path) == []
    skips = [example.text for example in rule.skips]
    assert skips[:3] == [
        "cash-flow: Turnover > Engines | above=Rockets | below=Total | by=statement",
        "operations: Costs > Engines | above=Rockets | below=Total | by=section",
        "operations: Turnover > Rent > Engines | above=Rockets | below=Total | by=unless-section",
    ]
    assert skips[3:5] == [
        "operations: Turnover > Engines | below=Total | by=above",
        "operations: Turnover > Engines | above=Rockets | by=below",
    ]
    assert skips[5] == "operations: Turnover > Engines | below=Total | above=Hotels; Rockets | by=unless-above"
    assert rule.matches[1].text == "operations: Turnover > Engine kits | above=Rockets | below=Total"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    section: Costs\n", "    section: Turnover\n", "acme-engines: should skip 'operations: Turnover > Engines | above=Rockets | below=Total | by=section', but takes it"),
        ("    above: none\n", "    statement: operations\n    above: none\n", "'statement' is here twice in 'skips': give it a list"),
        ("    unless: Engines (old)\n", "    unless: Old rockets\n", "acme-engines: 'operations: Turnover > Old rockets | above=Rockets | below=Total | by=unless' has none of the rule's words"),
        ("    unless: Engines (old)\n", "    unless: Engines (old)\n    acme-rockets: Engines (old)\n", "acme-engines: not 'acme-rockets' keeps the rule from"),
        ("concept=us-gaap:Revenues", "concept=us-gaap:Assets", "acme-engines: the test 'operations: Turnover > Engines"),
    ],
)  # fmt: skip
def test_a_test_that_says_something_else_fails(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in ENGINES
    pack(tmp_path, ENGINES.replace(old, new, 1))
    found = problems(tmp_path)
    assert any(one.startswith(message) for one in found), found


def test_an_unknown_condition_is_refused(tmp_path: Path) -> None:
    (found,) = problems(pack(tmp_path, ENGINES.replace("    section: Costs", "    sectoin: Costs")))
    assert found == "no condition 'sectoin' to stop a skip; did you mean 'section'?"


def test_every_way_to_break_a_rule_that_is_tested_whole_is_noticed(tmp_path: Path) -> None:
    found = find_gaps(load_rules(pack(tmp_path), base=False))
    assert [problem.message for problem in found.problems] == ["acme-engines: no test notices when needs is left out"]
    assert (found.mutants, found.caught) == (13, 12)


UNTESTED = {
    "concept": (" | concept=us-gaap:Revenues", "", "its concept is another"),
    "member": (" | members=srt:ProductOrServiceAxis=us-gaap:ProductMember", "", "member us-gaap:ProductMember is left out"),
    "row": ("    - Engine kits\n", "", "row 'engine kits' is left out"),
    "statement": ("    statement: cash-flow\n", "", "statement is left out"),
    "unless": ("    unless: Engines (old)\n", "", "unless is left out"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "what"), UNTESTED.values(), ids=UNTESTED)
def test_what_no_test_looks_at_is_told(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in ENGINES
    assert f"acme-engines: no test notices when {what}" in gaps(pack(tmp_path, ENGINES.replace(old, new, 1)))


SENTENCES = """\
- id: acme-turnover
  concept: us-gaap:Revenues
  phrases: [turnover, rocket sales]
  matches:
    - Turnover was $3 million. | concept=us-gaap:Revenues
    - Rocket sales were $3 million.
  skips: Turnover rose 5%.
"""


def test_sentences_state_their_concept_too(tmp_path: Path) -> None:
    assert problems(pack(tmp_path, SENTENCES)) == []
    assert gaps(tmp_path) == []
    pack(tmp_path, SENTENCES.replace("| concept=us-gaap:Revenues", "| concept=us-gaap:Assets"))
    (found,) = problems(tmp_path)
    assert found.endswith("states us-gaap:Assets, and the rule gives us-gaap:Revenues")


def test_a_skip_that_cannot_fail_is_told(tmp_path: Path) -> None:
    (found,) = gaps(pack(tmp_path, SENTENCES.replace("Turnover rose 5%.", "Costs rose 5%.")))
    assert found.startswith("acme-turnover: the skip 'Costs rose 5%.' cannot fail")
    rows = ENGINES.replace("  skips:\n", '  skips:\n    acme-x: "balance-sheet: Motors"\n')
    assert any("has none of the rule's words" in message for message in problems(pack(tmp_path, rows)))


def test_a_mutant_stands_in_the_place_of_its_rule_alone(tmp_path: Path) -> None:
    rules = load_rules(pack(tmp_path, ENGINES + "\n" + SENTENCES), base=False)
    rule = rules.get("acme-engines")
    assert rule is not None
    for mutant in mutants(rule):
        broken = with_rule(rules, mutant.rule)
        assert broken.get("acme-engines") == mutant.rule
        assert broken.get("acme-turnover") == rules.get("acme-turnover")
        assert len(broken) == len(rules)


def test_the_command_counts_mutants_and_rules_that_never_fire(tmp_path: Path) -> None:
    pack(tmp_path)
    release = tmp_path / "release.txt"
    release.write_text("STATEMENTS OF OPERATIONS\n\nTurnover    1,200   1,100\n", "utf-8")
    done = CliRunner().invoke(app, ["rules", "check", str(tmp_path), "--mutants", "--corpus", str(release)])
    assert done.exit_code == 0
    assert "mutants caught" in done.stdout
    assert "acme-engines: never fires on the corpus" in done.stderr
