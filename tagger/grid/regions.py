"""Regions: which lines make up a table, also over the ends of pages, and which are its captions, headings and rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tagger.grid.captions import FOOTNOTE, WIDE_GAP, Top, read_top
from tagger.grid.columns import merged
from tagger.grid.entries import Entry
from tagger.grid.headings import read_heading
from tagger.grid.headwords import GAP, is_time
from tagger.grid.lines import Kind, Line
from tagger.grid.roles import Role
from tagger.grid.rows import goes_on, reads_on
from tagger.grid.titles import STATEMENT
from tagger.lexicon import is_scale_line
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern


class Region(NamedTuple):
    """A table's lines by index: *first* to *last*, rows from *body* on.

    *titles* are the captions of the table right above it, where it has none of its own and they hold for both. The lines
    *skipped* stand between two pages of it.
    """

    first: int
    last: int
    body: int
    captions: tuple[int, ...]
    headings: tuple[int, ...]
    continued: bool
    titles: tuple[int, ...] = ()
    skipped: frozenset[int] = frozenset()


_FOOT = shape(r"\b\L<footers>\b")  # of a page: "See notes to financial statements"
_BALANCES = pattern(r"\bbalance\s+sheets?|\bfinancial\s+(?:condition|position)\b", re.I)
_LASTING = shape(r"\b\L<spans>\b")
_MAX_LABELS = 12  # between two rows: the label of a stock is long, and narrow columns break it after a word or two
_LONGEST_TIME = 60
_MANY = 99
_NOWHERE = ((0, 0),)


class _Above(NamedTuple):
    """What holds on for a table from the one before it: its captions, the headings over its columns, its first label.

    *named* are the captions of the last table with headings.
    """

    titles: tuple[int, ...] = ()
    over: tuple[int, ...] = ()
    label: str = ""
    named: frozenset[str] | None = None


def find_regions(
    lines: Sequence[Line], roles: Sequence[Role], entries: Sequence[Entry | None], *, ocr: bool = False
) -> Iterator[Region]:
    """Find the tables among *lines*, in order, each page for itself."""
    floor = 0
    above = _Above()
    for first, last in _row_runs(lines, roles):
        last = _tail(lines, roles, last)
        top = read_top(lines, roles, entries, (first, last), floor=floor, ocr=ocr)
        rows = sum(1 for index in range(first, last + 1) if roles[index] is Role.ROW)
        timely = any(roles[index] is Role.HEADING for index in top.headings)
        if rows < 2 and not (timely and rows == 1):
            if rows and above.named is not None and _turned(lines, floor, first):
                yield Region(first, last, first, (), (), continued=True)
            continue
        if _figures(entries, roles, first, last) < (1 if timely else 3):
            continue
        label = _label(lines[first], entries[first])
        region = _region(lines, top, (first, last), above, (floor, label))
        yield region
        above = _below(lines, region, label, above)
        floor = last + 1


def _region(lines: Sequence[Line], top: Top, rows: tuple[int, int], above: _Above, begin: tuple[int, str]) -> Region:
    """Return the table of *rows* under *top*, with what holds on for it from *above*, the one before it.

    That one ended before the first of *begin*; the second is the label of the first row.
    """
    first, last = rows
    floor, label = begin
    start = min([*top.captions, *top.headings, top.body])
    captions = frozenset(lines[index].string.strip() for index in top.captions)
    continued = (
        not top.headings
        and above.named is not None
        and _turned(lines, floor, first)
        and _goes_on(captions, above.named)
    )
    headings = top.headings
    titles: tuple[int, ...] = ()
    if headings and not top.captions:
        near = _is_next(lines, floor, start)
        if near and _says_time_alone(lines, headings):
            headings = (*above.over, *headings)
        if near or (label and label == above.label):
            titles = tuple(_held(lines, above.titles, headings))
    return Region(start, last, top.body, top.captions, headings, continued, titles)


def _turned(lines: Sequence[Line], floor: int, first: int) -> bool:
    """Say whether a page ends between the lines *floor* and *first*."""
    return any(line.kind in (Kind.BREAK, Kind.FURNITURE) for line in lines[floor:first])


def _held(lines: Sequence[Line], titles: Sequence[int], headings: Sequence[int]) -> Iterator[int]:
    """Yield the *titles* of the table above that hold for the next, whose *headings* may say that it is no balance sheet."""
    lasting = any(_LASTING.search(lines[index].string) for index in headings)
    for index in titles:
        string = lines[index].string
        if not is_time(string) and not (lasting and _BALANCES.search(string)):
            yield index


def _below(lines: Sequence[Line], region: Region, label: str, above: _Above) -> _Above:
    """Return what holds on below *region*, the first row of which has this *label*."""
    titles = region.captions or region.titles
    if not region.headings:
        return above._replace(titles=titles, label=label)
    named = frozenset(lines[index].string.strip() for index in region.captions) or above.named or frozenset()
    over = tuple(index for index in region.headings if not _says_time_alone(lines, (index,)))
    return _Above(titles, over, label, named)


def _label(line: Line, entry: Entry | None) -> str:
    return "" if entry is None else line.string[entry.start - line.start : entry.end - line.start]


def _says_time_alone(lines: Sequence[Line], headings: Sequence[int]) -> bool:
    """Say whether *headings* are one line with one year or period for all columns: "1999" in the middle of a table."""
    if len(headings) != 1:
        return False
    line = lines[headings[0]]
    string = line.string.strip()
    return (
        len(string) < _LONGEST_TIME
        and GAP.search(string) is None
        and len(read_heading(line, _NOWHERE, exact=False, count=_MANY).phrases) == 1
    )


def _is_next(lines: Sequence[Line], floor: int, start: int) -> bool:
    """Say whether nothing but blanks, rules and marks of pages stands between two tables."""
    return all(line.kind is not Kind.TEXT and "TABLE" not in line.string.upper() for line in lines[floor:start])


def _goes_on(captions: frozenset[str], named: frozenset[str]) -> bool:
    """Say whether a table without headings goes on with the one before: it has no title, or the same again."""
    titles = {caption for caption in captions if STATEMENT.search(caption)}
    return not titles or titles <= named or any(map(is_continued, captions))


def is_continued(caption: str) -> bool:
    """Say whether *caption* says that its table goes on from the page before."""
    return "continued" in caption.lower()


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
            inside = roles[index - 1] is Role.ROW and roles[index + 1 : index + 2] == [Role.ROW]
            if _parts(line, role, lines, index, inside=inside) or blanks > 5 or labels > _MAX_LABELS:
                yield first, last
                first = -1
                labels = blanks = 0
    if first >= 0:
        yield first, last


def _parts(line: Line, role: Role, lines: Sequence[Line], index: int, *, inside: bool) -> bool:
    """Say whether a line between rows parts two tables; *inside* says that rows stand right above and below it.

    A scale inside is that of the rows below: "Millions of common shares outstanding".
    """
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
        if (
            len(WIDE_GAP.findall(line.string)) > 1
            and not any(map(str.isdigit, line.string))
            and line.string.rstrip()[-1] not in "-=_"
        ):
            return not line.string.rstrip().endswith((":", "."))
        return (not inside and is_scale_line(line.string)) or (
            STATEMENT.search(line.string) is not None
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
            if not goes_on(string) or string.endswith((":", ".")) or len(string) > 60 or FOOTNOTE.match(string):
                break
            last = index
        else:
            break
        index += 1
    return last


def joined_pages(
    lines: Sequence[Line], roles: Sequence[Role], entries: Sequence[Entry | None], regions: Iterable[Region]
) -> Iterator[Region]:
    """Yield *regions*, each that goes on with the one before it joined to that; a lone row that does not is none."""
    upper: Region | None = None
    for lower in regions:
        on = upper is not None and (lower.continued or _says_again(lines, upper, lower))
        joined = _joined(lines, roles, entries, upper, lower) if upper is not None and on else None
        if joined is None and not lower.headings and sum(1 for _ in _rows(entries, roles, lower)) < 2:
            continue
        if joined is None and upper is not None:
            alike = _width(entries, roles, upper) == _width(entries, roles, lower)
            lower = lower._replace(continued=lower.continued and alike)
            yield upper
        upper = joined or lower
    if upper is not None:
        yield upper


def _says_again(lines: Sequence[Line], upper: Region, lower: Region) -> bool:
    """Say whether a new page says the headings and titles of the table again, or that it is continued."""
    said, again = ([lines[index].string.split() for index in region.headings] for region in (upper, lower))
    titles, named = ({lines[index].string.strip() for index in region.captions} for region in (upper, lower))
    turned = any(line.kind is Kind.BREAK for line in lines[upper.last + 1 : lower.body])
    return turned and bool(again) and said == again and all(name in titles or is_continued(name) for name in named)


def _joined(
    lines: Sequence[Line], roles: Sequence[Role], entries: Sequence[Entry | None], upper: Region, lower: Region
) -> Region | None:
    """Return *upper* and *lower* as one table; nothing where prose stands between them, or the columns are others.

    Labels right before the end of the page are its rows; titles said again, and whatever else stands between, are not.
    """
    between = range(upper.last + 1, lower.body)
    if any(roles[index] in (Role.PROSE, Role.ROW) for index in between) or not _are_alike(entries, roles, upper, lower):
        return None
    end = next((index for index in between if lines[index].kind in (Kind.BREAK, Kind.FURNITURE)), lower.body)
    labels = {index for index in between if index < end and roles[index] is Role.LABEL and _leads(lines[index])}
    return upper._replace(last=lower.last, skipped=upper.skipped | (set(between) - labels))


def _leads(line: Line) -> bool:
    """Say whether a line right before the end of a page may be a label of what goes on behind it."""
    string = line.string.strip()
    return not (string.endswith(".") or _FOOT.search(string) or FOOTNOTE.match(string))


def _are_alike(entries: Sequence[Entry | None], roles: Sequence[Role], upper: Region, lower: Region) -> bool:
    """Say whether the figures of both tables stand in the same columns."""
    above, below = (_columns(entries, roles, region) for region in (upper, lower))
    return len(above) == len(below) and all(
        left < other_right and other_left < right
        for (left, right), (other_left, other_right) in zip(above, below, strict=True)
    )


def _width(entries: Sequence[Entry | None], roles: Sequence[Role], region: Region) -> int:
    """Return how many figures most rows of *region* have."""
    counts = Counter(len(entry.figures) - entry.attached for entry in _rows(entries, roles, region))
    return max(counts, key=lambda count: (counts[count], count), default=0)


def _rows(entries: Sequence[Entry | None], roles: Sequence[Role], region: Region) -> Iterator[Entry]:
    for index in range(region.body, region.last + 1):
        if index not in region.skipped and roles[index] is Role.ROW and (entry := entries[index]) is not None:
            yield entry


def _columns(entries: Sequence[Entry | None], roles: Sequence[Role], region: Region) -> list[tuple[int, int]]:
    """Return where the columns of *region* stand on its lines."""
    return merged(
        (figure.left, figure.right)
        for entry in _rows(entries, roles, region)
        for figure in entry.figures[entry.attached :]
    )
