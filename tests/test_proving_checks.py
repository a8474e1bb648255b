"""What contradicts itself is said; what agrees is proven, with an equation and the other facts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from msgspec.structs import replace

import tagger
from statement_cases import OPERATIONS, RELEASE, laid_out, table
from tagger.arithmetic import settle
from tagger.arithmetic.contradictions import contradicted
from tagger.arithmetic.mend.ratios import mend_ratios
from tagger.arithmetic.relation import Operator, Relation, Term, term
from tagger.arithmetic.relations.flows import flows
from tagger.arithmetic.relations.ratios import ratios
from tagger.facts import Fact, Printed, ProofKind
from tagger.findings import Code
from tagger.values import PURE, SHARES, Duration, Entity, Instant, Period, Span, Unit, money, per_share

ENTITY = Entity("http://www.sec.gov/CIK", "0000000001")
USD, EPS = money("USD"), per_share("USD")


def _quarter(number: int, year: int = 2023) -> Duration:
    start = dt.date(year, 3 * number - 2, 1)
    end = dt.date(year, 3 * number + 1, 1) - dt.timedelta(days=1) if number < 4 else dt.date(year, 12, 31)
    return Duration(start, end)


class _Maker:
    """Makes facts with ids that count up."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self,
        concept: str,
        value: str,
        period: Period,
        unit: Unit = USD,
        decimals: int | None = -3,
        table: int = 0,
        column: int = 1,
    ) -> Fact:
        self.count += 1
        number = abs(Decimal(value)).scaleb(decimals) if decimals is not None and decimals < 0 else abs(Decimal(value))
        scale = -decimals if decimals is not None and decimals < 0 else 0
        return Fact(
            id=f"f{self.count}",
            concept=f"us-gaap:{concept}",
            entity=ENTITY,
            period=period,
            unit=unit,
            value=Decimal(value),
            decimals=decimals,
            printed=Printed(
                text=f"{number:,f}",
                span=Span(self.count * 10, self.count * 10 + 5),
                number=Decimal(f"{number:f}"),
                scale=scale,
                sign="-" if Decimal(value) < 0 else "",
            ),
            rule="r",
            label=concept,
            statement="operations",
            table=table,
            row=self.count,
            column=column,
        )


@pytest.fixture
def fact() -> _Maker:
    return _Maker()


def _shares(fact: _Maker, eps: tuple[str, str, str, str]) -> list[Fact]:
    """Four quarters of income, shares and earnings per share."""
    facts = []
    for number, (income, printed) in enumerate(
        zip(("6250000", "7130000", "5985000", "6744000"), eps, strict=True), start=1
    ):
        period = _quarter(number)
        facts += [
            fact("NetIncomeLoss", income, period, column=number),
            fact("WeightedAverageNumberOfSharesOutstandingBasic", "5210000", period, SHARES, column=number),
            fact("EarningsPerShareBasic", printed, period, EPS, 2, column=number),
        ]
    return facts


def test_earnings_per_share_are_proven_by_income_and_shares(fact: _Maker) -> None:
    facts, findings = settle(_shares(fact, ("1.20", "1.37", "1.15", "1.29")), ())
    assert findings == ()
    assert all(ProofKind.RATIO in [proof.kind for proof in f.proof] for f in facts)
    assert facts[0].proof[0].equation == "6,250,000 / 5,210,000 = 1.1996, printed 1.20"
    assert sorted(facts[0].proof[0].facts) == ["f2", "f3"]


def test_a_misread_amount_per_share_is_reported(fact: _Maker) -> None:
    facts, findings = settle(_shares(fact, ("1.20", "1.87", "1.15", "1.29")), ())
    assert [finding.code for finding in findings] in ([Code.EPS_DIFFERS], [Code.REPAIRED])
    if findings[0].code is Code.REPAIRED:
        assert facts[5].value == Decimal("1.37")


