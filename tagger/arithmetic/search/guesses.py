"""Which rows could be the parts of a total, as one column proposes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tagger.arithmetic.search.vectors import SumRow

PAIRS_WITHIN = 12


class Guess(Struct, frozen=True):
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
        if size > 1 and 2 * abs(plus - wanted) <= units:
            yield Guess(tuple(range(position, end)), (1,) * size)
        if size > 1 and rest and 2 * abs(value - rest - wanted) <= units:
            yield Guess(tuple(range(position, end)), (1, *(-1,) * (size - 1)))
        if total.loss and size > 1 and value and 2 * abs(rest - value - wanted) <= units:
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
        if -units <= 2 * off <= units and size > 1:
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
