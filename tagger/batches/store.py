"""What a batch has done so far, in a file beside its output: nothing that is in it is lost or done again.

The file is an SQLite database, which keeps its content through a killed process and a full disk. It is gone when the
output is there whole; a later run takes what has not changed from the output.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import asdict

from tagger.batches.failure import Failure, FailureKind
from tagger.batches.work import Done

_PARTS = "CREATE TABLE IF NOT EXISTS parts (source TEXT, form TEXT, content BLOB, PRIMARY KEY (source, form))"
_EVERY = 1.0  # seconds between commits
# What a second try would find again; the other failures may be the machine's.
_LASTING = frozenset({FailureKind.REFUSED, FailureKind.FAILED})

Entry: TypeAlias = Done | Failure


class Store:
    """The documents that are done, by name and key; a key says content, version and options.

    Used with ``with``, the file is gone at the end, and stays when something failed.
    """

    def __init__(self, path: Path, *, afresh: bool) -> None:
        if afresh:
            path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise ValueError(f"{path}: what an earlier run left there cannot be used ({error}); delete it") from error
        self._committed = time.monotonic()

    def _prepare(self) -> None:
        self._database.execute("CREATE TABLE IF NOT EXISTS done (source TEXT PRIMARY KEY, key TEXT, told TEXT)")
        self._database.execute(_PARTS)
        self._database.execute("BEGIN")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self.close(delete=failed is None)

    def keys(self) -> dict[str, tuple[str, bool]]:
        """Return the key of every document that need not be done again, and whether it gave a report."""
        rows = self._database.execute("SELECT source, key, told FROM done WHERE key != ''")
        return {source: (key, "kind" not in json.loads(told)) for source, key, told in rows}

    def add(self, entry: Entry, key: str) -> None:
        """Keep *entry*; what came of the machine, not of the document, under no key, so that it is tried again."""
        lasting = isinstance(entry, Done) or entry.kind in _LASTING
        told = {name: value for name, value in asdict(entry).items() if name != "parts"}
        for form, content in entry.parts if isinstance(entry, Done) else ():
            self.add_part(entry.source, form, content)
        row = (entry.source, key if lasting else "", json.dumps(told))
        self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", row)
        if time.monotonic() - self._committed > _EVERY:
            self.commit()

    def add_part(self, source: str, form: str, content: bytes) -> None:
        """Keep the rows of *source* in *form*."""
        self._database.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", (source, form, content))

    def commit(self) -> None:
        """Make sure that what was added stays."""
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")
        self._committed = time.monotonic()

    def entry(self, source: str) -> tuple[Entry, str]:
        """Return what is known of *source*, without its parts, and its key."""
        told, key = self._database.execute("SELECT told, key FROM done WHERE source = ?", (source,)).fetchone()
        return _entry(json.loads(told)), key

    def part(self, source: str, form: str) -> bytes:
        """Return the rows of *source* in *form*; nothing where it gave none."""
        query = "SELECT content FROM parts WHERE source = ? AND form = ?"
        with closing(self._database.execute(query, (source, form))) as found:
            row = found.fetchone()
        return row[0] if row is not None else b""

    def parts(self, sources: list[str], form: str) -> Iterator[bytes]:
        """Yield the rows of *sources* in *form*, in their order."""
        return filter(None, (self.part(source, form) for source in sources))

    def close(self, *, delete: bool = False) -> None:
        """Keep what was added, and let go of the file, which *delete* removes."""
        with suppress(sqlite3.Error):  # a full disk: what was committed before stays
            self._database.execute("COMMIT")
        self._database.close()
        if delete:
            self.path.unlink(missing_ok=True)


def _entry(told: Mapping[str, object]) -> Entry:
    if "kind" in told:
        return Failure(**{**told, "kind": FailureKind(str(told["kind"]))})  # type: ignore[arg-type]
    return Done(**told, parts=())  # type: ignore[arg-type]
