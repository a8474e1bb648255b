"""Column headings: which lines they are, their phrases, and the columns each phrase stands over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tagger.reading.lines import Line


class Phrase(NamedTuple):
    """Words of a heading that belong together: place in the document and on the line."""

    start: int
    end: int
    left: int
    right: int


class Heading(NamedTuple):
    """One line of headings: what stands over the labels, and the phrases over figures."""

    line: Line
    label: Phrase | None
    phrases: tuple[Phrase, ...]


MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_STRONG = re.compile(
    rf"\b(?:19|20)\d\d\d?\b|\b{MONTH}\.?\s+\d|\bended\b|\bending\b|\bmonths\b|\bweeks\b"
    r"|\bquarter\b|\b[1-4]q|\bq[1-4](?:\b|fy)|\bfy\s?\d|(?:19|20)\d\d(?:19|20)\d\d",
    re.I,
)
_MONTH_END = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.I
)
_PIECE = re.compile(r"[A-Za-z][A-Za-z&'’-]*|\d[\d,./]*%?|[1-4]Q|[%$#]")
_DIGIT = re.compile(r"\d")
# what a heading without a digit says of time; looked for before the patterns, which cost more
_TIMELY = ("end", "month", "week", "quarter", "january", "february", "march", "april", "june", "july", "august", "ember", "october")
_PLAIN = re.compile(
    r"[0-3]?\d,(?:19|20)\d\d[,.]?|[0-5]?\d(?:[,.]|st|nd|rd|th)?|(?:19|20)\d\d\d?[,.]?|\d{1,2}/\d{1,2}/(?:\d\d)?\d\d|(?:(?:19|20)\d\d)+|[1-4][Qq]\d*"
)
_LENGTH = re.compile(r"\b(?:ended|ending|months|weeks|quarters?|years?)\b", re.I)
_DATE_HEAD = re.compile(
    r"[a-z]{3,9}\.?\s+\d{1,2},?\s*$|(?:19|20)\d\d\s*$|[a-z]{3,9}\.?\s+\d{1,2},?\s+(?:19|20)\d\d\s*$", re.I
)
_YEAR_WORD = re.compile(r"(?:19|20)\d\d\*?|%?change|variance|increase", re.I)
_GAP = re.compile(r"\s{2,}(?:\|\s*)?|\s?\|\s*")
_MONEY = re.compile(r"\d,\d{3}(?!\d)|\d\.\d|\$\s*\d|\(\d")
_WORDED = re.compile(
    rf"""(?P<length>(?:for\s+the\s+|the\s+)?(?:[a-z]+(?:-[a-z]+)?|\d+)[ -](?:months?|weeks?|quarters?|days)\s*(?:periods?\s+)?(?:ended|ending)?
        |(?:(?:first|second|third|fourth|full|fiscal)\s+)*(?:years?|quarters?|periods?)\s*(?:ended|ending)?
        |(?:as\s+of\s+)?{MONTH}\.?\s+\d{{1,2}}\b(?:\s*,\s*(?:19|20)\d\d\b|,)?
        |\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|(?:19|20)\d\d\*?|[1-4]q\s?'?\d\d|q[1-4]\s?'?(?:20)?\d\d|fy\s?(?:20)?\d\d
        |\((?:un)?audited\)|(?:un)?audited|%?\s?(?:\$\s)?(?:change|increase|variance)(?:\s*/?\s*\(decrease\))?|percent(?:age)?\s+change
        |as\s+of)""",
    re.I | re.X,
)


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset((files("tagger.data") / "heading-words.txt").read_text("utf-8").split())


def _share(string: str) -> tuple[int, int]:
    """Return how many words of *string* headings use, and how many others stand in it."""
    known = other = 0
    words = _vocabulary()
    for piece in _PIECE.findall(string):
        if piece[0].isdigit():
            if _PLAIN.fullmatch(piece):
                known += 1
            else:
                other += 99
        elif piece in "%$#" or piece.lower().strip("'’-") in words:
            known += 1
        else:
            other += 1
    return known, other


def is_heading(string: str, *, ocr: bool = False) -> bool:
    """Say whether *string* is made of the words that stand over columns and says something of time.

    >>> [is_heading(line) for line in ("Three Months Ended   June 30,", "2006  2005", "Net sales  2,006", "Assets  May 1, 2004")]
    [True, True, False, True]
    """
    stripped = string.strip()
    if not stripped or len(stripped) > 260:
        return False
    if "  " not in stripped and "|" not in stripped and not _begins_heading(stripped, ocr):
        return False
    if not _DIGIT.search(stripped):
        lowered = stripped.lower()
        if not any(word in lowered for word in _TIMELY):
            return False
    if _MONEY.search(stripped) or not (_STRONG.search(stripped) or _MONTH_END.search(stripped)):
        return False
    known, other = _share(stripped)
    if not other or (ocr and known and other <= max(1, known // 3)):
        return known > 0
    segments = _GAP.split(stripped)
    if len(segments) < 2:
        return False
    right = "  ".join(segments[1:])
    known, other = _share(right)
    if other > (max(1, known // 3) if ocr else 0):
        return False
    return bool(_STRONG.search(right)) and not segments[0].endswith((".", ","))


def _begins_heading(stripped: str, ocr: bool) -> bool:
    """Say whether a line in one piece could be a heading; most lines of prose are turned away here, cheaply."""
    if len(stripped) > 80 or stripped[0].islower() or stripped[-1] in ".;" or " compared " in stripped:
        return False
    first = stripped.split(None, 1)[0]
    return ocr or not first[0].isalpha() or first.lower().strip(",.'’-") in _vocabulary()


def in_vocabulary(string: str) -> bool:
    """Say whether *string* has words, and only such as stand over columns.

    >>> in_vocabulary("Three Month   One Year"), in_vocabulary("Retail sales")
    (True, False)
    """
    known, other = _share(string)
    return known > 0 and not other


def is_time(string: str) -> bool:
    """Say whether *string* names years, months, weeks or quarters at all."""
    return _STRONG.search(string) is not None


def read_heading(line: Line, edge: int, *, exact: bool, count: int) -> Heading:
    """Cut a heading line into phrases; *edge* is where labels end and figures may begin.

    *exact* says that places on the line can be trusted; *count* is how many columns of figures there are.
    """
    string = line.string.rstrip()
    phrases = [
        Phrase(line.start + left, line.start + right, left, right) for left, right in _segments(string, line.indent)
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
    if len(phrases) > 1 and not _timely(line, phrases[0]) and (phrases[0].left < edge or not exact):
        overfull = len(phrases) > count
        if (exact and phrases[0].left < edge - 12 and phrases[0].right <= edge) or (not exact and overfull):
            label, phrases = phrases[0], phrases[1:]
            while exact and len(phrases) > 1 and phrases[0].right < edge - 3 and not _timely(line, phrases[0]):
                label = label._replace(end=phrases[0].end, right=phrases[0].right)
                phrases = phrases[1:]
    elif exact and len(phrases) == 1 and phrases[0].right <= edge and count > 1:
        label, phrases = phrases[0], []
    return Heading(line, label, tuple(phrases))


def _timely(line: Line, phrase: Phrase) -> bool:
    string = line.string[phrase.left : phrase.right]
    return bool(_STRONG.search(string)) and not _share(string)[1]


def _segments(string: str, indent: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = indent
    for gap in _GAP.finditer(string, indent):
        if gap.start() > begin:
            spans.append((begin, gap.start()))
        begin = gap.end()
    if begin < len(string):
        spans.append((begin, len(string)))
    return spans


def says_length(heading: Heading) -> bool:
    """Say whether *heading* gives lengths of time or dates alone: "Three Months Ended", "June 30,"."""
    string = heading.line.string
    return all(
        _LENGTH.search(string, phrase.left, phrase.right) or _DATE_HEAD.match(string, phrase.left, phrase.right)
        for phrase in heading.phrases
    )


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


def _joined(string: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what reads on: "Three Months Ended" + "June 30, 2006", "As of" + a date, a date + its year."""
    merged: list[tuple[int, int]] = []
    for start, end in pieces:
        if merged:
            words = string[merged[-1][0] : merged[-1][1]].strip().lower()
            here = string[start:end].strip()
            dated = _MONTH_END.match(here) is not None
            if (words.endswith(("ended", "ending", "as of")) and (dated or here[:2] in ("19", "20"))) or (
                words.endswith(",")
                and here[:2] in ("19", "20")
                and sum(1 for s, e in pieces if string[s:e].strip()[:2] in ("19", "20"))
                == sum(1 for s, e in pieces if _MONTH_END.match(string[s:e].strip()))
            ):
                merged[-1] = (merged[-1][0], end)
                continue
        merged.append((start, end))
    return merged


