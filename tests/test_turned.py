"""Tables whose rows are periods and whose columns are measures."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import tagger
from tagger.reading import read
from tagger.report import Report
from tagger.statements.turned import turned

NAMES = ("", "Net sales", "Net income")


def _page(names: Sequence[str], *rows: Sequence[str], title: str = "Quarterly Results") -> bytes:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (names, *rows))
    return (
        "<html><body><p>BOSTON, Oct. 30, 2024 - Norwell Mills Corp. announced results for the quarter ended September 30, 2024.</p>"
        f"<p><b>{title}</b></p><p>(in thousands)</p><table>{body}</table></body></html>"
    ).encode()


def _sales(report: Report) -> list[tuple[str, str]]:
    return [(str(fact.period), f"{fact.value / 1000:f}") for fact in report.facts if fact.label == "Net sales"]


@pytest.mark.parametrize(
    ("stub", "labels", "periods"),
    [
        (
            "",
            ("Three months ended September 30, 2024", "Nine months ended September 30, 2024"),
            ("2024-07-01/2024-09-30", "2024-01-01/2024-09-30"),
        ),
        ("Quarter ended", ("June 30, 2024", "September 30, 2024"), ("2024-04-01/2024-06-30", "2024-07-01/2024-09-30")),
        ("Year ended December 31,", ("2023", "2022"), ("2023-01-01/2023-12-31", "2022-01-01/2022-12-31")),
        ("", ("Q3 2024", "Q3 2023"), ("2024-07-01/2024-09-30", "2023-07-01/2023-09-30")),
    ],
)
def test_rows_that_are_periods_are_read_as_columns(stub: str, labels: Sequence[str], periods: Sequence[str]) -> None:
    page = _page((stub, *NAMES[1:]), (labels[0], "90,111", "9,222"), (labels[1], "80,333", "8,444"))
    assert _sales(tagger.tag(page)) == [(periods[0], "90111"), (periods[1], "80333")]


def test_a_year_over_its_quarters_is_over_their_columns() -> None:
    rows = (("2024",), ("First quarter", "4,111", "1"), ("Second quarter", "5,222", "2"))
    page = _page(NAMES, *rows, ("2023",), ("First quarter", "6,333", "3"), ("Second quarter", "7,444", "4"))
    assert _sales(tagger.tag(page)) == [
        ("2024-01-01/2024-03-31", "4111"),
        ("2024-04-01/2024-06-30", "5222"),
        ("2023-01-01/2023-03-31", "6333"),
        ("2023-04-01/2023-06-30", "7444"),
    ]


def test_a_turned_figure_keeps_its_place_in_the_text() -> None:
    report = tagger.tag(_page(NAMES, ("Q3 2024", "90,111", "9,222"), ("Q3 2023", "80,333", "8,444")))
    assert [report.document.text[fact.printed.span.start : fact.printed.span.end] for fact in report.facts] == [
        "90,111",
        "9,222",
        "80,333",
        "8,444",
    ]


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (NAMES, (("Q3 2024", "9", "8"), ("Change", "1", "2"))),  # a row that is no time
        (NAMES, (("Change", "1", "2"), ("Q3 2024", "9", "8"))),
        (NAMES, (("Q3 2024", "9", "8"),)),  # one period
        (NAMES[:2], (("Q3 2024", "9"), ("Q3 2023", "8"))),  # one measure
        (("", "2024", "2023"), (("Q3", "9", "8"), ("Q2", "7", "6"))),  # columns are times too
        (NAMES, (("", "GAAP", "GAAP"), ("Q3 2024", "9", "8"), ("Q3 2023", "7", "6"))),  # two rows of names
        (NAMES[:2], (("Q3 2024", "9", "8"), ("Q3 2023", "7", "6"))),  # a column without a name
        (NAMES, (("Q3 2024 (restated plan)", "9", "8"), ("Q3 2023", "7", "6"))),  # a time and something else
        (NAMES, (("2024",), ("Quarter", "", ""))),
    ],
)
def test_what_is_not_surely_turned_stays(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for table in read(_page(names, *rows)).tables:
        assert turned(table) is table


def test_quarters_of_prices_tell_no_fiscal_year() -> None:
    page = _page(("", "Year ended June 30, 1995"), ("Net sales", "90,111"), ("Net income", "9,222"))
    rows = (
        ("", "High", "Low"),
        ("1995",),
        ("First Quarter", "2", "1"),
        ("Third Quarter (through August 25, 1995)", "3", "2"),
    )
    prices = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    with_prices = page.replace(b"</body>", f"<p>Common Stock</p><table>{prices}</table></body>".encode())
    assert tagger.tag(with_prices).layout.calendar == tagger.tag(page).layout.calendar
