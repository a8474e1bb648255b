"""Packs: what a folder of rules says of itself, declares, extends and switches off, and how it is found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import tagger
from tagger.check import check_rules
from tagger.ruleset import RuleError, load_rules

MANIFEST = """\
name: acme
version: "1.0"
licence: CC0-1.0
for:
  ciks: ["1234567"]
  names: [Acme Rockets]
prefix: acme
concepts:
  acme:RocketRevenue: {type: money, period: duration, balance: credit, label: Revenue from rockets}
members:
  acme:EngineMember: Engines we sell
"""

RULES = """\
- id: acme-rockets
  concept: acme:RocketRevenue
  statement: operations
  rows: rockets
  matches: "operations: Rockets"
  skips: "operations: Rocket costs"

- id: acme-engines
  concept: us-gaap:Revenues
  statement: operations
  rows: engines
  members: {srt:ProductOrServiceAxis: acme:EngineMember}
  matches: "operations: Engines | concept=us-gaap:Revenues | members=srt:ProductOrServiceAxis=acme:EngineMember"
  skips: "operations: Engine costs"
"""

RELEASE = """\
<html><body><p>Acme Rockets Inc. (NASDAQ: RKTX)</p><p>CONSOLIDATED STATEMENTS OF OPERATIONS</p><p>(in thousands)</p>
<table><tr><td></td><td colspan="2">Three Months Ended March 31,</td></tr><tr><td></td><td>2024</td><td>2023</td></tr>
<tr><td>Rockets</td><td>1,200</td><td>1,100</td></tr><tr><td>Engines</td><td>800</td><td>700</td></tr>
<tr><td>Net revenues</td><td>2,000</td><td>1,800</td></tr><tr><td>Cost of revenues</td><td>900</td><td>800</td></tr>
<tr><td>Gross profit</td><td>1,100</td><td>1,000</td></tr></table></body></html>
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("TAGGER_RULES", raising=False)


def make(folder: Path, manifest: str = MANIFEST, rules: str = RULES) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(manifest, "utf-8")
    if rules:
        (folder / "rules.yaml").write_text(rules, "utf-8")
    return folder


def refused(*folders: Path) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        load_rules(*folders)
    assert all(isinstance(error, RuleError) for error in caught.value.exceptions)
    return [str(error) for error in caught.value.exceptions]


def named(report: tagger.Report, label: str) -> tagger.Fact:
    return next(fact for fact in report.facts if fact.label == label)


def test_a_declared_concept_is_tagged_and_written_whatever_ticker_the_release_has(tmp_path: Path) -> None:
    report = tagger.tag(RELEASE, rules=make(tmp_path / "acme"), prefix="other")
    assert named(report, "Rockets").concept == "acme:RocketRevenue"
    assert report.tagged.prefix == "acme"
    report.write(tmp_path / "out" / "release.htm")
    schema = (tmp_path / "out" / "release.xsd").read_text("utf-8")
    assert 'name="RocketRevenue"' in schema
    assert 'xbrli:balance="credit"' in schema
    assert 'name="EngineMember"' in schema
    labels = (tmp_path / "out" / "release_lab.xml").read_text("utf-8")
    assert ">Revenue from rockets<" in labels
    assert ">Engines we sell<" in labels


def test_a_member_is_known_by_its_label(tmp_path: Path) -> None:
    page = RELEASE.replace("Engines", "Revenues:</td></tr><tr><td>Engines we sell").replace("Rockets", "Launches")
    report = tagger.tag(page, rules=make(tmp_path / "pack", rules=RULES.partition("\n\n")[0] + "\n"))
    found = {fact.label: {member.member for member in fact.members} for fact in report.facts}
    assert found["Engines we sell"] <= {"acme:EngineMember"}


BY_PART = """\
<html><body><p>Acme Rockets Inc.</p><p>STATEMENTS OF OPERATIONS BY PART</p><p>(in thousands)</p>
<table><tr><td></td><td colspan="2">Three Months Ended March 31, 2024</td></tr><tr><td></td><td>Rocket Works</td><td>Engine Works</td></tr>
<tr><td>Net revenues</td><td>1,200</td><td>900</td></tr><tr><td>Cost of revenues</td><td>700</td><td>600</td></tr></table></body></html>
"""
PARTS = """\
members:
  acme:EngineMember: Engines we sell
parts:
  Engine Works Segment: {us-gaap:StatementBusinessSegmentsAxis: acme:EngineMember}
"""


def test_a_column_that_a_pack_calls_a_part_is_one_and_the_others_stay_open(tmp_path: Path) -> None:
    text = MANIFEST.replace("members:\n  acme:EngineMember: Engines we sell\n", PARTS)
    assert "parts:" in text
    pack = make(tmp_path / "pack", manifest=text)
    assert [str(problem) for problem in check_rules(pack)] == []
    assert not [fact for fact in tagger.tag(BY_PART).facts if fact.heading.endswith("Works")]
    found = {(fact.heading.rpartition("2024 ")[2], tuple(m.member for m in fact.members)) for fact in tagger.tag(BY_PART, rules=pack).facts}  # fmt: skip
    assert found == {("Engine Works", ("acme:EngineMember",))}


