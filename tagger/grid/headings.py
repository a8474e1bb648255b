"""Column headings: a line of headings cut into the phrases that stand over columns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from tagger.grid.headwords import GAP, SCALE_ASIDE, in_vocabulary, is_time
from tagger.grid.lines import Line
from tagger.lexicon import range_spans
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern

_MONTH_START = shape(r"\L<month>\b")
_QUARTER = shape(r"(?:\L<fiscal>\s+)?\L<nth>\s+\L<quarters>\s*$")
_LENGTH = shape(r"\b(?:\L<ended>|\L<units>)\b")
_DATE_HEAD = shape(r"[a-z]{3,9}\.?\s+\d{1,2},?\s*$|\L<year>\s*$|[a-z]{3,9}\.?\s+\d{1,2},?\s+\L<year>\s*$")
_YEAR_WORD = shape(r"\L<year>\*?|%?\L<changes>")
_WORDED = shape(
    r"""(?P<length>(?:for\s+the\s+|the\s+)?(?:[a-z]+(?:-[a-z]+)?|\d+)[ -]\L<units>\s*(?:\L<periods>\s+)?\L<ended>?
        |\L<year_to_date>(?:\s+\L<month>\.?\s+\d{1,2}\b(?:\s*,\s*\L<year>\b|,)?)?
        |(?:(?:\L<nth>|full|\L<fiscal>)\s+)*\L<spoken>\s*\L<ended>?
        |(?:as\s+of\s+)?\L<month>\.?\s+\d{1,2}\b(?:\s*,\s*\L<year>(?!\d)|,)?
        |\L<slashed>|\L<year>\*?|\L<coded>\s?'?(?:20)?\d\d|fy\s?(?:20)?\d\d
        |\(\L<audits>\)|\L<audits>|%?\s?(?:\$\s)?\L<changes>(?:\s*/?\s*\(decrease\))?|percent(?:age)?\s+change
        |(?<!\S)(?:amounts?|percent|\$|%|\w+-o(?:ver)?-\w+)(?!\S)
        |as\s+of)""",
    verbose=True,
)


_RULE = pattern(r"[-=_]{4,}")
_AND = ("and", "&")
_APART = 6  # blanks that only stand behind what is over the labels


class Phrase(NamedTuple):
    """Words of a heading that belong together: place in the document and on the line, which may be that of a rule below."""

    start: int
    end: int
    left: int
    right: int
    ruled: bool = False


class Heading(NamedTuple):
    """One line of headings: what stands over the labels, and the phrases over figures."""

    line: Line
    label: Phrase | None
    phrases: tuple[Phrase, ...]


def read_heading(line: Line, edges: Sequence[tuple[int, int]], *, exact: bool, count: int) -> Heading:
    """Cut a heading line into phrases; labels end and figures may begin where the first of *edges* does.

    *exact* says that places on the line can be trusted, and that *edges* are those of the *count* columns of figures.
    """
    string = line.string.rstrip()
    phrases = [
        Phrase(line.start + left, line.start + right, left, right) for left, right in segments(string, line.indent)
    ]
    if exact and 1 < len(phrases) < count:
        phrases = [piece for phrase in phrases for piece in _years(line, phrase)]
    if len(phrases) == 1 and (count > 1 or not exact):
        worded = _worded(line, phrases[0], exact)
        if len(worded) > 1:
            phrases = worded
    elif not exact and len(phrases) < count:
        phrases = [piece for phrase in phrases for piece in _worded(line, phrase, False)]
    label: Phrase | None = None
    while phrases and _over_labels(line, phrases, edges, exact, count):
        words = phrases.pop(0)
        label = words if label is None else label._replace(end=words.end, right=words.right)
    return Heading(line, label, tuple(phrases))


def over_rules(heading: Heading, below: str) -> Heading:
    """Let each phrase reach as far as the one rule on the line *below* that only it stands over: as far as it is meant to.

    Rules on the line of *heading* itself are no phrases.
    """
    string = heading.line.string
    phrases = [phrase for phrase in heading.phrases if not _RULE.fullmatch(string, phrase.left, phrase.right)]
    rules = [found.span() for found in _RULE.finditer(below)]
    widened = []
    places = [(phrase.left, phrase.right) for phrase in phrases]
    for phrase, place in zip(phrases, places, strict=True):
        under = overlapping(rules, place)
        alone = len(under) == 1 and len(overlapping(places, rules[under[0]])) == 1
        left, right = rules[under[0]] if alone else place
        widened.append(phrase._replace(left=min(left, phrase.left), right=max(right, phrase.right), ruled=alone))
    return heading._replace(phrases=tuple(widened))


def overlapping(places: Sequence[tuple[int, int]], place: tuple[int, int]) -> range:
    """Return which of *places*, left to right and apart on one line, *place* on another overlaps, by index.

    >>> list(overlapping([(0, 4), (6, 9), (12, 15)], (3, 7)))
    [0, 1]
    """
    return range(bisect_right(places, place[0], key=itemgetter(1)), bisect_left(places, place[1], key=itemgetter(0)))


def holds_rule(string: str) -> bool:
    """Say whether a rule is drawn on the line *string*."""
    return _RULE.search(string) is not None


def _over_labels(
    line: Line, phrases: Sequence[Phrase], edges: Sequence[tuple[int, int]], exact: bool, count: int
) -> bool:
    """Say whether the first of *phrases* stands over the labels and not over a column."""
    first = phrases[0]
    edge = edges[0][0]
    if len(phrases) > 1 and SCALE_ASIDE.fullmatch(line.string[first.left : first.right]):
        return True
    if not exact:
        apart = len(phrases) > 1 and phrases[1].left - first.right >= _APART
        return len(phrases) > count and len(phrases) > 1 and (apart or not _timely(line, first))
    if len(phrases) > 1:
        # each column has a heading without it: there are enough of them, or they reach from the first to the last
        reaching = phrases[1].left <= edges[0][1] and phrases[-1].right > edges[-1][0]
        named = first.right < edge - 12 and not any(_timely(line, phrase) for phrase in phrases[1:])
        spare = first.right <= edge and (len(phrases) > count or reaching or named)
        return first.left < edge - 12 and first.right <= edge + 6 and (spare or not _timely(line, first))
    return line.indent < 3 and first.right < edge - 3


def _timely(line: Line, phrase: Phrase) -> bool:
    string = line.string[phrase.left : phrase.right]
    return is_time(string) and in_vocabulary(string)


def segments(string: str, indent: int) -> list[tuple[int, int]]:
    """Return the pieces of *string*, from *indent* on, that wide blanks or bars part."""
    spans: list[tuple[int, int]] = []
    begin = indent
    for gap in GAP.finditer(string, indent):
        if gap.start() > begin:
            spans.append((begin, gap.start()))
        begin = gap.end()
    if begin < len(string):
        spans.append((begin, len(string)))
    return spans


def lasting(heading: Heading) -> list[Phrase]:
    """Return the phrases of *heading* that are lengths of time or dates alone: "Three Months Ended", "June 30,"."""
    string = heading.line.string
    return [
        phrase
        for phrase in heading.phrases
        if _LENGTH.search(string, phrase.left, phrase.right) or _DATE_HEAD.match(string, phrase.left, phrase.right)
    ]


def _years(line: Line, phrase: Phrase) -> list[Phrase]:
    """Cut a phrase of bare years and "Change" at its single blanks, and one of several dates before each."""
    words = [match.span() for match in re.finditer(r"\S+", line.string[phrase.left : phrase.right])]
    parts = [line.string[phrase.left + start : phrase.left + end] for start, end in words]
    if (
        len(words) < 2
        or not all(_YEAR_WORD.fullmatch(part) for part in parts)
        or not any(part[0].isdigit() for part in parts)
    ):
        return _worded(line, phrase, True)
    return [
        Phrase(phrase.start + start, phrase.start + end, phrase.left + start, phrase.left + end) for start, end in words
    ]


def _worded(line: Line, phrase: Phrase, exact: bool) -> list[Phrase]:
    """Cut "Three Months Ended Six Months Ended" or "2006 2005 2006 2005" where the next period begins."""
    string = line.string
    found = [match.span() for match in _WORDED.finditer(string, phrase.left, phrase.right) if match.group().strip()]
    found = _whole_ranges(found, range_spans(string[phrase.left : phrase.right]), phrase.left)
    if len(found) < 2 or (exact and not _covers(string, phrase, found)):
        return [phrase]
    pieces: list[tuple[int, int]] = []
    before = string[phrase.left : found[0][0]].strip(" |-")
    if before:
        pieces.append((phrase.left, found[0][0]))
    for index, (start, end) in enumerate(found):
        stop = found[index + 1][0] if index + 1 < len(found) else phrase.right
        between = string[end:stop].strip(" |,")
        if between and len(between) > 2 and between[0].isalpha():
            pieces.append((start, end))
            pieces.append((string.index(between, end), stop))
        else:
            pieces.append((start, stop))
    merged = _joined(string, pieces)
    return [
        Phrase(
            line.start + start,
            line.start + start + len(string[start:end].rstrip(" |")),
            start,
            start + len(string[start:end].rstrip(" |")),
        )
        for start, end in merged
        if string[start:end].strip(" |")
    ]


def _whole_ranges(found: list[tuple[int, int]], ranges: Sequence[tuple[int, int]], left: int) -> list[tuple[int, int]]:
    """Return *found* with the words of each of *ranges* ("April 1 - September 30,"), counted from *left*, in one piece."""
    whole = [(left + start, left + end) for start, end in ranges]
    apart = [(start, end) for start, end in found if not any(start < last and first < end for first, last in whole)]
    return sorted([*apart, *whole])


def _joined(string: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what reads on: "Three Months Ended" + "June 30, 2006", "As of" + a date, a date + its year."""
    merged: list[tuple[int, int]] = []
    for start, end in pieces:
        if merged:
            words = string[merged[-1][0] : merged[-1][1]].strip().lower()
            here = string[start:end].strip()
            dated = _MONTH_START.match(here) is not None
            if here.lower() in _AND and _DATE_HEAD.search(words) and _next_is_date(string, pieces, end):
                merged[-1] = (merged[-1][0], end)
                continue
            if (words.endswith(("ended", "ending", "as of", " and", " &")) and (dated or here[:2] in ("19", "20"))) or (
                here[:2] in ("19", "20") and _has_year_each(string, pieces, words)
            ):
                merged[-1] = (merged[-1][0], end)
                continue
        merged.append((start, end))
    return merged


def _has_year_each(string: str, pieces: Sequence[tuple[int, int]], words: str) -> bool:
    """Say whether *words*, the day or the quarter before a year, are of a kind of which there are as many as years."""
    kind = _MONTH_START if words.endswith(",") else _QUARTER
    said = [string[start:end].strip() for start, end in pieces]
    dated = sum(1 for piece in said if kind.match(piece))
    return kind.match(words) is not None and dated == sum(1 for piece in said if piece[:2] in ("19", "20"))


def _next_is_date(string: str, pieces: Sequence[tuple[int, int]], end: int) -> bool:
    """Say whether the piece after the one that ends at *end* begins with a month: "June 29, 2024 and July 1, 2023"."""
    after = next((start for start, _ in pieces if start >= end), None)
    return after is not None and _MONTH_START.match(string, after) is not None


def _covers(string: str, phrase: Phrase, found: Sequence[tuple[int, int]]) -> bool:
    """Say whether the found periods are repeated alike or all that the phrase says ("2006 2005")."""
    rest = len("".join(string[phrase.left : phrase.right].split())) - sum(
        len("".join(string[start:end].split())) for start, end in found
    )
    return rest <= len(found)
