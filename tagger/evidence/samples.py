"""Samples: rows of filers' statements with the concept each filer gave, seen as rows to be named are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from tagger.catalog import Catalog, concept_in_year, load_catalog
from tagger.evidence.features import (
    FIRST_MODERN,
    UNKNOWN,
    Named,
    Seen,
    View,
    features,
    reduced,
    signs_of,
    statement_features,
    view,
    words,
)
from tagger.evidence.habits import Habits, habits
from tagger.evidence.options import Said
from tagger.matching.rows import RowQuery, match_row
from tagger.ruleset import RuleSet
from tagger.statement import Kind

CATALOGS = {False: 2009, True: 2024}
"""The year whose names stand for all years before `FIRST_MODERN`, and for all since."""

_REACH = 40
_ADJACENT = 2  # a heading may stand between two rows


class Row(NamedTuple):
    """A row as a filer printed and tagged it; *order* is its place in the statement, *plain* that it has no members.

    *concept* is `weights.OWN` for one of the filer's own; *standard* says that the label is the taxonomy's own.
    """

    label: str
    headings: tuple[str, ...]
    concept: str
    order: int
    plain: bool = True
    standard: bool = False


class Filed(NamedTuple):
    """A statement of a filer, its rows in order."""

    filer: str
    kind: str
    year: int
    rows: tuple[Row, ...]


class Sample(Struct, frozen=True, kw_only=True):
    """A row that is learnt from: the statement it stands in and its *place* there, what rules say of it, and what the filer
    named it.
    """

    filer: str
    concept: str
    view: View
    place: int
    named: Named
    shared: tuple[int, ...]
    habits: Habits
    said: Said | None
    standard: bool

    @property
    def seen(self) -> Seen:
        return self.view.rows[self.place]

    @property
    def kind(self) -> str:
        return self.view.kind

    @property
    def modern(self) -> bool:
        return self.view.modern


def samples(filed: Sequence[Filed], rules: RuleSet) -> Iterator[Sample]:
    """Yield the rows of statements as samples."""
    signs = _signs(filed)
    for statement in filed:
        company = signs[statement.filer, ""]
        yield from _samples(statement, signs[statement.filer, statement.kind], company, rules)


def _signs(filed: Iterable[Filed]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what all statements of a kind of a filer tell of it, and all of its statements: later ones may be known in
    part only.
    """
    labels: dict[tuple[str, str], list[str]] = defaultdict(list)
    for statement in filed:
        folded = [words(row.label).whole for row in statement.rows]
        labels[statement.filer, statement.kind] += folded
        labels[statement.filer, ""] += folded
    return {key: signs_of(found) for key, found in labels.items()}


def _samples(statement: Filed, signs: tuple[str, ...], company: tuple[str, ...], rules: RuleSet) -> Iterator[Sample]:
    modern = statement.year >= FIRST_MODERN
    catalog = load_catalog(CATALOGS[modern])
    units = [unit_of(row, catalog) for row in statement.rows]
    said = [_said(statement, place, units[place], rules, catalog) for place in range(len(units))]
    named = [one.concept if one is not None else "" for one in said]
    seen = view(
        statement.kind, list(_seen(statement.rows, units)), modern=modern, said=named, signs=signs, company=company
    )
    shared = statement_features(seen)
    for place, row in enumerate(statement.rows):
        if row.plain:
            yield Sample(
                filer=statement.filer,
                concept=row.concept,
                view=seen,
                place=place,
                named=features(seen, place),
                shared=shared,
                habits=habits(seen, place),
                said=said[place],
                standard=row.standard,
            )


def _seen(rows: Sequence[Row], units: Sequence[str]) -> Iterator[Seen]:
    for place, row in enumerate(rows):
        above = below = UNKNOWN
        if place and row.order - rows[place - 1].order <= _ADJACENT:
            above = reduced(rows[place - 1].label)
        elif not place and row.order <= _ADJACENT:
            above = ""
        if place + 1 < len(rows) and rows[place + 1].order - row.order <= _ADJACENT:
            below = reduced(rows[place + 1].label)
        yield Seen(row.label, row.headings, units[place], above, below)


def unit_of(row: Row, catalog: Catalog) -> str:
    """Return what the figures of *row* are, as its concept or its words tell."""
    concept = catalog.find(row.concept)
    if concept is not None:
        return concept.unit_kind
    said = words(row.label).whole
    if "per share" in said or "per unit" in said:
        return "per-share"
    return "shares" if "weighted" in said and "share" in said else "money"


def _said(statement: Filed, place: int, unit: str, rules: RuleSet, catalog: Catalog) -> Said | None:
    labels = [row.label for row in statement.rows]
    query = RowQuery(
        label=labels[place],
        headings=statement.rows[place].headings,
        kind=Kind(statement.kind),
        unit=unit,
        above=tuple(reversed(labels[max(0, place - _REACH) : place])),
        below=tuple(labels[place + 1 : place + 1 + _REACH]),
    )
    found = next(iter(match_row(rules, query)), None)
    if found is None or found.members:
        return None
    concept = concept_in_year(catalog, found.concept, labels[place])
    return Said(found.rule.id, concept, found.rank[2] / 90) if concept is not None else None
