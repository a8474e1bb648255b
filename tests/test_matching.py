"""Rows, figures inside labels and sentences find their rules; who wins is settled, and why not can be told."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steps import steps
from tagger.matching import NoteQuery, RowQuery, explain_row, find_subjects, match_note, match_row, settle
from tagger.ruleset import RuleSet, load_rules
from tagger.ruleset.labels import forms
from tagger.statement import Kind

PACK = """\
- id: assets-cash
  concept: us-gaap:CashAndCashEquivalentsAtCarryingValue
  statement: [balance-sheet, highlights]
  rows: cash [and cash equivalents]
  unless: restricted
  phrases: [cash, cash and cash equivalents]
  matches: "balance-sheet: Cash"
  skips: "balance-sheet: Restricted cash"

- id: assets-receivables
  concept: us-gaap:AccountsReceivableNetCurrent
  statement: balance-sheet
  section: current assets
  rows: [accounts receivable, trade receivables *]
  matches: "balance-sheet: Current assets > Accounts receivable, net"
  skips: "balance-sheet: Accounts receivable"

- id: assets-allowance
  concept: us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent
  statement: balance-sheet
  notes: "[net of] allowance for (doubtful accounts | credit losses) *"
  matches: "balance-sheet: Accounts receivable, net of allowance for doubtful accounts of {$614}"
  skips: "balance-sheet: Inventories, net of reserves of {$12}"

- id: income-net
  concept: us-gaap:NetIncomeLoss
  rows: ["net income", "net income attributable to *"]
  unless: [per share, noncontrolling]
  phrases: net income
  matches: "operations: Net loss"
  skips: "operations: Net loss per share"

- id: per-share-basic
  concept: us-gaap:EarningsPerShareBasic
  rows: ["[net] income per [common] share basic"]
  phrases: net income per share
  matches: "operations: Net loss per share > Basic"
  skips: "operations: Weighted average shares > Basic"

- id: per-share-diluted
  concept: us-gaap:EarningsPerShareDiluted
  rows: "[net] income per [common] share diluted"
  matches: "operations: Net loss per share > Diluted"
  skips: "operations: Weighted average shares > Diluted"

- id: equity-total
  concept: us-gaap:StockholdersEquity
  rows: [total shareholders' equity, total * shareholders' equity]
  matches: "balance-sheet: Total Acme Corp. stockholders' deficit"
  skips: "balance-sheet: Total liabilities and stockholders' equity"

- id: taxes-deferred-liability
  concept: us-gaap:DeferredIncomeTaxLiabilitiesNet
  statement: balance-sheet
  rows: deferred income taxes
  above: total current liabilities
  unless-below: total assets
  matches: "balance-sheet: Deferred income taxes | above=Total current liabilities"
  skips: "balance-sheet: Deferred income taxes | below=Total assets"

- id: assets-current-total
  concept: us-gaap:AssetsCurrent
  rows: total current assets
  total: true
  matches: "balance-sheet: Total current assets"
  skips: "balance-sheet: Current assets"

- id: equity-common-issued
  concept: us-gaap:CommonStockSharesIssued
  notes: shares issued
  needs: common (stock | shares)
  matches: "balance-sheet: Common stock, $.001 par value; 80,000 shares authorized; {31,206} shares issued"
  skips: "balance-sheet: Preferred stock, $.001 par value; {10,000} shares issued"
