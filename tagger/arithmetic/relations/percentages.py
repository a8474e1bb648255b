"""Relations of columns of changes and percentages: between two periods of a row, and shares of one row of a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from tagger.arithmetic.judge import holds
from tagger.arithmetic.relation import Operator, Relation, Term, term
from tagger.arithmetic.relations.margins import margins, percentage, printed_term, shown, telling
from tagger.facts import Fact, ProofKind
from tagger.statement import Column, Statement, Use
from tagger.values import Duration, Period

_LEAST = 3  # rows that have to agree before a column is taken to be what they say: fewer may be coincidence
_WHOLE = 100
_COMPARED = (Use.CHANGE, Use.PERCENT)
DIFFERENCE = "difference"
_LONGER = 20  # days by which two quarters, or two years, differ at most

Rows: TypeAlias = Mapping[int, Mapping[int, Term]]
Pairs: TypeAlias = Mapping[int, tuple[Term, Term]]
Places: TypeAlias = Mapping[tuple[int | None, int | None, int | None], Sequence[Fact]]


def percentages(facts: Sequence[Fact], statements: Sequence[Statement]) -> Iterator[Relation]:
    """Yield the relations of figures that a printed percentage is the quotient of, or a printed change the difference.

    A column of either proves nothing by itself: three rows and three quarters of all that can tell have to agree
    with the same two columns, or the same row, and each figure has to be exact enough for its percentage.
    """
    compared = [(of, odd) for of in statements if (odd := [c for c in of.columns if c.use in _COMPARED])]
    at = _by_place(facts) if compared else {}
    for statement, odd in compared:
        told = [column for column in statement.columns if column.use is Use.FIGURES and column.period is not None]
        rows = {
            line.index: {figure.column: printed_term(figure) for figure in line.figures} for line in statement.lines
        }
        for column in odd:
            yield from _column(statement, column, told, rows, at)
    yield from margins(facts, statements)


def _by_place(facts: Iterable[Fact]) -> Places:
    """Return *facts* of tables by table, row and column."""
    at: dict[tuple[int | None, int | None, int | None], list[Fact]] = {}
    for fact in facts:
        if fact.table is not None:
            at.setdefault((fact.table, fact.row, fact.column), []).append(fact)
    return at


def _column(statement: Statement, column: Column, told: Sequence[Column], rows: Rows, at: Places) -> Iterator[Relation]:
    """Yield what *column* proves, as the changes between two columns or as the shares of a row of one."""
    printed = {
        line.index: rows[line.index][column.index]
        for line in statement.lines
        for figure in line.figures
        if figure.column == column.index and not figure.numeral.dash
    }
    if len(printed) < _LEAST:
        return
    for new, old in _pairs(told):
        pairs = {
            row: (figures[new.index], figures[old.index])
            for row in printed
            if new.index in (figures := rows[row]) and old.index in figures
        }
        for operator in (Operator.CHANGE, Operator.SUM):
            if _agreed(pairs, printed, operator):
                yield from _changes(statement.number, (new.index, old.index), operator, pairs, printed, at)
                return
    for base in told:
        for whole in [row for row in printed if printed[row].value == _WHOLE and base.index in rows[row]]:
            pairs = {
                row: (rows[row][base.index], rows[whole][base.index])
                for row in printed
                if row != whole and base.index in rows[row] and telling(printed[row])
            }
            if _agreed(pairs, printed, Operator.SHARE):
                yield from _shares(statement.number, (base.index, whole), pairs, printed, at)
                return


def _pairs(told: Sequence[Column]) -> Iterator[tuple[Column, Column]]:
    """Yield the pairs of columns a change may lie between: the later first, periods of one length."""
    for new in told:
        for old in told:
            if new.period is not None and old.period is not None and _follows(new.period, old.period):
                yield new, old


def _follows(new: Period, old: Period) -> bool:
    if isinstance(new, Duration) and isinstance(old, Duration):
        longer = (new.end - new.start) - (old.end - old.start)
        return new.end > old.end and abs(longer.days) <= _LONGER
    return isinstance(new, Duration) == isinstance(old, Duration) and new.end > old.end


def _agreed(pairs: Pairs, printed: Mapping[int, Term], operator: Operator) -> bool:
    """Whether three rows, and three of four, agree; given up as soon as they cannot any more."""
    good = bad = 0
    for row, (part, whole) in pairs.items():
        found = holds(_bare(operator, part, whole, printed[row]))
        if found is not None:
            good, bad = good + found, bad + (not found)
            if bad * 4 > len(pairs):
                return False
    return good >= _LEAST and good >= bad * 3


def _changes(
    table: int,
    columns: tuple[int, int],
    operator: Operator,
    rows: Iterable[int],
    printed: Mapping[int, Term],
    at: Places,
) -> Iterator[Relation]:
    newer, older = columns
    for row in rows:
        for new in at.get((table, row, newer), ()):
            for old in at.get((table, row, older), ()):
                alike = (new.concept, new.unit, new.members) == (old.concept, old.unit, old.members)
                if alike and operator is Operator.SUM:
                    text = f"{shown(new, old)} - {shown(old, new)}, printed {printed[row].value:,f}"
                    yield _difference(term(new), term(old), printed[row], new.printed.scale, text)
                elif alike and old.value:
                    yield _both(Operator.CHANGE, new, old, _change(new, old), printed[row])


def _difference(new: Term, old: Term, printed: Term, scale: int = 0, text: str = "") -> Relation:
    """Return the relation that *printed* is what *new* is more or less than *old*; which of the two, it says by any sign."""
    less = new.value < old.value
    change = abs(printed.value).scaleb(scale)
    return Relation(
        kind=ProofKind.SUM,
        operator=Operator.SUM,
        whole=Term(-change if less else change, printed.room.scaleb(scale)),
        parts=(new, replace(old, weight=-1)),
        equation=text,
        topic=DIFFERENCE,
    )


def _change(new: Fact, old: Fact) -> str:
    one, other = shown(new, old), shown(old, new)
    if old.value < 0:
        return f"({one} - {other}) / {other.removeprefix('-')} = {(new.value - old.value) / -old.value:+.2%}"
    return f"{one} / {other} - 1 = {new.value / old.value - 1:+.2%}"


def _shares(
    table: int, base: tuple[int, int], rows: Iterable[int], printed: Mapping[int, Term], at: Places
) -> Iterator[Relation]:
    column, whole = base
    for row in rows:
        for one in at.get((table, row, column), ()):
            for all_ in at.get((table, whole, column), ()):
                if one.unit == all_.unit and all_.value:
                    text = f"{shown(one, all_)} / {shown(all_, one)} = {one.value / all_.value:.2%}"
                    yield _both(Operator.SHARE, one, all_, text, printed[row])


def _both(operator: Operator, one: Fact, other: Fact, text: str, printed: Term) -> Relation:
    return percentage(operator, one, other, printed, f"{text}, printed {printed.value:f}%")


def _bare(operator: Operator, part: Term, whole: Term, printed: Term) -> Relation:
    """Return the relation of figures as printed, which says what a column is."""
    if operator is Operator.SUM:
        return _difference(part, whole, printed)
    return Relation(kind=ProofKind.PERCENTAGE, operator=operator, whole=printed, parts=(part, whole), equation="")
