"""Reports are values: they pickle, copy, compare, print in a line, and answer questions."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

import tagger
from conftest import ROOT
from tagger.selection import Facts

EXAMPLE = ROOT / "examples" / "brightwater-2008q2" / "release.txt"
LOSS = "us-gaap:GrossProfit"
RULE = (
    "- id: mine-sales\n  concept: us-gaap:SalesTypeLeaseRevenue\n  statement: operations\n  rows: [revenue]\n"
    "  matches: ['operations: Revenue']\n  skips: ['operations: Cost of revenue']\n"
)


@pytest.fixture(scope="module")
def report() -> tagger.Report:
    return tagger.tag(EXAMPLE, entity="cik:1234567")


def test_a_report_comes_back_from_a_pickle_as_it_was(report: tagger.Report) -> None:
    packed = pickle.dumps(report)
    again = pickle.loads(packed)
    assert again == report
    assert hash(again) == hash(report)
    assert again.render("json") == report.render("json")
    assert tagger.explain(again, at="Gross loss") == tagger.explain(report, at="Gross loss")


def test_facts_cost_kilobytes_and_rules_stay_behind(report: tagger.Report) -> None:
    assert len(pickle.dumps(report.facts)) < 600 * len(report)
    assert len(pickle.dumps(report)) < 10 * len(report.document.text) + 1000 * len(report)


def test_copies_and_second_runs_are_equal(report: tagger.Report) -> None:
    assert copy.copy(report) == copy.deepcopy(report) == report == tagger.tag(EXAMPLE, entity="cik:1234567")
    assert report != tagger.tag(EXAMPLE, entity="cik:7654321")
    assert report != tagger.tag(EXAMPLE, entity="cik:1234567", scale="millions", rules=tagger.load_rules(base=False))


def test_rules_of_the_users_own_load_again_and_are_refused_once_they_changed(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(RULE)
    again = pickle.loads(pickle.dumps(tagger.tag(EXAMPLE, rules=tmp_path)))
    assert again.rules.get("mine-sales") is not None
    late = pickle.loads(pickle.dumps(again))
    (tmp_path / "mine.yaml").write_text(RULE.replace("mine-sales", "mine-takings"))
    fresh = tagger.tag(EXAMPLE, rules=tmp_path)
    assert fresh.source != late.source
    assert pickle.loads(pickle.dumps(fresh)).rules.get("mine-takings") is not None


def test_changed_rules_are_said_to_have_changed(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(RULE)
    again = pickle.loads(pickle.dumps(tagger.tag(EXAMPLE, rules=tmp_path)))
    (tmp_path / "mine.yaml").write_text(RULE.replace("mine-sales", "mine-takings"))
    with pytest.raises(ValueError, match="the rules have changed since"):
        tagger.explain(again, at="Gross loss")


def test_a_report_prints_in_one_line(report: tagger.Report) -> None:
    said = repr(report)
    assert "\n" not in said
    assert len(said) < 160
    assert said.startswith("<Report release.txt: Brightwater Storage Systems Corporation, ")
    assert f"{len(report)} facts" in said
    assert repr(tagger.tag("Nothing here.\n")) == "<Report company not known, 0 facts, 0 proven, 2 findings>"
    assert repr(report.facts).startswith(f"<{len(report)} facts, ")


def test_a_report_is_a_collection_of_its_facts(report: tagger.Report) -> None:
    assert list(report) == list(report.facts)
    assert len(report) == len(report.facts) > 100
    assert report[0] == report.facts[0]
    assert report[-1] == report.facts[-1]
    assert report[2:4] == report.facts[2:4]
    assert isinstance(report[2:4], Facts)
    assert report.facts[0] in report
    assert LOSS in report
    assert "us-gaap:Goodwill" not in report


def test_a_report_without_facts_is_still_there() -> None:
    empty = tagger.tag("Nothing here.\n")
    assert len(empty) == 0
    assert empty


def test_a_concept_is_asked_for_with_or_without_its_prefix(report: tagger.Report) -> None:
    assert report[LOSS] == report["GrossProfit"] == report.facts.where(concept=LOSS)
    assert {fact.concept for fact in report[LOSS]} == {LOSS}


def test_a_concept_that_is_not_there_names_the_nearest(report: tagger.Report) -> None:
    with pytest.raises(KeyError, match="no fact of us-gaap:GrossProfits; there is GrossProfit"):
        report["us-gaap:GrossProfits"]
    assert report.facts.where(concept="us-gaap:GrossProfits") == ()


@pytest.mark.parametrize(
    "period",
    [
        tagger.Duration(dt.date(2007, 10, 1), dt.date(2007, 12, 31)),
        "2007-10-01/2007-12-31",
    ],
)
def test_a_period_is_asked_for_as_value_or_text(report: tagger.Report, period: object) -> None:
    found = report.facts.where(concept=LOSS, period=period, statement="operations")  # type: ignore[arg-type]
    assert [fact.value for fact in found] == [Decimal(-1316000)]


def test_a_date_asks_for_periods_that_end_then(report: tagger.Report) -> None:
    found = report.facts.where(concept=LOSS, period=dt.date(2007, 12, 31))
    assert {str(fact.period) for fact in found} == {"2007-10-01/2007-12-31", "2007-07-01/2007-12-31"}


def test_statement_members_and_proof_are_asked_for(report: tagger.Report) -> None:
    sheet = report.facts.where(statement="balance-sheet")
    assert {fact.statement for fact in sheet} == {"balance-sheet"}
    assert all(fact.proven for fact in report.facts.where(proven=True))
    assert not any(fact.proven for fact in report.facts.where(proven=False))
    assert report.facts.where(members=()) == tuple(fact for fact in report if not fact.members)


def test_best_keeps_one_fact_of_each_and_prefers_the_statement(report: tagger.Report) -> None:
    best = report.best()
    keys = [fact.aspects for fact in best]
    assert len(keys) == len(set(keys))
    assert set(keys) == {fact.aspects for fact in report}
    repeated = {fact.aspects for fact in report if fact.statement == "prose"} & {
        fact.aspects for fact in report if fact.statement == "operations"
    }
    assert repeated
    assert {fact.statement for fact in best if fact.aspects in repeated} == {"operations"}


def test_best_prefers_the_exact_figure_wherever_it_stands() -> None:
    text = "ACME CORP.\nIncome Statements\n(in {}){}\n\n                    Three months ended\n                       June 30,\n                    2008      2007\nRevenue            $ {}    $ {}\nCost of revenue      {}      {}\nGross profit       $ {}    $ {}\n\n"
    release = text.format("millions", "", 12, 11, 7, 6, 5, 5) + text.format(
        "thousands", "", "12,345", "11,111", "7,222", "6,111", "5,123", "5,000"
    )
    report = tagger.tag(release)
    assert {fact.decimals for fact in report.best()} == {-3}


def test_pivot_lays_concepts_by_periods(report: tagger.Report) -> None:
    pytest.importorskip("pandas")
    frame = report.pivot()
    assert frame.loc[LOSS, "2007-10-01/2007-12-31"] == Decimal(-1316000)
    assert list(frame.columns) == sorted(frame.columns, key=lambda name: name[-10:])
    assert frame.loc["us-gaap:Assets", "2007-10-01/2007-12-31"] is None
    assert report.pivot(members=True).index.names == ["concept", "members"]
    assert len(tagger.tag("Nothing here.\n").pivot()) == 0


def test_a_report_that_was_read_answers_the_same_questions(report: tagger.Report, tmp_path: Path) -> None:
    loaded = tagger.read(report.write(tmp_path / "q2.json")[0])
    assert [fact.value for fact in loaded[LOSS]] == [fact.value for fact in report[LOSS]]
    assert [fact.id for fact in loaded.best()] == [fact.id for fact in report.best()]
    assert len(loaded.facts.where(statement="cash-flow")) == len(report.facts.where(statement="cash-flow"))
    assert repr(loaded) == f"<LoadedReport q2.json: 0001234567, {len(report)} facts>"


def test_a_notebook_shows_the_statements_with_their_proofs(report: tagger.Report) -> None:
    page = report._repr_html_()
    assert "Balance sheet: CONDENSED CONSOLIDATED BALANCE SHEETS" in page
    assert "Cash and cash equivalents<small>us-gaap:CashAndCashEquivalentsAtCarryingValue</small>" in page
    assert "2007-10-01 to<br>2007-12-31" in page
    assert 'title="sum (value, sign): -1,316 = 4,102 - 5,418' in page
    assert page.count("<table>") == page.count("</table>")
    assert f"{len(report.findings)} findings" in page


def test_a_notebook_shows_no_markup_of_the_release() -> None:
    text = EXAMPLE.read_text("utf-8").replace("Inventories", "<script>alert(1)</script>")
    assert "<script>" not in tagger.tag(text, name="<img>")._repr_html_()


def test_threads_share_the_library() -> None:
    releases = [EXAMPLE, *sorted((ROOT / "tests" / "golden").glob("*.txt"))[:3]]
    alone = [tagger.tag(path) for path in releases]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(tagger.tag, releases * 4))
        files = set(pool.map(lambda report: report.render("htm"), together[: len(releases)] * 2))
    assert together == alone * 4
    assert files == {report.render("htm") for report in alone}
