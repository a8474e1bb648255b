"""Order: the columns that headings stand over where their places are lost and only their order is left.

One row of the headings has a part for every column, or for every column that holds no percentages. The rows over it are
dealt out by what repeats under them. What fits in no way, or in several, stands over no column: nothing then names the
time of the columns, and they are refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tagger.grid.parts import MOMENTS, Meaning, Part, following, paired


class Over(NamedTuple):
    """Parts of headings over *span* columns from the column *first*, counted from 1."""

    parts: tuple[Part, ...]
    first: int
    span: int = 1


class _Bottom(NamedTuple):
    """The row of headings with a part for each of *columns*."""

    parts: Sequence[Part]
    columns: Sequence[int]


_Groups: TypeAlias = Sequence[tuple[int, int]]  # runs of a bottom row: first and stop


def in_order(parts: Sequence[Part], total: int, percents: Sequence[bool] = ()) -> list[list[Over]]:
    """Return the rows of headings that *parts* make over *total* columns, of which *percents* hold percentages.

    >>> from tagger.grid.parts import read_parts
    >>> from tagger.values import Span
    >>> def over(text, total):
    ...     rows = in_order(read_parts(text, [[Span(0, len(text))]]), total)
    ...     return [(place.first, place.span, place.parts[0].string) for row in rows for place in row]
    >>> over("Quarter Ended Year Ended 2006 2005 2006", 3)
    [(1, 2, 'Quarter Ended'), (3, 1, 'Year Ended'), (1, 1, '2006'), (2, 1, '2005'), (3, 1, '2006')]
    >>> over("Quarter Ended Year Ended 2006 2005 2004 2003", 4)
    []
    """
    if not any(part.timely for part in parts):
        return _untimed(parts, range(1, total + 1), total)
    found = _found(parts, total, percents) or _found(paired(parts, over=True), total, percents)
    if len(found) != 1:
        return []
    ((said, rows),) = found.items()
    placed = {span for row in rows for place in row for part in place.parts for span in part.spans}
    left = [part for part in parts if placed.isdisjoint(part.spans)]
    free = [column for column, time in enumerate(said, 1) if not time]
    return [*rows, *_untimed(left, free, total)]


def _found(parts: Sequence[Part], total: int, percents: Sequence[bool]) -> dict[tuple[str, ...], list[list[Over]]]:
    """Return the rows of headings that *parts* can make, by the times they give the columns."""
    found: dict[tuple[str, ...], list[list[Over]]] = {}
    for rows in _arrangements(parts, total, percents):
        found.setdefault(_times(rows, total), rows)
    return found


def _times(rows: Sequence[Sequence[Over]], total: int) -> tuple[str, ...]:
    """Return the times that *rows* say over each column, in the order of the document."""
    said: list[list[Part]] = [[] for _ in range(total)]
    for place in itertools.chain(*rows):
        for column in range(place.first, place.first + place.span):
            said[column - 1] += filter(_is_timely, place.parts)
    return tuple(" ".join(part.string for part in sorted(parts, key=_start)) for parts in said)


def _start(part: Part) -> int:
    return part.spans[0].start


def _arrangements(parts: Sequence[Part], total: int, percents: Sequence[bool]) -> Iterator[list[list[Over]]]:
    """Yield the ways in which the times among *parts* stand over columns."""
    yield from _stacks([part for part in parts if part.timely], total)
    for said in (parts, *_joined(parts)):
        for bottom in _bottoms(said, total, percents):
            over = _rows(said, bottom)
            rows = [_dealt(row, bottom, _strings(over, bottom)) for row in over]
            if all(rows) and not _recurs(over, bottom):
                own = [Over((part,), column) for part, column in zip(bottom.parts, bottom.columns, strict=True)]
                yield sorted([*rows, own], key=lambda row: _start(row[0].parts[0]))


def _stacks(times: Sequence[Part], total: int) -> Iterator[list[list[Over]]]:
    """Yield *times* as headings that run down one column after the other, as their kinds, which recur, show."""
    depth, rest = divmod(len(times), total)
    if rest or depth < 2 or total < 2:
        return
    stacks = [tuple(times[at : at + depth]) for at in range(0, len(times), depth)]
    kinds = {tuple(part.meaning for part in stack) for stack in stacks}
    if len(kinds) == 1 and len(set(*kinds)) == depth:
        yield [[Over(stack, column) for column, stack in enumerate(stacks, 1)]]


def _joined(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield *parts* with every length and the time behind it as one, where all times of that kind stand so."""
    for kind in (*MOMENTS, Meaning.QUARTER):
        joined = following(parts, Meaning.LENGTH, (kind,), Meaning.LENGTH)
        if joined and all(part.meaning is not kind for part in joined):
            yield joined


def _bottoms(parts: Sequence[Part], total: int, percents: Sequence[bool]) -> Iterator[_Bottom]:
    """Yield the runs of *parts* that may stand over a column each."""
    every = range(1, total + 1)
    plain = [column for column, percent in zip(every, percents, strict=False) if not percent]
    runs = [list(run) for _, run in itertools.groupby(parts, lambda part: part.meaning)]
    whole = [run for run in runs if len(run) == total and all(part.timely or part.alone for part in run)]
    yield from (_Bottom(run, every) for run in whole)
    if not whole:
        yield from (_Bottom(row, every) for row in (*_lines(parts, total), *_mixed(parts, total)))
    if 0 < len(plain) < total:
        times = [list(run) for _, run in itertools.groupby(filter(_is_timely, parts), lambda part: part.meaning)]
        yield from (_Bottom(run, plain) for run in times if len(run) == len(plain) and not whole)
        if plain[-1] == len(plain) != 1 and parts[-1].meaning is Meaning.CHANGE:
            # the last heading stands over an amount and a percentage
            yield from (_Bottom(run, plain[:-1]) for run in runs if run[-1] is parts[-2] and len(run) == len(plain) - 1)


