"""Periods borne out by the headings themselves, read whole, together with the day of the release.

The newest column of a statement ends with the period the release reports on, a few weeks before its own date; the
others stand where comparisons stand: a year earlier, the period before, every period of an unbroken run, the
year end before. Columns in which one heading breaks that order bear out nothing, nor do columns that may have their
headings exchanged: they run from the newest to the oldest, or the other way where another statement does so too.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tagger.arithmetic.relation import PERIOD
from tagger.facts import Fact, Proof, ProofKind
from tagger.fiscal import Calendar
from tagger.statement import PRIMARY, Column, Kind, Statement, Use
from tagger.values import Duration, Instant

_LATEST = 130  # days from the end of a year to its release
_NEAR = 8  # days by which ends of a calendar of weeks move
_YEAR, _QUARTER, _MONTH = 365, 91, 30
_LOOSE = 16  # days by which periods of one length differ
_LENGTHS = (_QUARTER, 182, 273, _YEAR)
_PRINTED = "as printed"


def headings(
    facts: Sequence[Fact], statements: Sequence[Statement], calendar: Calendar, doubted: Iterable[Fact] = ()
) -> Iterator[tuple[str, Proof]]:
    """Yield a proof of its period for each fact under a heading that stands where it should; none with one of *doubted*."""
    columns = {(fact.table, fact.column) for fact in doubted}
    by_table: dict[int, dict[int, Proof]] = {}
    runs = Counter(run for s in statements if s.kind in PRIMARY and (run := newest_first(s)) is not None)
    for statement in statements:
        if _runs_along(statement, runs):
            by_table.setdefault(statement.number, {}).update(_proofs(statement, calendar))
    opening = _openings(statements)
    for fact in facts:
        if fact.table is not None and fact.column is not None:
            if (fact.table, fact.column, fact.period) in opening or (fact.table, fact.column) in columns:
                continue
            proof = by_table.get(fact.table, {}).get(fact.column)
            if proof is not None:
                yield fact.id, proof


def _openings(statements: Sequence[Statement]) -> set[tuple[int, int, Instant]]:
    """Return the days before periods of weeks, by column: headings print no beginning, and the calendar counted it back."""
    return {
        (statement.number, column.index, Instant(column.period.start - dt.timedelta(days=1)))
        for statement in statements
        if statement.kind is Kind.CASH_FLOW
        for column in statement.columns
        if isinstance(column.period, Duration) and column.period.start.day != 1
    }


def newest_first(statement: Statement) -> bool | None:
    """Whether the columns of *statement* run from the newest to the oldest; `None` if neither."""
    by_length: dict[int, list[dt.date]] = {}
    for column in statement.columns:
        period = column.period
        if period is not None and column.use is Use.FIGURES:
            length = round(period.days / _MONTH) if isinstance(period, Duration) else 0
            by_length.setdefault(length, []).append(period.end)
    signs = {a > b for ends in by_length.values() for a, b in itertools.pairwise(ends) if a != b}
    return signs.pop() if len(signs) == 1 else None


def _runs_along(statement: Statement, runs: Counter[bool]) -> bool:
    """Whether two columns of *statement* exchanged would be seen: it runs as the other statements of the release do,
    of which *runs* says how many run from the newest, and from the oldest.

    From the newest to the oldest is the usual way, which needs no other statement to show it.
    """
    if len({column.period for column in statement.columns if column.use is Use.FIGURES and column.period}) < 2:
        return True
    run = newest_first(statement)
    own = statement.kind in PRIMARY
    others = {other for other, count in runs.items() if count > (own and other is run)}
    return run is not None and (others == {run} or (run and not others))


def _proofs(statement: Statement, calendar: Calendar) -> Iterator[tuple[int, Proof]]:
    today, current = calendar.today, calendar.current
    if today is None or current is None or not 0 < (today - current.end).days <= _LATEST:
        return
    groups: dict[int, list[Column]] = {}
    for column in statement.columns:
        if column.use is Use.FIGURES and column.period is not None and column.why.startswith(_PRINTED):
            groups.setdefault(_length(column), []).append(column)
    for length, columns in groups.items():
        ends = [column.period.end for column in columns if column.period is not None]
        if _usual(length, len(groups), statement.kind, calendar) and _ordered(ends, current.end, length, calendar):
            for column in columns:
                if isinstance(column.period, Duration) and not calendar.knows_start(column.period):
                    continue
                text = f"{column.heading!r} in a release of {today}, which reports on the period to {current.end}"
                yield column.index, Proof(kind=ProofKind.HEADING, equation=text, aspects=(PERIOD,))


def _length(column: Column) -> int:
    return _length_of(column.period) if isinstance(column.period, Duration) else 0


def _length_of(period: Duration) -> int:
    """Return the usual length next to that of *period*; -1 for another."""
    return next((usual for usual in _LENGTHS if abs(period.days - usual) <= _LOOSE), -1)


def _usual(length: int, groups: int, kind: Kind, calendar: Calendar) -> bool:
    """Whether a statement of *kind* has columns of *length* days in the quarter reported on: of it, or of the year to date.

    One length alone, which nothing beside it bears out, has to be the one that such a statement is printed for.
    """
    place = calendar.quarter_of(calendar.current.end) if calendar.current is not None else None
    if not length or place is None:
        return not length
    to_date = abs(length - place[1] * _QUARTER) <= _LOOSE
    if kind is Kind.CASH_FLOW:
        return to_date or (length == _QUARTER and groups > 1)
    return length == _QUARTER or (to_date and (groups > 1 or length == _YEAR))


def _ordered(ends: Sequence[dt.date], newest: dt.date, length: int, calendar: Calendar) -> bool:
    """Whether *ends* are those of a period and its usual comparisons, none twice."""
    backs = sorted((newest - end).days for end in ends)
    if not backs or abs(backs[0]) > _NEAR or any(b - a <= _NEAR for a, b in itertools.pairwise(backs)):
        return False
    if not length and len(ends) > 1 and _with_year_end(ends, newest, calendar):
        return True
    step = length or _QUARTER
    runs = ([0, step, _YEAR], [step * n for n in range(len(backs))], [_YEAR * n for n in range(len(backs))])
    return any(_alike(backs, run) for run in runs)


def _with_year_end(ends: Sequence[dt.date], newest: dt.date, calendar: Calendar) -> bool:
    """Whether *ends* are the newest, the end of the fiscal year before it, and perhaps the date a year earlier."""
    year = calendar.year_of(newest - dt.timedelta(days=_NEAR + 1))
    close = calendar.year_close(year - 1) if year is not None else None
    if close is None:
        return False
    backs = sorted((newest - end).days for end in ends)
    before = (newest - close).days
    return _alike(backs, [0, before]) or _alike(backs, sorted([0, before, _YEAR]))


def _alike(backs: Sequence[int], run: Sequence[int]) -> bool:
    return len(backs) == len(run) and all(abs(a - b) <= _NEAR for a, b in zip(backs, run, strict=True))


def spread_periods(facts: Sequence[Fact], known: Mapping[str, Mapping[str, Proof]]) -> Iterator[tuple[str, Proof]]:
    """Yield for the facts of a column the proof of its period that one of them has: they share the heading."""
    witnesses: dict[tuple[object, ...], tuple[str, str]] = {}
    for fact in facts:
        if fact.table is not None and fact.id in known:
            proof = next((p for p in known[fact.id].values() if PERIOD in p.aspects), None)
            if proof is not None and proof.kind is not ProofKind.HEADING:
                witnesses.setdefault((fact.table, fact.column, fact.period), (fact.id, proof.equation))
    shared: dict[tuple[object, ...], Proof] = {}
    for fact in facts:
        key = (fact.table, fact.column, fact.period)
        if key in witnesses and fact.id != witnesses[key][0]:
            if key not in shared:
                name, text = witnesses[key]
                shared[key] = Proof(
                    kind=ProofKind.HEADING, equation=f"the column of {name}: {text}", facts=(name,), aspects=(PERIOD,)
                )
            yield fact.id, shared[key]
