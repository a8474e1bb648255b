"""Packs of rules laid over each other: base < industry < filer < user, later directories over earlier; what contradicts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from tagger.ruleset.declared import Declarations, DeclaredConcept, DeclaredMember
from tagger.ruleset.manifest import WrittenPack
from tagger.ruleset.nodes import meant
from tagger.ruleset.rule import Location, RuleError
from tagger.ruleset.written import LAYERS, Value, WrittenRule

STEP = 1000
"""Room for that many packs in one layer."""


class Layered(NamedTuple):
    """A rule with the number of the layer it came from, and the lists its pack names."""

    rule: WrittenRule
    layer: int
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Below(Struct, frozen=True, kw_only=True):
    """The compiled rules that packs are laid over: their ids, and how one of them was written."""

    ids: Collection[str] = ()
    written: Callable[[str], WrittenRule | None] = field(default=lambda name: None)


class Laid(Struct, frozen=True, kw_only=True):
    """What is left when every pack is laid over those below it.

    *rules* are those of the packs, in the order of their ids; *removed* are the ids of rules below that are replaced or
    switched off, *off* all that are switched off.
    """

    rules: tuple[Layered, ...]
    removed: frozenset[str]
    off: frozenset[str]


def lay_over(below: Below, packs: Iterable[WrittenPack], errors: list[RuleError]) -> Laid:
    """Lay *packs* over the rules *below*. A rule replaces one of the same id; with ``extends`` it adds to it."""
    merged: dict[str, Layered] = {}
    off: set[str] = set()
    numbered = [(_number(pack.layer, place), pack) for place, pack in enumerate(packs, 1)]
    for layer, pack in sorted(numbered, key=lambda entry: entry[0]):
        for name in pack.disable:
            _disable(name, merged, off, below, errors)
        own = {rule.id: rule for rule in pack.rules}
        lower = dict(merged)
        for rule in pack.rules:
            full = _extended(rule, own, lower, below, errors)
            if full is not None:
                merged[rule.id] = Layered(full, layer, pack.lists)
                off.discard(rule.id)
    return Laid(
        rules=tuple(merged[name] for name in sorted(merged)),
        removed=frozenset(name for name in (*merged, *off) if name in below.ids),
        off=frozenset(off),
    )


def _number(layer: str, place: int) -> int:
    """Return the number of a pack: 0 for the rules that ship with the library."""
    return (1 + LAYERS.index(layer)) * STEP + place if layer in LAYERS else 0


def _disable(name: Value, merged: dict[str, Layered], off: set[str], below: Below, errors: list[RuleError]) -> None:
    known = {*merged, *below.ids} - off
    if name.text not in known:
        errors.append(RuleError(name.location, f"no rule '{name.text}' to disable{meant(name.text, known)}"))
    merged.pop(name.text, None)
    off.add(name.text)


def _extended(
    rule: WrittenRule,
    own: dict[str, WrittenRule],
    lower: dict[str, Layered],
    below: Below,
    errors: list[RuleError],
) -> WrittenRule | None:
    """Return *rule* with what it extends put in."""
    seen = {rule.id}
    full, name = rule, rule.first("extends")
    while name is not None:
        parent = own.get(name.text) if name.text != rule.id else None
        complete = parent is None
        if parent is None:
            parent = lower[name.text].rule if name.text in lower else below.written(name.text)
        if parent is None:
            known = {*lower, *own, *below.ids}
            hint = ": with its own id a rule extends one below it" if name.text == rule.id else ""
            message = f"no rule '{name.text}' to extend{hint or meant(name.text, known)}"
            errors.append(RuleError(name.location, message))
            return None
        full = parent.extended(full)
        if complete:
            break  # what lies below is complete already
        if parent.id in seen:
            errors.append(RuleError(name.location, f"'{rule.id}' extends itself"))
            return None
        seen.add(parent.id)
        name = parent.first("extends")
    return full


def refuse_conflicts(packs: Sequence[WrittenPack], errors: list[RuleError]) -> None:
    """Refuse two packs of one name."""
    seen: dict[str, WrittenPack] = {}
    for pack in packs:
        other = seen.setdefault(pack.name, pack) if pack.name else pack
        if other is not pack:
            message = f"pack '{pack.name}' is here twice: also at {other.location}"
            errors.append(RuleError(pack.location, message))


def joined_declarations(packs: Sequence[WrittenPack], errors: list[RuleError]) -> Declarations:
    """Return what all *packs* declare; two prefixes, or two meanings of one name, are refused."""
    joined = Declarations()
    prefix_at: Location | None = None
    places: dict[str, tuple[object, Location]] = {}
    for pack in packs:
        own = pack.declared
        if own.prefix and joined.prefix and own.prefix != joined.prefix:
            message = f"prefix '{own.prefix}' contradicts '{joined.prefix}' at {prefix_at}: a report has one prefix of its own"
            errors.append(RuleError(pack.declared_at["prefix"], message))
        declared: list[DeclaredConcept | DeclaredMember] = [*own.concepts, *own.members]
        for one in declared:
            before = places.setdefault(one.name, (one, pack.declared_at[one.name]))
            if before[0] != one:
                errors.append(RuleError(pack.declared_at[one.name], f"{one.name} is declared otherwise at {before[1]}"))
        joined = own.over(joined)
        prefix_at = pack.declared_at.get("prefix", prefix_at)
    return joined


def unused_declarations(packs: Sequence[WrittenPack], laid: Laid) -> Iterator[RuleError]:
    """Yield a warning for each concept that a pack declares and no rule uses."""
    used = {
        value.text for entry in laid.rules for key in ("concept", "also") for value in entry.rule.values.get(key, ())
    }
    for pack in packs:
        for concept in pack.declared.concepts:
            if concept.name not in used:
                message = f"{concept.name} is declared, and no rule uses it"
                yield RuleError(pack.declared_at[concept.name], message, "warning")
