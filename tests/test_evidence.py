"""Evidence: what filers name rows, read from public data, weighed for a row, and written on the facts."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

import tagger
from tagger.catalog import load_catalog
from tagger.evidence import OWN, Said, Seen, in_year, load_weights, read_weights, view, weigh
from tagger.evidence.features import features
from tagger.evidence.habits import habits, of_habit, word_number
from tagger.evidence.options import Basis, Option, Weighed, apart, ground_of, ranked, usual
from tagger.evidence.sources import read_source
from tagger.evidence.weights import FILE, pack_weights
from tagger.learning.counted import read_filed
from tagger.ruleset import load_rules

CATALOG = load_catalog(2024)
TABLE = """<html><body><p>Harbour Tools Inc. reported results for the quarter ended June 30, 2024.</p>
<p>Harbour Tools Inc.<br>Condensed Consolidated Balance Sheets (in thousands)</p>
<table><tr><td></td><td>June 30, 2024</td><td>December 31, 2023</td></tr>
<tr><td>Cash and cash equivalents</td><td>100</td><td>90</td></tr>
<tr><td>Inventories</td><td>200</td><td>190</td></tr>
<tr><td>Total current assets</td><td>300</td><td>280</td></tr>
<tr><td>Deposits with harbour masters and pilots</td><td>50</td><td>40</td></tr>
<tr><td>Total assets</td><td>350</td><td>320</td></tr>
<tr><td>Accounts payable</td><td>70</td><td>60</td></tr>
<tr><td>Stockholders' equity</td><td>280</td><td>260</td></tr>
<tr><td>Total liabilities and stockholders' equity</td><td>350</td><td>320</td></tr></table></body></html>"""


def _options(label: str, *headings: str, kind: str = "balance-sheet", said: Said | None = None) -> dict[str, float]:
    weights = load_weights()
    assert weights is not None
    seen = view(kind, [Seen(label, headings, "money", "?", "?")], modern=True)
    return {option.concept: option.confidence for option in weigh(weights, seen, {0: said}, in_year(CATALOG))[0]}


@pytest.mark.parametrize(
    ("label", "heading", "kind", "concept"),
    [
        ("Inventories, net", "Current assets", "balance-sheet", "us-gaap:InventoryNet"),
        ("Purchases of property, plant and equipment", "Investing activities", "cash-flow", "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment"),
        ("Depreciation", "Operating activities", "cash-flow", "us-gaap:Depreciation"),
    ],
)  # fmt: skip
def test_filers_usual_concept_is_the_first_option(label: str, heading: str, kind: str, concept: str) -> None:
    options = _options(label, heading, kind=kind)
    assert max(options, key=lambda name: options[name]) == concept


def test_confidences_of_a_row_are_shares_of_filers() -> None:
    options = _options("Other", "Current assets")
    assert all(0 <= share <= 1 for share in options.values())
    assert sum(options.values()) <= 1.1


def test_a_balance_sheet_row_is_never_a_flow() -> None:
    names = set(_options("Deferred income taxes", "Current assets")) - {OWN}
    assert names
    assert {concept.period_type for name in names if (concept := CATALOG.get(name)) is not None} == {"instant"}


def _shares(*rows: dict[str, float], labels: tuple[str, ...] = ("One", "Two", "Three")) -> list[dict[str, float]]:
    seen = view("cash-flow", [Seen(label, (), "money", "?", "?") for label in labels[: len(rows)]], modern=True)
    found = apart({place: Weighed(shares, Basis.ROW, None) for place, shares in enumerate(rows)}, seen)
    return [{name: round(share, 3) for name, share in found[place].shares.items()} for place in range(len(rows))]


def test_a_concept_that_another_row_claims_more_goes_to_that_row() -> None:
    first, second = _shares({"us-gaap:NetIncomeLoss": 0.9, OWN: 0.1}, {"us-gaap:NetIncomeLoss": 0.6, OWN: 0.4})
    assert first["us-gaap:NetIncomeLoss"] > 0.75
    assert second["us-gaap:NetIncomeLoss"] < 0.2 < 0.8 < second[OWN]


def test_what_rows_leave_each_other_adds_up_to_what_there_was() -> None:
    rows = ({"us-gaap:A": 0.5, "us-gaap:B": 0.3}, {"us-gaap:A": 0.7, OWN: 0.3}, {"us-gaap:B": 0.2})
    assert [round(sum(found.values()), 2) for found in _shares(*rows)] == [0.8, 1.0, 0.2]


