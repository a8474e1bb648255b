"""The search for sums, at its edges: what is guessed, what columns say of it, and what is structure, not coincidence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from statement_cases import statement
from tagger.arithmetic.mend.moves import Move, Others, differences, find_moves
from tagger.arithmetic.search.guesses import PAIRS_WITHIN, Guess, Match, guesses, trusted, weigh
from tagger.arithmetic.search.sums import find_sums, loose_totals, statement_sums, summed_rows
from tagger.arithmetic.search.totals import ends_a_side, is_loss, is_total
from tagger.arithmetic.search.vectors import SumRow, Vector, sort_of, sum_rows
from tagger.statement import Kind, Use

Guessed = tuple[tuple[int, ...], tuple[int, ...], bool]


def _row(
    line: int, *values: int | None, unit: int = 1, hinted: bool = False, sort: str = "", loss: bool = False
) -> SumRow:
    units = tuple(unit if value else 0 for value in values)
    columns = tuple(range(1, len(values) + 1))
    return SumRow(line=line, columns=columns, values=values, units=units, hinted=hinted, sort=sort, loss=loss)


def _rows(*values: Sequence[int | None] | int, unit: int = 1) -> list[SumRow]:
    return [_row(n, *((v,) if isinstance(v, int) else v), unit=unit) for n, v in enumerate(values)]


def _guessed(total: int, parts: Sequence[int], *, hinted: bool = True, unit: int = 1) -> set[Guessed]:
    found = guesses(_row(99, total, unit=unit, hinted=hinted), _rows(*parts, unit=unit), 0)
    return {(guess.parts, guess.weights, guess.skips) for guess in found}


@pytest.mark.parametrize(
    ("total", "parts", "guess"),
    [
        (600, (100, 200, 300), ((0, 1, 2), (1, 1, 1), False)),
        (601, (100, 200, 300), ((0, 1, 2), (1, 1, 1), False)),
        (602, (100, 200, 300), ((0, 1, 2), (1, 1, 1), False)),  # four figures, half a unit each
        (598, (100, 200, 300), ((0, 1, 2), (1, 1, 1), False)),
        (500, (100, 200, 300), ((1, 2), (1, 1), False)),
        (-400, (100, 200, 300), ((0, 1, 2), (1, -1, -1), False)),
        (500, (900, 100, 300), ((0, 1, 2), (1, -1, -1), False)),
        (502, (900, 100, 300), ((0, 1, 2), (1, -1, -1), False)),
        (1100, (900, 100, 300), ((0, 1, 2), (1, -1, 1), False)),
        (700, (500, 40, 90, 250), ((0, 1, 2, 3), (1, 1, -1, 1), False)),
        (620, (500, 40, 90, 250), ((0, 1, 2, 3), (1, -1, -1, 1), False)),
        (790, (500, 40, 90, 250), ((0, 1, 3), (1, 1, 1), True)),
    ],
)
def test_a_row_that_looks_like_a_total_is_guessed_to_be_this(total: int, parts: Sequence[int], guess: Guessed) -> None:
    assert guess in _guessed(total, parts)


@pytest.mark.parametrize(
    ("total", "parts", "unlikely"),
    [
        (603, (100, 200, 300), ((0, 1, 2), (1, 1, 1), False)),  # beyond rounding
        (597, (100, 200, 300), ((0, 1, 2), (1, 1, 1), False)),
        (300, (100, 200, 300), ((2,), (1,), False)),  # one row alone is no sum
        (503, (900, 100, 300), ((0, 1, 2), (1, -1, -1), False)),
        (900, (900, 0, 0), ((0, 1, 2), (1, -1, -1), False)),  # nothing is taken away
        (201, (100, 301), ((0, 1), (1, 1), False)),
        (701, (500, 40, 90, 250), ((0, 1, 2, 3), (1, 1, -1, 1), False)),  # what is too much has no half
    ],
)
def test_what_is_beyond_rounding_or_no_sum_is_not_guessed(total: int, parts: Sequence[int], unlikely: Guessed) -> None:
    assert unlikely not in _guessed(total, parts)


def test_a_plain_row_only_adds_what_stands_above_it() -> None:
    assert _guessed(600, (100, 200, 300), hinted=False) == {((0, 1, 2), (1, 1, 1), False)}
    assert _guessed(602, (100, 200, 300), hinted=False) == {((0, 1, 2), (1, 1, 1), False)}
    assert _guessed(598, (100, 200, 300), hinted=False) == {((0, 1, 2), (1, 1, 1), False)}
    assert _guessed(603, (100, 200, 300), hinted=False) == set()
    assert _guessed(597, (100, 200, 300), hinted=False) == set()
    assert _guessed(500, (900, 100, 300), hinted=False) == set()
    assert _guessed(300, (100, 200, 300), hinted=False) == set()


@pytest.mark.parametrize(
    ("total", "parts", "loss", "found"),
    [
        (400, (100, 200, 300), True, True),
        (400, (100, 200, 300), False, False),
        (402, (100, 200, 300), True, True),
        (403, (100, 200, 300), True, False),
        (500, (0, 200, 300), True, False),  # nothing is taken away
        (50, (100, 150), True, True),
        (100, (100,), True, False),
    ],
)
def test_a_loss_printed_without_a_minus_takes_away_the_first_row(
    total: int, parts: Sequence[int], loss: bool, found: bool
) -> None:
    guessed = guesses(_row(99, total, hinted=True, loss=loss), _rows(*parts), 0)
    assert (Guess(tuple(range(len(parts))), (-1, *(1,) * (len(parts) - 1))) in guessed) is found


@pytest.mark.parametrize(("above", "found"), [(PAIRS_WITHIN - 2, True), (PAIRS_WITHIN - 1, False)])
def test_two_rows_are_turned_only_near_the_total(above: int, found: bool) -> None:
    near = [4_000 + 7 * n * n for n in range(above)]
    parts = [90_000, 310, 170, *near]  # the two that count against the others stand 11 and 12, or more, above the total
    total = 90_000 - 310 - 170 + sum(near)
    weights = (1, -1, -1, *(1,) * above)
    assert ((tuple(range(len(parts))), weights, False) in _guessed(total, parts)) is found


@pytest.mark.parametrize(
    ("total", "rows", "holds", "fails", "exact"),
    [
        ((300, 500), ((100, 200), (200, 300)), (0, 1), (), True),
        ((301, 500), ((100, 200), (200, 300)), (0, 1), (), False),
        ((302, 500), ((100, 200), (200, 300)), (1,), (0,), True),
        ((298, 500), ((100, 200), (200, 300)), (1,), (0,), True),
        ((None, 500), ((100, 200), (200, 300)), (1,), (), True),
        ((300, 500), ((100, None), (200, None)), (0,), (), True),  # no parts there: nothing is said
        ((300, 0), ((100, None), (200, 0)), (0, 1), (), True),
        ((300, 500), ((100, 200), (200, None)), (0,), (1,), True),
    ],
)
def test_every_column_is_asked_whether_a_sum_holds(
    total: Vector, rows: Sequence[Vector], holds: tuple[int, ...], fails: tuple[int, ...], exact: bool
) -> None:
    found = weigh(_row(9, *total), _rows(*rows), Guess((0, 1), (1, 1)))
    assert found is not None
    assert (found.holds, found.fails, found.exact) == (holds, fails, exact)


def test_what_holds_in_no_column_is_no_sum() -> None:
    assert weigh(_row(9, 900, 900), _rows((100, 200), (200, 300)), Guess((0, 1), (1, 1))) is None
    assert weigh(_row(9, 100, 100), _rows((300, 200), (200, 100)), Guess((0, 1), (1, -1))) is not None


def _trusted(
    total: Vector, rows: Sequence[Vector], weights: Sequence[int] = (), *, hinted: bool, skips: bool = False
) -> bool:
    of = _rows(*rows)
    guess = Guess(tuple(range(len(rows))), tuple(weights) or (1,) * len(rows), skips)
    row = _row(9, *total, hinted=hinted)
    match = weigh(row, of, guess)
    assert match is not None
    return trusted(match, row, of)


@pytest.mark.parametrize(
    ("total", "rows", "weights", "plain", "like_a_total"),
    [
        # two columns of different figures are a structure
        ((300, 500), ((100, 200), (200, 300)), (), True, True),
        ((301, 500), ((100, 200), (200, 300)), (), True, True),
        # the same figures twice are told once
        ((3, 3), ((1, 1), (2, 2)), (), False, False),
        ((300, 300), ((100, 100), (200, 200)), (), False, True),
        # only a row that looks like a total takes away
        ((100, 150), ((300, 450), (200, 300)), (1, -1), False, True),
        # a single column has to hold exactly, over figures that are not small
        ((300,), ((100,), (200,)), (), False, True),
        ((301,), ((100,), (200,)), (), False, False),
        ((600,), ((100,), (200,), (300,)), (), True, True),
        ((20,), ((4,), (7,), (9,)), (), True, True),
        ((19,), ((4,), (7,), (8,)), (), False, False),
        # where it fails in as many columns, only words help; rounding then needs large figures
        ((600, 999), ((100, 200), (200, 300), (300, 400)), (), False, True),
        ((600, 999, 999), ((100, 200, 200), (200, 300, 301), (300, 400, 400)), (), False, False),
        ((600, 900, 950, 999), ((100, 200, 300, 1), (200, 300, 1, 1), (300, 400, 1, 1)), (), False, True),
        ((600, 900, 950), ((100, 200, 300), (200, 300, 1), (300, 400, 1)), (), True, True),
        ((300, 999), ((100, 200), (200, 300)), (), False, False),
        ((3000, 9999), ((1000, 200), (2000, 300)), (), False, True),
        ((999, 9999), ((333, 200), (666, 300)), (), False, False),
        ((1000, 9999), ((333, 200), (667, 300)), (), False, True),
        ((6001, 999), ((1000, 200), (2000, 300), (3000, 400)), (), False, True),
        ((2999, 999), ((1000, 200), (999, 300), (999, 400)), (), False, False),
        ((3001, 999), ((1001, 200), (1000, 300), (999, 400)), (), False, True),
        ((6001,), ((1000,), (2000,), (3000,)), (), False, False),
        # one part alone adds up nothing
        ((500, 600), ((500, 600), (0, 0)), (), False, False),
        ((500, 600), ((500, 600), (None, None)), (), False, False),
    ],
)
def test_structure_is_told_from_coincidence(
    total: Vector, rows: Sequence[Vector], weights: Sequence[int], plain: bool, like_a_total: bool
) -> None:
    assert _trusted(total, rows, weights, hinted=False) is plain
    assert _trusted(total, rows, weights, hinted=True) is like_a_total


@pytest.mark.parametrize(
    ("total", "rows", "trust"),
    [
        ((20, 12, 9), ((12, 5, 1), (8, 7, 1)), True),
        ((19, 12, 9), ((12, 5, 1), (7, 7, 1)), False),
        ((19, 12), ((12, 5), (7, 7)), True),  # it fails nowhere
        ((1000, 501, 9), ((600, 200, 1), (400, 300, 1)), True),  # rounded, it takes more digits
        ((999, 501, 9), ((599, 200, 1), (400, 300, 1)), False),
    ],
)
def test_small_figures_that_fail_somewhere_are_no_sum(total: Vector, rows: Sequence[Vector], trust: bool) -> None:
    assert _trusted(total, rows, hinted=False) is trust
    assert _trusted(total, rows, hinted=True) is trust


@pytest.mark.parametrize(
    ("again", "trust"), [((200, 300), False), ((201, 301), False), ((201, 302), True), ((None, 300), True)]
)
def test_what_one_row_takes_away_from_its_like_is_no_sum(again: Vector, trust: bool) -> None:
    rows = _rows((500, 700), (200, 300), again)
    match = Match(Guess((0, 1, 2), (1, 1, -1)), (0, 1), (), exact=True)
    assert trusted(match, _row(9, 499, 699, hinted=True), rows) is trust


@pytest.mark.parametrize(
    ("total", "rows", "weights", "trust"),
    [
        ((5000,), ((9000,), (3000,), (1000,)), (1, -1, -1), True),
        ((7000,), ((9000,), (3000,), (1000,)), (1, -1, 1), True),  # one of a short run
        ((3300,), ((900,), (800,), (700,), (600,), (500,), (200,)), (1, 1, 1, 1, 1, -1), True),
        ((4300,), ((1000,), (900,), (800,), (700,), (600,), (500,), (200,)), (1, 1, 1, 1, 1, 1, -1), False),
        ((900,), ((1000,), (500,), (300,), (300,)), (1, 1, -1, -1), False),  # some of several: chance
    ],
)
def test_a_single_column_takes_away_in_the_usual_ways_only(
    total: Vector, rows: Sequence[Vector], weights: Sequence[int], trust: bool
) -> None:
    of = _rows(*rows)
    match = Match(Guess(tuple(range(len(rows))), tuple(weights)), (0,), (), exact=True)
    assert trusted(match, _row(9, *total, hinted=True), of) is trust


def test_a_row_left_out_needs_two_exact_columns_and_a_total() -> None:
    rows = ((100, 200), (5, 6), (200, 300))
    for hinted, total, trust in ((True, (300, 500), True), (False, (300, 500), False), (True, (301, 500), False)):
        row, of = _row(9, *total, hinted=hinted), _rows(*rows)
        match = weigh(row, of, Guess((0, 2), (1, 1), skips=True))
        assert match is not None
        assert trusted(match, row, of) is trust
    once = weigh(_row(9, 300, hinted=True), _rows((100,), (200,)), Guess((0, 1), (1, 1), skips=True))
    assert once is not None
    assert not trusted(once, _row(9, 300, hinted=True), _rows((100,), (200,)))


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("Total assets", True),
        ("TOTAL LIABILITIES", True),
        ("Net income", True),
        ("Net (loss) income", True),
        ("Gross profit", True),
        ("Accumulated other comprehensive loss", False),
        ("Accumulated deficit", False),
        ("Income from continuing operations", True),
        ("Inventories", False),
        ("", False),
    ],
)
def test_words_say_that_a_row_sums(label: str, total: bool) -> None:
    assert is_total(label) is total


@pytest.mark.parametrize(
    ("label", "loss"),
    [
        ("Net loss", True),
        ("LOSS FROM OPERATIONS", True),
        ("Net income (loss)", False),
        ("(Loss) income before taxes", False),
        ("Net income", False),
        ("Net loss per share", False),
        ("Provision for losses", False),
    ],
)
def test_words_say_that_a_row_is_a_loss_and_nothing_else(label: str, loss: bool) -> None:
    assert is_loss(label) is loss
    (row,) = sum_rows(statement((label, "5", "7")).lines, (1, 2), frozenset({0}))
    assert row.loss is loss


@pytest.mark.parametrize(
    ("label", "ends"),
    [("Total assets", True), ("TOTAL ASSETS", True), ("Total current assets", False), ("Assets", False)],
)
def test_no_sum_reaches_back_over_the_end_of_a_side(label: str, ends: bool) -> None:
    assert ends_a_side(label) is ends


def test_rows_are_whole_numbers_of_the_smallest_unit_printed() -> None:
    of = statement(
        ("Revenue", "12.5", "1,000"),
        ("Costs", "(7.25)", "-"),
        ("Rate", "3.5%", "4.1%"),
        ("", "5", ""),
        ("Nothing", "-", "0"),
    )
    rows = sum_rows(of.lines, (1, 2), frozenset({1}))
    assert [(row.line, row.values, row.units) for row in rows] == [
        (0, (1250, 100_000), (10, 100)),
        (1, (-725, 0), (1, 0)),
        (3, (500, None), (100, 0)),
    ]
    assert [row.hinted for row in rows] == [False, True, True]  # by its words, and for having none


@pytest.mark.parametrize(
    ("label", "cells", "sort"),
    [
        ("Net income per share", ("1.20", "1.10"), "per-share"),
        ("Diluted", ("1,200", "1,100"), ""),
        ("Weighted average shares outstanding", ("1,200", "1,100"), "shares"),
        ("Revenues", ("1,200", "1,100"), ""),
        ("Diluted net income per share", ("1,204", "1,101"), "shares"),
        ("Basic net income per share", ("120.5", "110.5"), "shares"),
        ("Net income per share", ("120", "110"), ""),
    ],
)
def test_amounts_counts_and_money_are_kept_apart(label: str, cells: Sequence[str], sort: str) -> None:
    (line,) = statement((label, *cells)).lines
    assert sort_of(line) == sort


@pytest.mark.parametrize(
    ("label", "sort"),
    [
        ("Common shares repurchased", ""),
        ("Preferred shares issued for debt", ""),
        ("Weighted average shares", "shares"),
        ("Dividends per share", "per-share"),
    ],
)
def test_what_is_paid_for_shares_in_cash_flows_is_money(label: str, sort: str) -> None:
    (line,) = statement((label, "1.20", "0.90")).lines
    assert sort_of(line, Kind.CASH_FLOW) == sort
    assert sort_of(line, Kind.EQUITY) == (sort or "shares")


@pytest.mark.parametrize(
    ("label", "sort"),
    [
        ("Diluted", "per-share"),
        ("Diluted, alls", "per-share"),
        ("For all, all", "per-share"),
        ("For all, alls", ""),
        ("", "per-share"),
    ],
)
def test_a_short_label_takes_what_its_heading_measures(label: str, sort: str) -> None:
    (line,) = statement((label, "1.20", "1.10")).lines
    assert sort_of(replace(line, headings=("Costs", "Net income per share"))) == sort
    assert sort_of(replace(line, headings=("Net income per share", "Costs"))) == ""
    assert sort_of(line) == ""


def test_a_row_under_a_rule_looks_like_a_total_and_tiny_places_are_cut() -> None:
    of = statement(("Cash", "100"), ("Debt", "1.123456"), ("Both", "200"))
    ruled = [replace(line, ruled=line.label == "Debt") for line in of.lines]
    rows = sum_rows(ruled, (1,), frozenset())
    assert [row.hinted for row in rows] == [False, False, True]
    assert [row.values for row in rows] == [(1_000_000,), (11_234,), (2_000_000,)]
    assert [row.units for row in rows] == [(10_000,), (1,), (10_000,)]


@pytest.mark.parametrize(
    ("use", "summed"),
    [(Use.FIGURES, True), (Use.ADJUSTED, True), (Use.UNKNOWN, True), (Use.CHANGE, False), (Use.PERCENT, False)],
)
def test_columns_of_amounts_are_summed_and_changes_are_not(use: Use, summed: bool) -> None:
    of = statement(("Cash", "1,300"), ("Debt", "2,400"), ("Total assets", "3,700"))
    columns = tuple(replace(column, use=use) for column in of.columns)
    assert bool(statement_sums(replace(of, columns=columns))) is summed


@pytest.mark.parametrize(
    ("rows", "totals", "found"),
    [
        # a total that repeats the one row above it, if that is not small
        ((("Paid", "20", "30"), ("Net cash used", "20", "30")), (1,), {1: (0,)}),
        ((("Paid", "19", "19"), ("Net cash used", "19", "19")), (1,), {}),
        ((("Paid", "20", "30"), ("Net cash used", "20", "31")), (1,), {}),
        ((("Paid", "20", "30"), ("Other", "20", "30")), (), {}),
        ((("Paid", "20", ""), ("Net cash used", "20", "30")), (1,), {1: (0,)}),  # one figure of the row is missing
        ((("Paid", "", "31"), ("Net cash used", "20", "30")), (1,), {}),
        ((("Paid", "20", "30"), ("Net cash used", "20", "")), (1,), {}),
        # nothing reaches back over the end of a side
        (
            (("Cash", "100", "200"), ("Total assets", "100", "200"), ("Debt", "40", "70"), ("Total", "140", "270")),
            (1, 3),
            {1: (0,)},
        ),
        # of a total above its parts, all columns have to hold exactly
        ((("Revenue:", "300", "500"), ("Rail", "100", "200"), ("Barge", "200", "300")), (), {0: (2, 1)}),
        ((("Revenue:", "300", "501"), ("Rail", "100", "200"), ("Barge", "200", "300")), (), {}),
        ((("Revenue:", "300"), ("Rail", "100"), ("Barge", "200")), (), {}),
    ],
)
def test_totals_of_one_row_and_totals_on_top(
    rows: Sequence[Sequence[str]], totals: tuple[int, ...], found: dict[int, tuple[int, ...]]
) -> None:
    lines = statement(*rows).lines
    ends = frozenset(line.index for line in lines if ends_a_side(line.label))
    sums = find_sums(lines, range(1, len(rows[0])), frozenset(totals), ends)
    assert {one.total: one.parts for one in sums} == found


def test_what_a_sum_gathers_is_no_part_of_a_loose_total() -> None:
    of = statement(
        ("Cash", "100", "200"),
        ("Inventories", "300", "400"),
        ("Total current assets", "400", "600"),
        ("Goodwill", "70", "80"),
        ("Total assets", "999", "888"),
        totals=(2,),
    )
    rows = summed_rows(of)
    loose = [(row.line, tuple(r.line for r in above)) for row, above in loose_totals(rows, of.lines, of.sums)]
    assert loose == [(4, (2, 3))]


def _found(total: Vector, rows: Sequence[Vector], weights: Sequence[int] = (), *others: Vector) -> list[Move]:
    run = _rows(*rows)
    whole = _row(9, *total, hinted=True)
    beside = [_row(20 + n, *values) for n, values in enumerate(others)]
    weights = tuple(weights) or (1,) * len(rows)
    off = differences(whole, run, weights)
    return list(find_moves(whole, run, weights, off, Others.of([*run, whole, *beside])))


@pytest.mark.parametrize(
    ("total", "rows", "others", "moves"),
    [
        # what adds up has nothing to move
        ((300, 500, 700), ((100, 200, 300), (200, 300, 400)), (), []),
        # figures of one row exchanged between two columns, or moved by one
        ((1300, 2500), ((1000, 300), (200, 1500)), (), []),
        ((1200, 1800), ((300, 1000), (200, 1500)), (), [("moved-figures", (0,)), ("moved-figures", (0,))]),
        ((500, 1900), ((400, 300), (200, 1500)), (), [("moved-figures", (0,))]),  # a hundred tells
        ((500, 1899), ((399, 300), (200, 1500)), (), []),
        # a row of the sum exchanged with one outside it
        ((1200, 1800), ((1000, 300), (777, 888)), ((200, 1500),), [("exchanged-rows", (1, 20))]),
        # a row whose first figure stands one column too early, and one with an empty column inside
        ((1000, 2485), ((985, None), (1000, 1500)), (), [("moved-figures", (0,))]),
        ((6000, 8000, 2500), ((5000, None, 6000), (1000, 2000, 2500)), (), [("moved-figures", (0,))]),
        ((6000, None, 8000), ((5000, 6000, None), (1000, None, 2000)), (), [("moved-figures", (0,))]),
        ((6000, 8000, 9500, None), ((5000, None, 6000, 7000), (1000, 2000, 2500, None)), (), [("moved-figures", (0,))]),
        # two parts of one sum, or its total, are no row outside it
        ((1200, 1800), ((1000, 300), (200, 1500), (200, 1500)), (), []),
        # a part exchanged with its total
        ((1000, 1300), ((1200, 1800), (200, 500)), (), [("exchanged-rows", (0, 9))]),
        # differences under a hundred in all but one column are misread figures, not rows
        ((1200, 1899), ((1000, 300), (200, 1500)), (), []),
        ((1299, 1899), ((1000, 300), (200, 1500)), (), []),
    ],
)
def test_moves_are_found_where_every_column_then_adds_up(
    total: Vector, rows: Sequence[Vector], others: Sequence[Vector], moves: list[tuple[str, tuple[int, ...]]]
) -> None:
    found = _found(total, rows, (), *others)
    assert {(move.kind, move.lines) for move in found} == set(moves)


def test_a_moved_row_says_where_each_figure_comes_from() -> None:
    assert _found((1200, 1800, 2900), ((None, 1000, 300), (200, 1500, 2400))) == []
    (move,) = _found((1200, 1800, 2400), ((None, 1000, 300), (200, 1500, 2400)))
    assert move == Move(kind="moved-figures", lines=(0,), order=((1, 2), (2, 3)))


def test_totals_that_hold_nowhere_are_loose() -> None:
    of = statement(
        ("Cash", "100", "200"),
        ("Inventories", "300", "400"),
        ("Total current assets", "999", "888"),
        ("Goodwill", "5", "6"),
    )
    rows = summed_rows(of)
    assert [(row.line, tuple(r.line for r in above)) for row, above in loose_totals(rows, of.lines, ())] == [
        (2, (0, 1))
    ]
