"""From tables to statements.

`sections` cuts a table at its headings, `kinds` says what it is, `columns` when its columns are, `lengths` how long
where their headings leave it out, `lines` reads its rows, `scales` and `currencies` what its figures are counted in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tagger.document import Document, Table
from tagger.fiscal import Calendar, infer_calendar
from tagger.lexicon import Scales
from tagger.statement import PRIMARY, Column, Kind, Part, Statement
from tagger.statements.columns import heading_phrases, read_columns
from tagger.statements.kinds import bears, kind_of, title_kind
from tagger.statements.lengths import solve_lengths
from tagger.statements.lines import read_lines
from tagger.statements.names import explained_names
from tagger.statements.parts import table_scope, with_parts
from tagger.statements.scales import Said, said_scales
from tagger.statements.scope import Names, is_open, learned_names, with_scopes
from tagger.statements.sections import Figures, Section, read_figures, split_sections

__all__ = ["Layout", "read_statements"]

_AVERAGES = re.compile(r"\b(?:average|avg\.?)\s+(?:balance|volume|rate|yield)s?\b|\byield\s*/\s*rate\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What reading the tables gave: the release's calendar and its statements, in reading order."""

    calendar: Calendar
    statements: tuple[Statement, ...]


def read_statements(document: Document) -> Layout:
    """Read every table of *document* as a statement: by its words alone, without its sums."""
    parts = [
        (number, table, figures, section)
        for number, table in enumerate(document.tables)
        for figures in (read_figures(table, ocr=document.ocr),)
        for section in split_sections(table, figures)
    ]
    headings = [phrase for _, _, figures, section in parts for phrase in heading_phrases(section, figures)]
    captions = [line.string for _, table, _, _ in parts for line in table.caption]
    calendar = infer_calendar(_running_text(document), [*headings, *captions], document.submission)
    names = explained_names(document)
    statements = _scoped_again(tuple(_statements(parts, calendar, names)), names)
    statements = solve_lengths(_agreed(statements), calendar)
    return Layout(calendar=calendar, statements=statements)


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


def _running_text(document: Document) -> str:
    """Return the text in which to look for dates; the text of HTML has no breaks between its paragraphs."""
    if document.kind == "text":
        return document.text
    return "\n".join(paragraph.text.string for paragraph in document.paragraphs)


def _statements(
    parts: list[tuple[int, Table, Figures, Section]], calendar: Calendar, names: Names
) -> Iterator[Statement]:
    before: Statement | None = None
    for number, table, figures, section in parts:
        statement = _statement(number, table, figures, section, calendar, names, before)
        if statement is not None:
            before = statement
            yield statement


def _statement(
    number: int,
    table: Table,
    figures: Figures,
    section: Section,
    calendar: Calendar,
    names: Names,
    before: Statement | None,
) -> Statement | None:
    lines = read_lines(section.rows, figures)
    if not lines:
        return None
    caption = [line.string for line in table.caption]
    if section.title:
        caption.append(section.title)
    goes_on = before is not None and not section.headings and (table.continued or before.number == number)
    labels = [line.label for line in lines] + [heading for line in lines for heading in line.headings[-1:]]
    heading_words = [cell.text.string for row in section.headings for cell in row.cells if not cell.column]
    kind = kind_of([*caption, *heading_words], labels)
    if before is not None and _continues(before, kind, caption, labels, table, goes_on=goes_on):
        kind, goes_on = before.kind, goes_on or not section.headings
    columns = read_columns(section, figures, caption, kind, calendar)
    if any(_AVERAGES.search(column.heading) for column in columns):
        kind = Kind.RECONCILIATION  # averages, mostly on a tax-equivalent basis: no amounts under US-GAAP
    if before is not None and not any(column.period for column in columns):
        goes_on = goes_on or _is_headless_rest(before, kind, section, columns)
        columns = _taken_over(columns, before) if goes_on else columns
    columns = with_scopes(columns, lines, names, segmented=kind is Kind.SEGMENT)
    if kind is Kind.SEGMENT and any(column.scope.part is Part.SEGMENT for column in columns):
        kind = Kind.HIGHLIGHTS  # the columns are the segments: the rows are those of the company's statement
    said = said_scales(section, caption) or (_said_before(before) if goes_on else None)
    return Statement(
        number=number,
        kind=kind,
        title=_title(caption),
        table=table,
        currency=(said.scales.currency if said else None) or _printed_currency(figures) or "USD",
        scale=said.scales.money if said else None,
        share_scale=_share_scale(said),
        scale_said=said.where if said and (said.scales.unread or said.scales.money is not None) else "",
        scope=table_scope(caption, names),
        columns=columns,
        lines=with_parts(lines, kind, names),
    )


def _continues(
    before: Statement, kind: Kind, caption: list[str], labels: list[str], table: Table, *, goes_on: bool
) -> bool:
    """Whether a table that its own words do not settle is the rest of the statement *before* it, broken off by a page."""
    if kind not in (Kind.OTHER, Kind.HIGHLIGHTS) or any(title_kind(line) for line in caption):
        return False
    if goes_on:
        return kind is Kind.OTHER
    return before.kind in PRIMARY and (table.continued or not caption) and bears(before.kind, labels)


def _is_headless_rest(before: Statement, kind: Kind, section: Section, columns: tuple[Column, ...]) -> bool:
    """Whether a table without column headings goes on with a statement of its kind and number of columns."""
    return not section.headings and kind in PRIMARY and kind is before.kind and len(columns) == len(before.columns)


def _share_scale(said: Said | None) -> int | None:
    if said is None:
        return None
    if said.scales.shares is not None:
        return said.scales.shares
    return said.scales.money if said.scales.shares_as_money else None


def _said_before(before: Statement | None) -> Said | None:
    if before is None or before.scale is None:
        return None
    scales = Scales(money=before.scale, shares=before.share_scale, currency=before.currency)
    return Said(scales, before.scale_said)


def _taken_over(columns: tuple[Column, ...], before: Statement) -> tuple[Column, ...]:
    """Give the columns of a table that goes on the headings of the table it continues."""
    return tuple(
        replace(earlier, index=column.index) if (earlier := before.column(column.index)) else column
        for column in columns
    )


def _printed_currency(figures: Figures) -> str | None:
    return next((numeral.currency for numeral in figures.values() if numeral.currency), None)


def _title(caption: list[str]) -> str:
    """Return the line of *caption* that names the statement."""
    named = [line for line in caption if title_kind(line) is not None]
    plain = [line for line in caption if not line.startswith("(")]
    return next(reversed(named or plain or caption), "")


def _agreed(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Give tables that say no scale the one that all statements of the release agree on, marked as such."""
    said = {s.scale for s in statements if s.scale is not None and s.kind in PRIMARY}
    if len(said) != 1:
        return statements
    (scale,) = said
    return tuple(
        s
        if s.scale is not None or s.scale_said
        else replace(s, scale=scale, scale_said="the other tables of the release")
        for s in statements
    )
