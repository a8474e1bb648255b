"""Values of the XBRL model: entity, period, unit, members, how numbers round, and a place in a text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias, TypeVar

from msgspec import Struct

CIK_SCHEME = "http://www.sec.gov/CIK"
PLACEHOLDER_SCHEME = "http://tagger.example/entity-not-known"
_Number = TypeVar("_Number", int, Decimal)


class Span(Struct, frozen=True, order=True, gc=False):
    """Characters from *start* up to, not including, *end*, of ``Document.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot run from {self.start} to {self.end}")

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Entity(Struct, frozen=True, gc=False):
    """Who reports: an identifier and the scheme it belongs to (XBRL 2.1, 4.7.3.1)."""

    scheme: str
    identifier: str

    def __post_init__(self) -> None:
        if not self.scheme or not self.identifier.strip():
            raise ValueError("an entity needs a scheme and an identifier")

    @property
    def known(self) -> bool:
        """Whether this names a real entity rather than standing in for one."""
        return self.scheme != PLACEHOLDER_SCHEME


class Instant(Struct, frozen=True, order=True, gc=False):
    """The end of a day, as in xbrli:instant."""

    date: dt.date

    @property
    def end(self) -> dt.date:
        return self.date

    def __str__(self) -> str:
        return self.date.isoformat()


class Duration(Struct, frozen=True, order=True, gc=False):
    """A run of whole days, both ends included, as in xbrli:startDate and xbrli:endDate."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends {self.end}, before it starts {self.start}")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


Period: TypeAlias = Instant | Duration


class Unit(Struct, frozen=True, order=True, gc=False):
    """A measure, or one measure over another, as QNames: ``iso4217:USD``, ``xbrli:shares``."""

    numerator: str
    denominator: str | None = None

    def __str__(self) -> str:
        return self.numerator if self.denominator is None else f"{self.numerator}/{self.denominator}"


class Measure(StrEnum):
    """What a figure measures; a percentage is printed times a hundred, and is pure like any other plain number."""

    MONEY = "money"
    PER_SHARE = "per-share"
    SHARES = "shares"
    PERCENT = "percent"
    PURE = "pure"


SHARES = Unit("xbrli:shares")
PURE = Unit("xbrli:pure")


@lru_cache(maxsize=256)
def money(currency: str) -> Unit:
    """Return the unit of amounts in *currency*, an ISO 4217 code."""
    return Unit(f"iso4217:{currency}")


@lru_cache(maxsize=256)
def per_share(currency: str) -> Unit:
    """Return the unit of amounts in *currency* for one share."""
    return Unit(f"iso4217:{currency}", "xbrli:shares")


class TypedMember(Struct, frozen=True, order=True):
    """One typed dimension of a context: *value* on *axis*, in an element named *domain* where that is known."""

    axis: str
    value: str
    domain: str = ""

    @property
    def member(self) -> str:
        return self.value


class Member(Struct, frozen=True, order=True, gc=False):
    """One explicit dimension of a context: *member* on *axis*, both QNames."""

    axis: str
    member: str


@lru_cache(maxsize=1024)
def half_unit(decimals: int | None) -> Decimal:
    """Return half a unit of the last of *decimals*: how far what is so rounded may stand from the truth (Calculations 1.1).

    >>> half_unit(-3), half_unit(2), half_unit(None)
    (Decimal('5E+2'), Decimal('0.005'), Decimal('0'))
    """
    return Decimal(0) if decimals is None else Decimal(5).scaleb(-decimals - 1)


def within(off: _Number, room: _Number) -> bool:
    """Whether rounding explains that figures are *off*; *room* is the half units of all of them.

    >>> within(Decimal(-1), half_unit(0) + half_unit(0)), within(Decimal(1), half_unit(0))
    (True, False)
    """
    return abs(off) <= room
