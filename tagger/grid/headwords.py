"""Heading words: does a line say what stands in columns, and when?"""

from __future__ import annotations

import re
from functools import cache

from tagger.data import resource
from tagger.grid.titles import STATEMENT, is_title, names_table
from tagger.lexicon import is_scale_line
from tagger.lexicon.branches import time_words
from tagger.lexicon.shapes import holds, listed, shape
from tagger.patterns import pattern

_NOTE = shape(r"(?<=\b\L<year>)\s?(?:[(\[](?:\d|[a-z])[)\]]|[*†‡]+)+(?=\s|$)", case=True)  # of a year: "2016 (1)"
_MARKS = frozenset("([*†‡")  # with which notes begin
GAP = pattern(r"\s{2,}(?:\|\s*)?|\s?\|\s*")  # between headings of two columns
SCALE_ASIDE = shape(r"\([^()]*\b\L<scales>\b[^()]*\)\s*(?=\S|$)")  # before headings: "(in thousands)  2016  2015"
_STRONG = shape(
    r"\b\L<year>\d?\b|\b\L<month>\.?\s+\d|\b\L<spans>\b|\b\L<coded>(?:\b|fy|['’]?\d\d\b)|\bfy\s?\d|\L<year>\L<year>|\b\L<slashed>\b"
)
COVER = shape(r"\s*for the (?:quarterly|annual|transition) \L<periods>\b")  # of a form, not of columns
_MONTH_END = shape(r"\b\L<month>\b")
_CHANGE_FROM = shape(r"\b\L<changes>s?\s+\L<compared>\b")
_PIECE = pattern(r"[A-Za-z][A-Za-z&'’-]*|\d[\d,./]*(?:%|(?:st|nd|rd|th)\b)?|[%$#]")
_LONGEST_BEHIND = 200
_TIMES_BEHIND = 4
_LONG, _YEARS = 80, 2  # a line of prose, unless it has so many years
_YEAR = shape(r"\b\L<year>\b")
_AND = pattern(r"\band\b", re.I)
_DIGIT = pattern(r"\d")
_PLAIN = shape(
    r"[0-3]?\d,?\L<year>[,.]?|[0-5]?\d(?:[,.]|st|nd|rd|th)?|\L<year>\d?[,.]?|\L<slashed>|(?:\L<year>)+|\L<coded>\d*"
)
_MARKED = r"(?:\s*(?:\((?:\w|(?:un)?audited)\)|\*+))?"
_DATED = rf"\L<month>\.?\s+\d{{1,2}}(?:,\s*\L<year>|\s+\L<year>|,)?{_MARKED}"
_DATES_LAST = shape(rf"(?<=\s){_DATED}(?:\s+{_DATED})+$")  # of a line that begins otherwise: "ASSETS June 30, May 31,"
_DASHED = pattern(r"\s[-–—]{1,2}$")  # figures that are nil, after the year that ends a label
_MONEY = shape(r"\d\L<group>(?!\d)|\d\.\d|\p{Sc}\s*\d|\(\d")


@cache
def heading_words() -> frozenset[str]:
    """Return the words, in lower case, that headings over columns are made of."""
    return (
        time_words()
        | listed("weekdays")
        | frozenset((resource("data") / "heading-words.txt").read_text("utf-8").split())
    )


def _share(string: str) -> tuple[int, int]:
    """Return how many words of *string* headings use, and how many others stand in it."""
    known = other = 0
    words = heading_words()
    for piece in _PIECE.findall(string):
        if piece[0].isdigit():
            if _PLAIN.fullmatch(piece):
                known += 1
            else:
                other += 99
        elif piece in "%$#" or piece.lower().strip("'’-") in words or words.issuperset(piece.lower().split("-")):
            known += 1
        else:
            other += 1
    return known, other


