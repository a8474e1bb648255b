"""Proof by ratio: earnings per share times weighted shares give the income."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tagger.facts import Fact, Proof, ProofKind

_INCOME = ("NetIncomeLossAvailableToCommonStockholdersBasic", "NetIncomeLoss", "ProfitLoss")
_PAIRS = {
    "EarningsPerShareBasic": "WeightedAverageNumberOfSharesOutstandingBasic",
    "EarningsPerShareDiluted": "WeightedAverageNumberOfDilutedSharesOutstanding",
    "EarningsPerShareBasicAndDiluted": "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
}


def ratios(facts: Sequence[Fact]) -> Iterator[tuple[str, Proof]]:
    """Yield proofs for income, share count and earnings per share that agree within rounding."""
    at = {(fact.concept.partition(":")[2], fact.period): fact for fact in facts if not fact.members and fact.table is not None}
    for (local, period), eps in list(at.items()):
        shares = at.get((_PAIRS.get(local, ""), period))
        if shares is None or not shares.value:
            continue
        for name in _INCOME:
            income = at.get((name, period))
            if income is not None and ratio_holds(income, shares, eps):
                text = f"{income.value:,} / {shares.value:,} = {income.value / shares.value:.4f}, printed {eps.value}"
                trio = (income, shares, eps)
                for fact in trio:
                    others = tuple(other.id for other in trio if other is not fact)
                    yield fact.id, Proof(kind=ProofKind.RATIO, equation=text, facts=others)
                break


def ratio_holds(income: Fact, shares: Fact, eps: Fact) -> bool:
    """Whether income over shares rounds to *eps*, all three standing for their rounding intervals."""
    half = [Decimal(0) if f.decimals is None else Decimal(1).scaleb(-f.decimals) / 2 for f in (income, shares, eps)]
    least, most = abs(income.value) - half[0], abs(income.value) + half[0]
    low = least / (shares.value + half[1]) - half[2]
    high = most / max(shares.value - half[1], Decimal(1)) + half[2]
    return low <= abs(eps.value) <= high and (eps.value < 0) == (income.value < 0 and eps.value != 0)
