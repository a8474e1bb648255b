"""Which figures of a filing stand in its primary statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tagger.comparing.numbers import local
from tagger.loading import LoadedFact, LoadedReport

_FEWEST = 20  # figures of a primary statement
_PER_SHARE = {"EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"}
_BOTTOM = {"NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"}
_MIDDLE = {"OperatingExpenses", "CostsAndExpenses", "OperatingIncomeLoss", "CostOfRevenue", "GrossProfit", "IncomeTaxExpenseBenefit", "InterestExpense"}  # fmt: skip
_FLOWS = {f"NetCashProvidedByUsedIn{kind}Activities" for kind in ("Operating", "Investing", "Financing")}


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
