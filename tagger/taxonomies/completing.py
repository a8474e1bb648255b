"""Completing: what to do about a package whose element schema is not in it.

Without the schema the concepts have names and places but no attributes. For us-gaap the built-in catalog has those of
all that statements show; for any other family nobody does, and the package is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tagger.catalog import YEARS, load_catalog
from tagger.taxonomies.links import CALCULATION, Link
from tagger.taxonomies.package import Package
from tagger.taxonomies.schemas import Declaration

_ENOUGH = 0.5  # of the concepts that are summed; the rest of an official package are sums of notes


def completed(
    package: Package,
    year: int,
    declared: Mapping[str, Declaration],
    undeclared: Mapping[str, str],
    links: Iterable[Link],
) -> tuple[dict[str, Declaration], tuple[str, ...]]:
    """Return the concepts with those *undeclared* for want of a schema, and a line on each schema that is not there."""
    found = dict(declared)
    gaps: list[str] = []
    summed = {end for link in links if link.kind == CALCULATION for end in (link.source, link.target)}
    for schema in sorted(set(undeclared.values())):
        names = sorted(name for name, where in undeclared.items() if where == schema and name not in declared)
        known = {name: concept for name in names if (concept := _built_in(name, year)) is not None}
        wanted = summed.intersection(names)
        if len(known.keys() & wanted) < max(1, _ENOUGH * len(wanted)):
            raise package.refuse(schema, "is missing, and with it the attributes of its concepts")
        found |= known
        gaps.append(
            f"{schema} is missing: attributes of {len(known):,} concepts are those of the built-in catalog, "
            f"{len(names) - len(known):,} have none"
        )
    return found, tuple(gaps)


def _built_in(name: str, year: int) -> Declaration | None:
    concept = load_catalog(min(max(year, YEARS[0]), YEARS[-1])).find(name)
    if concept is None:
        return None
    return Declaration(
        name=name,
        type=concept.type,
        period_type=concept.period_type,
        balance=concept.balance,
        abstract=concept.abstract,
        nillable=True,
        group=_group(name, abstract=concept.abstract),
    )


def _group(name: str, *, abstract: bool) -> str:
    if abstract and name.endswith("Axis"):
        return "dimensionItem"
    return "hypercubeItem" if abstract and name.endswith("Table") else "item"
