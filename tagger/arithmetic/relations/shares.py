"""Relations of counts of shares: with income and amounts per share; with par value, the stock's amount and the treasury."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from tagger.arithmetic.judge import holds
from tagger.arithmetic.relation import SCALE, SIGN, UNIT, VALUE, Operator, Relation, Term, term
from tagger.arithmetic.search.vectors import sort_of
from tagger.facts import Fact, ProofKind
from tagger.statement import Figure, Line, Statement
from tagger.values import half_unit

_SCALES = (0, 3, 6)
_TELLING = 20  # a smaller amount, in units of its last place, agrees with too many counts
_ISSUED, _OUTSTANDING = "CommonStockSharesIssued", "CommonStockSharesOutstanding"
_TREASURY = ("TreasuryStockCommonShares", "TreasuryStockShares")
_INCOMES = frozenset({"NetIncomeLossAvailableToCommonStockholdersBasic", "NetIncomeLoss", "ProfitLoss"})


def share_rows(facts: Sequence[Fact], statements: Iterable[Statement], proven: set[str]) -> Iterator[Relation]:
    """Yield the ratios of amounts per share that one row of share counts explains in every column."""
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
        lines = [line for line in statement.lines if eps and sort_of(line, statement.kind) == "shares" and line.figures]
        for row in dict.fromkeys(fact.row for fact in eps):
            yield from _row([fact for fact in eps if fact.row == row], lines, incomes)


def _row(eps: Sequence[Fact], lines: Sequence[Line], incomes: dict[object, list[Fact]]) -> Iterator[Relation]:
    for line in lines:
        figures = {figure.column: figure for figure in line.figures}
        for scale in _SCALES:
            found = [_found(fact, figures.get(fact.column or 0), incomes.get(fact.period, ()), scale) for fact in eps]
            held = [pair for pair in found if pair is not None]
            if len(held) == len(eps) >= 2 and len({fact.value for fact in eps}) > 1:
                yield from held
                return


def _found(eps: Fact, figure: Figure | None, incomes: Sequence[Fact], scale: int) -> Relation | None:
    if figure is None or not figure.numeral.number:
        return None
    shares = figure.numeral.number.scaleb(scale)
    for income in incomes:
        relation = Relation(
            kind=ProofKind.RATIO,
            operator=Operator.QUOTIENT,
            whole=term(eps, VALUE, SIGN, SCALE),
            parts=(term(income, SIGN), Term(shares, half_unit(figure.numeral.places - scale))),
            equation=f"{income.value:,} / {shares:,f} = {income.value / shares:.4f}, printed {eps.value}",
            topic="ratio",
        )
        if holds(relation):
            return relation
    return None


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
        parts=(term(issued), replace(term(treasury), value=held, weight=-1)),
        equation=f"{outstanding.value:,} = {issued.value:,} - {held:,}",
        topic="treasury",
    )
