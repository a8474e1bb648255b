"""Directories of rules to a compiled rule set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagger._version import __version__
from tagger.data import resource
from tagger.ruleset.cache import content_key, keep_compiled, load_compiled
from tagger.ruleset.rule import Location, RuleError
from tagger.ruleset.ruleset import RuleSet
from tagger.taxonomies import installed_key

if TYPE_CHECKING:
    from tagger.ruleset.written import WrittenPack

INDUSTRIES = "industry"
"""The folder of the built-in packs that another pack can ask for by name; not loaded unless asked for."""

_MADE_FROM = ("concepts.csv", "related.csv", "changes.csv")


class _Source(NamedTuple):
    """One directory of rule files: names as shown in messages, with their content."""

    directory: str
    path: Traversable
    files: tuple[tuple[str, bytes], ...]


def load_rules(*directories: str | os.PathLike[str], base: bool = True) -> RuleSet:
    """Return the built-in rules with those of *directories* laid over them, the last on top.

    With ``base=False`` the directories stand alone. Everything that is wrong in any file is raised
    at once, as an `ExceptionGroup` of `RuleError`.
    """
    errors: list[RuleError] = []
    sources = _sources(directories, errors)
    lowest = _source("rules", resource("rules"), errors) if base else _Source("", Path(), ())
    industries = _source("rules/industry", resource("rules") / INDUSTRIES, [], deep=True) if sources else None
    key = content_key(_parts((lowest, *sources), industries))
    if not errors:
        kept = load_compiled(key)
        if kept is not None and all(_content(Path(name)) == content for name, content in kept.beneath):
            return kept
    rules = _compiled(lowest, sources, key, errors)
    if errors:
        raise ExceptionGroup("these rules cannot be used", sorted(errors, key=lambda error: error.location))
    keep_compiled(rules)
    return rules


def _compiled(lowest: _Source, sources: list[_Source], key: str, errors: list[RuleError]) -> RuleSet:
    """Compile from the files; what this needs is imported here, since a warm start needs none of it."""
    from tagger.catalog import load_catalog as load_built_in
    from tagger.ruleset.compiling import compile_rules
    from tagger.ruleset.layers import lay_over
    from tagger.taxonomies import load_catalog

    packs: list[WrittenPack] = []
    seen: dict[str, _Source] = {}
    for source in sources:
        packs.extend(_packs(source, seen, errors))
    layered = lay_over(_pack(lowest, errors), packs, errors)
    asked = {str(source.path) for source in sources}
    beneath = tuple((path, _content(source.path)) for path, source in sorted(seen.items()) if path not in asked)
    # The library's own rules name built-in concepts only, whatever is installed on this machine.
    catalog = load_catalog() if sources else load_built_in()
    return compile_rules(layered, catalog, errors, key=key, beneath=beneath)


def _content(path: Traversable) -> str:
    """Return a name for what the rule files of *path* hold."""
    return content_key(part for name, content in _source("", path, []).files for part in (name.encode(), content))


def _pack(source: _Source, errors: list[RuleError]) -> WrittenPack:
    from tagger.ruleset.loader import parse_pack

    texts: list[tuple[str, str]] = []
    for name, content in source.files:
        try:
            texts.append((name, content.decode("utf-8-sig")))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            errors.append(RuleError(Location(name, line, 1), "the file is not in UTF-8"))
    return parse_pack(source.directory, texts, errors)


def _packs(source: _Source, seen: dict[str, _Source], errors: list[RuleError]) -> Iterator[WrittenPack]:
    """Yield the packs that *source* extends, then its own."""
    from dataclasses import replace

    if str(source.path) in seen:
        return
    seen[str(source.path)] = source
    pack = _pack(source, errors)
    for name in pack.extends:
        built_in = resource("rules") / INDUSTRIES / name.text
        if built_in.is_dir():
            below = _source(f"rules/{INDUSTRIES}/{name.text}", built_in, errors)
            yield from (replace(found, layer="industry") for found in _packs(below, seen, errors))
        elif (source.path / name.text).is_dir():
            path = source.path / name.text
            yield from _packs(_source(str(path), path, errors), seen, errors)
        else:
            known = ", ".join(entry.name for entry in _folders(resource("rules") / INDUSTRIES)) or "none"
            message = f"no pack '{name.text}' to extend, built in ({known}) or beside this one"
            errors.append(RuleError(name.location, message))
    yield pack


def _folders(path: Traversable) -> list[Traversable]:
    entries = path.iterdir() if path.is_dir() else ()
    return sorted((entry for entry in entries if entry.is_dir()), key=lambda entry: entry.name)


def _sources(directories: tuple[str | os.PathLike[str], ...], errors: list[RuleError]) -> list[_Source]:
    found: list[_Source] = []
    for directory in directories:
        path = Path(directory)
        if not path.exists():
            errors.append(RuleError(Location(os.fspath(directory), 1, 1), "no such directory of rules"))
            continue
        found.append(_source(os.fspath(directory), path, errors))
    return found


def _source(name: str, path: Traversable, errors: list[RuleError], *, deep: bool = False) -> _Source:
    """Read the rule files of a directory (or the one file *path* is), in the order of their names."""
    if path.is_file():
        return _Source(name, path, ((name, path.read_bytes()),))
    files: list[tuple[str, bytes]] = []
    entries = sorted(path.iterdir(), key=lambda entry: entry.name) if path.is_dir() else []
    for entry in entries:
        if entry.name.endswith((".yaml", ".yml")) and entry.is_file():
            try:
                files.append((f"{name}/{entry.name}", entry.read_bytes()))
            except OSError as error:
                errors.append(RuleError(Location(f"{name}/{entry.name}", 1, 1), f"cannot be read: {error.strerror}"))
        elif deep and entry.is_dir():
            files.extend(_source(f"{name}/{entry.name}", entry, errors, deep=True).files)
    return _Source(name, path, tuple(files))


def _parts(sources: tuple[_Source, ...], industries: _Source | None) -> Iterator[bytes]:
    """Yield everything a compiled rule set depends on."""
    yield _engine_key()
    if industries is not None:  # rules of the user's may name concepts of installed taxonomies
        yield repr(installed_key()).encode()
    for source in (*sources, *([industries] if industries else [])):
        yield source.directory.encode("utf-8", "surrogateescape")
        for name, content in source.files:
            yield name.encode("utf-8", "surrogateescape")
            yield content


@cache
def _engine_key() -> bytes:
    """Return a hash of what compiles the rules: this package, the word table, the catalog."""
    parts = [__version__.encode(), *(entry.name.encode() + entry.read_bytes() for entry in _code())]
    parts.append((resource("data") / "words.json").read_bytes())
    parts.extend((resource("taxonomy") / name).read_bytes() for name in _MADE_FROM)
    return content_key(parts).encode()


def _code() -> list[Traversable]:
    files = resource("ruleset").iterdir()
    return sorted((entry for entry in files if entry.name.endswith(".py")), key=lambda entry: entry.name)
