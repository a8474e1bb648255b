"""How companies are named, and the datelines that stand before the one that speaks: for all who look for a name in text."""

from __future__ import annotations

import re
from functools import cache

from tagger.data import load_json

WORD_OF_NAME = r"(?:(?:[A-Z]|[a-z]{1,3}[A-Z])[\w&.'’\-]*+,?\s++(?:(?:&|and|of|the)\s+)*)"
DATELINE = r"(?:(?:19|20)\d\d|(?i:wire))\s*(?:\([^()]{1,40}\)\s*)?\W{0,4}?(?:--?|[–—/])[-–—/]*\s*"
"""The end of "BOISE, May 2, 2001 -- ", and of what stands for it: "/PRNewswire/ -- "."""


@cache
def company_name() -> re.Pattern[str]:
    """Return the pattern of a name with a legal form; the first group is the name without it.

    >>> company_name().search("shares of Elm Hill Savings Corp. rose").group(0, 1)
    ('Elm Hill Savings Corp.', 'Elm Hill Savings ')
    """
    return re.compile(rf"\b({WORD_OF_NAME}{{1,6}})(?:{company_words('forms')})\b\.?")


@cache
def announced_name() -> re.Pattern[str]:
    """Return the pattern of a name with a legal form behind a dateline; the first group is the name.

    >>> announced_name().search("BOISE, Idaho, May 2, 2001 -- The Elm Hill Corp. today")[1]
    'Elm Hill Corp'
    """
    return re.compile(rf"{DATELINE}(?:The\s+)?({WORD_OF_NAME}{{1,6}}(?:{company_words('forms')}))\b")


@cache
def ends_in_dateline() -> re.Pattern[str]:
    """Return the pattern of a text's end that is a dateline."""
    return re.compile(rf"{DATELINE}$")


def company_words(key: str) -> str:
    """Return the words that are listed as *key* as branches of a pattern."""
    return "|".join(map(re.escape, load_json("companies")[key]))
