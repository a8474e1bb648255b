"""Clauses that load but say nothing: rows said twice, and rules that can never be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from tagger.ruleset.grammar import Pattern, parse_label
from tagger.ruleset.rule import AROUND_FIELDS, Location, Rule
from tagger.ruleset.ruleset import RuleSet
from tagger.ruleset.shelf import Laid, places


class Problem(Struct, frozen=True, kw_only=True):
    """Something wrong with a rule that can be loaded; *rule* is its id, "" where a file could not be read."""

    location: Location
    message: str
    rule: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


def warning(rule: Rule, message: str) -> Problem:
    """Return what is doubtful about *rule*."""
    return Problem(location=rule.location, message=f"{rule.id}: {message}", rule=rule.id, severity="warning")


def check_repeats(rules: RuleSet) -> Iterator[Problem]:
    """Report rows that say what an earlier row of the same rule says already."""
    for rule in rules.pack_rules:
        yield from _repeated(rule)


def _repeated(rule: Rule) -> Iterator[Problem]:
    seen: dict[Pattern, str] = {}
    for written in rule.rows:
        patterns = parse_label(written)
        if all(pattern in seen for pattern in patterns):
            said = seen[patterns[0]]
            yield Problem(
                location=rule.location,
                message=f"{rule.id}: row '{written}' reads the same as '{said}' above it; take one out",
                rule=rule.id,
            )
        for pattern in patterns:
            seen.setdefault(pattern, written)


def check_twins(rules: RuleSet) -> Iterator[Problem]:
    """Report pairs of rules that want the same words under the same conditions for different concepts."""
    told: set[tuple[str, str]] = set()
    shelf = rules.rows.upper if isinstance(rules.rows, Laid) else rules.rows
    for what, index, alike in (
        ("row", dict(shelf.exact()), _same_conditions),
        ("phrase", {words: places(entry) for words, entry in rules.phrases.items()}, _rivals),
    ):
        for words, found in index.items():
            for one, other in combinations(map(rules.rule, found), 2):
                if (one.id, other.id) not in told and alike(one, other):
                    told.add((one.id, other.id))
                    yield Problem(
                        location=other.location,
                        message=f"{other.id}: cannot be told from {one.id} on the {what} '{words}'; say 'over' in one"
                        + (", or a condition" if what == "row" else ""),
                        rule=other.id,
                    )


def _rivals(one: Rule, other: Rule) -> bool:
    """Whether two rules of one layer want different concepts and neither is over the other."""
    different = (one.concept, one.members) != (other.concept, other.members)
    return different and one.layer == other.layer and one.id not in other.over and other.id not in one.over


def _same_conditions(one: Rule, other: Rule) -> bool:
    """Whether two rivals want rows of the same unit under the same conditions."""
    if not _rivals(one, other) or one.own_unit != other.own_unit or one.conditions != other.conditions:
        return False
    kinds = not one.statements or not other.statements or bool(set(one.statements) & set(other.statements))
    return kinds and all(getattr(one, name) == getattr(other, name) for name in (*AROUND_FIELDS, "total"))
