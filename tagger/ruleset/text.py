"""Rules and manifests as YAML text that people read: quotes only where they are needed, one value a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from tagger.patterns import pattern
from tagger.ruleset.declared import DeclaredConcept, DeclaredMember, DeclaredPart

_PLAIN = pattern(r"[A-Za-z(][^#:\n\"'\\{}\[\]|>*&!%@`]*(?::[^\s#:\n\"'\\{}\[\]|>*&!%@`][^#:\n\"'\\{}\[\]|>*&!%@`]*)*")
_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"])


@lru_cache(maxsize=16_384)
def quoted(text: str) -> str:
    """Return *text* as YAML has it, in quotes where it would be read as something else.

    >>> quoted("net income (loss)"), quoted("us-gaap:Assets"), quoted("less: other"), quoted("no"), quoted("* equity")
    ('net income (loss)', 'us-gaap:Assets', '"less: other"', '"no"', '"* equity"')
    """
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _WORDS and not text.endswith(":")
    if plain and not text.startswith("("):
        return text
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def write_rule(keys: Mapping[str, object]) -> str:
    """Write one rule, its keys in the order given."""
    lines = [line for key, value in keys.items() for line in _key(key, value)]
    return "\n".join(("- " if place == 0 else "  ") + line for place, line in enumerate(lines)) + "\n"


def _key(key: str, value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield f"{key}:"
        yield from (f"  {quoted(str(one))}: {quoted(str(other))}" for one, other in value.items())
    elif isinstance(value, (list, tuple)):
        shown = [quoted(str(one)) for one in value]
        if key in ("statement", "over", "extends", "also") and len(", ".join(shown)) < 90:
            yield f"{key}: [{', '.join(shown)}]" if len(shown) > 1 else f"{key}: {shown[0]}"
        elif len(shown) == 1 and len(shown[0]) < 90:
            yield f"{key}: {shown[0]}"
        else:
            yield f"{key}:"
            yield from (f"  - {one}" for one in shown)
    else:
        yield f"{key}: {quoted(str(value)) if key != 'total' else value}"


def write_manifest(
    *,
    name: str,
    version: str,
    source: Sequence[str] = (),
    ciks: Sequence[str],
    names: Sequence[str],
    extends: Sequence[str] = (),
    dashes: str = "",
    prefix: str,
    concepts: Sequence[DeclaredConcept] = (),
    members: Sequence[DeclaredMember] = (),
    parts: Sequence[DeclaredPart] = (),
) -> str:
    """Write the manifest of a pack."""
    lines = [f"name: {quoted(name)}", f'version: "{version}"']
    if source:
        lines += ["source:", *(f"  - {quoted(one)}" for one in source)]
    lines += _filer(ciks, names)
    if extends:
        lines.append(f"extends: [{', '.join(map(quoted, extends))}]")
    if dashes:
        lines.append(f"dashes: {dashes}")
    if prefix:
        lines.append(f"prefix: {quoted(prefix)}")
    lines += _declared(concepts, members, parts)
    return "\n".join(lines) + "\n"


def _filer(ciks: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Yield the lines that say whose pack it is."""
    if ciks or names:
        yield "for:"
    if ciks:
        shown = ", ".join('"' + cik + '"' for cik in ciks)
        yield f"  ciks: [{shown}]"
    if names:
        yield f"  names: [{', '.join(map(quoted, names))}]"


def _declared(
    concepts: Sequence[DeclaredConcept], members: Sequence[DeclaredMember], parts: Sequence[DeclaredPart]
) -> Iterator[str]:
    """Yield the lines that declare the filer's own concepts, members and parts."""
    if concepts:
        yield from ("concepts:", *(line for one in concepts for line in _concept(one)))
    if members:
        yield from ("members:", *(f"  {quoted(one.name)}: {quoted(one.label)}" for one in members))
    if parts:
        yield from ("parts:", *(line for one in parts for line in _part(one)))


def _part(one: DeclaredPart) -> Iterator[str]:
    shown = ", ".join(f"{quoted(member.axis)}: {quoted(member.member)}" for member in one.members)
    yield f"  {quoted(one.heading)}: {{{shown}}}"


def _concept(one: DeclaredConcept) -> Iterator[str]:
    balance = f", balance: {one.balance}" if one.balance else ""
    yield f"  {quoted(one.name)}:"
    yield f"    {{type: {one.unit}, period: {one.period_type}{balance}, label: {_flow(one.label)}}}"


def _flow(text: str) -> str:
    """Return *text* inside braces, where a comma ends a value."""
    shown = quoted(text)
    return f'"{text}"' if not shown.startswith('"') and "," in shown else shown
