"""What the commands print: tables of facts, findings, files and explanations."""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tagger.cli.console import empty_table, open_console
from tagger.explaining import Explanation
from tagger.facts import Fact
from tagger.findings import Finding
from tagger.lexicon.shapes import opens_figure
from tagger.report import Report
from tagger.selection import counted
from tagger.sheets import grouped, named

_FIRST = 66
_PROOF = 60
_KIND = 8
_GAP = 3
_STYLES = {"error": "red", "warning": "yellow", "note": "cyan"}


def facts(report: Report) -> None:
    """Print who reports, and a table for each statement: rows with their concept, then period, value and proof."""
    console = open_console()
    console.print(_headline(report), soft_wrap=True)
    for title, group in grouped(report.facts, report.layout.statements):
        console.print()
        console.print(f"[bold]{escape(title)}[/bold]", soft_wrap=True)
        console.print(_table(group, console))
    rows = [fact for fact in report.facts if fact.table is not None]
    proven = f", {report.proven:.0%} of the {len(rows)} on statement rows proven" if rows else ""
    console.print(f"\n{counted(len(report.facts), 'fact')}{proven}")


def _headline(report: Report) -> str:
    filer = report.filer
    listed = f" ({filer.exchange}: {filer.ticker})" if filer.ticker else ""
    who = f"{filer.name or 'Company not known'}{listed}"
    known = f"entity {report.entity.identifier}" if report.entity.known else "entity not known"
    return f"[bold]{escape(who)}[/bold]  {escape(known)}  {escape(report.document.name)}"


def _table(group: Sequence[Fact], console: Console) -> Table:
    """Return the facts of a statement: a row's label and concept to the left, its facts to the right."""
    periods, values = (max(map(len, texts)) for texts in zip(*((str(f.period), _value(f)) for f in group), strict=True))
    rest = console.width - periods - values - 3 * _GAP
    proofs = min(rest // 2, _PROOF) if rest > _FIRST else _KIND
    widest = max(max(len(named(fact)) + 2, len(fact.label)) for fact in group)
    first = min(rest - proofs, widest, _FIRST)
    if not console.is_terminal:  # another program reads it: nothing is cut
        first, proofs = widest, rest
    table = empty_table()
    table.add_column("row and concept", width=max(first, _KIND), no_wrap=True)
    table.add_column("period", no_wrap=True, width=periods)
    table.add_column("value", no_wrap=True, width=values, justify="right")
    table.add_column("proof", no_wrap=True, overflow="ellipsis", max_width=proofs)
    rows: dict[tuple[object, ...], list[Fact]] = {}
    for fact in group:
        rows.setdefault((fact.row if fact.table is not None else fact.label, named(fact)), []).append(fact)
    for (_, concept), here in rows.items():
        names = [
            escape(_short(here[0].label, first)),
            *(f"[dim]{escape(part)}[/dim]" for part in _parts(str(concept), first)),
        ]
        figures = [(str(fact.period), _value(fact), escape(_proof(fact, whole=proofs > _KIND))) for fact in here]
        for left, right in zip_longest(names, figures, fillvalue=None):
            table.add_row(left or "", *(right or ("", "", "")))
    return table


def _parts(concept: str, width: int) -> list[str]:
    """Cut *concept* into lines of *width*, for it is of no use without its end."""
    return textwrap.wrap(
        concept, max(width, _KIND), initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )


def _value(fact: Fact) -> str:
    return f"{fact.value:,}"


def _proof(fact: Fact, *, whole: bool) -> str:
    """Return what bears *fact* out, or which aspects nothing bears out."""
    wanting = f"not {', '.join(fact.unproven)}" if fact.unproven else ""
    first = f"{fact.proof[0].kind}: {fact.proof[0].equation}" if fact.proof else ""
    return "; ".join(filter(None, (wanting, first))) if whole else wanting or "proven"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def findings(report: Report, source: str) -> None:
    """Print the findings to standard error, each with its file, as it was given, and line, as compilers do."""
    sys.stdout.flush()
    console = open_console(stderr=True)
    if report.findings:
        console.print()
    for finding in report.findings:
        console.print(_finding(finding, report, source), soft_wrap=True)
    if report.findings:
        console.print(f"{counted(len(report.findings), 'finding')}: {_severities(report.findings)}")


def _finding(finding: Finding, report: Report, source: str) -> str:
    name = source if source != "-" else report.document.name
    place = f"{name}:{report.document.line(finding.span.start)}" if finding.span else name
    severity = finding.severity.value
    where = " > ".join(filter(None, (finding.table, finding.row, finding.column)))
    told = f"[{finding.code.value}]" + (f" {where}" if where else "")
    return f"{escape(place)}: [{_STYLES[severity]}]{severity}[/]: {escape(finding.message)} [dim]{escape(told)}[/]"


def _severities(found: Iterable[Finding]) -> str:
    counts = Counter(finding.severity.value for finding in found)
    return ", ".join(counted(counts[name], name) for name in _STYLES if counts[name])


def files(paths: Sequence[Path], *, to_stderr: bool) -> None:
    """Print the files that were written."""
    console = open_console(stderr=to_stderr)
    if paths:
        console.print("\nwritten:")
    for path in dict.fromkeys(paths):
        console.print(f"  {path}", markup=False, soft_wrap=True)


def explanations(found: Sequence[Explanation], report: Report) -> None:
    """Print each row or sentence with its figures: what each became, and why; what goes for all of them first."""
    console = open_console()
    for (place, lines), group in groupby(found, key=lambda item: (item.place, item.lines)):
        items = tuple(group)
        shared = [reason for reason in items[0].reasons if all(reason in item.reasons for item in items[1:])]
        table = f" [dim]in {escape(items[0].table)}[/dim]" if items[0].table else ""
        console.print(f"\n[bold]{_lines(lines)}: {escape(place)}[/bold]{table}", soft_wrap=True)
        if len(items) > 1:
            _indented(console, 2, shared)
        for item in items:
            _figure(console, item, report, shared if len(items) > 1 else ())


def _figure(console: Console, item: Explanation, report: Report, said: Sequence[str]) -> None:
    printed = _printed(item, report)
    became = [f"{named(fact)}  {fact.period}  {_value(fact)} {fact.unit}" for fact in item.facts]
    console.print(f"  [bold]{escape(printed)}[/bold]  {escape(became[0] if became else 'not tagged')}", soft_wrap=True)
    _indented(console, 4 + len(printed), became[1:])
    _indented(console, 6, [reason for reason in item.reasons if reason not in said])


def _printed(item: Explanation, report: Report) -> str:
    """Return the figure with the marks right beside it: ``$(1,316)``."""
    text = report.document.text
    start, end = item.span.start, item.span.end
    while start and opens_figure(text[start - 1]):
        start -= 1
    while end < len(text) and text[end] in ")%":
        end += 1
    return text[start:end]


def _indented(console: Console, by: int, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(" " * by + escape(line), soft_wrap=True)


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first} to {last}"
