"""Reports compared: with one another, and with the filing that followed a release."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tagger import selection
from tagger.comparing import Status, Verdict, diff, grade
from tagger.comparing.expected import figures, stands
from tagger.comparing.grading import alternatives
from tagger.comparing.numbers import agree
from tagger.data import load_json
from tagger.loading import LoadedFact, LoadedReport
from tagger.taxonomies import load_catalog
from tagger.values import Duration, Entity, Instant, Member, Period, Unit, money, per_share
from writing_cases import text_release

ENTITY = Entity("http://www.sec.gov/CIK", "0000012345")
QUARTER = Duration(dt.date(2024, 4, 1), dt.date(2024, 6, 30))
USD = money("USD")
JUNE = Instant(dt.date(2024, 6, 30))
CLASS_A = Member("us-gaap:StatementClassOfStockAxis", "us-gaap:CommonClassAMember")


@dataclass
class Facts:
    """Makes facts, each with an id of its own."""

    count: int = 0

    def __call__(
        self,
        concept: str,
        value: str | None,
        *,
        period: Period | None = QUARTER,
        unit: Unit | None = USD,
        decimals: int | None = -3,
        members: tuple[Member, ...] = (),
        text: str = "",
        table: int | None = None,
    ) -> LoadedFact:
        self.count += 1
        number = None if value is None else value if unit is None else Decimal(value)
        return LoadedFact(
            id=f"f{self.count}", concept=concept, entity=ENTITY, period=period, value=number, unit=unit,
            decimals=decimals if unit else None, members=members, text=text, table=table,
        )  # fmt: skip


fact = Facts()


def report(*facts: LoadedFact) -> LoadedReport:
    return LoadedReport(facts=selection.Facts(facts), namespaces={})


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        (fact("us-gaap:Revenues", "2946000"), fact("us-gaap:Revenues", "2946000", decimals=0), Status.SAME),
        (fact("us-gaap:Revenues", "2946000"), fact("us-gaap:Revenues", "2900000", decimals=-5), Status.ROUNDED),
        (fact("us-gaap:Revenues", "2946000"), fact("us-gaap:Revenues", "2900000"), Status.DIFFERENT),
        (fact("us-gaap:Revenues", "2946000"), fact("us-gaap:Revenues", None), Status.DIFFERENT),
        (fact("dei:X", "a  b", unit=None), fact("dei:X", "a b\n", unit=None), Status.SAME),
        (fact("dei:X", "a", unit=None), fact("dei:X", "b", unit=None), Status.DIFFERENT),
    ],
)
def test_two_statements_of_a_thing_are_the_same_rounded_or_different(
    left: LoadedFact, right: LoadedFact, status: Status
) -> None:
    (found,) = diff(report(left), report(right))
    assert (found.status, found.left, found.right, found.concept) == (status, left, right, left.concept)


@pytest.mark.parametrize(
    "other",
    [
        fact("us-gaap:Assets", "1"),
        fact("us-gaap:Revenues", "1", period=JUNE),
        fact("us-gaap:Revenues", "1", unit=money("EUR")),
        fact("us-gaap:Revenues", "1", members=(CLASS_A,)),
    ],
)
def test_what_only_one_report_says_is_told_apart(other: LoadedFact) -> None:
    found = diff(report(fact("us-gaap:Revenues", "1")), report(other))
    assert [difference.status for difference in found] == [Status.LEFT, Status.RIGHT]
    assert found[1].period == other.period


def test_of_statements_repeated_the_most_exact_counts() -> None:
    prose, row = fact("us-gaap:Revenues", "2900000", decimals=-5), fact("us-gaap:Revenues", "2946000")
    (found,) = diff(report(prose, row), report(fact("us-gaap:Revenues", "2946000")))
    assert (found.status, found.left) == (Status.SAME, row)


def test_a_report_just_tagged_compares_with_itself() -> None:
    assert {difference.status for difference in diff(text_release(), text_release())} == {Status.SAME}


@given(value=st.integers(-(10**9), 10**9), places=st.integers(-6, 0))
def test_a_number_agrees_with_its_own_rounding(value: int, places: int) -> None:
    exact = Decimal(value)
    rounded = exact.quantize(Decimal(1).scaleb(-places)) if places else exact
    assert agree(exact, rounded, (0, places))
    assert agree(rounded, exact, (places, None))
    assert not agree(exact, exact + Decimal(11).scaleb(-places), (places, 0))


FILING = report(
    fact("us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax", "2946000"),
    fact("us-gaap:NetIncomeLoss", "-500000"),
    fact("us-gaap:EarningsPerShareBasic", "-0.10", unit=per_share("USD"), decimals=2),
    fact("us-gaap:OtherAssetsCurrent", "77000", period=JUNE),
    fact("us-gaap:Revenues", "1000000", members=(CLASS_A,)),
)


@pytest.mark.parametrize(
    ("tagged", "verdict"),
    [
        (fact("us-gaap:NetIncomeLoss", "-500000"), Verdict.CONFIRMED),
        (fact("us-gaap:NetIncomeLoss", "-500000", period=Duration(dt.date(2024, 3, 27), dt.date(2024, 6, 30))), Verdict.CONFIRMED),
        (fact("us-gaap:Revenues", "2900000", decimals=-5), Verdict.CONFIRMED),
        (fact("us-gaap:Revenues", "1000000", members=(CLASS_A,)), Verdict.CONFIRMED),
        (fact("us-gaap:NetIncomeLoss", "500000"), Verdict.CONTRADICTED),
        (fact("us-gaap:InventoryNet", "77000", period=JUNE), Verdict.MISNAMED),
        (fact("us-gaap:InventoryNet", "78000", period=JUNE), Verdict.UNKNOWN),
        (fact("us-gaap:NetIncomeLoss", "-500000", period=Duration(dt.date(2024, 1, 1), dt.date(2024, 6, 30))), Verdict.UNKNOWN),
        (fact("us-gaap:InventoryNet", "0", period=JUNE), Verdict.UNKNOWN),
        (fact("hp:Own", "77000", period=JUNE), Verdict.OWN),
    ],
)  # fmt: skip
def test_the_filing_judges_each_fact(tagged: LoadedFact, verdict: Verdict) -> None:
    (found,) = grade(report(tagged), FILING).facts
    assert found.verdict is verdict


def test_a_concept_as_good_is_confirmed_but_has_not_the_same_name() -> None:
    good, same = grade(
        report(fact("us-gaap:Revenues", "2946000"), fact("us-gaap:NetIncomeLoss", "-500000")), FILING
    ).facts
    assert (good.same_name, same.same_name) == (False, True)


def test_figures_repeated_count_once_and_texts_not_at_all() -> None:
    twice = report(
        fact("us-gaap:NetIncomeLoss", "-500000"),
        fact("us-gaap:NetIncomeLoss", "-500000"),
        fact("dei:X", "x", unit=None),
    )
    assert grade(twice, FILING).count(Verdict.CONFIRMED) == 1


def test_shares_are_of_what_can_be_checked() -> None:
    tagged = report(
        fact("us-gaap:NetIncomeLoss", "-500000"),
        fact("us-gaap:InventoryNet", "77000", period=JUNE),
        fact("hp:Own", "1"),
    )
    assert grade(tagged, FILING).right == 0.5
    assert grade(report(), FILING).right is None
    assert grade(tagged, FILING).recall is None


def test_what_the_statements_and_the_release_both_print_is_wanted() -> None:
    text = "Revenue 2,946; net loss (500); per share (0.10); other assets 76"
    found = grade(
        report(fact("us-gaap:Revenues", "2946000"), fact("us-gaap:NetIncomeLoss", "-400000")), FILING, text=text
    )
    assert [wanted.concept.partition(":")[2][:7] for wanted in found.wanted] == ["Revenue", "NetInco", "Earning"]
    assert [missed.concept for missed in found.missed] == ["us-gaap:NetIncomeLoss", "us-gaap:EarningsPerShareBasic"]
    assert found.recall == pytest.approx(1 / 3)


def test_only_the_first_of_each_primary_statement_is_wanted() -> None:
    names = ["Assets", "LiabilitiesAndStockholdersEquity", *(f"Item{number}" for number in range(20))]
    rows = [fact(f"us-gaap:{name}", f"{1000 + n}", text=f"{1000 + n:,}", table=3) for n, name in enumerate(names)]
    again = [replace(row, table=9, id=f"{row.id}b", value=Decimal(5555), text="5,555") for row in rows]
    small = [fact("us-gaap:Goodwill", "8888", text="8,888", table=1)]
    found = grade(report(), report(*small, *rows, *again), text="1,000 1,001 5,555 8,888")
    assert [wanted.concept for wanted in found.wanted] == ["us-gaap:Assets", "us-gaap:LiabilitiesAndStockholdersEquity"]
    assert found.recall == 0


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["NetCashProvidedByUsedInOperatingActivities", "NetCashProvidedByUsedInInvestingActivities"], True),
        (["EarningsPerShareBasic", "NetIncomeLoss", "GrossProfit"], True),
        (["NetIncomeLoss", "GrossProfit"], False),
    ],
)
def test_a_statement_is_known_by_what_stands_in_it(names: list[str], wanted: bool) -> None:
    names = [*names, *(f"Item{number}" for number in range(20))]
    rows = [fact(f"us-gaap:{name}", f"{1000 + n}", text=f"{1000 + n:,}", table=3) for n, name in enumerate(names)]
    assert bool(grade(report(), report(*rows), text="1,000").wanted) is wanted


def test_a_figure_of_few_digits_stands_in_any_text() -> None:
    assert not stands(fact("us-gaap:Assets", "42000"), figures("42"))
    assert not stands(fact("us-gaap:Assets", None), figures("42"))


def test_kin_are_concepts_that_there_are() -> None:
    catalog = load_catalog(2024)
    names = {name for group in load_json("alternatives")["groups"] for name in group}
    assert not sorted(name for name in names if catalog.find(f"us-gaap:{name}") is None)
    assert alternatives("us-gaap:Assets") == {"Assets"}
