"""xBRL-XML: the facts as an XBRL instance."""

from __future__ import annotations

from html import escape

from tagger.tagged import Tagged
from tagger.writing.contexts import references, write_references
from tagger.writing.names import FIXED, namespaces


def write_instance(tagged: Tagged, schema: str) -> bytes:
    """Write the facts of *tagged* as an instance whose taxonomy is *schema*, a relative address."""
    refs = references(tagged.facts)
    spaces = {prefix: FIXED[prefix] for prefix in ("iso4217", "link", "xbrldi", "xbrli", "xlink")} | namespaces(tagged)
    declarations = "".join(f' xmlns:{prefix}="{escape(uri)}"' for prefix, uri in sorted(spaces.items()))
    facts = "".join(
        f'<{fact.concept} id="{refs.facts[index]}" contextRef="{refs.context(fact)}" unitRef="{refs.units[fact.unit]}" '
        f'decimals="{"INF" if fact.decimals is None else fact.decimals}">{fact.value:f}</{fact.concept}>\n'
        for index, fact in enumerate(tagged.facts)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<xbrli:xbrl{declarations}>\n"
        f'<link:schemaRef xlink:type="simple" xlink:href="{escape(schema)}"/>\n'
        f"{write_references(refs)}\n{facts}</xbrli:xbrl>\n"
    ).encode()
