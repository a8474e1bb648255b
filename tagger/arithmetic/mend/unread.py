"""Cells among the figures of a statement that cannot be read as numbers, read again where sums leave one way."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tagger.arithmetic.mend.edits import reread
from tagger.arithmetic.relation import equation
from tagger.arithmetic.search.sums import statement_sums
from tagger.document import Cell
from tagger.findings import Code, Finding
from tagger.lexicon import Numeral, figures_at_end, is_unread_cell, repairs_of, stray_digits
from tagger.statement import Figure, Line, Statement, Use, with_figures

_CELLS = 6  # of a statement with more of them none is read again


def read_unread(statement: Statement) -> tuple[Statement, tuple[Finding, ...]]:
    """Return *statement* with its unreadable cells read as the sums want them, and what was read or could not be."""
    unread = list(_unread(statement))
    findings: list[Finding] = []
    for line, cell in unread:
        ways = (
            []
            if len(unread) > _CELLS
            else [
                mended for numeral in repairs_of(cell.text.string) if (mended := _with(statement, line, cell, numeral))
            ]
        )
        if len(ways) == 1:
            statement = ways[0]
            findings.append(_read(statement, line, cell))
        else:
            findings.append(_not_a_number(line, cell))
    statement, stray = _without_stray(statement)
    return statement, (*findings, *stray, *_run_into_labels(statement))


def _run_into_labels(statement: Statement) -> Iterator[Finding]:
    """Yield a finding for each row among those of *statement* whose figures are the end of its label, in no column."""
    lines = [line.index for line in statement.lines if line.figures]
    for row in statement.table.rows[min(lines, default=0) : max(lines, default=0)]:
        label = row.cells[0].text if len(row.cells) == 1 and not row.cells[0].column else None
        figures = figures_at_end(label.string) if label is not None else ""
        if label is not None and figures:
            text = f"{figures!r} at the end of {label.string!r} stands in no column: it is not tagged"
            yield Finding.error(Code.UNREAD_FIGURE, text, label.place)


def _without_stray(statement: Statement) -> tuple[Statement, tuple[Finding, ...]]:
    """Return *statement* without the figures of lines whose labels end in digits of figures, and a finding for each."""
    stray = {line.index: line for line in statement.lines if line.figures and stray_digits(line.label)}
    if not stray:
        return statement, ()
    lines = with_figures(statement.lines, dict.fromkeys(stray, ()))
    findings = tuple(
        Finding.error(
            Code.UNREAD_FIGURE,
            f"{stray_digits(line.label)!r} at the end of {line.label!r} is no word of it: its figures are not tagged",
            line.text.place,
        )
        for line in stray.values()
    )
    cleaned = replace(statement, lines=lines)
    return replace(cleaned, sums=statement_sums(cleaned)), findings


def _unread(statement: Statement) -> Iterator[tuple[Line, Cell]]:
    used = {column.index for column in statement.columns if column.use is Use.FIGURES and column.period is not None}
    for line in statement.lines:
        figures = {figure.column for figure in line.figures}
        for cell in statement.table.rows[line.index].cells:
            if cell.column in used and cell.column not in figures and is_unread_cell(cell.text.string):
                yield line, cell


def _with(statement: Statement, line: Line, cell: Cell, numeral: Numeral) -> Statement | None:
    """Return *statement* with *cell* read as *numeral*, if its column then adds up where it did not."""
    figure = Figure(numeral=numeral, column=cell.column, span=cell.text.span(*numeral.digits))
    figures = tuple(sorted((*line.figures, figure), key=lambda f: f.column))
    read = replace(statement, lines=with_figures(statement.lines, {line.index: figures}))
    sums = statement_sums(read)
    touching = [found for found in sums if line.index in (found.total, *found.parts)]
    holds = touching and all(cell.column in found.columns for found in touching)
    return replace(read, sums=sums) if holds else None


def _read(statement: Statement, line: Line, cell: Cell) -> Finding:
    found = next(s for s in statement.sums if line.index in (s.total, *s.parts))
    (figure,) = (
        f for other in statement.lines if other.index == line.index for f in other.figures if f.column == cell.column
    )
    after = f"{figure.printed:f}"
    evidence = f"only so does the column add up: {equation(found, cell.column, statement)}"
    return reread(cell.text.string, after, ", ".join(figure.numeral.repairs), evidence=evidence, span=figure.span)


def _not_a_number(line: Line, cell: Cell) -> Finding:
    return Finding.error(
        Code.NOT_A_NUMBER,
        f"{cell.text.string!r} in {line.label!r}, column {cell.column}, cannot be read as a number; it is not tagged",
        cell.text.place,
    )
