"""Which rows could be the parts of a total, as one column proposes them, and what all columns say of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tagger.arithmetic.search.vectors import SumRow
from tagger.values import within

PAIRS_WITHIN = 12
SMALL = 20
_TELLING = 1000  # a number this large is hit by chance too rarely to doubt a total that says it is one


class Guess(Struct, frozen=True, gc=False):
    """*parts* are positions in the list of open rows, *weights* run along them; *skips* says that a row is left out."""

    parts: tuple[int, ...]
    weights: tuple[int, ...]
    skips: bool = False


def guesses(total: SumRow, open_rows: Sequence[SumRow], pivot: int) -> Iterator[Guess]:
    """Return the guesses that give *total* in column *pivot*, within rounding.

    All parts are added; a row that looks like a total may also subtract all parts but the first, or the first
    alone where it is a loss printed without a minus, subtract one or two rows of its run, or leave one of them out.
    """
    return _turned(total, open_rows, pivot) if total.hinted else _added(total, open_rows, pivot)


def _turned(total: SumRow, open_rows: Sequence[SumRow], pivot: int) -> Iterator[Guess]:
    """Yield the runs that give *total* in column *pivot*, added up or with rows taken away or left out."""
    wanted = total.values[pivot] or 0
    plus = 0
    units = total.units[pivot]
    seen: dict[int, int] = {}
    pairs: dict[int, tuple[int, int]] = {}
    end = len(open_rows)
    for position in range(end - 1, -1, -1):
        row = open_rows[position]
        value = row.values[pivot] or 0
        rest = plus
        plus += value
        units += row.units[pivot]
        size = end - position
        if size > 1 and abs(2 * (plus - wanted)) <= units:
            yield Guess(tuple(range(position, end)), (1,) * size)
        if size > 1 and rest and abs(2 * (value - rest - wanted)) <= units:
            yield Guess(tuple(range(position, end)), (1, *(-1,) * (size - 1)))
        if total.loss and size > 1 and value and abs(2 * (rest - value - wanted)) <= units:
            yield Guess(tuple(range(position, end)), (-1, *(1,) * (size - 1)))
        if size > 2 and plus != wanted:
            yield from _odd(range(position, end), plus - wanted, seen, pairs)
        if value:
            if size <= PAIRS_WITHIN:
                for other_value, other in seen.items():
                    pairs.setdefault(other_value + value, (other, position))
            seen.setdefault(value, position)


def _added(total: SumRow, open_rows: Sequence[SumRow], pivot: int) -> Iterator[Guess]:
    """Yield the runs of two rows or more that add up to *total* in column *pivot*, within rounding."""
    off = -(total.values[pivot] or 0)
    units = total.units[pivot]
    end = len(open_rows)
    for size, row in enumerate(reversed(open_rows), start=1):
        off += row.values[pivot] or 0
        units += row.units[pivot]
        if size > 1 and abs(2 * off) <= units:
            yield Guess(tuple(range(end - size, end)), (1,) * size)


def _odd(run: range, excess: int, seen: dict[int, int], pairs: dict[int, tuple[int, int]]) -> Iterator[Guess]:
    """Yield the guesses that turn or leave out what is too much in a run."""
    half, odd = divmod(excess, 2)
    if not odd:
        one = seen.get(half)
        if one is not None:
            yield Guess(tuple(run), tuple(-1 if p == one else 1 for p in run))
        two = pairs.get(half)
        if two is not None:
            yield Guess(tuple(run), tuple(-1 if p in two else 1 for p in run))
    left = seen.get(excess)
    if left is not None:
        parts = tuple(p for p in run if p != left)
        yield Guess(parts, (1,) * len(parts), skips=True)


class Match(Struct, frozen=True, gc=False):
    """A guess with the positions of the columns in which it *holds* and *fails*."""

    guess: Guess
    holds: tuple[int, ...]
    fails: tuple[int, ...]
    exact: bool


def weigh(total: SumRow, open_rows: Sequence[SumRow], guess: Guess, *, everywhere: bool = False) -> Match | None:
    """Return where *guess* holds and fails; `None` if it holds nowhere, or, where it has to hold *everywhere*, fails."""
    holds: list[int] = []
    fails: list[int] = []
    exact = True
    run = [open_rows[p] for p in guess.parts]
    for c, wanted in enumerate(total.values):
        if wanted is None:
            continue
        there = False
        added = 0
        units = total.units[c]
        for row, weight in zip(run, guess.weights, strict=True):
            value = row.values[c]
            if value is not None:
                there = True
                added += weight * value
                units += row.units[c]
        if not there:
            continue
        off = 2 * (added - wanted)
        if within(off, units):  # as the judge says of the facts, here in whole half units
            holds.append(c)
            exact &= not off
        elif everywhere:
            return None
        else:
            fails.append(c)
    return Match(guess, tuple(holds), tuple(fails), exact) if holds else None


def trusted(match: Match, total: SumRow, open_rows: Sequence[SumRow]) -> bool:
    """Whether arithmetic that holds here is a structure and not a coincidence.

    What holds in two columns of different figures, and fails in fewer than it holds in, is one, if the figures are not
    small, and not of a few digits where it holds rounded; but only a row that looks like a total may subtract or leave a
    row out. What holds in a single column has to hold exactly, over figures that are not small; a row that looks like a
    total may then fail in as many others, and may be rounded where it adds up several large figures.
    """
    minus = match.guess.weights.count(-1)
    if (minus or match.guess.skips) and not total.hinted:
        return False
    run = [open_rows[p] for p in match.guess.parts]
    if minus and _cancels(run, match.guess.weights, match.holds):
        return False
    if match.fails and _largest(match, total) < (SMALL if match.exact else _TELLING):
        return False
    told = {(total.values[c], *[row.values[c] for row in run]) for c in match.holds if total.values[c]}
    summing = any(sum([1 for row in run if row.values[c]]) >= 2 for c in match.holds)
    lively = len(told) if summing else 0
    if match.guess.skips:
        return lively >= 2 and match.exact and not match.fails
    if lively >= 2 and len(match.fails) < len(match.holds):
        return match.exact or total.hinted or minus == 0
    return bool(lively) and _in_few(match, total, len(run), minus)


def _in_few(match: Match, total: SumRow, size: int, minus: int) -> bool:
    """Whether what holds in a single column of figures, or fails in as many as it holds in, is a structure."""
    largest = _largest(match, total)
    few = len(match.fails) <= len(match.holds)
    plain = minus == 0 and size > 2
    if not match.exact:
        return total.hinted and plain and largest >= _TELLING * size and bool(match.fails) and few
    regular = minus in (0, size - 1)
    if match.fails:
        return total.hinted and few and ((plain and largest >= SMALL) or (regular and largest >= _TELLING))
    usual = regular or (minus == 1 and size <= 6)
    return largest >= SMALL and usual and (total.hinted or size > 2)


def _largest(match: Match, total: SumRow) -> int:
    """Return the largest figure of *total* that *match* gives, in units of its last place."""
    return max(abs(total.values[c] or 0) // max(total.units[c], 1) for c in match.holds)


def _cancels(run: Sequence[SumRow], weights: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether in every column a figure is taken away that another row prints again, but for rounding: no sum of both rows."""
    plus = [row for row, weight in zip(run, weights, strict=True) if weight > 0]
    minus = [row for row, weight in zip(run, weights, strict=True) if weight < 0]
    return all(any(_again(one, other, c) for one in plus for other in minus) for c in columns)


def _again(one: SumRow, other: SumRow, column: int) -> bool:
    value, same = one.values[column], other.values[column]
    if value is None or same is None:
        return value is same
    return within(value - same, max(one.units[column], other.units[column]))
