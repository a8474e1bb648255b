"""A statement broken off by a page or a box: what its rest takes over from the part before it."""

from __future__ import annotations

from msgspec.structs import replace

from tagger.document import Table
from tagger.lexicon import Scales
from tagger.statement import PRIMARY, Column, Kind, Statement
from tagger.statements.kinds import bears, title_kind
from tagger.statements.scales import Said
from tagger.statements.sections import Section, says_only_time


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


def said_before(before: Statement | None) -> Said | None:
    if before is None or before.scale is None:
        return None
    scales = Scales(money=before.scale, shares=before.share_scale, currency=before.currency)
    return Said(scales, before.scale_said)
