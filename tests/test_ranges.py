"""Ranges, halves and counted quarters as headings print them; what is not understood whole gives no period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tagger
from tagger.fiscal import Calendar, resolve
from tagger.lexicon import combine, find_numerals, find_periods, residue, split_headings
from tagger.lexicon.ranges import find_atoms

DECEMBER = Calendar(year_end=(12, 31), today=dt.date(2017, 11, 9))

WHOLE = [
    ("January 1 to September 30, 2017", "2017-01-01/2017-09-30"),
    ("July 1 - September 30, 2017", "2017-07-01/2017-09-30"),
    ("Jan. 1 – Sept. 30, 2017", "2017-01-01/2017-09-30"),
    ("August 1 through September 30, 2017", "2017-08-01/2017-09-30"),
    ("Period from September 2, 2017 through October 31, 2017", "2017-09-02/2017-10-31"),
    ("For the period July 3, 2017 thru September 30, 2017", "2017-07-03/2017-09-30"),
    ("Between July 1, 2017 and September 30, 2017", "2017-07-01/2017-09-30"),
    ("Period from 1 July 2017 to 30 September 2017", "2017-07-01/2017-09-30"),
    ("1/1/17 to 9/30/17", "2017-01-01/2017-09-30"),
    ("2 September to 31 October 2017", "2017-09-02/2017-10-31"),
    ("April 1–June 30 2017", "2017-04-01/2017-06-30"),
    ("Jan–Mar 2017", "2017-01-01/2017-03-31"),
    ("01.01.2017 - 30.06.2017", "2017-01-01/2017-06-30"),
    ("half- year ended June 30, 2017", "2017-01-01/2017-06-30"),
    ("January - September 2017", "2017-01-01/2017-09-30"),
    ("January/June 2017", "2017-01-01/2017-06-30"),
    ("April through June 2017", "2017-04-01/2017-06-30"),
    ("October 1 to March 31, 2017", "2016-10-01/2017-03-31"),
    ("June 3, 1996 (inception) to December 31, 1996", "1996-06-03/1996-12-31"),
    ("From inception (June 3, 1996) to December 31, 1996", "1996-06-03/1996-12-31"),
    ("Cumulative from June 3, 1996 (date of inception) through March 31, 1998", "1996-06-03/1998-03-31"),
    ("Three months from July 1 to September 30, 2017", "2017-07-01/2017-09-30"),
    ("Half-Year Ended June 30, 2017", "2017-01-01/2017-06-30"),
    ("Semester ended June 30, 2017", "2017-01-01/2017-06-30"),
    ("First semester 2017", "2017-01-01/2017-06-30"),
    ("Second half-year 2016", "2016-07-01/2016-12-31"),
    ("Two Quarters Ended June 30, 2017", "2017-01-01/2017-06-30"),
    ("Three Fiscal Quarters Ended September 30, 2017", "2017-01-01/2017-09-30"),
    ("Six Month Transition Period Ended June 30, 2015", "2015-01-01/2015-06-30"),
    ("Six Months Ended (Transition Period) June 30, 2015", "2015-01-01/2015-06-30"),
    ("Transition period from January 1, 2015 to June 30, 2015", "2015-01-01/2015-06-30"),
    ("182 Days Ended July 1, 2017", "2017-01-01/2017-07-01"),
    ("90 days ended September 30, 2017", "2017-07-03/2017-09-30"),
    ("26 Weeks Ended July 1, 2017", "2017-01-01/2017-07-01"),
    ("12 months to 30 June 2017", "2016-07-01/2017-06-30"),
    ("3 Mos Ended 9-30-91", "1991-07-01/1991-09-30"),
    ("Year Ended 12-31-2004", "2004-01-01/2004-12-31"),
    ("Year to 31 March 2017", "2016-04-01/2017-03-31"),
]


@pytest.mark.parametrize(("heading", "period"), WHOLE, ids=[heading for heading, _ in WHOLE])
def test_a_heading_gives_both_ends_of_its_period(heading: str, period: str) -> None:
    phrase = combine([heading])
    assert phrase is not None
    assert str(resolve(phrase, DECEMBER).period) == period
    assert residue([heading]) == ()


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("Transition Period Ended June 30, 2015", "how long the period is, is not said"),
        ("Inception to December 31, 1996", "how long the period is, is not said"),
        ("Six months from July 1 to September 30, 2017", "6 months are said, and a range of 92 days"),
        ("September 30, 2017 to July 1, 2017", "ends before it starts"),
    ],
)
def test_a_period_half_said_is_no_period(heading: str, why: str) -> None:
    phrase = combine([heading])
    assert phrase is not None
    found = resolve(phrase, DECEMBER)
    assert found.period is None
    assert why in found.why


@pytest.mark.parametrize(
    "heading",
    [
        "June 30, 2017 - December 31, 2016",
        "December 31, 2000 and January 2, 2001",
        "June 30 and December 31",
        "March 31 - March 25",
        "December 31 - September 30",
    ],
)
def test_two_dates_of_balance_sheets_are_no_range(heading: str) -> None:
    assert [phrase.since for phrase in find_periods(heading)] == [None, None]


@pytest.mark.parametrize(
    ("heading", "since"),
    [
        ("March 1 - March 25", (None, 3, 1)),
        ("January 31 - March 25", (None, 1, 31)),
        ("March 25, 2016 - March 1, 2017", (2016, 3, 25)),
    ],
)
def test_a_dash_between_dates_that_run_forward_makes_a_range(heading: str, since: tuple[int | None, int, int]) -> None:
    assert [phrase.since for phrase in find_periods(heading)] == [since]


def test_a_range_is_dealt_out_to_its_years() -> None:
    found = split_headings("July 1 - September 30,   January 1 - September 30,   2017 2016 2017 2016")
    assert [(p.since, p.month, p.year) for p in found] == [
        ((None, 7, 1), 9, 2017), ((None, 7, 1), 9, 2016), ((None, 1, 1), 9, 2017), ((None, 1, 1), 9, 2016),
    ]  # fmt: skip


def test_a_range_with_its_own_years_is_not_shared() -> None:
    found = find_periods("Year ended December 31, 1997 and period from June 3, 1996 (inception) to December 31, 1996")
    assert [(p.since, p.months, p.year) for p in found] == [(None, 12, 1997), ((1996, 6, 3), None, 1996)]


@given(
    first=st.dates(dt.date(1995, 1, 1), dt.date(2035, 12, 31)),
    days=st.integers(1, 700),
    link=st.sampled_from(["to", "through", "thru", "until", "-", "–", "—"]),
    month=st.sampled_from(["%B %-d, %Y", "%b. %-d, %Y", "%m/%d/%Y", "%-d %B %Y"]),
    lead=st.sampled_from(["", "Period from ", "For the period "]),
)
def test_a_printed_range_reads_back(first: dt.date, days: int, link: str, month: str, lead: str) -> None:
    last = first + dt.timedelta(days)
    heading = f"{lead}{first:{month}} {link} {last:{month}}"
    phrase = combine([heading])
    assert phrase is not None
    assert str(resolve(phrase, DECEMBER).period) == f"{first}/{last}"
    assert residue([heading]) == ()


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        (["Year Ended December 31,", "2015 (1)"], ()),
        (["Year Ended December 31,", "2015*"], ()),
        (["Year Ended December 31,", "2015 [b]"], ()),
        (["(Unaudited)", "Three Months Ended", "(in thousands)", "March 31, 2015"], ()),
        (["As of", "March 31, 2015 (As restated)"], ()),
        (["Half year ended 30 June 2016 £m"], ()),
        (["Year ended March 31, 2016 (US$ in millions)"], ()),
        (["2016 C$000s"], ()),
        (["June 30, 1997 (000 omitted)"], ()),
        (["June 30, 2016 Retail £m"], ("Retail",)),
        (["2016 m"], ("m",)),
        (["Three months ended September 28 and September 29, respectively", "2003"], ()),
        (["Retail", "Three Months Ended", "March 31, 2015"], ()),
        (["Harvest Season 2011"], ("Harvest", "Season")),
        (["Season", "2011"], ("Season",)),
        (["Sowing Year 2011"], ("Sowing",)),
        (["Fifth Quarter Ended", "2011"], ("Fifth",)),
        (["Ended March 31, 2015 22"], ("22",)),
        (["2015", "1234"], ("1234",)),
        (["Average 2015"], ("Average",)),
        (["Q4-15"], ()),
        (["Q4-5"], ("5",)),
        (["3Q15E"], ("15",)),
        (["Six-month-2015"], ()),
    ],
)
def test_every_word_of_a_heading_is_accounted_for(parts: list[str], left: tuple[str, ...]) -> None:
    assert residue(parts) == left


@given(
    st.lists(
        st.sampled_from(["Three Months Ended", "March 31,", "2015", "Zyx", "(Unaudited)", "Qwv 2014", "77"]), min_size=1
    )
)
def test_what_is_left_over_stands_in_the_heading_and_is_no_time(parts: list[str]) -> None:
    left = residue(parts)
    assert [word for word in left if not any(word in part for part in parts)] == []
    assert left.count("Qwv") == parts.count("Qwv 2014")
    assert left.count("77") == parts.count("77")


STATEMENT = [("Net sales", "2,110", "2,904"), ("Cost of sales", "1,452", "2,562"), ("Gross profit", "658", "342")]


def _html(*headings: str) -> str:
    heads = "".join(f"<th>{heading}</th>" for heading in headings)
    body = "".join(f"<tr><td>{label}</td><td>{one}</td><td>{other}</td></tr>" for label, one, other in STATEMENT)
    return f"<p>ACME CORP.</p><p>Statements of Income (in thousands)</p><table><tr><th></th>{heads}</tr>{body}</table>"


def _text(*headings: str) -> str:
    heads = " " * 30 + "".join(f"{heading:>50}" for heading in headings)
    body = "\n".join(f"{label:<30}{one:>50}{other:>50}" for label, one, other in STATEMENT)
    return f"ACME CORP.\nStatements of Income\n(in thousands)\n{heads}\n{body}\n"


@pytest.mark.parametrize("document", [_html, _text])
@pytest.mark.parametrize(
    ("headings", "periods"),
    [
        (("January 1 to September 30, 2017", "January 1 to September 30, 2016"), {"2017-01-01/2017-09-30", "2016-01-01/2016-09-30"}),
        (("July 1 - September 30, 2017", "July 1 - September 30, 2016"), {"2017-07-01/2017-09-30", "2016-07-01/2016-09-30"}),
        (("Half-Year Ended June 30, 2017", "Half-Year Ended June 30, 2016"), {"2017-01-01/2017-06-30", "2016-01-01/2016-06-30"}),
        (("Two Quarters Ended June 30, 2017", "Two Quarters Ended June 30, 2016"), {"2017-01-01/2017-06-30", "2016-01-01/2016-06-30"}),
        (("Year Ended June 30, 2017 (1)", "Year Ended June 30, 2016 (1)"), {"2016-07-01/2017-06-30", "2015-07-01/2016-06-30"}),
        (("Harvest Season 2017", "Harvest Season 2016"), set()),
        (("Transition Period Ended June 30, 2017", "Transition Period Ended June 30, 2016"), set()),
    ],
)  # fmt: skip
def test_columns_take_the_periods_their_headings_say_in_every_source(
    document: Callable[..., str], headings: tuple[str, str], periods: set[str]
) -> None:
    report = tagger.tag(document(*headings))
    assert {str(fact.period) for fact in report.facts} == periods
    assert ("no-period" in {finding.code.value for finding in report.findings}) == (not periods)


@pytest.mark.parametrize(
    "heading",
    ["April 1 - September 30,", "January 1 to September 30,", "For the period from May 4 through September 30,"],
)
def test_a_range_over_two_years_of_a_text_table_stays_whole(heading: str) -> None:
    head = f"{'':30}{heading:^60}\n{'':30}{'2017':>30}{'2016':>30}"
    body = "\n".join(f"{label:<30}{one:>30}{other:>30}" for label, one, other in STATEMENT)
    report = tagger.tag(f"ACME CORP.\nStatements of Income\n(in thousands)\n{head}\n{body}\n")
    assert {str(fact.period)[:4] + str(fact.period)[10:] for fact in report.facts} == {
        "2017/2017-09-30",
        "2016/2016-09-30",
    }


def test_a_scale_in_zeros_is_a_line_of_its_caption() -> None:
    head = "<th></th><th>Year Ended June 30, 2017</th><th>Year Ended June 30, 2016</th>"
    body = "".join(f"<tr><td>{label}</td><td>{one}</td><td>{other}</td></tr>" for label, one, other in STATEMENT)
    title = "<p align=center><b>Bexley Tool Works, Inc.<br>Consolidated Income Statement<br>($000's)</b></p>"
    report = tagger.tag(f"{title}<table><tr>{head}</tr>{body}</table>")
    assert "658000" in {str(fact.value) for fact in report.facts}


def test_what_takes_too_long_to_read_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tagger.lexicon.atoms.time_limit", lambda string: 0.0)
    monkeypatch.setattr("tagger.lexicon.numerals.time_limit", lambda string: 0.0)
    string = "Revenues were 1,234 for the year ended December 31, 2024. " * 400
    assert (find_atoms(string), find_numerals(string)) == ((), ())
