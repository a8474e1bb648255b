"""A number as printed, and every number in running text. May read the word lists, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, cast

import regex
from msgspec import Struct

from tagger.characters import lowered
from tagger.data import load_json
from tagger.patterns import compiled, regex_pattern


class Numeral(Struct, frozen=True, kw_only=True, gc=False):
    """A number as printed, with its marks.

    *start* and *end* enclose the whole expression ("$(1,234.5) million") in the string it was
    read from, *digits* the part that a tag may enclose ("1,234.5"; of a dash the dash, of "none"
    the word), which is *text*. *number* is what it says, not scaled and never negative.
    *scale* comes from a money word right after it: "million" is 6, "cents" -2.
    """

    start: int
    end: int
    digits: tuple[int, int]
    text: str
    number: Decimal
    places: int
    negative: bool = False
    currency: str | None = None
    percent: bool = False
    scale: int | None = None
    dash: bool = False
    repairs: tuple[str, ...] = ()


# Grouped by threes with commas or not grouped at all; or points for groups and a comma for the
# decimals, where nothing else can be meant (one or two decimals: three would be a group).
DIGITS = r"\d{1,3}(?:\.\d{3})+,\d{1,2} | (?:\d{1,3}(?:,\d{3})+|\d+) (?:\.\d+)? | \.\d+"


@cache
def marks() -> Any:
    """Return the word list of currency signs, money words and dashes."""
    return load_json("amounts")


@cache
def scale_words() -> dict[str, int]:
    """Return the power of ten of every word that gives one, in one and in many: "million", "millions"."""
    said: dict[str, int] = marks()["scales"]
    return said | {f"{word}s": power for word, power in said.items()}


@cache
def currencies() -> dict[str, str]:
    """Return the ISO 4217 code of every sign, code and name, in lower case."""
    signs = {sign.lower(): code for sign, code in marks()["signs"].items()}
    names: dict[str, str] = marks()["names"]
    return signs | {code.lower(): code for code in marks()["codes"]} | names


@cache
def dashes() -> str:
    """Return every dash a minus or a nil is printed with, for the class of a pattern or for `str.strip`.

    The plain hyphen comes first, so that the class needs no escape.
    """
    listed: str = marks()["dashes"]
    return listed


@cache
def minus_marks() -> str:
    """Return what makes a number negative right before it: every dash, and triangles, for the class of a pattern."""
    return dashes() + str(marks()["negative_before"])


@cache
def _said_minus() -> str:
    """Return the minus marks of running text, where a long dash parts clauses."""
    return "".join(mark for mark in minus_marks() if mark not in marks()["punctuating"])


@cache
def around() -> dict[str, str]:
    """Return the brackets that make a number negative, each opening one with its closing one."""
    pairs: dict[str, str] = marks()["negative_around"]
    return pairs


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern of *words*, longest first, for a verbose regular expression.

    >>> alternatives(["$", "US $"])
    'US\\\\ \\\\$|\\\\$'
    """
    return "|".join(regex.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def number_of(text: str) -> tuple[Decimal, int]:
    """Return the number that the well-formed *text* says, and how many decimals it prints.

    >>> number_of("1,234.50")
    (Decimal('1234.50'), 2)
    >>> number_of("1.234,5")
    (Decimal('1234.5'), 1)
    """
    if text.rfind(",") > text.rfind(".") > -1:
        text = text.replace(".", "").replace(",", ".")
    elif "," in text:
        text = text.replace(",", "")
    point = text.rfind(".")
    return Decimal(text), 0 if point < 0 else len(text) - point - 1


_WELL_FORMED = regex_pattern(DIGITS, regex.VERBOSE)
# Character recognition puts a blank into "10,000, 000": sure where a group stands before it, or a currency sign.
_TORN = regex_pattern(
    r"(?<![^\W_]) (?<!\d[.,]) (?: \d{1,3}(?:,\d{3})+,\s\d{3} | (?<=[$€£]) \d{1,3},\s\d{3} ) (?: ,\s?\d{3} )* (?![\d,]*\d)",
    regex.VERBOSE,
)
_LONG = 2000
TIMEOUT = 2.0
"""Seconds that one match may take in a string of any length; a shorter one cannot take so long."""
_WINDOW = 12  # the longest sign with its blanks and parentheses
_NONE_BEFORE, _NONE_BEHIND = (
    ("",) * 4,
    ("",) * 8,
)  # what the groups of `_left` and `_right` hold where there are no marks
_LETTERS = ("mm", "mn", "mln", "bn", "bln")  # of a scale, which may stand behind a blank


@cache
def _zero_word() -> regex.Pattern[str]:
    """Return the pattern of words that stand for nothing in running text, where "zero" and a dash may be something else."""
    said = [word for word in marks()["zero_words"] if word.isalpha() and word != "zero"]
    return compiled(r"\b\L<said>\b", regex.IGNORECASE, said=said)


@cache
def _run() -> regex.Pattern[str]:
    """Return the pattern of what may be a number: not the rest of "1,23" or of a word, but for "RMB5"."""
    names = alternatives([name for name in (*marks()["signs"], *marks()["codes"]) if name.isalpha() and len(name) == 3])
    return compiled(
        rf"(?=[\d.]) (?: (?<![^\W_]) | (?<=\b(?:{names})) ) (?<!\d[.,]) (?: \d (?:[\d.,]*\d)? | (?<!\d)\.\d+ ) (?!\d)",
        regex.VERBOSE,
    )


@cache
def _signs(*, ocr: bool) -> list[str]:
    """Return the signs of currency that stand before digits."""
    return [*marks()["signs"], *(marks()["ocr_dollars"] if ocr else ())]


@cache
def _lasts(*, ocr: bool) -> frozenset[str]:
    """Return the characters that what `_left` matches may end with, but for a blank behind them."""
    return frozenset([*(sign[-1] for sign in (*_signs(ocr=ocr), *marks()["codes"])), *_said_minus(), *"($§"])


@cache
def _firsts() -> frozenset[str]:
    """Return the first three characters, in small letters, of all that `_right` matches, but for a blank or hyphen before them."""
    words = marks()
    said = (*words["percent_words"], *scale_words(), *words["scale_letters"], *words["codes"], *words["names"], "cents")
    return frozenset(lowered(word[:3]) for word in (*said, *_LETTERS, *")¢"))


@cache
def _left(ocr: bool) -> regex.Pattern[str]:
    """Return the pattern of what stands right before the digits, which matches from there to the left."""
    codes = alternatives(marks()["codes"])
    return compiled(
        rf"""
        (?P<minus> (?<![^\s(]) [{_said_minus()}] )?
        (?P<open> \( \s? )?
        (?: (?P<sign> {alternatives(_signs(ocr=ocr))} | \b(?:{codes}) ) [$§]? \s? )?
        (?P<inside> (?<![\w\s)]) \( \s? | (?<=[$€£¥(]) [{_said_minus()}] )?
        """,
        regex.VERBOSE | regex.REVERSE,
    )


@cache
def _right() -> regex.Pattern[str]:
    """Return the pattern of what stands right after the digits; it always matches."""
    words = marks()
    return compiled(
        rf"""
        (?P<close> \s? \) )?
        (?: \s? (?P<percent> % | \b(?:{alternatives(words["percent_words"][1:])})\b )
          | -(?P<hyphenated> percent | percentage[ -]points? | basis[ -]points? ) \b )?
        (?: [\s-]? (?P<word> (?:\b|(?<=\d))(?:{alternatives(scale_words())}) ) \b )?
        (?P<letters> \s? \b(?:{"|".join(_LETTERS)})\b | (?:{alternatives(words["scale_letters"])}) \b )?
        (?P<cents> \s? ¢ | [\s-] cents? \b )?
        (?: [\s-] (?P<name> (?:{alternatives([*words["codes"], *words["names"]])}) \b ) )?
        (?P<last> \s? \) )?
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


def time_limit(string: str) -> float | None:
    """Return how many seconds one match in *string* may take, `None` where it is too short to need a limit.

    >>> time_limit("Net sales"), time_limit("Net sales " * 1000)
    (None, 2.0)
    """
    return TIMEOUT if len(string) > _LONG else None


@lru_cache(maxsize=16)  # whether a paragraph is a heading asks before its sentences do
def find_numerals(string: str, *, ocr: bool = False) -> tuple[Numeral, ...]:
    """Return every number in running text, left to right: dates, years and telephone numbers too.

    >>> [(n.text, n.scale, n.currency) for n in find_numerals("up 5% to $2.6 million, or $.10")]
    [('5', None, None), ('2.6', 6, 'USD'), ('.10', None, 'USD')]
    >>> [(n.text, n.scale, n.currency) for n in find_numerals("RMB1,400.0 million (US$193.1 million)")]
    [('1,400.0', 6, 'CNY'), ('193.1', 6, 'USD')]

    With *ocr* a blank inside a number is closed, and named in `repairs`.

    >>> [(str(n.number), n.repairs) for n in find_numerals("10,000, 000 shares", ocr=True)]
    [('10000000', ('blank-in-number',))]
    """
    limit = time_limit(string)
    try:
        torn = [run.span() for run in _TORN.finditer(string, timeout=limit)] if ocr else []
        places = [run.span() for run in _run().finditer(string, timeout=limit)]
    except TimeoutError:
        return ()
    whole = [place for place in places if not any(start <= place[0] < end for start, end in torn)]
    found = [numeral for place in (*torn, *whole) if (numeral := _numeral(string, place, ocr=ocr))]
    for word in _zero_word().finditer(string):
        start, end = word.span()
        zero = Numeral(start=start, end=end, digits=(start, end), text=word[0], number=Decimal(0), places=0, dash=True)
        found.append(zero)
    return tuple(sorted(found, key=lambda numeral: numeral.start))


def _before(string: str, start: int, *, ocr: bool) -> regex.Match[str] | None:
    """Return the marks that end at *start*, if there are any; that there can be none is told first, and sooner."""
    last = start - 2 if string[start - 1 : start].isspace() else start - 1
    if last < 0 or string[last] not in _lasts(ocr=ocr):
        return None
    found = cast("regex.Match[str]", _left(ocr).match(string, max(0, start - _WINDOW), start))
    return found if found.lastindex is not None else None


def _behind(string: str, end: int) -> regex.Match[str] | None:
    """Return the marks that begin at *end*, if there are any; that there can be none is told first, and sooner."""
    said = lowered(string[end : end + 4])
    said = said[1:] if said[:1].isspace() or said[:1] == "-" else said[:3]
    if _firsts().isdisjoint((said, said[:2], said[:1])):
        return None
    found = cast("regex.Match[str]", _right().match(string, end))
    return found if found.lastindex is not None else None


def _numeral(string: str, digits: tuple[int, int], *, ocr: bool) -> Numeral | None:
    """Return the number at *digits* with the marks around it; `None` for "1,23", "2nd" or "1.2.3"."""
    text, (start, end) = string[slice(*digits)], digits
    closed = "".join(text.split())
    if not _WELL_FORMED.fullmatch(closed):
        return None
    left, right = _before(string, start, ocr=ocr), _behind(string, end)
    number, places = number_of(closed)
    if left is None and right is None and closed == text:  # no marks: a day, a year, a count
        glued = string[end : end + 1].isalnum()
        return None if glued else Numeral(start=start, end=end, digits=digits, text=text, number=number, places=places)
    minus, outside, sign, inner = left.groups("") if left else _NONE_BEFORE
    opened = "(" in inner or outside != ""
    close, percent, hyphenated, word, letters, cents, name, last = right.groups("") if right else _NONE_BEHIND
    after = right.end() - len(last) if right else end
    # a parenthesis that opened earlier stands around more than this number; "3M" and "10-K" are names
    if (close and not opened) or (letters and not sign):
        close = percent = hyphenated = word = letters = cents = name = ""
        after = end
    if after < len(string) and string[after].isalnum() and not string[after - 1].isspace():
        return None
    wrapped = opened and close != ""
    return Numeral(
        start=_begin(left, wrapped=wrapped) if left else start,
        end=after,
        digits=digits,
        text=text,
        number=number,
        places=places,
        negative=wrapped or minus != "" or (inner != "" and inner in _said_minus()),
        currency=_currency(sign, name, cents),
        percent=percent != "" or hyphenated != "",
        scale=_scale(word, letters, cents),
        repairs=() if closed == text else ("blank-in-number",),
    )


def _begin(left: regex.Match[str], *, wrapped: bool) -> int:
    """Return where the expression begins: a parenthesis that closes later than the number stays out."""
    for group, said in enumerate(left.groups(), 1):  # a match to the left numbers its groups from the left all the same
        if said and (wrapped or "(" not in said):
            return left.start(group)
    return left.end()


def _currency(sign: str, name: str, cents: str) -> str | None:
    """Return the code that a sign before or a name after the number gives."""
    name = lowered(name)
    if (name and name != "dollars") or not sign:
        return currencies()[name] if name else "USD" if cents else None
    return currencies().get(lowered(sign), "USD")


def _scale(word: str, letters: str, cents: str) -> int | None:
    """Return the power of ten of the money words after the number."""
    if cents:
        return -2
    if word:
        return scale_words()[lowered(word)]
    return int(marks()["scale_letters"][lowered(letters.strip())]) if letters else None
