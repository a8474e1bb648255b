"""Patterns of the `regex` package, compiled once on a machine: what takes long to compile is read back in no time.

They are kept in one file of the user's cache that only grows, each by what it is made of. Like all that is kept there
the file can only save time: one that is missing, broken or cannot be written is as if it were not there.
"""

from __future__ import annotations

import copyreg
import marshal
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import regex

from tagger.folders import cache_folder

# the key of a pattern, the digest of what it is made of again, and the length of that
_HEAD = struct.Struct("<16s16sI")
_LARGEST = 16_000_000  # bytes; a file that has grown beyond is of no use


def compiled(pattern: str, flags: int = 0, **lists: Iterable[str]) -> regex.Pattern[str]:
    r"""Return *pattern* compiled, with the words of named *lists* for ``\L<name>``.

    >>> compiled(r"\L<units>\s++sold", regex.IGNORECASE, units=["tons", "barrels"]).search("Barrels sold").group()
    'Barrels sold'
    """
    named: dict[str, Any] = {name: frozenset(words) for name, words in lists.items()}
    said = pattern, int(flags), sorted((name, sorted(words)) for name, words in named.items())
    key = _digest(repr(said).encode())
    if (kept := _kept().get(key)) is not None:
        make, _ = _parts(regex.compile(""))
        return make(*marshal.loads(kept))
    made = regex.compile(pattern, flags, **named)
    _keep(key, made)
    return made


def _parts(pattern: regex.Pattern[str]) -> tuple[Callable[..., regex.Pattern[str]], Any]:
    """Return what a pattern is pickled as: how to make it again, and of what."""
    parts: Any = copyreg.dispatch_table[type(pattern)](pattern)
    return parts[0], parts[1]


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()


@cache
def _file() -> Path | None:
    """Return the file of patterns that this version of Python and of `regex` compiled."""
    folder = cache_folder()
    versions = f"{sys.version} {sys.byteorder} {sys.maxsize} {regex.__version__}"
    return folder / f"{_digest(versions.encode()).hex()}.patterns" if folder else None


@cache
def _kept() -> dict[bytes, bytes]:
    """Return what is kept, by key; a file in which something is broken is done away with."""
    file = _file()
    found: dict[bytes, bytes] = {}
    with suppress(OSError):
        content = file.read_bytes() if file is not None and file.stat().st_size < _LARGEST else b""
        records = tuple(_records(content))
        found = dict(records)
        if file is not None and sum(_HEAD.size + len(kept) for _, kept in records) < len(content):
            file.unlink()
    return found


def _records(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + _HEAD.size <= len(content):
        key, digest, length = _HEAD.unpack_from(content, at)
        kept = content[at + _HEAD.size : at + _HEAD.size + length]
        if _digest(kept) != digest:
            return
        yield key, kept
        at += _HEAD.size + length


def _keep(key: bytes, pattern: regex.Pattern[str]) -> None:
    """Add *pattern* to the file, in one write at its end, so that processes do not write over each other."""
    file = _file()
    if file is None:
        return
    kept = marshal.dumps(_parts(pattern)[1])
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab", buffering=0) as end:
            end.write(_HEAD.pack(key, _digest(kept), len(kept)) + kept)