@pytest.mark.parametrize(
    ("concept", "labels"),
    [
        ("us-gaap:CashAndCashEquivalentsAtCarryingValue", ("Cash at beginning", "Cash at end")),
        ("us-gaap:Depreciation", ("Depreciation", "Depreciation")),
        (OWN, ("Harbour dues", "Pilots")),
    ],
)
def test_balances_at_both_ends_namesakes_and_own_concepts_leave_each_other_what_they_claim(
    concept: str, labels: tuple[str, ...]
) -> None:
    rows = ({concept: 0.8, "us-gaap:Other": 0.2}, {concept: 0.7, "us-gaap:Another": 0.3})
    assert _shares(*rows, labels=labels) == list(rows)


def _features_of(label: str, *others: str, company: tuple[str, ...] = (), unit: str = "money") -> set[int]:
    """Return the numbers of what is seen of the last row called *label* among *others*."""
    labels = (*others,) if label in others else (*others, label)
    rows = [Seen(one, (), unit, "", "") for one in labels]
    seen = view("operations", rows, modern=True, company=company)
    place = len(labels) - 1 - labels[::-1].index(label)
    return {feature.number for feature in features(seen, place).of_place}


def test_it_is_seen_whether_noncontrolling_interests_stand_above_or_below_or_in_another_statement() -> None:
    minority = "Net income attributable to noncontrolling interest"
    above = _features_of("Net income", minority, "Net income")
    below = _features_of("Net income", "Net income", minority)
    elsewhere = _features_of("Net income", "Taxes", company=("noncontrolling",))
    nowhere = _features_of("Net income", "Taxes")
    assert len({frozenset(found) for found in (above, below, elsewhere, nowhere)}) == 4
    assert nowhere < elsewhere


def test_it_is_seen_which_total_comes_next() -> None:
    assert _features_of("Services", "Products", "Services", "Total revenues") != _features_of(
        "Services", "Products", "Services", "Total costs and expenses"
    )


def test_a_figure_per_share_is_seen_as_basic_or_diluted_as_said_last() -> None:
    rows = ("Basic earnings per share", "Discontinued operations", "Diluted earnings per share")
    first = _features_of("Discontinued operations", *rows, unit="per-share")
    second = _features_of("Discontinued operations", *rows, "Discontinued operations", unit="per-share")
    assert first != second


@pytest.mark.parametrize(
    ("weighed", "concept", "ground"),
    [
        (Weighed({}, Basis.ROW, None), "us-gaap:Assets", "row: no rule"),
        (Weighed({}, Basis.ROW, None), OWN, "row: own"),
        (Weighed({}, Basis.ROW, Said("x", "us-gaap:Assets", 1.0)), "us-gaap:Assets", "row: rule"),
        (Weighed({}, Basis.ROW, Said("x", "us-gaap:Assets", 1.0)), "us-gaap:Cash", "row: against a rule"),
        (Weighed({}, Basis.TODAY, Said("x", "us-gaap:Assets", 1.0)), "us-gaap:Assets", "label today: rule"),
        (Weighed({}, Basis.LABEL, Said("x", "us-gaap:Assets", 1.0)), "us-gaap:Assets", "label: rule"),
        (Weighed({}, Basis.TODAY, Said("x", "us-gaap:Assets", 1.0)), OWN, "label today: own"),
    ],
)
def test_a_share_is_set_right_by_what_it_rests_on(weighed: Weighed, concept: str, ground: str) -> None:
    assert ground_of(weighed, concept) == ground
    points = {ground: ((0.0, 0.0), (1.0, 0.5))}
    (option,) = ranked(points, weighed._replace(shares={concept: 0.8}))
    assert (option.confidence, option.share) == (0.4, 0.8)


def test_the_surest_option_is_the_first_whatever_it_rests_on() -> None:
    points = {"row: own": ((0.0, 0.0), (1.0, 0.5))}
    found = ranked(points, Weighed({OWN: 0.5, "us-gaap:Assets": 0.3}, Basis.ROW, None))
    assert [option.concept for option in found] == ["us-gaap:Assets", OWN]


def test_that_nothing_else_is_likelier_sets_the_first_option_right() -> None:
    points = {"first": ((0.0, 0.0), (0.4, 0.5), (1.0, 1.0))}
    found = ranked(points, Weighed({"us-gaap:Assets": 0.4, "us-gaap:Cash": 0.3}, Basis.ROW, None))
    assert [option.confidence for option in found] == [0.5, 0.3]
    assert ranked(points, Weighed({}, Basis.ROW, None)) == []


