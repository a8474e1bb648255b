"""Names over the years: what a concept is called in the taxonomy of a year, forwards and backwards."""

from __future__ import annotations

from functools import lru_cache

from tagger.catalog.catalog import Catalog
from tagger.catalog.older import OlderName, newer_name, older_name


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


@lru_cache(maxsize=16_384)
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
