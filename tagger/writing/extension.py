"""The extension taxonomy: the filer's own schema, and linkbases over it and the official one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from msgspec import Struct

from tagger.tagged import Tagged
from tagger.writing.labels import Labels, shorten, write_labels
from tagger.writing.linkbases import Addresses, calculations, definitions, label_linkbase, presentations
from tagger.writing.names import (
    DTR_TYPES,
    DTR_TYPES_SCHEMA,
    FIXED,
    XBRLDT_SCHEMA,
    XBRLI_SCHEMA,
    Declared,
    declarations,
    official,
    prefixes,
    schema_id,
)
from tagger.writing.networks import LINE_ITEMS, TABLE, Network, networks
from tagger.writing.owners import release_comment

_LINKBASES = {"pre": "presentation", "cal": "calculation", "lab": "label", "def": "definition"}


class Extension(Struct, frozen=True):
    """An extension taxonomy as written: its files by name, and the official concepts it needs, by prefix."""

    files: Mapping[str, bytes]
    official: Mapping[str, tuple[Declared, ...]]


def write_extension(tagged: Tagged, stem: str) -> Extension:
    """Write the extension of *tagged* into files that begin with *stem*; the schema is ``STEM.xsd``."""
    trees = networks(tagged)
    headings = [heading for tree in trees for heading in tree.headings]
    names = tuple(dict.fromkeys([*_names(trees), *(concept.name for concept in tagged.own)]))
    own_headings = {
        heading.name: Declared(heading.name, "xbrli:stringItemType", "duration", abstract=True) for heading in headings
    }
    declared = declarations(tagged, (name for name in names if name not in own_headings)) | own_headings
    by_prefix: dict[str, list[Declared]] = {prefix: [] for prefix in (tagged.prefix, *prefixes(tagged))}
    for name in sorted(names):
        by_prefix.setdefault(name.partition(":")[0], []).append(declared[name])
    addresses = {
        prefix: official(prefix, tagged.catalog_year).schema_url for prefix in by_prefix if prefix != tagged.prefix
    }
    addresses[tagged.prefix] = f"{stem}.xsd"
    labels = write_labels(tagged, trees, names)
    trees = shorten(trees, labels)
    files = _linkbases(trees, addresses, labels, stem)
    schema = _schema(tagged, trees, by_prefix[tagged.prefix], addresses, files)
    found = {prefix: tuple(concepts) for prefix, concepts in by_prefix.items() if prefix != tagged.prefix}
    return Extension({f"{stem}.xsd": schema.encode(), **{name: text.encode() for name, text in files.items()}}, found)


def _names(trees: Sequence[Network]) -> Iterable[str]:
    """Yield every concept, axis, member and heading that the files name."""
    for tree in trees:
        yield tree.root
        if tree.axes:
            yield from (TABLE, LINE_ITEMS)
        for axis in tree.axes:
            yield from (axis.name, axis.domain, *axis.members)
        yield from (branch.concept for branch in tree.branches)


def _linkbases(trees: Sequence[Network], addresses: Addresses, labels: Labels, stem: str) -> dict[str, str]:
    """Write the linkbases that have anything to say, by file name."""
    texts = {
        "pre": presentations(trees, addresses),
        "cal": calculations(trees, addresses),
        "def": definitions(trees, addresses),
        "lab": label_linkbase(labels, addresses),
    }
    return {f"{stem}_{kind}.xml": text for kind, text in texts.items() if text}


def _schema(
    tagged: Tagged, trees: Sequence[Network], own: Sequence[Declared], addresses: Addresses, linkbases: Iterable[str]
) -> str:
    spaces = {prefix: FIXED[prefix] for prefix in ("link", "xbrldt", "xbrli", "xlink")} | {"dtr-types": DTR_TYPES}
    declarations = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    imports = {FIXED["xbrli"]: XBRLI_SCHEMA, FIXED["xbrldt"]: XBRLDT_SCHEMA, DTR_TYPES: DTR_TYPES_SCHEMA}
    imports |= {
        official(prefix, tagged.catalog_year).uri: address
        for prefix, address in sorted(addresses.items())
        if prefix != tagged.prefix
    }
    roles = "\n".join(_role_type(tree) for tree in trees)
    references = "\n".join(_linkbase_reference(name) for name in linkbases)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{release_comment(tagged)}'
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"{declarations} xmlns:{tagged.prefix}="'
        f'{escape(tagged.namespace)}" targetNamespace="{escape(tagged.namespace)}" '
        'elementFormDefault="qualified" attributeFormDefault="unqualified">\n'
        f"<xs:annotation><xs:appinfo>\n{references}\n{roles}\n</xs:appinfo></xs:annotation>\n"
        + "".join(f'<xs:import namespace="{uri}" schemaLocation="{at}"/>\n' for uri, at in imports.items())
        + "".join(write_element(concept) for concept in own)
        + "</xs:schema>\n"
    )


def write_element(concept: Declared) -> str:
    """Write the declaration of *concept*."""
    abstract = ' abstract="true"' if concept.abstract else ""
    balance = f' xbrli:balance="{concept.balance}"' if concept.balance else ""
    return (
        f'<xs:element name="{concept.name.partition(":")[2]}" id="{schema_id(concept.name)}" type="{concept.type}" '
        f'substitutionGroup="{concept.substitution_group}" nillable="true"{abstract} '
        f'xbrli:periodType="{concept.period_type}"{balance}/>\n'
    )


def _role_type(tree: Network) -> str:
    used = "".join(
        f"<link:usedOn>link:{name}Link</link:usedOn>" for name in ("presentation", "calculation", "definition")
    )
    return (
        f'<link:roleType roleURI="{escape(tree.role)}" id="{tree.id}">'
        f"<link:definition>{escape(tree.definition)}</link:definition>{used}</link:roleType>"
    )


def _linkbase_reference(name: str) -> str:
    kind = _LINKBASES[name.rpartition("_")[2].partition(".")[0]]
    return (
        f'<link:linkbaseRef xlink:type="simple" xlink:href="{escape(name)}" '
        f'xlink:role="http://www.xbrl.org/2003/role/{kind}LinkbaseRef" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase" '
        f'xlink:title="{kind}"/>'
    )
