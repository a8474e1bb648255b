"""The whole way of a document, stage by stage."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from msgspec.structs import replace

from tagger.arithmetic import Layout, settle, understand
from tagger.arithmetic.mend.figures import repair_statements
from tagger.arithmetic.misread import badly_recognised
from tagger.catalog import YEARS, Catalog
from tagger.document import Document
from tagger.evidence import Weights, load_weights
from tagger.evidence.weights import FILE as WEIGHTS
from tagger.facts import Fact
from tagger.findings import Code, Finding
from tagger.limits import Limits
from tagger.matching.expressions import runaways
from tagger.reading import read
from tagger.report import Report
from tagger.ruleset import Declarations, RuleSet, find_packs, load_rules
from tagger.ruleset.source import rule_source
from tagger.tagged import Tagged, own_namespace
from tagger.tagging import Rows, tag_statements
from tagger.tagging.companies import load_companies
from tagger.tagging.entity import Filer, parse_entity, read_filer
from tagger.tagging.figures import numbered
from tagger.tagging.future import within_report
from tagger.tagging.merge import merge, other_scopes
from tagger.tagging.outline import declared_concepts
from tagger.tagging.places import placed
from tagger.tagging.prose import tag_prose
from tagger.taxonomies import load_catalog
from tagger.values import CIK_SCHEME, Entity

DEFAULT_YEAR = 2024
DOCUMENT = "document"
SCALES = {"units": 0, "thousands": 3, "millions": 6, "billions": 9}


def tag(
    source: str | bytes | os.PathLike[str] | Document,
    *,
    entity: str | Entity | None = None,
    prefix: str | None = None,
    taxonomy: str | int | None = None,
    rules: RuleSet | str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None = None,
    own_concepts: bool = True,
    evidence: bool | str | os.PathLike[str] = True,
    min_confidence: float = 0.0,
    scale: str | int | None = None,
    tickers: str | os.PathLike[str] | None = None,
    name: str = "",
    limits: Limits | None = None,
) -> Report:
    """Read a release and return its facts and findings.

    *source* is a path, the release itself as bytes or str, or what `read` returned. *entity* is
    ``cik:0001009759``, a scheme and an identifier, or an `Entity`. *prefix* is for the
    filer's own concepts, which *own_concepts* can switch off; a pack that declares concepts goes before it. *scale* ("thousands", "millions" or a
    power of ten) is for tables that say none and whose arithmetic leaves it open. *taxonomy* is
    ``us-gaap/2024``, a year, or ``document``: the one in force at the end of the period reported. *evidence* are counts of
    how filers name rows: the built-in ones, those in a folder that ``tagger evidence build`` wrote, or none; rows that
    fewer than *min_confidence* of them would name so are left out. *rules* are directories of rules over the built-in ones and over the packs that
    `find_packs` has for the company, or a set loaded by `load_rules`. *tickers* is a list of companies (the SEC's
    ``company_tickers.json``, or a table with cik, ticker and name) in which a release that says no CIK is looked for. *limits*
    say how much the release may hold (``docs/limits.md``).

    Raises `ReadError` for a source that cannot be read, `ValueError` for other arguments
    that cannot be used, and an `ExceptionGroup` of `RuleError` for rules that cannot.
    """
    wanted = parse_taxonomy(taxonomy) if taxonomy != DOCUMENT else None
    given = parse_entity(entity) if isinstance(entity, str) else entity
    document = source if isinstance(source, Document) else read(source, name=name, limits=limits)
    layout, repairs = _repaired(understand(document, scale=parse_scale(scale)), typed=document.kind != "html")
    filer, doubts = read_filer(document, given, prefix, load_companies(tickers) if tickers is not None else None)
    ruleset = _ruleset(rules, filer)
    filer = replace(filer, prefix=ruleset.declared.prefix or filer.prefix)
    year = load_catalog(wanted or _year_in_force(_date(layout, document)))
    catalog = _with_declared(year, ruleset.declared)
    rows = tag_statements(
        layout.statements,
        ruleset,
        catalog,
        entity=filer.entity,
        prefix=filer.prefix,
        own=own_concepts,
        ocr=document.ocr,
        weights=_weights(evidence),
        least=min_confidence,
    )
    badly = badly_recognised(repairs, layout.statements) if document.ocr else None
    facts, found = _facts(rows, document, layout, ruleset, catalog, filer, badly)
    tagged = Tagged(
        document=document,
        facts=facts,
        entity=filer.entity,
        prefix=filer.prefix,
        namespace=own_namespace(filer.entity, filer.prefix, _date(layout, document)),
        catalog_year=catalog.year,
        statements=rows.outlines,
        own=(*rows.own, *declared_concepts(ruleset.declared, facts)),
        findings=placed((*document.findings, *doubts, *repairs, *rows.findings, *found), layout.statements),
        company=filer.name,
    )
    return Report(tagged=tagged.with_facts(facts), filer=filer, layout=layout, source=rule_source(ruleset))


def _facts(
    rows: Rows,
    document: Document,
    layout: Layout,
    rules: RuleSet,
    catalog: Catalog,
    filer: Filer,
    recognised_badly: bool | None,
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Return the facts of *rows* and of sentences together, as arithmetic leaves them, and what was found in doing so."""
    of_rows, scopes = other_scopes(rows.facts, {s.number: s.title for s in reversed(layout.statements)})
    prose = tag_prose(document, layout, rules, catalog, of_rows, entity=filer.entity, company=filer.name)
    calendar = layout.calendar
    end = calendar.current.end if calendar.current else None
    reported, later = within_report([*of_rows, *prose.facts], end, calendar.today)
    merged, differing = merge(reported, layout.statements)
    facts, contradictions = settle(
        numbered(merged),
        layout.statements,
        catalog,
        calendar=calendar,
        balances={own.name: own.balance for own in rows.own},
        typed=document.kind != "html",
        recognised_badly=recognised_badly,
    )
    slow = _slow_sentences(document, rules)
    nothing = () if facts else (_nothing_found(document),)
    return facts, (*scopes, *prose.findings, *slow, *later, *differing, *contradictions, *nothing)


