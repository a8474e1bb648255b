"""Names that a document explains itself: what its company is called, and what its segments are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tagger.characters import lowered
from tagger.document import Document
from tagger.statements.scope import Names, scope_words

_LEGAL = (
    r"(?:Inc|Incorporated|Corp|Corporation|Company|Companies|Co|Ltd|Limited|LLC|PLC|plc|N\.V|S\.A|L\.P|Group|Holdings"
    r"|Bancorp|Bancshares|Trust)"
)
_COMPANY = re.compile(rf"\b((?:[A-Z][\w&.'’\-]*,?\s+){{1,6}}){_LEGAL}\b")
_NAMED = r"[A-Z][\w&'’/\-]*(?:\s+(?:(?:and|&|of)\s+)?[A-Z][\w&'’/\-]*){0,5}"
_LISTED = re.compile(
    rf"(?i:\b(?:segments|sectors|business\s+units|business\s+groups)\b)\s*(?:[,:–—]|(?i:are|were|include|including|consist\s+of|comprise|namely))\s*"
    rf"(?:(?i:the|our|its)\s+)?({_NAMED}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_NAMED})*)"
)
_BEFORE = re.compile(
    rf"({_NAMED}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_NAMED})*)\s+(?:(?i:operating|business|reportable)\s+)?(?i:segments?)\b"
)
_APART = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+(?=[A-Z])")
_NO_NAMES = frozenset(
    {
        "",
        "our",
        "its",
        "total",
        "each",
        "all",
        "other",
        "reportable",
        "operating",
        "business",
        "these",
        "both",
        "company",
        "no",
    }
)
_OWN = re.compile(r"^(?:our|its|each|this)\s+")
_HEAD = 4000


def explained_names(document: Document) -> Names:
    """Return the names that *document* gives its company and its segments."""
    company = frozenset(_company_names(document)) - _NO_NAMES
    found = {_OWN.sub("", scope_words(name)) for name in _segment_names(document)} - _NO_NAMES - company
    return Names(company=company, segments=frozenset(found))


def _company_names(document: Document) -> Iterator[str]:
    if document.submission is not None and document.submission.company:
        yield scope_words(document.submission.company)
    for text in (document.text[:_HEAD], *(line.string for table in document.tables for line in table.caption)):
        for found in _COMPANY.finditer(" ".join(text.split())):
            yield from (scope_words(found.group()), scope_words(found.group(1)))


def _segment_names(document: Document) -> Iterator[str]:
    """Yield what the sentences of *document* call segments: "two segments, Rail and Barge", "the Rail segment"."""
    for paragraph in document.paragraphs:
        text = paragraph.text.string
        if "egment" in text or "ector" in text or "usiness" in text:
            for pattern in _naming(lowered(text)):
                for found in pattern.finditer(text):
                    yield from _APART.split(found[1])
                    yield found[1]


def _naming(low: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of names of segments whose words stand in *low*."""
    if "segments" in low or "sectors" in low or ("business" in low and ("units" in low or "groups" in low)):
        yield _LISTED
    if "segment" in low:
        yield _BEFORE
