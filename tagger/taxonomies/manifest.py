"""META-INF: the entry points a package names, where it has that folder (2017, 2024 and later)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from tagger.taxonomies.documents import parse_document, target
from tagger.taxonomies.package import Package

DESCRIPTION = "META-INF/taxonomyPackage.xml"
CATALOG = "META-INF/catalog.xml"


def missing_entry_points(package: Package) -> Iterator[str]:
    """Yield the files that *package* says one begins at and does not have."""
    if DESCRIPTION not in package.names:
        return
    rewrites = _rewrites(package)
    for element in parse_document(package, DESCRIPTION).iter("{*}entryPointDocument"):
        name = _rewritten(element.get("href", ""), rewrites)
        if name is not None and name not in package.names:
            yield name


def _rewrites(package: Package) -> dict[str, str]:
    """Return the starts of addresses that the catalog maps to folders of the package."""
    if CATALOG not in package.names:
        return {}
    root = parse_document(package, CATALOG)
    return {
        element.get("uriStartString", ""): target(package, CATALOG, element.get("rewritePrefix", ""))
        for element in root.iter("{*}rewriteURI")
        if element.get("uriStartString")
    }


def _rewritten(address: str, rewrites: dict[str, str]) -> str | None:
    starts = [start for start in rewrites if address.startswith(start)]
    if not starts:
        return None
    longest = max(starts, key=len)
    return posixpath.normpath(posixpath.join(rewrites[longest], address.removeprefix(longest)))
