"""What is current and what is not: a concept has the term of its row's place on the balance sheet."""

from __future__ import annotations

import pytest

from statement_cases import named

CLASSIFIED = ("Total current assets", "Total assets", "Total current liabilities", "Total liabilities")
PLAIN = ("", "Total assets", "", "Total liabilities")


def _sheet(places: tuple[str, str, str, str], totals: tuple[str, str, str, str] = CLASSIFIED) -> dict[str, str]:
    """Return the concepts of rows by label: one in each part of a balance sheet, each before its total."""
    rows: list[tuple[str, int | None]] = [("Cash and cash equivalents", 100)]
    whole = 100
    for number, (label, total) in enumerate(zip(places, totals, strict=True), start=1):
        whole = 0 if number == 3 else whole
        if label:
            rows.append((label, 10 * number))
            whole += 10 * number
        if total:
            rows.append((total, whole))
    rows += [("Stockholders' equity", 1), ("Total liabilities and stockholders' equity", whole + 1)]
    return named("Balance Sheets", "June 30, 2024", rows)


@pytest.mark.parametrize(
    ("place", "label", "totals", "concept"),
    [
        (0, "Interest receivable", CLASSIFIED, "InterestReceivableCurrent"),
        (1, "Marketable securities", CLASSIFIED, "MarketableSecuritiesNoncurrent"),
        (2, "Contract liabilities", CLASSIFIED, "ContractWithCustomerLiabilityCurrent"),
        (3, "Accrued restructuring", CLASSIFIED, "RestructuringReserveNoncurrent"),
        (3, "Accrued restructuring expense, excluding current portion", CLASSIFIED, "RestructuringReserveNoncurrent"),
        (1, "Total other assets", CLASSIFIED, "TotalOtherAssets"),
        (0, "Prepaid expenses and other assets", PLAIN, "PrepaidExpenseAndOtherAssets"),
        (2, "Accrued and other liabilities", PLAIN, "AccruedLiabilitiesCurrentAndNoncurrent"),
        (0, "Interest receivable", PLAIN, "InterestReceivable"),
        (0, "Inventories", PLAIN, "InventoryNet"),
        (2, "Current portion of long-term debt", PLAIN, "LongTermDebtCurrent"),
    ],
)
def test_a_balance_has_the_term_of_its_place(
    place: int, label: str, totals: tuple[str, str, str, str], concept: str
) -> None:
    places = ["", "", "", ""]
    places[place] = label
    first, second, third, fourth = places
    found = _sheet((first or "Inventories", second or "Goodwill", third or "Customer deposits", fourth), totals)
    assert found[label] == concept


def test_a_name_without_a_term_stays_where_another_row_has_that_of_the_place() -> None:
    found = _sheet(("Inventories", "Goodwill", "Deferred revenue, current portion", ""))
    assert found["Deferred revenue, current portion"] == "ContractWithCustomerLiabilityCurrent"
    rows = ("Inventories", "Goodwill", "Contract liabilities", "")
    assert _sheet(rows, ("Total current assets", "Total assets", "", "Total liabilities"))["Contract liabilities"] == (
        "ContractWithCustomerLiability"
    )
