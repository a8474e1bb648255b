"""The report: what tagging a release gave, how to ask it, and the way to write it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, overload

from msgspec import Struct
from msgspec.structs import replace

from tagger.arithmetic import proven_share
from tagger.document import Document
from tagger.facts import Fact
from tagger.findings import Finding
from tagger.ruleset import RuleSet
from tagger.ruleset.source import RuleSource
from tagger.selection import Facts, counted
from tagger.statements import Layout
from tagger.tagged import Tagged
from tagger.tagging.entity import Filer
from tagger.values import Entity

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Report(Struct, frozen=True, kw_only=True):
    """The facts of one release, with everything that was not settled.

    *tagged* is what the writers are given; *layout* and *source*, which names the rules, let `explain` say why. A report
    is a value: it compares, copies and pickles (without the rules, which load again when they are asked for), and any
    number of threads may use it.
    """

    tagged: Tagged
    filer: Filer
    layout: Layout
    source: RuleSource

    def __repr__(self) -> str:
        name = f"{self.document.name}: " if self.document.name else ""
        return f"<Report {name}{self.filer.name or 'company not known'}, {self.summary}>"

    def _repr_html_(self) -> str:
        """Return the statements as a notebook shows them."""
        from tagger.notebook import report_html

        return report_html(self.tagged, self.filer, self.layout.statements, self.summary)

    def __len__(self) -> int:
        return len(self.tagged.facts)

    def __bool__(self) -> bool:
        """A report is there even if no fact is in it."""
        return True

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.tagged.facts)

    def __contains__(self, item: object) -> bool:
        """Whether *item* is a fact of the report, or a concept that a fact of it has."""
        return bool(self.facts.where(concept=item)) if isinstance(item, str) else item in self.tagged.facts

    @overload
    def __getitem__(self, key: int) -> Fact: ...
    @overload
    def __getitem__(self, key: slice | str) -> Facts[Fact]: ...
    def __getitem__(self, key: int | slice | str) -> Fact | Facts[Fact]:
        """Return the facts of a concept (``report["us-gaap:Revenues"]``), or the fact at a place; `KeyError` for none."""
        return self.facts[key]

    @property
    def facts(self) -> Facts[Fact]:
        """The facts, in the order of the release: a tuple with `where`, `best` and `pivot`."""
        return Facts(self.tagged.facts)

    @property
    def rules(self) -> RuleSet:
        """The rules that tagged the release."""
        return self.source.load()

    @property
    def summary(self) -> str:
        """How many facts there are, how many of them proven, and how many findings, in a line."""
        proven = sum(fact.proven for fact in self.tagged.facts)
        return f"{counted(len(self), 'fact')}, {proven:,} proven, {counted(len(self.findings), 'finding')}"

    def best(self) -> Facts[Fact]:
        """Return one fact for each concept, period and members: the statement's, the most exact (`Facts.best`)."""
        return self.facts.best()

    def pivot(self, *, members: bool = False) -> pandas.DataFrame:
        """Return the best facts as a pandas frame, concepts by periods (`Facts.pivot`)."""
        return self.facts.pivot(members=members)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was not settled, what was repaired, what does not add up."""
        return self.tagged.findings

    @property
    def document(self) -> Document:
        return self.tagged.document

    @property
    def entity(self) -> Entity:
        return self.tagged.entity

    @property
    def proven(self) -> float:
        """The share of facts on statement rows of which value, sign, scale, period and unit are all proven, from 0 to 1."""
        proven, rows = proven_share(self.facts)
        return proven / rows if rows else 0.0

    def for_sec(self, cover: Mapping[str, str] | None = None) -> Report:
        """Return the report with a cover, to be written as the EDGAR Filer Manual wants it.

        What the cover says is read from the submission's header and the release; *cover* gives it or overrides it,
        as in ``{"EntityFileNumber": "001-12345"}``. What is still missing becomes a finding.
        """
        from tagger.writing.cover import with_cover

        known = {"SecurityExchangeName": self.filer.exchange, "TradingSymbol": self.filer.ticker}
        return replace(self, tagged=with_cover(self.tagged, self.filer.name, known, cover or {}))

    def proven_only(self) -> Report:
        """Return the report with its proven facts alone, and the filer's own concepts that they use.

        Proven are facts of which value, sign, scale, period and unit are each borne out; `Fact.unproven` says what
        the others want.
        """
        return replace(self, tagged=self.tagged.with_facts(tuple(fact for fact in self.facts if fact.proven)))

    def write(self, path: str | os.PathLike[str], *, format: str | None = None) -> tuple[Path, ...]:
        """Write the report to *path* and return the files written, *path* first.

        The suffix says the format: `.htm` or `.xhtml` Inline XBRL, `.xml` an XBRL instance, `.json`
        xBRL-JSON, `.csv` or `.parquet` a table of facts, `.xbri`, `.xbr` and `.zip` packages with all in one
        file. Beside the others stand the extension schema, its linkbases and `NAME-taxonomy.zip`; *format*
        "xbrl-csv" writes xBRL-CSV as files. Files appear whole or not at all.
        """
        from tagger.writing import write

        return write(self.tagged, Path(path), format=format)

    def render(self, format: str) -> bytes:
        """Return the report as *format* ("htm", "xml", "json", "csv"), without the files that go beside it."""
        from tagger.writing import render

        return render(self.tagged, format)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the facts as a pandas frame (``gaap-tagger[pandas]``); values are exact, as `Decimal`."""
        from tagger.writing.columns import tagged_rows
        from tagger.writing.frames import to_pandas

        return to_pandas(tagged_rows(self.tagged))

    def to_polars(self) -> polars.DataFrame:
        """Return the facts as a polars frame (``gaap-tagger[polars]``)."""
        from tagger.writing.columns import tagged_rows
        from tagger.writing.frames import to_polars

        return to_polars(tagged_rows(self.tagged))

    def to_arrow(self) -> pyarrow.Table:
        """Return the facts as an Arrow table (``gaap-tagger[arrow]``)."""
        from tagger.writing.columns import tagged_rows
        from tagger.writing.frames import to_arrow

        return to_arrow(tagged_rows(self.tagged))
