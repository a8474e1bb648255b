"""Dates and times of contexts, as days."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from tagger.values import Duration, Instant, Period

_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=4096)
def parse_end(text: str) -> dt.date:
    """Return the last day before the moment *text*: a date stands for its end, midnight for the day that it ends.

    >>> parse_end("2024-06-30"), parse_end("2024-07-01T00:00:00")
    (datetime.date(2024, 6, 30), datetime.date(2024, 6, 30))
    """
    day, midnight = _moment(text)
    return day - _DAY if midnight else day


@lru_cache(maxsize=4096)
def parse_start(text: str) -> dt.date:
    """Return the first day from the moment *text* on."""
    return _moment(text)[0]


def _moment(text: str) -> tuple[dt.date, bool]:
    date, mark, time = text.strip().partition("T")
    return dt.date.fromisoformat(date[:10]), bool(mark) and time.startswith("00:00:00")


def parse_period(text: str) -> Period:
    """Read a period as OIM writes it: moments, with the end after the last day.

    >>> str(parse_period("2024-04-01T00:00:00/2024-07-01T00:00:00"))
    '2024-04-01/2024-06-30'
    """
    start, slash, end = text.partition("/")
    return Duration(parse_start(start), parse_end(end)) if slash else Instant(parse_end(start))
