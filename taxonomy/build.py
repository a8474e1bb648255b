"""Rewrite the tables of this folder from a reference copy of the public taxonomies.

A maintenance script: the library reads the tables and never this. ``README.md`` beside it says what the tables are.

    python taxonomy/build.py REFERENCE [--names FILE] [--into FOLDER]

*REFERENCE* holds ``concepts.csv``, ``deprecations.csv``, ``statement-calculations.csv`` and ``packages/us-gaap-YYYY.zip``.
The concepts already in our table stay in it; what the primary statements of any package use comes in by itself; *FILE*
names more, one to a line. Same input, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEWEST = 2025
EDITIONS = (2009, 2012, 2017, 2020, 2024, 2025)  # those published as packages we can read
COLUMNS = ("name", "type", "period", "balance", "abstract", "first", "last", "deprecated", "replaced_by")
XS = "{http://www.w3.org/2001/XMLSchema}"
XLINK = "{http://www.w3.org/1999/xlink}"
XBRLDT = "http://xbrl.org/int/dim/arcrole/"
# Text blocks and enumerations are prose about figures, never figures of a statement.
UNWANTED_TYPES = ("textBlockItemType", "enumerationSetItemType", "enumerationItemType", "guidanceItemType", "")

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """One arc of a linkbase, its ends as ``prefix:Name`` (``Name`` alone is us-gaap)."""

    role: str
    source: str
    target: str
    arcrole: str
    weight: str
    order: float


def _local(type_name: str) -> str:
    return type_name.rpartition(":")[2]


def _name(href: str) -> str:
    prefix, _, name = href.rpartition("#")[2].partition("_")
    return name if prefix == "us-gaap" else f"{prefix}:{name}"


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _arcs(data: bytes) -> Iterator[Arc]:
    for link in ET.fromstring(data):
        role = link.get(f"{XLINK}role", "").rpartition("/")[2]
        ends = {e.get(f"{XLINK}label"): _name(e.get(f"{XLINK}href", "")) for e in link if e.get(f"{XLINK}href")}
        for arc in link:
            if arc.get(f"{XLINK}arcrole") is None or arc.get(f"{XLINK}from") is None:
                continue
            yield Arc(
                role=role,
                source=ends[arc.get(f"{XLINK}from")],
                target=ends[arc.get(f"{XLINK}to")],
                arcrole=arc.get(f"{XLINK}arcrole", ""),
                weight=arc.get("weight", ""),
                order=float(arc.get("order", "1")),
            )


def _linkbases(package: Path, folders: str, kind: str) -> Iterator[bytes]:
    """Yield the linkbases of *kind* ("cal", "pre", "def") in *folders*, a pattern."""
    with zipfile.ZipFile(package) as archive:
        for name in sorted(archive.namelist()):
            if re.search(rf"(?:^|/)(?:{folders})/[^/]*-{kind}-[0-9-]+\.xml$", name) and "ebp" not in name:
                yield archive.read(name)


def statement_names(package: Path) -> set[str]:
    """Return every us-gaap concept a primary statement of *package* shows or sums."""
    names: set[str] = set()
    for kind in ("cal", "pre", "def"):
        for data in _linkbases(package, "stm", kind):
            names.update(re.findall(r"#us-gaap_(\w+)", data.decode("utf-8", "replace")))
    return names


def summations(reference: Path, edition: int) -> list[Arc]:
    """Return the summation arcs of the primary statements of *edition*."""
    table = [row for row in _read(reference / "statement-calculations.csv") if row["year"] == str(edition)]
    if not table:
        package = reference / "packages" / f"us-gaap-{edition}.zip"
        return [arc for data in _linkbases(package, "stm", "cal") for arc in _arcs(data) if arc.weight]
    return [
        Arc(
            role=row["role"],
            source=row["parent"],
            target=row["child"],
            arcrole="",
            weight=row["weight"],
            order=float(row["order"]),
        )
        for row in table
        if not row["role"].startswith("EBP")  # employee benefit plans: a taxonomy of its own
    ]


def write_calculations(reference: Path, into: Path) -> set[str]:
    """Write ``calculations.csv`` and return the names in it."""
    editions: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for edition in EDITIONS:
        sums: dict[tuple[str, str], list[Arc]] = defaultdict(list)
        for arc in summations(reference, edition):
            sums[arc.role, arc.source].append(arc)
        for (role, parent), arcs in sums.items():
            ordered = dict.fromkeys((arc.target, float(arc.weight)) for arc in sorted(arcs, key=lambda a: a.order))
            if any(weight not in (1, -1) for _, weight in ordered):
                raise ValueError(f"{role} {parent}: a weight that is neither 1 nor -1")
            children = " ".join(("+" if weight > 0 else "-") + name for name, weight in ordered)
            editions[role, parent, children].append(edition)
    rows = sorted((role, parent, " ".join(map(str, years)), kids) for (role, parent, kids), years in editions.items())
    _write(into / "calculations.csv", ("role", "parent", "editions", "children"), rows)
    return {name.lstrip("+-") for _, parent, _, kids in rows for name in (parent, *kids.split())}


def write_concepts(reference: Path, into: Path, wanted: set[str]) -> dict[str, Row]:
    """Write ``concepts.csv``: the facts of the reference about *wanted* and what replaced them."""
    facts = {row["name"]: row for row in _read(reference / "concepts.csv")}
    names = {name for name in wanted if name in facts and _local(facts[name]["type"]) not in UNWANTED_TYPES}
    while more := {
        new
        for name in names
        for new in facts[name]["replaced_by"].split()
        if new in facts and new not in names and _local(facts[new]["type"]) not in UNWANTED_TYPES
    }:
        names |= more
    _write(into / "concepts.csv", COLUMNS, (_cells(facts[name]) for name in sorted(names)))
    return {name: facts[name] for name in names}


def _cells(fact: Row) -> tuple[str, ...]:
    return (
        fact["name"],
        _local(fact["type"]),
        fact["period_type"],
        fact["balance"],
        "true" if fact["abstract"] == "true" else "",
        fact["first_year"],
        "" if fact["last_year"] == str(NEWEST) else fact["last_year"],
        fact["deprecated_in"],
        fact["replaced_by"],
    )


def write_changes(reference: Path, into: Path, facts: dict[str, Row]) -> None:
    """Write ``changes.csv``: where an official schema of another year differs from ``concepts.csv``.

    The rows of ``related.csv``'s concepts are kept by hand, and stay.
    """
    rows = [tuple(row.values()) for row in _read(HERE / "changes.csv") if ":" in row["name"]]
    package = zipfile.ZipFile(reference / "packages" / "us-gaap-2009.zip")
    schema = next(name for name in package.namelist() if name.endswith("elts/us-gaap-2009-01-31.xsd"))
    for element in ET.fromstring(package.read(schema)).iter(f"{XS}element"):
        fact = facts.get(element.get("name", ""))
        if fact is None:
            continue
        period = next((v for k, v in element.items() if k.endswith("}periodType")), "")
        balance = next((v for k, v in element.items() if k.endswith("}balance")), "")
        then = (_local(element.get("type", "")), period, balance, "true" if element.get("abstract") == "true" else "")
        if then != _cells(fact)[1:5]:
            # No edition came out in 2010: that of 2009 was used until 2011.
            rows.append((fact["name"], "2009", "2010", *then))
    _write(into / "changes.csv", ("name", "first", "last", *COLUMNS[1:5]), sorted(rows))


def write_axes(reference: Path, into: Path, known: set[str]) -> None:
    """Write ``axes.csv``: for each axis we know, its domain and the members of ours under it."""
    domains: dict[str, str] = {}
    members: dict[str, set[str]] = defaultdict(set)
    for edition in EDITIONS[2:]:
        for data in _linkbases(reference / "packages" / f"us-gaap-{edition}.zip", "stm|dis", "def"):
            for arc in _arcs(data):
                if arc.arcrole == f"{XBRLDT}dimension-domain":
                    domains[arc.source] = arc.target
                elif arc.arcrole == f"{XBRLDT}domain-member":
                    members[arc.source].add(arc.target)
    rows = []
    for axis in sorted(known & domains.keys()):
        found: set[str] = set()
        queue = [domains[axis]]
        while queue:
            new = {m for m in members[queue.pop()] if m.endswith("Member") or m.startswith("country:")} - found
            found |= new
            queue += new
        rows.append((axis, domains[axis], " ".join(sorted(found & known))))
    _write(into / "axes.csv", ("axis", "domain", "members"), rows)


def main(arguments: list[str]) -> None:
    """Rewrite the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--into", type=Path, default=HERE)
    options = parser.parse_args(arguments)
    reference: Path = options.reference
    wanted = {row["name"] for row in _read(HERE / "concepts.csv")}
    if options.names:
        wanted.update(options.names.read_text("utf-8").split())
    for edition in EDITIONS:
        wanted |= statement_names(reference / "packages" / f"us-gaap-{edition}.zip")
    facts = write_concepts(reference, options.into, wanted | write_calculations(reference, options.into))
    write_changes(reference, options.into, facts)
    write_axes(reference, options.into, facts.keys() | {row["name"] for row in _read(HERE / "related.csv")})


if __name__ == "__main__":
    main(sys.argv[1:])
