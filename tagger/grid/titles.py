"""Titles: does a line name what follows, or is it part of a sentence?"""

from __future__ import annotations

import re

from tagger.lexicon import says_scale
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern

NAMES = shape(
    r"\b(?:consolidated|condensed|statements?\s+of|balance\s+sheets?|reconciliation|(?:financial|selected|supplemental)\s+(?:data|highlights|information|statements?)"
    r"|summary|schedule|inc\.|corp\.|corporation|subsidiar(?:y|ies)|ltd\.|llc|exhibit)(?:\W|$)"
)
STATEMENT = pattern(
    r"\b(?:statements?\s+of\s+(?:\w+\s+){0,3}(?:operations|income|earnings|cash|financial|condition|comprehensive|loss)|balance\s+sheets?)",
    re.I,
)
_ASIDE = shape(r"\([^()]*\)?|,?\s*\b(?:(?:amounts?|dollars|expressed|all)\s+)*in\s+\L<scales>\b.*")
_MOST, _LONGEST = 30, 1000  # words, and characters with what stands in brackets


def names_table(string: str) -> bool:
    """Say whether *string* holds what titles and captions of tables do: a statement, a company, a scale."""
    return NAMES.search(string) is not None or says_scale(string)


def is_title(string: str) -> bool:
    """Say whether *string* is written as titles are: in capitals, or with a capital in front of every long word.

    What it adds in brackets, and the scale, may be written in any way.

    >>> is_title("Consolidated Statements of Income (in thousands, except per share data)")
    True
    >>> is_title("Income rose in the Northeast."), is_title("Income rose in the Northeast")
    (False, False)
    """
    if len(string) > _LONGEST or string.endswith((".", ",", ";")):
        return False
    words = (_ASIDE.sub(" ", string) if "(" in string or "in " in string.lower() else string).split()
    if not 0 < len(words) <= _MOST:
        return False
    return " ".join(words).isupper() or all(
        word[0].isupper() or not word[0].isalpha() or len(word) < 4 for word in words
    )
