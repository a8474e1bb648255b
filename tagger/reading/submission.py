"""Submissions: an EDGAR filing's header, and the exhibits in it that hold the release."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice
from typing import NamedTuple, TypeAlias

from tagger.data import load_json
from tagger.document import Submission
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.reading.decoding import is_html


class Parts(NamedTuple):
    """The release inside a source: its text, where that begins, where the cover ends in it, the header, what was left."""

    text: str
    origin: int = 0
    first: int = 0
    submission: Submission | None = None
    skipped: tuple[str, ...] = ()


_Part: TypeAlias = tuple[str, int, str]  # type, place and text of a document in a submission


# In either case, and spelled out so: patterns that ignore case look through a whole release several times as slowly.
_OPENED = pattern(r"<[Dd][Oo][Cc][Uu][Mm][Ee][Nn][Tt]>")
_TYPE = pattern(r"<TYPE>\s*([^\s<]+)", re.I)
_TEXT = pattern(r"<TEXT>[ \t]*\n?", re.I)
_MARK = pattern(r"<(?:[Dd][Oo][Cc][Uu][Mm][Ee][Nn][Tt]|/(?:[Dd][Oo][Cc][Uu][Mm][Ee][Nn][Tt]|[Tt][Ee][Xx][Tt]))>")
_FIGURE = shape(r"\d\L<group>|\d\.\d|\(\d+\)")
_FEW = 3
_BEGINNING = 20_000  # characters in which an exhibit that holds figures shows some
_MARKUP = pattern(r"<[^>]*>")
_BINARY = pattern(r"\s*(?:<PDF>|begin\s+\d{3}\s)", re.I)
_END_OF_EXHIBIT = f"\n{'</td></tr></table>' * 3}<div style='page-break-before:always'></div>\n"
_EXHIBIT = pattern(r"^[ \t\f]*(?:\(?exhibit|ex)[\s.-]*(?:no\.?\s*)?99(?:[.(-]?0?\d{1,2}\)?)?\)?[ \t]*$", re.I | re.M)
_COVER = pattern(
    r"\bform\s+(?:8|6)-?k\b|\bitem\s+(?:2\.02|9\.01|7\.01|8\.01|5|7|9|12)\b|check\s+the\s+appropriate\s+box|section\s+13\s+or\s+15",
    re.I,
)


def split_submission(text: str) -> Parts:
    """Take the exhibits 99 that hold figures out of a submission, or find where a cover form ends.

    >>> parts = split_submission("<DOCUMENT>\\n<TYPE>EX-99.1\\n<TEXT>\\nNet sales 1,234\\n</TEXT>\\n</DOCUMENT>")
    >>> parts.text, parts.submission.exhibits
    ('Net sales 1,234\\n', ('EX-99.1',))
    """
    if _OPENED.search(text) and _TYPE.search(text):
        return _wrapped(text)
    header = _header(text[:4000]) if "CONFORMED SUBMISSION TYPE" in text[:4000] else None
    first, cover = (0, None) if is_html(text) else _cover(text)  # the lines of a cover are no lines of markup
    return Parts(text, 0, first, header or cover)


def _wrapped(text: str) -> Parts:
    documents = list(_documents(text))
    head = _head(text)
    chosen = _chosen(documents)
    if not chosen:
        return Parts(text, 0, 0, _header(head))
    body = _joined([document[2] for document in chosen])
    submission = _header(head, tuple(document[0] for document in chosen), documents[0][0])
    first = _cover(body)[0] if not chosen[0][0].startswith("EX-") and not is_html(body) else 0
    kept = {place for _, place, _ in chosen}
    skipped = tuple(kind for kind, place, _ in documents if place not in kept)
    return Parts(body, chosen[0][1], first, submission, skipped)


def _head(text: str) -> str:
    """Return what stands before the first document of a submission."""
    opened = _OPENED.search(text)
    return text[: opened.start()] if opened else ""


def _documents(text: str) -> Iterator[_Part]:
    """Yield the documents of a submission; one that is not closed ends where the next begins."""
    found = list(_MARK.finditer(text))
    ends = [mark.start() for mark in found if mark[0].upper() == "</TEXT>"]
    marks = [mark for mark in found if mark[0].upper() != "</TEXT>"]
    for number, mark in enumerate(marks, 1):
        end = marks[number].start() if number < len(marks) else len(text)
        kind = None if mark[0][1] == "/" else _TYPE.search(text, mark.end(), end)
        begun = _TEXT.search(text, mark.end(), end) if kind else None
        if kind and begun:
            closed = bisect_left(ends, begun.end())
            yield kind[1].upper(), begun.end(), text[begun.end() : min([end, *ends[closed : closed + 1]])]


def _chosen(documents: Sequence[_Part]) -> list[_Part]:
    """Return the documents that hold the statements: a periodic report and its annual report, or the exhibits 99."""
    shown = [document for document in documents if not _BINARY.match(document[2])]
    reports = [document for document in shown if document[0].startswith(("10-K", "10-Q", "EX-13"))]
    figured = [document for document in reports if _has_figures(document[2])]
    if figured:
        return figured
    exhibits = sorted((document for document in shown if document[0].startswith("EX-99")), key=_number)
    figured = [document for document in exhibits if _has_figures(document[2])]
    forms = [document for document in documents if document[0].startswith(("8-K", "6-K", "10-"))]
    return (
        figured
        or [document for document in forms[:1] if _has_figures(document[2])]
        or exhibits
        or [*forms, *documents][:1]
    )


def exhibits_only(text: str) -> str:
    """Return the submission *text* with its header and, of its documents, the exhibits 99 that hold figures; "" without any.

    >>> exhibits_only("<TYPE>8-K\\n<DOCUMENT>\\n<TYPE>8-K\\n<TEXT>\\nItem 2.02\\n</TEXT>\\n</DOCUMENT>")
    ''
    """
    documents = [document for document in _documents(text) if document[0].startswith("EX-99")]
    kept = [document for document in documents if not _BINARY.match(document[2]) and _has_figures(document[2])]
    head = _head(text)
    shown = (f"<DOCUMENT>\n<TYPE>{kind}\n<TEXT>\n{body}</TEXT>\n</DOCUMENT>\n" for kind, _, body in kept)
    return "".join([head, *shown]) if kept else ""


def _number(document: _Part) -> int:
    """Return the number of an exhibit 99: exhibits stand in its order, whatever that of the files is."""
    number = document[0].removeprefix("EX-99").lstrip(".")
    return int(number) if number.isdecimal() else 0


def _has_figures(content: str) -> bool:
    if not is_html(content):
        return _shows_figures(content)
    beginning = content[: content.rfind("<", 0, _BEGINNING)] if len(content) > _BEGINNING else ""
    return any(_shows_figures(_MARKUP.sub("", part)) for part in (beginning, content))


def _shows_figures(shown: str) -> bool:
    return len(list(islice(_FIGURE.finditer(shown), _FEW))) == _FEW


def _joined(contents: Sequence[str]) -> str:
    """Put exhibits together; one of plain text among HTML keeps its lines, and an open table ends with its exhibit."""
    pages = [is_html(content) for content in contents]
    if len(contents) == 1 or not any(pages):
        return "\n".join(contents)
    shown = [
        content if page else f"<html><body><pre>{escape(content, quote=False)}</pre></body></html>"
        for content, page in zip(contents, pages, strict=True)
    ]
    return _END_OF_EXHIBIT.join(shown)


def _date(string: str | None) -> dt.date | None:
    if string is None or not re.fullmatch(r"\d{8}", string):
        return None
    try:
        return dt.date(int(string[:4]), int(string[4:6]), int(string[6:]))
    except ValueError:
        return None


_TAG = pattern(r"^[ \t]*<([A-Z][A-Z0-9-]*)>[ \t]*(\S[^\n]*)$", re.M)
_LINE = pattern(r"^[ \t]*([A-Z][A-Z0-9 ]+):[ \t]*(\S[^\n]*)$", re.M | re.I)


def _header(head: str, exhibits: tuple[str, ...] = (), form: str | None = None) -> Submission:
    fields = _fields(head)
    return Submission(
        company=fields.get("COMPANY CONFORMED NAME"),
        cik=fields.get("CENTRAL INDEX KEY"),
        form=fields.get("CONFORMED SUBMISSION TYPE", form),
        period=_date(fields.get("CONFORMED PERIOD OF REPORT")),
        filed=_date(fields.get("FILED AS OF DATE")),
        fiscal_year_end=fields.get("FISCAL YEAR END"),
        exhibits=exhibits,
        fields=tuple(fields.items()),
    )


def _fields(head: str) -> dict[str, str]:
    """Return what all lines of a header say, of lines with one name the first: the business address, not the mail's.

    A submission as EDGAR disseminates it (``.nc``) has tags instead, which are told under the names of the lines.
    """
    found: dict[str, str] = {}
    names: dict[str, str] = load_json("submission-header")
    for match in _TAG.finditer(head):
        if match[1] in names:
            found.setdefault(names[match[1]], match[2].rstrip())
    for match in _LINE.finditer(head):
        found.setdefault(match[1].upper(), match[2].rstrip())
    return found


def _figured(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _FIGURE.finditer(text, start, end))


_EXACT = pattern(r"\(?exact\s+name\s+of\s+registrant", re.I)
_LETTER = pattern(r"[^\W\d_]")
_REPORTED = pattern(
    r"date\s+of\s+(?:report|earliest)[^:\n]{0,200}(?:\n[^:\n]{0,200})?[:)]\s{0,200}_*\s*([A-Z][a-z]+\.?\s+\d{1,2},\s+\d{4})",
    re.I,
)
_FORM = pattern(r"\bform\s+(8-K(?:/A)?|6-K)\b", re.I)


def _cover(text: str) -> tuple[int, Submission | None]:
    """Return where the exhibit begins in a form without wrapper (0 if nowhere), and what the cover says."""
    starts = list(_EXHIBIT.finditer(text))  # far quicker to look for than what a cover says
    begun = _COVER.search(text, 0, starts[-1].start()) if starts else None
    if begun is None:
        return 0, None
    starts = [start for start in starts if start.start() >= begun.end()]
    ends = [*(match.start() for match in starts), len(text)][1:]
    start = next((match.start() for match, end in zip(starts, ends, strict=True) if _release(text, match, end)), 0)
    if not start or _figured(text, 0, start) > _figured(text, start, len(text)):
        return 0, None  # the form itself holds the figures, its exhibit 99 is a certificate or the like
    cover = text[:start]
    name = _registrant(cover)
    form = _FORM.search(cover)
    reported = _REPORTED.search(cover)
    if not (name or form):
        return start, None
    return start, Submission(
        company=name,
        form=form.group(1).upper() if form else None,
        period=_written_date(reported.group(1)) if reported else None,
    )


def _registrant(cover: str) -> str | None:
    """Return the line over "(Exact name of registrant ...)"."""
    said = _EXACT.search(cover)
    if said is None:
        return None
    above = cover[max(said.start() - 2000, 0) : said.start()].split("\n")[:-1]
    return next((line.strip() for line in reversed(above) if _LETTER.search(line)), None)


def _release(text: str, match: re.Match[str], end: int) -> bool:
    """Say whether a release follows the line, not just the next line of an index of exhibits, which begins at *end*."""
    return end - match.end() > 600 or end == len(text)


def _written_date(string: str) -> dt.date | None:
    for form in ("%B %d, %Y", "%b %d, %Y", "%b. %d, %Y"):
        try:
            return dt.datetime.strptime(" ".join(string.split()), form).date()
        except ValueError:
            continue
    return None
