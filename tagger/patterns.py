"""Patterns, compiled when they are first asked; those of the `regex` package, which take long, once on a machine.

The latter are kept in one file of the user's cache that only grows, each by what it is made of, and with a digest that is
checked when it is asked for. Like all that is kept there the file can only save time: a file or pattern that is missing,
broken or cannot be written is as if it were not there. What is in it
the engine of `regex` runs as it is, so a file or folder that anybody else could have written is not used.
"""

from __future__ import annotations

import copyreg
import marshal
import os
import re
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, AnyStr, NamedTuple, cast

import regex

from tagger.folders import cache_folder, is_own

# the key of a pattern, the digest of what it is made of again, and the length of that
_HEAD = struct.Struct("<16s16sI")
_LARGEST = 16_000_000  # bytes; a file that has grown beyond is of no use
_PARTS = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))


class _Kept(NamedTuple):
    """A pattern as it is kept, and the *digest* that its *content* had when it was written."""

    digest: bytes
    content: memoryview


class Later:
    """A pattern that *make* compiles when it is first asked; in the *home* that holds it the compiled one takes its place."""

    def __init__(self, make: Callable[[], Any], home: dict[str, Any]) -> None:
        self._make, self._home = make, home

    def __getattr__(self, name: str) -> Any:
        made = self._make()
        for part in _PARTS:
            setattr(self, part, getattr(made, part))
        self._home.update({own: made for own, value in self._home.items() if value is self})
        return getattr(made, name)


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""Return *text* as a pattern of the calling module that is compiled when it is first asked: few serve any one release.

    >>> pattern(r"\bclass\s+[a-z]", re.IGNORECASE).search("Shares of Class A").group()
    'Class A'
    """
    return cast("re.Pattern[AnyStr]", Later(lambda: re.compile(text, flags), sys._getframe(1).f_globals))


def regex_pattern(text: str, flags: int = 0) -> regex.Pattern[str]:
    """Return the same of the `regex` package."""
    return cast("regex.Pattern[str]", Later(lambda: compiled(text, flags), sys._getframe(1).f_globals))


def compiled(pattern: str, flags: int = 0, **lists: Iterable[str]) -> regex.Pattern[str]:
    r"""Return *pattern* compiled, with the words of named *lists* for ``\L<name>``.

    >>> compiled(r"\L<units>\s++sold", regex.IGNORECASE, units=["tons", "barrels"]).search("Barrels sold").group()
    'Barrels sold'
    """
    named: dict[str, Any] = {name: frozenset(words) for name, words in lists.items()}
    said = _versions(), pattern, int(flags), sorted((name, sorted(words)) for name, words in named.items())
    key = _digest(repr(said).encode())
    if (kept := _kept().get(key)) is not None and _digest(kept.content) == kept.digest:
        make, _ = _parts(regex.compile(""))
        return make(*marshal.loads(kept.content))
    made = regex.compile(pattern, flags, **named)
    _keep(key, made)
    return made


def _parts(pattern: regex.Pattern[str]) -> tuple[Callable[..., regex.Pattern[str]], Any]:
    """Return what a pattern is pickled as: how to make it again, and of what."""
    parts: Any = copyreg.dispatch_table[type(pattern)](pattern)
    return parts[0], parts[1]


def _digest(content: bytes | memoryview) -> bytes:
    return blake2b(content, digest_size=16).digest()


@cache
def _versions() -> str:
    """Return what a compiled pattern depends on beside itself: Python, the machine and `regex`."""
    return f"{sys.version} {sys.byteorder} {sys.maxsize} {regex.__version__}"


@cache
def _file() -> Path | None:
    """Return the file of patterns that these versions compiled."""
    folder = cache_folder()
    return folder / f"{_digest(_versions().encode()).hex()}.patterns" if folder else None


@contextmanager
def _opened(mode: str) -> Iterator[IO[bytes] | None]:
    """Open the file of patterns; ``None`` where there is none, or where somebody else could have written it."""
    path = _file()
    if path is None or not is_own(path.parent.stat()):
        yield None
        return
    with open(path, mode, opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        yield file if is_own(os.fstat(file.fileno())) else None


@cache
def _kept() -> dict[bytes, _Kept]:
    """Return what is kept, by key, the last where one was broken and kept again; a file that is cut is done away with."""
    found: dict[bytes, _Kept] = {}
    with suppress(OSError), _opened("rb") as file:
        content = file.read(_LARGEST) if file is not None else b""
        records = tuple(_records(content))
        found = dict(records)
        if file is not None and sum(_HEAD.size + len(kept.content) for _, kept in records) < len(content):
            Path(file.name).unlink()
    return found


def _records(content: bytes) -> Iterator[tuple[bytes, _Kept]]:
    whole, at = memoryview(content), 0
    while at + _HEAD.size <= len(content):
        key, digest, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size + length
        if at > len(content):
            return
        yield key, _Kept(digest, whole[at - length : at])


def _keep(key: bytes, pattern: regex.Pattern[str]) -> None:
    """Add *pattern* to the file, in one write at its end, so that processes do not write over each other."""
    kept = marshal.dumps(_parts(pattern)[1])
    with suppress(OSError):
        if (path := _file()) is not None:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _opened("ab") as file:
            if file is not None:
                os.write(file.fileno(), _HEAD.pack(key, _digest(kept), len(kept)) + kept)
