"""Plain text: lines become paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tagger.document import Block, Table
from tagger.grid.columns import Placing, place_figures
from tagger.grid.entries import Entry, shorten
from tagger.grid.headings import read_heading
from tagger.grid.lines import Kind, Line, span_of, split_lines
from tagger.grid.newswire import torn_tables
from tagger.grid.paragraphs import make_paragraphs
from tagger.grid.regions import Region, find_regions
from tagger.grid.roles import Role, read_roles
from tagger.grid.rows import Item, join_rows
from tagger.grid.tables import heading_rows, make_table
from tagger.grid.torn import mend
from tagger.values import Span


class Page(NamedTuple):
    """The lines of a text with what was found out about each."""

    text: str
    lines: list[Line]
    roles: list[Role]
    entries: list[Entry | None]
    ocr: bool


def read_blocks(text: str, *, ocr: bool = False, first: int = 0) -> tuple[Block, ...]:
    """Return the paragraphs and tables of *text* from the offset *first* on, in order."""
    lines = [line for line in split_lines(text) if line.start >= first]
    blocks: list[Block] = []
    done = 0
    for claim in torn_tables(text, lines):
        blocks.extend(_laid_out(text, lines[done : claim.first], ocr))
        blocks.append(claim.table)
        done = claim.stop
    blocks.extend(_laid_out(text, lines[done:], ocr))
    return tuple(blocks)


def _laid_out(text: str, lines: list[Line], ocr: bool) -> Iterator[Block]:
    """Yield the paragraphs and tables of lines whose columns stand under one another."""
    roles, entries = read_roles(lines, ocr=ocr)
    page = Page(text, lines, roles, entries, ocr)
    done = 0
    for region in find_regions(lines, roles, entries, ocr=ocr):
        yield from make_paragraphs(text, lines[done : region.first])
        yield _table(page, region)
        done = region.last + 1
    yield from make_paragraphs(text, lines[done:])


def _table(page: Page, region: Region) -> Table:
    rows = [index for index in range(region.body, region.last + 1) if page.roles[index] is Role.ROW]
    entries = [entry for index in rows if (entry := page.entries[index]) is not None]
    placing = place_figures(entries, ocr=page.ocr, hint=_hint(page, region))
    edge = max(
        (
            entry.end - page.lines[index].start
            for index, entry in zip(rows, entries, strict=True)
            if entry.end > entry.start
        ),
        default=0,
    )
    if placing.exact:
        edge = placing.edges[0][0] if placing.edges else edge
    headings = [
        read_heading(page.lines[index], edge, exact=placing.exact, count=len(placing.edges))
        for index in region.headings
    ]
    items = _items(page, region, rows, placing)
    items, paired = mend(items)
    starts = [
        entry.figures[-len(places)].start - page.lines[index].start
        for index, entry, places in zip(rows, entries, placing.places, strict=True)
        if places
    ]
    rows_ = join_rows(items, width=0 if page.ocr else min(starts, default=0) - 1, ocr=page.ocr)
    captions = [span_of(page.lines[index]) for index in region.captions]
    return make_table(
        page.text,
        rows_,
        heading_rows(page.text, headings, placing.edges, exact=placing.exact),
        captions,
        len(placing.edges),
        continued=region.continued,
        doubtful=placing.doubtful or paired,
    )


def _hint(page: Page, region: Region) -> int:
    """Return how many columns the heading lines name, as far as words can say."""
    return max(
        (
            len(read_heading(page.lines[index], 10**6, exact=False, count=99).phrases)
            for index in region.headings
            if page.roles[index] is Role.HEADING
        ),
        default=0,
    )


def _items(page: Page, region: Region, rows: Sequence[int], placing: Placing) -> list[Item]:
    places = dict(zip(rows, placing.places, strict=True))
    items: list[Item] = []
    gap = rule = False
    for index in range(region.body, region.last + 1):
        line = page.lines[index]
        if line.kind is Kind.RULE:
            rule = True
            if items and items[-1].figures and _under(line, placing):
                items[-1] = items[-1]._replace(ruled=True)
            continue
        if line.kind is not Kind.TEXT:
            gap = gap or line.kind is Kind.BLANK
            continue
        entry = page.entries[index]
        if entry is None:
            continue
        if entry.ruled and items and items[-1].figures:
            items[-1] = items[-1]._replace(ruled=True)
        items.append(_item(page.text, line, entry, places.get(index), gap, rule))
        gap = rule = False
    return items


def _under(line: Line, placing: Placing) -> bool:
    return not placing.exact or len(line.string.rstrip()) > placing.edges[0][0]


def _item(text: str, line: Line, entry: Entry, places: tuple[int, ...] | None, gap: bool, rule: bool) -> Item:
    if places is None:
        span = Span(entry.start, entry.end) if entry.ruled else span_of(line)
        return Item((span,), text[span.start : span.end], entry.indent, span.end - line.start, gap=gap, rule=rule)
    entry = shorten(entry, len(entry.figures) - len(places))
    label = (Span(entry.start, entry.end),) if entry.end > entry.start else ()
    return Item(
        label,
        text[entry.start : entry.end],
        entry.indent,
        entry.end - line.start,
        entry.figures,
        places,
        gap,
        rule,
    )
