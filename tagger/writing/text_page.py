"""The page of a plain-text release: its text as it stands, with tags around its figures."""

from __future__ import annotations

from msgspec import Struct

from tagger.characters import escape_text
from tagger.tagged import Tagged
from tagger.writing.contexts import References
from tagger.writing.marks import Placed, place

_LONG_LINE = 250


class Page(Struct, frozen=True):
    """A page: its body, which facts the body has no place for, what its head says, and the body's attributes."""

    body: str
    placed: Placed
    title: str = ""
    head: str = ""
    attributes: str = ""


def text_page(tagged: Tagged, refs: References) -> Page:
    """Show the release as a terminal would: in one width, with its own line ends."""
    text = tagged.document.text
    placed = place(tagged, refs, lambda span: span)
    longest = max(map(len, text.splitlines()), default=0)
    wrap = "pre-wrap" if longest > _LONG_LINE else "pre"
    pieces: list[str] = []
    position = 0
    for mark in placed.marks:
        start, end = mark.span.start, mark.span.end
        pieces += (escape_text(text[position:start]), mark.before, escape_text(text[start:end]), mark.after)
        position = end
    pieces.append(escape_text(text[position:]))
    return Page(f'<div style="font-family:monospace;white-space:{wrap}">{"".join(pieces)}</div>', placed)
