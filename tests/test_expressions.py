"""The escape hatch: rows that only a regular expression can say, and expressions that take too long."""

from __future__ import annotations

from pathlib import Path

import pytest

import tagger
from tagger.check import check_rules
from tagger.findings import Code
from tagger.matching import RowQuery, match_row
from tagger.matching.expressions import _slow, _tried
from tagger.ruleset import RuleError, load_rules, regexes
from tagger.statement import Kind

MANIFEST = "name: acme\nlists:\n  metals: [gold, silver, 'platinum group']\n"
RULES = r"""
- id: acme-metals
  concept: us-gaap:Revenues
  statement: operations
  regex: |
    ^ sales \s+ of \s+ \L<metals>    # any metal we sell
    (?: \s+ and \s+ \L<metals> )* $
  matches:
    - "operations: Sales of gold"
    - "operations: SALES OF SILVER AND PLATINUM GROUP"
  skips:
    - "operations: Sales of copper"
    - "operations: Sales of gold and copper"
"""
ROWS = "<tr><td>{0}</td><td>1,200</td><td>1,100</td></tr><tr><td>Net income</td><td>120</td><td>110</td></tr>"
PAGE = """<html><body><p>CONSOLIDATED STATEMENTS OF OPERATIONS</p><p>(in thousands)</p><table>
<tr><td></td><td colspan="2">Three Months Ended March 31,</td></tr><tr><td></td><td>2024</td><td>2023</td></tr>{0}</table></body></html>"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path_factory.getbasetemp() / "expressions-cache"))


def pack(folder: Path, rules: str = RULES) -> Path:
    (folder / "pack.yaml").write_text(MANIFEST, "utf-8")
    (folder / "rules.yaml").write_text(rules, "utf-8")
    return folder


def test_an_expression_knows_no_case_and_uses_the_lists_of_its_pack(tmp_path: Path) -> None:
    assert check_rules(pack(tmp_path)) == []
    report = tagger.tag(PAGE.format(ROWS.format("Sales of Gold and Silver")), rules=tmp_path)
    assert {fact.rule for fact in report.facts if fact.label == "Sales of Gold and Silver"} == {"acme-metals"}


def test_words_that_name_a_row_win_over_an_expression_of_their_pack(tmp_path: Path) -> None:
    words = """
- id: acme-gold
  concept: us-gaap:SalesRevenueNet
  rows: sales of gold
  matches: "operations: Sales of gold"
  skips: "operations: Sales of silver"
"""
    rules = load_rules(pack(tmp_path, RULES.replace('    - "operations: Sales of gold"\n', "") + words))
    found = match_row(rules, RowQuery(label="Sales of gold", kind=Kind.OPERATIONS, unit="money"))
    assert [candidate.rule.id for candidate in found] == ["acme-gold", "acme-metals"]


def test_conditions_of_a_rule_hold_for_its_expressions(tmp_path: Path) -> None:
    rules = load_rules(pack(tmp_path))
    assert not match_row(rules, RowQuery(label="Sales of gold", kind=Kind.BALANCE_SHEET, unit="money"))


@pytest.mark.parametrize("expression", [r"(?: a | a a )+ \d", r"(?: \w | \w\w )+ \s [:;] \d \d $"])
def test_an_expression_that_runs_away_is_refused_at_once(tmp_path: Path, expression: str) -> None:
    text = RULES[: RULES.index("  regex")] + f"  regex: '{expression}'\n" + RULES[RULES.index("  matches") :]
    with pytest.raises(ExceptionGroup) as caught:
        load_rules(pack(tmp_path, text))
    (error,) = caught.value.exceptions
    assert isinstance(error, RuleError)
    assert "takes too long over" in str(error)


def test_one_that_runs_away_over_a_release_becomes_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack(tmp_path)
    rules = load_rules(tmp_path)

    def slow(one: object, text: str) -> None:
        raise TimeoutError

    _tried.cache_clear()
    monkeypatch.setattr("tagger.matching.expressions.find", slow)
    report = tagger.tag(PAGE.format(ROWS.format("Sales of gold")), rules=rules)
    monkeypatch.undo()
    _tried.cache_clear()
    _slow.clear()
    found = [finding for finding in report.findings if finding.code is Code.RULE_TOO_SLOW]
    assert "acme-metals" in found[0].message
    assert "'Sales of gold'" in found[0].message
    assert all(fact.rule != "acme-metals" for fact in report.facts)


def test_only_the_beginning_of_a_very_long_label_is_looked_at() -> None:
    one = regexes.Regex(0, r"gold \s $", ())
    assert regexes.find(one, "x" * 100_000 + "gold ") is None


SENTENCES = r"""
- id: acme-metal-said
  concept: us-gaap:Revenues
  phrase-regex: sales \s+ of \s+ \L<metals>
  matches:
    - Sales of gold were $3.2 million in the first quarter of 2024.
  skips:
    - Sales of copper were $3.2 million in the first quarter of 2024.
"""


def test_an_expression_for_sentences_names_their_subject(tmp_path: Path) -> None:
    assert check_rules(pack(tmp_path, SENTENCES)) == []


def test_a_concept_that_the_year_lacks_leaves_the_row_to_the_next_rule(tmp_path: Path) -> None:
    newer = """
- id: acme-profit
  concept: us-gaap:RevenueFromContractWithCustomerIncludingAssessedTax
  statement: operations
  rows: gross profit
  matches: "operations: Gross profit"
  skips: "operations: Net profit"
"""
    rows = ROWS.format("Net sales") + "<tr><td>Gross profit</td><td>700</td><td>600</td></tr>"
    report = tagger.tag(PAGE.format(rows), rules=pack(tmp_path, newer), taxonomy=2009)
    assert {fact.concept for fact in report.facts if fact.label == "Gross profit"} <= {
        "us-gaap:GrossProfit",
        "us-gaap:SalesRevenueGross",
    }
    assert any(finding.code is Code.CONCEPT_NOT_IN_YEAR for finding in report.findings)
