"""The markup of a document: parsed without reaching outside of it, and what is to be seen of it besides its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from lxml import etree
from msgspec import Struct

from tagger.loading.errors import LoadError
from tagger.loading.instance import XLINK_HREF
from tagger.taxonomies.documents import LINK, XBRLI

_FATAL = "FATAL"
_HARMLESS = "ERR_UNDECLARED_ENTITY"  # &nbsp; and its like, where no DTD is named
_XHTML = "{http://www.w3.org/1999/xhtml}"


def parse_xml(data: bytes, name: str, problems: list[str] | None = None) -> etree._Element:
    """Parse *data*, mending small faults of markup, of which *problems* tell.

    Nothing outside is read, no entity of a document's own is filled in; what ends in its middle is refused.
    """
    if b"<!ENTITY" in (data.replace(b"\0", b"") if b"\0" in data[:200] else data):
        # However little they hold: filled in one into another they can hold anything.
        raise LoadError(f"{name}: it declares entities of its own, which no report needs")
    parser = etree.XMLParser(
        huge_tree=True, recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LoadError(f"{name}: no XML that can be read: {error}") from error
    if root is None:
        raise LoadError(f"{name}: no XML that can be read")
    faults = [entry for entry in parser.error_log if entry.level_name == _FATAL and entry.type_name != _HARMLESS]
    if faults and not _is_closed(data, root):
        raise LoadError(f"{name}: it is cut off in its middle, in line {faults[-1].line:,}; get the whole file")
    if faults and problems is not None:
        more = f" ({len(faults):,} such faults)" if len(faults) > 1 else ""
        problems.append(f"line {faults[0].line:,}: the markup is broken: {faults[0].message}{more}")
    return root


def _is_closed(data: bytes, root: etree._Element) -> bool:
    """Whether the end of *root* is in *data*."""
    local = str(root.tag).rpartition("}")[2]
    name = f"{root.prefix}:{local}" if root.prefix else local
    return f"</{name}".encode("utf-8", "replace") in (data[-100_000:].replace(b"\0", b""))


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
