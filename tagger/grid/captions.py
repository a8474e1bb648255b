"""Captions: what stands over the rows of a table, told apart as captions, headings over columns and first labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tagger.grid.entries import Entry
from tagger.grid.headings import segments
from tagger.grid.headwords import COVER, compares, in_vocabulary, is_time
from tagger.grid.lines import Kind, Line
from tagger.grid.roles import Role
from tagger.grid.titles import STATEMENT, names_table
from tagger.lexicon import is_scale_line
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern

WIDE_GAP = pattern(r"\S\s{3,}(?=\S)")
FOOTNOTE = pattern(r"\s*(?:\(\d\)|\([a-z]\)|\*+|\d\)|[†‡]|notes?\s*(?:\(?\d+\)?)?\s*:)\s*\S", re.I)
_BULLET = pattern(r"\s*(?:[•·●▪*©§]|o\s|- -?\s)\s*\S")
_APART = pattern(r"\S\s{2,}(?=\S)")
_OVER_LAST = shape(
    r"\S(?:\s+[%$]?\s?\b\L<changes>s?\b){2,}$|\b(?:\L<units>|\L<periods>)\s+\L<ended>\s.*\b(?:\L<units>|\L<periods>)\s+\L<ended>:?$"
)
"""What stands over several columns, behind a name: "Retail Banking Change Change", "Results Three Months Ended Year Ended"."""
_DAY = shape(r"\L<month>\.?\s+\d{1,2},?\s+\L<year>")
_YEAR = shape(r"\b\L<year>\b(?!-)")
_MAX_ABOVE = 16
_SHORT = 90


class Top(NamedTuple):
    """The lines over a table by index: captions, headings, and where the labels of its rows begin."""

    captions: tuple[int, ...]
    headings: tuple[int, ...]
    body: int


def _above(lines: Sequence[Line], roles: Sequence[Role], first: int, floor: int) -> list[int]:
    """Return the lines of text above the row *first* that may name the table, from the top."""
    found: list[int] = []
    blanks = 0
    page = -1  # how many lines had been found where a page began
    index = first - 1
    while index >= floor and len(found) < _MAX_ABOVE:
        line, role = lines[index], roles[index]
        if line.kind is Kind.BLANK:
            blanks += 1
            if (blanks > 4 and found) or (0 <= page < len(found) and not _headed(lines, roles, found[page:])):
                break
        elif line.kind is Kind.MARK:
            if "/TABLE" in line.string.upper():
                break
        elif line.kind in (Kind.BREAK, Kind.FURNITURE):
            if _named(lines, found):
                break
            page = len(found)
        elif line.kind is not Kind.RULE:
            if role in (Role.PROSE, Role.ROW):
                break
            string = line.string.strip()
            if role is Role.LABEL and _ends_text(string, blanks + len(found) > 0):
                break
            found.append(index)
            blanks = 0
        index -= 1
    if 0 <= page < len(found) and not (_named(lines, found[page:]) or _headed(lines, roles, found[page:])):
        del found[page:]
    while found and lines[found[-1]].string.lstrip()[:1].islower() and lines[found[-1] - 1].kind is Kind.TEXT:
        found.pop()  # the end of a sentence
    found.reverse()
    return found


def _named(lines: Sequence[Line], found: Sequence[int]) -> bool:
    """Say whether the title of a table is among the lines *found*, the last first: a page does not part it from the table."""
    return STATEMENT.search(" ".join(lines[index].string.strip() for index in reversed(found))) is not None


def _headed(lines: Sequence[Line], roles: Sequence[Role], found: Sequence[int]) -> bool:
    """Say whether headings over several columns are among the lines *found*: what they stand over is on the next page."""
    return any(roles[index] is Role.HEADING and WIDE_GAP.search(lines[index].string.strip()) for index in found)


def _ends_text(string: str, above: bool) -> bool:
    """Say whether the line belongs to what stands above a table: a footnote, a bullet, the end of a sentence.

    No sentence ends where a bracket is open, or behind a wide blank: "Net income attributable to the company (U.S.", above
    "GAAP)"; "Upstream   U.S.   Non-U.S.".
    """
    *before, last = _APART.split(string)
    ends = string.endswith(".") and string.count("(") <= string.count(")") and not (before and " " not in last)
    if _BULLET.match(string) or string.endswith(").") or (ends and (len(string) > 45 or string[0].islower())):
        return True
    return above and FOOTNOTE.match(string) is not None


def read_top(
    lines: Sequence[Line],
    roles: Sequence[Role],
    entries: Sequence[Entry | None],
    rows: tuple[int, int],
    *,
    floor: int = 0,
    ocr: bool = False,
) -> Top:
    """Tell the lines above *rows*, first and last, apart; nothing above the line *floor* belongs to them."""
    first, last = rows
    above = _above(lines, roles, first, floor)
    start = next(
        (at for at, index in enumerate(above) if roles[index] is Role.HEADING and _heads(lines, roles, above, at)), None
    )
    if start is None:
        bare = _bare_headings(lines, above, first)
        if bare < len(above):
            return Top(tuple(above[:bare]), tuple(above[bare:]), first)
        cut = _caption_end(lines, above, first)
        return Top(tuple(above[:cut]), (), above[cut] if cut < len(above) else first)
    edge = _edge(entries, roles, first, last)
    while start and _is_close(lines, above[start - 1], above[start]):
        upper, lower = lines[above[start - 1]], lines[above[start]]
        if not _over(upper, edge, ocr) and not _same_columns(upper, lower):
            break
        start -= 1
    stop = start
    while stop < len(above) and _is_head(lines, roles, above, stop, edge, ocr):
        stop += 1
    return Top(tuple(above[:start]), tuple(above[start:stop]), above[stop] if stop < len(above) else first)


def _heads(lines: Sequence[Line], roles: Sequence[Role], above: list[int], place: int) -> bool:
    """Say whether the heading-like line is one: a sub-title of dates far above other headings is a caption."""
    line = lines[above[place]]
    string = line.string.strip()
    below = above[place + 1 :]
    if any(roles[index] is not Role.HEADING and STATEMENT.search(lines[index].string) for index in below):
        return False  # a date over the title
    more = [index for index in below if roles[index] is Role.HEADING]
    if not more:
        return True
    if _DAY.fullmatch(string) and roles[below[0]] is not Role.HEADING and is_time(lines[more[0]].string):
        return False  # the day of the page, or of what a line above it counts, over the title
    if COVER.match(string):
        return False
    # "For the three months ended June 30, 2006 and 2005" over the real headings
    return not (" and " in string.lower() and "   " not in string and len(string) > 30)


def _is_close(lines: Sequence[Line], upper: int, lower: int) -> bool:
    """Say whether no more than a blank line, or rules and marks, stand between two lines."""
    return sum(line.kind is Kind.BLANK for line in lines[upper:lower]) < 2


def _same_columns(upper: Line, lower: Line) -> bool:
    """Say whether words stand over each heading of the line below: two and more pieces, each over one."""
    one, two = (segments(line.string, line.indent) for line in (upper, lower))
    if not 1 < len(one) == len(two) or any(map(str.isdigit, upper.string)) or upper.string.rstrip().endswith(":"):
        return False
    return all(
        left < right_below and left_below < right
        for (left, right), (left_below, right_below) in zip(one, two, strict=True)
    )


def _over(line: Line, edge: int, ocr: bool) -> bool:
    """Say whether a line above the dates is a heading too: its words stand over the figures ("Three Month   One Year")."""
    string = line.string.strip()
    if len(string) < _SHORT and (compares(string) or _OVER_LAST.search(string)):
        return True
    pieces = len((WIDE_GAP if ocr else _APART).findall(string)) + 1
    if pieces > 1 and not any(map(str.isdigit, string)) and (ocr or pieces > 2 or line.indent >= edge - 16 > 4):
        return not string.endswith(":")
    if string.endswith("---") and pieces > 1:
        return True
    if ocr or edge < 10:
        return False
    right = line.string[max(edge - 10, 0) :].strip()
    return (
        bool(right)
        and not (right[0] == "(" and "  " not in right)
        and line.string[max(edge - 12, 0) : max(edge - 10, 0)].isspace()
        and in_vocabulary(right)
    )


def _edge(entries: Sequence[Entry | None], roles: Sequence[Role], first: int, last: int) -> int:
    """Return where the figures begin on their lines, about."""
    lefts = sorted(
        entry.figures[entry.attached].left
        for index in range(first, min(last + 1, first + 40))
        if roles[index] is Role.ROW and (entry := entries[index]) is not None and len(entry.figures) > entry.attached
    )
    return lefts[len(lefts) // 5] if lefts else 0


def _is_head(lines: Sequence[Line], roles: Sequence[Role], above: list[int], place: int, edge: int, ocr: bool) -> bool:
    index = above[place]
    if roles[index] is Role.HEADING:
        return True
    line = lines[index]
    string = line.string.strip()
    later = any(roles[below] is Role.HEADING for below in above[place + 1 :])
    if is_scale_line(string) or string.lower().strip("()* ") in (
        "unaudited",
        "audited",
        "restated",
        "note 1",
        "as restated",
    ):
        return True
    if string.endswith(":"):
        return False
    if later or (_YEAR.match(string) and len(_YEAR.findall(string)) > 1):
        return True  # "2022 % of Sales 2021 % of Sales"
    if ocr:
        return re.search(r"\S\s{2,}\S", string) is not None or _repeats(string)
    return (
        line.indent >= edge - 16 > 4 or re.search(r"\S\s{3,}\S", line.string[max(edge - 16, 0) :].strip()) is not None
    )


def _bare_headings(lines: Sequence[Line], above: list[int], first: int) -> int:
    """Return how many of the lines above come before headings without dates: lines in pieces right on top of the rows."""
    place = len(above)
    below = first
    while place and _is_right_over(lines, above[place - 1], below):
        upper = above[place - 1]
        gap = WIDE_GAP if below - upper == 1 else _APART  # rules under each piece part them as well
        if not gap.search(lines[upper].string.strip()):
            break
        place -= 1
        below = upper
    return place


def _is_right_over(lines: Sequence[Line], upper: int, lower: int) -> bool:
    """Say whether nothing but rules stands between two lines."""
    return all(line.kind is Kind.RULE for line in lines[upper + 1 : lower])


def _repeats(string: str) -> bool:
    words = string.split()
    half = len(words) // 2
    return len(words) > 1 and len(words) % 2 == 0 and words[:half] == words[half:]


def _caption_end(lines: Sequence[Line], above: list[int], first: int) -> int:
    """Return how many of the lines above a table without headings are captions and not the first labels."""
    for place in range(len(above) - 1, -1, -1):
        string = lines[above[place]].string
        if names_table(string):
            return place + 1
        following = above[place + 1] if place + 1 < len(above) else first
        if any(lines[index].kind is not Kind.TEXT for index in range(above[place] + 1, following)) and place + 1 < len(
            above
        ):
            return place + 1
    return 0
