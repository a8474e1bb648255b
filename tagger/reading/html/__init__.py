"""HTML of any age as a document: visible text, paragraphs and tables."""

from __future__ import annotations

from tagger.document import Document, Submission
from tagger.grid import Budget
from tagger.limits import Limits
from tagger.reading.html.blocks import blocks_of
from tagger.reading.html.flow import read_flow
from tagger.reading.html.text import parse_html


def read_html(
    markup: str, *, name: str = "", submission: Submission | None = None, budget: Budget | None = None
) -> Document:
    """Read *markup*, decoded HTML; it never raises, whatever the markup is.

    *budget* bounds the tables of text (``<pre>``) in it.

    >>> document = read_html("<p>Net sales rose.</p><table><tr><td>Net sales<td>$<td>(1,234<td>)<td>12%</table>")
    >>> document.text
    'Net sales rose.Net sales$(1,234)12%'
    >>> [cell.text.string for cell in document.tables[0].rows[0].cells]
    ['Net sales', '$ (1,234 )', '12%']
    """
    flow = read_flow(parse_html(markup))
    return Document(
        kind="html",
        text=flow.text,
        blocks=blocks_of(flow, budget or Budget(Limits())),
        name=name,
        markup=markup,
        written=flow.written,
        submission=submission,
    )
