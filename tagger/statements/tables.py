"""One table, or a section of it, read as a statement; what the rest of one broken off takes over from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tagger.document import Table
from tagger.fiscal import Calendar
from tagger.lexicon import Scales
from tagger.measures import says_hundredths
from tagger.patterns import pattern
from tagger.statement import COMPANY, OF_OTHERS, PRIMARY, RETOLD, Column, Kind, Line, Part, Scope, Statement
from tagger.statements.columns import read_columns
from tagger.statements.currencies import DEFAULT, SOME_DOLLARS
from tagger.statements.kinds import bears, kind_of, title_kind
from tagger.statements.lines import read_lines
from tagger.statements.parts import named_segment, scope_over, table_scope, with_parts
from tagger.statements.scales import Said, said_scales, without_other_scales
from tagger.statements.scope import Names, with_scopes
from tagger.statements.sections import Figures, Section, says_only_time

_AVERAGES = pattern(r"\b(?:average|avg\.?)\s+(?:balance|volume|rate|yield)s?\b|\byield\s*/\s*rate\b", re.IGNORECASE)
_AVERAGE = pattern(r"\W*(?:(?:consolidated|condensed|daily|quarterly|selected)\s+)*(?:average|avg\.?)\s", re.IGNORECASE)
_AMERICAN = pattern(r"\bU\.?\s?S\b|\bUSD\b")


class Piece(Struct, frozen=True, kw_only=True):
    """A section of a table of the document, before it is understood; *above* is the short line that precedes its caption.

    It *follows* where nothing stands between its table and the one before, and is *turned* where its columns are printed as rows.
    """

    number: int
    table: Table
    figures: Figures
    section: Section
    above: str = ""
    follows: bool = False
    turned: bool = False

    @property
    def caption(self) -> list[str]:
        lines = [line.string for line in self.table.caption]
        return [*lines, self.section.title] if self.section.title else lines


def read_statement(piece: Piece, calendar: Calendar, names: Names, before: Statement | None) -> Statement | None:
    """Return what *piece* is as a statement, with what it takes over from the one *before*; `None` where it has no lines."""
    lines = read_lines(piece.section.rows, piece.figures)
    if not lines:
        return None
    if (unit := _hundredths(piece.section)) is not None:
        lines = tuple(replace(line, headings=(*line.headings, unit)) for line in lines)
    kind, goes_on = _kind(piece, lines, before)
    columns = read_columns(piece.section, piece.figures, piece.caption, kind, calendar)
    if any(_AVERAGES.search(column.heading) for column in columns):
        kind = Kind.RECONCILIATION  # averages, mostly on a tax-equivalent basis: no amounts under US-GAAP
    if before is not None and not any(column.period for column in columns):
        goes_on = goes_on or is_headless_rest(before, kind, piece.section, columns)
        same = before.number == piece.number or len(columns) == len(before.columns)
        columns = taken_over(columns, before) if goes_on and same else columns
    columns = with_scopes(columns, lines, names, segmented=kind is Kind.SEGMENT)
    whole = [] if any(column.scope != COMPANY for column in columns) else [line.label for line in lines]
    scope = _scope(piece, whole, names, _over_all(piece, lines), before if goes_on else None)
    if scope == COMPANY and whole and kind in RETOLD:
        scope = scope_over(_over_all(piece, lines), names)
    shared = goes_on or (piece.follows and not piece.caption)
    said = said_scales(piece.section, piece.caption) or (said_before(before, goes_on=goes_on) if shared else None)
    columns = without_other_scales(columns, piece.section, said)
    return _statement(piece, _rows_kind(kind, scope, columns), columns, lines, scope, said, names)


def _statement(
    piece: Piece,
    kind: Kind,
    columns: tuple[Column, ...],
    lines: tuple[Line, ...],
    scope: Scope,
    said: Said | None,
    names: Names,
) -> Statement:
    return Statement(
        number=piece.number,
        kind=kind,
        title=_title(piece.caption),
        table=piece.table,
        currency=(said.scales.currency if said else None) or _printed_currency(piece.figures, piece.table) or "",
        scale=said.scales.money if said else None,
        share_scale=_share_scale(said),
        scale_said=said.where if said and (said.scales.unread or said.scales.money is not None) else "",
        scope=scope,
        columns=columns,
        lines=with_parts(lines, kind, names),
    )


def _hundredths(section: Section) -> str | None:
    """Return what stands over every column last, where it says that their figures are cents: "Cents    Cents"."""
    said = [cell.text.string for row in section.headings[-1:] for cell in row.cells if cell.column]
    told = " ".join(said)
    return told if len(set(said)) == 1 and says_hundredths(told) else None


def _kind(piece: Piece, lines: Sequence[Line], before: Statement | None) -> tuple[Kind, bool]:
    """Return what *piece* is, and whether it goes on with the statement *before*."""
    section = piece.section
    goes_on = before is not None and not section.headings and (piece.table.continued or before.number == piece.number)
    labels = [line.label for line in lines] + [heading for line in lines for heading in line.headings[-1:]]
    kind = kind_of([*piece.caption, *_over_labels(section)], labels)
    if before is not None and continues(before, kind, piece.caption, labels, piece.table, goes_on=goes_on):
        return before.kind, goes_on or not section.headings
    return kind, goes_on


def _rows_kind(kind: Kind, scope: Scope, columns: Sequence[Column]) -> Kind:
    """Return *kind*, but that of a statement's figures where the table or its columns are segments and its rows are not."""
    segments = {scope.part, *(column.scope.part for column in columns)} & {Part.SEGMENT, Part.CORPORATE}
    return Kind.HIGHLIGHTS if kind in (Kind.SEGMENT, Kind.OTHER) and segments else kind


