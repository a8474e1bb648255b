"""Who reports: from the caller, the submission's header, or the release's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tagger.document import Document
from tagger.findings import Code, Finding, Severity
from tagger.values import CIK_SCHEME, PLACEHOLDER_SCHEME, Entity

_TICKER = re.compile(
    r"""\(\s*(?:the\s+)?"?
        (?P<exchange>nasdaq(?:\s*(?:global|capital)?\s*(?:select)?\s*(?:market)?)?|nasdaqgs|nyse(?:\s+(?:american|mkt|arca|amex))?|amex|otc[a-z]*(?:\s+[a-z]+)?|tsx|lse|new\s+york\s+stock\s+exchange|american\s+stock\s+exchange|nasd[a-z]*)
        \s*[:\-–—;]?\s* (?:symbol\s*)? "? (?P<ticker>[A-Z][A-Z.\-]{0,5}) \b""",
    re.VERBOSE | re.IGNORECASE,
)
_CIK = re.compile(r"(?:cik:)?0*(\d{1,10})")
_NAME = re.compile(
    r"\b(?:[A-Z][\w&.'’\-]*,?\s+(?:(?:&|and|of|the)\s+)*){1,6}(?:Inc|Incorporated|Corp|Corporation|Company|Co|Ltd|Limited|LLC|PLC|plc|N\.V|S\.A|L\.P|Group|Holdings|Bancorp|Trust)\b\.?"
)
_BEFORE_TICKER = re.compile(r"((?:[A-Z][\w&.'’\-]*(?:,?\s+(?:(?:&|and|of|the)\s+)*|$)){1,8})[,\s]*$")
_NO_NAME = frozenset({"the company", "company", "the group", "the corporation", "the trust"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filer:
    """What is known of the company: its entity, name, ticker, exchange, and the prefix of its own concepts."""

    entity: Entity
    prefix: str
    name: str = ""
    ticker: str = ""
    exchange: str = ""


def parse_entity(text: str) -> Entity:
    """Read ``cik:0001009759``, a bare CIK, or ``SCHEME IDENTIFIER``.

    >>> parse_entity("cik:1009759").identifier
    '0001009759'
    >>> parse_entity("http://standards.iso.org/iso/17442 529900T8BM49AURSDO55").scheme
    'http://standards.iso.org/iso/17442'
    """
    cik = _CIK.fullmatch(text.strip())
    if cik:
        return Entity(CIK_SCHEME, cik.group(1).zfill(10))
    scheme, _, identifier = text.strip().partition(" ")
    if re.match(r"[a-z][a-z0-9+.\-]*:", scheme) and identifier.strip():
        return Entity(scheme, identifier.strip())
    raise ValueError(f"entity {text!r}: give cik:NUMBER, or a scheme (a URI), a blank and an identifier")


def read_filer(document: Document, entity: Entity | None, prefix: str | None) -> tuple[Filer, tuple[Finding, ...]]:
    """Return the filer of *document*; an *entity* or *prefix* that is given goes before what is read."""
    listed = _listed(document)
    found = _TICKER.search(*listed) if listed else None
    ticker = found.group("ticker").upper() if found else ""
    submission = document.submission
    findings: tuple[Finding, ...] = ()
    if entity is None and submission is not None and submission.cik:
        entity = Entity(CIK_SCHEME, submission.cik.zfill(10))
    if entity is None:
        entity = Entity(PLACEHOLDER_SCHEME, ticker or "unknown")
        findings = (
            Finding(
                code=Code.ENTITY_NOT_KNOWN,
                severity=Severity.WARNING,
                message="nothing says which company this is; a placeholder stands in: give --entity cik:NUMBER",
            ),
        )
    filer = Filer(
        entity=entity,
        prefix=prefix or _prefix(ticker),
        name=_company(document, listed),
        ticker=ticker,
        exchange=re.sub(r"\s+", " ", found.group("exchange")) if found else "",
    )
    return filer, findings


def _listed(document: Document) -> tuple[str, int] | None:
    """Return the first text that gives a ticker, and where in it."""
    for paragraph in document.paragraphs:
        found = _TICKER.search(paragraph.text.string)
        if found:
            return paragraph.text.string, found.start()
    found = _TICKER.search(document.text)
    return (document.text, found.start()) if found else None


def _prefix(ticker: str) -> str:
    """Return the customary prefix: the ticker in lower case."""
    return re.sub(r"[^a-z0-9]", "", ticker.lower()) or "own"


def _company(document: Document, listed: tuple[str, int] | None) -> str:
    """Return the company's name: the header's, else what stands before the ticker (*listed*: the text and the
    place of its parenthesis), else the first name with a legal form over the tables or in the text.
    """
    if document.submission is not None and document.submission.company:
        return document.submission.company
    if listed is not None:
        text, start = listed
        named = _BEFORE_TICKER.search(text[max(0, start - 120) : start])
        if named:
            return _tidy(named.group())
    captions = (line.string for table in document.tables for line in table.caption)
    texts = (paragraph.text.string for paragraph in document.paragraphs)
    names = (_tidy(found.group()) for text in (*captions, *texts) for found in _NAME.finditer(text))
    return next((name for name in names if name.lower() not in _NO_NAME), "")


def _tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" ,")
