"""Which way each row counts, as the sums of a statement tie them together.

A *link* says that two rows count the same way or opposite ways; a *vote* is what a row's own words,
concept or printed minus say of it, heavier where they are surer. Rows tied by links are settled
together: the heavier side wins for all of them, so that a word misprinted in one row does not
overrule what the others add up to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct


class Link(NamedTuple):
    """*one* and *other* count the same way (*sign* 1) or opposite ways (-1)."""

    one: int
    other: int
    sign: int


class Orientation(Struct, frozen=True):
    """The way (1 or -1) each linked row counts; *torn* are links that contradict others before them."""

    ways: Mapping[int, int]
    torn: tuple[Link, ...] = ()


def orient(links: Iterable[Link], votes: Mapping[int, int]) -> Orientation:
    """Return the way each row of *links* counts; the first of two links that contradict each other is believed.

    >>> orient([Link(1, 2, -1), Link(2, 3, 1)], {1: 4, 3: 1}).ways
    {1: 1, 2: -1, 3: -1}
    """
    tied: dict[int, dict[int, int]] = {}  # each group by its rows, with their ways against the group's first row
    torn = []
    for link in links:
        one = tied.setdefault(link.one, {link.one: 1})
        other = tied.setdefault(link.other, {link.other: 1})
        turned = one[link.one] * link.sign * other[link.other]
        if one is not other:
            one.update({row: way * turned for row, way in other.items()})
            tied.update(dict.fromkeys(other, one))
        elif turned < 0:
            torn.append(link)
    ways = {}
    for row, group in tied.items():
        if row not in ways:
            heavier = sum(votes.get(member, 0) * way for member, way in group.items())
            ways.update({member: way if heavier >= 0 else -way for member, way in group.items()})
    return Orientation({row: ways[row] for row in sorted(ways)}, tuple(torn))
