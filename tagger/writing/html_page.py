"""The page of an HTML release: its own markup as XHTML, with tags around its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from lxml import etree
from msgspec import Struct

from tagger.characters import MARK, MARK_END
from tagger.patterns import pattern
from tagger.reading.html.sheets import read_sheet
from tagger.reading.html.text import parse_html, text_nodes
from tagger.tagged import Tagged
from tagger.values import Span
from tagger.writing.attributes import valid_attributes
from tagger.writing.contexts import References
from tagger.writing.css import clean_css, write_sheet
from tagger.writing.edgar import to_edgar
from tagger.writing.marks import Mark, place
from tagger.writing.stream import read_stream
from tagger.writing.text_page import Page
from tagger.writing.tree import Element, append_text, attribute_names
from tagger.writing.xhtml import serialise, to_xhtml, wrapper

# Stand in for tags while the tree is turned and written, then give way to them.
_STAND_IN = pattern(f"{MARK}([0-9]+)([ab]){MARK_END}")


class Node(Struct, frozen=True):
    """A text node, an element's text or its tail, that begins at *start* of the document.

    *parts* are the spans that begin in it, each with as much of it as the node holds.
    """

    element: Element
    tail: bool
    start: int
    parts: tuple[tuple[Span, Span], ...]


def html_page(tagged: Tagged, refs: References) -> Page:
    """Return the release's own page with its figures tagged: tag by tag where that is enough, else by its tree."""
    reserved = frozenset((*refs.facts, *refs.contexts.values(), *refs.units.values()))
    written = tagged.document.written
    stream = read_stream(written, reserved) if written is not None and tagged.profile != "sec" else None
    if stream is None:
        return tree_page(tagged, refs, reserved)
    placed = place(tagged, refs, stream.part)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in sorted(stream.attributes.items()))
    return Page(f"<div>{stream.marked(placed.marks)}</div>", placed, stream.title, "", attributes)


def tree_page(tagged: Tagged, refs: References, reserved: frozenset[str]) -> Page:
    """Return the page by way of its tree, in which elements find their place."""
    root = parse_html(tagged.document.markup)
    nodes = tuple(_nodes(root, sorted({fact.printed.span for fact in tagged.facts})))
    parts = {span: part for node in nodes for span, part in node.parts}
    placed = place(tagged, refs, lambda span: parts.get(span, Span(0, 0)))
    _stand_in(nodes, placed.marks)
    styles = [style.text for style in root.iter("style") if style.text]
    sheets = list(map(clean_css, styles))
    body = _body(root)
    sheet = read_sheet(styles)
    to_xhtml(body, reserved, sheet)
    if tagged.profile == "sec":
        to_edgar(body, sheets)
        sheets = []
    markup = _STAND_IN.sub(lambda found: _tags(placed.marks, found), serialise(body))
    attributes = "".join(f' {name}="{escape(body.get(name, ""))}"' for name in sorted(attribute_names(body)))
    title = " ".join(root.findtext("head/title", "").split())
    return Page(f"{wrapper(sheet)}{markup}</div>", placed, title, "".join(map(write_sheet, sheets)), attributes)


def _tags(marks: Sequence[Mark], found: re.Match[str]) -> str:
    mark = marks[int(found[1])]
    return mark.before if found[2] == "b" else mark.after


def _nodes(root: Element, spans: Sequence[Span]) -> Iterable[Node]:
    """Find the text nodes in which *spans*, which are sorted, begin."""
    start, index = 0, 0
    for element, tail, string in text_nodes(root):
        end = start + len(string)
        held = []
        while index < len(spans) and spans[index].start < end:
            span = spans[index]
            held.append((span, span if span.end <= end else Span(span.start, end)))
            index += 1
        if held:
            yield Node(element, tail, start, tuple(held))
        start = end


def _stand_in(nodes: Iterable[Node], marks: Sequence[Mark]) -> None:
    numbers = {mark.span: number for number, mark in enumerate(marks)}
    for node in nodes:
        string = (node.element.tail if node.tail else node.element.text) or ""
        for part in reversed(dict.fromkeys(part for _, part in node.parts)):
            if (number := numbers.get(part)) is not None:
                first, last = part.start - node.start, part.end - node.start
                string = f"{string[:first]}{MARK}{number}b{MARK_END}{string[first:last]}{MARK}{number}a{MARK_END}{string[last:]}"
        if node.tail:
            node.element.tail = string
        else:
            node.element.text = string


def _body(root: Element) -> Element:
    """Return one body with all of the page that shows: what stands around it is drawn in."""
    body = etree.Element("body")
    body.text = root.text
    for part in list(root):
        if part.tag == "body":
            _, said = valid_attributes("body", {str(name): str(value) for name, value in part.items()})
            body.attrib.update(list(said.items()))
            append_text(body, part.text)
            body.extend(list(part))
            append_text(body, part.tail)
        elif part.tag == "head":
            append_text(body, part.tail)
        else:
            body.append(part)
    return body
