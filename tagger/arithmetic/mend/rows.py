"""Rows whose figures stand in the wrong columns or on each other's place, put right where sums leave one way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from tagger.arithmetic.mend.failing import MOST_LINES
from tagger.arithmetic.mend.moves import Move, Others, differences, find_moves
from tagger.arithmetic.search.sums import loose_totals, statement_sums, summed_rows
from tagger.findings import Code, Finding, Severity
from tagger.statement import Figure, Line, Statement, Sum, with_figures

_TRIES = 24  # moves tried on one statement
_ROWS = 5  # of a table with fewer, any column may hold a single figure
_LONE = 3  # rows at most with figures in a column that is no other's
_RUNS = 400  # runs of rows looked at for moves

Figures = tuple[tuple[int, Decimal], ...]


class _Try(Struct, frozen=True, kw_only=True):
    """A move, the statement after it, how well that adds up, and whether it is better than before."""

    move: Move
    mended: Statement
    score: int
    better: bool


def put_rows_right(statement: Statement, *, typed: bool = True) -> tuple[Statement, tuple[Finding, ...]]:
    """Return *statement* with the one move of a row made that makes more of it add up, if there is exactly one.

    Rows that nobody *typed* or recognised are not exchanged: that they seem to be is said.
    """
    tried: dict[tuple[Figures, ...], _Try] = {}
    if len(statement.lines) > MOST_LINES:
        return statement, ()
    for move, least in _moves(statement):
        lines = moved_lines(statement.lines, move)
        key = tuple(_figures(line) for line in lines)
        if key not in tried:
            tried[key] = _try(move, replace(statement, lines=lines), statement, least)
            if len(tried) >= _TRIES:
                break
    better = sorted((found for found in tried.values() if found.better), key=lambda found: -found.score)
    if not better:
        return statement, ()
    move, several = better[0].move, sum(found.score >= better[0].score for found in tried.values()) > 1
    if several or not (typed or move.kind == "moved-figures"):
        ways = "there is more than one way to put it right" if several else "nobody typed or recognised it"
        return statement, (_doubtful(move, statement, ways),)
    return better[0].mended, (_moved(move, statement, better[0].mended),)


def _figures(line: Line) -> Figures:
    return tuple((f.column, f.printed) for f in line.figures)


def _try(move: Move, moved: Statement, statement: Statement, least: int) -> _Try:
    """Make *move* and see whether the statement adds up better by at least *least*."""
    sums = statement_sums(moved)
    score = _score(sums)
    before = _score(statement.sums)
    more = _right(sums) - _right(statement.sums)
    better = score - before >= least and more >= (1 if least else 0)
    if move.kind == "exchanged-rows" and more < 2:
        better &= _both_held(move, sums)
    if not least:
        touching = [found.fails for found in sums if move.lines[0] in (found.total, *found.parts)]
        better &= not any(touching) and (bool(touching) or _fills(move, moved))
    return _Try(move=move, mended=replace(moved, sums=sums), score=score, better=better)


def _fills(move: Move, moved: Statement) -> bool:
    """Whether the row of *move* then has a figure in every column of figures: so many fit in no other way."""
    columns = {figure.column for line in moved.lines for figure in line.figures}
    return any({f.column for f in line.figures} == columns for line in moved.lines if line.index == move.lines[0])


def _both_held(move: Move, sums: Sequence[Sum]) -> bool:
    """Whether both rows of *move* then stand in sums that hold, and not as a part and the total of one.

    A part and its total may change places wherever the other parts may change their signs, as a loss printed plain does.
    """
    held = {line for found in sums if not found.fails for line in (found.total, *found.parts)}
    ends = [{found.total, part} for found in sums for part in found.parts]
    return held.issuperset(move.lines) and set(move.lines) not in ends and len(sums) > 1


def _right(sums: Sequence[Sum]) -> int:
    """Return how many of *sums* hold in every column."""
    return sum(not found.fails for found in sums)


def _score(sums: Sequence[Sum]) -> int:
    return sum(len(found.columns) - 2 * len(found.fails) for found in sums)


def _moves(statement: Statement) -> Iterator[tuple[Move, int]]:
    """Yield the moves that would mend something, each with how much better the statement then has to add up."""
    yield from ((move, 0) for move in _lonely(statement))
    yield from ((move, 2) for move in _mending(statement))


def _lonely(statement: Statement) -> Iterator[Move]:
    """Yield the moves that bring back a figure that stands in a column of its own, or of a few rows and no sum."""
    if len(statement.lines) < _ROWS:
        return
    summed = {column for found in statement.sums for column in (*found.columns, *found.fails)}
    there: dict[int, list[Line]] = {}
    for line in statement.lines:
        for column in {f.column for f in line.figures}:
            there.setdefault(column, []).append(line)
    for column, lines in sorted(there.items()):
        if len(lines) == 1 or (len(lines) <= _LONE and column not in summed):
            yield from (move for line in lines for move in _brought_back(line, column))


def _brought_back(line: Line, column: int) -> Iterator[Move]:
    """Yield the moves of the figures of *line* from the one in *column* back to the first empty column, or any."""
    used = {f.column for f in line.figures}
    for start in sorted({*range(1, column)} - used):
        shifted = tuple((c if c < start else c - 1, c) for c in sorted(used))
        order = shifted if len(used) > 1 else ((start, column),)
        yield Move(kind="moved-figures", lines=(line.index,), order=order)


def _mending(statement: Statement) -> Iterator[Move]:
    """Yield the moves that would mend a total: one that holds nowhere, or that fails."""
    rows = summed_rows(statement)
    others = Others.of(rows)
    looked = 0
    for total, above in loose_totals(rows, statement.lines, statement.sums):
        rest = differences(total, (above[-1],), (1,))  # of the total less all parts but the first
        whole = [value or 0 for value in total.values]
        for start in range(len(above) - 2, -1, -1):
            looked += 1
            if looked > _RUNS:
                return
            run = above[start:]
            first = [value or 0 for value in run[0].values]
            less = [off - value for off, value in zip(rest, first, strict=True)]
            turned = [2 * t - off - v for t, off, v in zip(whole, rest, first, strict=True)]
            yield from find_moves(total, run, (1,) * len(run), less, others)
            yield from find_moves(total, run, (1, *(-1,) * (len(run) - 1)), turned, others)
            rest = less
    by_line = {row.line: row for row in rows}
    for found in statement.sums:
        if found.fails:
            total, parts = by_line[found.total], tuple(by_line[part] for part in found.parts)
            off = differences(total, parts, found.weights)
            yield from find_moves(total, parts, found.weights, off, others)


def moved_lines(lines: Sequence[Line], move: Move) -> tuple[Line, ...]:
    """Return *lines* after *move*."""
    if move.kind == "exchanged-rows":
        one, other = (next(line for line in lines if line.index == index) for index in move.lines)
        return with_figures(lines, {one.index: other.figures, other.index: one.figures})
    (row,) = (line for line in lines if line.index == move.lines[0])
    return with_figures(lines, {row.index: tuple(_reordered(row.figures, move))})


def _reordered(figures: Sequence[Figure], move: Move) -> Iterator[Figure]:
    target = {source: column for column, source in move.order}
    yield from sorted((replace(f, column=target.get(f.column, f.column)) for f in figures), key=lambda f: f.column)


def _moved(move: Move, before: Statement, after: Statement) -> Finding:
    shown = {line.index: _shown(line) for line in after.lines}
    old = {line.index: line for line in before.lines}
    was = "; ".join(_shown(old[index]) for index in move.lines)
    now = "; ".join(shown[index] for index in move.lines)
    return Finding(
        code=Code.REPAIRED,
        severity=Severity.NOTE,
        message=f"{was} read as {now} ({move.kind}): only so does every column add up",
        span=old[move.lines[0]].figures[0].span,
        before=was,
        after=now,
        evidence="only so does every column add up",
    )


def _doubtful(move: Move, statement: Statement, why: str) -> Finding:
    line = next(line for line in statement.lines if line.index == move.lines[0])
    return Finding.warning(
        Code.DOES_NOT_ADD_UP,
        f"{_shown(line)} seems to stand in the wrong place, and {why}",
        line.figures[0].span,
    )


def _shown(line: Line) -> str:
    figures = ", ".join(f"{f.printed:,} in column {f.column}" for f in line.figures)
    return f"{line.label!r}: {figures}"
