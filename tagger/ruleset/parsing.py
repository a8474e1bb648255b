"""YAML files to rules as written; every error carries its place."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from tagger.patterns import pattern
from tagger.ruleset.manifest import PACK_FILE, WrittenPack, member_pairs, parse_manifest
from tagger.ruleset.nodes import compose, cut_values, entries, location, meant, scalar, values
from tagger.ruleset.rule import Location, RuleError
from tagger.ruleset.variations import VARIED, full_matches, varied
from tagger.ruleset.written import INSTEAD, KEYS, LISTS, Value, WrittenRule

_ID = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_LONGEST_ID = 120


def parse_pack(files: Iterable[tuple[str, str]], errors: list[RuleError]) -> WrittenPack:
    """Read the *files* (name, text) of a pack; what cannot be used goes to *errors*."""
    rules: list[WrittenRule] = []
    pack = WrittenPack()
    for name, text in files:
        node = compose(name, text, errors)
        if node is None:
            continue
        errors.extend(cut_values(name, text))
        if name.replace("\\", "/").rpartition("/")[2] == PACK_FILE:
            pack = parse_manifest(name, node, errors)
        else:
            rules.extend(_rules(name, node, errors))
    _refuse_doubled_ids(rules, errors)
    return pack.with_rules(tuple(rules))


def _rules(name: str, node: yaml.Node, errors: list[RuleError]) -> list[WrittenRule]:
    if not isinstance(node, yaml.SequenceNode):
        message = "a rule file is a list: every rule begins with '- id:'"
        if isinstance(node, yaml.MappingNode) and any(
            str(key.value) in ("layer", "extends", "disable", "for") for key, _ in node.value
        ):
            message = f"a rule file is a list; what says which pack this is belongs into {PACK_FILE}"
        errors.append(RuleError(location(name, node), message))
        return []
    return [rule for rule in (_rule(name, item, errors) for item in node.value) if rule is not None]


def _rule(name: str, node: yaml.Node, errors: list[RuleError]) -> WrittenRule | None:
    place = location(name, node)
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(place, "a rule is a set of keys, 'id:' first"))
        return None
    found: dict[str, tuple[Value, ...]] = {}
    keys: dict[str, Location] = {}
    members: tuple[tuple[Value, Value], ...] = ()
    variations: tuple[tuple[str, Value], ...] = ()
    for key, value_node, key_place in entries(name, node, KEYS, errors, INSTEAD):
        keys[key] = key_place
        if key == "members":
            members = member_pairs(name, value_node, "'members'", errors)
        elif key == "skips" and isinstance(value_node, yaml.MappingNode):
            variations = _variations(name, value_node, errors)
        elif key in LISTS:
            found[key] = values(name, value_node, key, errors)
        elif (value := scalar(name, value_node, f"'{key}'", errors)) is not None:
            found[key] = (value,)
    if variations:
        found["skips"] = tuple(varied(found.get("matches", ()), condition, value) for condition, value in variations)
    if found.get("matches"):
        found["matches"] = full_matches(found["matches"])
    if "id" not in keys:
        errors.append(RuleError(place, "this rule has no 'id'"))
    identity = found.get("id")
    if not identity:
        return None
    _check_id(identity[0], errors)
    return WrittenRule(id=identity[0].text, location=identity[0].location, values=found, members=members, keys=keys)


def _variations(name: str, node: yaml.MappingNode, errors: list[RuleError]) -> tuple[tuple[str, Value], ...]:
    """Return the skips written by what stops them: a condition, or the id of another rule."""
    found: list[tuple[str, Value]] = []
    seen: set[str] = set()
    for key_node, value_node in node.value:
        condition = scalar(name, key_node, "what stops a skip", errors)
        if condition is None:
            continue
        if condition.text in seen:
            errors.append(RuleError(condition.location, f"'{condition.text}' is here twice in 'skips': give it a list"))
        seen.add(condition.text)
        if condition.text not in VARIED and "-" not in condition.text:
            hint = meant(condition.text, VARIED)
            errors.append(RuleError(condition.location, f"no condition '{condition.text}' to stop a skip{hint}"))
        found.extend((condition.text, value) for value in values(name, value_node, condition.text, errors))
    return tuple(found)


def _check_id(value: Value, errors: list[RuleError]) -> None:
    if len(value.text) > _LONGEST_ID:
        errors.append(
            RuleError(value.location, f"an id has {_LONGEST_ID} characters at most, this one {len(value.text)}")
        )
    elif not _ID.fullmatch(value.text):
        message = f"id '{value.text}' is not of the form topic-what: small letters, digits, hyphens"
        errors.append(RuleError(value.location, message))


def _refuse_doubled_ids(rules: list[WrittenRule], errors: list[RuleError]) -> None:
    seen: dict[str, Location] = {}
    for rule in rules:
        if rule.id in seen:
            errors.append(RuleError(rule.location, f"id '{rule.id}' is taken already, at {seen[rule.id]}"))
        seen.setdefault(rule.id, rule.location)
