"""Which labels say that their figures are a sum."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tagger.data import load_json
from tagger.patterns import pattern

_LOSS = pattern(r"\bloss\b(?! per)")


@lru_cache(maxsize=1024)
def is_total(label: str) -> bool:
    """Whether the words of *label* say that it sums up rows above it.

    >>> is_total("Total current assets"), is_total("Inventories")
    (True, False)
    >>> is_total("Accumulated other comprehensive loss"), is_total("Net (loss) income")
    (False, True)
    """
    words = _one_way(label)
    return any(word in words for word in _total_words()) and not words.startswith("accumulated")


def is_loss(label: str) -> bool:
    """Whether *label* names a loss and nothing that it could be instead.

    >>> is_loss("Net loss"), is_loss("Income (loss) from operations")
    (True, False)
    """
    return _LOSS.search(_one_way(label)) is not None


def has_both_sides(label: str) -> bool:
    """Whether *label* names two sides of one row, so that the printed sign counts: a remark in brackets is none.

    >>> [has_both_sides(label) for label in ("Provision (benefit) for income taxes", "(Recovery of) loss", "Gain/loss", "Increase (decrease)")]
    [True, True, True, True]
    >>> [has_both_sides(label) for label in ("Provision for income taxes (Note 5)", "Cost of sales (exclusive of depreciation)")]
    [False, False]
    """
    words = label.lower()
    return ("(" in words or "/" in words) and _sides("sides", "side_changes").search(words) is not None


def _one_way(label: str) -> str:
    """Return *label* in lower case, without the other sign that it allows for."""
    words = label.lower()
    return _sides("sides").sub("", words) if "(" in words else words


@cache
def _sides(*lists: str) -> re.Pattern[str]:
    """Return the pattern of the other side, of *lists*, that a label allows for: "(benefit)", "(recovery of)", "/benefit"."""
    side = "|".join(word for name in lists for word in load_json("layout")[name])
    return re.compile(rf"\((?:net )?(?:{side})(?: (?:of|from|on|in|by|to|for))?\)\s*|/\s*(?:{side})\b")


@cache
def _total_words() -> tuple[str, ...]:
    return tuple(load_json("layout")["total_words"])


def ends_a_side(label: str) -> bool:
    """Whether *label* closes the assets, which no sum further down reaches into."""
    return label.lower().startswith("total assets")
