"""Rows whose figures stand in the wrong columns or on each other's place, put right where sums leave one way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tagger.findings import Code, Finding, Severity
from tagger.layout.moves import Move, find_moves
from tagger.layout.sums import loose_totals, run_rows, statement_sums
from tagger.layout.vectors import SumRow
from tagger.statement import Figure, Line, Statement, Sum

_TRIES = 24  # moves tried on one statement


def put_rows_right(statement: Statement) -> tuple[Statement, tuple[Finding, ...]]:
    """Return *statement* with the one move of a row made that makes more of it add up, if there is exactly one."""
    before = _score(statement.sums)
    right = _right(statement.sums)
    tried: dict[Move, tuple[int, Statement]] = {}
    for move in _moves(statement):
        if move not in tried:
            lines = moved_lines(statement.lines, move)
            sums = statement_sums(lines, statement.columns)
            mends = _right(sums) - right >= (2 if move.kind == "exchanged-rows" else 1)
            tried[move] = _score(sums) if mends else before, replace(statement, lines=lines, sums=sums)
            if len(tried) >= _TRIES:
                break
    least = before + 2
    better = sorted(((score, str(move), move, mended) for move, (score, mended) in tried.items() if score >= least), key=lambda found: -found[0])
    if not better:
        return statement, ()
    score, _, move, mended = better[0]
    if len(better) == 1 or better[1][0] < score:
        return mended, (_moved(move, statement, mended),)
    return statement, (_doubtful(move, statement),)


def _right(sums: Sequence[Sum]) -> int:
    """Return how many of *sums* hold in every column."""
    return sum(not found.fails for found in sums)


def _score(sums: Sequence[Sum]) -> int:
    return sum(len(found.columns) - 2 * len(found.fails) for found in sums)


def _moves(statement: Statement) -> Iterator[Move]:
    """Yield the moves that would mend a total: one that holds nowhere, or fails in several columns."""
    for total, above, rows in loose_totals(statement.lines, statement.columns):
        for start in range(len(above) - 2, -1, -1):
            run = above[start:]
            yield from find_moves(total, run, (1,) * len(run), rows)
            if len(run) > 1:
                yield from find_moves(total, run, (1, *(-1,) * (len(run) - 1)), rows)
    for found in statement.sums:
        if found.fails:
            total, parts, rows = run_rows(found, statement.lines, statement.columns)
            yield from find_moves(total, parts, found.weights, rows)


def moved_lines(lines: Sequence[Line], move: Move) -> tuple[Line, ...]:
    """Return *lines* after *move*."""
    if move.kind == "exchanged-rows":
        one, other = (next(line for line in lines if line.index == index) for index in move.lines)
        given = {one.index: other.figures, other.index: one.figures}
    else:
        (row,) = (line for line in lines if line.index == move.lines[0])
        given = {row.index: tuple(_reordered(row.figures, move))}
    return tuple(replace(line, figures=given[line.index]) if line.index in given else line for line in lines)


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


def _doubtful(move: Move, statement: Statement) -> Finding:
    line = next(line for line in statement.lines if line.index == move.lines[0])
    return Finding(
        code=Code.DOES_NOT_ADD_UP,
        severity=Severity.WARNING,
        message=f"{_shown(line)} seems to stand in the wrong place, and there is more than one way to put it right",
        span=line.figures[0].span,
    )


def _shown(line: Line) -> str:
    figures = ", ".join(f"{f.printed:,} in column {f.column}" for f in line.figures)
    return f"{line.label!r}: {figures}"
