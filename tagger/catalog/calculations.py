"""The sums of the primary statements: which concepts a total is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from tagger.catalog.concepts import qualified


class Arc(Struct, frozen=True, kw_only=True):
    """One summand of a sum. Sums of different roles are alternatives: added up together they would count twice."""

    role: str
    parent: str
    child: str
    weight: int

    def __post_init__(self) -> None:
        if self.weight not in (1, -1):
            raise ValueError(f"{self.parent}, {self.child}: a weight is 1 or -1, not {self.weight}")


def parse_arcs(row: str) -> tuple[Arc, ...]:
    """Read one line of ``calculations.csv``.

    >>> [(arc.child, arc.weight) for arc in parse_arcs("StatementOfIncome,GrossProfit,2024 2025,+Revenues -CostOfRevenue")]
    [('us-gaap:Revenues', 1), ('us-gaap:CostOfRevenue', -1)]
    """
    role, parent, _, children = row.split(",")
    return tuple(
        Arc(role=role, parent=qualified(parent), child=qualified(name[1:]), weight=1 if name[0] == "+" else -1)
        for name in children.split()
    )


def edition_of(year: int, rows: Iterable[str]) -> str:
    """Return the edition whose sums hold in *year*: the newest up to it, else the oldest."""
    groups = {row.split(",", 3)[2] for row in rows}
    editions = sorted({edition for group in groups for edition in group.split()})
    return max((edition for edition in editions if int(edition) <= year), default=editions[0])


def rows_by_parent(rows: Iterable[str], edition: str) -> Mapping[str, tuple[str, ...]]:
    """Return the rows of *edition* by the name of the sum."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        _, parent, editions, _ = row.split(",", 3)
        if edition in editions:
            name = qualified(parent)
            found[name] = (*found.get(name, ()), row)
    return found


def rows_by_child(rows: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the rows by the names of their summands."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for name in row.rpartition(",")[2].split():
            found.setdefault(qualified(name[1:]), {})[row] = None
    return {name: tuple(held) for name, held in found.items()}
