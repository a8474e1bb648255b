"""Compiled rule sets kept on disk, by a hash of everything they are made from.

The cache can only save time: a file that is missing, broken or from another version
is as if it were not there, and a folder that cannot be written is left alone.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from tagger.folders import cache_folder
from tagger.ruleset.declared import Declarations
from tagger.ruleset.ruleset import Compiled, Regex
from tagger.ruleset.shelf import Index, Shelf

_KEPT = 32
_DIGEST = 32


class _KeptShelf(msgspec.Struct, array_like=True):
    """A shelf; its bundles are bytes and stay so."""

    starts: dict[str, bytes]
    ends: dict[str, bytes]
    both: Index

    @classmethod
    def of(cls, shelf: Shelf) -> _KeptShelf:
        return cls(shelf.starts, shelf.ends, shelf.both)

    def shelf(self) -> Shelf:
        return Shelf(self.starts, self.ends, self.both)


class _Kept(msgspec.Struct, array_like=True):
    """What a file of the cache holds. Rules stay packed until they are asked for."""

    packed: list[bytes]
    rows: _KeptShelf
    notes: _KeptShelf
    phrases: Index
    regexes: tuple[Regex, ...]
    removed: list[int]
    declared: Declarations


def content_key(parts: Iterable[bytes]) -> str:
    """Return a name for the content of *parts*; their borders count."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def load_compiled(key: str) -> Compiled | None:
    """Return the rules kept under *key*, if they are there whole."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        content = (folder / f"{key}.rules").read_bytes()
    except OSError:
        return None
    with suppress(OSError):
        os.utime(folder / f"{key}.rules")  # what is used stays
    payload = memoryview(content)[_DIGEST:]
    if hashlib.sha256(payload).digest() != content[:_DIGEST]:
        return None
    try:
        kept = msgspec.msgpack.decode(payload, type=_Kept)
    except (msgspec.DecodeError, TypeError, ValueError):
        return None
    return Compiled(
        packed=kept.packed,
        rows=kept.rows.shelf(),
        notes=kept.notes.shelf(),
        phrases=kept.phrases,
        regexes=kept.regexes,
        removed=frozenset(kept.removed),
        declared=kept.declared,
    )


def keep_compiled(key: str, rules: Compiled) -> None:
    """Keep *rules* for the next run, in one move, so that no reader sees half a file."""
    folder = cache_folder()
    if folder is None:
        return
    payload = msgspec.msgpack.encode(
        _Kept(
            list(rules.packed),
            _KeptShelf.of(rules.rows),
            _KeptShelf.of(rules.notes),
            rules.phrases,
            rules.regexes,
            sorted(rules.removed),
            rules.declared,
        )
    )
    temporary = ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(payload).digest() + payload)
        Path(temporary).replace(folder / f"{key}.rules")
        _forget_oldest(folder)
    except OSError:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def _forget_oldest(folder: Path) -> None:
    """Keep the newest few files, so that the folder does not grow."""
    files = sorted(folder.glob("*.rules"), key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    for path in files[_KEPT:]:
        path.unlink(missing_ok=True)
