"""What packs declare of the company, found by the words it is printed with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tagger.ruleset import Declarations, normalise
from tagger.statements.scope import printed_name


@lru_cache(maxsize=16)
def declared_labels(declared: Declarations) -> Mapping[str, str]:
    """Return the members that packs declare by the folded words of their labels, as far as these name one only."""
    found: dict[str, set[str]] = {}
    for member in declared.members:
        if member.name.endswith("Member"):
            found.setdefault(" ".join(normalise(member.label).tokens), set()).add(member.name)
    return {words: names.pop() for words, names in found.items() if len(names) == 1}


@lru_cache(maxsize=512)
def part_words(heading: str) -> str:
    """Return the folded words of what *heading* calls a part of the company, by which packs declare it.

    >>> part_words("Three Months Ended March 31, 2024 Rocket Works")
    'rocket work'
    """
    return " ".join(normalise(printed_name(heading)).tokens)
