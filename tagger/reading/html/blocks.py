"""Paragraphs and tables of a document in order, tables with the lines above them that name them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from tagger.document import Block, Paragraph, Row, Table, Text, moved
from tagger.grid import Budget, read_blocks
from tagger.lexicon import Look, kind_of
from tagger.patterns import pattern
from tagger.reading.html.caption import inherit_scale, split_caption, take_caption
from tagger.reading.html.flow import CellNode, Flow, Item, Line, Preformatted, Rule, TableNode
from tagger.reading.html.grid import Grid, is_bullet, is_marker, read_grid, text_of
from tagger.reading.html.pages import arrange
from tagger.values import Span

_Piece: TypeAlias = Line | Preformatted | Rule | Grid
_BULLET = pattern(r"[•·●○◦▪■□►➢✓\uf0b7\u2043]\s*(?=\S)")
_OWN_TITLE = pattern(r"non-gaap|reconcil|adjusted|supplement|pro forma", re.IGNORECASE)
_ABBREVIATED = pattern(r"(?:\b[A-Z]|Inc|Corp|Co|Ltd)\.$")  # "Acme U.S." is no sentence
_TITLE_LENGTH = 160
_ONE_LINE = 2
_TYPED, _BARS = 3, 2  # lines of a table that was typed as paragraphs, and bars on each


def blocks_of(flow: Flow, budget: Budget) -> tuple[Block, ...]:
    """Return the blocks of *flow* in document order; *budget* bounds the tables of text."""
    pieces = _typed(list(arrange(_pieces(flow.items, _solved(flow)), flow.text)), flow.text)
    blocks: list[Block] = []
    fresh = 0  # blocks from here on stand on the page of what comes next
    for piece in _paragraphs(pieces, flow.text):
        if isinstance(piece, Rule):
            fresh = len(blocks)
        elif isinstance(piece, Grid):
            blocks[fresh:] = _with_table(blocks[fresh:], piece, _last_table(blocks), flow.breaks)
        elif isinstance(piece, Preformatted):
            typed = _preformatted(piece, flow.text, budget)
            if typed and isinstance(typed[0], Table) and not typed[0].caption:
                blocks[fresh:], above = take_caption(blocks[fresh:], flow.breaks)
                typed = (replace(typed[0], caption=above), *typed[1:])
            blocks += typed
        else:
            blocks.append(piece)
    return tuple(blocks)


def _solved(flow: Flow) -> dict[int, list[_Piece]]:
    """Read every table, inner ones first: a grid, or the pieces that it lays out."""
    solved: dict[int, list[_Piece]] = {}
    for table in flow.tables:
        for row in table.rows if table.nests else ():
            for cell in row:
                if any(isinstance(item, TableNode) for item in cell.items):
                    cell.items = list(_inlined(cell.items, solved, len(table.rows)))
        solved[id(table)] = list(_table(table, solved, flow.text))
    return solved


def _inlined(items: Iterable[Item], solved: dict[int, list[_Piece]], rows: int) -> Iterator[Item]:
    """Put the words of an inner table that is no grid of its own into the cell it stands in."""
    for item in items:
        inner = solved.get(id(item)) if isinstance(item, TableNode) else None
        if inner is None or not isinstance(item, TableNode):
            yield item
        elif not any(isinstance(piece, Grid) for piece in inner):
            yield from (piece for piece in inner if not isinstance(piece, Grid))
        elif len(item.rows) == 1 and rows >= _ONE_LINE:
            yield from (line for row in item.rows for cell in row for line in cell.items)
        else:
            yield item


def _table(table: TableNode, solved: dict[int, list[_Piece]], text: str) -> Iterator[_Piece]:
    yield from _pieces(table.strays, solved)
    grid = read_grid(table, text)
    if grid is None:
        for row in table.rows:
            yield from _laid_out(row, solved, text)
    else:
        yield grid
        yield from grid.asides


def _laid_out(row: Sequence[CellNode], solved: dict[int, list[_Piece]], text: str) -> Iterator[_Piece]:
    """Yield the pieces of a row that lays out words; a bullet or number joins the words beside it."""
    filled = [list(_pieces(cell.items, solved)) for cell in row if cell.items]
    for pieces in filled:
        if pieces and isinstance(pieces[-1], Line):
            pieces[-1].broken = False
    if len(filled) > 1 and len(filled[0]) == 1 and isinstance(filled[0][0], Line) and filled[1]:
        mark, body = filled[0][0], filled[1][0]
        string = text_of(text, [mark]).string
        if isinstance(body, Line) and is_marker(string):
            body.bullet = is_bullet(string)
            if not body.bullet:
                body.spans[:0] = mark.spans
            filled = filled[1:]
    for pieces in filled:
        yield from pieces


def _pieces(items: Iterable[Item], solved: dict[int, list[_Piece]]) -> Iterator[_Piece]:
    for item in items:
        if isinstance(item, TableNode):
            yield from solved.get(id(item), ())
        else:
            yield item


def _typed(pieces: Sequence[_Piece], text: str) -> Iterator[_Piece]:
    """Yield *pieces*, successive lines with cells between bars as the table of text that they were typed as."""
    if "|" not in text:
        yield from pieces
        return
    for barred, run in itertools.groupby(pieces, key=lambda piece: isinstance(piece, Line) and _is_barred(piece, text)):
        lines = list(run)
        if barred and len(lines) >= _TYPED:
            places = [place for line in lines if isinstance(line, Line) for place in line.spans]
            yield Preformatted(Span(min(start for start, _ in places), max(end for _, end in places)))
        else:
            yield from lines


def _is_barred(line: Line, text: str) -> bool:
    return sum(text.count("|", start, end) for start, end in line.spans) >= _BARS


def _paragraphs(pieces: Iterable[_Piece], text: str) -> Iterator[Paragraph | Preformatted | Rule | Grid]:
    lines: list[Line] = []
    for piece in pieces:
        if isinstance(piece, Line):
            lines.append(piece)
            if piece.broken:
                continue
        if lines:
            yield from _paragraph(lines, text)
            lines = []
        if not isinstance(piece, Line):
            yield piece
    if lines:
        yield from _paragraph(lines, text)


def _paragraph(lines: Sequence[Line], text: str) -> Iterator[Paragraph]:
    folded = text_of(text, lines)
    bullet = lines[0].bullet
    mark = _BULLET.match(folded.string)
    if mark:
        folded, bullet = folded.after(mark.end()), True
    if folded.string:
        yield Paragraph(folded, folded.place, heading=not bullet and _stands_out(lines, folded.string), bullet=bullet)


def _stands_out(lines: Sequence[Line], string: str) -> bool:
    """Whether a paragraph is a title: short, and in bold, centered, a heading element or capitals."""
    if len(string) > _TITLE_LENGTH:
        return False
    if any(line.look.heading for line in lines):
        return True
    if string.endswith((".", ";", ",")) and not string.isupper() and _ABBREVIATED.search(string) is None:
        return False
    return all(line.bold for line in lines) or all(line.look.centered for line in lines) or string.isupper()


def _last_table(blocks: Sequence[Block]) -> Table | None:
    return next((block for block in reversed(blocks) if isinstance(block, Table)), None)


def _with_table(before: list[Block], grid: Grid, last: Table | None, breaks: frozenset[int]) -> list[Block]:
    """Return *before* without the paragraphs that are the caption of *grid*, and the tables in it."""
    blocks, above = take_caption(before, breaks)
    for part in grid.parts:
        inside, rows = split_caption(part.rows, part.columns)
        caption = inherit_scale(last, (*above, *inside)) if part is not grid.parts[0] else (*above, *inside)
        above = ()
        last = Table(
            rows=rows,
            columns=part.columns,
            span=part.span,
            caption=caption,
            continued=_continued(rows, caption, part.columns, last),
        )
        blocks.append(last)
    return blocks


def _continued(rows: Sequence[Row], caption: Sequence[Text], columns: int, last: Table | None) -> bool:
    """Whether a table goes on with *last*: it says so, or it has no title and no headings, or the same ones again."""
    if any("continued" in line.string.lower() or "cont'd" in line.string.lower() for line in caption):
        return True
    if last is None or caption or last.columns != columns:
        return False
    heading, opening = _heading(rows)
    if heading:
        return heading == _heading(last.rows)[0] and not _OWN_TITLE.search(opening)
    first = rows[0].cells
    return first[0].column == 0 and any(kind_of(cell.text.string) is Look.FIGURE for cell in first[1:])


def _heading(rows: Sequence[Row]) -> tuple[list[str], str]:
    """Return what stands over the columns, and the first label under it."""
    said: list[str] = []
    for row in rows:
        if row.cells[0].column == 0:
            return said, row.cells[0].text.string
        said += [cell.text.string for cell in row.cells]
    return said, ""


def _preformatted(piece: Preformatted, text: str, budget: Budget) -> tuple[Block, ...]:
    """Read a <pre> as the plain text it is."""
    start, end = piece.span.start, piece.span.end
    return tuple(
        moved(block, start) for block in read_blocks(budget.readable(text[start:end], place=start), budget=budget)
    )
