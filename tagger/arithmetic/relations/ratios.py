"""Relations of amounts per share: earnings per share times weighted shares give the income."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product

from msgspec.structs import replace

from tagger.arithmetic.judge import holds
from tagger.arithmetic.magnitudes import CENTS, LEAST_SHARES, MOST_SHARES
from tagger.arithmetic.relation import SCALE, SIGN, UNIT, VALUE, Operator, Relation, term
from tagger.facts import Fact, ProofKind
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

# A thousand times more is no company's count of shares, nor a thousandth a listed company's.
_FEWEST, _MOST = Decimal(MOST_SHARES) / 1000, Decimal(LEAST_SHARES) * 1000

_USED = frozenset(name for local, kinds in _RATIOS.items() for name in (local, *kinds[0], *kinds[1]))

Facts = Mapping[tuple[str, Period], Sequence[Fact]]


def ratios(facts: Sequence[Fact]) -> tuple[Relation, ...]:
    """Return for each amount per share its ratio: one that holds, or else the likeliest one it could be."""
    at: dict[tuple[str, Period], list[Fact]] = {}
    for fact in facts:
        if not fact.members and fact.table is not None:
            local = fact.concept.partition(":")[2]
            if local in _USED:
                at.setdefault((local, fact.period), []).append(fact)
    return tuple(
        found
        for (local, period), group in at.items()
        if local in _RATIOS
        for eps in group
        if (found := _ratio(eps, local, period, at)) is not None
    )


def between(eps: Fact, income: Fact, shares: Fact) -> Relation:
    """Return the relation of an amount per share to the income and the shares it should be the ratio of.

    It bears out the scale of all three where no other power of ten leaves a count of shares that a company has.
    """
    scale = (SCALE,) if _FEWEST < shares.value < _MOST else ()
    return Relation(
        kind=ProofKind.RATIO,
        operator=Operator.QUOTIENT,
        whole=term(eps, VALUE, SIGN, SCALE, UNIT),
        parts=(term(income, SIGN, *scale), term(shares, SIGN, *scale, UNIT)),
        equation=f"{income.value:,} / {shares.value:,} = {income.value / shares.value:.4f}, printed {eps.value}",
        topic="ratio",
    )


def _ratio(eps: Fact, local: str, period: Period, at: Facts) -> Relation | None:
    counts, incomes = _RATIOS[local]
    there = ([fact for fact in at.get((name, period), ())[:2] if fact.value > 0] for name in counts)
    divisors = next(filter(None, there), ())  # diluted earnings are over diluted shares where those are printed
    dividends = [fact for name in incomes for fact in at.get((name, period), ())[:2]]
    found = [between(eps, income, shares) for shares, income in product(divisors, dividends)]
    return next(filter(holds, found), found[0] if found else None)


def other_power(relation: Relation) -> int:
    """Return by which power of ten the shares of *relation* would have to be less for it to hold; 0 if by none."""
    income, shares = relation.parts
    if relation.facts[0].decimals not in CENTS:
        return 0
    for power in (3, 6, -3, -6):
        moved = replace(shares, value=shares.value.scaleb(-power), room=shares.room.scaleb(-power))
        if LEAST_SHARES <= moved.value <= MOST_SHARES and holds(replace(relation, parts=(income, moved))):
            return power
    return 0
