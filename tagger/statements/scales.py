"""The power of ten a table gives its money and its share counts, and its currency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tagger.lexicon import Scales, parse_scales
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


def _nearest(section: Section, caption: Sequence[str]) -> Iterator[str]:
    for row in reversed(section.headings):
        yield from (cell.text.string for cell in row.cells)
    if section.title:
        yield section.title
    yield from reversed(caption)
    for _, row in section.rows[:3]:
        if len(row.cells) == 1:
            yield row.cells[0].text.string
