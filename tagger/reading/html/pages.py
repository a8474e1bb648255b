"""Pages of absolutely placed text: lines and columns come back from where the pieces stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from tagger.reading.html.flow import CellNode, Line, Preformatted, Rule
from tagger.reading.html.grid import Grid, grid_of
from tagger.reading.html.units import FIGURE, units

_Piece: TypeAlias = Line | Preformatted | Rule | Grid
# Lengths in points.
_SAME_LINE = 3.5
_ONE_TEXT = 3.5  # between words of one text
_NEXT_LINE = 17.0  # from one line of a paragraph to the next
_WIDTH_OF_LETTER = 4.6
_REACH = 40  # from a currency sign to its digits
_FEWEST = 6


def arrange(pieces: Iterable[_Piece], text: str) -> Iterator[_Piece]:
    """Yield *pieces* with every run of placed lines put in order, as paragraphs and grids."""
    run: list[Line] = []
    for piece in pieces:
        if isinstance(piece, Line) and piece.look.place is not None:
            run.append(piece)
            continue
        if run:
            yield from _arranged(run, text)
            run = []
        yield piece
    if run:
        yield from _arranged(run, text)


def _arranged(run: list[Line], text: str) -> Iterator[_Piece]:
    if len(run) < _FEWEST:
        yield from run
        return
    rows = [_cells(line) for line in _lines(run)]
    figures = [any(unit.kind is FIGURE for unit in units(row, text, _REACH)[1:]) for row in rows]
    done = 0
    for first, last in _tables(rows, figures):
        yield from _prose(rows[done:first])
        grid = grid_of(rows[first:last], text, _REACH)
        if grid is None:
            yield from _prose(rows[first:last])
        else:
            yield grid
            yield from grid.asides
        done = last
    yield from _prose(rows[done:])


def _place(line: Line) -> tuple[int, float, float, float]:
    return line.look.place or (0, 0, 0, 0)


def _lines(run: list[Line]) -> Iterator[list[Line]]:
    """Yield the pieces of one printed line after the other, each from left to right."""
    ordered = sorted(run, key=lambda line: (_place(line)[0], _place(line)[2]))
    line = ordered[:1]
    for piece in ordered[1:]:
        page, _, top, _ = _place(piece)
        if page != _place(line[0])[0] or top - _place(line[0])[2] > _SAME_LINE:
            yield sorted(line, key=lambda item: _place(item)[1])
            line = []
        line.append(piece)
    yield sorted(line, key=lambda item: _place(item)[1])


def _cells(line: Sequence[Line]) -> list[CellNode]:
    """Make cells of the pieces of a printed line; pieces close together are words of one cell."""
    cells: list[CellNode] = []
    right = 0.0
    for piece in line:
        _, left, _, width = _place(piece)
        letters = sum(end - start for start, end in piece.spans)
        width = min(width or letters * _WIDTH_OF_LETTER, letters * _WIDTH_OF_LETTER * 1.4)
        if cells and left - right <= _ONE_TEXT:
            cells[-1].items.append(piece)
            cells[-1].end = max(cells[-1].end, int(left + width))
        else:
            cells.append(CellNode(int(left), int(left + width) + 1, False, False, [piece]))
        right = left + width
    return cells


def _tables(rows: Sequence[Sequence[CellNode]], figures: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield (first, end) of runs of rows that are tables: rows of figures, labels between them, headings above."""
    number = 0
    while number < len(rows):
        if not figures[number]:
            number += 1
            continue
        first = number
        while first and len(rows[first - 1]) > 1 and not figures[first - 1]:
            first -= 1
        end = last = number
        while end < len(rows) and end - last <= 3:
            last = end if figures[end] else last
            end += 1
        if sum(figures[first : last + 1]) > 1:
            yield first, last + 1
        number = last + 1


def _prose(rows: Sequence[Sequence[CellNode]]) -> Iterator[Line]:
    """Yield the lines of *rows*, marked to go on where the next one follows closely."""
    lines = [item for row in rows for cell in row for item in cell.items if isinstance(item, Line)]
    for line, following in itertools.pairwise(lines):
        page, _, top, _ = _place(line)
        after = _place(following)
        line.broken = page == after[0] and 0 <= after[2] - top <= _NEXT_LINE and line.bold == following.bold
    yield from lines
