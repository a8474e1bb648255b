"""The outputs of a batch: facts and documents as tables, findings as lines; written in order, whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

from tagger.batches.failure import Failure
from tagger.batches.store import Entry, Store
from tagger.extras import library
from tagger.writing.columns import NAMES
from tagger.writing.facts_csv import quote_cell, unquote_cell

FORMS = {".parquet": "arrow", ".arrow": "arrow", ".csv": "csv"}
DOCUMENTS = ("source", "status", "reason", "company", "cik", "accession", "facts", "proven", "findings", "key")
DONE = "done"
_GROUP = 25_000  # rows that stand together in a file, and in memory while it is written
_SOURCE = NAMES.index("source")


def documents_path(output: Path) -> Path:
    """Return where the table of documents stands: beside the table of facts.

    >>> documents_path(Path("out/facts.parquet")).name
    'facts-documents.parquet'
    """
    return output.with_name(f"{output.stem}-documents{output.suffix}")


def write_facts(output: Path, file: BinaryIO, store: Store, sources: Sequence[str]) -> None:
    """Write the facts of *sources*, in their order, to *file*, which becomes *output*."""
    from tagger.writing.frames import arrow_schema

    parts = store.parts(list(sources), FORMS[output.suffix.lower()])
    if output.suffix.lower() == ".csv":
        file.write(_line(NAMES))
        file.writelines(parts)
    else:
        _write_arrow(file, _grouped(parts), arrow_schema(), parquet=output.suffix.lower() == ".parquet")


def write_lines(file: BinaryIO, store: Store, sources: Sequence[str]) -> None:
    """Write the findings of *sources*, in their order, to *file*."""
    file.writelines(store.parts(list(sources), "findings"))


def write_documents(output: Path, file: BinaryIO, store: Store, sources: Sequence[str]) -> None:
    """Write a row for each of *sources*: what became of it, and if it failed, why."""
    rows = [_document(*store.entry(source)) for source in sources]
    if output.suffix.lower() == ".csv":
        file.write(_line(DOCUMENTS))
        file.writelines(_line(["" if cell is None else quote_cell(str(cell)) for cell in row]) for row in rows)
        return
    frames = library("pyarrow")
    types = {name: frames.int32() for name in ("facts", "proven", "findings")}
    schema = frames.schema([(name, types.get(name, frames.string())) for name in DOCUMENTS])
    columns = [list(cells) for cells in zip(*rows, strict=True)] if rows else [[] for _ in DOCUMENTS]
    table = frames.table(columns, schema=schema)
    _write_arrow(file, [table], schema, parquet=output.suffix.lower() == ".parquet")


def _document(entry: Entry, key: str) -> tuple[str | int | None, ...]:
    if isinstance(entry, Failure):
        return (entry.source, entry.kind.value, entry.reason, None, None, None, 0, 0, 0, key)
    told = (
        entry.company or None,
        entry.cik or None,
        entry.accession or None,
        entry.facts,
        entry.proven,
        entry.findings,
    )
    return (entry.source, DONE, None, *told, key)


def _line(cells: Sequence[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("utf-8", "replace")


def _grouped(parts: Iterable[bytes]) -> Iterator[Any]:
    """Yield Arrow tables of many documents each; where one ends depends on the documents alone."""
    frames, ipc = library("pyarrow"), library("pyarrow.ipc")
    tables: list[Any] = []
    for part in parts:
        tables.append(ipc.open_stream(part).read_all())
        if sum(table.num_rows for table in tables) >= _GROUP:
            yield frames.concat_tables(tables).combine_chunks()
            tables = []
    if tables:
        yield frames.concat_tables(tables).combine_chunks()


def _write_arrow(file: BinaryIO, tables: Iterable[Any], schema: Any, *, parquet: bool) -> None:
    if parquet:
        writer = library("pyarrow.parquet").ParquetWriter(file, schema, compression="zstd")
    else:
        writer = library("pyarrow.ipc").new_file(file, schema)
    with writer:
        for table in tables:
            writer.write_table(table)


def read_documents(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a table of documents."""
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [{name: unquote_cell(cell or "") for name, cell in row.items()} for row in csv.DictReader(file)]
    return [row for batch in _arrow_batches(path) for row in batch.to_pylist()]


def read_parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the rows of each document of a table of facts, or the lines of its findings, as the store keeps them."""
    match path.suffix.lower():
        case ".csv":
            yield from _csv_parts(path)
        case ".parquet" | ".arrow":
            yield from _arrow_parts(path)
        case _:
            yield from _line_parts(path)


def _csv_parts(path: Path) -> Iterator[tuple[str, bytes]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        for source, group in groupby(rows, key=itemgetter(_SOURCE)):
            yield unquote_cell(source), b"".join(map(_line, group))


def _line_parts(path: Path) -> Iterator[tuple[str, bytes]]:
    import json

    with path.open("rb") as file:
        for source, group in groupby(file, key=lambda line: json.loads(line)["source"]):
            yield source, b"".join(group)


def _arrow_parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the rows of each document, which stand together, though a batch may break in the middle of them."""
    frames = library("pyarrow")
    waiting: list[Any] = []
    name = None
    for batch in _arrow_batches(path):
        begin = 0
        for source, group in groupby(batch.column("source").to_pylist()):
            length = sum(1 for _ in group)
            if source != name and waiting:
                yield str(name), _stream(frames, waiting)
                waiting = []
            name = source
            waiting.append(batch.slice(begin, length))
            begin += length
    if waiting:
        yield str(name), _stream(frames, waiting)


def _arrow_batches(path: Path) -> Iterator[Any]:
    if path.suffix.lower() == ".parquet":
        with library("pyarrow.parquet").ParquetFile(path) as file:
            yield from file.iter_batches()
    else:
        with library("pyarrow.ipc").open_file(str(path)) as file:
            yield from (file.get_batch(number) for number in range(file.num_record_batches))


def _stream(frames: Any, batches: list[Any]) -> bytes:
    from tagger.writing.frames import pack

    return pack(frames.Table.from_batches(batches).combine_chunks())
