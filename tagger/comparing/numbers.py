"""When two reported numbers say the same."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from tagger.values import half_unit, within
from tagger.writing.reported import Reported


class Comparable(Protocol):
    """What has facts: a report just tagged, or one that was read."""

    @property
    def facts(self) -> Iterable[Reported]: ...


def agree(first: Decimal, second: Decimal, decimals: Iterable[int | None]) -> bool:
    """Whether two numbers are the same at the coarser of their roundings; *decimals* of `None` are exact.

    >>> agree(Decimal(2946000), Decimal(2900000), (-3, -5)), agree(Decimal(2946000), Decimal(2900000), (-3, -3))
    (True, False)
    """
    coarser = min((places for places in decimals if places is not None), default=None)
    return within(first - second, half_unit(coarser))


def precision_of(fact: Reported) -> int:
    """Return how exact *fact* is, for choosing the most exact of several."""
    return 10**6 if fact.decimals is None else fact.decimals


def local(name: str) -> str:
    """Return *name* without its prefix."""
    return name.rpartition(":")[2]
