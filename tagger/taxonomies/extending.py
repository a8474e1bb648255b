"""The built-in catalog with the concepts of installed taxonomies added, and where they say something else.

An installed taxonomy only ever adds. Whatever the built-in catalog knows stays as the built-in catalog has it, so that
the same release, rules and version give the same result on every machine: rules that come with the library name none
but built-in concepts, and a rule that names another is refused, loudly, where the taxonomy is not installed.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tagger.catalog import YEARS, Catalog
from tagger.catalog import load_catalog as load_built_in
from tagger.taxonomies.folder import installed_files

if TYPE_CHECKING:  # a database is opened only if there is one
    from tagger.taxonomies.taxonomy import Taxonomy

Installed: TypeAlias = tuple[tuple[str, int, str, int], ...]
"""Family, year, file and time of writing of each installed taxonomy."""


def load_catalog(year: int = 2024) -> Catalog:
    """Return the catalog of *year* with what installed taxonomies add to it.

    A year after those of the built-in catalog is there as soon as its us-gaap taxonomy is installed.
    """
    return _extended(year, installed_key())


def installed_key() -> Installed:
    """Return what tells one state of the installed taxonomies from another."""
    found = []
    for family, year, path in installed_files():
        try:
            found.append((family, year, str(path), path.stat().st_mtime_ns))
        except OSError:
            continue
    return tuple(found)


@lru_cache(maxsize=64)
def _extended(year: int, installed: Installed) -> Catalog:
    if not installed:
        return load_built_in(year)
    from tagger.taxonomies.tables import extended_tables, later_tables  # a database is opened only if there is one

    paths = [Path(path) for _, _, path, _ in installed]
    if year in YEARS:
        return Catalog(year=year, tables=extended_tables(load_built_in(year).tables, paths))
    if any((family, of_year) == ("us-gaap", year) for family, of_year, _, _ in installed):
        return Catalog(year=year, tables=later_tables(load_built_in(YEARS[-1]).tables, paths))
    raise ValueError(
        f"the built-in catalog knows the taxonomies of {YEARS[0]} to {YEARS[-1]}, and us-gaap/{year} is not installed"
    )


def differences(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return where the built-in catalog says something else of a concept than the schema of *taxonomy* does.

    The built-in catalog is followed nevertheless, so that results do not depend on what is installed.
    """
    year = taxonomy.year
    if year not in YEARS:
        return ()
    catalog = load_built_in(year)
    found = []
    for name, kind, period_type, balance, abstract in taxonomy.declared():
        concept = catalog.find(name)
        if concept is None:
            continue
        ours = (concept.type, concept.period_type, concept.balance, int(concept.abstract))
        theirs = (kind, period_type, balance, abstract)
        if ours != theirs:
            found.append(f"{name}: built in {_said(ours)}; in the package {_said(theirs)}")
    return tuple(found)


def _said(row: tuple[str, str, str | None, int]) -> str:
    kind, period_type, balance, abstract = row
    return " ".join(filter(None, (kind, period_type, balance, "abstract" if abstract else "")))
