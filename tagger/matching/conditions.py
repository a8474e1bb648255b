"""The conditions of rules, looked at for one row: what fails, in words a rule author understands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from tagger.ruleset.grammar import Pattern
from tagger.ruleset.labels import forms, normalise
from tagger.ruleset.rule import Rule


class Asked(Protocol):
    """What conditions look at: the row itself."""

    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def total(self) -> bool: ...


class Surroundings:
    """The folded words of a row's label, headings and neighbours, made when first asked for."""

    __slots__ = ("_headings", "_label", "_words", "above", "below", "headings", "label")

    def __init__(self, label: str, headings: tuple[str, ...], above: tuple[str, ...], below: tuple[str, ...]) -> None:
        self.label = label
        self.headings = headings
        self.above = above
        self.below = below
        self._words: str | None = None
        self._headings: tuple[str, ...] | None = None

    @property
    def words(self) -> str:
        """The whole label, with a blank at either end."""
        if self._words is None:
            self._words = f" {' '.join(normalise(self.label).tokens)} "
        return self._words

    @property
    def heading_words(self) -> tuple[str, ...]:
        """The headings, each with a blank at either end."""
        if self._headings is None:
            self._headings = tuple(f" {' '.join(normalise(heading).tokens)} " for heading in self.headings)
        return self._headings


class Failure(NamedTuple):
    """A condition that failed, in words once it is printed: *why*, then the patterns it names, few of many."""

    why: str
    patterns: tuple[Pattern, ...] = ()

    def __str__(self) -> str:
        return f"{self.why} {listed(self.patterns)}" if self.patterns else self.why


def meets(rule: Rule, row: Asked, around: Surroundings) -> bool:
    """Whether the row meets all conditions of *rule*."""
    return fits_row(rule, row, around) and stands(rule, around)


def fits_row(rule: Rule, row: Asked, around: Surroundings) -> bool:
    """Whether all that the row itself says, with its headings, lets *rule* have it."""
    return next(_row_failures(rule, row, around), None) is None


def stands(rule: Rule, around: Surroundings) -> bool:
    """Whether the rows above and below let *rule* have the row."""
    beside = rule.above or rule.below or rule.unless_above or rule.unless_below
    return not beside or next(_neighbour_failures(rule, around), None) is None


def failures(rule: Rule, row: Asked, around: Surroundings) -> Iterator[Failure]:
    """Yield what keeps *rule* from the row; nothing if it may have it."""
    yield from _row_failures(rule, row, around)
    yield from _neighbour_failures(rule, around)


def _row_failures(rule: Rule, row: Asked, around: Surroundings) -> Iterator[Failure]:
    if rule.statements and row.kind not in rule.statements:
        yield Failure(f"statement: this is '{row.kind}', the rule is for {' or '.join(rule.statements)}")
    if row.unit and rule.own_unit and row.unit != rule.own_unit and {row.unit, rule.own_unit} != {"percent", "pure"}:
        yield Failure(f"unit: the row's figures are '{row.unit}', the concept is counted in '{rule.own_unit}'")
    if rule.total is not None and rule.total != (row.total or " total " in around.words):
        yield Failure("total: the row is no sum" if rule.total else "total: the row is a sum")
    if rule.unless or rule.needs:
        yield from _label_failures(rule, around)
    if rule.section or rule.unless_section:
        yield from _section_failures(rule, around)


def _label_failures(rule: Rule, around: Surroundings) -> Iterator[Failure]:
    if rule.unless:
        said = _contained(rule.unless, (around.words,))
        if said is not None:
            yield Failure("unless: the label says", (said,))
    if rule.needs and _contained(rule.needs, (around.words,)) is None:
        yield Failure("needs: the label says none of", rule.needs)


def _section_failures(rule: Rule, around: Surroundings) -> Iterator[Failure]:
    if rule.section and _contained(rule.section, around.heading_words) is None:
        yield Failure("section: no open heading says", rule.section)
    if rule.unless_section and around.headings:
        said = next((one for one in rule.unless_section if _excluded(one, around)), None)
        if said is not None:
            yield Failure("unless-section: an open heading says", (said,))


def _excluded(pattern: Pattern, around: Surroundings) -> bool:
    """Whether a heading says *pattern* for this row: of "basic and diluted" a row called basic is told apart by its label."""
    for heading in around.heading_words:
        if _contained((pattern,), (heading,)) is not None and not any(
            f" {one} and {pattern.words} " in heading or f" {pattern.words} and {one} " in heading
            for one in around.words.split()
        ):
            return True
    return False


def _neighbour_failures(rule: Rule, around: Surroundings) -> Iterator[Failure]:
    if rule.above and _standing(rule.above, around.above) is None:
        yield Failure("above: no row above reads", rule.above)
    if rule.below and _standing(rule.below, around.below) is None:
        yield Failure("below: no row below reads", rule.below)
    if rule.unless_above:
        said = _standing(rule.unless_above, around.above)
        if said is not None:
            yield Failure("unless-above: a row above reads", (said,))
    if rule.unless_below:
        said = _standing(rule.unless_below, around.below)
        if said is not None:
            yield Failure("unless-below: a row below reads", (said,))


def written(pattern: Pattern) -> str:
    """Return *pattern* as a rule author writes it."""
    parts = (
        "*" if pattern.before else "",
        pattern.words,
        f"* {pattern.tail}" if pattern.tail else "",
        "*" if pattern.after else "",
    )
    return " ".join(part for part in parts if part)


def listed(patterns: tuple[Pattern, ...]) -> str:
    """Return the first few of *patterns* in quotes."""
    shown = ", ".join(f"'{written(pattern)}'" for pattern in patterns[:3])
    return shown + (f" and {len(patterns) - 3} more" if len(patterns) > 3 else "")


def _contained(patterns: tuple[Pattern, ...], strings: Iterable[str]) -> Pattern | None:
    """Return the first of *patterns* that one of *strings* contains, whole words only."""
    for string in strings:
        for pattern in patterns:
            place = string.find(f" {pattern.words} ")
            if place >= 0 and (
                not pattern.tail or string.find(f" {pattern.tail} ", place + len(pattern.words) + 1) >= 0
            ):
                return pattern
    return None


def _standing(patterns: tuple[Pattern, ...], labels: tuple[str, ...]) -> Pattern | None:
    """Return the first of *patterns* that a form of one of *labels* is."""
    for label in labels:
        for form in forms(label):
            words = form.words
            for pattern in patterns:
                if pattern.words in words and fits(pattern, words):
                    return pattern
    return None


def fits(pattern: Pattern, words: str) -> bool:
    """Whether the folded *words* are what *pattern* stands for, from end to end.

    >>> fits(Pattern("cost of sale", after=True), "cost of sale and service")
    True
    """
    if pattern.tail:
        rest = f"{words[len(pattern.words) :]} "
        told = f" {pattern.tail} " in rest if pattern.after else rest.endswith(f" {pattern.tail} ")
        return f"{words} ".startswith(f"{pattern.words} ") and told
    if pattern.before and pattern.after:
        return f" {pattern.words} " in f" {words} "
    if pattern.before:
        return f" {words}".endswith(f" {pattern.words}")
    return words == pattern.words or (pattern.after and words.startswith(f"{pattern.words} "))
