"""A report as a notebook shows it: its statements as tables of HTML, with what proves each figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from tagger.characters import clean_characters
from tagger.document import Document
from tagger.facts import Fact
from tagger.findings import Finding
from tagger.sheets import SENTENCES, Sheet, SheetRow, sheets
from tagger.statement import Statement
from tagger.tagged import Tagged
from tagger.tagging.entity import Filer

_STYLE = (
    "<style>.tagger{font-size:13px;max-width:100%;overflow-x:auto}.tagger table{border-collapse:collapse;margin:2px 0 10px}"
    ".tagger td,.tagger th{padding:2px 10px;text-align:right;white-space:nowrap;vertical-align:top}"
    ".tagger td:first-child,.tagger th:first-child{text-align:left;white-space:normal;max-width:34em}"
    ".tagger th{border-bottom:1px solid;font-weight:600}.tagger small{opacity:.65;display:block;overflow-wrap:anywhere}"
    ".tagger summary{cursor:pointer;font-weight:600}.tagger .p{color:#188038;padding-left:3px}"
    ".tagger .u{opacity:.5;padding-left:3px}</style>"
)


def report_html(tagged: Tagged, filer: Filer, statements: Sequence[Statement], summary: str) -> str:
    """Return *tagged* as HTML: who reports, a table for each statement, sentences and findings folded away."""
    parts = [_STYLE, '<div class="tagger">', f"<p>{_headline(tagged, filer)} · {escape(summary)}</p>"]
    parts.extend(_sheet(sheet, opened=sheet.title != SENTENCES) for sheet in sheets(tagged.facts, statements))
    if tagged.findings:
        parts.append(_findings(tagged.findings, tagged.document))
    return clean_characters("".join([*parts, "</div>"]))


def _headline(tagged: Tagged, filer: Filer) -> str:
    who = escape(filer.name or "Company not known")
    listed = f" ({escape(filer.exchange)}: {escape(filer.ticker)})" if filer.ticker else ""
    entity = escape(tagged.entity.identifier) if tagged.entity.known else "entity not known"
    return f"<b>{who}</b>{listed} · {entity} · {escape(tagged.document.name)}"


def _sheet(sheet: Sheet, *, opened: bool) -> str:
    heads = "".join(f"<th>{_period(period)}</th>" for period in sheet.periods)
    before = ("", *(row.label for row in sheet.rows))
    rows = "".join(_row(row, again=row.label == label) for row, label in zip(sheet.rows, before, strict=False))
    return (
        f"<details{' open' if opened else ''}><summary>{escape(sheet.title)}</summary>"
        f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table></details>"
    )


def _period(period: str) -> str:
    start, _, end = period.partition("/")
    return f"{start} to<br>{end}" if end else start


def _row(row: SheetRow, *, again: bool) -> str:
    """Return a row; the label of one that holds several concepts is said once."""
    label = "" if again else escape(row.label)
    cells = "".join(f"<td>{_figure(fact) if fact is not None else ''}</td>" for fact in row.facts)
    return f"<tr><td>{label}<small>{escape(row.concept)}</small></td>{cells}</tr>"


def _figure(fact: Fact) -> str:
    proof = "\n".join(map(str, fact.proof))
    open_ = f"not borne out: {', '.join(fact.unproven)}"
    mark = (
        f'<span class="p" title="{escape(proof)}">✓</span>'
        if fact.proven
        else f'<span class="u" title="{escape(f"{open_}; {proof}")}">◦</span>'
    )
    told = "\n".join([f"{fact.unit}, decimals {'INF' if fact.decimals is None else fact.decimals}", *fact.why])
    return f'<span title="{escape(told)}">{fact.value:,}</span>{mark}{_confidence(fact)}'


def _confidence(fact: Fact) -> str:
    """Return how sure the concept is, where evidence chose it and said so."""
    confidence = getattr(fact, "confidence", None)
    return f"<small>{confidence:.0%}</small>" if confidence is not None and confidence < 1 else ""


def _findings(findings: Sequence[Finding], document: Document) -> str:
    counts = Counter(finding.severity.value for finding in findings)
    title = ", ".join(f"{count} {name}{'s' * (count > 1)}" for name, count in counts.items())
    rows = "".join(_finding(finding, document) for finding in findings)
    return f"<details><summary>Findings: {title}</summary><table><tbody>{rows}</tbody></table></details>"


def _finding(finding: Finding, document: Document) -> str:
    cells: Iterator[str] = iter((finding.message, finding.severity.value, finding.code.value, _line(finding, document)))
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _line(finding: Finding, document: Document) -> str:
    return f"line {document.line(finding.span.start)}" if finding.span else ""
