"""Telling words: what a row must say to be a concept that evidence gives it, and what it may not say besides.

Few concepts count shares, or are for one share, and none of the filer's own is among them: the likeliest of them may
still be far off. What is of the whole company, its revenue, its assets, filers call with few words: with one more it may
be of a part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from tagger.data import load_json, word_set
from tagger.evidence import words
from tagger.lexicon.branches import months
from tagger.naming.candidates import Wanted
from tagger.patterns import pattern
from tagger.values import Measure

_WORDS = pattern(r"[a-z]+")
_NAME = pattern(r"(?<![\w&])[A-Z][\w&.'’-]*")


def tells(want: Wanted, concept: str) -> bool:
    """Whether the row of *want* may be *concept* by the words of filers who use it: a par value is called one.

    Of "Per ordinary share" the two rows above it tell.
    """
    if want.query.unit == Measure.MONEY:
        return not exceeds(want.query.label, concept)
    label = want.query.label.lower()
    said = f"{' '.join(want.line.headings).lower()} {label}"
    data = load_json("evidence")
    if want.query.unit == Measure.SHARES and any(word in said for word in data["averaged"]):
        return any(part in concept for part in data["averages"])
    if word_set("evidence", "told_plain").issuperset(_WORDS.findall(label)):
        said += " ".join(want.query.above[:2]).lower()
    telling = _telling(concept)
    return not telling or any(word in said for word in telling)


@cache
def _telling(concept: str) -> Sequence[str]:
    """Return words of which filers say one where they use *concept*; none where nothing is known."""
    for parts, told in load_json("evidence")["told_by"]:
        if any(part in concept for part in parts):
            return tuple(told)
    return ()


@lru_cache(maxsize=4096)
def exceeds(label: str, concept: str) -> bool:
    """Whether *label* says more than filers do where they mean *concept*, one of the whole company.

    Words with a capital may be its name, where rows of equity or of net income say whose they are.

    >>> [exceeds(label, "us-gaap:Revenues") for label in ("European net sales", "Net sales growth", "Total net sales and other income")]
    [True, True, False]
    >>> exceeds("Net income attributable to Acme Tool", "us-gaap:NetIncomeLoss"), exceeds("Goodwill of Acme", "us-gaap:Goodwill")
    (False, False)
    """
    known = _wholes().get(concept.partition(":")[2])
    if known is None:
        return False
    whose = concept.partition(":")[2] in word_set("evidence", "whole_of_owners")
    named = words(" ".join(_NAME.findall(label))).plain.split() if whose else ()
    said = (word for word in words(label).plain.split() if word.isalpha())
    return any(word not in known and word not in named for word in said)


@cache
def _wholes() -> Mapping[str, frozenset[str]]:
    """Return the words of filers by concept of the whole company, with those that say nothing: dates among them."""
    data = load_json("evidence")
    idle = {*data["whole_fillers"], *months()}
    return {name: frozenset({*said, *idle}) for names, said in data["whole"] for name in names}
