"""Checks of facts that need no taxonomy."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tagger.checking.complaint import Complaint, Level
from tagger.comparing.differences import Status, compare
from tagger.loading import LoadedFact, LoadedReport
from tagger.patterns import pattern
from tagger.values import PLACEHOLDER_SCHEME, PURE

_GROUPED = pattern(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d*(?:\.\d+)?|\d{1,3}(?:,\d\d)*,\d{3}(?:\.\d+)?")
_FIGURE = pattern(r"\d[\d,]*\d(?:\.\d+)?")


def check_facts(report: LoadedReport) -> Iterable[Complaint]:
    """Yield what is wrong with the facts of *report*."""
    for problem in report.problems:
        yield _complaint(Level.ERROR, "unreadable", problem)
    if not report.facts:
        yield _complaint(Level.ERROR, "no-facts", "there is no fact in it")
    yield from _duplicates(report.facts)
    for fact in report.facts:
        yield from _printed(fact)
        yield from _accuracy(fact)
    yield from _entities(report)


def _complaint(level: Level, code: str, message: str, where: str = "") -> Complaint:
    return Complaint(level=level, code=code, message=message, source="tagger", where=where)


def _duplicates(facts: Iterable[LoadedFact]) -> Iterable[Complaint]:
    """Yield facts that are said twice with values that no rounding explains."""
    said: dict[tuple[object, ...], list[LoadedFact]] = defaultdict(list)
    for fact in facts:
        said[fact.aspects].append(fact)
    for group in said.values():
        if len(group) > 1 and not _consistent(group):
            values = " and ".join(dict.fromkeys(_shown(fact) for fact in group))
            where = ", ".join(fact.id for fact in group)
            yield _complaint(
                Level.ERROR, "duplicates-differ", f"{group[0].concept} for {group[0].period}: {values}", where
            )


def _consistent(group: Sequence[LoadedFact]) -> bool:
    first, *others = group
    return all(_alike(first, other) for other in others) and all(_alike(a, b) for a in others for b in others[:20])


def _alike(first: LoadedFact, other: LoadedFact) -> bool:
    return compare(first, other) is not Status.DIFFERENT


def _shown(fact: LoadedFact) -> str:
    text = (
        "nil" if fact.value is None else f"{fact.value:f}" if isinstance(fact.value, Decimal) else repr(fact.value[:40])
    )
    return text if fact.decimals is None else f"{text} (decimals {fact.decimals})"


def _printed(fact: LoadedFact) -> Iterable[Complaint]:
    """Yield figures whose print the transformations take for numbers though no one writes numbers so."""
    text = "".join(fact.text.split())
    if fact.hidden or not isinstance(fact.value, Decimal) or fact.details:
        return
    if _FIGURE.fullmatch(text) and not _GROUPED.fullmatch(text):
        yield _complaint(Level.WARNING, "grouping", f"{fact.concept}: {fact.text!r} is read as {fact.value:f}", fact.id)
    elif not fact.value and any(digit in text for digit in "123456789") and not text.startswith("0."):
        yield _complaint(Level.WARNING, "zero", f"{fact.concept}: {fact.text!r} is read as nought", fact.id)


def _accuracy(fact: LoadedFact) -> Iterable[Complaint]:
    """Yield numbers with digits beyond their decimals (EDGAR Filer Manual, 6.5.37)."""
    if isinstance(fact.value, Decimal) and fact.decimals is not None and fact.value.is_finite():
        if fact.value and _places(fact.value) > fact.decimals:
            message = f"{fact.concept}: {fact.value:f} has digits beyond its decimals, {fact.decimals}"
            yield _complaint(Level.WARNING, "excess-digits", message, fact.id)
        if fact.unit is not None and fact.unit.numerator.startswith("iso4217:") and not _currency(fact.unit.numerator):
            yield _complaint(Level.ERROR, "currency", f"{fact.concept}: {fact.unit} is no currency", fact.id)
    if fact.unit == PURE and isinstance(fact.value, Decimal) and abs(fact.value) > 10**9:
        yield _complaint(
            Level.WARNING, "pure", f"{fact.concept}: {fact.value:f} is much for a number without a unit", fact.id
        )


def _places(value: Decimal) -> int:
    """Return how far after the point, or before it if negative, the last digit of *value* stands that is not nought."""
    _, digits, exponent = value.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return -int(exponent) - zeros


def _currency(measure: str) -> bool:
    return re.fullmatch(r"iso4217:[A-Z]{3}", measure) is not None


def _entities(report: LoadedReport) -> Iterable[Complaint]:
    entities = sorted({(fact.entity.scheme, fact.entity.identifier) for fact in report.facts})
    if len(entities) > 1:
        names = ", ".join(identifier for _, identifier in entities)
        yield _complaint(Level.WARNING, "entities", f"facts of more than one entity: {names}")
    if any(scheme == PLACEHOLDER_SCHEME for scheme, _ in entities):
        yield _complaint(Level.WARNING, "entity-not-known", "the entity is a placeholder: give --entity when tagging")
