"""Cells that cannot be read as numbers: read as the sums want them, or reported; never left out in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace

from statement_cases import ASSETS, statement
from tagger.arithmetic.mend.unread import read_unread
from tagger.findings import Code
from tagger.statement import Statement, Use
from tagger.values import Instant


def _dated(*rows: Sequence[str], use: Use = Use.FIGURES, dated: bool = True) -> Statement:
    of = statement(*rows)
    periods = [Instant(dt.date(2024 - column.index, 12, 31)) if dated else None for column in of.columns]
    columns = tuple(replace(c, period=p, use=use) for c, p in zip(of.columns, periods, strict=True))
    return replace(of, columns=columns)


def _with(*cells: tuple[int, int, str]) -> list[list[str]]:
    """Return the rows of ASSETS with other strings in some cells, each a row, a column and what it prints."""
    rows = [list(row) for row in ASSETS]
    for row, column, string in cells:
        rows[row][column] = string
    return rows


def _numbers(of: Statement, row: int) -> list[Decimal]:
    return [figure.printed for figure in of.lines[row].figures]


@pytest.mark.parametrize(
    ("row", "string", "number", "repair"),
    [
        (3, "1 126", "1126", "blank-for-comma"),
        (0, "31 412", "31412", "blank-for-comma"),
        (4, "49 163", "49163", "blank-for-comma"),  # a total is read by its parts
        (3, "1 129", None, ""),  # no sum wants it
        (3, "1,126-)", None, ""),  # it would be negative
        (3, "1?26", None, ""),  # there is no reading
    ],
)
def test_a_cell_is_read_where_its_column_then_adds_up(row: int, string: str, number: str | None, repair: str) -> None:
    read, findings = read_unread(_dated(*_with((row, 1, string))))
    (finding,) = findings
    if number is None:
        assert (finding.code, len(_numbers(read, row))) == (Code.NOT_A_NUMBER, 1)
        assert repr(string) in finding.message
    else:
        assert _numbers(read, row)[0] == Decimal(number)
        assert [figure.column for figure in read.lines[row].figures] == [1, 2]
        assert (finding.code, finding.before, finding.after) == (Code.REPAIRED, string, number)
        assert repair in finding.message
        assert "only so does the column add up" in finding.evidence
        assert all(1 in found.columns for found in read.sums if row in (found.total, *found.parts))


def test_each_of_several_cells_is_read_by_the_sums_of_its_own_column() -> None:
    read, findings = read_unread(_dated(*_with((0, 2, "46 180"), (3, 1, "1 126"))))
    assert [finding.code for finding in findings] == [Code.REPAIRED] * 2
    assert (_numbers(read, 0)[1], _numbers(read, 3)[0]) == (Decimal(46180), Decimal(1126))


@pytest.mark.parametrize(("count", "read"), [(6, 1), (7, 0)])
def test_where_much_is_unread_nothing_is_read_again(count: int, read: int) -> None:
    more = [[f"Note {n}", "1?2", ""] for n in range(count - 1)]
    _, findings = read_unread(_dated(*_with((3, 1, "1 126")), *more))
    assert [finding.code for finding in findings].count(Code.REPAIRED) == read
    assert len(findings) == count


def test_only_cells_of_dated_figures_are_asked_for() -> None:
    rows = _with((3, 1, "1 126"))
    assert read_unread(_dated(*rows, dated=False))[1] == ()
    assert read_unread(_dated(*rows, use=Use.CHANGE))[1] == ()
    assert read_unread(_dated(*_with((3, 1, "NM"))))[1] == ()


@pytest.mark.parametrize(
    ("label", "left"),
    [("Deposits 756 196", 0), ("Deposits", 2), ("Note 5", 2), ("Interest expense 1", 0), ("Due 2031", 2)],
)
def test_digits_at_the_end_of_a_label_spoil_its_row(label: str, left: int) -> None:
    read, findings = read_unread(_dated(*ASSETS, (label, "500", "600")))
    assert len(read.lines[-1].figures) == left
    assert [finding.code for finding in findings] == [Code.UNREAD_FIGURE] * (left == 0)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Prepaid expenses 1,126 985", ""),  # one of them may be a note's
        ("Prepaid expenses 1,126 1,985", "1,126 1,985"),
        ("Prepaid expenses (1,126) (985)", "(1,126) (985)"),
        ("Prepaid expenses $12.50 $1,985.", ""),
        ("Prepaid expenses of 1,126", ""),
        ("Prepaid expenses (1) (2)", ""),
        ("December 31, 2023 2022", ""),
        ("1,126 1,985", ""),
    ],
)
@pytest.mark.parametrize("place", [1, 3])
def test_figures_at_the_end_of_a_label_are_told(label: str, told: str, place: int) -> None:
    rows = [*ASSETS[:place], (label,), *ASSETS[place:]]
    findings = read_unread(statement(*rows))[1]
    assert [finding.code for finding in findings] == [Code.UNREAD_FIGURE] * bool(told)
    assert all(repr(told) in finding.message for finding in findings)
    assert read_unread(statement((label,), *ASSETS))[1] == ()  # above all rows it heads the table