def _lines(parts: Sequence[Part], total: int) -> Iterator[list[Part]]:
    """Yield the lines that have a heading for each column, parted by wide blanks, whatever was read in it."""
    for line, run in itertools.groupby(parts, lambda part: part.line):
        row = list(run)
        if line >= 0 and len(row) == total and all(part.alone for part in row) and any(map(_is_timely, row)):
            yield row


def _mixed(parts: Sequence[Part], total: int) -> Iterator[Sequence[Part]]:
    """Yield the rows of *total* parts of several kinds, a time first, that leave out none of their kind before or behind."""
    for at in range(len(parts) + 1 - total):
        row = parts[at : at + total]
        before, behind = parts[at - 1 : at], parts[at + total : at + total + 1]
        kinds = {part.meaning for part in row}
        if len(kinds) < 2 or Meaning.LENGTH in kinds or {Meaning.DATE, Meaning.YEAR} <= kinds or not row[0].timely:
            continue
        cut = any(part.meaning is row[0].meaning for part in before) or any(part.meaning in kinds for part in behind)
        under = sum(map(_is_timely, parts[at + total :]))
        if not cut and under in (0, sum(map(_is_timely, row))) and all(map(_is_one, row)):
            yield row


def _is_timely(part: Part) -> bool:
    return part.timely


def _is_one(part: Part) -> bool:
    """Say whether *part* is the heading of one column: words between times may be those of several."""
    return part.meaning is not Meaning.WORDS or part.alone


def _rows(parts: Sequence[Part], bottom: _Bottom) -> list[list[Part]]:
    """Return the times of *parts* that are not in the *bottom* row, in runs of one kind."""
    rest = (part for part in parts if part.timely and part not in bottom.parts)
    return [list(run) for _, run in itertools.groupby(rest, lambda part: part.meaning)]


def _recurs(rows: Sequence[Sequence[Part]], bottom: _Bottom) -> bool:
    """Say whether a kind of time makes two rows: the headings then do not run line by line."""
    kinds = [row[0].meaning for row in rows]
    return len(set(kinds)) < len(kinds) or bottom.parts[0].meaning in kinds


def _strings(rows: Sequence[Sequence[Part]], bottom: _Bottom) -> list[str]:
    """Return what the rows with a part for each column say over each."""
    full = [row for row in (*rows, bottom.parts) if len(row) == len(bottom.parts)]
    return [" ".join(part.string for part in column) for column in zip(*full, strict=True)]


def _dealt(row: Sequence[Part], bottom: _Bottom, strings: Sequence[str]) -> list[Over]:
    """Deal the columns of *bottom* out to the parts of the *row* over it; return nothing where that is not certain."""
    times = [column for part, column in zip(bottom.parts, bottom.columns, strict=True) if part.timely]
    if len(row) == len(times):
        return [Over((part,), column) for part, column in zip(row, times, strict=True)]
    groups = _groups(bottom.parts, strings, len(row))
    return [
        Over((part,), columns[0], columns[-1] + 1 - columns[0])
        for part, group in zip(row, groups, strict=False)
        if (columns := _timed(bottom, group))
    ]


def _timed(bottom: _Bottom, group: tuple[int, int]) -> list[int]:
    """Return the columns of a *group* without those of changes at its ends."""
    inside = list(zip(bottom.parts, bottom.columns, strict=True))[slice(*group)]
    while inside and inside[-1][0].meaning is Meaning.CHANGE:
        inside.pop()
    return [column for _, column in inside]


def _groups(bottom: Sequence[Part], strings: Sequence[str], count: int) -> _Groups:
    """Part a row into *count* runs: those that begin alike, or else that are of one kind each; nothing if that is not certain.

    *strings* say what stands over each of its columns; no run says the same twice.
    """
    total = len(bottom)
    if count in (1, total):
        return [(at * total // count, (at + 1) * total // count) for at in range(count)]
    cuts = itertools.combinations(range(1, total), count - 1) if count < total else ()
    ways = [list(itertools.pairwise((0, *cut, total))) for cut in cuts]
    ways = [way for way in ways if all(len(set(strings[slice(*run)])) == run[1] - run[0] for run in way)]
    alike = [way for way in ways if len({_digits(strings[first]) for first, _ in way}) == 1]
    kinds = [len(list(run)) for _, run in itertools.groupby(bottom, lambda part: part.meaning)]
    ends = tuple(itertools.accumulate(kinds))
    if len(alike) == 1 or len(ways) == 1:
        return (alike or ways)[0]
    quarters = any(part.meaning is Meaning.QUARTER for part in bottom)
    return list(itertools.pairwise((0, *ends))) if len(kinds) == count and quarters and not alike else []


def _digits(string: str) -> str:
    """Return the digits of *string*, of which recognition spoils fewer than of its letters; all of it where it has none."""
    return "".join(filter(str.isdigit, string)) or string


def _untimed(parts: Sequence[Part], free: Sequence[int], total: int) -> list[list[Over]]:
    """Return the rows of what names no time: changes over the columns that have no time, other words over all."""
    if not parts:
        return []
    if len(parts) in (total, len(free)) and all(map(_is_one, parts)):
        columns = free if len(parts) == len(free) else range(1, total + 1)
        return [[Over((part,), column) for part, column in zip(parts, columns, strict=True)]]
    if any(part.meaning is Meaning.WORDS for part in parts):
        return [[Over(tuple(parts), 1, total)]]
    return [[Over(tuple(parts), column) for column in free]] if free else []
