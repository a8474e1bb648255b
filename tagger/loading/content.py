"""The content of inline elements: their own and that of their continuations, without what is excluded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from tagger.loading.errors import HostileError, LoadError

_XHTML = "http://www.w3.org/1999/xhtml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST = 200_000_000  # characters of all values together
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
        self._check_chains()
        self._excluding = next(root.iter(self._exclude), None) is not None
        self._left = _MOST
        self._languages: dict[etree._Element, str | None] = {}

    def text(self, element: etree._Element) -> str:
        """Return the text of *element*."""
        if not self._excluding and element.get("continuedAt") is None:
            return self._counted("".join(map(str, element.itertext())))
        return self._counted("".join(part for held in self._chain(element) for part in self._texts(held)))

    def markup(self, element: etree._Element) -> str:
        """Return what *element* holds as XHTML, which is its value where it says ``escape="true"``."""
        pieces = (part for held in self._chain(element) for part in self._fragments(held))
        return self._counted("".join(pieces).strip(" \t\r\n"))

    def visible(self) -> str:
        """Return all text of the body but that of the header."""
        body = self._root.find(f"{{{_XHTML}}}body")
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
            said = (part.get(_LANG) for part in (above, *above.iterancestors()))
            found = next((language for language in said if language is not None), None)
            self._languages[above] = found.lower() if found else None
        return self._languages[above]

    def _check_chains(self) -> None:
        """Refuse continuations that several elements share, or that go in a circle (Inline XBRL 1.1, 4.1.1)."""
        going_on = [name for part in self._root.iter(f"{self._ix}*") if (name := part.get("continuedAt")) is not None]
        for name, times in Counter(going_on).most_common(1):
            if times > 1:
                raise HostileError(f"the continuation {name!r} belongs to several elements")
        checked: set[str] = set()
        for start in going_on:
            name, chain = start, set[str]()
            while name not in checked and name in self._continuations:
                if name in chain:
                    raise HostileError(f"the continuation {name!r} goes on in itself")
                chain.add(name)
                name = self._continuations[name].get("continuedAt", "")
            checked |= chain

    def _chain(self, element: etree._Element) -> Iterator[etree._Element]:
        held = element
        yield held
        while (name := held.get("continuedAt")) is not None:
            if name not in self._continuations:
                raise LoadError(f"it goes on at {name!r}, which is not there")
            held = self._continuations[name]
            yield held

    def _counted(self, text: str) -> str:
        """Return *text*, unless all texts together have become more than any report holds: by elements in elements."""
        self._left -= len(text)
        if self._left < 0:
            raise HostileError(f"its elements hold more than {_MOST:,} characters, one in another")
        return text

    def _texts(self, element: etree._Element, without: str = "") -> Iterator[str]:
        """Yield the text of *element*, without the elements named *without*: no recursion, however deep it is."""
        without = without or self._exclude
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, part in walk:
            if event == "start":
                if part.tag == without and part is not element:
                    walk.skip_subtree()
                elif part.text:
                    yield part.text
            elif part is not element and part.tail:
                yield part.tail

    def _fragments(self, element: etree._Element) -> list[str]:
        """Return what *element* holds, piece by piece: no recursion, however deep it is."""
        pieces: list[str] = []
        write = pieces.append
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, part in walk:
            tag = str(part.tag)
            shown = part is not element and not tag.startswith(self._ix)
            if event == "start":
                if tag == self._exclude and part is not element:
                    walk.skip_subtree()
                    continue
                if shown:
                    write(_start(part))
                if part.text:
                    write(_escaped(part.text))
            else:
                if shown and (name := _name(part)) not in _EMPTY:
                    write(f"</{name}>")
                if part is not element and part.tail:
                    write(_escaped(part.tail))
        return pieces


def _name(element: etree._Element) -> str:
    uri, _, local = str(element.tag).rpartition("}")
    return local if uri == f"{{{_XHTML}" or not element.prefix else f"{element.prefix}:{local}"


def _start(element: etree._Element) -> str:
    items = element.items()
    if any(str(key).startswith("{") for key, _ in items):
        items = [(_attribute(element, key), value) for key, value in items]
    return _start_tag(_name(element), tuple(items))


@lru_cache(maxsize=4096)
def _start_tag(name: str, items: tuple[tuple[str, str], ...]) -> str:
    """Write a tag; those of a filing repeat one another, with all that says how they look."""
    attributes = "".join(f' {key}="{_quoted(value)}"' for key, value in sorted(items))
    return f"<{name}{attributes}/>" if name in _EMPTY else f"<{name}{attributes}>"


def _attribute(element: etree._Element, name: str | bytes) -> str:
    key = str(name)
    if not key.startswith("{"):
        return key
    uri, _, local = key[1:].partition("}")
    if uri == "http://www.w3.org/XML/1998/namespace":
        return f"xml:{local}"
    prefix = next((prefix for prefix, known in element.nsmap.items() if known == uri and prefix), "")
    return f"{prefix}:{local}" if prefix else local


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;")
