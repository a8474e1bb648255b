"""Concepts of the filer's own, for statement rows that no US-GAAP concept fits."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|[0-9]+")
_DETAIL = re.compile(
    r"\((?!\s*(?:loss|income|gain|decrease|increase|expense|benefit|deficit|used|provided)\w*\s*\)).*?\)", re.IGNORECASE
)
_CLAUSE = re.compile(r";.*$|,?\s*\$?\.?\d[\d.,]*\s+par\b.*$|,\s*(?:net of|less)\s.*\d.*$", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an", "the"})
_LONGEST = 120


def own_name(label: str, heading: str = "") -> str:
    """Return the local name of a concept for the row called *label*, as filers form it.

    A label of one general word takes the heading it stands under along.

    >>> own_name("Intangible asset, net and other long-term assets")
    'IntangibleAssetNetAndOtherLongTermAssets'
    >>> own_name("Net gain/(loss) on sales of loans - servicing released")
    'NetGainLossOnSalesOfLoansServicingReleased'
    >>> own_name("Other", "Fee income:")
    'OtherFeeIncome'
    """
    name = _camel(label)
    if heading and len(_WORD.findall(label)) == 1:
        name += _camel(heading)
    if not name or not name[0].isalpha():
        name = "Item" + name
    return name[:_LONGEST]


def _camel(label: str) -> str:
    bare = _CLAUSE.sub("", _DETAIL.sub(" ", unicodedata.normalize("NFKD", label)))
    words = [word.replace("'", "").replace("’", "") for word in _WORD.findall(bare)]
    return "".join(_capital(word) for word in words if word.lower() not in _ARTICLES)


def _capital(word: str) -> str:
    """Capitalise *word*; words in capitals of up to four letters are taken as abbreviations."""
    if word.isupper() and len(word) > 4:
        return word.capitalize()
    return word[0].upper() + word[1:]
