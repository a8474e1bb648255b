"""The length of columns of flows that are headed by a date alone, solved from what the release says elsewhere.

"STATEMENTS OF CASH FLOWS, For the Period Ended September 30" does not say whether it is the quarter or the nine
months. Its net income does: it stands in the statement of operations, in a column that has a length. A statement of
cash flows that goes from the "beginning of year" to a date at which the fiscal year ends is one of a year.
Where neither is so, or two lengths are possible, the columns stay without a period.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from tagger.fiscal import Calendar
from tagger.fiscal.calendar import length
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.statement import Column, Kind, Statement, Use
from tagger.values import Duration, Instant

_FLOWS = frozenset({Kind.OPERATIONS, Kind.COMPREHENSIVE_INCOME, Kind.CASH_FLOW})

_RESULT = pattern(r"^(?:consolidated\s+)?net\s*\(?(?:income|earnings|loss|profit)\b", re.IGNORECASE)
_YEAR_ROW = shape(r"\bcash\b.*\b(?:beginning|end|start|close)\s+of\s+(?:the\s+)?(?:\L<fiscal>\s+)?\L<years>\b")
ALIKE = "as long as the column with the same net income"
_YEAR = 12

_Results = Mapping[dt.date, Mapping[int, frozenset[Decimal]]]


def solve_lengths(statements: Sequence[Statement], calendar: Calendar) -> tuple[Statement, ...]:
    """Give the columns of flows that are headed by a date alone the one length that fits the rest of the release."""
    solved = tuple(statements)
    for _ in range(2):  # a statement that has just got its length may tell that of another
        if not any(_silent(statement) for statement in solved):
            break
        results = _results(solved)
        solved = tuple(
            _solved(statement, results, calendar) if _silent(statement) else statement for statement in solved
        )
    return solved


def _silent(statement: Statement) -> list[Column]:
    """Return the columns of a statement of flows that have a date and no length; none where some have one."""
    if statement.kind not in _FLOWS:
        return []
    columns = [column for column in statement.columns if column.use is Use.FIGURES and column.period is not None]
    return columns if all(isinstance(column.period, Instant) for column in columns) else []


def _results(statements: Sequence[Statement]) -> _Results:
    """Return the net income of every period of the statements of flows: by its end, and by its length in months."""
    found: dict[dt.date, dict[int, frozenset[Decimal]]] = defaultdict(dict)
    for statement in statements:
        for column in statement.columns if statement.kind in _FLOWS else ():
            period = column.period
            if column.use is not Use.FIGURES or not isinstance(period, Duration):
                continue
            if months := length(period.days):
                before = found[period.end].get(months, frozenset())
                found[period.end][months] = before | frozenset(_net_income(statement, column))
    return found


def _net_income(statement: Statement, column: Column) -> Iterator[Decimal]:
    for line in statement.lines:
        if _RESULT.match(line.label):
            yield from (
                f.printed
                for f in line.figures
                if f.column == column.index and f.numeral.number and not f.numeral.places
            )


def _solved(statement: Statement, results: _Results, calendar: Calendar) -> Statement:
    silent = _silent(statement)
    votes: Counter[int] = Counter()
    for column in silent:
        assert column.period is not None
        own = {abs(number) for number in _net_income(statement, column)}
        for months, theirs in results.get(column.period.end, {}).items():
            votes[months] += any(abs(number) in own for number in theirs)
    agreed = [months for months, count in votes.items() if count]
    if len(agreed) == 1:
        return _lasting(statement, silent, agreed[0], calendar, ALIKE)
    if not agreed and _speaks_of_year(statement) and all(_ends_year(column, calendar) for column in silent):
        return _lasting(statement, silent, _YEAR, calendar, "the rows say that it goes from the beginning of the year")
    return statement


def _speaks_of_year(statement: Statement) -> bool:
    return statement.kind is Kind.CASH_FLOW and any(_YEAR_ROW.search(line.label) for line in statement.lines)


def _ends_year(column: Column, calendar: Calendar) -> bool:
    assert column.period is not None
    quarter = calendar.quarter_of(column.period.end)
    return quarter is not None and quarter[1] == 4


def _lasting(statement: Statement, silent: Sequence[Column], months: int, calendar: Calendar, why: str) -> Statement:
    known = {column.index for column in silent}

    def given(column: Column) -> Column:
        if column.index not in known or column.period is None:
            return column
        end = column.period.end
        return replace(column, period=Duration(calendar.start(end, months=months), end), why=f"{months} months: {why}")

    return replace(statement, columns=tuple(given(column) for column in statement.columns))
