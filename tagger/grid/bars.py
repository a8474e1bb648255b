"""Bars: cells between vertical bars, as Markdown has them and pages that were turned into text."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from tagger.document import Cell, Row, Table, fold
from tagger.grid.lines import Kind, Line, cut_line, span_of
from tagger.lexicon import Look, is_figure, kind_of
from tagger.patterns import pattern
from tagger.values import Span

_DASHES = pattern(r"\|(?:\s*:?-+:?\s*\|)+|(?:\s*:?-{2,}:?\s*\|){2,}")
_CELL = pattern(r"[^|]+")
_BEFORE = pattern(
    r"[^\w\s().%-]{1,3}\s*\(?|\("
)  # a sign of currency, or the bracket of a negative, in a cell of its own
_BEHIND = pattern(r"\)?\s*%|\)")
_EMPHASIS = "*_ \t\n"
_ROWS = 2  # with figures between bars, of what is a table
_LINES = 10  # of one cell
_SHORT = 40  # characters of what goes on in a cell on the next line


class _Piece(NamedTuple):
    """What one cell or several that belong together print, *first* being the first of these on the line."""

    first: int
    spans: tuple[Span, ...]


class Barred(NamedTuple):
    """The lines of a table with bars end before *stop*; where *even*, the number of a cell on its line is that of its column."""

    stop: int
    even: bool


def find_barred(text: str, lines: Sequence[Line]) -> dict[int, Barred]:
    """Return the tables of *lines* that have cells between bars, by the number of each line that may begin one.

    Bars that were drawn between columns stand under one another: those columns are told by their places.

    >>> from tagger.grid.lines import split_lines
    >>> text = "|  | 2024 |\\n| --- | --- |\\n| Sales | 12 |\\nEnd"
    >>> find_barred(text, split_lines(text))[0]
    Barred(stop=3, even=True)
    """
    found: dict[int, Barred] = {}
    rows: list[int] = []
    for index, line in enumerate(lines):
        if _is_barred(text, line):
            rows.append(index)
        elif rows and text[line.start : line.end].strip(" \t|"):
            found.update(_tables(text, lines, rows))
            rows = []
    found.update(_tables(text, lines, rows))
    return found


def _tables(text: str, lines: Sequence[Line], rows: Sequence[int]) -> Iterator[tuple[int, Barred]]:
    """Yield the numbers of those among *rows*, with nothing but blank lines between, that a table may begin with."""
    counts: set[int] = set()
    below: frozenset[int] = frozenset()
    held = under = 0
    dashed = (False, False)  # the row below, and that below it
    for behind, index in enumerate(reversed(rows), start=1):
        line = lines[index]
        places = frozenset(found.start() for found in re.finditer(r"\|", text[line.start : line.end]))
        under += behind > 1 and (places <= below or below <= places)
        held += held < _ROWS and _holds_figure(text, line)
        counts.add(len(places))
        if any(dashed):
            if behind > 2:
                yield index, Barred(rows[-1] + 1, True)
        elif held >= _ROWS and 2 * under < behind:
            yield index, Barred(rows[-1] + 1, len(counts) == 1)
        dashed, below = (_is_dashes(text, line), dashed[0]), places


def _raw(text: str, line: Line) -> str:
    return text[line.start : line.end].strip()


def _is_dashes(text: str, line: Line) -> bool:
    return _DASHES.fullmatch(_raw(text, line)) is not None


def _is_barred(text: str, line: Line) -> bool:
    raw = _raw(text, line)
    return raw.count("|") > 1 and "|" in (raw[0], raw[-1])


def _holds_figure(text: str, line: Line) -> bool:
    return any(is_figure(cell.strip(_EMPHASIS)) for cell in _raw(text, line).split("|"))


def cells_apart(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return *lines*, those of tables whose bars only part the cells cut into one cell a line.

    A cell that began on a line without a bar, between others with one, may go on on the next.
    """
    if "|" not in text:
        return list(lines)
    lines = list(_whole_rows(text, _rows_by_dashes(text, lines)))
    tables = find_barred(text, lines)
    found: list[Line] = []
    index = 0
    open_to = 0  # where the cell ends that a bar began
    while index < len(lines):
        line = lines[index]
        barred = tables.get(index)
        if barred is not None:
            rows = lines[index : barred.stop]
            found += rows if barred.even else itertools.chain.from_iterable(_cut(text, row) for row in rows)
            index = barred.stop
            continue
        if text.startswith("|", line.start):
            open_to = _cell_end(text, lines, index + 1)
        goes_on = index < open_to and not text.startswith("|", line.start) and _reads_on(found[-1], line)
        if goes_on and "|" not in (text[found[-1].start], _raw(text, found[-1])[-1:]):
            found[-1] = _joined_line(text, found[-1], line)
        else:
            found.append(line)
        index += 1
    return found


