"""Facts as a data frame: pandas, polars, Arrow and Parquet, each an optional extra."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tagger.extras import library
from tagger.facts import Fact
from tagger.values import Duration
from tagger.writing.reported import Reported, write_members

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_MOST_DIGITS = 38  # what Arrow's decimals of 128 bits hold


def to_pandas(facts: Sequence[Reported]) -> pandas.DataFrame:
    """Return the facts as a pandas frame; *value* holds `Decimal`, exact as reported."""
    frames = library("pandas")
    frame: pandas.DataFrame = frames.DataFrame(columns(facts))
    for name in ("start", "end"):
        frame[name] = frames.to_datetime(frame[name])
    frame["decimals"] = frame["decimals"].astype("Int64")
    return frame


def to_arrow(facts: Sequence[Reported]) -> pyarrow.Table:
    """Return the facts as an Arrow table; *value* is a decimal with as many places as the facts need."""
    frames = library("pyarrow")
    found = columns(facts)
    schema = frames.schema([(name, _arrow_type(frames, name, cells)) for name, cells in found.items()])
    table: pyarrow.Table = frames.table(found, schema=schema)
    return table


def to_polars(facts: Sequence[Reported]) -> polars.DataFrame:
    """Return the facts as a polars frame; *value* is a decimal with as many places as the facts need."""
    frames = library("polars")
    found = columns(facts)
    schema = {name: _polars_type(frames, name, cells) for name, cells in found.items()}
    frame: polars.DataFrame = frames.DataFrame(found, schema=schema)
    return frame


def write_parquet(facts: Sequence[Reported]) -> bytes:
    """Return the facts as a Parquet file."""
    table = to_arrow(facts)
    buffer = io.BytesIO()
    library("pyarrow.parquet").write_table(table, buffer)
    return buffer.getvalue()


def columns(facts: Sequence[Reported]) -> dict[str, list[Any]]:
    """Return the facts by column: an instant has no *start*, and what is no number stands in *text* alone."""
    rows = [_row(fact) for fact in facts]
    return {name: [row[name] for row in rows] for name in _NAMES}


_NAMES = ("id", "concept", "scheme", "entity", "start", "end", "unit", "value", "decimals", "members", "text", "label", "statement", "heading", "rule", "proof", "why")  # fmt: skip


def _row(fact: Reported) -> Mapping[str, Any]:
    row: dict[str, Any] = dict.fromkeys(_NAMES)
    period = fact.period
    row |= {"id": fact.id, "concept": fact.concept, "scheme": fact.entity.scheme, "entity": fact.entity.identifier}
    row |= {"start": period.start if isinstance(period, Duration) else None, "end": period.end if period else None}
    row |= {"unit": str(fact.unit) if fact.unit else None, "decimals": fact.decimals}
    row["members"] = write_members(fact.members)
    row["value"] = fact.value if isinstance(fact.value, Decimal) else None
    row["text"] = fact.value if isinstance(fact.value, str) else None
    if isinstance(fact, Fact):
        row |= {"text": fact.printed.text, "label": fact.label, "statement": fact.statement, "heading": fact.heading}
        row |= {"rule": fact.rule, "why": "; ".join(fact.why)}
        row["proof"] = "; ".join(map(str, fact.proof))
    else:
        row |= {name: told for name, told in getattr(fact, "details", ()) if name in row and not row[name]}
    return row


def _places(values: list[Decimal | None]) -> tuple[int, int]:
    """Return how many digits in all, and how many after the point, *values* need."""
    tuples = [value.as_tuple() for value in values if value is not None]
    places = max((max(0, -int(parts.exponent)) for parts in tuples), default=0)
    whole = max((len(parts.digits) + int(parts.exponent) for parts in tuples), default=1)
    return max(whole, 1) + places, places


def _arrow_type(frames: Any, name: str, cells: list[Any]) -> Any:
    if name == "value":
        digits, places = _places(cells)
        make = frames.decimal128 if digits <= _MOST_DIGITS else frames.decimal256
        return make(max(digits, _MOST_DIGITS), places)
    return {"start": frames.date32(), "end": frames.date32(), "decimals": frames.int32()}.get(name, frames.string())


def _polars_type(frames: Any, name: str, cells: list[Any]) -> Any:
    if name == "value":
        return frames.Decimal(_MOST_DIGITS, _places(cells)[1])
    return {"start": frames.Date, "end": frames.Date, "decimals": frames.Int32}.get(name, frames.String)
