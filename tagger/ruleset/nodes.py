"""YAML as nodes with their places, and the values in them; what a rule file may not hold is refused here.

Only this package touches YAML. No object is ever made of a file: it is read as far as its nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import yaml

from tagger.patterns import pattern
from tagger.ruleset.rule import Location, RuleError
from tagger.ruleset.written import Value

_LONGEST = 4000
_PLAIN_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in _PLAIN_TAGS)
_CUT = pattern(r"""^\s*(?:-\s+)?(?:[\w-]+:\s+)?(?:-\s+)?[^\s"'#\[{][^"'#]*\s(?P<cut>\#(?:[^\s#]|\s*\d))""")
_SPECIAL = pattern(r"^\s*(?:-\s+)?(?:[\w-]+:\s+)?(?:-\s+)?([*&\[({!|>%@`\"'])")


def meant(word: str, known: Iterable[str]) -> str:
    """Return a did-you-mean for *word*, or nothing.

    >>> meant("unles", ["unless", "unit"])
    "; did you mean 'unless'?"
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=65)
    return f"; did you mean '{found[0]}'?" if found else ""


def compose(name: str, text: str, errors: list[RuleError]) -> yaml.Node | None:
    """Return the YAML of *text* as nodes; ``None`` where it is empty or cannot be used."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name, 1, 1)
        problem = getattr(error, "problem", None) or "cannot be read"
        lines = text.split("\n")
        written = lines[place.line - 1] if mark and mark.line < len(lines) else ""
        hint = _start(lines) or _hint(problem, written) or _open_quote(lines[: place.line])
        errors.append(RuleError(place, f"this is no YAML: {problem}{hint}"))
        return None
    return node if node is None or _usable(name, node, errors) else None


def cut_values(name: str, text: str) -> Iterator[RuleError]:
    """Yield a warning for each value that a '#' seems to cut: a comment has a blank behind it, "#1" has none."""
    if " #" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        found = _CUT.match(line) if " #" in line else None
        if found:
            message = "what stands behind ' #' is a comment; put the value in quotes if it belongs to it"
            yield RuleError(Location(name, number, found.start("cut") + 1), message, "warning")


def _start(lines: list[str]) -> str:
    """Return a hint where the file begins with the keys of a rule and not with a list of rules."""
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    return "; a rule begins with '- id:'" if first.startswith("id:") else ""


def _open_quote(lines: list[str]) -> str:
    """Return a hint to the last of *lines* with a quote that is not closed."""
    odd = [number for number, line in enumerate(lines, 1) if line.count('"') % 2]
    return f"; a quote is not closed, see line {odd[0]}" if odd else ""


def _hint(problem: str, line: str) -> str:
    """Return what an author can do about a line that is no YAML."""
    found = _SPECIAL.match(line)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "; indent with blanks, not with a tab"
    if found and found[1] not in "\"'":
        return f"; put a value that begins with '{found[1]}' in quotes"
    if "mapping values" in problem or ("mapping" in problem and ": " in line.partition(": ")[2]):
        return "; put a value that holds ': ' or begins with a special character in quotes"
    if line.count('"') % 2:
        return "; a quote is not closed"
    if "mapping" in problem or "block" in problem:
        return "; put a value that holds ': ' or begins with a special character in quotes, and look how far the line is indented"
    return ""


def _usable(name: str, root: yaml.Node, errors: list[RuleError]) -> bool:
    """Refuse aliases and tags: rules need neither, and both can be made to hurt."""
    seen: set[int] = set()
    waiting, good = [root], True
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            errors.append(RuleError(location(name, node), "this is used again by an alias ('*name'); write it out"))
            good = False
            continue
        seen.add(id(node))
        if node.tag not in _TAGS:
            errors.append(RuleError(location(name, node), f"a tag ('{node.tag}') has no place in rules"))
            good = False
        if isinstance(node, yaml.MappingNode):
            waiting.extend(part for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
    return good


def location(name: str, node: yaml.Node) -> Location:
    return Location(name, node.start_mark.line + 1, node.start_mark.column + 1)


def entries(
    name: str, node: yaml.MappingNode, known: tuple[str, ...], errors: list[RuleError], instead: dict[str, str]
) -> Iterator[tuple[str, yaml.Node, Location]]:
    """Yield the keys of a mapping with their values; refuse unknown and doubled ones.

    *instead* are keys that authors write for others.
    """
    seen: dict[str, Location] = {}
    for key_node, value in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            errors.append(RuleError(location(name, key_node), "a key is one word; put a value that begins with '[' or '{' in quotes"))  # fmt: skip
            continue
        key, place = key_node.value, location(name, key_node)
        if key not in known:
            other = instead.get(key.lower().replace("_", "-"))
            hint = f"; did you mean '{other}'?" if other else meant(key, known)
            errors.append(RuleError(place, f"unknown key '{_shortened(key)}'{hint}"))
        elif key in seen:
            errors.append(RuleError(place, f"key '{key}' is here twice, first on line {seen[key].line}"))
        else:
            seen[key] = place
            yield key, value, place


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def scalar(name: str, node: yaml.Node, what: str, errors: list[RuleError]) -> Value | None:
    """Return the one value that *node* is; *what* it should have been is named where it is none."""
    place = location(name, node)
    if isinstance(node, yaml.ScalarNode) and len(node.value) > _LONGEST:
        errors.append(RuleError(place, f"{what} has {len(node.value)} characters, {_LONGEST} at most"))
    elif isinstance(node, yaml.ScalarNode) and node.value.strip():
        return Value(node.value.strip(), place, 1 if node.style in ("'", '"') else 0)
    elif isinstance(node, yaml.ScalarNode):
        errors.append(RuleError(place, f"{what} is empty"))
    elif isinstance(node, yaml.MappingNode):
        errors.append(RuleError(place, f"{what} must be text; put a value that holds ': ' in quotes"))
    else:
        errors.append(RuleError(place, f"{what} must be text; a value that begins with '[' is put in quotes"))
    return None


def values(name: str, node: yaml.Node, key: str, errors: list[RuleError]) -> tuple[Value, ...]:
    """Return the value or values of a list key."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not nodes:
        errors.append(RuleError(location(name, node), f"'{key}' is an empty list: leave the key out"))
    found: dict[str, Value] = {}
    for item in nodes:
        value = scalar(name, item, f"a value of '{key}'", errors)
        if value is None:
            continue
        if value.text in found:
            errors.append(RuleError(value.location, f"'{value.text}' stands twice in '{key}'"))
        found[value.text] = value
    return tuple(found.values())
