"""A cell of a table that holds one number and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

import regex
from msgspec.structs import replace

from tagger.characters import lowered
from tagger.lexicon.numerals import (
    DIGITS,
    Numeral,
    alternatives,
    around,
    currencies,
    dashes,
    marks,
    minus_marks,
    number_of,
    scale_words,
)
from tagger.patterns import compiled, pattern, regex_pattern

# Nine cells in ten: "1,234", "$ 1,234", "(1,234)", "$(0.10)", "12.5". No word list is needed.
_ORDINARY = pattern(
    r"(?P<sign>\$ ?)?(?P<open>\( ?)?(?:\$ ?)?(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?P<close> ?\))?"
)

_LONGEST = 48


@lru_cache(maxsize=4096)
def parse_cell(string: str, *, ocr: bool = False) -> Numeral | None:
    """Read the number that is the whole of *string*, with its marks; `None` if it is anything else.

    With *ocr* what character recognition does to numbers is undone and named in `repairs`. Digits
    that were read for other digits are never changed here: `lexicon.repairs` proposes, proof decides.

    >>> parse_cell("$ (1,234.5)").number, parse_cell("$ (1,234.5)").negative
    (Decimal('1234.5'), True)
    >>> parse_cell("46, 180", ocr=True).repairs
    ('blank-in-number',)
    >>> parse_cell("NM"), parse_cell("1,23")
    (None, None)
    """
    found = _ORDINARY.fullmatch(string)
    if found is not None and (found["open"] is None) == (found["close"] is None):
        return _ordinary(string, found)
    if len(string) > _LONGEST:
        return None
    if not ocr:
        return _marked(string, ocr=False) or _dash(string, ocr=False)
    plain = string.translate(_brackets())
    numeral = _marked(plain, ocr=False) or _dash(plain, ocr=True) or _marked(plain, ocr=True)
    if numeral is None:
        return None
    lost = ("missing-parenthesis",) if plain.count("(") != plain.count(")") else ()
    return replace(numeral, text=string[slice(*numeral.digits)], repairs=numeral.repairs + lost)


def _ordinary(string: str, found: re.Match[str]) -> Numeral:
    text = found["digits"]
    number, places = number_of(text)
    return Numeral(
        start=0,
        end=len(string),
        digits=found.span("digits"),
        text=text,
        number=number,
        places=places,
        negative=found["open"] is not None,
        currency="USD" if "$" in string else None,
    )


@cache
def _brackets() -> dict[int, str]:
    """Return what parentheses are read as, and stray quotes as the blanks they should be."""
    return str.maketrans({"{": "(", "[": "(", "}": ")", "]": ")"} | dict.fromkeys("\"'`‘’“”", " "))


@cache
def _pattern(ocr: bool) -> regex.Pattern[str]:
    """Return the pattern of a number with every mark there may be."""
    words = marks()
    signs = alternatives([*words["signs"], *words["codes"], *(words["ocr_dollars"] if ocr else ())])
    opening, closing = (regex.escape("".join(marks)) for marks in (around(), around().values()))
    digits, read_as = rf"(?:{DIGITS})", ""
    if ocr:
        letters = regex.escape("".join(words["letters_for_digits"]))
        read_as = r"| S (?=\d)"
        digits = rf"(?:[\d{letters}]+ (?:\s?[,.]\s?[\d{letters}]+)* | \.\s?[\d{letters}]+)"
    return compiled(
        rf"""
        \s* (?: (?P<minus> [{minus_marks()}+] \s? | (?:{alternatives([*words["negative_after"], *words["positive_after"]])}) \s (?! \s*\( ) ) | (?P<open> [{opening}] \s* ) )?
        (?: (?P<sign> {signs} {read_as} ) [$§]? \s* )? (?P<inside> [{minus_marks()}{opening}] \s* )?
        (?: (?:{signs}) \s* )?
        (?P<digits> {digits} )
        (?: \s* (?P<percent> % | (?i:{alternatives(words["percent_words"][1:])}) \b ) )?
        (?P<close> \s* [{closing}] )?
        (?: \s* (?P<late> % ) )?
        (?: [\s-]? (?P<word> (?i:{alternatives(scale_words())}) \b | \s? (?i:mm|mn|mln|bn|bln)\b | (?<=[\d)]) [KMBkmb]\b ) )?
        (?P<cents> \s? ¢ | [\s-] (?i:cents?) \b )?
        (?: \s (?P<name> {alternatives(words["codes"])} | (?i:{alternatives(words["names"])}) \b ) )?
        (?: \s (?i:shares) )?
        (?P<last> \s* [{closing}] )?
        (?P<after> \s? (?: [{dashes()}] | (?:{alternatives([*words["negative_after"], *words["positive_after"]])}) ) )?
        (?P<note> (?: \s* \( (?: [a-z]{{1,2}} | \d ) \) | \s? [*†‡#^]+ | \s? \[\d+\] )+ )?
        \s*
        """,
        regex.VERBOSE,
    )


def _marked(string: str, *, ocr: bool) -> Numeral | None:
    """Read a number with any marks."""
    found = _pattern(ocr).fullmatch(string)
    if found is None or (found["close"] and found["last"]):
        return None
    negative = _negative(found)
    text = found["digits"]
    repairs: list[str] = []
    clean = _repaired(text, repairs) if ocr else text
    if negative is None or clean is None or (not found["sign"] and found["word"] and len(found["word"].strip()) < 3):
        return None  # "3M" is a name
    if found["sign"] == "S":
        repairs.append("dollar-read-as-letter")
    number, places = number_of(clean)
    word = lowered((found["word"] or "").strip())
    scales = scale_words() | marks()["scale_letters"]
    return Numeral(
        start=len(string) - len(string.lstrip()),
        end=found.start("note") if found["note"] else len(string.rstrip()),
        digits=found.span("digits"),
        text=text,
        number=number,
        places=places,
        negative=negative,
        currency=_code(found),
        percent=bool(found["percent"] or found["late"]),
        scale=-2 if found["cents"] else scales.get(word),
        repairs=tuple(repairs),
    )


@cache
def _positive() -> frozenset[str]:
    return frozenset(("+", *marks()["positive_after"]))


def _negative(found: regex.Match[str]) -> bool | None:
    """Return whether the marks around a number make it negative; `None` where they go together in no way known.

    Parentheses count singly, as the other one may have been lost; other brackets only in pairs, and one digit
    in square ones is the number of a note.
    """
    before, inside = ((found[name] or "").strip() for name in ("minus", "inside"))
    opened = (found["open"] or "").strip() or (inside if inside in around() else "")
    closed = (found["close"] or found["last"] or "").strip()
    after = (found["after"] or "").strip()
    if opened + closed not in ("", "(", ")") and around().get(opened) != closed:
        return None
    if opened == "[" and len(found["digits"]) == 1:
        return None
    minus = [mark for mark in (before, inside) if mark and mark not in _positive() and mark not in around()]
    if before and before in dashes() and opened and len(found["digits"]) == 1:
        return None  # a nil with the number of a note
    if len(minus) > 1 or (after and (minus or (opened or closed))) or (after and _is_scale(found, after)):
        return None
    if (found["percent"] or found["late"]) and any(mark in marks()["doubtful_of_percent"] for mark in minus):
        return None  # an arrow up as well
    return bool(opened or closed or minus or (after and after not in marks()["positive_after"]))


def _is_scale(found: regex.Match[str], after: str) -> bool:
    """Whether "cr" stands for crores: after rupees."""
    return lowered(after).startswith("cr") and _code(found) == "INR"


def _code(found: regex.Match[str]) -> str | None:
    """Return the ISO 4217 code of a sign before or a name after the number."""
    name = found["name"] or found["sign"] or ("$" if found["cents"] else None)
    return currencies().get(lowered(name), "USD") if name else None


_GROUPED = regex_pattern(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")


def _repaired(text: str, repairs: list[str]) -> str | None:
    """Return *text* as a well-formed number, naming in *repairs* what was done to it."""
    letters = marks()["letters_for_digits"]
    clean = "".join(text.split())
    if clean != text:
        repairs.append("blank-in-number")
    wrong = sum(letter in letters for letter in clean)
    if wrong:
        if wrong * 2 > sum(letter.isdigit() for letter in clean):
            return None
        clean = "".join(letters.get(letter, letter) for letter in clean)
        repairs.append("letter-for-digit")
    if clean.count(".") > 1:  # two points can only be the commas of groups
        clean = clean.replace(".", ",")
        repairs.append("comma-for-point")
    return clean if _GROUPED.fullmatch(clean) else None


@cache
def _dashes(ocr: bool) -> regex.Pattern[str]:
    """Return the pattern of a printed zero: a dash or a word, with its marks."""
    words = marks()
    dash = regex.escape(dashes() + (words["ocr_dashes"] if ocr else ""))
    return compiled(
        rf"""
        \s* \(? \s* (?: (?P<sign> {alternatives([*words["signs"], *words["codes"]])} ) \s* )? \(? \s*
        (?P<digits> [{dash}] (?: \s? [{dash}] ){{0,5}} | (?i:{alternatives(words["zero_words"])}) )
        \s* \)? \s* (?P<percent> % )? \s* \)? (?: \s* \( (?: [a-z] | \d ) \) )? \s*
        """,
        regex.VERBOSE,
    )


def _dash(string: str, *, ocr: bool) -> Numeral | None:
    """Read a dash, "none" or "nil" as the zero it stands for."""
    found = _dashes(ocr).fullmatch(string)
    if found is None:
        return None
    return Numeral(
        start=len(string) - len(string.lstrip()),
        end=len(string.rstrip()),
        digits=found.span("digits"),
        text=found["digits"],
        number=Decimal(0),
        places=0,
        currency=currencies()[lowered(found["sign"])] if found["sign"] else None,
        percent=bool(found["percent"]),
        dash=True,
    )
