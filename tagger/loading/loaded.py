"""What reading XBRL back gives: facts as any filer's report states them, how to ask them, and the way to write them again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, overload

from msgspec import Struct
from msgspec.structs import replace

from tagger.files import write_files
from tagger.patterns import pattern
from tagger.selection import Facts
from tagger.values import Entity, Member, Period, TypedMember, Unit
from tagger.writing import file_stem
from tagger.writing.columns import told_rows
from tagger.writing.facts_csv import write_csv

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Value: TypeAlias = Decimal | str | None

# Dates, times without a year or a day, durations, yes and no, numbers, addresses.
_NO_WORDS = pattern(r"\d{4}-\d\d(?:-\d\d)?|--\d\d(?:-\d\d)?|-?P[0-9TYMDHS.]+|true|false|-?\d+(?:\.\d+)?|https?://\S+")
FORMATS = ("xml", "json", "csv", "parquet", "xbrl-csv")


class LoadedFact(Struct, frozen=True, kw_only=True):
    """One fact as a file reports it (OIM 1.0, 3.2).

    *value* is a `Decimal` for numbers, text for all else, and `None` for nil. *period* is `None` where the fact
    holds forever. *text* is what the document shows for it, *details* what our own files say besides: label,
    statement, rule, proof. *table* numbers the tables of an inline document.
    """

    id: str
    concept: str
    entity: Entity
    period: Period | None
    value: Value
    unit: Unit | None = None
    decimals: int | None = None
    members: tuple[Member | TypedMember, ...] = ()
    language: str | None = None
    text: str = ""
    hidden: bool = False
    table: int | None = None
    details: tuple[tuple[str, str], ...] = ()

    @property
    def numeric(self) -> bool:
        return self.unit is not None

    @property
    def proven(self) -> bool:
        """Whether the file says that the fact was proven in all its aspects."""
        return self.detail("proven").lower() == "true"

    @property
    def aspects(self) -> tuple[object, ...]:
        """What makes two facts duplicates of each other (XBRL 2.1, 4.10)."""
        return (self.concept, self.entity, self.period, self.unit, self.members, self.language)

    def detail(self, name: str) -> str:
        """Return what the file says of *name* ("label", "rule", "proof" ...), or ""."""
        return next((value for key, value in self.details if key == name), "")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LoadedReport:
    """The facts of one file, in its order.

    *namespaces* are those of the names in it, by prefix; the official taxonomies have their usual prefixes whatever
    the file calls them. *taxonomy* are the addresses of the schemas it refers to. *problems* say what could not be
    read, each in a line; *visible* is the text that an inline document shows.
    """

    facts: Facts[LoadedFact]
    namespaces: Mapping[str, str]
    taxonomy: tuple[str, ...] = ()
    name: str = ""
    problems: tuple[str, ...] = ()
    visible: str = field(default="", repr=False)

    def __repr__(self) -> str:
        name = f"{self.name}: " if self.name else ""
        who = f"{self.entity.identifier}, " if self.entity else ""
        return f"<LoadedReport {name}{who}{len(self):,} facts>"

    def __iter__(self) -> Iterator[LoadedFact]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def __bool__(self) -> bool:
        """A report is there even if no fact is in it."""
        return True

    @overload
    def __getitem__(self, key: int) -> LoadedFact: ...
    @overload
    def __getitem__(self, key: slice | str) -> Facts[LoadedFact]: ...
    def __getitem__(self, key: int | slice | str) -> LoadedFact | Facts[LoadedFact]:
        """Return the facts of a concept, or the fact at a place; `KeyError` for a concept that is not there."""
        return self.facts[key]

    def best(self) -> Facts[LoadedFact]:
        """Return one fact for each concept, period and members (`Facts.best`)."""
        return self.facts.best()

    def pivot(self, *, members: bool = False) -> pandas.DataFrame:
        """Return the best facts as a pandas frame, concepts by periods (`Facts.pivot`)."""
        return self.facts.pivot(members=members)

    def write(self, path: str | os.PathLike[str], *, format: str | None = None) -> tuple[Path, ...]:
        """Write the facts to *path* as an instance, xBRL-JSON, a table of facts or (*format* "xbrl-csv") xBRL-CSV.

        The taxonomy is the one the report had, at the addresses it gave: what is relative has to stand beside.
        """
        return _write(self, Path(path), format)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the facts as a pandas frame (``gaap-tagger[pandas]``); values are exact, as `Decimal`."""
        from tagger.writing.frames import to_pandas

        return to_pandas(told_rows(self.facts))

    def to_polars(self) -> polars.DataFrame:
        """Return the facts as a polars frame (``gaap-tagger[polars]``)."""
        from tagger.writing.frames import to_polars

        return to_polars(told_rows(self.facts))

    def to_arrow(self) -> pyarrow.Table:
        """Return the facts as an Arrow table (``gaap-tagger[arrow]``)."""
        from tagger.writing.frames import to_arrow

        return to_arrow(told_rows(self.facts))

    @property
    def entity(self) -> Entity | None:
        """Who reports, where all facts agree."""
        found = {fact.entity for fact in self.facts}
        return found.pop() if len(found) == 1 else None


def _write(report: LoadedReport, path: Path, format: str | None) -> tuple[Path, ...]:
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