def test_a_concept_is_told_by_words_its_filers_use_and_by_how_many_use_it_without() -> None:
    weights = load_weights()
    assert weights is not None
    inventory, goodwill = (weights.places[f"us-gaap:{name}"] for name in ("InventoryNet", "Goodwill"))
    shown = habits(view("balance-sheet", [Seen("Inventories", (), "money", "?", "?")], modern=True), 0)
    stocks, other, own = of_habit(weights, shown, [inventory, goodwill, weights.places[OWN]])
    assert stocks[0] > 0 > other[0]
    assert set(own) == {0.0}
    assert of_habit(weights, shown, [inventory], own=inventory)[0] != stocks


def test_what_no_filer_shows_says_nothing() -> None:
    weights = load_weights()
    assert weights is not None
    shown = habits(view("balance-sheet", [Seen("Qwrtz", (), "money", "?", "?")], modern=True), 0)
    nothing = of_habit(weights, shown._replace(others=()), [weights.places["us-gaap:Goodwill"]])
    assert set(nothing[0]) == {0.0}


@pytest.mark.parametrize(
    ("own", "land", "ruled", "modern", "named"),
    [
        (0.6, 0.2, False, False, True),
        (0.6, 0.17, False, False, False),  # for each filer who says land, more than three make a concept of their own
        (0.6, 0.17, True, False, True),  # a rule says what the row is
        (0.0, 0.09, True, False, False),  # too few whatever the rule
        (0.5, 0.46, False, True, True),
        (0.5, 0.44, False, True, False),  # of today fewer filers are counted, and more must agree
    ],
)
def test_a_row_without_a_rule_is_named_as_enough_filers_do(
    own: float, land: float, ruled: bool, modern: bool, named: bool
) -> None:
    options = (Option(OWN, own, own), Option("us-gaap:Land", land, land))
    assert [option.concept for option in usual(options, ruled=ruled, modern=modern)] == ["us-gaap:Land"] * named


def test_facts_say_how_sure_they_are_and_what_else_filers_use() -> None:
    report = tagger.tag(TABLE)
    cash = next(fact for fact in report.facts if fact.label == "Cash and cash equivalents")
    assert cash.concept == "us-gaap:CashAndCashEquivalentsAtCarryingValue"
    assert cash.confidence is not None
    assert cash.confidence > 0.9
    equity = next(fact for fact in report.facts if fact.label == "Stockholders' equity")
    assert equity.alternatives
    shares = [share for _, share in equity.alternatives]
    assert shares == sorted(shares, reverse=True)


def test_a_row_among_the_assets_is_no_liability() -> None:
    report = tagger.tag(TABLE)
    deposits = next(fact for fact in report.facts if fact.label.startswith("Deposits with"))
    names = [deposits.concept, *(name for name, _ in deposits.alternatives)]
    assert {concept.balance for name in names if (concept := CATALOG.get(name)) is not None} <= {"debit"}


def test_a_rule_of_today_is_set_against_what_filers_call_its_label() -> None:
    """Where the label is common, its counts decide how sure a rule is; where nobody has it, the rule's own record does."""
    right = _options("Inventories, net", "Current assets", said=Said("x", "us-gaap:InventoryNet", 1.0))
    wrong = _options("Inventories, net", "Current assets", said=Said("x", "us-gaap:Goodwill", 1.0))
    assert right["us-gaap:InventoryNet"] > 0.8
    assert wrong["us-gaap:Goodwill"] < 0.3 < wrong["us-gaap:InventoryNet"]
    unknown = _options("Kelp in barrels", "Current assets", said=Said("x", "us-gaap:InventoryNet", 1.0))
    assert set(unknown) == {"us-gaap:InventoryNet"}


def test_a_row_whose_rule_the_year_lacks_is_named_as_filers_of_the_year_do() -> None:
    page = TABLE.replace("2024", "2010").replace("2023", "2009").replace("Inventories", "Due from affiliates")
    report = tagger.tag(page, taxonomy=2009)
    named = {fact.concept for fact in report.facts if fact.label.startswith("Due")}
    assert named == {"us-gaap:DueFromAffiliateCurrent"}
    (finding,) = (finding for finding in report.findings if finding.code == "concept-not-in-year")
    assert finding.message.endswith(f"it came in 2011: {named.pop()} is used")


