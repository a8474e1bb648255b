"""Gaps in the tests of rules: what can be broken and no test notices, skips that cannot fail, rules that never fire."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from tagger.check import stands, stopped_by
from tagger.ruleset.clauses import Problem, warning
from tagger.ruleset.examples import RowExample, SentenceExample, parse_example
from tagger.ruleset.grammar import parse_phrase, phrase_words
from tagger.ruleset.mutants import Mutant, mutants, with_rule
from tagger.ruleset.rule import Example, Rule
from tagger.ruleset.ruleset import RuleSet
from tagger.surveying.counting import count


class Tests(NamedTuple):
    """The tests of a rule as read: each with whether it is one that has to match."""

    read: tuple[tuple[RowExample | SentenceExample, bool], ...]


class Gaps(NamedTuple):
    """How many *mutants* there are of some rules, how many their tests *caught*, and what they did not notice."""

    mutants: int
    caught: int
    problems: tuple[Problem, ...]


def find_gaps(rules: RuleSet) -> Gaps:
    """Break each rule of the packs in every way that `mutants` knows, and look whether its own tests notice."""
    whole = caught = 0
    problems: list[Problem] = []
    for rule in rules.pack_rules:
        tests = _tests(rule)
        for mutant in mutants(rule):
            whole += 1
            if noticed(rules, mutant, tests):
                caught += 1
            else:
                problems.append(warning(rule, f"no test notices when {_broken(mutant.what)}"))
        problems.extend(_idle_skips(rules, rule))
    return Gaps(whole, caught, tuple(problems))


def never_fire(rules: RuleSet, corpus: Sequence[str | os.PathLike[str]]) -> list[Problem]:
    """Report the rules of the packs whose words and conditions fit nothing in the releases of *corpus*."""
    counts = count(corpus, rules)
    idle = [rule for rule in rules.pack_rules if rule.id not in counts]
    return [warning(rule, "never fires on the corpus") for rule in idle]


def _tests(rule: Rule) -> Tests:
    return Tests(
        tuple((parse_example(test.text), wanted) for wanted, tests in ((True, rule.matches), (False, rule.skips)) for test in tests)
    )  # fmt: skip


def noticed(rules: RuleSet, mutant: Mutant, tests: Tests) -> bool:
    """Whether a test fails when *mutant* stands in the place of its rule."""
    broken = with_rule(rules, mutant.rule)
    return any(not stands(broken, mutant.rule, test, wanted=wanted) for test, wanted in tests.read)


def _broken(what: str) -> str:
    return "its concept is another" if what == "concept" else f"{what} is left out"


def _idle_skips(rules: RuleSet, rule: Rule) -> Iterator[Problem]:
    """Yield the skips that could not fail, whatever happened to the rule's conditions."""
    for example in rule.skips:
        message = _idle(rules, rule, example)
        if message:
            yield replace(warning(rule, message), location=example.location)


def _idle(rules: RuleSet, rule: Rule, example: Example) -> str:
    test = parse_example(example.text)
    if isinstance(test, SentenceExample):
        return (
            "" if _says(rule, test) else f"the skip '{test.text}' cannot fail: none of the rule's phrases stands in it"
        )
    stops = stopped_by(rules, rule, test)
    if stops is None:
        return f"the skip '{test.text}' cannot fail: it has none of the rule's words"
    if len(stops) > 1:
        return f"the skip '{test.text}' cannot fail: {' and '.join(stops)} keep it out"
    return ""


def _says(rule: Rule, test: SentenceExample) -> bool:
    said = f" {' '.join(phrase_words(test.sentence))} "
    return bool(rule.phrase_regex) or any(
        f" {words} " in said for phrase in rule.phrases for words in parse_phrase(phrase)
    )
