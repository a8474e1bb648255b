"""Spans: the columns that each phrase of a heading line stands over."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from tagger.grid.headings import Phrase
from tagger.grid.headwords import in_vocabulary
from tagger.grid.lines import Line

_CENTRED = 6  # twice how far from the middle of all columns a heading over all of them may stand


def spread(
    phrases: Sequence[Phrase],
    columns: Sequence[tuple[int, int]],
    *,
    lengths: bool = False,
    lasting: Collection[Phrase] = (),
    alone: bool = True,
) -> list[tuple[int, int]]:
    """Return for each phrase the first column it stands over, from 1, and how many it spans.

    *columns* are the places of the columns on the line. *lengths* says that the phrases are lengths of time, which every
    column needs; else those of *lasting* are, and may stand over several columns however short they are. One phrase may
    stand over a column *alone* that it ends with, where that is no length of time.

    >>> spread([Phrase(0, 4, 2, 6), Phrase(5, 9, 12, 16)], [(0, 3), (5, 8), (10, 13), (15, 18)])
    [(1, 2), (3, 2)]
    """
    count, total = len(phrases), len(columns)
    if not count or not total:
        return []
    if count >= total:
        return [(min(index, total - 1) + 1, 1) for index in range(count)]
    own = _own_column(phrases[0], columns) if count == 1 and alone else None
    if own is not None:
        return [(own, 1)]
    return _by_place(phrases, columns, lengths, lasting)


def _own_column(phrase: Phrase, columns: Sequence[tuple[int, int]]) -> int | None:
    """Return the column that a heading alone on its line ends with and reaches over no other: it is none of several.

    "2005" stands over "(Restated)", and "2006" a line lower over the column beside it.
    """
    closed = [place for place, (_, right) in enumerate(columns) if abs(right - phrase.right) <= 1]
    if len(closed) != 1 or abs(phrase.left + phrase.right - columns[0][0] - columns[-1][1]) <= _CENTRED:
        return None
    others = (column for place, column in enumerate(columns) if place != closed[0])
    reaches = any(phrase.left <= right and left <= phrase.right for left, right in others)
    return None if reaches else closed[0] + 1


def split_phrase(line: Line, phrase: Phrase, columns: Sequence[tuple[int, int]]) -> list[Phrase]:
    """Cut a phrase over several columns into words where each word stands over a column of its own.

    One blank was all that was left between "International Consolidated".
    """
    words = [match.span() for match in re.finditer(r"\S+", line.string[phrase.left : phrase.right])]
    if len(words) != len(columns) or len(words) < 2 or in_vocabulary(line.string[phrase.left : phrase.right]):
        return [phrase]
    for (start, end), (left, right) in zip(words, columns, strict=True):
        if phrase.left + end <= left - 4 or phrase.left + start >= right + 4:
            return [phrase]
    return [
        Phrase(phrase.start + start, phrase.start + end, phrase.left + start, phrase.left + end) for start, end in words
    ]


def _by_place(
    phrases: Sequence[Phrase], columns: Sequence[tuple[int, int]], lengths: bool, lasting: Collection[Phrase]
) -> list[tuple[int, int]]:
    """Give each phrase a run of neighbouring columns whose middle is nearest to its own; all runs in order."""
    total = len(columns)
    # every column needs a period, so a line of lengths leaves none out if it can
    left_out = 4.0 if lengths and len(phrases) > 1 else 0.0
    best: list[tuple[float, tuple[tuple[int, int], ...]]] = [(left_out * column, ()) for column in range(total + 1)]
    for phrase in phrases:
        middle = (phrase.left + phrase.right) / 2
        following: list[tuple[float, tuple[tuple[int, int], ...]]] = [(float("inf"), ())] * (total + 1)
        for first in range(total):
            before, runs = best[first]
            if before == float("inf"):
                continue
            for last in range(first, total):
                cost = before + _misfit(phrase, middle, columns, first, last, lengths or phrase in lasting)
                if cost < following[last + 1][0]:
                    following[last + 1] = (cost, (*runs, (first + 1, last - first + 1)))
        for end in range(1, total + 1):
            if following[end - 1][0] + left_out <= following[end][0]:
                following[end] = (following[end - 1][0] + left_out, following[end - 1][1])
        best = following
    cost, runs = best[total]
    if total % len(phrases) == 0 and (lengths or len(phrases) > 1) and not any(phrase.ruled for phrase in phrases):
        even, fit = _evenly(phrases, columns)
        if fit <= cost + (12 if lengths else 5) * len(phrases):
            return even
    return list(runs) if len(runs) == len(phrases) else [(min(i, total - 1) + 1, 1) for i in range(len(phrases))]


def _evenly(phrases: Sequence[Phrase], columns: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], float]:
    """Give each phrase as many columns, and say how badly they fit."""
    each = len(columns) // len(phrases)
    even = [(index * each + 1, each) for index in range(len(phrases))]
    fit = sum(
        _misfit(phrase, (phrase.left + phrase.right) / 2, columns, first - 1, first + span - 2, True)
        for phrase, (first, span) in zip(phrases, even, strict=True)
    )
    return even, fit


def _misfit(
    phrase: Phrase, middle: float, columns: Sequence[tuple[int, int]], first: int, last: int, lengths: bool
) -> float:
    """Return how badly the columns *first* to *last* lie under the phrase: middles apart, columns not covered."""
    left, right = columns[first][0], columns[last][1]
    cost = abs(middle - (left + right) / 2)
    extra = last - first
    if (
        extra
        and not lengths
        and phrase.right - phrase.left <= max(edge[1] - edge[0] for edge in columns[first : last + 1])
    ):
        cost += 3.0 * extra  # a narrow heading rarely stands over several columns
    # a column that reaches under the phrase and is left out, or one far outside that is taken in
    if first and columns[first - 1][1] > phrase.left:
        cost += min(columns[first - 1][1] - phrase.left, 8)
    if last + 1 < len(columns) and columns[last + 1][0] < phrase.right:
        cost += min(phrase.right - columns[last + 1][0], 8)
    return cost + (-0.1 if lengths else 0.5) * extra
