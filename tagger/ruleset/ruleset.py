"""The compiled rule set: dictionaries from folded words to rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tagger.ruleset.grammar import Pattern
from tagger.ruleset.rule import Example, Location, Rule
from tagger.ruleset.shelf import Index, Shelf
from tagger.values import Member

_PATTERNS = ("section", "unless_section", "above", "below", "unless_above", "unless_below", "needs", "unless")
_PLAIN = (
    "id",
    "concept",
    "layer",
    "statements",
    "rows",
    "phrases",
    "notes",
    "unit",
    "own_unit",
    "total",
    "over",
    "also",
    "conditions",
)


def pack_rule(rule: Rule) -> bytes:
    """Return *rule* in the form the cache holds it in."""
    return msgspec.msgpack.encode(
        (
            tuple(getattr(rule, name) for name in _PLAIN),
            tuple(rule.location),
            tuple(tuple(tuple(pattern) for pattern in getattr(rule, name)) for name in _PATTERNS),
            tuple((member.axis, member.member) for member in rule.members),
            tuple((example.text, tuple(example.location)) for example in rule.matches),
            tuple((example.text, tuple(example.location)) for example in rule.skips),
        )
    )


def unpack_rule(packed: bytes) -> Rule:
    """Return the rule that `pack_rule` packed."""
    plain, location, patterns, members, matches, skips = msgspec.msgpack.decode(packed)
    values: dict[str, Any] = dict(
        zip(_PLAIN, (tuple(value) if isinstance(value, list) else value for value in plain), strict=True)
    )
    groups: dict[str, Any] = {
        name: tuple(Pattern(*pattern) for pattern in group) for name, group in zip(_PATTERNS, patterns, strict=True)
    }
    return Rule(
        **values,
        **groups,
        location=Location(*location),
        members=tuple(Member(*pair) for pair in members),
        matches=tuple(Example(text=text, location=Location(*place)) for text, place in matches),
        skips=tuple(Example(text=text, location=Location(*place)) for text, place in skips),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleSet:
    """Every rule that is in force, and the dictionaries that find them by words.

    The order of rules is that of their ids and means nothing. Rules come out of
    their packed form when they are first asked for, so loading stays quick.
    *key* names the content of the directories asked for; *beneath* are the other directories
    they extend, each with the name of its content.
    """

    key: str
    packed: Sequence[bytes]
    rows: Shelf
    notes: Shelf
    phrases: Index
    beneath: tuple[tuple[str, str], ...] = ()
    _made: dict[int, Rule] = field(default_factory=dict, repr=False)
    _memo: dict[str, Any] = field(default_factory=dict, repr=False)

    def rule(self, index: int) -> Rule:
        """Return the rule at *index* of the set."""
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = unpack_rule(self.packed[index])
        return made

    def __len__(self) -> int:
        return len(self.packed)

    def __iter__(self) -> Iterator[Rule]:
        return map(self.rule, range(len(self.packed)))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of their ids."""
        return tuple(self)

    def get(self, name: str) -> Rule | None:
        """Return the rule with the id *name*."""
        places: dict[str, int] = self._memo.setdefault("ids", {})
        if not places:
            places.update((rule.id, index) for index, rule in enumerate(self))
        return self.rule(places[name]) if name in places else None

    def memo(self, name: str) -> Any:
        """Return what `keep` kept under *name*, or ``None``: things made once from this set, such as an automaton."""
        return self._memo.get(name)

    def keep(self, name: str, value: Any) -> Any:
        """Keep *value*, which must follow from the rules alone, and return it."""
        self._memo[name] = value
        return value
