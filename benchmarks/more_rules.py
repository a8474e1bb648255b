"""Ten times the rules: packs of rules like the built-in ones, with other words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import tagger

_WORDS = ("zorbic", "quellish", "brundle", "marvane", "tessary", "ovander", "plinthic", "gravish", "hestern")


def write_more_rules(rules: tagger.RuleSet, folder: Path) -> int:
    """Write nine rules for each of *rules* into *folder*, a file a word; return how many."""
    count = 0
    for word in _WORDS:
        made = list(_rules(rules, word))
        (folder / f"{word}.yaml").write_text("\n".join(made), "utf-8")
        count += len(made)
    return count


def _rules(rules: tagger.RuleSet, word: str) -> Iterator[str]:
    for rule in rules:
        rows = [f"{word} {row}" for row in rule.rows if not row.startswith("*")]
        phrases = [f"{word} {phrase}" for phrase in rule.phrases]
        if not rows:
            continue
        # JSON is YAML: strings need no care
        written: dict[str, object] = {"id": f"{word}-{rule.id}", "concept": rule.concept, "rows": rows}
        if phrases:
            written["phrases"] = phrases
        if rule.statements:
            written["statement"] = list(rule.statements)
        if rule.unit:
            written["unit"] = rule.unit
        written["matches"] = [f"{(rule.statements or ('other',))[0]}: {word} thing"]
        written["skips"] = [f"{(rule.statements or ('other',))[0]}: another thing"]
        yield f"- {json.dumps(written)}"
