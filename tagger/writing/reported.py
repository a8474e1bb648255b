"""What the writers need of a fact, whether it was tagged in a release or read from another report."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from tagger.values import Entity, Member, Period, TypedMember, Unit


class Reported(Protocol):
    """A fact as all formats know it: *value* is a number where there is a *unit*, text elsewhere, `None` for nil."""

    @property
    def id(self) -> str: ...
    @property
    def concept(self) -> str: ...
    @property
    def entity(self) -> Entity: ...
    @property
    def period(self) -> Period | None: ...
    @property
    def value(self) -> Decimal | str | None: ...
    @property
    def unit(self) -> Unit | None: ...
    @property
    def decimals(self) -> int | None: ...
    @property
    def members(self) -> tuple[Member | TypedMember, ...]: ...
    @property
    def language(self) -> str | None: ...


def write_value(value: Decimal | str | None) -> str:
    """Write *value* as XML Schema does; nil is nothing.

    >>> from decimal import Decimal
    >>> write_value(Decimal("1E+3")), write_value("2024-06-30"), write_value(None)
    ('1000', '2024-06-30', '')
    """
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else value


def write_members(members: Iterable[Member | TypedMember]) -> str:
    """Write *members* as the cell of a table.

    >>> write_members([Member("srt:ProductOrServiceAxis", "us-gaap:ProductMember"), TypedMember("acme:StoreAxis", "12")])
    'srt:ProductOrServiceAxis=us-gaap:ProductMember; acme:StoreAxis=12'
    """
    return "; ".join(f"{member.axis}={member.member}" for member in members)
