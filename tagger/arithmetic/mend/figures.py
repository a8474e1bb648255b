"""Repairs of misread figures, made only where arithmetic leaves one way to read them.

A sum that holds in other columns says what a column should add up to. Where it does not,
every figure that could be wrong is asked: would one small edit of it make all sums of the
column hold? A figure that stands in a sum that holds is right; so is one that the release
prints a second time elsewhere. If one edit of one figure is left, it is made, and a finding
says so; if several or none, all stays as printed, and a finding says that. An edit after which
rounding has still to explain a difference is made only where the release prints the figure so
elsewhere. Rows whose figures stand in the wrong place are put right where one move makes every
column add up (`rows`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from tagger.arithmetic.mend.edits import edit_between, reread
from tagger.arithmetic.mend.elsewhere import NOWHERE, Elsewhere, find_elsewhere
from tagger.arithmetic.mend.failing import Failing, failing, rough
from tagger.arithmetic.mend.headings import uncross
from tagger.arithmetic.mend.rows import put_rows_right
from tagger.arithmetic.mend.unread import read_unread
from tagger.arithmetic.relation import equation
from tagger.arithmetic.search.sums import statement_sums
from tagger.findings import Code, Finding
from tagger.statement import PRIMARY, Figure, Line, Statement, Use, with_figures

__all__ = ["equation", "repair", "repair_statements"]


class _Edit(Struct, frozen=True, kw_only=True):
    """Another reading of one figure, under which the column adds up.

    It is *sure* where nothing is left for rounding to explain, or where the release prints the number elsewhere.
    """

    line: Line
    figure: Figure
    number: Decimal
    name: str
    sure: bool

    @property
    def mended(self) -> Figure:
        """The figure as it is then read."""
        old = self.figure.numeral
        number, negative = abs(self.number), self.number < 0
        return replace(
            self.figure, numeral=replace(old, number=number, negative=negative, repairs=(*old.repairs, self.name))
        )


def repair_statements(
    statements: Sequence[Statement], *, typed: bool = True
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """Return *statements* with their misread figures mended, and what was mended or does not add up.

    *typed* says that the figures were typed or recognised, as those of a filer's own HTML were not.
    """
    elsewhere: Elsewhere | None = None
    mended: list[Statement] = []
    statements, crossed = uncross(statements)
    findings = list(crossed)
    for statement in statements:
        if elsewhere is None and any(found.fails for found in statement.sums):
            elsewhere = find_elsewhere(statements)
        better, found = repair(statement, elsewhere or NOWHERE, typed=typed)
        mended.append(better)
        findings += [*(_unmarked(better) if typed else ()), *found]
    return tuple(mended), tuple(findings)


def repair(
    statement: Statement, elsewhere: Elsewhere = NOWHERE, *, typed: bool = True
) -> tuple[Statement, tuple[Finding, ...]]:
    """Return *statement* with its misread figures mended, and what was mended or does not add up.

    Digits that were neither typed nor recognised stay as they are, and so do rows.
    """
    findings = list(_small_repairs(statement))
    if statement.kind not in PRIMARY:  # others mix what adds up with what does not: changes, rates, two bases
        return statement, tuple(findings)
    statement, read = read_unread(statement)
    statement, moved = put_rows_right(statement, typed=typed)
    findings += [*read, *moved]
    doubts: list[Failing] = []
    for doubt in failing(statement):
        mendable = typed and doubt.outside is None
        edits = _settled(tuple(_edits(doubt, statement)), statement, elsewhere) if mendable else ()
        if len(edits) == 1 and edits[0].sure:
            statement = _with(statement, edits[0])
            findings.append(_repaired(edits[0], doubt, statement))
        else:
            doubts.append(doubt)
            findings.append(_left(doubt, statement, _reason(doubt, edits, typed=typed)))
    if len(findings) > len(doubts):
        statement = replace(statement, sums=statement_sums(statement))
    statement, found = _without_rough(statement)
    return statement, (*findings, *found)


def _reason(doubt: Failing, edits: Sequence[_Edit], *, typed: bool) -> str:
    """Return why no figure of *doubt* is mended."""
    if doubt.outside is not None:
        return f"the figures of {doubt.outside!r} stand in no column of it"
    if not typed:
        return "nobody typed or recognised its figures"
    if len(edits) == 1:
        return f"a misreading of {edits[0].figure.numeral.text!r} explains it but for rounding"
    return f"{len(edits)} single misreadings would explain it" if edits else "no single misreading explains it"


def _without_rough(statement: Statement) -> tuple[Statement, tuple[Finding, ...]]:
    """Return *statement* without the sums that rounding alone is to explain, where all others hold exactly."""
    doubt = rough(statement)
    if doubt is None:
        return statement, ()
    sums = [
        replace(s, columns=tuple(c for c in s.columns if c != doubt.column)) if s in doubt.sums else s
        for s in statement.sums
    ]
    reason = f"all other sums hold exactly, and rounding hardly explains a difference of {abs(doubt.off[0]):,f}"
    return replace(statement, sums=tuple(sums)), (_left(doubt, statement, reason),)


def _small_repairs(statement: Statement) -> Iterator[Finding]:
    """Report what reading a cell already mended: a blank inside a number, a letter for a digit."""
    mended = [(line, figure) for line in statement.lines for figure in line.figures if figure.numeral.repairs]
    if not mended:
        return
    holds = {
        (line, column): found
        for found in statement.sums
        for column in found.columns
        for line in (found.total, *found.parts)
    }
    for line, figure in mended:
        found = holds.get((line.index, figure.column))
        evidence = "the grouping of its digits"
        if found is not None:
            evidence += f", and {equation(found, figure.column, statement)}"
        yield _finding(figure, figure, evidence)


def _unmarked(statement: Statement) -> Iterator[Finding]:
    """Report an 8 that may be the mark of currency that all other figures of its row have, where no sum bears it out."""
    for line in statement.lines:
        marked = [figure for figure in line.figures if figure.numeral.currency]
        if not marked:
            continue
        bare = [f for f in line.figures if not f.numeral.currency and not f.numeral.percent and not f.numeral.dash]
        used = {column.index for column in statement.columns if column.use is Use.FIGURES}
        if len(bare) == 1 and bare[0].column in used and bare[0].numeral.text.startswith("8"):
            figure = bare[0]
            sums = (s for s in statement.sums if figure.column in s.columns and line.index in (s.total, *s.parts))
            if next(sums, None) is None:
                text = f"{line.label!r}: the first digit of {figure.numeral.text!r} may be the $ that its row prints elsewhere"
                yield Finding.warning(Code.NOT_A_NUMBER, text, figure.span)


def _finding(before: Figure, after: Figure, evidence: str) -> Finding:
    shown = f"{'-' if after.numeral.negative else ''}{after.numeral.number:f}"
    return reread(before.numeral.text, shown, ", ".join(after.numeral.repairs), evidence=evidence, span=before.span)


def _edits(doubt: Failing, statement: Statement) -> Iterator[_Edit]:
    """Yield every small edit of one figure that makes all sums of *doubt* hold."""
    figures = {
        line.index: (line, figure)
        for line in statement.lines
        for figure in line.figures
        if figure.column == doubt.column
    }
    for index in doubt.suspects:
        if index in figures:
            line, figure = figures[index]
            for number in doubt.readings(index, figure.printed):
                name = edit_between(figure.numeral, number)
                if name is not None:
                    sure = doubt.exactly(index, number - figure.printed)
                    edit = _Edit(line=line, figure=figure, number=number, name=name, sure=sure)
                    yield edit
                    if name.endswith("parentheses") and not _signed(doubt):
                        yield edit  # as likely the same row is wrong in the other column: two ways


def _signed(doubt: Failing) -> bool:
    """Whether the signs of the sums of *doubt* are sure: they hold in several columns, or add up several parts."""
    return any(len(found.columns) > 1 or (len(found.parts) > 2 and -1 not in found.weights) for found in doubt.sums)


def _settled(edits: tuple[_Edit, ...], statement: Statement, elsewhere: Elsewhere) -> tuple[_Edit, ...]:
    """Return the *edits* that what stands elsewhere in the release leaves."""

    def confirmed(edit: _Edit, number: Decimal) -> bool:
        return elsewhere.confirms(number, statement.number, edit.line, edit.figure.numeral.places)

    left = tuple(edit for edit in edits if not confirmed(edit, edit.figure.printed))
    there = tuple(edit for edit in left if confirmed(edit, edit.number))
    return tuple(replace(edit, sure=True) for edit in there) if len(there) == 1 else left


def _repaired(edit: _Edit, doubt: Failing, after: Statement) -> Finding:
    shown = equation(doubt.sums[0], doubt.column, after)
    return _finding(edit.figure, edit.mended, f"only so does the column add up: {shown}")


def _left(doubt: Failing, statement: Statement, reason: str) -> Finding:
    found = doubt.sums[0]
    total = next(line for line in statement.lines if line.index == found.total)
    figure = next((f for f in total.figures if f.column == doubt.column), total.figures[0])
    shown = equation(found, doubt.column, statement)
    return Finding.warning(
        Code.DOES_NOT_ADD_UP,
        f"{total.label or 'a total'!r} does not add up in column {doubt.column}: {shown}; "
        f"{reason}, so all is left as printed",
        figure.span,
    )


def _with(statement: Statement, edit: _Edit) -> Statement:
    mended = edit.mended
    figures = tuple(mended if f.column == mended.column else f for f in edit.line.figures)
    return replace(statement, lines=with_figures(statement.lines, {edit.line.index: figures}))
