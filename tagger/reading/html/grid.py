"""Tables as seen: rows of logical cells, out of rows of <td>."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from msgspec import Struct

from tagger.document import Cell, Row, Text, fold_piece, fold_pieces
from tagger.lexicon import kind_of
from tagger.lexicon.shapes import shape
from tagger.limits import OVER_COLUMNS
from tagger.patterns import pattern
from tagger.reading.html.breaks import find_cuts, without_furniture
from tagger.reading.html.columns import MOST, Columns, find_columns
from tagger.reading.html.flow import CellNode, Line, Rule, TableNode
from tagger.reading.html.units import FIGURE, OPENER, REACH, RULE, TEXT, Unit, units
from tagger.values import Span

_BULLETS = frozenset("•·●○◦▪■□–—-*§o►➢✓\uf0b7\u2043\x95")
_NUMBERED = pattern(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[).]?|\*{1,4}|[†‡]")
_LONG = 300  # characters of a paragraph
_LONGEST_LABEL = 700  # the classes of stock, each with its shares
_INDENT_OF_COLUMN = 8.0
_WIDEST = 2_000  # cells of a row, the empty ones and those of marks too


class Part(Struct, frozen=True):
    """A table before its caption is known."""

    rows: tuple[Row, ...]
    columns: int
    span: Span


class Grid(Struct, frozen=True):
    """What one <table> holds: tables of figures, and *asides*, lines of prose that stood among them."""

    parts: tuple[Part, ...]
    asides: tuple[Line, ...]


def text_of(text: str, lines: Sequence[Line]) -> Text:
    """Fold the pieces of *lines* into one string."""
    if len(lines) == 1 and len(lines[0].spans) == 1:
        return fold_piece(text, *lines[0].spans[0])
    return fold_pieces(text, [span for line in lines for span in line.spans])


def read_grid(table: TableNode, text: str) -> Grid | None:
    """Return *table* as a grid of figures; ``None`` if it only lays out words."""
    stacked = False
    for row in table.rows:
        for cell in row:
            if len(cell.items) == 1 and type(cell.items[0]) is Line:  # as nearly all
                continue
            stacked = stacked or len(cell.items) > 1
            for item in cell.items:
                if isinstance(item, Rule):
                    cell.rule_below = True
                elif not isinstance(item, Line):
                    return None
    if table.over or max(map(len, table.rows), default=0) > _WIDEST:
        return _too_wide(table.rows, text)
    if stacked:
        table.rows = [part for row in table.rows for part in _unstacked(row, text)]
    return grid_of(table.rows, text)


def _too_wide(rows: Sequence[Sequence[CellNode]], text: str) -> Grid | None:
    """Return a table with too many columns to be read: its first line alone, and a width that is over every limit."""
    lines = [item for row in rows for cell in row for item in cell.items if isinstance(item, Line)]
    if not lines:
        return None
    first = text_of(text, lines[:1])
    row = Row(cells=(Cell(text=first, column=1),))
    return Grid((Part((row,), OVER_COLUMNS, _span([first, text_of(text, lines[-1:])])),), ())


def grid_of(nodes: list[list[CellNode]], text: str, reach: int = REACH) -> Grid | None:
    """Return rows of cells that know their columns as a grid of figures; ``None`` if there are none."""
    prose = _prose(nodes, text)
    asides = [item for cell in prose for item in cell.items if isinstance(item, Line)]
    rows = [units([cell for cell in row if cell not in prose] if prose else row, text, reach) for row in nodes]
    if not _holds_figures(rows) or (asides and not _labelled(rows)):
        return None
    return Grid(tuple(_parts(nodes, rows, text)), tuple(asides))


def _parts(nodes: list[list[CellNode]], rows: list[list[Unit]], text: str) -> Iterator[Part]:
    """Yield the tables that stand in one <table>, each with columns of its own."""
    cuts = [0, *find_cuts(rows), len(rows)]
    for start, end in itertools.pairwise(cuts):
        columns = find_columns(rows[start:end])
        if len(columns.bands) > MOST:
            wide = _too_wide(nodes[start:end], text)
            yield from wide.parts if wide is not None else ()
            continue
        found = without_furniture(tuple(_rows(nodes[start:end], rows[start:end], columns, text)))
        if found:
            cells = [cell for row in found for cell in row.cells]
            last = max([cell.column + cell.colspan for cell in cells])
            yield Part(found, max(last, 1 + len(columns.bands)), _span([cell.text for cell in cells]))


def _span(texts: Sequence[Text]) -> Span:
    """Return the place of *texts*, none of them empty, from the first character to the last."""
    ends = [text.offsets[-1] + len(text.string) - text.starts[-1] for text in texts]
    return Span(min([text.offsets[0] for text in texts]), max(ends))


def _labelled(rows: Sequence[Sequence[Unit]]) -> bool:
    """Whether figures stand beside words in several rows, as in a table; else prose is laid out beside a box."""
    return sum(len(row) > 1 and any(unit.kind is FIGURE for unit in row[1:]) for row in rows) > 2


def is_marker(string: str) -> bool:
    """Whether *string* is a bullet or the number of a note."""
    return string in _BULLETS or _NUMBERED.fullmatch(string) is not None


def is_bullet(string: str) -> bool:
    return string in _BULLETS


def _holds_figures(rows: Sequence[Sequence[Unit]]) -> bool:
    """Whether there are figures beside something: two, or words with digits in them in several rows."""
    beside = (unit for row in rows for unit in row[1:] if unit.kind is FIGURE)
    figures = len(list(itertools.islice(beside, 2)))  # two are enough, and most tables have them in their first rows
    figures += (
        sum(len(row) == 1 and row[0].kind is FIGURE and "," in row[0].string for row in rows) if figures < 2 else 0
    )
    if figures >= 2:
        return True
    filled = sum(len(row) > 1 for row in rows)
    wordy = sum(len(row) > 1 and not is_marker(row[0].string) and _tells(row[-1].string) for row in rows)
    return filled >= 2 and figures + wordy >= 2


_SIGN = shape(r"[\p{Sc}%]")


def _tells(string: str) -> bool:
    """Whether a short text tells a figure: "$10 to $12 million", "approximately 5%"."""
    return len(string) < 60 and _SIGN.search(string) is not None and any(character.isdigit() for character in string)


def _unstacked(row: list[CellNode], text: str) -> list[list[CellNode]]:
    """Split a row whose cells hold several rows, one a line."""
    counts = [len(cell.items) for cell in row]
    height = max(counts, default=0)
    if height < 2 or counts.count(height) < 2 or any(1 < count < height for count in counts):
        return [row]
    stacked = [cell for cell in row if len(cell.items) == height]
    if not any(all(_is_figure(item, text) for item in cell.items) for cell in stacked):
        return [row]
    return [[_slice(cell, number, height) for cell in row] for number in range(height)]


def _is_figure(item: object, text: str) -> bool:
    if not isinstance(item, Line) or len(item.spans) != 1:
        return False
    return kind_of(text[slice(*item.spans[0])].strip()) in {FIGURE, OPENER}


def _has_figures(cells: Sequence[CellNode], text: str) -> bool:
    return sum(any(_is_figure(item, text) for item in cell.items) for cell in cells) > 1


def _slice(cell: CellNode, number: int, height: int) -> CellNode:
    last = number == height - 1
    items = cell.items[number : number + 1] if len(cell.items) == height else cell.items if last else []
    below = cell.rule_below and last
    return CellNode(cell.start, cell.end, cell.rule_above and number == 0, below, items)


def _prose(rows: list[list[CellNode]], text: str) -> list[CellNode]:
    """Return the cells of *rows* that hold paragraphs of prose, not a long label before its figures."""
    return [
        cell
        for row in rows
        for cell in row
        if cell.items
        and type(first := cell.items[0]) is Line
        and type(last := cell.items[-1]) is Line
        and (length := last.spans[-1][1] - first.spans[0][0]) > _LONG  # about
        and (length > _LONGEST_LABEL or cell is not row[0] or not _has_figures(row[1:], text))
    ]


def _rows(
    nodes: Sequence[Sequence[CellNode]], rows: Sequence[list[Unit]], columns: Columns, text: str
) -> Iterator[Row]:
    """Yield the rows with cells; what only draws a line rules the row above it."""
    waiting: Row | None = None
    for number, row in enumerate(rows):
        above, below = _ruling(nodes[number], columns.labels)
        if not row or (row[0].kind is RULE and all([unit.kind is RULE for unit in row])):
            ruled = above or below or bool(row)
        else:
            if waiting is not None:
                yield _ruled(waiting) if above else waiting
            waiting, ruled = _row(row, columns, text), below
        if waiting is not None and ruled:
            waiting = _ruled(waiting)
    if waiting is not None:
        yield waiting


def _ruled(row: Row) -> Row:
    return row if row.ruled else Row(cells=row.cells, indent=row.indent, ruled=True, bold=row.bold)


def _ruling(cells: Sequence[CellNode], labels: int) -> tuple[bool, bool]:
    above = below = False
    for cell in cells:
        if cell.start >= labels:
            above = above or cell.rule_above
            below = below or cell.rule_below
    return above, below


def _row(row: list[Unit], columns: Columns, text: str) -> Row:
    placed: dict[int, tuple[Unit, int]] = {}
    for unit in row:
        if unit.kind is RULE:
            continue
        column, colspan = columns.place(unit, unit is row[0])
        held = placed.get(column)
        if held is not None and unit.kind is TEXT and columns.beyond(unit) and len(unit.string) > 3:
            column, held = len(columns.bands) + 1, placed.get(len(columns.bands) + 1)
        if held is None:
            placed[column] = unit, colspan
        else:
            held[0].joined(unit)
            placed[column] = held[0], max(held[1], colspan)
    cells = [_cell(*placed[column], column, text) for column in sorted(placed)]
    label = placed.get(0)
    indent = row[0].lines[0].indent
    if label is not None:
        indent += _INDENT_OF_COLUMN * (label[0].start - columns.left)
    bold = True
    for unit in row:
        for line in unit.lines:
            bold = bold and line.bold
    return Row(cells=tuple(cells), indent=indent, bold=bold)


def _cell(unit: Unit, colspan: int, column: int, text: str) -> Cell:
    folded = text_of(text, unit.lines)
    for line in unit.lines:
        if line.raised:
            raised = [span for line in unit.lines for span in line.raised or ()]
            return Cell(text=folded, column=column, colspan=colspan, superscripts=tuple(_indexes(folded, raised)))
    return Cell(text=folded, column=column, colspan=colspan)


def _indexes(folded: Text, raised: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where in the folded string the raised characters stand."""
    places = {at for span in raised for at in range(*span)}
    inside = [folded.at(index) in places for index in range(len(folded.string))]
    begin = -1
    for index, up in enumerate([*inside, False]):
        up = up and folded.string[index] != " "
        if up and begin < 0:
            begin = index
        elif not up and begin >= 0:
            yield begin, index
            begin = -1
