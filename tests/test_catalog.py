"""The catalog says what the public taxonomies say, in every year."""

from __future__ import annotations

import csv
import runpy
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CORPUS
from tagger.catalog import YEARS, Catalog, Concept, Namespace, load_catalog
from tagger.catalog.calculations import Arc
from tagger.catalog.tables import Tables, builtin_tables

REFERENCE = CORPUS.parent / "taxonomy"
TABLES = Path(__file__).resolve().parents[1] / "taxonomy"
needs_reference = pytest.mark.skipif(not REFERENCE.exists(), reason="the reference taxonomies are not here")


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _concept(name: str, year: int = 2024) -> Concept:
    found = load_catalog(year).get(name)
    assert found is not None, name
    return found


# --- what a concept is


@pytest.mark.parametrize(
    ("name", "type_name", "period_type", "balance", "unit_kind"),
    [
        ("us-gaap:Assets", "monetaryItemType", "instant", "debit", "money"),
        ("us-gaap:Revenues", "monetaryItemType", "duration", "credit", "money"),
        ("us-gaap:NetCashProvidedByUsedInOperatingActivities", "monetaryItemType", "duration", None, "money"),
        ("us-gaap:EarningsPerShareDiluted", "perShareItemType", "duration", None, "per-share"),
        ("us-gaap:CommonStockParOrStatedValuePerShare", "perShareItemType", "instant", None, "per-share"),
        ("us-gaap:CommonStockSharesAuthorized", "sharesItemType", "instant", None, "shares"),
        ("us-gaap:WeightedAverageNumberOfDilutedSharesOutstanding", "sharesItemType", "duration", None, "shares"),
        ("us-gaap:EffectiveIncomeTaxRateContinuingOperations", "percentItemType", "duration", None, "percent"),
        ("us-gaap:AllowanceForDoubtfulAccountsReceivableCurrent", "monetaryItemType", "instant", "credit", "money"),
        ("us-gaap:RevenueRemainingPerformanceObligation", "monetaryItemType", "instant", "credit", "money"),
        ("us-gaap:AllocatedShareBasedCompensationExpense", "monetaryItemType", "duration", "debit", "money"),
        ("us-gaap:InterestAndDividendIncomeOperating", "monetaryItemType", "duration", "credit", "money"),
        ("us-gaap:PremiumsEarnedNet", "monetaryItemType", "duration", "credit", "money"),
        ("dei:EntityCommonStockSharesOutstanding", "sharesItemType", "instant", None, "shares"),
        ("dei:EntityRegistrantName", "normalizedStringItemType", "duration", None, "text"),
    ],
)
def test_attributes_are_those_of_the_schema(
    name: str, type_name: str, period_type: str, balance: str | None, unit_kind: str
) -> None:
    concept = _concept(name)
    assert (concept.type, concept.period_type, concept.balance) == (type_name, period_type, balance)
    assert (concept.unit_kind, concept.abstract, concept.numeric) == (unit_kind, False, unit_kind != "text")


@pytest.mark.parametrize(
    "name",
    [
        "us-gaap:StatementClassOfStockAxis",
        "us-gaap:CommonClassAMember",
        "us-gaap:IncomeStatementLocationAxis",
        "us-gaap:CostOfSalesMember",
        "srt:ProductOrServiceAxis",
        "us-gaap:ServiceMember",
        "country:US",
    ],
)
def test_an_axis_or_member_carries_no_figure(name: str) -> None:
    assert _concept(name).abstract
    assert not _concept(name).numeric


def test_a_concept_cannot_be_built_with_a_made_up_period_type() -> None:
    with pytest.raises(ValueError, match="a period type is instant or duration"):
        Concept(name="us-gaap:A", type="x", period_type="month", balance=None, abstract=False, first=2009, last=None)


def test_a_concept_cannot_be_built_with_a_made_up_balance() -> None:
    with pytest.raises(ValueError, match="a balance is debit or credit"):
        Concept(
            name="us-gaap:A", type="x", period_type="instant", balance="left", abstract=False, first=2009, last=None
        )


def test_an_element_id_is_what_linkbases_point_to() -> None:
    assert _concept("us-gaap:Assets").element_id == "us-gaap_Assets"
    assert _concept("us-gaap:Assets").local_name == "Assets"


# --- years


@pytest.mark.parametrize("year", YEARS)
def test_every_year_loads_with_its_statements(year: int) -> None:
    catalog = load_catalog(year)
    assert {"us-gaap:Assets", "us-gaap:Liabilities", "us-gaap:NetIncomeLoss"} <= set(catalog.names())
    assert catalog.children("us-gaap:Assets")
    assert catalog.namespaces("us-gaap") is not None
    assert load_catalog(year) is catalog


