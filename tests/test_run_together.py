"""Rows run together on one line, and rows of collapsed text, are parted by their number of figures, or not placed at all."""

import pytest

from tagger.document import Table
from tagger.reading import read

_HEAD = "ACME, INC.\nCONDENSED STATEMENTS\n(In millions)\n\nThree Months Ended June 30, 2024 2023 "
_ROWS = "Net sales $ 1,200 $ 1,100 Cost of sales 700 650 Gross profit 500 450 Taxes 40 30 "


def _rows(text: str) -> dict[str, dict[int, str]]:
    table = next(block for block in read(text).blocks if isinstance(block, Table))
    return {
        next((cell.text.string for cell in row.cells if not cell.column), ""): {
            cell.column: cell.text.string for cell in row.cells if cell.column
        }
        for row in table.rows
    }


@pytest.mark.parametrize(
    ("rows", "label", "figures"),
    [
        ("Shares used (000): Basic 724,366 751,423", "Basic", {1: "724,366", 2: "751,423"}),
        ("Common stock, par value $5.00 - 1,200,000 shares authorized; 900,000 issued 5,061 5,060", None, {1: "5,061", 2: "5,060"}),
        ("Treasury stock, at cost - 2,729 and 2,732 shares, respectively (55) (54)", None, {1: "(55)", 2: "(54)"}),
        ("Net income $ 370 $ 340 (1) Derived from audited statements", "Net income", {1: "$ 370", 2: "$ 340"}),
        ("Operating income 60.3 77.5 % of net sales 11.6 % 14.4 %", "Operating income", {1: "60.3", 2: "77.5"}),
        ("Loss (1) (2) Net income $ 370 $ 340", "Loss", {1: "(1)", 2: "(2)"}),
        ("Equity in earnings of affiliates 6 Net income $ 370 $ 340", "Net income", {1: "$ 370", 2: "$ 340"}),
        ("Loans at Level 3 Assets $ 370 $ 340", "Loans at Level 3 Assets", {1: "$ 370", 2: "$ 340"}),
        ("Notes held to maturity N/A 370 Net income $ 370 $ 340", "Net income", {1: "$ 370", 2: "$ 340"}),
        ("Debt due within one year: -- Machinery 127 45 -- Finance 7,679 6,307", "-- Finance", {1: "7,679", 2: "6,307"}),
        ("Basic income per share1 $ 0.46 $ 0.47", "Basic income per share1", {1: "$ 0.46", 2: "$ 0.47"}),
        ("Shares authorized: 2,400; shares issued - 1,741 shares 1,741 1,740", None, {1: "1,741", 2: "1,740"}),
        ("Nonaccrual loans 1,235 1,686 2,921 1,628 1,758 3,386 Net income $ 370 $ 340", "Nonaccrual loans", {3: "1,235", 4: "1,686", 5: "2,921", 6: "1,628", 7: "1,758", 8: "3,386"}),
    ],
)  # fmt: skip
def test_figures_of_labels_and_notes_are_none_of_the_row(rows: str, label: str | None, figures: dict[int, str]) -> None:
    read_rows = _rows(_HEAD + _ROWS + rows + "\n")
    assert (list(read_rows.values())[-1] if label is None else read_rows[label]) == figures


def test_figures_that_may_stand_in_any_column_stand_under_no_heading() -> None:
    lines = ["Net sales 1,200 1,100 1,000", "Cost of sales 700 650 600", "Dividends 15 14", "Net income 370 340 300"]
    rows = _rows(_HEAD.rstrip() + " 2022\n" + "\n".join(lines) + "\n")
    assert list(rows["Dividends"]) == [4, 5]


def test_numbers_of_quarters_in_headings_count_no_columns() -> None:
    head = "ACME, INC.\n\nRevenue Change 4Q14 vs In millions 4Q14 3Q14 4Q13 3Q14 4Q13 "
    rows = "Net sales $ 2,424 $ 2,484 $ 2,488 (2) % (3) % Other 1,784 1,797 1,833 (1) % (3) % Total $ 4,208 $ 4,281 $ 4,321 (2) % (3) %"
    assert _rows(head + rows + "\n")["Total"] == {1: "$ 4,208", 2: "$ 4,281", 3: "$ 4,321", 4: "(2) %", 5: "(3) %"}
