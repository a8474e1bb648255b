"""Sums of a table, found from its figures alone.

Rows are read from the top. Each row may be the weighted sum of the rows still
*open* above it: those not yet gathered into another total. Gathered rows give
their place to the total, so nested sub-totals fall into place. Figures stand for
a value give or take half a unit of their last printed place (Calculations 1.1),
which is what the tolerance allows. Sums check figures; they never name a row.

The search is bounded: a total reaches back over at most `REACH` open rows, and at
most two of them may be subtracted, or all but the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tagger.layout.totals import ends_a_side, is_total
from tagger.statement import Column, Line, Sum, Use

REACH = 34
PAIRS_WITHIN = 12
_SMALL = 20
_SUMMED = frozenset({Use.FIGURES, Use.ADJUSTED, Use.UNKNOWN})

Vector = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line's figures in units of the smallest printed place, `None` where a column is empty."""

    line: int
    values: Vector
    hinted: bool


@dataclass(frozen=True, slots=True)
class _Match:
    parts: tuple[int, ...]  # positions in the list of open rows
    weights: tuple[int, ...]
    holds: tuple[int, ...]  # positions of columns
    fails: tuple[int, ...]
    exact: bool


def find_sums(
    lines: Sequence[Line],
    columns: Sequence[int],
    totals: frozenset[int] = frozenset(),
    ends: frozenset[int] = frozenset(),
) -> tuple[Sum, ...]:
    """Return the sums among *lines* over *columns*.

    *totals* are lines whose words say they sum; no sum reaches back over a line of *ends*.
    """
    return tuple(_sums(_rows(lines, columns, totals), columns, ends))


def statement_sums(lines: Sequence[Line], columns: Sequence[Column]) -> tuple[Sum, ...]:
    """Return the sums of a statement's *lines* over those of its *columns* that hold figures."""
    used = [column.index for column in columns if column.use in _SUMMED]
    totals = frozenset(line.index for line in lines if is_total(line.label))
    return find_sums(lines, used, totals, frozenset(line.index for line in lines if ends_a_side(line.label)))


def _rows(lines: Sequence[Line], columns: Sequence[int], totals: frozenset[int]) -> list[_Row]:
    places = max((f.numeral.places for line in lines for f in line.figures if not f.numeral.percent), default=0)
    factor = 10 ** min(places, 4)
    rows = []
    ruled = False
    for line in lines:
        by_column = {f.column: int(f.printed * factor) for f in line.figures if not f.numeral.percent}
        values = tuple(by_column.get(column) for column in columns)
        if any(values):
            rows.append(_Row(line.index, values, ruled or not line.label or line.index in totals))
        ruled = line.ruled
    return rows


def _sums(rows: Sequence[_Row], columns: Sequence[int], ends: frozenset[int]) -> Iterator[Sum]:
    open_rows: list[_Row] = []
    for row in rows:
        match = _best(row, open_rows)
        if match:
            parts = [open_rows[position] for position in match.parts]
            yield Sum(
                total=row.line,
                parts=tuple(part.line for part in parts),
                weights=match.weights,
                columns=tuple(columns[c] for c in match.holds),
                fails=tuple(columns[c] for c in match.fails),
            )
            del open_rows[match.parts[0] :]
        open_rows.append(row)
        if row.line in ends:
            open_rows.clear()


def _best(total: _Row, open_rows: Sequence[_Row]) -> _Match | None:
    """Return the likeliest sum that *total* is of a run of *open_rows* that ends right above it."""
    pivots = [c for c, value in enumerate(total.values) if value]
    best: tuple[tuple[int, ...], _Match] | None = None
    for pivot in pivots[:3]:
        for parts, weights in _guesses(total, open_rows, pivot):
            match = _check(total, open_rows, parts, weights)
            if match and _trusted(match, total, open_rows):
                rank = (len(match.holds) - 2 * len(match.fails), match.exact, -weights.count(-1), -len(parts))
                if best is None or rank > best[0]:
                    best = rank, match
        if best and not best[1].fails:
            break
    return best[1] if best else None


def _guesses(total: _Row, open_rows: Sequence[_Row], pivot: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield parts and weights that give *total* in column *pivot*, within rounding."""
    wanted = total.values[pivot] or 0
    plus = 0
    seen: dict[int, int] = {}
    pairs: dict[int, tuple[int, int]] = {}
    for size, position in enumerate(range(len(open_rows) - 1, max(-1, len(open_rows) - 1 - REACH), -1), start=1):
        value = open_rows[position].values[pivot] or 0
        parts = tuple(range(position, len(open_rows)))
        rest = plus
        plus += value
        room = (size + 1) // 2 if size > 1 else 0
        if size > 1 and abs(plus - wanted) <= room:
            yield parts, (1,) * size
        if size > 1 and rest and abs(value - rest - wanted) <= room:
            yield parts, (1, *(-1,) * (size - 1))
        if size > 2 and (total.hinted or size <= 8):
            twice = plus - wanted
            if twice % 2 == 0:
                one = seen.get(twice // 2)
                if one is not None and twice:
                    yield parts, tuple(-1 if p == one else 1 for p in parts)
                two = pairs.get(twice // 2)
                if two is not None and twice:
                    yield parts, tuple(-1 if p in two else 1 for p in parts)
        if value:
            if size <= PAIRS_WITHIN:
                for other_value, other in seen.items():
                    pairs.setdefault(other_value + value, (other, position))
            seen.setdefault(value, position)


def _check(total: _Row, open_rows: Sequence[_Row], parts: tuple[int, ...], weights: tuple[int, ...]) -> _Match | None:
    holds: list[int] = []
    fails: list[int] = []
    exact = True
    room = (len(parts) + 1) // 2
    for c, wanted in enumerate(total.values):
        if wanted is None:
            continue
        found = [open_rows[p].values[c] for p in parts]
        if all(value is None for value in found):
            continue
        off = abs(sum(w * (v or 0) for w, v in zip(weights, found, strict=True)) - wanted)
        (holds if off <= room else fails).append(c)
        exact &= off == 0 or off > room
    return _Match(parts, weights, tuple(holds), tuple(fails), exact) if holds else None


def _trusted(match: _Match, total: _Row, open_rows: Sequence[_Row]) -> bool:
    """Whether arithmetic that holds here is a structure and not a coincidence.

    What holds in two columns of different figures, and fails in fewer than it holds in, is one; but only a row
    that looks like a total may subtract. What holds in a single column has to hold exactly, over figures that are not small.
    """
    told = {(total.values[c], *(open_rows[p].values[c] for p in match.parts)) for c in match.holds if total.values[c]}
    summing = any(sum(1 for p in match.parts if open_rows[p].values[c]) >= 2 for c in match.holds)
    lively = len(told) if summing else 0
    minus = match.weights.count(-1)
    if minus and not total.hinted:
        return False
    if lively >= 2 and len(match.fails) < len(match.holds):
        return match.exact or total.hinted or minus == 0
    if lively >= 1 and match.exact and max(abs(total.values[c] or 0) for c in match.holds) >= _SMALL:
        if match.fails:
            return total.hinted and minus == 0 and len(match.parts) > 2 and len(match.fails) <= len(match.holds)
        usual = minus in (0, len(match.parts) - 1) or (minus == 1 and len(match.parts) <= 6)
        return usual and (total.hinted or len(match.parts) > 2)
    return False
