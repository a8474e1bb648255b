"""Newswire text: tables that lost their grid, as one cell a line or all on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tagger.document import Table
from tagger.grid.glued import Run, count_columns, count_rows, is_glued, make_items, read_runs
from tagger.grid.lines import Kind, Line, in_table, span_of
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
from tagger.grid.stories import PERIOD, period_stories
from tagger.grid.tables import make_table, stacked_rows
from tagger.lexicon.shapes import is_year, shape
from tagger.values import Span

_LENGTH = shape(r"\b\L<units>\s+(?:\L<periods>\s+)?\L<ended>")
_SHORT = 40


class Claim(NamedTuple):
    """A table that lost its grid, and the lines it takes, *first* up to *stop*."""

    first: int
    stop: int
    table: Table


def torn_tables(text: str, lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield the tables of *lines* that lost their grid, in order: one cell a line, or whole tables on one line."""
    done = index = 0
    marked = False
    heads: list[list[Span]] = []  # of the stacked table that ends at *done*
    while index < len(lines):
        if lines[index].kind is Kind.MARK:
            marked = in_table(lines[index].string, marked)
        if marked:
            index += 1
        elif place := _glued_lines(lines, index, done):
            yield _glued_table(text, lines, place, done)
            index = done = place[1]
            heads = []
        elif begins_stack(lines, index):
            stack, stop = find_stack(lines, index, done)
            index = max(stop, index + 1)
            if stack is not None:
                claim, heads = _stacked_claim(text, lines, stack, (done, stop), heads)
                yield claim
                done = stop
        else:
            index += 1


def _stacked_claim(
    text: str, lines: Sequence[Line], stack: Stack, place: tuple[int, int], heads: list[list[Span]]
) -> tuple[Claim, list[list[Span]]]:
    """Make the table of *stack* between the lines of *place*, and return the headings that hold for what follows."""
    first = min([*stack.captions, *stack.headings, *stack.body])
    own = heads_of(text, lines, stack)
    kept = heads if _goes_on(text, own) and not any(map(bare, lines[place[0] : first])) else []
    kept = [head for head in kept if not is_year(text[head[0].start : head[-1].end])]
    return Claim(first, place[1], stacked_table(text, lines, stack, kept)), [*kept, *own]


def _goes_on(text: str, own: list[list[Span]]) -> bool:
    """Say whether the one year that heads a table needs the headings of the table above it."""
    return len(own) == 1 and is_year(text[own[0][0].start : own[0][-1].end])


def _glued_lines(lines: Sequence[Line], index: int, floor: int) -> tuple[int, int] | None:
    """Return first line and end of a table with rows run together, one of its lines being *index*."""
    stripped = bare(lines[index])
    if lines[index].kind is not Kind.TEXT or len(stripped) < _SHORT or is_laid_out(lines[index]):
        return (index, index + 1) if len(stripped) > 100 and is_glued(stripped) else None
    _, columns = count_rows(stripped)
    if not columns:
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
    first = read_runs(string, 0, len(string))[0].figures[0].start
    times = [match.lastgroup for match in PERIOD.finditer(string, 0, first)]
    return "length" not in times and times.count("date") < 2  # else a table of its own, which its headings begin


def _glued_table(text: str, lines: Sequence[Line], place: tuple[int, int], floor: int) -> Claim:
    """Read a table whose rows run together, with the headings and captions in its first line and above it."""
    index, stop = place
    line = lines[index]
    above = captions_of(lines, lines_above(lines, index, floor))
    runs = read_runs(text, line.start, line.end)
    columns = count_columns(
        [run for at in range(index, stop) for run in read_runs(text, lines[at].start, lines[at].end)]
    )
    cut = _heading_end(text, line, runs)
    heads: list[Span] = []
    captions: list[Span] = []
    title = title_end([bare(lines[at]) for at in above])
    for number, at in enumerate(above):
        span = span_of(lines[at])
        (heads if number >= title and is_head(text[span.start : span.end]) else captions).append(span)
    begin = line.start
    if cut > line.start:
        first = PERIOD.search(text, line.start, cut)
        begin = first.start() if first else line.start
        if text[line.start : begin].strip():
            captions.append(_clean(text, line.start, begin))
        heads.append(Span(begin, cut))
    runs = read_runs(text, cut, line.end)
    for at in range(index + 1, stop):
        runs += read_runs(text, lines[at].start, lines[at].end)
    items, guessed = make_items(text, runs, columns)
    stories: list[list[Sequence[Span]]] = []
    if heads:
        start = heads[0].start
        dates = sum(1 for match in PERIOD.finditer(text, start, heads[-1].end) if match.lastgroup == "date")
        if captions and 0 < dates < columns and not _LENGTH.search(text, start, heads[-1].end):
            earlier = PERIOD.search(text, captions[-1].start, captions[-1].end)
            start = earlier.start() if earlier and captions[-1].start < start else start
        stories = period_stories(text, start, heads[-1].end, columns)
    table = make_table(
        text, items, stacked_rows(text, stories, columns), captions, columns, doubtful=guessed or stop == index + 1
    )
    return Claim(min([*above, index]), stop, table)


def _clean(text: str, start: int, end: int) -> Span:
    string = text[start:end]
    left = len(string) - len(string.lstrip())
    return Span(start + left, start + max(len(string.rstrip()), left))


_MONEY = shape(r"\d\L<group>|\p{Sc}|\(\d|\d\.\d|\L<dashes>(?=\s*[\p{Sc}\d(])")
_YEARS = shape(r"[\s\d,]*\L<year>[\s\d,]*")


def _heading_end(text: str, line: Line, runs: Sequence[Run]) -> int:
    """Return where the headings at the beginning of the line end: after the last date or year before any amount."""
    limit = line.end
    for run in runs:
        string = text[run.figures[0].start : run.figures[-1].end]
        if _MONEY.search(string) and not _YEARS.fullmatch(string):
            limit = run.figures[0].start
            break
    found = [match.end() for match in PERIOD.finditer(text, line.start, limit)]
    return found[-1] if found else line.start