def _over_all(piece: Piece, lines: Sequence[Line]) -> list[str]:
    """Return what stands over all rows inside the table: over their labels, and the one heading that all stand under."""
    first = {line.headings[:1] for line in lines if line.figures}
    shared = list(first.pop()) if len(first) == 1 else []
    return [*_over_labels(piece.section), *shared]


def _over_labels(section: Section) -> list[str]:
    return [cell.text.string for row in section.headings for cell in row.cells if not cell.column]


def _scope(
    piece: Piece, labels: Sequence[str], names: Names, over: Sequence[str], goes_on_with: Statement | None
) -> Scope:
    found = table_scope([piece.above, *piece.caption, *over], names)
    averages = next((text for text in (_title(piece.caption), *over) if _AVERAGE.match(text)), None)
    if found == COMPANY and averages is not None:
        return Scope(Part.OTHER, averages, f"{averages!r}: averages are no balances")
    if found == COMPANY:
        found = named_segment(piece.caption, labels, names) or found
    return goes_on_with.scope if found == COMPANY and goes_on_with is not None else found


def _share_scale(said: Said | None) -> int | None:
    if said is None:
        return None
    if said.scales.shares is not None:
        return said.scales.shares
    return said.scales.money if said.scales.shares_as_money else None


def _printed_currency(figures: Figures, table: Table) -> str | None:
    """Return the currency of the signs before *figures*; `SOME_DOLLARS` where that is a "$" and no more."""
    found = {numeral.currency for numeral in figures.values() if numeral.currency}
    if found == {DEFAULT} and not _AMERICAN.search("|".join([c.text.string for row in table.rows for c in row.cells])):
        return SOME_DOLLARS
    return found.pop() if len(found) == 1 else None


def _title(caption: list[str]) -> str:
    """Return the line of *caption* that names the statement."""
    named = [line for line in caption if title_kind(line) is not None]
    plain = [line for line in caption if not line.startswith("(")]
    return next(reversed(named or plain or caption), "")


def continues(
    before: Statement, kind: Kind, caption: list[str], labels: list[str], table: Table, *, goes_on: bool
) -> bool:
    """Whether a table that its own words do not settle is the rest of the statement *before* it, broken off by a page."""
    if kind not in (Kind.OTHER, Kind.HIGHLIGHTS) or any(title_kind(line) for line in caption):
        return False
    if goes_on:
        return kind is Kind.OTHER
    untitled = table.continued or all(says_only_time(line) for line in caption)
    return before.kind in PRIMARY and untitled and bears(before.kind, labels)


def is_headless_rest(before: Statement, kind: Kind, section: Section, columns: tuple[Column, ...]) -> bool:
    """Whether a table without column headings goes on with a statement of its kind and number of columns."""
    return not section.headings and kind in PRIMARY and kind is before.kind and len(columns) == len(before.columns)


def taken_over(columns: tuple[Column, ...], before: Statement) -> tuple[Column, ...]:
    """Give the columns of a table that goes on the headings of the table it continues."""
    return tuple(
        replace(earlier, index=column.index) if (earlier := before.column(column.index)) else column
        for column in columns
    )


def said_before(before: Statement | None, *, goes_on: bool = True) -> Said | None:
    """Return the scale of the statement *before*: a table that does not *go on* with it only borrows that."""
    if before is None or before.scale is None:
        return None
    scales = Scales(money=before.scale, shares=before.share_scale, currency=before.currency)
    return Said(scales, before.scale_said if goes_on else OF_OTHERS)