def test_a_misread_amount_per_share_is_mended_where_income_and_shares_are_sure(fact: _Maker) -> None:
    made = _shares(fact, ("1.20", "1.87", "1.15", "1.29"))
    period = made[3].period
    diluted = [
        fact("WeightedAverageNumberOfDilutedSharesOutstanding", "5210000", period, SHARES, column=2),
        fact("EarningsPerShareDiluted", "1.37", period, EPS, 2, column=2),
    ]
    facts, findings = settle([*made, *diluted], ())
    assert {finding.code for finding in findings} <= {Code.REPAIRED, Code.EPS_DIFFERS}
    assert facts[5].value in (Decimal("1.37"), Decimal("1.87"))


@pytest.mark.parametrize(
    ("sure", "agreed", "mended"),
    [
        ((), False, None),  # 6,500 may be 7,500, or 1.50 be 1.30
        (("income",), False, "1.30"),
        (("eps",), False, "7500000"),
        (("income", "eps"), False, None),
        ((), True, "1.30"),  # another ratio holds with the income
    ],
)
def test_a_ratio_is_mended_in_what_nothing_else_bears_out(
    fact: _Maker, sure: tuple[str, ...], agreed: bool, mended: str | None
) -> None:
    facts = []
    for number in (1, 2, 3, 4):
        period = _quarter(number)
        facts += [
            fact("NetIncomeLoss", "6500000", period, column=number),
            fact("WeightedAverageNumberOfSharesOutstandingBasic", "5000000", period, SHARES, column=number),
            fact("EarningsPerShareBasic", "1.50" if number == 4 else "1.30", period, EPS, 2, column=number),
        ]
    income, _, eps = facts[-3:]
    if agreed:
        facts += [
            fact("WeightedAverageNumberOfDilutedSharesOutstanding", "5200000", income.period, SHARES, column=4),
            fact("EarningsPerShareDiluted", "1.25", income.period, EPS, 2, column=4),
        ]
    known = {"income": income.id, "eps": eps.id}
    better, findings = mend_ratios(facts, ratios(facts), {known[name] for name in sure})
    changed = [str(new.value) for new, old in zip(better, facts, strict=True) if new != old]
    assert changed == ([mended] if mended else [])
    assert [finding.code for finding in findings] == [Code.REPAIRED] * (mended is not None)


def test_preferred_dividends_in_every_period_are_no_contradiction(fact: _Maker) -> None:
    assert settle(_shares(fact, ("1.17", "1.34", "1.12", "1.29")), ())[1] == ()


def test_quarters_make_up_the_year_to_date(fact: _Maker) -> None:
    half = Duration(_quarter(1).start, _quarter(2).end)
    parts = [fact("Revenues", "4000000", _quarter(1)), fact("Revenues", "5000000", _quarter(2), column=2)]
    facts, findings = settle([*parts, fact("Revenues", "9000000", half, column=3)], ())
    assert findings == ()
    assert [f.proof[0].equation for f in facts] == ["9,000,000 = 4,000,000 + 5,000,000"] * 3


@pytest.mark.parametrize(
    ("values", "sums", "left"),
    [
        (("4000000", "5000000", "9000000"), (), (0, 1, 2)),
        (("4000000", "5000000", "9001000"), (), (0, 1, 2)),  # each is give or take half a thousand
        (("4000000", "5000000", "9002000"), (), ()),
        (("4000000", "5000000", "9900000"), (0, 1), (0, 1)),
        (("4000000", "5000000", "9900000"), (0, 1, 2), ()),
    ],
)
def test_what_the_parts_of_its_period_contradict_is_not_written(
    fact: _Maker, values: tuple[str, str, str], sums: tuple[int, ...], left: tuple[int, ...]
) -> None:
    half = Duration(_quarter(1).start, _quarter(2).end)
    made = [
        fact("Revenues", v, p, column=n)
        for n, (v, p) in enumerate(zip(values, (_quarter(1), _quarter(2), half), strict=True))
    ]
    borne = [
        Relation(ProofKind.SUM, Operator.SAME, term(made[n]), (Term(made[n].value, Decimal(0)),), f"{n}") for n in sums
    ]
    facts, findings = contradicted(made, (), (), tuple(flows(made)), borne)
    assert facts == tuple(made[n] for n in left)
    assert [f.code for f in findings] == ([] if len(left) == 3 else [Code.PERIODS_DIFFER])
    assert all(f"{Decimal(value):,}" in finding.message for finding in findings for value in values)


