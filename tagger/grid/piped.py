"""Tables of Markdown: cells between vertical bars, a line of dashes below the first row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tagger.document import Cell, Row, Table, fold
from tagger.grid.lines import Line, span_of
from tagger.values import Span

_DASHES = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_PIECE = re.compile(r"(?<=\|)[^|\n]*(?=\|)")
_BEFORE = re.compile(
    r"[^\w\s().%-]{1,3}\s*\(?|\("
)  # a sign of currency, or the bracket of a negative, in a cell of its own
_BEHIND = re.compile(r"\)?\s*%|\)")
_EMPHASIS = "*_ \t"


class _Piece(NamedTuple):
    """What one cell or several that belong together print, *first* being the first of these on the line."""

    first: int
    spans: tuple[Span, ...]


def find_piped(text: str, lines: Sequence[Line], index: int) -> int:
    """Return where the table ends that begins with the line *index*; *index* itself where none does.

    >>> from tagger.grid.lines import split_lines
    >>> text = "|  | 2024 |\\n| --- | --- |\\n| Sales | 12 |\\nEnd"
    >>> find_piped(text, split_lines(text), 0)
    3
    """
    if not any(_is_dashes(text, line) for line in lines[index + 1 : index + 3]):
        return index
    stop = index
    while stop < len(lines) and _is_barred(text, lines[stop]):
        stop += 1
    return stop if stop - index > 2 else index


def _is_dashes(text: str, line: Line) -> bool:
    return _DASHES.fullmatch(text[line.start : line.end].strip()) is not None


def _is_barred(text: str, line: Line) -> bool:
    stripped = text[line.start : line.end].strip()
    return stripped[:1] == "|" == stripped[-1:] and stripped.count("|") > 2


def piped_table(text: str, lines: Sequence[Line], above: Sequence[Line]) -> Table:
    """Make the table whose rows are *lines*, below the captions *above*."""
    printed = [list(_joined(text, line)) for line in lines if not _is_dashes(text, line)]
    begins = sorted({piece.first for row in printed for piece in row if piece.first and _holds_digit(text, piece)})
    captions = tuple(fold(text, [span_of(line)]) for line in above)
    last = span_of(lines[-1])
    return Table(
        rows=tuple(_row(text, row, begins) for row in printed if row),
        columns=max(len(begins), 1) + 1,
        span=Span(span_of((*above, *lines)[0]).start, last.end),
        caption=captions,
    )


def _joined(text: str, line: Line) -> Iterator[_Piece]:
    """Yield what the cells of *line* print, a mark in a cell of its own with the figure it belongs to."""
    begun: _Piece | None = None
    held: _Piece | None = None
    for number, found in enumerate(_PIECE.finditer(text[line.start : line.end])):
        span = _trimmed(text, line.start + found.start(), line.start + found.end())
        if span.start == span.end:
            continue
        string = text[span.start : span.end]
        if held is not None and _BEHIND.fullmatch(string):
            held = held._replace(spans=(*held.spans, span))
            continue
        if held is not None:
            yield held
        held = _Piece(number, (*(begun.spans if begun else ()), span))
        begun = held if _BEFORE.fullmatch(string) else None
        held = None if begun else held
    if held is not None:
        yield held


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return the place of what a cell prints, without the blanks and the marks of emphasis around it."""
    bare = text[start:end].strip(_EMPHASIS)
    begin = start + text[start:end].index(bare)
    return Span(begin, begin + len(bare))


def _holds_digit(text: str, piece: _Piece) -> bool:
    return any(map(str.isdigit, text[piece.spans[0].start : piece.spans[-1].end]))


def _row(text: str, pieces: Sequence[_Piece], begins: Sequence[int]) -> Row:
    """Return the row of *pieces*, each over the columns that begin before the next one does."""
    cells = []
    for piece, following in zip(
        pieces, [*(other.first for other in pieces[1:]), begins[-1] + 1 if begins else 1], strict=True
    ):
        content = fold(text, piece.spans)
        if not piece.first:
            cells.append(Cell(text=content, column=0))
            continue
        at = bisect_left(begins, piece.first)
        under = bisect_left(begins, following) - at
        figure = _holds_digit(text, piece) and under < 2
        first = at + 1 if under else _nearest(begins, piece.first, at)
        cells.append(Cell(text=content, column=first, colspan=1 if figure or not under else under))
    return Row(cells=tuple(cells))


def _nearest(begins: Sequence[int], place: int, at: int) -> int:
    """Return the number of the column that begins nearest to *place*, which would be put in *at* among *begins*."""
    beside = range(max(at - 1, 0), min(at + 1, len(begins)))
    return min(beside, key=lambda number: abs(begins[number] - place), default=0) + 1
