"""Packs that contradict each other: what two of them claim, named with both places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tagger.ruleset.declared import Declarations, DeclaredConcept, DeclaredMember
from tagger.ruleset.layers import Laid
from tagger.ruleset.manifest import WrittenPack
from tagger.ruleset.rule import Location, RuleError


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
