"""Keeping rows apart: of the filer's own concepts each name has one meaning, and rows called the same have one concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tagger.findings import Code, Finding
from tagger.naming.choice import Choice
from tagger.naming.own import own_name
from tagger.statement import Line, Statement
from tagger.values import Measure

_MOST_ALIKE = 20
_SUFFIXES = {"instant": "AtPeriodEnd", "duration": "ForPeriod"}


def apart(choices: Sequence[Choice], taken: dict[str, str]) -> tuple[tuple[Choice, ...], tuple[Finding, ...]]:
    """Give own concepts of *choices* names that nothing else has, and leave out, with a finding, those that get none.

    Two rows of one statement with the same words but other figures take their headings along, and then "Other"; behind
    twenty such rows a name would tell no reader which of them is meant. *taken* holds the own names of earlier
    statements with their period type; a name of the other period type gets a suffix.
    """
    named: list[Choice] = []
    nameless: list[Line] = []
    used: dict[str, Line] = {}
    for choice in choices:
        concept = _free_name(choice, used) if choice.own else choice.concept
        if concept is None:
            nameless.append(choice.line)
            continue
        if choice.own:
            choice = replace(choice, concept=_of_its_period_type(concept, choice.period_type, taken))
            used[choice.concept] = choice.line
        named.append(choice)
    return tuple(named), (_left_out(nameless),) if nameless else ()


def told_apart(
    choices: Sequence[Choice], statement: Statement, units: Mapping[int, Measure]
) -> tuple[tuple[Choice, ...], tuple[Finding, ...]]:
    """Leave out of *choices*, with a finding, rows that are called the same, print other figures and were to have other concepts:
    but for those that stand in a sum nothing tells which of them is meant; which stands first decides nothing. *units* are the
    measures of all rows: of shares and amounts per share no sums are sought.
    """
    rows: dict[tuple[object, ...], list[Line]] = {}
    for line in statement.lines:
        if line.label and line.figures and units.get(line.index) is Measure.MONEY:
            rows.setdefault((line.label.lower(), line.headings, line.scope), []).append(line)
    summed = {row for found in statement.sums for row in (found.total, *found.parts)}
    named = {choice.line.index: choice.concept for choice in choices}
    out = {
        line.index: lines
        for lines in rows.values()
        if not all(same_figures(lines[0], other) for other in lines[1:])
        and len({named.get(line.index) for line in lines}) > 1
        for line in lines
        if line.index not in summed
    }
    kept = tuple(choice for choice in choices if choice.own or choice.line.index not in out)
    doubted = [choice for choice in choices if not choice.own and choice.line.index in out]
    return kept, tuple(_alike(choice, len(out[choice.line.index])) for choice in doubted)


def _alike(choice: Choice, count: int) -> Finding:
    text = f"{choice.line.label!r}: {count} rows are called so, print other figures, and no sum has this one; nothing tells which is meant"
    return Finding.error(Code.DUPLICATE_DIFFERS, text, choice.line.figures[0].span)


def _free_name(choice: Choice, used: Mapping[str, Line]) -> str | None:
    """Return the name of *choice* that no other figures have in this statement, if there is one."""
    concept, headings = choice.concept, list(choice.line.headings)
    for _ in range(_MOST_ALIKE):
        if concept not in used or same_figures(used[concept], choice.line):
            return concept
        concept += own_name(headings.pop()) if headings else "Other"
    return None


def _of_its_period_type(concept: str, period_type: str, taken: dict[str, str]) -> str:
    if taken.get(concept, period_type) != period_type:
        concept += _SUFFIXES[period_type]
    taken.setdefault(concept, period_type)
    return concept


def _left_out(nameless: Sequence[Line]) -> Finding:
    first, *others = nameless
    more = f" and {len(others)} more" if others else ""
    return Finding.error(
        Code.OVER_LIMIT,
        f"row {first.label!r}{more}: {_MOST_ALIKE} rows of the same words and other figures stand before; no name tells it apart",
        first.figures[0].span,
    )


def same_figures(one: Line, other: Line) -> bool:
    """Whether two lines print the same figures, but for their signs, in the columns they share."""
    a = {figure.column: abs(figure.printed) for figure in one.figures}
    b = {figure.column: abs(figure.printed) for figure in other.figures}
    shared = a.keys() & b.keys()
    return not shared or all(a[column] == b[column] for column in shared)