@pytest.mark.parametrize("year", [2008, 2026])
def test_a_year_outside_the_tables_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=f"2009 to 2025, not of {year}"):
        load_catalog(year)


def test_a_concept_says_when_it_went() -> None:
    found = load_catalog(2024).find("us-gaap:SalesRevenueNet")
    assert found is not None
    assert (found.last, found.deprecated) == (2020, 2018)
    assert load_catalog(2024).get("us-gaap:SalesRevenueNet") is None
    assert load_catalog(2017).get("us-gaap:SalesRevenueNet") is not None


def test_a_deprecated_concept_is_in_the_schema_but_not_to_be_used() -> None:
    catalog = load_catalog(2019)
    assert catalog.get("us-gaap:SalesRevenueNet") is not None
    assert not catalog.available("us-gaap:SalesRevenueNet")
    assert catalog.available("us-gaap:SalesRevenueNet", 2017)


def test_a_concept_is_not_there_before_its_first_year() -> None:
    name = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
    assert load_catalog(2009).get(name) is None
    assert load_catalog(2024).available(name)


def test_a_deprecation_that_was_taken_back_does_not_last() -> None:
    assert not load_catalog(2009).available("us-gaap:CommitmentsAndContingencies")
    assert load_catalog(2024).available("us-gaap:CommitmentsAndContingencies")


def test_attributes_are_those_of_the_year() -> None:
    name = "us-gaap:CashAndCashEquivalentsPeriodIncreaseDecrease"
    assert _concept(name, 2009).balance is None
    assert _concept(name, 2010).balance is None
    assert _concept(name, 2011).balance == "debit"


@pytest.mark.parametrize(
    "name", ["us-gaap:Revenuess", "Revenues", "us-gaap:", "", "acme:Revenues", "us-gaap:srt:RangeAxis"]
)
def test_an_unknown_name_is_none(name: str) -> None:
    catalog = load_catalog(2024)
    assert catalog.get(name) is None
    assert catalog.find(name) is None
    assert catalog.successor(name) is None
    assert catalog.current(name) is None
    assert not catalog.available(name)
    assert catalog.children(name) == catalog.parents(name) == ()
    assert catalog.axis(name) is None


@given(st.text(max_size=30))
def test_no_name_at_all_makes_it_fail(name: str) -> None:
    found = load_catalog(2024).get(name)
    assert found is None or found.name == name


# --- successors


@pytest.mark.parametrize(
    ("year", "name", "successor"),
    [
        (2024, "us-gaap:ProductOrServiceAxis", "srt:ProductOrServiceAxis"),
        (2015, "srt:ProductOrServiceAxis", "us-gaap:ProductOrServiceAxis"),
        (2024, "us-gaap:StatementGeographicalAxis", "srt:StatementGeographicalAxis"),
        (2024, "us-gaap:SalesRevenueNet", None),
        (2024, "us-gaap:Assets", None),
    ],
)
def test_a_successor_is_named_where_there_is_just_one(year: int, name: str, successor: str | None) -> None:
    assert load_catalog(year).successor(name) == successor


def test_successors_are_followed_until_one_is_in_use() -> None:
    rows = ("A,sharesItemType,instant,,,2009,2012,2011,B", "B,sharesItemType,instant,,,2011,2015,2013,C")
    catalog = _invented(2020, *rows, "C,sharesItemType,instant,,,2013,,,")
    assert catalog.successor("us-gaap:A") == "us-gaap:C"
    assert catalog.current("us-gaap:C") == "us-gaap:C"


def test_concepts_that_replace_each_other_end_nowhere() -> None:
    rows = ("A,sharesItemType,instant,,,2009,2012,2011,B", "B,sharesItemType,instant,,,2009,2012,2011,A")
    assert _invented(2020, *rows).successor("us-gaap:A") is None


def test_a_concept_that_was_split_has_no_single_successor() -> None:
    rows = ("A,sharesItemType,instant,,,2009,2012,2011,B C", "B,sharesItemType,instant,,,2011,,,")
    assert _invented(2020, *rows, "C,sharesItemType,instant,,,2011,,,").successor("us-gaap:A") is None


def _invented(year: int, *rows: str) -> Catalog:
    concepts = {f"us-gaap:{row.partition(',')[0]}": row for row in rows}
    tables = Tables(concepts=concepts, changes={}, namespaces={}, calculations=lambda: (), axes=dict)
    return Catalog(year=year, tables=tables)


