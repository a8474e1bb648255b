"""Packs of rules laid over each other: base < industry < filer < user; later directories over earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tagger.ruleset.loader import meant
from tagger.ruleset.rule import RuleError
from tagger.ruleset.written import LAYERS, Value, WrittenPack, WrittenRule

STEP = 1000
"""Room for that many packs in one layer."""


class Layered(NamedTuple):
    """A rule with the number of the layer it came from."""

    rule: WrittenRule
    layer: int


def lay_over(base: WrittenPack, packs: Iterable[WrittenPack], errors: list[RuleError]) -> tuple[Layered, ...]:
    """Return the rules that are left when every pack is laid over those below it, in the order of their ids.

    A rule replaces one of the same id below it; with ``extends`` it adds to it.
    """
    merged: dict[str, Layered] = {}
    order = sorted(enumerate(packs, 1), key=lambda entry: (LAYERS.index(entry[1].layer), entry[0]))
    numbered = [(0, base), *(((1 + LAYERS.index(pack.layer)) * STEP + place, pack) for place, pack in order)]
    for layer, pack in numbered:
        _disable(merged, pack.disable, errors)
        own = {rule.id: rule for rule in pack.rules}
        below = {name: entry.rule for name, entry in merged.items()}
        for rule in pack.rules:
            full = _extended(rule, own, below, errors)
            if full is not None:
                merged[rule.id] = Layered(full, layer)
    return tuple(merged[name] for name in sorted(merged))


def _disable(merged: dict[str, Layered], names: Iterable[Value], errors: list[RuleError]) -> None:
    for name in names:
        if merged.pop(name.text, None) is None:
            errors.append(RuleError(name.location, f"no rule '{name.text}' to disable{meant(name.text, merged)}"))


def _extended(
    rule: WrittenRule, own: dict[str, WrittenRule], below: dict[str, WrittenRule], errors: list[RuleError]
) -> WrittenRule | None:
    """Return *rule* with what it extends put in."""
    seen = {rule.id}
    full, name = rule, rule.first("extends")
    while name is not None:
        parent = own.get(name.text) if name.text != rule.id else None
        parent = parent or below.get(name.text)
        if parent is None:
            errors.append(
                RuleError(name.location, f"no rule '{name.text}' to extend{meant(name.text, {**below, **own})}")
            )
            return None
        full = parent.extended(full)
        if parent is below.get(parent.id):
            break  # what lies below is complete already
        if parent.id in seen:
            errors.append(RuleError(name.location, f"'{rule.id}' extends itself"))
            return None
        seen.add(parent.id)
        name = parent.first("extends")
    return full
