"""Newswire text: tables that lost their grid, as one cell a line or all on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tagger.document import Table
from tagger.lexicon.numerals import dashes
from tagger.reading.glued import Run, count_columns, is_glued, make_items, read_runs
from tagger.reading.grid import make_table, stacked_rows
from tagger.reading.headwords import YEAR
from tagger.reading.lines import Kind, Line, in_table, span_of
from tagger.reading.stacked import (
    Stack,
    bare,
    begins_stack,
    captions_of,
    find_stack,
    heads_of,
    is_head,
    lines_above,
    stacked_table,
)
from tagger.reading.stories import PERIOD, period_stories
from tagger.values import Span

_LENGTH = re.compile(r"\b(?:months|weeks|quarter|year)s?\s+(?:period\s+)?ended", re.I)


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
        elif _is_glued(bare(lines[index])):
            yield _glued_table(text, lines, index, done)
            index = done = index + 1
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
    kept = [head for head in kept if not YEAR.fullmatch(text, head[0].start, head[-1].end)]
    return Claim(first, place[1], stacked_table(text, lines, stack, kept)), [*kept, *own]


def _goes_on(text: str, own: list[list[Span]]) -> bool:
    """Say whether the one year that heads a table needs the headings of the table above it."""
    return len(own) == 1 and YEAR.fullmatch(text, own[0][0].start, own[0][-1].end) is not None


def _is_glued(stripped: str) -> bool:
    return len(stripped) > 100 and is_glued(stripped)


def _glued_table(text: str, lines: Sequence[Line], index: int, floor: int) -> Claim:
    """Read a table that stands on one line, with the headings and captions in it and above it."""
    line = lines[index]
    above = captions_of(lines, lines_above(lines, index, floor))
    runs = read_runs(text, line.start, line.end)
    columns = count_columns(runs)
    cut = _heading_end(text, line, runs)
    heads: list[Span] = []
    captions: list[Span] = []
    for at in above:
        span = span_of(lines[at])
        (heads if is_head(text[span.start : span.end]) else captions).append(span)
    begin = line.start
    if cut > line.start:
        first = PERIOD.search(text, line.start, cut)
        begin = first.start() if first else line.start
        if text[line.start : begin].strip():
            captions.append(_clean(text, line.start, begin))
        heads.append(Span(begin, cut))
    runs = read_runs(text, cut, line.end)
    items, _ = make_items(text, runs, columns)
    stories: list[list[Sequence[Span]]] = []
    if heads:
        start = heads[0].start
        dates = sum(1 for match in PERIOD.finditer(text, start, heads[-1].end) if match.lastgroup == "date")
        if captions and 0 < dates < columns and not _LENGTH.search(text, start, heads[-1].end):
            earlier = PERIOD.search(text, captions[-1].start, captions[-1].end)
            start = earlier.start() if earlier and captions[-1].start < start else start
        stories = period_stories(text, start, heads[-1].end, columns)
    table = make_table(text, items, stacked_rows(text, stories, columns), captions, columns, doubtful=True)
    return Claim(min([*above, index]), index + 1, table)


def _clean(text: str, start: int, end: int) -> Span:
    string = text[start:end]
    left = len(string) - len(string.lstrip())
    return Span(start + left, start + max(len(string.rstrip()), left))


_MONEY = re.compile(rf"\d,\d{{3}}|\$|\(\d|\d\.\d|[{dashes()}](?=\s*[$\d(])")


def _heading_end(text: str, line: Line, runs: Sequence[Run]) -> int:
    """Return where the headings at the beginning of the line end: after the last date or year before any amount."""
    limit = line.end
    for run in runs:
        string = text[run.figures[0].start : run.figures[-1].end]
        if _MONEY.search(string) and not re.fullmatch(r"[\s\d,]*(?:19|20)\d\d[\s\d,]*", string):
            limit = run.figures[0].start
            break
    found = [match.end() for match in PERIOD.finditer(text, line.start, limit)]
    return found[-1] if found else line.start
