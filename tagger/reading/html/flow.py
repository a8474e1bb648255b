"""HTML as a flow of lines, tables and rules, with places in the visible text: what the blocks are made of.

Nodes are built while the tree is walked, once, and only `reading` sees them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import TypeAlias

from lxml import etree
from msgspec import Struct, field

from tagger.characters import NCNAME
from tagger.document import Written
from tagger.patterns import pattern
from tagger.reading.html.looks import Kind, Look, plain_look
from tagger.reading.html.sheets import read_sheet
from tagger.reading.html.tags import Tag, known_tag, read_tag
from tagger.reading.html.text import Element
from tagger.values import Span

_MOST_RUNS = 100_000  # runs of columns that cells from above take, looked at for one table
_begin, _end = itemgetter(0), itemgetter(1)


class Line(Struct, gc=False):
    """A run of text that no block boundary and, in a cell, no line break divides."""

    spans: list[tuple[int, int]]
    look: Look
    indent: float
    bullet: bool
    bold: bool
    broken: bool = False  # the next line goes on with the same paragraph
    raised: list[tuple[int, int]] | None = None


class Preformatted(Struct, frozen=True):
    """A <pre> block: text whose own line ends and blanks lay it out."""

    span: Span


class Rule(Struct, frozen=True):
    """A horizontal rule or a page break: what stands above it names nothing below it."""


class CellNode(Struct, gc=False):
    """One <td> with something in it or a rule, from column *start* up to *end* of the grid."""

    start: int
    end: int
    rule_above: bool
    rule_below: bool
    items: list[Item]


class TableNode(Struct, gc=False):
    """One <table>: rows of cells, and *strays*, what stood in it outside all cells.

    *column* is where the next cell goes; *busy* are runs of columns, from left to right, each with the row up to which a
    cell from above takes them. One with too many cells that reach down to be laid out is *over* its limit.
    """

    rows: list[list[CellNode]] = field(default_factory=list)
    strays: list[Item] = field(default_factory=list)
    nests: bool = False
    column: int = 0
    busy: list[_Run] = field(default_factory=list)
    looked: int = 0

    def begin_row(self) -> list[CellNode]:
        """Add a row."""
        self.column = 0
        self.rows.append([])
        if self.busy:
            self.looked += len(self.busy)
            self.busy = [] if self.over else [run for run in self.busy if run[2] >= len(self.rows)]
        return self.rows[-1]

    @property
    def over(self) -> bool:
        return self.looked > _MOST_RUNS

    def take(self, colspan: int, rowspan: int) -> int:
        """Take the next free columns of the row and return the first of them."""
        start = self._free(self.column) if self.busy else self.column
        self.column = start + colspan
        if rowspan > 1 and not self.over:
            self._reach(start, self.column, len(self.rows) + rowspan - 1)
        return start

    def _free(self, start: int) -> int:
        """Return the first column from *start* on that no cell from above takes."""
        busy = self.busy
        place = first = max(bisect_right(busy, start, key=_begin) - 1, 0)
        while place < len(busy) and busy[place][0] <= start:
            start = max(start, busy[place][1])
            place += 1
        self.looked += place - first
        return start

    def _reach(self, start: int, end: int, until: int) -> None:
        """Let a cell take the columns from *start* to *end* up to row *until*; it takes those of others over."""
        busy = self.busy
        first = bisect_right(busy, start, key=_end)
        last = bisect_left(busy, end, key=_begin)
        before = [(busy[first][0], start, busy[first][2])] if first < last and busy[first][0] < start else []
        after = [(end, *busy[last - 1][1:])] if first < last and busy[last - 1][1] > end else []
        if not before and first and busy[first - 1][1:] == (start, until):
            first -= 1
            start = busy[first][0]
        busy[first:last] = [*before, (start, end, until), *after]


Item: TypeAlias = Line | Preformatted | Rule | TableNode
_Run: TypeAlias = tuple[int, int, int]
_Frame: TypeAlias = tuple[Kind, Look, list[Item], TableNode | None, list[CellNode] | None]
# A cell that is open: its columns, whether rules stand above and below it, and the frame around it.
_Cell: TypeAlias = tuple[int, int, bool, bool, Look, list[Item]]


class Flow(Struct, frozen=True):
    """The whole document: its visible text, its items, and all tables, inner ones before outer ones.

    *breaks* are the offsets of what follows a line break within a line outside tables. *written* is the tree, as written.
    """

    written: Written
    text: str
    items: list[Item]
    tables: list[TableNode]
    breaks: frozenset[int]


_RULE = Rule()
_BLOCK, _TABLE, _PRE = Kind.BLOCK, Kind.TABLE, Kind.PRE
_UNSEEN = "\u200b\u200c\u200d\ufeff\u00ad\u2060"
_POINTS_OF_BLANK = 2.5


class _Builder:
    """Lines and tables in the making."""

    __slots__ = (
        "blanks",
        "breaks",
        "bullet",
        "items",
        "line",
        "look",
        "page",
        "parted",
        "pre",
        "row",
        "table",
        "tables",
    )

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.tables: list[TableNode] = []
        self.table: TableNode | None = None
        self.row: list[CellNode] | None = None
        self.line: Line | None = None
        self.look = plain_look()
        self.blanks = 0  # hard blanks at the beginning of a line: indentation
        self.bullet = False  # the next line is the first of a list item
        self.parted = False  # a line break stands since the last text
        self.pre = -1  # where an open <pre> begins
        self.breaks: set[int] = set()
        self.page = 0  # counts what absolute places count from

    def text(self, string: str, start: int, end: int) -> None:
        """Take a text node that holds more than white space."""
        if self.pre >= 0:
            return
        look = self.look
        line = self.line
        if line is None:
            blanks = self.blanks
            if string[0] in "\xa0 ":
                blanks += string[: len(string) - len(string.lstrip())].count("\xa0")
            indent = look.indent + _POINTS_OF_BLANK * blanks if blanks else look.indent
            self.line = line = Line([(start, end)], look, indent, self.bullet, look.bold)
            self.bullet = self.parted = False
        else:
            spans = line.spans
            line.bold = line.bold and look.bold
            if not self.parted and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
                if self.parted:
                    self.breaks.add(start)
                self.parted = False
        if look.raised:
            line.raised = [*(line.raised or ()), (start, end)]

    def flush(self) -> None:
        """End the line that is open."""
        if self.line is not None:
            self.items.append(self.line)
            self.line = None
        self.blanks = 0

    def open(self, tag: Tag, offset: int) -> _Frame:
        """Begin a block and return what to go back to at its end."""
        kind, outer = tag.kind, self.look
        frame = (kind, outer, self.items, self.table, self.row)
        if (self.line is not None or self.blanks) and self.pre < 0:
            self.flush()
        if kind is not _BLOCK:
            self._begin(kind, offset)
        if tag.sort.plain:
            self.look = outer.inside(tag.sort, tag.align)
        else:
            self._leave(tag)
        return frame

    def _begin(self, kind: Kind, offset: int) -> None:
        """Begin what is more than a block."""
        if kind is Kind.ROW:
            self.row = self.table.begin_row() if self.table is not None else None
        elif kind is Kind.TABLE:
            if self.table is not None:
                self.table.nests = True
            self.table, self.row = TableNode(), None
            self.items.append(self.table)
            self.items = self.table.strays
        elif kind is Kind.RULE:
            self.items.append(_RULE)
        elif kind is Kind.ITEM:
            self.bullet = True
        elif kind is Kind.PRE and self.pre < 0:
            self.pre = offset

    def _leave(self, tag: Tag) -> None:
        """Begin a block that stands on another page, or at a place of its own."""
        sort = tag.sort
        if sort.style.page_break:
            self.items.append(_RULE)
        if sort.style.place is None and not sort.style.paged:
            self.look = self.look.inside(sort, tag.align)
        else:
            self.page += sort.style.paged
            self.look = self.look.placed(sort, self.page)

    def open_cell(self, table: TableNode, tag: Tag) -> _Cell:
        """Begin a cell of *table* and return what `close_cell` needs."""
        outer = self.look
        if self.line is not None or self.blanks:
            self.flush()
        self.look = outer.inner.get(tag.sort) or outer.inside(tag.sort)
        if self.row is None:
            self.row = table.begin_row()
        start = table.take(tag.colspan, tag.rowspan)
        frame = (start, table.column, tag.above, tag.below, outer, self.items)
        self.items = []
        return frame

    def pass_cell(self, table: TableNode, tag: Tag) -> None:
        """Take a cell with nothing in it: it takes up columns, and may rule."""
        if self.line is not None or self.blanks:
            self.flush()
        if self.row is None:
            self.row = table.begin_row()
        start = table.take(tag.colspan, tag.rowspan)
        if tag.above or tag.below:
            self.row.append(CellNode(start, table.column, tag.above, tag.below, []))

    def close_cell(self, cell: _Cell) -> None:
        """End the cell; one with nothing in it and no rule leaves no trace."""
        if self.line is not None or self.blanks:
            self.flush()
        start, end, above, below, self.look, items = cell
        if (self.items or above or below) and self.row is not None:
            self.row.append(CellNode(start, end, above, below, self.items))
        self.items = items

    def part(self) -> None:
        """Take a line break: in a cell it ends the line, elsewhere two of them do."""
        if self.line is not None and (self.parted or self.row is not None):
            self.line.broken = not self.parted
            self.flush()
        self.parted = True

    def close(self, frame: _Frame, offset: int) -> None:
        """End the block that *frame* began."""
        kind, self.look, items, table, row = frame
        if kind is _PRE and self.pre >= 0:
            if self.pre < offset:
                self.items.append(Preformatted(Span(self.pre, offset)))
            self.pre = -1
        elif (self.line is not None or self.blanks) and self.pre < 0:
            self.flush()
        if kind is _TABLE and self.table is not None:
            self.tables.append(self.table)
        self.items, self.table, self.row = items, table, row


_NAMELESS = "nameless"  # an element that HTML has not: it stands in its line
_SIDE_BY_SIDE = "><"
_TAGS = pattern(r"<([^>]*(?:><[^>]*)*)>")
_CDATA = pattern(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)


def read_flow(root: Element) -> Flow:
    """Walk the tree once and return its text, lines and tables; the text is that of `text_nodes`.

    Walks the tree as it is written, tag by tag: runs of tags that are written alike are understood once.
    One loop with everything at hand: it runs for every tag of the document.
    """
    builder = _Builder()
    inline, changing, hidden, breaking, celling = Kind.INLINE, Kind.LOOK, Kind.HIDDEN, Kind.BREAK, Kind.CELL
    stack: list[_Frame | _Cell | Look | None] = []
    pieces: list[str] = []
    offset = unseen = 0
    written = written_tree(root)
    runs = _runs(written.distinct, root)
    del root  # it takes many times what is written of it
    for run, string in zip(map(runs.__getitem__, written.order), written.texts, strict=True):
        for tag in run:  # no tag: the end of an element
            if unseen:
                unseen += -1 if tag is None else not tag.empty
            elif tag is None:
                frame = stack.pop()
                if isinstance(frame, Look):
                    builder.look = frame
                elif frame is None:
                    pass
                elif len(frame) == 6:
                    builder.close_cell(frame)
                else:
                    builder.close(frame, offset)
            else:
                kind = tag.kind
                if kind is celling and builder.table is not None:
                    if tag.empty:
                        builder.pass_cell(builder.table, tag)
                    else:
                        stack.append(builder.open_cell(builder.table, tag))
                elif kind is changing:
                    if not tag.empty:
                        look = builder.look
                        stack.append(look)
                        builder.look = look.inner.get(tag.sort) or look.inside(tag.sort)
                elif kind is inline:
                    if not tag.empty:
                        stack.append(None)
                elif kind is hidden:
                    unseen = int(not tag.empty)
                elif kind is breaking:
                    builder.part()
                    if not tag.empty:
                        stack.append(None)
                elif tag.empty:
                    builder.close(builder.open(tag, offset), offset)
                else:
                    stack.append(builder.open(tag, offset))
        if string and not unseen:
            if "&" in string:
                string = unescaped(string)
            start = offset
            offset += len(string)
            pieces.append(string)
            if string.isspace() or not (shown := string.strip(_UNSEEN)):
                if builder.line is None:
                    builder.blanks += string.count("\xa0")
            elif len(shown) == len(string):
                builder.text(string, start, offset)
            elif not shown.isspace():
                start += string.find(shown)
                builder.text(shown, start, start + len(shown))
    builder.flush()
    return Flow(written, "".join(pieces), builder.items, builder.tables, frozenset(builder.breaks))


def _runs(said: Sequence[tuple[str, ...]], root: Element) -> list[list[Tag | None]]:
    """Return the opening tags of each of the runs *said*; *root* has the style sheets that they are under.

    Elements that do nothing, as all of their name in the page, are left out with their ends.
    """
    distinct = set().union(*said)
    opening = {tag for tag in distinct if tag[0] != "/"}
    if not any(tag.startswith("style") for tag in opening):
        tags = {tag: known_tag(tag) for tag in opening}
    else:
        sheet = read_sheet(style.text or "" for style in root.iter("style"))
        tags = {tag: read_tag(tag, sheet) for tag in opening}
    doing = {tag.sort.tag for tag in tags.values() if tag.kind is not Kind.INLINE}
    told: dict[str, Tag | None] = {said: tag for said, tag in tags.items() if tag.sort.tag in doing}
    told.update(dict.fromkeys({f"/{name}" for name in doing} & distinct))
    return [[told[tag] for tag in run if tag in told] for run in said]


def written_tree(root: Element) -> Written:
    """Return the tree as written, without what scripts and style sheets hold.

    >>> from tagger.reading.html.text import parse_html
    >>> written_tree(parse_html("<p>a<b>c</b></p>"))
    Written(distinct=[('html', 'body', 'p'), ('b',), ('/b', '/p', '/body', '/html')], order=[0, 1, 2], texts=['a', 'c', ''])
    """
    pieces = _pieces(root)
    distinct = list(dict.fromkeys(pieces[1::2]))
    said = "\0".join(distinct)
    if said.count("<") != said.count(_SIDE_BY_SIDE):
        _rename(root)
        pieces = _pieces(root)
        distinct = list(dict.fromkeys(pieces[1::2]))
    places = {run: place for place, run in enumerate(distinct)}
    order = list(map(places.__getitem__, pieces[1::2]))
    return Written([tuple(run.split(_SIDE_BY_SIDE)) for run in distinct], order, pieces[2::2])


def _pieces(root: Element) -> list[str]:
    """Return nothing, the tags of the tree that stand side by side, text, such tags, ..., text.

    Each of < and > begins or ends a tag, for in texts and the values of attributes they are references.
    """
    markup = etree.tostring(root, encoding="unicode", with_tail=False)
    return _TAGS.split(_CDATA.sub("", markup) if "<![CDATA[" in markup else markup)


def _rename(root: Element) -> None:
    """Let no name hold a <, as one would in ``<td align=right <b>``: such attributes say nothing, nor do such elements.

    The name that an element gets is one that no style sheet speaks of: that of another would take its style.
    """
    for element in root.iter("*"):
        if "<" in element.tag:
            element.tag = _NAMELESS
        if any("<" in name for name in element.attrib):
            kept = [(name, value) for name, value in element.items() if NCNAME.fullmatch(str(name))]
            element.attrib.clear()  # one by one, those with a brace cannot be taken away
            for name, value in kept:
                element.set(name, value)


def unescaped(string: str) -> str:
    """Undo what writing a tree does to the characters of a text."""
    string = string.replace("&lt;", "<").replace("&gt;", ">").replace("&#13;", "\r")
    return string.replace("&amp;", "&")
