"""Lines over a table that say where and when the release came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from tagger.lexicon import find_periods, residue
from tagger.statements.kinds import title_kind

_LONGEST_DATELINE = 120


def without_datelines(caption: Iterable[str]) -> Iterator[str]:
    """Leave out the lines that say where and when the release came out: no figure is of that day.

    >>> list(without_datelines(["AUSTIN, Texas, July 30, 2024", "Balance Sheets, July 31, 2024", "July 31, 2024"]))
    ['Balance Sheets, July 31, 2024', 'July 31, 2024']
    """
    return (line for line in caption if not is_dateline(line))


@lru_cache(maxsize=1024)
def is_dateline(line: str) -> bool:
    """Whether *line* is a mere date beside words that are neither of time nor of statements."""
    said = find_periods(line) if len(line) < _LONGEST_DATELINE and title_kind(line) is None else ()
    dated = len(said) == 1 and said[0].day is not None and said[0].year is not None
    return (
        dated
        and not (said[0].length or said[0].quarter or said[0].half or said[0].fiscal_year)
        and not said[0].instant
        and bool(residue([line]))
    )
