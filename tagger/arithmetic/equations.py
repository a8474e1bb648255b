"""Sums written out with their numbers, for a reader to check by hand."""

from __future__ import annotations

from decimal import Decimal

from tagger.statement import Statement, Sum


def equation(found: Sum, column: int, statement: Statement) -> str:
    """Return *found* in *column* with its numbers: ``44,307 = 41,208 + 3,115 - 16``."""
    wanted = {found.total, *found.parts}
    value = {
        line.index: figure.printed
        for line in statement.lines
        if line.index in wanted
        for figure in line.figures
        if figure.column == column
    }
    return written(found, value)


def written(found: Sum, value: dict[int, Decimal]) -> str:
    """Return *found* with the numbers of *value*, by line."""
    text = ""
    for part, weight in zip(found.parts, found.weights, strict=True):
        number = value.get(part)
        if number is None:
            continue
        shown = f"{number:,}"
        below = shown[0] == "-"
        minus = number and below is not (weight < 0)
        digits = shown[1:] if below else shown
        text += f" {'-' if minus else '+'} {digits}" if text else f"{'-' if minus else ''}{digits}"
    return f"{value.get(found.total, Decimal(0)):,} = {text}"
