"""The table of facts as a data frame: pandas, polars, Arrow and Parquet, each an optional extra."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from tagger.extras import library
from tagger.writing.columns import COLUMNS, DIGITS, PLACES, Cell, Column, Kind, Row

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_PANDAS = {Kind.INTEGER: "Int64", Kind.REAL: "Float64", Kind.FLAG: "boolean"}


def to_pandas(rows: Sequence[Row]) -> pandas.DataFrame:
    """Return *rows* as a pandas frame; *value* holds `Decimal`, exact as reported."""
    frames = library("pandas")
    columns = {column.name: _pandas_column(frames, column, cells) for column, cells in _columns(rows)}
    frame: pandas.DataFrame = frames.DataFrame(columns)
    return frame


def _pandas_column(frames: Any, column: Column, cells: list[Cell]) -> Any:
    if column.kind is Kind.DATE:
        return frames.to_datetime(frames.Series(cells, dtype=object))
    return frames.Series(cells, dtype=_PANDAS.get(column.kind, object))


def to_arrow(rows: Sequence[Row]) -> pyarrow.Table:
    """Return *rows* as an Arrow table of `arrow_schema`."""
    frames = library("pyarrow")
    table: pyarrow.Table = frames.table([cells for _, cells in _columns(rows)], schema=arrow_schema())
    return table


def to_polars(rows: Sequence[Row]) -> polars.DataFrame:
    """Return *rows* as a polars frame."""
    frames = library("polars")
    types = {Kind.DATE: frames.Date, Kind.INTEGER: frames.Int32, Kind.REAL: frames.Float64, Kind.FLAG: frames.Boolean}
    types[Kind.NUMBER] = frames.Decimal(DIGITS, PLACES)
    schema = {column.name: types.get(column.kind, frames.String) for column in COLUMNS}
    frame: polars.DataFrame = frames.DataFrame({column.name: cells for column, cells in _columns(rows)}, schema=schema)
    return frame


def write_parquet(rows: Sequence[Row]) -> bytes:
    """Return *rows* as a Parquet file."""
    buffer = io.BytesIO()
    library("pyarrow.parquet").write_table(to_arrow(rows), buffer, compression="zstd")
    return buffer.getvalue()


def write_stream(rows: Sequence[Row]) -> bytes:
    """Return *rows* as an Arrow stream, packed: what one process hands another."""
    return pack(to_arrow(rows))


def pack(table: pyarrow.Table) -> bytes:
    """Return *table* as an Arrow stream, packed."""
    frames = library("pyarrow")
    buffer = io.BytesIO()
    options = frames.ipc.IpcWriteOptions(compression="zstd")
    with library("pyarrow.ipc").new_stream(buffer, table.schema, options=options) as stream:
        stream.write_table(table)
    return buffer.getvalue()


@cache
def arrow_schema() -> pyarrow.Schema:
    """Return the schema of the table of facts, the same for every document; its fields say what they hold."""
    frames = library("pyarrow")
    types = {Kind.DATE: frames.date32(), Kind.INTEGER: frames.int32(), Kind.REAL: frames.float64()}
    types |= {Kind.NUMBER: frames.decimal128(DIGITS, PLACES), Kind.FLAG: frames.bool_()}
    return frames.schema([frames.field(c.name, types.get(c.kind, frames.string())) for c in COLUMNS])


def _columns(rows: Sequence[Row]) -> list[tuple[Column, list[Cell]]]:
    turned = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    return [(column, list(cells)) for column, cells in zip(COLUMNS, turned, strict=True)]
