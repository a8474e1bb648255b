"""Lines over a table that say where and when the release came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from tagger.data import word_set
from tagger.lexicon import find_periods, residue
from tagger.statements.kinds import title_kind

_LONGEST_DATELINE = 120


def without_datelines(caption: Iterable[str]) -> Iterator[str]:
    """Leave out the lines that say where and when the release came out: no figure is of that day.

    >>> list(without_datelines(["AUSTIN, Texas, July 30, 2024", "Balance Sheets, July 31, 2024", "July 31, 2024"]))
    ['Balance Sheets, July 31, 2024', 'July 31, 2024']
    >>> list(without_datelines(["2Q24 News Release July 30, 2024", "Second Quarter Report June 30, 2024"]))
    ['Second Quarter Report June 30, 2024']
    """
    return (line for line in caption if not is_dateline(line))


@lru_cache(maxsize=1024)
def is_dateline(line: str) -> bool:
    """Whether *line* is a mere date beside words that are neither of time nor of statements."""
    said = find_periods(line) if len(line) < _LONGEST_DATELINE and title_kind(line) is None else ()
    days = [one for one in said if one.day is not None and one.year is not None]
    if len(days) != 1 or days[0].length or days[0].quarter or days[0].half or days[0].fiscal_year or days[0].instant:
        return False
    words = residue([line])
    # what was released on a day may be named by its period: "4Q06 Earnings Release February 26, 2007"
    return bool(words) and (len(said) == 1 or any(word.lower() in word_set("layout", "released") for word in words))
