"""How much one document may hold: work is bounded by these, whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass, fields

OVER_COLUMNS = 1_000
"""Columns of a table that no limit allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one document, each far above what a release or a periodic report holds.

    Over *bytes*, *characters* or *pages* it is refused with a `ReadError`; what is over another bound is left out, with a
    finding `over-limit`. *bytes* are those of the source, *characters* those of the release in it, *pages* a PDF's.
    *columns* and *rows* are of one table, *tables*, *cells* and *paragraphs* of the document, *headings* the characters of
    the lines over the columns of all tables of text, *figures* the numbers in all its paragraphs; *sentence* is how many
    characters a paragraph may have to be read for its sentences. *lines* and *numbers* are of plain text: how many lines it
    may have, and numbers and dashes on them.
    """

    bytes: int = 200_000_000
    characters: int = 10_000_000
    pages: int = 250
    tables: int = 2_000
    columns: int = 60
    rows: int = 3_000
    cells: int = 30_000
    headings: int = 300_000
    paragraphs: int = 20_000
    figures: int = 40_000
    sentence: int = 200_000
    lines: int = 100_000
    numbers: int = 150_000

    def __post_init__(self) -> None:
        for bound in fields(self):
            value = getattr(self, bound.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ValueError(f"limit {bound.name} is {value!r}: give a whole number above 0")
        if self.columns >= OVER_COLUMNS:
            raise ValueError(f"limit columns is {self.columns}: give one below {OVER_COLUMNS:,}")
