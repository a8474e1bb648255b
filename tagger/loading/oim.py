"""xBRL-JSON: the facts of an OIM report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tagger.loading.contexts import parse_period
from tagger.loading.errors import HostileError, LoadError
from tagger.loading.instance import parse_accuracy, parse_decimal
from tagger.loading.loaded import LoadedFact, LoadedReport
from tagger.loading.names import Names
from tagger.selection import Facts
from tagger.taxonomies import load_catalog
from tagger.values import PURE, Entity, Member, TypedMember, Unit

# What our own files say of an exact number without a unit, which nothing else tells from text.
_UNIT = "tagger:unit"
_CORE = frozenset({"concept", "entity", "period", "unit", "language", "noteId"})


def parse_json(data: bytes, name: str) -> dict[str, Any]:
    """Parse *data*, or say what is wrong with it."""
    try:
        parsed = json.loads(data.decode("utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError) as error:
        raise LoadError(f"{name}: no JSON that can be read: {error}") from error
    if not isinstance(parsed, dict):
        raise LoadError(f"{name}: no report: a JSON object was expected")
    return parsed


def document_type(report: Mapping[str, Any]) -> str:
    """Return what *report* says it is: "xbrl-json", "xbrl-csv", or ""."""
    info = report.get("documentInfo")
    kind = info.get("documentType", "") if isinstance(info, dict) else ""
    return str(kind).rpartition("/")[2] if str(kind).startswith("https://xbrl.org/") else ""


def read_json(report: Mapping[str, Any], name: str) -> LoadedReport:
    """Return the facts of *report*, a parsed xBRL-JSON document."""
    info = report["documentInfo"]
    facts = report.get("facts", {})
    if not isinstance(facts, dict):
        raise LoadError(f"{name}: its facts are no object")
    reader = OimReader(info.get("namespaces", {}))
    found = tuple(reader.facts((str(key), fact) for key, fact in facts.items()))
    return LoadedReport(
        facts=Facts(found),
        namespaces=reader.used(),
        taxonomy=tuple(map(str, info.get("taxonomy", ()))),
        name=name,
        problems=tuple(reader.problems),
    )


class OimReader:
    """Turns facts of the Open Information Model, whatever syntax they stand in, into ours."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._spaces: dict[str | None, str] = {str(prefix): str(uri) for prefix, uri in namespaces.items()}
        self._names = Names()
        self.problems: list[str] = []

    def used(self) -> dict[str, str]:
        return dict(sorted(self._names.used.items()))

    def facts(self, facts: Iterator[tuple[str, Any]]) -> Iterator[LoadedFact]:
        for key, fact in facts:
            try:
                yield self._fact(key, fact)
            except HostileError:
                raise
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                self.problems.append(f"{key}: {error!s}" if isinstance(error, ValueError) else f"{key}: no whole fact")

    def _fact(self, key: str, fact: Mapping[str, Any]) -> LoadedFact:
        dimensions: Mapping[str, str] = fact["dimensions"]
        told = {str(name): _detail(said) for name, said in fact.items() if ":" in str(name)}
        counted = told.pop(_UNIT, "") == str(PURE)
        details = tuple((name.partition(":")[2], said) for name, said in told.items())
        concept = self._name(dimensions["concept"])
        decimals = fact.get("decimals")
        value, unit = fact["value"], self._unit(dimensions.get("unit"))
        if unit is None and (decimals is not None or counted or _counts(concept, dimensions, value)):
            unit = PURE
        number = parse_decimal(value) if unit is not None and value is not None else value
        if unit is not None and value is not None and number is None:
            raise ValueError(f"{value!r} is no number")
        period = dimensions.get("period")
        return LoadedFact(
            id=key,
            concept=concept,
            entity=self._entity(dimensions["entity"]),
            period=parse_period(period) if period else None,
            value=number,
            unit=unit,
            decimals=None if value is None else parse_accuracy(_text(decimals), None, None),
            members=tuple(sorted(self._members(dimensions), key=lambda member: member.axis)),
            language=dimensions.get("language"),
            text=dict(details).get("text", "" if value is None else str(value)),
            details=details,
        )

    def _name(self, qname: str) -> str:
        return self._names.name(qname, self._spaces)

    def _entity(self, qname: str) -> Entity:
        prefix, _, identifier = qname.partition(":")
        return Entity(self._spaces.get(prefix, prefix), identifier)

    def _unit(self, text: str | None) -> Unit | None:
        if not text:
            return None
        numerator, _, denominator = text.partition("/")
        return Unit(self._measures(numerator), self._measures(denominator) if denominator else None)

    def _measures(self, text: str) -> str:
        return "*".join(sorted(self._name(measure) for measure in text.strip("()").split("*")))

    def _members(self, dimensions: Mapping[str, str]) -> Iterator[Member | TypedMember]:
        for axis, member in dimensions.items():
            if axis in _CORE:
                continue
            prefix, colon, local = (member or "").partition(":")
            if (
                colon
                and prefix in self._spaces
                and local.replace("_", "a").replace("-", "a").replace(".", "a").isalnum()
            ):
                yield Member(self._name(axis), self._name(member))
            else:
                yield TypedMember(self._name(axis), member or "")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _detail(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _counts(concept: str, dimensions: Mapping[str, str], value: str | None) -> bool:
    """Whether a fact without unit and decimals is an exact number all the same: the catalog knows, or nobody does."""
    if "language" in dimensions or value is None:
        return False
    known = load_catalog().find(concept)
    return known is not None and known.numeric and isinstance(parse_decimal(value), Decimal)
