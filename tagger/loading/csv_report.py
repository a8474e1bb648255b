"""xBRL-CSV: the facts of tables that a JSON file describes; rows of CSV files, whatever is in them."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tagger.loading.errors import LoadError
from tagger.loading.loaded import LoadedReport
from tagger.loading.oim import OimReader
from tagger.selection import Facts
from tagger.writing.facts_csv import unquote_cell

# A column without these holds no facts.
_FACT = frozenset({"dimensions", "decimals", "propertyGroups"})
# Our own tables tell the unit of numbers that OIM gives none.
_DETAILS = {"measure": "tagger:unit"}
_NONE = {"#none": None, "": None}
_LIMIT = threading.Lock()  # the limit of Python's reader is one for all threads
_LONGEST = 100_000_000  # characters of a cell: notes of a filing are longer than what Python takes by itself


def read_csv_report(metadata: Mapping[str, Any], name: str, beside: Callable[[str], bytes]) -> LoadedReport:
    """Return the facts of the tables that *metadata* describes; *beside* returns a file by its relative address."""
    info = metadata["documentInfo"]
    reader = OimReader(info.get("namespaces", {}))
    facts = tuple(reader.facts(_facts(metadata, beside, name)))
    return LoadedReport(
        facts=Facts(facts),
        namespaces=reader.used(),
        taxonomy=tuple(map(str, info.get("taxonomy", ()))),
        name=name,
        problems=tuple(reader.problems),
    )


def _facts(
    metadata: Mapping[str, Any], beside: Callable[[str], bytes], name: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    templates = metadata.get("tableTemplates", {})
    for key, table in metadata.get("tables", {}).items():
        template = templates.get(table.get("template", key))
        if template is None:
            raise LoadError(f"{name}: no template {table.get('template', key)}")
        if table.get("optional") and not table.get("url"):
            continue
        parameters = {**metadata.get("parameters", {}), **table.get("parameters", {})}
        _, rows = read_rows(beside(table["url"]), table["url"])
        yield from _table(key, template, metadata, parameters, rows)


def _table(
    key: str,
    template: Mapping[str, Any],
    metadata: Mapping[str, Any],
    parameters: Mapping[str, str],
    rows: Iterable[Mapping[str, str]],
) -> Iterator[tuple[str, dict[str, Any]]]:
    valued = {name: said for name, said in template.get("columns", {}).items() if _FACT.intersection(said)}
    comments = [name for name, said in template.get("columns", {}).items() if said.get("comment")]
    row_id = template.get("rowIdColumn")
    shared = {**metadata.get("dimensions", {}), **template.get("dimensions", {})}
    accuracy = template.get("decimals", metadata.get("decimals"))
    for number, row in enumerate(rows, 1):
        row_key = (row.get(row_id) if row_id else None) or f"r_{number}"
        cells = {**parameters, **row, "rowId": row_key}
        for column, said in valued.items():
            written = row.get(column)
            if not written or written == "#none":
                continue
            group = _group(said, row)
            asked = {**shared, **group.get("dimensions", {}), **said.get("dimensions", {})}
            decimals = said.get("decimals", group.get("decimals", accuracy))
            name = row_key if row_id and len(valued) == 1 else f"{key}.{row_key}.{column}"
            told = {
                _DETAILS.get(comment, f"comment:{comment}"): unquote_cell(row[comment])
                for comment in comments
                if row.get(comment)
            }
            yield name, _fact(written, asked, decimals, cells) | told


def _group(described: Mapping[str, Any], row: Mapping[str, str]) -> Mapping[str, Any]:
    for column in described.get("propertiesFrom", ()):
        found = described.get("propertyGroups", {}).get(row.get(column))
        if isinstance(found, dict):
            return found
    return {}


def _fact(written: str, asked: Mapping[str, Any], decimals: Any, cells: Mapping[str, str]) -> dict[str, Any]:
    dimensions = {name: _value(value, cells) for name, value in asked.items()}
    value = {"#nil": None, "#empty": ""}.get(
        written, written.removeprefix("#") if written.startswith("##") else written
    )
    fact: dict[str, Any] = {
        "value": value,
        "dimensions": {name: found for name, found in dimensions.items() if found is not None},
    }
    found = _value(decimals, cells) if isinstance(decimals, str) else decimals
    if found is not None and str(found) != "INF":
        fact["decimals"] = found
    return fact


def _value(written: Any, cells: Mapping[str, str]) -> str | None:
    """Return what *written* stands for: a column or parameter after ``$``, or itself."""
    text = str(written)
    if text.startswith("$") and not text.startswith("$$"):
        text = cells.get(text[1:].partition("@")[0], "")
        return _NONE.get(text, text)
    return text.removeprefix("$") if text.startswith("$$") else _NONE.get(text, text)


def read_rows(data: bytes, name: str) -> tuple[list[str], list[dict[str, str]]]:
    """Return the names of the columns of *data*, and its rows; a row that is too short is filled up with nothing.

    >>> read_rows(b"a,b\\r\\n1,2\\r\\n3\\r\\n", "x.csv")
    (['a', 'b'], [{'a': '1', 'b': '2'}, {'a': '3', 'b': ''}])
    """
    with _LIMIT:
        return _rows(data, name)


def _rows(data: bytes, name: str) -> tuple[list[str], list[dict[str, str]]]:
    usual = csv.field_size_limit(_LONGEST)
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""), restval="")
        rows = [{column: cell for column, cell in row.items() if column is not None} for row in reader]
        return list(reader.fieldnames or ()), rows
    except csv.Error as error:
        raise LoadError(f"{name}: no table that can be read: {error}") from error
    finally:
        csv.field_size_limit(usual)
