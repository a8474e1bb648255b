"""Period phrases: what real headings and sentences say of time."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steps import steps
from tagger.lexicon import PeriodPhrase, combine, find_periods, split_headings
from tagger.lexicon.branches import months, skipped

FIELDS = [
    "year",
    "month",
    "day",
    "fiscal_year",
    "quarter",
    "months",
    "weeks",
    "relation",
    "to_date",
    "trailing",
    "instant",
    "half",
    "back",
]


def said(phrase: PeriodPhrase) -> dict[str, object]:
    return {name: value for name in FIELDS if (value := getattr(phrase, name))}


def date(year: int, month: int, day: int, **more: object) -> dict[str, object]:
    return {"year": year, "month": month, "day": day, **more}


HEADINGS = [
    ("Three Months Ended September 30, 2006", date(2006, 9, 30, months=3)),
    ("13 Weeks Ended October 26, 2024", date(2024, 10, 26, weeks=13)),
    ("Fourth quarter (thirteen weeks) of 2024", {"quarter": 4, "months": 3, "weeks": 13, "year": 2024}),
    (
        "Second quarter of its 2024 fiscal year, ended December 31, 2023",
        date(2023, 12, 31, quarter=2, months=3, fiscal_year=2024),
    ),
    ("Fourth quarter of 2024 (14 weeks)", {"quarter": 4, "months": 3, "weeks": 14, "year": 2024}),
    ("Year (53 weeks) ended February 3, 2024", date(2024, 2, 3, months=12, weeks=53)),
    ("Thirty-nine weeks ended", {"weeks": 39}),
    ("FIFTY-TWO WEEKS ENDED", {"weeks": 52}),
    ("Fiscal Year Ended", {"months": 12}),
    ("Fiscal year net income was", {"months": 12}),
    ("Financial-year sales were", {"months": 12}),
    ("Quarter Ended", {"months": 3}),
    ("Quarter", {"months": 3}),
    ("Years ended December 31, 2024", date(2024, 12, 31, months=12)),
    ("Twelve Months Ended", {"months": 12}),
    ("For the nine-month period ended March 31, 2006", date(2006, 3, 31, months=9)),
    ("3 Months Ended December", {"months": 3, "month": 12}),
    ("9/6/2025", date(2025, 9, 6)),
    ("12/31/24", date(2024, 12, 31)),
    ("2025-06-30", date(2025, 6, 30)),
    ("30 September 2006", date(2006, 9, 30)),
    ("Sept. 30, 2006", date(2006, 9, 30)),
    ("Quarter ended Sept 30/08", date(2008, 9, 30, months=3)),
    ("February 28/29, 2020", date(2020, 2, 29)),
    ("30/06/2018", date(2018, 6, 30)),
    ("30.06.2018", date(2018, 6, 30)),
    ("06-30-2018", date(2018, 6, 30)),
    ("Jun-30-2018", date(2018, 6, 30)),
    ("3 mos. ended 6/30", {"months": 3, "month": 6, "day": 30}),
    ("Month ended June 30, 2018", date(2018, 6, 30, months=1)),
    ("2nd Qtr. '18", {"year": 2018, "quarter": 2, "months": 3}),
    ("9M18", {"year": 2018, "months": 9, "to_date": True}),
    ("Q2/14", {"year": 2014, "quarter": 2, "months": 3}),
    ("H1/2018", {"year": 2018, "months": 6, "half": 1}),
    ("FQ1 2018", {"year": 2018, "quarter": 1, "months": 3}),
    ("FY17/18", {"fiscal_year": 2018}),
    ("Fiscal year 2017-2018", {"fiscal_year": 2018}),
    ("Financial year 2018", {"fiscal_year": 2018}),
    ("nine- month period ended Septem- ber 30, 2018", date(2018, 9, 30, months=9)),
    ("Dec-24", {"year": 2024, "month": 12}),
    ("Q1'24", {"year": 2024, "quarter": 1, "months": 3}),
    ("Q1 FY2025", {"fiscal_year": 2025, "quarter": 1, "months": 3}),
    ("1Q25", {"year": 2025, "quarter": 1, "months": 3}),
    ("Q4FY23", {"fiscal_year": 2023, "quarter": 4, "months": 3}),
    ("Q3 Fiscal 2017", {"fiscal_year": 2017, "quarter": 3, "months": 3}),
    ("FY24", {"fiscal_year": 2024}),
    ("Fiscal 2024", {"fiscal_year": 2024}),
    ("2024", {"year": 2024}),
    ("Full Year 2021", {"year": 2021, "months": 12}),
    ("First Quarter", {"quarter": 1, "months": 3}),
    ("H1 2025", {"year": 2025, "half": 1, "months": 6}),
    ("YTD 2024", {"year": 2024, "to_date": True}),
    ("Year To Date September 30, 2024", date(2024, 9, 30, to_date=True)),
    ("LTM", {"months": 12, "trailing": True}),
    ("As of December 31, 2024", date(2024, 12, 31, instant=True)),
    ("At December 31,", {"month": 12, "day": 31, "instant": True}),
    ("(Unaudited) March 31, 2025", date(2025, 3, 31)),
    ("September 30, 2006 (As restated)", date(2006, 9, 30)),
    ("June 2025 Quarter", {"year": 2025, "month": 6, "months": 3}),
    ("Nine Months 2025", {"year": 2025, "months": 9}),
    ("‘July 29,2023", date(2023, 7, 29)),
    ("June30, 2017", date(2017, 6, 30)),
    ("DECEMBER 31. 2016", date(2016, 12, 31)),
    ("Septernber 30, 2016", date(2016, 9, 30)),
    ("30 SEP 97", date(1997, 9, 30)),
    ("3 MONTHS 30 SEP 97", date(1997, 9, 30, months=3)),
    ("Six Months EndedJune 30,2025", date(2025, 6, 30, months=6)),
    ("FOURTH QUARTER OF FISCAL YEAR ENDED SEPTEMBER 30, 2011", date(2011, 9, 30, quarter=4, months=3)),
    ("thirteen-week period (“first quarter”) ended April 30, 2016", date(2016, 4, 30, quarter=1, months=3, weeks=13)),
    ("the fourth quarter (thirteen weeks) of 1999", {"year": 1999, "quarter": 4, "months": 3, "weeks": 13}),
    ("the fourth quarter (14 weeks) ended January 2, 2000", date(2000, 1, 2, quarter=4, months=3, weeks=14)),
    ("the same time period last year", {"relation": "prior-year"}),
    ("consolidated half-year report", {"months": 6}),
    ("for the half", {"months": 6, "relation": "current"}),
    ("week ended May 2, 1999", date(1999, 5, 2, weeks=1)),
    ("Decem ber 31, 2005", {"month": 12, "day": 31, "year": 2005}),  # broken by recognition, or by a cell
    ("Septem-\nber 30, 2005", {"month": 9, "day": 30, "year": 2005}),
]


@pytest.mark.parametrize(("heading", "expected"), HEADINGS, ids=[heading for heading, _ in HEADINGS])
def test_a_heading_says_its_date_and_length(heading: str, expected: dict[str, object]) -> None:
    assert [said(phrase) for phrase in find_periods(heading)] == [expected]


PROSE = [
    ("for the fiscal 2011 second quarter, an improvement", [{"fiscal_year": 2011, "quarter": 2, "months": 3}]),
    ("from the prior quarter", [{"relation": "prior", "months": 3}]),
    ("in the immediately preceding quarter", [{"relation": "prior", "months": 3}]),
    ("on a linked quarter basis", [{"relation": "prior", "months": 3}]),
    ("from the prior year comparable quarter", [{"relation": "prior-year", "months": 3}]),
    ("up from $3.1 million a quarter ago", [{"relation": "prior", "months": 3}]),
    ("in this year’s second quarter", [{"relation": "current", "quarter": 2, "months": 3}]),
    ("in the same quarter last year", [{"relation": "prior-year", "months": 3}]),
    ("in the same period last year", [{"relation": "prior-year"}]),
    ("in the corresponding period of the previous fiscal year", [{"relation": "prior-year"}]),
    ("in the comparable year-ago period", [{"relation": "prior-year"}]),
    ("in the comparable year-earlier quarter", [{"relation": "prior-year", "months": 3}]),
    ("in the corresponding prior fiscal year period", [{"relation": "prior-year"}]),
    ("in the comparable year", [{"relation": "prior-year", "months": 12}]),
    ("in the same quarter of the prior fiscal year", [{"relation": "prior-year", "months": 3}]),
    ("up from $1.0 million a year ago", [{"relation": "prior-year"}]),
    ("up from $1.0 million two years ago", [{"relation": "prior-year", "back": 2}]),
    ("up from $1.0 million 10 years earlier.", [{"relation": "prior-year", "back": 10}]),
    ("up from $1.0 million two quarters ago", [{"relation": "prior", "months": 3, "back": 2}]),
    ("in the two years before the merger", []),
    ("a year earlier", [{"relation": "prior-year"}]),
    ("last year’s third quarter", [{"relation": "prior-year", "quarter": 3, "months": 3}]),
    ("the prior year first six months", [{"relation": "prior-year", "months": 6, "to_date": True}]),
    ("Through six months, sales rose", [{"months": 6, "to_date": True}]),
    ("Through six months of growth, sales rose", []),
    ("Through nine months ended June 30, 2009", [date(2009, 6, 30, months=9)]),
    ("the same period in 2024", [{"relation": "prior-year", "year": 2024}]),
    ("the 2024 period", [{"relation": "prior-year", "year": 2024}]),
    ("the comparable 2024 period", [{"relation": "prior-year", "year": 2024}]),
    ("2024 Successor period", [{"year": 2024}]),
    ("year-to-date the provision", [{"to_date": True}]),
    ("on a year-to-date basis", [{"to_date": True}]),
    ("a year to date", [{"to_date": True}]),
    ("on a six-month basis", [{"months": 6, "relation": "current"}]),
    ("on a year-over-year basis", []),
    ("$5 a year", []),
    ("the six-month basis of accounting", [{"months": 6, "relation": "current"}]),
    ("a six-month basis of accounting", []),
    ("the first nine months of fiscal 2006", [{"fiscal_year": 2006, "months": 9, "to_date": True}]),
    ("the first three quarters of fiscal 2005", [{"fiscal_year": 2005, "months": 9, "to_date": True}]),
    ("Sales for the quarter rose", [{"relation": "current", "months": 3}]),
    ("up 22% for the period", [{"relation": "current"}]),
    ("For the year, net income was", [{"relation": "current", "months": 12}]),
    ("At quarter-end, the reserve", [{"months": 3, "instant": True}]),
    ("at the end of December 2005", [{"year": 2005, "month": 12, "instant": True}]),
    ("the September quarter", [{"month": 9, "months": 3}]),
    ("at the fiscal year end", [{"months": 12, "instant": True}]),
    ("Cash, beginning of year", [{"months": 12, "relation": "prior", "instant": True}]),
    (
        "the end of the first quarter of fiscal 2022",
        [{"fiscal_year": 2022, "quarter": 1, "months": 3, "instant": True}],
    ),
    (
        "third quarter of fiscal 2012, ended December 31, 2011",
        [date(2011, 12, 31, fiscal_year=2012, quarter=3, months=3)],
    ),
    ("First Quarter Fiscal 2023 May 25, 2022", [{"fiscal_year": 2023, "quarter": 1, "months": 3}, date(2022, 5, 25)]),
    ("three and six months ended March 31, 2009", [date(2009, 3, 31, months=3), date(2009, 3, 31, months=6)]),
    ("the quarter and year ended June 30, 2003", [date(2003, 6, 30, months=3), date(2003, 6, 30, months=12)]),
    ("Second quarter 2024 2023", [{"year": year, "quarter": 2, "months": 3} for year in (2024, 2023)]),
    ("Six months 2024 2023", [{"year": 2024, "months": 6}, {"year": 2023, "months": 6}]),
    ("quarters ended September 30, 2024 and 2023", [date(2024, 9, 30, months=3), date(2023, 9, 30, months=3)]),
    (
        "of $614 at June 30, 2006 and $587 at March 31, 2006",
        [date(2006, 6, 30, instant=True), date(2006, 3, 31, instant=True)],
    ),
    ("trailing twelve months ended June 30, 2025", [date(2025, 6, 30, months=12, trailing=True)]),
    ("in the third quarter (2024) of", [{"year": 2024, "quarter": 3, "months": 3}]),
    ("in the third quarter (2024: $1.5 million)", [{"quarter": 3, "months": 3}, {"year": 2024}]),
    ("in the third quarter (fiscal 2024: $1.5 million)", [{"quarter": 3, "months": 3}, {"fiscal_year": 2024}]),
]


@pytest.mark.parametrize(("sentence", "expected"), PROSE, ids=[sentence for sentence, _ in PROSE])
def test_a_sentence_says_its_periods(sentence: str, expected: list[dict[str, object]]) -> None:
    assert [said(phrase) for phrase in find_periods(sentence)] == expected


@pytest.mark.parametrize(
    "string",
    [
        "Accounts receivable, net",
        "Total revenue grew 8% year over year",
        "with original maturities of three months or less",
        "a quarter of all sales",
        "Debt due within one year",
        "Senior notes due 2030",
        "sales may march on",
        "$2,024 and 12,199 units",
        "call (800) 555-2024 or 904/555-9100",
        "headquarters",
        "H100 and H200 systems",
        "five-year plan",
    ],
)
def test_words_that_name_no_period_of_the_release_are_left_alone(string: str) -> None:
    assert find_periods(string) == ()


STACKS = [
    (["Three Months Ended", "September 30,", "2006"], date(2006, 9, 30, months=3)),
    (["Quarter", "Ended", "Septem-", "ber 30,", "2006"], date(2006, 9, 30, months=3)),
    (["2024", "Three Months Ended Sept. 30,"], date(2024, 9, 30, months=3)),
    (["Dec. 31, 2024"], date(2024, 12, 31)),
    (["Q1'24"], {"year": 2024, "quarter": 1, "months": 3}),
    (["2023"], {"year": 2023}),
    (["Three Months Ended June 30, 2025 and 2024"], {"month": 6, "day": 30, "months": 3}),  # of which year is not said
    (["Three and Six Months Ended June 30,", "2025"], date(2025, 6, 30)),
    (["Fiscal Year", "2024"], {"fiscal_year": 2024}),
    (["Second Quarter", "FY25"], {"fiscal_year": 2025, "quarter": 2, "months": 3}),
    (["As of", "June 30,", "2024"], date(2024, 6, 30, instant=True)),
    (["Second Quarter", "June 30, 2024"], date(2024, 6, 30, quarter=2, months=3)),
    (
        ["For the three and nine months ended June 30, 2006 and 2005", "Nine Months Ended", "2005"],
        date(2005, 6, 30, months=9),
    ),
    (["Three Months Ended", "Sept. 30, 2006", "(As restated)"], date(2006, 9, 30, months=3)),
]


@pytest.mark.parametrize(("parts", "expected"), STACKS, ids=[" / ".join(parts) for parts, _ in STACKS])
def test_cells_stacked_over_a_column_say_one_period(parts: list[str], expected: dict[str, object]) -> None:
    phrase = combine(parts)
    assert phrase is not None
    assert said(phrase) == expected


def test_a_stack_that_names_no_time_is_no_period() -> None:
    assert combine(["Actual", "% Change"]) is None


LINES = [
    ("July 29, 2023  July 30, 2022", [date(2023, 7, 29), date(2022, 7, 30)]),
    ("2006 2005 2006 2005", [{"year": 2006}, {"year": 2005}, {"year": 2006}, {"year": 2005}]),
    ("Three Months Ended   Six Months Ended", [{"months": 3}, {"months": 6}]),
    ("December 31, 2024 and 2023", [date(2024, 12, 31), date(2023, 12, 31)]),
    ("2025202420252024", [{"year": 2025}, {"year": 2024}, {"year": 2025}, {"year": 2024}]),
    (
        "For the Three Months Ended June 30,For the Six Months Ended June 30, 2015201420152014",
        [date(y, 6, 30, months=m) for m in (3, 6) for y in (2015, 2014)],
    ),
    (
        "Three Months Ended Six Months Ended September 30, September 30, 2012 2011 2012 2011",
        [date(y, 9, 30, months=m) for m in (3, 6) for y in (2012, 2011)],
    ),
    (
        "Three Months Ended June 30, 2025 2024 Six Months Ended June 30, 2025 2024",
        [date(y, 6, 30, months=m) for m in (3, 6) for y in (2025, 2024)],
    ),
    (
        "Three Months Ended Nine Months Ended June 30,",
        [{"months": 3, "month": 6, "day": 30}, {"months": 9, "month": 6, "day": 30}],
    ),
    (
        "4Q21 3Q21 2021 2020",
        [
            {"year": 2021, "quarter": 4, "months": 3},
            {"year": 2021, "quarter": 3, "months": 3},
            {"year": 2021},
            {"year": 2020},
        ],
    ),
    (
        "4Q 20 4Q 19 FY 2020 4Q 20 % Change",
        [
            {"year": 2020, "quarter": 4, "months": 3},
            {"year": 2019, "quarter": 4, "months": 3},
            {"fiscal_year": 2020},
            {"year": 2020, "quarter": 4, "months": 3},
        ],
    ),
    ("30 Sep 97 30 Sep 96", [date(1997, 9, 30), date(1996, 9, 30)]),
    ("As of June 30, 2024 December 31, 2023", [date(2024, 6, 30, instant=True), date(2023, 12, 31, instant=True)]),
    (
        "13 Weeks Ended 39 Weeks Ended 10/26/2024 10/28/2023 10/26/2024 10/28/2023",
        [date(*d, weeks=w) for w in (13, 39) for d in ((2024, 10, 26), (2023, 10, 28))],
    ),
]


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_a_heading_line_is_split_into_the_periods_of_its_columns(line: str, expected: list[dict[str, object]]) -> None:
    assert [said(phrase) for phrase in split_headings(line)] == expected


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = st.dates(dt.date(1994, 1, 1), dt.date(2049, 12, 31))


@given(
    DAYS,
    st.sampled_from(["{m} {d}, {y}", "{m} {d},{y}", "{d} {m} {y}", "{s}. {d}, {y}", "{n}/{d}/{y}", "{u} {d}, {y}"]),
)
def test_a_date_reads_back_however_it_is_printed(day: dt.date, form: str) -> None:
    name = MONTHS[day.month - 1]
    short = name if len(name) < 5 else name[:3]
    printed = form.format(m=name, s=short, u=name.upper(), d=day.day, n=day.month, y=day.year).replace("May.", "May")
    (phrase,) = find_periods(f"balances at {printed} were")
    assert (phrase.year, phrase.month, phrase.day) == (day.year, day.month, day.day)
    assert phrase.instant


@given(st.lists(st.tuples(st.sampled_from(["Three", "Six", "Nine"]), DAYS), min_size=1, max_size=4))
def test_a_line_of_whole_headings_gives_each_of_them(columns: list[tuple[str, dt.date]]) -> None:
    line = "  ".join(f"{count} Months Ended {MONTHS[day.month - 1]} {day.day}, {day.year}" for count, day in columns)
    lengths = {"Three": 3, "Six": 6, "Nine": 9}
    found = [(phrase.months, phrase.year, phrase.month, phrase.day) for phrase in split_headings(line)]
    assert found == [(lengths[count], day.year, day.month, day.day) for count, day in columns]


@given(st.text(alphabet=st.sampled_from("QHFY0123456789 /-,.'JunemayDecThreMonthsEdquarterWkofthes"), max_size=60))
def test_any_string_is_read_without_error_and_in_order(string: str) -> None:
    places = [(phrase.start, phrase.end) for phrase in find_periods(string)]
    assert all(0 <= start < end <= len(string) for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    combine([string, string])
    split_headings(string)


@pytest.mark.parametrize(
    "unit", [" ", ",", "and ", "first ", "12 and ", "the fiscal ", "September 30, ", "2024 ", "1/", "twenty-"]
)
def test_long_strings_take_linear_time(unit: str) -> None:
    def taken(length: int) -> int:
        string = unit * (length // len(unit))
        return steps(lambda: find_periods(f"June 30, {string} 2024")) + steps(
            lambda: split_headings(f"June 30, {string[: length // 10]} 2024")
        )

    assert taken(20_000) < 2.5 * taken(10_000)


@pytest.mark.parametrize(
    ("parts", "days"),
    [
        (("Quarter Ended", "May 9,", "2007", "(84 days)"), 84),
        (("84 days ended May 9, 2007",), 84),
        (("Quarter Ended", "May 9,", "2007", "84 days"), None),
    ],
)
def test_a_heading_counts_the_days_of_its_period(parts: tuple[str, ...], days: int | None) -> None:
    phrase = combine(parts)
    assert phrase is not None
    assert (phrase.days, phrase.months) == (days, None if days else 3)


@pytest.mark.parametrize(
    "string",
    [
        *(f"28 {name}" for name in months()),
        "28 of March", "13.05.2024", "13/5/2024", "3- and six-month", "3 and 6 months", "5 fiscal years", "30 days", "120 days",
        "2FQ09", "2fq09", "1st half", "12 weeks", "9M'08", "2009", "3 quarters", "2 years", '1" quarter',
    ],
)  # fmt: skip
def test_a_number_that_may_begin_a_time_is_not_skipped(string: str) -> None:
    assert [skipped().match(before + string, 0).end() for before in ("", "by ")] == [0, 3]


@pytest.mark.parametrize(
    "string", ["26 million", "$9.99 per share", "5 directors", "12 sales offices", "3.5% of it", "1,234"]
)
def test_a_number_of_something_else_is_skipped(string: str) -> None:
    assert skipped().match(string).end() == len(string)
