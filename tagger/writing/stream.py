"""The page of a release whose elements stand where XHTML lets them, as most do: its tags turned one by one, without a tree.

Runs of tags that are written alike turn alike, so each is turned once; lines and inline elements that hold blocks become blocks.
What takes more, as parts of tables out of place, is left to the tree: then there is no `Stream`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from itertools import accumulate, compress, groupby, takewhile, zip_longest
from operator import attrgetter

from msgspec import Struct

from tagger.document import Written
from tagger.patterns import pattern
from tagger.reading.html.flow import unescaped
from tagger.reading.html.style import parse_style
from tagger.reading.html.text import is_hidden
from tagger.values import Span
from tagger.writing.attributes import is_new, valid_attributes
from tagger.writing.marks import Mark
from tagger.writing.nesting import BLANK_AFTER, WRAPPER, as_blocks, end_of, holds_blocks, in_order, kind_of, lifted_in
from tagger.writing.tree import ANYWHERE, blank, known, styled

# A head and a body, with what stands before, between and behind them.
_PAGE = pattern(
    r"<html(?:\s[^>]*)?>(?P<before>[^<]*)(?:(?P<head><head(?:\s[^>]*)?(?:/>|>.*?</head>))(?P<after>[^<]*))?<(?P<body>body(?:\s[^>]*)?)>(?P<inside>.*)",
    re.DOTALL,
)
_STYLE = pattern(r"<style[\s/>]")
_TITLE = pattern(r"<title[^>]*>([^<]*)")
_NAME = pattern(r"/?([^\s/]*)")
_ATTRIBUTE = pattern(r'\s([^\s=]+)="([^"]*)"')
_VOID = frozenset({"br", "hr", "img"})
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ESCAPES_IN_ATTRIBUTE = _ESCAPES | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


class Turned(Struct, frozen=True, gc=False):
    """A tag in XHTML: *markup*, or *bare* where its *identity* is not new. *hidden*: what it holds does not show.

    *varies* says that it hangs on what stands before it how it is written, *lifted* is what it is as a block.
    """

    markup: str
    kind: str
    varies: bool
    hidden: bool = False
    identity: str = ""
    bare: str = ""
    lifted: str = "</div>"


_varies, _hidden, _textless = map(attrgetter, ("varies", "hidden", "textless"))


class Run(Struct, frozen=True, gc=False):
    """Tags that stand side by side, with the *markup* and the *kinds* of all of them.

    *varies* says that it may hang on what stands before them how they are written, *hides* that one of them hides, and
    *textless* that no text may stand behind them.
    """

    tags: tuple[Turned, ...]
    markup: str
    kinds: str
    varies: bool
    hides: bool
    textless: bool


class Stream(Struct, frozen=True):
    """A page in pieces: tags, and the text behind them; *ends* says where in the document's text each of these ends."""

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
            texts[number] = "".join(_marked(texts[number], self.ends[number], group))
        pieces = [""] * (2 * len(texts))
        pieces[::2], pieces[1::2] = self.tags, texts
        return "".join(pieces)


def _marked(written: str, end: int, marks: Iterator[Mark]) -> list[str]:
    """Return the pieces of a text as *written*, which ends at the offset *end* of the document, with *marks* among them."""
    bare = "&" not in written  # nothing is escaped in it
    text, escaped = (written, str) if bare else (unescaped(written), _escaped)
    pieces: list[str] = []
    done, begin = 0, end - len(text)
    for mark in marks:
        first, last = mark.span.start - begin, mark.span.end - begin
        pieces += (escaped(text[done:first]), mark.before, escaped(text[first:last]), mark.after)
        done = last
    return [*pieces, escaped(text[done:])]


def _escaped(text: str, escapes: Mapping[str, str] = _ESCAPES) -> str:
    """Write *text* as markup has it; *escapes* begin with that of the sign with which each of them begins."""
    for sign, instead in escapes.items():
        if sign in text:
            text = text.replace(sign, instead)
    return text


