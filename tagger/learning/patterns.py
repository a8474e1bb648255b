"""Labels of a filing as rules write them: without what changes from filing to filing, and without what the grammar means."""

from __future__ import annotations

import re
from functools import lru_cache

from tagger.lexicon import find_numerals, find_periods
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.ruleset import forms, normalise
from tagger.ruleset.grammar import GrammarError, parse_label

_GRAMMAR = str.maketrans({"[": "(", "]": ")", "|": " ", "*": " ", "{": "(", "}": ")", "\u00a0": " "})
_DIGIT = pattern(r"\d")
_NOTE = pattern(r"\s{0,9}\((?:\d{1,2}|[a-z]|[ivx]{1,4}|(?:see )?(?:foot)?notes?\b[^)]*)\)", re.IGNORECASE)
_END = shape(r"(?:\bof\b|[(\p{Sc}]|\s)+$")
_WORD = pattern(r"[^\W\d_]{3,}")
_SHARES = pattern(r"\d\s+(?:ordinary\s+|common\s+)?(?:shares?|units?|options?)\b")
_TAIL = pattern(r"[\s:;,.–—-]+$")


@lru_cache(maxsize=16_384)
def words_of(label: str) -> str:
    """Return the folded words of *label*."""
    return " ".join(normalise(label).tokens)


@lru_cache(maxsize=16_384)
def pattern_of(label: str) -> str:
    """Return *label* as a rule's row, "" where no words are left.

    What holds digits is left to a shorter form of the label, or to a star.

    >>> pattern_of("Accounts receivable, net of allowances of $12 and $14 (Note 3)")
    'accounts receivable'
    >>> pattern_of("Series A convertible preferred stock, 5,000 shares authorized")
    'series a convertible preferred stock'
    >>> pattern_of("Shares held [in trust]:")
    'shares held (in trust)'
    >>> pattern_of("Balance at December 31, 2023")
    'balance at *'
    """
    for candidate in _candidates(_text(label)):
        shown = _TAIL.sub("", candidate).strip()
        if not shown:
            continue
        shown = _lower(shown)
        if _reads(shown):
            return shown
    return ""


@lru_cache(maxsize=16_384)
def whole_pattern_of(label: str) -> str:
    """Return *label* with its numbers as a rule's row, "" where they tell a date, an amount or a count.

    >>> whole_pattern_of("3.25% notes due 2030 (Note 8)"), whole_pattern_of("Balance at December 31, 2023")
    ('3.25% notes due 2030', '')
    >>> whole_pattern_of("Common stock, 100 shares"), whole_pattern_of("2026")
    ('', '')
    """
    text = _lower(_TAIL.sub("", _text(label)).strip())
    dated = any(phrase.day or phrase.relation or phrase.length for phrase in find_periods(text))
    return text if _WORD.search(text) and not dated and not _counts(text) and _reads(text) else ""


def _counts(text: str) -> bool:
    """Whether a number of *text* is an amount or a count of shares, which is another in the next filing."""
    numerals = find_numerals(text)
    return _SHARES.search(text) is not None or any(n.currency or n.scale or "," in n.text for n in numerals)


def _text(label: str) -> str:
    return " ".join(_NOTE.sub(" ", label.translate(_GRAMMAR)).split())


def _candidates(text: str) -> list[str]:
    """Return what may stand for *text*, the most complete first."""
    if not _DIGIT.search(text):
        return [text, text.replace("(", " ").replace(")", " ")]
    found = []
    dated = next((phrase for phrase in find_periods(text) if phrase.day or phrase.length), None)
    place = _DIGIT.search(text)
    assert place is not None
    if dated is not None and dated.start <= place.start():
        before = _TAIL.sub("", text[: dated.start])
        return [f"{before} *"] if words_of(before) else []
    shorter = text
    cut = text[: place.start()]
    clause = max(cut.rfind(mark) for mark in (";", ",", "(", "—", "–"))
    if clause > 0:
        shorter = cut[:clause]
        if any(words_of(shorter) == form.words for form in forms(text)):
            found.append(shorter)
    if words_of(cut):
        bare = _END.sub("", cut)
        if any(words_of(bare) == form.words for form in forms(text)):
            found.append(bare)
        found.append(f"{_TAIL.sub('', bare)} *")
    return found


def _reads(text: str) -> bool:
    try:
        return bool(parse_label(text))
    except GrammarError:
        return False


def _lower(text: str) -> str:
    """Write *text* in small letters: rules know no case, and so they read alike."""
    return text.lower()
