"""Facts as one asks for them: by concept, period or statement, the best of each, concepts by periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar, overload

from tagger.extras import library
from tagger.facts import ASPECTS
from tagger.patterns import pattern
from tagger.statement import PRIMARY
from tagger.values import Member, Period, TypedMember
from tagger.writing.reported import Reported, write_members

if TYPE_CHECKING:
    import pandas

F = TypeVar("F", bound=Reported)
_PRIMARY = frozenset(kind.value for kind in PRIMARY)
_PROSE = "prose"
_BORNE = pattern(r"[a-z]+ \(([a-z, ]+)\): ")


class Facts(tuple[F, ...]):
    """A tuple of facts that answers questions: what it selects is such a tuple again.

    It equals the plain tuple of the same facts, and nothing can change it.
    """

    __slots__ = ()

    @overload
    def __getitem__(self, key: SupportsIndex) -> F: ...
    @overload
    def __getitem__(self, key: slice | str) -> Facts[F]: ...
    def __getitem__(self, key: SupportsIndex | slice | str) -> F | Facts[F]:
        """Return the fact at a place, a run of facts, or, asked by name, all facts of a concept."""
        if isinstance(key, str):
            return self._named(key)
        if isinstance(key, slice):
            return Facts(super().__getitem__(key))
        return super().__getitem__(key)

    def _named(self, concept: str) -> Facts[F]:
        found = self.where(concept=concept)
        if not found:
            raise KeyError(_not_there(concept, {fact.concept for fact in self}))
        return found

    def __repr__(self) -> str:
        return f"<{counted(len(self), 'fact')}, {counted(len({fact.concept for fact in self}), 'concept')}>"

    def where(
        self,
        *,
        concept: str | None = None,
        period: Period | dt.date | str | None = None,
        statement: str | None = None,
        members: Iterable[Member | TypedMember] | None = None,
        proven: bool | None = None,
    ) -> Facts[F]:
        """Return the facts that fit all that is asked.

        *concept* is a name with or without its prefix. *period* is a `Duration`, an `Instant`, either of them as text
        (``2007-07-01/2007-12-31``), or a date, on which the period ends. *statement* is as in `Fact.statement`
        ("balance-sheet", "operations", "cash-flow", "prose" ...). *members* are all that a fact must have: ``()`` asks
        for those of the company as a whole.
        """
        asked: list[Callable[[F], bool]] = []
        if concept is not None:
            asked.append(lambda fact: concept in (fact.concept, fact.concept.rpartition(":")[2]))
        if period is not None:
            asked.append(lambda fact: _falls_on(fact.period, period))
        if statement is not None:
            asked.append(lambda fact: said(fact, "statement") == str(statement))
        if members is not None:
            wanted = frozenset(members)
            asked.append(lambda fact: frozenset(fact.members) == wanted)
        if proven is not None:
            asked.append(lambda fact: bool(said(fact, "proven")) is proven)
        return Facts(fact for fact in self if all(question(fact) for question in asked))

    def best(self) -> Facts[F]:
        """Return one fact for each concept, period, unit and members: the statement's, the most exact.

        Of those that a release repeats, a figure of a primary statement goes before one of another table, and that
        before a sentence; then the more exact before the rounded, the proven before the unproven.
        """
        chosen: dict[tuple[object, ...], F] = {}
        for fact in sorted(self, key=_rank):
            chosen.setdefault((fact.concept, fact.entity, fact.period, fact.unit, fact.members, fact.language), fact)
        kept = set(map(id, chosen.values()))
        return Facts(fact for fact in self if id(fact) in kept)

    def pivot(self, *, members: bool = False) -> pandas.DataFrame:
        """Return the best facts as a pandas frame, a row for each concept and a column for each period.

        Columns are periods as text, by their end and then their length; rows stand in the order of the release. Only
        figures of the company as a whole are in it, unless *members* asks for a second index of members.
        """
        frames = library("pandas")
        facts = [fact for fact in self.best() if fact.unit is not None and (members or not fact.members)]
        rows: dict[tuple[str, str, str], dict[str, Any]] = {}
        for fact in facts:
            key = (fact.concept, write_members(fact.members), str(fact.unit))
            rows.setdefault(key, {})[_column(fact)] = fact.value
        columns = [_column(fact) for fact in sorted(facts, key=_time)]
        index = [(concept, held) for concept, held, _ in rows] if members else [concept for concept, _, _ in rows]
        named = (
            frames.MultiIndex.from_tuples(index, names=["concept", "members"])
            if members
            else frames.Index(index, name="concept", dtype=object)
        )
        frame: pandas.DataFrame = frames.DataFrame(
            [[row.get(column) for column in dict.fromkeys(columns)] for row in rows.values()],
            index=named,
            columns=frames.Index(list(dict.fromkeys(columns)), name="period", dtype=object),
            dtype=object,
        )
        return frame


def said(fact: object, name: str) -> Any:
    """Return what *fact* says of *name*, whether it was tagged or read from a file.

    >>> said(object(), "statement")
    ''
    """
    if hasattr(fact, name):
        return getattr(fact, name)
    detail = getattr(fact, "detail", None)
    return detail(name) if detail is not None else ""


def _proven(fact: object) -> bool:
    """Whether *fact* is proven; of one that was read from a file without such a column, its proofs tell."""
    told = said(fact, "proven")
    if told in (True, False):
        return bool(told)
    borne = {aspect for found in _BORNE.findall(str(said(fact, "proof"))) for aspect in found.split(", ")}
    return told == "true" or (told == "" and borne >= ASPECTS)


def _falls_on(period: Period | None, asked: Period | dt.date | str) -> bool:
    if isinstance(asked, dt.date):
        return period is not None and period.end == asked
    return period == asked or str(period) == asked


def _rank(fact: Reported) -> tuple[int, float, bool]:
    """Return a key that sorts the better of two facts to the front."""
    statement = said(fact, "statement")
    place = 0 if statement in _PRIMARY else 2 if statement == _PROSE else 1
    return place, float("-inf") if fact.decimals is None else -fact.decimals, not said(fact, "proven")


def _time(fact: Reported) -> tuple[dt.date, dt.date]:
    period = fact.period
    if period is None:
        return dt.date.min, dt.date.min
    return period.end, getattr(period, "start", period.end)


def _column(fact: Reported) -> str:
    return str(fact.period or "forever")


def counted(number: int, noun: str) -> str:
    """Return how many of *noun* there are, in words: "1 fact", "2,010 facts"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _not_there(concept: str, known: Iterable[str]) -> str:
    """Say that no fact has *concept*, and which one was perhaps meant."""
    from difflib import get_close_matches

    wanted = concept.rpartition(":")[2]
    near = get_close_matches(wanted, sorted({name.rpartition(":")[2] for name in known}), 1, 0.7)
    return f"no fact of {concept}" + (f"; there is {near[0]}" if near else "")
