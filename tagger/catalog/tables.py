"""The tables of `taxonomy/`, read once and parsed row by row when a row is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from msgspec import Struct, field

from tagger.catalog.concepts import NEWEST, Concept, parse_concept, qualified
from tagger.data import resource

YEARS = range(2009, NEWEST + 1)  # the taxonomies filers have used; 2010 had none of its own and stands for that of 2009


class Namespace(Struct, frozen=True):
    """Where a taxonomy's names live: the namespace, and the schema that declares them."""

    uri: str
    schema_url: str


class Axis(Struct, frozen=True):
    """An axis with its domain and the members the catalog knows under it."""

    name: str
    domain: str
    members: tuple[str, ...]


class Tables(Struct, frozen=True, kw_only=True, eq=False):
    """What a catalog is made from. Another source of concepts builds one of these in the same form.

    Sums and axes are asked for less often than they cost to read, so they are read on the first question.
    """

    concepts: Mapping[str, str]  # qualified name -> its row
    changes: Mapping[str, tuple[str, ...]]  # qualified name -> rows for the years in which it was different
    namespaces: Mapping[tuple[int, str], Namespace]
    calculations: Callable[[], tuple[str, ...]]
    axes: Callable[[], Mapping[str, str]]
    _parsed: dict[str, Concept] = field(default_factory=dict)

    def concept(self, name: str) -> Concept | None:
        """Return what the row of *name* says, parsed once for the catalogs of all years."""
        found = self._parsed.get(name)
        if found is None and (row := self.concepts.get(name)) is not None:
            found = self._parsed[name] = parse_concept(row)
        return found


def table_rows(name: str) -> list[str]:
    """Return the lines of ``taxonomy/NAME.csv`` without the heading."""
    return (resource("taxonomy") / f"{name}.csv").read_text("utf-8").splitlines()[1:]


@cache
def builtin_tables() -> Tables:
    """Return the tables that come with the library."""
    concepts = {f"us-gaap:{row.partition(',')[0]}": row for row in table_rows("concepts")}
    concepts.update((row.partition(",")[0], row) for row in table_rows("related"))
    return Tables(
        concepts=concepts,
        changes=_changes(),
        namespaces=_namespaces(),
        calculations=_calculations,
        axes=_axes,
    )


def _changes() -> Mapping[str, tuple[str, ...]]:
    rows: dict[str, tuple[str, ...]] = {}
    for row in table_rows("changes"):
        name = qualified(row.partition(",")[0])
        rows[name] = (*rows.get(name, ()), row)
    return rows


def _namespaces() -> Mapping[tuple[int, str], Namespace]:
    cells = (row.split(",") for row in table_rows("namespaces"))
    return {(int(year), prefix): Namespace(uri, schema) for year, prefix, uri, schema in cells}


@cache
def _calculations() -> tuple[str, ...]:
    return tuple(table_rows("calculations"))


@cache
def _axes() -> Mapping[str, str]:
    return {qualified(row.partition(",")[0]): row for row in table_rows("axes")}
