"""A static page of a pack: rule, words, concept, examples, figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from tagger.ruleset import Rule, RuleSet
from tagger.ruleset.rule import AROUND, AROUND_FIELDS
from tagger.surveying.counting import Count

_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "h2{font-size:1em;margin:2em 0 .3em;border-top:1px solid #ccc;padding-top:.6em}code{background:#f4f4f4}"
    "dt{font-weight:bold}dd{margin:0 0 .4em 1.5em}nav a{display:inline-block;margin-right:1em}.no{color:#777}"
)


def write_page(rules: RuleSet, name: str, counts: Mapping[str, Count] | None = None) -> str:
    """Return the page of the pack *name*; *counts* are figures from a survey, by the id of a rule."""
    own = rules.pack_rules
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(name)}</title><style>{_STYLE}</style></head><body>',
        f"<h1>{escape(name)}</h1><p>{len(own)} rules</p>",
        *_declared(rules),
        *(part for rule in own for part in _rule(rule, (counts or {}).get(rule.id))),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _declared(rules: RuleSet) -> Iterator[str]:
    declared = rules.declared
    if declared.concepts or declared.members:
        yield f"<h2>The filer's own ({escape(declared.prefix)})</h2><dl>"
        for concept in declared.concepts:
            attributes = ", ".join(part for part in (concept.unit, concept.period_type, concept.balance) if part)
            yield f"<dt><code>{escape(concept.name)}</code></dt><dd>{escape(concept.label)} ({attributes})</dd>"
        for member in declared.members:
            yield f"<dt><code>{escape(member.name)}</code></dt><dd>{escape(member.label)}</dd>"
        yield "</dl>"
    if declared.parts:
        yield "<h2>Parts of the company</h2><dl>"
        for part in declared.parts:
            shown = ", ".join(f"{member.axis}: {member.member}" for member in part.members)
            yield f"<dt>{escape(part.heading)}</dt><dd><code>{escape(shown)}</code></dd>"
        yield "</dl>"


def _rule(rule: Rule, count: Count | None) -> Iterator[str]:
    yield f'<h2 id="{escape(rule.id)}">{escape(rule.id)}</h2>'
    members = "".join(f" [{escape(member.axis)} = {escape(member.member)}]" for member in rule.members)
    yield f"<p><code>{escape(rule.concept)}</code>{members}</p><dl>"
    for title, values in (
        ("rows", rule.rows),
        ("phrases", rule.phrases),
        ("beside a figure in a label", rule.notes),
        ("regular expressions", rule.regex),
        ("statement", rule.statements),
        ("over", rule.over),
        ("sign", (rule.sign,) if rule.sign else ()),
        ("learned from", rule.source),
        ("matches", tuple(example.text for example in rule.matches)),
        ("skips", tuple(example.text for example in rule.skips)),
    ):
        if values:
            yield f"<dt>{title}</dt>" + "".join(f"<dd>{escape(value)}</dd>" for value in values)
    for key, field in zip(AROUND, AROUND_FIELDS, strict=True):
        patterns = getattr(rule, field)
        if patterns:
            shown = ", ".join(pattern.words for pattern in patterns)
            yield f"<dt>{key}</dt><dd>{escape(shown)}</dd>"
    if count is not None:
        yield f"<dt>figures</dt><dd>fired {count.fired}, won {count.won}, lost {count.lost}</dd>"
    yield f'</dl><p class="no">{escape(str(rule.location))}</p>'
