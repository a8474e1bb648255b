"""Habits: with what words filers call a concept, and where and among what they put it.

What is seen of a row is held against what filers who use a concept show, so that concepts that few filers use are told
apart by all that is known of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise, repeat
from math import expm1, log, log1p
from typing import NamedTuple

from tagger.evidence.features import View, feature_number, neighbour, words, zone_of
from tagger.evidence.weights import OWN, Weights

DOUBT = 2.0
"""Filers that what is usual for all concepts stands for, in what is known of one."""
HABITS = 8
"""How many numbers `of_habit` gives for a concept."""
_LONGEST = 14
_SHORT = 40  # concepts that show a thing are looked up one by one, where there are more


class Habits(NamedTuple):
    """What is seen of a row, each thing as a number, by what it tells of: its *words* and what else."""

    words: tuple[int, ...]
    others: tuple[tuple[int, ...], ...]


def habits(seen: View, position: int) -> Habits:
    """Return what is seen of the row at *position* that filers may be in the habit of."""
    row, kind = seen.rows[position], seen.kind
    said, pieces = _of_label(row.label)
    return Habits(
        said,
        (
            _numbered(f"z{kind}{zone_of(row.headings)}"),
            pieces,
            _around(row.above, row.below),
            _numbered(f"n{neighbour(seen, position, -1)}", f"m{neighbour(seen, position, 1)}"),
            _numbered(f"q{kind}{seen.passed[position]}", f"t{kind}{seen.ahead[position]}"),
            _of_company(kind, seen.company),
        ),
    )


def word_number(word: str) -> int:
    """Return the number of a *word* of a label, or of the name of a concept."""
    return feature_number(f"w{word}")


@lru_cache(maxsize=1024)
def _of_label(label: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    tokens = words(label).plain.split()[:_LONGEST]
    pieces = sorted({f"y{one} {two}" for one, two in pairwise(("^", *tokens, "$"))})
    return tuple(map(word_number, sorted(set(tokens)))), _numbered(*pieces)


@lru_cache(maxsize=1024)
def _around(above: str, below: str) -> tuple[int, ...]:
    return _numbered(
        *[f"a{word}" for word in sorted(set(above.split()))], *[f"d{word}" for word in sorted(set(below.split()))]
    )


@lru_cache(maxsize=1024)
def _of_company(kind: str, company: tuple[tuple[str, int], ...]) -> tuple[int, ...]:
    return _numbered(*[f"s{kind}{sign}{first >= 0:d}" for sign, first in company])


def _numbered(*found: str) -> tuple[int, ...]:
    return tuple(map(feature_number, found))


def of_habit(weights: Weights, shown: Habits, wanted: Sequence[int], *, own: int = -1) -> list[tuple[float, ...]]:
    """Return for each concept *wanted* how much likelier what is *shown* is where filers use it than anywhere.

    One filer less stands behind the concept *own*.
    """
    users = [weights.users[concept] - (concept == own) for concept in wanted]
    named = _sums(weights, shown.words, wanted, [_unseen(many + 1) for many in users], own)
    said = 0.5 / max(1, len(shown.words))
    columns = [[0.2 * much for much in named], [said * much for much in named]]
    unseen = list(map(_unseen, users))
    columns += [[0.3 * much for much in _sums(weights, numbers, wanted, unseen, own)] for numbers in shown.others]
    nothing = (0.0,) * HABITS
    found = zip(*columns, strict=True)
    return [nothing if weights.names[one] == OWN else told for one, told in zip(wanted, found, strict=True)]


def _sums(
    weights: Weights, numbers: Sequence[int], wanted: Sequence[int], unseen: Sequence[float], own: int
) -> list[float]:
    """Return for each concept *wanted* what all that is seen speaks for it, less what is *unseen* speaks against it."""
    tables = [table for table in [_gains(weights, number) for number in numbers] if table is not None]
    if not tables or not wanted:
        return [0.0] * len(wanted)
    gains = [table.of(wanted) for table in tables]
    if own >= 0 and own in wanted:
        at = wanted.index(own)
        gains = [
            (*column[:at], log1p(max(0.0, expm1(column[at]) - table.one)), *column[at + 1 :])
            for table, column in zip(tables, gains, strict=True)
        ]
    many = len(tables)
    return [whole - many * less for whole, less in zip(map(sum, zip(*gains, strict=True)), unseen, strict=True)]


@cache
def _unseen(users: int) -> float:
    """Return what speaks against a concept of so many *users* if none of them shows a thing."""
    return log(1 + users / DOUBT)


class _Gains(dict[int, float]):
    """What a thing seen says for concepts, of many each once it is asked; *one* is what a filer stands for."""

    __slots__ = ("_end", "_start", "_weights", "of_many", "one")

    def __init__(self, weights: Weights, start: int, end: int, share: float) -> None:
        self._weights, self._start, self._end = weights, start, end
        self.one = one = 1 / (DOUBT * share)
        self.of_many = end - start > _SHORT
        if not self.of_many:
            filers = weights.habit_filers[start:end]
            super().__init__(
                zip(weights.habit_concepts[start:end], [log1p(many * one) for many in filers], strict=True)
            )

    def of(self, wanted: Sequence[int]) -> Sequence[float]:
        """Return what it says for each concept *wanted*."""
        return tuple(map(self.__getitem__, wanted) if self.of_many else map(self.get, wanted, repeat(0.0)))

    def __missing__(self, concept: int) -> float:
        concepts = self._weights.habit_concepts
        at = bisect_left(concepts, concept, self._start, self._end)
        there = at < self._end and concepts[at] == concept
        self[concept] = gain = log1p(self._weights.habit_filers[at] * self.one) if there else 0.0
        return gain


@lru_cache(maxsize=1024)
def _gains(weights: Weights, number: int) -> _Gains | None:
    """Return what a thing seen says for concepts: how many filers that use one show it, set against how many do at all."""
    start, end, share = weights.habit(number)
    return _Gains(weights, start, end, share) if end > start else None