def test_a_rule_of_a_pack_that_the_year_lacks_is_not_bettered(tmp_path: Path) -> None:
    (tmp_path / "harbour.yaml").write_text(
        """- id: harbour-goods
  concept: us-gaap:PrepaidExpenseAndOtherAssetsCurrent
  statement: balance-sheet
  rows: [deposits with harbour masters and pilots]
  matches: ["balance-sheet: Deposits with harbour masters and pilots"]
  skips: ["balance-sheet: Accrued liabilities"]
"""
    )
    page = TABLE.replace("2024", "2010").replace("2023", "2009")
    report = tagger.tag(page, rules=tmp_path, taxonomy=2009)
    named = {fact.concept for fact in report.facts if fact.label.startswith("Deposits")}
    assert named
    assert not any(name.startswith("us-gaap:") for name in named)


def test_what_is_less_sure_than_wanted_is_left_out_with_a_finding() -> None:
    report = tagger.tag(TABLE, min_confidence=0.9)
    assert all(fact.confidence is None or fact.confidence >= 0.9 for fact in report.facts)
    left = [finding for finding in report.findings if finding.code == "no-concept"]
    assert any("harbour masters" in finding.message for finding in left)
    assert "Total assets" in {fact.label for fact in report.facts}


BELOW = """<tr><td>{}</td><td>{}</td><td>{}</td></tr></table>"""


def _below(label: str, *figures: str) -> tuple[set[str], list[str]]:
    """Return the concepts of a row below the balance sheet, and what is found of it."""
    report = tagger.tag(TABLE.replace("</table>", BELOW.format(label, *figures)))
    named = {fact.concept for fact in report.facts if fact.label == label}
    return named, [finding.message for finding in report.findings if finding.code == "no-concept"]


@pytest.mark.parametrize(
    ("label", "figures", "told"),
    [
        ("Loans serviced for harbour masters", ("412", "398"), "stands below the end of the balance sheet"),
        ("Book value per share", ("12.34", "11.20"), "stands below the end of the balance sheet"),
        ("Number of piers", ("17", "16"), "stands below the end of the balance sheet"),
        ("Weighted average shares outstanding", ("4,824", "4,711"), "is no money (a count of shares)"),
    ],
)
def test_what_stands_below_a_balance_sheet_is_not_named_by_what_stands_in_one(
    label: str, figures: tuple[str, str], told: str
) -> None:
    named, (finding,) = _below(label, *figures)
    assert not named
    assert finding == f"{label!r} {told}, and neither a rule nor filers' use names it: not tagged"


def test_shares_and_what_a_rule_names_are_named_below_a_balance_sheet_too() -> None:
    assert _below("Ordinary shares outstanding", "4,824", "4,711") == ({"us-gaap:CommonStockSharesOutstanding"}, [])
    assert _below("Total debt", "40", "41") == ({"us-gaap:DebtLongtermAndShorttermCombinedAmount"}, [])


def test_a_balance_sheet_ends_below_its_assets_alone() -> None:
    report = tagger.tag(
        TABLE.replace("<td>Total assets", "<td>Harbour total").replace("</table>", BELOW.format("Piers held", 8, 9))
    )
    assert {fact.concept for fact in report.facts if fact.label == "Piers held"}