@pytest.mark.parametrize(("unit", "statement"), [(PURE, "operations"), (USD, "highlights")])
def test_rates_and_what_retells_the_statements_contradict_no_period(fact: _Maker, unit: Unit, statement: str) -> None:
    half = Duration(_quarter(1).start, _quarter(2).end)
    made = [
        replace(fact("Revenues", value, period, unit, column=n), statement=statement)
        for n, (value, period) in enumerate((("4000000", _quarter(1)), ("5000000", _quarter(2)), ("9900000", half)))
    ]
    assert contradicted(made, (), (), tuple(flows(made))) == (tuple(made), ())


_HALF = Duration(dt.date(2022, 10, 1), dt.date(2023, 3, 31))


@pytest.mark.parametrize(
    ("concept", "value", "other", "kept"),
    [
        ("NetIncomeLoss", "21545000", _HALF, False),
        ("OperatingIncomeLoss", "-100000", _HALF, False),
        ("NetIncomeLoss", "99000", _HALF, True),  # so few figures may come out twice
        ("Depreciation", "21545000", _HALF, True),  # what is written off in one quarter alone is the year's too
        ("NetIncomeLoss", "21545000", Duration(dt.date(2022, 12, 27), dt.date(2023, 3, 31)), True),  # weeks
        ("NetIncomeLoss", "21545000", _quarter(1), True),
    ],
)
def test_one_result_of_two_lengths_of_time_is_written_for_neither(
    fact: _Maker, concept: str, value: str, other: Duration, kept: bool
) -> None:
    made = [fact(concept, value, _quarter(1)), fact(concept, value, other, table=1)]
    facts, findings = contradicted(made, (), (), tuple(flows(made)))
    assert facts == (tuple(made) if kept else ())
    assert [finding.code for finding in findings] == [] if kept else [Code.PERIODS_DIFFER]
    assert all(str(_quarter(1)) in finding.message and str(_HALF) in finding.message for finding in findings)


def test_one_result_of_two_columns_of_a_table_and_of_highlights_contradicts_no_length(fact: _Maker) -> None:
    one, beside, retold = (fact("NetIncomeLoss", "21545000", period) for period in (_quarter(1), _HALF, _HALF))
    assert contradicted((one, beside), (), (), tuple(flows((one, beside))))[1] == ()
    retold = replace(retold, statement="highlights", table=1)
    assert contradicted((one, retold), (), (), tuple(flows((one, retold))))[1] == ()


def test_headings_of_columns_with_a_result_of_two_lengths_prove_no_period() -> None:
    flows_of = table(
        OPERATIONS.replace("STATEMENTS OF OPERATIONS", "STATEMENTS OF CASH FLOWS"),
        ("Net income", "14,215", "16,930"),
        ("Depreciation", "2,106", "2,455"),
        ("Net cash provided by operating activities", "16,321", "19,385"),
    )
    rows = (
        ("Net sales", "90,412", "85,300"),
        ("Cost of sales", "76,197", "68,370"),
        ("Net income", "14,215", "16,930"),
    )
    text = table(OPERATIONS, *rows) + flows_of.removeprefix(RELEASE)
    for misprinted in (text, text[: -len(flows_of)] + text[-len(flows_of) :].replace("Three Months", "Six Months")):
        report = tagger.tag(misprinted)
        proven = {fact.concept for fact in report.facts if "period" in fact.borne_out}
        found = [finding for finding in report.findings if finding.code is Code.PERIODS_DIFFER]
        assert (bool(proven), bool(found)) == ((True, False) if misprinted == text else (False, True))


