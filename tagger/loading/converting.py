"""A report that was read, written again: in another format, with the taxonomy it had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tagger.files import write_files
from tagger.writing import file_stem
from tagger.writing.columns import told_rows
from tagger.writing.facts_csv import write_csv

if TYPE_CHECKING:  # a report that was read writes itself by this module
    from tagger.loading.loaded import LoadedFact, LoadedReport

# Dates, times without a year or a day, durations, yes and no, numbers, addresses.
_NO_WORDS = re.compile(
    r"\d{4}-\d\d(?:-\d\d)?|--\d\d(?:-\d\d)?|-?P[0-9TYMDHS.]+|true|false|-?\d+(?:\.\d+)?|https?://\S+"
)
FORMATS = ("xml", "json", "csv", "parquet", "xbrl-csv")


def convert(report: LoadedReport, path: Path, format: str | None) -> tuple[Path, ...]:
    """Write *report* to *path* in *format*, or what its suffix names; return the files written."""
    kind = (format or path.suffix).lower().removeprefix(".")
    if kind not in FORMATS:
        raise ValueError(f"{path.name}: a report that was read can be written as {', '.join(FORMATS)}")
    files = {path: render(report, kind)} if kind != "xbrl-csv" else _tables(report, path)
    write_files(files)
    return tuple(files)


def render(report: LoadedReport, kind: str) -> bytes:
    """Return *report* as *kind*, one of `FORMATS`; of xBRL-CSV the description."""
    match kind:
        case "xml":
            from tagger.writing.instance import write_facts as write_instance_facts

            return write_instance_facts(report.facts, report.namespaces, report.taxonomy)
        case "json":
            from tagger.writing.oim import write_facts

            details = {fact.id: {f"tagger:{name}": said for name, said in fact.details} for fact in report.facts}
            return write_facts(_told(report.facts), report.namespaces, report.taxonomy, details)
        case "parquet":
            from tagger.writing.frames import write_parquet

            return write_parquet(told_rows(report.facts))
        case "xbrl-csv":
            return _tables(report, Path("report.json"))[Path("report.json")]
    return write_csv(told_rows(report.facts))


def _told(facts: Sequence[LoadedFact]) -> list[LoadedFact]:
    """Leave a language to words alone, as OIM does: a document gives its own to dates and codes too."""
    return [
        replace(fact, language=None)
        if fact.language and (fact.value is None or _NO_WORDS.fullmatch(str(fact.value)))
        else fact
        for fact in facts
    ]


def _tables(report: LoadedReport, path: Path) -> dict[Path, bytes]:
    from tagger.writing.xbrl_csv import write_tables

    stem = file_stem(path.stem)
    described, table = write_tables(_told(report.facts), report.namespaces, report.taxonomy, stem).items()
    return {path: described[1], path.with_name(table[0]): table[1]}
