"""Reading a package: every schema and linkbase in it, whichever year laid them out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tagger.patterns import pattern
from tagger.taxonomies.completing import completed
from tagger.taxonomies.documents import LINK, XLINK, XS, linkbases, missing_entry_points, parse_document, target
from tagger.taxonomies.links import Label, Link, arcs, labels
from tagger.taxonomies.package import Package, PackageError, open_package
from tagger.taxonomies.schemas import Declaration, Role, declarations, prefix_of, roles

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ELEMENTS = pattern(r"(?:^|/)(?P<family>[a-z]+(?:-[a-z]+)*)-(?P<year>(?:19|20)\d\d)(?:-\d\d-\d\d)?\.xsd")
_DESCRIBES = pattern(r"(?:labelLinkbaseRef|referenceLinkbaseRef)$")
_DESCRIBING = pattern(r"-(?:lab|doc|ref)-[^/]*$|_(?:lab|doc|ref)\.[^/]*$")
_REFERENCES = pattern(r"-ref-[^/]*$|_ref\.[^/]*$")


class Content(Struct, frozen=True, kw_only=True):
    """A taxonomy as read: *family* and *year* name it, *prefix* to (namespace, address of its schema) are its own.

    *gaps* says which files were not there that could be done without, and what is missing for it.
    """

    family: str
    year: int
    namespaces: dict[str, str]
    concepts: tuple[Declaration, ...]
    roles: tuple[Role, ...]
    links: tuple[Link, ...]
    labels: tuple[Label, ...]
    gaps: tuple[str, ...]


def read_package(path: Path, *, strict: bool = False) -> Content:
    """Read the official taxonomy package *path*, a zip or a folder; with *strict*, nothing may be missing from it."""
    with open_package(path) as package:
        reading = _Reading(package)
        reading.read_schemas()
        reading.read_linkbases()
        content = reading.content()
    if strict and content.gaps:
        raise PackageError(f"{package.source}: {content.gaps[0]}")
    return content


class _Reading(Struct, eq=False):
    """What was found in the files so far."""

    package: Package
    declared: dict[str, Declaration] = field(default_factory=dict)
    ids: dict[str, dict[str, str]] = field(default_factory=dict)  # schema -> id of an element -> concept
    namespaces: dict[str, str] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    links: dict[Link, None] = field(default_factory=dict)
    labels: dict[Label, None] = field(default_factory=dict)
    embedding: list[str] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)  # file that is not there -> what it would have held
    lacking: dict[str, str] = field(default_factory=dict)  # element schema that is not there -> what needs it
    pointed: Counter[str] = field(default_factory=Counter)  # schema that is not there -> locators to it
    undeclared: dict[str, str] = field(default_factory=dict)  # concept -> schema that is not there
    located: dict[tuple[str, str], str] = field(default_factory=dict)

    def read_schemas(self) -> None:
        for name in sorted(self.package.names):
            if name.endswith(".xsd"):
                root = parse_document(self.package, name)
                if root.tag != f"{XS}schema":
                    raise self.package.refuse(name, "is not a schema")
                self._read_schema(name, root)
        for missing in missing_entry_points(self.package):
            self._lacks(missing, "META-INF/taxonomyPackage.xml")

    def _read_schema(self, name: str, root: Element) -> None:
        ids = self.ids.setdefault(name, {})
        for element_id, concept in declarations(self.package, name, root):
            ids[element_id] = concept.name
            self.declared[concept.name] = concept
        prefix = prefix_of(root)
        if ids and prefix is not None:
            self.namespaces[prefix] = root.get("targetNamespace", "")
        for role in roles(root):
            self.roles[role.uri] = role
        for element in root.iterchildren(f"{XS}import", f"{XS}include", f"{XS}redefine"):
            self._check_schema(name, element.get("schemaLocation", ""))
        for reference in root.iterfind(f"{XS}annotation/{XS}appinfo/{LINK}linkbaseRef"):
            self._check_linkbase(name, reference)
        if next(linkbases(root), None) is not None:
            self.embedding.append(name)

    def _missing(self, name: str, href: str) -> str | None:
        """Return the file *href* points to if it should be in the package and is not."""
        found = target(self.package, name, href) if href else name
        return found if "://" not in found and found not in self.package.names else None

    def _check_schema(self, name: str, location: str) -> None:
        missing = self._missing(name, location)
        if missing is not None:
            self._lacks(missing, name)

    def _lacks(self, missing: str, name: str) -> None:
        """Note that the schema *missing*, which *name* needs, is not there, or refuse the package for it.

        Folders that published packages leave out altogether (``dqcrules``) hold nothing that we read.
        """
        folder = missing.rpartition("/")[0]
        if folder and not any(other.startswith(f"{folder}/") for other in self.package.names):
            self.absent.setdefault(f"{folder}/", "the files of that folder")
        elif _ELEMENTS.search(missing):
            self.lacking.setdefault(missing, name)
        else:
            raise self.package.refuse(missing, f"is missing, and {name} needs it")

    def _check_linkbase(self, name: str, reference: Element) -> None:
        missing = self._missing(name, reference.get(f"{XLINK}href", ""))
        if missing is None:
            return
        if not _DESCRIBES.search(reference.get(f"{XLINK}role", "")) and not _DESCRIBING.search(missing):
            raise self.package.refuse(missing, f"is missing, and {name} needs it")
        kind = "references" if _REFERENCES.search(missing) else "documentation" if "-doc-" in missing else "labels"
        self.absent.setdefault(missing, kind)

    def read_linkbases(self) -> None:
        for name in sorted(self.package.names):
            if name.endswith(".xml") and not name.startswith("META-INF/") and not _REFERENCES.search(name):
                root = parse_document(self.package, name)
                if root.tag == f"{LINK}linkbase":
                    self._read_linkbase(name, root)
        for name in self.embedding:
            for linkbase in linkbases(parse_document(self.package, name)):
                self._read_linkbase(name, linkbase)

    def _read_linkbase(self, name: str, linkbase: Element) -> None:
        self.links.update(dict.fromkeys(arcs(self.package, name, linkbase, self.locate)))
        self.labels.update(dict.fromkeys(labels(self.package, name, linkbase, self.locate)))

    def locate(self, name: str, href: str) -> str:
        """Return the concept that *href* in the file *name* points to."""
        key = (name.rpartition("/")[0], href)
        found = self.located.get(key)
        if found is None:
            found = self.located[key] = self._locate(name, href)
        return found

    def _locate(self, name: str, href: str) -> str:
        schema, fragment = target(self.package, name, href), href.partition("#")[2]
        prefix, mark, local = fragment.partition("_")
        if schema in self.package.names:
            concept = self.ids.get(schema, {}).get(fragment)
            if concept is None:
                raise self.package.refuse(name, f"points to {href!r}, where no concept is declared")
            return concept
        if not mark or not prefix or not local or "(" in fragment:
            raise self.package.refuse(name, f"points to {href!r}, which names no concept")
        concept = f"{prefix}:{local}"
        if "://" not in schema:
            self.pointed[schema] += 1
            self.undeclared[concept] = schema
        return concept

    def content(self) -> Content:
        for schema in sorted(self.lacking.keys() - set(self.undeclared.values())):
            raise self.package.refuse(schema, f"is missing, and {self.lacking[schema]} needs it")
        family, year = self._name()
        found, gaps = completed(self.package, year, self.declared, self.undeclared, self.links)
        named = {*found, *(label.concept for label in self.labels)}
        named.update(end for link in self.links for end in (link.source, link.target))
        unknown = (Declaration(name=name, type="", period_type="duration") for name in sorted(named - found.keys()))
        return Content(
            family=family,
            year=year,
            namespaces=dict(sorted(self.namespaces.items())),
            concepts=(*(found[name] for name in sorted(found)), *unknown),
            roles=tuple(self.roles[uri] for uri in sorted(self.roles)),
            links=tuple(self.links),
            labels=tuple(self.labels),
            gaps=(*gaps, *self._gaps()),
        )

    def _gaps(self) -> Iterator[str]:
        for name, what in sorted(self.absent.items()):
            yield f"{name} is missing: the package is read without {what}"

    def _name(self) -> tuple[str, int]:
        """Return the family and year of the schema that most concepts are declared in."""
        weights = Counter({name: len(ids) for name, ids in self.ids.items()}) + self.pointed
        names = ((weight, name, _ELEMENTS.search(name)) for name, weight in weights.items() if weight)
        found = max(((weight, name, match) for weight, name, match in _named(names)), default=None, key=lambda f: f[:2])
        if found is None:
            raise PackageError(f"{self.package.source}: declares no concepts in a schema called FAMILY-YEAR.xsd")
        return found[2]["family"], int(found[2]["year"])


def _named(
    names: Iterable[tuple[int, str, re.Match[str] | None]],
) -> Iterator[tuple[int, str, re.Match[str]]]:
    for weight, name, match in names:
        if match is not None:
            yield weight, name, match
