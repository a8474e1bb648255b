"""What the commands print: tables of facts, findings, files and explanations."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tagger.explain import Explanation
from tagger.facts import Fact
from tagger.report import Report
from tagger.values import Duration

_WIDTH = 160


def _console(*, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal, or wide enough for whole rows where there is none."""
    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, width=None if terminal else _WIDTH, highlight=False, soft_wrap=False)


def facts(report: Report) -> None:
    """Print a table for each statement: label, concept, period, value, proof."""
    console = _console()
    filer = report.filer
    who = " ".join(filter(None, (filer.name, f"({filer.exchange}: {filer.ticker})" if filer.ticker else "")))
    console.print(f"[bold]{escape(who or 'Company not known')}[/bold]  entity {escape(report.entity.identifier)}")
    for title, group in _grouped(report):
        table = Table(title=escape(title), title_justify="left", expand=False)
        for column in ("label", "concept", "period", "value", "proof"):
            table.add_column(column, justify="right" if column == "value" else "left", overflow="fold")
        for fact in group:
            table.add_row(*(escape(text) for text in _row(fact)))
        console.print(table)
    console.print(f"{len(report.facts)} facts, {report.proven:.0%} of those on statement rows proven")


def _grouped(report: Report) -> Iterable[tuple[str, Sequence[Fact]]]:
    groups: dict[tuple[str, int | None], list[Fact]] = {}
    for fact in report.facts:
        groups.setdefault((fact.statement, fact.table), []).append(fact)
    titles = {(s.kind.value, s.number): s.title for s in reversed(report.layout.statements)}
    for (statement, number), group in groups.items():
        title = titles.get((statement, number or 0), "") if number is not None else "in sentences"
        yield f"{statement}: {title}" if title else statement, group


def _row(fact: Fact) -> tuple[str, str, str, str, str]:
    members = "".join(f" [{member.member.partition(':')[2]}]" for member in fact.members)
    proof = fact.proof[0] if fact.proof else None
    return (
        _short(fact.label, 48),
        fact.concept + members,
        str(fact.period),
        f"{fact.value:,}",
        f"{proof.kind.value}: {_short(proof.equation, 44)}" if proof else "",
    )


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def findings(report: Report) -> None:
    """Print the findings to standard error."""
    console = _console(stderr=True)
    for finding in report.findings:
        place = f"line {report.document.line(finding.span.start)}: " if finding.span else ""
        console.print(f"{finding.severity.value}: {finding.code.value}: {place}{finding.message}", markup=False)


def files(paths: Sequence[Path], *, to_stderr: bool) -> None:
    """Print the files that were written."""
    console = _console(stderr=to_stderr)
    for path in dict.fromkeys(paths):
        console.print(f"wrote {path}", markup=False)


def problems(found: Sequence[object]) -> None:
    """Print what is wrong with rules to standard error, or that all is well."""
    if not found:
        print("rules: every test passes")
    for problem in found:
        print(problem, file=sys.stderr)


def explanations(found: Sequence[Explanation], report: Report) -> None:
    """Print each explained figure with its place, its facts and the reasons."""
    console = _console()
    place = ""
    for item in found:
        if item.place != place:
            place = item.place
            console.print(f"\nline {report.document.line(item.span.start)}: {place}", style="bold", markup=False)
        console.print(f"  {item.text}", markup=False)
        for fact in item.facts:
            console.print(f"    = {fact.concept} {_period(fact)} {fact.unit} {fact.value:,}", markup=False)
        for reason in item.reasons:
            console.print(f"      {reason}", markup=False)


def _period(fact: Fact) -> str:
    period = fact.period
    return f"{period.start} to {period.end}" if isinstance(period, Duration) else str(period)
