"""Contexts and units of a set of facts: one of each kind, with ids that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from tagger.facts import Fact
from tagger.values import Duration, Entity, Instant, Member, Period, Unit
from tagger.writing.names import unique

_NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")

Context = tuple[Entity, Period, tuple[Member, ...]]


@dataclass(frozen=True, slots=True)
class References:
    """The ids of facts (by position), contexts and units of one document, no two of them the same."""

    facts: tuple[str, ...]
    contexts: dict[Context, str]
    units: dict[Unit, str]

    def context(self, fact: Fact) -> str:
        return self.contexts[context_of(fact)]


def context_of(fact: Fact) -> Context:
    return fact.entity, fact.period, tuple(sorted(fact.members))


def references(facts: Iterable[Fact]) -> References:
    """Give every fact an id, and every context and unit that the facts need."""
    taken: set[str] = set()
    ids: list[str] = []
    contexts: dict[Context, str] = {}
    units: dict[Unit, str] = {}
    for fact in facts:
        ids.append(unique(fact.id if _NCNAME.fullmatch(fact.id) else f"f{len(ids) + 1}", taken))
    for fact in facts:
        if (key := context_of(fact)) not in contexts:
            contexts[key] = unique(_context_name(key), taken)
        if fact.unit not in units:
            units[fact.unit] = unique(_unit_name(fact.unit), taken)
    return References(tuple(ids), contexts, units)


def _context_name(context: Context) -> str:
    _, period, members = context
    dates = f"i{period.date:%Y%m%d}" if isinstance(period, Instant) else f"d{period.start:%Y%m%d}-{period.end:%Y%m%d}"
    return "_".join((dates, *(member.member.rpartition(":")[2] for member in members)))


def _unit_name(unit: Unit) -> str:
    numerator, _, denominator = str(unit).partition("/")
    local = numerator.rpartition(":")[2]
    return f"{local}_per_{denominator.rpartition(':')[2]}" if denominator else local


def write_context(context: Context, name: str) -> str:
    """Write an xbrli:context."""
    entity, period, members = context
    segment = "".join(
        f'<xbrldi:explicitMember dimension="{member.axis}">{member.member}</xbrldi:explicitMember>'
        for member in members
    )
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="{escape(entity.scheme)}">'
        f"{escape(entity.identifier)}</xbrli:identifier>"
        f"{f'<xbrli:segment>{segment}</xbrli:segment>' if segment else ''}</xbrli:entity>"
        f"<xbrli:period>{_period(period)}</xbrli:period></xbrli:context>"
    )


def _period(period: Period) -> str:
    if isinstance(period, Duration):
        return f"<xbrli:startDate>{period.start}</xbrli:startDate><xbrli:endDate>{period.end}</xbrli:endDate>"
    return f"<xbrli:instant>{period.date}</xbrli:instant>"


def write_unit(unit: Unit, name: str) -> str:
    """Write an xbrli:unit."""
    if unit.denominator is None:
        return f'<xbrli:unit id="{name}"><xbrli:measure>{unit.numerator}</xbrli:measure></xbrli:unit>'
    return (
        f'<xbrli:unit id="{name}"><xbrli:divide>'
        f"<xbrli:unitNumerator><xbrli:measure>{unit.numerator}</xbrli:measure></xbrli:unitNumerator>"
        f"<xbrli:unitDenominator><xbrli:measure>{unit.denominator}</xbrli:measure></xbrli:unitDenominator>"
        "</xbrli:divide></xbrli:unit>"
    )


def write_references(refs: References) -> str:
    """Write all contexts and units, a line each."""
    lines = [write_context(context, name) for context, name in refs.contexts.items()]
    lines += [write_unit(unit, name) for unit, name in refs.units.items()]
    return "\n".join(lines)
