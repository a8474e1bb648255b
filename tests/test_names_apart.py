"""The filer's own concepts: one name for one meaning, whatever rows and statements share their words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from statement_cases import statement
from tagger.findings import Code
from tagger.naming.apart import apart, same_figures
from tagger.naming.choice import Choice
from tagger.statement import Line
from tagger.values import Measure


def _line(*figures: str, headings: tuple[str, ...] = ()) -> Line:
    return replace(statement(("Row", *figures)).lines[0], headings=headings)


def _choice(line: Line, *, period_type: str = "duration", own: bool = True) -> Choice:
    return Choice(
        line=line, concept="own:Other", period_type=period_type, balance=None, unit=Measure.MONEY, rule="r", own=own
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("5", "7"), ("5", "7"), True),
        (("5", "7"), ("(5)", "7"), True),
        (("5", "7"), ("5", "8"), False),
        (("5", ""), ("", "7"), True),  # no column in common
        (("5", "7"), ("5", ""), True),
    ],
)
def test_rows_print_the_same_where_both_print(one: tuple[str, ...], other: tuple[str, ...], same: bool) -> None:
    assert same_figures(_line(*one), _line(*other)) is same


@pytest.mark.parametrize(
    ("second", "headings", "name"),
    [
        (("5", "7"), (), "own:Other"),  # the same row again
        (("5", "8"), ("Interest income",), "own:OtherInterestIncome"),
        (("5", "8"), (), "own:OtherOther"),
    ],
)
def test_a_row_of_the_same_words_and_other_figures_takes_its_heading_along(
    second: tuple[str, ...], headings: tuple[str, ...], name: str
) -> None:
    choices = [_choice(_line("5", "7")), _choice(_line(*second, headings=headings))]
    assert [choice.concept for choice in apart(choices, {})[0]] == ["own:Other", name]


def test_concepts_of_the_taxonomy_keep_their_names() -> None:
    choices = [_choice(_line("5"), own=False), _choice(_line("6"), own=False)]
    assert [choice.concept for choice in apart(choices, {})[0]] == ["own:Other", "own:Other"]


@pytest.mark.parametrize(("period_type", "name"), [("duration", "own:Other"), ("instant", "own:OtherAtPeriodEnd")])
def test_a_balance_and_a_flow_have_names_of_their_own(period_type: str, name: str) -> None:
    taken = {"own:Other": "duration"}
    assert [choice.concept for choice in apart([_choice(_line("5"), period_type=period_type)], taken)[0]] == [name]
    assert taken[name] == period_type


def test_rows_of_the_same_words_beyond_twenty_are_left_out_with_a_finding() -> None:
    named, findings = apart([_choice(_line(str(number))) for number in range(1, 30)], {})
    assert [choice.concept for choice in named] == ["own:Other" + count * "Other" for count in range(20)]
    (finding,) = findings
    assert finding.code is Code.OVER_LIMIT
    assert finding.message.startswith("row 'Row' and 8 more: 20 rows of the same words")
