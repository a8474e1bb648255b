"""The power of ten a table gives its money and its share counts, and its currency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tagger.lexicon import Scales, parse_scales
from tagger.statement import Column
from tagger.statements.sections import Section


class Said(Struct, frozen=True):
    """What the words around a table say of scale, and where they say it."""

    scales: Scales
    where: str


def said_scales(section: Section, caption: Sequence[str]) -> Said | None:
    """Return the scale that the lines around *section* state; the nearest line decides.

    Heading rows speak before the lines above the table, and a line that gives a
    power of ten before one that only names a currency.
    """
    currency_only = None
    for text in _nearest(section, caption):
        scales = parse_scales(text)
        if scales is None:
            continue
        if scales.unread:
            return Said(scales, text)  # what is said and not understood is no other scale
        if scales.money is not None or scales.shares is not None:
            if scales.currency is None and currency_only is not None:
                scales = replace(scales, currency=currency_only.scales.currency)
            return Said(scales, text)
        currency_only = currency_only or Said(scales, text)
    return currency_only


def without_other_scales(columns: Sequence[Column], section: Section, said: Said | None) -> tuple[Column, ...]:
    """Leave without a period the columns that say another power of ten than the statement: "Thousands of U.S. dollars"
    beside "Millions of yen"."""
    if said is None or said.scales.money is None:
        return tuple(columns)
    why = "its heading says another scale than the rest of the table"
    own = {column.index: _own_scale(section.over(column.index)) for column in columns}
    other = {index for index, scale in own.items() if scale not in (None, said.scales.money)}
    return tuple(replace(c, period=None, instant=None, why=why) if c.index in other else c for c in columns)


def _own_scale(headings: Sequence[str]) -> int | None:
    """Return the power of ten that the innermost of *headings* says that says one."""
    told = (parse_scales(text) for text in reversed(headings))
    return next((scales.money for scales in told if scales is not None and scales.money is not None), None)


def _nearest(section: Section, caption: Sequence[str]) -> Iterator[str]:
    for row in reversed(section.headings):
        yield from (cell.text.string for cell in row.cells)
    if section.title:
        yield section.title
    yield from reversed(caption)
    for _, row in section.rows[:3]:
        if len(row.cells) == 1:
            yield row.cells[0].text.string
