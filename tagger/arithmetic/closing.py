"""Headings that are over: a total that adds up more than what stands under its heading is not under it, nor is what follows."""

from __future__ import annotations

from msgspec.structs import replace

from tagger.statement import Kind, Line, Statement
from tagger.statements.reported import refuses

_KINDS = (Kind.OPERATIONS, Kind.BALANCE_SHEET)


def with_closed_headings(statement: Statement) -> Statement:
    """Return *statement*, of income or of balances, with its lines out of the headings that its sums say are over.

    "Other:" above "Interest" does not stand over "Income before taxes", which operating income is a part of, nor over "Taxes".
    One of what is outside US-GAAP is not over: pro forma net income is what the income above it and pro forma taxes give.
    """
    if statement.kind not in _KINDS or not statement.sums:
        return statement
    first = {found.total: min(found.parts) for found in statement.sums}
    lines: list[Line] = []
    begun: list[tuple[str, int]] = []  # the headings that are open, each with the first line under it
    over: set[tuple[str, int]] = set()
    for line in statement.lines:
        begun = _entered(begun, line)
        since = first.get(line.index, line.index)
        past = (at for at, (heading, began) in enumerate(begun) if since < began < line.index and not refuses(heading))
        out = next(past, len(begun))
        over.update(begun[out:])
        kept = tuple(heading for heading, began in begun if (heading, began) not in over)
        lines.append(line if len(kept) == len(begun) else replace(line, headings=kept))
    return replace(statement, lines=tuple(lines))


def _entered(begun: list[tuple[str, int]], line: Line) -> list[tuple[str, int]]:
    """Return the headings over *line*, each with the first line under it: of those *begun* before, that one."""
    kept = []
    for heading, before in zip(line.headings, begun, strict=False):
        if heading != before[0]:
            break
        kept.append(before)
    return [*kept, *((heading, line.index) for heading in line.headings[len(kept) :])]