def read_stream(written: Written, reserved: frozenset[str]) -> Stream | None:
    """Turn the tags of a tree as *written*; ids in *reserved* are left to others. `None` where it takes the tree."""
    before = takewhile(lambda run: "body" not in map(_name, run), map(written.distinct.__getitem__, written.order))
    first = sum(1 for _ in before)
    page = _PAGE.match(
        _markup([written.distinct[place] for place in written.order[: first + 1]], written.texts[:first])
    )
    if page is None or _STYLE.search(page["head"] or ""):  # it tells how the rest looks
        return None
    said, order, texts = [*written.distinct, _tags(page["inside"])], written.order[first:], written.texts[first:]
    order[0] = len(said) - 1
    if not _closed(said, order):
        return None
    turned = _runs(said, set(order))
    if turned is None:
        return None
    runs = list(map(turned.__getitem__, order))
    kinds = "".join([run.kinds for run in runs])
    between = compress(texts, map(_textless, runs))
    ordered = in_order(kinds)
    lifted = frozenset() if ordered else lifted_in(kinds)
    if not blank("".join(between)) or not (ordered or (lifted and in_order(as_blocks(kinds, lifted)))):
        return None
    _, attributes = valid_attributes("body", _attributes(page["body"]))
    ids = set(reserved)
    if not is_new(attributes.get("id", ""), ids):
        del attributes["id"]
    around = [page["before"], page["after"] or ""]
    return Stream(
        ["", "", *_turned_runs(runs, kinds, lifted, ids)],
        [*around, *texts],
        list(accumulate([*map(len, map(unescaped, around)), *_lengths(runs, texts)])),
        _title(page["head"] or ""),
        attributes,
    )


def _title(head: str) -> str:
    found = _TITLE.search(head)
    return " ".join(unescape(found[1]).split()) if found else ""


def _markup(runs: Sequence[tuple[str, ...]], texts: Sequence[str]) -> str:
    return "".join([f"<{'><'.join(run)}>{text}" for run, text in zip_longest(runs, texts, fillvalue="")])


def _tags(markup: str) -> tuple[str, ...]:
    """Return the tags of *markup*, which holds nothing else."""
    return tuple(markup[1:-1].split("><")) if markup else ()


def _closed(said: list[tuple[str, ...]], order: list[int]) -> bool:
    """Take the ends of body and page off the last of the runs *said* in their *order*; `False` where they do not end so."""
    *_, before, last = [(), *(said[place] for place in order[-2:])]
    if last == ("/html",) and before[-1:] == ("/body",):
        said += [before[:-1], ()]
        order[-2:] = len(said) - 2, len(said) - 1
    elif last[-2:] == ("/body", "/html"):
        said.append(last[:-2])
        order[-1] = len(said) - 1
    else:
        return False
    return True


def _runs(said: Sequence[tuple[str, ...]], asked: Iterable[int]) -> dict[int, Run] | None:
    """Return those of the runs *said* that are *asked* for, in XHTML; `None` where a tag cannot be turned by itself."""
    tags = {tag: _turned(tag) for tag in set().union(*[said[place] for place in asked])}
    turned = {tag: found for tag, found in tags.items() if found is not None}
    if len(turned) < len(tags):
        return None
    return {place: _run(tuple(map(turned.__getitem__, said[place]))) for place in asked}


def _run(tags: tuple[Turned, ...]) -> Run:
    kinds = "".join([tag.kind for tag in tags])
    varies = "Rr" in kinds or kinds[:1] == "r" or any(map(_varies, tags))
    markup = "".join([tag.markup for tag in tags])
    return Run(tags, markup, kinds, varies, any(map(_hidden, tags)), kinds[-1:] in BLANK_AFTER)


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1] if found else ""


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) if "&" in value else value for name, value in _ATTRIBUTE.findall(tag)}


