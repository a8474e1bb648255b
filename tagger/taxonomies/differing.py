"""Differing: where the built-in catalog and an official schema do not say the same."""

from __future__ import annotations

from tagger.catalog import YEARS, load_catalog
from tagger.taxonomies.taxonomy import Taxonomy


def differences(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return where the built-in catalog says something else of a concept than the schema of *taxonomy* does.

    The built-in catalog is followed nevertheless, so that results do not depend on what is installed.
    """
    year = taxonomy.year
    if year not in YEARS:
        return ()
    catalog = load_catalog(year)
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
