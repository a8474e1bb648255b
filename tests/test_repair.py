"""Repairs: one small edit that alone makes the sums hold is made and reported; anything else stays as printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from statement_cases import ASSETS, statement
from tagger.arithmetic.mend.edits import edit_between
from tagger.arithmetic.mend.elsewhere import NOWHERE, Elsewhere, find_elsewhere
from tagger.arithmetic.mend.failing import failing
from tagger.arithmetic.mend.figures import repair, repair_statements
from tagger.arithmetic.mend.rows import put_rows_right
from tagger.findings import Code
from tagger.lexicon import parse_cell
from tagger.statement import Statement, Sum, Use

TOTALS = (4, 7)


def _with(row: int, *cells: str) -> list[tuple[str, ...]]:
    return [(label, *cells) if index == row else (label, *figures) for index, (label, *figures) in enumerate(ASSETS)]


def _numbers(of: Statement) -> list[tuple[int, int, Decimal]]:
    return [(line.index, figure.column, figure.printed) for line in of.lines for figure in line.figures]


TRUE = _numbers(statement(*ASSETS, totals=TOTALS))


@pytest.mark.parametrize(
    ("row", "cells", "name"),
    [
        (4, ("49,763", "62,500"), "digit-misread"),  # part of two sums: nothing else explains both
        (4, ("49,613", "62,500"), "digits-swapped"),
        (4, ("849,163", "62,500"), "dollar-read-as-digit"),
        (4, ("4,963", "62,500"), "missing-digit"),
        (2, ("12.648", "11,930"), "comma-for-point"),
        (0, ("31,412", "46,810"), "digits-swapped"),
    ],
)
def test_the_one_edit_that_makes_all_sums_hold_is_made(row: int, cells: Sequence[str], name: str) -> None:
    mended, findings = repair(statement(*_with(row, *cells), totals=TOTALS))
    assert _numbers(mended) == TRUE
    assert [finding.code for finding in findings] == [Code.REPAIRED]
    assert name in findings[0].message
    assert findings[0].before
    assert findings[0].after
    assert "only so" in findings[0].evidence


@pytest.mark.parametrize(
    ("row", "cells", "told"),
    [
        (1, ("3,977", "3,405"), False),
        (1, ("3,978", "3,405"), False),  # rounding is off by one
        (1, ("3,979", "3,405"), True),
        (1, ("3,975", "3,405"), True),
        (1, ("3,979", "3,407"), False),  # so is what is rounded in both columns
        (1, ("3,979", "3,406"), False),
    ],
)
def test_rounding_is_off_by_more_than_one_in_no_statement_that_is_else_exact(
    row: int, cells: Sequence[str], told: bool
) -> None:
    broken = statement(*_with(row, *cells), totals=TOTALS)
    left, findings = repair(broken)
    assert _numbers(left) == _numbers(broken)
    assert [finding.code for finding in findings] == [Code.DOES_NOT_ADD_UP] * told
    assert (1 in left.sums[0].columns) is not told  # it bears nothing out
    assert 2 in left.sums[0].columns


def test_three_exact_sums_show_that_a_statement_is_made_to_add_up() -> None:
    rows = _with(1, "3,979", "3,405")[:5]  # one sum in two columns, of which one is exact
    assert repair(statement(*rows, totals=(4,)))[1] == ()


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (("$ 1,346", "83,276"), True),
        (("83,276", "$ 1,346"), True),
        (("$ 1,346", "73,276"), False),
        (("1,346", "83,276"), False),
        (("$ 1,346", "$ 83,276"), False),
        (("$ 1,346", "83.2%"), False),
    ],
)
def test_an_8_may_be_the_mark_of_currency_that_the_rest_of_its_row_has(figures: Sequence[str], told: bool) -> None:
    of = statement(("Taxes paid", *figures), ("Interest paid", "12", "14"))
    assert [finding.code for finding in repair_statements([of])[1]] == [Code.NOT_A_NUMBER] * told
    assert repair_statements([of], typed=False)[1] == ()
    other = replace(of, columns=tuple(replace(column, use=Use.ADJUSTED) for column in of.columns))
    assert repair_statements([other])[1] == ()


@pytest.mark.parametrize(
    "between",
    [
        ("Restricted cash", "", "", "3"),
        ("Restricted cash 3",),  # a row run together, its one figure of two in no column
        ("Restricted cash", "", "", "3", "4"),
    ],
)
def test_no_figure_is_mended_across_a_row_whose_figures_stand_in_no_column(between: tuple[str, ...]) -> None:
    rows = [*ASSETS[:4], between, ("Total current assets", "49,263", "62,500")]
    whole = statement(*rows, totals=())
    narrow = replace(whole.columns[0], index=1), replace(whole.columns[0], index=2)
    of = replace(
        whole, columns=narrow, sums=(Sum(total=5, parts=(0, 1, 2, 3), weights=(1,) * 4, columns=(2,), fails=(1,)),)
    )
    (doubt,) = failing(of)
    assert doubt.outside == between[0]
    mended, findings = repair(of)
    assert _numbers(mended) == _numbers(of)
    assert any(f"the figures of {between[0]!r} stand in no column" in finding.message for finding in findings)


def test_no_figure_is_mended_for_a_part_that_prints_nothing_in_the_column() -> None:
    whole = statement(*_with(1, "", ASSETS[1][2])[:5], totals=())
    found = Sum(total=4, parts=(0, 1, 2, 3), weights=(1,) * 4, columns=(2,), fails=(1,))
    (doubt,) = failing(replace(whole, sums=(found,)))
    assert doubt.outside == ASSETS[1][0]


@pytest.mark.parametrize(
    ("cash", "other", "elsewhere", "mended"),
    [
        ("831,412", "1,126", (), "31,412"),  # exactly
        ("831,412", "1,127", (), None),  # the sum would be off by one, as the other column's is
        ("831,412", "1,127", ("31,412",), "31,412"),  # printed so elsewhere
    ],
)
def test_what_rounding_has_still_to_explain_is_mended_only_as_it_stands_elsewhere(
    cash: str, other: str, elsewhere: Sequence[str], mended: str | None
) -> None:
    rows = [("Cash", cash, "46,181"), *_with(3, other, "985")[1:]]
    of = statement(*rows, totals=TOTALS)
    there = find_elsewhere([of, replace(statement(*[("Cash", *elsewhere)]), number=7)]) if elsewhere else NOWHERE
    after, findings = repair(of, there)
    assert after.lines[0].figures[0].printed == parse_cell(mended or cash).number
    assert (Code.REPAIRED in {finding.code for finding in findings}) is bool(mended)


def test_headings_between_the_parts_of_a_sum_hide_nothing() -> None:
    rows = [*_with(4, "49,763", "62,500")]
    rows.insert(1, ("Other current assets:",))
    rows.insert(3, ("Stocks in 3 places:",))
    mended, findings = repair(statement(*rows, totals=(6, 9)))
    assert [finding.code for finding in findings] == [Code.REPAIRED]
    assert [(figure.printed) for figure in mended.lines[-4].figures] == [49163, 62500]


def test_what_reading_a_cell_mended_is_told_with_the_sum_that_bears_it_out() -> None:
    of = statement(*_with(0, "31, 412", "46,180"), ("Rent", "1, 163", "900"), totals=TOTALS)
    told = [finding.evidence for finding in repair(of)[1] if finding.code is Code.REPAIRED]
    assert len(told) == 2
    assert "49,163 = 31,412 + 3,977 + 12,648 + 1,126" in told[0]
    assert told[1] == "the grouping of its digits"


def test_what_nobody_typed_or_recognised_is_left_as_printed() -> None:
    broken = statement(*_with(4, "49,763", "62,500"), totals=TOTALS)
    (mended,), findings = repair_statements([broken], typed=False)
    assert _numbers(mended) == _numbers(broken)
    assert [finding.code for finding in findings] == [Code.DOES_NOT_ADD_UP]
    assert "nobody typed or recognised" in findings[0].message


@pytest.mark.parametrize(
    ("row", "mended"),
    [
        (("49,763", "62,500"), True),
        (("49,763", "62,500", "12,737"), False),  # what it prints as the change says that it is as printed
        (("49,763", "62,500", "13,337"), True),
        (("49,763", "62,500", "112,263"), False),  # and so does a sum of the row
        (("49,763", "62,500", "12,737%"), True),
    ],
)
def test_what_its_row_bears_out_is_no_misread_figure(row: Sequence[str], mended: bool) -> None:
    whole = statement(*_with(4, *row), totals=TOTALS)
    broken = replace(whole, columns=whole.columns[:2])
    assert (_numbers(repair(broken)[0]) != _numbers(broken)) == mended


def test_a_figure_that_stands_elsewhere_as_printed_is_not_mended_though_another_does_too() -> None:
    broken = statement(*_with(4, "49,763", "62,500"), totals=TOTALS)
    other = statement(("Total of current assets", "49,763", "49,163"))
    places = {n: frozenset((5, words) for _, words in found) for n, found in find_elsewhere([other]).places.items()}
    mended, findings = repair(broken, Elsewhere(places))
    assert _numbers(mended) == _numbers(broken)
    assert [finding.code for finding in findings] == [Code.DOES_NOT_ADD_UP]


def test_an_8_that_a_sum_bears_out_is_one() -> None:
    of = statement(("Cash", "$ 40", "60"), ("Debt", "30", "20"), ("Total", "$ 70", "80"), totals=(2,))
    assert repair_statements([of])[1] == ()


def test_two_edits_that_would_do_leave_all_as_printed() -> None:
    broken = statement(*_with(1, "3,777", "3,405"), totals=TOTALS)  # +200: in three of the parts
    mended, findings = repair(broken)
    assert _numbers(mended) == _numbers(broken)
    assert [finding.code for finding in findings] == [Code.DOES_NOT_ADD_UP]
    assert "single misreadings would explain it" in findings[0].message


def test_a_number_that_stands_elsewhere_too_settles_which_figure_is_wrong() -> None:
    broken = statement(*_with(1, "3,777", "3,405"), totals=TOTALS)
    other = statement(("Receivables at the end", "3,977"))
    places = {
        number: frozenset((5, row) for _, row in found) for number, found in find_elsewhere([other]).places.items()
    }
    mended, findings = repair(broken, type(find_elsewhere([]))(places))
    assert _numbers(mended) == TRUE
    assert [finding.code for finding in findings] == [Code.REPAIRED]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (2, ("", "12,648", "11,930")),  # the whole row
        (2, ("12,648", "", "11,930")),  # from its second figure on
        (2, ("11,930", "12,648")),  # its two figures exchanged
    ],
)
def test_figures_in_the_wrong_columns_are_put_back(row: int, cells: Sequence[str]) -> None:
    mended, findings = put_rows_right(statement(*_with(row, *cells), totals=TOTALS))
    assert _numbers(mended) == TRUE
    assert [finding.code for finding in findings] == [Code.REPAIRED]


def test_one_sum_is_enough_for_figures_in_the_wrong_columns_and_not_for_two_rows_exchanged() -> None:
    moved = statement(*ASSETS[:2], ("Inventories", "11,930", "12,648"), *ASSETS[3:5], totals=(4,))
    assert [finding.code for finding in put_rows_right(moved)[1]] == [Code.REPAIRED]
    one, other = ("Accounts receivable", *ASSETS[4][1:]), ("Total current assets", *ASSETS[1][1:])
    exchanged = statement(ASSETS[0], one, *ASSETS[2:4], other, totals=(4,))
    assert put_rows_right(exchanged) == (exchanged, ())


@pytest.mark.parametrize(
    ("total", "columns"),
    [
        (("50,463", "62,500"), [1]),  # only so does the first column add up
        (("49,163", "63,800"), [2]),
        (("49,163", "62,500"), [3]),  # where it would spoil a sum, it stays
        (("52,012", "69,001"), [3]),  # and where no sum says that it is right
    ],
)
def test_a_lone_figure_goes_to_the_column_that_then_adds_up_or_stays(total: Sequence[str], columns: list[int]) -> None:
    rows = [*ASSETS[:4], ("Restricted cash", "", "", "1,300"), ("Total current assets", *total)]
    mended, findings = put_rows_right(statement(*rows, totals=(5,)))
    assert [figure.column for figure in mended.lines[4].figures] == columns
    assert [finding.code for finding in findings] == [Code.REPAIRED] * (columns != [3])


@pytest.mark.parametrize(
    ("cells", "columns"), [(("", "1,300", "1,200"), [1, 2]), (("1,300", "", "1,200"), [1, 2]), (("", "", "1,200"), [3])]
)
def test_a_row_outside_all_sums_is_moved_where_it_then_fills_every_column(
    cells: Sequence[str], columns: list[int]
) -> None:
    of = statement(*ASSETS[:5], ("Shares issued", *cells), totals=(4,))
    mended, findings = put_rows_right(of)
    assert [figure.column for figure in mended.lines[5].figures] == columns
    assert [finding.code for finding in findings] == [Code.REPAIRED] * (columns != [3])


@pytest.mark.parametrize(
    ("total", "columns"),
    [
        (("50,463", "62,500"), [1]),
        (("49,163", "62,500"), [3]),
    ],
)
def test_of_a_few_figures_outside_the_columns_the_one_that_a_sum_places_is_moved(
    total: Sequence[str], columns: list[int]
) -> None:
    rows = [*ASSETS[:4], ("Restricted cash", "", "", "1,300"), ("Total current assets", *total)]
    rows += [("Rent", "", "", "25"), ("Fees", "", "", "26")]
    mended, findings = put_rows_right(statement(*rows, totals=(5,)))
    assert [figure.column for figure in mended.lines[4].figures] == columns
    assert [figure.column for line in mended.lines[6:] for figure in line.figures] == [3, 3]
    assert [finding.code for finding in findings] == [Code.REPAIRED] * (columns != [3])


def test_two_rows_with_each_others_figures_are_told_by_the_totals() -> None:
    rows = list(ASSETS)
    rows[2], rows[6] = ("Inventories", *ASSETS[6][1:]), ("Goodwill", *ASSETS[2][1:])
    of = statement(*rows, totals=TOTALS)
    mended, findings = put_rows_right(of)
    assert _numbers(mended) == TRUE
    assert [finding.code for finding in findings] == [Code.REPAIRED]
    left, (finding,) = put_rows_right(of, typed=False)  # a page's own rows are as its filer set them
    assert left == of
    assert finding.code is Code.DOES_NOT_ADD_UP
    assert "nobody typed or recognised it" in finding.message


def test_a_cell_that_cannot_be_read_is_read_as_its_column_wants() -> None:
    _, findings = repair(statement(*_with(4, "8 49.163", "62,500"), totals=TOTALS))
    assert {finding.code for finding in findings} <= {Code.REPAIRED, Code.NOT_A_NUMBER, Code.DOES_NOT_ADD_UP}
    assert findings


def test_tables_that_mix_bases_are_left_alone() -> None:
    from tagger.statement import Kind

    of = statement(*_with(4, "49,763", "62,500"), totals=TOTALS, kind=Kind.RECONCILIATION)
    assert repair(of) == (of, ())


@pytest.mark.parametrize(
    ("printed", "needed", "name"),
    [
        ("(396)", 396, "stray-parentheses"),
        ("396", -396, "missing-parentheses"),
        ("1,234", 1243, "digits-swapped"),
        ("1,234", 1324, "digits-swapped"),
        ("1,234", 1235, "digit-misread"),
        ("015", Decimal("0.15"), "missing-point"),
        ("1,234", 4321, None),
        ("—", 7, None),
        ("12", -13, None),
    ],
)
def test_edits_have_names(printed: str, needed: Decimal, name: str | None) -> None:
    numeral = parse_cell(printed)
    assert numeral is not None
    assert edit_between(numeral, Decimal(needed)) == name


AMOUNTS = st.integers(min_value=1_000, max_value=9_999_999)


@st.composite
def _balance(draw: st.DrawFn) -> list[list[str]]:
    """A statement of two nested totals in two columns."""
    first = draw(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=2, max_size=6, unique=True))
    second = draw(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=5, unique=True))
    sub = tuple(sum(values) for values in zip(*first, strict=True))
    whole = tuple(sum(values) for values in zip(sub, *second, strict=True))
    rows = [*(("part", v) for v in first), ("Total current", sub), *(("part", v) for v in second), ("Total", whole)]
    return [[label, *(f"{value:,}" for value in values)] for label, values in rows]


@st.composite
def _injured(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str]]]:
    """A statement, and the same with one injury."""
    rows = draw(_balance())
    broken = [list(cells) for cells in rows]
    row = draw(st.integers(min_value=0, max_value=len(rows) - 1))
    kind = draw(st.sampled_from(("digit", "swap", "dollar", "sign", "shift", "rows")))
    text = broken[row][1]
    if kind == "digit":
        place = draw(st.sampled_from([i for i, char in enumerate(text) if char.isdigit()]))
        broken[row][1] = text[:place] + draw(st.sampled_from("123456789")) + text[place + 1 :]
    elif kind == "swap":
        digits = list(text.replace(",", ""))
        place = draw(st.integers(min_value=1, max_value=len(digits) - 2))
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
        broken[row][1] = f"{int(''.join(digits)):,}"
    elif kind == "dollar":
        broken[row][1] = f"{int('8' + text.replace(',', '')):,}"
    elif kind == "sign":
        broken[row][1] = f"({text})"
    elif kind == "shift":
        broken[row] = [broken[row][0], "", *broken[row][1:]]
    else:
        other = draw(st.integers(min_value=0, max_value=len(rows) - 1))
        broken[row][1:], broken[other][1:] = rows[other][1:], rows[row][1:]
    return rows, broken


@given(_injured())
def test_one_injury_is_never_repaired_into_a_figure_that_is_not_true(
    case: tuple[list[list[str]], list[list[str]]],
) -> None:
    rows, broken = case
    totals = tuple(index for index, cells in enumerate(rows) if cells[0].startswith("Total"))
    before, after = statement(*broken, totals=totals), repair(statement(*broken, totals=totals))
    changed = set(_numbers(after[0])) - set(_numbers(before))
    assert changed <= set(_numbers(statement(*rows, totals=totals)))
    assert bool(changed) <= any(finding.code is Code.REPAIRED for finding in after[1])


@given(_balance())
def test_what_adds_up_has_no_findings(rows: list[list[str]]) -> None:
    totals = tuple(index for index, cells in enumerate(rows) if cells[0].startswith("Total"))
    of = statement(*rows, totals=totals)
    assert repair(of)[1] == ()