RESULTS = """<html><body><p>Harbour Tools Inc.<br>Condensed Consolidated Statements of Operations (in thousands, except per share data)</p>
<table><tr><td>Quarter ended</td><td>June 30, 2010</td><td>June 30, 2009</td></tr>
<tr><td>Net sales</td><td>500</td><td>450</td></tr><tr><td>Cost of sales</td><td>300</td><td>250</td></tr>
<tr><td>Freight</td><td>200</td><td>200</td></tr><tr><td>{}</td><td>{}</td><td>{}</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("label", "figures", "concept"),
    [
        ("Book value per share", ("12.34", "11.20"), None),
        ("Shareholders' equity per share", ("12.34", "11.20"), None),
        ("Cash dividends paid per share", ("0.34", "0.20"), "us-gaap:CommonStockDividendsPerShareCashPaid"),
        ("Profit per ordinary share", ("0.34", "0.20"), "us-gaap:EarningsPerShareBasic"),
        ("Per ordinary share", ("0.34", "0.20"), None),
        ("Rent per square foot", ("12.34", "11.20"), None),
        ("Exchange rate", ("1.34", "1.20"), None),
        ("Average units in harbours outstanding", ("1,340", "1,200"), "us-gaap:WeightedAverageLimitedPartnershipUnitsOutstanding"),
    ],
)  # fmt: skip
def test_what_is_no_money_is_named_by_the_words_of_filers_or_not_at_all(
    label: str, figures: tuple[str, str], concept: str | None
) -> None:
    report = tagger.tag(RESULTS.format(label, *figures), taxonomy=2009)
    assert {fact.concept for fact in report.facts if fact.label == label} == ({concept} if concept else set())
    left = [finding.message for finding in report.findings if finding.code == "no-concept"]
    assert any(label in message and "is no money" in message for message in left) == (concept is None)


def test_the_rows_above_tell_what_a_row_is_that_says_no_more_than_per_share() -> None:
    page = RESULTS.replace("<td>Freight", "<td>Dividends declared").format("Per ordinary share", "0.34", "0.20")
    named = {fact.concept for fact in tagger.tag(page, taxonomy=2009).facts if fact.label == "Per ordinary share"}
    assert named == {"us-gaap:CommonStockDividendsPerShareDeclared"}


def test_without_evidence_nothing_is_counted() -> None:
    assert {fact.confidence for fact in tagger.tag(TABLE, evidence=False).facts} == {None}


def test_a_rule_of_a_pack_wins_whatever_filers_do(tmp_path: Path) -> None:
    (tmp_path / "harbour.yaml").write_text(
        """- id: harbour-payables
  concept: us-gaap:AccountsPayableTradeCurrent
  statement: balance-sheet
  rows: [accounts payable]
  matches: ["balance-sheet: Accounts payable"]
  skips: ["balance-sheet: Accrued liabilities"]
