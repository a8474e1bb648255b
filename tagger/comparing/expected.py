"""What a filing makes one expect of its release: the figures of its primary statements, and whether a text prints them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from tagger.comparing.numbers import local
from tagger.loading import LoadedFact, LoadedReport
from tagger.patterns import pattern

_FEWEST = 20  # figures of a primary statement
_PER_SHARE = {"EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"}
_BOTTOM = {"NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"}
_MIDDLE = {"OperatingExpenses", "CostsAndExpenses", "OperatingIncomeLoss", "CostOfRevenue", "GrossProfit", "IncomeTaxExpenseBenefit", "InterestExpense"}  # fmt: skip
_FLOWS = {f"NetCashProvidedByUsedIn{kind}Activities" for kind in ("Operating", "Investing", "Financing")}
_FIGURE = pattern(r"\d[\d,]*\.?\d*")
_DIGITS = 3  # digits: fewer stand in any text


def primary(filing: LoadedReport) -> Iterable[LoadedFact]:
    """Yield the figures of the first balance sheet, statement of operations and of cash flows; all without tables."""
    tables: dict[int, list[LoadedFact]] = defaultdict(list)
    for fact in filing.facts:
        if fact.table is not None:
            tables[fact.table].append(fact)
    if not tables:
        yield from (fact for fact in filing.facts if fact.numeric)
        return
    seen = {""}
    for _, facts in sorted(tables.items()):
        kind = _kind({local(fact.concept) for fact in facts if not fact.members}) if len(facts) >= _FEWEST else ""
        if kind not in seen:
            seen.add(kind)
            yield from facts


def _kind(concepts: set[str]) -> str:
    if {"Assets", "LiabilitiesAndStockholdersEquity"} <= concepts:
        return "balance sheet"
    if "NetCashProvidedByUsedInOperatingActivities" in concepts and len(_FLOWS & concepts) > 1:
        return "cash flows"
    income = _PER_SHARE & concepts and _BOTTOM & concepts and _MIDDLE & concepts
    return "operations" if income else ""


def figures(text: str) -> frozenset[str]:
    """Return all figures of *text*, as printed."""
    return frozenset(_FIGURE.findall(text))


def stands(fact: LoadedFact, numbers: frozenset[str]) -> bool:
    """Whether *numbers* have the figure of *fact*: as its filing prints it, else as a statement might."""
    if not isinstance(fact.value, Decimal):
        return False
    per_share = fact.unit is not None and fact.unit.denominator and ":EarningsPerShare" in fact.concept
    if per_share and f"{abs(fact.value):f}" in numbers:
        return True
    shown = {fact.text} if fact.table is not None else _ways(fact.value)
    return any(text in numbers and sum(map(str.isdigit, text)) >= _DIGITS for text in shown)


def _ways(value: Decimal) -> set[str]:
    """Return the ways a statement may print *value*.

    >>> sorted(_ways(Decimal(-41208000)))
    ['41,208', '41,208,000']
    """
    ways = {f"{abs(value):,}"}
    return ways | {f"{abs(value).scaleb(-power):,.0f}" for power in (3, 6) if value % 10**power == 0}