"""


def rule_set(folder: Path, *packs: str) -> RuleSet:
    """Return the rules of *packs*, each laid over those before it."""
    folders = [folder / str(number) for number in range(len(packs))]
    for path, text in zip(folders, packs, strict=True):
        path.mkdir(parents=True)
        (path / "rules.yaml").write_text(text, "utf-8")
    return load_rules(*folders, base=False)


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    return rule_set(tmp_path_factory.mktemp("rules"), PACK)


def ask(label: str, *headings: str, kind: Kind = Kind.BALANCE_SHEET, unit: str = "", **more: object) -> RowQuery:
    return RowQuery(label=label, headings=headings, kind=kind, unit=unit, **more)  # type: ignore[arg-type]


def won(rules: RuleSet, query: RowQuery) -> list[str]:
    return [candidate.rule.id for candidate in settle(match_row(rules, query))]


ROWS = [
    (ask("Cash and cash equivalents"), "assets-cash"),
    (ask("CASH & CASH EQUIVALENTS (1)....."), "assets-cash"),
    (ask("Cash and cash equivalents, including $3 restricted"), None),
    (ask("Cash", kind=Kind.CASH_FLOW), None),
    (ask("Cash", unit="shares"), None),
    (ask("Accounts receivable, net of allowance of $614 at March 31", "ASSETS", "Current assets:"), "assets-receivables"),
    (ask("Trade receivables from affiliates", "Current Assets"), "assets-receivables"),
    (ask("Accounts receivable", "Noncurrent assets"), None),
    (ask("Net (loss)/earnings attributable to Acme Corp.", kind=Kind.OPERATIONS), "income-net"),
    (ask("Net loss attributable to noncontrolling interests", kind=Kind.OPERATIONS), None),
    (ask("Basic", "Net loss per common share:", kind=Kind.OPERATIONS), "per-share-basic"),
    (ask("Basic", "Weighted average shares outstanding", kind=Kind.OPERATIONS), None),
    (ask("- Diluted", kind=Kind.OPERATIONS, above=("Net loss per share - Basic", "Net loss")), "per-share-diluted"),
    (ask("Total Acme Corp. stockholders' equity (deficit)"), "equity-total"),
    (ask("Deferred income taxes", above=("Notes payable", "Total current liabilities, net")), "taxes-deferred-liability"),
    (ask("Deferred income taxes", above=("Total current liabilities",), below=("Total assets",)), None),
    (ask("Deferred income taxes"), None),
    (ask("Total current assets"), "assets-current-total"),
    (ask("Total", "ASSETS", "Current assets"), "assets-current-total"),
    (ask("", "ASSETS", "Current assets", total=True), "assets-current-total"),
    (ask("", "ASSETS", "Current assets"), None),
]  # fmt: skip


@pytest.mark.parametrize(("query", "winner"), ROWS, ids=[f"{q.label}-{q.headings[-1:]}-{q.kind}" for q, _ in ROWS])
def test_a_row_is_won_by_the_rule_that_means_it(rules: RuleSet, query: RowQuery, winner: str | None) -> None:
    assert won(rules, query) == ([winner] if winner else [])


def two(first: str, second: str, *, shared: str = "rows: sales") -> str:
    """Return two rules on one label, that differ in *first* and *second*."""
    rule = "- id: {}\n  concept: us-gaap:{}\n  {}\n  {}\n  matches: Sales\n  skips: Costs\n"
    return rule.format("one-rule", "Revenues", shared, first) + rule.format(
        "other-rule", "SalesRevenueNet", shared, second
    )


WINNERS = [
    ("over", two("over: other-rule", "statement: operations"), "one-rule"),
    ("conditions", two("statement: operations", "unless: cost"), "one-rule"),
    ("form", two("rows: [sales]", "rows: '[x] sales net'", shared="unless: cost"), "other-rule"),
    ("literal-words", two("rows: total *", "rows: total sales *", shared="unless: cost"), "other-rule"),
    ("fewer-stars", two("rows: total sales", "rows: total sales *", shared="unless: cost"), "one-rule"),
]


@pytest.mark.parametrize(("text", "winner"), [case[1:] for case in WINNERS], ids=[case[0] for case in WINNERS])
def test_an_overlap_has_one_winner(tmp_path: Path, text: str, winner: str) -> None:
    label = "Total sales" if "total" in text else "Sales, net"
    assert won(rule_set(tmp_path, text), ask(label, kind=Kind.OPERATIONS)) == [winner]


def test_an_upper_layer_wins_against_a_more_complete_form(tmp_path: Path) -> None:
    lower = two("rows: sales net", "rows: costs net", shared="unless: gross")
    upper = "- id: mine-sales\n  concept: us-gaap:Revenues\n  rows: sales\n  matches: Sales\n  skips: Costs\n"
    assert won(rule_set(tmp_path, lower, upper), ask("Sales, net")) == ["mine-sales"]


def test_over_reaches_through_a_chain(tmp_path: Path) -> None:
    rule = "- id: {}\n  concept: us-gaap:{}\n  rows: sales\n  {}\n  matches: Sales\n  skips: Costs\n"
    text = (
        rule.format("c-rule", "Revenues", "over: b-rule")
        + rule.format("b-rule", "SalesRevenueNet", "over: a-rule")
        + rule.format("a-rule", "SalesRevenueGoodsNet", "statement: operations")
    )
    found = match_row(rule_set(tmp_path, text), ask("Sales", kind=Kind.OPERATIONS))
    assert [candidate.rule.id for candidate in found] == ["c-rule", "b-rule", "a-rule"]


def test_a_tie_of_two_concepts_settles_nothing(tmp_path: Path) -> None:
    assert won(rule_set(tmp_path, two("unless: cost", "unless: cost")), ask("Sales")) == ["one-rule", "other-rule"]


def test_two_rules_of_one_concept_are_no_tie(tmp_path: Path) -> None:
    text = two("unless: cost", "unless: cost").replace("SalesRevenueNet", "Revenues")
    assert len(won(rule_set(tmp_path, text), ask("Sales"))) == 1


def test_the_winner_does_not_depend_on_the_order_of_rules(tmp_path: Path) -> None:
    blocks = [block + "\n" for block in PACK.split("\n\n")]
    orders = [blocks, blocks[::-1], blocks[3:] + blocks[:3]]
    sets = [rule_set(tmp_path / str(number), "\n".join(order)) for number, order in enumerate(orders)]
    for query, _ in ROWS:
        found = [[(c.rule.id, c.rank) for c in match_row(one, query)] for one in sets]
        assert found[0] == found[1] == found[2]


@given(label=st.text(max_size=40), heading=st.text(max_size=20))
def test_any_row_is_answered_and_best_comes_first(rules: RuleSet, label: str, heading: str) -> None:
    found = match_row(rules, ask(label, heading, above=(heading,)))
    assert [c.rank for c in found] == sorted((c.rank for c in found), reverse=True)


# ---- why not


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (
            ask("Cash", kind=Kind.CASH_FLOW),
            "statement: this is 'cash-flow', the rule is for balance-sheet or highlights",
        ),
        (ask("Cash", unit="shares"), "unit: the row's figures are 'shares', the concept is counted in 'money'"),
        (ask("Accounts receivable", "Other assets"), "section: no open heading says 'current asset'"),
        (ask("Cash (restricted)"), "unless: the label says 'restricted'"),
        (ask("Deferred income taxes"), "above: no row above reads 'total current liability'"),
        (
            ask("Deferred income taxes", above=("Total current liabilities",), below=("Total assets",)),
            "unless-below: a row below reads 'total asset'",
        ),
    ],
)
def test_explain_names_the_condition_that_failed(rules: RuleSet, query: RowQuery, reason: str) -> None:
    assert reason in [failed for miss in explain_row(rules, query) for failed in miss.failed]


def test_explain_offers_similar_labels_where_no_rule_has_the_words(rules: RuleSet) -> None:
    miss = explain_row(rules, ask("Total current aset"))[0]
    assert miss.rule.id == "assets-current-total"
    assert str(miss).endswith("the label reads 'total current aset', the rule wants 'total current asset'")


def test_explain_has_no_near_miss_where_the_only_rule_won(rules: RuleSet) -> None:
    assert explain_row(rules, ask("Total current assets")) == ()


def test_explain_has_nothing_to_say_of_a_label_like_none(rules: RuleSet) -> None:
    assert explain_row(rules, ask("Backlog of orders in hand")) == ()


# ---- figures inside a label

ISSUED = "Common stock, $.001 par value; 80,000,000 shares authorized; 31,206,418 shares issued and 30,877,205 shares outstanding"  # fmt: skip
ALLOWANCE = "Accounts receivable, net of allowance for doubtful accounts and returns of $614 at June 30, 2006 and $587 at March 31, 2006"  # fmt: skip

NOTES = [
    (ISSUED, "31,206,418", "equity-common-issued"),
    (ISSUED, "80,000,000", None),
    (ISSUED.replace("Common", "Preferred"), "31,206,418", None),
    (ALLOWANCE, "$614", "assets-allowance"),
    (ALLOWANCE, "$587", "assets-allowance"),
    ("Inventories, net of reserves of $12", "$12", None),
    ("Common stock; shares issued — 7,040; treasury 12", "7,040", "equity-common-issued"),
    ("Common stock; par value 7,040; shares issued 12", "7,040", None),
]


@pytest.mark.parametrize(
    ("text", "figure", "winner"), NOTES, ids=[f"{text[:22]}-{figure}" for text, figure, _ in NOTES]
)
def test_a_figure_inside_a_label_finds_its_rule(rules: RuleSet, text: str, figure: str, winner: str | None) -> None:
    start = text.index(figure)
    query = NoteQuery(text=text, start=start, end=start + len(figure), kind=Kind.BALANCE_SHEET)
    assert [candidate.rule.id for candidate in match_note(rules, query)] == ([winner] if winner else [])


# ---- sentences


def heard(rules: RuleSet, sentence: str) -> list[tuple[str, str]]:
    return [(hit.rule.id, sentence[hit.start : hit.end]) for hit in find_subjects(rules, sentence)]


SENTENCES = [
    ("Net loss was $10.4 million.", [("income-net", "Net loss")]),
    ("The Company's net (loss) income was lower.", [("income-net", "net (loss) income")]),
    ("Net loss per share was $0.10.", [("per-share-basic", "Net loss per share")]),
    ("Cash and cash\nequivalents fell; cash  rose.", [("assets-cash", "Cash and cash\nequivalents"), ("assets-cash", "cash")]),
    ("Cashmere and internet incomes.", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "hits"), SENTENCES, ids=[sentence[:20] for sentence, _ in SENTENCES])
def test_a_phrase_is_found_at_its_place(rules: RuleSet, sentence: str, hits: list[tuple[str, str]]) -> None:
    assert heard(rules, sentence) == hits


def test_a_phrase_says_whether_it_spoke_of_a_loss(rules: RuleSet) -> None:
    hits = find_subjects(rules, "Net loss of $1 after net income of $2")
    assert [[sign.word for sign in hit.signs] for hit in hits] == [["loss"], []]


@given(st.text(max_size=80))
def test_hits_lie_in_the_text_and_never_overlap(rules: RuleSet, text: str) -> None:
    hits = find_subjects(rules, f"{text} net loss {text} cash {text}")
    assert all(0 <= hit.start < hit.end for hit in hits)
    assert all(one.end <= other.start for one, other in itertools.pairwise(hits))


def test_rules_without_phrases_find_nothing(tmp_path: Path) -> None:
    assert heard(rule_set(tmp_path, two("unless: cost", "unless: cost")), "Sales were $3 million.") == []


# ---- cost


def test_ten_times_the_rules_cost_a_row_hardly_more(tmp_path: Path, rules: RuleSet) -> None:
    made = (
        f"- id: made-{number}\n  concept: us-gaap:Revenues\n"
        f"  rows: [net w{number} income, total w{number} *, '* cash w{number}', deferred * w{number}]\n"
        f"  phrases: w{number} income\n  matches: Net w{number} income\n  skips: Costs\n"
        for number in range(9 * len(rules))
    )
    big = rule_set(tmp_path, PACK + "\n" + "".join(made))
    assert len(big) == 10 * len(rules)
    queries = [query for query, _ in ROWS] * 20

    def spent(asked: RuleSet) -> int:
        return sum(steps(lambda query=query: match_row(asked, query)) for query in queries) + steps(
            lambda: find_subjects(asked, "The net loss rose and cash fell. " * 200)
        )

    spent(big), spent(rules)  # what is made at the first use
    assert spent(big) < 1.2 * spent(rules)


def test_the_forms_of_a_label_without_end_are_few_and_short() -> None:
    whole, *cut = forms("Treasury stock" + ", net of tax; as of June 30" * 2_000)
    assert len(whole.tokens) > 10_000
    assert cut[-1].words == "treasury stock"
    assert len(cut) <= 100
    assert max(len(form.tokens) for form in cut) <= 100
