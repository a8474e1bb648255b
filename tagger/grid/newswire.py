"""Newswire text: tables that lost their grid, as one cell a line or all on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from tagger.document import Row, Table
from tagger.grid.bars import barred_table, find_barred
from tagger.grid.budget import Budget, unread
from tagger.grid.columns import percent_columns
from tagger.grid.headwords import SCALE_ASIDE
from tagger.grid.lines import Kind, Line, in_table, span_of
from tagger.grid.parts import Meaning, read_parts, without_scales
from tagger.grid.rows import figures_of
from tagger.grid.run_together import Run, count_columns, count_rows, is_glued, make_items, read_runs
from tagger.grid.stacked import (
    Stack,
    bare,
    begins_stack,
    captions_of,
    find_stack,
    heads_of,
    is_head,
    is_laid_out,
    lines_above,
    stacked_table,
    title_end,
)
from tagger.grid.tables import make_table, ordered_rows
from tagger.lexicon.shapes import is_year, shape
from tagger.values import Span

_SHORT = 40


class Claim(NamedTuple):
    """A table that lost its grid, and the lines it takes, *first* up to *stop*."""

    first: int
    stop: int
    table: Table


class _Held(NamedTuple):
    """What a stacked table printed over its rows, and what holds for one right below it: headings, and titles with scales."""

    heads: list[list[Span]]
    titles: list[Span]


_NOTHING = _Held([], [])


def torn_tables(text: str, barred: str, lines: Sequence[Line], budget: Budget) -> Iterator[Claim]:
    """Yield the tables of *lines* that lost their grid, in order: one cell a line, or whole tables on one line.

    *barred* is the text with its bars, which are blanks in *text*. Those for which the *budget* leaves nothing have no rows.
    """
    tables = find_barred(barred, lines) if "|" in barred else {}
    done = index = 0
    marked = False
    held = _NOTHING  # of the stacked table that ends at *done*
    while index < len(lines):
        if lines[index].kind is Kind.MARK:
            marked = in_table(lines[index].string, marked)
        if not marked and (cells := tables.get(index)):
            above = captions_of(lines, lines_above(lines, index, done))
            table = barred_table(barred, lines[index : cells.stop], [lines[at] for at in above])
            yield Claim(min([*above, index]), cells.stop, table)
            index = done = cells.stop
            held = _NOTHING
        elif marked:
            index += 1
        elif (place := _glued_lines(lines, index, done)) and (glued := _glued_table(text, lines, place, done, budget)):
            yield glued
            index = done = place[1]
            held = _NOTHING
        elif begins_stack(lines, index):
            stack, stop = find_stack(lines, index, done)
            index = max(stop, index + 1)
            if stack is not None:
                claim, held = _stacked_claim(text, lines, stack, (done, stop), held, budget)
                yield claim
                done = stop
        else:
            index += 1


def _stacked_claim(
    text: str, lines: Sequence[Line], stack: Stack, place: tuple[int, int], held: _Held, budget: Budget
) -> tuple[Claim, _Held]:
    """Make the table of *stack* between the lines of *place*, and return what holds for the table that follows."""
    first = min([*stack.captions, *stack.headings, *stack.body])
    if not budget.take(sum(len(lines[at].string) for at in stack.headings)):
        return Claim(first, place[1], unread(lines[first].start, lines[place[1] - 1].end)), _NOTHING
    own = heads_of(lines, stack)
    goes_on = _goes_on(text, own) and not any(map(bare, lines[place[0] : first]))
    heads, titles = held if goes_on else _NOTHING
    heads = [head for head in heads if not is_year(text[head[0].start : head[-1].end])]
    table = stacked_table(text, lines, stack, heads, [] if stack.captions else titles)
    printed = [span_of(lines[at]) for at in stack.captions]
    return Claim(first, place[1], table), _Held([*heads, *own], printed or titles)


def _goes_on(text: str, own: list[list[Span]]) -> bool:
    """Say whether the one year that heads a table needs the headings of the table above it."""
    return len(own) == 1 and is_year(text[own[0][0].start : own[0][-1].end])


def _glued_lines(lines: Sequence[Line], index: int, floor: int) -> tuple[int, int] | None:
    """Return first line and end of a table with rows run together, one of its lines being *index*."""
    stripped = bare(lines[index])
    _, columns = count_rows(stripped) if lines[index].kind is Kind.TEXT and len(stripped) >= _SHORT else (0, 0)
    if not columns or is_laid_out(lines[index]):
        return (index, index + 1) if len(stripped) > 100 and is_glued(stripped) else None
    first, stop = index, index + 1
    while first > floor and _is_row(lines[first - 1], columns):
        first -= 1
    while stop < len(lines) and _is_row(lines[stop], columns):
        stop += 1
    while bare(lines[stop - 1]) == "":
        stop -= 1
    while bare(lines[first]) == "":
        first += 1
    return first, stop


def _is_row(line: Line, columns: int) -> bool:
    """Say whether a line beside rows run together holds one or more of them as well, or nothing."""
    if line.kind is Kind.BLANK:
        return True
    string = bare(line)
    if line.kind is not Kind.TEXT or is_laid_out(line) or not count_rows(string, columns)[0]:
        return False
    first = next(read_runs(string, 0, len(string))).figures[0].start
    times = [part.meaning for part in read_parts(string, [[Span(0, first)]])]
    # else a table of its own, which its headings begin
    return Meaning.LENGTH not in times and sum(kind in (Meaning.DATE, Meaning.FULL) for kind in times) < 2


def _glued_table(text: str, lines: Sequence[Line], place: tuple[int, int], floor: int, budget: Budget) -> Claim | None:
    """Read a table whose rows run together, with the headings and captions in its first line and above it, if rows are left."""
    index, stop = place
    line = lines[index]
    above = captions_of(lines, lines_above(lines, index, floor))
    limit = _first_amount(text, line, read_runs(text, line.start, line.end))
    if not budget.take(limit - line.start):
        return Claim(index, stop, unread(line.start, lines[stop - 1].end))
    cut = _heading_end(text, line.start, limit)
    runs = list(read_runs(text, cut, line.end))
    for at in range(index + 1, stop):
        runs += read_runs(text, lines[at].start, lines[at].end)
    columns = count_columns(runs)
    heads: list[Span] = []
    captions: list[Span] = []
    title = title_end([bare(lines[at]) for at in above])
    for number, at in enumerate(above):
        span = span_of(lines[at])
        (heads if number >= title and is_head(text[span.start : span.end]) else captions).append(span)
    if cut > line.start:
        begin = _first_time(text, line.start, cut)
        if text[line.start : begin].strip():
            captions.append(_clean(text, line.start, begin))
        heads.append(Span(begin, cut))
    items, guessed = make_items(text, runs, columns)
    if not items:
        return None
    scales, head = _head(text, heads, captions, columns, percent_columns(figures_of(items), columns))
    captions += scales
    table = make_table(text, items, head, captions, columns, doubtful=guessed or stop == index + 1)
    return Claim(min([*above, index]), stop, table)


def _head(
    text: str, heads: Sequence[Span], captions: Sequence[Span], columns: int, percents: Sequence[bool]
) -> tuple[list[Span], list[Row]]:
    """Return the scales among *heads*, and the rows that these make, or the times at the end of the last caption with them."""
    scales, parts = without_scales(read_parts(text, [[head] for head in heads]))
    rows = ordered_rows(text, parts, columns, percents)
    if rows or not heads or not captions:
        return scales, rows
    begin = _first_time(text, captions[-1].start, captions[-1].end)
    cells = [[Span(begin, captions[-1].end)], *([head] for head in heads)]
    scales, parts = without_scales(read_parts(text, cells))
    return scales, ordered_rows(text, parts, columns, percents)


def _first_time(text: str, start: int, end: int) -> int:
    """Return where the first time, change from one, or two changes stand in ``text[start:end]``; *start* if none do."""
    parts = read_parts(text, [[Span(start, end)]])
    for part, after in zip_longest(parts, parts[1:]):
        changes = part.meaning is Meaning.CHANGE and after is not None and after.meaning is Meaning.CHANGE
        if part.timely or part.meaning is Meaning.VERSUS or changes:
            return part.spans[0].start
    return start


def _clean(text: str, start: int, end: int) -> Span:
    string = text[start:end]
    left = len(string) - len(string.lstrip())
    return Span(start + left, start + max(len(string.rstrip()), left))


_MONEY = shape(r"\d\L<group>|\p{Sc}|\(\d(?!\))|\d\.\d|\L<dashes>(?=\s*[\p{Sc}\d(])")
_SCALE = shape(
    r"(?:(?:dollars|amounts)\s+)?\bin\s+\L<scales>\b(?:,?\s+except\s+(?:as\s+noted|(?:for\s+)?per[\s-]share\s+(?:data|amounts|information)))?"
)
_YEARS = shape(r"[\s\d,]*\L<year>[\s\d,]*")


def _first_amount(text: str, line: Line, runs: Iterable[Run]) -> int:
    """Return where the first of the *runs* of the line stands that is an amount; its end if none is."""
    for run in runs:
        string = text[run.figures[0].start : run.figures[-1].end]
        if _MONEY.search(string) and not _YEARS.fullmatch(string):
            return run.figures[0].start
    return line.end


def _heading_end(text: str, start: int, limit: int) -> int:
    """Return where the headings that begin at *start* end: after the last date or year before the amount at *limit*, and a scale."""
    parts = read_parts(text, [[Span(start, limit)]])
    times = [part.timely for part in parts]
    if True not in times:
        return start
    named = [part.spans[-1].end for part in parts[times.index(True) :] if part.meaning is not Meaning.WORDS]
    scale = SCALE_ASIDE.search(text, named[-1], limit) or _SCALE.search(text, named[-1], limit)
    return scale.end() if scale and not text[named[-1] : scale.start()].strip() else named[-1]
