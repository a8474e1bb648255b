"""Directories of rules to a compiled rule set: the built-in rules once, and packs laid over them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tagger._version import __version__
from tagger.data import resource
from tagger.ruleset.cache import content_key, keep_compiled, load_compiled
from tagger.ruleset.packs import PackFiles, built_in, chain, read_pack
from tagger.ruleset.rule import RuleError
from tagger.ruleset.ruleset import EMPTY, Compiled, RuleSet
from tagger.taxonomies import installed_key

if TYPE_CHECKING:
    from tagger.ruleset.layers import Below
    from tagger.ruleset.written import WrittenRule

_MADE_FROM = ("concepts.csv", "related.csv", "changes.csv")


def load_rules(*directories: str | os.PathLike[str], base: bool = True) -> RuleSet:
    """Return the built-in rules with those of *directories* laid over them, the last on top.

    With ``base=False`` the directories stand alone. Everything that is wrong in any file is raised
    at once, as an `ExceptionGroup` of `RuleError`.
    """
    lowest = _base_rules() if base else EMPTY
    if not directories:
        return lowest if base else replace(lowest, base=False)
    errors: list[RuleError] = []
    sources = chain(tuple(map(Path, directories)), [os.fspath(directory) for directory in directories], errors)
    key = _key(lowest, sources)
    if not errors:
        kept = load_compiled(key)
        if kept is not None:
            return _named(RuleSet.over(lowest, kept, key), directories, base)
    return _named(_checked(lowest, sources, key, errors, errors), directories, base)


def _named(rules: RuleSet, directories: Sequence[str | os.PathLike[str]], base: bool) -> RuleSet:
    """Return *rules* with the directories they were asked from, by which they load again elsewhere."""
    return replace(rules, directories=tuple(os.fspath(directory) for directory in directories), base=base)


def load_afresh(
    *directories: str | os.PathLike[str], base: bool = True
) -> tuple[RuleSet | None, tuple[RuleError, ...]]:
    """Return the rules as `load_rules` does, ``None`` where they cannot be used, with all that is wrong or in doubt.

    The files of *directories* are read anew, whatever the cache holds, and nothing is kept; the built-in rules are not.
    """
    lowest = _base_rules() if base and directories else EMPTY
    found: list[RuleError] = []
    paths = tuple(map(Path, directories)) or (Path(str(resource("rules"))),)
    names = [os.fspath(directory) for directory in directories] or ["rules"]
    sources = chain(paths, names, found) if directories else (built_in(),)
    try:
        rules = _checked(lowest, sources, _key(lowest, sources), found, found, keep=False)
    except ExceptionGroup:
        rules = None
    return rules, tuple(found)


def _checked(
    lowest: RuleSet,
    sources: Sequence[PackFiles],
    key: str,
    errors: list[RuleError],
    found: list[RuleError],
    *,
    keep: bool = True,
) -> RuleSet:
    """Compile *sources* over *lowest*, keep and return them; raise all that is wrong."""
    compiled = _compiled(lowest, sources, errors)
    wrong = sorted((error for error in found if error.severity == "error"), key=lambda error: error.location)
    if wrong:
        raise ExceptionGroup("these rules cannot be used", wrong)
    if keep:
        keep_compiled(key, compiled)
    return RuleSet.over(lowest, compiled, key)


def _base_rules() -> RuleSet:
    """Return the built-in rules, from the cache where they are there."""
    return _base(content_key(_parts((source := built_in(),))), source)


@cache
def _base(key: str, source: PackFiles) -> RuleSet:
    kept = load_compiled(key)
    if kept is not None:
        return RuleSet.over(EMPTY, kept, key)
    errors: list[RuleError] = []
    return _checked(EMPTY, (source,), key, errors, errors)


def _key(lowest: RuleSet, sources: Sequence[PackFiles]) -> str:
    parts = [lowest.key.encode(), *_parts(sources)]
    if lowest.key or not any(source.built_in for source in sources):
        parts.append(repr(installed_key()).encode())  # rules of the user's may name concepts of installed taxonomies
    return content_key(parts)


def _compiled(lowest: RuleSet, sources: Sequence[PackFiles], errors: list[RuleError]) -> Compiled:
    """Compile from the files; what this needs is imported here, since a warm start needs none of it."""
    from tagger.catalog import load_catalog as load_built_in
    from tagger.ruleset.compiling import check_members, compile_rules
    from tagger.ruleset.layers import joined_declarations, lay_over, refuse_conflicts, unused_declarations
    from tagger.ruleset.manifest import WrittenPack
    from tagger.taxonomies import load_catalog

    packs = [source.pack() for source in sources]
    errors.extend(error for source in sources for error in source.errors())
    only_base = len(sources) == 1 and sources[0].built_in
    if only_base:
        packs = [WrittenPack(rules=packs[0].rules, layer="base")]
    refuse_conflicts(packs, errors)
    declared = joined_declarations(packs, errors)
    laid = lay_over(_below(lowest), packs, errors)
    errors.extend(unused_declarations(packs, laid))
    # The library's own rules name built-in concepts only, whatever is installed on this machine.
    catalog = (load_built_in() if only_base else load_catalog()).with_concepts(declared.over(lowest.declared).known())
    for pack in packs:
        check_members(pack.parts, catalog, errors)
    return compile_rules(laid, catalog, errors, lowest=lowest, declared=declared)


def _below(lowest: RuleSet) -> Below:
    from tagger.ruleset.layers import Below

    return Below(ids=lowest.ids.keys(), written=_written_base if len(lowest) else lambda name: None)


def _written_base(name: str) -> WrittenRule | None:
    """Return the built-in rule *name* as its file has it."""
    rule = _base_rules().get(name)
    return next((one for one in _file_rules(rule.location.file) if one.id == name), None) if rule else None


@cache
def _file_rules(file: str) -> tuple[WrittenRule, ...]:
    from tagger.ruleset.parsing import parse_pack

    content = dict(built_in().files)[file]
    return parse_pack([(file, content.decode("utf-8"))], []).rules


def _parts(sources: Sequence[PackFiles]) -> Iterator[bytes]:
    """Yield everything a compiled rule set depends on."""
    yield _engine_key()
    for source in sources:
        yield f"{source.layer}:{source.name}".encode("utf-8", "surrogateescape")
        for name, content in source.files:
            yield name.encode("utf-8", "surrogateescape")
            yield content


@cache
def _engine_key() -> bytes:
    """Return a hash of what compiles the rules: this package, the word table, the catalog."""
    code = [entry for entry in resource("ruleset").iterdir() if entry.name.endswith(".py")]
    parts = [__version__.encode()]
    parts.extend(entry.name.encode() + entry.read_bytes() for entry in sorted(code, key=lambda entry: entry.name))
    parts.append((resource("data") / "words.json").read_bytes())
    parts.extend((resource("taxonomy") / name).read_bytes() for name in _MADE_FROM)
    return content_key(parts).encode()


__all__ = ["load_afresh", "load_rules", "read_pack"]
