"""Captions: the lines that name a table, above it or as its first rows."""

from __future__ import annotations

import re

from tagger.document import Block, Paragraph, Row, Table, Text

_MOST_LINES = 7
_TITLE_LENGTH = 180
_SENTENCE_LENGTH = 300
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_PERIOD = re.compile(
    rf"""^\W*(?: (?:for\s+)?(?:the\s+)? (?:(?:\w+|\d+)[\s-]+)? (?:months?|weeks?|quarters?|years?|fiscal|periods?) \b
      | (?:as\s+(?:of|at)|at|at\s+end\s+of)\s+{_MONTH} | {_MONTH}\s+\d | (?:19|20)\d\d | [1-4]q | q[1-4]
      | (?:first|second|third|fourth)\s+quarter ) """,
    re.VERBOSE | re.IGNORECASE,
)
_SAYS_SCALE = re.compile(
    r"\b(?:in|of)\s+(?:\w+\s+)?(?:thousands|millions|billions)\b|unaudited|\$000|\b000s\b", re.IGNORECASE
)
_FOOTER = re.compile(
    r"(?:page\s*)?[-–—\s]*\d{1,3}[-–—\s]*(?:of\s+\d+)?|.*\|\s*\d{1,3}|\W*more\W*|#[#\s]*|(?:table\s+of\s+)?contents",
    re.IGNORECASE,
)
# Figures and datelines of a story, which prose must not lose to a caption.
_FIGURE = re.compile(r"[$€£]\s?\d|\d%|\((?:NYSE|NASDAQ|Nasdaq)\b|\btoday (?:report|announc)")


def take_caption(before: list[Block]) -> tuple[list[Block], tuple[Text, ...]]:
    """Split the paragraphs right above a table off *before*: what stays, and the caption, outermost first."""
    cut = len(before)
    while cut and len(before) - cut < _MOST_LINES:
        block = before[cut - 1]
        if not isinstance(block, Paragraph) or not _names_table(block, first=cut == len(before)):
            break
        cut -= 1
    return before[:cut], tuple(block.text for block in before[cut:] if isinstance(block, Paragraph))


def _names_table(paragraph: Paragraph, *, first: bool) -> bool:
    string = paragraph.text.string
    if paragraph.bullet or _FOOTER.fullmatch(string) or _FIGURE.search(string):
        return False
    if paragraph.heading or (string[0] == "(" and string[-1] == ")" and len(string) <= _TITLE_LENGTH):
        return True
    if first and string.endswith(":"):
        return len(string) <= _SENTENCE_LENGTH
    if _SAYS_SCALE.search(string):
        return len(string) <= _TITLE_LENGTH
    return len(string) <= 100 and not string.endswith((".", ",", ";"))


def split_caption(rows: tuple[Row, ...], columns: int) -> tuple[tuple[Text, ...], tuple[Row, ...]]:
    """Split titles and scale off the top of a table; headings of periods stay rows."""
    head = next((number for number, row in enumerate(rows) if _heads(row)), None)
    if head is None:
        return (), rows
    taken = 0
    while taken < len(rows) and _is_title(rows[taken], columns, before_heading=taken < head):
        taken += 1
    if taken == len(rows):
        return (), rows
    return tuple(row.cells[0].text for row in rows[:taken]), rows[taken:]


def _heads(row: Row) -> bool:
    return any(cell.column > 0 for cell in row.cells)


def _is_title(row: Row, columns: int, *, before_heading: bool) -> bool:
    if not before_heading or len(row.cells) != 1:
        return False
    cell = row.cells[0]
    if cell.column != 0 and cell.colspan < columns - 1:
        return False
    return not _PERIOD.match(cell.text.string)


def inherit_scale(before: Table | None, caption: tuple[Text, ...]) -> tuple[Text, ...]:
    """Return *caption*; where it says no scale, with that of the table *before* in the same <table>."""
    if before is None or any(_SAYS_SCALE.search(line.string) for line in caption):
        return caption
    return (*(line for line in before.caption if _SAYS_SCALE.search(line.string)), *caption)
