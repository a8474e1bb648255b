"""Concepts that a filer may choose between for the same line, so that the words of a row do not always decide."""

from __future__ import annotations

from functools import cache

from tagger.comparing.numbers import local
from tagger.data import load_json
from tagger.taxonomies import load_catalog

_NEWEST = 2024


@cache
def kin(concept: str) -> frozenset[str]:
    """Return the local names of *concept* and of all that are as good: its group, and what replaced it.

    >>> "CostOfGoodsSold" in kin("us-gaap:CostOfRevenue")
    True
    """
    name = local(concept)
    found = {name, *_groups().get(name, ())}
    known = load_catalog(_NEWEST).find(f"us-gaap:{name}")
    if known is not None and known.deprecated:
        found.update(map(local, known.replaced_by))
    return frozenset(found)


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in load_json("kin")["groups"]:
        for name in group:
            found[name] = found.get(name, frozenset()) | frozenset(group)
    return found
