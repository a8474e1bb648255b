"""What two packs do differently over the same releases: facts gained, lost and changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from tagger.facts import Fact
from tagger.pipeline import tag
from tagger.ruleset import load_rules
from tagger.surveying.counting import documents

Place: TypeAlias = tuple[int, int, str]


class Difference(Struct, frozen=True, kw_only=True):
    """A figure that two packs tag differently; one of *before* and *after* is ``None`` where it was gained or lost."""

    document: str
    before: Fact | None
    after: Fact | None

    def __str__(self) -> str:
        fact = self.after or self.before
        assert fact is not None
        what = "changed" if self.before and self.after else "gained" if self.after else "lost"
        said = " -> ".join(
            f"{one.concept} {_members(one)}{one.value:f} ({one.rule})" for one in (self.before, self.after) if one
        )
        return f"{what} {self.document}: {fact.label!r} {fact.period}: {said}"


def _members(fact: Fact) -> str:
    return "".join(f"{{{member.axis}: {member.member}}} " for member in fact.members)


def compare_packs(
    old: str | os.PathLike[str] | None, new: str | os.PathLike[str] | None, corpus: Sequence[str | os.PathLike[str]]
) -> tuple[Difference, ...]:
    """Return the figures of *corpus* that *new* tags otherwise than *old*; ``None`` is the built-in rules alone."""
    sets = [load_rules(pack) if pack is not None else load_rules() for pack in (old, new)]
    found: list[Difference] = []
    for path in documents(corpus):
        before, after = (_by_place(tag(path, rules=rules).facts) for rules in sets)
        for place in sorted({*before, *after}):
            found.extend(_differences(path, before.get(place, ()), after.get(place, ())))
    return tuple(found)


def _by_place(facts: Sequence[Fact]) -> dict[Place, tuple[Fact, ...]]:
    found: dict[Place, tuple[Fact, ...]] = {}
    for fact in facts:
        place = (fact.printed.span.start, fact.printed.span.end, str(fact.period))
        found[place] = (*found.get(place, ()), fact)
    return found


def _differences(path: Path, before: Sequence[Fact], after: Sequence[Fact]) -> list[Difference]:
    gone = [fact for fact in before if _said(fact) not in set(map(_said, after))]
    come = [fact for fact in after if _said(fact) not in set(map(_said, before))]
    pairs = max(len(gone), len(come))
    return [
        Difference(
            document=path.name,
            before=gone[place] if place < len(gone) else None,
            after=come[place] if place < len(come) else None,
        )
        for place in range(pairs)
    ]


def _said(fact: Fact) -> object:
    return (fact.concept, fact.members, fact.value, fact.unit)