def _rows_by_dashes(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return *lines*, those as one that only together have as many cells as there are dashes: headings above, rows below."""
    found: list[Line] = []
    cells = 0  # of a row, where dashes above say so
    begun: list[Line] = []  # of a row below them
    for line in lines:
        if _is_dashes(text, line):
            cells = _count(text, line)
            _join_up(text, found, cells)
        elif cells and _raw(text, line).endswith("|"):
            if _opens(text, line):
                found += begun
                begun = []
            begun.append(line)
            held = sum(_count(text, part) for part in begun)
            if held < cells:
                continue
            found += [_joined_lines(text, begun)] if held == cells else begun
            begun = []
            continue
        else:
            found += begun
            cells, begun = 0, []
        found.append(line)
    return [*found, *begun]


def _join_up(text: str, lines: list[Line], cells: int) -> None:
    """Make the last of *lines* one if they end in bars and have so many *cells* together."""
    held = 0
    for number in reversed(range(len(lines))):
        held += _count(text, lines[number])
        if held >= cells or _opens(text, lines[number]) or not _raw(text, lines[number]).endswith("|"):
            if held == cells:
                lines[number:] = [_joined_lines(text, lines[number:])]
            return


def _count(text: str, line: Line) -> int:
    """Return how many cells of *line* a bar closes."""
    return _raw(text, line).count("|") - _opens(text, line)


def _opens(text: str, line: Line) -> bool:
    """Say whether a row begins with *line*: with the bar before its first cell."""
    raw = _raw(text, line)
    return raw.startswith("|") and len(raw) > 1


def _joined_lines(text: str, lines: Sequence[Line]) -> Line:
    return functools.reduce(functools.partial(_joined_line, text), lines)


def _whole_rows(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield *lines*, those as one on which a row goes on: cells behind a bar, up to the bar that begins the next line."""
    row: Line | None = None
    for line in lines:
        if row is not None and text.startswith("|", line.start) and _is_cut(text, row):
            row = _joined_line(text, row, line)
            continue
        if row is not None:
            yield row
        row = line
    if row is not None:
        yield row


def _is_cut(text: str, line: Line) -> bool:
    """Say whether *line* has cells beside one another and ends in one that no bar closes."""
    raw = text[line.start : line.end].rstrip()
    return "|" in raw[1:] and raw[-1] != "|"


def _cell_end(text: str, lines: Sequence[Line], index: int) -> int:
    """Return where the next bar begins a line, if the cell before it has few lines, all of text; else *index*."""
    for stop in range(index, min(index + _LINES + 1, len(lines))):
        if text.startswith("|", lines[stop].start):
            return stop
        if lines[stop].kind is not Kind.TEXT:
            break
    return index


def _reads_on(above: Line, line: Line) -> bool:
    """Say whether *line* may go on with the cell that *above* began."""
    return line.kind is Kind.TEXT is above.kind and max(len(above.string), len(line.string)) < _SHORT


def _joined_line(text: str, above: Line, line: Line) -> Line:
    string = text[above.start : line.end].replace("\n", " ")
    return replace(above, end=line.end, string=string)


def _cut(text: str, line: Line) -> Iterator[Line]:
    """Yield the cells of *line* that hold something, each as a line of its own."""
    for cell in _CELL.finditer(text, line.start, line.end):
        if cell.group().strip():
            yield cut_line(line, cell.start() - line.start, cell.end() - line.start)


def barred_table(text: str, lines: Sequence[Line], above: Sequence[Line]) -> Table:
    """Make the table whose rows are *lines*, below the captions *above*."""
    printed = [list(_joined(text, line)) for line in lines if _is_barred(text, line) and not _is_dashes(text, line)]
    last = max((piece.first for row in printed for piece in row if _holds_digit(text, piece)), default=0)
    printed = [_unshifted(text, row, last) for row in printed]
    begins = sorted({piece.first for row in printed for piece in row if piece.first and _holds_digit(text, piece)})
    captions = tuple(fold(text, [span_of(line)]) for line in above)
    end = span_of(lines[-1]).end
    return Table(
        rows=tuple(_row(text, row, begins) for row in printed if row),
        columns=max(len(begins), 1) + 1,
        span=Span(span_of((*above, *lines)[0]).start, end),
        caption=captions,
    )


def _unshifted(text: str, row: list[_Piece], last: int) -> list[_Piece]:
    """Return *row* one cell to the right where a figure stands in place of its label, and the *last* column has room for it."""
    shifted = row and not row[0].first and row[-1].first + 1 == last and all(_is_amount(text, piece) for piece in row)
    return [piece._replace(first=piece.first + 1) for piece in row] if shifted else row


def _joined(text: str, line: Line) -> Iterator[_Piece]:
    """Yield what the cells of *line* print, a mark in a cell of its own with the figure it belongs to."""
    begun: _Piece | None = None
    held: _Piece | None = None
    for number, span in enumerate(_cells(text, line)):
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


def _cells(text: str, line: Line) -> Iterator[Span]:
    """Yield what stands between bars, or before and behind them where the line has none at that end."""
    raw = text[line.start : line.end]
    bars = [line.start + at for at, character in enumerate(raw) if character == "|"]
    for begin, end in itertools.pairwise(bars if raw.lstrip()[:1] == "|" else [line.start - 1, *bars]):
        yield _trimmed(text, begin + 1, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return the place of what a cell prints, without the blanks and the marks of emphasis around it."""
    bare = text[start:end].strip(_EMPHASIS)
    begin = start + text[start:end].index(bare)
    return Span(begin, begin + len(bare))


def _holds_digit(text: str, piece: _Piece) -> bool:
    return any(map(str.isdigit, text[piece.spans[0].start : piece.spans[-1].end]))


def _is_amount(text: str, piece: _Piece) -> bool:
    string = " ".join(text[span.start : span.end] for span in piece.spans)
    return kind_of(string) is Look.FIGURE


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
