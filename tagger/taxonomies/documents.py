"""XML of a package: parsed without entities, a DTD or a network; META-INF, which names its entry points from 2017 on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from tagger.patterns import pattern
from tagger.taxonomies.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LINK = "{http://www.xbrl.org/2003/linkbase}"
XLINK = "{http://www.w3.org/1999/xlink}"
XS = "{http://www.w3.org/2001/XMLSchema}"
XML = "{http://www.w3.org/XML/1998/namespace}"
XBRLI = "{http://www.xbrl.org/2003/instance}"

_DECLARATION = pattern(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_WEB = pattern(r"https?://", re.IGNORECASE)
_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
# In these every "<" is the byte "<", so that what is looked for in the bytes cannot hide from it.
_ENCODINGS = frozenset({"utf-8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})
DESCRIPTION = "META-INF/taxonomyPackage.xml"
CATALOG = "META-INF/catalog.xml"


def parse_document(package: Package, name: str) -> Element:
    """Return the root of the XML file *name* of *package*."""
    data = package.read(name)
    encoding = _encoding(package, name, data)
    # Entities need a document type, and no taxonomy has one: without it there is nothing to expand or to fetch.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise package.refuse(name, "has a document type or entities, which a taxonomy never needs")
    parser = etree.XMLParser(
        encoding=encoding, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise package.refuse(name, f"broken XML: {error.msg}") from error


def _encoding(package: Package, name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        raise package.refuse(name, "is not in UTF-8")
    found = _DECLARATION.match(data.removeprefix(b"\xef\xbb\xbf"))
    encoding = found[1].decode().lower() if found else "utf-8"
    if encoding not in _ENCODINGS:
        raise package.refuse(name, f"is in {encoding}, not in UTF-8")
    return encoding


def target(package: Package, name: str, href: str) -> str:
    """Return the file that *href* in the file *name* points to: a name in the package, or a web address.

    What points to anything else (out of the package, into the file system) is refused. An address is never fetched.
    """
    address = href.partition("#")[0].strip()
    if _WEB.match(address):
        return address
    path = unquote(address)
    if _SCHEME.match(path) or path.startswith(("/", "\\")) or "\\" in path:
        raise package.refuse(name, f"refers to {href!r}, which is neither in the package nor on the web")
    if not path:
        return name
    found = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if found == ".." or found.startswith("../"):
        raise package.refuse(name, f"refers to {href!r}, which lies outside the package")
    return found


def linkbases(root: Element) -> Iterator[Element]:
    """Yield the linkbases of a document: itself, or those inside the annotations of a schema."""
    if root.tag == f"{LINK}linkbase":
        yield root
    elif root.tag == f"{XS}schema":
        for annotation in root.iterfind(f"{XS}annotation"):
            for appinfo in annotation.iterfind(f"{XS}appinfo"):
                yield from appinfo.iterfind(f"{LINK}linkbase")


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
