"""Regions: which lines make up a table, and which of them are its captions, headings and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tagger.reading.entries import Entry
from tagger.reading.headings import in_vocabulary
from tagger.reading.lines import Kind, Line
from tagger.reading.roles import Role
from tagger.reading.rows import goes_on, reads_on


class Region(NamedTuple):
    """A table's lines by index: *first* to *last*, rows from *body* on."""

    first: int
    last: int
    body: int
    captions: tuple[int, ...]
    headings: tuple[int, ...]
    continued: bool


_TITLE = re.compile(
    r"\b(?:consolidated|condensed|statements?\s+of|balance\s+sheets?|reconciliation|(?:financial|selected|supplemental)\s+(?:data|highlights|information|statements?)"
    r"|summary|schedule|unaudited|in\s+(?:thousands|millions|billions)|(?:thousands|millions)\s+of|\$\s*000|inc\.|corp\.|corporation|subsidiar(?:y|ies)|ltd\.|llc|exhibit)(?:\W|$)",
    re.I,
)
_SCALE = re.compile(
    r"^\W*(?:amounts?\s|dollars?\s|expressed\s|all\s|u\.?s\.?\s|\$\s|\w\s|dollar\s+amounts\s)*(?:in|and)\s+(?:thousands|millions|billions)\b|^\W*\(?unaudited\b",
    re.I,
)
_STATEMENT = re.compile(
    r"\b(?:statements?\s+of\s+(?:\w+\s+){0,3}(?:operations|income|earnings|cash|financial|condition|comprehensive|loss)|balance\s+sheets?)",
    re.I,
)
_FOOTNOTE = re.compile(r"\s*(?:\(\d\)|\([a-z]\)|\*+|\d\)|[†‡]|notes?\s*(?:\(?\d+\)?)?\s*:)\s*\S", re.I)
_BULLET = re.compile(r"\s*(?:[•·●▪*©§]|o\s|- -?\s)\s*\S")
_WIDE = re.compile(r"\S\s{3,}(?=\S)")
_MAX_ABOVE = 16
_MAX_LABELS = 9


def find_regions(
    lines: Sequence[Line], roles: Sequence[Role], entries: Sequence[Entry | None], *, ocr: bool = False
) -> Iterator[Region]:
    """Find the tables among *lines*, in order."""
    floor = 0
    headed = False
    broken = False
    for first, last in _row_runs(lines, roles):
        last = _tail(lines, roles, last)
        above = _above(lines, roles, first, floor)
        region = _region(lines, roles, entries, above, first, last, ocr)
        rows = sum(1 for index in range(first, last + 1) if roles[index] is Role.ROW)
        timely = any(roles[index] is Role.HEADING for index in region.headings)
        if rows < 2 and not (timely and rows == 1):
            continue
        if _figures(entries, roles, first, last) < (1 if timely else 3):
            continue
        page = any(line.kind in (Kind.BREAK, Kind.FURNITURE) for line in lines[floor:first])
        titled = any(_STATEMENT.search(lines[index].string) for index in region.captions)
        yield region._replace(continued=not region.headings and headed and page and (broken or not titled))
        headed = headed or bool(region.headings)
        broken = True
        floor = last + 1


def _figures(entries: Sequence[Entry | None], roles: Sequence[Role], first: int, last: int) -> int:
    """Count the figures of the rows that are neither years nor dashes: a list of addresses has few."""
    count = 0
    for index in range(first, last + 1):
        entry = entries[index]
        if roles[index] is Role.ROW and entry is not None and not entry.years:
            count += sum(1 for figure in entry.figures if figure.digits)
    return count


def _row_runs(lines: Sequence[Line], roles: Sequence[Role]) -> Iterator[tuple[int, int]]:
    """Yield first and last row of every run of rows that nothing parts."""
    first = last = -1
    labels = blanks = 0
    for index, (line, role) in enumerate(zip(lines, roles, strict=True)):
        if role is Role.ROW:
            if first < 0:
                first = index
            last = index
            labels = blanks = 0
        elif first >= 0:
            blanks = blanks + 1 if line.kind is Kind.BLANK else 0
            labels += role is Role.LABEL
            if _parts(line, role, lines, index) or blanks > 5 or labels > _MAX_LABELS:
                yield first, last
                first = -1
                labels = blanks = 0
    if first >= 0:
        yield first, last


def _parts(line: Line, role: Role, lines: Sequence[Line], index: int) -> bool:
    if role is Role.PROSE or line.kind is Kind.BREAK:
        return True
    if line.kind is Kind.FURNITURE:
        return True
    if line.kind is Kind.MARK:
        return "TABLE" in line.string.upper()
    if role is Role.HEADING:
        before = next(
            (
                lines[back].string.strip()
                for back in range(index - 1, max(index - 3, -1), -1)
                if lines[back].kind is Kind.TEXT
            ),
            "",
        )
        return not (reads_on(before) and lines[index - 1].kind is Kind.TEXT and not line.indent > 30)
    if role is Role.LABEL:
        if len(_WIDE.findall(line.string)) > 1 and not any(map(str.isdigit, line.string)):
            return not line.string.rstrip().endswith((":", "."))
        return _SCALE.match(line.string) is not None or (
            _STATEMENT.search(line.string) is not None
            and len(line.string.strip()) < 90
            and not goes_on(line.string.strip())
        )
    return False


