"""Which transformation of registry 4 reads a figure's printed text as its number."""

from __future__ import annotations

from decimal import Decimal

from tagger.facts import Fact
from tagger.patterns import pattern

REGISTRY = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"

DOT_DECIMAL = "ixt:num-dot-decimal"
COMMA_DECIMAL = "ixt:num-comma-decimal"
FIXED_ZERO = "ixt:fixed-zero"

# The registry's patterns, less what reads as a number only by accident (a comma at the end, blanks around it).
_DOT = pattern(r"(?:[0-9](?:[, \xa0]*[0-9])*)?(?:\.[0-9](?:[ \xa0]*[0-9])*)?")
_COMMA = pattern(r"(?:[0-9](?:[. \xa0]*[0-9])*)?(?:,[0-9](?:[ \xa0]*[0-9])*)?")
_DROP_DOT = str.maketrans("", "", ", \xa0")
_DROP_COMMA = str.maketrans({",": ".", ".": None, " ": None, "\xa0": None})


def transformation(text: str, fact: Fact) -> str | None:
    """Return the format with which *text*, scaled as *fact* was printed, is the value of *fact*; `None` if there is none.

    A sign plays no part: it is an attribute. A word or a dash is zero, digits never are.
    """
    number = abs(fact.value).scaleb(-fact.printed.scale)
    if text and _DOT.fullmatch(text):
        if Decimal(text.translate(_DROP_DOT)) == number:
            return DOT_DECIMAL
    elif number == 0 and text.strip() and not any(map(str.isdigit, text)):
        return FIXED_ZERO
    if fact.printed.replaced or not text or not _COMMA.fullmatch(text):
        return None
    return COMMA_DECIMAL if Decimal(text.translate(_DROP_COMMA)) == number else None
