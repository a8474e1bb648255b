"""Dates and headings that recognition spoilt are mended where they can be nothing else, letter for letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.reading.mending import mend_times


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Years ended December 3l,  2OO1  2O00", "Years ended December 31,  2001  2000"),
        ("l997   I996", "1997   1996"),
        ("13 Weeks Endod", "13 Weeks Ended"),
        ("2004 Endod", "2004 Ended"),  # a year alone says that the line is a heading
        ("May lO, 2004; May 2O, 2004; May Il, 2004", "May 10, 2004; May 20, 2004; May 11, 2004"),
        ("Six Monlhs Ended   Threo Months Ended", "Six Months Ended   Three Months Ended"),
        ("1995 and 199S", "1995 and 1995"),  # the year is printed elsewhere
        ("199S", "199S"),  # it is not: 1995, or another
        ("May I ask", "May I ask"),
        ("Our Weeks Enders", "Our Weeks Enders"),  # two words that no heading has
        ("$2O01", "$2O01"),  # a figure
        ("1,2O01", "1,2O01"),
        ("Model l9OO%", "Model l9OO%"),
    ],
)
def test_what_is_mended_is_time_and_nothing_else(printed: str, meant: str) -> None:
    assert mend_times(printed) == meant


@given(st.text(alphabet="lIOo0129S |,.\nMayEndedWeks", max_size=60))
def test_every_character_keeps_its_place(text: str) -> None:
    mended = mend_times(text)
    assert len(mended) == len(text)
    assert [at for at, mark in enumerate(mended) if mark == "\n"] == [
        at for at, mark in enumerate(text) if mark == "\n"
    ]
