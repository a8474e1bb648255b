"""Grids: headings, rows and caption lines put together as a `Table`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from tagger.document import Cell, Row, Table, Text, fold, fold_piece
from tagger.grid.entries import Figure
from tagger.grid.headings import Heading, Phrase, lasting, overlapping
from tagger.grid.order import Over, in_order
from tagger.grid.parts import Part
from tagger.grid.rows import Item, goes_over
from tagger.grid.spans import split_phrase, spread
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.values import Span

_RAISED = shape(r"(?<=[a-z]{3})\d$|(?<=\b\L<year>)\d$", case=True)
_NOTES = pattern(r"(?<=[\d)])\s?(?:\([\dA-Ha-h]\))+$")  # footnote marks behind a figure
_NEAR = 400  # headings further above the rows were printed over a table before
_LOST = 12
_ENDED = shape(r"\b\L<ended>\b")
_CHANGE = shape(r"\L<changes>")
_NOTE = pattern(r"\(?notes?\)?", re.I)


def make_table(
    text: str,
    items: Sequence[Item],
    head: Sequence[Row],
    captions: Sequence[Span],
    columns: int,
    *,
    titles: Sequence[Span] = (),
    continued: bool = False,
    doubtful: bool = False,
) -> Table:
    """Put a table of *columns* columns of figures together; the heading rows *head* come first.

    Headings and *titles* that a table before it printed, and that still hold, lie outside its place.
    """
    body = [_row(text, item) for item in items]
    beside = [row.cells[0].text.place for row in head if row.cells and row.cells[0].column == 0]
    widest = max((cell.column + cell.colspan for row in (*head, *body) for cell in row.cells), default=1)
    return Table(
        rows=(*head, *body),
        columns=max(widest, columns + 1),
        span=_place(captions, head, items),
        caption=tuple(fold(text, spans) for spans in _sentences(text, [*titles, *captions, *beside])),
        continued=continued,
        doubtful=doubtful,
    )


def _sentences(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    """Join caption lines that go on: an open bracket, "STATEMENTS OF" + "INCOME"."""
    groups: list[list[Span]] = []
    for span in spans:
        above = " ".join(text[part.start : part.end] for part in groups[-1]) if groups else ""
        if groups and goes_over(above, text[span.start : span.end]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _place(captions: Sequence[Span], head: Sequence[Row], items: Sequence[Item]) -> Span:
    own = [*captions]
    for item in items:
        own += item.label
        own += [Span(figure.start, figure.end) for figure in item.figures]
    end = max(span.end for span in own)
    start = min(span.start for span in own)
    for row in reversed(head):
        spans = [cell.text.place for cell in row.cells]
        if spans and start - max(span.end for span in spans) < _NEAR:
            start = min(start, *(span.start for span in spans))
    return Span(start, end)


def heading_rows(text: str, headings: Sequence[Heading], edges: Sequence[tuple[int, int]]) -> list[Row]:
    """Put the phrases of *headings* over the columns at *edges*."""
    headings = [_moved(heading, edges) for heading in headings]
    headings = [_split(heading, edges, headings[place + 1 :]) for place, heading in enumerate(headings)]
    places = [_places(heading, edges) for heading in headings]
    apart = _own(text, headings, places, _CHANGE.search)
    for heading, row in zip(headings, places, strict=True):
        if apart and len(row) == len(edges) - len(apart) and len(lasting(heading)) == len(row):
            row[:] = [(column, 1) for column in range(1, len(edges) + 1) if column not in apart]
    places = [_without_notes(row, _own(text, headings, places, _NOTE.fullmatch)) for row in places]
    _stack(headings, places)
    _widen(places, len(edges))
    return [_heading_row(text, heading, place) for heading, place in zip(headings, places, strict=True)]


def _places(heading: Heading, edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    times = lasting(heading)
    ended = [phrase for phrase in times if _ENDED.search(heading.line.string, phrase.left, phrase.right)]
    lengths = len(times) == len(heading.phrases)
    return spread(heading.phrases, edges, lengths=lengths, lasting=times, alone=not ended)


def ordered_rows(text: str, parts: Sequence[Part], columns: int, percents: Sequence[bool] = ()) -> list[Row]:
    """Put *parts* of headings without places over *columns* columns by their order; *percents* hold percentages."""
    return [
        Row(cells=tuple(_cell(text, place) for place in sorted(row, key=lambda place: place.first)))
        for row in in_order(parts, columns, percents)
    ]


def _cell(text: str, place: Over) -> Cell:
    spans = {span for part in place.parts for span in part.spans}
    return Cell(text=fold(text, sorted(spans, key=lambda span: span.start)), column=place.first, colspan=place.span)


def label_rows(text: str, labels: Sequence[Span]) -> list[Row]:
    """Return a row for each of *labels*, which stand beside headings over columns."""
    return [Row(cells=(Cell(text=fold_piece(text, label.start, label.end), column=0),)) for label in labels]


def _own(
    text: str,
    headings: Sequence[Heading],
    places: Sequence[list[tuple[int, int]]],
    says: Callable[[str, int, int], object],
) -> set[int]:
    """Return the columns whose own heading *says* that they hold something else than a period's figures."""
    return {
        column
        for heading, row in zip(headings, places, strict=True)
        for phrase, (column, span) in zip(heading.phrases, row, strict=True)
        if span == 1 and says(text, phrase.start, phrase.end)
    }