@lru_cache(maxsize=2048)
def _turned(said: str) -> Turned | None:
    name = _name(said)
    tag, style = known("rename").get(name, (name, ""))
    kind, alone = kind_of(name, tag), said[-1] == "/"
    if not kind or (tag in _VOID and not alone):
        return None
    if said[0] == "/":
        tag = "span" if tag == "font" or kind == WRAPPER else tag
        return Turned(f"</{tag}>", kind.lower(), varies=kind == WRAPPER)
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
    lifted = _lifted(tag, attributes) if kind in "IP" else ""
    identity = attributes.pop("id", "")
    varies = bool(identity) or kind == WRAPPER
    kind += kind.lower() if end else ""
    return Turned(markup, kind, varies, hidden, identity, _written(tag, attributes, end), lifted)


def _as_div(attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes of a table with nothing in it, as of a div that looks as it did."""
    attributes = styled(attributes, known("block_style").get("table", ""))
    return {name: value for name, value in attributes.items() if name in ANYWHERE}


def _lifted(tag: str, attributes: dict[str, str]) -> str:
    """Write an element as a div that looks as it did; one in a line stays in it."""
    attributes = styled(attributes, known("block_style").get(tag, ""))
    attributes = styled(attributes, "display:inline" if tag in known("inline") else "")
    return _written("div", {name: value for name, value in attributes.items() if name in ANYWHERE}, "")


def _written(tag: str, attributes: dict[str, str], end: str) -> str:
    said = "".join([f' {name}="{_escaped(value, _ESCAPES_IN_ATTRIBUTE)}"' for name, value in attributes.items()])
    if tag in _VOID:
        return f"<{tag}{said}/>"
    return f"<{tag}{said}><td></td></tr>" if tag == "tr" and end else f"<{tag}{said}>{end}"


def _turned_runs(runs: Sequence[Run], kinds: str, lifted: frozenset[int], ids: set[str]) -> list[str]:
    """Return the tags as XHTML, run by run: no id twice, no row without a cell, blocks around blocks."""
    written = [run.markup for run in runs]
    starts = list(accumulate([len(run.kinds) for run in runs], initial=0))  # in the kinds of all tags
    told = {bisect_right(starts, at) - 1 for at in lifted}
    told.update(number for number, run in enumerate(runs) if run.varies)
    wrappers: list[str] = []
    for number in sorted(told):
        written[number] = "".join(_written_at(runs[number], starts[number], kinds, lifted, wrappers, ids))
    return written


def _written_at(
    run: Run, at: int, kinds: str, lifted: frozenset[int], wrappers: list[str], ids: set[str]
) -> Iterator[str]:
    for tag in run.tags:
        new = not tag.identity or is_new(tag.identity, ids)
        markup = tag.markup if new else tag.bare
        if at in lifted:
            yield tag.lifted if new else tag.lifted.replace(f' id="{tag.identity}"', "", 1)
        elif tag.kind == "r" and kinds[at - 1] == "R":
            yield "<td></td></tr>"
        elif tag.kind == WRAPPER:
            wrappers.append("div" if holds_blocks(kinds[at : end_of(kinds, at)]) else "span")
            yield markup.replace("<span", f"<{wrappers[-1]}", 1)
        elif tag.kind == WRAPPER.lower():
            yield f"</{wrappers.pop()}>"
        else:
            yield markup
        at += len(tag.kind)


def _lengths(runs: Sequence[Run], texts: Sequence[str]) -> Iterator[int]:
    """Yield how many characters of each text are part of the document's."""
    if not any([run.hides for run in runs]):
        yield from [len(unescaped(text)) if "&" in text else len(text) for text in texts]
        return
    depth = 0  # within what is hidden
    for run, text in zip(runs, texts, strict=True):
        if depth or run.hides:
            for tag in run.tags:
                if tag.hidden or depth:
                    depth += tag.kind.isupper() - tag.kind.islower()
        yield 0 if depth else len(unescaped(text)) if "&" in text else len(text)
