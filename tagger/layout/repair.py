"""Repairs of misread figures, made only where arithmetic leaves one way to read them.

A sum that holds in other columns says what a column should add up to. Where it does
not, each of its figures is read again with the errors character recognition and typing
often make; if exactly one such reading of one figure makes the sum hold, and no other
sum then breaks, that reading is taken, and a finding says so. Otherwise all stays as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tagger.amounts import Numeral, repairs_of
from tagger.document import Cell
from tagger.findings import Code, Finding, Severity
from tagger.layout.sums import statement_sums
from tagger.statement import Figure, Line, Statement, Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Another reading of one figure: what it would be, and the sum it would mend."""

    line: Line
    figure: Figure
    numeral: Numeral
    cell: Cell


def repair(statement: Statement) -> tuple[Statement, tuple[Finding, ...]]:
    """Return *statement* with its misread figures mended, and what was mended or does not add up."""
    findings = list(_small_repairs(statement))
    for found in statement.sums:
        for column in found.fails:
            readings = tuple(_readings(found, column, statement))
            if len(readings) == 1:
                findings.append(_repaired(readings[0], found, column, statement))
                statement = _with(statement, readings[0])
            else:
                findings.append(_left(found, column, statement, len(readings)))
    return replace(statement, sums=statement_sums(statement.lines, statement.columns)), tuple(findings)


def _small_repairs(statement: Statement) -> Iterator[Finding]:
    """Report what reading a cell already mended: a blank inside a number, a letter for a digit."""
    holds = {
        (line, column): found
        for found in statement.sums
        for column in found.columns
        for line in (found.total, *found.parts)
    }
    for line in statement.lines:
        for figure in line.figures:
            if figure.numeral.repairs:
                found = holds.get((line.index, figure.column))
                evidence = "the grouping of its digits"
                if found is not None:
                    evidence += f", and {equation(found, figure.column, statement)}"
                yield _finding(figure, figure.numeral, evidence)


def _finding(figure: Figure, numeral: Numeral, evidence: str) -> Finding:
    after = f"{'-' if numeral.negative else ''}{numeral.number:f}"
    return Finding(
        code=Code.REPAIRED,
        severity=Severity.NOTE,
        message=f"{figure.numeral.text!r} read as {after} ({', '.join(numeral.repairs)}): {evidence}",
        span=figure.span,
        before=figure.numeral.text,
        after=after,
        evidence=evidence,
    )


def _readings(found: Sum, column: int, statement: Statement) -> Iterator[_Reading]:
    """Yield every single other reading that makes *found* hold in *column* and breaks no other sum."""
    others = [s for s in statement.sums if s is not found and column in s.columns]
    for line in statement.lines:
        if line.index not in (found.total, *found.parts):
            continue
        figure = next((f for f in line.figures if f.column == column), None)
        cell = _cell(statement, line.index, column)
        if figure is None or cell is None:
            continue
        touching = [s for s in others if line.index in (s.total, *s.parts)]
        for numeral in repairs_of(cell.text.string):
            value = _changed(statement, line.index, column, numeral)
            if _holds(found, value) and all(_holds(s, value) for s in touching):
                yield _Reading(line=line, figure=figure, numeral=numeral, cell=cell)


def _changed(statement: Statement, line: int, column: int, numeral: Numeral) -> Callable[[int], Decimal]:
    """Return the figures of *column* by line, with that of *line* read as *numeral*."""
    values = {other.index: f.printed for other in statement.lines for f in other.figures if f.column == column}
    values[line] = -numeral.number if numeral.negative else numeral.number
    return lambda index: values.get(index, Decimal(0))


def _holds(found: Sum, value: Callable[[int], Decimal]) -> bool:
    return sum((w * value(p) for p, w in zip(found.parts, found.weights, strict=True)), Decimal(0)) == value(
        found.total
    )


def _cell(statement: Statement, row: int, column: int) -> Cell | None:
    return next((cell for cell in statement.table.rows[row].cells if cell.column == column), None)


def _repaired(reading: _Reading, found: Sum, column: int, statement: Statement) -> Finding:
    mended = _with(statement, reading)
    return _finding(
        reading.figure, reading.numeral, f"only so does the column add up: {equation(found, column, mended)}"
    )


def _left(found: Sum, column: int, statement: Statement, ways: int) -> Finding:
    total = next(line for line in statement.lines if line.index == found.total)
    figure = next(f for f in total.figures if f.column == column)
    reason = "no single misreading explains it" if not ways else f"{ways} single misreadings would explain it"
    return Finding(
        code=Code.DOES_NOT_ADD_UP,
        severity=Severity.WARNING,
        message=f"{total.label or 'a total'!r} does not add up in column {column}: {equation(found, column, statement)}; {reason}, so all is left as printed",
        span=figure.span,
    )


def _with(statement: Statement, reading: _Reading) -> Statement:
    mended = replace(reading.figure, numeral=reading.numeral, span=reading.cell.text.span(*reading.numeral.digits))
    lines = tuple(
        line
        if line.index != reading.line.index
        else replace(line, figures=tuple(mended if f.column == mended.column else f for f in line.figures))
        for line in statement.lines
    )
    return replace(statement, lines=lines)


def equation(found: Sum, column: int, statement: Statement) -> str:
    """Return *found* in *column* with its numbers: ``62,524 = 39,329 + 2,532 - 18``."""
    value = {line.index: f.printed for line in statement.lines for f in line.figures if f.column == column}
    terms = []
    for part, weight in zip(found.parts, found.weights, strict=True):
        if part in value:
            sign = "-" if (weight * value[part] < 0) else "+"
            terms.append(f"{sign} {abs(value[part]):,}")
    return f"{value.get(found.total, 0):,} = " + re.sub(
        r"^([-+]) ", lambda sign: sign.group(1).replace("+", ""), " ".join(terms)
    )
