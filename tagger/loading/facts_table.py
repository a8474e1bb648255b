"""The table of facts that this library writes, read back: from CSV, Parquet or Arrow files, and from frames."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any

from tagger.extras import library
from tagger.loading.contexts import parse_end, parse_start
from tagger.loading.csv_report import read_rows
from tagger.loading.errors import HostileError, LoadError
from tagger.loading.instance import parse_accuracy, parse_decimal
from tagger.loading.loaded import LoadedFact, LoadedReport, Value
from tagger.selection import Facts
from tagger.values import CIK_SCHEME, PLACEHOLDER_SCHEME, Duration, Entity, Instant, Member, Period, TypedMember, Unit
from tagger.writing.columns import NAMES, write_cell
from tagger.writing.facts_csv import unquote_cell

_WANTED = frozenset({"concept", "entity", "unit", "value", "decimals"})
_OWN = frozenset({"id", "concept", "scheme", "entity", "start", "end", "instant", "unit", "value", "string", "decimals", "members", "text", "language"})  # fmt: skip
_DETAILS = tuple(name for name in NAMES if name not in _OWN)
_LONG = Context(prec=4000)


def read_facts_csv(data: bytes, name: str) -> LoadedReport:
    """Return the facts of a table of facts in CSV; namespaces are not part of one."""
    columns, rows = read_rows(data, name)
    rows = [{name: unquote_cell(cell) if cell[:1] == "'" else cell for name, cell in row.items()} for row in rows]
    return _report(columns, rows, name)


def read_facts_file(data: bytes, name: str) -> LoadedReport:
    """Return the facts of a table of facts in a Parquet or Arrow file."""
    frames = library("pyarrow")
    try:
        if data.startswith(b"PAR1"):
            return read_frame(library("pyarrow.parquet").read_table(io.BytesIO(data)), name)
        return read_frame(library("pyarrow.ipc").open_file(io.BytesIO(data)).read_all(), name)
    except frames.ArrowException as error:
        raise LoadError(f"{name}: no table that can be read: {error}") from error


def read_frame(frame: Any, name: str = "") -> LoadedReport:
    """Return the facts of a frame of pandas or polars, or of a table or batch of Arrow."""
    match type(frame).__module__.partition(".")[0]:
        case "pandas":
            rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
            columns = list(map(str, frame.columns))
        case "polars":
            rows, columns = frame.to_dicts(), frame.columns
        case "pyarrow":
            rows, columns = frame.to_pylist(), frame.schema.names
        case _:
            raise TypeError(f"{type(frame).__name__}: give a path, or a frame of pandas, polars or Arrow")
    return _report(columns, [{key: _text(cell) for key, cell in row.items()} for row in rows], name)


def _text(cell: Any) -> str:
    """Write the cell of a frame as text; days may come as moments, numbers with noughts behind."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    text = write_cell(cell)
    return text.rstrip("0").removesuffix(".") if isinstance(cell, Decimal) and "." in text else text


def _report(columns: Sequence[str], rows: Iterable[Mapping[str, str]], name: str) -> LoadedReport:
    if not _WANTED.issubset(columns):
        raise LoadError(f"{name or 'the frame'}: no table of facts: it has no columns {', '.join(sorted(_WANTED))}")
    problems: list[str] = []
    facts = _told_apart(list(_facts(rows, problems)))
    return LoadedReport(facts=Facts(facts), namespaces={}, name=name, problems=tuple(problems))


def _facts(rows: Iterable[Mapping[str, str]], problems: list[str]) -> Iterator[LoadedFact]:
    for number, row in enumerate(rows, 2):
        if failure := row.get("failure"):
            problems.append(f"{row.get('source') or f'line {number}'}: {failure}")
            continue
        try:
            yield _fact(row)
        except HostileError:
            raise
        except (TypeError, ValueError) as error:
            problems.append(f"line {number}: {error}")


def _told_apart(facts: list[LoadedFact]) -> list[LoadedFact]:
    """Put the number of its document before the ids of facts, where a table of several documents repeats them."""
    if len({fact.id for fact in facts}) == len(facts):
        return facts
    from msgspec.structs import replace

    numbers = {name: place for place, name in enumerate(dict.fromkeys(fact.detail("source") for fact in facts), 1)}
    return [replace(fact, id=f"d{numbers[fact.detail('source')]}-{fact.id}") for fact in facts]


def _fact(row: Mapping[str, str]) -> LoadedFact:
    unit = _unit(row["unit"])
    value = _value(row["value"] or row.get("string") or "", unit)
    decimals = parse_accuracy("" if row["decimals"] == "INF" else row["decimals"], None, None)
    return LoadedFact(
        id=row.get("id") or "",
        concept=row["concept"],
        entity=_entity(row["entity"], row.get("scheme") or ""),
        period=_period(row),
        value=_rounded(value, decimals),
        unit=unit,
        decimals=decimals,
        members=tuple(_member(part) for part in (row.get("members") or "").split("; ") if part),
        language=row.get("language") or None,
        text=row.get("text") or "",
        table=int(row["table"]) if row.get("table") else None,
        details=tuple((name, row[name]) for name in _DETAILS if row.get(name)),
    )


def _rounded(value: Value, decimals: int | None) -> Value:
    """Give a number the decimals it was reported to, where these are only noughts: 0.10, which a frame holds as 0.1."""
    if not isinstance(value, Decimal) or decimals is None or decimals <= -int(value.as_tuple().exponent):
        return value
    return value.quantize(Decimal(1).scaleb(-max(decimals, 0)), context=_LONG)


def _entity(identifier: str, scheme: str) -> Entity:
    """Name the scheme of *identifier*; tables of earlier versions leave it out."""
    return Entity(scheme or (CIK_SCHEME if re.fullmatch(r"\d{10}", identifier) else PLACEHOLDER_SCHEME), identifier)


def _period(row: Mapping[str, str]) -> Period | None:
    if row.get("start"):
        return Duration(parse_start(row["start"]), parse_end(row.get("end") or ""))
    instant = row.get("instant") or row.get("end")
    return Instant(parse_end(instant)) if instant else None


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
