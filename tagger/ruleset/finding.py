"""Finding packs: in the folders of ``TAGGER_RULES`` and in installed distributions, by the company a release is of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagger.patterns import pattern
from tagger.ruleset.rule import Location, RuleError

if TYPE_CHECKING:
    from tagger.ruleset.manifest import WrittenPack

VARIABLE = "TAGGER_RULES"
GROUP = "tagger.packs"
"""The entry points of distributions that bring packs: each names a package whose folder is a pack, or holds packs."""

_MANIFEST = "pack.yaml"
_WORD = pattern(r"[a-z0-9]+")


class KnownPack(NamedTuple):
    """A pack that is there to be found, and whom it is for."""

    path: Path
    name: str
    version: str
    layer: str
    ciks: tuple[str, ...]
    industries: tuple[str, ...]
    names: tuple[str, ...]


def known_packs() -> tuple[KnownPack, ...]:
    """Return the packs in the folders of ``TAGGER_RULES``, then those of installed distributions."""
    folders = tuple(part for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part)
    found = {str(pack.path.resolve()): pack for pack in (*_in_folders(folders), *installed_packs())}
    return tuple(found.values())


def find_packs(cik: str, company: str = "") -> tuple[Path, ...]:
    """Return the packs made for the company *cik*, or, where a pack names companies instead, for *company*.

    Raises an `ExceptionGroup` of `RuleError` where two packs of one layer claim the company: which is meant has to be
    said.
    """
    found = [pack for pack in known_packs() if _is_for(pack, cik, company)]
    claims: dict[str, KnownPack] = {}
    errors = []
    for pack in sorted(found, key=lambda pack: str(pack.path)):
        other = claims.setdefault(pack.layer, pack)
        if other is not pack:
            who = f"the {pack.layer} packs at {other.path} and {pack.path} are both for {company or 'company'} ({cik or 'no CIK'})"
            errors.append(RuleError(Location(str(pack.path / _MANIFEST), 1, 1), f"{who}; let one extend the other, or take one away"))  # fmt: skip
    if errors:
        raise ExceptionGroup("these packs contradict each other", errors)
    return tuple(pack.path for pack in sorted(found, key=lambda pack: str(pack.path)))


def _is_for(pack: KnownPack, cik: str, company: str) -> bool:
    if cik and pack.ciks:
        return cik.zfill(10) in pack.ciks
    words = _words(company)
    return bool(words) and any(_words(name) == words for name in pack.names)


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a company's name without its legal form."""
    forms = {
        "inc",
        "corp",
        "corporation",
        "co",
        "company",
        "ltd",
        "limited",
        "plc",
        "llc",
        "lp",
        "incorporated",
        "the",
        "de",
    }
    return tuple(word for word in _WORD.findall(name.lower()) if word not in forms)


def _in_folders(folders: tuple[str, ...]) -> Iterator[KnownPack]:
    for folder in folders:
        path = Path(folder)
        yield from _at(path)


def _at(path: Path) -> Iterator[KnownPack]:
    """Yield the pack that *path* is, or the packs that stand in it."""
    candidates = [path] if (path / _MANIFEST).is_file() else _folders(path)
    for candidate in candidates:
        manifest = candidate / _MANIFEST
        try:
            status = manifest.stat()
        except OSError:
            continue
        known = _read(str(manifest), status.st_mtime_ns, status.st_size)
        if known is not None:
            yield known


def _folders(path: Path) -> list[Path]:
    try:
        return sorted(entry for entry in path.iterdir() if (entry / _MANIFEST).is_file())
    except OSError:
        return []


@lru_cache(maxsize=4096)
def _read(manifest: str, _changed: int, _size: int) -> KnownPack | None:
    """Read the manifest; what is wrong in it is told when the pack is loaded, and it is found by nobody till then."""
    from tagger.ruleset.parsing import parse_pack

    path = Path(manifest)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    pack: WrittenPack = parse_pack([(manifest, text)], [])
    return KnownPack(path.parent, pack.name, pack.version, pack.layer, pack.ciks, pack.industries, pack.names)


def installed_packs() -> tuple[KnownPack, ...]:
    """Return the packs of installed distributions."""
    import sys

    return _installed(tuple(sys.path))


@lru_cache(maxsize=8)
def _installed(path: tuple[str, ...]) -> tuple[KnownPack, ...]:
    if not any(_says_group(folder) for folder in path):  # to ask importlib costs ten times as much
        return ()
    from importlib.metadata import entry_points

    found: list[KnownPack] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        folder = _package_folder(point.value)
        if folder is not None:
            found.extend(_at(folder))
    return tuple(found)


def _says_group(folder: str) -> bool:
    """Whether a distribution in *folder* has packs."""
    try:
        entries = [
            entry.path for entry in os.scandir(folder or ".") if entry.name.endswith((".dist-info", ".egg-info"))
        ]
    except OSError:
        return False
    mark = GROUP.encode()
    for entry in entries:
        try:
            if mark in Path(entry, "entry_points.txt").read_bytes():
                return True
        except OSError:
            continue
    return False


def _package_folder(value: str) -> Path | None:
    """Return the folder of the package that an entry point names, without importing it."""
    from importlib.util import find_spec

    try:
        spec = find_spec(value.partition(":")[0])
    except (ImportError, ValueError, AttributeError):
        return None
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    return Path(places[0]) if places else None
