"""Plain text: lines become paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from tagger.data import word_set
from tagger.document import Block, Row, Table
from tagger.grid.bars import cells_apart
from tagger.grid.budget import Budget, unread
from tagger.grid.columns import Placing, counted, nowhere, percent_columns, placed
from tagger.grid.entries import Entry, shorten
from tagger.grid.headings import Heading, holds_rule, over_rules, read_heading
from tagger.grid.lines import Kind, Line, span_of, split_lines, without_rules
from tagger.grid.marks import with_marks
from tagger.grid.newswire import torn_tables
from tagger.grid.paragraphs import make_paragraphs
from tagger.grid.parts import count_named, read_lines
from tagger.grid.regions import Region, find_regions, joined_pages
from tagger.grid.roles import Role, read_roles
from tagger.grid.rows import Item, figures_of, goes_on, join_rows, reads_on, with_labels
from tagger.grid.side_by_side import unfolded
from tagger.grid.tables import heading_rows, label_rows, make_table, ordered_rows
from tagger.limits import Limits
from tagger.values import Span

_OVER = 6  # blanks before a column at which what stands over it begins at most


class Page(NamedTuple):
    """The lines of a text with what was found out about each."""

    text: str
    lines: list[Line]
    roles: list[Role]
    entries: list[Entry | None]
    ocr: bool


def read_blocks(text: str, *, ocr: bool = False, first: int = 0, budget: Budget | None = None) -> tuple[Block, ...]:
    """Return the paragraphs and tables of *text* from the offset *first* on, in order.

    Tables for which the *budget* leaves nothing are not read: they stand there without rows.
    """
    budget = budget or Budget(Limits())
    barred = text
    text = without_rules(text.replace("|", " "))
    lines = unfolded(cells_apart(barred, [line for line in split_lines(text) if line.start >= first]))
    blocks: list[Block] = []
    done = 0
    for claim in torn_tables(text, barred, lines, budget):
        blocks.extend(_laid_out(text, lines[done : claim.first], ocr, budget))
        blocks.append(claim.table)
        done = claim.stop
    blocks.extend(_laid_out(text, lines[done:], ocr, budget))
    return tuple(blocks)


def _laid_out(text: str, lines: list[Line], ocr: bool, budget: Budget) -> Iterator[Block]:
    """Yield the paragraphs and tables of lines whose columns stand under one another."""
    roles, entries = read_roles(lines, ocr=ocr)
    page = Page(text, lines, roles, entries, ocr)
    done = 0
    for region in joined_pages(lines, roles, entries, find_regions(lines, roles, entries, ocr=ocr)):
        yield from make_paragraphs(text, lines[done : region.first])
        over = sum(len(lines[index].string) for index in region.headings)
        readable = budget.take(over)
        yield _table(page, region) if readable else unread(lines[region.first].start, lines[region.last].end)
        done = region.last + 1
    yield from make_paragraphs(text, lines[done:])


def _table(page: Page, region: Region) -> Table:
    body = [index for index in _inside(region) if page.roles[index] is Role.ROW]
    lines = [page.lines[index] for index in body]
    entries = with_marks(lines, [entry for index in body if (entry := page.entries[index]) is not None])
    placing = (None if page.ocr else placed(entries)) or counted(entries, _hint(page, region))
    items = _items(page, region, dict(zip(body, zip(entries, placing.places, strict=True), strict=True)), placing)
    items, paired = with_labels(items)
    width = max(_figures_start(lines, entries, placing) - 1, 0) if placing.exact else 0
    return make_table(
        page.text,
        join_rows(items, width=width, ocr=page.ocr),
        _head(page, region, placing, items, _label_end(lines, entries)),
        [span_of(page.lines[index]) for index in region.captions],
        len(placing.edges),
        titles=[span_of(page.lines[index]) for index in region.titles],
        continued=region.continued,
        doubtful=placing.doubtful or paired,
    )


def _head(page: Page, region: Region, placing: Placing, items: Sequence[Item], end: tuple[int, int]) -> list[Row]:
    """Return the rows of headings, by their places, or where those are lost by their order; labels reach to *end*."""
    count = len(placing.edges)
    if placing.exact:
        edges = placing.edges or [end]
        return heading_rows(page.text, list(_headings(page, region, edges, count)), edges)
    labels, parts = read_lines(page.text, [page.lines[index] for index in region.headings])
    return [
        *label_rows(page.text, labels),
        *ordered_rows(page.text, parts, count, percent_columns(figures_of(items), count)),
    ]


def _headings(page: Page, region: Region, edges: Sequence[tuple[int, int]], count: int) -> Iterator[Heading]:
    """Yield the headings of *region*, each as wide as the next rule drawn under it says."""
    below = ""
    found = []
    for index in reversed(range(min(region.headings, default=region.body), region.body)):
        line = page.lines[index]
        if index in region.headings:
            found.append(over_rules(read_heading(line, edges, exact=True, count=count), below))
        if holds_rule(line.string):
            below = line.string
    yield from reversed(found)


def _inside(region: Region) -> Iterator[int]:
    return (index for index in range(region.body, region.last + 1) if index not in region.skipped)


def _label_end(lines: Sequence[Line], entries: Sequence[Entry]) -> tuple[int, int]:
    """Return where the longest label ends, for a column that has no place of its own."""
    ends = (entry.end - line.start for line, entry in zip(lines, entries, strict=True) if entry.end > entry.start)
    edge = max(ends, default=0)
    return edge, edge


def _figures_start(lines: Sequence[Line], entries: Sequence[Entry], placing: Placing) -> int:
    """Return where the figures of rows with a label begin on their lines, 0 where there are none."""
    rows = zip(lines, entries, placing.places, strict=True)
    labelled = [(line, entry, places) for line, entry, places in rows if places and entry.end > entry.start]
    return min((entry.figures[-len(places)].start - line.start for line, entry, places in labelled), default=0)


def _hint(page: Page, region: Region) -> int:
    """Return how many columns the heading lines name, as far as words can say."""
    over = [page.lines[index] for index in region.headings if page.roles[index] is Role.HEADING]
    return max((count_named(read_lines(page.text, [line])[1]) for line in over), default=0)


def _items(
    page: Page, region: Region, rows: Mapping[int, tuple[Entry, tuple[int, ...]]], placing: Placing
) -> list[Item]:
    """Return the lines of *region* from its first label on; *rows* are those with figures, each with their columns."""
    items: list[Item] = []
    gap = rule = False
    for index in _inside(region):
        line = page.lines[index]
        if line.kind is Kind.RULE:
            rule = True
            if items and items[-1].figures and _under(line, placing):
                items[-1] = replace(items[-1], ruled=True)
            continue
        if line.kind is not Kind.TEXT:
            gap = gap or line.kind is Kind.BLANK
            continue
        entry, places = rows.get(index, (page.entries[index], None))
        if entry is None:
            continue
        if (
            places is None
            and not (placing.exact or page.ocr)
            and _lacks_figures(page, index, entry, len(placing.edges))
        ):
            places = nowhere(len(entry.figures), len(placing.edges))
        if entry.ruled and items and items[-1].figures:
            items[-1] = replace(items[-1], ruled=True)
        item = _item(page.text, line, entry, places, gap, rule)
        over = places is None and placing.exact and line.indent >= placing.edges[0][0] - _OVER
        items.append(replace(item, indent=0) if over else item)
        gap = rule = False
    return items


def _lacks_figures(page: Page, index: int, entry: Entry, columns: int) -> bool:
    """Say whether a line is a row that lacks the figures of some columns, blanks being lost, and no part of a label."""
    label = page.text[entry.start : entry.end]
    below = page.lines[index + 1].string.strip() if index + 1 < len(page.lines) else ""
    if not 0 < len(entry.figures) < columns or not label or entry.years or reads_on(label) or goes_on(below):
        return False
    return label.rpartition(" ")[2].lower() not in word_set("layout", "numbered") and label[-1].isalpha()


def _under(line: Line, placing: Placing) -> bool:
    return not placing.exact or len(line.string.rstrip()) > placing.edges[0][0]


def _item(text: str, line: Line, entry: Entry, places: tuple[int, ...] | None, gap: bool, rule: bool) -> Item:
    short = entry if places is None else shorten(entry, len(entry.figures) - len(places))
    empty = short.start >= short.end and not short.figures  # a row of nothing would lose what is printed
    if places is None or empty:
        span = Span(entry.start, entry.end) if entry.ruled else span_of(line)
        return Item((span,), text[span.start : span.end], entry.indent, span.end - line.start, gap=gap, rule=rule)
    entry = short
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