# --- names close to a wrong one


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("us-gaap:Revenuess", "us-gaap:Revenues"),
        ("us-gaap:EarningPerShareBasic", "us-gaap:EarningsPerShareBasic"),
        ("us-gaap:StockHoldersEquity", "us-gaap:StockholdersEquity"),
        ("Assets", "us-gaap:Assets"),
        ("us-gaap:ProductOrServiceAxis", "srt:ProductOrServiceAxis"),
    ],
)
def test_a_wrong_name_brings_the_right_one(wrong: str, meant: str) -> None:
    assert meant in load_catalog(2024).suggest(wrong)


def test_nothing_is_suggested_for_what_looks_like_no_name() -> None:
    assert load_catalog(2024).suggest("qqqq") == ()


# --- sums


def test_a_sum_knows_its_summands_and_they_know_it() -> None:
    catalog = load_catalog(2024)
    arc = Arc(role="StatementOfIncome", parent="us-gaap:GrossProfit", child="us-gaap:CostOfRevenue", weight=-1)
    assert arc in catalog.children("us-gaap:GrossProfit")
    assert arc in catalog.parents("us-gaap:CostOfRevenue")


def test_a_weight_is_one_or_minus_one() -> None:
    with pytest.raises(ValueError, match="a weight is 1 or -1"):
        Arc(role="r", parent="us-gaap:A", child="us-gaap:B", weight=0)


@pytest.mark.parametrize("year", [2009, 2012, 2017, 2020, 2024, 2025])
def test_weights_obey_balances_and_summands_exist(year: int) -> None:
    catalog = load_catalog(year)
    # Amounts of insurance in force are in no schema we could read.
    arcs = [arc for arc in _all_arcs(catalog) if "LifeInsuranceInForce" not in arc.parent]
    assert len(arcs) > 2000
    for arc in arcs:
        parent, child = catalog.get(arc.parent), catalog.get(arc.child)
        assert parent is not None, arc
        assert child is not None, arc
        assert parent.period_type == child.period_type, arc
        if parent.balance and child.balance:
            assert (parent.balance == child.balance) == (arc.weight == 1), arc


def _all_arcs(catalog: Catalog) -> Iterator[Arc]:
    for row in {row.split(",", 2)[1] for row in builtin_tables().calculations()}:
        yield from catalog.children(row if ":" in row else f"us-gaap:{row}")


# --- axes and namespaces


@pytest.mark.parametrize(
    ("axis", "member"),
    [
        ("us-gaap:IncomeStatementLocationAxis", "us-gaap:CostOfSalesMember"),
        ("us-gaap:IncomeStatementLocationAxis", "us-gaap:ResearchAndDevelopmentExpenseMember"),
        ("us-gaap:IncomeStatementLocationAxis", "us-gaap:SellingGeneralAndAdministrativeExpensesMember"),
        ("srt:ProductOrServiceAxis", "us-gaap:ProductMember"),
        ("srt:ProductOrServiceAxis", "us-gaap:ServiceMember"),
        ("us-gaap:StatementClassOfStockAxis", "us-gaap:CommonClassBMember"),
        ("us-gaap:StatementEquityComponentsAxis", "us-gaap:RetainedEarningsMember"),
        ("srt:StatementGeographicalAxis", "srt:EuropeMember"),
        ("srt:StatementGeographicalAxis", "country:CN"),
    ],
)
def test_an_axis_has_its_members(axis: str, member: str) -> None:
    found = load_catalog(2024).axis(axis)
    assert found is not None
    assert member in found.members


def test_an_axis_has_no_member_that_its_year_lacks() -> None:
    catalog = load_catalog(2024)
    axis = catalog.axis("us-gaap:IncomeStatementLocationAxis")
    assert axis is not None
    assert all(catalog.get(member) for member in axis.members)
    assert load_catalog(2024).axis("us-gaap:ProductOrServiceAxis") is None