"""
    )
    report = tagger.tag(TABLE, rules=tmp_path)
    payable = [fact for fact in report.facts if fact.label == "Accounts payable"]
    assert {fact.concept for fact in payable} == {"us-gaap:AccountsPayableTradeCurrent"}
    assert {fact.rule for fact in payable} == {"harbour-payables"}


def test_weights_of_another_version_are_refused() -> None:
    import msgspec

    with pytest.raises(ValueError, match="build them again"):
        read_weights(msgspec.msgpack.encode({"format": 0}))


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no"):
        tagger.tag(TABLE, evidence=tmp_path)


def test_the_taxonomy_of_the_document_is_that_of_its_period() -> None:
    assert tagger.tag(TABLE.replace("2024", "2012").replace("2023", "2011"), taxonomy="document").facts[0].concept
    report = tagger.tag(TABLE.replace("2024", "2005").replace("2023", "2004"), taxonomy="document")
    assert report.tagged.catalog_year == 2009


def write_data_set(path: Path, filings: int) -> Path:
    """Write a quarter of the data sets with *filings* of as many filers, all of one balance sheet."""
    rows = [
        ("Cash and equivalents", "CashAndCashEquivalentsAtCarryingValue"),
        ("Stocks of goods", "InventoryNet"),
        ("Total current assets", "AssetsCurrent"),
        ("Total assets", "Assets"),
    ]
    sub = ["adsh\tcik\tname\tform\tperiod"]
    pre = ["adsh\treport\tline\tstmt\tinpth\trfile\ttag\tversion\tplabel\tnegating"]
    for number in range(filings):
        sub.append(f"f{number}\t{1000 + number}\tFiler {number}\t10-Q\t20240331")
        for line, (label, name) in enumerate(rows, start=2):
            pre.append(f"f{number}\t2\t{line}\tBS\t0\tX\t{name}\tus-gaap/2024\t{label}\t0")
        pre.append(f"f{number}\t2\t9\tBS\t0\tX\tHarbourDues\tf{number}\tHarbour dues\t0")
        pre.append(f"f{number}\t3\t2\tBS\t1\tX\tTreasuryStockShares\tus-gaap/2024\tTreasury stock, shares\t0")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sub.txt", "\n".join(sub) + "\n")
        archive.writestr("pre.txt", "\n".join(pre) + "\n")
    return path


def test_a_quarter_of_the_data_sets_is_read_as_statements(tmp_path: Path) -> None:
    (filed,) = read_source(write_data_set(tmp_path / "2024q1.zip", 1))
    assert (filed.filer, filed.kind, filed.year) == ("1000", "balance-sheet", 2024)
    assert [row.concept for row in filed.rows][-2:] == ["us-gaap:Assets", OWN]
    assert filed.rows[0].headings == ("Assets", "Current assets")


def test_a_table_of_labels_is_read_as_statements(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv.gz"
    columns = "filer cik form period statement heading order label concept members taxonomy_year standard_label source"
    rows = [
        "Harbour\t77\t10-K\t20231231\tcash-flow\tOperating activities > Adjustments\t2\tDepreciation\tus-gaap:Depreciation\t\t2023\t\tx",
        "Harbour\t77\t10-K\t20231231\tcash-flow\tOperating activities\t1\tDues\thbr:Dues\t\t2023\t\tx",
    ]
    path.write_bytes(gzip.compress("\n".join([columns.replace(" ", "\t"), *rows]).encode()))
    (filed,) = read_source(path)
    assert [(row.label, row.concept) for row in filed.rows] == [("Dues", OWN), ("Depreciation", "us-gaap:Depreciation")]
    assert filed.rows[1].headings == ("Operating activities", "Adjustments")


def test_an_inline_filing_is_read_as_statements(tmp_path: Path) -> None:
    """A row that the filer gave no fact is known, and not learnt from; members are not learnt from either."""
    path = tmp_path / "filing.htm"
    tagger.tag(TABLE, entity="cik:0000000077").write(path)
    (filed,) = read_filed(path, load_rules())
    assert (filed.filer, filed.kind, filed.year) == ("77", "balance-sheet", 2024)
    named = {row.label: row.concept for row in filed.rows if row.plain}
    assert named["Total assets"] == "us-gaap:Assets"
    assert named["Deposits with harbour masters and pilots"] == OWN


def test_a_source_of_another_kind_is_read_by_its_name(tmp_path: Path) -> None:
    (filed,) = read_filed(write_data_set(tmp_path / "2024q1.zip", 1), load_rules())
    assert filed.filer == "1000"


def test_other_files_are_no_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ValueError, match="neither"):
        read_source(tmp_path / "a.txt")


def test_built_weights_name_what_they_were_built_from(tmp_path: Path) -> None:
    pytest.importorskip("scipy")
    from tagger.evidence.build import build_weights

    source = write_data_set(tmp_path / "2024q1.zip", 12)
    packed, told = build_weights([source], load_rules(), tell=lambda _: None)
    again, _ = build_weights([source], load_rules(), tell=lambda _: None)
    assert packed == again
    assert told["filers"] == 12
    (tmp_path / FILE).write_bytes(packed)
    report = tagger.tag(TABLE.replace("Inventories", "Stocks of goods"), evidence=tmp_path)
    goods = next(fact for fact in report.facts if fact.label == "Stocks of goods")
    assert (goods.concept, goods.rule) == ("us-gaap:InventoryNet", "evidence")


def test_the_built_in_weights_are_those_of_the_report() -> None:
    report = Path(__file__).parent.parent / "docs" / "evidence-report.json"
    if not report.is_file():
        pytest.skip("the report is part of the repository alone")
    weights = Path(tagger.__file__).parent / "data" / FILE
    assert json.loads(report.read_text())["sha256"] == hashlib.sha256(weights.read_bytes()).hexdigest()


def test_packed_weights_read_back() -> None:
    content = {
        "names": ["us-gaap:Assets", OWN],
        "kinds": "mi --",
        "words": ["asset", ""],
        "rarity": {"asset": 1.0},
        "numbers": [5],
        "filers": [12],
        "starts": [0, 1],
        "concepts": [0],
        "weights": [-3],
        "shares": [255],
        "priors": [0.5, 0.0],
        "modern_priors": [0.5, 0.0],
        "step": 0.1,
        "general": [0.0] * 30,
        "rules": {},
        "records": {"assets": 0.9},
        "calibration": {"own": [[0.0, 0.0], [1.0, 0.9]]},
        "spoken_numbers": [3],
        "spoken_starts": [0, 1],
        "spoken_words": [0],
        "spoken_weights": [10],
        "spoken_step": 0.5,
        "users": [12, 0],
        "habit_numbers": [word_number("asset")],
        "habit_starts": [0, 1],
        "habit_shares": [0.5],
        "habit_concepts": [0],
        "habit_filers": [9],
    }
    weights = read_weights(pack_weights(content))
    assert (weights.place(5), weights.place(6)) == ((0, 1), (0, 0))
    assert (weights.filers_of(5), weights.filers_of(6)) == (12, 0)
    assert weights.habit(word_number("asset")) == (0, 1, 0.5)
    assert weights.habit(7) == (0, 0, 0.0)
    assert (weights.spoken(3), weights.spoken(4)) == ({"asset": 5.0}, {})
    assert weights.calibration == {"own": ((0.0, 0.0), (1.0, 0.9))}
    assert (weights.weights[0], weights.names) == (-3, ("us-gaap:Assets", OWN))
