"""Headings that stand over the wrong columns, told by figures that tie crosswise to another statement.

Cash in the balance sheet is the end (or beginning) of the cash flows, and net income in the statement of
operations begins them. Where two such figures agree crosswise and not straight, one statement has its headings
exchanged: the one whose columns run against the order of all the others. Where nothing tells which, a finding
says so.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from tagger.arithmetic.relations.headings import newest_first
from tagger.findings import Code, Finding, Severity
from tagger.patterns import pattern
from tagger.statement import Column, Kind, Line, Statement, Use
from tagger.statements.kinds import fold_title
from tagger.values import Duration, Period

_INCOME = pattern(r"(?:consolidated )?net (?:income|loss|earnings|\W)+(?:including noncontrolling interests?)?$")
_BEGINS = pattern(r"\bbeginning\b|\bstart\b")
_ENDS = pattern(r"\bend(?:ing)?\b")
_TELLING = 100
_KINDS = frozenset({Kind.BALANCE_SHEET, Kind.OPERATIONS, Kind.CASH_FLOW})

_MOST_CROSSES = 40  # pairs of statements; where more tie crosswise, no heading is exchanged

Key = tuple[str, dt.date, int]  # what, when it ends, days (0: an instant)


class _Cross(Struct, frozen=True, kw_only=True):
    """Two statements, by their positions, that tie crosswise: *first* and *second* are the periods exchanged."""

    positions: tuple[int, int]
    first: Period
    second: Period
    evidence: str


def uncross(statements: Sequence[Statement]) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """Return *statements* with exchanged headings put back, and what was or could not be."""
    able = [i for i, s in enumerate(statements) if s.kind in _KINDS and len(_timed(s)) > 1]
    if len(able) < 2:
        return tuple(statements), ()
    mended = list(statements)
    findings = []
    for cross in itertools.islice(_crosses([(i, statements[i]) for i in able]), _MOST_CROSSES):
        wrong = _wrong(cross, [statements[i] for i in able], statements)
        given = _exchanged(statements[wrong], cross) if wrong is not None else None
        if wrong is None or given is None:
            findings.append(_doubt(cross, statements))
        elif mended[wrong] is statements[wrong]:
            mended[wrong] = given
            findings.append(_repaired(cross, statements[wrong]))
    return tuple(mended), tuple(findings)


def _timed(statement: Statement) -> list[Column]:
    return [c for c in statement.columns if c.period is not None and c.use is Use.FIGURES]


def _crosses(statements: Sequence[tuple[int, Statement]]) -> Iterator[_Cross]:
    """Yield each pair of statements that tie crosswise and not straight."""
    ties = {i: _ties(s) for i, s in statements}
    for i, j in _perhaps_crossed(ties):
        found = _cross(ties[i], ties[j])
        if found is not None:
            what, first, second, evidence = found
            yield _Cross(positions=(i, j), first=first, second=second, evidence=f"{what}: {evidence}")


def _perhaps_crossed(ties: Mapping[int, Mapping[Key, tuple[Decimal, Period]]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of statements in which two figures change places, looked up by what they would be."""
    pairs = {
        i: {
            (p, q, one[p][0], one[q][0])
            for p, q in itertools.combinations(sorted(one), 2)
            if p[0] == q[0] and p[2] == q[2] and one[p][0] != one[q][0]
        }
        for i, one in ties.items()
    }
    at: dict[tuple[Key, Key, Decimal, Decimal], list[int]] = {}
    for i, found in pairs.items():
        for pair in found:
            at.setdefault(pair, []).append(i)
    for i, found in pairs.items():
        yield from ((i, j) for j in sorted({j for p, q, a, b in found for j in at.get((p, q, b, a), ()) if j > i}))


