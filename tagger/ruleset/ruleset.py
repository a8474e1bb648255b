"""The compiled rule set: dictionaries from folded words to rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from tagger.ruleset.bundles import Buffer, Numbered
from tagger.ruleset.declared import NOTHING, Declarations
from tagger.ruleset.grammar import Pattern
from tagger.ruleset.rule import AROUND_FIELDS, Example, Location, Rule
from tagger.ruleset.shelf import Index, Laid, Shelf, empty_shelf, merged
from tagger.values import Member

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
    "regex",
    "phrase_regex",
    "sign",
    "source",
)


def pack_rule(rule: Rule) -> bytes:
    """Return *rule* in the form the cache holds it in."""
    return msgspec.msgpack.encode(
        (
            tuple(getattr(rule, name) for name in _PLAIN),
            tuple(rule.location),
            tuple(tuple(tuple(pattern) for pattern in getattr(rule, name)) for name in AROUND_FIELDS),
            tuple((member.axis, member.member) for member in rule.members),
            tuple((example.text, tuple(example.location)) for example in rule.matches),
            tuple((example.text, tuple(example.location)) for example in rule.skips),
        )
    )


def unpack_rule(packed: Buffer) -> Rule:
    """Return the rule that `pack_rule` packed."""
    plain, location, patterns, members, matches, skips = msgspec.msgpack.decode(packed)
    values: dict[str, Any] = dict(
        zip(_PLAIN, (tuple(value) if isinstance(value, list) else value for value in plain), strict=True)
    )
    groups: dict[str, Any] = {
        name: tuple(Pattern(*pattern) for pattern in group) for name, group in zip(AROUND_FIELDS, patterns, strict=True)
    }
    return Rule(
        **values,
        **groups,
        location=Location(*location),
        members=tuple(Member(*pair) for pair in members),
        matches=tuple(Example(text=text, location=Location(*place)) for text, place in matches),
        skips=tuple(Example(text=text, location=Location(*place)) for text, place in skips),
    )


class Regex(NamedTuple):
    """A regular expression of the rule at *place*, for labels of rows or *of_sentences*, with the lists of its pack."""

    place: int
    pattern: str
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    of_sentences: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compiled:
    """The rules of a layer, or of several, as compiled: places count on from those of the rules below.

    *removed* are places of rules below that are replaced or switched off.
    """

    packed: Numbered = field(default_factory=lambda: Numbered.of(()))
    rows: Shelf = field(default_factory=empty_shelf)
    notes: Shelf = field(default_factory=empty_shelf)
    phrases: Index = field(default_factory=dict)
    regexes: tuple[Regex, ...] = ()
    removed: frozenset[int] = frozenset()
    declared: Declarations = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleSet:
    """Every rule that is in force, and the dictionaries that find them by words.

    The order of rules is that of their ids and means nothing. Rules come out of
    their packed form when they are first asked for, so loading stays quick.
    *key* names the content of the rules; *own* is where those of the packs begin, over the rules that ship with the
    library; *declared* are the concepts and members that packs declare. *directories* and *base* are what `load_rules`
    was asked for. Several threads may use one set: what is made late is made whole before it is kept.
    """

    key: str
    packed: Sequence[Buffer]
    rows: Shelf | Laid
    notes: Shelf | Laid
    phrases: Index
    regexes: tuple[Regex, ...] = ()
    own: int = 0
    removed: frozenset[int] = frozenset()
    declared: Declarations = NOTHING
    directories: tuple[str, ...] = ()
    base: bool = True
    _made: dict[int, Rule] = field(default_factory=dict, repr=False)
    _memo: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def over(cls, lowest: RuleSet, compiled: Compiled, key: str) -> RuleSet:
        """Return *compiled* laid over the rules *lowest*."""
        if not len(lowest.packed):
            return cls(
                key=key,
                packed=compiled.packed,
                rows=compiled.rows,
                notes=compiled.notes,
                phrases=compiled.phrases,
                regexes=compiled.regexes,
                declared=compiled.declared,
            )
        removed = compiled.removed
        return cls(
            key=key,
            packed=compiled.packed.over(lowest.packed),
            rows=Laid(lowest.rows, compiled.rows, removed),
            notes=Laid(lowest.notes, compiled.notes, removed),
            phrases=merged(lowest.phrases, compiled.phrases, removed),
            regexes=(*(one for one in lowest.regexes if one.place not in removed), *compiled.regexes),
            own=len(lowest.packed),
            removed=removed,
            declared=compiled.declared.over(lowest.declared),
            _made=dict(lowest._made),
        )

    def rule(self, index: int) -> Rule:
        """Return the rule at *index* of the set."""
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = unpack_rule(self.packed[index])
        return made

    def __len__(self) -> int:
        return len(self.packed) - len(self.removed)

    def __iter__(self) -> Iterator[Rule]:
        return map(self.rule, self.ids.values())

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of their ids."""
        return tuple(self)

    @property
    def pack_rules(self) -> tuple[Rule, ...]:
        """The rules of the packs, in the order of their ids; all, where there is nothing below them."""
        return tuple(self.rule(place) for place in self.ids.values() if place >= self.own)

    @property
    def ids(self) -> dict[str, int]:
        """The place of each rule, by its id, in the order of ids."""
        places: dict[str, int] | None = self._memo.get("ids")
        if places is None:
            there = (place for place in range(len(self.packed)) if place not in self.removed)
            places = self._memo["ids"] = dict(sorted((self.rule(place).id, place) for place in there))
        return places

    def get(self, name: str) -> Rule | None:
        """Return the rule with the id *name*."""
        place = self.ids.get(name)
        return None if place is None else self.rule(place)

    def memo(self, name: str) -> Any:
        """Return what `keep` kept under *name*, or ``None``: things made once from this set, such as an automaton."""
        return self._memo.get(name)

    def keep(self, name: str, value: Any) -> Any:
        """Keep *value*, which must follow from the rules alone, and return it."""
        self._memo[name] = value
        return value


EMPTY = RuleSet(key="", packed=(), rows=empty_shelf(), notes=empty_shelf(), phrases={})
"""No rules at all."""
