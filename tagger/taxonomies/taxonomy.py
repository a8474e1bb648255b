"""An installed taxonomy, to ask: what a concept is, what it is called, where it stands, what it is a part of."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tagger.patterns import pattern
from tagger.taxonomies.answers import (
    Attributes,
    Hit,
    Part,
    Position,
    TaxonomyConcept,
    TaxonomyLabel,
    name_words,
)
from tagger.taxonomies.folder import installed_files
from tagger.taxonomies.store import About, Store, StoreError, open_store, write_store

_NAME = pattern(r"(?P<family>[a-z]+(?:-[a-z]+)*)/(?P<year>\d{4})")


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """An official taxonomy that was installed on this machine, opened by its name: ``Taxonomy("us-gaap/2024")``.

    Nothing is loaded but what is asked for.
    """

    name: str
    _store: Store = field(init=False, repr=False)

    def __post_init__(self) -> None:
        match = _NAME.fullmatch(self.name)
        if match is None:
            raise ValueError(f"{self.name!r} is no taxonomy: give FAMILY/YEAR, as in us-gaap/2024")
        paths = {(family, year): path for family, year, path in installed_files()}
        path = paths.get((match["family"], int(match["year"])))
        if path is None:
            there = ", ".join(f"{family}/{year}" for family, year in paths) or "none"
            raise StoreError(f"{self.name} is not installed (installed: {there}): tagger taxonomy add PACKAGE")
        object.__setattr__(self, "_store", open_store(path))

    @classmethod
    def add(cls, package: str | os.PathLike[str], *, strict: bool = False) -> Taxonomy:
        """Read an official package, a zip or a folder, into the local store and return the taxonomy.

        What only describes (labels, documentation, references) may be missing, and for us-gaap the schema of the
        concepts too: `about` then says in *gaps* what is not there. With *strict* such a package is refused.

        Raises `PackageError` for a package that cannot be used, `StoreError` where nothing can be kept.
        """
        from tagger.taxonomies.reading import read_package

        path = Path(package)
        content = read_package(path, strict=strict)
        write_store(content, source=path.name, sha256=_digest(path))
        return cls(f"{content.family}/{content.year}")

    @staticmethod
    def installed() -> tuple[About, ...]:
        """Return what is installed, by family and year; a store that cannot be opened is left out."""
        found = []
        for _, _, path in installed_files():
            try:
                found.append(open_store(path).about)
            except StoreError:
                continue
        return tuple(found)

    @staticmethod
    def remove(name: str) -> None:
        """Remove the installed taxonomy *name*."""
        taxonomy = Taxonomy(name)
        taxonomy._store.path.unlink()

    @property
    def about(self) -> About:
        """Where it comes from, how much is in it, and what its package lacked."""
        return self._store.about

    @property
    def year(self) -> int:
        return self.about.year

    def names(self) -> tuple[str, ...]:
        """Return the names of all concepts whose attributes are known, in the order of the alphabet."""
        return tuple(name for (name,) in self._store.rows("SELECT name FROM concept WHERE type <> '' ORDER BY name"))

    def declared(self) -> tuple[tuple[str, str, str, str | None, int], ...]:
        """Return name, type, period type, balance and abstractness of all concepts whose attributes are known."""
        question = "SELECT name, type, period_type, balance, abstract FROM concept WHERE type <> '' ORDER BY name"
        return tuple(self._store.rows(question))

    def __len__(self) -> int:
        return self.about.concepts

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._id(name) is not None

    def concept(self, name: str) -> TaxonomyConcept | None:
        """Return all that is said of *name* (``us-gaap:Assets``, or ``Assets`` alone); ``None`` if it is not there."""
        full = name if ":" in name else f"{self.about.family}:{name}"
        number = self._id(full)
        attributes = self.attributes(full)
        if number is None or attributes is None:
            return None
        return TaxonomyConcept(
            name=full,
            attributes=attributes,
            labels=self._labels(number),
            parents=self._parts("target", number),
            children=self._parts("source", number),
            positions=tuple(self._positions(number)),
            replaced_by=self._related("target", number),
            replaces=self._related("source", number),
        )

    def attributes(self, name: str) -> Attributes | None:
        """Return what the schema says of *name*; ``None`` if it is not there."""
        rows = self._store.rows(
            "SELECT type, period_type, balance, abstract, nillable, substitution FROM concept WHERE name = ?", name
        )
        return _attributes(self.year, rows[0]) if rows else None

    def successor(self, name: str) -> str | None:
        """Return the one concept this taxonomy names as a replacement of *name*, which it deprecates.

        ``None`` if it names none, or several: which of them a figure belongs to cannot be told from the name.
        """
        number = self._id(name)
        if number is None:
            return None
        found = {other for other, kind in self._related("target", number) if kind == "dep-concept-deprecatedConcept"}
        return found.pop() if len(found) == 1 else None

    def history(self, name: str) -> tuple[Attributes, ...]:
        """Return the attributes of *name* in each installed year of this family that has it, oldest first."""
        years = (year for family, year, _ in installed_files() if family == self.about.family)
        found = [Taxonomy(f"{self.about.family}/{year}").attributes(name) for year in years]
        return tuple(attributes for attributes in found if attributes is not None)

    def search(self, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Return the concepts whose label or name has all of *words*, those with the fewest other words first."""
        wanted = [word for word in _words(words) if word]
        if not wanted:
            return ()
        hits = []
        for name, label in self.labelled():
            known = {*name_words(name), *_words(label)}
            if all(any(word.startswith(part) for word in known) for part in wanted):
                whole = sum(part in known for part in wanted)
                score = (len(wanted) + whole) / (2 * max(len(known), len(wanted)))
                hits.append(Hit(name, label or " ".join(name_words(name)), round(score, 3)))
        return tuple(sorted(hits, key=lambda hit: (-hit.score, len(hit.concept), hit.concept))[:limit])

    def presented(self) -> tuple[tuple[str, str], ...]:
        """Return all concepts with the roles that present them."""
        question = (
            "SELECT DISTINCT c.name, r.uri FROM arc a JOIN concept c ON c.id = a.target JOIN role r ON r.id = a.role "
            "WHERE a.kind = 'presentation' ORDER BY c.name, r.uri"
        )
        return tuple(self._store.rows(question))

    def labelled(self) -> tuple[tuple[str, str], ...]:
        """Return all concepts whose attributes are known with their standard labels, "" where there is none."""
        question = (
            "SELECT name, coalesce(text, '') FROM concept LEFT JOIN label ON concept = id AND role = 'label' "
            "WHERE type <> '' ORDER BY name"
        )
        return tuple(self._store.rows(question))

    def _id(self, name: str) -> int | None:
        rows = self._store.rows("SELECT id FROM concept WHERE name = ?", name)
        return rows[0][0] if rows else None

    def _labels(self, number: int) -> tuple[TaxonomyLabel, ...]:
        question = "SELECT role, language, text FROM label WHERE concept = ? ORDER BY role <> 'label', role, language"
        return tuple(TaxonomyLabel(*row) for row in self._store.rows(question, number))

    def _parts(self, side: str, number: int) -> tuple[Part, ...]:
        rows = self._store.rows(
            "SELECT r.uri, r.definition, s.name, t.name, a.weight FROM arc a JOIN role r ON r.id = a.role "
            "JOIN concept s ON s.id = a.source JOIN concept t ON t.id = a.target "
            f"WHERE a.{side} = ? AND a.kind = 'calculation' ORDER BY r.definition, r.uri, a.position, t.name",
            number,
        )
        return tuple(
            Part(role=uri, definition=text, parent=parent, child=child, weight=weight)
            for uri, text, parent, child, weight in rows
        )

    def _positions(self, number: int) -> Iterable[Position]:
        rows = self._store.rows(
            "SELECT a.role, r.uri, r.definition, a.source, a.position, a.preferred FROM arc a JOIN role r "
            "ON r.id = a.role WHERE a.target = ? AND a.kind = 'presentation' "
            "ORDER BY r.definition, r.uri, a.source, a.position",
            number,
        )
        for role, uri, definition, parent, position, preferred in rows:
            before = self._store.rows(
                "SELECT count(*) FROM arc WHERE source = ? AND kind = 'presentation' AND role = ? AND position < ?",
                parent,
                role,
                position,
            )
            yield Position(
                role=uri,
                definition=definition,
                path=self._path(parent, role),
                place=before[0][0] + 1,
                preferred=preferred,
            )

    def _path(self, number: int, role: int) -> tuple[str, ...]:
        """Return the concepts above and with *number* in the tree of *role*; a tree that loops ends where it would."""
        path: list[int] = []
        at: int | None = number
        while at is not None and at not in path:
            path.append(at)
            above = self._store.rows(
                "SELECT source FROM arc WHERE target = ? AND kind = 'presentation' AND role = ? ORDER BY position, source",
                at,
                role,
            )
            at = above[0][0] if above else None
        return tuple(self._store.rows("SELECT name FROM concept WHERE id = ?", step)[0][0] for step in reversed(path))

    def _related(self, side: str, number: int) -> tuple[tuple[str, str], ...]:
        other = "source" if side == "target" else "target"
        rows = self._store.rows(
            f"SELECT DISTINCT c.name, a.arcrole FROM arc a JOIN concept c ON c.id = a.{other} "
            f"WHERE a.{side} = ? AND a.kind = 'deprecation' ORDER BY a.position, c.name",
            number,
        )
        return tuple((name, kind) for name, kind in rows)


def _attributes(year: int, row: tuple[str, str, str | None, int, int, str]) -> Attributes:
    kind, period_type, balance, abstract, nillable, group = row
    return Attributes(
        year=year,
        type=kind,
        period_type=period_type,
        balance=balance,
        abstract=bool(abstract),
        nillable=bool(nillable),
        substitution_group=group,
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("'s", "").replace("’s", ""))


def _digest(path: Path) -> str:
    """Return the SHA-256 of a zip; a folder has none."""
    if path.is_dir():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
