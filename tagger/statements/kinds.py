"""What a table is: from its title, else from the labels of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from tagger.data import load_json
from tagger.grid.titles import STATEMENT, is_title
from tagger.lexicon.numerals import alternatives
from tagger.patterns import pattern
from tagger.statement import PRIMARY, Kind

# Where a title names several kinds, the first of these decides: a reconciliation of net
# income is no income statement, "operations and comprehensive loss" is one of operations.
_ORDER = (
    Kind.RECONCILIATION,
    Kind.GUIDANCE,
    Kind.CASH_FLOW,
    Kind.BALANCE_SHEET,
    Kind.EQUITY,
    Kind.SEGMENT,
    Kind.OPERATIONS,
    Kind.COMPREHENSIVE_INCOME,
    Kind.HIGHLIGHTS,
)
# A sentence over a table ("... are included in our consolidated statements of income as follows") names no statement.
_TELLING = (Kind.RECONCILIATION, Kind.GUIDANCE, Kind.SEGMENT, Kind.HIGHLIGHTS)
_SENTENCE = pattern(r"\b(?:following|follows|presents?|included|includes|shows?|set forth|below|summari[sz]es)\b")
# How many typical rows make a table without a title that statement; fewer make it one of highlights.
_LONGEST_TITLE = 140
_SHORT_WORD = 3  # letters of words that titles print small
_ENOUGH = {Kind.OPERATIONS: 4, Kind.CASH_FLOW: 2}
_APOSTROPHE = pattern(r"['’`‘]")
_PLURAL = pattern(r"\b(statement|sheet|flow|operation|earning|segment|highlight)s\b")
_BLANKS = pattern(r"\s+")


def kind_of(caption: Sequence[str], labels: Iterable[str]) -> Kind:
    """Return what a table under *caption* (outermost line first) with rows named *labels* is.

    >>> kind_of(["ACME INC.", "CONSOLIDATED BALANCE SHEETS", "(In thousands)"], [])
    <Kind.BALANCE_SHEET: 'balance-sheet'>
    >>> kind_of([], ["Net sales", "Cost of sales", "Gross profit", "Net income"])
    <Kind.OPERATIONS: 'operations'>
    """
    labels = tuple(labels)
    scores = _scores(labels)
    best = max(scores, key=lambda kind: scores[kind])
    for line in reversed(caption):
        said = title_kind(line)
        if said is not None:
            return _reconciled(said, best, scores)
    if _has_both_sides(labels):
        return Kind.BALANCE_SHEET
    if scores[best] < 2:
        return Kind.OTHER
    return best if scores[best] >= _ENOUGH.get(best, 3) else Kind.HIGHLIGHTS


def _has_both_sides(labels: Iterable[str]) -> bool:
    """Whether headings among *labels* name both sides of a balance sheet: "ASSETS", "LIABILITIES AND SHAREHOLDERS' EQUITY"."""
    names = {fold_title(label).strip(" :") for label in labels}
    return "assets" in names and any(title_kind(name) is Kind.BALANCE_SHEET for name in names - {"assets"})


def bears(kind: Kind, labels: Iterable[str]) -> bool:
    """Whether at least one of *labels* is typical of a statement of *kind*."""
    return _scores(labels)[kind] > 0


def title_kind(line: str) -> Kind | None:
    """Return the kind of statement that a title names, if it names one."""
    if len(line) <= _LONGEST_TITLE or is_title(line):
        return _title_kind(line)
    named = STATEMENT.search(line, 0, _LONGEST_TITLE)
    # a title may go on for lines: "Pro Forma Statement of Operations Excluding ..."
    begins = named is not None and all(
        word[0].isupper() for word in line[: named.end()].split() if len(word) > _SHORT_WORD
    )
    return _title_kind(line[: named.end()]) if named is not None and begins else None


@lru_cache(maxsize=512)
def _title_kind(line: str) -> Kind | None:
    words = _no_kinds().sub(" ", fold_title(line))
    kinds = _TELLING if _SENTENCE.search(words) else _ORDER
    return next((kind for kind in kinds if any(word in words for word in _titles()[kind])), None)


@lru_cache(maxsize=2048)
def fold_title(line: str) -> str:
    """Return *line* in lower case, with apostrophes dropped and the plurals of titles folded."""
    return _BLANKS.sub(" ", _PLURAL.sub(r"\1", _APOSTROPHE.sub("", line.lower())))


def _reconciled(said: Kind, best: Kind, scores: dict[Kind, int]) -> Kind:
    """Let the rows overrule a title that none of them bears out."""
    if said in PRIMARY and best in PRIMARY and scores[best] >= 3 and scores.get(said, 0) == 0:
        return best
    return said


def _scores(labels: Iterable[str]) -> dict[Kind, int]:
    text = "\n".join(_APOSTROPHE.sub("", label.lower()) for label in labels)
    return {kind: sum(map(text.__contains__, words)) for kind, words in _marks().items()}


@cache
def _no_kinds() -> re.Pattern[str]:
    """Return the pattern of what names no statement though a statement's words are in it: "deferred tax assets and liabilities"."""
    return re.compile(alternatives(load_json("layout")["no_kinds"]))


@cache
def _titles() -> dict[Kind, tuple[str, ...]]:
    return {Kind(kind): tuple(map(fold_title, words)) for kind, words in load_json("layout")["kinds"].items()}


@cache
def _marks() -> dict[Kind, tuple[str, ...]]:
    return {Kind(kind): tuple(words) for kind, words in load_json("layout")["marks"].items()}
