"""Inline XBRL 1.1: the release itself, with its figures tagged where they stand, below a cover of facts about the report."""

from __future__ import annotations

from html import escape

from tagger.characters import escape_text
from tagger.facts import TextFact
from tagger.tagged import Tagged
from tagger.writing.contexts import References, references, write_references
from tagger.writing.names import FIXED, namespaces
from tagger.writing.text_page import text_page
from tagger.writing.transformation import REGISTRY


def write_inline(tagged: Tagged, schema: str) -> bytes:
    """Write *tagged* as an Inline XBRL document whose taxonomy is *schema*, a relative address."""
    refs = references(tagged.reported)
    if tagged.document.kind == "html":
        from tagger.writing.html_page import html_page

        page = html_page(tagged, refs)
    else:
        page = text_page(tagged, refs)
    title = escape_text(page.title or _title(tagged))
    hidden = "\n".join(("<ix:hidden>", *page.placed.hidden, "</ix:hidden>\n")) if page.placed.hidden else ""
    # Not a character of what a browser shows is added: the header is in an element that is not displayed.
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{_namespaces(tagged)} xml:lang="en-US">\n'
        f"<head>\n<title>{title}</title>\n{page.head}</head>\n"
        f'<body{page.attributes}><div style="display:none"><ix:header>\n{hidden}'
        f'<ix:references><link:schemaRef xlink:type="simple" xlink:href="{escape(schema)}"></link:schemaRef>'
        f"</ix:references>\n<ix:resources>\n{write_references(refs)}\n</ix:resources>\n</ix:header></div>"
        f"{cover_page(tagged, refs)}{page.body}</body>\n</html>\n"
    ).encode("ascii", "xmlcharrefreplace")


def _namespaces(tagged: Tagged) -> str:
    spaces = {"ix": "http://www.xbrl.org/2013/inlineXBRL", "ixt": REGISTRY} | FIXED | namespaces(tagged)
    return "".join(f' xmlns:{prefix}="{escape(uri)}"' for prefix, uri in sorted(spaces.items()))


def _title(tagged: Tagged) -> str:
    submission = tagged.document.submission
    return (submission and submission.company) or tagged.document.name or "Release"


def cover_page(tagged: Tagged, refs: References) -> str:
    """Return the table, with each value tagged where it is shown; nothing where there is nothing to show."""
    if not tagged.cover:
        return ""
    first = len(tagged.facts)
    rows = (_row(fact, refs.facts[first + index], refs) for index, fact in enumerate(tagged.cover))
    return f'<div style="margin:1em"><table>{"".join(rows)}</table></div>\n'


def _row(fact: TextFact, name: str, refs: References) -> str:
    tag = f'<ix:nonNumeric id="{name}" name="{fact.concept}" contextRef="{refs.context(fact)}">'
    label = f'<td style="padding-right:2em">{escape_text(fact.label)}</td>'
    return f"<tr>{label}<td>{tag}{escape_text(fact.value)}</ix:nonNumeric></td></tr>\n"