def _covers(string: str, phrase: Phrase, found: Sequence[tuple[int, int]]) -> bool:
    """Say whether the found periods are repeated alike or all that the phrase says ("2006 2005")."""
    rest = len("".join(string[phrase.left : phrase.right].split())) - sum(
        len("".join(string[start:end].split())) for start, end in found
    )
    return rest <= len(found)


def spread(
    phrases: Sequence[Phrase], columns: Sequence[tuple[int, int]], *, exact: bool, lengths: bool = False
) -> list[tuple[int, int]]:
    """Return for each phrase the first column it stands over, from 1, and how many it spans.

    *columns* are the places of the columns on the line; without *exact* only their number counts.
    *lengths* says that the phrases are lengths of time, which every column needs.

    >>> halves = [Phrase(0, 4, 0, 4), Phrase(5, 9, 5, 9)]
    >>> spread(halves, [(0, 1)] * 4, exact=False)
    [(1, 2), (3, 2)]
    """
    count, total = len(phrases), len(columns)
    if not count or not total:
        return []
    if count >= total:
        return [(min(index, total - 1) + 1, 1) for index in range(count)]
    if not exact:
        if count == 1:
            return [(1, total)]
        if total % count == 0:
            width = total // count
            return [(1 + index * width, width) for index in range(count)]
        return [(total - count + 1 + index, 1) for index in range(count)]
    return _by_place(phrases, columns, lengths)


