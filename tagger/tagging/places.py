"""Where a finding stands, in the words of the release: its table, row and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec.structs import replace

from tagger.findings import Finding
from tagger.statement import Line, Statement
from tagger.values import Span


class Places:
    """The tables, rows and columns of a release, by where their figures and labels stand."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements

    @cached_property
    def _figures(self) -> dict[Span, tuple[Statement, Line, int]]:
        return {
            figure.span: (statement, line, figure.column)
            for statement in self._statements
            for line in statement.lines
            for figure in line.figures
        }

    @cached_property
    def _rows(self) -> list[tuple[Span, Statement, Line]]:
        rows = [(_extent(line), statement, line) for statement in self._statements for line in statement.lines]
        return sorted(rows, key=lambda row: row[0])

    def at(self, span: Span) -> tuple[str, str, str]:
        """Return the table's title, the row's label and the column's heading at *span*, empty where there is none.

        The title is the table's own where several lie around the place; prose stands in no table.
        """
        found = self._figures.get(span)
        if found is not None:
            statement, line, index = found
            column = statement.column(index)
            return name_of(statement), _label(line), column.heading if column else ""
        place = bisect_right(self._rows, span.start, key=lambda row: row[0].start) - 1
        if place >= 0 and span.start < max(self._rows[place][0].end, self._rows[place][0].start + 1):
            _, statement, line = self._rows[place]
            return name_of(statement), _label(line), ""
        return "", "", ""


def name_of(statement: Statement) -> str:
    """Return what the release calls the table, else what it is: "Consolidated Balance Sheets", "balance-sheet"."""
    return statement.title or statement.kind.value


def _label(line: Line) -> str:
    return line.label or " > ".join(line.headings) or "(no label)"


def _extent(line: Line) -> Span:
    spans = [figure.span for figure in line.figures]
    if line.text.string:
        spans.append(line.text.place)
    return Span(min([s.start for s in spans]), max([s.end for s in spans])) if spans else Span(0, 0)


def placed(findings: Iterable[Finding], statements: Sequence[Statement]) -> tuple[Finding, ...]:
    """Return *findings*, each with the table, row and column it stands in."""
    places = Places(statements)
    return tuple(_placed(finding, places) for finding in findings)


def _placed(finding: Finding, places: Places) -> Finding:
    if finding.span is None or finding.table:
        return finding
    table, row, column = places.at(finding.span)
    return replace(finding, table=table, row=row, column=column) if table else finding