def _without_notes(row: Sequence[tuple[int, int]], notes: set[int]) -> list[tuple[int, int]]:
    """Let no heading of several columns begin over a column of the numbers of *notes*."""
    return [(first + 1, span - 1) if first in notes and span > 1 else (first, span) for first, span in row]


def _moved(heading: Heading, edges: Sequence[tuple[int, int]]) -> Heading:
    """Move a line of headings that lost the blanks before it, and only those, over the columns it divides evenly."""
    count = len(heading.phrases)
    if heading.line.indent or count < 2 or len(edges) % count:
        return heading
    width = len(edges) // count
    apart = [
        (edges[at * width][0] + edges[(at + 1) * width - 1][1] - phrase.left - phrase.right) // 2
        for at, phrase in enumerate(heading.phrases)
    ]
    if min(apart) < _LOST or max(apart) - min(apart) > _LOST:
        return heading
    by = sum(apart) // count
    moved = tuple(phrase._replace(left=phrase.left + by, right=phrase.right + by) for phrase in heading.phrases)
    return heading._replace(phrases=moved)


def _split(heading: Heading, edges: Sequence[tuple[int, int]], below: Sequence[Heading]) -> Heading:
    """Cut the phrases of *heading* that hold one word for each of several columns, which headings *below* tell not apart."""
    if len(heading.phrases) >= len(edges):
        return heading
    phrases: list[Phrase] = []
    for phrase, (column, span) in zip(heading.phrases, spread(heading.phrases, edges), strict=True):
        cut = split_phrase(heading.line, phrase, edges[column - 1 : column - 1 + span])
        apart = len(cut) > 1 and any(_tells_apart(line, edges, range(column, column + span)) for line in below)
        phrases.extend([phrase] if apart else cut)
    return heading._replace(phrases=tuple(phrases))


def _tells_apart(heading: Heading, edges: Sequence[tuple[int, int]], columns: range) -> bool:
    """Say whether each of *columns* has a heading of its own that other columns have too: "U.S.  Non-U.S.  U.S.  Non-U.S."."""
    string = heading.line.string
    places = zip(heading.phrases, spread(heading.phrases, edges), strict=True)
    own = {first: string[phrase.left : phrase.right] for phrase, (first, span) in places if span == 1}
    said = [own[column] for column in columns if column in own]
    counts = Counter(own.values())
    return len(set(said)) == len(columns) and all(counts[one] > 1 for one in said)


def _stack(headings: Sequence[Heading], places: Sequence[list[tuple[int, int]]]) -> None:
    """Let a heading stand over the one column of the heading right below it that is set flush with it, and under no other.

    "Period from" over "March 3, 1995" over "through" over "June 30, 2001". A length of time ("Quarter Ended") may be that of several columns.
    """
    for line in reversed(range(len(headings) - 1)):
        above, below = ([(p.left, p.right) for p in heading.phrases] for heading in headings[line : line + 2])
        for index, (left, right) in enumerate(above):
            if _ENDED.search(headings[line].line.string, left, right):
                continue
            under = overlapping(below, (left, right))
            if len(under) != 1 or places[line + 1][under[0]][1] > 1:
                continue
            other = below[under[0]]
            if len(overlapping(above, other)) == 1 and (left == other[0] or right == other[1]):
                places[line][index] = places[line + 1][under[0]]


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
        cells.append(Cell(text=fold_piece(text, heading.label.start, heading.label.end), column=0))
    taken: dict[int, list[Span]] = {}
    spans: dict[int, int] = {}
    for phrase, (column, colspan) in zip(heading.phrases, places, strict=True):
        taken.setdefault(column, []).append(Span(phrase.start, phrase.end))
        spans[column] = colspan
    cells.extend(Cell(text=fold(text, parts), column=column, colspan=spans[column]) for column, parts in taken.items())
    return Row(cells=tuple(cells))


def _row(text: str, item: Item) -> Row:
    cells: list[Cell] = []
    if item.string:
        label = _label(text, item.label)
        cells.append(Cell(text=label, column=0, superscripts=_raised(label.string)))
    cells.extend(_figure_cell(text, figure, column) for figure, column in zip(item.figures, item.places, strict=True))
    return Row(cells=tuple(cells), indent=item.indent, ruled=item.ruled)


def _figure_cell(text: str, figure: Figure, column: int) -> Cell:
    folded = fold_piece(text, figure.start, figure.end)
    notes = _NOTES.search(folded.string) if folded.string.endswith(")") else None
    return Cell(text=folded, column=column, superscripts=(notes.span(),) if notes else ())


def _raised(string: str) -> tuple[tuple[int, int], ...]:
    """Return the place of a footnote's digit glued to the last word or year: "amortization1", "July 29, 20231"."""
    mark = _RAISED.search(string)
    return (mark.span(),) if mark else ()


def _label(text: str, spans: Sequence[Span]) -> Text:
    return fold_piece(text, spans[0].start, spans[0].end) if len(spans) == 1 else fold(text, spans)
