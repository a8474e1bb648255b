"""Entries: a printed line taken apart into its label and the figures at its end."""

from __future__ import annotations

import itertools
import re

from msgspec import Struct
from msgspec.structs import replace

from tagger.grid.lines import Line
from tagger.grid.spoilt import WIDE, continues, ends_date, is_slip
from tagger.lexicon import is_figure, is_unread, notes_begin
from tagger.lexicon.numerals import dashes
from tagger.lexicon.pieces import closing_marks, closing_words, credit_words, opening_words
from tagger.lexicon.shapes import is_year
from tagger.patterns import pattern


class Figure(Struct, frozen=True, gc=False):
    """A figure as printed, with its marks: place in the document, and its digits' place on the line."""

    start: int
    end: int
    left: int
    right: int
    percent: bool = False
    digits: bool = True


class Entry(Struct, frozen=True, gc=False):
    """A line as a row of a table: a label from *start* to *end* (equal if there is none) and figures.

    *attached* counts the first figures that one blank joins to the label although wide
    blanks part the others: they may be words of the label ("at December 31, 2005").
    *years* says that all the figures could be years, *reach* is where the label ends on its line,
    *ruled* that a line of dashes stands after the label, under the figures above.
    """

    start: int
    end: int
    indent: int
    figures: tuple[Figure, ...] = ()
    attached: int = 0
    years: bool = False
    wide: bool = False
    reach: int = 0
    ruled: bool = False


_WORD = pattern(r"\S+")
_LIKELY_END = frozenset("0123456789%*$†‡MAmaxlsRr=_" + "".join(closing_marks()) + dashes())
_BEGUN = r"(?:\$|\((?=\$?\d{1,3},\d{3}))"  # a sign that begins the next column
_SECOND = r"(?<=,\d{3})(?=\d{1,3}(?:,\d{3})+(?![\d,]))"  # a number with thousands right behind the thousands of another
_LED = (
    r"(?<=\.{3})(?=[$(]*\d{1,3},\d{3}|[$(]+(?:[\d.]|(?!\S)))"  # the figure that leaders run into: "Valves.....$20,104"
)
_GLUED = pattern(rf"[\d)]{_BEGUN}|{_SECOND}|{_LED}")
_GLUED_WORD = pattern(rf"\S(?:(?!(?<=[\d)]){_BEGUN}|{_SECOND}|{_LED})\S)*")
_LIKELY_END_OCR = _LIKELY_END | frozenset("§=_.f|’”:°«~SgqQIT")
_CURRENCY_OCR = pattern(r"[$§«»=_~|°¢.(—-]*[$§][$§«»=_~|°¢.s(]*|[Ss«~|°¢]|S\$|Og")
_FOOT = pattern(r"\([a-z]\)|\*{1,3}|[†‡]")
_VOID = pattern(r"\*{1,2}")
_FEET = "(*†‡"  # with which marks of notes begin
_FAR = 8  # blanks: nothing of a label stands so far off
_LEADERS = " \t\xa0.·…_"
_DIGIT = pattern(r"\d")
_FIRST = frozenset("$(0123456789.-—")
_AMOUNT = r"(?:\$\s{0,6})?(?:\(?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{0,3}\.\d+|\d{1,3})\)?|--?|—)"
_FIGURE = pattern(rf"{_AMOUNT}(?!\S)")
_LABEL_LAST = pattern(rf"\s*(?P<figures>{_AMOUNT}(?:\s{{2,}}{_AMOUNT})+)\s{{2,}}(?P<label>[A-Za-z][^\d$]*)")
_STRAY = pattern(r"(?<=\S)\s{3,}[A-Za-z§«~°_|]$")
_RULE_TAIL = pattern(r"(?<=\S)\s{2,}[-=_]{4,}(?:\s+[-=_]{3,})*\s*$")


def _pieces(line: Line, ocr: bool) -> list[list[int]]:
    """Return the figures at the end of *line*, first to last, as [start, end, first number word, last number word]."""
    string = line.string
    words = [match.span() for match in (_GLUED_WORD if _GLUED.search(string) else _WORD).finditer(string)]
    pieces: list[list[int]] = []
    index = len(words) - 1
    closer = -1  # end of a `)` or `%` waiting for its number
    while index >= 0:
        start, end = words[index]
        word = string[start:end]
        if word in opening_words() or (ocr and pieces and _CURRENCY_OCR.fullmatch(word)):
            if pieces and closer < 0:
                pieces[-1][0] = start
            index -= 1
            continue
        if pieces and closer < 0 and _is_minus(string, words, index, pieces[-1], ocr):
            pieces[-1][0] = start
            index -= 1
            continue
        if (
            word in closing_words()
            or _is_mark(string, words, index)
            or (not ocr and _is_late_minus(string, words, index))
        ):
            if closer < 0:
                closer = end
            index -= 1
            continue
        if ocr and pieces and closer < 0 and continues(string, words, index, pieces[-1]):
            pieces[-1][0] = start
            pieces[-1][2] = start
        elif ends_date(string, words, index) or not (
            is_figure(word)
            or _is_void(string, words, index)
            or (ocr and is_slip(string, words, index, bool(pieces)))
            or (not ocr and _is_garbled(string, words, index))
        ):
            break
        else:
            pieces.append([start, closer if closer >= 0 else end, start, start + notes_begin(word)])
            closer = -1
        index -= 1
    pieces.reverse()
    for piece in pieces:  # the marks of neighbours may touch
        bare = string[piece[2] : piece[3]]
        piece[2:] = piece[3] - len(bare.lstrip("$(")), piece[2] + len(bare.rstrip(")"))
    return pieces


