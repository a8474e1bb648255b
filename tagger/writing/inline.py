"""Inline XBRL 1.1: the release itself, with its figures tagged where they stand."""

from __future__ import annotations

from html import escape

from tagger.tagged import Tagged
from tagger.writing.characters import escape_text
from tagger.writing.contexts import References, references, write_references
from tagger.writing.marks import Placed, place
from tagger.writing.names import FIXED, namespaces
from tagger.writing.transformation import REGISTRY

_LONG_LINE = 250


def write_inline(tagged: Tagged, schema: str) -> bytes:
    """Write *tagged* as an Inline XBRL document whose taxonomy is *schema*, a relative address."""
    refs = references(tagged.facts)
    if tagged.document.kind == "html":
        from tagger.writing.page import release_page

        body, placed, head = release_page(tagged, refs)
    else:
        placed = place(tagged, refs, lambda span: span)
        body, head = _text_body(tagged.document.text, placed), ""
    return _page(tagged, refs, placed, schema, body, head).encode("ascii", "xmlcharrefreplace")


def _page(tagged: Tagged, refs: References, placed: Placed, schema: str, body: str, head: str) -> str:
    """Put a page around *body*; nothing that a browser shows is added."""
    spaces = {"ix": "http://www.xbrl.org/2013/inlineXBRL", "ixt": REGISTRY} | FIXED | namespaces(tagged)
    declarations = "".join(f' xmlns:{prefix}="{escape(uri)}"' for prefix, uri in sorted(spaces.items()))
    hidden = "\n".join(("<ix:hidden>", *placed.hidden, "</ix:hidden>\n")) if placed.hidden else ""
    resources = write_references(refs)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{declarations} xml:lang="en-US">\n'
        f"<head>\n<title>{escape_text(_title(tagged))}</title>\n{head}</head>\n"
        f'<body><div style="display:none"><ix:header>\n{hidden}'
        f'<ix:references><link:schemaRef xlink:type="simple" xlink:href="{escape(schema)}"></link:schemaRef>'
        f"</ix:references>\n<ix:resources>\n{resources}\n</ix:resources>\n</ix:header></div>"
        f"{body}</body>\n</html>\n"
    )


def _title(tagged: Tagged) -> str:
    submission = tagged.document.submission
    return (submission and submission.company) or tagged.document.name or "Release"


def _text_body(text: str, placed: Placed) -> str:
    """Show *text* as a terminal would: in one width, with its own line ends."""
    longest = max(map(len, text.splitlines()), default=0)
    wrap = "pre-wrap" if longest > _LONG_LINE else "pre"
    pieces: list[str] = []
    position = 0
    for mark in placed.marks:
        start, end = mark.span.start, mark.span.end
        pieces += (escape_text(text[position:start]), mark.before, escape_text(text[start:end]), mark.after)
        position = end
    pieces.append(escape_text(text[position:]))
    return f'<div style="font-family:monospace;white-space:{wrap}">{"".join(pieces)}</div>'
