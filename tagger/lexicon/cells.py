"""A cell of a table that holds one number and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from tagger.lexicon.numerals import DIGITS, Numeral, alternatives, currencies, marks, number_of

# Nine cells in ten: "1,234", "$ 1,234", "(1,234)", "$(0.10)", "12.5". No word list is needed.
_ORDINARY = re.compile(
    r"(?P<sign>\$ ?)?(?P<open>\( ?)?(?:\$ ?)?(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?P<close> ?\))?"
)


@lru_cache(maxsize=8192)
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
    if len(string) > 48:
        return None
    if not ocr:
        return _marked(string, ocr=False) or _dash(string, ocr=False)
    plain = string.translate(_brackets())
    numeral = _marked(plain, ocr=False) or _dash(plain, ocr=True) or _marked(plain, ocr=True)
    if numeral is None:
        return None
    lost = ("missing-parenthesis",) if plain.count("(") != plain.count(")") else ()
    return replace(numeral, text=string[slice(*numeral.digits)], repairs=numeral.repairs + lost)


@cache
def _brackets() -> dict[int, str]:
    """Return what parentheses are read as, and stray quotes as the blanks they should be."""
    return str.maketrans({"{": "(", "[": "(", "}": ")", "]": ")"} | dict.fromkeys("\"'`‘’“”", " "))


@cache
def _pattern(ocr: bool) -> re.Pattern[str]:
    """Return the pattern of a number with every mark there may be."""
    words = marks()
    signs = alternatives([*words["signs"], *words["codes"], *(words["ocr_dollars"] if ocr else ())])
    digits, read_as = rf"(?:{DIGITS})", ""
    if ocr:
        letters = re.escape("".join(words["letters_for_digits"]))
        read_as = r"| S (?=\d)"
        digits = rf"(?:[\d{letters}]+ (?:\s?[,.]\s?[\d{letters}]+)* | \.\s?[\d{letters}]+)"
    return re.compile(
        rf"""
        \s* (?: (?P<minus> [-–−+] \s? ) | (?P<open> \( \s* ) )?
        (?: (?P<sign> {signs} {read_as} ) [$§]? \s* )? (?P<inside> [-–−] \s? | \( \s* )?
        (?: (?:{signs}) \s* )?
        (?P<digits> {digits} )
        (?: \s* (?P<percent> % | (?i:{alternatives(words["percent_words"][1:])}) \b ) )?
        (?P<close> \s* \) )?
        (?: \s* (?P<late> % ) )?
        (?: [\s-]? (?P<word> (?i:{alternatives(words["scale_words"])}) \b | \s? (?i:mm|mn|mln|bn|bln)\b | (?<=[\d)]) [KMBkmb]\b ) )?
        (?P<cents> \s? ¢ | [\s-] (?i:cents?) \b )?
        (?: \s (?P<name> {alternatives(words["codes"])} | (?i:{alternatives(words["names"])}) \b ) )?
        (?: \s (?i:shares) )?
        (?P<last> \s* \) )?
        (?P<note> (?: \s* \( (?: [a-z]{{1,2}} | \d ) \) | \s? [*†‡#^]+ | \s? \[\d+\] )+ )?
        \s*
        """,
        re.VERBOSE,
    )


def _marked(string: str, *, ocr: bool) -> Numeral | None:
    """Read a number with any marks."""
    found = _pattern(ocr).fullmatch(string)
    if found is None or (found["close"] and found["last"]):
        return None
    text = found["digits"]
    repairs: list[str] = []
    clean = _repaired(text, repairs) if ocr else text
    if clean is None or (not found["sign"] and found["word"] and len(found["word"].strip()) < 3):
        return None  # "3M" is a name
    opened = bool(found["open"]) or "(" in (found["inside"] or "")
    closed = bool(found["close"] or found["last"])
    if found["sign"] == "S":
        repairs.append("dollar-read-as-letter")
    number, places = number_of(clean)
    word = (found["word"] or "").strip().lower()
    scales = marks()["scale_words"] | marks()["scale_letters"]
    return Numeral(
        start=len(string) - len(string.lstrip()),
        end=found.start("note") if found["note"] else len(string.rstrip()),
        digits=found.span("digits"),
        text=text,
        number=number,
        places=places,
        negative=opened or closed or (found["minus"] or "+").strip() != "+" or "(" not in (found["inside"] or "("),
        currency=_code(found),
        percent=bool(found["percent"] or found["late"]),
        scale=-2 if found["cents"] else scales.get(word),
        repairs=tuple(repairs),
    )


def _code(found: re.Match[str]) -> str | None:
    """Return the ISO 4217 code of a sign before or a name after the number."""
    name = found["name"] or found["sign"] or ("$" if found["cents"] else None)
    return currencies().get(name.lower(), "USD") if name else None


_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")


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
def _dashes(ocr: bool) -> re.Pattern[str]:
    """Return the pattern of a printed zero: a dash or a word, with its marks."""
    words = marks()
    dash = re.escape(words["dashes"] + (words["ocr_dashes"] if ocr else ""))
    return re.compile(
        rf"""
        \s* \(? \s* (?: (?P<sign> {alternatives([*words["signs"], *words["codes"]])} ) \s* )? \(? \s*
        (?P<digits> [{dash}] (?: \s? [{dash}] ){{0,5}} | (?i:{alternatives(words["zero_words"])}) )
        \s* \)? \s* (?P<percent> % )? \s* \)? (?: \s* \( (?: [a-z] | \d ) \) )? \s*
        """,
        re.VERBOSE,
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
        currency=currencies()[found["sign"].lower()] if found["sign"] else None,
        percent=bool(found["percent"]),
        dash=True,
    )
