"""Telling words: what a row that counts shares, or gives money for one share, must say to be a concept.

Few concepts measure that, and none of the filer's own is among them: the likeliest of them may still be far off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tagger.data import load_json, word_set
from tagger.naming.candidates import Wanted
from tagger.values import Measure

_WORDS = re.compile(r"[a-z]+")


def tells(want: Wanted, concept: str) -> bool:
    """Whether the row of *want* may be *concept* by the words of filers who use it: a par value is called one.

    Of "Per ordinary share" the two rows above it tell.
    """
    if want.query.unit == Measure.MONEY:
        return True
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
    for parts, words in load_json("evidence")["told_by"]:
        if any(part in concept for part in parts):
            return tuple(words)
    return ()
