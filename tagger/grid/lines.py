"""Lines of a plain text, each with its place and what kind of line it is."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from tagger.lexicon.shapes import is_year, shape
from tagger.patterns import pattern
from tagger.values import Span


class Kind(IntEnum):
    """What a line is, as far as the line itself shows it."""

    BLANK = 0
    TEXT = 1
    RULE = 2  # only dashes, underscores, equal signs
    MARK = 3  # <TABLE>, <S> <C>
    BREAK = 4  # <PAGE>, a form feed, a number of a page that follows the one before
    FURNITURE = 5  # what looks like the number of a page, "(more)", running headers, "###"


class Line(Struct, frozen=True, gc=False):
    """One printed line: its place without the line end, and the blanks before its first character."""

    start: int
    end: int
    kind: Kind
    indent: int
    string: str


_MARK = pattern(
    r"\s*(?:</?(?:TABLE|CAPTION|TEXT|DOCUMENT|TYPE|SEQUENCE|FILENAME|DESCRIPTION|S|C|FN|F\d+)>[^\S\n]*)+$",
    re.I,
)
_COLUMN_MARKS = pattern(r"\s*<S>(?:\s*<C>)*\s*$", re.I)
_PAGE_MARK = pattern(r"\s*</?PAGE>\s*\d*\s*$", re.I)
_RULE = pattern(r"[\s|]*(?:[-=_—–─*]{3}|(?:- ){0,3}--|==|(?:[-=_—–─] ){3}[-=_—–─](?=\s|$))[-=_—–─\s|$*:]*$")
_RUN_TOGETHER = pattern(r"^[^\n]{400,}$", re.M)
_INNER_RULE = pattern(r"(?<!\S)(?:- ){0,3}(?:-{3,}|={3,}|_{3,})(?!\S)")
_PAGE_NUMBER = pattern(r"\s*(?:[-–—]\s*)?(?:page\s+)?[\divx]{1,4}(?:\s+of\s+\d+)?\s*(?:[-–—]\s*)?$", re.I)
_PAGE_WORD = pattern(r"\s*page\s+[\divx]+(?:\s+of\s+\d+)?\s*$", re.I)
_MORE = pattern(
    r"\s*(?:[-–—(\[]+\s*)?(?:more|continued|cont'?d|over)\s*(?:[-–—)\]]+\s*)?$|\s*(?:#\s*){1,5}$|\s*-\s*(?:end|30)\s*-\s*$|\s*end\s*$",
    re.I,
)
_FURNITURE_STARTS = frozenset("-–—([#|_mMcCoOeEpP")
_NAMES = shape(r"\b(?:\L<companies>|subsidiar\w+|statements?|consolidated|balance|reconciliation|in\s+\L<scales>)\b")
_STOPS = (".", ";", ":", "; and")
_END = 24  # characters of what stands at the end of a page
_HEAD = 4  # lines that the head of a page has at most, and one
_PAGES = 3  # numbers of pages that follow others, before they are taken for such
_PAGE_LINES = 12
_LETTER = pattern(r"[^\W\d_]")
_LONE_BAR = pattern(r"\s*[|_]+\s*$")


def _kind(string: str, stripped: str) -> Kind:
    if not stripped:
        return Kind.BREAK if "\f" in string else Kind.BLANK
    first = stripped[0]
    if first == "<":
        if _PAGE_MARK.match(stripped):
            return Kind.BREAK
        if _MARK.match(stripped) or _COLUMN_MARKS.match(stripped):
            return Kind.MARK
    elif first in "-=_—–─|*" and _RULE.match(stripped):
        return Kind.RULE
    return Kind.FURNITURE if first in _FURNITURE_STARTS and _ends_page(stripped) else Kind.TEXT


def _ends_page(stripped: str) -> bool:
    return (
        len(stripped) < _END
        and (_MORE.match(stripped) or _PAGE_WORD.match(stripped) or _LONE_BAR.match(stripped)) is not None
    )


def is_page_end(string: str) -> bool:
    """Whether *string*, alone between others, is what a page has at its ends: its number, "- more -".

    >>> [is_page_end(string) for string in ("- more -", "Page 3", "7", "2024", "Gaming")]
    [True, True, True, False, False]
    """
    stripped = string.strip()
    numbered = len(stripped) < _END and _PAGE_NUMBER.match(stripped) is not None and not is_year(stripped)
    return numbered or _ends_page(stripped)


def cut_line(line: Line, start: int, stop: int | None) -> Line:
    """Return what *line* has from its character *start* up to *stop*, as a line of its own."""
    string = line.string[start:stop]
    stripped = string.strip()
    indent = len(string) - len(string.lstrip()) if stripped else 0
    return Line(line.start + start, line.start + start + len(string), _kind(string, stripped), indent, string)


def split_lines(text: str) -> list[Line]:
    """Split *text* into lines; page numbers and the second line ends of double-spaced text are marked as such.

    >>> [line.kind.name for line in split_lines("Assets\\n----\\n<PAGE>\\n\\nCash")]
    ['TEXT', 'RULE', 'BREAK', 'BLANK', 'TEXT']
    """
    lines: list[Line] = []
    start = 0
    for string in text.split("\n"):
        stripped = string.strip()
        if stripped[:2] == "**" and string.count("**") > 1:
            string = string.replace("**", "  ")  # around a title
            stripped = string.strip()
        indent = len(string) - len(string.lstrip()) if stripped else 0
        lines.append(Line(start, start + len(string), _kind(string, stripped), indent, string))
        start += len(string) + 1
    lines = _single_spaced(_without_margin(lines))
    _mark_pages(lines)
    _mark_numbers(lines)
    _mark_headers(lines)
    _mark_running_heads(lines)
    return lines


def _without_margin(lines: list[Line]) -> list[Line]:
    """Return *lines* without the blanks that all of them begin with: they are the margin of the page."""
    margin = min((line.indent for line in lines if line.kind in (Kind.TEXT, Kind.RULE)), default=0)
    if not margin:
        return lines
    return [
        replace(line, start=line.start + margin, indent=line.indent - margin, string=line.string[margin:])
        if line.indent >= margin
        else line
        for line in lines
    ]


def without_rules(text: str) -> str:
    """Return *text* with blanks for the rules inside lines on which whole tables were run together: no words of labels.

    >>> without_rules("Sales 12 11 " * 40 + "---- ==== Net income 3 2")[-27:]
    '11           Net income 3 2'
    """
    if "----" not in text and "====" not in text:
        return text
    return _RUN_TOGETHER.sub(lambda line: _INNER_RULE.sub(lambda rule: " " * len(rule[0]), line[0]), text)


def span_of(line: Line) -> Span:
    """Return the place of what is printed on *line*, without the blanks around it."""
    return Span(line.start + line.indent, line.start + len(line.string.rstrip()))


def in_table(mark: str, inside: bool) -> bool:
    """Say whether what follows the line *mark* stands between ``<TABLE>`` and ``</TABLE>``."""
    upper = mark.upper()
    if "</TABLE" in upper:
        return False
    return inside or "<TABLE" in upper


def _mark_pages(lines: list[Line]) -> None:
    """Find page numbers (alone between blank lines, or beside a page break) and headers ending in "Page 4"."""
    for index, line in enumerate(lines):
        if line.kind is Kind.TEXT and len(line.string.strip()) < 12 and _PAGE_NUMBER.match(line.string.strip()):
            before = lines[index - 1].kind if index else Kind.BREAK
            after = lines[index + 1].kind if index + 1 < len(lines) else Kind.BREAK
            if (after in (Kind.BLANK, Kind.BREAK) and index + 2 > len(lines) - 2) or (
                after in (Kind.BLANK, Kind.BREAK) and (before in (Kind.BLANK, Kind.BREAK) or line.string[:1].isdigit())
            ):
                lines[index] = replace(line, kind=Kind.FURNITURE)
        elif line.kind is Kind.FURNITURE and _PAGE_WORD.match(line.string.strip()):
            for back in range(index - 1, max(index - 5, -1), -1):
                if lines[back].kind is not Kind.TEXT:
                    break
                lines[back] = replace(lines[back], kind=Kind.FURNITURE)


def _mark_numbers(lines: list[Line]) -> None:
    """Find the numbers of pages that count up through the text, whatever stands around them."""
    chains: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        string = line.string.strip()
        if not 0 < len(string) < 4 or not string.isdecimal() or not _stands_among_words(lines, index):
            continue
        before = chains.get(int(string) - 1, [])
        chains[int(string)] = [*before[-_PAGES:], index] if before and index - before[-1] > _PAGE_LINES else [index]
        if len(chains[int(string)]) > _PAGES:
            for at in chains[int(string)]:
                lines[at] = replace(lines[at], kind=Kind.BREAK)


def _stands_among_words(lines: Sequence[Line], index: int) -> bool:
    """Say whether the lines before and after are no figures: a number among figures is one of them."""
    return all(
        next((_LETTER.search(line.string) is not None for line in near if line.kind is not Kind.BLANK), True)
        for near in (reversed(lines[max(index - 6, 0) : index]), lines[index + 1 : index + 7])
    )


def _mark_headers(lines: list[Line]) -> None:
    """Find lines that stand first on several pages, word for word: running headers, unless they name the company."""
    firsts: dict[str, list[int]] = {}
    fresh = False
    for index, line in enumerate(lines):
        if line.kind is Kind.BREAK:
            fresh = True
        elif fresh and line.kind is Kind.TEXT:
            firsts.setdefault(line.string.strip(), []).append(index)
            fresh = False
    for string, places in firsts.items():
        if len(places) > 1 and not _NAMES.search(string):
            for index in places:
                lines[index] = replace(lines[index], kind=Kind.FURNITURE)


def _mark_running_heads(lines: list[Line]) -> None:
    """Find the number of a page beside lines that the text repeats word for word: the head or foot of a page."""
    times = Counter(line.string.strip() for line in lines if line.kind is Kind.TEXT)
    for index, line in enumerate(lines):
        string = line.string.strip()
        if line.kind is not Kind.TEXT or len(string) > 3 or not string.isdecimal():
            continue
        upwards, downwards = range(index - 1, max(index - 1 - _HEAD, -1), -1), range(index + 1, len(lines))[:_HEAD]
        above = list(itertools.takewhile(lambda at: lines[at].kind is Kind.TEXT, upwards))
        below = list(itertools.takewhile(lambda at: lines[at].kind is Kind.TEXT, downwards))
        beside = [*above, *below]
        if beside and max(len(above), len(below)) < _HEAD and all(times[lines[at].string.strip()] > 1 for at in beside):
            for at in (index, *beside):
                lines[at] = replace(lines[at], kind=Kind.BREAK)


def _are_paragraphs(lines: Sequence[Line], printed: int) -> bool:
    """Say whether each of the lines is a paragraph: many end as sentences do, and hardly one goes on with another."""
    closed = sum(line.string.rstrip().endswith(_STOPS) for line in lines)
    running = sum(line.string[line.indent : line.indent + 1].islower() for line in lines)
    return closed >= 0.3 * printed and running < 0.03 * printed


def _single_spaced(lines: list[Line]) -> list[Line]:
    """Drop every other blank line after each printed one where the whole text is double-spaced."""
    lengths = sorted(len(line.string.strip()) for line in lines if line.kind)
    printed = len(lengths)
    # newswire text with one cell a line has short lines, one with a paragraph a line long ones
    if printed < 8 or lengths[-1] > 400 or lengths[printed // 2] < 16:
        return lines
    followed = sum(1 for line, after in itertools.pairwise(lines) if line.kind and not after.kind)
    if followed + 1 < 0.97 * printed or _are_paragraphs(lines, printed):
        return lines
    kept: list[Line] = []
    blank = 0  # lines since the last one printed, of which every other one is there for the spacing
    for line in lines:
        blank = blank + 1 if line.kind is Kind.BLANK else 0
        if not blank % 2:
            kept.append(line)
    return kept
