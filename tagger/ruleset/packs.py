"""Where packs come from: directories and their files, and the packs that a pack extends.

Nothing outside a pack's own directory is read on its behalf but the packs that the user, or this library, has put in
places made for packs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from tagger.data import resource
from tagger.journal import mend
from tagger.ruleset.rule import Location, RuleError

if TYPE_CHECKING:
    from tagger.ruleset.manifest import WrittenPack

INDUSTRIES = "industry"
"""The folder of the built-in packs that another pack can ask for by name; not loaded unless asked for."""

_MOST_BYTES = 64_000_000  # of the files of a pack together
_MOST_FILES = 2000
_DEEPEST = 12


@dataclass(frozen=True, slots=True, eq=False)
class PackFiles:
    """One directory of rule files: names as shown in messages, with their content. *layer* is "" where the pack says it."""

    name: str
    path: Traversable
    files: tuple[tuple[str, bytes], ...]
    layer: str = ""
    built_in: bool = False
    _read: dict[str, object] = field(default_factory=dict, repr=False)

    @property
    def may_extend(self) -> bool:
        """Whether the manifest can name packs to extend; a warm start parses none that cannot."""
        return any(b"extends" in content for name, content in self.files if name.endswith("pack.yaml"))

    def pack(self) -> WrittenPack:
        """Return the pack as written, read when first asked for."""
        if "pack" not in self._read:
            from msgspec.structs import replace

            from tagger.ruleset.parsing import parse_pack

            errors: list[RuleError] = []
            pack = parse_pack(self._texts(errors), errors)
            self._read["pack"] = replace(pack, layer=self.layer) if self.layer else pack
            self._read["errors"] = tuple(errors)
        return self._read["pack"]  # type: ignore[return-value]

    def errors(self) -> tuple[RuleError, ...]:
        """Return what is wrong with the files."""
        self.pack()
        return self._read["errors"]  # type: ignore[return-value]

    def _texts(self, errors: list[RuleError]) -> list[tuple[str, str]]:
        texts: list[tuple[str, str]] = []
        for name, content in self.files:
            try:
                texts.append((name, content.decode("utf-8-sig")))
            except UnicodeDecodeError as error:
                line = content.count(b"\n", 0, error.start) + 1
                errors.append(RuleError(Location(name, line, 1), "the file is not in UTF-8: save it as UTF-8"))
        return texts


def built_in() -> PackFiles:
    """Return the rules that ship with the library."""
    return _built_in()


@cache
def _built_in() -> PackFiles:
    found = read_pack("rules", resource("rules"), [])
    return PackFiles(found.name, found.path, found.files, built_in=True)


def chain(paths: Sequence[Path], names: Sequence[str], errors: list[RuleError]) -> tuple[PackFiles, ...]:
    """Return the packs at *paths* with those they extend, each once, what is extended before what extends it."""
    found: dict[str, PackFiles] = {}
    for path, name in zip(paths, names, strict=True):
        if not path.exists():
            errors.append(RuleError(Location(name, 1, 1), "no such directory of rules"))
            continue
        _follow(read_pack(name, path, errors), (), found, errors)
    return tuple(found.values())


def _follow(source: PackFiles, above: tuple[str, ...], found: dict[str, PackFiles], errors: list[RuleError]) -> None:
    """Add the packs that *source* extends to *found*, then *source* itself."""
    key = _key(source.path)
    if key in found:
        return
    for value in source.pack().extends if source.may_extend else ():
        below = _extended(source, value.text)
        if isinstance(below, str):
            errors.append(RuleError(value.location, below))
        elif _key(below.path) in (*above, key):
            errors.append(RuleError(value.location, f"'{value.text}' extends this pack again: packs cannot lie over each other in a circle"))  # fmt: skip
        elif len(above) >= _DEEPEST:
            errors.append(RuleError(value.location, f"more than {_DEEPEST} packs over each other"))
        else:
            _follow(below, (*above, key), found, errors)
    found[key] = source


def _key(path: Traversable) -> str:
    return str(path.resolve()) if isinstance(path, Path) else str(path)


def _extended(source: PackFiles, name: str) -> PackFiles | str:
    """Return the pack that *source* calls *name*: an industry's, one inside its directory, or a known one; or what is wrong."""
    from tagger.ruleset.finding import known_packs

    industry = resource("rules") / INDUSTRIES / name
    plain = name not in (".", "..") and "/" not in name and "\\" not in name and len(name) <= 200
    if plain and industry.is_dir():
        return read_pack(f"rules/{INDUSTRIES}/{name}", industry, [], layer="industry")
    inside = _inside(source.path, name)
    if isinstance(inside, Path):
        return read_pack(f"{source.name}/{name}", inside, [])
    if inside:
        return inside
    named = [pack for pack in known_packs() if pack.name == name] if plain else []
    if len(named) > 1:
        return f"there are several packs '{name}': {', '.join(str(pack.path) for pack in named)}"
    if named:
        return read_pack(str(named[0].path), named[0].path, [])
    from tagger.ruleset.nodes import meant

    known = [*industries(), *(pack.name for pack in known_packs() if pack.name)]
    shown = name if len(name) <= 80 else f"{name[:77]}..."
    return (
        f"no pack '{shown}' to extend, built in ({', '.join(known) or 'none'}) or inside this one{meant(shown, known)}"
    )


