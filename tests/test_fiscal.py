"""The fiscal calendar: inferred from a release, and used to say which days a phrase means."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CORPUS
from tagger.document import Submission
from tagger.fiscal import Calendar, infer_calendar, resolve
from tagger.fiscal.calendar import length
from tagger.lexicon import PeriodPhrase, combine, find_periods
from tagger.values import Duration, Instant, Period

# A company whose fiscal year ends with March, in its second quarter.
MARCH = infer_calendar(
    "HARROW FALLS, Ohio, Nov. 8, 2006 - Harrow Falls Mills today reported results for its fiscal 2007 second quarter "
    "ended September 30, 2006. Sales were $16.0 million."
)
# A calendar year.
PLAIN = infer_calendar(
    "TULSA, July 24, 2025 -- Results for the second quarter of 2025.",
    [
        "Three Months Ended June 30, 2025",
        "Three Months Ended June 30, 2024",
        "Six Months Ended June 30, 2025",
        "As of December 31, 2024",
    ],
)
# A last-Saturday-of-September year of weeks, which says "three months".
SATURDAY = infer_calendar(
    "May 1, 2025 - Pomona Devices today announced results for its fiscal 2025 second quarter ended March 29, 2025.",
    [
        "Three Months Ended March 29, 2025",
        "Three Months Ended March 30, 2024",
        "Six Months Ended March 29, 2025",
        "September 28, 2024",
    ],
)
# A retailer that calls the year that ended on February 3, 2024 fiscal 2023.
RETAIL = infer_calendar(
    "March 14, 2024 - Larkspur Stores announced results for the fourteen-week fourth quarter and fifty-three-week year "
    "of fiscal 2023, ended February 3, 2024.",
    [
        "14 Weeks Ended February 3, 2024",
        "13 Weeks Ended January 28, 2023",
        "53 Weeks Ended February 3, 2024",
        "52 Weeks Ended January 28, 2023",
    ],
)
# Quarters of 12, 12, 12 and 16 weeks.
SIXTEEN = infer_calendar(
    "October 8, 2024 - third quarter results",
    ["12 Weeks Ended September 7, 2024", "36 Weeks Ended September 7, 2024", "December 30, 2023"],
)
# Quarters end on Fridays, the year with December.
FRIDAY = infer_calendar(
    "July 22, 2025 - second quarter 2025 results",
    [
        "Three Months Ended June 27, 2025",
        "Three Months Ended June 28, 2024",
        "Six Months Ended June 27, 2025",
        "As of December 31, 2024",
    ],
)

# A successor's five months, which are no quarter, and its predecessor's four.
SUCCESSOR = infer_calendar(
    "October 24, 2002 - today announced its results",
    ["Period from May 1, 2002 to September 30, 2002", "Period from January 1, 2002 to April 30, 2002"],
)

# A period of an unsaid length that ended on a Friday, in a release on the second quarter; and in one that is on a year.
CLOSED = infer_calendar(
    "May 1, 2019 - today reported results of its fiscal second quarter for the period ended March 29, 2019"
)
UNSAID = infer_calendar("March 1, 2019 - today reported annual results for the period ended December 29, 2018")


def days(text: str) -> Period:
    first, *last = (dt.date.fromisoformat(part) for part in text.split("/"))
    return Duration(first, *last) if last else Instant(first)


def only(text: str) -> PeriodPhrase:
    (phrase,) = find_periods(text)
    return phrase


CALENDARS = [
    (MARCH, (3, 31), False, "2006-07-01/2006-09-30", "2006-11-08", 0),
    (PLAIN, (12, 31), False, "2025-04-01/2025-06-30", "2025-07-24", 0),
    (SATURDAY, (9, 30), True, "2024-12-29/2025-03-29", "2025-05-01", 0),
    (RETAIL, (1, 31), True, "2023-10-29/2024-02-03", "2024-03-14", -1),
    (SIXTEEN, (12, 31), True, "2024-06-16/2024-09-07", "2024-10-08", 0),
    (FRIDAY, (12, 31), True, "2025-03-29/2025-06-27", "2025-07-22", 0),
    (SUCCESSOR, None, False, "2002-05-01/2002-09-30", "2002-10-24", 0),
    (CLOSED, (9, 30), True, "2018-12-29/2019-03-29", "2019-05-01", 0),
    (UNSAID, None, False, "None", "2019-03-01", 0),
]


@pytest.mark.parametrize(("calendar", "year_end", "weeks", "current", "today", "named"), CALENDARS)
def test_the_calendar_is_read_from_the_release(
    calendar: Calendar, year_end: tuple[int, int] | None, weeks: bool, current: str, today: str, named: int
) -> None:
    assert (calendar.year_end, calendar.weeks, calendar.named) == (year_end, weeks, named)
    assert (str(calendar.current), str(calendar.today)) == (current, today)


RESOLVED = [
    # whole months
    (MARCH, "Three Months Ended September 30, 2006", "2006-07-01/2006-09-30"),
    (MARCH, "the fiscal 2007 second quarter", "2006-07-01/2006-09-30"),
    (MARCH, "the first six months of fiscal 2007", "2006-04-01/2006-09-30"),
    (MARCH, "the prior quarter", "2006-04-01/2006-06-30"),
    (MARCH, "the prior year comparable quarter", "2005-07-01/2005-09-30"),
    (MARCH, "the comparable quarter of fiscal 2005", "2004-07-01/2004-09-30"),
    (MARCH, "the first quarter", "2006-04-01/2006-06-30"),
    (MARCH, "the fourth quarter", "2006-01-01/2006-03-31"),
    (MARCH, "year-to-date", "2006-04-01/2006-09-30"),
    (MARCH, "fiscal 2006", "2005-04-01/2006-03-31"),
    (MARCH, "the prior fiscal year", "2005-04-01/2006-03-31"),
    (MARCH, "the first nine months of fiscal 2006", "2005-04-01/2005-12-31"),
    (MARCH, "at March 31", "2006-03-31"),
    (MARCH, "at quarter-end", "2006-09-30"),
    (MARCH, "beginning of period", "2006-06-30"),
    (MARCH, "the September quarter", "2006-07-01/2006-09-30"),
    (MARCH, "the trailing twelve months", "2005-10-01/2006-09-30"),
    (MARCH, "three months ended June 31, 2006", "2006-04-01/2006-06-30"),
    (MARCH, "first half of fiscal 2007", "2006-04-01/2006-09-30"),
    (MARCH, "next quarter", "2006-10-01/2006-12-31"),
    (PLAIN, "2024", "2024-01-01/2024-12-31"),
    (PLAIN, "Q4'24", "2024-10-01/2024-12-31"),
    (PLAIN, "YTD 2024", "2024-01-01/2024-06-30"),
    (PLAIN, "H1 2025", "2025-01-01/2025-06-30"),
    (PLAIN, "the same period last year", "2024-04-01/2024-06-30"),
    (PLAIN, "the first quarter of the previous year", "2024-01-01/2024-03-31"),
    (PLAIN, "the fourth quarter of the previous year", "2024-10-01/2024-12-31"),
    (PLAIN, "at the end of December 2024", "2024-12-31"),
    (PLAIN, "Three months ended 2024", "2024-04-01/2024-06-30"),
    # weeks that call themselves months
    (SATURDAY, "Three Months Ended March 30, 2024", "2023-12-31/2024-03-30"),
    (SATURDAY, "Six Months Ended March 29, 2025", "2024-09-29/2025-03-29"),
    (SATURDAY, "the prior quarter", "2024-09-29/2024-12-28"),
    (SATURDAY, "the same quarter last year", "2023-12-31/2024-03-30"),
    (SATURDAY, "the March quarter", "2024-12-29/2025-03-29"),
    (SATURDAY, "fiscal 2024", "2023-10-01/2024-09-28"),
    # weeks that say so
    (RETAIL, "14 Weeks Ended February 3, 2024", "2023-10-29/2024-02-03"),
    (RETAIL, "fiscal 2023", "2023-01-29/2024-02-03"),
    (RETAIL, "the fourth quarter of fiscal 2022", "2022-10-30/2023-01-28"),
    (RETAIL, "fiscal 2022", "2022-01-30/2023-01-28"),
    (SIXTEEN, "12 Weeks Ended September 7, 2024", "2024-06-16/2024-09-07"),
    (SIXTEEN, "36 Weeks Ended September 7, 2024", "2023-12-31/2024-09-07"),
    (SIXTEEN, "the prior quarter", "2024-03-24/2024-06-15"),
    # quarters of weeks in a calendar year
    (FRIDAY, "Three Months Ended June 28, 2024", "2024-03-30/2024-06-28"),
    (FRIDAY, "Six Months Ended June 27, 2025", "2025-01-01/2025-06-27"),
    (FRIDAY, "first quarter 2025", "2025-01-01/2025-03-28"),
    (FRIDAY, "Full Year 2024", "2024-01-01/2024-12-31"),
]


@pytest.mark.parametrize(("calendar", "words", "expected"), RESOLVED, ids=[f"{c.year_end}-{w}" for c, w, _ in RESOLVED])
def test_words_mean_days(calendar: Calendar, words: str, expected: str) -> None:
    resolution = resolve(only(words), calendar)
    assert resolution.period == days(expected), resolution.why


ANCHORED = [
    (MARCH, "the prior quarter", "2006-04-01/2006-06-30", "2006-01-01/2006-03-31"),
    (MARCH, "a year ago", "2006-04-01/2006-09-30", "2005-04-01/2005-09-30"),
    (MARCH, "a year ago", "2006-09-30", "2005-09-30"),
    (MARCH, "the prior quarter", "2006-09-30", "2006-06-30"),
    (MARCH, "the quarter", "2006-04-01/2006-09-30", "2006-07-01/2006-09-30"),
    (MARCH, "September 30, 2005", "2006-04-01/2006-09-30", "2005-04-01/2005-09-30"),
    (SATURDAY, "a year earlier", "2024-09-29/2025-03-29", "2023-10-01/2024-03-30"),
    (PLAIN, "the year", "2024-10-01/2024-12-31", "2024-01-01/2024-12-31"),
]


@pytest.mark.parametrize(("calendar", "words", "anchor", "expected"), ANCHORED)
def test_relations_start_from_the_period_spoken_about(
    calendar: Calendar, words: str, anchor: str, expected: str
) -> None:
    assert resolve(only(words), calendar, anchor=days(anchor)).period == days(expected)


def test_a_balance_stands_at_the_end_of_the_period() -> None:
    assert resolve(only("2024"), PLAIN, instant=True).period == Instant(dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    ("calendar", "words", "reason"),
    [
        (Calendar(), "the prior quarter", "not known"),
        (Calendar(), "second quarter of fiscal 2007", "when the fiscal year ends is not known"),
        (Calendar(), "Three Months Ended", "not known"),
        (PLAIN, "the year", "not over"),
        (PLAIN, "Year Ended", "no year is said"),
    ],
)
def test_what_is_not_said_is_not_guessed(calendar: Calendar, words: str, reason: str) -> None:
    resolution = resolve(only(words), calendar)
    assert resolution.period is None
    assert reason in resolution.why


def test_the_header_of_a_submission_says_when_the_year_ends_and_the_release_came() -> None:
    header = Submission(filed=dt.date(2005, 2, 11), fiscal_year_end="0930")
    calendar = infer_calendar("Results for the quarter ended December 31, 2004", (), header)
    assert (calendar.year_end, calendar.today) == ((9, 30), dt.date(2005, 2, 11))
    assert resolve(only("year-to-date"), calendar).period == days("2004-10-01/2004-12-31")


def test_a_dateline_after_the_period_the_text_reports_stands_against_a_year_misprinted_in_the_headings() -> None:
    text = "SAN JOSE, Nov. 7, 2005 - Pine Devices reported results for its first quarter ended October 1, 2005."
    calendar = infer_calendar(text, ["Three Months Ended October 1, 2006", "Three Months Ended July 2, 2006"])
    assert (calendar.today, calendar.current and calendar.current.end) == (dt.date(2005, 11, 7), dt.date(2005, 10, 1))


@pytest.mark.parametrize(
    ("balances", "today"),
    [
        (["March 31, 2005"], dt.date(2005, 4, 21)),
        (["March 31, 2005", "June 30, 2004"], dt.date(2005, 4, 21)),
        (["March 31, 2006"], None),
        (["March 31, 2006", "March 31, 2005"], None),  # it is the dateline that is misprinted
        (["September 30, 2004"], None),
    ],
)
def test_a_dateline_that_fits_the_balances_stands_against_a_year_misprinted_over_flows(
    balances: list[str], today: dt.date | None
) -> None:
    headings = ["Three Months Ended March 31, 2006", *balances]
    assert (
        infer_calendar("SAN JOSE, April 21, 2005 - Pine Devices reported its third quarter.", headings).today == today
    )


def test_the_date_of_a_call_is_no_period_end() -> None:
    calendar = infer_calendar(
        "AKRON, April 24, 2025 - The company will hold a call on April 24, 2025.",
        ["Three Months Ended March 31, 2025", "As of December 31, 2024", "April 24, 2025"],
    )
    assert not calendar.weeks
    assert calendar.ends == (dt.date(2024, 12, 31), dt.date(2025, 3, 31))


@pytest.mark.parametrize(
    ("text", "current"),
    [
        ("ACME REPORTS SECOND QUARTER RESULTS. OMAHA, July 27, 2000 -- Revenue rose from the first quarter of 2000.", "2000-04-01/2000-06-30"),
        ("OMAHA, July 27, 2000 -- Results for the quarter ended June 30, 2000. The first quarter of 2000 was wet.", "2000-04-01/2000-06-30"),
        ("OMAHA, July 27, 2000 -- Revenue fell, compared with $5 million in the first quarter of 2000.", None),
        ("The Board approved the half-year report at June 30, 2008. Milan, August 8, 2008 - We did well in the second quarter.", "2008-01-01/2008-06-30"),
        ("The Board approved the accounts at June 30, 2008. Milan, August 8, 2008 - We did well in the second quarter.", "2008-04-01/2008-06-30"),
    ],
)  # fmt: skip
def test_the_period_reported_on_is_no_earlier_one_that_is_named(text: str, current: str | None) -> None:
    found = infer_calendar(text).current
    assert (str(found) if found else None) == current


def test_columns_without_a_year_take_the_one_before_the_release() -> None:
    phrase = combine(["Three Months Ended", "March 31,"])
    assert phrase is not None
    calendar = infer_calendar("April 26, 2017 - results for the second quarter of fiscal 2017", [phrase])
    assert (calendar.year_end, str(calendar.current)) == ((9, 30), "2017-01-01/2017-03-31")


def test_columns_of_years_take_the_month_of_the_balance_sheets() -> None:
    calendar = infer_calendar("", ["Fiscal 2023", "Fiscal 2022", "February 3, 2024", "January 28, 2023"])
    assert (calendar.year_end, calendar.named) == ((1, 31), -1)
    assert resolve(only("Fiscal 2023"), calendar).period == days("2023-01-29/2024-02-03")


def test_an_assumed_calendar_says_so() -> None:
    calendar = infer_calendar("", ["Three Months Ended June 30, 2025"])
    assert calendar.year_end == (12, 31)
    assert "taken to end with December" in calendar.why[0]


@given(st.integers(1, 12), st.integers(1995, 2040), st.integers(1, 4))
def test_quarters_of_whole_months_fill_the_year_without_gap(month: int, year: int, quarter: int) -> None:
    calendar = Calendar(year_end=(month, 28))
    end = calendar.quarter_close(year, quarter)
    assert end is not None
    before = calendar.quarter_close(year - (quarter == 1), (quarter - 2) % 4 + 1)
    assert before is not None
    assert calendar.start(end, months=3) == before + dt.timedelta(days=1)
    assert calendar.quarter_of(end) == (year, quarter)


@given(st.integers(1, 12), st.integers(0, 6), st.integers(1995, 2040), st.booleans())
def test_years_of_weeks_are_of_52_or_53_weeks(month: int, weekday: int, year: int, last: bool) -> None:
    calendar = Calendar(year_end=(month, 28), weeks=True, weekday=weekday, last_weekday=last)
    end, before = calendar.year_close(year), calendar.year_close(year - 1)
    assert end is not None
    assert before is not None
    assert (end - before).days in (364, 371)
    assert end.weekday() == weekday


@given(st.dates(dt.date(1995, 1, 1), dt.date(2040, 1, 1)), st.sampled_from([12, 13, 14, 16, 26, 39, 40, 52, 53]))
def test_weeks_are_counted_back_to_the_day(end: dt.date, weeks: int) -> None:
    phrase = PeriodPhrase(start=0, end=0, year=end.year, month=end.month, day=end.day, weeks=weeks)
    period = resolve(phrase, Calendar()).period
    assert isinstance(period, Duration)
    assert (period.days, period.end) == (7 * weeks, end)


STATEMENTS = CORPUS / "statements"


@pytest.mark.skipif(not STATEMENTS.is_dir(), reason="the corpus of real filings is not here")
def test_periods_of_real_statements_start_on_the_day_the_filer_says() -> None:
    from tagger.arithmetic import understand
    from tagger.reading import read

    right = wrong = 0
    for answers in sorted(STATEMENTS.glob("*.gold.json"))[::3]:
        calendar = understand(read(answers.with_name(answers.name.replace(".gold.json", ".html")))).calendar
        said = {fact["period"] for fact in json.loads(answers.read_text("utf-8"))["facts"] if "/" in fact["period"]}
        for period in map(days, said):
            if isinstance(period, Duration) and (months := length(period.days)):
                right += calendar.start(period.end, months=months) == period.start
                wrong += abs(calendar.start(period.end, months=months) - period.start) > dt.timedelta(days=7)
    assert wrong == 0
    assert right >= 70


def test_nine_months_tell_the_year_end_against_a_quarter_that_is_to_come() -> None:
    text = "SAN JOSE, Nov. 21, 2023. Our outlook for the fourth quarter of fiscal 2024 is as follows."
    headings = ["Three Months Ended October 29, 2023", "Nine Months Ended October 29, 2023", "July 30, 2023"]
    assert infer_calendar(text, headings).year_end == (1, 31)


def test_one_odd_day_among_ends_of_months_makes_no_weeks() -> None:
    ends = ["September 30, 2014", "March 31, 2015", "September 30, 2015", "November 3, 2015"]  # three are Tuesdays
    assert not infer_calendar("", [f"Six Months Ended {end}" for end in ends]).weeks


def test_a_year_broken_by_an_acquisition_is_no_calendar_of_weeks() -> None:
    headings = [
        "Period from July 2, 2024 through September 30, 2024",
        "Period from January 1, 2024 through July 1, 2024",
        "Nine Months Ended September 30, 2023",
    ]
    calendar = infer_calendar("", headings)
    assert not calendar.weeks
    assert str(calendar.start(dt.date(2023, 9, 30), months=9)) == "2023-01-01"


def test_the_quarter_that_is_just_over_and_its_number_outweigh_a_year_of_another_company() -> None:
    calendar = infer_calendar(
        "TULSA, May 3, 2012 - Halbrook Partners reported first quarter revenue of $31.2 million. The business it bought had "
        "net income of $4.0 million in its fiscal year ended September 30, 2011. The quarter ended March 31, 2012."
    )
    assert calendar.year_end == (12, 31)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Sales were up for fiscal 2002.", None),  # the year that began in 2002, or ended in it
        ("Sales were up for fiscal 2002, ended February 2, 2003.", -1),
        ("Sales for the fourth quarter of fiscal 2002 were up.", -1),
        ("Sales for the fourth quarter of fiscal 2003 were up; the fourth quarter of fiscal 2004 will be better.", 0),
        (
            "Sales rose to $5.2 million, versus $4.9 million or $0.09 per share for the fourth quarter of fiscal 2002.",
            None,
        ),
    ],
)
def test_what_a_year_that_ends_in_january_is_called_is_said_or_not_known(text: str, named: int | None) -> None:
    told = "Its fiscal year ends on the Sunday nearest January 31."
    calendar = infer_calendar(f"TULSA, Feb. 25, 2003 - Larkspur's quarter ended February 2, 2003. {told} {text}")
    assert (calendar.year_end, calendar.named) == ((1, 31), named)


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("FOR IMMEDIATE RELEASE August 8, 2005\nElm Corp. Reports Second Quarter Results\nElm earned $8 million.", "2005-08-08"),
        ("Monday, August 8, 2005\n\nElm Corp. Reports Second Quarter Results", "2005-08-08"),
        ("Elm Reports\nAugust 8, 2005 TULSA, Okla. - Elm Corp. earned $8 million.", "2005-08-08"),
        ("August 8, 2005\nAssets\nElm Corp. earned $8 million.", "None"),  # over rows of a table
        ("August 31, 2005\nElm Corp. Reports Second Quarter Results", "None"),  # the end of a month may be a period's
        ("August 8, 2005\nAugust 9, 2004 and some more words", "None"),
        ("Elm Corp. will hold a call on August 8, 2005\nElm Corp. Reports Second Quarter Results", "None"),
    ],
)  # fmt: skip
def test_a_date_alone_on_its_line_above_a_title_is_the_day_of_the_release(text: str, today: str) -> None:
    assert str(infer_calendar(text).today) == today


def test_the_year_of_a_quarter_that_an_amount_rose_from_is_not_what_this_year_is_called() -> None:
    calendar = infer_calendar(
        "CAMBRIDGE, Jan. 22, 2004 - Harlequin reported results for its fiscal third quarter ended December 31, 2003. "
        "Revenue was $18.4 million, up 11 percent from $16.6 million in the third quarter of fiscal 2003."
    )
    assert (calendar.year_end, calendar.named) == ((3, 31), 0)


@pytest.mark.parametrize(
    ("text", "year_end"),
    [
        ("NORFOLK, Feb. 12, 2009 - Seaforth today reported fourth quarter 2008 net income of $12.4 million.", (12, 31)),
        ("NORFOLK, Aug. 12, 2009 - Seaforth today reported fourth quarter 2009 net income of $12.4 million.", (6, 30)),
        ("NORFOLK, Feb. 12, 2009 - Seaforth today reported fourth quarter 2006 net income of $12.4 million.", None),
    ],
)
def test_the_quarter_reported_by_its_number_is_the_one_just_over(text: str, year_end: tuple[int, int] | None) -> None:
    assert infer_calendar(text).year_end == year_end


@pytest.mark.parametrize(
    ("text", "year_end"),
    [
        ("The fiscal year ends on December 31.", (12, 31)),
        ("Our fiscal year ends June 30.", (6, 30)),
        ("Fiscal years end September 30.", (9, 30)),
        ("The Company has a June 30 fiscal year end.", (6, 30)),
        ("The Company's fiscal year ends on the last Saturday in January.", (1, 31)),
        ("a 52- or 53-week fiscal year ending on the Sunday nearest December 31", (12, 31)),
        ("our fiscal year ending on the Saturday closest to January 31", (1, 31)),
        ("the fiscal year ends on the Saturday nearest to the end of September", (9, 30)),
        ("The fiscal year ends on the first Sunday in January.", None),
        ("Form 10-K for the year ended", None),
        ("It will discuss results of the quarter and the full year on February 12.", None),
        ("The financial year is the calendar year and ends on 31 December.", (12, 31)),
        ("The fiscal year ends on 30 June 2005.", (6, 30)),
    ],
)
def test_a_sentence_says_with_which_day_fiscal_years_end(text: str, year_end: tuple[int, int] | None) -> None:
    assert infer_calendar(text).year_end == year_end


@pytest.mark.parametrize(
    ("text", "year_end"),
    [
        ("ELM REPORTS FIRST QUARTER RESULTS\nTULSA, Okla., April 29, 2016 - Elm Corp. earned $8 million.", (12, 31)),
        ("ELM REPORTS FIRST QUARTER RESULTS\nTULSA, Okla., January 28, 2016 - Elm Corp. earned $8 million.", (9, 30)),
        ("TULSA, July 25, 2019 -- Elm Corp. reported second quarter revenue of $110 million.", (12, 31)),
        # so late or so soon, a quarter of other months may be the one reported on
        ("TULSA, August 24, 2019 -- Elm Corp. reported second quarter revenue of $110 million.", None),
        ("TULSA, August 12, 2019 -- Elm Corp. reported second quarter revenue of $110 million.", None),
        ("TULSA, August 12, 2019 -- Elm Corp. reported second quarter 2019 revenue of $110 million.", (12, 31)),
        ("TULSA, July 3, 2019 -- Elm Corp. reported second quarter revenue of $110 million.", None),
        ("TULSA, August 24, 2019 -- Elm Corp. reported second quarter fiscal 2019 revenue of $110 million.", None),
        ("TULSA, March 11, 2011 -- Elm Corp. reported fourth quarter fiscal 2010 revenue of $110 million.", None),
        (
            "TULSA, March 11, 2011 -- Elm Corp. reported revenue for the fourth quarter of 2010 of $110 million.",
            (12, 31),
        ),
    ],
)
def test_a_quarter_by_its_number_alone_is_the_one_just_over(text: str, year_end: tuple[int, int] | None) -> None:
    assert infer_calendar(text).year_end == year_end


@pytest.mark.parametrize(
    ("text", "headings", "year_end"),
    [
        ("MILAN, November 9, 2006. Results.", ["First nine months 2006", "First nine months 2005"], (12, 31)),
        ("MILAN, August 9, 2006. Results.", ["1H 2006", "1H 2005"], (12, 31)),
        ("", ["Three months ended June 30", "2004", "2003", "2Q04"], (12, 31)),
        ("", ["Six months ended December 31", "2004", "2003"], (6, 30)),
        ("", ["Years ended September 30", "2004", "2003"], (9, 30)),
        ("", ["Three months ended May 31", "2004", "2003"], None),
    ],
)
def test_headings_say_when_fiscal_years_end(text: str, headings: list[str], year_end: tuple[int, int] | None) -> None:
    assert infer_calendar(text, headings).year_end == year_end


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The fiscal year ends on the Saturday nearest August 31.", "2007-09-02/2008-08-30"),
        ("The fiscal year ends on the last Sunday in December.", "2007-12-31/2008-12-28"),
        ("The fiscal year ends on August 31.", "2007-09-01/2008-08-31"),
        ("The fiscal year ends on the last Saturday in January.", "None"),  # called by its begin or by its end
    ],
)
def test_a_year_that_ends_on_a_weekday_has_whole_weeks(text: str, days: str) -> None:
    calendar = infer_calendar(text, ["Fiscal 2008", "Fiscal 2007"])
    assert str(resolve(find_periods("Fiscal 2008")[0], calendar).period) == days


@pytest.mark.parametrize(
    ("end", "days"),
    [
        ("March 26, 2010", "2009-12-26/2010-03-26"),  # the year before, to the nearest Saturday, would leave 12 weeks
        ("April 3, 2010", "2010-01-03/2010-04-03"),
        ("March 27, 2010", "2009-12-27/2010-03-27"),
    ],
)
def test_a_year_that_is_only_reckoned_leaves_no_quarter_a_week_short(end: str, days: str) -> None:
    calendar = infer_calendar("", ["Three Months Ended June 26, 2010", "Three Months Ended June 27, 2009"])
    assert str(resolve(find_periods(f"Three Months Ended {end}")[0], calendar).period) == days


@pytest.mark.parametrize(
    ("told", "current"),
    [
        ("first quarter ended April 21, 2024", None),
        ("first quarter of its 2025 fiscal year, which ended June 20, 2024", None),
        ("sixteen week fiscal first quarter ended April 21, 2024", "2024-01-01/2024-04-21"),
        ("fiscal second quarter (12 weeks) ended June 15, 2024", "2024-03-24/2024-06-15"),
        ("first quarter ended May 4, 2024", "2024-02-04/2024-05-04"),
    ],
)
def test_a_quarter_that_ends_within_a_month_is_told_by_its_weeks(told: str, current: str | None) -> None:
    calendar = infer_calendar(f"WASHINGTON, July 2, 2024 - Harbor Tool, Inc. today announced results for its {told}.")
    assert (str(calendar.current) if calendar.current else None) == current
    if current is None:
        assert "is not said" in resolve(only("the quarter ended April 21, 2024"), calendar).why


@pytest.mark.parametrize(("weeks", "period"), [(False, "2023-08-01/2023-08-31"), (True, "None")])
def test_a_month_of_a_year_that_is_counted_in_weeks_has_no_known_length(weeks: bool, period: str) -> None:
    (phrase,) = find_periods("the month of August 2023")
    calendar = Calendar(year_end=(1, 31), weeks=weeks, weekday=5 if weeks else None)
    assert str(resolve(phrase, calendar).period) == period
