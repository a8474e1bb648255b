"""Two reports, fact by fact: what both say, and what only one says."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from tagger.comparing.numbers import Comparable, agree, precision_of
from tagger.values import Period
from tagger.writing.reported import Reported

Key: TypeAlias = tuple[str, str, str, tuple[tuple[str, str], ...]]


class Status(StrEnum):
    """How two reports stand to each other in one fact."""

    SAME = "same"
    ROUNDED = "rounded"
    DIFFERENT = "different"
    LEFT = "only in the first"
    RIGHT = "only in the second"


class Difference(Struct, frozen=True, kw_only=True):
    """What two reports say of one concept, period, unit and set of members; one of them may say nothing."""

    status: Status
    left: Reported | None
    right: Reported | None

    @property
    def fact(self) -> Reported:
        """The fact of the report that has it, of the first if both have."""
        found = self.left if self.left is not None else self.right
        assert found is not None  # one of them made it
        return found

    @property
    def concept(self) -> str:
        return self.fact.concept

    @property
    def period(self) -> Period | None:
        return self.fact.period


def diff(left: Comparable, right: Comparable) -> tuple[Difference, ...]:
    """Compare *left* and *right*; facts stand in the order of *left*, those of *right* alone behind them.

    Who reports plays no part, so that a release without a known company compares with its filing. Where a report says
    a thing more than once, the most exact statement counts.
    """
    first, second = _by_key(left.facts), _by_key(right.facts)
    found = [_difference(fact, second.get(key)) for key, fact in first.items()]
    found += [_difference(None, fact) for key, fact in second.items() if key not in first]
    return tuple(found)


def _by_key(facts: Iterable[Reported]) -> dict[Key, Reported]:
    found: dict[Key, Reported] = {}
    for fact in facts:
        key = _key(fact)
        if key not in found or precision_of(fact) > precision_of(found[key]):
            found[key] = fact
    return found


def _key(fact: Reported) -> Key:
    members = tuple(sorted((member.axis, member.member) for member in fact.members))
    return fact.concept, str(fact.period), str(fact.unit or ""), members


def _difference(left: Reported | None, right: Reported | None) -> Difference:
    if left is None or right is None:
        return Difference(status=Status.RIGHT if left is None else Status.LEFT, left=left, right=right)
    return Difference(status=compare(left, right), left=left, right=right)


def compare(left: Reported, right: Reported) -> Status:
    """Return whether two statements of one thing have the same value, the same but for rounding, or different ones."""
    if isinstance(left.value, Decimal) and isinstance(right.value, Decimal):
        if left.value == right.value:
            return Status.SAME
        return Status.ROUNDED if agree(left.value, right.value, (left.decimals, right.decimals)) else Status.DIFFERENT
    return Status.SAME if _folded(left.value) == _folded(right.value) else Status.DIFFERENT


def _folded(value: Decimal | str | None) -> str | None:
    return None if value is None else " ".join(str(value).split())