def _slow_sentences(document: Document, rules: RuleSet) -> Iterator[Finding]:
    """Yield the rules whose expressions for sentences take too long over a paragraph."""
    if any(one.of_sentences for one in rules.regexes):
        yield from runaways(rules, [paragraph.text.string for paragraph in document.paragraphs], of_sentences=True)


@lru_cache(maxsize=64)
def _with_declared(catalog: Catalog, declared: Declarations) -> Catalog:
    """Return *catalog* with what packs declare; one object for both, so that what is known of it stays known."""
    return catalog.with_concepts(declared.known())


def parse_taxonomy(taxonomy: str | int | None) -> int:
    """Return the year named by ``us-gaap/2024``.

    >>> parse_taxonomy("us-gaap/2011"), parse_taxonomy(None)
    (2011, 2024)
    """
    if taxonomy is None:
        return DEFAULT_YEAR
    year = str(taxonomy).removeprefix("us-gaap/")
    if not year.isdecimal():
        raise ValueError(f"taxonomy {taxonomy!r}: give us-gaap/YEAR, as in us-gaap/{DEFAULT_YEAR}")
    return int(year)


def parse_scale(scale: str | int | None) -> int | None:
    """Return the power of ten that *scale* names.

    >>> parse_scale("millions"), parse_scale(3), parse_scale(None)
    (6, 3, None)
    """
    if scale is None or (isinstance(scale, int) and scale in SCALES.values()):
        return scale
    if str(scale) not in SCALES:
        raise ValueError(f"scale {scale!r}: give one of {', '.join(SCALES)}")
    return SCALES[str(scale)]


def _year_in_force(date: dt.date) -> int:
    """Return the year whose taxonomy filers use for a period that ends on *date*: the first there was, before it."""
    return min(max(date.year, YEARS[0]), YEARS[-1])


def _weights(evidence: bool | str | os.PathLike[str]) -> Weights | None:
    """Return the weights to name rows by: the built-in ones, those of a folder that ``tagger evidence build`` wrote, or none."""
    if isinstance(evidence, bool):
        return load_weights() if evidence else None
    found = load_weights(Path(evidence) / WEIGHTS)
    if found is None:
        raise ValueError(f"evidence {str(evidence)!r}: there is no {WEIGHTS} in it")
    return found


def _ruleset(
    rules: RuleSet | str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None, filer: Filer
) -> RuleSet:
    if isinstance(rules, RuleSet):
        return rules
    given = [rules] if isinstance(rules, (str, os.PathLike)) else rules or []
    cik = filer.entity.identifier if filer.entity.scheme == CIK_SCHEME else ""
    found = find_packs(cik, filer.name)
    directories = [*found, *(path for path in map(Path, given) if path.resolve() not in {p.resolve() for p in found})]
    return load_rules(*directories) if directories else _built_in_rules()


@cache
def _built_in_rules() -> RuleSet:
    """Return the built-in rules; they do not change while the program runs."""
    return load_rules()


def _repaired(layout: Layout, *, typed: bool) -> tuple[Layout, tuple[Finding, ...]]:
    statements, findings = repair_statements(layout.statements, typed=typed)
    return replace(layout, statements=statements), (*layout.findings, *findings)


def _date(layout: Layout, document: Document) -> dt.date:
    """Return the end of the reported period, for the extension's namespace."""
    if layout.calendar.current is not None:
        return layout.calendar.current.end
    if document.submission is not None and document.submission.period is not None:
        return document.submission.period
    return dt.date(1970, 1, 1)


def _nothing_found(document: Document) -> Finding:
    tables = len(document.tables)
    return Finding.warning(
        Code.NO_FIGURES, f"no figure could be tagged in {tables} tables and {len(document.paragraphs)} paragraphs"
    )