def _inside(root: Traversable, name: str) -> Path | str:
    """Return the directory *name* of *root*, "" if there is none, or why it may not be read."""
    if not isinstance(root, Path):
        return ""
    folder = root if root.is_dir() else root.parent
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            return f"'{name}' leads outside the pack: extend a pack by its name, or put it inside this one"
        return path if path != folder.resolve() and path.is_dir() else ""
    except (OSError, ValueError):  # a name too long, or with a null in it
        return ""


def industries() -> tuple[str, ...]:
    """Return the names of the built-in packs for industries."""
    folder = resource("rules") / INDUSTRIES
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir())) if folder.is_dir() else ()


def read_pack(name: str, path: Traversable, errors: list[RuleError], *, layer: str = "") -> PackFiles:
    """Read the rule files of a directory (or the one file *path* is), in the order of their names."""
    name = _shown(name)
    if path.is_file():
        return PackFiles(name, path, ((name, path.read_bytes()),), layer)
    entries = _entries(path)
    rule_files = [entry for entry in entries if entry.name.endswith((".yaml", ".yml"))]
    if path.is_dir() and not rule_files:
        errors.append(RuleError(Location(name, 1, 1), f"no rule files here{_elsewhere(entries)}"))
    if len(rule_files) > _MOST_FILES:
        errors.append(RuleError(Location(name, 1, 1), f"{len(rule_files)} rule files, {_MOST_FILES} at most"))
        rule_files = []
    files = tuple(_read(name, path, rule_files, errors))
    return PackFiles(name, path, files, layer)


def _read(
    name: str, path: Traversable, entries: Sequence[Traversable], errors: list[RuleError]
) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of the files *entries*; what cannot be read goes to *errors*."""
    size = 0
    for entry in entries:
        place = Location(f"{name}/{_shown(entry.name)}", 1, 1)
        problem = _unreadable(entry, path)
        if problem:
            errors.append(RuleError(place, problem))
            continue
        if not entry.is_file():
            continue
        try:
            size += entry.stat().st_size if isinstance(entry, Path) else 0
            if size > _MOST_BYTES:
                errors.append(RuleError(place, f"the files of a pack have {_MOST_BYTES:,} bytes at most together"))
                break
            content = entry.read_bytes()
        except OSError as error:
            errors.append(RuleError(place, f"cannot be read: {error.strerror}"))
        else:
            yield f"{name}/{_shown(entry.name)}", content


def _entries(path: Traversable) -> list[Traversable]:
    """Return what stands in a directory by name, after files that a killed process has left by half are put back."""
    entries = sorted(path.iterdir(), key=lambda entry: entry.name) if path.is_dir() else []
    if not any(entry.name.endswith(".journal") for entry in entries):
        return entries
    for entry in entries:
        if isinstance(entry, Path):
            mend(entry)
    return sorted(path.iterdir(), key=lambda entry: entry.name)


def _elsewhere(entries: Sequence[Traversable]) -> str:
    """Say which kind of file is looked for, or in which folder of *entries* there are some."""
    inside = [one.name for one in entries if one.is_dir() and any(e.name.endswith(".yaml") for e in one.iterdir())]
    return f": there are some in '{inside[0]}'" if inside else ": their names end with .yaml"


def _shown(name: str) -> str:
    """Return a file's *name* as messages show it: bytes that are no UTF-8 are spelled out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _unreadable(entry: Traversable, root: Traversable) -> str:
    """Return why a file may not be read: a link that leads out of the pack."""
    if not isinstance(entry, Path) or not isinstance(root, Path) or not entry.is_symlink():
        return ""
    inside = Path(os.path.realpath(entry)).is_relative_to(os.path.realpath(root))
    return "" if inside else "leads outside the pack: a copy of the file has to stand here"
