"""Documents to tag: files, folders, patterns, lists and archives, in an order that the same paths always have."""

from __future__ import annotations

import glob
import os
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path, PurePosixPath

from msgspec import Struct

from tagger.batches.manifest import NAME as MANIFEST
from tagger.batches.manifest import manifest_of
from tagger.document import Submission
from tagger.limits import Limits

SUFFIXES = frozenset({".htm", ".html", ".md", ".nc", ".pdf", ".txt", ".xhtml"})
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_MOST_BYTES = Limits().bytes
_TOO_LARGE = f"more than {_MOST_BYTES:,} bytes unpacked"


class Source(Struct, frozen=True, kw_only=True):
    """One document: what it is called, and where its bytes are: at *path*, there in *member* of an archive, or *data*.

    *about* is what a manifest says of it.
    """

    name: str
    path: str = ""
    member: str = ""
    data: bytes | str | None = None
    about: Submission | None = None
    refused: str = ""

    def read(self) -> bytes | str:
        """Return the document's content; *refused* says why it cannot be."""
        if self.refused:
            raise ValueError(self.refused)
        if self.data is not None:
            return self.data
        if not self.member:
            return Path(self.path).read_bytes()
        archive = _opened(self.path, Path(self.path).stat().st_mtime_ns)
        if archive.getinfo(self.member).file_size > _MOST_BYTES:
            raise ValueError(_TOO_LARGE)
        return archive.read(self.member)


@lru_cache(maxsize=4)
def _opened(path: str, changed: int) -> zipfile.ZipFile:
    """Return the archive at *path*, opened once for its many members."""
    return zipfile.ZipFile(path)


def find_releases(*paths: str | os.PathLike[str], recursive: bool = False) -> Iterator[Source]:
    """Yield the documents at *paths*, each once.

    A path is a file, a folder (with *recursive*, all folders in it too), a pattern (``2008/*.htm``, ``**/ex99*``), a list
    of paths (``@releases.txt``, a line each), or an archive (``.zip``, ``.tar.gz``). Of folders and archives come the
    files whose suffix a release has: .htm .html .xhtml .txt .md .pdf, and .nc, EDGAR's. A folder's ``manifest.csv`` says
    whose its files are. Raises `FileNotFoundError` for what is not there, and `ValueError` for what holds no release.
    """
    seen: set[str] = set()
    for path in paths:
        found = False
        for source in _at(os.fspath(path), recursive=recursive):
            found = True
            if source.name not in seen:
                seen.add(source.name)
                yield source
        if not found:
            raise ValueError(
                f"{os.fspath(path)}: no release in it: no file with a suffix of {' '.join(sorted(SUFFIXES))}"
            )


def _at(path: str, *, recursive: bool) -> Iterator[Source]:
    if path.startswith("@") and not Path(path).exists():
        yield from find_releases(*_listed(Path(path[1:])), recursive=recursive)
    elif Path(path).is_dir():
        yield from _in_folder(Path(path), recursive=recursive)
    elif Path(path).is_file():
        yield from _file(Path(path))
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207
        if not matches:
            raise FileNotFoundError(2, "No file fits the pattern", path)
        for match in matches:
            if not Path(match).is_dir():
                yield from _file(Path(match))
    else:
        raise FileNotFoundError(2, "No such file or directory", path)


def _listed(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8-sig").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _in_folder(folder: Path, *, recursive: bool) -> Iterator[Source]:
    manifest = manifest_of(folder)
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name == MANIFEST:
            continue
        if entry.is_dir():
            if recursive:
                yield from _in_folder(entry, recursive=True)
        elif _is_release(entry.name) or _is_archive(entry.name):
            yield from _file(entry, manifest.get(entry.name))


def _file(path: Path, about: Submission | None = None) -> Iterator[Source]:
    name = str(path)
    if about is None:
        about = manifest_of(path.parent).get(path.name)
    if not _is_archive(name):
        yield Source(name=name, path=name, about=about)
    elif name.lower().endswith(".zip"):
        yield from _in_zip(path)
    else:
        yield from _in_tar(path)


def _in_zip(path: Path) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(info.filename for info in archive.infolist() if not info.is_dir())
    except zipfile.BadZipFile as error:
        raise ValueError(f"{path}: a zip archive that cannot be read: {error}") from error
    for name in filter(_is_release, names):
        yield Source(name=f"{path}/{name}", path=str(path), member=name)


def _in_tar(path: Path) -> Iterator[Source]:
    """Yield the members of a tar in its order: a packed one can only be read from front to back."""
    try:
        with tarfile.open(path, "r|*") as archive:
            for entry in archive:
                if not entry.isfile() or not _is_release(entry.name):
                    continue
                if entry.size > _MOST_BYTES:
                    yield Source(name=f"{path}/{entry.name}", refused=_TOO_LARGE)
                elif (content := archive.extractfile(entry)) is not None:
                    with closing(content):
                        yield Source(name=f"{path}/{entry.name}", data=content.read())
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise ValueError(f"{path}: an archive that cannot be read: {error}") from error


def _is_release(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def _is_archive(name: str) -> bool:
    return name.lower().endswith((".zip", *_TARS))


def counted(paths: Iterable[str], *, recursive: bool = False) -> int | None:
    """Return how many documents are at *paths*; `None` where only unpacking would tell."""
    if any(path.lower().endswith(_TARS) for path in paths):
        return None
    return sum(1 for _ in find_releases(*paths, recursive=recursive))
