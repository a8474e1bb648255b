"""From tables to statements: what each is, its columns' periods, its lines, scales and sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tagger.document import Document, Table
from tagger.fiscal import Calendar, infer_calendar
from tagger.layout.columns import heading_phrases, read_columns
from tagger.layout.kinds import kind_of
from tagger.layout.lines import read_lines
from tagger.layout.scales import Said, said_scales
from tagger.layout.sections import Figures, Section, read_figures, split_sections
from tagger.layout.sums import find_sums
from tagger.layout.totals import is_total
from tagger.statement import Column, Kind, Statement, Use

__all__ = ["Layout", "understand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What layout found: the release's calendar and its statements, in reading order."""

    calendar: Calendar
    statements: tuple[Statement, ...]


def understand(document: Document) -> Layout:
    """Read every table of *document* as a statement."""
    parts = [
        (number, table, figures, section)
        for number, table in enumerate(document.tables)
        for figures in (read_figures(table, ocr=document.ocr),)
        for section in split_sections(table, figures)
    ]
    headings = [phrase for _, _, figures, section in parts for phrase in heading_phrases(section, figures)]
    captions = [line.string for _, table, _, _ in parts for line in table.caption]
    calendar = infer_calendar(document.text, [*headings, *captions], document.submission)
    return Layout(calendar=calendar, statements=_agreed(tuple(_statements(parts, calendar))))


def _statements(parts: list[tuple[int, Table, Figures, Section]], calendar: Calendar) -> Iterator[Statement]:
    before: Statement | None = None
    for number, table, figures, section in parts:
        statement = _statement(number, table, figures, section, calendar, before)
        if statement is not None:
            before = statement
            yield statement


def _statement(
    number: int, table: Table, figures: Figures, section: Section, calendar: Calendar, before: Statement | None
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
    if before is not None and goes_on and kind is Kind.OTHER:
        kind = before.kind
    columns: tuple[Column, ...] = read_columns(section, figures, caption, kind, calendar)
    if before is not None and goes_on and not any(column.period for column in columns):
        columns = _taken_over(columns, before)
    said = said_scales(section, caption) or (_said_before(before) if goes_on else None)
    used = [column.index for column in columns if column.use in (Use.FIGURES, Use.ADJUSTED, Use.UNKNOWN)]
    totals = frozenset(line.index for line in lines if is_total(line.label))
    return Statement(
        number=number,
        kind=kind,
        title=_title(caption),
        table=table,
        currency=(said.scales.currency if said else None) or _printed_currency(figures) or "USD",
        scale=said.scales.money if said else None,
        share_scale=_share_scale(said),
        scale_said=said.where if said else "",
        columns=columns,
        lines=lines,
        sums=find_sums(lines, used, totals),
        parenthetical=any("parenthetical" in line.lower() for line in caption),
    )


def _share_scale(said: Said | None) -> int | None:
    if said is None:
        return None
    if said.scales.shares is not None:
        return said.scales.shares
    return said.scales.money if said.scales.shares_as_money else None


def _said_before(before: Statement | None) -> Said | None:
    from tagger.amounts import Scales

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
    from tagger.layout.kinds import title_kind

    named = [line for line in caption if title_kind(line) is not None]
    return named[-1] if named else (caption[0] if caption else "")


def _agreed(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Give statements that say no scale the one all others of the release agree on, marked as such."""
    said = {statement.scale for statement in statements if statement.scale is not None}
    if len(said) != 1:
        return statements
    (scale,) = said
    return tuple(
        s if s.scale is not None else replace(s, scale=scale, scale_said="the other tables of the release")
        for s in statements
    )
