"""Contexts and units of a set of facts: one of each kind, with ids that say what they are."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from msgspec import Struct

from tagger.characters import NCNAME, escape_text
from tagger.patterns import pattern
from tagger.values import Duration, Entity, Instant, Member, Period, TypedMember, Unit
from tagger.writing.names import unique
from tagger.writing.reported import Reported

_NOT_NAME = pattern(r"[^A-Za-z0-9_.-]+")

Context = tuple[Entity, Period | None, tuple[Member | TypedMember, ...]]


class References(Struct, frozen=True):
    """The ids of facts (by position), contexts and units of one document, no two of them the same."""

    facts: tuple[str, ...]
    contexts: dict[Context, str]
    units: dict[Unit, str]

    def context(self, fact: Reported) -> str:
        return self.contexts[context_of(fact)]


def context_of(fact: Reported) -> Context:
    members = fact.members
    return fact.entity, fact.period, tuple(sorted(members, key=_axis)) if len(members) > 1 else members


def _axis(member: Member | TypedMember) -> tuple[str, str]:
    return member.axis, member.member


def references(facts: Sequence[Reported]) -> References:
    """Give every fact an id, and every context and unit that the facts need."""
    taken: dict[str, int] = {}
    ids: list[str] = []
    contexts: dict[Context, str] = {}
    units: dict[Unit, str] = {}
    for fact in facts:
        ids.append(unique(fact.id if NCNAME.fullmatch(fact.id) else f"f{len(ids) + 1}", taken))
    for fact in facts:
        if (key := context_of(fact)) not in contexts:
            contexts[key] = unique(_context_name(key), taken)
        if fact.unit is not None and fact.unit not in units:
            units[fact.unit] = unique(_unit_name(fact.unit), taken)
    return References(tuple(ids), contexts, units)


def _context_name(context: Context) -> str:
    _, period, members = context
    names = (_NOT_NAME.sub("-", member.member.rpartition(":")[2]) for member in members)
    return "_".join((_dates(period), *names))


def _dates(period: Period | None) -> str:
    if period is None:
        return "forever"
    if isinstance(period, Instant):
        return f"i{period.date:%Y%m%d}"
    return f"d{period.start:%Y%m%d}-{period.end:%Y%m%d}"


def _unit_name(unit: Unit) -> str:
    numerator, _, denominator = str(unit).partition("/")
    local = numerator.rpartition(":")[2]
    return f"{local}_per_{denominator.rpartition(':')[2]}" if denominator else local


def write_context(context: Context, name: str) -> str:
    """Write an xbrli:context."""
    entity, period, members = context
    segment = "".join(map(_member, members))
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="{escape(entity.scheme)}">'
        f"{escape(entity.identifier)}</xbrli:identifier>"
        f"{f'<xbrli:segment>{segment}</xbrli:segment>' if segment else ''}</xbrli:entity>"
        f"<xbrli:period>{_period(period)}</xbrli:period></xbrli:context>"
    )


def _member(member: Member | TypedMember) -> str:
    if isinstance(member, Member):
        return f'<xbrldi:explicitMember dimension="{member.axis}">{member.member}</xbrldi:explicitMember>'
    if not member.domain:
        raise ValueError(f"{member.axis}: the element that holds its values is not known, so that XML cannot say them")
    held = f"<{member.domain}>{escape_text(member.value)}</{member.domain}>"
    return f'<xbrldi:typedMember dimension="{member.axis}">{held}</xbrldi:typedMember>'


def _period(period: Period | None) -> str:
    if period is None:
        return "<xbrli:forever/>"
    if isinstance(period, Duration):
        return f"<xbrli:startDate>{period.start}</xbrli:startDate><xbrli:endDate>{period.end}</xbrli:endDate>"
    return f"<xbrli:instant>{period.date}</xbrli:instant>"


def write_unit(unit: Unit, name: str) -> str:
    """Write an xbrli:unit."""
    if unit.denominator is None:
        return f'<xbrli:unit id="{name}">{_measures(unit.numerator)}</xbrli:unit>'
    return (
        f'<xbrli:unit id="{name}"><xbrli:divide>'
        f"<xbrli:unitNumerator>{_measures(unit.numerator)}</xbrli:unitNumerator>"
        f"<xbrli:unitDenominator>{_measures(unit.denominator)}</xbrli:unitDenominator>"
        "</xbrli:divide></xbrli:unit>"
    )


def _measures(factors: str) -> str:
    return "".join(f"<xbrli:measure>{measure}</xbrli:measure>" for measure in factors.split("*"))


def write_references(refs: References) -> str:
    """Write all contexts and units, a line each."""
    lines = [write_context(context, name) for context, name in refs.contexts.items()]
    lines += [write_unit(unit, name) for unit, name in refs.units.items()]
    return "\n".join(lines)
