"""The judge: what holds, within which rounding, and what it then proves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tagger.arithmetic.judge import Verdicts, holds
from tagger.arithmetic.relation import Operator, Relation, Term, term
from tagger.arithmetic.relations.ratios import between, other_power
from tagger.facts import Aspect, Fact, Printed, ProofKind
from tagger.values import SHARES, Duration, Entity, Span, Unit, money, per_share

QUARTER = Duration(dt.date(2024, 1, 1), dt.date(2024, 3, 31))
USD, EPS = money("USD"), per_share("USD")
VALUE, SIGN, SCALE, PERIOD, UNIT = Aspect


def _fact(name: str, value: str, decimals: int | None = -3, unit: Unit = USD) -> Fact:
    return Fact(
        id=name,
        concept="us-gaap:Any",
        entity=Entity("scheme", "1"),
        period=QUARTER,
        unit=unit,
        value=Decimal(value),
        decimals=decimals,
        printed=Printed(text="", span=Span(0, 1), number=abs(Decimal(value))),
        rule="",
        label=name,
        statement="operations",
    )


def _terms(*values: str, room: str = "0.5") -> tuple[Term, ...]:
    return tuple(Term(Decimal(value), Decimal(room)) for value in values)


def _relation(operator: Operator, whole: Term, parts: tuple[Term, ...]) -> Relation:
    return Relation(kind=ProofKind.SUM, operator=operator, whole=whole, parts=parts, equation="e")


@pytest.mark.parametrize(
    ("operator", "whole", "parts", "room", "held"),
    [
        (Operator.SUM, "300", ("100", "200"), "0.5", True),
        (Operator.SUM, "301", ("100", "200"), "0.5", True),  # half a unit of each of the three
        (Operator.SUM, "302", ("100", "200"), "0.5", False),
        (Operator.SUM, "301", ("100", "200"), "0", False),
        (Operator.SUM, "-300", ("100", "200"), "0.5", False),
        (Operator.SAME, "100", ("101",), "0.5", True),
        (Operator.SAME, "100", ("102",), "0.5", False),
        (Operator.SAME, "100", ("-100",), "0.5", False),
        (Operator.PRODUCT, "200", ("2", "100"), "0", True),
        (Operator.PRODUCT, "201", ("2", "100"), "0", False),
        (Operator.QUOTIENT, "0.01", ("0", "1"), "0.4", True),  # nothing, within rounding, of either sign
        (Operator.QUOTIENT, "-0.01", ("0", "1"), "0.4", False),
        (Operator.QUOTIENT, "0.50", ("100", "200"), "0", True),
        (Operator.QUOTIENT, "0.51", ("100", "200"), "0", False),
        (Operator.QUOTIENT, "-0.50", ("100", "200"), "0", False),
        (Operator.QUOTIENT, "-0.50", ("-100", "200"), "0", True),
        (Operator.QUOTIENT, "0.50", ("100", "-200"), "0", False),
    ],
)
def test_a_relation_holds_within_the_rounding_of_its_terms(
    operator: Operator, whole: str, parts: tuple[str, ...], room: str, held: bool | None
) -> None:
    (one,) = _terms(whole, room=room)
    assert holds(_relation(operator, one, _terms(*parts, room=room))) is held


@pytest.mark.parametrize(
    ("operator", "printed", "part", "whole", "held"),
    [
        (Operator.SHARE, "25.0", "5000", "20000", True),
        (Operator.SHARE, "25.1", "5000", "20000", False),
        (Operator.SHARE, "25.0", "-5000", "20000", False),
        (Operator.CHANGE, "-75.0", "5000", "20000", True),
        (Operator.CHANGE, "75.0", "5000", "20000", False),
        (Operator.CHANGE, "75.0", "-5000", "-20000", True),  # a loss that became less
        (Operator.CHANGE, "-75.0", "-5000", "-20000", True),
        (Operator.SHARE, "25.0", "5000", "0", None),
        (Operator.SHARE, "25.0", "50", "200", None),  # too rough to tell
    ],
)
def test_a_percentage_is_the_share_or_the_change_it_says(
    operator: Operator, printed: str, part: str, whole: str, held: bool | None
) -> None:
    (told,) = _terms(printed, room="0.05")
    assert holds(_relation(operator, told, _terms(part, whole, room="0.5"))) is held


def test_weights_are_taken_away() -> None:
    whole, one, other = _terms("100", "300", "200", room="0")
    assert holds(_relation(Operator.SUM, whole, (one, replace(other, weight=-1))))
    assert not holds(_relation(Operator.SUM, whole, (one, other)))


def test_only_what_holds_is_proven_and_only_its_aspects() -> None:
    total, part = _fact("f1", "300000"), _fact("f2", "300000")
    verdicts = Verdicts()
    verdicts.hear([_relation(Operator.SUM, term(total, VALUE), (replace(term(part), aspects=()),))])
    verdicts.hear([_relation(Operator.SUM, term(part), (replace(term(total), value=Decimal(1)),))])
    assert {name: [p.aspects for p in known.values()] for name, known in verdicts.proofs.items()} == {"f1": [(VALUE,)]}
    assert next(iter(verdicts.proofs["f1"].values())).facts == ("f2",)
    assert verdicts.having(VALUE) == {"f1"}
    assert verdicts.having(SIGN) == set()


@pytest.mark.parametrize(
    ("shares", "bears"),
    [("8120000", False), ("50000000", False), ("50001000", True), ("999999000", True), ("1000000000", False)],
)
def test_earnings_per_share_bear_out_a_scale_where_no_other_count_is_a_companys(shares: str, bears: bool) -> None:
    count = _fact("f2", shares, unit=SHARES)
    income = _fact("f1", str(Decimal(shares) / 2))
    found = between(_fact("f3", "0.50", 2, EPS), income, count)
    assert holds(found)
    assert [SCALE in one.aspects for one in found.terms] == [True, bears, bears]
    assert not any(VALUE in one.aspects for one in found.parts)


@pytest.mark.parametrize(
    ("shares", "power"),
    [("8120455000", 3), ("8120455", 0), ("8120455000000", 6), ("8120", -3), ("812", 0), ("7000000000", 0)],
)
def test_a_count_of_shares_in_another_power_of_ten_is_told(shares: str, power: int) -> None:
    found = between(_fact("f3", "0.62", 2, EPS), _fact("f1", "5000000"), _fact("f2", shares, None, SHARES))
    assert (0 if holds(found) else other_power(found)) == power


@given(
    parts=st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=6),
    place=st.integers(0, 6),
    off=st.integers(-(10**6), 10**6).filter(bool),
)
def test_a_wrong_figure_of_an_exact_sum_is_never_called_proven(parts: list[int], place: int, off: int) -> None:
    values = [sum(parts), *parts]
    assume(place < len(values))
    facts = [_fact(f"f{n}", str(value), None) for n, value in enumerate(values)]
    right = _relation(Operator.SUM, term(facts[0]), tuple(map(term, facts[1:])))
    wrong = list(right.terms)
    wrong[place] = replace(wrong[place], value=wrong[place].value + off)
    assert holds(right)
    verdicts = Verdicts()
    verdicts.hear([_relation(Operator.SUM, wrong[0], tuple(wrong[1:]))])
    assert not verdicts.proofs
