"""Sums of a table, found from its figures alone.

Rows are read from the top. Each row may be the weighted sum of the rows still
*open* above it: those not yet gathered into another total. Gathered rows give
their place to the total, so nested sub-totals fall into place. Money, amounts per
share and counts of shares are kept apart. A figure stands for its value give or take
half a unit of its last printed place (Calculations 1.1). Sums check figures; they
never name a row.

A table with an error in it still has its sums: one that holds in one column and fails
in another says which. Totals that hold in no column are `loose_totals`, for repair to try.

The search is bounded: a total reaches back over at most `REACH` open rows, at most two
of them may be subtracted, or all but the first, or one left out; and at most three
columns propose parts, which all columns then judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tagger.arithmetic.search.guesses import SMALL, Guess, Match, guesses, trusted, weigh
from tagger.arithmetic.search.totals import ends_a_side, is_total
from tagger.arithmetic.search.vectors import SumRow, sum_rows
from tagger.statement import Column, Kind, Line, Statement, Sum, Use

REACH = 34
_PIVOTS = 3
_SUMMED = frozenset({Use.FIGURES, Use.ADJUSTED, Use.UNKNOWN})


def find_sums(
    lines: Sequence[Line],
    columns: Sequence[int],
    totals: frozenset[int] = frozenset(),
    ends: frozenset[int] = frozenset(),
    kind: Kind = Kind.OTHER,
) -> tuple[Sum, ...]:
    """Return the sums among *lines* over *columns*.

    *totals* are lines whose words say they sum; no sum reaches back over a line of *ends*. *kind* is that of their statement.
    """
    rows = sum_rows(lines, columns, totals, kind)
    found = tuple(_sums(rows, columns, ends))
    return (*found, *_totals_first(rows, columns, found))


def statement_sums(statement: Statement) -> tuple[Sum, ...]:
    """Return the sums of the lines of *statement* over those of its columns that hold figures."""
    lines = statement.lines
    return find_sums(lines, _used(statement.columns), _totals(lines), _ends(lines), statement.kind)


def summed_rows(statement: Statement) -> list[SumRow]:
    """Return the rows among which `statement_sums` looks for sums."""
    return sum_rows(statement.lines, _used(statement.columns), _totals(statement.lines), statement.kind)


def loose_totals(
    rows: Sequence[SumRow], lines: Sequence[Line], found: Sequence[Sum]
) -> Iterator[tuple[SumRow, tuple[SumRow, ...]]]:
    """Yield each of *rows* that looks like a total and is none, and the rows open above it.

    *found* are the `statement_sums` of *lines*, which are not searched again.
    """
    begins = {sum_.total: sum_.parts[0] for sum_ in found if sum_.parts[0] < sum_.total}
    ends = _ends(lines)
    open_rows: dict[str, list[SumRow]] = {}
    for row in rows:
        above = open_rows.setdefault(row.sort, [])
        begin = begins.get(row.line)
        if begin is not None:
            while above and above[-1].line >= begin:
                above.pop()
        elif row.hinted and len(above) > 1:
            yield row, tuple(above[-REACH:])
        above.append(row)
        if row.line in ends:
            open_rows.clear()


def _used(columns: Sequence[Column]) -> list[int]:
    return [column.index for column in columns if column.use in _SUMMED]


def _totals(lines: Sequence[Line]) -> frozenset[int]:
    return frozenset([line.index for line in lines if line.figures and is_total(line.label)])


def _ends(lines: Sequence[Line]) -> frozenset[int]:
    return frozenset([line.index for line in lines if line.figures and ends_a_side(line.label)])


def _sums(rows: Sequence[SumRow], columns: Sequence[int], ends: frozenset[int]) -> Iterator[Sum]:
    for row, above, match in _walk(rows, ends):
        if match:
            yield _sum(row, above, match, columns)


def _walk(rows: Sequence[SumRow], ends: frozenset[int]) -> Iterator[tuple[SumRow, tuple[SumRow, ...], Match | None]]:
    """Yield each row with the rows within reach that are open above it, and the sum it is of them."""
    open_rows: dict[str, list[SumRow]] = {}
    for row in rows:
        above = open_rows.setdefault(row.sort, [])
        reached = tuple(above[-REACH:])
        match = _best(row, reached)
        yield row, reached, match
        if match:
            del above[len(above) - len(reached) + match.guess.parts[0] :]
        above.append(row)
        if row.line in ends:
            open_rows.clear()


def _sum(total: SumRow, open_rows: Sequence[SumRow], match: Match, columns: Sequence[int]) -> Sum:
    return Sum(
        total=total.line,
        parts=tuple(open_rows[position].line for position in match.guess.parts),
        weights=match.guess.weights,
        columns=tuple(columns[c] for c in match.holds),
        fails=tuple(columns[c] for c in match.fails),
        exact=match.exact,
    )


def _best(total: SumRow, open_rows: Sequence[SumRow]) -> Match | None:
    """Return the likeliest sum that *total* is of a run of *open_rows* that ends right above it."""
    if len(open_rows) < 2:
        return _of_one(total, open_rows)
    best: tuple[tuple[int, ...], Match] | None = None
    small = all([not value or abs(value) < SMALL * unit for value, unit in zip(total.values, total.units, strict=True)])
    for pivot in [c for c, value in enumerate(total.values) if value][:_PIVOTS]:
        for guess in guesses(total, open_rows, pivot):
            match = weigh(total, open_rows, guess, everywhere=small)
            if match and trusted(match, total, open_rows):
                rank = _rank(match)
                if best is None or rank > best[0]:
                    best = rank, match
        if best and not best[1].fails:
            break
    return best[1] if best else _of_one(total, open_rows)


def _of_one(total: SumRow, open_rows: Sequence[SumRow]) -> Match | None:
    """Return the sum of a total that repeats the one row above it: "Capital expenditures; net cash used in investing".

    That row may have no figure in some columns.
    """
    if not total.hinted or not open_rows:
        return None
    holds = tuple(c for c, value in enumerate(open_rows[-1].values) if value is not None)
    if any(open_rows[-1].values[c] != total.values[c] for c in holds):
        return None
    largest = max(abs(total.values[c] or 0) for c in holds)
    return Match(Guess((len(open_rows) - 1,), (1,)), holds, (), exact=True) if largest >= SMALL else None


def _rank(match: Match) -> tuple[int, ...]:
    guess = match.guess
    return (
        len(match.holds) - 2 * len(match.fails),
        not guess.skips,
        match.exact,
        -guess.weights.count(-1),
        -len(guess.parts),
    )


def _totals_first(rows: Sequence[SumRow], columns: Sequence[int], found: Sequence[Sum]) -> Iterator[Sum]:
    """Yield the sums whose total stands above its parts, of rows that no other sum gathers."""
    taken = {line for sum_ in found for line in sum_.parts}
    totals = {sum_.total for sum_ in found}
    below: dict[str, list[SumRow]] = {}
    for row in reversed(rows):
        open_rows = below.setdefault(row.sort, [])
        if row.line in totals:
            open_rows.clear()
            continue
        reached = open_rows[-REACH:]
        match = None
        if len(reached) > 1:  # one row is no sum of a total above it
            match = _best(replace(row, hinted=False) if row.hinted else row, reached)
        plain = match is not None and not match.fails and match.exact and len(match.holds) > 1
        if match is not None and plain and set(match.guess.weights) == {1}:
            yield _sum(row, reached, match, columns)
            del open_rows[len(open_rows) - len(reached) + match.guess.parts[0] :]
        if row.line in taken:
            open_rows.clear()
        else:
            open_rows.append(row)
