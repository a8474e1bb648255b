"""The cover: a table in front of the release that shows the facts about the report itself."""

from __future__ import annotations

from tagger.characters import escape_text
from tagger.facts import TextFact
from tagger.tagged import Tagged
from tagger.writing.contexts import References


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
