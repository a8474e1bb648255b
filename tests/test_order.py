"""Headings whose places are lost stand over columns by their order, or over none."""

import pytest

from tagger.grid.lines import split_lines
from tagger.grid.order import in_order
from tagger.grid.parts import read_lines, read_parts
from tagger.values import Span


def _columns(headings: str, total: int, percents: str = "") -> list[str]:
    """Return what *headings* say over each column; a bar begins a cell, *percents* marks columns of percentages."""
    cells: list[list[Span]] = []
    at = 0
    for cell in headings.split("|"):
        cells.append([Span(at, at + len(cell))])
        at += len(cell) + 1
    parts = read_parts(headings, cells, alone="|" in headings)
    said = [""] * total
    for row in in_order(parts, total, [mark == "%" for mark in percents]):
        for place in row:
            for column in range(place.first, place.first + place.span):
                said[column - 1] += " " + " ".join(part.string for part in place.parts)
    return [string.strip() for string in said]


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("June 30, 2024 (Unaudited) December 31, 2023", ["June 30, 2024", "December 31, 2023"]),
        ("June 30, December 31, 2024 2023", ["June 30, 2024", "December 31, 2023"]),
        ("As of June 30, 2024 As of June 30, 2023", ["As of June 30, 2024", "As of June 30, 2023"]),
        ("Three Months Ended June 30, 2024 2023", [f"Three Months Ended June 30, {y}" for y in (2024, 2023)]),
        ("Three Months Ended June 29, July 1, 2024 2023", ["Three Months Ended June 29, 2024", "Three Months Ended July 1, 2023"]),
        ("Three Months Ended June 30, 2024 Three Months Ended June 30, 2023", [f"Three Months Ended June 30, {y}" for y in (2024, 2023)]),
        ("Thirteen Weeks Ended Thirty-Nine Weeks Ended May 4, 2024 May 6, 2023 May 4, 2024 May 6, 2023",
         ["Thirteen Weeks Ended May 4, 2024", "Thirteen Weeks Ended May 6, 2023", "Thirty-Nine Weeks Ended May 4, 2024", "Thirty-Nine Weeks Ended May 6, 2023"]),
        ("Quarter Ended Year Ended First Second Third June 30", ["Quarter Ended First", "Quarter Ended Second", "Quarter Ended Third", "Year Ended June 30"]),
        ("Three Months Ended Six Months Ended June 30, March 31, June 30, June 30, June 30, 2024 2024 2023 2024 2023",
         ["Three Months Ended June 30, 2024", "Three Months Ended March 31, 2024", "Three Months Ended June 30, 2023", "Six Months Ended June 30, 2024", "Six Months Ended June 30, 2023"]),
        ("Third Quarter|Fiscal|2024|Third Quarter|Fiscal|2023", ["Third Quarter Fiscal 2024", "Third Quarter Fiscal 2023"]),
        ("Fiscal Year Ended|May 4, 2024 (53 weeks)|April 29, 2023 (52 weeks)", ["Fiscal Year Ended May 4, 2024 (53 weeks)", "Fiscal Year Ended April 29, 2023 (52 weeks)"]),
        ("Year Ended|May 4, 2024|April 29, 2023|(53 weeks)|(52 weeks)", ["Year Ended May 4, 2024 (53 weeks)", "Year Ended April 29, 2023 (52 weeks)"]),
        ("July 22, 2024|Quarter ended|June 30,|March 31,|June 30,|2024|2024|2023", ["Quarter ended June 30, 2024", "Quarter ended March 31, 2024", "Quarter ended June 30, 2023"]),
        ("Second quarter|Six months ended June 30|2024|2023|2024|2023",
         [f"{t} {y}" for t in ("Second quarter", "Six months ended June 30") for y in (2024, 2023)]),
        ("Third Quarter|Fiscal|2024|Third Quarter|Fiscal|2023|Nine Months|Fiscal|2024|Nine Months|Fiscal|2023",
         [f"{t} Fiscal {y}" for t in ("Third Quarter", "Nine Months") for y in (2024, 2023)]),
        ("December 31,|June 30,|2023|2022|2024|2023", ["December 31, 2023", "December 31, 2022", "June 30, 2024", "June 30, 2023"]),
        ("As of|June 30, 2024|As of|June 30, 2023", ["As of June 30, 2024", "As of June 30, 2023"]),
        ("Two fiscal years ended May 4, 2024 2024 2023", ["Two fiscal years ended May 4, 2024 2024", "Two fiscal years ended May 4, 2024 2023"]),
        ("Third Quarter Nine Months 2024 2023 2024 2023", [f"{t} {y}" for t in ("Third Quarter", "Nine Months") for y in (2024, 2023)]),
        ("July 22, 2024 Quarter Ended Quarter Ended June 30, 2024 June 30, 2023", ["Quarter Ended June 30, 2024", "Quarter Ended June 30, 2023"]),
        ("For the year ended May 31, 2024 Years Ended May 31, 2024 May 31, 2023", ["Years Ended May 31, 2024", "Years Ended May 31, 2023"]),
        ("At August 31, 2024 and 2023 2024 2023", ["At August 31, 2024", "At August 31, 2023"]),
        ("Years ended May 31, 2024, 2023 and 2022 2024 2023 2022", [f"Years ended May 31, {y}" for y in (2024, 2023, 2022)]),
        ("Three Months Ended June 30, 2024 Parent Guarantors Eliminations Total", ["Three Months Ended June 30, 2024 Parent Guarantors Eliminations Total"] * 4),
        ("Year Ended May 31, 2024|Year Ended May 31, 2023|GAAP|Adj.|GAAP|Adj.", [f"Year Ended May 31, {y} {w}" for y in (2024, 2023) for w in ("GAAP", "Adj.")]),
        ("Year ended May 31,|2024 $ 000's|2023 $ 000's", [f"Year ended May 31, {y} $ 000's" for y in (2024, 2023)]),
        ("GAAP|Adjustments|Non-GAAP|June 30, 2024", ["GAAP June 30, 2024", "Adjustments June 30, 2024", "Non-GAAP June 30, 2024"]),
    ],
)  # fmt: skip
def test_headings_stand_over_columns_by_their_order(headings: str, columns: list[str]) -> None:
    assert sorted(map(str.split, _columns(headings, len(columns)))) == sorted(map(str.split, columns))


