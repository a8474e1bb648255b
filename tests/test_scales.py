"""Powers of ten that no words give: what income, shares and par value leave, and what sentences say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace

from statement_cases import row, statement
from tagger.arithmetic.magnitudes import Magnitudes, money_scales, read_magnitudes, share_power
from tagger.arithmetic.scales import solve_scales
from tagger.findings import Code
from tagger.pipeline import tag
from tagger.reading import read
from tagger.statement import OF_OTHERS, Kind, Statement
from tagger.statements import read_statements
from tagger.statements.scales import with_told_scales
from tagger.tagging.units import share_scale
from tagger.values import Measure

NOTHING = read("Nothing is said of amounts here, in no sentence at all.")


def _numbers(*numbers: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, numbers))


@pytest.mark.parametrize(
    ("magnitudes", "scales"),
    [
        (Magnitudes(), {0, 3, 6}),
        (Magnitudes(money_in_parts=True), {6, 9}),
        (Magnitudes(money_in_parts=True, money_less_shares=frozenset({3}), shares_in_parts=True), {9}),
        (Magnitudes(money_less_shares=frozenset({0})), {0, 3, 6}),
        (Magnitudes(money_less_shares=frozenset({3})), {3, 6}),
        (Magnitudes(money_less_shares=frozenset({-3})), {0, 3}),
        (Magnitudes(money_less_shares=frozenset({6})), {6}),
        (Magnitudes(money_less_shares=frozenset({0}), shares_in_parts=True), {6}),
        (Magnitudes(money_less_shares=frozenset({0}), shares=_numbers("10000000")), {0, 3}),
        (Magnitudes(money_less_shares=frozenset({0}), shares=_numbers("10000001")), {0}),
        (Magnitudes(money_less_shares=frozenset({0}), shares=_numbers("50000")), {0, 3, 6}),  # of few, or 50 billion
        (Magnitudes(money_less_shares=frozenset({0}), shares=_numbers("50001")), {0, 3}),
        (Magnitudes(money_less_shares=frozenset({3}), shares=_numbers("50000000")), {3, 6}),
        (Magnitudes(money_less_shares=frozenset({3}), shares=_numbers("50000001")), {3}),
        (Magnitudes(money_less_shares=frozenset({0}), shares=_numbers("10000")), {0, 3, 6}),
        (Magnitudes(money_less_shares=frozenset({0}), shares=_numbers("9999")), {3, 6}),
        (Magnitudes(money_less_shares=frozenset({0}), shares=_numbers("9")), {6}),
        (Magnitudes(money_less_label=frozenset({-3}), issued=_numbers("50000000")), {0}),
        (Magnitudes(money_less_label=frozenset({0}), issued=_numbers("50000000")), {0, 3}),
        (Magnitudes(money_less_label=frozenset({3}), issued=_numbers("50000000")), {3, 6}),
        (Magnitudes(money_less_label=frozenset({0}), issued=_numbers("50000001")), {0}),
        (Magnitudes(money_less_label=frozenset({0}), issued=_numbers("9999")), {3, 6}),
        (Magnitudes(money_less_label=frozenset({0}), authorized=_numbers("100000000000")), {0}),
        (Magnitudes(money_less_label=frozenset({0}), authorized=_numbers("100000000001")), set()),
        (Magnitudes(assets=_numbers("1")), {0, 3, 6}),  # of a shell, and printed in full
        (Magnitudes(assets=_numbers("5000000")), {0, 3, 6}),
        (Magnitudes(assets=_numbers("5000001")), {0, 3}),
        (Magnitudes(assets=_numbers("5000000001")), {0}),
        (Magnitudes(assets=_numbers("5000000000001")), set()),
    ],
)
def test_a_company_is_neither_too_small_nor_too_large(magnitudes: Magnitudes, scales: set[int]) -> None:
    assert money_scales(magnitudes) == scales


@pytest.mark.parametrize(
    ("weighted", "issued", "possible"),
    [
        ("5000000", "5000000", True),
        ("5000000", "49999999", True),
        ("5000000", "50000000", False),
        ("49999999", "5000000", True),
        ("50000000", "5000000", False),
    ],
)
def test_shares_issued_and_weighted_shares_are_of_one_size(weighted: str, issued: str, possible: bool) -> None:
    found = money_scales(
        Magnitudes(
            money_less_shares=frozenset({0}),
            money_less_label=frozenset({0}),
            shares=_numbers(weighted),
            issued=_numbers(issued),
        )
    )
    assert (0 in found) is possible


EARNINGS = (
    ("Net income", "12,000", "9,000"),
    ("Net income per share", "1.20", "0.90"),
    ("Weighted average shares outstanding", "10,000", "10,000"),
)


@pytest.mark.parametrize(
    ("row", "cells", "told"),
    [
        (0, ("12,000", "9,000"), {0}),
        (0, ("12.0", "9.0"), {3}),
        (0, ("12,000,000", "9,000,000"), {-3}),
        (2, ("10.0", "10.0"), {-3}),
        (2, ("10,000,000,000", "10,000,000,000"), {6}),
        (0, ("15,000", "7,000"), set()),
        (1, ("1.2", "0.9"), set()),  # not in cents
        (1, ("1.20000", "0.90000"), set()),
        (0, ("12,000", "7,000"), {0}),  # one column tells, the other does not
        (0, ("12,000", "9"), set()),  # the two tell different things
        (0, ("12,060", "9,040"), {0}),  # rounded
        (0, ("12,120", "9,140"), set()),
    ],
)
def test_income_over_shares_ties_the_scales_of_money_and_counts(row: int, cells: Sequence[str], told: set[int]) -> None:
    rows = [(label, *cells) if n == row else (label, *figures) for n, (label, *figures) in enumerate(EARNINGS)]
    assert read_magnitudes([statement(*rows, kind=Kind.OPERATIONS)]).money_less_shares == told


@pytest.mark.parametrize("label", ["Basic", "Basic and fully diluted", "Fully diluted", "Basic and diluted (in total)"])
def test_counts_of_shares_are_known_by_their_heading(label: str) -> None:
    rows = [*EARNINGS[:2], ("Weighted average shares outstanding",), (label, *EARNINGS[2][1:])]
    made = statement(*rows, kind=Kind.OPERATIONS)
    line = replace(made.lines[-1], headings=("Weighted average shares outstanding",))
    assert read_magnitudes([replace(made, lines=(*made.lines[:-1], line))]).money_less_shares == {0}


@pytest.mark.parametrize(
    ("label", "heard"),
    [
        ("Net income", True),
        ("Net (loss) income", True),
        ("Consolidated net earnings", True),
        ("Net income attributable to noncontrolling interests", False),
        ("Net income from continuing operations", False),
        ("Income before taxes", False),
    ],
)
def test_only_the_companys_net_income_is_asked(label: str, heard: bool) -> None:
    rows = [(label, *EARNINGS[0][1:]), *EARNINGS[1:]]
    assert bool(read_magnitudes([statement(*rows, kind=Kind.OPERATIONS)]).money_less_shares) is heard


@pytest.mark.parametrize(
    ("label", "amount", "issued", "authorized", "power"),
    [
        (
            "Common stock, $0.01 par value; 20,000,000 authorized, 10,000,000 issued",
            "100",
            ["10000000"],
            ["20000000"],
            {3},
        ),
        (
            "Common stock, $0.01 par value; 20,000,000 authorized, 10,000,000 issued",
            "100,000",
            ["10000000"],
            ["20000000"],
            {0},
        ),
        (
            "Common stock, par value $0.01; 20,000 authorized, 10,000 issued and outstanding",
            "100",
            ["10000"],
            ["20000"],
            {0},
        ),
        (
            "Common stock, $0.01 par value; 20,000,000 authorized, 10,000,000 issued",
            "9",
            ["10000000"],
            ["20000000"],
            set(),
        ),
        (
            "Common stock, $0.01 par value; 20,000,000 authorized, 10,000,000 issued",
            "777",
            ["10000000"],
            ["20000000"],
            set(),
        ),
        (
            "Common stock, no par; 20,000,000 authorized, 10,000,000 issued in 2005",
            "100",
            ["10000000"],
            ["20000000"],
            set(),
        ),
        ("Preferred stock, $0.01 par value; 20,000,000 authorized, 10,000,000 issued", "100", [], [], set()),
        ("Common stock, $0.01 par value; 10,000,000 issued", "100", [], [], set()),
        ("Common stock, no par; 20,000,000 authorized, 2100 issued", "100", [], ["20000000"], set()),
        ("Common stock, no par; 20,000,000 authorized, 2101 issued", "100", ["2101"], ["20000000"], set()),
        ("Common stock, $1 par; 20,000,000 authorized, 10,000,000 issued", "10", ["10000000"], ["20000000"], {6}),
    ],
)
def test_par_value_times_shares_ties_the_scales_of_money_and_the_label(
    label: str, amount: str, issued: list[str], authorized: list[str], power: set[int]
) -> None:
    magnitudes = read_magnitudes([statement((label, amount))])
    assert [str(number) for number in magnitudes.issued] == issued
    assert [str(number) for number in magnitudes.authorized] == authorized
    assert magnitudes.money_less_label == power


@pytest.mark.parametrize(("rows", "parts"), [(21, True), (20, False)])
def test_money_with_one_decimal_in_most_of_many_figures_is_in_millions_or_billions(rows: int, parts: bool) -> None:
    of = statement(*(("Inventories", "12.5") for _ in range(rows)))
    assert read_magnitudes([of]).money_in_parts is parts
    mixed = statement(*(("Inventories", "12.5", "12") for _ in range(rows)))
    assert not read_magnitudes([mixed]).money_in_parts


@pytest.mark.parametrize(
    ("scale", "shares", "power"),
    [(3, "10,000", 3), (6, "10,000", 6), (None, "10,000", None), (0, "10,000", None), (0, "10,000,000", None)],
)
def test_the_power_of_counts_follows_from_that_of_money(scale: int | None, shares: str, power: int | None) -> None:
    rows = [*EARNINGS[:2], ("Weighted average shares outstanding", shares, shares)]
    of = replace(statement(*rows, kind=Kind.OPERATIONS), scale=scale)
    assert share_power(of) == power


def _silent(*rows: Sequence[str], kind: Kind = Kind.OPERATIONS) -> Statement:
    return replace(statement(*rows, kind=kind), scale=None)


SAID = "Revenue was ${} million. Costs were ${} million, and debt was ${} million, as we said."
ROWS = (("Revenues", "412,345"), ("Cost of revenues", "301,987"), ("Long-term debt", "88,450"))


@pytest.mark.parametrize(
    ("said", "scale"),
    [
        (("412.3", "302.0", "88.5"), 3),
        (("412.3", "302.0", "77.7"), None),  # two that stand in the table may be chance
        (("412.3", "302.1", "88.4"), None),
        (("412,345", "301,987", "88,450"), 6),
    ],
)
def test_three_amounts_of_sentences_give_the_scale(said: tuple[str, str, str], scale: int | None) -> None:
    (solved,) = solve_scales([_silent(*ROWS)], read(SAID.format(*said)))
    assert solved.scale == scale
    (other,) = solve_scales([_silent(*ROWS, kind=Kind.OTHER)], read(SAID.format(*said)))
    assert other.scale is None


TWO = "Revenue was ${} million and costs were ${} million, as we said."


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        (TWO.format("412.3", "302.0"), 3),  # two are enough where no other is said
        (TWO.format("412.3", "3.0"), None),
        (TWO.format("410", "88.5"), None),
        (TWO.format("412", "88"), 3),  # three digits beyond the first of each
        (TWO.format("412", "9"), None),
        (TWO.format("412.3", "302.0") + " We paid $77.7 million.", None),
        (SAID.format("412.3", "302.0", "88.5") + " We paid $77.7 million and $66.6 million.", 3),
        (SAID.format("412.3", "302.0", "88.5") + " We paid $301,987 million.", 3),  # three times one
        (SAID.format("412.3", "302.0", "88.5") + " We paid $301,987 million and $88,450 million.", None),
        (TWO.format("412.3", "302.0") + " We paid $301,987 million.", None),
    ],
)
def test_a_scale_has_to_be_said_by_enough_amounts_and_twice_as_often_as_any_other(text: str, scale: int | None) -> None:
    (solved,) = solve_scales([_silent(*ROWS)], read(text))
    assert solved.scale == scale


def test_where_two_scales_are_possible_none_is_taken_however_much_speaks() -> None:
    rows = (("Net income", "12,000"), ("Net income per share", "1.20"), ("Weighted average shares", "10,000"))
    of = [_silent(*rows)]
    magnitudes = read_magnitudes(of)
    assert magnitudes.speaks
    assert len(money_scales(magnitudes)) > 1
    assert [solved.scale for solved in solve_scales(of, NOTHING)] == [None]


@pytest.mark.parametrize(
    ("word", "scale"),
    [
        ("billion", 6),  # 24.6 billion shares
        ("million", 3),  # 24.6 million
    ],
)
def test_where_shares_may_be_many_or_few_the_sentences_tell(word: str, scale: int) -> None:
    rows = (
        ("Revenues", "13,512"),
        ("Costs", "6,188"),
        ("Net income", "14,881"),
        ("Net income per diluted share", "0.60"),
        ("Weighted average diluted shares", "24,620"),
    )
    of = [_silent(*rows)]
    text = SAID.format("14.9", "13.5", "6.19").replace("million", word)
    assert [solved.scale for solved in solve_scales(of, NOTHING)] == [None]
    assert [solved.scale for solved in solve_scales(of, read(text))] == [scale]


def test_a_scale_that_is_said_is_not_solved_again() -> None:
    of = statement(*ROWS, kind=Kind.OPERATIONS)
    assert solve_scales([of], read(SAID.format("412,345", "301,987", "88,450"))) == (of,)


@pytest.mark.parametrize(("largest", "scale"), [("10,000,000,000", 0), ("9,999,999,999", None)])
def test_figures_of_enormous_size_are_printed_in_full(largest: str, scale: int | None) -> None:
    (solved,) = solve_scales([_silent(("Revenues", largest), ("Costs", "5"))], NOTHING)
    assert solved.scale == scale


@pytest.mark.parametrize(("assets", "scale"), [("5,000,000,001", 0), ("5,000,000,000", None), ("99", None)])
def test_total_assets_alone_give_the_scale_where_only_one_is_possible(assets: str, scale: int | None) -> None:
    (solved,) = solve_scales([_silent(("Cash", "5"), ("Total assets", assets), kind=Kind.BALANCE_SHEET)], NOTHING)
    assert solved.scale == scale


@pytest.mark.parametrize(
    ("given", "said", "scale"), [(6, OF_OTHERS, 0), (3, OF_OTHERS, 0), (0, OF_OTHERS, 0), (6, "(In millions)", 6)]
)
def test_a_scale_of_other_tables_yields_to_the_figures_of_the_table_itself(given: int, said: str, scale: int) -> None:
    rows = (
        ("Net income", "72,000,012"),
        ("Net income per share", "1.20"),
        ("Weighted average shares outstanding", "60,000,010"),
    )
    (solved,) = solve_scales([replace(_silent(*rows), scale=given, scale_said=said)], NOTHING)
    assert solved.scale == scale


def test_a_scale_of_other_tables_stays_where_nothing_speaks_against_it() -> None:
    of = replace(_silent(*ROWS), scale=6, scale_said=OF_OTHERS)
    assert solve_scales([of], NOTHING) == (of,)


@pytest.mark.parametrize(
    ("lender", "revenues", "scale"),
    [
        ("412.3", "412,345", None),  # of other decimals
        ("412,345", "412,345", 6),
        ("412,345", "12,345,678", None),  # twelve trillions
    ],
)
def test_a_scale_of_other_tables_is_lent_to_figures_like_theirs(lender: str, revenues: str, scale: int | None) -> None:
    of = replace(_silent(("Revenues", lender), ("Costs", lender)), scale=6, scale_said="(in millions)")
    borrower = replace(_silent(("Revenues", revenues), ("Costs", "301,987")), scale=6, scale_said=OF_OTHERS)
    assert solve_scales([of, borrower], NOTHING)[1].scale == scale


@pytest.mark.parametrize(
    ("amounts", "scale"),
    [
        (("71,113", "65,602", "52,031"), 3),
        (("71,113", "65,602", "5"), None),  # two of them may be chance
        (("71,113", "65,602", "52,031", "6,038", "7,049"), 3),
        (("7,000", "5,000", "6,000"), None),  # amounts of few digits are printed everywhere
    ],
)
def test_a_table_has_the_scale_at_which_another_prints_its_amounts(amounts: Sequence[str], scale: int | None) -> None:
    printed = ("71,113,000", "65,602,000", "52,031,000", "6,038", "7,000,000", "5,000,000", "6,000,000")
    said = replace(_silent(*((f"Costs {index}", text) for index, text in enumerate(printed))), scale=0, scale_said="$")
    silent = _silent(*((f"Item {index}", text) for index, text in enumerate(amounts)), kind=Kind.HIGHLIGHTS)
    assert [one.scale for one in solve_scales([said, silent], NOTHING)] == [0, scale]
    assert [one.scale for one in solve_scales([silent, said], NOTHING)] == [scale, 0]


def test_tables_of_other_decimals_are_not_of_one_scale() -> None:
    whole = _silent(*ROWS)
    parts = _silent(("Revenues", "412.3"), ("Costs", "302.0"), ("Debt", "88.5"))
    solved = solve_scales([whole, parts], read(SAID.format("412.3", "302.0", "88.5")))
    assert [one.scale for one in solved] == [3, 6]


MONEY = "Amounts are in thousands of dollars."
UNITS = "All amounts are in thousands, except share data in millions."
BOTH = "All amounts, including shares, are in thousands."
APART = "All dollar amounts are in thousands and shares in thousands."


@pytest.mark.parametrize(
    ("said", "scale", "shares", "doubtful"),
    [
        ((MONEY,), 3, None, False),
        ((MONEY, UNITS), 3, 6, False),
        ((MONEY, BOTH), 3, 3, False),
        ((BOTH, APART), 3, 3, False),
        ((UNITS, BOTH), 3, None, True),
        ((UNITS, APART, MONEY), 3, None, True),
        ((MONEY, "Amounts are in millions of dollars."), None, None, False),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_sentences_that_disagree_on_shares_leave_their_scale_open_in_any_order(
    said: Sequence[str], scale: int | None, shares: int | None, doubtful: bool, turned: bool
) -> None:
    document = read("\n\n".join(said[::-1] if turned else said))
    bare = replace(statement(("Sales", "1,310"), ("Weighted average shares", "1,340")), scale=None)
    (told,) = with_told_scales([bare], document)
    assert (told.scale, told.share_scale, bool(told.shares_open)) == (scale, shares, doubtful)
    counts = {0: Measure.MONEY, 1: Measure.SHARES}
    assert share_scale(told, counts) == (None if doubtful else shares if shares is not None else scale)


def test_counts_whose_scale_sentences_disagree_on_are_refused_with_both_sides() -> None:
    head = "CONSOLIDATED STATEMENTS OF OPERATIONS\n\n                           Three Months Ended\n"
    rows = row("", "2024", "2023") + row("Revenue", "$ 10,310", "$ 9,905") + row("Net income", "2,190", "1,860")
    counts = row("Weighted average shares outstanding", "1,340", "1,450")
    release = f"ACME TOOLS, INC.\n\n{UNITS}\n\n{BOTH}\n\n{head}{row('', 'March 31,', '')}{rows}{counts}"
    found = tag(release)
    assert not [fact for fact in found.facts if "Shares" in fact.concept]
    (finding,) = [finding for finding in found.findings if finding.code is Code.NO_SCALE]
    assert UNITS in finding.message
    assert BOTH in finding.message


@pytest.mark.parametrize(
    ("caption", "over", "scale"),
    [
        ("(in thousands)", "(in thousands)", 3),
        ("(in thousands)", "", 3),
        ("", "($ in millions)", 6),
        ("(in thousands)", "($ in millions)", None),
        ("(in millions)", "(in thousands)", None),
        ("(in euros)", "(in thousands)", 3),
    ],
)
def test_two_scales_said_of_one_table_leave_it_without_one(caption: str, over: str, scale: int | None) -> None:
    head = f"<tr><td>{over}</td><td>Three Months Ended March 31, 2024</td></tr>"
    head += "<tr><td>Revenue</td><td>10,310</td></tr><tr><td>Net income</td><td>1,310</td></tr>"
    page = f"<p>Acme Tools, Inc.</p><p>Statements of Operations</p><p>{caption}</p><table>{head}</table>"
    report = tag(f"<html><body>{page}</body></html>".encode())
    assert report.layout.statements[0].scale == scale
    told = [finding.message for finding in report.findings if finding.code is Code.NO_SCALE]
    assert bool(told) is (scale is None)
    assert all(caption in message and over in message for message in told)


def test_figures_that_all_say_their_scale_need_none_of_their_table() -> None:
    head = "<tr><td></td><td>Three Months Ended March 31, 2024</td><td>Three Months Ended March 31, 2023</td></tr>"
    rows = "".join(
        f"<tr><td>{label}</td><td>{one}</td><td>{other}</td></tr>"
        for label, one, other in (
            ("Revenue", "$1.2 billion", "$900 million"),
            ("Operating income", "$200 million", "190"),
            ("Net income", "$190M", "$180M"),
        )
    )
    report = tag(
        f"<html><body><p>Acme Tools, Inc.</p><p>Highlights</p><table>{head}{rows}</table></body></html>".encode()
    )
    assert [(fact.concept, f"{fact.value:f}") for fact in report.facts] == [
        ("us-gaap:Revenues", "1200000000"),
        ("us-gaap:Revenues", "900000000"),
        ("us-gaap:NetIncomeLoss", "190000000"),
        ("us-gaap:NetIncomeLoss", "180000000"),
    ]
    assert any("the word beside the figure" in why for why in report.facts[0].why)
    (finding,) = [finding for finding in report.findings if finding.code is Code.NO_SCALE]
    assert "Operating income" in finding.message


@pytest.mark.parametrize(
    ("caption", "shares", "earnings", "value"),
    [
        ("(dollars in thousands, except per share)", "800,000", "0.38", 800_000),
        ("(dollars in thousands)", "800,000", "", None),
        ("(dollars in thousands)", "8,000,000", "", None),
        ("(dollars in thousands)", "100,000", "", None),
        ("(dollars in thousands)", "99,999", "", 99_999_000),
        ("(dollars in thousands)", "10,000,000", "", 10_000_000),
        ("(in thousands)", "800,000", "", 800_000_000),
        ("(dollars and shares in thousands)", "800,000", "", 800_000_000),
        ("(dollars in thousands, except per share)", "800", "0.38", 800_000),
    ],
)
def test_what_is_said_of_dollars_leaves_shares_open_where_both_may_be(
    caption: str, shares: str, earnings: str, value: int | None
) -> None:
    rows = [
        ("Net sales", "4,000"),
        ("Cost of sales", "3,700"),
        ("Net income", "300"),
        ("Basic earnings per share", earnings),
    ]
    body = "".join(f"<tr><td>{label}</td><td>{cell}</td></tr>" for label, cell in [*rows, ("Average shares", shares)])
    head = "<tr><td></td><td>Three Months Ended September 30, 2012</td></tr>"
    page = f"<html><body><p>STATEMENTS OF OPERATIONS</p><p>{caption}</p><table>{head}{body}</table></body></html>"
    report = tag(page.replace("Average shares", "Weighted average shares outstanding - basic").encode())
    assert [fact.value for fact in report.facts if "Shares" in fact.concept] == [value] * (value is not None)
    assert (Code.NO_SCALE in {finding.code for finding in report.findings}) is (value is None)


@pytest.mark.parametrize(
    ("unit", "value", "currency"),
    [
        ("$ million", 90_111_000, "USD"),
        ("EUR m", 90_111_000, "EUR"),
        ("US$ 000", 90_111, "USD"),
        ("number", None, ""),
        ("$ million, of which a part is another's", None, ""),  # no unit
    ],
)
def test_a_unit_between_the_label_and_the_figures_is_that_of_the_row(
    unit: str, value: int | None, currency: str
) -> None:
    rows = "".join(
        f"<tr><td>{label}</td><td>{said}</td><td>{figure}</td><td>80.222</td></tr>"
        for label, said, figure in (
            ("Revenues", unit, "90.111"),
            ("Net income", unit, "10.111"),
            ("Diluted earnings per share", "$/share", "1.10"),
            ("Total assets", unit, "400.111"),
        )
    )
    last = "Three Months Ended September 30,"
    page = (
        "<html><body><p>Norwell Mills Corp. Financial Highlights</p><table>"
        f"<tr><td></td><td>Unit</td><td>{last} 2024</td><td>{last} 2023</td></tr>{rows}</table></body></html>"
    )
    found = [fact for fact in tag(page.encode()).facts if fact.label == "Revenues"]
    assert [int(fact.value) for fact in found[:1]] == ([value] if value else [])
    assert all(currency in str(fact.unit) for fact in found)


@pytest.mark.parametrize(
    ("above", "scale"),
    [
        ("Sales are those of customers. A summary by product follows (in millions):", 6),
        ("Sales are in millions of dollars. A summary by product follows:", None),
        ("A summary by product followed in thousands. That was all.", None),
    ],
)
def test_the_end_of_the_paragraph_that_leads_to_a_table_says_its_scale(above: str, scale: int | None) -> None:
    table = "                            2024       2023\n\nPumps                     $  1,310   $  1,210\nValves                         412        389\n"
    words = "The company makes pumps and valves, which it sells to makers of cars and of ships, and it tells what each gave. "
    document = read(f"{words}{above}\n\n{table}")
    (found,) = read_statements(document).statements
    assert found.scale == scale
