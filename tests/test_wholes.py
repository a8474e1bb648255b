"""What rows of one statement are called together: kinds of one total, and a whole beside a part of it."""

from __future__ import annotations

import pytest

from statement_cases import named

SGA, SELLING, ADMINISTRATIVE = "Selling, general and administrative", "Selling expenses", "General and administrative"


def _concepts(*rows: tuple[str, int | None]) -> dict[str, str]:
    """Return the concepts of rows of a statement of operations by label, the last of those with the same."""
    return named("Statements of Operations", "Three Months Ended June 30, 2024", rows)


@pytest.mark.parametrize(
    ("first", "second", "concepts"),
    [
        (
            SGA,
            "Corporate expenses",
            ("SellingGeneralAndAdministrativeExpense", "GeneralAndAdministrativeExpense"),
        ),  # rules
        (
            ADMINISTRATIVE,
            "Selling, delivery and administrative",
            ("GeneralAndAdministrativeExpense", "SellingDeliveryAndAdministrative"),
        ),
        (ADMINISTRATIVE, SELLING, ("GeneralAndAdministrativeExpense", "SellingExpense")),
        (SGA, "Research and development", ("SellingGeneralAndAdministrativeExpense", "ResearchAndDevelopmentExpense")),
    ],
)
def test_a_part_of_a_whole_is_not_beside_it(first: str, second: str, concepts: tuple[str, str]) -> None:
    found = _concepts(("Revenues", 900), (first, 300), (second, 100), ("Operating income", 500))
    assert (found[first], found[second]) == concepts


@pytest.mark.parametrize("whole", [400, 401])
def test_a_whole_sums_its_parts_or_says_total(whole: int) -> None:
    total = f"Total {SGA.lower()}"
    found = _concepts(
        ("Revenues", 900), (SELLING, 100), (ADMINISTRATIVE, 300), (total, whole), ("Operating income", 500)
    )
    assert found[total] == "SellingGeneralAndAdministrativeExpense"
    assert (found[SELLING], found[ADMINISTRATIVE]) == ("SellingExpense", "GeneralAndAdministrativeExpense")


def test_kinds_of_a_cost_have_the_name_of_their_total_where_they_had_several() -> None:
    found = _concepts(
        ("Revenues", 900), ("Cost of revenue:", None), ("Buoy rentals", 200), ("Services", 100), ("Total cost of revenue", 300),
        ("Gross profit", 600),
    )  # fmt: skip
    assert found["Services"] == found["Buoy rentals"] == found["Total cost of revenue"] == "CostOfRevenue"