def _is_mark(string: str, words: list[tuple[int, int]], index: int) -> bool:
    """Say whether the word is the mark of a note on the figure before it."""
    start, end = words[index]
    marked = string[start] in _FEET and index and _FOOT.fullmatch(string, start, end)
    return bool(marked) and is_figure(string[slice(*words[index - 1])]) and not _is_void(string, words, index)


def _is_void(string: str, words: list[tuple[int, int]], index: int) -> bool:
    """Say whether the word is one of several marks beside a figure that stand for figures: "3%   *   *", notes say why."""
    word = string[slice(*words[index])]
    if _VOID.fullmatch(word) is None:
        return False
    first, last = index, index + 1
    while first and string[slice(*words[first - 1])] == word:
        first -= 1
    while last < len(words) and string[slice(*words[last])] == word:
        last += 1
    beside = (string[slice(*words[other])] for other in (first - 1, last) if 0 <= other < len(words))
    return last - first > 1 and any(is_figure(one) and _DIGIT.search(one) for one in beside)


def _is_garbled(string: str, words: list[tuple[int, int]], index: int) -> bool:
    """Say whether the word is a figure that cannot be read: it stands apart, beside a figure or a sign, and is no word."""
    start, end = words[index]
    signed = index > 0 and string[slice(*words[index - 1])] in opening_words()
    first = index - signed
    apart = words[first][0] - words[first - 1][1] if first else 0
    if apart < WIDE or not is_unread(string[start:end]):
        return False
    if index + 1 < len(words) and words[index + 1][0] - end < WIDE:
        return False
    if (signed or apart >= _FAR) and any(map(str.isdigit, string[start:end])):
        return True
    beside = [string[slice(*words[other])] for other in (first - 1, index + 1) if 0 <= other < len(words)]
    return any(is_unread(word) or (is_figure(word) and any(map(str.isdigit, word))) for word in beside)


def _is_minus(string: str, words: list[tuple[int, int]], index: int, piece: list[int], ocr: bool) -> bool:
    """Say whether the word is the minus of the figure right after it, one blank away: "$ - 342", "Loss     CR 342"."""
    start, end = words[index]
    minus = string[start:end] in credit_words() or (end - start == 1 and string[start] in dashes())
    if not minus or not index or piece[0] - end != 1 or piece[0] != piece[2]:
        return False
    apart = start - words[index - 1][1]
    return (apart == 1 and string[slice(*words[index - 1])] in opening_words()) or (apart >= WIDE and not ocr)


def _is_late_minus(string: str, words: list[tuple[int, int]], index: int) -> bool:
    """Say whether the word is the minus of the figure right before it, one blank away and far from the next: "342 -".

    Behind the last figure it is only where wide blanks stand before that: else blanks were lost, and it is a figure.
    """
    start, end = words[index]
    if end - start > 1 or not index or string[start] not in dashes() or start - words[index - 1][1] != 1:
        return False
    before = string[slice(*words[index - 1])]
    apart = (words[index + 1][0] - end) if index + 1 < len(words) else _gap_before(string, words, index - 1)
    if index + 1 == len(words) and is_year(before):
        return True  # "; 2009 -" says what follows
    return apart >= WIDE and is_figure(before) and any(map(str.isdigit, before))


def _gap_before(string: str, words: list[tuple[int, int]], index: int) -> int:
    """Return how many blanks stand before a figure and its sign."""
    if index and string[slice(*words[index - 1])] in opening_words():
        index -= 1
    return words[index][0] - words[index - 1][1] if index else WIDE


