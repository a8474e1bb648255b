"""Keeping the filer's own concepts apart: one name, one meaning."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tagger.naming.choice import Choice
from tagger.naming.own import own_name
from tagger.statement import Line

_SUFFIXES = {"instant": "AtPeriodEnd", "duration": "ForPeriod"}


def apart(choices: Sequence[Choice], taken: dict[str, str]) -> tuple[Choice, ...]:
    """Give own concepts of *choices* names that nothing else has.

    Two rows of one statement with the same words but other figures take their headings
    along. *taken* holds the own names of earlier statements with their period type; a
    name of the other period type gets a suffix.
    """
    named: list[Choice] = []
    used: dict[str, Line] = {}
    for choice in choices:
        if choice.own:
            choice = _renamed(choice, used, taken)
            used[choice.concept] = choice.line
        named.append(choice)
    return tuple(named)


def _renamed(choice: Choice, used: dict[str, Line], taken: dict[str, str]) -> Choice:
    prefix, _, local = choice.concept.partition(":")
    headings = list(choice.line.headings)
    while f"{prefix}:{local}" in used and not same_figures(used[f"{prefix}:{local}"], choice.line):
        local += own_name(headings.pop()) if headings else "Other"
    if taken.get(f"{prefix}:{local}", choice.period_type) != choice.period_type:
        local += _SUFFIXES[choice.period_type]
    taken.setdefault(f"{prefix}:{local}", choice.period_type)
    return replace(choice, concept=f"{prefix}:{local}")


def same_figures(one: Line, other: Line) -> bool:
    """Whether two lines print the same figures, but for their signs, in the columns they share."""
    a = {figure.column: abs(figure.printed) for figure in one.figures}
    b = {figure.column: abs(figure.printed) for figure in other.figures}
    shared = a.keys() & b.keys()
    return not shared or all(a[column] == b[column] for column in shared)
