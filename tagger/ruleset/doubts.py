"""Doubts about rules that can be used: what their author would want to hear of before they are.

Each is a warning with the place where something can be done about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tagger.catalog import Catalog
from tagger.ruleset.clauses import Problem, warning
from tagger.ruleset.rule import ROW_MEMBER, Rule
from tagger.ruleset.ruleset import RuleSet
from tagger.ruleset.shelf import Laid, Shelf, places

_INSTANTS = frozenset({"balance-sheet"})
_FLOWS = frozenset({"operations", "comprehensive-income"})


def check_doubts(rules: RuleSet, catalog: Catalog) -> Iterator[Problem]:
    """Yield what is in doubt about the rules of the packs."""
    for rule in rules.pack_rules:
        yield from _against_taxonomy(rule, catalog)
    if isinstance(rules.rows, Laid):
        yield from _redundant(rules)


def _against_taxonomy(rule: Rule, catalog: Catalog) -> Iterator[Problem]:
    concept = catalog.find(rule.concept)
    if concept is None:
        return
    kinds = set(rule.statements)
    if kinds and kinds <= _INSTANTS and concept.period_type == "duration":
        yield warning(
            rule, f"{rule.concept} is of a span of time, and a balance sheet has none: it can never be tagged there"
        )
    if kinds and kinds <= _FLOWS and concept.period_type == "instant":
        yield warning(
            rule, f"{rule.concept} is of one day, and rows of {' and '.join(sorted(kinds))} are of a span of time"
        )
    if not catalog.available(rule.concept):
        now = catalog.successor(rule.concept)
        instead = f"; it is {now} now" if now else ""
        yield warning(rule, f"{rule.concept} is not in use in the taxonomy of {catalog.year}{instead}: there the row goes to the next rule that wants it")  # fmt: skip
    for member in rule.members:
        yield from _foreign(rule, member.axis, member.member, catalog)


def _foreign(rule: Rule, axis_name: str, member: str, catalog: Catalog) -> Iterator[Problem]:
    """Yield a member that its axis does not have, where the taxonomy lists the axis's members and knows the member."""
    axis = catalog.axis(axis_name)
    if axis is None or not axis.members or member == ROW_MEMBER or member in (*axis.members, axis.domain):
        return
    if member.partition(":")[0] in ("us-gaap", "srt") and catalog.find(member) is not None:
        yield warning(rule, f"{member} is no member of {axis_name} in the taxonomy")


def _redundant(rules: RuleSet) -> Iterator[Problem]:
    """Yield rules of a pack that say what a rule below says already, word for word and condition for condition."""
    shelves = rules.rows
    assert isinstance(shelves, Laid)
    labels: dict[int, list[str]] = {}
    for words, found in shelves.upper.exact():
        for place in found:
            labels.setdefault(place, []).append(words)
    for rule_place, own in labels.items():
        rule = rules.rule(rule_place)
        if rule.source or rule.phrases or rule.notes or rule.regex:
            continue
        shared = [_below(words, shelves.lower) - rules.removed for words in own]
        candidates = set.intersection(*shared)
        for place in sorted(candidates):
            other = rules.rule(place)
            if (other.concept, other.members, other.also) == (rule.concept, rule.members, rule.also) and _keeps(
                other, rule
            ):
                yield warning(rule, f"says what {other.id} says already: it can be left out")
                break


def _below(words: str, lower: Shelf | Laid) -> set[int]:
    starts = lower.starting(words.partition(" ")[0])
    return set(places(starts.exact.get(words))) if starts is not None else set()


def _keeps(other: Rule, rule: Rule) -> bool:
    names = ("statements", "section", "unless_section", "above", "below", "needs", "unless", "unit", "total", "sign")
    return all(getattr(other, name) == getattr(rule, name) for name in names)
