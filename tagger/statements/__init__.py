"""From tables to statements, by their words alone.

`sections` cuts a table at its headings, `kinds` says what it is; `columns` says when its columns are (`stacks` of
headings, `dealing` of dates, `lengths` where headings leave them out, `datelines` that are none), `scope` whose they are (`crossways`: by sums
across them; `names`: as the release calls its segments), `parts` whose whole tables and rows are, `footnotes` what notes below a table take out of them, `reported` what of a
reconciliation is as reported; `lines` reads the
rows, `notes` which are none, `scales` and `currencies` what their figures are counted in; `turned` makes columns of rows that
are periods; `tables` puts one statement together, and the rest of one broken off to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tagger.data import word_set
from tagger.document import Document, Paragraph
from tagger.findings import Finding
from tagger.fiscal import Calendar, infer_calendar
from tagger.statement import OF_OTHERS, PRIMARY, Kind, Statement
from tagger.statements.columns import heading_phrases
from tagger.statements.currencies import DEFAULT, dollars_of, settle_currencies
from tagger.statements.datelines import is_dateline, without_datelines
from tagger.statements.footnotes import noted_apart
from tagger.statements.lengths import solve_lengths
from tagger.statements.names import explained_names
from tagger.statements.notes import without_notes
from tagger.statements.parts import beside_segments, titled_apart
from tagger.statements.scales import with_told_scales
from tagger.statements.scope import Names, is_open, learned_names, with_scopes
from tagger.statements.sections import read_figures, split_sections
from tagger.statements.tables import Piece, read_statement
from tagger.statements.turned import turned

__all__ = ["Layout", "read_statements"]

_LONGEST_TITLE = 140


class Layout(Struct, frozen=True, kw_only=True):
    """What reading the tables gave: the release's calendar, its statements, in reading order, and what a "$" stands for."""

    calendar: Calendar
    statements: tuple[Statement, ...]
    dollars: str = DEFAULT
    findings: tuple[Finding, ...] = ()


def read_statements(document: Document) -> Layout:
    """Read every table of *document* as a statement: by its words alone, without its sums."""
    pieces = tuple(_pieces(document))
    printed = [piece for piece in pieces if not piece.turned]  # of prices by quarter no fiscal year is told
    headings = [phrase for piece in printed for phrase in heading_phrases(piece.section, piece.figures)]
    captions = [line.string for piece in pieces for line in piece.table.caption]
    text = "\n".join([_running_text(document), *filter(is_dateline, dict.fromkeys(captions))])
    calendar = infer_calendar(text, [*headings, *without_datelines(captions)], document.submission)
    names = explained_names(document)
    statements = _scoped_again(tuple(_statements(pieces, calendar, names)), names)
    statements = noted_apart(titled_apart(beside_segments(statements, names), names), document)
    statements = solve_lengths(_agreed(with_told_scales(statements, document)), calendar)
    dollars = dollars_of(statements, document)
    statements, findings = settle_currencies(statements, document, dollars)
    return Layout(calendar=calendar, statements=statements, dollars=dollars, findings=findings)


def _pieces(document: Document) -> Iterator[Piece]:
    above, number, follows = "", 0, False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            text = block.text.string
            above = text if len(text) <= _LONGEST_TITLE and _may_be_title(text) else ""
            follows = False
            continue
        table = turned(block)
        figures = read_figures(table, ocr=document.ocr)
        for section in split_sections(table, figures):
            told = without_notes(section, figures)
            yield Piece(
                number=number,
                table=table,
                figures=told,
                section=section,
                above=above,
                follows=follows,
                turned=table is not block,
            )
        above, number, follows = "", number + 1, True


def _may_be_title(text: str) -> bool:
    """Whether a short line is no sentence: it ends with none of its stops, or with a company's name."""
    return text.isupper() or not text.endswith(".") or text.endswith(tuple(word_set("companies", "title_ends")))


def _running_text(document: Document) -> str:
    """Return the text in which to look for dates: that of tables is read by their columns."""
    return "\n".join(paragraph.text.string for paragraph in document.paragraphs)


def _statements(pieces: Sequence[Piece], calendar: Calendar, names: Names) -> Iterator[Statement]:
    before: Statement | None = None
    for piece in pieces:
        statement = read_statement(piece, calendar, names, before)
        if statement is not None:
            before = statement
            yield statement


def _scoped_again(statements: tuple[Statement, ...], names: Names) -> tuple[Statement, ...]:
    """Look again whose open columns are, with the names of segments that other tables taught."""
    if not any(map(is_open, statements)):
        return statements
    known = learned_names(statements, names)
    return tuple(
        replace(s, columns=with_scopes(s.columns, s.lines, known, segmented=s.kind is Kind.SEGMENT))
        if is_open(s)
        else s
        for s in statements
    )


def _agreed(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Give tables that say no scale the one that all statements of the release agree on, marked as such."""
    said = {s.scale for s in statements if s.scale is not None and s.kind in PRIMARY}
    if len(said) != 1:
        return statements
    (scale,) = said
    return tuple(
        s if s.scale is not None or s.scale_said else replace(s, scale=scale, scale_said=OF_OTHERS) for s in statements
    )
