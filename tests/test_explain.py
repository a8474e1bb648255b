"""Explaining: every figure of a row or sentence, with the reasons for what it is or is not."""

from __future__ import annotations

import pytest

import tagger
from conftest import ROOT


@pytest.fixture(scope="module")
def report() -> tagger.Report:
    return tagger.tag(ROOT / "examples" / "brightwater-2008q2" / "release.txt")


def test_a_row_is_explained_figure_by_figure(report: tagger.Report) -> None:
    found = tagger.explain(report, at="Gross loss")
    rows = [item for item in found if item.place == "operations: Gross loss"]
    assert [item.text for item in rows] == ["1,316", "1,487", "2,716", "2,887"]
    reasons = "\n".join(rows[0].reasons)
    for words in (
        "rule revenue-gross-profit",
        "period: ",
        "scale 10^3: (In thousands",
        "sign: ",
        "unit: iso4217:USD",
        "proof (sum)",
    ):
        assert words in reasons


def test_a_line_number_finds_the_row_that_stands_there(report: tagger.Report) -> None:
    wrapped = next(item for item in tagger.explain(report, at="Accounts receivable") if item.text == "3,977")
    first, last = wrapped.lines
    assert first < last
    for line in (first, last):
        assert wrapped in tagger.explain(report, at=str(line))
    assert wrapped not in tagger.explain(report, at=str(last + 1))


def test_lines_are_those_of_the_source_whatever_stands_before_the_exhibit() -> None:
    path = ROOT / "tests" / "golden" / "granite-harbor-2006q1.txt"
    (number,) = [
        n for n, line in enumerate(path.read_text("utf-8").split("\n"), start=1) if "Federal funds sold" in line
    ]
    report = tagger.tag(path)
    assert {item.lines for item in tagger.explain(report, at="Federal funds sold")} == {(number, number)}
    row = next(row for row in report.render("csv").decode().splitlines() if "Federal funds sold" in row)
    assert f",{number}," in row


@pytest.mark.parametrize("concept", ["GrossProfit", "us-gaap:GrossProfit"])
def test_a_concept_is_explained_with_or_without_its_prefix(report: tagger.Report, concept: str) -> None:
    found = tagger.explain(report, concept=concept)
    assert {item.text for item in found} >= {"1,316", "1,487", "2,716", "2,887"}
    assert all(fact.concept == "us-gaap:GrossProfit" for item in found for fact in item.facts)


def test_a_repair_is_part_of_the_explanation(report: tagger.Report) -> None:
    (found,) = [item for item in tagger.explain(report, at="Inventories") if item.text == "12, 648"]
    assert any(reason.startswith("finding (repaired): '12, 648' read as 12648") for reason in found.reasons)


@pytest.mark.parametrize(
    ("at", "text", "reason"),
    [
        ("declined approximately", "0.8", "not tagged"),
        ("an increase of $0.4 million", "0.4", "not tagged: change"),
        ("an increase of $0.4 million", "14", "not tagged: percentage"),
        ("1,200 battery modules", "1,200", "not tagged: not-money"),
        ("ISO 14001:2004", "14001", "not tagged: not-money"),
    ],
)
def test_an_untagged_figure_says_why(report: tagger.Report, at: str, text: str, reason: str) -> None:
    (found,) = [item for item in tagger.explain(report, at=at) if item.text == text]
    assert found.facts == ()
    assert found.reasons[0].startswith(reason)


def test_a_sentence_says_why_a_figure_was_refused_and_which_rule_wanted_it() -> None:
    text = (
        "Acme Gauge Corp. (NYSE: AGC) reports\n\nIn 2010 Acme sold a plant and recognized a net loss of $5.0 million.\n"
    )
    (found,) = tagger.explain(tagger.tag(text.encode()), at="net loss")
    assert found.facts == ()
    assert found.reasons == ('not tagged: "sold" stands before it: what a deal brought (rule prose-net-income)',)


def test_explanations_cover_every_fact(report: tagger.Report) -> None:
    explained = {fact.id for item in tagger.explain(report) for fact in item.facts}
    assert explained == {fact.id for fact in report.facts}


def test_a_row_that_nothing_names_shows_the_nearest_rules() -> None:
    text = "Q2 2007\n\nSELECTED DATA\n(In thousands)\n\n                    June 30,\n                 2007     2006\nCash and cush   $ 812    $ 790\nTotal assets      900      880\n"
    found = tagger.explain(tagger.tag(text, own_concepts=False), at="cush")
    assert found
    assert any(
        reason.startswith("not tagged: no rule names a row called 'Cash and cush'") for reason in found[0].reasons
    )
    assert any("but" in reason for reason in found[0].reasons[1:])
