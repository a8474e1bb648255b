"""A filing to learn from: its page as the program reads it, and the facts the filer gave it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from tagger.arithmetic import understand
from tagger.arithmetic.mend.figures import repair_statements
from tagger.document import Document
from tagger.loading import LoadedFact, LoadedReport, LoadError
from tagger.loading import read as load
from tagger.patterns import pattern
from tagger.reading import read
from tagger.ruleset.manifest import OFFICIAL
from tagger.statement import Statement
from tagger.values import CIK_SCHEME

_FORM = "dei:DocumentType"
_NAME = "dei:EntityRegistrantName"
_BALANCE = pattern(r'<(?:\w+:)?element\b(?=[^>]*\bname="([^"]+)")(?=[^>]*\bbalance="(debit|credit)")')
_MOST_SCHEMA = 20_000_000


class Filing(Struct, frozen=True, kw_only=True):
    """What is learned from: the statements of a page, and the numeric facts of the filing.

    *title* is the name with the form and the end of the reported period. *ordered* says that the facts stand in the order of the page, each with the text it is printed as. *balances* are those
    of the filer's own concepts, where its schema was there to ask.
    """

    name: str
    statements: tuple[Statement, ...]
    facts: tuple[LoadedFact, ...]
    ordered: bool
    title: str
    period_end: dt.date
    cik: str = ""
    company: str = ""
    form: str = ""
    balances: tuple[tuple[str, str], ...] = ()

    @property
    def prefix(self) -> str:
        """The prefix of the filer's own concepts, the most used of those that are not official."""
        count: dict[str, int] = {}
        for fact in self.facts:
            for name in (fact.concept, *(n for m in fact.members for n in (m.axis, getattr(m, "member", "")))):
                prefix = name.partition(":")[0]
                if prefix and prefix not in OFFICIAL:
                    count[prefix] = count.get(prefix, 0) + 1
        return max(sorted(count), key=lambda prefix: count[prefix]) if count else ""

    def __str__(self) -> str:
        return self.title


def _period_end(facts: Sequence[LoadedFact]) -> dt.date:
    """Return the latest day that enough facts speak of: the end of the reported period."""
    ends = sorted(fact.period.end for fact in facts if fact.period is not None)
    return ends[len(ends) * 9 // 10] if ends else dt.date.min


def read_filing(path: str | os.PathLike[str], page: str | os.PathLike[str] | None = None) -> Filing:
    """Read the filing at *path*; *page* is the document its figures stand in, where the filing itself shows none.

    Raises `LoadError` for a file without facts, or without a page to learn labels from.
    """
    source = Path(path)
    report = load(source)
    shown = any(fact.text for fact in report.facts if fact.numeric) and source.suffix.lower() not in (
        ".xml",
        ".xbrl",
        ".json",
        ".csv",
    )
    if page is None and not shown:
        raise LoadError(
            f"{source.name}: it shows no rows to learn from; give the page it belongs to: {source.name}=PAGE"
        )
    document = read(Path(page) if page is not None else source)
    return make_filing(document, report, ordered=page is None, folder=source.parent)


def make_filing(document: Document, report: LoadedReport, *, ordered: bool, folder: Path | None = None) -> Filing:
    """Return the filing of *report* whose figures stand in *document*."""
    statements, _ = repair_statements(understand(document).statements)
    numbers = tuple(
        fact
        for fact in report.facts
        if fact.numeric and isinstance(fact.value, Decimal) and fact.period and not fact.hidden
    )
    entity = report.entity
    texts = {fact.concept: str(fact.value) for fact in report.facts if fact.concept in (_FORM, _NAME)}
    name, form, end = report.name or document.name, texts.get(_FORM, ""), _period_end(numbers)
    said = ", ".join(part for part in (form, end.isoformat() if numbers else "") if part)
    return Filing(
        name=name,
        title=f"{name} ({said})" if said else name,
        period_end=end,
        statements=statements,
        facts=numbers,
        ordered=ordered,
        cik=entity.identifier.zfill(10) if entity is not None and entity.scheme == CIK_SCHEME else "",
        company=" ".join(texts.get(_NAME, "").split()),
        form=form,
        balances=_balances(report, folder) if folder is not None else (),
    )


def _balances(report: LoadedReport, folder: Path) -> tuple[tuple[str, str], ...]:
    """Return the balances of own concepts from the schema beside the filing, if it stands there."""
    for address in report.taxonomy:
        if "/" in address or "\\" in address or not address:
            continue
        path = folder / address
        try:
            if path.stat().st_size <= _MOST_SCHEMA:
                return tuple(sorted(dict(_BALANCE.findall(path.read_text("utf-8", "replace"))).items()))
        except OSError:
            continue
    return ()
