"""A concept: the attributes a schema gives it, and the years it is there."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

NEWEST = 2025  # the newest taxonomy in the tables

# What a figure of a concept is counted in, by the local name of its XBRL item type; a type that is not here is text.
UNIT_KINDS = {
    "monetaryItemType": "money",
    "perShareItemType": "per-share",
    "sharesItemType": "shares",
    "percentItemType": "percent",
    "pureItemType": "pure",
    "decimalItemType": "pure",
    "integerItemType": "pure",
    "positiveIntegerItemType": "pure",
    "nonNegativeIntegerItemType": "pure",
    "perUnitItemType": "per-unit",
    "areaItemType": "quantity",
    "boeItemType": "quantity",
    "energyItemType": "quantity",
    "flowItemType": "quantity",
    "massItemType": "quantity",
    "volumeItemType": "quantity",
    "domainItemType": "member",
    "booleanItemType": "boolean",
    "dateItemType": "date",
}


class Concept(Struct, frozen=True, kw_only=True):
    """A concept as it is in one year; *last* is ``None`` while the newest taxonomy we know still has it.

    *deprecated* is the first year that lists it as not to be used any more. It stays in the schema for a year or two
    after that, so that a fact with it is still valid XBRL.

    *replaced_by* names what takes its place: one name, or several where the taxonomy split it.
    """

    name: str
    type: str
    period_type: str
    balance: str | None
    abstract: bool
    first: int
    last: int | None
    deprecated: int | None = None
    replaced_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.period_type not in ("instant", "duration"):
            raise ValueError(f"{self.name}: a period type is instant or duration, not {self.period_type!r}")
        if self.balance not in (None, "debit", "credit"):
            raise ValueError(f"{self.name}: a balance is debit or credit, not {self.balance!r}")

    @property
    def local_name(self) -> str:
        """The name without its prefix."""
        return self.name.partition(":")[2]

    @property
    def element_id(self) -> str:
        """The id of its element in the schema, to which locators of linkbases point.

        >>> parse_concept("Revenues,monetaryItemType,duration,credit,,2008,,,").element_id
        'us-gaap_Revenues'
        """
        return self.name.replace(":", "_", 1)

    @property
    def unit_kind(self) -> str:
        """What its figures are counted in: "money", "per-share", "shares", "percent", "pure", ... or "text"."""
        return UNIT_KINDS.get(self.type, "text")

    @property
    def numeric(self) -> bool:
        """Whether it can carry a figure."""
        return not self.abstract and self.unit_kind not in ("text", "member", "boolean", "date")

    def exists(self, year: int) -> bool:
        """Whether the schema of *year* has it."""
        return self.first <= year and (self.last is None or year <= self.last)

    def in_use(self, year: int) -> bool:
        """Whether the schema of *year* has it and does not deprecate it."""
        if self.deprecated is None or year < self.deprecated:
            return self.exists(year)
        # A concept that is still there four years after it was listed had been taken back by the next taxonomy.
        taken_back = (self.last or NEWEST) - self.deprecated > 3
        return taken_back and year > self.deprecated + 1 and self.exists(year)


def qualified(name: str) -> str:
    """Return *name* with its prefix; the tables leave ``us-gaap:`` out.

    >>> qualified("Assets"), qualified("srt:RangeAxis")
    ('us-gaap:Assets', 'srt:RangeAxis')
    """
    return name if ":" in name else f"us-gaap:{name}"


def parse_concept(row: str) -> Concept:
    """Read one line of ``concepts.csv``; no cell of it is ever quoted."""
    name, type_name, period_type, balance, abstract, first, last, deprecated, replaced_by = row.split(",")
    return Concept(
        name=qualified(name),
        type=type_name,
        period_type=period_type,
        balance=balance or None,
        abstract=abstract == "true",
        first=int(first),
        last=int(last) if last else None,
        deprecated=int(deprecated) if deprecated else None,
        replaced_by=tuple(qualified(other) for other in replaced_by.split()),
    )


def changed(concept: Concept, row: str) -> Concept:
    """Return *concept* with the attributes that *row*, a line of ``changes.csv``, gives it."""
    _, _, _, type_name, period_type, balance, abstract = row.split(",")
    return replace(
        concept, type=type_name, period_type=period_type, balance=balance or None, abstract=abstract == "true"
    )


def exists(row: str, year: int) -> bool:
    """Whether the schema of *year* has the concept of *row*; quicker than reading the row.

    >>> exists("Revenues,monetaryItemType,duration,credit,,2008,,,", 2024)
    True
    """
    first, last = row.rsplit(",", 4)[1:3]
    return int(first) <= year and (not last or year <= int(last))
