"""The visible text of HTML, text node by text node: shared by reading and by the writer of inline output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from lxml import etree

from tagger.characters import clean_references
from tagger.patterns import pattern
from tagger.reading.html.sheets import Sheet, read_sheet
from tagger.reading.html.soup import doubled, is_cut_short
from tagger.reading.html.style import Style, parse_style

Element: TypeAlias = "etree._Element"

_UNSEEN = frozenset({"head", "title", "script", "style", "noscript", "template", "ix:header"})
_CLOSED = pattern(r"</(?:body|html)\s*>", re.IGNORECASE)
_LONG = 4000
_MANY = pattern(rf"<[a-zA-Z][^<>]{{{_LONG},}}>")
_QUOTED = pattern(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = pattern(r"(?<=\s)[^\s=<>\"'/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")
_MOST_ATTRIBUTES = 500


def parse_html(markup: str) -> Element:
    """Parse *markup* into the tree that `text_nodes` walks; never raises on a malformed document.

    >>> parse_html("a<p>b</html>c").findtext(".//p")
    'bc'
    """
    if "\r" in markup:
        markup = markup.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in markup:
        markup = markup.replace("\0", "")
    markup = clean_references(markup)
    if _has_long_stretch(markup):
        markup = _MANY.sub(_fewer, markup)
    root = _root(markup)
    if not _whole(root):  # what follows a closing </body> or </html> hangs outside of it; browsers show it as part
        markup = _CLOSED.sub("", markup)
        root = _root(markup)
    return _root(doubled(markup)) if is_cut_short(root) else root


def _has_long_stretch(markup: str) -> bool:
    """Whether so many characters without a > follow on each other as an endless tag has."""
    at = 0
    while at + _LONG < len(markup):
        at = markup.rfind(">", at, at + _LONG) + 1
        if not at:
            return True
    return False


def _fewer(tag: re.Match[str]) -> str:
    """Return an endless tag with its first attributes only: the parser compares each with all before it."""
    if len(_QUOTED.sub("", tag[0]).split()) <= _MOST_ATTRIBUTES:
        return tag[0]
    found = list(islice(_ATTRIBUTE.finditer(tag[0]), _MOST_ATTRIBUTES))
    return f"{tag[0][: found[-1].end()]}>" if found else tag[0]


def _whole(root: Element) -> bool:
    last = root[-1] if len(root) else None
    return root.getnext() is None and last is not None and last.tag == "body" and not (last.tail or "").strip()


def _root(markup: str) -> Element:
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        root = etree.Element("html")
        etree.SubElement(root, "body")
    return root


def is_hidden(tag: str, style: Style | None) -> bool:
    """Whether an element and all in it is no part of the visible text."""
    return tag in _UNSEEN or (style is not None and style.hidden)


def is_shown(element: Element, sheet: Sheet | None) -> bool:
    """Whether *element* shows, by what *sheet* and its own style attribute say of it."""
    said = sheet.said(str(element.tag), element.get("class", ""), element.get("id", "")) if sheet is not None else ""
    return shows(said, element.get("style", ""))


@lru_cache(maxsize=512)
def shows(said: str, own: str) -> bool:
    """Whether an element shows of which a style sheet says *said*, and its own style attribute *own*."""
    return not parse_style(f"{said};{own}").hidden


def text_nodes(root: Element, sheet: Sheet | None = None) -> Iterator[tuple[Element, bool, str]]:
    """Yield (element, is_tail, string) for every visible text node; the strings joined are ``Document.text``.

    *sheet* says how they look where *root* is a part of a page; a whole page says so itself.

    >>> [string for _, _, string in text_nodes(parse_html("<p>a<b style='display:none'>x</b>c<br>d"))]
    ['a', 'c', 'd']
    """
    sheet = sheet or read_sheet(style.text or "" for style in root.iter("style"))
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            string = element.tail
            if string and element is not root:
                yield element, True, string
            continue
        if element.tag in _UNSEEN or not is_shown(element, sheet):
            walker.skip_subtree()
        elif string := element.text:
            yield element, False, string
