"""The local store: one SQLite file for each family and year, written whole, opened for reading only.

SQLite, because a question touches a few pages of the file: opening costs a fraction of a millisecond however large
the taxonomy is, and many processes can share one file.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tagger._version import __version__
from tagger.taxonomies.folder import store_folder, store_name

if TYPE_CHECKING:
    from tagger.taxonomies.reading import Content

VERSION = 1
_APPLICATION = 0x74616778  # "tagx", so that another program's file is known for what it is

_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE concept (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, period_type TEXT NOT NULL, balance TEXT,
    abstract INTEGER NOT NULL, nillable INTEGER NOT NULL, substitution TEXT NOT NULL
);
CREATE TABLE role (id INTEGER PRIMARY KEY, uri TEXT NOT NULL, definition TEXT NOT NULL);
CREATE TABLE arc (
    kind TEXT NOT NULL, role INTEGER NOT NULL, arcrole TEXT NOT NULL, source INTEGER NOT NULL,
    target INTEGER NOT NULL, position REAL NOT NULL, weight INTEGER, preferred TEXT NOT NULL
);
CREATE TABLE label (concept INTEGER NOT NULL, role TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL);
"""
_INDEXES = """
CREATE UNIQUE INDEX concept_name ON concept (name);
CREATE INDEX arc_source ON arc (source, kind);
CREATE INDEX arc_target ON arc (target, kind);
CREATE INDEX label_concept ON label (concept);
"""


class StoreError(ValueError):
    """An installed taxonomy that cannot be opened; the message says what to do about it."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an installed taxonomy without opening more than its first page.

    *sha256* is that of the package it was made from; *gaps* are the files that were missing from that.
    """

    family: str
    year: int
    source: str
    sha256: str
    written_by: str
    namespaces: dict[str, str]
    concepts: int
    calculations: int
    presentations: int
    definitions: int
    deprecations: int
    labels: int
    gaps: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name it is opened by: ``us-gaap/2024``."""
        return f"{self.family}/{self.year}"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Store:
    """An open store; its file is let go of when nobody holds it any more."""

    path: Path
    about: About
    _connection: sqlite3.Connection

    def rows(self, question: str, *values: object) -> list[Any]:
        """Return the answer to a question in SQL."""
        try:
            return self._connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            raise _broken(self.path, error) from error


def open_store(path: Path) -> Store:
    """Open the store in the file *path*; one that is open already is not opened again."""
    try:
        status = path.stat()
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror}") from error
    return _opened(path, status.st_mtime_ns, status.st_ino, os.getpid())


@lru_cache(maxsize=64)
def _opened(path: Path, _changed: int, _file: int, _process: int) -> Store:
    """Open *path*; the other arguments tell the file from one that took its place, and processes apart."""
    try:
        # A store never changes once it is there, so there is nothing to lock; but two threads that ask the same
        # question must not be given one prepared statement to step through, so none is kept.
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, cached_statements=0
        )
    except sqlite3.Error as error:
        raise _broken(path, error) from error
    try:
        store = Store(path, _about_store(path, connection), connection)
    except (sqlite3.Error, msgspec.DecodeError, TypeError) as error:
        connection.close()
        raise _broken(path, error) from error
    except StoreError:
        connection.close()
        raise
    weakref.finalize(store, connection.close)
    return store


def _about_store(path: Path, connection: sqlite3.Connection) -> About:
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise StoreError(f"{path}: is not a taxonomy that tagger installed")
    if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        raise StoreError(f"{path}: was installed by another version of tagger: add the package again")
    (written,) = connection.execute("SELECT value FROM about WHERE key = 'about'").fetchone()
    return msgspec.json.decode(written, type=About)


def _broken(path: Path, error: Exception) -> StoreError:
    return StoreError(f"{path}: is broken ({error}): add the package again")


def write_store(content: Content, *, source: str, sha256: str) -> Path:
    """Write *content* to its file, in one move: a reader finds the old store or the new one, never a part."""
    folder = store_folder()
    if folder is None:
        raise StoreError("there is no folder for taxonomies: TAGGER_CACHE is off, or there is no home folder")
    temporary = ""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        os.close(handle)
        with closing(sqlite3.connect(temporary)) as connection:
            _fill(connection, content, source, sha256)
        with open(temporary, "rb") as file:  # noqa: PTH123
            os.fsync(file.fileno())
        path = folder / store_name(content.family, content.year)
        Path(temporary).replace(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{folder}: the taxonomy cannot be kept: {error}") from error
    finally:
        with suppress(OSError):
            Path(temporary).unlink(missing_ok=True)
    return path


def _fill(connection: sqlite3.Connection, content: Content, source: str, sha256: str) -> None:
    # The file is nobody else's yet, and is thrown away if this fails: no journal is needed.
    connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192; {_TABLES}")
    concepts = {concept.name: number for number, concept in enumerate(content.concepts)}
    uris = sorted({*(role.uri for role in content.roles), *(link.role for link in content.links)})
    roles = {uri: number for number, uri in enumerate(uris)}
    definitions = {role.uri: role.definition for role in content.roles}
    insert = connection.executemany
    insert("INSERT INTO about VALUES ('about', ?)", [(msgspec.json.encode(_about(content, source, sha256)).decode(),)])
    insert("INSERT INTO concept VALUES (?,?,?,?,?,?,?,?)", _concept_rows(content))
    insert("INSERT INTO role VALUES (?,?,?)", ((roles[uri], uri, definitions.get(uri, "")) for uri in uris))
    insert("INSERT INTO arc VALUES (?,?,?,?,?,?,?,?)", _arc_rows(content, concepts, roles))
    texts = ((concepts[label.concept], label.role, label.language, label.text) for label in content.labels)
    insert("INSERT INTO label VALUES (?,?,?,?)", texts)
    connection.executescript(f"{_INDEXES} PRAGMA application_id={_APPLICATION}; PRAGMA user_version={VERSION};")
    connection.commit()


def _concept_rows(content: Content) -> Iterator[Sequence[object]]:
    for number, concept in enumerate(content.concepts):
        yield (
            number,
            concept.name,
            concept.type,
            concept.period_type,
            concept.balance,
            concept.abstract,
            concept.nillable,
            concept.group,
        )


def _arc_rows(content: Content, concepts: dict[str, int], roles: dict[str, int]) -> Iterator[Sequence[object]]:
    for link in content.links:
        yield (
            link.kind,
            roles[link.role],
            link.arcrole,
            concepts[link.source],
            concepts[link.target],
            link.order,
            link.weight,
            link.preferred,
        )


def _about(content: Content, source: str, sha256: str) -> About:
    kinds = [link.kind for link in content.links]
    return About(
        family=content.family,
        year=content.year,
        source=source,
        sha256=sha256,
        written_by=__version__,
        namespaces=content.namespaces,
        concepts=sum(concept.declared for concept in content.concepts),
        calculations=kinds.count("calculation"),
        presentations=kinds.count("presentation"),
        definitions=kinds.count("definition"),
        deprecations=kinds.count("deprecation"),
        labels=len(content.labels),
        gaps=content.gaps,
    )
