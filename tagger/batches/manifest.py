"""Manifests: a folder's `manifest.csv` says whose its files are, as the headers of their submissions did."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from tagger.document import Submission

NAME = "manifest.csv"
COLUMNS = ("file", "company", "cik", "accession", "form", "period", "filed", "url")


def manifest_of(folder: Path) -> dict[str, Submission]:
    """Return what the manifest of *folder* says of its files, by their names; nothing where there is none."""
    path = folder / NAME
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=16)
def _read(path: Path, changed: int) -> dict[str, Submission]:
    rows = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    if not {"file", "cik"}.issubset(rows.fieldnames or ()):
        return {}
    return {row["file"]: _submission(row) for row in rows}


def write_manifest(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return a manifest of *rows*, each with cells for some of `COLUMNS`."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def _submission(row: Mapping[str, str]) -> Submission:
    known = {"ACCESSION NUMBER": row.get("accession"), "CONFORMED SUBMISSION TYPE": row.get("form")}
    return Submission(
        company=row.get("company") or None,
        cik=row.get("cik") or None,
        form=row.get("form") or None,
        period=_date(row.get("period")),
        filed=_date(row.get("filed")),
        fields=tuple((name, value) for name, value in known.items() if value),
    )


def _date(text: str | None) -> dt.date | None:
    with suppress(ValueError):
        return dt.date.fromisoformat(text or "")
    return None
