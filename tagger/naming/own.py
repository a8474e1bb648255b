"""Concepts of the filer's own, for statement rows that no US-GAAP concept fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tagger.data import load_json, word_set
from tagger.patterns import pattern
from tagger.ruleset.labels import without_marks
from tagger.ruleset.words import table
from tagger.statement import Kind

_WORD = pattern(r"[A-Za-z][A-Za-z'’]*|[0-9]+")
_DETAIL = pattern(
    r"\((?!\s*(?:loss|income|gain|decrease|increase|expense|benefit|deficit|used|provided)\w*\s*\)).{0,400}?\)",
    re.IGNORECASE,
)
_CLAUSE = pattern(r";.*$|,?\s{0,9}\$?\.?\d[\d.,]{0,20}\s{1,9}par\b.*$|,\s{0,9}(?:net of|less)\s.*\d.*$", re.IGNORECASE)
_IN_PARENTHESES = pattern(r"\(\s*([a-z]+)[^)]*\)\s*/?\s*[a-z]")  # "(Increase) decrease in"
_FIRST_WORDS = pattern(r"[a-z\-]+")
_TELLING = 4  # first words of a label that tell what it is
_ARTICLES = frozenset({"a", "an", "the"})
_LONGEST = 120


@lru_cache(maxsize=1024)  # a part of the company has a member in each of its figures
def own_name(label: str, heading: str = "") -> str:
    """Return the local name of a concept for the row called *label*, as filers form it.

    A label of one general word takes the heading it stands under along.

    >>> own_name("Intangible asset, net and other long-term assets")
    'IntangibleAssetNetAndOtherLongTermAssets'
    >>> own_name("Net gain/(loss) on sales of loans - servicing released")
    'NetGainLossOnSalesOfLoansServicingReleased'
    >>> own_name("Other", "Fee income:")
    'OtherFeeIncome'
    >>> own_name("Cargo handling - Note 3")
    'CargoHandling'
    """
    name = _camel(label)
    if heading and len(_WORD.findall(label)) == 1:
        name += _camel(heading)
    if not name or not name[0].isalpha():
        name = "Item" + name
    return name[:_LONGEST]


def _camel(label: str) -> str:
    bare = _CLAUSE.sub("", _DETAIL.sub(" ", unicodedata.normalize("NFKD", without_marks(label))))
    words = [word.replace("'", "").replace("’", "") for word in _WORD.findall(bare)]
    return "".join(_capital(word) for word in words if word.lower() not in _ARTICLES)


def _capital(word: str) -> str:
    """Capitalise *word*; words in capitals of up to four letters are taken as abbreviations."""
    if word.isupper() and len(word) > 4:
        return word.capitalize()
    return word[0].upper() + word[1:]


class Change(NamedTuple):
    """What the change of an asset, or of a debt, is called, and its balance: more of an asset is paid for."""

    name: str
    balance: str | None


def own_change(label: str, headings: Sequence[str]) -> Change | None:
    """Return the concept for the change of what *label* names, where the *headings* over it speak of changes.

    >>> own_change("Land under development", ["Changes in assets and liabilities:"])
    Change(name='IncreaseDecreaseInLandUnderDevelopment', balance='credit')
    >>> own_change("(Decrease) increase in accrued tolls", ["Changes in:"])
    Change(name='IncreaseDecreaseInAccruedTolls', balance='debit')
    >>> own_change("Net reduction in accrued tolls", ["Changes in:"]) == own_change("Accrued tolls", ["Changes in:"])
    True
    >>> own_change("Loss on sale of land", ["Changes in:"])
    """
    if not any(
        heading.lower().strip().startswith(tuple(load_json("tagging")["change_headings"])) for heading in headings
    ):
        return None
    what = _changed().sub("", label)
    words = set(_FIRST_WORDS.findall(what.lower()))
    held, owed = (bool(words & word_set("tagging", key)) for key in ("assets_changed", "debts_changed"))
    if not (held or owed) or words & word_set("tagging", "no_changes"):
        return None
    return Change(f"IncreaseDecreaseIn{own_name(what)}", None if held and owed else "credit" if held else "debit")


@cache
def _changed() -> re.Pattern[str]:
    """Return the pattern of words of change in front of what changed: "(Increase) decrease in", "Net change in"."""
    change = rf"(?:{'|'.join(table()['changes'])})s?\b"
    return re.compile(rf"^\W*(?:net\s+)?{change}(?:[\s/()]*\b{change})?\W*(?:in|of)\b\s*", re.IGNORECASE)


def own_balance(label: str, kind: Kind) -> str | None:
    """Return the balance of a concept of the filer's own, by the first word of *label* that tells what positive values are.

    Where no word tells, there is none, and the figures stay as printed. A label that begins in parentheses says that
    what it is named after is printed in them.

    >>> own_balance("Repayments of long-term borrowings", Kind.CASH_FLOW)
    'credit'
    >>> own_balance("(Gain) loss on sale of lodges", Kind.CASH_FLOW)
    'credit'
    >>> own_balance("Home cost of sales", Kind.OPERATIONS)
    'debit'
    """
    said = label.lower()
    first = _FIRST_WORDS.findall(said)[:_TELLING]
    if kind is Kind.OPERATIONS:
        return "debit" if _tells(first, "cost_words", "earned_words") else None
    if kind is not Kind.CASH_FLOW:
        return None
    within = _IN_PARENTHESES.match(said)
    if within is not None:
        return "credit" if within[1] in word_set("tagging", "turned_words") else None
    if word_set("tagging", "received_words") & set(_FIRST_WORDS.findall(said)):
        return None  # "Principal payments received on loans"
    return "credit" if _tells(first, "outflow_words", "inflow_words") else None


def _tells(words: Sequence[str], told: str, others: str) -> bool:
    """Whether the first of *words* that is on one of two lists is on the list *told*."""
    known = word_set("tagging", told)
    return next((word in known for word in words if word in known or word in word_set("tagging", others)), False)
