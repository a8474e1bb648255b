"""What packs declare of a filer's own: the prefix, concepts and members that no official taxonomy has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tagger.catalog.concepts import Concept
from tagger.values import Member

TYPES = {"money": "monetaryItemType", "per-share": "perShareItemType", "shares": "sharesItemType", "percent": "percentItemType", "pure": "pureItemType"}  # fmt: skip
PERIODS = ("instant", "duration")
BALANCES = ("debit", "credit")
DASHES = ("zero", "untagged")


class DeclaredConcept(NamedTuple):
    """A concept of the filer's own; *unit* is what its figures are counted in ("money")."""

    name: str
    unit: str
    period_type: str
    balance: str
    label: str

    @property
    def type(self) -> str:
        return TYPES[self.unit]


class DeclaredMember(NamedTuple):
    """A member, or an axis, of the filer's own."""

    name: str
    label: str


class DeclaredPart(NamedTuple):
    """A part of the company: the *heading* of a table, a column or a row that names it, folded, and the *members* it is."""

    heading: str
    members: tuple[Member, ...]


class Declarations(NamedTuple):
    """Everything that the packs in force declare; *prefix* is "" where none has one of its own.

    *dashes* is "untagged" for a filer that gives a dash no fact; "" where a dash is a zero.
    """

    prefix: str = ""
    concepts: tuple[DeclaredConcept, ...] = ()
    members: tuple[DeclaredMember, ...] = ()
    dashes: str = ""
    parts: tuple[DeclaredPart, ...] = ()

    def known(self) -> Iterable[Concept]:
        """Yield the declared concepts and members as the catalog knows concepts."""
        for concept in self.concepts:
            yield Concept(
                name=concept.name,
                type=concept.type,
                period_type=concept.period_type,
                balance=concept.balance or None,
                abstract=False,
                first=0,
                last=None,
            )
        for member in self.members:
            yield Concept(
                name=member.name,
                type="domainItemType" if not member.name.endswith("Axis") else "stringItemType",
                period_type="duration",
                balance=None,
                abstract=True,
                first=0,
                last=None,
            )

    def over(self, lower: Declarations) -> Declarations:
        """Return these declarations laid over *lower*: of two for one name, these win."""
        return Declarations(
            self.prefix or lower.prefix,
            tuple(sorted({one.name: one for one in (*lower.concepts, *self.concepts)}.values())),
            tuple(sorted({one.name: one for one in (*lower.members, *self.members)}.values())),
            self.dashes or lower.dashes,
            tuple(sorted({one.heading: one for one in (*lower.parts, *self.parts)}.values())),
        )


NOTHING = Declarations()
"""Nothing declared."""