def _cross(
    one: dict[Key, tuple[Decimal, Period]], other: dict[Key, tuple[Decimal, Period]]
) -> tuple[str, Period, Period, str] | None:
    common = sorted(key for key in one.keys() & other.keys() if abs(one[key][0]) >= _TELLING)
    straight = sum(one[key][0] == other[key][0] for key in common)
    for number, p in enumerate(common):
        for q in common[number + 1 :]:
            (a, when), (b, then) = one[p], one[q]
            crosswise = p[0] == q[0] and a != b and a == other[q][0] and b == other[p][0]
            if crosswise and p[2] == q[2] and straight <= len(common) - 2:
                return p[0], when, then, f"{a:,} and {b:,} stand the other way round in another statement"
    return None


def _ties(statement: Statement) -> dict[Key, tuple[Decimal, Period]]:
    """Return the figures of *statement* that other statements repeat."""
    found: dict[Key, tuple[Decimal, Period]] = {}
    for line in statement.lines:
        said = line.label.lower()
        if not line.figures or ("cash" not in said and "net" not in said):
            continue
        label = fold_title(line.label)
        what = "cash" if "cash" in label else "net income" if _INCOME.fullmatch(label) else ""
        if what and (what == "net income" or statement.kind is not Kind.OPERATIONS):
            for key, value, period in _dated(what, label, line, statement):
                found.setdefault(key, (value, period))
    return found


def _dated(what: str, label: str, line: Line, statement: Statement) -> Iterator[tuple[Key, Decimal, Period]]:
    for figure in line.figures:
        column = statement.column(figure.column)
        if column is None or column.period is None or column.use is not Use.FIGURES:
            continue
        period = column.period
        days = period.days if isinstance(period, Duration) else 0
        if what == "net income":
            if days:
                yield (what, period.end, days), figure.printed, period
        elif not days or _ENDS.search(label):
            yield (what, period.end, 0), figure.printed, period
        elif isinstance(period, Duration) and _BEGINS.search(label):
            yield (what, period.start - dt.timedelta(days=1), 0), figure.printed, period


def _wrong(cross: _Cross, able: Sequence[Statement], statements: Sequence[Statement]) -> int | None:
    """Return which of the two statements runs against the order of all others, if that is clear."""
    orders = [newest_first(s) for s in able]
    told = [order for order in orders if order is not None]
    if len(told) < 3 or min(told.count(True), told.count(False)) != 1:
        return None
    odd = told.count(True) == 1
    wrong = [i for i in cross.positions if newest_first(statements[i]) is odd]
    return wrong[0] if len(wrong) == 1 else None


def _exchanged(statement: Statement, cross: _Cross) -> Statement | None:
    """Return *statement* with the headings of the two periods exchanged; `None` where it has no columns of them."""
    one, other = _over(statement, cross.first), _over(statement, cross.second)
    if one is None or other is None:
        return None
    given = {one.index: replace(other, index=one.index), other.index: replace(one, index=other.index)}
    return replace(statement, columns=tuple(given.get(c.index, c) for c in statement.columns))


def _over(statement: Statement, period: Period) -> Column | None:
    return next((c for c in _timed(statement) if c.period is not None and c.period.end == period.end), None)


def _repaired(cross: _Cross, statement: Statement) -> Finding:
    first, second, evidence = cross.first, cross.second, cross.evidence
    return Finding(
        code=Code.REPAIRED,
        severity=Severity.NOTE,
        message=f"{statement.title or statement.kind.value!r}: the headings of {first} and {second} are exchanged; {evidence}",
        span=statement.table.span,
        before=f"{first}, {second}",
        after=f"{second}, {first}",
        evidence=evidence,
    )


def _doubt(cross: _Cross, statements: Sequence[Statement]) -> Finding:
    one, other = (statements[position] for position in cross.positions)
    return Finding.warning(
        Code.COLUMNS_IN_DOUBT,
        f"the headings of {cross.first} and {cross.second} seem exchanged in {one.title or one.kind.value!r} or in "
        f"{other.title or other.kind.value!r}: {cross.evidence}",
        other.table.span,
    )
