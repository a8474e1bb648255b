"""How many tables of a text may be read, and how much of headings over them."""

from __future__ import annotations

from tagger.document import Table
from tagger.limits import Limits
from tagger.values import Span


class Budget:
    """What *limits* leave for the tables that are still to be read."""

    def __init__(self, limits: Limits) -> None:
        self._tables = limits.tables
        self._headings = limits.headings

    def take(self, headings: int) -> bool:
        """Take one more table with so many characters of *headings*, and say whether it may be read."""
        self._tables -= 1
        self._headings -= headings
        return min(self._tables, self._headings) >= 0


def unread(start: int, end: int) -> Table:
    """Return the table that stands from *start* to *end* and is not read: it has no rows."""
    return Table(rows=(), columns=0, span=Span(start, end))
