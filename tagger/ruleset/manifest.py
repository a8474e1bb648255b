"""The manifest of a pack, ``pack.yaml``: what it is called, whom it is for, what it lies over, what it declares."""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from tagger.patterns import pattern
from tagger.ruleset.declared import (
    BALANCES,
    DASHES,
    NOTHING,
    PERIODS,
    TYPES,
    Declarations,
    DeclaredConcept,
    DeclaredMember,
    DeclaredPart,
)
from tagger.ruleset.labels import normalise
from tagger.ruleset.nodes import entries, location, meant, scalar, values
from tagger.ruleset.rule import NOWHERE, Location, RuleError
from tagger.ruleset.written import LAYERS, Value, WrittenRule
from tagger.values import Member

PACK_FILE = "pack.yaml"
PACK_KEYS = ("name", "version", "licence", "source", "layer", "for", "extends", "disable", "dashes", "prefix", "concepts", "members", "parts", "lists")  # fmt: skip
FOR_KEYS = ("ciks", "industries", "names")
CONCEPT_KEYS = ("type", "period", "balance", "label")
OFFICIAL = ("us-gaap", "srt", "dei", "country", "currency", "exch", "naics", "sic", "stpr", "invest", "ecd", "cyd", "ifrs-full")  # fmt: skip

