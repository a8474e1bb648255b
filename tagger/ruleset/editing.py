"""Changing the files of a pack by hand of the program: comments, quotes and order stay as their author left them.

`ruamel.yaml` does what the loader's parser cannot: it writes a file back as it was.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tagger.files import write_text
from tagger.ruleset.declared import DeclaredConcept, DeclaredMember
from tagger.ruleset.written import KEYS

if TYPE_CHECKING:
    from ruamel.yaml import YAML

_WIDE = 4096  # no line is broken: a label stays on its line


def _round_trip() -> YAML:
    from ruamel.yaml import YAML  # editing is rare, and the import costs more than a release

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _read(path: Path) -> Any:
    return _round_trip().load(path.read_text("utf-8-sig"))


def _written(content: Any) -> str:
    stream = io.StringIO()
    _round_trip().dump(content, stream)
    return _outdented(stream.getvalue()) if isinstance(content, list) else stream.getvalue()


def _outdented(text: str) -> str:
    """Return *text* with the rules, which are a list, at the beginning of their lines; a blank line between two."""
    lines = [line.removeprefix("  ") if line.startswith(("  ", "    ")) else line for line in text.splitlines()]
    found: list[str] = []
    for line in lines:
        if line.startswith("- ") and found and found[-1].strip() and not found[-1].startswith("#"):
            found.append("")
        found.append(line.rstrip())
    return "\n".join(found) + "\n"


def format_file(text: str) -> str:
    """Return the rule file *text* in the usual form: keys in the order of the manual, one style of lists and indents.

    >>> print(format_file("- concept: us-gaap:Assets # all of it\\n  id: assets-total\\n  rows: [total assets]\\n"), end="")
    - id: assets-total
      concept: us-gaap:Assets # all of it
      rows: [total assets]
    """
    content = _round_trip().load(text)
    if not isinstance(content, list):
        return text if content is None else _written(content)
    for rule in content:
        if isinstance(rule, dict):
            _order(rule)
    return _written(content)


def _order(rule: Any) -> None:
    """Put the keys of *rule* into the order of the manual; their comments go with them."""
    known = [key for key in KEYS_ORDER if key in rule]
    others = [key for key in rule if key not in KEYS_ORDER]
    if [*known, *others] == list(rule):
        return
    for key in (*known, *others):
        rule.move_to_end(key)


KEYS_ORDER = ("id", "extends", "concept", "also", "members", *(key for key in KEYS if key not in ("id", "extends", "concept", "also", "members", "source", "matches", "skips")), "source", "matches", "skips")  # fmt: skip
"""The order in which a rule's keys are written."""


def append_rules(path: Path, rules: Sequence[str]) -> Path:
    """Add the texts of *rules* to the end of the file *path*."""
    before = path.read_text("utf-8") if path.exists() else "# yaml-language-server: $schema=schema.json\n"
    write_text(path, before.rstrip("\n") + "\n\n" + "\n".join(rules))
    return path


def remove_rule(path: Path, name: str) -> Path:
    """Take the rule *name* out of the file *path*."""
    content = _read(path)
    content[:] = [rule for rule in content if rule.get("id") != name]
    write_text(path, _written(content) if len(content) else "")
    return path


def change_concept(path: Path, name: str, concept: str) -> Path:
    """Give the rule *name* of the file *path* another concept, in the rule and in its tests."""
    content = _read(path)
    for rule in content:
        if rule.get("id") == name:
            before = rule["concept"]
            rule["concept"] = concept
            _replace_stated(rule, str(before), concept)
    write_text(path, _written(content))
    return path


def _replace_stated(rule: Any, before: str, concept: str) -> None:
    for key in ("matches", "skips"):
        said = rule.get(key)
        if isinstance(said, str):
            rule[key] = type(said)(said.replace(f"concept={before}", f"concept={concept}"))
        elif isinstance(said, list):
            for place, text in enumerate(said):
                said[place] = type(text)(text.replace(f"concept={before}", f"concept={concept}"))


def add_declarations(
    path: Path, prefix: str, concepts: Sequence[DeclaredConcept], members: Sequence[DeclaredMember]
) -> Path:
    """Declare *concepts* and *members* in the manifest *path*."""
    content = (_read(path) if path.exists() else None) or {}
    content.setdefault("prefix", prefix)
    for concept in concepts:
        said = {"type": concept.unit, "period": concept.period_type, "label": concept.label}
        if concept.balance:
            said["balance"] = concept.balance
        content.setdefault("concepts", {})[concept.name] = said
    for member in members:
        content.setdefault("members", {})[member.name] = member.label
    write_text(path, _written(content))
    return path


def remove_declarations(path: Path, concepts: Sequence[str]) -> Path:
    """Take *concepts* out of the manifest *path*."""
    content = _read(path)
    for concept in concepts:
        content.get("concepts", {}).pop(concept, None)
    if "concepts" in content and not content["concepts"]:
        del content["concepts"]
    write_text(path, _written(content))
    return path