@pytest.mark.parametrize(
    ("year", "prefix", "uri", "schema"),
    [
        (
            2009,
            "us-gaap",
            "http://xbrl.us/us-gaap/2009-01-31",
            "http://taxonomies.xbrl.us/us-gaap/2009/elts/us-gaap-2009-01-31.xsd",
        ),
        (
            2016,
            "us-gaap",
            "http://fasb.org/us-gaap/2016-01-31",
            "http://xbrl.fasb.org/us-gaap/2016/elts/us-gaap-2016-01-31.xsd",
        ),
        (
            2021,
            "us-gaap",
            "http://fasb.org/us-gaap/2021-01-31",
            "https://xbrl.fasb.org/us-gaap/2021/elts/us-gaap-2021-01-31.xsd",
        ),
        (2024, "us-gaap", "http://fasb.org/us-gaap/2024", "https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd"),
        (2024, "srt", "http://fasb.org/srt/2024", "https://xbrl.fasb.org/srt/2024/elts/srt-2024.xsd"),
        (2024, "dei", "http://xbrl.sec.gov/dei/2024", "https://xbrl.sec.gov/dei/2024/dei-2024.xsd"),
        (2016, "dei", "http://xbrl.sec.gov/dei/2014-01-31", "http://xbrl.sec.gov/dei/2014/dei-2014-01-31.xsd"),
        (2018, "dei", "http://xbrl.sec.gov/dei/2018-01-31", "https://xbrl.sec.gov/dei/2018/dei-2018-01-31.xsd"),
    ],
)
def test_a_prefix_has_the_namespace_of_its_year(year: int, prefix: str, uri: str, schema: str) -> None:
    assert load_catalog(year).namespaces(prefix) == Namespace(uri, schema)


def test_srt_begins_in_2018() -> None:
    assert load_catalog(2017).namespaces("srt") is None
    assert load_catalog(2018).namespaces("srt") is not None


@pytest.mark.parametrize("year", YEARS)
def test_every_prefix_in_use_has_a_namespace(year: int) -> None:
    catalog = load_catalog(year)
    prefixes = {name.partition(":")[0] for name in catalog.names()}
    assert {prefix for prefix in prefixes if catalog.namespaces(prefix) is None} == set()


# --- the tables themselves


@pytest.mark.parametrize("table", ["concepts", "related", "changes", "calculations", "axes", "namespaces"])
def test_a_table_is_sorted_plain_and_without_doubles(table: str) -> None:
    text = (TABLES / f"{table}.csv").read_text("utf-8")
    head, *rows = text.splitlines()
    cells = [row.split(",") for row in rows]
    assert '"' not in text
    assert {len(row) for row in cells} == {len(head.split(","))}
    assert cells == sorted(cells)
    assert len(set(rows)) == len(rows)


@needs_reference
def test_every_attribute_is_that_of_the_reference() -> None:
    reference = {f"us-gaap:{row['name']}": row for row in _table(REFERENCE / "concepts.csv")}
    catalog = load_catalog(2024)
    ours = [name for name in catalog.tables.concepts if name.startswith("us-gaap:")]
    assert len(ours) > 5000
    for name in ours:
        found, row = catalog.find(name), reference[name]
        assert found is not None
        assert (found.type, found.period_type, found.balance or "", found.abstract) == (
            row["type"].rpartition(":")[2],
            row["period_type"],
            row["balance"],
            row["abstract"] == "true",
        ), name
        years = (str(found.first), str(found.last or 2025), str(found.deprecated or ""))
        assert years == (row["first_year"], row["last_year"], row["deprecated_in"]), name
        assert [other.removeprefix("us-gaap:") for other in found.replaced_by] == row["replaced_by"].split(), name


@needs_reference
@pytest.mark.parametrize("year", [2024, 2025])
def test_every_sum_is_that_of_the_reference(year: int) -> None:
    sums: dict[tuple[str, str], list[tuple[float, str, int]]] = defaultdict(list)
    for row in _table(REFERENCE / "statement-calculations.csv"):
        if row["year"] == str(year) and not row["role"].startswith("EBP"):
            ends = (row[end] if ":" in row[end] else f"us-gaap:{row[end]}" for end in ("parent", "child"))
            parent, child = ends
            sums[row["role"], parent].append((float(row["order"]), child, int(float(row["weight"]))))
    catalog = load_catalog(year)
    ours: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for arc in _all_arcs(catalog):
        ours[arc.role, arc.parent].append((arc.child, arc.weight))
    assert {key: sorted((child, weight) for _, child, weight in arcs) for key, arcs in sums.items()} == {
        key: sorted(arcs) for key, arcs in ours.items()
    }


@needs_reference
def test_the_tables_are_what_the_script_writes(tmp_path: Path) -> None:
    runpy.run_path(str(TABLES / "build.py"))["main"]([str(REFERENCE), "--into", str(tmp_path)])
    for table in tmp_path.iterdir():
        assert table.read_bytes() == (TABLES / table.name).read_bytes(), table.name
