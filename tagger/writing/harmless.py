"""Reports that others wrote, of which nothing is left that runs, loads or calls out when they are opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from lxml import etree

from tagger.characters import lowered
from tagger.patterns import pattern
from tagger.writing.attributes import valid_attributes
from tagger.writing.css import clean_css, write_sheet
from tagger.writing.tree import VOID, Element, add_style, drop, known, strip

_XHTML = "http://www.w3.org/1999/xhtml"
_DRAWN = ("http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML")
_KEPT = frozenset({"html", "head", "body", "title", "style"})
_SHEET = pattern(rb"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_POINTER = pattern(r"-(?:sec-)?ix-hidden\s*:\s*[\w.-]+")  # where a hidden fact is shown
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def harmless_page(page: bytes, scripts: Mapping[str, str] | None = None) -> bytes:
    """Return the inline report *page* without what is active in it; what is shown and what is tagged stay.

    It is the same whether a browser takes it for XML or for HTML. Of scripts only *scripts* stay, by type and source,
    each the last of its kind at the end of the page.

    >>> harmless_page(b'<html xmlns="http://www.w3.org/1999/xhtml"><body onload="x()"><p>5</p><script>y()</script></body></html>')
    b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>5</p></body></html>'
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(page, parser)
    _clean(root, _own(root, scripts or {}))
    written = etree.tostring(root, encoding="us-ascii").removeprefix(b"<?xml version='1.0' encoding='us-ascii'?>\n")
    return _SHEET.sub(lambda found: write_sheet(unescape(found[1].decode())).strip().encode(), written)


def _own(root: Element, scripts: Mapping[str, str]) -> list[Element]:
    body = root.find(f"{{{_XHTML}}}body")
    last = (
        {} if body is None else {(script.get("type", ""), script.get("src", "")): script for script in list(body)[-2:]}
    )
    return [last[said] for said in scripts.items() if said in last and last[said].tag == f"{{{_XHTML}}}script"]


def _clean(root: Element, own: list[Element]) -> None:
    dropped = known("drop") - _KEPT
    for element in list(root.iter()):
        if element in own:
            element.text = element.text or ""
            continue
        if not isinstance(element.tag, str):  # an entity that nobody explains
            drop(element)
            continue
        name = etree.QName(element)
        local = lowered(name.localname)
        if local in dropped:
            drop(element)
        elif name.namespace in _DRAWN or name.namespace == _XHTML or element.prefix is None:
            _clean_html(element, local)
        else:
            _clean_tag(element)
        if element.text is None and not len(element) and local not in VOID:
            element.text = ""  # a browser that takes the page for HTML does not know "<p/>"


def _clean_tag(element: Element) -> None:
    """Clean an element of XBRL, which HTML does not know: it runs nothing but what its attributes say."""
    for name in map(str, list(element.keys())):
        if lowered(name).startswith("on") or lowered(name) == "style":
            del element.attrib[name]


def _clean_html(element: Element, local: str) -> None:
    """Make *element* one of those that an inline report may hold, with no more than valid attributes."""
    style = ""
    if local == "style":
        strip(element)
        element.text = clean_css("".join(map(str, element.itertext())))
    elif local in known("rename"):
        local, style = known("rename")[local]
    elif local not in _KEPT | known("block") | known("inline") | known("part") | {"font"}:
        local = "span"
    language = element.get(_LANGUAGE)
    said = {str(name): str(value) for name, value in element.items() if not str(name).startswith("{")}
    pointers = _POINTER.findall(said.get("style", ""))
    if pointers:
        said["style"] = _POINTER.sub("", said["style"]).strip("; ")
    local, said = valid_attributes(local, said)
    element.tag = f"{{{_XHTML}}}{local}"
    element.attrib.clear()
    element.attrib.update(list(said.items()))
    if language:
        element.set(_LANGUAGE, language)
    add_style(element, ";".join(filter(None, (style, *pointers))))
