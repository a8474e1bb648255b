"""Releases in, facts out, as Arrow batches: what engines that run on many machines call (``gaap-tagger[arrow]``).

A batch of releases has a column ``content`` (bytes or text), a column ``name``, and if it likes ``entity``
(``cik:0001234567``). A batch of facts has the columns of the table of facts and ``failure``: a document that gave no
report is a row of its own that says why. Any number of processes and threads may call these functions.

>>> batch = pyarrow.record_batch({"name": ["empty.txt"], "content": [b""]})
>>> tag_batch(batch).column("failure").to_pylist()
['there is nothing in it; give a release as HTML or text']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tagger.batches.failure import Failure
from tagger.batches.many import options_of
from tagger.batches.sources import Source
from tagger.batches.work import Options, ReportWork
from tagger.extras import library
from tagger.tagging.entity import parse_entity
from tagger.writing.columns import NAMES, Row, tagged_rows
from tagger.writing.frames import arrow_schema

if TYPE_CHECKING:
    import pandas
    import pyarrow
else:
    pyarrow = library("pyarrow")

__all__ = ["SCHEMA", "tag_batch", "tag_batches", "tag_frame", "tag_table"]


def _schema() -> pyarrow.Schema:
    schema: pyarrow.Schema = arrow_schema().append(pyarrow.field("failure", pyarrow.string()))
    return schema


SCHEMA: pyarrow.Schema = _schema()
"""The columns of a batch of facts."""


def tag_batch(batch: pyarrow.RecordBatch, **options: Any) -> pyarrow.RecordBatch:
    """Return the facts of the releases in *batch*, in their order; *options* are those of `tagger.tag`."""
    asked = options_of(**options)
    rows = [row for source, entity in _sources(batch) for row in _rows(source, entity, asked)]
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    arrays = [pyarrow.array(cells, field.type) for cells, field in zip(columns, SCHEMA, strict=True)]
    made: pyarrow.RecordBatch = pyarrow.RecordBatch.from_arrays(arrays, schema=SCHEMA)
    return made


def tag_batches(batches: Iterable[pyarrow.RecordBatch], **options: Any) -> Iterator[pyarrow.RecordBatch]:
    """Yield the facts of each of *batches*, as PySpark's ``mapInArrow`` asks for."""
    for batch in batches:
        yield tag_batch(batch, **options)


def tag_table(table: pyarrow.Table, **options: Any) -> pyarrow.Table:
    """Return the facts of the releases in *table*, as Ray Data's ``map_batches`` asks for."""
    made: pyarrow.Table = pyarrow.Table.from_batches(tag_batches(table.to_batches(), **options), schema=SCHEMA)
    return made


def tag_frame(frame: pandas.DataFrame, **options: Any) -> pandas.DataFrame:
    """Return the facts of the releases in a pandas *frame*, as Dask's ``map_partitions`` asks for."""
    wanted = [name for name in ("name", "content", "entity") if name in frame.columns]
    table = pyarrow.Table.from_pandas(frame[wanted], preserve_index=False)
    types = library("pandas").ArrowDtype
    made: pandas.DataFrame = tag_table(table, **options).to_pandas(types_mapper=types)
    return made


def _sources(batch: pyarrow.RecordBatch) -> Iterator[tuple[Source, str | None]]:
    known = batch.schema.names
    if missing := [name for name in ("name", "content") if name not in known]:
        raise ValueError(
            f"a batch of releases needs a column {' and a column '.join(missing)}; it has {', '.join(known)}"
        )
    entities = batch.column("entity").to_pylist() if "entity" in known else [None] * batch.num_rows
    names, contents = batch.column("name").to_pylist(), batch.column("content").to_pylist()
    for name, content, entity in zip(names, contents, entities, strict=True):
        yield Source(name=name or "", data=content if content is not None else b""), entity


def _rows(source: Source, entity: str | None, options: Options) -> list[Row]:
    """Return the rows of a document, or the one that says why there are none."""
    try:
        given = parse_entity(entity) if entity else options.entity
    except ValueError as error:
        return [_failed(source.name, str(error))]
    outcome = ReportWork(replace(options, entity=given))(source)
    if isinstance(outcome, Failure):
        return [_failed(outcome.source, outcome.reason)]
    return [(*row, None) for row in tagged_rows(outcome.tagged)]


def _failed(source: str, reason: str) -> Row:
    return (*(source if name == "source" else None for name in NAMES), reason)
