"""Filed statements as evidence counts them: of inline filings, and of what evidence reads by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from tagger.evidence.samples import Filed
from tagger.evidence.samples import Row as Counted
from tagger.evidence.sources import KINDS, read_source
from tagger.evidence.weights import OWN
from tagger.learning.filing import read_filing
from tagger.learning.rows import Meaning, Row, read_rows
from tagger.ruleset import RuleSet

_STANDARD = ("us-gaap:", "srt:")
_PAGES = (".htm", ".html", ".xhtml")


def read_filed(path: Path, base: RuleSet) -> Iterator[Filed]:
    """Yield the statements of the source at *path*: an inline filing, a quarter of the data sets or a table of labels.

    *base* tells which rows of a filing are figures. Raises `LoadError` for a page that shows no facts, `ValueError` for a
    file of another kind.
    """
    yield from _filing(path, base) if path.suffix.lower() in _PAGES else read_source(path)


def _filing(path: Path, base: RuleSet) -> Iterator[Filed]:
    filing = read_filing(path)
    year = filing.period_end.year
    for kind, rows in groupby(read_rows(filing, base, 0), key=lambda row: row.query.kind):
        if kind.value in KINDS:
            yield Filed(filing.cik.lstrip("0") or filing.name, kind.value, year, tuple(_counted(list(rows))))


def _counted(rows: Sequence[Row]) -> Iterator[Counted]:
    for order, row in enumerate(rows, start=1):
        query, meaning = row.query, row.meaning
        yield Counted(
            query.label, query.headings, _concept(meaning), order, meaning is not None and not meaning.members
        )


def _concept(meaning: Meaning | None) -> str:
    return meaning.concept if meaning is not None and meaning.concept.startswith(_STANDARD) else OWN
