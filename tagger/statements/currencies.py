"""Currencies that headings give single columns: a translation into dollars beside figures in renminbi."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tagger.lexicon import parse_scales
from tagger.statement import Column
from tagger.statements.sections import Section

_DOLLARS = re.compile(r"\W*\$\W*(?:000\W*)?")
_LONGEST = 40


def with_currencies(columns: Sequence[Column], section: Section) -> list[Column]:
    """Return *columns*, each with the currency that its own heading names, the innermost first.

    A bare "$" says United States dollars where it stands beside another currency, and nothing else.
    """
    named = {column.index: _currency(section, column.index) for column in columns}
    several = any(named.values())
    return [
        replace(
            column, currency=named[column.index] or ("USD" if several and _dollars(section, column.index) else None)
        )
        for column in columns
    ]


def _currency(section: Section, column: int) -> str | None:
    for text in reversed(section.over(column)):
        scales = parse_scales(text) if len(text) <= _LONGEST else None
        if scales is not None and scales.currency is not None:
            return scales.currency
    return None


def _dollars(section: Section, column: int) -> bool:
    return any(_DOLLARS.fullmatch(text) for text in section.over(column))
