"""The extension taxonomy and its package: what tools need to know of the concepts, and nothing that contradicts them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from arelle_loading import load, rows
from steps import steps
from tagger.tagged import OutlineLine, OwnConcept, StatementOutline, Tagged
from tagger.values import Entity, Member
from tagger.writing import write
from tagger.writing.extension import Extension, write_extension
from tagger.writing.networks import LABEL, PERIOD_END, PERIOD_START, TOTAL, networks
from tagger.writing.package import write_package
from writing_cases import (
    BALANCE_SHEET,
    CASH,
    CLASS_A,
    CURRENT,
    MARCH,
    OTHER,
    QUARTER,
    RECEIVABLES,
    SEPTEMBER,
    SHARES,
    Facts,
    figures,
    tagged,
    text_release,
)

LINK = "{http://www.xbrl.org/2003/linkbase}"
XLINK = "{http://www.w3.org/1999/xlink}"
XS = "{http://www.w3.org/2001/XMLSchema}"


def file(extension: Extension, suffix: str) -> Any:
    return etree.fromstring(next(data for name, data in extension.files.items() if name.endswith(suffix)))


def arcs(extension: Extension, suffix: str, kind: str) -> list[tuple[str, str]]:
    root = file(extension, suffix)
    return [
        (arc.get(f"{XLINK}from"), arc.get(f"{XLINK}to").partition("-2")[0]) for arc in root.iter(f"{LINK}{kind}Arc")
    ]


def labels(extension: Extension) -> dict[tuple[str, str], str]:
    root = file(extension, "_lab.xml")
    return {
        (label.get(f"{XLINK}label").removeprefix("lab_").rpartition("_")[0], label.get(f"{XLINK}role")): label.text
        for label in root.iter(f"{LINK}label")
    }


def two_columns(*rows: tuple[str, str, str]) -> Tagged:
    """Make a balance sheet of *rows*: a concept with its figures at two dates."""
    text = "\n".join(f"{concept} {first} {second}" for concept, first, second in rows)
    found = Facts(text)
    for concept, first, second in rows:
        for printed, period in ((first, SEPTEMBER), (second, MARCH)):
            if printed:
                found.add(concept, printed, printed.replace(",", "") + "000", period=period)
    lines = tuple(OutlineLine(concept=concept, label=concept) for concept, _, _ in rows)
    total, *parts = (concept for concept, _, _ in reversed(rows))
    sheet = StatementOutline(
        kind="balance-sheet", title="Sheet", lines=lines, sums=((total, tuple((part, 1) for part in parts)),)
    )
    return tagged(found.facts, text=text, statements=(sheet,), own=())


def test_the_tree_follows_the_release() -> None:
    tree = networks(text_release())[0]
    heading = "hp:CurrentAssetsHeadingAbstract"
    assert [(branch.parent, branch.concept, branch.preferred) for branch in tree.branches] == [
        ("us-gaap:StatementLineItems", heading, LABEL),
        (heading, CASH, LABEL),
        (heading, RECEIVABLES, LABEL),
        (heading, OTHER, LABEL),
        (heading, CURRENT, TOTAL),
        ("us-gaap:StatementLineItems", "us-gaap:CommonStockSharesOutstanding", LABEL),
    ]
    assert tree.definition == "0000002 - Statement - CONDENSED BALANCE SHEETS"
    assert tree.root == "us-gaap:StatementOfFinancialPositionAbstract"


def test_every_fact_stands_in_a_tree() -> None:
    release = text_release()
    shown = {branch.concept for tree in networks(release) for branch in tree.branches}
    assert {fact.concept for fact in release.facts} <= shown


def test_a_line_without_a_fact_and_a_heading_without_lines_are_left_out() -> None:
    line = OutlineLine(concept="us-gaap:Goodwill", label="Goodwill", depth=1)
    heading = OutlineLine(concept=None, label="Other assets")
    sheet = replace(BALANCE_SHEET, lines=(*BALANCE_SHEET.lines, heading, line))
    assert networks(tagged(figures(text_release().document.text), statements=(sheet,))) == networks(text_release())


def test_labels_are_the_words_of_the_release() -> None:
    found = labels(write_extension(text_release(), "q2"))
    assert found["us-gaap_AssetsCurrent", LABEL] == "Total current assets"
    assert found["us-gaap_AssetsCurrent", TOTAL] == "Total current assets"
    assert found["hp_CurrentAssetsHeadingAbstract", LABEL] == "Current assets"
    assert found["us-gaap_StatementClassOfStockAxis", LABEL] == "Statement Class Of Stock [Axis]"
    assert found["hp_PledgedAssets", LABEL] == "Pledged assets"


def test_two_concepts_never_have_the_same_standard_label() -> None:
    text = "1 2"
    found = Facts(text)
    found.add("us-gaap:EarningsPerShareBasic", "1", "1", period=QUARTER, scale=0, decimals=0, unit=SHARES)
    found.add("us-gaap:WeightedAverageNumberOfSharesOutstandingBasic", "2", "2", period=QUARTER, scale=0, decimals=0, unit=SHARES)  # fmt: skip
    lines = (
        OutlineLine(concept="us-gaap:EarningsPerShareBasic", label="Basic"),
        OutlineLine(concept=None, label="Shares used:"),
        OutlineLine(concept="us-gaap:WeightedAverageNumberOfSharesOutstandingBasic", label="Basic", depth=1),
    )
    release = tagged(
        found.facts, text=text, statements=(StatementOutline(kind="operations", title="Ops", lines=lines),)
    )
    found_labels = labels(write_extension(release, "q2"))
    assert found_labels["us-gaap_EarningsPerShareBasic", LABEL] == "Basic"
    assert found_labels["us-gaap_WeightedAverageNumberOfSharesOutstandingBasic", LABEL] == "Shares used: Basic"


def test_a_sum_that_foots_is_written() -> None:
    parts = [(name.replace(":", "_"), 1) for name in (CASH, RECEIVABLES, OTHER)]
    found = arcs(write_extension(text_release(), "q2"), "_cal.xml", "calculation")
    assert found == [("us-gaap_AssetsCurrent", part) for part, _ in parts]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([(CASH, "1", "1"), (RECEIVABLES, "2", "2"), (CURRENT, "3", "5")], id="wrong in one column"),
        pytest.param([(CASH, "1", "1"), (RECEIVABLES, "2", ""), (CURRENT, "3", "3")], id="a part is missing somewhere"),
        pytest.param([(CASH, "1", ""), (RECEIVABLES, "", "2"), (CURRENT, "3", "3")], id="complete nowhere"),
        pytest.param([(CASH, "1", "1"), ("us-gaap:Liabilities", "2", "2"), (CURRENT, "3", "3")], id="against balances"),
        pytest.param([(CASH, "1", "1"), (CASH, "2", "2"), (CURRENT, "3", "3")], id="a part twice"),
    ],
)  # fmt: skip
def test_a_sum_that_does_not_hold_everywhere_is_not_written(rows: list[tuple[str, str, str]]) -> None:
    assert not any(name.endswith("_cal.xml") for name in write_extension(two_columns(*rows), "q2").files)


def test_sums_that_run_in_a_circle_are_not_written() -> None:
    release = two_columns((CASH, "1", "1"), (RECEIVABLES, "0", "0"), (CURRENT, "1", "1"))
    circle = ((CURRENT, ((CASH, 1), (RECEIVABLES, 1))), (CASH, ((CURRENT, 1), (RECEIVABLES, 1))))
    outline = replace(release.statements[0], sums=(*circle, circle[0], (CASH, ((CASH, 1),))))
    assert networks(replace(release, statements=(outline,)))[0].sums == circle[:1]


def test_weights_are_the_release_s_own_where_a_balance_is_not_known() -> None:
    release = two_columns(("hp:A", "5", "5"), ("hp:B", "2", "2"), ("hp:C", "3", "3"))
    own = tuple(
        OwnConcept(name=f"hp:{name}", type="monetaryItemType", period_type="instant", label=name) for name in "ABC"
    )
    sums = (("hp:C", (("hp:A", 1), ("hp:B", -1))),)
    outline = replace(release.statements[0], sums=sums)
    assert networks(replace(release, statements=(outline,), own=own))[0].sums == sums


def test_facts_that_contradict_each_other_make_no_sum() -> None:
    release = two_columns((CASH, "1", "1"), (RECEIVABLES, "2", "2"), (CURRENT, "3", "3"))
    other = replace(release.facts[0], id="other", value=release.facts[0].value + 5000)
    assert networks(replace(release, facts=(*release.facts, other)))[0].sums == ()


def test_a_total_without_its_parts_elsewhere_does_not_stop_a_sum() -> None:
    release = two_columns((CASH, "1", ""), (RECEIVABLES, "2", ""), (CURRENT, "3", "9"))
    assert len(networks(release)[0].sums) == 1


def test_statements_cost_what_they_hold_however_many_there_are() -> None:
    release = text_release()

    def taken(number: int) -> int:
        facts = tuple(replace(fact, id=f"{fact.id}-{copy}") for copy in range(number) for fact in release.facts)
        sheets = tuple(
            replace(sheet, title=f"{sheet.title} {copy}") for copy in range(number) for sheet in release.statements
        )
        copies = replace(release, facts=facts, statements=sheets)
        return steps(lambda: networks(copies))

    assert taken(80) - taken(40) == taken(120) - taken(80)


def test_a_statement_printed_twice_is_one_network() -> None:
    release = text_release()
    assert networks(replace(release, statements=release.statements * 2)) == networks(release)


def test_a_sum_off_by_rounding_is_written_and_consistent(tmp_path: Path) -> None:
    release = two_columns((CASH, "1", "1"), (RECEIVABLES, "2", "2"), (CURRENT, "4", "3"))
    path = write(release, tmp_path / "q2.htm")[0]
    assert (tmp_path / "q2_cal.xml").exists()
    assert load(path, [tmp_path / "q2-taxonomy.zip"]).complaints == ()


def test_a_weight_follows_from_the_balances() -> None:
    text = "10 4 6"
    found = Facts(text)
    for concept, printed in (("us-gaap:Revenues", "10"), ("us-gaap:CostOfRevenue", "4"), ("us-gaap:GrossProfit", "6")):
        found.add(concept, printed, f"{printed}000", period=QUARTER)
    lines = tuple(OutlineLine(concept=fact.concept, label=fact.concept) for fact in found.facts)
    sums = (("us-gaap:GrossProfit", (("us-gaap:Revenues", 1), ("us-gaap:CostOfRevenue", 1))),)
    outline = StatementOutline(kind="operations", title="Operations", lines=lines, sums=sums)
    tree = networks(tagged(found.facts, text=text, statements=(outline,), own=()))[0]
    assert tree.sums == (("us-gaap:GrossProfit", (("us-gaap:Revenues", 1), ("us-gaap:CostOfRevenue", -1))),)


def test_cash_at_both_ends_of_the_cash_flows_has_a_label_for_each(tmp_path: Path) -> None:
    text = "5 1 6"
    found = Facts(text)
    found.add(CASH, "5", "5000", period=MARCH)
    found.add("us-gaap:NetCashProvidedByUsedInOperatingActivities", "1", "1000", period=QUARTER)
    found.add(CASH, "6", "6000")
    lines = (
        OutlineLine(concept=CASH, label="Cash, beginning"),
        OutlineLine(concept=None, label="Flows"),
        OutlineLine(
            concept="us-gaap:NetCashProvidedByUsedInOperatingActivities", label="From operations", negated=True
        ),
        OutlineLine(concept=CASH, label="Cash, end"),
    )
    release = tagged(
        found.facts, text=text, statements=(StatementOutline(kind="cash-flow", title="Flows", lines=lines),)
    )
    found_labels = labels(write_extension(release, "q2"))
    assert found_labels["us-gaap_CashAndCashEquivalentsAtCarryingValue", PERIOD_START] == "Cash, beginning"
    assert found_labels["us-gaap_CashAndCashEquivalentsAtCarryingValue", PERIOD_END] == "Cash, end"
    path = write(release, tmp_path / "q2.htm")[0]
    assert load(path, [tmp_path / "q2-taxonomy.zip"]).complaints == ()


@pytest.mark.parametrize("year", [2009, 2010, 2012, 2016, 2018, 2020, 2021, 2022, 2025])
def test_every_year_loads(tmp_path: Path, year: int) -> None:
    release = tagged(figures(text_release().document.text), year=year)
    path = write(release, tmp_path / "q2.htm")[0]
    loaded = load(path, [tmp_path / "q2-taxonomy.zip"])
    assert loaded.complaints == ()
    assert loaded.facts == rows(release.facts)


def test_axes_and_members_of_the_filers_own_load(tmp_path: Path) -> None:
    text = "1 2"
    found = Facts(text)
    product = Member("srt:ProductOrServiceAxis", "hp:WidgetsMember")
    plant = Member("hp:PlantAxis", "hp:NorthMember")
    found.add("us-gaap:Revenues", "1", "1000", period=QUARTER, members=(product,))
    found.add("us-gaap:Revenues", "2", "2000", period=QUARTER, members=(product, plant))
    own = (
        OwnConcept(
            name="hp:WidgetsMember", type="domainItemType", period_type="duration", label="Widgets", abstract=True
        ),
        OwnConcept(name="hp:PlantAxis", type="stringItemType", period_type="duration", label="Plant", abstract=True),
    )
    release = tagged(found.facts, text=text, statements=(), own=own)
    path = write(release, tmp_path / "q2.htm")[0]
    loaded = load(path, [tmp_path / "q2-taxonomy.zip"])
    assert loaded.complaints == ()
    assert loaded.facts == rows(release.facts)


def test_a_member_is_valid_beside_facts_that_have_none(tmp_path: Path) -> None:
    text = "1 2"
    found = Facts(text)
    concept = "us-gaap:CommonStockSharesOutstanding"
    found.add(concept, "1", "1", unit=SHARES, scale=0, decimals=0, members=(CLASS_A,))
    found.add(concept, "2", "2", unit=SHARES, scale=0, decimals=0)
    path = write(tagged(found.facts, text=text, statements=(), own=()), tmp_path / "q2.htm")[0]
    assert load(path, [tmp_path / "q2-taxonomy.zip"]).complaints == ()


def test_a_release_without_facts_loads(tmp_path: Path) -> None:
    path = write(tagged((), statements=(), own=()), tmp_path / "q2.htm")[0]
    assert load(path, [tmp_path / "q2-taxonomy.zip"]).complaints == ()


def test_an_entity_that_is_not_known_loads(tmp_path: Path) -> None:
    nobody = Entity("http://tagger.example/entity-not-known", "not-known")
    facts = [replace(fact, entity=nobody) for fact in figures(text_release().document.text)]
    release = tagged(facts, entity=nobody)
    for suffix in ("htm", "json"):
        path = write(release, tmp_path / f"q2.{suffix}")[0]
        loaded = load(path, [tmp_path / "q2-taxonomy.zip"])
        assert loaded.complaints == ()
        assert loaded.facts == rows(release.facts)


def test_only_whole_addresses_are_mapped_so_that_all_other_official_files_stay_reachable() -> None:
    release = text_release()
    archive = zipfile.ZipFile(io.BytesIO(write_package(release, write_extension(release, "q2"), "q2")))
    catalog = etree.fromstring(archive.read("q2-taxonomy/META-INF/catalog.xml"))
    starts = [element.get("uriStartString") for element in catalog]
    assert starts == ["https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd"]
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_package_declares_what_is_used_and_no_more() -> None:
    release = text_release()
    archive = zipfile.ZipFile(io.BytesIO(write_package(release, write_extension(release, "q2"), "q2")))
    schema = etree.fromstring(archive.read("q2-taxonomy/official/us-gaap-2024.xsd"))
    names = {element.get("name") for element in schema.iter(f"{XS}element")}
    assert "AssetsCurrent" in names
    assert "Liabilities" not in names
    assert schema.get("targetNamespace") == "http://fasb.org/us-gaap/2024"


def test_a_taxonomy_that_the_year_does_not_have_is_refused() -> None:
    found = Facts("1")
    found.add("us-gaap:Revenues", "1", "1", period=QUARTER, members=(Member("srt:ProductOrServiceAxis", "us-gaap:ProductMember"),))  # fmt: skip
    with pytest.raises(ValueError, match="no taxonomy of 2012 is known by the prefix 'srt'"):
        write_extension(tagged(found.facts, text="1", statements=(), own=(), year=2012), "q2")


def test_a_concept_that_no_schema_has_is_refused() -> None:
    found = Facts("1")
    found.add("us-gaap:MadeUpThing", "1", "1")
    with pytest.raises(ValueError, match="us-gaap:MadeUpThing is neither in the 2024 catalog nor"):
        write_extension(tagged(found.facts, text="1", statements=(), own=()), "q2")


@pytest.mark.parametrize("name", ["Assets", "hp:", "hp:2Plants", "hp:A B", "hp:a:b"])
def test_a_name_that_xml_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name of a concept"):
        OwnConcept(name=name, type="monetaryItemType", period_type="instant", label="A")


def test_labels_and_titles_with_characters_that_xml_cannot_hold_load(tmp_path: Path) -> None:
    lines = tuple(replace(line, label=f"\x01{line.label}\uffff & <more>") for line in BALANCE_SHEET.lines)
    sheet = replace(BALANCE_SHEET, title="Balance\f & sheet\x02", lines=lines)
    path = write(tagged(figures(text_release().document.text), statements=(sheet,)), tmp_path / "q2.htm")[0]
    assert load(path, [tmp_path / "q2-taxonomy.zip"]).complaints == ()


@pytest.mark.parametrize("prefix", ["us-gaap", "XBRLI", "1abc", "a b", ""])
def test_a_prefix_that_means_something_else_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="cannot be the prefix"):
        replace(text_release(), prefix=prefix)


@pytest.mark.parametrize("namespace", ["", "hp", "http://", "http://a.example/ b", "http://a.example/"])
def test_a_namespace_that_is_no_address_is_refused(namespace: str) -> None:
    with pytest.raises(ValueError, match="cannot be a namespace"):
        replace(text_release(), namespace=namespace)
