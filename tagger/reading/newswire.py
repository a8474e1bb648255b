"""Newswire text: tables that lost their grid, as one cell a line or all on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tagger.document import Block, Table
from tagger.lexicon.numerals import dashes
from tagger.reading.glued import Run, count_columns, is_glued, make_items, read_runs
from tagger.reading.grid import make_table, stacked_rows
from tagger.reading.lines import Kind, Line, span_of
from tagger.reading.paragraphs import make_paragraphs
from tagger.reading.stacked import bare, captions_of, find_stack, is_cell, is_head, lines_above, stacked_table
from tagger.reading.stories import PERIOD, period_stories
from tagger.values import Span

_LENGTH = re.compile(r"\b(?:months|weeks|quarter|year)s?\s+(?:period\s+)?ended", re.I)


def is_newswire(lines: Sequence[Line]) -> bool:
    """Say whether tables lost their grid: figures alone on their lines, or whole tables on one."""
    lone = 0
    for index, line in enumerate(lines):
        if line.kind is Kind.TEXT or line.kind is Kind.FURNITURE:
            stripped = bare(line)
            if len(stripped) < 24:
                lone += is_cell(stripped) and _alone(lines, index)
            elif len(stripped) > 200 and is_glued(stripped):
                return True
    return lone >= 20


def _alone(lines: Sequence[Line], index: int) -> bool:
    return (
        index > 0
        and lines[index - 1].kind is Kind.BLANK
        and (index + 1 == len(lines) or lines[index + 1].kind is Kind.BLANK)
    )


def newswire_blocks(text: str, lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the blocks of a newswire text in order."""
    done = 0
    index = 0
    while index < len(lines):
        stripped = bare(lines[index])
        if len(stripped) > 100 and is_glued(stripped):
            first, block = _glued_table(text, lines, index, done)
            yield from make_paragraphs(text, lines[done:first])
            yield block
            index += 1
            done = index
            continue
        if is_cell(stripped):
            stack, stop = find_stack(lines, index, done)
            if stack is not None:
                first = min([*stack.captions, *stack.headings, *stack.body])
                yield from make_paragraphs(text, lines[done:first])
                yield stacked_table(text, lines, stack)
                done = stop
            index = max(stop, index + 1)
            continue
        index += 1
    yield from make_paragraphs(text, lines[done:])


def _glued_table(text: str, lines: Sequence[Line], index: int, floor: int) -> tuple[int, Table]:
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
    return min([*above, index]), table


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
