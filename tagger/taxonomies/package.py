"""Taxonomy packages as they come from outside: a zip or a folder, trusted in nothing.

All names, kinds and sizes are looked at before anything is read, and nothing is ever unpacked to disk.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from tagger.patterns import pattern

MOST_FILES = 5_000
MOST_BYTES = 400_000_000
MOST_BYTES_OF_ONE = 120_000_000
MOST_RATIO = 150  # XML of real packages is packed to a thirtieth at most
_SMALL = 1_000_000  # what unpacks to less can do no harm, however well it packs
_MOST_DIRECTORY = 400 * MOST_FILES
_TAIL = 22 + 65_535  # the record that ends a zip, with the longest comment it may have
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# A name in the zip's directory may say that it is UTF-8, and not be.
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError)
_DRIVE = pattern(r"[A-Za-z]:")
_CONTROL = pattern(r"[\x00-\x1f\x7f]")


class PackageError(ValueError):
    """A taxonomy package that cannot be used; the message names the file and the reason."""


class Package(Struct, frozen=True, eq=False):
    """The files of a package by name, without the one folder that may stand around them all."""

    source: str
    names: frozenset[str]
    _read: Callable[[str], bytes]

    def read(self, name: str) -> bytes:
        """Return the content of the file *name*, which has to be one of `names`."""
        if name not in self.names:
            raise PackageError(f"{self.source}: {name}: no such file in the package")
        return self._read(name)

    def refuse(self, name: str, reason: str) -> PackageError:
        """Return an error that says why the file *name* cannot be used."""
        return PackageError(f"{self.source}: {name}: {reason}")


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open the zip or folder *path*, or raise a `PackageError`."""
    try:
        if path.is_dir():
            yield _opened(path.name, _folder_sizes(path), lambda name: _file_bytes(path, name))
            return
        with path.open("rb") as file:
            if not zipfile.is_zipfile(file):
                raise PackageError(f"{path.name}: neither a zip nor a folder")
            _check_directory(file, path)
            with zipfile.ZipFile(file) as archive:
                entries = _zip_entries(archive, path)
                yield _opened(
                    path.name,
                    {name: entry.file_size for name, entry in entries.items()},
                    lambda name: _entry_bytes(archive, entries[name], path.name),
                )
    except _BROKEN as error:
        raise PackageError(f"{path.name}: the zip is broken: {error}") from error
    except OSError as error:
        raise PackageError(f"{path.name}: cannot be read: {error.strerror or error}") from error


def _opened(source: str, found: Mapping[str, int], read: Callable[[str], bytes]) -> Package:
    # What a Mac adds to a zip is looked at like the rest, and then left aside.
    sizes = {name: size for name, size in found.items() if not name.startswith("__MACOSX/")}
    if not sizes:
        raise PackageError(f"{source}: there are no files in it")
    _check_sizes(source, sizes.items())
    top = _top_folder(sizes)
    return Package(source, frozenset(name.removeprefix(top) for name in sizes), lambda name: read(top + name))


def _top_folder(names: Iterable[str]) -> str:
    """Return the folder that all *names* stand in, if it is not part of the taxonomy itself."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names}
    top = tops.pop() if len(tops) == 1 else ""
    return f"{top}/" if top and top not in ("elts", "META-INF") else ""


def _check_sizes(source: str, sizes: Iterable[tuple[str, int]]) -> None:
    total = 0
    for count, (name, size) in enumerate(sizes, start=1):
        total += size
        if size > MOST_BYTES_OF_ONE:
            raise PackageError(f"{source}: {name}: {size:,} bytes is more than a file of a taxonomy may have")
        if count > MOST_FILES:
            raise PackageError(f"{source}: more than {MOST_FILES:,} files")
        if total > MOST_BYTES:
            raise PackageError(f"{source}: its files are more than {MOST_BYTES:,} bytes together")


def _check_name(source: str, name: str) -> None:
    reason = ""
    if _CONTROL.search(name):
        reason = "a control character in its name"
    elif "\\" in name:
        reason = "a backslash in its name"
    elif name.startswith("/") or _DRIVE.match(name):
        reason = "an absolute name"
    elif ".." in name.split("/"):
        reason = "its name climbs out of the package"
    elif any(part in ("", ".") for part in name.removesuffix("/").split("/")):
        reason = "a name that is not plain"
    if reason:
        raise PackageError(f"{source}: {name!r}: {reason}")


def _check_directory(file: BinaryIO, path: Path) -> None:
    """Look at the size of the zip's directory, which `zipfile` would read whole."""
    size = file.seek(0, os.SEEK_END)
    start = file.seek(max(size - _TAIL, 0))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise PackageError(f"{path.name}: the zip is broken: its directory is not where it should be")
    if start + at >= 20 and tail[max(at - 20, 0) : at].startswith(b"PK\x06\x07"):
        raise PackageError(f"{path.name}: is a zip of the form for huge archives, which no taxonomy needs")
    if int.from_bytes(tail[at + 12 : at + 16], "little") > _MOST_DIRECTORY:
        raise PackageError(f"{path.name}: more than {MOST_FILES:,} files")
    file.seek(0)


