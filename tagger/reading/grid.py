"""Grids: headings, rows and caption lines put together as a `Table`."""

from __future__ import annotations

from collections.abc import Sequence

from tagger.document import Cell, Row, Table, Text, fold
from tagger.reading.headings import Heading, Phrase, says_length, split_phrase, spread
from tagger.reading.rows import Item
from tagger.values import Span


def make_table(
    text: str,
    items: Sequence[Item],
    head: Sequence[Row],
    captions: Sequence[Span],
    columns: int,
    *,
    continued: bool = False,
    doubtful: bool = False,
) -> Table:
    """Put a table of *columns* columns of figures together; the heading rows *head* come first."""
    body = [_row(text, item) for item in items]
    named = [fold(text, [span]) for span in captions]
    named.extend(row.cells[0].text for row in head if row.cells and row.cells[0].column == 0)
    widest = max((cell.column + cell.colspan for row in (*head, *body) for cell in row.cells), default=1)
    return Table(
        rows=(*head, *body),
        columns=max(widest, columns + 1),
        span=_place(captions, head, items),
        caption=tuple(named),
        continued=continued,
        doubtful=doubtful,
    )


def _place(captions: Sequence[Span], head: Sequence[Row], items: Sequence[Item]) -> Span:
    spans = [*captions, *(cell.text.place for row in head for cell in row.cells)]
    for item in items:
        spans += item.label
        spans += [Span(figure.start, figure.end) for figure in item.figures]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def heading_rows(text: str, headings: Sequence[Heading], edges: Sequence[tuple[int, int]], *, exact: bool) -> list[Row]:
    """Put the phrases of *headings* over the columns at *edges*."""
    if exact:
        headings = [_split(heading, edges) for heading in headings]
    places = [spread(heading.phrases, edges, exact=exact, lengths=says_length(heading)) for heading in headings]
    _widen(places, len(edges))
    return [_heading_row(text, heading, place) for heading, place in zip(headings, places, strict=True)]


def _split(heading: Heading, edges: Sequence[tuple[int, int]]) -> Heading:
    """Cut the phrases of *heading* that hold one word for each of several columns."""
    if len(heading.phrases) >= len(edges):
        return heading
    phrases: list[Phrase] = []
    for phrase, (column, span) in zip(heading.phrases, spread(heading.phrases, edges, exact=True), strict=True):
        phrases.extend(split_phrase(heading.line, phrase, edges[column - 1 : column - 1 + span]))
    return heading._replace(phrases=tuple(phrases))


def _widen(places: Sequence[list[tuple[int, int]]], count: int) -> None:
    """Let the headings of a column stand over the unheaded columns right of it, of percentages for the most part."""
    covered = {column for row in places for first, span in row for column in range(first, first + span)}
    for column in range(2, count + 1):
        if column in covered or column - 1 not in covered:
            continue
        for row in places:
            for index, (first, span) in enumerate(row):
                if first + span == column:
                    row[index] = (first, span + 1)
        covered.add(column)


def _heading_row(text: str, heading: Heading, places: Sequence[tuple[int, int]]) -> Row:
    cells: list[Cell] = []
    if heading.label is not None:
        cells.append(Cell(text=fold(text, [Span(heading.label.start, heading.label.end)]), column=0))
    taken: dict[int, list[Span]] = {}
    spans: dict[int, int] = {}
    for phrase, (column, colspan) in zip(heading.phrases, places, strict=True):
        taken.setdefault(column, []).append(Span(phrase.start, phrase.end))
        spans[column] = colspan
    cells.extend(Cell(text=fold(text, parts), column=column, colspan=spans[column]) for column, parts in taken.items())
    return Row(cells=tuple(cells))


def stacked_rows(text: str, lines: Sequence[Sequence[Sequence[Span]]], columns: int) -> list[Row]:
    """Put lines of headings without places over *columns* columns, by their number; a heading is a list of spans."""
    rows: list[Row] = []
    for line in lines:
        count = len(line)
        width, rest = divmod(columns, count) if count else (1, 0)
        cells: list[Cell] = []
        column = 1
        for index, spans in enumerate(line):
            # what is over goes to the last heading: "Change" over an amount and a percentage
            span = max(width + (rest if index == count - 1 else 0), 1)
            cells.append(
                Cell(text=fold(text, spans), column=min(column, columns), colspan=span if column <= columns else 1)
            )
            column += span
        rows.append(Row(cells=tuple(cells)))
    return rows


def _row(text: str, item: Item) -> Row:
    cells: list[Cell] = []
    if item.string:
        cells.append(Cell(text=_label(text, item.label), column=0))
    cells.extend(
        Cell(text=_folded(text, figure.start, figure.end), column=column)
        for figure, column in zip(item.figures, item.places, strict=True)
    )
    return Row(cells=tuple(cells), indent=item.indent, ruled=item.ruled)


def _label(text: str, spans: Sequence[Span]) -> Text:
    return _folded(text, spans[0].start, spans[0].end) if len(spans) == 1 else fold(text, spans)


def _folded(text: str, start: int, end: int) -> Text:
    """Fold ``text[start:end]``; most cells hold single blanks only and are one run."""
    string = text[start:end]
    if string and string == " ".join(string.split()):
        return Text(string, (0,), (start,))
    return fold(text, [Span(start, end)])