@pytest.mark.parametrize(
    ("headings", "percents", "columns"),
    [
        ("3rd Quarter|2024|2023|Change", "---", ["3rd Quarter 2024", "3rd Quarter 2023", "Change"]),
        ("Three Months Ended June 30, 2024 2023 % Change", "--%", ["Three Months Ended June 30, 2024", "Three Months Ended June 30, 2023", "% Change"]),
        ("Three Months Ended % 6/30/2024 6/30/2023 Change", "--%", ["Three Months Ended 6/30/2024", "Three Months Ended 6/30/2023", "Change %"]),
        ("June 30,|June 30,|% Change|2024|2023", "--%", ["June 30, 2024", "June 30, 2023", "% Change"]),
        ("June 30,|June 30,|% Change|2024|2023", "---", ["June 30, 2024", "June 30, 2023", "% Change"]),
        ("2024 % of Sales 2023 % of Sales", "-%-%", ["2024", "% of Sales", "2023", "% of Sales"]),
        ("Year Ended|June 30,|2024|2023|2022|2024 to 2023|2023 to 2022", "---%%",
         [*(f"Year Ended June 30, {y}" for y in (2024, 2023, 2022)), "2024 to 2023", "2023 to 2022"]),
        ("Three Months Ended May 4, 2024 May 6, 2023", "-%-%", ["Three Months Ended May 4, 2024", "Three Months Ended", "Three Months Ended May 6, 2023", ""]),
        ("Three Months Ended|May 31,|2024|% of Revenues|2023|% of Revenues", "-%-%", ["Three Months Ended May 31, 2024", "Three Months Ended May 31, % of Revenues", "Three Months Ended May 31, 2023", "% of Revenues"]),
        ("2024|2023|2024 Change", "--%", ["2024", "2023", "2024 Change"]),
        ("Three Months Ended March 31, Q3 2024 Q3 2023 % Change", "--%", ["Three Months Ended March 31, Q3 2024", "Three Months Ended March 31, Q3 2023", "% Change"]),
        ("2024|2023|2024 vs. 2023", "--%", ["2024", "2023", "2024 vs. 2023"]),
        ("Year Ended May 31, % Increase 2024 % of Sales 2023 % of Sales in Constant Currency", "-%-%%",
         ["Year Ended May 31, 2024", "Year Ended May 31,", "Year Ended May 31, 2023",
          *["% Increase % of Sales % of Sales in Constant Currency"] * 2]),
        ("Pro forma 2024 2023 % Change", "--%", ["2024 Pro forma", "2023 Pro forma", "% Change Pro forma"]),
        ("Quarter Ended Three Month Quarter Ended Twelve Month Quarter Ended June 30, 2008 Change March 31, 2008 Change June 30, 2007", "-%-%-",
         ["Quarter Ended June 30, 2008", "Three Month Change", "Quarter Ended March 31, 2008", "Twelve Month Change", "Quarter Ended June 30, 2007"]),
    ],
)  # fmt: skip
def test_changes_stand_over_the_columns_that_have_no_time(headings: str, percents: str, columns: list[str]) -> None:
    assert _columns(headings, len(columns), percents) == columns


