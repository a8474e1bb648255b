"""The catalog of one year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from tagger.catalog.calculations import Arc, edition_of, parse_arcs, rows_by_child, rows_by_parent
from tagger.catalog.concepts import Concept, changed, exists, qualified
from tagger.catalog.tables import YEARS, Axis, Namespace, Tables, builtin_tables

# In 2018 the axes and members every SEC filer needs moved out of us-gaap into a taxonomy of their own.
MOVED = {"us-gaap": "srt", "srt": "us-gaap"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalog:
    """The concepts, sums, axes and namespaces of the taxonomies of *year*.

    A name is always written with its usual prefix (``us-gaap:Assets``), whatever namespace the year binds to it.
    Concepts of us-gaap, srt, dei and country are known: see ``taxonomy/README.md`` for which.
    """

    year: int
    tables: Tables = field(default_factory=builtin_tables, repr=False)
    _found: dict[str, Concept] = field(default_factory=dict, init=False, repr=False)  # asked for so far

    def find(self, name: str) -> Concept | None:
        """Return what the tables know of *name*, whether or not this year has it.

        >>> load_catalog(2024).find("us-gaap:SalesRevenueNet").deprecated
        2018
        """
        found = self._found.get(name)
        if found is None and (concept := self.tables.concept(name)) is not None:
            found = self._found[name] = self._as_of_year(concept)
        return found

    def with_concepts(self, concepts: Iterable[Concept]) -> Catalog:
        """Return this catalog with *concepts* of a filer's own, which every year has; what it has already stays."""
        own = {concept.name: concept for concept in concepts if self.find(concept.name) is None}
        if not own:
            return self
        more = Catalog(year=self.year, tables=self.tables)
        more._found.update(own)
        return more

    def own_names(self) -> tuple[str, ...]:
        """Return the names that `with_concepts` added."""
        return tuple(sorted(name for name in self._found if name not in self.tables.concepts))

    def _as_of_year(self, concept: Concept) -> Concept:
        for row in self.tables.changes.get(concept.name, ()):
            _, first, last, _ = row.split(",", 3)
            if int(first) <= self.year <= int(last):
                return changed(concept, row)
        return concept

    def get(self, name: str) -> Concept | None:
        """Return *name* as it is in this year; ``None`` if the schema of the year has no such concept.

        A concept the year deprecates is still in its schema: ask `available` before tagging with it.

        >>> load_catalog(2009).get("us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax") is None
        True
        """
        found = self.find(name)
        return found if found is not None and found.exists(self.year) else None

    def available(self, name: str, year: int | None = None) -> bool:
        """Whether *name* is there to be used: in the schema of the year, and not deprecated in it."""
        found = self.find(name)
        return found is not None and found.in_use(self.year if year is None else year)

    def successor(self, name: str) -> str | None:
        """Return the concept to use in this year in place of *name*; ``None`` if there is none or no single one.

        >>> load_catalog(2024).successor("us-gaap:ProductOrServiceAxis")
        'srt:ProductOrServiceAxis'
        >>> load_catalog(2015).successor("srt:ProductOrServiceAxis")
        'us-gaap:ProductOrServiceAxis'
        """
        prefix, _, local = name.partition(":")
        moved = f"{MOVED.get(prefix, prefix)}:{local}"
        if moved != name and self.available(moved):
            return moved
        seen = {name}
        while (found := self.find(name)) is not None and len(found.replaced_by) == 1:
            name = found.replaced_by[0]
            if self.available(name):
                return name
            if name in seen:
                return None
            seen.add(name)
        return None

    def current(self, name: str) -> str | None:
        """Return *name* itself if this year has it in use, else its `successor`."""
        return name if self.available(name) else self.successor(name)

    def children(self, name: str) -> tuple[Arc, ...]:
        """Return the summands of *name*, sum by sum (an arc's role says which), each in the order of a statement.

        >>> [(arc.child, arc.weight) for arc in load_catalog(2024).children("us-gaap:GrossProfit")]
        [('us-gaap:Revenues', 1), ('us-gaap:CostOfRevenue', -1)]
        """
        return _arcs_of(self.tables, self.year, name)

    def parents(self, name: str) -> tuple[Arc, ...]:
        """Return the arcs in which *name* is a summand."""
        return _arcs_with(self.tables, self.year, name)

    def axis(self, name: str) -> Axis | None:
        """Return the axis *name* with its domain and members, as far as this year has them."""
        row = self.tables.axes().get(name)
        if row is None or self.get(name) is None:
            return None
        _, domain, members = row.split(",")
        there = (member for member in map(qualified, members.split()) if self.get(member) is not None)
        return Axis(name, qualified(domain), tuple(there))

    def names(self) -> tuple[str, ...]:
        """Return every name the schemas of this year have, in the order of the alphabet."""
        return tuple(sorted(name for name, row in self.tables.concepts.items() if exists(row, self.year)))

    def suggest(self, name: str, *, limit: int = 3) -> tuple[str, ...]:
        """Return the names of this year that look most like *name*, nearest first.

        >>> load_catalog(2024).suggest("us-gaap:Revenuess")[0]
        'us-gaap:Revenues'
        """
        from rapidfuzz import fuzz, process  # a wrong name is rare, and the import costs more than a release

        # Prefixes are left out: they are alike for nearly all names, and one of them may be what is wrong.
        names = {there: _spelling(there) for there in self.names()}
        matches = process.extract(_spelling(name), names, scorer=fuzz.ratio, limit=limit, score_cutoff=75)
        return tuple(there for _, _, there in matches)

    def namespaces(self, prefix: str) -> Namespace | None:
        """Return the namespace and schema of *prefix* in this year; ``None`` if the year has no such taxonomy."""
        return self.tables.namespaces.get((self.year, prefix))


def _spelling(name: str) -> str:
    return name.rpartition(":")[2].lower()


@cache
def _sum_rows(tables: Tables, year: int) -> Mapping[str, tuple[str, ...]]:
    rows = tables.calculations()
    return rows_by_parent(rows, edition_of(year, rows))


@cache
def _arcs_of(tables: Tables, year: int, name: str) -> tuple[Arc, ...]:
    return tuple(arc for row in _sum_rows(tables, year).get(name, ()) for arc in parse_arcs(row))


@cache
def _arcs_with(tables: Tables, year: int, name: str) -> tuple[Arc, ...]:
    rows = _rows_by_child(tables, year).get(name, ())
    return tuple(arc for row in rows for arc in parse_arcs(row) if arc.child == name)


@cache
def _rows_by_child(tables: Tables, year: int) -> Mapping[str, tuple[str, ...]]:
    return rows_by_child(row for rows in _sum_rows(tables, year).values() for row in rows)


@cache
def load_catalog(year: int = 2024) -> Catalog:
    """Return the built-in catalog of *year*."""
    if year not in YEARS:
        raise ValueError(f"the catalog knows the taxonomies of {YEARS[0]} to {YEARS[-1]}, not of {year}")
    return Catalog(year=year)