def _tail(lines: Sequence[Line], roles: Sequence[Role], last: int) -> int:
    """Take in the rules right under the last row, and the rest of its label."""
    index = last + 1
    while index < len(lines):
        line = lines[index]
        if line.kind is Kind.RULE:
            last = index
        elif roles[index] is Role.LABEL and lines[index - 1].kind is Kind.TEXT and index == last + 1:
            string = line.string.strip()
            if not goes_on(string) or string.endswith((":", ".")) or len(string) > 60 or _FOOTNOTE.match(string):
                break
            last = index
        else:
            break
        index += 1
    return last


def _above(lines: Sequence[Line], roles: Sequence[Role], first: int, floor: int) -> list[int]:
    """Return the lines of text above the row *first* that may name the table, from the top."""
    found: list[int] = []
    blanks = 0
    index = first - 1
    while index >= floor and len(found) < _MAX_ABOVE:
        line, role = lines[index], roles[index]
        if line.kind is Kind.BLANK:
            blanks += 1
            if blanks > 4 and found:
                break
        elif line.kind is Kind.MARK:
            if "/TABLE" in line.string.upper():
                break
        elif line.kind is not Kind.RULE:
            if line.kind is not Kind.TEXT or role in (Role.PROSE, Role.ROW):
                break
            string = line.string.strip()
            if role is Role.LABEL and _ends_text(string, blanks + len(found) > 0):
                break
            found.append(index)
            blanks = 0
        index -= 1
    while found and lines[found[-1]].string.lstrip()[:1].islower() and lines[found[-1] - 1].kind is Kind.TEXT:
        found.pop()  # the end of a sentence
    found.reverse()
    return found


def _ends_text(string: str, above: bool) -> bool:
    """Say whether the line belongs to what stands above a table: a footnote, a bullet, the end of a sentence."""
    if (
        _BULLET.match(string)
        or string.endswith(").")
        or (string.endswith(".") and (len(string) > 45 or string[0].islower()))
    ):
        return True
    return above and _FOOTNOTE.match(string) is not None


def _region(
    lines: Sequence[Line],
    roles: Sequence[Role],
    entries: Sequence[Entry | None],
    above: list[int],
    first: int,
    last: int,
    ocr: bool,
) -> Region:
    start = next(
        (
            place
            for place, index in enumerate(above)
            if roles[index] is Role.HEADING and _heads(lines, roles, above, place)
        ),
        None,
    )
    if start is None:
        bare = _bare_headings(lines, above, first)
        if bare < len(above):
            return Region(above[0], last, first, tuple(above[:bare]), tuple(above[bare:]), False)
        cut = _caption_end(lines, above, first)
        body = above[cut] if cut < len(above) else first
        captions = above[:cut]
        return Region(min([*captions, body]), last, body, tuple(captions), (), False)
    edge = _edge(entries, roles, first, last)
    while start and above[start] - above[start - 1] < 3 and _over(lines[above[start - 1]], edge, ocr):
        start -= 1
    captions = above[:start]
    stop = start
    while stop < len(above) and _is_head(lines, roles, above, stop, edge, ocr):
        stop += 1
    headings = above[start:stop]
    body = above[stop] if stop < len(above) else first
    return Region(min([*above, body]), last, body, tuple(captions), tuple(headings), False)


def _heads(lines: Sequence[Line], roles: Sequence[Role], above: list[int], place: int) -> bool:
    """Say whether the heading-like line is one: a sub-title of dates far above other headings is a caption."""
    line = lines[above[place]]
    string = line.string.strip()
    more = [index for index in above[place + 1 :] if roles[index] is Role.HEADING]
    if not more:
        return True
    # "For the three months ended June 30, 2006 and 2005" over the real headings
    return not (" and " in string.lower() and "   " not in string and len(string) > 30)


def _over(line: Line, edge: int, ocr: bool) -> bool:
    """Say whether a line above the dates is a heading too: its words stand over the figures ("Three Month   One Year")."""
    string = line.string.strip()
    if re.search(r"\S\s{3,}\S", string) and not any(map(str.isdigit, string)) and (ocr or line.indent >= edge - 16 > 4):
        return not string.endswith(":")
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
    if _SCALE.match(string) or string.lower().strip("()* ") in (
        "unaudited",
        "audited",
        "restated",
        "note 1",
        "as restated",
    ):
        return True
    if string.endswith(":"):
        return False
    if later:
        return True
    if ocr:
        return re.search(r"\S\s{2,}\S", string) is not None or _repeats(string)
    return (
        line.indent >= edge - 16 > 4 or re.search(r"\S\s{3,}\S", line.string[max(edge - 16, 0) :].strip()) is not None
    )


def _bare_headings(lines: Sequence[Line], above: list[int], first: int) -> int:
    """Return how many of the lines above come before headings without dates: lines in pieces right on top of the rows."""
    place = len(above)
    below = first
    while place and below - above[place - 1] == 1 and _WIDE.search(lines[above[place - 1]].string):
        place -= 1
        below = above[place]
    return place


def _repeats(string: str) -> bool:
    words = string.split()
    half = len(words) // 2
    return len(words) > 1 and len(words) % 2 == 0 and words[:half] == words[half:]


def _caption_end(lines: Sequence[Line], above: list[int], first: int) -> int:
    """Return how many of the lines above a table without headings are captions and not the first labels."""
    for place in range(len(above) - 1, -1, -1):
        string = lines[above[place]].string
        if _TITLE.search(string):
            return place + 1
        following = above[place + 1] if place + 1 < len(above) else first
        if any(lines[index].kind is not Kind.TEXT for index in range(above[place] + 1, following)) and place + 1 < len(
            above
        ):
            return place + 1
    return 0
