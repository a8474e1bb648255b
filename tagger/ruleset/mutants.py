"""Mutants: rules with one thing of them broken, to see whether a test of theirs notices."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from tagger.ruleset.bundles import Numbered
from tagger.ruleset.grammar import Pattern, parse_label, parse_phrase
from tagger.ruleset.rule import AROUND_FIELDS, Rule
from tagger.ruleset.ruleset import Compiled, Regex, RuleSet, pack_rule
from tagger.ruleset.shelf import Index, add_place, make_shelf

WORDS = ("rows", "phrases", "notes", "regex", "phrase_regex")
_COUNTED = ("section", "above", "below", "needs")
_OTHER = ("us-gaap:Assets", "us-gaap:Liabilities")


class Mutant(NamedTuple):
    """A broken *rule*; *what* says how: "row 'net sales'" is left out, "concept" is another."""

    what: str
    rule: Rule


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Yield *rule* for another concept, and without each of its words, conditions, members and the rules it is over."""
    yield Mutant("concept", replace(rule, concept=next(name for name in _OTHER if name != rule.concept)))
    for key in WORDS:
        for words in getattr(rule, key):
            yield Mutant(f"{_shown(key)} '{words}'", _without(rule, key, words))
    yield from _unconditional(rule)
    for member in rule.members:
        fewer = rule.conditions - (len(rule.members) == 1)
        left = tuple(one for one in rule.members if one != member)
        yield Mutant(f"member {member.member}", replace(rule, members=left, conditions=fewer))
    for key in ("over", "also"):
        for name in getattr(rule, key):
            yield Mutant(f"{key} {name}", _without(rule, key, name))


def _shown(key: str) -> str:
    return key.removesuffix("s").replace("_", "-")


def _without(rule: Rule, key: str, value: str) -> Rule:
    left: Any = {key: tuple(one for one in getattr(rule, key) if one != value)}
    return replace(rule, **left)


def _unconditional(rule: Rule) -> Iterator[Mutant]:
    """Yield *rule* without each of its conditions."""
    if rule.statements:
        yield Mutant("statement", replace(rule, statements=(), conditions=rule.conditions - 1))
    for key in AROUND_FIELDS:
        if getattr(rule, key):
            dropped: Any = {key: (), "conditions": rule.conditions - (key in _COUNTED)}
            yield Mutant(key.replace("_", "-"), replace(rule, **dropped))
    if rule.total is not None:
        yield Mutant("total", replace(rule, total=None, conditions=rule.conditions - 1))


def with_rule(rules: RuleSet, rule: Rule) -> RuleSet:
    """Return *rules* with *rule* in the place of the one with its id."""
    place, first = rules.ids[rule.id], len(rules.packed)
    phrases: Index = {}
    for written in rule.phrases:
        for words in parse_phrase(written):
            add_place(phrases, words, first)
    kept = {*rule.regex, *rule.phrase_regex}
    regexes = (one._replace(place=first) for one in rules.regexes if one.place == place and one.pattern in kept)
    compiled = Compiled(
        packed=Numbered.of([pack_rule(rule)]),
        rows=make_shelf([_patterns(rule.rows)], first),
        notes=make_shelf([_patterns(rule.notes)], first),
        phrases=phrases,
        regexes=tuple[Regex, ...](regexes),
        removed=frozenset({place}),
    )
    laid = RuleSet.over(rules, compiled, f"{rules.key}+{rule.id}")
    return dataclasses.replace(laid, removed=rules.removed | {place}, _made={**rules._made, first: rule})


def _patterns(written: tuple[str, ...]) -> tuple[Pattern, ...]:
    return tuple(dict.fromkeys(pattern for one in written for pattern in parse_label(one)))
