"""YAML files to rules as written. The only module that touches YAML; every error carries its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from tagger.ruleset.rule import Location, RuleError
from tagger.ruleset.written import KEYS, LAYERS, LISTS, PACK_KEYS, Value, WrittenPack, WrittenRule

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
PACK_FILE = "pack.yaml"


def meant(word: str, known: Iterable[str]) -> str:
    """Return a did-you-mean for *word*, or nothing.

    >>> meant("unles", ["unless", "unit"])
    "; did you mean 'unless'?"
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=65)
    return f"; did you mean '{found[0]}'?" if found else ""


def parse_pack(directory: str, files: Iterable[tuple[str, str]], errors: list[RuleError]) -> WrittenPack:
    """Read the *files* (name, text) of *directory*; what cannot be used goes to *errors*."""
    rules: list[WrittenRule] = []
    pack = WrittenPack(directory=directory)
    for name, text in files:
        node = _composed(name, text, errors)
        if node is None:
            continue
        if name.replace("\\", "/").rpartition("/")[2] == PACK_FILE:
            pack = _pack(directory, name, node, errors)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                rule = _rule(name, item, errors)
                if rule is not None:
                    rules.append(rule)
        else:
            errors.append(RuleError(_location(name, node), "a rule file is a list: every rule begins with '- id:'"))
    _refuse_doubled_ids(rules, errors)
    return WrittenPack(
        directory=directory, rules=tuple(rules), layer=pack.layer, extends=pack.extends, disable=pack.disable
    )


def _composed(name: str, text: str, errors: list[RuleError]) -> yaml.Node | None:
    """Return the YAML of *text* as nodes; ``None`` where it is empty or no YAML."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name, 1, 1)
        problem = getattr(error, "problem", None) or "cannot be read"
        hint = (
            "; put a value that holds ': ' or begins with a special character in quotes" if "mapping" in problem else ""
        )
        errors.append(RuleError(place, f"this is no YAML: {problem}{hint}"))
        return None
    return node


def _location(name: str, node: yaml.Node) -> Location:
    return Location(name, node.start_mark.line + 1, node.start_mark.column + 1)


def _entries(
    name: str, node: yaml.MappingNode, known: tuple[str, ...], errors: list[RuleError]
) -> Iterator[tuple[str, yaml.Node, Location]]:
    """Yield the keys of a mapping with their values; refuse unknown and doubled ones."""
    seen: dict[str, Location] = {}
    for key_node, value in node.value:
        key, place = str(key_node.value), _location(name, key_node)
        if key not in known:
            errors.append(RuleError(place, f"unknown key '{key}'{meant(key, known)}"))
        elif key in seen:
            errors.append(RuleError(place, f"key '{key}' is here twice, first on line {seen[key].line}"))
        else:
            seen[key] = place
            yield key, value, place


def _scalar(name: str, node: yaml.Node, what: str, errors: list[RuleError]) -> Value | None:
    place = _location(name, node)
    if isinstance(node, yaml.ScalarNode) and node.value.strip():
        return Value(node.value.strip(), place, 1 if node.style in ("'", '"') else 0)
    if isinstance(node, yaml.ScalarNode):
        errors.append(RuleError(place, f"{what} is empty"))
    elif isinstance(node, yaml.MappingNode):
        errors.append(RuleError(place, f"{what} must be text; put a value that holds ': ' in quotes"))
    else:
        errors.append(RuleError(place, f"{what} must be text; a value that begins with '[' is put in quotes"))
    return None


def _values(name: str, node: yaml.Node, key: str, errors: list[RuleError]) -> tuple[Value, ...]:
    """Return the value or values of a list key."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not nodes:
        errors.append(RuleError(_location(name, node), f"'{key}' is an empty list: leave the key out"))
    found: list[Value] = []
    for item in nodes:
        value = _scalar(name, item, f"a value of '{key}'", errors)
        if value is None:
            continue
        if any(other.text == value.text for other in found):
            errors.append(RuleError(value.location, f"'{value.text}' stands twice in '{key}'"))
        found.append(value)
    return tuple(found)


def _rule(name: str, node: yaml.Node, errors: list[RuleError]) -> WrittenRule | None:
    place = _location(name, node)
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(place, "a rule is a set of keys, 'id:' first"))
        return None
    values: dict[str, tuple[Value, ...]] = {}
    keys: dict[str, Location] = {}
    members: tuple[tuple[Value, Value], ...] = ()
    for key, value_node, key_place in _entries(name, node, KEYS, errors):
        keys[key] = key_place
        if key == "members":
            members = _members(name, value_node, errors)
        elif key in LISTS:
            values[key] = _values(name, value_node, key, errors)
        else:
            value = _scalar(name, value_node, f"'{key}'", errors)
            if value is not None:
                values[key] = (value,)
    identity = values.get("id")
    if not identity:
        if "id" not in keys:
            errors.append(RuleError(place, "this rule has no 'id'"))
        return None
    if not _ID.fullmatch(identity[0].text):
        errors.append(
            RuleError(
                identity[0].location,
                f"id '{identity[0].text}' is not of the form topic-what: small letters, digits, hyphens",
            )
        )
    return WrittenRule(id=identity[0].text, location=identity[0].location, values=values, members=members, keys=keys)


def _members(name: str, node: yaml.Node, errors: list[RuleError]) -> tuple[tuple[Value, Value], ...]:
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(_location(name, node), "'members' is written 'axis: member', both with their prefix"))
        return ()
    found: dict[str, tuple[Value, Value]] = {}
    for axis_node, member_node in node.value:
        axis = _scalar(name, axis_node, "an axis", errors)
        member = _scalar(name, member_node, "a member", errors)
        if axis is None or member is None:
            continue
        if axis.text in found:
            errors.append(RuleError(axis.location, f"axis '{axis.text}' is here twice"))
        found[axis.text] = (axis, member)
    return tuple(found[axis] for axis in sorted(found))


def _pack(directory: str, name: str, node: yaml.Node, errors: list[RuleError]) -> WrittenPack:
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(_location(name, node), f"{PACK_FILE} holds the keys {', '.join(PACK_KEYS)}"))
        return WrittenPack(directory=directory)
    layer = "user"
    values: dict[str, tuple[Value, ...]] = {}
    for key, value_node, _ in _entries(name, node, PACK_KEYS, errors):
        values[key] = _values(name, value_node, key, errors)
    for value in values.get("layer", ()):
        layer = value.text
        if layer not in LAYERS:
            errors.append(RuleError(value.location, f"no layer '{layer}': {', '.join(LAYERS)}{meant(layer, LAYERS)}"))
            layer = "user"
    return WrittenPack(
        directory=directory, layer=layer, extends=values.get("extends", ()), disable=values.get("disable", ())
    )


def _refuse_doubled_ids(rules: list[WrittenRule], errors: list[RuleError]) -> None:
    seen: dict[str, Location] = {}
    for rule in rules:
        if rule.id in seen:
            errors.append(RuleError(rule.location, f"id '{rule.id}' is taken already, at {seen[rule.id]}"))
        seen.setdefault(rule.id, rule.location)