def test_cash_at_the_beginning_and_its_change_prove_cash_at_the_end(fact: _Maker) -> None:
    name = "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"
    change = f"{name}PeriodIncreaseDecreaseIncludingExchangeRateEffect"
    year = Duration(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    facts, _ = settle(
        [
            fact(name, "8210000", Instant(dt.date(2022, 12, 31))),
            fact(change, "-1110000", year),
            fact(name, "7100000", Instant(dt.date(2023, 12, 31))),
        ],
        (),
    )
    assert {proof.equation for f in facts for proof in f.proof} == {"7,100,000 = 8,210,000 - 1,110,000"}


def test_par_value_times_shares_issued_proves_the_common_stock(fact: _Maker) -> None:
    day = Instant(dt.date(2023, 12, 31))
    facts, _ = settle(
        [
            fact("CommonStockParOrStatedValuePerShare", "0.01", day, EPS, None),
            fact("CommonStockSharesIssued", "31204500", day, SHARES, None),
            fact("CommonStockValue", "312000", day),
        ],
        (),
    )
    assert [proof.equation for proof in facts[2].proof] == ["0.01 x 31,204,500 = 312,045.00, printed 312,000"]


@pytest.mark.parametrize(
    ("concept", "value", "unit", "code"),
    [
        ("Goodwill", "-2605000", USD, Code.NEGATIVE_VALUE),
        ("EffectiveIncomeTaxRateContinuingOperations", "21.5", PURE, Code.PERCENT_AS_NUMBER),
    ],
)
def test_what_cannot_be_is_said(fact: _Maker, concept: str, value: str, unit: Unit, code: Code) -> None:
    _, findings = settle([fact(concept, value, Instant(dt.date(2023, 12, 31)), unit)], ())
    assert [finding.code for finding in findings] == [code]


def test_a_balance_sheet_that_does_not_balance_is_said(fact: _Maker) -> None:
    day = Instant(dt.date(2023, 12, 31))
    sides = [fact("Assets", "61072000", day), fact("LiabilitiesAndStockholdersEquity", "61702000", day)]
    _, findings = settle([replace(side, statement="balance-sheet") for side in sides], ())
    assert [finding.code for finding in findings] == [Code.BALANCE_DIFFERS]


def test_a_share_count_off_by_a_thousand_is_said(fact: _Maker) -> None:
    name = "WeightedAverageNumberOfSharesOutstandingBasic"
    counts = [
        fact(name, value, _quarter(n), SHARES, column=n)
        for n, value in enumerate(("5210000", "5208", "5190000", "5185000"), start=1)
    ]
    assert [finding.code for finding in settle(counts, ())[1]] == [Code.SHARES_OFF]


def test_dilution_cannot_raise_earnings_per_share(fact: _Maker) -> None:
    pair = [
        fact("EarningsPerShareBasic", "1.20", _quarter(1), EPS, 2),
        fact("EarningsPerShareDiluted", "1.78", _quarter(1), EPS, 2),
    ]
    assert [finding.code for finding in settle(pair, ())[1]] == [Code.EPS_DIFFERS]


INCOME = (
    ("Net sales", "$ 41,020", "$ 35,400"),
    ("Cost of sales", "24,180", "20,270"),
    ("Gross profit", "16,840", "15,130"),
    ("Net income", "$ 6,250", "$ 5,480"),
    ("Basic earnings per share", "$ 1.20", "$ 1.05"),
    ("Weighted average shares outstanding", "{0}", "{1}"),
)


@pytest.mark.parametrize(
    ("shares", "scale"),
    [
        (("52,100,345", "52,190,112"), None),  # a small company in thousands? then 0.12 a share
        (("130.2", "130.4"), None),
    ],
)
def test_a_scale_that_arithmetic_excludes_is_never_taken(shares: tuple[str, str], scale: int | None) -> None:
    silent = OPERATIONS.replace("(In thousands, except per share data)\n", "")
    rows = [tuple(cell.format(*shares) for cell in cells) for cells in INCOME]
    assert {s.scale for s in laid_out(table(silent, *rows)).statements} == {scale}


@pytest.mark.parametrize(
    ("shares", "incomes", "scale"),
    [
        (("52,083,333", "52,190,476"), ("62,500,000", "54,800,000"), 0),  # nobody prints 52 billion shares in thousands
        (("520,833", "521,905"), ("625,000", "548,000"), None),  # half a billion shares, or a company held by few
    ],
)
def test_the_scale_is_the_one_at_which_income_over_shares_is_what_is_printed(
    shares: tuple[str, str], incomes: tuple[str, str], scale: int | None
) -> None:
    silent = OPERATIONS.replace("(In thousands, except per share data)\n", "")
    rows = [
        tuple(
            cell.format(*shares).replace("$ 6,250", f"$ {incomes[0]}").replace("$ 5,480", f"$ {incomes[1]}")
            for cell in cells
        )
        for cells in INCOME
    ]
    (statement,) = laid_out(table(silent, *rows)).statements
    assert statement.scale == scale


COSTS = """Revenues                        $ 90,000      $ 80,000
Cost of revenues                  41,000        39,000
Amortization of intangibles        4,200         4,100
Operating expenses                20,000        19,000
Operating income                $ 24,800      $ 17,900
"""
BACK = """
RECONCILIATION OF GAAP TO NON-GAAP RESULTS
(In thousands)

                                   Three Months Ended
                                        June 30,
                                   2007          2006
GAAP operating income           $ 24,800      $ 17,900
{label}       {one}         {other}
Non-GAAP operating income       $ 33,200      $ 26,000
"""


@pytest.mark.parametrize(
    ("label", "one", "other", "left"),
    [
        ("Amortization of intangibles", "8,400", "8,100", []),
        ("Amortization of Intangibles", "8,400", "4,100", ["4100000"]),
        ("Amortization of intangibles", "4,200", "4,100", ["4100000", "4200000"]),
        ("Amortization of intangibles", "1,900", "1,100", ["4100000", "4200000"]),
        ("Amortization of intangibles", "4,201", "4,101", ["4100000", "4200000"]),  # as far apart as rounding may be
        ("Amortization of intangibles", "4,202", "4,102", []),
        ("Other adjustments, net", "8,400", "8,100", ["4100000", "4200000"]),
    ],
)
def test_a_part_of_a_cost_that_the_release_tells_whole_elsewhere_is_not_tagged(
    label: str, one: str, other: str, left: list[str]
) -> None:
    report = tagger.tag((RELEASE + OPERATIONS + COSTS + BACK.format(label=label, one=one, other=other)).encode())
    found = [fact for fact in report.facts if fact.concept == "us-gaap:AmortizationOfIntangibleAssets"]
    assert sorted(str(fact.value) for fact in found if fact.statement == "operations") == left
    said = [f for f in report.findings if f.code is Code.AMBIGUOUS_CONCEPT and "is a part of" in f.message]
    assert len(said) == 2 - len(left)
    ids = {fact.id for fact in report.facts}
    summed = [proof for fact in report.facts for proof in fact.proof if proof.kind is ProofKind.SUM]
    costs = [proof for proof in summed if "24,800 = 90,000 - 41,000" in proof.equation]
    assert len(costs) == 4 + ("4200000" in left)  # the sum bears out its other figures all the same
    assert all(set(proof.facts) <= ids and len(proof.facts) == len(costs) - 1 for proof in costs)
