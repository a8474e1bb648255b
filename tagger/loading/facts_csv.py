"""The table of facts that `report.write("….csv")` makes, read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from tagger.loading.errors import LoadError
from tagger.loading.instance import parse_accuracy, parse_decimal
from tagger.loading.loaded import LoadedFact, LoadedReport, Value
from tagger.loading.moments import parse_end, parse_start
from tagger.loading.rows import read_rows
from tagger.selection import Facts
from tagger.values import CIK_SCHEME, PLACEHOLDER_SCHEME, Duration, Entity, Instant, Member, Period, TypedMember, Unit

_WANTED = frozenset({"concept", "entity", "unit", "value", "decimals"})
_DETAILS = ("label", "statement", "heading", "line", "rule", "proof", "why")


def read_facts_csv(data: bytes, name: str) -> LoadedReport:
    """Return the facts of a table of facts; namespaces are not part of one."""
    columns, rows = read_rows(data, name)
    if not _WANTED.issubset(columns):
        raise LoadError(f"{name}: no table of facts: it has no columns {', '.join(sorted(_WANTED))}")
    problems: list[str] = []
    return LoadedReport(facts=Facts(_facts(rows, problems)), namespaces={}, name=name, problems=tuple(problems))


def _facts(rows: Iterable[Mapping[str, str]], problems: list[str]) -> Iterator[LoadedFact]:
    for number, row in enumerate(rows, 2):
        try:
            yield _fact(row)
        except (TypeError, ValueError) as error:
            problems.append(f"line {number}: {error}")


def _fact(row: Mapping[str, str]) -> LoadedFact:
    unit = _unit(row["unit"])
    decimals = row["decimals"]
    return LoadedFact(
        id=row.get("id") or "",
        concept=row["concept"],
        entity=_entity(row["entity"], row.get("scheme") or ""),
        period=_period(row),
        value=_value(row["value"], unit),
        unit=unit,
        decimals=parse_accuracy(decimals, None, None),
        members=tuple(_member(part) for part in (row.get("members") or "").split("; ") if part),
        language=row.get("language") or None,
        text=row.get("text") or "",
        details=tuple((name, row[name]) for name in _DETAILS if row.get(name)),
    )


def _entity(identifier: str, scheme: str) -> Entity:
    """Name the scheme of *identifier*; tables of earlier versions leave it out."""
    return Entity(scheme or (CIK_SCHEME if re.fullmatch(r"\d{10}", identifier) else PLACEHOLDER_SCHEME), identifier)


def _period(row: Mapping[str, str]) -> Period | None:
    if instant := row.get("instant"):
        return Instant(parse_end(instant))
    if row.get("start"):
        return Duration(parse_start(row["start"]), parse_end(row.get("end") or ""))
    return None


def _unit(text: str) -> Unit | None:
    numerator, _, denominator = text.partition("/")
    return Unit(numerator, denominator or None) if numerator else None


def _value(text: str, unit: Unit | None) -> Value:
    if unit is None:
        return text
    number: Decimal | None = parse_decimal(text)
    if number is None and text:
        raise ValueError(f"{text!r} is no number")
    return number


def _member(text: str) -> Member | TypedMember:
    axis, _, member = text.partition("=")
    return Member(axis, member) if re.fullmatch(r"[\w.-]+:[\w.-]+", member) else TypedMember(axis, member)
