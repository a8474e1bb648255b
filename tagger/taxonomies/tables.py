"""Tables of a catalog that come from installed taxonomies, in the form of those in `taxonomy/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace

from tagger.catalog import Namespace, Tables
from tagger.taxonomies.store import Store, StoreError, open_store

_Row: TypeAlias = tuple[str, str, str | None, int]
_Known: TypeAlias = list[tuple[int, _Row]]
_REPLACES = "dep-concept-deprecatedConcept"


def extended_tables(built_in: Tables, paths: Sequence[Path]) -> Tables:
    """Return the tables *built_in* with the names they lack from the stores *paths*."""
    stores = _stores(paths)
    added = {
        (store.about.year, prefix): Namespace(uri, schema_address(uri))
        for store in stores
        for prefix, uri in store.about.namespaces.items()
    }
    return replace(
        built_in,
        concepts=_Concepts(built_in.concepts, stores),
        changes=_Changes(built_in, stores),
        namespaces={**added, **built_in.namespaces},
        _parsed={},
    )


def later_tables(newest: Tables, paths: Sequence[Path]) -> Tables:
    """Return tables for a year after those of *newest*: what us-gaap has then, only the installed one can say."""
    others = {name: row for name, row in newest.concepts.items() if not name.startswith("us-gaap:")}
    changes = {name: rows for name, rows in newest.changes.items() if name in others}
    return extended_tables(replace(newest, concepts=others, changes=changes), paths)


def _stores(paths: Sequence[Path]) -> tuple[Store, ...]:
    """Open the stores *paths*; a broken one adds nothing, as if it were not installed."""
    found = []
    for path in paths:
        try:
            found.append(open_store(path))
        except StoreError:
            continue
    return tuple(found)


def schema_address(namespace: str) -> str:
    """Return where the schema of an official *namespace* is published.

    >>> schema_address("http://fasb.org/us-gaap-ebp/2024")
    'https://xbrl.fasb.org/us-gaap/2024/ebp/elts/us-gaap-ebp-2024.xsd'
    >>> schema_address("http://xbrl.sec.gov/dei/2024")
    'https://xbrl.sec.gov/dei/2024/dei-2024.xsd'
    """
    start, _, date = namespace.rpartition("/")
    host, _, family = start.partition("://")[2].rpartition("/")
    year, name = date[:4], f"{family}-{date}.xsd"
    if "fasb.org" not in host:
        return f"https://{host}/{family}/{year}/{name}"
    if family == "us-gaap-ebp":  # a part of us-gaap, in a folder of its own
        return f"https://xbrl.fasb.org/us-gaap/{year}/ebp/elts/{name}"
    return f"https://xbrl.fasb.org/{family}/{year}/elts/{name}"


@dataclass(frozen=True, slots=True, eq=False)
class _Concepts(Mapping[str, str]):
    """The rows of the built-in table, and those made from stores for names that it does not have."""

    built_in: Mapping[str, str]
    stores: tuple[Store, ...]
    _made: dict[str, str | None] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        row = self.built_in.get(name)
        if row is None:
            if name not in self._made:
                self._made[name] = _rows(self.stores, name).get(name)
            row = self._made[name]
        if row is None:
            raise KeyError(name)
        return row

    def __iter__(self) -> Iterator[str]:
        self._made.update(_rows(self.stores))  # all at once: one by one they would be asked for next
        return iter(dict.fromkeys([*self.built_in, *(name for name, row in self._made.items() if row is not None)]))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True, eq=False)
class _Changes(Mapping[str, tuple[str, ...]]):
    """Rows for the years in which a concept was different."""

    built_in: Tables
    stores: tuple[Store, ...]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name in self.built_in.concepts:
            return self.built_in.changes[name]
        rows = _change_rows(name, _attributes(name, self.stores))
        if not rows:
            raise KeyError(name)
        return rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.built_in.changes)

    def __len__(self) -> int:
        return len(self.built_in.changes)


def _attributes(name: str, stores: Sequence[Store]) -> _Known:
    """Return year and attributes of *name* in each store whose schema declares it, oldest first."""
    question = "SELECT type, period_type, balance, abstract FROM concept WHERE name = ? AND type <> ''"
    return sorted((store.about.year, row) for store in stores for row in store.rows(question, name))


def _rows(stores: Sequence[Store], name: str | None = None) -> dict[str, str]:
    """Return the rows of *name*, or of all names, as in ``concepts.csv``.

    A concept is there from the first to the last installed year that has it. One that the newest installed year has is
    taken to be there after that too; before the first, nothing is known.
    """
    where, values = ("", ()) if name is None else ("WHERE name = ?", (name,))
    newest: dict[str, int] = {}
    there: dict[str, list[tuple[int, str, _Row]]] = {}
    for store in sorted(stores, key=lambda store: store.about.year):
        about = store.about
        newest[about.family] = about.year
        for each, *row in store.rows(
            f"SELECT name, type, period_type, balance, abstract FROM concept {where}", *values
        ):
            there.setdefault(each, []).append((about.year, about.family, tuple(row)))
    deprecated = _deprecations(stores, name)
    rows = {}
    for each, found in there.items():
        # Where a package lacked its schema, its linkbases still tell which concepts there were.
        declared = [row for _, _, row in found if row[0]]
        if declared:
            last = found[-1][0]
            until = "" if last >= max(newest[family] for _, family, _ in found) else str(last)
            cells = [_short(each), *_cells(declared[-1]), str(found[0][0]), until, *deprecated.get(each, ("", ""))]
            rows[each] = ",".join(cells)
    return rows


def _short(name: str) -> str:
    return name.removeprefix("us-gaap:")


def _cells(row: _Row) -> tuple[str, str, str, str]:
    kind, period_type, balance, abstract = row
    return kind, period_type, balance or "", "true" if abstract else ""


def _change_rows(name: str, known: _Known) -> tuple[str, ...]:
    nexts = [year for year, _ in known[1:]]
    return tuple(
        ",".join([_short(name), str(year), str(until - 1), *_cells(row)])
        for (year, row), until in zip(known, nexts, strict=False)
        if row != known[-1][1]
    )


def _deprecations(stores: Sequence[Store], name: str | None) -> dict[str, tuple[str, str]]:
    """Return, for what is deprecated, the first installed year that lists it and what takes its place just so."""
    where, values = ("", ()) if name is None else ("AND t.name = ?", (name,))
    question = (
        "SELECT t.name, s.name, a.arcrole FROM arc a JOIN concept s ON s.id = a.source JOIN concept t "
        f"ON t.id = a.target WHERE a.kind = 'deprecation' {where}"
    )
    first: dict[str, int] = {}
    others: dict[str, set[str]] = {}
    for store in stores:
        for each, other, kind in store.rows(question, *values):
            first[each] = min(store.about.year, first.get(each, store.about.year))
            others.setdefault(each, set()).update([_short(other)] if kind == _REPLACES else [])
    return {each: (str(year), " ".join(sorted(others[each]))) for each, year in first.items()}
