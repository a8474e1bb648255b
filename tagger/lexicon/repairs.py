"""Repairs: other readings of a printed number, each by one error that character recognition often makes.

Nothing is repaired here. Proving tries these readings where a figure does not add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from tagger.lexicon.cells import parse_cell
from tagger.lexicon.numerals import Numeral, marks
from tagger.patterns import regex_pattern

_DOLLAR = regex_pattern(r"\s*[8Ss§¢]\s?(?=[(\d.])")
_POINT = regex_pattern(r"(?<=\d)\.(?=\s?\d{3}(?!\d))")
_COMMA = regex_pattern(r"(?<=\d),(?=\s?\d{1,3}(?!\d)[\s)]*$)")
_BLANK = regex_pattern(r"(?<=\d)\s(?=\d{3}(?!\d))")
_LOST_POINT = regex_pattern(r"(?P<before>[\s$(]*)0(?P<decimals>\d{2})(?P<after>[\s)]*)")


def repairs_of(string: str) -> tuple[Numeral, ...]:
    """Return the other readings of *string*, the error that each undoes last in its `repairs`.

    Positions and `text` are those of *string* as printed.

    >>> [(str(n.number), n.negative, n.repairs[-1]) for n in repairs_of("872,994")]
    [('72994', False, 'dollar-read-as-digit'), ('872.994', False, 'point-for-comma'), ('872994', True, 'missing-parentheses')]
    >>> [(str(n.number), n.negative, n.repairs[-1]) for n in repairs_of("608)")]
    [('608', True, 'missing-parenthesis'), ('608', False, 'stray-parenthesis')]
    """
    literal = parse_cell(string)
    readings: dict[tuple[Decimal, bool], Numeral] = {}
    for name, numeral in _readings(string, literal):
        key = (numeral.number, numeral.negative)
        if (
            literal is None or name.endswith("parenthesis") or key != (literal.number, literal.negative)
        ) and not numeral.dash:
            names = numeral.repairs if name in numeral.repairs else (*numeral.repairs, name)
            readings.setdefault(key, replace(numeral, repairs=names))
    return tuple(readings.values())


def _readings(string: str, literal: Numeral | None) -> Iterator[tuple[str, Numeral]]:
    """Yield every reading with the name of its repair, the likeliest errors first."""
    if string.count("(") != string.count(")"):
        if literal is not None:
            yield "missing-parenthesis", replace(literal, negative=True)
        yield from _edited("stray-parenthesis", string, string.replace("(", " ").replace(")", " "))
    dollar = _DOLLAR.match(string)
    if dollar:
        yield from _edited("dollar-read-as-digit", string, "$".rjust(dollar.end()) + string[dollar.end() :])
    yield from _edited("blank-for-comma", string, _BLANK.sub(",", string))
    yield from _edited("comma-for-point", string, _POINT.sub(",", string))
    yield from _edited("point-for-comma", string, _COMMA.sub(".", string))
    yield from _edited("letter-for-digit", string, string.translate(str.maketrans(marks()["letters_for_digits"])))
    lost = _LOST_POINT.fullmatch(string)
    if lost and literal is not None:
        yield "missing-point", replace(literal, number=Decimal(f"0.{lost['decimals']}"), places=2)
    if literal is not None and not literal.negative and not literal.dash:
        yield "missing-parentheses", replace(literal, negative=True)


def _edited(name: str, string: str, edited: str) -> Iterator[tuple[str, Numeral]]:
    """Yield the reading of *edited*, which is as long as *string*, with the text that *string* has there."""
    numeral = parse_cell(edited, ocr=True) if edited != string else None
    if numeral is not None:
        start, end = numeral.digits
        yield name, replace(numeral, text=string[start:end])
