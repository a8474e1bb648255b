"""Proving: what confirms a fact, in equations that a reader can check by hand."""

from __future__ import annotations

import pytest

import tagger
from statement_cases import BALANCE_SHEET, OPERATIONS, row, table
from tagger.facts import Aspect, ProofKind
from test_tagging import RESULTS

ASSETS = (
    ("Current assets:",),
    ("  Cash", "$ 812", "$ 790"),
    ("  Inventories", "300", "280"),
    ("    Total current assets", "1,112", "1,070"),
    ("Goodwill", "88", "88"),
    ("Total assets", "$ 1,200", "$ 1,158"),
    ("Accounts payable", "$ 500", "$ 460"),
    ("Total liabilities", "500", "460"),
    ("Total stockholders' equity", "700", "698"),
    ("Total liabilities and stockholders' equity", "$ 1,200", "$ 1,158"),
)


@pytest.fixture(scope="module")
def report() -> tagger.Report:
    text = table(OPERATIONS, *RESULTS) + "\n\n" + BALANCE_SHEET + "".join(row(*cells, at=44) for cells in ASSETS)
    return tagger.tag(text)


def _proofs(report: tagger.Report, concept: str, kind: ProofKind) -> list[str]:
    fact = next(fact for fact in report.facts if fact.concept == concept)
    return [proof.equation for proof in fact.proof if proof.kind is kind]


def test_total_and_parts_are_proven_by_their_sum(report: tagger.Report) -> None:
    assert _proofs(report, "us-gaap:InventoryNet", ProofKind.SUM) == ["1,112 = 812 + 300"]
    assert sorted(_proofs(report, "us-gaap:AssetsCurrent", ProofKind.SUM)) == [
        "1,112 = 812 + 300",
        "1,200 = 1,112 + 88",
    ]


def test_assets_tie_to_liabilities_and_equity(report: tagger.Report) -> None:
    for concept in ("us-gaap:Assets", "us-gaap:LiabilitiesAndStockholdersEquity"):
        assert _proofs(report, concept, ProofKind.TIE) == ["assets 1,200,000 = liabilities and equity 1,200,000"]


def test_earnings_per_share_are_proven_by_income_and_shares(report: tagger.Report) -> None:
    equation = "-8,515,000 / 70,958,000 = -0.1200, printed -0.12"
    assert _proofs(report, "us-gaap:NetIncomeLoss", ProofKind.RATIO) == [equation]


def test_a_proof_names_the_other_facts(report: tagger.Report) -> None:
    ids = {fact.id: fact for fact in report.facts}
    for fact in report.facts:
        for proof in fact.proof:
            assert fact.id not in proof.facts
            assert set(proof.facts) <= set(ids)


def test_a_share_of_the_facts_on_rows_is_proven(report: tagger.Report) -> None:
    rows = [fact for fact in report.facts if fact.table is not None]
    assert sum(Aspect.VALUE in fact.borne_out for fact in rows) / len(rows) > 0.8
    assert report.proven == sum(fact.proven for fact in rows) / len(rows) == 0  # no day of the release, no sentence
    assert {fact.unproven for fact in rows if Aspect.VALUE in fact.borne_out} <= {
        (Aspect.PERIOD,),
        (Aspect.SCALE, Aspect.PERIOD),
    }


def test_what_does_not_hold_proves_nothing() -> None:
    rows = [*RESULTS[:-2], ("Net loss per share - basic and diluted", "$ (0.99)", "$ (0.98)"), RESULTS[-1]]
    report = tagger.tag(table(OPERATIONS, *rows))
    eps = [fact for fact in report.facts if fact.concept.startswith("us-gaap:EarningsPerShare")]
    assert eps
    assert not [fact for fact in eps if Aspect.VALUE in fact.borne_out]


@pytest.mark.parametrize(
    ("dateline", "words", "proven"),
    [
        ("ASHFORD, Conn., July 26, 2007 - ", "for the second quarter", True),
        ("", "for the second quarter", False),  # which quarter that is, the heading alone says
        ("", "for the quarter ended June 30, 2007", True),
    ],
)
def test_a_sentence_without_a_year_proves_no_period_in_a_release_without_a_day(
    dateline: str, words: str, proven: bool
) -> None:
    rows = (("Revenues", "$ 90,412", "$ 80,113"), ("Costs and expenses", "80,100", "70,001"))
    text = f"{dateline}Tillwater Tools, Inc. Revenues {words} were $90,412,000.\n\n" + OPERATIONS
    report = tagger.tag((text + "".join(row(*cells) for cells in rows)).encode())
    (revenue,) = (f for f in report.facts if f.table is not None and f.value == 90412000)
    assert [p.kind for p in revenue.proof if p.kind is ProofKind.PROSE] == [ProofKind.PROSE]
    assert any(p.kind is ProofKind.PROSE and Aspect.PERIOD in p.aspects for p in revenue.proof) is proven
