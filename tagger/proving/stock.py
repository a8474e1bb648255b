"""Proof of the counts beside the common stock: par value times shares issued, and issued less treasury."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tagger.facts import Fact, Proof, ProofKind
from tagger.proving.mutual import mutual_proofs
from tagger.proving.rounding import half, meet

_TELLING = 20  # a smaller amount, in units of its last place, agrees with too many counts
_ISSUED, _OUTSTANDING = "CommonStockSharesIssued", "CommonStockSharesOutstanding"
_TREASURY = ("TreasuryStockCommonShares", "TreasuryStockShares")


def stock(facts: Sequence[Fact]) -> Iterator[tuple[str, Proof]]:
    """Yield proofs for par value, counts of shares and the amount of common stock that agree at a date."""
    groups: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in facts:
        local = fact.concept.partition(":")[2]
        if local.startswith(("CommonStock", "TreasuryStock")) and fact.table is not None:
            groups.setdefault((fact.period, fact.members), {}).setdefault(local, fact)
    for group in groups.values():
        yield from _par(group)
        yield from _treasury(group)


def _par(group: dict[str, Fact]) -> Iterator[tuple[str, Proof]]:
    par, amount = group.get("CommonStockParOrStatedValuePerShare"), group.get("CommonStockValue")
    if par is None or amount is None or abs(amount.value) < _TELLING * 2 * half(amount):
        return
    for name in (_ISSUED, _OUTSTANDING):
        shares = group.get(name)
        if shares is not None:
            product = par.value * shares.value
            if abs(product - amount.value) <= half(amount) + par.value * half(shares):
                text = f"{par.value} x {shares.value:,} = {product:,.2f}, printed {amount.value:,}"
                yield from mutual_proofs(ProofKind.RATIO, text, (par, shares, amount))
                return


def _treasury(group: dict[str, Fact]) -> Iterator[tuple[str, Proof]]:
    issued, outstanding = group.get(_ISSUED), group.get(_OUTSTANDING)
    treasury = next((group[name] for name in _TREASURY if name in group), None)
    if issued is None or outstanding is None or treasury is None or not treasury.value:
        return
    held = abs(treasury.value)
    if meet(issued.value - held, outstanding.value, (issued, outstanding, treasury)):
        text = f"{outstanding.value:,} = {issued.value:,} - {held:,}"
        yield from mutual_proofs(ProofKind.SUM, text, (outstanding, issued, treasury))
