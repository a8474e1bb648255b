"""Rows with what they meant: the label, where it stood, and the concept and members the filer gave its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tagger.learning.aligning import Tied, align
from tagger.learning.filing import Filing
from tagger.learning.parts import Members, column_scope, own_members
from tagger.loading import LoadedFact
from tagger.matching import Candidate, RowQuery, match_row
from tagger.naming.candidates import RULES_ONLY, ask
from tagger.naming.declared import part_words
from tagger.ruleset import RuleSet
from tagger.statement import PRIMARY, Line, Part, Scope
from tagger.statements.reported import refuses
from tagger.values import SHARES, Member, Unit

NO_PARTS: Mapping[str, Members] = {}
"""No part of a company is known by its heading."""


ConceptsOf: TypeAlias = Callable[[str], Collection[str]]
"""What the rules of the program give a label in the statements themselves."""


def statement_concepts(rules: RuleSet) -> ConceptsOf:
    """Return what tells the concepts of a label in a statement, whatever its headings."""

    @lru_cache(maxsize=4096)
    def concepts(label: str) -> frozenset[str]:
        asked = (RowQuery(label=label.replace("*", " "), kind=kind) for kind in sorted(PRIMARY))
        return frozenset(one.concept for query in asked for one in match_row(rules, query) if not one.members)

    return concepts


class Meaning(Struct, frozen=True):
    """What a row is: a concept with its members, and further concepts that the same figures are."""

    concept: str
    members: tuple[Member, ...] = ()
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.concept, *(f"{{{member.axis}: {member.member}}}" for member in self.members)))


class Row(Struct, frozen=True, kw_only=True):
    """A row as the rules are asked for it, with what the filer made of it; *meaning* is ``None`` where it made nothing, or
    not one thing: then *figures* says how many of its figures have facts.

    *sign* is 1 where values have the sign that is printed, -1 where it is turned, 0 where that cannot be seen.
    *values* are those of its figures, by their place; *dashes* are those that the filer gave a fact, and those it did not. *base* is who of the rules that ship with the program would win the row.
    """

    filing: str
    newest: int
    query: RowQuery
    meaning: Meaning | None
    figures: int = 0
    sign: int = 0
    unit: str = ""
    period_type: str = ""
    base: Candidate | None = None
    values: tuple[tuple[tuple[str, int, int, int], Decimal], ...] = ()
    dashes: tuple[int, int] = (0, 0)


def read_rows(
    filing: Filing,
    base: RuleSet,
    place: int,
    *,
    tied: Sequence[Tied] | None = None,
    parts: Mapping[str, Members] = NO_PARTS,
    all_statements: bool = False,
) -> Iterator[Row]:
    """Yield the rows of the statements of *filing*, which is number *place* in the order of time.

    *tied* are its figures whose facts are known, *parts* the members that come of headings and not of rows.

    Statements none of whose figures has a fact are left out, unless *all_statements* are asked for.
    """
    by_line: dict[int, list[Tied]] = {}
    for one in tied if tied is not None else align(filing):
        if _is_tagged(column_scope(one.printed), parts):
            by_line.setdefault(id(one.printed.line), []).append(one)
    for statement in filing.statements:
        if statement.kind not in PRIMARY | RULES_ONLY or refuses(statement.title):
            continue
        if not all_statements and not any(id(line) in by_line for line in statement.lines):
            continue
        for want in ask(statement, base):
            if want.query.label and want.line.figures:
                found = by_line.get(id(want.line), ())
                row = _row(filing, place, want.query, want.candidates, found, parts)
                yield replace(row, dashes=_dashes(want.line, found))


def _is_tagged(scope: Scope, parts: Mapping[str, Members]) -> bool:
    """Whether the figures of a column are tagged: those "before tax" are not, beside others "net of tax"."""
    return scope.part not in (Part.OTHER, Part.UNKNOWN) or part_words(scope.name) in parts


def _dashes(line: Line, tied: Sequence[Tied]) -> tuple[int, int]:
    told = {id(one.printed.figure) for one in tied}
    dashes = [id(figure) in told for figure in line.figures if figure.numeral.dash]
    return sum(dashes), len(dashes) - sum(dashes)


def _row(
    filing: Filing,
    place: int,
    query: RowQuery,
    candidates: Sequence[Candidate],
    tied: Sequence[Tied],
    parts: Mapping[str, Members],
) -> Row:
    best = candidates[0] if candidates else None
    meant = [_meaning(one, parts) for one in tied]
    ranked = Counter(meant).most_common()
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return Row(filing=str(filing), newest=place, query=query, meaning=None, figures=len(tied), base=best)
    meaning = ranked[0][0]
    facts = [(one, one.facts[0]) for one, found in zip(tied, meant, strict=True) if found == meaning]
    first = facts[0][1]
    assert first.period is not None
    return Row(
        filing=str(filing),
        newest=place,
        query=query,
        meaning=meaning,
        figures=len(facts),
        sign=_sign(facts),
        unit=_kind(first.unit),
        period_type="duration" if hasattr(first.period, "start") else "instant",
        base=best,
        values=tuple(_values(filing, facts)),
    )


def _values(
    filing: Filing, facts: Sequence[tuple[Tied, LoadedFact]]
) -> Iterator[tuple[tuple[str, int, int, int], Decimal]]:
    for one, fact in facts:
        place = (str(filing), one.printed.statement.number, one.printed.line.index, one.printed.figure.column)
        if isinstance(fact.value, Decimal):
            yield place, fact.value


def _meaning(one: Tied, parts: Mapping[str, Members]) -> Meaning:
    """Return what a figure means, with the members of its row."""
    first = one.facts[0]
    members = own_members(one, parts)
    also = tuple(sorted({fact.concept for fact in one.facts[1:]} - {first.concept}))
    if also and also[0] < first.concept:  # which of the two is called first plays no part
        return Meaning(also[0], members, tuple(sorted({first.concept, *also[1:]})))
    return Meaning(first.concept, members, also)


def _sign(facts: Sequence[tuple[Tied, LoadedFact]]) -> int:
    signs = set()
    for one, fact in facts:
        printed = one.printed.figure.printed
        if printed and isinstance(fact.value, Decimal) and fact.value:
            signs.add(1 if (printed > 0) == (fact.value > 0) else -1)
    return signs.pop() if len(signs) == 1 else 0


def _kind(unit: Unit | None) -> str:
    """Return what a figure in *unit* is counted in, "" for what a pack cannot declare."""
    if unit is None:
        return ""
    if unit == SHARES:
        return "shares"
    text = str(unit)
    if "/" in text:
        return "per-share" if text.startswith("iso4217:") and text.endswith("shares") else ""
    return "money" if text.startswith("iso4217:") else "pure" if text.endswith("pure") else ""
