"""What a process does with one document: tag it, and give a report, or its rows and files."""

from __future__ import annotations

import dataclasses
import json
import os
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tagger.batches.failure import Failure, FailureKind
from tagger.batches.sources import Source
from tagger.document import Document, Submission
from tagger.extras import MissingExtra
from tagger.findings import Finding
from tagger.limits import Limits
from tagger.pipeline import tag
from tagger.reading import read
from tagger.report import Report
from tagger.ruleset.source import RuleSource
from tagger.values import Entity
from tagger.writing.columns import tagged_rows
from tagger.writing.facts_csv import write_csv


class Options(Struct, frozen=True, kw_only=True):
    """What is asked of every document, as `tagger.tag` takes it."""

    entity: str | Entity | None = None
    prefix: str | None = None
    taxonomy: str | int | None = None
    rules: RuleSource | tuple[str, ...] | None = None
    own_concepts: bool = True
    scale: str | int | None = None
    proven_only: bool = False
    evidence: bool | str | os.PathLike[str] = True
    min_confidence: float = 0.0
    tickers: str | os.PathLike[str] | None = None
    limits: Limits | None = None

    def tag(self, document: Document) -> Report:
        """Tag *document*."""
        report = tag(
            document,
            entity=self.entity,
            prefix=self.prefix,
            taxonomy=self.taxonomy,
            rules=self.rules.load() if isinstance(self.rules, RuleSource) else self.rules,
            own_concepts=self.own_concepts,
            scale=self.scale,
            evidence=self.evidence,
            min_confidence=self.min_confidence,
            tickers=self.tickers,
        )
        return report.proven_only() if self.proven_only else report


class Done(Struct, frozen=True, kw_only=True):
    """What a batch keeps of a document: a line about it, and its rows in each form that is asked for."""

    source: str
    company: str
    cik: str
    accession: str
    facts: int
    proven: int
    findings: int
    parts: tuple[tuple[str, bytes], ...]


Outcome: TypeAlias = Report | Done | Failure
T = TypeVar("T")


def tag_source(source: Source, options: Options) -> Report:
    """Read and tag *source*; what a manifest says of it stands in for a header that is not there."""
    document = read(source.read(), name=source.name, limits=options.limits)
    if source.about is not None:
        document = dataclasses.replace(document, submission=_submission(document.submission, source.about))
    return options.tag(document)


def _submission(header: Submission | None, about: Submission) -> Submission:
    """Return what the header says, and *about* where it is silent."""
    if header is None:
        return about
    fields = tuple((dict(about.fields) | dict(header.fields)).items())
    given = {
        name: getattr(header, name) or getattr(about, name) for name in ("company", "cik", "form", "period", "filed")
    }
    return replace(header, **given, fields=fields)


class ReportWork(Struct, frozen=True):
    """Give the report itself."""

    options: Options

    def __call__(self, source: Source) -> Report | Failure:
        return _guarded(source, lambda: tag_source(source, self.options))


class RowsWork(Struct, frozen=True):
    """Give the rows, as "arrow", "csv" and "findings", and write the files of *patterns* (``out/{name}.htm``)."""

    options: Options
    forms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    def __call__(self, source: Source) -> Done | Failure:
        return _guarded(source, lambda: self._done(source))

    def _done(self, source: Source) -> Done:
        report = tag_source(source, self.options)
        for pattern in self.patterns:
            report.write(target(pattern, source))
        rows = tagged_rows(report.tagged)
        fields = dict(report.document.submission.fields) if report.document.submission else {}
        return Done(
            source=source.name,
            company=report.filer.name,
            cik=report.entity.identifier if report.entity.known else "",
            accession=fields.get("ACCESSION NUMBER", ""),
            facts=len(report),
            proven=sum(fact.proven for fact in report),
            findings=len(report.findings),
            parts=tuple((form, _FORMS[form](report, rows)) for form in self.forms),
        )


def target(pattern: str, source: Source) -> Path:
    """Return the file that *pattern* names for *source*: ``{name}`` is its name without suffix, ``{path}`` its path.

    >>> str(target("out/{name}.htm", Source(name="a/b.txt"))), str(target("out/{path}.htm", Source(name="/a/b.txt")))
    ('out/b.htm', 'out/a/b.htm')
    """
    path = Path(source.name).with_suffix("")
    inside = Path(*(part for part in path.parts if part not in {path.anchor, "..", "."}))
    return Path(pattern.replace("{name}", path.name).replace("{path}", str(inside)))


def _guarded(source: Source, work: Callable[[], T]) -> T | Failure:
    """Return what *work* gives, or what is wrong with the document: one must not end the batch."""
    try:
        return work()
    except OSError as error:
        return Failure(source.name, FailureKind.MISSING, error.strerror or str(error))
    except (ValueError, KeyError, MissingExtra) as error:
        kind = FailureKind.REFUSED if isinstance(error, (ValueError, MissingExtra)) else FailureKind.MISSING
        return Failure(source.name, kind, str(error).removeprefix(f"{source.name}: "), _trace(error))
    except MemoryError:
        return Failure(source.name, FailureKind.STOPPED, "it needs more memory than there is")
    except Exception as error:  # a defect, whatever it is: the other documents go on
        return Failure(source.name, FailureKind.FAILED, f"{type(error).__name__}: {error}", _trace(error))


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def _arrow(report: Report, rows: list[Any]) -> bytes:
    from tagger.writing.frames import write_stream

    return write_stream(rows)


def _csv(report: Report, rows: list[Any]) -> bytes:
    return write_csv(rows, header=False)


def _findings(report: Report, rows: list[Any]) -> bytes:
    return "".join(f"{line}\n" for line in findings_lines(report)).encode("utf-8", "replace")


_FORMS = {"arrow": _arrow, "csv": _csv, "findings": _findings}


def findings_lines(report: Report) -> Iterator[str]:
    """Yield the findings of *report*, a line of JSON each."""
    for finding in report.findings:
        yield json.dumps(_finding(finding, report), ensure_ascii=False)


def _finding(finding: Finding, report: Report) -> dict[str, object]:
    span = finding.span
    told: dict[str, object] = {
        "source": report.document.name,
        "code": finding.code.value,
        "severity": finding.severity.value,
        "message": finding.message,
    }
    if span is not None:
        told |= {"line": report.document.line(span.start), "start": span.start, "end": span.end}
    return told | {name: said for name in ("before", "after", "evidence") if (said := getattr(finding, name))}
