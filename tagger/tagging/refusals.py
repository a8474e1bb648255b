"""What of a statement is left out and why: one finding for a column or a table, not one for each figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tagger.facts import Fact
from tagger.findings import Code, Finding, Severity
from tagger.statement import PRIMARY, Kind, Line, Statement, Use
from tagger.statements.kinds import title_kind
from tagger.statements.lines import torn_rows
from tagger.statements.reported import says_reported
from tagger.values import Span

_FEWEST = 3  # rows that make a table worth a word


class Refusal(Struct, frozen=True, kw_only=True):
    """A figure of the row *label* left out; *column* is the heading of its column, empty where the row is left out whole."""

    code: Code
    label: str
    column: str
    why: str
    span: Span


def place_of(statement: Statement) -> str:
    """Return which table of the document *statement* is, in words."""
    return f"table {statement.number + 1}" + (f" ({statement.title})" if statement.title else "")


def refusal_findings(statement: Statement, refusals: Iterable[Refusal]) -> Iterator[Finding]:
    """Yield a finding for each column and reason, with the first row and how many figures it left out."""
    groups: dict[tuple[Code, str, str], list[Refusal]] = {}
    for refusal in refusals:
        groups.setdefault((refusal.code, refusal.column, refusal.why), []).append(refusal)
    for (code, column, why), group in groups.items():
        where = f"{place_of(statement)}, column {column!r}" if column else place_of(statement)
        more = f" and {len(group) - 1} more" if len(group) > 1 else ""
        yield Finding.error(code, f"{where}, row {group[0].label!r}{more}: {why}", group[0].span)


def silence(statement: Statement, facts: Sequence[Fact], findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield a finding where *statement* calls itself one, gives few facts or none, and no finding says why."""
    rows = [line for line in statement.lines if line.figures]
    yield from _left_as_reported(statement, facts)
    yield from _apart_from_labels(statement, rows)
    if len(rows) < _FEWEST or any(finding.severity is Severity.ERROR for finding in findings):
        return
    if 3 * len({fact.row for fact in facts}) >= len(rows) or not _calls_itself_one(statement):
        return
    yield Finding.warning(
        Code.SILENT_TABLE,
        f"{place_of(statement)}: {len(facts)} facts of {len(rows)} rows: {_reason(statement)}",
        rows[0].figures[0].span,
    )


def _apart_from_labels(statement: Statement, rows: Sequence[Line]) -> Iterator[Finding]:
    """Yield a finding where labels stand over figures, a row each, and not as many: nothing tells whose each row is."""
    if not any(line.label == "" and not line.headings for line in rows):
        return
    read = {line.index: line.figures for line in rows}
    torn = [index for index in torn_rows([*enumerate(statement.table.rows)], read) if index in read]
    if torn:
        label = statement.table.rows[torn[0] - 1].cells[0].text.string
        text = f"{place_of(statement)}, below {label!r}: {len(torn)} rows of figures stand apart from their labels"
        yield Finding.error(Code.UNREAD_FIGURE, f"{text}; none is tagged", read[torn[0]][0].span)


def _left_as_reported(statement: Statement, facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield a finding where rows of a reconciliation say that they are as reported, and give no facts."""
    if statement.kind is not Kind.RECONCILIATION:
        return
    tagged = {fact.row for fact in facts}
    rows = [line for line in statement.lines if line.figures and says_reported(line.label) and line.index not in tagged]
    if rows:
        more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        text = (
            f"{place_of(statement)}, row {rows[0].label!r}{more}: as reported, but among adjusted figures; not tagged"
        )
        yield Finding.warning(Code.SILENT_TABLE, text, rows[0].figures[0].span)


def _calls_itself_one(statement: Statement) -> bool:
    caption = (line.string for line in statement.table.caption)
    return statement.kind in PRIMARY or any(title_kind(line) in PRIMARY for line in caption)


def _reason(statement: Statement) -> str:
    uses = {column.use for column in statement.columns}
    if Use.FIGURES not in uses:
        return f"its columns hold {', '.join(sorted(use.value for use in uses)) or 'nothing'}, no figures as reported"
    if statement.kind not in PRIMARY:
        return f"it reads as a table of kind {statement.kind.value!r}"
    return "no rule names the other rows"
