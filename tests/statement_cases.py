"""Small invented statements for the tests of layout, tagging and proving."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import tagger
from tagger.arithmetic import Layout, understand
from tagger.arithmetic.search.sums import find_sums
from tagger.document import Cell, Row, Table, Text, fold
from tagger.lexicon import parse_cell
from tagger.reading import read
from tagger.statement import Column, Figure, Kind, Line, Statement
from tagger.values import Span

RELEASE = "HARBOR & PINE CORP. (Nasdaq: HPNE)\n\nFor the quarter ended June 30, 2007.\n\n"

OPERATIONS = """CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands, except per share data)

                                           Three Months Ended
                                                June 30,
                                           2007          2006
"""

BALANCE_SHEET = """CONSOLIDATED BALANCE SHEETS
(In thousands)

                                         June 30,    December 31,
                                           2007          2006
"""

CURRENT_ASSETS = """
CONSOLIDATED BALANCE SHEETS
(In thousands)

                                 June 30,
                            2007          2006
Cash and cash equivalents   $ 38,214      $ 57,140
Inventories                    2,617         6,905
Total current assets        $ 40,831      $ 64,045
"""
"""A balance sheet as short as one can be: two rows and their sum."""

HARBOR = f"\nHARBOR & PINE CORP. (Nasdaq: HARB){CURRENT_ASSETS}"
"""The same below the name of its company: a whole release."""

ASSETS = (
    ("Cash", "31,412", "46,180"),
    ("Accounts receivable", "3,977", "3,405"),
    ("Inventories", "12,648", "11,930"),
    ("Prepaid expenses", "1,126", "985"),
    ("Total current assets", "49,163", "62,500"),
    ("Equipment", "9,304", "8,871"),
    ("Goodwill", "2,605", "2,762"),
    ("Total assets", "61,072", "74,133"),
)
"""Rows that add up in two steps: the fifth of the four above it, the last of the fifth and the two above it."""


def named(title: str, heading: str, rows: Iterable[tuple[str, int | None]]) -> dict[str, str]:
    """Return the concepts of *rows* of a page of one column by label, the last of those with the same."""
    return {fact.label: fact.concept.partition(":")[2] for fact in _page_facts(title, heading, rows)}


def valued(title: str, heading: str, rows: Iterable[tuple[str, int | str | None]]) -> dict[str, int]:
    """Return the values, in thousands, of *rows* of a page of one column by label."""
    return {fact.label: int(fact.value / 1000) for fact in _page_facts(title, heading, rows)}


def _page_facts(title: str, heading: str, rows: Iterable[tuple[str, int | str | None]]) -> Sequence[tagger.Fact]:
    cells = "".join(f"<tr><td>{label}</td><td>{'' if value is None else value}</td></tr>" for label, value in rows)
    page = (
        f"<html><body><p>Harbour Tools Inc. {title} (in thousands)</p>"
        f"<table><tr><td></td><td>{heading}</td></tr>{cells}</table></body></html>"
    )
    return tagger.tag(page.encode(), prefix="ht").facts


def row(label: str, *figures: str, at: int = 40, width: int = 12) -> str:
    """Return a line of a fixed-width table."""
    return label.ljust(at) + "".join(figure.rjust(width) for figure in figures).rstrip() + "\n"


def table(head: str, *rows: Sequence[str]) -> str:
    """Return a release whose only table has *head* and *rows*, each a label and its figures."""
    return RELEASE + head + "".join(row(*cells) for cells in rows)


def laid_out(text: str) -> Layout:
    return understand(read(text))


def only_statement(text: str) -> Statement:
    (statement,) = laid_out(text).statements
    return statement


def statement(*rows: Sequence[str], totals: Sequence[int] = (), kind: Kind = Kind.BALANCE_SHEET) -> Statement:
    """Return a statement of *rows*, each a label and its figures as printed, with the sums among them.

    *totals* are rows that look like totals. An empty figure leaves its cell out.
    """
    text = "\n".join("\t".join(cells) for cells in rows)
    built = [_row(index, text, cells) for index, cells in enumerate(rows)]
    width = max(len(cells) for cells in rows)
    lines = tuple(_line(index, item) for index, item in enumerate(built))
    columns = tuple(Column(index=index, heading=str(2000 + index)) for index in range(1, width))
    whole = Table(rows=tuple(built), columns=width, span=Span(0, len(text)))
    return Statement(
        number=0,
        kind=kind,
        title="",
        table=whole,
        currency="USD",
        scale=3,
        share_scale=None,
        columns=columns,
        lines=lines,
        sums=find_sums(lines, range(1, width), frozenset(totals)),
    )


def _row(index: int, text: str, cells: Sequence[str]) -> Row:
    place = 0
    for _ in range(index):
        place = text.index("\n", place) + 1
    found = []
    for column, string in enumerate(cells):
        if string or not column:
            found.append(Cell(text=fold(text, [Span(place, place + len(string))]), column=column))
        place += len(string) + 1
    return Row(cells=tuple(found))


def _line(index: int, item: Row) -> Line:
    label = next((cell.text for cell in item.cells if not cell.column), Text("", (), ()))
    figures = []
    for cell in item.cells:
        numeral = parse_cell(cell.text.string, ocr=True) if cell.column else None
        if numeral is not None:
            figures.append(Figure(numeral=numeral, column=cell.column, span=cell.text.span(*numeral.digits)))
    return Line(index=index, label=label.string, text=label, figures=tuple(figures))
