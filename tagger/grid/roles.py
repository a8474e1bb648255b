"""Roles: what each line does on the page, decided together with its neighbours."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from enum import IntEnum

from tagger.grid.entries import Entry, read_entry, shorten
from tagger.grid.headwords import is_heading
from tagger.grid.lines import Kind, Line, in_table
from tagger.grid.spoilt import WIDE
from tagger.grid.titles import is_title, names_table
from tagger.lexicon import is_scale_line
from tagger.lexicon.shapes import is_year, shape
from tagger.patterns import pattern


class Role(IntEnum):
    """What a line of text does: nothing (rules, marks), prose, a label, a row of figures, headings over columns."""

    NONE = 0
    PROSE = 1
    LABEL = 2
    ROW = 3
    HEADING = 4


_GAP = pattern(r"\S\s{3,}\S")
_SENTENCE = pattern(r"[a-z0-9)”\"]\.[”\"’']?(?:\s|$)")
_PHONE = pattern(r"\(\d{3}\)\s?\d{3}[-.\d]|\d{3}[-/.]\d{3}-\d{4}")
_CONTACTS = ("www.", "http", "hone:", "Phone", "PHONE", "Tel:", "TEL:", "Fax", "FAX")
_UNAUDITED = pattern(r"\s*\(?(?:un)?audited\)?(?:\s+(?:\(?(?:un)?audited\)?|\(\d\)|\*+))+\s*", re.I)
_NUMBERED = pattern(r"\d+(?:[-./]\d+){2,}(?<!\d\d/\d\d)(?<!/\d\d\d\d)")
_OF_YEAR = shape(r"\w\s\L<dashes>\s\L<year>\s*$")  # of a title: "Quarterly results - 2000"
_DATE = shape(r"\b\L<month>\.?\s+\d{1,2},?\s+\L<year>")
_DAY_LAST = shape(r"\S\s.*\b\L<month>\.?\s+\d{1,2},\s*$")
_SHARES_ON = pattern(r"\s*(?:[a-z]+\s+)?shares\b")
_COUNTED = pattern(r"\d\s+(?:[a-z]+\s+){0,3}shares\b|\bpar value\b", re.I)
_MOST_LONG = 5  # lines of a label
_LONG = 62
_LONG_WORDS = 7


def read_roles(lines: Sequence[Line], *, ocr: bool = False) -> tuple[list[Role], list[Entry | None]]:
    """Return the role of every line, and its entry where it is text."""
    roles: list[Role] = []
    entries: list[Entry | None] = []
    tabled = False
    for line in lines:
        if line.kind is not Kind.TEXT:
            if line.kind is Kind.MARK:
                tabled = in_table(line.string, tabled)
            roles.append(Role.NONE)
            entries.append(None)
            continue
        entry = read_entry(line, ocr=ocr)
        entries.append(entry)
        roles.append(_role(line, entry, tabled, ocr))
    _give_back_counts(lines, roles, entries)
    _give_back_years(lines, roles, entries)
    _find_prose(lines, roles, entries)
    return roles, entries


def _give_back_counts(lines: Sequence[Line], roles: list[Role], entries: list[Entry | None]) -> None:
    """Make figures at the end of a line words of its label where the next line says that they count shares."""
    for index, below in enumerate(lines[1:]):
        entry = entries[index]
        if entry is None or not entry.figures or (entry.wide and entry.end > entry.start):
            continue
        if entry.end == entry.start and len(entry.figures) > 1:
            continue
        if below.kind is Kind.TEXT and _SHARES_ON.match(below.string):
            entries[index] = shorten(entry, len(entry.figures))
            roles[index] = Role.LABEL


def _give_back_years(lines: Sequence[Line], roles: list[Role], entries: list[Entry | None]) -> None:
    """Make the year that begins a line without a label one, where the line above breaks off at its day: "as of June 30,"."""
    for index, entry in enumerate(entries[1:], start=1):
        if entry is None or entry.end > entry.start or len(entry.figures) < 2 or roles[index] is not Role.ROW:
            continue
        line, above = lines[index], lines[index - 1]
        first = entry.figures[0]
        if is_year(line.string[first.left : first.right]) and _DAY_LAST.search(above.string):
            entries[index] = shorten(entry, 1)


def _role(line: Line, entry: Entry, tabled: bool, ocr: bool) -> Role:
    string = line.string
    if is_heading(string, ocr=ocr) or _UNAUDITED.fullmatch(string):
        return Role.HEADING
    count = len(entry.figures)
    if not count or _is_contact(string) or (is_scale_line(string) and not _has_amounts(entry)):
        return Role.LABEL
    labelled = entry.end > entry.start
    if not labelled and count == 1 and not (tabled or entry.figures[0].left >= 20 or line.indent >= 20):
        return Role.ROW if entry.figures[0].right - entry.figures[0].left > 3 else Role.LABEL
    if labelled and _OF_YEAR.search(string) is not None and _GAP.search(string.strip()) is None:
        return Role.LABEL
    if labelled and _NUMBERED.fullmatch(string, entry.start - line.start, entry.end - line.start):
        return Role.LABEL
    free = count - entry.attached
    if free >= 2 or (free == 1 and (entry.wide or not labelled) and (tabled or not labelled or _apart(entry))):
        return Role.ROW
    return Role.LABEL


def _has_amounts(entry: Entry) -> bool:
    """Whether figures stand in columns behind a scale that is the end of a label: "(in thousands).....  1,122    1,016"."""
    return entry.wide and not entry.years and len(entry.figures) - entry.attached >= 2


def _is_contact(string: str) -> bool:
    at = string.find("@")
    if 0 < at < len(string) - 1 and string[at - 1].isalnum() and string[at + 1].isalnum():
        return True
    return _PHONE.search(string) is not None or any(mark in string for mark in _CONTACTS)


def _apart(entry: Entry) -> bool:
    return entry.attached > 0 or entry.figures[0].start - entry.end >= WIDE


def _is_long(line: Line) -> bool:
    stripped = line.string.strip()
    return (
        len(stripped) >= _LONG
        and stripped.count(" ") >= _LONG_WORDS
        and not _widein_table(stripped)
        and not is_scale_line(stripped)
        and not _lists_dates(stripped)
        and not (names_table(stripped) and is_title(stripped))
    )


def _lists_dates(stripped: str) -> bool:
    """Say whether dates make up most of the line: they head columns, whatever else is said beside them."""
    if stripped.count("19") + stripped.count("20") < 2:
        return False
    dates = [match.end() - match.start() for match in _DATE.finditer(stripped)]
    return len(dates) > 1 and 2 * sum(dates) > len(stripped)


def _widein_table(stripped: str) -> bool:
    """Say whether wide blanks part the line into two or three pieces, as in a row; a justified line has many."""
    gaps = len(_GAP.findall(stripped))
    return gaps > 0 and (gaps < 4 or len(stripped.split()) < 3 * gaps)


def _find_prose(lines: Sequence[Line], roles: list[Role], entries: Sequence[Entry | None]) -> None:
    """Mark running text: two long lines together, a long line that is a sentence, and what hangs on them."""
    block: list[int] = []
    for index, line in enumerate(lines):
        if line.kind is Kind.TEXT:
            block.append(index)
        elif block and line.kind is not Kind.MARK:
            _prose_in(block, lines, roles, entries)
            block = []
    if block:
        _prose_in(block, lines, roles, entries)


def _prose_in(block: list[int], lines: Sequence[Line], roles: list[Role], entries: Sequence[Entry | None]) -> None:
    long = [roles[index] is Role.LABEL and _is_long(lines[index]) for index in block]
    if not any(long):
        _short_prose(block, lines, roles)
        return
    count = len(block)
    stocks = _of_stock(block, long, lines, roles)
    for place, index in enumerate(block):
        if not long[place] or place in stocks:
            continue
        beside = (place and long[place - 1]) or (place + 1 < count and long[place + 1])
        stripped = lines[index].string.strip()
        ends = stripped.endswith((".", ".”", '."')) or len(stripped) > 200
        alone = count == 1 and (ends or _SENTENCE.search(stripped) is not None)
        last = place + 1 == count or lines[block[place + 1]].string.strip().endswith(".")
        if (
            beside
            or alone
            or (ends and place + 1 == count)
            or (place + 2 >= count and last and not _row_near(block, place, roles))
        ):
            roles[index] = Role.PROSE
    for place in range(1, count):
        index, before = block[place], block[place - 1]
        if (
            roles[before] is Role.PROSE
            and roles[index] is not Role.PROSE
            and _hangs(lines, roles, entries, before, index)
        ):
            roles[index] = Role.PROSE
    for place in range(count - 2, -1, -1):
        index, after = block[place], block[place + 1]
        if (
            roles[after] is Role.PROSE
            and roles[index] in (Role.LABEL, Role.ROW)
            and _leads(lines[index], entries[index], roles[index])
        ):
            roles[index] = Role.PROSE


def _of_stock(block: list[int], long: Sequence[bool], lines: Sequence[Line], roles: Sequence[Role]) -> frozenset[int]:
    """Return which long lines of *block* are the label of a stock: they stand between rows, and lead to the next one unended.

    "Common stock, ...; 50,445,186 shares at February 3, 2024, and / 50,445,386 shares at / October 28, 2023    508    504".
    """
    found: set[int] = set()
    place = 0
    for is_one, run in itertools.groupby(long):
        first, place = place, place + sum(1 for _ in run)
        if not is_one or not 0 < first < place < len(block) or place - first > _MOST_LONG:
            continue
        said = " ".join(lines[block[at]].string.strip() for at in range(first, place))
        follows = roles[block[first - 1]] is not Role.PROSE and roles[block[place]] is Role.ROW
        if follows and _COUNTED.search(said) and not _SENTENCE.search(said) and said[-1] not in ".:":
            found.update(range(first, place))
    return frozenset(found)


def _row_near(block: list[int], place: int, roles: list[Role]) -> bool:
    return any(roles[index] is Role.ROW for index in block[max(place - 1, 0) : place + 3])


def _hangs(lines: Sequence[Line], roles: list[Role], entries: Sequence[Entry | None], before: int, index: int) -> bool:
    """Say whether the line goes on with the sentence of the prose line above it."""
    above = lines[before].string.rstrip()
    stripped = lines[index].string.strip()
    role = roles[index]
    entry = entries[index]
    if role is Role.ROW and entry is not None and (entry.wide or len(entry.figures) > 2):
        return False
    if above.endswith((".", ":", ".”", '."')):
        return False
    return role is not Role.HEADING or stripped.endswith(".") or (stripped.endswith(",") and stripped.count(" ") > 1)


def _leads(line: Line, entry: Entry | None, role: Role) -> bool:
    """Say whether the line begins the sentence that the prose below goes on with."""
    stripped = line.string.strip()
    if role is Role.ROW:
        return entry is not None and not entry.wide and len(stripped) > _LONG - 12
    return (
        len(stripped) > _LONG - 12
        and stripped.count(" ") >= 6
        and not stripped.endswith(":")
        and not _GAP.search(stripped)
    )


def _short_prose(block: list[int], lines: Sequence[Line], roles: list[Role]) -> None:
    """A block of short lines without any row that reads as sentences is prose as well (narrow columns, bullets)."""
    if any(roles[index] in (Role.ROW, Role.HEADING) for index in block):
        return
    last = lines[block[-1]].string.strip()
    words = sum(lines[index].string.strip().count(" ") + 1 for index in block)
    if last.endswith((".", ".”", '."')) and words > 8:
        for index in block:
            roles[index] = Role.PROSE
