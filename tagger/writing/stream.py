"""The page of a release whose elements stand where XHTML lets them, as most do: its tags turned one by one, without a tree.

Tags that are written alike turn alike, so each is turned once. What takes more, as blocks inside of lines or parts of
tables out of place, is left to the tree: then there is no `Stream`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from itertools import accumulate, compress, count, groupby
from operator import attrgetter

from msgspec import Struct

from tagger.reading.html.flow import split_tags, unescaped
from tagger.reading.html.style import parse_style
from tagger.reading.html.text import is_hidden
from tagger.values import Span
from tagger.writing.attributes import is_new, valid_attributes
from tagger.writing.marks import Mark
from tagger.writing.nesting import WRAPPER, end_of, holds_blocks, in_order, kind_of
from tagger.writing.tree import ANYWHERE, known, styled

_NAME = re.compile(r"/?([^\s/]*)")
_ATTRIBUTE = re.compile(r'\s([^\s=]+)="([^"]*)"')
_VOID = frozenset({"br", "hr", "img"})
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_TEXT = str.maketrans(_ESCAPES)
_IN_ATTRIBUTE = str.maketrans(_ESCAPES | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


class Turned(Struct, frozen=True):
    """A tag in XHTML: *markup*, or *bare* where its *identity* is not new. *hidden*: what it holds does not show.

    *varies* says that it hangs on what stands before it how it is written.
    """

    markup: str
    kind: str
    varies: bool
    hidden: bool = False
    identity: str = ""
    bare: str = ""


_markup, _kind, _varies, _hidden = map(attrgetter, ("markup", "kind", "varies", "hidden"))


class Stream(Struct, frozen=True):
    """A page in pieces: tags, and the text behind each; *ends* says where in the document's text each of these ends."""

    tags: list[str]
    texts: list[str]
    ends: list[int]
    title: str
    attributes: dict[str, str]

    def part(self, span: Span) -> Span:
        """Return how much of *span* stands in the text in which it begins."""
        number = bisect_right(self.ends, span.start)
        return Span(span.start, min(span.end, self.ends[number])) if number < len(self.ends) else Span(0, 0)

    def marked(self, marks: Sequence[Mark]) -> str:
        """Return the page with *marks*, which are in order, each within one text."""
        texts = list(self.texts)
        for number, group in groupby(marks, lambda mark: bisect_right(self.ends, mark.span.start)):
            texts[number] = "".join(_marked(unescaped(texts[number]), self.ends[number], group))
        pieces = [""] * (2 * len(texts))
        pieces[::2], pieces[1::2] = self.tags, texts
        return "".join(pieces)


def _marked(text: str, end: int, marks: Iterator[Mark]) -> Iterator[str]:
    done, begin = 0, end - len(text)
    for mark in marks:
        first, last = mark.span.start - begin, mark.span.end - begin
        yield text[done:first].translate(_IN_TEXT)
        yield mark.before
        yield text[first:last].translate(_IN_TEXT)
        yield mark.after
        done = last
    yield text[done:].translate(_IN_TEXT)


def read_stream(written: str, reserved: frozenset[str]) -> Stream | None:
    """Turn the tags of a tree as *written*; ids in *reserved* are left to others. `None` where it takes the tree."""
    pieces = split_tags(written)
    said, texts = pieces[1::2], pieces[2::2]
    first = _first(said)
    if not first or any(_name(tag) == "style" for tag in said[:first]):  # it tells how the rest looks
        return None
    inside = said[first:-2]
    known_tags = {tag: found for tag in set(inside) if (found := _turned(tag)) is not None}
    if not known_tags.keys() >= set(inside):
        return None
    turned = list(map(known_tags.__getitem__, inside))
    kinds = list(map(_kind, turned))
    if not in_order(kinds, texts[first:-2]):
        return None
    title = next((text for tag, text in zip(said[:first], texts, strict=False) if _name(tag) == "title"), "")
    texts[1 : first - 2] = [""] * (first - 3)
    _, attributes = valid_attributes("body", _attributes(said[first - 1]))
    ids = set(reserved)
    if not is_new(attributes.get("id", ""), ids):
        del attributes["id"]
    return Stream(
        [*[""] * first, *_tags(turned, kinds, ids), "", ""],
        texts,
        list(accumulate(_lengths(said, texts, first, turned))),
        " ".join(unescape(title).split()),
        attributes,
    )


