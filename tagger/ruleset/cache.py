"""Compiled rule sets kept on disk, by a hash of everything they are made from.

The cache can only save time: a file that is missing, broken, from another version or one that somebody else could
have written is as if it were not there, and a folder that cannot be written is left alone.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from tagger.folders import cache_folder, is_own
from tagger.ruleset.bundles import Bundles, Numbered
from tagger.ruleset.declared import Declarations
from tagger.ruleset.ruleset import Compiled, Regex
from tagger.ruleset.shelf import Index, Shelf

_KEPT = 32
_DIGEST = 32
_CHECKED = 4_000_000  # bytes of a file that is checked whole; of a larger one the head is, and its size


class _Head(msgspec.Struct, array_like=True):
    """What of a file is read at once. Bundles and rules stand behind it, and are read when they are asked for.

    A table is the words it has, where the bytes of each end, and how many bytes there are in all.
    """

    size: int
    rules: tuple[bytes, int]
    tables: list[tuple[str, bytes, int]]
    both: tuple[Index, Index]
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
        with (folder / f"{key}.rules").open("rb") as file:
            if not is_own(os.fstat(file.fileno())):
                return None
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    with suppress(OSError):
        os.utime(folder / f"{key}.rules")  # what is used stays
    try:
        return _compiled(content, key)
    except (msgspec.DecodeError, TypeError, ValueError, IndexError, struct.error):
        return None


def _compiled(content: memoryview, key: str) -> Compiled | None:
    digest, length = content[:_DIGEST], struct.unpack_from("<Q", content, _DIGEST)[0]
    body = _DIGEST + 8 + length
    checked = content[_DIGEST:] if len(content) <= _CHECKED else content[_DIGEST:body]
    if _digest(checked, key) != digest:
        return None
    head = msgspec.msgpack.decode(content[_DIGEST + 8 : body], type=_Head)
    if body + head.size != len(content):
        return None
    rest = content[body:]
    ends, size = head.rules
    packed, rest = Numbered.from_parts(ends, rest[:size]), rest[size:]
    tables: list[Bundles] = []
    for words, ends, size in head.tables:
        tables.append(Bundles.from_parts(words, ends, rest[:size]))
        rest = rest[size:]
    return Compiled(
        packed=packed,
        rows=Shelf(tables[0], tables[1], head.both[0]),
        notes=Shelf(tables[2], tables[3], head.both[1]),
        phrases=head.phrases,
        regexes=head.regexes,
        removed=frozenset(head.removed),
        declared=head.declared,
    )


def keep_compiled(key: str, rules: Compiled) -> None:
    """Keep *rules* for the next run, in one move, so that no reader sees half a file."""
    folder = cache_folder()
    if folder is None:
        return
    payload = _payload(rules)
    temporary = ""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(_digest(_checked(payload), key) + payload)
        Path(temporary).replace(folder / f"{key}.rules")
        _forget_oldest(folder)
    except OSError:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def _payload(rules: Compiled) -> bytes:
    """Return what a file of the cache holds behind its digest: the length of the head, the head, the bytes."""
    ends, packed = rules.packed.parts
    tables = [table.parts for table in (rules.rows.starts, rules.rows.ends, rules.notes.starts, rules.notes.ends)]
    body = b"".join([packed, *(content for _, _, content in tables)])
    head = msgspec.msgpack.encode(
        _Head(
            len(body),
            (ends, len(packed)),
            [(words, table_ends, len(content)) for words, table_ends, content in tables],
            (rules.rows.both, rules.notes.both),
            rules.phrases,
            rules.regexes,
            sorted(rules.removed),
            rules.declared,
        )
    )
    return struct.pack("<Q", len(head)) + head + body


def _checked(payload: bytes) -> bytes:
    """Return what is checked before use: all of a small file, the head of a large one."""
    length = struct.unpack_from("<Q", payload)[0]
    return payload if _DIGEST + len(payload) <= _CHECKED else payload[: 8 + length]


def _digest(checked: bytes | memoryview, key: str) -> bytes:
    """Return the digest of what is *checked* in the file of *key*: the rules of another are not taken for it."""
    digest = hashlib.sha256(key.encode())
    digest.update(checked)
    return digest.digest()


def _forget_oldest(folder: Path) -> None:
    """Keep the newest few files, so that the folder does not grow."""
    files = sorted(folder.glob("*.rules"), key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    for path in files[_KEPT:]:
        path.unlink(missing_ok=True)
