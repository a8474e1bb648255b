"""Who reports: from the caller, the submission's header, or the release's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from tagger.document import Document
from tagger.findings import Code, Finding
from tagger.lexicon.companies import company_name, ends_in_dateline
from tagger.patterns import pattern
from tagger.tagged import RESERVED
from tagger.tagging.companies import Companies
from tagger.values import CIK_SCHEME, PLACEHOLDER_SCHEME, Entity

_TICKER = pattern(
    r"""\(\s*(?:the\s+)?"?
        (?P<exchange>nasdaq(?:\s*(?:global|capital)?\s*(?:select)?\s*(?:market)?)?|nasdaqgs|nyse(?:\s+(?:american|mkt|arca|amex))?|amex|otc[a-z]*(?:\s+[a-z]+)?|tsx|lse|new\s+york\s+stock\s+exchange|american\s+stock\s+exchange|nasd[a-z]*)
        \s*[:\-–—;]?\s* (?:symbol\s*)? "? (?P<ticker>[A-Z][A-Z.\-]{0,5}) \b""",
    re.VERBOSE | re.IGNORECASE,
)
_CIK = pattern(r"(?:cik:)?0*(\d{1,10})")
_SENTENCE = pattern(r"(?<=[A-Za-z]{3}\.)\s+(?=The\b|[A-Z][a-z])")  # where one sentence ends and another begins
_ANNOUNCED = 2  # one that announces counts as if it stood there twice
_ANNOUNCES = pattern(r"\W*(?:today|announce[sd]?|report(?:s|ed)?)\b")
_BASED = pattern(r"^(?:.*\s)?[A-Z]\w+-based\s+")
_BEFORE_TICKER = pattern(r"((?:(?:[A-Z]|[a-z]{1,3}[A-Z])[\w&.'’\-]*(?:,?\s+(?:(?:&|and|of|the)\s+)*|$)){1,8})[,\s]*$")
_MARKS = pattern(r"\s?\((?:R|TM|SM)\)|[®™℠]")  # inside a name: "Elm(R) Software, Inc."
_LONGEST_DATELINE = 80
_NO_NAME = frozenset({"the company", "company", "the group", "the corporation", "the trust"})


class Filer(Struct, frozen=True, kw_only=True):
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


def read_filer(
    document: Document, entity: Entity | None, prefix: str | None, companies: Companies | None = None
) -> tuple[Filer, tuple[Finding, ...]]:
    """Return the filer of *document*; an *entity* or *prefix* that is given goes before what is read.

    One that says no CIK is looked for among *companies*, by its ticker and name.
    """
    listed = _listed(document)
    found = _TICKER.search(*listed) if listed else None
    ticker = found.group("ticker").upper() if found else ""
    name = _company(document, listed)
    known = entity or _entity(document, ticker, name, companies)
    filer = Filer(
        entity=known or Entity(PLACEHOLDER_SCHEME, ticker or "unknown"),
        prefix=prefix or _prefix(ticker),
        name=name,
        ticker=ticker,
        exchange=re.sub(r"\s+", " ", found.group("exchange")) if found else "",
    )
    return filer, () if known else (_NOT_KNOWN,)


_NOT_KNOWN = Finding.warning(
    Code.ENTITY_NOT_KNOWN, "nothing says which company this is; a placeholder stands in: give --entity cik:NUMBER"
)


def _entity(document: Document, ticker: str, name: str, companies: Companies | None) -> Entity | None:
    """Return who files *document*: what its submission says, else the company of its ticker and name."""
    if document.submission is not None and document.submission.cik:
        return Entity(CIK_SCHEME, document.submission.cik.zfill(10))
    cik = companies.cik(ticker, name) if companies is not None else None
    return Entity(CIK_SCHEME, cik) if cik else None


def _listed(document: Document) -> tuple[str, int] | None:
    """Return the first text that gives a ticker, and where in it."""
    for paragraph in document.paragraphs:
        found = _TICKER.search(paragraph.text.string)
        if found:
            return paragraph.text.string, found.start()
    found = _TICKER.search(document.text)
    return (document.text, found.start()) if found else None


def _prefix(ticker: str) -> str:
    """Return the customary prefix: the ticker in lower case, where that is no prefix of the standards' own.

    >>> _prefix("ACME"), _prefix("IX"), _prefix("4UP"), _prefix("")
    ('acme', 'ix-own', 'own', 'own')
    """
    prefix = re.sub(r"[^a-z0-9]", "", ticker.lower())
    if not prefix or not prefix[0].isalpha():
        return "own"
    return f"{prefix}-own" if prefix in RESERVED else prefix


def _company(document: Document, listed: tuple[str, int] | None) -> str:
    """Return the company's name: the header's, else what stands before the ticker (*listed*: the text and the
    place of its parenthesis), else the name with a legal form that stands over the tables most often, or is
    repeated most often in the text.
    """
    if document.submission is not None and document.submission.company:
        return document.submission.company
    if listed is not None:
        text, start = listed
        named = _BEFORE_TICKER.search(_MARKS.sub("", text[max(0, start - 120) : start]))
        if named:
            return _tidy(named.group())
    captions = [line.string for table in document.tables for line in table.caption]
    texts = [paragraph.text.string for paragraph in document.paragraphs]
    titled = _named(captions)
    return _commonest(titled) or _commonest(Counter({n: k for n, k in (_named(texts) + titled).items() if k > 1}))


def _named(texts: Iterable[str]) -> Counter[str]:
    """Return the names with a legal form in *texts*, and how often each stands there; the one that announces counts twice.

    >>> _named(["Filed with the SEC. The Company bought the Denver-based Elm Hill Corp. in May."])
    Counter({'Elm Hill Corp.': 1})
    """
    found: Counter[str] = Counter()
    for text in texts:
        for part in company_name().finditer(text):
            name = _tidy(part.group())
            if " " in name and name.lower() not in _NO_NAME:
                announces = _ANNOUNCES.match(text, part.end()) or ends_in_dateline().search(
                    text, max(0, part.start() - _LONGEST_DATELINE), part.start()
                )
                found[name] += _ANNOUNCED if announces else 1
    return found


def _commonest(names: Counter[str]) -> str:
    """Return the name that stands there most often; of two that do equally often, neither."""
    first, second = (*names.most_common(2), ("", 0), ("", 0))[:2]
    return first[0] if first[1] > second[1] else ""


def _tidy(name: str) -> str:
    """Return *name* in one line, without the end of a sentence or the place before it."""
    alone = _SENTENCE.split(_BASED.sub("", re.sub(r"\s+", " ", name)))[-1]
    return alone.strip(" ,")
