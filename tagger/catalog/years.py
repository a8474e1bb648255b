"""Names over the years: what a concept is called in the taxonomy of a year, forwards and backwards."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from msgspec import Struct

from tagger.catalog.catalog import Catalog
from tagger.catalog.concepts import qualified
from tagger.catalog.tables import table_rows


def concept_in_year(catalog: Catalog, name: str, label: str = "") -> str | None:
    """Return the concept of the catalog's year for *name*; ``None`` if there is none.

    That is *name* itself; what the taxonomy names as its successor; *name* though it is deprecated, while the schema
    still has it; or its older or newer name, if that means the same for a row called *label*. A name that came into the
    taxonomy before its standard was in force (revenue, leases, restricted cash, deferred taxes) waits for that year.

    >>> from tagger.catalog import load_catalog
    >>> concept_in_year(load_catalog(2011), "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax")
    'us-gaap:SalesRevenueNet'
    >>> concept_in_year(load_catalog(2024), "us-gaap:SalesRevenueNet")
    'us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax'
    >>> concept_in_year(load_catalog(2018), "us-gaap:FinanceLeaseLiabilityCurrent", "Current capital leases")
    'us-gaap:CapitalLeaseObligationsCurrent'
    """
    found = _in_year(catalog, name)
    if isinstance(found, OlderName):
        return found.name if found.fits(label) else catalog.current(name)
    return found


@lru_cache(maxsize=4096)
def _in_year(catalog: Catalog, name: str) -> str | OlderName | None:
    older = older_name(name)
    if older is not None and catalog.year < older.since and catalog.get(older.name) is not None:
        return older
    current = catalog.current(name)
    if current is not None:
        return current
    if catalog.get(name) is not None:
        return name
    if older is not None and catalog.get(older.name) is not None:
        return older
    newer = newer_name(name)
    return newer if newer is not None and catalog.available(newer) else None


class OlderName(Struct, frozen=True):
    """The concept *name* to use instead where the year lacks the one of today, or has it before its standard was in force.

    *since* is the year from which the standard is, 0 where the taxonomy brought no concept ahead of its standard. Not for
    a row whose label has the words *unless*: then it says something that the older concept does not mean.
    """

    name: str
    unless: str = ""
    since: int = 0

    def fits(self, label: str) -> bool:
        """Whether it may stand for a row called *label*.

        >>> older_name("us-gaap:ContractWithCustomerLiabilityCurrent").fits("Deferred revenue")
        True
        """
        return not self.unless or self.unless not in label.lower()


def older_name(name: str) -> OlderName | None:
    """Return what was used before there was *name*.

    >>> older_name("us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax").name
    'us-gaap:SalesRevenueNet'
    """
    return _older_names().get(name)


def newer_name(name: str) -> str | None:
    """Return what took the place of *name* in use, where the taxonomy names no successor.

    >>> newer_name("us-gaap:SalesRevenueGoodsNet")
    'us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax'
    """
    return _newer_names().get(name)


@cache
def _newer_names() -> Mapping[str, str]:
    """Return the newer name of each: that of which it is the older one, and those that several older ones share."""
    cells = (row.split(",") for row in table_rows("newer"))
    reversed_names = {older.name: name for name, older in _older_names().items()}
    return reversed_names | {qualified(older): qualified(name) for older, name in cells}


@cache
def _older_names() -> Mapping[str, OlderName]:
    cells = (row.split(",") for row in table_rows("older"))
    return {
        qualified(name): OlderName(qualified(older), unless, int(since or 0)) for name, older, unless, since in cells
    }
