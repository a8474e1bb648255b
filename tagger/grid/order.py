"""Order: the columns that headings stand over where their places are lost and only their order is left.

One row of the headings has a part for every column, or for every column that holds no percentages. The rows over it are
dealt out by what repeats under them. What fits in no way, or in several, stands over no column: nothing then names the
time of the columns, and they are refused.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tagger.grid.parts import MOMENTS, Meaning, Part, following, paired
from tagger.grid.readings import YEARED, digits, gathered, readings, under_whole
from tagger.lexicon import find_periods
from tagger.lexicon.ranges import find_atoms
from tagger.lexicon.shapes import shape


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
_LASTING = (Meaning.LENGTH, Meaning.QUARTER, Meaning.VERSUS)
_COUNTLESS = shape(r"(?:\L<units>|\L<periods>)\s+\L<ended>[.:]?")
_MANY = 5000  # ways to part a row, of which no one is certain
_MOST_PARTS = 500  # of headings; the columns of a table have a few each


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
    if len(parts) > _MOST_PARTS:
        return []
    if not any(part.timely for part in parts):
        return _untimed(parts, range(1, total + 1), total)
    if len({part.line for part in parts if part.meaning is Meaning.LENGTH and part.line >= 0}) > 1:
        return []  # one stands above another: "Twelve Months", below "Three Months Ended  Ended"
    parts = gathered(parts)
    ways = (parts, paired(parts, over=True), *under_whole(parts))
    found = next(filter(None, (_found(way, total, percents) for way in ways)), None) or _over_all(parts, total)
    if len(found) != 1:
        return []
    ((said, rows),) = found.items()
    if not _is_even(_columns(rows, total), percents):
        return []  # what the figures show contradicts the order
    placed = {span for row in rows for place in row for part in place.parts for span in part.spans}
    left = [part for part in parts if not part.timely and placed.isdisjoint(part.spans)]
    free = [column for column, time in enumerate(said, 1) if not time]
    if any(part.meaning is Meaning.VERSUS or (part.meaning is Meaning.CHANGE and not free) for part in left):
        return []  # some of the columns are changes
    if any(_COUNTLESS.fullmatch(part.string) for part in left):
        return []  # the length of some columns is torn: "Weeks Ended", below "Sixteen"
    return [*rows, *_untimed(left, free, total)]


def _found(parts: Sequence[Part], total: int, percents: Sequence[bool]) -> dict[tuple[str, ...], list[list[Over]]]:
    """Return the rows of headings that *parts* can make, by the times they give the columns; what says none twice goes first."""
    found: dict[tuple[str, ...], list[list[Over]]] = {}
    for said in readings(parts):
        for rows in _arrangements(said, total, percents):
            if all(map(_fits, _columns(rows, total))):
                found.setdefault(_times(rows, total), rows)
    apart = {times: rows for times, rows in found.items() if _are_apart(rows, total)}
    return apart or found


def _over_all(parts: Sequence[Part], total: int) -> dict[tuple[str, ...], list[list[Over]]]:
    """Return the one time that *parts* name as the heading of all columns, which other words tell apart."""
    times = [part for part in parts if part.timely]
    kinds = {part.meaning for part in times}
    worded = any(part.meaning is Meaning.WORDS for part in parts)
    if not worded or len(kinds) < len(times) or not kinds & set(YEARED):
        return {}
    rows = [[Over((part,), 1, total)] for part in times]
    return {_times(rows, total): rows}


def _times(rows: Sequence[Sequence[Over]], total: int) -> tuple[str, ...]:
    """Return the times that *rows* say over each column, in the order of the document."""
    return tuple(
        " ".join(part.string for part in sorted(parts, key=_start) if part.timely) for parts in _columns(rows, total)
    )


def _are_apart(rows: Sequence[Sequence[Over]], total: int) -> bool:
    """Say whether *rows* say something else over each column, as far as they say anything."""
    said = [" ".join(part.string for part in parts) for parts in _columns(rows, total) if parts]
    return len(set(said)) == len(said)


def _is_even(columns: Sequence[Sequence[Part]], percents: Sequence[bool]) -> bool:
    """Say whether the columns of times hold percentages all, or none does; those of changes may."""
    kinds = {
        percent
        for column, percent in zip(columns, percents, strict=False)
        if any(part.meaning in YEARED for part in column)
        and not any(part.meaning in (Meaning.VERSUS, Meaning.CHANGE) for part in column)
    }
    return len(kinds) < 2


def _fits(column: Sequence[Part]) -> bool:
    """Say whether the headings of a *column* can be of one time: no year has the length of a quarter, nothing two ends."""
    atoms = (atom for part in column if part.meaning is Meaning.LENGTH for atom in find_atoms(part.string))
    lengths = {months for atom in atoms if atom.kind == "length" and (months := atom.said.get("months"))}
    ends = {_time(part.string) for part in column if part.meaning in (Meaning.FULL, Meaning.LENGTH)}
    whole = [end for end in ends if end and end[0] and end[2]]
    days = {end[1:3] for part in column if part.meaning in MOMENTS and (end := _time(part.string)) and end[2]}
    return (
        len(whole) < 2
        and len(days) < 2
        and (lengths <= {3} or all(part.meaning is not Meaning.QUARTER for part in column))
    )


def _columns(rows: Sequence[Sequence[Over]], total: int) -> list[list[Part]]:
    said: list[list[Part]] = [[] for _ in range(total)]
    for place in itertools.chain(*rows):
        for column in range(place.first, place.first + place.span):
            said[column - 1] += place.parts
    return said


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
    kinds = {tuple(Meaning.LENGTH if part.meaning in _LASTING else part.meaning for part in stack) for stack in stacks}
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
    closed = [part for part in parts if part.meaning is not Meaning.VERSUS]
    runs = [list(run) for _, run in itertools.groupby(closed, lambda part: part.meaning)]
    whole = [run for run in runs if len(run) == total and all(part.timely or part.alone for part in run)]
    if all(run[0].meaning is Meaning.LENGTH for run in whole):
        mixed = [*_mixed(parts, total)]
        whole = [] if mixed else whole  # lengths stand over times
        yield from (_Bottom(row, every) for row in (*(() if whole else _lines(parts, total)), *mixed))
    yield from (_Bottom(run, every) for run in whole)
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
        undated = Meaning.DATE in kinds and any(sum(_time(part.string)[:1]) for part in row)
        # nor is a quarter without its year beside years: it stands over them
        undated = undated or (Meaning.YEAR in kinds and any(map(_is_bare_quarter, row)))
        if len(kinds) < 2 or kinds & {Meaning.LENGTH, Meaning.VERSUS} or undated or not row[0].timely:
            continue
        cut = any(part.meaning is row[0].meaning for part in before) or any(part.meaning in kinds for part in behind)
        under = sum(map(_is_timely, parts[at + total :]))
        if not cut and under in (0, sum(map(_is_timely, row))) and all(map(_is_one, row)):
            yield row


def _is_bare_quarter(part: Part) -> bool:
    return part.meaning is Meaning.QUARTER and not sum(_time(part.string)[:1])


def _is_timely(part: Part) -> bool:
    return part.timely


def _is_one(part: Part) -> bool:
    """Say whether *part* is the heading of one column: words between times may be those of several."""
    return part.meaning is not Meaning.WORDS or part.alone


def _rows(parts: Sequence[Part], bottom: _Bottom) -> list[list[Part]]:
    """Return the times of *parts* that are not in the *bottom* row, in runs of one kind, or as one row as long as it."""
    rest = [part for part in parts if part not in bottom.parts]
    mixed = not all(map(_is_timely, bottom.parts)) and any(map(_is_timely, rest))
    if mixed and len(rest) == len(bottom.parts) and all(part.timely or part.alone for part in rest):
        return [rest]
    rest = [part for part in rest if part.timely or part.meaning is Meaning.VERSUS]
    kinds = {part.meaning for part in rest}
    over = _LASTING if Meaning.LENGTH in kinds or Meaning.VERSUS in kinds else ()
    return [list(run) for _, run in itertools.groupby(rest, lambda part: part.meaning in over or part.meaning)]


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
    over: list[Part | None] = [*row]
    if row[0].meaning is Meaning.VERSUS:
        over.insert(0, None)  # over what is compared stands nothing
    else:
        every = list(zip(bottom.parts, bottom.columns, strict=True))
        for columns in ([column for _, column in every], [column for part, column in every if part.timely]):
            if len(row) == len(columns):
                return [Over((part,), column) for part, column in zip(row, columns, strict=True)]
    groups = _groups(bottom.parts, strings, len(over))
    return [
        Over((part,), columns[0], columns[-1] + 1 - columns[0])
        for part, group in zip(over, groups, strict=False)
        if part is not None and (columns := _timed(bottom, group))
    ]


def _timed(bottom: _Bottom, group: tuple[int, int]) -> list[int]:
    """Return the columns of a *group* without those of changes at its ends."""
    inside = list(zip(bottom.parts, bottom.columns, strict=True))[slice(*group)]
    while inside and inside[-1][0].meaning is Meaning.CHANGE:
        inside.pop()
    return [column for _, column in inside]


def _groups(bottom: Sequence[Part], strings: Sequence[str], count: int) -> _Groups:
    """Part a row into *count* runs, where one way is left: runs that begin alike, of one kind each, in one order of times.

    *strings* say what stands over each of its columns; no run says the same twice.
    """
    total = len(bottom)
    if count in (1, total):
        return [(at * total // count, (at + 1) * total // count) for at in range(count)]
    if count > total or math.comb(total - 1, count - 1) > _MANY:
        return []
    ways = [list(itertools.pairwise((0, *cut, total))) for cut in itertools.combinations(range(1, total), count - 1)]
    ways = [way for way in ways if all(len(set(strings[slice(*run)])) == run[1] - run[0] for run in way)]
    for suits in (_run_alike, _begin_alike, _are_of_kinds):
        ways = [way for way in ways if suits(way, bottom, strings)] or ways
    return ways[0] if len(ways) == 1 else []


def _begin_alike(way: _Groups, bottom: Sequence[Part], strings: Sequence[str]) -> bool:
    return len({digits(strings[first]) for first, _ in way}) == 1


def _are_of_kinds(way: _Groups, bottom: Sequence[Part], strings: Sequence[str]) -> bool:
    """Say whether a run ends wherever the kind of time changes in the *bottom* row."""
    ends = {stop for _, stop in way}
    kinds = [part.meaning for part in bottom]
    return all(at in ends for at in range(1, len(kinds)) if kinds[at] is not kinds[at - 1] and bottom[at].timely)


def _run_alike(way: _Groups, bottom: Sequence[Part], strings: Sequence[str]) -> bool:
    """Say whether the times of all runs go one way: forth, or back."""
    times = [[_time(string) for string in strings[slice(*run)]] for run in way]
    return any(all(run == sorted(run, reverse=back) for run in times) for back in (False, True))


def _time(string: str) -> tuple[int, ...]:
    """Return a key by which times as *string* says them follow one another."""
    said = next(iter(find_periods(string)), None)
    return (said.year or said.fiscal_year or 0, said.month or 0, said.day or 0, said.quarter or 0) if said else ()


def _changed(parts: Sequence[Part]) -> int | None:
    """Return the place of the first change among *parts*: words behind it are of changes, "% Increase in Constant Currency"."""
    return next((at for at, part in enumerate(parts) if part.meaning is Meaning.CHANGE), None)


def _untimed(parts: Sequence[Part], free: Sequence[int], total: int) -> list[list[Over]]:
    """Return the rows of what names no time: changes over the columns that have no time, words before them over all."""
    if not parts:
        return []
    if len(parts) in (total, len(free)) and all(map(_is_one, parts)):
        columns = free if len(parts) == len(free) else range(1, total + 1)
        return [[Over((part,), column) for part, column in zip(parts, columns, strict=True)]]
    if any(part.meaning is Meaning.WORDS for part in (parts[: _changed(parts)] if free else parts)):
        return [[Over(tuple(parts), 1, total)]]
    return [[Over(tuple(parts), column) for column in free]] if free else []