_INSTEAD = {"license": "licence", "title": "name", "base": "extends", "inherits": "extends", "disabled": "disable", "applies-to": "for", "cik": "for", "own": "concepts", "scopes": "parts", "segments": "parts", "columns": "parts"}  # fmt: skip
_FOR_INSTEAD = {"cik": "ciks", "industry": "industries", "name": "names", "company": "names", "companies": "names", "sic": "industries"}  # fmt: skip
_CONCEPT_INSTEAD = {"unit": "type", "period-type": "period", "periodtype": "period", "labels": "label"}
_NAME = pattern(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_PREFIX = pattern(r"[A-Za-z_][A-Za-z0-9_.-]{0,40}")
_LOCAL = pattern(r"[A-Za-z_][A-Za-z0-9_.-]{0,199}")


class WrittenPack(Struct, frozen=True, kw_only=True):
    """The rule files of one directory with what its manifest says; *declared_at* says where each name is declared.

    *parts* are the members of each part of the company as they are written, axis and member.
    """

    rules: tuple[WrittenRule, ...] = ()
    name: str = ""
    version: str = ""
    licence: str = ""
    layer: str = "user"
    ciks: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    extends: tuple[Value, ...] = ()
    disable: tuple[Value, ...] = ()
    declared: Declarations = NOTHING
    declared_at: dict[str, Location] = field(default_factory=dict)
    parts: tuple[tuple[Value, Value], ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    location: Location = NOWHERE

    def with_rules(self, rules: tuple[WrittenRule, ...]) -> WrittenPack:
        return replace(self, rules=rules)


def parse_manifest(name: str, node: yaml.Node, errors: list[RuleError]) -> WrittenPack:
    """Read the manifest in *node*; what cannot be used goes to *errors*."""
    if not isinstance(node, yaml.MappingNode):
        message = f"{PACK_FILE} holds the keys {', '.join(PACK_KEYS)}; rules belong into a file of their own"
        errors.append(RuleError(location(name, node), message))
        return WrittenPack()
    found = {key: value for key, value, _ in entries(name, node, PACK_KEYS, errors, _INSTEAD)}
    single = {
        key: scalar(name, found[key], f"'{key}'", errors) for key in ("name", "version", "licence", "layer", "prefix", "dashes") if key in found
    }  # fmt: skip
    lists = {key: values(name, found[key], key, errors) for key in ("extends", "disable") if key in found}
    said = _for(name, found["for"], errors) if "for" in found else {}
    places: dict[str, Location] = {}
    prefix = _checked(single.get("prefix"), _prefix_problem, errors)
    dashes = _checked(single.get("dashes"), _dashes_problem, errors)
    concepts = tuple(_concepts(name, found["concepts"], prefix, places, errors)) if "concepts" in found else ()
    members = tuple(_members(name, found["members"], prefix, places, errors)) if "members" in found else ()
    parts = _parts(name, found["parts"], errors) if "parts" in found else {}
    if single.get("prefix"):
        places.setdefault("prefix", single["prefix"].location)  # type: ignore[union-attr]
    return WrittenPack(
        name=_checked(single.get("name"), _name_problem, errors),
        version=_plain(single.get("version")),
        licence=_plain(single.get("licence")),
        layer=_checked(single.get("layer"), _layer_problem, errors) or ("filer" if said.get("ciks") else "user"),
        ciks=tuple(value for value in (_cik(value, errors) for value in said.get("ciks", ())) if value),
        industries=tuple(value.text.lower() for value in said.get("industries", ())),
        names=tuple(value.text for value in said.get("names", ())),
        extends=lists.get("extends", ()),
        disable=lists.get("disable", ()),
        declared=Declarations(
            prefix, tuple(sorted(concepts)), tuple(sorted(members)), dashes, tuple(sorted(_folded(parts)))
        ),
        parts=tuple(pair for _, pairs in sorted(parts.items()) for pair in pairs),
        declared_at=places,
        lists=_lists(name, found["lists"], errors) if "lists" in found else (),
        location=location(name, node),
    )


def _plain(value: Value | None) -> str:
    return value.text if value is not None else ""


def _checked(value: Value | None, problem: object, errors: list[RuleError]) -> str:
    """Return the text of *value*, "" where *problem* has something to say against it."""
    if value is None or not callable(problem):
        return ""
    message = problem(value.text)
    if message:
        errors.append(RuleError(value.location, message))
        return ""
    return value.text


def _prefix_problem(text: str) -> str:
    if text in OFFICIAL:
        return f"prefix '{text}' belongs to an official taxonomy; a pack declares the filer's own"
    return "" if _PREFIX.fullmatch(text) else f"'{text}' is no prefix: letters, digits, hyphens, as in acme"


def _name_problem(text: str) -> str:
    if len(text) > 100:
        return f"the name of a pack has 100 characters at most, this one {len(text)}"
    return "" if _NAME.fullmatch(text) else f"'{text[:60]}' is no name for a pack: small letters, digits, hyphens"


def _layer_problem(text: str) -> str:
    return "" if text in LAYERS else f"no layer '{text}': {', '.join(LAYERS)}{meant(text, LAYERS)}"


def _dashes_problem(text: str) -> str:
    return "" if text in DASHES else f"'dashes' is {' or '.join(DASHES)}, not '{text}'"


def _cik(value: Value, errors: list[RuleError]) -> str:
    digits = value.text.removeprefix("cik:").strip()
    if not (digits.isascii() and digits.isdecimal() and 1 <= len(digits) <= 10):
        errors.append(RuleError(value.location, f"'{value.text}' is no CIK: up to ten digits, in quotes"))
        return ""
    return digits.zfill(10)


def _for(name: str, node: yaml.Node, errors: list[RuleError]) -> dict[str, tuple[Value, ...]]:
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(location(name, node), f"'for' holds the keys {', '.join(FOR_KEYS)}"))
        return {}
    return {
        key: values(name, value, key, errors)
        for key, value, _ in entries(name, node, FOR_KEYS, errors, _FOR_INSTEAD)
    }  # fmt: skip


def _own_name(value: Value, what: str, prefix: str, places: dict[str, Location], errors: list[RuleError]) -> bool:
    """Whether *value* can be the name of something declared."""
    before, colon, local = value.text.partition(":")
    if not colon:
        message = f"{what} '{value.text}' needs its prefix, as in {prefix or 'acme'}:{value.text}"
    elif before in OFFICIAL:
        message = (
            f"{value.text} is official: a pack declares the filer's own, and uses the others without declaring them"
        )
    elif not _LOCAL.fullmatch(local):
        message = f"'{local[:60]}' cannot be the name of {what}: a letter, then letters and digits, 200 at most"
    elif prefix and before != prefix:
        message = f"{value.text} is not of the pack's prefix '{prefix}'"
    elif not prefix:
        message = f"{value.text} is declared, and the pack says no 'prefix'"
    elif value.text in places:
        message = f"{value.text} is declared twice, first on line {places[value.text].line}"
    else:
        places[value.text] = value.location
        return True
    errors.append(RuleError(value.location, message))
    return False


def _concepts(
    name: str, node: yaml.Node, prefix: str, places: dict[str, Location], errors: list[RuleError]
) -> list[DeclaredConcept]:
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(location(name, node), "'concepts' is written 'prefix:Name: {type: …, period: …, label: …}'"))  # fmt: skip
        return []
    found: list[DeclaredConcept] = []
    for key, value in node.value:
        own = scalar(name, key, "the name of a concept", errors)
        if own is None or not _own_name(own, "a concept", prefix, places, errors):
            continue
        if own.text.endswith(("Member", "Axis", "Domain")):
            errors.append(RuleError(own.location, f"{own.text} is the name of a member or an axis: declare it under 'members'"))  # fmt: skip
        elif isinstance(value, yaml.MappingNode):
            one = _concept(name, own, value, errors)
            found.extend([one] if one else ())
        else:
            errors.append(RuleError(location(name, value), f"{own.text} needs a type and a period: {{type: money, period: duration}}"))  # fmt: skip
    return found


