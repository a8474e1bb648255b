"""Proof by ratio: earnings per share times weighted shares give the income."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from tagger.facts import Fact, Proof, ProofKind
from tagger.proving.mutual import mutual_proofs
from tagger.proving.rounding import half
from tagger.values import Period

_BASIC = "WeightedAverageNumberOfSharesOutstandingBasic"
_DILUTED = "WeightedAverageNumberOfDilutedSharesOutstanding"
_BOTH = "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"
_NET = ("NetIncomeLossAvailableToCommonStockholdersBasic", "NetIncomeLoss", "ProfitLoss")
_CONTINUING = (
    "IncomeLossFromContinuingOperations",
    "IncomeLossFromContinuingOperationsIncludingPortionAttributableToNoncontrollingInterest",
)
# Each amount per share with the shares and the incomes it may be a ratio of, the likeliest first.
_RATIOS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "EarningsPerShareBasic": ((_BASIC, _BOTH), _NET),
    "EarningsPerShareDiluted": (
        (_DILUTED, _BOTH, _BASIC),
        ("NetIncomeLossAvailableToCommonStockholdersDiluted", *_NET),
    ),
    "EarningsPerShareBasicAndDiluted": ((_BOTH, _BASIC, _DILUTED), _NET),
    "IncomeLossFromContinuingOperationsPerBasicShare": ((_BASIC, _BOTH), _CONTINUING),
    "IncomeLossFromContinuingOperationsPerDilutedShare": ((_DILUTED, _BOTH), _CONTINUING),
}

_USED = frozenset(name for local, kinds in _RATIOS.items() for name in (local, *kinds[0], *kinds[1]))

Facts = Mapping[tuple[str, Period], Sequence[Fact]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """An amount per share with the income and shares it is, or should be, the ratio of."""

    eps: Fact
    income: Fact
    shares: Fact
    holds: bool

    @property
    def equation(self) -> str:
        return (
            f"{self.income.value:,} / {self.shares.value:,} = {self.income.value / self.shares.value:.4f}, "
            f"printed {self.eps.value}"
        )


def ratios(found: Sequence[Ratio]) -> Iterator[tuple[str, Proof]]:
    """Yield proofs for income, share count and earnings per share that agree within rounding."""
    for ratio in found:
        if ratio.holds:
            yield from mutual_proofs(ProofKind.RATIO, ratio.equation, (ratio.income, ratio.shares, ratio.eps))


def find_ratios(facts: Sequence[Fact]) -> tuple[Ratio, ...]:
    """Return for each amount per share its ratio: one that holds, or else the likeliest one it could be."""
    at: dict[tuple[str, Period], list[Fact]] = {}
    for fact in facts:
        if not fact.members and fact.table is not None:
            local = fact.concept.partition(":")[2]
            if local in _USED:
                at.setdefault((local, fact.period), []).append(fact)
    return tuple(
        ratio
        for (local, period), group in at.items()
        if local in _RATIOS
        for eps in group
        if (ratio := _ratio(eps, local, period, at)) is not None
    )


def _ratio(eps: Fact, local: str, period: Period, at: Facts) -> Ratio | None:
    counts, incomes = _RATIOS[local]
    divisors = [fact for name in counts for fact in at.get((name, period), ())[:2] if fact.value > 0]
    dividends = [fact for name in incomes for fact in at.get((name, period), ())[:2]]
    first: Ratio | None = None
    for shares, income in product(divisors, dividends):
        found = Ratio(eps=eps, income=income, shares=shares, holds=ratio_holds(income, shares, eps))
        if found.holds:
            return found
        first = first or found
    return first


def ratio_holds(income: Fact, shares: Fact, eps: Fact) -> bool:
    """Whether income over shares rounds to *eps*, all three standing for their rounding intervals."""
    least, most = abs(income.value) - half(income), abs(income.value) + half(income)
    low = least / (shares.value + half(shares)) - half(eps)
    high = most / max(shares.value - half(shares), Decimal(1)) + half(eps)
    return low <= abs(eps.value) <= high and (eps.value < 0) == (income.value < 0 and eps.value != 0)
