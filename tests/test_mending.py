"""What mending does at its edges: which slips have a name, where a table fails, what stands elsewhere, which headings cross."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace

from statement_cases import ASSETS, statement
from tagger.arithmetic.mend.edits import edit_between
from tagger.arithmetic.mend.elsewhere import find_elsewhere, words_of
from tagger.arithmetic.mend.failing import MOST_LINES, Failing, additive_columns, failing
from tagger.arithmetic.mend.figures import repair
from tagger.arithmetic.mend.headings import uncross
from tagger.arithmetic.mend.rows import put_rows_right
from tagger.arithmetic.relations.headings import newest_first
from tagger.findings import Code
from tagger.lexicon import parse_cell
from tagger.statement import Column, Kind, Statement, Sum, Use
from tagger.values import Duration, Instant, Period

TOTALS = (4, 7)


def _mended(row: int, *cells: str, rows: Sequence[Sequence[str]] = ASSETS) -> Statement:
    given = [(label, *cells) if index == row else (label, *figures) for index, (label, *figures) in enumerate(rows)]
    return statement(*given, totals=TOTALS)


# --- slips


@pytest.mark.parametrize(
    ("printed", "needed", "name"),
    [
        ("1,234", "1234", None),  # what is printed needs no slip
        ("-", "1234", None),
        ("1,234", "0", None),
        ("(1,234)", "1234", "stray-parentheses"),
        ("1,234", "-1234", "missing-parentheses"),
        ("1,234", "-1235", None),  # two slips
        ("(1,234)", "-1235", "digit-misread"),
        ("12.648", "12648", "comma-for-point"),
        ("12.64", "12640", None),
        ("12.6485", "12648.5", None),
        ("12,648", "12.648", "point-for-comma"),
        ("12648", "12.648", None),
        ("1264", "12.64", "missing-point"),
        ("1,264", "12.64", None),
        ("1264", "126.4", None),
        ("1,234", "1235", "digit-misread"),
        ("1,234", "1335", None),
        ("1,234", "1324", "digits-swapped"),
        ("1,234", "3214", None),  # not beside each other
        ("1,234", "1342", None),
        ("1,234", "2134", "digits-swapped"),
        ("1,234", "1243", "digits-swapped"),
        ("81,234", "1234", "dollar-read-as-digit"),
        ("51,234", "1234", "dollar-read-as-digit"),
        ("71,234", "1234", "extra-digit"),
        ("12,834", "1234", "extra-digit"),
        ("12,345", "1234", "extra-digit"),
        ("1,234", "12345", "missing-digit"),
        ("1,234", "91234", "missing-digit"),
        ("1,234", "12034", "missing-digit"),
        ("1,234", "123456", None),
        ("123,456", "1234", None),
        ("1.5", "1.25", None),  # no digit of the place that is printed
        ("1.5", "1.6", "digit-misread"),
        ("1.5", "11.5", "missing-digit"),
    ],
)
def test_one_slip_has_a_name_and_two_have_none(printed: str, needed: str, name: str | None) -> None:
    numeral = parse_cell(printed)
    assert numeral is not None
    assert edit_between(numeral, Decimal(needed)) == name


# --- where a table fails


def _doubts(of: Statement) -> list[tuple[int, tuple[Decimal, ...], tuple[int, ...]]]:
    return [(found.column, found.off, found.suspects) for found in failing(of)]


def test_sums_that_fail_together_share_what_could_be_wrong() -> None:
    assert _doubts(statement(*ASSETS, totals=TOTALS)) == []
    ((column, off, suspects),) = _doubts(_mended(4, "49,763", "62,500"))  # part of one total, total of the other parts
    assert column == 1
    assert sorted(off) == [Decimal(-600), Decimal(600)]
    assert suspects == (4,)
    ((column, off, suspects),) = _doubts(_mended(6, "2,605", "2,769"))
    assert (column, off, suspects) == (2, (Decimal(-7),), (5, 6, 7))  # what stands in a sum that holds is right


@pytest.mark.parametrize(("lines", "found"), [(MOST_LINES, 1), (MOST_LINES + 1, 0)])
def test_a_table_of_very_many_lines_is_no_statement(lines: int, found: int) -> None:
    of = _mended(6, "2,605", "2,769")
    more = [replace(of.lines[0], index=100 + n, figures=()) for n in range(lines - len(of.lines))]
    assert len(list(failing(replace(of, lines=(*of.lines, *more))))) == found


QUARTER = Duration(dt.date(2023, 1, 1), dt.date(2023, 3, 31))


def _with_sums(holds: int, fails: int, columns: Sequence[Column], *, at: int = 1, also: int = 0) -> Statement:
    sums = [Sum(total=9, parts=(1, 2), weights=(1, 1), columns=(at,)) for _ in range(holds)]
    sums += [Sum(total=9, parts=(1, 2), weights=(1, 1), columns=(), fails=(at,)) for _ in range(fails)]
    sums += [Sum(total=9, parts=(1, 2), weights=(1, 1), columns=(2,)) for _ in range(also)]
    return replace(statement(*ASSETS), columns=tuple(columns), sums=tuple(sums))


@pytest.mark.parametrize(
    ("holds", "fails", "columns", "additive"),
    [
        (1, 0, 2, ()),  # nothing fails
        (1, 1, 2, (1,)),
        (0, 1, 3, (1,)),
        (0, 2, 3, ()),  # holds in none of several columns
        (0, 2, 2, (1,)),
        (1, 2, 3, (1,)),
        (1, 3, 3, ()),  # fails in most
        (2, 3, 3, ()),
        (3, 3, 3, (1,)),
        (0, 3, 1, ()),
    ],
)
def test_a_column_of_other_things_fails_in_most_of_its_sums(
    holds: int, fails: int, columns: int, additive: tuple[int, ...]
) -> None:
    there = [Column(index=n, heading="", period=QUARTER) for n in range(1, columns + 1)]
    assert additive_columns(_with_sums(holds, fails, there)) == additive


@pytest.mark.parametrize(
    ("first", "other", "additive"),
    [
        (Column(index=1, heading="", period=QUARTER), Column(index=2, heading="", period=QUARTER), (1,)),
        (Column(index=1, heading=""), Column(index=2, heading="", period=QUARTER), ()),  # of no time beside timed ones
        (Column(index=1, heading=""), Column(index=2, heading=""), (1,)),
        (Column(index=1, heading="", period=QUARTER, use=Use.CHANGE), Column(index=2, heading="", period=QUARTER), ()),
        (Column(index=1, heading="", period=QUARTER, use=Use.ADJUSTED), Column(index=2, heading=""), ()),
    ],
)
def test_only_reported_columns_of_a_time_have_to_add_up(
    first: Column, other: Column, additive: tuple[int, ...]
) -> None:
    assert additive_columns(_with_sums(2, 1, [first, other])) == additive


@pytest.mark.parametrize(
    ("weights", "off", "room", "line", "readings"),
    [
        ((1, 1), ("5",), "0", 1, ["105"]),  # a part is as much more as the total is
        ((1, -1), ("5",), "0", 2, ["95"]),
        ((1, 1), ("5",), "0", 9, ["95"]),
        ((1, 1), ("5",), "1", 1, ["105", "106", "104"]),
        ((1, 1), ("5",), "3", 1, ["105", "106", "104", "107", "103", "108", "102"]),
        ((1, 1), ("5",), "9", 1, ["105", "106", "104", "107", "103", "108", "102"]),
        ((1, 1), ("0.5",), "0.1", 1, ["100.5", "100.6", "100.4"]),
    ],
)
def test_a_figure_may_say_what_makes_its_sums_hold_within_rounding(
    weights: tuple[int, int], off: tuple[str, ...], room: str, line: int, readings: list[str]
) -> None:
    found = Sum(total=9, parts=(1, 2), weights=weights, columns=(), fails=(1,))
    doubt = Failing(
        column=1,
        sums=(found,) * len(off),
        off=tuple(map(Decimal, off)),
        room=(Decimal(room),) * len(off),
        suspects=(line,),
    )
    assert [str(number) for number in doubt.readings(line, Decimal(100))] == readings


def test_one_reading_has_to_satisfy_all_sums() -> None:
    found = Sum(total=9, parts=(1, 2), weights=(1, 1), columns=(), fails=(1,))
    for other, count in ((Decimal(5), 1), (Decimal(6), 0)):
        doubt = Failing(column=1, sums=(found, found), off=(Decimal(5), other), room=(Decimal(0),) * 2, suspects=(1,))
        assert len(list(doubt.readings(1, Decimal(100)))) == count


# --- what stands elsewhere


@pytest.mark.parametrize(
    ("number", "table", "label", "places", "confirmed"),
    [
        ("3977", 1, "Accounts receivable", 0, True),
        ("-3977", 1, "Accounts receivable", 0, True),  # whichever sign
        ("3977", 0, "Accounts receivable", 0, False),  # the same table
        ("3977", 1, "Goodwill", 0, False),
        ("3978", 1, "Accounts receivable", 0, False),
        ("985", 1, "Prepaid expenses", 0, False),  # of few digits
        ("1126", 1, "Prepaid expense", 0, True),
        ("1126", 1, "Total of the", 0, False),  # words that tell nothing
    ],
)
def test_a_number_of_many_digits_is_confirmed_by_a_row_of_like_words(
    number: str, table: int, label: str, places: int, confirmed: bool
) -> None:
    elsewhere = find_elsewhere([statement(*ASSETS)])
    (line,) = statement((label, "1")).lines
    assert elsewhere.confirms(Decimal(number), table, line, places) is confirmed


def test_a_thousand_is_the_least_that_confirms() -> None:
    elsewhere = find_elsewhere([statement(("Receivables", "1,000", "999", "99.9", "100.0"))])
    (line,) = statement(("Receivables", "1")).lines
    assert sorted(elsewhere.places) == [Decimal("100.0"), Decimal(1000)]
    assert elsewhere.confirms(Decimal(1000), 5, line)
    assert elsewhere.confirms(Decimal("100.0"), 5, line, 1)
    assert not elsewhere.confirms(Decimal("100.0"), 5, line, 0)


def test_words_of_four_letters_or_more_tell_rows_apart() -> None:
    (line,) = statement(("Net cost of all Receivables and plants", "1")).lines
    assert words_of(line) >= {"receivable", "plant"}
    assert not words_of(line) & {"net", "of", "all", "and"}


# --- figures


@pytest.mark.parametrize(
    ("row", "cells", "repaired"),
    [
        (0, ("(31,412)", "46,180"), True),
        (4, ("(49,163)", "62,500"), True),
        (2, ("12,648", "(11,930)"), True),
    ],
)
def test_parentheses_are_mended_where_several_parts_are_added(row: int, cells: Sequence[str], repaired: bool) -> None:
    mended, findings = repair(_mended(row, *cells))
    assert [finding.code for finding in findings] == [Code.REPAIRED if repaired else Code.DOES_NOT_ADD_UP]
    assert all(figure.printed > 0 for line in mended.lines for figure in line.figures)


# --- rows


def test_a_small_table_may_have_a_figure_in_a_column_of_its_own() -> None:
    small = statement(("Cash", "10", "12"), ("Debt", "", "", "30"), ("Stock", "7", "6"), ("Other", "5", "4"))
    assert put_rows_right(small) == (small, ())


@pytest.mark.parametrize(("lines", "moved"), [(MOST_LINES, True), (MOST_LINES + 1, False)])
def test_rows_of_a_table_of_very_many_lines_are_left(lines: int, moved: bool) -> None:
    of = statement(*ASSETS[:3], (ASSETS[3][0], "", *ASSETS[3][1:]), *ASSETS[4:], totals=TOTALS)
    more = [replace(of.lines[0], index=100 + n, figures=()) for n in range(lines - len(of.lines))]
    _, findings = put_rows_right(replace(of, lines=(*of.lines, *more)))
    assert [finding.code for finding in findings] == [Code.REPAIRED] * moved


def test_exchanged_rows_that_could_be_two_ways_are_left_with_a_doubt() -> None:
    rows = list(ASSETS)
    rows[1], rows[2] = ("Accounts receivable", *ASSETS[2][1:]), ("Inventories", *ASSETS[1][1:])
    of = statement(*rows, totals=TOTALS)
    assert put_rows_right(of) == (of, ())  # two parts of one sum exchanged leave no trace


def test_a_part_and_its_total_are_not_exchanged_where_a_loss_is_printed_plain() -> None:
    rows = (
        ("Net sales", "90,100", "85,020", "270,000"),
        ("Cost of sales", "50,000", "49,000", "150,000"),
        ("Gross profit", "40,100", "36,020", "120,000"),
        ("Loss from discontinued operations", "800", "300", "1,200"),
        ("Income from continuing operations", "10,000", "9,000", "30,000"),
        ("Net income", "9,200", "8,700", "28,800"),
    )
    of = statement(*rows, kind=Kind.OPERATIONS)
    assert put_rows_right(of) == (of, ())


# --- headings


def _year(year: int) -> Duration:
    return Duration(dt.date(year, 1, 1), dt.date(year, 12, 31))


def _end(year: int) -> Instant:
    return Instant(dt.date(year, 12, 31))


def _timed(kind: Kind, periods: Sequence[Period], *rows: Sequence[str], number: int = 0) -> Statement:
    of = statement(*rows, kind=kind)
    columns = tuple(replace(column, period=period) for column, period in zip(of.columns, periods, strict=True))
    return replace(of, columns=columns, number=number, title=kind.value)


CASH = ("Cash and cash equivalents", "4,100", "3,900")
FLOWS = (
    ("Net income", "2,600", "2,200"),
    ("Cash and cash equivalents at end of year", "4,100", "3,900"),
)
INCOME = ("Net income", "2,600", "2,200")


@pytest.mark.parametrize(
    ("sheet", "income", "flows", "codes"),
    [
        ((2022, 2021), (2022, 2021), (2022, 2021), []),
        ((2021, 2022), (2022, 2021), (2022, 2021), [Code.REPAIRED]),
        ((2022, 2021), (2021, 2022), (2022, 2021), [Code.REPAIRED]),
        ((2021, 2022), (2021, 2022), (2022, 2021), [Code.REPAIRED, Code.REPAIRED]),
        ((2021, 2022), (2021, 2022), (2021, 2022), []),
    ],
)
def test_the_statement_whose_columns_run_against_all_others_has_its_headings_exchanged(
    sheet: tuple[int, int], income: tuple[int, int], flows: tuple[int, int], codes: list[Code]
) -> None:
    statements = [
        _timed(Kind.BALANCE_SHEET, [_end(year) for year in sheet], CASH),
        _timed(Kind.OPERATIONS, [_year(year) for year in income], INCOME, number=1),
        _timed(Kind.CASH_FLOW, [_year(year) for year in flows], *FLOWS, number=2),
    ]
    mended, findings = uncross(statements)
    assert {finding.code for finding in findings} == set(codes)
    if len(codes) == 1:
        assert [newest_first(one) for one in mended] == [True, True, True]
    if not codes:
        assert mended == tuple(statements)


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        (("Cash and cash equivalents", "3,900", "4,100"), True),
        (("Cash and cash equivalents", "3,900", "4,200"), False),  # one figure is not the other's
        (("Cash and cash equivalents", "4,100", "4,100"), False),
        (("Restricted deposits", "3,900", "4,100"), False),
    ],
)
def test_two_statements_that_cross_are_a_doubt_where_nothing_tells_which(row: Sequence[str], doubted: bool) -> None:
    statements = [
        _timed(Kind.BALANCE_SHEET, [_end(2022), _end(2021)], row),
        _timed(Kind.CASH_FLOW, [_year(2022), _year(2021)], FLOWS[1], number=1),
    ]
    mended, findings = uncross(statements)
    assert mended == tuple(statements)
    assert [finding.code for finding in findings] == ([Code.COLUMNS_IN_DOUBT] if doubted else [])


def test_columns_without_a_period_cross_with_none() -> None:
    sheet = _timed(Kind.BALANCE_SHEET, [_end(2022), _end(2021), _end(2020)], ("Cash", "3,900", "4,100", "5"))
    flows = _timed(Kind.CASH_FLOW, [_year(2022), _year(2021)], FLOWS[1], number=1)
    for column in (replace(sheet.columns[0], period=None), replace(sheet.columns[0], use=Use.CHANGE)):
        statements = [replace(sheet, columns=(column, *sheet.columns[1:])), flows]
        assert uncross(statements) == (tuple(statements), ())


@pytest.mark.parametrize(("low", "doubted"), [("100", True), ("99", False)])
def test_small_figures_cross_by_chance(low: str, doubted: bool) -> None:
    statements = [
        _timed(Kind.BALANCE_SHEET, [_end(2022), _end(2021)], ("Cash", low, "390")),
        _timed(Kind.CASH_FLOW, [_year(2022), _year(2021)], ("Cash at end of year", "390", low), number=1),
    ]
    assert bool(uncross(statements)[1]) is doubted


@pytest.mark.parametrize(
    ("periods", "newest"),
    [
        ((_end(2022), _end(2021)), True),
        ((_end(2021), _end(2022)), False),
        ((_end(2022), _end(2020), _end(2021)), None),
        ((_end(2022),), None),
        ((_end(2022), _end(2022)), None),
        ((QUARTER, _year(2022)), None),  # of two lengths
        ((QUARTER, _year(2022), _year(2021)), True),
        ((_year(2022), _end(2023), _year(2021), _end(2022)), True),
    ],
)
def test_columns_run_from_the_newest_on_within_one_length(periods: Sequence[Period], newest: bool | None) -> None:
    assert newest_first(_timed(Kind.OPERATIONS, periods, ("Row", *("5",) * len(periods)))) is newest
