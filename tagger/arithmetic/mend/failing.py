"""Where a table does not add up: the sums of one column that fail together, and the figures that could be wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tagger.arithmetic.judge import excess
from tagger.arithmetic.relation import ZERO, Term
from tagger.lexicon import stray_digits
from tagger.statement import Line, Statement, Sum, Use
from tagger.values import half_unit, within

MOST_LINES = 250  # a table with more lines is no statement
_DOUBTS = 40  # a table with more that fails is no table of sums
_ROUNDED = 3
_FOOTED = 3  # sums that hold exactly show that a statement is made to
_TELLING = 100  # a number of fewer digits is the sum of two others by chance
_NOTHING = Term(ZERO, ZERO)

Terms: TypeAlias = Mapping[int, Term]


class Failing(Struct, frozen=True, kw_only=True):
    """The *sums* of one *column* that fail and share a figure; *off* is what each total has more than its parts.

    *suspects* are the lines that stand in all of them and in no relation that holds: no sum of the column, none of their
    row. *outside* is the label of a row among them whose figures stand in no column of theirs: it may be what is missing.
    *room* is the difference that rounding explains, for each sum.
    """

    column: int
    sums: tuple[Sum, ...]
    off: tuple[Decimal, ...]
    room: tuple[Decimal, ...]
    suspects: tuple[int, ...]
    outside: str | None = None

    def readings(self, line: int, printed: Decimal) -> Iterator[Decimal]:
        """Yield the numbers that *line* may say so that every sum holds, the exact one first."""
        changes = self._changes(line)
        step = Decimal(1).scaleb(min(int(c.as_tuple().exponent) for c in changes)) if changes else Decimal(1)
        for slack in (Decimal(0), *(sign * n * step for n in range(1, _ROUNDED + 1) for sign in (1, -1))):
            wanted = changes[0] + slack
            if all(within(change - wanted, room) for change, room in zip(changes, self.room, strict=True)):
                yield printed + wanted

    def exactly(self, line: int, change: Decimal) -> bool:
        """Whether every sum holds to the last digit where *line* says *change* more, and rounding has nothing to explain."""
        return all(change == wanted for wanted in self._changes(line))

    def _changes(self, line: int) -> list[Decimal]:
        """Return by how much more *line* makes each sum hold."""
        return [off * _weight(found, line) for found, off in zip(self.sums, self.off, strict=True)]


def failing(statement: Statement) -> Iterator[Failing]:
    """Yield what fails in *statement*, sums that share a figure together, at most some forty."""
    if len(statement.lines) > MOST_LINES or not any(found.fails for found in statement.sums):
        return
    printed = _printed(statement)
    exact = _exact(statement, printed)
    lines = {line.index: line for line in statement.lines}
    count = 0
    for column in additive_columns(statement):
        terms = printed[column]
        sums = [found for found in statement.sums if column in found.fails]
        right = {
            line
            for found in statement.sums
            if column in found.columns
            for line in (found.total, *found.parts)
            if line in terms
        }
        for group in _groups(sums):
            shared = set.intersection(*({found.total, *found.parts} for found in group))
            off, room = zip(*(_excess(found, terms) for found in group), strict=True)
            doubted = sorted(line for line in shared if line in terms and line not in right)
            suspects = tuple(line for line in doubted if not _adds_up(lines[line], column))
            count += 1
            if count > _DOUBTS:
                return
            slack = (ZERO,) * len(room) if exact else room
            outside = _outside(statement, group, column)
            yield Failing(column=column, sums=tuple(group), off=off, room=slack, suspects=suspects, outside=outside)


def _adds_up(line: Line, column: int) -> bool:
    """Whether the figure of *line* in *column* is the sum or the difference of two others of its row, as a change is."""
    printed = {f.column: f.printed for f in line.figures if not f.numeral.percent and f.printed}
    figure = printed.pop(column, ZERO)
    if abs(figure.scaleb(-int(figure.as_tuple().exponent))) < _TELLING:
        return False
    return any(figure in (a + b, a - b, b - a) for a, b in combinations(printed.values(), 2))


def _outside(statement: Statement, sums: Sequence[Sum], column: int) -> str | None:
    """Return the label of the first row among those of *sums* that has its figures outside the columns of figures.

    A part that prints nothing in *column*, where others do, may have lost its figure there.
    """
    lines = {line for found in sums for line in (found.total, *found.parts)}
    inside = {column for found in sums for column in (*found.columns, *found.fails)}
    inside |= {column.index for column in statement.columns if column.use is not Use.FIGURES}
    figures = {line.index: {f.column for f in line.figures} for line in statement.lines if line.figures}
    for index in range(min(lines), max(lines) + 1):
        label = next((cell.text.string for cell in statement.table.rows[index].cells if not cell.column), "")
        lost = index in lines and index in figures and column not in figures[index]
        if lost or (index in figures and not inside & figures[index]) or (index not in lines and stray_digits(label)):
            return label
    return None


def rough(statement: Statement) -> Failing | None:
    """Return the sums of one column that are two units off or more, where all the others of *statement* hold exactly.

    Rounding may explain them, and hardly ever does: what is rounded is off here and there, and by one.
    """
    inexact = [found for found in statement.sums if not found.exact]
    if not inexact or len(statement.lines) > MOST_LINES:
        return None
    printed = _printed(statement)
    off = {(found, column): _excess(found, printed[column]) for found in inexact for column in found.columns}
    sums = {place: (off, room) for place, (off, room) in off.items() if off}
    held = sum(len(found.columns) for found in statement.sums) - len(sums)
    columns = {column for _, column in sums}
    units = [max(_room(found, printed[column]) for found, column in sums) * 2] if sums else []
    if len(columns) != 1 or held < _FOOTED or any(abs(off) < 2 * units[0] for off, _ in sums.values()):
        return None
    rounded, room = zip(*sums.values(), strict=True)
    return Failing(column=columns.pop(), sums=tuple(found for found, _ in sums), off=rounded, room=room, suspects=())


def additive_columns(statement: Statement) -> tuple[int, ...]:
    """Return the columns of reported figures in which the sums of *statement* are meant to hold.

    A column of changes or percentages, or one that holds several things, fails in most of them.
    """
    holds = Counter(column for found in statement.sums for column in found.columns)
    fails = Counter(column for found in statement.sums for column in found.fails)
    timed = any(column.period for column in statement.columns)
    return tuple(
        column.index
        for column in statement.columns
        if column.use is Use.FIGURES
        and (column.period is not None or not timed)
        and fails[column.index]
        and (fails[column.index] <= 2 or fails[column.index] <= holds[column.index])
        and (holds[column.index] or fails[column.index] < 2 or len(statement.columns) <= 2)
    )


def _exact(statement: Statement, printed: Mapping[int, Terms]) -> bool:
    """Whether nothing in *statement* is rounded: all that holds, holds exactly."""
    held = [_excess(found, printed[column])[0] for found in statement.sums for column in found.columns]
    return bool(held) and not any(held)


def _printed(statement: Statement) -> Mapping[int, Terms]:
    """Return the printed figures of each column by line, as terms."""
    terms: defaultdict[int, dict[int, Term]] = defaultdict(dict)
    for line in statement.lines:
        for f in line.figures:
            if not f.numeral.percent:
                room = ZERO if f.numeral.dash else half_unit(f.numeral.places)
                terms[f.column][line.index] = Term(f.printed, room)
    return terms


def _excess(found: Sum, terms: Terms) -> tuple[Decimal, Decimal]:
    """Return what the total of *found* has more than its parts, and how much of that rounding explains."""
    parts = [replace(terms.get(p, _NOTHING), weight=w) for p, w in zip(found.parts, found.weights, strict=True)]
    return excess(terms.get(found.total, _NOTHING), parts)


def _room(found: Sum, terms: Terms) -> Decimal:
    """Return half a unit of the roughest figure of *found*."""
    return max(terms[line].room for line in (found.total, *found.parts) if line in terms)


def _groups(sums: Sequence[Sum]) -> list[list[Sum]]:
    """Return *sums* in groups that share lines."""
    groups: list[tuple[set[int], list[Sum]]] = []
    for found in sums:
        lines = {found.total, *found.parts}
        joined = [found]
        rest = []
        for known, members in groups:
            if known & lines:
                lines |= known
                joined = [*members, *joined]
            else:
                rest.append((known, members))
        groups = [*rest, (lines, joined)]
    return [members for _, members in groups]


def _weight(found: Sum, line: int) -> int:
    """Return how *line* counts towards its own side: 1 where more of it makes the difference smaller."""
    if line == found.total:
        return -1
    return found.weights[found.parts.index(line)]
