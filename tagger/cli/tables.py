"""What the commands for written reports print."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from tagger.cli.console import empty_table, open_console

if TYPE_CHECKING:
    from tagger.checking import Complaint
    from tagger.comparing import Difference, Grade
    from tagger.loading import LoadedReport
    from tagger.writing.reported import Reported

_LONGEST = 60
_STYLES = {"ERROR": "red", "WARNING": "yellow", "NOTE": "cyan"}


def _table(*columns: str, right: Sequence[str] = ()) -> Table:
    table = empty_table()
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return table


def loaded(report: LoadedReport) -> None:
    """Print the facts of *report*, a row each."""
    console = open_console()
    table = _table("concept", "period", "value", "unit", "decimals", right=("value", "decimals"))
    for fact in report.facts:
        exact = "INF" if fact.numeric and fact.decimals is None else ""
        decimals = exact if fact.decimals is None else str(fact.decimals)
        table.add_row(
            _concept(fact), str(fact.period or "forever"), escape(_value(fact)), str(fact.unit or ""), decimals
        )
    console.print(table)
    entity = report.entity
    console.print(
        f"\n{len(report)} facts of {escape(entity.identifier if entity else 'several entities')}", soft_wrap=True
    )


def problems(found: Iterable[str]) -> None:
    """Print what could not be read to standard error."""
    sys.stdout.flush()
    for problem in found:
        print(f"tagger: {problem}", file=sys.stderr)


def differences(shown: Iterable[Difference], found: Sequence[Difference]) -> None:
    """Print the differences *shown*, and how many there are of each kind."""
    table = _table("", "concept", "period", "first", "second", right=("first", "second"))
    for difference in shown:
        fact = difference.fact
        left, right = (escape(_value(side)) if side is not None else "" for side in (difference.left, difference.right))
        table.add_row(difference.status.value, _concept(fact), str(fact.period or "forever"), left, right)
    console = open_console()
    if table.row_count:
        console.print(table)
    counts = Counter(difference.status for difference in found)
    console.print(", ".join(f"{counts[status]} {status.value}" for status in counts) or "no facts in either")


def grade(graded: Grade, *, verbose: bool) -> None:
    """Print what the filing contradicts or names otherwise, and the sums."""
    from tagger.comparing import Verdict

    shown = {Verdict.CONTRADICTED, Verdict.MISNAMED} | ({Verdict.UNKNOWN} if verbose else set())
    table = _table("verdict", "concept", "period", "release", "filing", right=("release", "filing"))
    for item in graded.facts:
        if item.verdict in shown:
            filed = ""
            if item.filed is not None:
                filed = _value(item.filed) if item.verdict is Verdict.CONTRADICTED else item.filed.concept
            table.add_row(
                item.verdict.value, _concept(item.fact), str(item.fact.period), _value(item.fact), escape(filed)
            )
    for fact in graded.missed if verbose else ():
        table.add_row("missed", _concept(fact), str(fact.period), "", _value(fact))
    console = open_console()
    if table.row_count:
        console.print(table)
    console.print(", ".join(f"{graded.count(verdict)} {verdict.value}" for verdict in Verdict), soft_wrap=True)
    if graded.right is not None:
        console.print(f"{graded.right:.1%} right of what the filing can check", soft_wrap=True)
    if graded.recall is not None:
        console.print(f"{graded.recall:.1%} of {len(graded.wanted)} figures of its statements that the release prints were found")  # fmt: skip


def complaints(found: Sequence[Complaint], source: Path) -> None:
    """Print what is wrong with *source*, equal complaints once, in one table."""
    table = _table("level", "by", "code", "complaint", "where")
    groups: dict[tuple[str, str, str], list[Complaint]] = {}
    for complaint in found:
        groups.setdefault((complaint.level.name, complaint.source, complaint.code), []).append(complaint)
    for (level, by, code), group in groups.items():
        more = f" (and {len(group) - 1} more)" if len(group) > 1 else ""
        style = _STYLES[level]
        first = group[0]
        table.add_row(
            f"[{style}]{level.lower()}[/{style}]", by, escape(code), escape(first.message + more), escape(first.where)
        )
    console = open_console()
    if table.row_count:
        console.print(table)
    counts = Counter(complaint.level.name.lower() for complaint in found)
    said = (
        ", ".join(f"{counts[name]} {name}{'s' * (counts[name] > 1)}" for name in ("error", "warning") if counts[name])
        or "nothing to complain of"
    )
    console.print(f"{escape(str(source))}: {said}", soft_wrap=True)


def _concept(fact: Reported) -> str:
    members = " ".join(escape(f"[{member.member.rpartition(':')[2]}]") for member in fact.members)
    return f"{escape(fact.concept)} {members}".rstrip()


def _value(fact: Reported) -> str:
    if isinstance(fact.value, Decimal):
        return f"{fact.value:,f}"
    text = " ".join((fact.value or "").split()) if fact.value is not None else "nil"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