def test_a_row_that_no_rule_names_never_takes_a_declared_concept(tmp_path: Path) -> None:
    manifest = MANIFEST.replace("acme:RocketRevenue:", "acme:OrbitalFees:")
    rules = RULES.replace("acme:RocketRevenue", "acme:OrbitalFees")
    release = RELEASE.replace("Engines", "Orbital fees")
    report = tagger.tag(release, rules=make(tmp_path / "acme", manifest, rules))
    assert named(report, "Rockets").concept == "acme:OrbitalFees"
    assert named(report, "Orbital fees").concept == "acme:OrbitalFeesForPeriod"


def test_a_pack_is_found_by_cik_and_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "packs" / "acme")
    assert named(tagger.tag(RELEASE, entity="cik:1234567"), "Rockets").rule == "own-concept"
    monkeypatch.setenv("TAGGER_RULES", os.pathsep.join([str(tmp_path / "nothing"), str(tmp_path / "packs")]))
    assert named(tagger.tag(RELEASE, entity="cik:1234567"), "Rockets").rule == "acme-rockets"
    assert named(tagger.tag(RELEASE), "Rockets").rule == "acme-rockets"  # by its name
    assert named(tagger.tag(RELEASE, entity="cik:7654321"), "Rockets").rule == "own-concept"


def test_two_packs_that_claim_one_company_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "packs" / "one", MANIFEST)
    make(tmp_path / "packs" / "two", MANIFEST.replace("name: acme", "name: other"))
    monkeypatch.setenv("TAGGER_RULES", str(tmp_path / "packs"))
    with pytest.raises(ExceptionGroup) as caught:
        tagger.tag(RELEASE, entity="cik:1234567")
    message = str(caught.value.exceptions[0])
    assert str(tmp_path / "packs" / "one") in message
    assert str(tmp_path / "packs" / "two") in message


def test_a_pack_is_found_in_an_installed_distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "site" / "acme_pack")
    about = tmp_path / "site" / "acme_pack-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-pack\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[tagger.packs]\nacme = acme_pack\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert named(tagger.tag(RELEASE, entity="cik:1234567"), "Rockets").rule == "acme-rockets"


def test_what_another_rule_is_over_can_be_switched_off(tmp_path: Path) -> None:
    base = load_rules()
    over = next(rule for rule in base if rule.over)
    pack = make(tmp_path / "mine", f"disable: [{over.over[0]}]\n", "")
    rules = load_rules(pack)
    assert rules.get(over.over[0]) is None
    assert rules.get(over.id) is not None
    assert len(rules) == len(base) - 1


def test_a_base_rule_is_replaced_or_added_to(tmp_path: Path) -> None:
    added = """\
- id: revenue-gross-profit
  extends: revenue-gross-profit
  rows: zorbs sold
  matches: "operations: Zorbs sold"
  skips: "operations: Zorbs bought"
"""
    base = load_rules().get("revenue-gross-profit")
    assert base is not None
    rules = load_rules(make(tmp_path / "mine", "name: mine\n", added))
    rule = rules.get("revenue-gross-profit")
    assert rule is not None
    assert rule.rows == (*base.rows, "zorbs sold")
    assert rule.layer > base.layer
    assert check_rules(tmp_path / "mine") == []


def test_packs_in_a_circle_are_refused(tmp_path: Path) -> None:
    make(tmp_path / "a", "extends: [b]\n")
    (tmp_path / "a" / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    assert any("leads outside" in message or "circle" in message or "no pack 'b'" in message for message in refused(tmp_path / "a"))  # fmt: skip


def test_known_packs_in_a_circle_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "packs" / "a", "name: one\nextends: [two]\n", "")
    make(tmp_path / "packs" / "b", "name: two\nextends: [one]\n", "")
    monkeypatch.setenv("TAGGER_RULES", str(tmp_path / "packs"))
    (message,) = refused(tmp_path / "packs" / "a")
    assert "in a circle" in message


@pytest.mark.parametrize("name", ["../other", "..", "/etc", "a/../../other", "x" * 5000, "a\\..\\b"])
def test_nothing_outside_a_pack_is_read(tmp_path: Path, name: str) -> None:
    make(tmp_path / "other", rules="not: rules\n")
    (message,) = refused(make(tmp_path / "mine", f"extends: ['{name}']\n", ""))
    assert "pack.yaml:1:" in message
    assert len(message) < 600


def test_a_link_out_of_the_pack_is_refused(tmp_path: Path) -> None:
    outside = make(tmp_path / "outside")
    pack = make(tmp_path / "mine", "name: mine\n", "")
    (pack / "linked.yaml").symlink_to(outside / "rules.yaml")
    (message,) = refused(pack)
    assert message.endswith("linked.yaml:1:1: leads outside the pack: a copy of the file has to stand here")
