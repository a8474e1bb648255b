"""Sums, found from figures alone, and repairs that only sums allow."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statement_cases import ASSETS, statement
from tagger.arithmetic.mend.figures import equation, repair
from tagger.findings import Code
from tagger.statement import Statement


def _found(of: Statement) -> dict[int, tuple[int, ...]]:
    return {found.total: found.parts for found in of.sums}


def test_sub_totals_nest() -> None:
    assert _found(statement(*ASSETS, totals=(4, 7))) == {4: (0, 1, 2, 3), 7: (4, 5, 6)}


def test_sums_need_no_words() -> None:
    bare = [("", *cells[1:]) if index in (4, 7) else ("x", *cells[1:]) for index, cells in enumerate(ASSETS)]
    assert _found(statement(*bare)) == {4: (0, 1, 2, 3), 7: (4, 5, 6)}


def test_costs_are_subtracted_from_what_they_are_costs_of() -> None:
    (found,) = statement(
        ("Sales", "4,102", "3,540"),
        ("Cost of sales", "5,418", "5,027"),
        ("Gross loss", "(1,316)", "(1,487)"),
        totals=(2,),
    ).sums
    assert (found.total, found.parts, found.weights) == (2, (0, 1), (1, -1))


def test_rounding_by_half_a_unit_a_part_is_no_error() -> None:
    found = statement(
        ("a", "101", "204"), ("b", "202", "305"), ("c", "303", "406"), ("Total", "607", "914"), totals=(3,)
    ).sums
    assert [(sum_.columns, sum_.fails) for sum_ in found] == [((1, 2), ())]


def test_a_sum_that_holds_in_one_column_says_where_it_fails() -> None:
    rows = [*ASSETS[:4], ("Total current assets", "49,163", "62,599")]
    found = statement(*rows, totals=(4,)).sums
    assert [(sum_.columns, sum_.fails) for sum_ in found] == [((1,), (2,))]


def test_an_equation_shows_its_numbers() -> None:
    of = statement(
        ("Sales", "4,102", "3,540"),
        ("Cost of sales", "5,418", "5,027"),
        ("Gross loss", "(1,316)", "(1,487)"),
        totals=(2,),
    )
    assert equation(of.sums[0], 1, of) == "-1,316 = 4,102 - 5,418"


AMOUNTS = st.integers(min_value=100, max_value=9_999_999)


@st.composite
def _generated(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """Parts with their total in two columns, below rows that have nothing to do with them."""
    columns = 2
    size = draw(st.integers(min_value=3, max_value=8))
    parts = draw(st.lists(st.tuples(*[AMOUNTS] * columns), min_size=size, max_size=size, unique=True))
    total = tuple(sum(values) for values in zip(*parts, strict=True))
    before = draw(st.lists(st.tuples(*[AMOUNTS] * columns), max_size=3))
    rows = (
        [("unrelated", before_row) for before_row in before] + [("part", part) for part in parts] + [("Total", total)]
    )
    return [(label, *(f"{value:,}" for value in values)) for label, values in rows]


@given(_generated())
def test_a_total_of_the_rows_above_it_is_found_whatever_stands_before(rows: list[tuple[str, ...]]) -> None:
    last = len(rows) - 1
    of = statement(*rows, totals=(last,))
    (found,) = [sum_ for sum_ in of.sums if sum_.total == last]
    values = {line.index: [figure.printed for figure in line.figures] for line in of.lines}
    assert found.columns == (1, 2)
    for column in (0, 1):
        terms = [weight * values[part][column] for part, weight in zip(found.parts, found.weights, strict=True)]
        assert abs(sum(terms) - values[last][column]) <= (len(terms) + 1) // 2


@given(_generated())
def test_what_adds_up_is_never_repaired(rows: list[tuple[str, ...]]) -> None:
    of = statement(*rows, totals=(len(rows) - 1,))
    mended, findings = repair(of)
    assert mended.lines == of.lines
    assert findings == ()


@given(_generated(), st.data())
def test_one_wrong_digit_is_never_silently_repaired_into_another_number(
    rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """A digit read as another digit leaves no single reading: all stays as printed, or the repair is the truth."""
    true = [cells for cells in rows if cells[0] != "unrelated"]
    line = data.draw(st.integers(min_value=0, max_value=len(true) - 1))
    place = data.draw(st.sampled_from([i for i, char in enumerate(true[line][1]) if char.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != true[line][1][place]]))
    injured = true[line][1][:place] + digit + true[line][1][place + 1 :]
    broken = [(cells[0], injured, *cells[2:]) if index == line else cells for index, cells in enumerate(true)]
    mended, findings = repair(statement(*broken, totals=(len(true) - 1,)))
    changed = _numbers(mended) != _numbers(statement(*broken))
    repaired = [finding for finding in findings if finding.code is Code.REPAIRED]
    assert bool(repaired) == changed
    if changed:
        assert _numbers(mended) == _numbers(statement(*true))


def _numbers(of: Statement) -> list[Decimal]:
    return [figure.printed for line in of.lines for figure in line.figures]


@pytest.mark.parametrize(
    ("line", "printed", "value"),
    [
        (4, "849,163", 49163),  # $ read as 8
        (2, "12.648", 12648),  # a comma read as a point
        (7, "S61,072", 61072),
    ],
)
def test_a_typical_misreading_is_mended_with_evidence(line: int, printed: str, value: int) -> None:
    rows: list[Sequence[str]] = [
        (cells[0], printed, cells[2]) if index == line else cells for index, cells in enumerate(ASSETS)
    ]
    mended, findings = repair(statement(*rows, totals=(4, 7)))
    assert mended.lines[line].figures[0].printed == value
    assert any(finding.code is Code.REPAIRED and finding.before and finding.evidence for finding in findings)


def test_a_missing_parenthesis_is_mended() -> None:
    rows = [("Operating income", "8,510", "8,585"), ("Interest expense", "396)", "(514)"), ("Total", "8,114", "8,071")]
    mended, findings = repair(statement(*rows, totals=(2,)))
    assert mended.lines[1].figures[0].printed == -396
    assert {finding.code for finding in findings} == {Code.REPAIRED}


def test_what_no_single_misreading_explains_stays_as_printed_with_a_finding() -> None:
    rows = [*ASSETS[:4], ("Total current assets", "49,163", "62,599")]
    mended, findings = repair(statement(*rows, totals=(4,)))
    assert mended.lines[4].figures[1].printed == 62599
    assert [finding.code for finding in findings] == [Code.DOES_NOT_ADD_UP]
    assert "62,599 = 46,180 + 3,405 + 11,930 + 985" in findings[0].message


def test_a_total_of_one_row_takes_its_place() -> None:
    found = statement(
        ("Cash from operations", "900", "870"),
        ("Capital expenditures", "(107)", "(230)"),
        ("Net cash used in investing", "(107)", "(230)"),
        ("Dividends paid", "(31)", "(30)"),
        ("Net cash used in financing", "(31)", "(30)"),
        ("Net increase in cash", "762", "610"),
        totals=(2, 4, 5),
    ).sums
    assert [(sum_.total, sum_.parts, sum_.weights) for sum_ in found] == [
        (2, (1,), (1,)),
        (4, (3,), (1,)),
        (5, (0, 2, 4), (1, 1, 1)),
    ]


@pytest.mark.parametrize("values", [("12", "11"), ("-", "-")])
def test_a_small_figure_repeated_is_no_total(values: tuple[str, str]) -> None:
    assert statement(("a", "900", "870"), ("b", *values), ("Total", *values), totals=(2,)).sums == ()


def test_a_row_taken_away_from_its_own_like_is_no_sum() -> None:
    found = statement(
        ("Net income", "(351)", "751"), ("Comprehensive income", "(351)", "751"), ("Total", "0", "0"), totals=(2,)
    ).sums
    assert all(sum_.total != 2 for sum_ in found)
