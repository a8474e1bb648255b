"""Contexts and units of XBRL and Inline XBRL documents, and the days of their periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache

from lxml import etree
from msgspec import Struct

from tagger.loading.names import Names
from tagger.taxonomies.documents import XBRLI
from tagger.values import Duration, Entity, Instant, Member, Period, TypedMember, Unit

_XBRLDI = "{http://xbrl.org/2006/xbrldi}"
_DAY = dt.timedelta(days=1)


class Context(Struct, frozen=True):
    """Who, when, and on which dimensions."""

    entity: Entity
    period: Period | None
    members: tuple[Member | TypedMember, ...] = ()


def read_contexts(elements: Iterable[etree._Element], names: Names, problems: list[str]) -> dict[str, Context]:
    """Return the contexts among *elements* by id; of one that is broken only *problems* tell."""
    found: dict[str, Context] = {}
    for element in elements:
        name = element.get("id", "")
        try:
            found[name] = _context(element, names)
        except ValueError as error:
            problems.append(f"context {name}: {error}")
    return found


def _context(element: etree._Element, names: Names) -> Context:
    identifier = element.find(f"{XBRLI}entity/{XBRLI}identifier")
    if identifier is None:
        raise ValueError("no entity")
    entity = Entity(identifier.get("scheme", ""), (identifier.text or "").strip())
    return Context(entity, _period(element.find(f"{XBRLI}period")), tuple(sorted(_members(element, names), key=_axis)))


def _axis(member: Member | TypedMember) -> str:
    return member.axis


def _period(element: etree._Element | None) -> Period | None:
    if element is None:
        raise ValueError("no period")
    texts = {child.tag: (child.text or "") for child in element if isinstance(child.tag, str)}
    if (instant := texts.get(f"{XBRLI}instant")) is not None:
        return Instant(parse_end(instant))
    if f"{XBRLI}forever" in texts:
        return None
    try:
        return Duration(parse_start(texts[f"{XBRLI}startDate"]), parse_end(texts[f"{XBRLI}endDate"]))
    except KeyError:
        raise ValueError("no dates") from None


def _members(element: etree._Element, names: Names) -> Iterable[Member | TypedMember]:
    for member in element.iter(f"{_XBRLDI}explicitMember", f"{_XBRLDI}typedMember"):
        axis = names.name(member.get("dimension", ""), member.nsmap)
        if member.tag == f"{_XBRLDI}explicitMember":
            yield Member(axis, names.name(member.text or "", member.nsmap))
        else:
            yield _typed(axis, next(iter(member), None), names)


def _typed(axis: str, domain: etree._Element | None, names: Names) -> TypedMember:
    if domain is None:
        return TypedMember(axis, "")
    uri, _, local = str(domain.tag).removeprefix("{").rpartition("}")
    name = names.named(uri, local, domain.prefix or "")
    return TypedMember(axis, "".join(map(str, domain.itertext())).strip(), name)


def read_units(elements: Iterable[etree._Element], names: Names) -> dict[str, Unit]:
    """Return the units among *elements* by id; factors are joined by ``*``."""
    return {element.get("id", ""): _unit(element, names) for element in elements}


def _unit(element: etree._Element, names: Names) -> Unit:
    divide = element.find(f"{XBRLI}divide")
    if divide is None:
        return Unit(_measures(element, names))
    parts: Mapping[str, etree._Element] = {str(part.tag): part for part in divide}
    numerator, denominator = (parts.get(f"{XBRLI}unit{part}") for part in ("Numerator", "Denominator"))
    return Unit(
        _measures(numerator, names) if numerator is not None else "",
        _measures(denominator, names) if denominator is not None else None,
    )


def _measures(element: etree._Element, names: Names) -> str:
    found = element.iterchildren(f"{XBRLI}measure")
    return "*".join(sorted(names.name(measure.text or "", measure.nsmap) for measure in found))


@lru_cache(maxsize=4096)
def parse_end(text: str) -> dt.date:
    """Return the last day before the moment *text*: a date stands for its end, midnight for the day that it ends.

    >>> parse_end("2024-06-30"), parse_end("2024-07-01T00:00:00")
    (datetime.date(2024, 6, 30), datetime.date(2024, 6, 30))
    """
    day, midnight = _moment(text)
    return day - _DAY if midnight else day


@lru_cache(maxsize=4096)
def parse_start(text: str) -> dt.date:
    """Return the first day from the moment *text* on."""
    return _moment(text)[0]


def _moment(text: str) -> tuple[dt.date, bool]:
    date, mark, time = text.strip().partition("T")
    return dt.date.fromisoformat(date[:10]), bool(mark) and time.startswith("00:00:00")


def parse_period(text: str) -> Period:
    """Read a period as OIM writes it: moments, with the end after the last day.

    >>> str(parse_period("2024-04-01T00:00:00/2024-07-01T00:00:00"))
    '2024-04-01/2024-06-30'
    """
    start, slash, end = text.partition("/")
    return Duration(parse_start(start), parse_end(end)) if slash else Instant(parse_end(start))
