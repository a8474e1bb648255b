"""The content of inline elements: their own and that of their continuations, without what is excluded."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_XHTML = "{http://www.w3.org/1999/xhtml}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EMPTY = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param"})


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Content:
    """The text of one document's inline elements, which may go on elsewhere in it (Inline XBRL 1.1, 4)."""

    def __init__(self, root: etree._Element, ix: str) -> None:
        self._root = root
        self._ix = ix
        self._exclude = f"{ix}exclude"
        self._continuations = {found.get("id", ""): found for found in root.iter(f"{ix}continuation")}
        self._languages: dict[etree._Element, str | None] = {}

    def text(self, element: etree._Element) -> str:
        """Return the text of *element*."""
        return "".join(part for held in self._chain(element) for part in self._texts(held))

    def markup(self, element: etree._Element) -> str:
        """Return what *element* holds as XHTML, which is its value where it says ``escape="true"``."""
        return "".join(part for held in self._chain(element) for part in self._fragments(held)).strip(" \t\r\n")

    def visible(self) -> str:
        """Return all text of the body but that of the header."""
        body = self._root.find(f"{_XHTML}body")
        start = self._root if body is None else body
        if next(start.iter(f"{self._ix}header"), None) is None:
            return "".join(map(str, start.itertext()))
        return "".join(self._texts(start, f"{self._ix}header"))

    def language(self, element: etree._Element) -> str | None:
        """Return the language of *element*, as OIM writes it."""
        if (own := element.get(_LANG)) is not None:
            return own.lower() or None
        above = element.getparent()
        if above is None:
            return None
        if above not in self._languages:
            self._languages[above] = self.language(above)
        return self._languages[above]

    def _chain(self, element: etree._Element) -> Iterator[etree._Element]:
        seen: set[etree._Element] = set()
        held: etree._Element | None = element
        while held is not None and held not in seen:
            seen.add(held)
            yield held
            held = self._continuations.get(held.get("continuedAt", ""))

    def _texts(self, element: etree._Element, without: str = "") -> Iterator[str]:
        without = without or self._exclude
        if element.text:
            yield element.text
        for child in element:
            if child.tag != without and isinstance(child.tag, str):
                yield from self._texts(child, without)
            if child.tail:
                yield child.tail

    def _fragments(self, element: etree._Element) -> Iterator[str]:
        if element.text:
            yield _escaped(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag != self._exclude:
                yield from self._fragments(child) if child.tag.startswith(self._ix) else self._tagged(child)
            if child.tail:
                yield _escaped(child.tail)

    def _tagged(self, element: etree._Element) -> Iterator[str]:
        tag = etree.QName(element)
        name = tag.localname if str(element.tag).startswith(_XHTML) or not element.prefix else f"{element.prefix}:{tag.localname}"
        attributes = "".join(f' {_attribute(element, key)}="{_quoted(value)}"' for key, value in sorted(element.items()))
        if name in _EMPTY:
            yield f"<{name}{attributes}/>"
            return
        yield f"<{name}{attributes}>"
        yield from self._fragments(element)
        yield f"</{name}>"


def _attribute(element: etree._Element, name: str | bytes) -> str:
    key = str(name)
    if not key.startswith("{"):
        return key
    uri, _, local = key[1:].partition("}")
    if uri == "http://www.w3.org/XML/1998/namespace":
        return f"xml:{local}"
    prefix = next((prefix for prefix, known in element.nsmap.items() if known == uri and prefix), "")
    return f"{prefix}:{local}" if prefix else local


def _quoted(value: str | bytes) -> str:
    return str(value).replace("&", "&amp;").replace('"', "&quot;")
