"""Currencies: of a statement by its caption, its rows or the release; of single columns and rows by their own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from msgspec.structs import replace

from tagger.data import load_json, word_set
from tagger.document import Document
from tagger.findings import Code, Finding
from tagger.lexicon import parse_scales, scale_behind
from tagger.patterns import pattern
from tagger.statement import Column, Statement
from tagger.statements.scales import said_of_amounts
from tagger.statements.sections import Section

_DOLLARS = pattern(r"\W*\$\W*(?:000\W*)?")
_LONGEST = 40
_IN_LABEL = pattern(r"(?:\((?P<aside>[^()]{1,24})\)|,\s*(?P<last>[A-Z]{3}))\s*$")
_FOREIGN = pattern(r"\bIFRS\b|\bInternational\s+Financial\s+Reporting\s+Standards\b")
DEFAULT = "USD"
SOME_DOLLARS = "$"  # of which country is still to be told


def with_currencies(columns: Sequence[Column], section: Section) -> list[Column]:
    """Return *columns*, each with the currency that its own heading names, the innermost first.

    A bare "$" says United States dollars where it stands beside another currency, and nothing else.
    """
    named = {column.index: _currency(section, column.index) for column in columns}
    several = any(named.values())
    return [
        replace(
            column, currency=named[column.index] or ("USD" if several and _dollars(section, column.index) else None)
        )
        for column in columns
    ]


def _currency(section: Section, column: int) -> str | None:
    for text in reversed(section.over(column)):
        scales = parse_scales(text) if len(text) <= _LONGEST else None
        if scales is not None and scales.currency is not None:
            return scales.currency
    return None


def _dollars(section: Section, column: int) -> bool:
    return any(_DOLLARS.fullmatch(text) for text in section.over(column))


def label_currency(label: str) -> str | None:
    """Return the currency that the end of a row's *label* names: "Net income (EUR)", "EPS, SEK", "Revenue, £m"."""
    found = _IN_LABEL.search(label)
    behind = label[scale_behind(label) :]
    scales = parse_scales(found["aside"] or found["last"]) if found else parse_scales(behind) if behind else None
    return scales.currency if scales is not None else None


def settle_currencies(
    statements: Sequence[Statement], document: Document, dollars: str = DEFAULT
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """Give statements whose words name no currency the one that is named nearest, and the default else; a "$" is *dollars*.

    Nearest are their own rows, then the captions of the other statements, then a sentence ("All amounts are in
    euros"). Where only the default is left though the release names another currency or IFRS, a finding says so.
    """
    statements = tuple(replace(s, currency=dollars) if s.currency == SOME_DOLLARS else s for s in statements)
    if all(statement.currency for statement in statements):
        return statements, ()
    said = set(_said_of_amounts(document))
    told = {statement.currency for statement in statements} - {""}
    common = _only(told) or _only(said) or ""
    settled = tuple(s if s.currency else replace(s, currency=_of_rows(s) or common) for s in statements)
    foreign = (told | said) - {DEFAULT}
    open_ = [statement for statement in settled if not statement.currency]
    findings = tuple(_by_default(s) for s in open_[:1] if foreign or _FOREIGN.search(document.text))
    return tuple(s if s.currency else replace(s, currency=DEFAULT) for s in settled), findings


def dollars_of(statements: Sequence[Statement], document: Document) -> str:
    """Return what a "$" of *document* stands for: the one currency of that sign that captions name, else sentences.

    United States dollars where none is named, or two are.
    """
    if not any([name in document.text for name in load_json("amounts")["other_dollars"]]):
        return DEFAULT
    signed = word_set("amounts", "dollars")
    told = {statement.currency for statement in statements} & signed
    return _only(told or signed.intersection(_said_of_amounts(document))) or DEFAULT


def _only(found: Set[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None


def _of_rows(statement: Statement) -> str | None:
    return _only({line.currency for line in statement.lines if line.currency})


def _said_of_amounts(document: Document) -> Iterator[str]:
    """Yield the currencies in which sentences say that amounts are given."""
    yield from (scales.currency for _, _, scales in said_of_amounts(document) if scales.currency)


def _by_default(statement: Statement) -> Finding:
    return Finding.warning(
        Code.DEFAULT_CURRENCY,
        f"table {statement.title!r}: nothing near it names its currency, and the release speaks of another than US "
        f"dollars or of IFRS; it is taken to be in {DEFAULT}",
        statement.table.span,
    )
