"""Relations of the counts beside the common stock: par value times shares issued, and issued less treasury."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tagger.arithmetic.judge import holds
from tagger.arithmetic.relation import SCALE, SIGN, UNIT, VALUE, Operator, Relation, term
from tagger.facts import Fact, ProofKind
from tagger.values import half_unit

_TELLING = 20  # a smaller amount, in units of its last place, agrees with too many counts
_ISSUED, _OUTSTANDING = "CommonStockSharesIssued", "CommonStockSharesOutstanding"
_TREASURY = ("TreasuryStockCommonShares", "TreasuryStockShares")


def stock(facts: Sequence[Fact]) -> Iterator[Relation]:
    """Yield what ties par value, counts of shares and the amount of common stock at a date."""
    groups: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in facts:
        local = fact.concept.partition(":")[2]
        if local.startswith(("CommonStock", "TreasuryStock")) and fact.table is not None:
            groups.setdefault((fact.period, fact.members), {}).setdefault(local, fact)
    for group in groups.values():
        yield from _par(group)
        yield from _treasury(group)


def _par(group: dict[str, Fact]) -> Iterator[Relation]:
    par, amount = group.get("CommonStockParOrStatedValuePerShare"), group.get("CommonStockValue")
    if par is None or amount is None or abs(amount.value) < _TELLING * 2 * half_unit(amount.decimals):
        return
    for name in (_ISSUED, _OUTSTANDING):
        shares = group.get(name)
        if shares is not None:
            product = par.value * shares.value
            relation = Relation(
                kind=ProofKind.RATIO,
                operator=Operator.PRODUCT,
                whole=term(amount),
                parts=(term(par, VALUE, SIGN, SCALE), term(shares, SIGN, SCALE, UNIT)),
                equation=f"{par.value} x {shares.value:,} = {product:,.2f}, printed {amount.value:,}",
                topic="par",
            )
            if holds(relation):
                yield relation
                return


def _treasury(group: dict[str, Fact]) -> Iterator[Relation]:
    issued, outstanding = group.get(_ISSUED), group.get(_OUTSTANDING)
    treasury = next((group[name] for name in _TREASURY if name in group), None)
    if issued is None or outstanding is None or treasury is None or not treasury.value:
        return
    held = abs(treasury.value)
    yield Relation(
        kind=ProofKind.SUM,
        operator=Operator.SUM,
        whole=term(outstanding),
        parts=(term(issued), term(treasury)._replace(value=held, weight=-1)),
        equation=f"{outstanding.value:,} = {issued.value:,} - {held:,}",
        topic="treasury",
    )
