"""Counting, rule by rule: how often it fired, won, lost to whom, and was confirmed or contradicted by answers."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from msgspec import Struct

from tagger.facts import Fact
from tagger.loading import LoadedFact, LoadError
from tagger.loading import read as load
from tagger.naming.candidates import ask
from tagger.pipeline import tag
from tagger.report import Report
from tagger.ruleset import RuleSet, load_rules
from tagger.values import Member

_SUFFIXES = (".htm", ".html", ".txt", ".md", ".pdf", ".xhtml")


class Count(Struct, frozen=True, kw_only=True):
    """What one rule did: rows whose words and conditions fit (*fired*), those it *won* and *lost*, to whom, and figures
    that the answers *confirmed* or *contradicted*.
    """

    fired: int = 0
    won: int = 0
    lost_to: tuple[tuple[str, int], ...] = ()
    confirmed: int = 0
    contradicted: int = 0

    @property
    def lost(self) -> int:
        return sum(times for _, times in self.lost_to)

    def as_dict(self) -> dict[str, object]:
        """Return the counts by name, for JSON."""
        return {
            "fired": self.fired,
            "won": self.won,
            "lost": self.lost,
            "lost_to": dict(self.lost_to),
            "confirmed": self.confirmed,
            "contradicted": self.contradicted,
        }


def documents(corpus: Sequence[str | os.PathLike[str]]) -> Iterator[Path]:
    """Yield the releases of *corpus*: files as they are named, and those of folders."""
    for path in map(Path, corpus):
        if path.is_dir():
            yield from sorted(entry for entry in path.rglob("*") if entry.suffix.lower() in _SUFFIXES)
        else:
            yield path


def survey(
    corpus: Sequence[str | os.PathLike[str]],
    *,
    rules: Sequence[str | os.PathLike[str]] = (),
    answers: bool = False,
) -> Mapping[str, Count]:
    """Return what every rule that fired does over *corpus*, by id.

    With *answers* the facts are held against ``NAME.gold.json`` beside a release, or against the facts of an inline filing.
    """
    return count(corpus, load_rules(*rules), answers=answers)


def count(corpus: Sequence[str | os.PathLike[str]], loaded: RuleSet, *, answers: bool = False) -> Mapping[str, Count]:
    """Return what every rule of *loaded* that fired does over *corpus*, as `survey` does."""
    fired: Counter[str] = Counter()
    won: Counter[str] = Counter()
    lost: dict[str, Counter[str]] = {}
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for path in documents(corpus):
        report = tag(path, rules=loaded)
        _count_rows(report, loaded, fired, won, lost)
        known = _answers(path) if answers else None
        for fact in report.facts if known is not None else ():
            said = _said(fact, known or {})
            if said is not None:
                (right if said else wrong)[fact.rule] += 1
    names = sorted({*fired, *right, *wrong})
    return {
        name: Count(
            fired=fired[name],
            won=won[name],
            lost_to=tuple(sorted(lost.get(name, {}).items(), key=lambda entry: (-entry[1], entry[0]))),
            confirmed=right[name],
            contradicted=wrong[name],
        )
        for name in names
    }


def _count_rows(
    report: Report, rules: RuleSet, fired: Counter[str], won: Counter[str], lost: dict[str, Counter[str]]
) -> None:
    """Count who wanted the rows of *report*, and whose concept they were given."""
    winners = {(fact.table, fact.row): fact.rule for fact in report.facts if fact.table is not None}
    for statement in report.layout.statements:
        for want in ask(statement, rules):
            winner = winners.get((statement.number, want.line.index))
            for candidate in want.candidates:
                name = candidate.rule.id
                fired[name] += 1
                if name == winner:
                    won[name] += 1
                elif winner is not None:
                    lost.setdefault(name, Counter())[winner] += 1
    for fact in report.facts:
        if fact.table is None:
            fired[fact.rule] += 1
            won[fact.rule] += 1


def _answers(path: Path) -> dict[object, set[tuple[str, frozenset[tuple[str, str]]]]] | None:
    """Return the answers to *path* by value and end of the period; ``None`` where there are none."""
    gold = path.with_name(f"{path.stem}.gold.json")
    found: dict[object, set[tuple[str, frozenset[tuple[str, str]]]]] = {}
    if gold.is_file():
        for one in json.loads(gold.read_text("utf-8"))["facts"]:
            value, end = _decimal(one["value"]), str(one["period"]).rpartition("/")[2]
            if value is not None:
                found.setdefault((value, end), set()).add((one["concept"], frozenset(one["dimensions"].items())))
        return found
    try:
        facts: Sequence[LoadedFact] = load(path).facts
    except (LoadError, OSError):
        return None
    for fact in facts:
        if isinstance(fact.value, Decimal) and fact.period is not None:
            members = frozenset((m.axis, m.member) for m in fact.members if isinstance(m, Member))
            found.setdefault((fact.value, fact.period.end.isoformat()), set()).add((fact.concept, members))
    return found


def _decimal(text: object) -> Decimal | None:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


def _said(fact: Fact, known: Mapping[object, set[tuple[str, frozenset[tuple[str, str]]]]]) -> bool | None:
    """Return whether the answers have *fact*; ``None`` where they have nothing of its value and period."""
    same = known.get((fact.value, fact.period.end.isoformat()))
    if same is None:
        return None
    return (fact.concept, frozenset((member.axis, member.member) for member in fact.members)) in same
