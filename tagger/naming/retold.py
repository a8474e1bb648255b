"""One name for a row that several tables print: highlights, and tables of fewer rows, retell what a statement states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from tagger.naming.choice import Choice
from tagger.statement import COMPANY, PRIMARY, Kind, Line, Statement
from tagger.values import Measure, Period

_Values = Mapping[Period, Decimal]


class _Told(NamedTuple):
    """The row of a table that is so full, what it is called there, and what it says of each period."""

    fullness: tuple[bool, int]
    kind: Kind
    choice: Choice
    values: _Values


def as_stated(chosen: Sequence[tuple[Statement, Sequence[Choice]]]) -> list[tuple[Choice, ...]]:
    """Return the choices of each statement, those of rows that retell one of a fuller statement by its name.

    A row retells another where its label is the same, and its amounts in all periods that both print. What a rule of a
    user's pack names keeps that name.
    """
    found: dict[int, tuple[Choice, ...]] = {}
    known: dict[str, list[_Told]] = {}
    for place in sorted(range(len(chosen)), key=lambda place: _fullness(*chosen[place])):
        statement, choices = chosen[place]
        fullness = _fullness(statement, choices)
        rows = [_Told(fullness, statement.kind, choice, _values(choice, statement)) for choice in choices]
        found[place] = tuple(_named(row, known.get(_label(row.choice.line), ())) for row in rows)
        for choice, row in zip(found[place], rows, strict=True):
            if row.values and (label := _label(choice.line)):
                known.setdefault(label, []).append(row._replace(choice=choice))
    return [found[place] for place in range(len(chosen))]


def _fullness(statement: Statement, choices: Sequence[Choice]) -> tuple[bool, int]:
    """Return how little a statement says of itself; the smaller, the more it says."""
    return statement.kind not in PRIMARY, -len(choices)


def _label(line: Line) -> str:
    return " ".join(line.label.lower().split())


def _values(choice: Choice, statement: Statement) -> _Values:
    """Return what the row of *choice* says of each period of the company, by the table's scale."""
    if choice.line.scope != COMPANY or choice.unit is not Measure.MONEY or statement.scale is None:
        return {}
    return dict(_periods(choice, statement, statement.scale))


def _periods(choice: Choice, statement: Statement, scale: int) -> Iterator[tuple[Period, Decimal]]:
    for figure in choice.line.figures:
        column = statement.column(figure.column)
        if column is None or column.scope != COMPANY:
            continue
        period = column.period if choice.period_type == "duration" else column.instant or column.period
        if period is not None:
            yield period, abs(figure.printed).scaleb(scale)


def _named(row: _Told, known: Sequence[_Told]) -> Choice:
    """Return the choice of *row* by the name of the fullest row *known* that it retells; of tables as full neither retells the other."""
    choice = row.choice
    for told in known:
        stated = told.choice
        if stated.concept == choice.concept:
            return choice
        retells = told.fullness < row.fullness and (row.kind == told.kind or row.kind not in PRIMARY)
        if retells and not choice.layer and not stated.own and _is_the_same(row, told):
            why = f"{stated.rule} names the same row of the {told.kind.value} statement"
            return replace(stated, line=choice.line, why=(*choice.why, why))
    return choice


def _is_the_same(row: _Told, told: _Told) -> bool:
    """Whether two rows measure the same of the same part of the company, and print the same in all periods of both, of which one is no nought."""
    choice, stated = row.choice, told.choice
    if (choice.period_type, choice.members) != (stated.period_type, stated.members):
        return False
    if not choice.own and choice.balance != stated.balance:
        return False
    shared = row.values.keys() & told.values.keys()
    return any(row.values[period] for period in shared) and all(row.values[p] == told.values[p] for p in shared)