def _first(said: Sequence[str]) -> int:
    """Return the number of the first tag inside of the body, where the page is a head and a body; else 0."""
    number = next((number for number, tag in enumerate(said) if _name(tag) == "body"), 0)
    if not number or list(said[-2:]) != ["/body", "/html"]:
        return 0
    head = said[1:number]
    headed = not head or (_name(head[0]) == _name(head[-1]) == "head" and head.count("/head") < 2)
    return number + 1 if headed else 0


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1] if found else ""


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) if "&" in value else value for name, value in _ATTRIBUTE.findall(tag)}


@lru_cache(maxsize=8192)
def _turned(said: str) -> Turned | None:
    name = _name(said)
    tag, style = known("rename").get(name, (name, ""))
    kind, alone = kind_of(name, tag), said[-1] == "/"
    if not kind or (tag in _VOID and not alone):
        return None
    if said[0] == "/":
        tag = "span" if tag == "font" or kind == WRAPPER else tag
        return Turned(f"</{tag}>", kind.lower(), varies=tag == "tr")
    attributes = _attributes(said)
    hidden = not alone and is_hidden(name, parse_style(attributes.get("style", "")))
    attributes = styled(attributes, style)
    if kind == WRAPPER:
        tag, attributes = "span", {name: value for name, value in attributes.items() if name in ANYWHERE}
    tag, attributes = valid_attributes(tag, attributes)
    if tag == "table" and alone:
        tag, kind, attributes = "div", "B", _as_div(attributes)
    end = f"</{tag}>" if alone and tag not in _VOID else ""
    markup = _written(tag, attributes, end)
    identity = attributes.pop("id", "")
    varies = bool(identity) or kind == WRAPPER
    kind += kind.lower() if end else ""
    return Turned(markup, kind, varies, hidden, identity, _written(tag, attributes, end))


def _as_div(attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes of a table with nothing in it, as of a div that looks as it did."""
    attributes = styled(attributes, known("block_style").get("table", ""))
    return {name: value for name, value in attributes.items() if name in ANYWHERE}


def _written(tag: str, attributes: dict[str, str], end: str) -> str:
    said = "".join([f' {name}="{value.translate(_IN_ATTRIBUTE)}"' for name, value in attributes.items()])
    if tag in _VOID:
        return f"<{tag}{said}/>"
    return f"<{tag}{said}><td></td></tr>" if tag == "tr" and end else f"<{tag}{said}>{end}"


def _tags(turned: Sequence[Turned], kinds: Sequence[str], ids: set[str]) -> list[str]:
    """Return the tags as XHTML: no id twice, no row without a cell, blocks around blocks."""
    tags = list(map(_markup, turned))
    for number in compress(count(), map(_varies, turned)):
        tag = turned[number]
        if tag.identity and not is_new(tag.identity, ids):
            tags[number] = tag.bare
        if tag.kind == "r" and kinds[number - 1] == "R":
            tags[number] = "<td></td></tr>"
        elif tag.kind == WRAPPER and holds_blocks(kinds[number : (end := end_of(kinds, number))]):
            tags[number], tags[end] = tags[number].replace("<span", "<div", 1), "</div>"
    return tags


def _lengths(said: Sequence[str], texts: Sequence[str], first: int, turned: Sequence[Turned]) -> list[int]:
    """Return how many characters of each text are part of the document's."""
    lengths = [0 if not text else len(unescaped(text)) if "&" in text else len(text) for text in texts]
    for number in compress(count(first), map(_hidden, turned)):
        depth = 1
        while depth:
            lengths[number] = 0
            number += 1
            depth += -1 if said[number][0] == "/" else said[number][-1] != "/"
    return lengths
