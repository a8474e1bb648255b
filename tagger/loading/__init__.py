"""Read XBRL back: Inline XBRL of any filer, instances, xBRL-JSON, xBRL-CSV, report packages, our own tables of facts.

No taxonomy is needed: what a concept is plays no part, only what is reported with it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tagger.journal import mend
from tagger.loading.errors import LoadError
from tagger.loading.loaded import LoadedFact, LoadedReport, Value
from tagger.taxonomies.package import Package, open_package
from tagger.values import TypedMember

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from lxml import etree

    Frame: TypeAlias = pandas.DataFrame | polars.DataFrame | pyarrow.Table | pyarrow.RecordBatch

__all__ = ["LoadError", "LoadedFact", "LoadedReport", "TypedMember", "Value", "read"]

_MOST_BYTES = 400_000_000


def read(path: str | os.PathLike[str] | Frame) -> LoadedReport:
    """Return the facts of the report at *path*, or of a frame.

    That is Inline XBRL (``.htm``), an XBRL instance, xBRL-JSON, xBRL-CSV (its JSON file), a table of facts that this
    library wrote (``.csv``, ``.parquet``, ``.arrow``), or a report package (``.xbri``, ``.xbr``, ``.zip``); its content
    says which. A table of facts may also come as a frame of pandas or polars or a table of Arrow. Raises
    `LoadError` where there is no XBRL that can be read, `PackageError` for a package that cannot be used, and `OSError`
    where there is no file.
    """
    if not isinstance(path, (str, os.PathLike)):
        from tagger.loading.facts_table import read_frame

        return read_frame(path)
    source = Path(path)
    mend(source)
    with source.open("rb") as file:
        data = _bounded(file.read(_MOST_BYTES + 1), str(source))
    if data.startswith(b"PK\x03\x04"):
        with open_package(source) as package:
            return _read_package(package)
    try:
        return read_bytes(data, source.name, lambda name: _beside(source.parent, name))
    except LoadError as error:  # say which file, as it was given
        said = str(error)
        raise LoadError(
            f"{source}{said.removeprefix(source.name)}" if said.startswith(f"{source.name}:") else f"{source}: {said}"
        ) from error


def read_bytes(data: bytes, name: str, beside: object = None) -> LoadedReport:
    """Return the facts of *data*, a report called *name*; *beside* returns the tables of xBRL-CSV by address."""
    if data.startswith((b"PAR1", b"ARROW1")):
        from tagger.loading.facts_table import read_facts_file

        return read_facts_file(data, name)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _read_oim(data, name, beside)
    if start.startswith(b"<") or name.lower().endswith((".htm", ".html", ".xhtml", ".xml", ".xbrl")):
        return _read_xml(data, name)
    from tagger.loading.facts_table import read_facts_csv

    return read_facts_csv(data, name)


def _read_oim(data: bytes, name: str, beside: object) -> LoadedReport:
    from tagger.loading.oim import document_type, parse_json, read_json

    report = parse_json(data, name)
    try:
        match document_type(report):
            case "xbrl-json":
                return read_json(report, name)
            case "xbrl-csv" if callable(beside):
                from tagger.loading.csv_report import read_csv_report

                return read_csv_report(report, name, beside)
    except (AttributeError, KeyError, TypeError) as error:  # a part is missing, or is a list where an object has to be
        raise LoadError(f"{name}: it is not built as OIM says: {error}") from error
    raise LoadError(f"{name}: neither xBRL-JSON nor xBRL-CSV")


def _read_xml(data: bytes, name: str) -> LoadedReport:
    from tagger.loading.inline import inline_namespace, read_inline
    from tagger.loading.instance import read_instance
    from tagger.loading.markup import parse_xml
    from tagger.taxonomies.documents import XBRLI

    problems: list[str] = []
    root = parse_xml(data, name, problems)
    if root.tag == f"{XBRLI}xbrl":
        return read_instance(root, name, problems)
    if inline_namespace(root) is not None:
        return read_inline(root, name, problems, bound=_bound_at_root(data, root))
    raise LoadError(f"{name}: neither an XBRL instance nor Inline XBRL")


def _bound_at_root(data: bytes, root: etree._Element) -> bool:
    """Whether every prefix of the document is bound at its root."""
    return data.count(b"xmlns:") <= sum(prefix is not None for prefix in root.nsmap)


def _read_package(package: Package) -> LoadedReport:
    """Return the facts of the one report in a report package (Report Package 1.0, 3.5)."""
    reports = [name for name in sorted(package.names) if name.startswith("reports/")]
    roots = [name for name in reports if name.endswith((".htm", ".html", ".xhtml", ".json", ".xbrl"))]
    found = [name for name in roots if not name.endswith(".json") or _describes_a_report(package.read(name))]
    if len(found) != 1:
        raise LoadError(f"{package.source}: {'no report' if not found else 'more than one report'} in it")
    folder = found[0].rpartition("/")[0]
    return read_bytes(
        package.read(found[0]), found[0].rpartition("/")[2], lambda name: package.read(f"{folder}/{name}")
    )


def _describes_a_report(data: bytes) -> bool:
    try:
        info = json.loads(data).get("documentInfo", {})
    except (ValueError, AttributeError):
        return False
    return "documentType" in info


def _beside(folder: Path, name: str) -> bytes:
    if "/" in name or "\\" in name or name in {"", ".", ".."}:
        raise LoadError(f"{name}: a table has to stand beside its description")
    path = folder / name
    if not path.exists():
        raise LoadError(f"{name}: this table of the report is not beside it")
    if not path.is_file():
        raise LoadError(f"{name}: a table has to be a file")
    with path.open("rb") as file:
        return _bounded(file.read(_MOST_BYTES + 1), name)


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > _MOST_BYTES:
        raise LoadError(f"{name}: more than {_MOST_BYTES:,} bytes")
    return data
