"""Element schemas: the concepts a taxonomy declares, and the roles it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.patterns import pattern
from tagger.taxonomies.documents import LINK, XBRLI, XS
from tagger.taxonomies.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ITEMS = frozenset({"item", "hypercubeItem", "dimensionItem", "tuple"})
_NCNAME = pattern(r"[A-Za-z_][\w.-]*")


class Declaration(Struct, frozen=True, kw_only=True):
    """A concept as its schema declares it; *type* and *group* (its substitution group) without prefixes.

    *type* is empty where no schema at hand declares the concept, and only linkbases use it.
    """

    name: str
    type: str
    period_type: str
    balance: str | None = None
    abstract: bool = False
    nillable: bool = False
    group: str = "item"

    @property
    def declared(self) -> bool:
        return bool(self.type)


class Role(Struct, frozen=True):
    """A role with its definition, which begins with a number that orders the roles: "104000 - Statement - …"."""

    uri: str
    definition: str


def prefix_of(root: Element) -> str | None:
    """Return the prefix that the schema *root* itself gives to its namespace."""
    space = root.get("targetNamespace")
    return next((prefix for prefix, uri in root.nsmap.items() if prefix and uri == space), None)


def declarations(package: Package, name: str, root: Element) -> Iterator[tuple[str, Declaration]]:
    """Yield the concepts that the schema *root* declares, each with the id of its element."""
    prefix = prefix_of(root)
    for element in root.iterfind(f"{XS}element"):
        group = _local(element.get("substitutionGroup", ""))
        local = element.get("name", "")
        if group not in _ITEMS:
            continue
        space = prefix or element.get("id", "").partition("_")[0]
        if not _NCNAME.fullmatch(local) or not _NCNAME.fullmatch(space):
            raise package.refuse(name, f"declares a concept that has no proper name: {space}:{local}")
        yield element.get("id", ""), _declaration(package, name, f"{space}:{local}", group, element)


def _declaration(package: Package, name: str, concept: str, group: str, element: Element) -> Declaration:
    period_type = element.get(f"{XBRLI}periodType", "duration" if group == "tuple" else "")
    balance = element.get(f"{XBRLI}balance")
    if period_type not in ("instant", "duration"):
        raise package.refuse(name, f"{concept} has no period type")
    if balance not in (None, "debit", "credit"):
        raise package.refuse(name, f"{concept} has the balance {balance!r}")
    return Declaration(
        name=concept,
        type=_local(element.get("type", "")) or "stringItemType",
        period_type=period_type,
        balance=balance,
        abstract=element.get("abstract") in ("true", "1"),
        nillable=element.get("nillable") in ("true", "1"),
        group=group,
    )


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def roles(root: Element) -> Iterator[Role]:
    """Yield the roles that the schema *root* defines."""
    for role in root.iter(f"{LINK}roleType"):
        definition = role.findtext(f"{LINK}definition") or ""
        yield Role(role.get("roleURI", ""), " ".join(definition.split()))