def _concept(name: str, own: Value, node: yaml.MappingNode, errors: list[RuleError]) -> DeclaredConcept | None:
    said = {
        key: scalar(name, value, f"'{key}'", errors)
        for key, value, _ in entries(name, node, CONCEPT_KEYS, errors, _CONCEPT_INSTEAD)
    }
    good = True
    for key, known in (("type", tuple(TYPES)), ("period", PERIODS), ("balance", BALANCES)):
        value = said.get(key)
        if value is None:
            if key != "balance":
                errors.append(RuleError(own.location, f"{own.text} has no '{key}' ({', '.join(known)})"))
                good = False
        elif value.text not in known:
            errors.append(
                RuleError(value.location, f"no {key} '{value.text}'{meant(value.text, known)} ({', '.join(known)})")
            )
            good = False
    balance = said.get("balance")
    if good and balance is not None and _plain(said["type"]) != "money":
        errors.append(RuleError(balance.location, f"{own.text}: only money has a balance"))
        good = False
    if not good:
        return None
    label = _plain(said.get("label")) or own.text.partition(":")[2]
    return DeclaredConcept(own.text, _plain(said["type"]), _plain(said["period"]), _plain(balance), label)


def _members(
    name: str, node: yaml.Node, prefix: str, places: dict[str, Location], errors: list[RuleError]
) -> list[DeclaredMember]:
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(location(name, node), "'members' of a pack is written 'prefix:NameMember: its label'"))
        return []
    found: list[DeclaredMember] = []
    for key, value in node.value:
        own = scalar(name, key, "the name of a member", errors)
        label = scalar(name, value, "the label of a member", errors)
        if own is None or label is None or not _own_name(own, "a member", prefix, places, errors):
            continue
        if not own.text.endswith(("Member", "Axis", "Domain")):
            errors.append(RuleError(own.location, f"'{own.text}' is not the name of a member: {prefix}:NameMember"))
            continue
        found.append(DeclaredMember(own.text, label.text))
    return found


def _parts(name: str, node: yaml.Node, errors: list[RuleError]) -> dict[str, tuple[tuple[Value, Value], ...]]:
    """Return the members that each heading of a part of the company stands for, by its folded words."""
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(location(name, node), "'parts' is written 'Heading of a part: {axis: member}'"))
        return {}
    found: dict[str, tuple[tuple[Value, Value], ...]] = {}
    for key, value in node.value:
        heading = scalar(name, key, "the heading of a part", errors)
        if heading is None:
            continue
        words = " ".join(normalise(heading.text).tokens).removesuffix(" segment")
        if not words or words in found:
            message = "reads as one above it" if words else "has no words"
            errors.append(RuleError(heading.location, f"the heading '{heading.text}' {message}"))
            continue
        found[words] = member_pairs(name, value, f"'{heading.text}'", errors)
    return found


def _folded(parts: dict[str, tuple[tuple[Value, Value], ...]]) -> Iterator[DeclaredPart]:
    for words, pairs in parts.items():
        yield DeclaredPart(words, tuple(sorted(Member(axis.text, member.text) for axis, member in pairs)))


def member_pairs(name: str, node: yaml.Node, what: str, errors: list[RuleError]) -> tuple[tuple[Value, Value], ...]:
    """Return the members that the mapping *node* of axes gives *what*, in the order of the axes."""
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(location(name, node), f"{what} is written 'axis: member', both with their prefix"))
        return ()
    found: dict[str, tuple[Value, Value]] = {}
    for axis_node, member_node in node.value:
        axis = scalar(name, axis_node, "an axis", errors)
        member = scalar(name, member_node, "a member", errors)
        if axis is None or member is None:
            continue
        if axis.text in found:
            errors.append(RuleError(axis.location, f"axis '{axis.text}' is here twice"))
        found[axis.text] = (axis, member)
    return tuple(found[axis] for axis in sorted(found))


def _lists(name: str, node: yaml.Node, errors: list[RuleError]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the named lists of words that regular expressions of the pack may use."""
    if not isinstance(node, yaml.MappingNode):
        errors.append(RuleError(location(name, node), "'lists' is written 'name: [word, word]'"))
        return ()
    found: dict[str, tuple[str, ...]] = {}
    for key, value in node.value:
        own = scalar(name, key, "the name of a list", errors)
        if own is None:
            continue
        if not own.text.isidentifier():
            errors.append(RuleError(own.location, f"'{own.text}' is no name for a list: letters, digits and _"))
        elif own.text in found:
            errors.append(RuleError(own.location, f"list '{own.text}' is here twice"))
        else:
            found[own.text] = tuple(sorted(one.text for one in values(name, value, own.text, errors)))
    return tuple(sorted(found.items()))
