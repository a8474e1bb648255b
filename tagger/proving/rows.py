"""Proof of earnings per share by the share counts beside them, where those are no facts of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from tagger.facts import Fact, Proof, ProofKind
from tagger.layout.vectors import sort_of
from tagger.proving.rounding import half
from tagger.statement import Figure, Line, Statement
from tagger.values import half_unit

_SCALES = (0, 3, 6)
_INCOMES = frozenset({"NetIncomeLossAvailableToCommonStockholdersBasic", "NetIncomeLoss", "ProfitLoss"})


def share_rows(facts: Sequence[Fact], statements: Iterable[Statement], proven: set[str]) -> Iterator[tuple[str, Proof]]:
    """Yield proofs for amounts per share that one row of share counts explains in every column."""
    open_eps = [
        f
        for f in facts
        if f.table is not None and f.id not in proven and f.unit.denominator and "PerShare" in f.concept
    ]
    if not open_eps:
        return
    incomes: dict[object, list[Fact]] = {}
    for fact in facts:
        if fact.concept.partition(":")[2] in _INCOMES and not fact.members and fact.table is not None:
            incomes.setdefault(fact.period, []).append(fact)
    for statement in statements:
        eps = [fact for fact in open_eps if fact.table == statement.number]
        lines = [line for line in statement.lines if eps and sort_of(line) == "shares" and line.figures]
        for row in dict.fromkeys(fact.row for fact in eps):
            yield from _row([fact for fact in eps if fact.row == row], lines, incomes)


def _row(eps: Sequence[Fact], lines: Sequence[Line], incomes: dict[object, list[Fact]]) -> Iterator[tuple[str, Proof]]:
    for line in lines:
        figures = {figure.column: figure for figure in line.figures}
        for scale in _SCALES:
            found = [_found(fact, figures.get(fact.column or 0), incomes.get(fact.period, ()), scale) for fact in eps]
            held = [pair for pair in found if pair is not None]
            if len(held) == len(eps) >= 2 and len({fact.value for fact in eps}) > 1:
                for fact, (income, text) in zip(eps, held, strict=True):
                    yield fact.id, Proof(kind=ProofKind.RATIO, equation=text, facts=(income.id,))
                return


def _found(eps: Fact, figure: Figure | None, incomes: Sequence[Fact], scale: int) -> tuple[Fact, str] | None:
    if figure is None or not figure.numeral.number:
        return None
    shares = figure.numeral.number.scaleb(scale)
    slack = half_unit(figure.numeral.places - scale)
    for income in incomes:
        low = (abs(income.value) - half(income)) / (shares + slack) - half(eps)
        high = (abs(income.value) + half(income)) / (shares - slack) + half(eps) if shares > slack else Decimal(0)
        if low <= abs(eps.value) <= high and (eps.value < 0) == (income.value < 0):
            return income, f"{income.value:,} / {shares:,f} = {income.value / shares:.4f}, printed {eps.value}"
    return None
