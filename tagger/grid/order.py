"""Order: the columns that headings stand over where their places are lost and only their order is left.

A line with one heading for each column says what every column is; a line with fewer goes by it: lengths of time over
columns of periods, "Change" over those of changes. What fits in no one way stands over no column.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import TypeAlias

Places: TypeAlias = list[tuple[int, int]]
_CHANGE = re.compile(r"change|variance|growth|increase|decrease|^\W*%|^[$]$|^amounts?$|^percent|\w-o(?:ver)?-\w", re.I)


def in_order(lines: Sequence[Sequence[str]], total: int) -> list[Places]:
    """Return for each heading of *lines* the first column of *total* it stands over, from 1, and how many; or nothing.

    >>> in_order([["Three Months Ended", "Change"], ["2006", "2005", "$", "%"]], 4)
    [[(1, 2), (3, 2)], [(1, 1), (2, 1), (3, 1), (4, 1)]]
    >>> in_order([["Quarter Ended", "Year Ended"], ["2006", "2005", "2006"]], 3)[0]
    []
    """
    whole = next((line for line in reversed(lines) if len(line) == total), ())
    return [_places(line, [_is_change(word) for word in whole], total) for line in lines]


def _places(line: Sequence[str], changes: Sequence[bool], total: int) -> Places:
    count = len(line)
    if not 0 < count < total:
        return [(at, 1) for at in range(1, total + 1)] if count == total else []
    if any(changes) or any(map(_is_change, line)):
        return _by_kind([_is_change(word) for word in line], changes) or ([(1, total)] if count == 1 else [])
    if total % count:
        return []
    width = total // count
    return [(1 + at * width, width) for at in range(count)]


def _is_change(word: str) -> bool:
    return _CHANGE.search(word) is not None


def _by_kind(line: Sequence[bool], changes: Sequence[bool]) -> Places:
    """Give the headings of *line*, changes or not, the columns of their kind: all of them, or run by run."""
    if len(set(line)) == 1:
        return _dealt(len(line), [at for at, change in enumerate(changes, 1) if change is line[0]])
    runs = [
        (kind, [at for at, _ in run]) for kind, run in itertools.groupby(enumerate(changes, 1), key=lambda at: at[1])
    ]
    groups = [(kind, len(list(group))) for kind, group in itertools.groupby(line)]
    if [kind for kind, _ in runs] != [kind for kind, _ in groups]:
        return []
    dealt = [_dealt(count, columns) for (_, count), (_, columns) in zip(groups, runs, strict=True)]
    return [place for places in dealt for place in places] if all(dealt) else []


def _dealt(count: int, columns: Sequence[int]) -> Places:
    """Deal *columns* out to *count* headings, as many to each."""
    width, rest = divmod(len(columns), count)
    if rest or not width:
        return []
    groups = [columns[at : at + width] for at in range(0, len(columns), width)]
    return [(group[0], group[-1] - group[0] + 1) for group in groups]
