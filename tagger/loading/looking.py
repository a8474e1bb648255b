"""What a filer's rules ask of a document and its files besides their facts: names, elements, links, arcs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from lxml import etree
from msgspec import Struct

from tagger.loading.contexts import XBRLI
from tagger.loading.instance import LINK, XLINK_HREF
from tagger.loading.xml import parse_xml

_XHTML = "{http://www.w3.org/1999/xhtml}"


class Look(Struct, frozen=True, kw_only=True):
    """What is to be seen of an inline document, whoever wrote it.

    *elements* are the names of its XHTML elements, *attributes* pairs of element and attribute, *outside* the
    addresses it refers to elsewhere, *unused* the ids of contexts and units that no fact has, *equal* ids of contexts
    that say the same.
    """

    ascii: bool
    doctype: bool
    elements: frozenset[str]
    attributes: frozenset[tuple[str, str]]
    outside: tuple[str, ...]
    images: tuple[str, ...]
    nested_tables: int
    unused: tuple[str, ...]
    equal: tuple[str, ...]
    formats: frozenset[str]


def look_at(path: Path) -> Look:
    """Look at the inline document *path*."""
    data = path.read_bytes()
    root = parse_xml(data, path.name)
    shown = list(root.iter(f"{_XHTML}*"))
    hrefs = [element.get("href", "") for element in shown] + [element.get("src", "") for element in shown]
    used = {element.get(name) for element in root.iter() for name in ("contextRef", "unitRef")}
    declared = [element.get("id", "") for element in root.iter(f"{XBRLI}context", f"{XBRLI}unit")]
    nested = sum(next(table.iterancestors(f"{_XHTML}table"), None) is not None for table in root.iter(f"{_XHTML}table"))
    return Look(
        ascii=data.isascii(),
        doctype=re.search(rb"<!DOCTYPE", data[:2000], re.I) is not None,
        elements=frozenset(_local(element.tag) for element in shown),
        attributes=frozenset((_local(element.tag), str(name)) for element in shown for name in element.keys()),  # noqa: SIM118
        outside=tuple(href for href in hrefs if re.match(r"[a-z][a-z0-9+.-]*:|//", href, re.I)),
        images=tuple(element.get("src", "") for element in root.iter(f"{_XHTML}img")),
        nested_tables=nested,
        unused=tuple(name for name in declared if name not in used),
        equal=tuple(_equal(root.iter(f"{XBRLI}context"))),
        formats=frozenset(
            element.get("format", "").partition(":")[0] for element in root.iter() if element.get("format")
        ),
    )


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _equal(contexts: Iterable[etree._Element]) -> Iterable[str]:
    """Yield the ids of contexts that say what one before them says."""
    seen: set[bytes] = set()
    for context in contexts:
        said = b"".join(etree.tostring(part, with_tail=False) for part in context)
        said = re.sub(rb">\s+<", b"><", said)
        if said in seen:
            yield context.get("id", "")
        seen.add(said)


class Extension(Struct, frozen=True):
    """The schema beside a document: its namespace, definitions of roles, and the concepts of its linkbases."""

    namespace: str
    definitions: tuple[str, ...]
    presented: frozenset[str]
    labelled: frozenset[str]


def look_at_extension(schema: Path) -> Extension:
    """Look at the extension taxonomy *schema* and the linkbases it refers to, as far as they stand beside it."""
    root = parse_xml(schema.read_bytes(), schema.name)
    linkbases = [
        parse_xml(beside.read_bytes(), beside.name)
        for reference in root.iter(f"{LINK}linkbaseRef")
        if (beside := schema.with_name(Path(reference.get(XLINK_HREF, "")).name)).is_file()
    ]
    located = {
        kind: frozenset(
            locator.get(XLINK_HREF, "").rpartition("#")[2]
            for linkbase in linkbases
            for link in linkbase.iter(f"{LINK}{kind}Link")
            for locator in link.iter(f"{LINK}loc")
        )
        for kind in ("presentation", "label")
    }
    definitions = tuple("".join(map(str, found.itertext())) for found in root.iter(f"{LINK}definition"))
    return Extension(root.get("targetNamespace", ""), definitions, located["presentation"], located["label"])
