"""Ends: at which end of the periods the balances of a row stand, as its label says."""

from __future__ import annotations

from functools import lru_cache

from tagger.data import word_set
from tagger.lexicon import find_periods
from tagger.patterns import pattern
from tagger.statement import Line

_WORDS = pattern(r"[a-z]+")


def begins(line: Line) -> bool:
    """Whether the label of *line* says that its figures stand at the beginning of the columns' periods."""
    return _begins(line.label)


@lru_cache(maxsize=1024)
def _begins(label: str) -> bool:
    words = frozenset(_WORDS.findall(label.lower()))
    first = day_named(label)
    said = bool(words & word_set("tagging", "beginning_words")) and not words & word_set("tagging", "end_words")
    return said or (first is not None and first[1] == 1)  # "Cash at 1 January": no period ends on the first of a month


@lru_cache(maxsize=1024)
def day_named(label: str) -> tuple[int, int] | None:
    """Return the month and day that *label* names, if it names one day."""
    days = {(said.month, said.day) for said in find_periods(label) if said.day and said.month}
    return days.pop() if len(days) == 1 else None
