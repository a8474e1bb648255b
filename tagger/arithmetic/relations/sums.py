"""Relations of the sums of a statement, with the final facts and the balances of their concepts.

What is printed adds up by the sum's own weights; what is reported adds up where every value counts the way its
concept says. A fact whose sign the others contradict is the odd one of its sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from tagger.arithmetic.orientation import Nature, directed, direction, rootings, tells
from tagger.arithmetic.relation import SIGN, VALUE, ZERO, Operator, Relation, Term, written
from tagger.facts import Fact, ProofKind
from tagger.statement import Figure, Kind, Part, Statement, Sum
from tagger.values import PURE, SHARES, Instant, Unit, half_unit

Balances: TypeAlias = Mapping[str, str | None]


class Odd(Struct, frozen=True):
    """A fact that counts the wrong way in a sum that holds as printed."""

    fact: Fact
    equation: str
    others: tuple[Fact, ...]


class _Cell(Struct, frozen=True, gc=False):
    """A figure of a sum: what is printed, the fact it became, which way that counts, and which way the print does.

    *direct* and *way* are 0 where nothing tells.
    """

    figure: Figure
    fact: Fact | None = None
    direct: int = 0
    way: int = 0


def sums(facts: Sequence[Fact], statements: Iterable[Statement], balances: Balances) -> Iterator[Relation | Odd]:
    """Yield the relation of every sum in every column in which it holds as printed and has a fact."""
    at: dict[tuple[int | None, int | None, int | None], Fact] = {}
    for fact in facts:
        if fact.table is not None:
            at.setdefault((fact.table, fact.row, fact.column), fact)
    for statement in statements:
        if not statement.sums:
            continue
        figures: dict[int, dict[int, Figure]] = {}
        for line in statement.lines:
            for figure in line.figures:
                figures.setdefault(figure.column, {})[line.index] = figure
        parts = {line.index: line.scope.part for line in statement.lines}
        for found in statement.sums:
            if _mixes(found, parts):
                continue
            for column in found.columns:
                yield from _relation(found, column, statement, figures.get(column, {}), at, balances)


def _mixes(found: Sum, parts: Mapping[int, Part]) -> bool:
    """Whether *found* adds rows of the company to rows of its segments up to one of the company: a block of blocks adds up
    by itself, whatever way the company's other rows in it are counted.
    """
    added = {parts.get(line, Part.COMPANY) for line in found.parts}
    return len(added) > 1 and Part.COMPANY in added and Part.SEGMENT in added


def _relation(
    found: Sum,
    column: int,
    statement: Statement,
    figures: Mapping[int, Figure],
    at: Mapping[tuple[int | None, int | None, int | None], Fact],
    balances: Balances,
) -> Iterator[Relation | Odd]:
    known = {
        line: fact
        for line in (found.total, *found.parts)
        if line in figures and (fact := at.get((statement.number, line, column))) is not None
    }
    scales = {fact.printed.scale for fact in known.values()}
    if len(scales) == 1:  # else no fact, or figures of one sum read in two scales
        yield from _counted(found, figures, known, statement.kind, balances)


def _counted(
    found: Sum, figures: Mapping[int, Figure], known: Mapping[int, Fact], kind: Kind, balances: Balances
) -> Iterator[Relation | Odd]:
    """Yield the relation of *found* as its figures count, and the facts that count against most others."""
    natures = {line: _nature(fact, balances) for line, fact in known.items()}
    of_rows = list(natures.values())
    cells = _cells(found, figures, known, natures, kind)
    told = tells(of_rows, natures.get(found.total), kind)
    ways, agreed = _rooted(found, cells, of_rows, kind)
    turned = -1 if agreed < 0 else 1
    equation = written(found, {line: figures[line].printed for line in (found.total, *found.parts) if line in figures})
    if told:
        yield from _odd(found, cells, ways, turned, equation)
    scale = next(iter(known.values())).printed.scale
    parts = [
        _term(cells.get(line), weight, turned * way, scale, told=told)
        for line, weight, way in zip(found.parts, found.weights, ways, strict=True)
    ]
    whole = _term(cells.get(found.total), 1, turned, scale, told=told)
    yield Relation(ProofKind.SUM, Operator.SUM, whole, tuple(parts), equation, topic="sum")


def _rooted(found: Sum, cells: Mapping[int, _Cell], known: Sequence[Nature], kind: Kind) -> tuple[Sequence[int], int]:
    """Return how the parts count towards the total, as most figures of the sum do, and how far they agree on it."""
    best: tuple[Sequence[int], int] | None = None
    for ways in rootings(found, known, kind):
        agreed = _agreement(found, cells, ways)
        if best is None or abs(agreed) > abs(best[1]):
            best = ways, agreed
    assert best is not None
    return best


def _cells(
    found: Sum, figures: Mapping[int, Figure], known: Mapping[int, Fact], natures: Mapping[int, Nature], kind: Kind
) -> dict[int, _Cell]:
    ways = directed(found, natures)
    cells = {}
    for line in (found.total, *found.parts):
        if line in figures:
            nature = natures.get(line)
            direct = 0 if nature is None else ways.get(line, direction(nature, kind))
            cells[line] = _cell(figures[line], known.get(line), direct)
    return cells


def _cell(figure: Figure, fact: Fact | None, direct: int) -> _Cell:
    printed = figure.numeral
    if fact is None or not fact.value or not printed.number:
        return _Cell(figure, fact, direct)
    return _Cell(figure, fact, direct, direct if (fact.value < 0) == printed.negative else -direct)


def _agreement(found: Sum, cells: Mapping[int, _Cell], ways: Sequence[int]) -> int:
    """Return how many figures count the way that *ways* want, less how many count the other way."""
    whole = cells[found.total].way if found.total in cells else 0
    return whole + sum([cells[line].way * way for line, way in zip(found.parts, ways, strict=True) if line in cells])


def _odd(found: Sum, cells: Mapping[int, _Cell], ways: Sequence[int], turned: int, equation: str) -> Iterator[Odd]:
    """Yield the facts that count against most others of the sum."""
    wanted = {found.total: turned} | {line: turned * way for line, way in zip(found.parts, ways, strict=True)}
    told = {line: cell for line, cell in cells.items() if cell.way}
    against = [line for line, cell in told.items() if cell.way != wanted[line]]
    if against and len(told) > 2 * len(against):
        others = tuple(cell.fact for line, cell in told.items() if line not in against and cell.fact is not None)
        for line in against:
            fact = told[line].fact
            if fact is not None:
                yield Odd(fact, equation, others)


def _term(cell: _Cell | None, weight: int, way: int, scale: int, *, told: bool) -> Term:
    """Return *cell* as it counts; the printed equation's *weight* is kept where it counts by its print.

    A value that counts by its concept enters with its own sign, which the sum then bears out.
    """
    if cell is None:
        return Term(ZERO, ZERO, weight=weight)
    room = half_unit(cell.figure.numeral.places - scale) if not cell.figure.numeral.dash else ZERO
    printed = cell.figure.printed.scaleb(scale)
    fact = cell.fact
    if fact is None:
        return Term(printed, room, weight=weight)
    if not told or not cell.direct:
        kept = told and fact.value == printed
        return Term(printed, room, fact, weight, (VALUE, SIGN) if kept else (VALUE,))
    return Term(fact.value * cell.direct * way, room, fact, weight)


def _nature(fact: Fact, balances: Balances) -> Nature:
    return _natured(fact.concept, balances.get(fact.concept), fact.unit, isinstance(fact.period, Instant))


@lru_cache(maxsize=1024)
def _natured(concept: str, balance: str | None, unit: Unit, instant: bool) -> Nature:
    sort = "shares" if unit == SHARES else "percent" if unit == PURE else "money"
    return Nature(concept.partition(":")[2], balance, "per-share" if unit.denominator is not None else sort, instant)
