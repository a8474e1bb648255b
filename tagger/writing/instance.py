"""xBRL-XML: the facts as an XBRL instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from tagger.characters import escape_text
from tagger.tagged import Tagged
from tagger.writing.contexts import References, references, write_references
from tagger.writing.names import FIXED, namespaces
from tagger.writing.reported import Reported, write_value

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def write_instance(tagged: Tagged, schema: str) -> bytes:
    """Write the facts of *tagged* as an instance whose taxonomy is *schema*, a relative address."""
    return write_facts(tagged.reported, namespaces(tagged), (schema,))


def write_facts(facts: Sequence[Reported], spaces: Mapping[str, str], schemas: Sequence[str]) -> bytes:
    """Write *facts*, whose names *spaces* explain, as an instance that refers to *schemas*."""
    refs = references(facts)
    bound = {prefix: FIXED[prefix] for prefix in ("iso4217", "link", "xbrldi", "xbrli", "xlink")} | dict(spaces)
    if any(fact.value is None for fact in facts):
        bound["xsi"] = _XSI
    declarations = "".join(f' xmlns:{prefix}="{escape(uri)}"' for prefix, uri in sorted(bound.items()))
    schema_references = "".join(
        f'<link:schemaRef xlink:type="simple" xlink:href="{escape(schema)}"/>\n' for schema in schemas
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<xbrli:xbrl{declarations}>\n{schema_references}{write_references(refs)}\n"
        f"{''.join(_fact(fact, refs, index) for index, fact in enumerate(facts))}</xbrli:xbrl>\n"
    ).encode()


def _fact(fact: Reported, refs: References, index: int) -> str:
    start = f'<{fact.concept} id="{refs.facts[index]}" contextRef="{refs.context(fact)}"'
    if fact.unit is not None:
        accuracy = "" if fact.value is None else f' decimals="{"INF" if fact.decimals is None else fact.decimals}"'
        start += f' unitRef="{refs.units[fact.unit]}"{accuracy}'
    elif fact.language:
        start += f' xml:lang="{escape(fact.language)}"'
    if fact.value is None:
        return f'{start} xsi:nil="true"/>\n'
    return f"{start}>{escape_text(write_value(fact.value))}</{fact.concept}>\n"
