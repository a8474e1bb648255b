"""xBRL-CSV: the facts as a table that XBRL tools load, and the JSON that describes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from tagger.facts import Fact
from tagger.tagged import Tagged
from tagger.writing.contexts import references
from tagger.writing.facts_csv import quote_cell
from tagger.writing.names import namespaces
from tagger.writing.oim import dimensions, document_info, encoded, entity_prefixes
from tagger.writing.reported import Reported, write_value

_CORE = ("concept", "entity", "period", "unit", "language")
# What tells an exact number without a unit from text, to who has no taxonomy.
_MEASURE = "measure"
_COMMENTS = ("text", "label", "statement", "rule", "proof")


def write_xbrl_csv(tagged: Tagged, schema: str, stem: str) -> dict[str, bytes]:
    """Return the two files of *tagged* as xBRL-CSV by name: ``STEM.json``, which describes it, and ``STEM-facts.csv``."""
    comments = {fact.id: _comments(fact) for fact in tagged.facts}
    return write_tables(tagged.reported, namespaces(tagged), (schema,), stem, comments)


def write_tables(
    facts: Sequence[Reported],
    spaces: Mapping[str, str],
    schemas: Sequence[str],
    stem: str,
    comments: Mapping[str, tuple[str, ...]] | None = None,
) -> dict[str, bytes]:
    """Write *facts*, whose names *spaces* explain; *comments* are the cells that only people read."""
    refs = references(facts)
    schemes = entity_prefixes(facts)
    rows = [dimensions(fact, schemes) for fact in facts]
    named = sorted({name for row in rows for name in row} - set(_CORE))
    columns = [name for name in _CORE if any(name in row for row in rows)] + named
    remarks = (_MEASURE, *(_COMMENTS if comments else ()))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("id", *map(_column, columns), "decimals", "value", *remarks))
    for name, fact, row in zip(refs.facts, facts, rows, strict=True):
        cells = [_cell(row[column]) if column in row else "#none" for column in columns]
        written = "#nil" if fact.value is None else _cell(write_value(fact.value))
        told = (comments or {}).get(fact.id, ("",) * (len(remarks) - 1))
        decimals = "#none" if fact.decimals is None or fact.value is None else fact.decimals
        writer.writerow((name, *cells, decimals, written, fact.unit or "", *told))
    table = f"{stem}-facts.csv"
    template = _template(columns, remarks)
    info = document_info("csv", spaces, schemes, schemas)
    described = encoded(
        {"documentInfo": info, "tableTemplates": {"facts": template}, "tables": {"facts": {"url": table}}}
    )
    return {f"{stem}.json": described, table: buffer.getvalue().encode("utf-8", "replace")}


def _template(columns: Sequence[str], remarks: Sequence[str]) -> dict[str, object]:
    cells = {column: f"${_column(column)}" for column in columns}
    described: dict[str, object] = {_column(column): {} for column in ("id", *columns, "decimals")}
    described["value"] = {"dimensions": cells, "decimals": "$decimals"}
    described |= {remark: {"comment": True} for remark in remarks}
    return {"rowIdColumn": "id", "columns": described}


def _column(name: str) -> str:
    return name.replace(":", "_", 1)


def _cell(text: str) -> str:
    """Write *text* so that it is not taken for a word of the format."""
    if not text:
        return "#empty"
    return f"#{text}" if text.startswith("#") else text


def _comments(fact: Fact) -> tuple[str, ...]:
    text, label = (" ".join(words.split()) for words in (fact.printed.text, fact.label))
    told = (text, label, fact.statement, fact.rule, "; ".join(map(str, fact.proof)))
    return tuple(map(quote_cell, told))
