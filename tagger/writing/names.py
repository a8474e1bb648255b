"""Names: which namespace and schema a prefix stands for, and ids and labels made from names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from tagger.catalog import Concept, Namespace
from tagger.data import load_json
from tagger.patterns import pattern
from tagger.tagged import OwnConcept, Tagged
from tagger.taxonomies import load_catalog

FIXED = {
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "link": "http://www.xbrl.org/2003/linkbase",
    "xbrldi": "http://xbrl.org/2006/xbrldi",
    "xbrldt": "http://xbrl.org/2005/xbrldt",
    "xbrli": "http://www.xbrl.org/2003/instance",
    "xlink": "http://www.w3.org/1999/xlink",
}
DTR_TYPES = "http://www.xbrl.org/dtr/type/2022-03-31"
DTR_TYPES_SCHEMA = "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd"
XBRLI_SCHEMA = "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"
XBRLDT_SCHEMA = "http://www.xbrl.org/2005/xbrldt-2005.xsd"

_XBRLI_TYPES = frozenset({"monetary", "shares", "pure", "string", "normalizedString", "token", "language", "integer", "decimal", "date", "boolean", "dateTime", "duration", "anyURI", "QName", "gYear"})  # fmt: skip
_WORD = pattern(r"[A-Za-z0-9]+")
HUMP = pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""Where a word begins inside a name."""


class Declared(Struct, frozen=True):
    """What a schema says of a concept; *type* is a QName such as ``xbrli:monetaryItemType``."""

    name: str
    type: str
    period_type: str
    balance: str | None = None
    abstract: bool = False

    @property
    def numeric(self) -> bool:
        return not self.abstract and self.type.partition(":")[2] not in {"stringItemType", "domainItemType"}

    @property
    def substitution_group(self) -> str:
        """Tell tables and axes, which are special to dimensions, from all other concepts."""
        if self.abstract and self.name.endswith("Axis"):
            return "xbrldt:dimensionItem"
        return "xbrldt:hypercubeItem" if self.abstract and self.name.endswith("Table") else "xbrli:item"


def namespaces(tagged: Tagged) -> dict[str, str]:
    """Return the namespaces of all concepts, axes and members of *tagged*, by prefix."""
    return {prefix: official(prefix, tagged.catalog_year).uri for prefix in prefixes(tagged)} | {
        tagged.prefix: tagged.namespace
    }


def prefixes(tagged: Tagged) -> tuple[str, ...]:
    """Return the prefixes of the official concepts, axes and members that *tagged* names."""
    names = [fact.concept for fact in tagged.reported]
    names += [name for fact in tagged.facts for member in fact.members for name in (member.axis, member.member)]
    names += [line.concept for outline in tagged.statements for line in outline.lines if line.concept]
    found = {name.partition(":")[0] for name in names} | {"us-gaap"}
    return tuple(sorted(found - {tagged.prefix}))


def official(prefix: str, year: int) -> Namespace:
    """Return namespace and schema of the official taxonomy *prefix* of *year*."""
    found = load_catalog(year).namespaces(prefix)
    if found is None:
        raise ValueError(f"no taxonomy of {year} is known by the prefix {prefix!r}")
    return found


def declarations(tagged: Tagged, names: Iterable[str]) -> dict[str, Declared]:
    """Return what the schemas say of each of *names*; parts of dimensions and headings need no catalog."""
    own = {concept.name: concept for concept in tagged.own}
    catalog = load_catalog(tagged.catalog_year)
    return {name: _declared(name, own.get(name) or catalog.get(name), tagged.catalog_year) for name in names}


@cache
def cover_types() -> dict[str, str]:
    """Return the item types of the concepts that tell of a report itself."""
    return {concept["name"]: concept["type"] for concept in load_json("cover")["concepts"]}


def _declared(name: str, concept: Concept | OwnConcept | None, year: int) -> Declared:
    if (cover := cover_types().get(name)) is not None:
        return Declared(name, cover if ":" in cover else item_type(cover), "duration")
    if concept is not None:
        return Declared(name, item_type(concept.type), concept.period_type, concept.balance, concept.abstract)
    if name.endswith(("Member", "Domain")):
        return Declared(name, item_type("domain"), "duration", abstract=True)
    if name.endswith(("Axis", "Table", "LineItems", "Abstract")):
        return Declared(name, item_type("string"), "duration", abstract=True)
    raise ValueError(f"{name} is neither in the {year} catalog nor a concept of the filer's own")


def item_type(name: str) -> str:
    """Return the item type that the catalog calls *name*.

    >>> item_type("monetary"), item_type("perShare")
    ('xbrli:monetaryItemType', 'dtr-types:perShareItemType')
    """
    local = name.rpartition(":")[2].removesuffix("ItemType")
    return f"{'xbrli' if local in _XBRLI_TYPES else 'dtr-types'}:{local}ItemType"


def schema_id(name: str) -> str:
    """Return the id that schemas give the concept *name*: ``us-gaap_Assets``."""
    return name.replace(":", "_", 1)


def camel(text: str, *, longest: int = 100) -> str:
    """Make one name of the words of *text*.

    >>> camel("Total current assets, net:")
    'TotalCurrentAssetsNet'
    """
    name = "".join(word[:1].upper() + word[1:] for word in _WORD.findall(text))[:longest]
    return f"Item{name}" if name[:1].isdigit() or not name else name


def words(name: str) -> str:
    """Turn the name of a concept into words, for what the release has no words for.

    >>> words("us-gaap:StatementClassOfStockAxis")
    'Statement Class Of Stock [Axis]'
    """
    local = name.rpartition(":")[2]
    for kind, mark in (("Axis", "Axis"), ("Member", "Member"), ("Domain", "Domain"), ("Table", "Table"), ("LineItems", "Line Items"), ("Abstract", "Abstract")):  # fmt: skip
        if local.endswith(kind) and local != kind:
            return f"{HUMP.sub(' ', local.removesuffix(kind))} [{mark}]"
    return HUMP.sub(" ", local)


def unique(name: str, taken: dict[str, int]) -> str:
    """Return *name*, with a number behind it if it is in *taken*, and add it there; *taken* knows how far each has counted.

    >>> taken = {"Cash": 1}
    >>> unique("Cash", taken), unique("Cash", taken)
    ('Cash-2', 'Cash-3')
    """
    candidate, number = name, taken.get(name, 0)
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    if candidate != name:
        taken[name] = number
    taken[candidate] = 1
    return candidate