def _zip_entries(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """Return the files of *archive* by name, once all entries have been looked at."""
    entries: dict[str, zipfile.ZipInfo] = {}
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise PackageError(f"{path.name}: more than {MOST_FILES:,} files")
    for info in infos:
        # What the zip says, before zipfile cuts it at a NUL or turns separators.
        _check_name(path.name, info.orig_filename)
        _check_entry(path.name, info)
        if info.is_dir():
            continue
        if info.filename in entries:
            raise PackageError(f"{path.name}: {info.filename}: stands in the zip twice")
        entries[info.filename] = info
    _check_packing(path, entries.values())
    return entries


def _check_entry(source: str, info: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    reason = ""
    if kind == stat.S_IFLNK:
        reason = "is a link"
    elif kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        reason = "is neither a file nor a folder"
    elif info.flag_bits & 0x1:
        reason = "is encrypted"
    elif info.compress_type not in _METHODS:
        reason = "is packed by a method that taxonomies do not use"
    elif info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        reason = f"unpacks to more than {MOST_RATIO} times its size"
    if reason:
        raise PackageError(f"{source}: {info.filename}: {reason}")


def _check_packing(path: Path, entries: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse entries that share their bytes, as the densest bombs do."""
    packed = sum(entry.compress_size for entry in entries)
    if packed > path.stat().st_size:
        raise PackageError(f"{path.name}: its entries overlap")


def _entry_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str) -> bytes:
    """Read an entry, no further than the size it gave: a larger one is broken."""
    with archive.open(info) as file:
        data = file.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise PackageError(f"{source}: {info.filename}: has another size than the zip says")
    return data


def _folder_sizes(root: Path) -> dict[str, int]:
    """Return the files below *root* with their sizes; a link anywhere is refused, never followed."""
    sizes: dict[str, int] = {}
    for folder, folders, files in os.walk(root, onerror=_raise, followlinks=False):
        for name in sorted(folders + files):
            path = Path(folder) / name
            short = path.relative_to(root).as_posix()
            status = path.lstat()
            _check_name(root.name, short)
            if stat.S_ISLNK(status.st_mode):
                raise PackageError(f"{root.name}: {short}: is a link")
            if stat.S_ISDIR(status.st_mode):
                continue
            if not stat.S_ISREG(status.st_mode):
                raise PackageError(f"{root.name}: {short}: is neither a file nor a folder")
            sizes[short] = status.st_size
            if len(sizes) > MOST_FILES:
                raise PackageError(f"{root.name}: more than {MOST_FILES:,} files")
    return sizes


def _raise(error: OSError) -> None:
    raise error


def _file_bytes(root: Path, name: str) -> bytes:
    """Read a file of a folder, which may have become a link since it was looked at."""
    handle = os.open(root / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        data = file.read(MOST_BYTES_OF_ONE + 1)
    if len(data) > MOST_BYTES_OF_ONE:
        raise PackageError(f"{root.name}: {name}: more bytes than a file of a taxonomy may have")
    return data