def is_heading(string: str, *, ocr: bool = False) -> bool:
    """Say whether *string* is made of the words that stand over columns and says something of time.

    >>> [is_heading(line) for line in ("Three Months Ended   June 30,", "2006  2005", "Net sales  2,006", "Assets  May 1, 2004")]
    [True, True, False, True]
    >>> is_heading("Year ended May 31, 2004   Coatings   Plastics   Total")
    True
    """
    stripped = string.strip()
    if not _MARKS.isdisjoint(stripped):
        stripped = _NOTE.sub("", stripped)
    if stripped[:1] == "(" and (aside := SCALE_ASIDE.match(stripped)) is not None:
        stripped = stripped[aside.end() :]
    if not stripped or len(stripped) > 260 or (stripped[-1] in "-–—" and _DASHED.search(stripped)):
        return False
    if "  " not in stripped and "|" not in stripped and not _begins_heading(stripped, ocr):
        return (stripped[-1] in "0123456789,)*" and _DATES_LAST.search(stripped) is not None) or _is_behind(stripped)
    if not _DIGIT.search(stripped) and not holds(stripped, "timely"):
        return False
    if _MONEY.search(stripped) or not any(told.search(stripped) for told in (_YEAR, _MONTH_END, _STRONG)):
        return False  # a year and a month are told sooner than all times
    known, other = _share(stripped)
    if not other or (ocr and known and other <= max(1, known // 3)):
        return known > 0
    segments = GAP.split(stripped)
    if len(segments) < 2:
        return False
    if len(segments) > 2 and all(map(_is_name, segments[1:])) and is_heading(segments[0], ocr=ocr):
        return True
    right = "  ".join(segments[1:])
    known, other = _share(right)
    if other > (max(1, known // 3) if ocr else 0):
        return False
    return bool(_STRONG.search(right)) and not segments[0].endswith((".", ","))


def _is_behind(stripped: str) -> bool:
    """Say whether several times, in words of headings alone, stand behind a title or a scale: "Dollars in millions 2006 2005"."""
    last = stripped.rsplit(None, 1)[-1]
    if len(stripped) > _LONGEST_BEHIND or not (last[-1] in "0123456789,)" or last[0].isupper()) or last[-1] in ".;":
        return False
    if _share(last)[1]:  # told quicker than where the times are
        return False
    times = list(_STRONG.finditer(stripped))
    if len(times) < 2:
        return False
    front, rest = stripped[: times[0].start()], stripped[times[0].start() :]
    if len(times) < _TIMES_BEHIND and not (
        is_scale_line(front.strip()) or (len(_YEAR.findall(rest)) >= _YEARS and _is_statement(front.strip()))
    ):
        return False
    words = front.rstrip().rsplit(" ", 1)
    if _PIECE.fullmatch(words[-1]) and words[-1].lower() in heading_words():
        front, rest = words[0] if len(words) > 1 else "", f"{words[-1]} {rest}"
    return names_table(front) and not _share(rest)[1] and _AND.search(rest) is None and not _MONEY.search(stripped)


def _is_statement(front: str) -> bool:
    """Say whether *front* is the title of a statement, which has no figures of its own."""
    return STATEMENT.search(front) is not None and is_title(front)


def _is_name(segment: str) -> bool:
    return segment[0].isupper() and not _DIGIT.search(segment)


def _begins_heading(stripped: str, ocr: bool) -> bool:
    """Say whether a line in one piece could be a heading; most lines of prose are turned away here, cheaply."""
    if (
        (len(stripped) > _LONG and not stripped[0].isdigit() and len(_YEAR.findall(stripped)) < _YEARS)
        or stripped[0].islower()
        or stripped[-1] in ".;"
        or " compared " in stripped
    ):
        return False
    first = stripped.split(None, 1)[0]
    return ocr or not first[0].isalpha() or first.lower().strip(",.'’-") in heading_words()


def in_vocabulary(string: str) -> bool:
    """Say whether *string* has words, and only such as stand over columns.

    >>> in_vocabulary("Three Month   One Year"), in_vocabulary("Retail sales")
    (True, False)
    """
    known, other = _share(string)
    return known > 0 and not other


def compares(string: str) -> bool:
    """Say whether *string* heads columns of changes: "Change vs.", "% Increase from"."""
    return _CHANGE_FROM.search(string) is not None


def is_time(string: str) -> bool:
    """Say whether *string* names years, months, weeks or quarters at all."""
    return _STRONG.search(string) is not None