@pytest.mark.parametrize(
    ("headings", "percents", "columns"),
    [
        ("Quarter ended Dec 31, 2021 % Change from Dec 31, 2021 Sep 30, 2021 Dec 31, 2020 Sep 30, 2021 Dec 31, 2020", "---%%",
         [*(f"Quarter ended {d}" for d in ("Dec 31, 2021", "Sep 30, 2021", "Dec 31, 2020")), *(f"Dec 31, 2021 % Change from {d}" for d in ("Sep 30, 2021", "Dec 31, 2020"))]),
        ("Quarter ended|Dec 31, 2021 % Change from|Year ended|Dec 31, 2021|Sep 30, 2021|Dec 31, 2020|Sep 30, 2021|Dec 31, 2020|Dec 31, 2021|Dec 31, 2020", "---%%--",
         [*(f"Quarter ended {d}" for d in ("Dec 31, 2021", "Sep 30, 2021", "Dec 31, 2020")), *(f"Dec 31, 2021 % Change from {d}" for d in ("Sep 30, 2021", "Dec 31, 2020")), "Year ended Dec 31, 2021", "Year ended Dec 31, 2020"]),
        ("Change vs.|Full year|4Q 14|3Q 14|4Q 13|3Q 14|4Q 13|FY 2014|FY 2013|Change", "--------",
         ["4Q 14", "3Q 14", "4Q 13", "Change vs. 3Q 14", "Change vs. 4Q 13", "Full year FY 2014", "Full year FY 2013", "Change"]),
        ("Change Change 4Q14 vs 4Q14 vs 4Q14 3Q14 4Q13 3Q14 4Q13", "---%%", ["4Q14", "3Q14", "4Q13", "4Q14 vs 3Q14", "4Q14 vs 4Q13"]),
        ("4Q14 3Q14 Change vs 3Q14 2014 2013 Change vs 2013", "------", ["4Q14", "3Q14", "Change vs 3Q14", "2014", "2013", "Change vs 2013"]),
        ("4Q14 3Q14 4Q13 Change from 3Q14 4Q13", "-----", ["4Q14", "3Q14", "4Q13", "3Q14 Change from", "4Q13 Change from"]),
        ("Quarter Ended|Three Month|Quarter Ended|One Year|Quarter Ended|June 30, 2008|Change|March 31, 2008|Change|June 30, 2007", "-%-%-",
         ["Quarter Ended June 30, 2008", "Three Month Change", "Quarter Ended March 31, 2008", "Year Change", "Quarter Ended June 30, 2007"]),
    ],
)  # fmt: skip
def test_changes_from_what_stands_below_stand_over_it(headings: str, percents: str, columns: list[str]) -> None:
    assert _columns(headings, len(columns), percents) == columns


@pytest.mark.parametrize(
    ("headings", "total", "percents"),
    [
        ("Full Year|4Q21|3Q21", 2, ""),  # a quarter is no year
        ("Full Year|4Q21 change from|2021 change from 2020|4Q21|3Q21|3Q21|2021|2020", 6, ""),  # lines in another order
        (
            "4Q21 change from|4Q21|3Q21|4Q20|3Q21|4Q20",
            5,
            "--%-%",
        ),  # a percentage is no figure of a quarter beside others
        ("Three Months Ended June 30, 2024", 3, ""),  # nothing tells the columns apart
        ("4Q21 Change|4Q21|3Q21|4Q20", 3, ""),  # over which of them the change stands
        ("Three Months Ended Six Months Ended 2024 2023 2022 2021", 4, ""),  # nothing recurs under the lengths
        ("Three Months Ended Six Months Ended 2024 2023 2024", 4, ""),
        ("June 30, 2024 June 30, 2023", 3, ""),
        ("Year Ended 2024 2023 2022", 2, ""),
        ("Three Months Ended 2024 Six Months Ended 2023 Year Ended", 2, ""),
        (
            "Twelve Weeks Ended|Weeks Ended|May 7,|August 27,|2024|2024",
            2,
            "",
        ),  # how many the last ones are, is torn off
        ("2024|2023|% Change", 3, "%--"),  # what the figures show contradicts the order
    ],
)
def test_what_fits_in_no_way_or_in_several_stands_over_no_column(headings: str, total: int, percents: str) -> None:
    assert not any(any(map(str.isdigit, said)) for said in _columns(headings, total, percents))


@pytest.mark.parametrize(
    ("headings", "total", "columns"),
    [
        ("Retail|Wholesale", 2, ["Retail", "Wholesale"]),
        ("Retail Wholesale", 2, ["Retail Wholesale", "Retail Wholesale"]),
        ("Retail|Wholesale", 3, ["Retail Wholesale"] * 3),
    ],
)
def test_words_are_never_left_out(headings: str, total: int, columns: list[str]) -> None:
    assert _columns(headings, total) == columns


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        ("November     February\n2,     3,     October 28,", ["November 2,", "February 3,", "October 28,"]),
        ("November February\n2, 3, October 28,", ["November 2,", "February 3,", "October 28,"]),
        ("Three Months     Year\nEnded     Ended\n2024     2023", ["Three Months Ended", "Year Ended", "2024", "2023"]),
        ("Nine Weeks\nFour Weeks Ended     Ended", ["Four Weeks Ended", "Nine Weeks Ended"]),
        ("November     February     May\n2,     3,     October 28,", ["November", "February", "May", "2,", "3,", "October 28,"]),
        ("November\n2,     3,     October 28,", ["November", "2,", "3,", "October 28,"]),
    ],
)  # fmt: skip
def test_what_is_torn_over_two_lines_is_one_where_as_many_begin_as_end(headings: str, parts: list[str]) -> None:
    assert [part.string for part in read_lines(headings, split_lines(headings))[1]] == parts
