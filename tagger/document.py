"""What reading returns: a document as paragraphs and tables, each word with its place.

`Document.text` is the visible text, as a browser or a terminal shows it. Every
`Span` of the library points into it, and the writers put their elements around
those spans; nothing downstream ever looks at markup again.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tagger.findings import Finding
from tagger.patterns import pattern
from tagger.values import Span

_RUN = pattern(r"\S+(?: \S+)*")  # words with one blank between them: they map as one
_FIRST = (0,)


class Text(Struct, frozen=True, gc=False):
    """A string folded out of the document: white space is one blank, lines are joined.

    Of recognised text it has the letters that must have been printed: "2001" for "2OO1".
    *starts* and *offsets* say where it came from: the run of characters that
    begins at ``string[starts[i]]`` stands at ``Document.text[offsets[i]]``.
    """

    string: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]

    def at(self, index: int) -> int:
        """Return the offset in the document of ``string[index]``."""
        run = bisect_right(self.starts, index) - 1
        return self.offsets[run] + index - self.starts[run]

    def span(self, start: int, end: int) -> Span:
        """Return the place in the document of ``string[start:end]``, which must not be empty."""
        if len(self.starts) == 1:  # as nearly all cells have it
            first = self.offsets[0] - self.starts[0]
            return Span(first + start, first + end)
        first, last = self.at(start), self.at(end - 1)
        return Span(min(first, last), max(first, last) + 1)  # a cell within a cell may stand before what is around it

    def after(self, index: int) -> Text:
        """Return what follows ``string[:index]``."""
        kept = [
            (max(start, index) - index, offset + max(index - start, 0))
            for start, offset in zip(self.starts, self.offsets, strict=True)
        ]
        first = max((number for number, (start, _) in enumerate(kept) if not start), default=0)
        return Text(self.string[index:], tuple(run[0] for run in kept[first:]), tuple(run[1] for run in kept[first:]))

    def before(self, index: int) -> Text:
        """Return ``string[:index]`` without the blanks at its end."""
        count = bisect_right(self.starts, index - 1)
        return Text(self.string[:index].rstrip(), self.starts[:count], self.offsets[:count])

    @property
    def place(self) -> Span:
        """The place of the whole string, from its first character to its last."""
        if self.string:
            return self.span(0, len(self.string))
        at = self.offsets[0] if self.offsets else 0
        return Span(at, at)


def fold(text: str, spans: Iterable[Span]) -> Text:
    """Join *spans* of *text* with single blanks, folding all white space inside them.

    >>> fold("Net   sales\\n  rose", [Span(0, 18)]).string
    'Net sales rose'
    """
    return fold_pieces(text, [(span.start, span.end) for span in spans])


def fold_pieces(text: str, pieces: Iterable[tuple[int, int]]) -> Text:
    """Join *pieces* of *text*, each from where to where, as `fold` does."""
    words: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    length = 0
    for start, stop in pieces:
        string = text[start:stop]
        plain = start < stop and _is_run(string)
        for begin, end in ((start, stop),) if plain else [run.span() for run in _RUN.finditer(text, start, stop)]:
            if not starts or begin - length != offsets[-1] - starts[-1]:
                starts.append(length)
                offsets.append(begin)
            words.append(string if plain else text[begin:end])
            length += end - begin + 1
    return Text(" ".join(words), tuple(starts), tuple(offsets))


def _is_run(string: str) -> bool:
    """Whether the blanks of *string* are single already, as those of most cells are."""
    return string.isprintable() and "  " not in string and string[:1] != " " != string[-1:]


def fold_piece(text: str, start: int, end: int) -> Text:
    """Fold ``text[start:end]``, the quick way where its blanks are single already, as those of most cells are: one run."""
    string = text[start:end]
    if string.isprintable() and "  " not in string and string[:1] != " " != string[-1:]:
        return Text(string, _FIRST, (start,))
    folded = " ".join(string.split())
    if folded and folded in string:
        return Text(folded, _FIRST, (start + string.index(folded),))
    return fold(text, (Span(start, end),))


class Paragraph(Struct, frozen=True, gc=False):
    """Running text outside tables. *heading* is true where it stands out as a title of its own."""

    text: Text
    span: Span
    heading: bool = False
    bullet: bool = False


class Cell(Struct, frozen=True, kw_only=True, gc=False):
    """One cell of a table as seen: *column* counts logical columns, 0 holds the labels.

    A heading over several columns has *colspan* above 1. The marks that belong to
    one figure (`$`, the digits, `)`, `%`) are one cell whatever the markup did.
    *superscripts* are the places (indexes into ``text.string``) of raised footnote marks.
    """

    text: Text
    column: int
    colspan: int = 1
    superscripts: tuple[tuple[int, int], ...] = ()

    def stands_over(self, column: int) -> bool:
        return self.column <= column < self.column + self.colspan


class Row(Struct, frozen=True, kw_only=True, gc=False):
    """One line of a table. *indent* grows with the depth of the label, in no fixed unit.

    *ruled* says that a rule (a line of dashes, a bottom border) stands right under
    this row's figures: what follows is often their sum.
    """

    cells: tuple[Cell, ...]
    indent: float = 0
    ruled: bool = False
    bold: bool = False


class Table(Struct, frozen=True, kw_only=True, gc=False):
    """Rows and columns, with the lines above it that name it.

    *caption* holds the paragraphs right above (title, "(In thousands, except per
    share data)", "(Unaudited)"), outermost first; they are not repeated as paragraphs.
    *continued* says that this table goes on where the one before it broke off.
    *doubtful* says that columns were put back from torn or collapsed text, so that
    arithmetic has to confirm which figure stands in which column.
    """

    rows: tuple[Row, ...]
    columns: int
    span: Span
    caption: tuple[Text, ...] = ()
    continued: bool = False
    doubtful: bool = False


Block: TypeAlias = Paragraph | Table


def moved(block: Block, by: int) -> Block:
    """Return *block* of a text that begins at the offset *by* of the document."""
    span = Span(block.span.start + by, block.span.end + by)
    if isinstance(block, Paragraph):
        return replace(block, text=_moved(block.text, by), span=span)
    rows = tuple(
        replace(row, cells=tuple(replace(cell, text=_moved(cell.text, by)) for cell in row.cells)) for row in block.rows
    )
    return replace(block, rows=rows, span=span, caption=tuple(_moved(line, by) for line in block.caption))


def _moved(text: Text, by: int) -> Text:
    return Text(text.string, text.starts, tuple(offset + by for offset in text.offsets))


class Submission(Struct, frozen=True, kw_only=True):
    """What the header of an EDGAR submission says of itself; *fields* are all its lines, the first of each name."""

    company: str | None = None
    cik: str | None = None
    form: str | None = None
    period: dt.date | None = None
    filed: dt.date | None = None
    fiscal_year_end: str | None = None  # MMDD
    exhibits: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


class Written(Struct, frozen=True):
    """The tree of a page as it is written: the *distinct* runs of tags that stand side by side, the *order* in which these
    stand in the page, and the text behind each.

    A tag is what stands between < and >.
    """

    distinct: list[tuple[str, ...]]
    order: list[int]
    texts: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A release as read.

    *kind* is "text" or "html". *markup* is the HTML the text was taken from, for the
    writer of inline output, *written* the tree of it; there is neither for plain text. *origin* is where `text` (plain
    text) begins in the decoded source, on its line *first_line*. *ocr* says the text looks like the output of
    character recognition, whose typical errors may then be repaired.
    """

    kind: str
    text: str
    blocks: tuple[Block, ...]
    name: str = ""
    markup: str = ""
    written: Written | None = field(default=None, repr=False, compare=False)
    origin: int = 0
    first_line: int = 1
    ocr: bool = False
    submission: Submission | None = None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple([block for block in self.blocks if type(block) is Table])

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple([block for block in self.blocks if type(block) is Paragraph])

    def line(self, offset: int) -> int:
        """Return the number, from 1, of the line of the source on which *offset* of `text` stands."""
        return self.text.count("\n", 0, offset) + self.first_line
