"""How the tagging of a release held against the filing that followed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TypeAlias

from msgspec import Struct

from tagger.comparing.expected import figures, primary, stands
from tagger.comparing.numbers import Comparable, agree, local
from tagger.data import load_json
from tagger.loading import LoadedFact, LoadedReport
from tagger.taxonomies import load_catalog
from tagger.values import Duration, Period
from tagger.writing.reported import Reported

_LOOSE_START = 7  # days: fiscal years of 52 or 53 weeks state their start loosely

Members: TypeAlias = frozenset[tuple[str, str]]
Place: TypeAlias = tuple[str, object, Members]
_NEWEST = 2024


class Verdict(StrEnum):
    """What the filing says of a fact of the release."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    MISNAMED = "misnamed"
    UNKNOWN = "unknown"
    OWN = "own"


class GradedFact(Struct, frozen=True, kw_only=True):
    """A fact of the release, and the fact of the filing (*filed*) that decided."""

    fact: Reported
    verdict: Verdict
    filed: LoadedFact | None = None

    @property
    def same_name(self) -> bool:
        """Whether the filing uses the very concept, not one that is as good."""
        return self.filed is not None and local(self.filed.concept) == local(self.fact.concept)


class Grade(Struct, frozen=True, kw_only=True):
    """All facts of a release with their verdicts.

    *wanted* are the facts of the filing's primary statements that the text of the release prints, *missed* those of
    them that no fact of the release confirms; both are empty where the text is not known.
    """

    facts: tuple[GradedFact, ...]
    wanted: tuple[LoadedFact, ...] = ()
    missed: tuple[LoadedFact, ...] = ()

    def count(self, verdict: Verdict) -> int:
        return sum(fact.verdict is verdict for fact in self.facts)

    @property
    def right(self) -> float | None:
        """The share confirmed of all facts of which the filing says anything."""
        checkable = sum(map(self.count, (Verdict.CONFIRMED, Verdict.CONTRADICTED, Verdict.MISNAMED)))
        return self.count(Verdict.CONFIRMED) / checkable if checkable else None

    @property
    def recall(self) -> float | None:
        """The share confirmed of what the filing's statements and the release both print."""
        return 1 - len(self.missed) / len(self.wanted) if self.wanted else None


def grade(release: Comparable, filing: LoadedReport, *, text: str = "") -> Grade:
    """Hold the facts of *release* against *filing*; *text* is what the release prints.

    A fact is confirmed where the filing reports the concept, or one that is as good, for the period, unit and members
    with the same value at the coarser of the two roundings; contradicted where it reports the concept itself with
    another value; misnamed where the value stands there under other concepts alone; else the filing does not know it.
    """
    filed = _Filed(filing)
    graded = tuple(filed.graded(fact) for fact in _once(release.facts))
    wanted = tuple(_wanted(filing, text)) if text else ()
    confirmed = [found.fact for found in graded if found.verdict is Verdict.CONFIRMED]
    hit = {_same(other) for fact in confirmed for other in filed.confirming(fact)}
    return Grade(facts=graded, wanted=wanted, missed=tuple(fact for fact in wanted if _same(fact) not in hit))


class _Filed:
    """The figures of a filing, found by what they report."""

    def __init__(self, filing: LoadedReport) -> None:
        self._named: dict[tuple[str, Place], list[LoadedFact]] = defaultdict(list)
        self._valued: dict[Place, list[LoadedFact]] = defaultdict(list)
        for fact in filing.facts:
            if isinstance(fact.value, Decimal) and fact.period is not None:
                self._named[local(fact.concept), _place(fact)].append(fact)
                self._valued[_place(fact)].append(fact)

    def graded(self, fact: Reported) -> GradedFact:
        if not fact.concept.startswith("us-gaap:"):
            return GradedFact(fact=fact, verdict=Verdict.OWN)
        if confirming := self.confirming(fact):
            exact = [other for other in confirming if local(other.concept) == local(fact.concept)]
            return GradedFact(fact=fact, verdict=Verdict.CONFIRMED, filed=(exact or confirming)[0])
        named = [other for other in self._named.get((local(fact.concept), _place(fact)), ()) if _near(fact, other)]
        if named:
            return GradedFact(fact=fact, verdict=Verdict.CONTRADICTED, filed=named[0])
        plain = _place(fact, without=True)
        valued = [other for other in self._valued.get(plain, ()) if _near(fact, other) and other.value == fact.value]
        if valued and fact.value:
            return GradedFact(fact=fact, verdict=Verdict.MISNAMED, filed=valued[0])
        return GradedFact(fact=fact, verdict=Verdict.UNKNOWN)

    def confirming(self, fact: Reported) -> list[LoadedFact]:
        """Return the facts of the filing that say what *fact* says, under its concept or one as good."""
        place = _place(fact)
        return [
            other
            for name in sorted(alternatives(fact.concept))
            for other in self._named.get((name, place), ())
            if _near(fact, other) and _agree(fact, other)
        ]


def _once(facts: Iterable[Reported]) -> Iterable[Reported]:
    """Yield every figure once, however often the release repeats it."""
    seen = set()
    for fact in facts:
        key = (fact.concept, fact.period, fact.value, _place(fact))
        if isinstance(fact.value, Decimal) and fact.period is not None and key not in seen:
            seen.add(key)
            yield fact


def _place(fact: Reported, *, without: bool = False) -> Place:
    members = frozenset((local(member.axis), local(member.member)) for member in fact.members)
    unit = "/".join(local(part) for part in str(fact.unit or "").split("/"))
    return unit, fact.period.end if fact.period else None, frozenset() if without else members


def _near(fact: Reported, other: Reported) -> bool:
    """Whether both are of one kind of period and begin at nearly the same time; their ends are equal."""
    first, second = fact.period, other.period
    if isinstance(first, Duration) != isinstance(second, Duration):
        return False
    if not isinstance(first, Duration) or not isinstance(second, Duration):
        return True
    return abs((first.start - second.start).days) <= _LOOSE_START


def _agree(fact: Reported, other: Reported) -> bool:
    return (
        isinstance(fact.value, Decimal)
        and isinstance(other.value, Decimal)
        and agree(fact.value, other.value, (fact.decimals, other.decimals))
    )


def _wanted(filing: LoadedReport, text: str) -> Iterable[LoadedFact]:
    """Yield what the primary statements of *filing* report and *text* prints, once each."""
    numbers = figures(text)
    found: dict[tuple[str, Period | None, object, object], LoadedFact] = {}
    for fact in primary(filing):
        if fact.concept.startswith("us-gaap:") and not fact.members and stands(fact, numbers):
            found.setdefault(_same(fact), fact)
    return found.values()


def _same(fact: LoadedFact) -> tuple[str, Period | None, object, object]:
    return fact.concept, fact.period, fact.unit, fact.value


@cache
def alternatives(concept: str) -> frozenset[str]:
    """Return the local names of *concept* and of all that are as good: its group, and what replaced it.

    >>> "CostOfGoodsSold" in alternatives("us-gaap:CostOfRevenue")
    True
    """
    name = local(concept)
    found = {name, *_groups().get(name, ())}
    known = load_catalog(_NEWEST).find(f"us-gaap:{name}")
    if known is not None and known.deprecated:
        found.update(map(local, known.replaced_by))
    return frozenset(found)


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in load_json("alternatives")["groups"]:
        for name in group:
            found[name] = found.get(name, frozenset()) | frozenset(group)
    return found
