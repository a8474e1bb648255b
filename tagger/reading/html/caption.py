"""Captions: the lines that name a table, above it or as its first rows."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tagger.data import load_json
from tagger.document import Block, Paragraph, Row, Table, Text
from tagger.grid.titles import is_title
from tagger.lexicon import Look, is_scale_line, kind_of, says_scale
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern

_MOST_LINES = 7
_TITLE_LENGTH = 180
_SENTENCE_LENGTH = 300
_PERIOD = shape(
    r"""^\W*(?: (?:for\s+)?(?:the\s+)? (?:(?:\w+|\d+)[\s-]+)? (?:\L<units>|\L<periods>|\L<fiscal>) \b
      | (?:as\s+(?:of|at)|at|at\s+end\s+of)\s+\L<month> | \L<month>\.?\s+\d | \L<year> | \L<coded>
      | \L<nth>\s+\L<quarters> ) """,
    verbose=True,
)
_FOOTER = pattern(
    r"(?:page\s*)?[-–—\s]*\d{1,3}[-–—\s]*(?:of\s+\d+)?|.*\|\s*\d{1,3}|\W*more\W*|#[#\s]*|(?:table\s+of\s+)?contents",
    re.IGNORECASE,
)
# Figures and datelines of a story, which prose must not lose to a caption.
_FIGURE = shape(r"\p{Sc}\s?(?!000\b(?!,\d))\d|\d%|\((?:NYSE|NASDAQ|Nasdaq)\b|\btoday (?:report|announc)", case=True)


def take_caption(before: list[Block], breaks: frozenset[int]) -> tuple[list[Block], tuple[Text, ...]]:
    """Split the paragraphs right above a table off *before*: what stays, and the caption, outermost first.

    *breaks* are the places after line breaks: a title of several lines is as many lines of the caption.
    """
    cut = len(before)
    caption: list[Text] = []
    while cut and len(before) - cut < _MOST_LINES:
        block = before[cut - 1]
        if not isinstance(block, Paragraph):
            break
        lines = _lines(block.text, breaks)
        parts = [Paragraph(line, line.place, block.heading, block.bullet) for line in lines]
        if not all(_names_table(part, first=cut == len(before)) for part in parts):
            lines = [block.text]
            if not _names_table(block, first=cut == len(before)):
                break
        caption[:0] = lines
        cut -= 1
    return before[:cut], tuple(caption)


def _lines(text: Text, breaks: frozenset[int]) -> list[Text]:
    lines: list[Text] = []
    for start, offset in reversed(list(zip(text.starts, text.offsets, strict=True))):
        if start and offset in breaks:
            lines.insert(0, text.after(start))
            text = text.before(start)
    return [text, *lines]


def _names_table(paragraph: Paragraph, *, first: bool) -> bool:
    string = paragraph.text.string
    if paragraph.bullet or _FOOTER.fullmatch(string) or (_FIGURE.search(string) and not is_scale_line(string)):
        return False
    if paragraph.heading or (string[0] == "(" and string[-1] == ")" and len(string) <= _TITLE_LENGTH):
        return True
    if first and string.endswith(":"):
        return len(string) <= _SENTENCE_LENGTH
    if says_scale(string):
        return len(string) <= _TITLE_LENGTH or is_title(string)
    return len(string) <= 100 and not _breaks_off(string)


def _breaks_off(string: str) -> bool:
    """Whether *string* ends a sentence or a part of one; "ACME CORP.", "ACME L.P." and "Years ended June 30," do not."""
    word = string.rsplit(maxsplit=1)[-1].lower()
    if not word.endswith("."):
        return word.endswith(";") or (word.endswith(",") and _PERIOD.match(string) is None)
    return "." not in word[:-1] and word[:-1] not in load_json("prose")["abbreviations"]


def split_caption(rows: tuple[Row, ...], columns: int) -> tuple[tuple[Text, ...], tuple[Row, ...]]:
    """Split titles and scale off the top of a table; a period that stands across it heads all its columns."""
    head = next((number for number, row in enumerate(rows) if _heads(row)), None)
    if head is None:
        return (), rows
    taken = 0
    while taken < head and _is_across(rows[taken], columns):
        taken += 1
    periods = [row for row in rows[:taken] if _PERIOD.match(row.cells[0].text.string)]
    if periods and _names_columns(rows[head]):
        first = rows.index(periods[0])
        return tuple(row.cells[0].text for row in rows[:first]), rows[first:]
    caption = tuple(row.cells[0].text for row in rows[:taken] if row not in periods)
    return caption, (*(_over_columns(row, columns) for row in periods), *rows[taken:])


def _heads(row: Row) -> bool:
    return any(cell.column > 0 for cell in row.cells)


def _names_columns(row: Row) -> bool:
    """Say whether *row* gives columns names of their own, not times: whose the figures are is then the question."""
    over = [cell.text.string for cell in row.cells if cell.column]
    return not any(kind_of(string) in (Look.FIGURE, Look.YEAR) or _PERIOD.match(string) for string in over)


def _is_across(row: Row, columns: int) -> bool:
    return len(row.cells) == 1 and (row.cells[0].column == 0 or row.cells[0].colspan >= columns - 1)


def _over_columns(row: Row, columns: int) -> Row:
    return replace(row, cells=(replace(row.cells[0], column=1, colspan=max(columns - 1, 1)),))


def inherit_scale(before: Table | None, caption: tuple[Text, ...]) -> tuple[Text, ...]:
    """Return *caption*; where it says no scale, with that of the table *before* in the same <table>."""
    if before is None or any(says_scale(line.string) for line in caption):
        return caption
    return (*(line for line in before.caption if says_scale(line.string)), *caption)
