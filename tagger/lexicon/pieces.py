"""Pieces of a row as printed: what may be a figure, or a mark that belongs to one, before a number is read from it."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache

import regex

from tagger.characters import lowered
from tagger.lexicon.cells import parse_cell
from tagger.lexicon.grouping import find_periods
from tagger.lexicon.numerals import around, dashes, marks, minus_marks, scale_words
from tagger.patterns import compiled, pattern, regex_pattern


class Look(IntEnum):
    """What a piece of a row looks like."""

    TEXT = 0
    FIGURE = 1
    YEAR = 2
    OPENER = 3
    CLOSER = 4
    RULE = 5
    MARK = 6


_LOOKS = {kind.name: kind for kind in Look}
_LONGEST_FIGURE = 28
# What most figures look like: told ten times as quickly as all that figures may look like.
_PLAIN = pattern(r"\(?(?:\d{1,3}(?:,\d{3})+|\d{1,3})(?:\.\d+)?\)?", re.ASCII)
_GROUPED = pattern(r"\(?[-–−]?\d{1,3}(?:[ \xa0]\d{3})+ ?\)?")  # "1 234 567", which may be two figures as well
_LETTERS = pattern(r"[A-Za-z]+")
_NOT_MEANINGFUL = "NM"


@lru_cache(maxsize=4096)
def kind_of(string: str) -> Look:
    """Tell what *string*, without blanks around it, looks like.

    >>> [kind_of(s).name for s in ("$", "(1,234.5", ")%", "2024", "Cash", "—", "(a)", "<342>", "342 CR", "△66", "9 months")]
    ['OPENER', 'FIGURE', 'CLOSER', 'YEAR', 'TEXT', 'FIGURE', 'MARK', 'FIGURE', 'FIGURE', 'FIGURE', 'TEXT']
    """
    if len(string) > _LONGEST_FIGURE or string[0] not in _firsts():
        return Look.TEXT if string[:3] not in {"---", "===", "___"} or string.strip("-=_ \xa0\n") else Look.RULE
    if _PLAIN.fullmatch(string) or (len(string) > 4 and _GROUPED.fullmatch(string)):
        return Look.FIGURE
    if (word := _LETTERS.match(string)) is not None and word[0] not in _first_words():
        return Look.TEXT
    found = _kind().fullmatch(string)
    return Look.TEXT if found is None or found.lastgroup is None else _LOOKS[found.lastgroup]


@cache
def _firsts() -> frozenset[str]:
    """Return the characters that figures and their marks begin with; everything else is text."""
    words = marks()
    signs = (*words["signs"], *words["codes"], *words["negative_after"], *words["positive_after"])
    brackets = "".join(around()) + "".join(around().values())
    return frozenset("+~.0123456789%*†‡§=_xXpbN¢" + minus_marks() + brackets) | {sign[0] for sign in signs}


@cache
def _first_words() -> frozenset[str]:
    """Return the letters that figures and their marks begin with, where they begin with letters; other words are text."""
    words = marks()
    lists = ("signs", "codes", "negative_after", "positive_after", "measured", "closers")
    said = (_NOT_MEANINGFUL, *(mark for key in lists for mark in words[key]))
    return frozenset(found[0] for mark in said if (found := _LETTERS.match(mark)) is not None)


@cache
def _kind() -> regex.Pattern[str]:
    words = marks()
    opening, closing = (regex.escape("".join(brackets)) for brackets in (around(), around().values()))
    return compiled(
        rf"""
        (?P<YEAR> (?:19|20)\d\d (?:\s*\([a-z0-9]\))? )
      | (?P<MARK> \( (?:[a-z]{{1,2}}|[ivx]{{1,4}}) \) | \[ (?:[a-z]{{1,2}}|\d) \] | \*{{1,3}} | [†‡§] )
      | (?P<FIGURE>
            (?: \L<after> \s )? [{minus_marks()}+~{opening}]*+ \s* (?: \L<signs> | {_NOT_MEANINGFUL}\b )? \s* [{minus_marks()}+{opening}]*+ \s*
            (?: \d[\d,]*+ (?:\.\d*+)? | \.\d++ )
            (?: \s* (?: % | \L<measured> | [MBKmbk] | \L<scales> | cents ) )?
            \s* [{closing}]? \s* %? \s* [{closing}]? (?: \s? (?: [{dashes()}] | \L<after> ) )?
            (?: \s* (?: \([a-z0-9]{{1,2}}\) | \*{{1,3}} | [†‡] | [a-z] (?! [a-z] ) ) )*
          | \L<signs>? \s* \(? \s* [{dashes()}]{{1,3}} \s* \)? \s* %?
        )
      | (?P<OPENER> [{minus_marks()}+]? \s* \L<signs> \s* [{minus_marks()}{opening}]* | [{opening}{words["negative_before"]}] )
      | (?P<CLOSER> [{closing}%]+ | [{closing}]\s*% | %\s*[{closing}] | \L<measured> | points?
            | \) \s* (?:\L<measured>|\([a-z0-9]\)|\*) | \L<after> )
      | (?P<RULE> [{dashes()}=_\s]{{3,}} )
        """,
        regex.VERBOSE,
        scales=scale_words(),
        signs=[*words["signs"], *words["codes"]],
        measured=words["measured"],
        after=[*words["negative_after"], *words["positive_after"]],
    )


_LONGEST_UNREAD = 20
_LONGEST_SPAN = 40
_WORD = regex_pattern(r"(?:\p{Lu}?\p{Ll}{3,}\d{0,2}|\p{Lu}?\p{Ll}{2,}|\p{Lu}{3,})[.:;)]?")
_VOWEL = regex_pattern(r"[aeiouyáéíóúäöü]", regex.IGNORECASE)
_KNOWN = regex_pattern(
    r"\d[\d.,]*\s?[xX×]|\d\S*\s*:\s*\d.*|\([A-Za-z]{1,2}\d?\)|[A-Za-z]{1,2}[.)]?|\d(?:st|nd|rd|th)|\p{Lu}\s?&\s?\p{Lu}|[-=_—–\s]+|.*\b[QH][1-4]\b.*"
)


@lru_cache(maxsize=1024)
def is_unread(string: str) -> bool:
    """Whether *string* stands in the place of a figure and can be read as nothing: not as a number, a time or words.

    >>> [is_unread(s) for s in ("118/4", "12?0", "TAll", "#REF!", "1,23", "3l,OOq", "##,###", "l,SOO", "1,SOO")]
    [True, True, True, True, True, True, True, True, True]
    >>> [is_unread(s) for s in ("1,234", "NM", "12/31/05", "5 years", "2.5x", "Cash", "(a)", "—", "Unaudited", "10-year", "Change1")]
    [False, False, False, False, False, False, False, False, False, False, False]
    """
    bare = string.strip()
    if not bare or len(bare) > _LONGEST_UNREAD or lowered(bare) in _nothing() or parse_cell(bare) is not None:
        return False
    if _KNOWN.fullmatch(bare) or any(_WORD.fullmatch(word) and _VOWEL.search(word) for word in _split(bare)):
        return False
    if bare.isalpha():
        return 2 < len(bare) < 8
    return not find_periods(bare)


_HELD = regex_pattern(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])|[(<\[{]\s*\p{Sc}?\s*\d[\d.,]+\s*[)>\]}]")
_LONGEST_HOLDING = 40


@lru_cache(maxsize=512)
def _holds_figure(string: str) -> bool:
    """Whether *string*, which is no number, holds an amount among words: digits in groups or in brackets, and no time."""
    if len(string) > _LONGEST_HOLDING or not any(map(str.isdigit, string)) or not any(map(str.isalpha, string)):
        return False
    found = _HELD.search(string)
    if found is None or parse_cell(string) is not None or find_periods(string):
        return False
    return not any(word in marks()["counted_by"] for word in _split(lowered(string[: found.start()]))[-1:])


def is_unread_cell(string: str) -> bool:
    """Whether a cell of figures, *string*, holds one that is not read: by itself, or among words, as no time does.

    >>> [is_unread_cell(s) for s in ("loss (342)", "approx. 1,204", "12?0", "(1,204)", "5 years", "2004 (2)", "June 2, 2004")]
    [True, True, True, False, False, False, False]
    """
    return is_unread(string) or _holds_figure(string)


# A figure that recognition parts, with letters for digits.
_SPOILT = regex_pattern(
    r"(?<!\S)(\d[\d,.]*\s(?:[\dOolI,.]*\d[OolI][\dOolI,.]*|[\dOolI,.]*[OolI]\d[\dOolI,.]*|[\d,.]+\s[OolI]{1,3}))$"
)
_STRAY = regex_pattern(r"(?<![\p{L}\d.,&'’-])(?P<before>[\p{L}\d.,&'’-]+)\s+(?P<digits>\d{1,3}(?:,\d{3})+|\d+)$")


def stray_digits(label: str) -> str:
    """Return the number at the end of *label* that is no word of it: half of a figure, one misread, or one whose column was not seen.

    >>> [stray_digits(s) for s in ("Interest expense 1", "Deposits 756 196", "Note 5", "As of December 31", "Tier 1", "In 2004")]
    ['1', '196', '', '', '', '']
    >>> [stray_digits(s) for s in ("Taxes 1,0 O0", "Shares 10 6 O", "Class 2 B", "Vitamin B 12 S", "Schedule 14 A1")]
    ['1,0 O0', '10 6 O', '', '', '']
    """
    if spoilt := _SPOILT.search(label):
        return str(spoilt[1])
    found = _STRAY.search(label) if label[-1:].isdigit() else None
    if (
        found is None
        or lowered(found["before"]).strip(".,") in marks()["counted_by"]
        or _YEAR.fullmatch(found["digits"])
    ):
        return ""
    return "" if any(phrase.end == len(label) for phrase in find_periods(label)) else str(found["digits"])


def figures_at_end(label: str) -> str:
    """Return the figures that *label* ends in, amounts by their marks, where they are two or more: a row run into its label.

    >>> [figures_at_end(s) for s in ("Capital spent (1,900) (1,750)", "Rent 1,200", "June 30, 2024 2023", "Notes (1) (2)")]
    ['(1,900) (1,750)', '', '', '']
    """
    if not any(map(str.isdigit, label[-3:])):
        return ""
    words = label.split()
    first = len(words)
    while first and is_figure(words[first - 1]) and _AMOUNT.search(words[first - 1]):
        first -= 1
    return " ".join(words[first:]) if first and len(words) - first > 1 else ""


_AMOUNT = regex_pattern(r"\d,\d{3}(?!\d)|\d\.\d|[$(]\s?\d{2}")
_YEAR = regex_pattern(r"(?:19|20)\d\d")


def _split(string: str) -> list[str]:
    return string.replace("-", " ").replace("/", " ").split()


_STRIP = "$£€¥§%+*†‡'`\"“”‘’~«»°|_.,"
_RULES = "=_"
_NOTED = regex_pattern(r"([$(]*(?:\d[\d,]*[,.]\d+|\.\d+|\$\d+|\d+(?=\(\d)|(?<=\()\d+(?=\)\())\)?)(?:\([\dA-Ha-h]\))+")
_RANGE = regex_pattern(r"\$?(?:\d+\.\d+[-–]\$?\d+\.\d+|\d+[-–]\$\d+)")


def is_figure(word: str) -> bool:
    """Say whether *word*, without blanks, stands where a figure does: a number with its marks, a dash, "n/m", two prices.

    >>> [is_figure(word) for word in ("$(1,234)", "—", "20%", "2006;", "10-K", "NM", "<342>", "342-", "342CR", "-$3")]
    [True, True, True, False, False, True, True, True, True, True]
    >>> [is_figure(word) for word in ("683(2)", "$29.75-$12.75", "401(k)")]
    [True, True, False]
    """
    core = word.strip(_strip())
    if not core:
        return any(character in _dashed() for character in word) and len(word) < 5
    if core.isalpha():
        return lowered(word) in _nothing()
    if _number().fullmatch(core):
        return (word[-1] not in ".,'’”" and core[-1] not in ".,") or word.endswith(_abbreviated())
    return lowered(word) in _nothing() or notes_begin(word) < len(word) or _RANGE.fullmatch(core) is not None


@cache
def _span() -> regex.Pattern[str]:
    amount = r"\(?\p{Sc}?\s?\(?(?P<low>\d[\d.,]*)\)?(?:\s?(?:%|[MBKmb]|\L<scales>))?\)?"
    return compiled(
        rf"{amount}\s*(?:[{dashes()}]|\bto\b)\s*{amount.replace('low', 'high')}",
        scales=scale_words(),
    )


@lru_cache(maxsize=1024)
def is_span(string: str) -> bool:
    """Whether *string*, a cell, gives an amount as lying between two, as forecasts do.

    >>> [is_span(s) for s in ("110 - 120", "$1.95 to $2.05", "$1.1 billion – $1.2 billion", "(5)-(3)", "10% - 12%")]
    [True, True, True, True, True]
    >>> [is_span(s) for s in ("2023 - 2024", "1,234", "3 to 5 years", "12-31-05", "—", "-5")]
    [False, False, False, False, False, False]
    """
    bare = string.strip()
    found = _span().fullmatch(bare) if len(bare) <= _LONGEST_SPAN and any(map(str.isdigit, bare)) else None
    return found is not None and not (_YEAR.fullmatch(found["low"]) and _YEAR.fullmatch(found["high"]))


def notes_begin(word: str) -> int:
    """Return where the marks of notes begin behind the figure *word*, its end if none do.

    >>> [notes_begin(word) for word in ("3,084(1)(2)", "3,084", "(3,084)", ".53(1)(2)")]
    [5, 5, 7, 3]
    """
    noted = _NOTED.fullmatch(word) if word[-1:] == ")" else None
    return noted.end(1) if noted else len(word)


@cache
def opening_words() -> frozenset[str]:
    """Return the words that stand apart before the digits of a figure: a currency sign, a bracket, both."""
    words = marks()
    signs = (*words["signs"], *words["codes"], *words["ocr_signs"])
    brackets = (*around(), *words["negative_before"])
    joined = {f"{sign}{mark}" for sign in signs for mark in (*brackets, *dashes())}
    turned = {f"{mark}{sign}" for sign in signs for mark in (*brackets, *dashes())}
    return frozenset((*signs, *brackets)) | joined | turned


@cache
def closing_words() -> frozenset[str]:
    """Return the words that stand apart after the digits of a figure: a bracket, a percent sign, "bps", "CR"."""
    words = marks()
    brackets = tuple(around().values())
    around_percent = {f"{one}{other}" for mark in brackets for one, other in ((mark, "%"), ("%", mark), (mark, "*"))}
    return (
        frozenset((*brackets, *words["closers"], *words["negative_after"], *words["positive_after"])) | around_percent
    )


@cache
def credit_words() -> frozenset[str]:
    """Return the words that make a figure negative, or say that it is not, before it or after it: "CR", "Dr."."""
    return frozenset((*marks()["negative_after"], *marks()["positive_after"]))


@cache
def _abbreviated() -> tuple[str, ...]:
    return tuple(word for word in credit_words() if word.endswith("."))


@cache
def closing_marks() -> frozenset[str]:
    return frozenset(around().values())


@cache
def _strip() -> str:
    return _STRIP + "".join(around()) + "".join(around().values()) + minus_marks() + _RULES


@cache
def _dashed() -> str:
    return dashes() + _RULES


@cache
def _nothing() -> frozenset[str]:
    return frozenset(marks()["nothing"])


@cache
def _number() -> regex.Pattern[str]:
    words = marks()
    return compiled(
        r"(?:(?<!\w)\L<signs>)?[\d.][\d,.]*+\L<after>?",
        signs=[*words["signs"], *words["codes"]],
        after=[*words["negative_after"], *words["positive_after"]],
    )
