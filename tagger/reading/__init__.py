"""Reading: a release in any of its forms becomes a `Document`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from errno import ENOENT
from itertools import chain
from pathlib import Path

from tagger.document import Document
from tagger.findings import Code, Finding
from tagger.grid import Budget, read_blocks
from tagger.limits import Limits
from tagger.reading.bounds import bounded
from tagger.reading.decoding import ReadError, decode, is_html, is_pdf, mend_controls
from tagger.reading.mending import mend_times
from tagger.reading.paths import absence, means_file
from tagger.reading.recognition import is_recognised
from tagger.reading.submission import Parts, split_submission

__all__ = ["ReadError", "read"]

_LIMITS = Limits()
_INLINE = "<ix:nonfraction"
_NOT_TEXT = ("8-K", "6-K", "EX-101", "GRAPHIC", "ZIP", "EXCEL", "XML", "JSON", "PDF")


def read(source: str | bytes | os.PathLike[str], *, name: str = "", limits: Limits | None = None) -> Document:
    """Read a release: HTML, plain text, OCR text, newswire text, an EDGAR submission or a PDF with a text layer.

    *source* is a path, the bytes or the text itself. A string without a line end is a path if it names a file, or looks
    as if it should: then `FileNotFoundError` says that it does not. *name* is what findings and errors call it. *limits*
    say how much it may hold.

    >>> document = read("Net sales     1,234    1,100\\nCost of sales   1,000   900\\n")
    >>> [cell.text.string for cell in document.tables[0].rows[0].cells]
    ['Net sales', '1,234', '1,100']
    """
    limits = limits or _LIMITS
    text, called = _source(source, name, limits)
    if not text or text.isspace():
        raise ReadError(f"{_called(source, name)}: there is nothing in it; give a release as HTML or text")
    name = called
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = mend_controls(text)
    parts = split_submission(text)
    if len(parts.text) > limits.characters:
        raise _too_long(_called(source, called), len(parts.text), limits)
    budget = Budget(limits)
    if is_html(parts.text):
        from tagger.reading.html import read_html  # lxml is needed for HTML alone

        document = read_html(parts.text, name=name, submission=parts.submission, budget=budget)
    else:
        document = _read_text(parts, name, first_line=text.count("\n", 0, parts.origin) + 1, budget=budget)
    return bounded(replace(document, findings=(*document.findings, *_asides(parts, document))), limits, budget.over)


def _too_long(name: str, size: int, limits: Limits) -> ReadError:
    most = f"{limits.characters:,} at most (Limits.characters)"
    return ReadError(f"{name}: {size:,} characters, {most}; give a part of it, or other limits")


def _asides(parts: Parts, document: Document) -> Iterator[Finding]:
    """Yield what is to be said of the documents that were not read, and of facts that are there already."""
    runs = document.written.distinct if document.written is not None else []
    if _INLINE in "<".join(["", *chain.from_iterable(runs)]):
        yield Finding.warning(
            Code.ALREADY_TAGGED,
            "this is inline XBRL, its figures are tagged already: `tagger.read` loads its facts as they are",
        )
    kinds = list(dict.fromkeys(kind for kind in parts.skipped if not kind.startswith(_NOT_TEXT)))
    if kinds and parts.submission is not None:
        yield Finding.note(
            Code.PART_SKIPPED,
            f"of the submission {', '.join(parts.submission.exhibits)} is read; not read: {', '.join(kinds)}",
        )


def _read_text(parts: Parts, name: str, *, first_line: int, budget: Budget) -> Document:
    text = budget.readable(parts.text, parts.first)
    ocr = is_recognised(text)
    return Document(
        kind="text",
        text=parts.text,
        blocks=read_blocks(mend_times(text) if ocr else text, ocr=ocr, first=parts.first, budget=budget),
        name=name,
        origin=parts.origin,
        first_line=first_line,
        ocr=ocr,
        submission=parts.submission,
    )


def _source(source: str | bytes | os.PathLike[str], name: str, limits: Limits) -> tuple[str, str]:
    if isinstance(source, bytes):
        return _text(source, name, limits), name
    if isinstance(source, str):
        if not _names_file(source):
            if source.startswith("%PDF-"):
                raise ReadError(f"{name or 'the text'}: this is a PDF read as text; give its path or its bytes")
            if means_file(source):
                raise FileNotFoundError(ENOENT, absence(source), source)
            return source, name
        source = Path(source)
    path = Path(source)
    with path.open("rb") as file:
        data = file.read(limits.bytes + 1)
    return _text(data, name or str(path), limits), name or path.name


def _called(source: str | bytes | os.PathLike[str], name: str) -> str:
    """Return what an error calls *source*: a file by the path that was given."""
    if name or isinstance(source, bytes) or (isinstance(source, str) and not _names_file(source)):
        return name or "the text"
    return os.fspath(source)


def _text(data: bytes, name: str, limits: Limits) -> str:
    if len(data) > limits.bytes:
        raise ReadError(f"{name or 'the data'}: more than {limits.bytes:,} bytes (Limits.bytes); give a part of it")
    if is_pdf(data):
        from tagger.reading.pdf import pdf_text  # needed for PDF alone

        return pdf_text(data, name, pages=limits.pages)
    return decode(data, name)


def _names_file(source: str) -> bool:
    if len(source) >= 1024 or "\n" in source or "\0" in source or not source.strip():
        return False
    try:
        return Path(source).is_file()
    except (OSError, ValueError):
        return False
