"""How much of a text may be read: its lines and numbers, its tables, the headings over them."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from tagger.document import Table
from tagger.limits import Limits
from tagger.patterns import pattern
from tagger.values import Span

_PRINTED = {"lines": pattern(r"^", re.MULTILINE), "numbers": pattern(r"\d[\d.,]*|[-\u2013\u2014]+")}
_LENGTH = {"lines": 1, "numbers": 2}  # characters that each takes at least, with what parts it from the next


class Over(NamedTuple):
    """What of a text is not read: the limit it is over, and its place."""

    limit: str
    span: Span


class Budget:
    """What *limits* leave for the text, and its tables, that are still to be read; *over* is the text they leave out."""

    def __init__(self, limits: Limits) -> None:
        self.over: list[Over] = []
        self._limits = limits
        self._left = {name: getattr(limits, name) for name in _PRINTED}
        self._seen = 0
        self._tables = limits.tables
        self._headings = limits.headings

    def readable(self, text: str, first: int = 0, place: int = 0) -> str:
        """Return *text* up to what may not be read any more, counted from *first* on; it stands at *place* in the document."""
        self._seen += len(text) - first
        stops = {name: self._stop(name, text, first) for name in _PRINTED}
        limit = min(stops, key=stops.__getitem__)
        if stops[limit] < len(text):
            self.over.append(Over(limit, Span(place + stops[limit], place + len(text))))
        return text[: stops[limit]]

    def _stop(self, name: str, text: str, first: int) -> int:
        """Return where the line begins with which there is more of *name* than is left; little text need not be counted."""
        if self._seen <= _LENGTH[name] * getattr(self._limits, name):
            return len(text)
        left = self._left[name]
        starts = [found.start() for found in itertools.islice(_PRINTED[name].finditer(text, first), left + 1)]
        self._left[name] = max(left - len(starts), 0)
        return max(text.rfind("\n", 0, starts[left]) + 1, first) if len(starts) > left else len(text)

    def take(self, headings: int) -> bool:
        """Take one more table with so many characters of *headings*, and say whether it may be read."""
        self._tables -= 1
        self._headings -= headings
        return min(self._tables, self._headings) >= 0


def unread(start: int, end: int) -> Table:
    """Return the table that stands from *start* to *end* and is not read: it has no rows."""
    return Table(rows=(), columns=0, span=Span(start, end))
