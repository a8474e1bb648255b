"""Which labels say that their figures are a sum."""

from __future__ import annotations

from functools import cache

from tagger.data import load_json


def is_total(label: str) -> bool:
    """Whether the words of *label* say that it sums up rows above it.

    >>> is_total("Total current assets"), is_total("Inventories")
    (True, False)
    >>> is_total("Accumulated other comprehensive loss")
    False
    """
    words = label.lower()
    return not words.startswith("accumulated") and any(word in words for word in _total_words())


@cache
def _total_words() -> tuple[str, ...]:
    return tuple(load_json("layout")["total_words"])


def ends_a_side(label: str) -> bool:
    """Whether *label* closes the assets, which no sum further down reaches into."""
    return label.lower().startswith("total assets")