def read_entry(line: Line, *, ocr: bool = False) -> Entry:
    """Take *line* apart into a label and the figures at its end.

    >>> from tagger.grid.lines import split_lines
    >>> line = split_lines("Net sales .....  $ 1,234   (5.6 )%")[0]
    >>> entry = read_entry(line)
    >>> [line.string[figure.start : figure.end] for figure in entry.figures], line.string[entry.start : entry.end]
    (['$ 1,234', '(5.6 )%'], 'Net sales')
    """
    string = line.string
    origin = line.start
    first = line.indent
    last = len(string.rstrip())
    if last <= first:
        return Entry(origin + first, origin + last, first)
    if not ocr and string[first] in _FIRST and (behind := _LABEL_LAST.fullmatch(string)) is not None:
        return _label_last(line, behind)
    if not _may_hold_figures(string, last, ocr):
        return Entry(origin + first, origin + last, first)
    if string[last - 1] in "-=_" and (rule := _RULE_TAIL.search(string)) is not None:
        return Entry(origin + first, origin + rule.start(), first, reach=rule.start(), ruled=True)
    pieces = _without_closing(string, _pieces(line, ocr))
    if not pieces:
        return Entry(origin + first, origin + last, first)
    edge = pieces[0][0]
    label = string[:edge].rstrip()
    bare = label.rstrip(_LEADERS)
    leaders = label.count(".", len(bare)) > 1 or "…" in label[len(bare) :]
    if leaders:
        label = bare
    if ocr and (stray := _STRAY.search(label)):
        label = label[: stray.start()]  # a `$` read as a letter
    attached, wide = _attached(pieces, len(label), leaders)
    figures = tuple(
        Figure(
            origin + start,
            origin + end,
            left,
            right,
            "%" in string[start:end],
            _DIGIT.search(string, left, right) is not None,
        )
        for start, end, left, right in pieces
    )
    years = all(
        is_year(string[left:right].strip("*,()")) for _, _, left, right in pieces if _DIGIT.search(string, left, right)
    )
    end = origin + max(len(label), first)
    start = origin + first
    return Entry(start, end if label.strip() else start, first, figures, attached, years, wide, len(label))


def _label_last(line: Line, found: re.Match[str]) -> Entry:
    """Return the entry of a row whose label is printed behind its figures."""
    label = found["label"].rstrip()
    start = line.start + found.start("label")
    figures = (_figure(line, place) for place in _FIGURE.finditer(line.string, *found.span("figures")))
    return Entry(start, start + len(label), line.indent, tuple(figures), wide=True)


def _figure(line: Line, found: re.Match[str]) -> Figure:
    left = found.end() - len(found[0].lstrip("$( "))
    digits = _DIGIT.search(found[0]) is not None
    return Figure(line.start + found.start(), line.start + found.end(), left, found.end(), digits=digits)


def _without_closing(string: str, pieces: list[list[int]]) -> list[list[int]]:
    """Return *pieces* without the first ones whose bracket closes one opened among the words of the label: "(Note 4)".

    None is a figure where blanks were lost and one opened there is not closed on the line: "(2010 - 1,576; 2009 -".
    """
    done = opened = 0
    if pieces and "  " not in string.strip() and string.count("(") > string.count(")"):
        return []
    for number, (start, end, _, _) in enumerate(pieces):
        opened += string.count("(", done, start) - string.count(")", done, start)
        done = last = start
        while last and string[last - 1].isspace():
            last -= 1
        closes = string.find(")", start, end) >= 0 and string.find("(", start, end) < 0
        if not closes or opened < 1 or string.startswith("(", last - 1):
            return pieces[number:]
    return []


def _may_hold_figures(string: str, last: int, ocr: bool) -> bool:
    """Say, cheaply, whether figures may stand at the end of the line: most lines of prose end in a letter or a stop."""
    if ocr:
        return string[last - 1] in _LIKELY_END_OCR or (last < 200 and "   " in string)
    if "   " in string[max(last - 12, 0) : last]:
        return True  # the last word stands apart: it may be a figure that cannot be read
    # a letter ends "NM", "nil", "bps", "2.5x"; a word of prose is longer
    return string[last - 1] in _LIKELY_END and (
        not string[last - 1].isalpha() or not string[max(last - 4, 0) : last].isalpha()
    )


def _attached(pieces: list[list[int]], edge: int, leaders: bool) -> tuple[int, bool]:
    """Return how many of the first pieces cling to the label, and whether wide blanks part label and figures."""
    if not edge or leaders:
        return 0, True
    gap = pieces[0][0] - edge
    if gap >= WIDE:
        return 0, True
    count = 1
    for before, piece in itertools.pairwise(pieces):
        if piece[0] - before[1] >= WIDE:
            return (count, True) if gap < 2 else (0, True)
        count += 1
    return 0, gap > 1


def shorten(entry: Entry, count: int) -> Entry:
    """Give the first *count* figures of *entry* back to its label."""
    if not count:
        return entry
    rest = entry.figures[count:]
    first = entry.figures[0]
    if count == 1 and entry.end > entry.start and first.end - first.start == 1 and first.start - entry.end >= WIDE:
        return replace(entry, figures=rest, attached=0)  # a `$` read as a digit is no word of the label
    return replace(entry, end=entry.figures[count - 1].end, figures=rest, attached=0)