def split_phrase(line: Line, phrase: Phrase, columns: Sequence[tuple[int, int]]) -> list[Phrase]:
    """Cut a phrase over several columns into words where each word stands over a column of its own.

    One blank was all that was left between "International Consolidated".
    """
    words = [match.span() for match in re.finditer(r"\S+", line.string[phrase.left : phrase.right])]
    if len(words) != len(columns) or len(words) < 2 or in_vocabulary(line.string[phrase.left : phrase.right]):
        return [phrase]
    for (start, end), (left, right) in zip(words, columns, strict=True):
        if phrase.left + end <= left - 4 or phrase.left + start >= right + 4:
            return [phrase]
    return [
        Phrase(phrase.start + start, phrase.start + end, phrase.left + start, phrase.left + end) for start, end in words
    ]


def _by_place(phrases: Sequence[Phrase], columns: Sequence[tuple[int, int]], lengths: bool) -> list[tuple[int, int]]:
    """Give each phrase a run of neighbouring columns whose middle is nearest to its own; all runs in order."""
    total = len(columns)
    # every column needs a period, so a line of lengths leaves none out if it can
    left_out = 4.0 if lengths and len(phrases) > 1 else 0.0
    best: list[tuple[float, tuple[tuple[int, int], ...]]] = [(left_out * column, ()) for column in range(total + 1)]
    for phrase in phrases:
        middle = (phrase.left + phrase.right) / 2
        following: list[tuple[float, tuple[tuple[int, int], ...]]] = [(float("inf"), ())] * (total + 1)
        for first in range(total):
            before, runs = best[first]
            if before == float("inf"):
                continue
            for last in range(first, total):
                cost = before + _misfit(phrase, middle, columns, first, last, lengths)
                if cost < following[last + 1][0]:
                    following[last + 1] = (cost, (*runs, (first + 1, last - first + 1)))
        for end in range(1, total + 1):
            if following[end - 1][0] + left_out <= following[end][0]:
                following[end] = (following[end - 1][0] + left_out, following[end - 1][1])
        best = following
    cost, runs = best[total]
    if total % len(phrases) == 0 and (lengths or len(phrases) > 1):
        even = [(index * total // len(phrases) + 1, total // len(phrases)) for index in range(len(phrases))]
        fit = sum(
            _misfit(phrase, (phrase.left + phrase.right) / 2, columns, first - 1, first + span - 2, True)
            for phrase, (first, span) in zip(phrases, even, strict=True)
        )
        if fit <= cost + (12 if lengths else 5) * len(phrases):
            return even
    return list(runs) if len(runs) == len(phrases) else [(min(i, total - 1) + 1, 1) for i in range(len(phrases))]


def _misfit(
    phrase: Phrase, middle: float, columns: Sequence[tuple[int, int]], first: int, last: int, lengths: bool
) -> float:
    """Return how badly the columns *first* to *last* lie under the phrase: middles apart, columns not covered."""
    left, right = columns[first][0], columns[last][1]
    cost = abs(middle - (left + right) / 2)
    extra = last - first
    if (
        extra
        and not lengths
        and phrase.right - phrase.left <= max(edge[1] - edge[0] for edge in columns[first : last + 1])
    ):
        cost += 3.0 * extra  # a narrow heading rarely stands over several columns
    # a column that reaches under the phrase and is left out, or one far outside that is taken in
    if first and columns[first - 1][1] > phrase.left:
        cost += min(columns[first - 1][1] - phrase.left, 8)
    if last + 1 < len(columns) and columns[last + 1][0] < phrase.right:
        cost += min(phrase.right - columns[last + 1][0], 8)
    return cost + (-0.1 if lengths else 0.5) * extra
