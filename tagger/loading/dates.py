"""Dates as formats name them: which parts in which order, and in which language a month has its name."""

from __future__ import annotations

import calendar
import re
from functools import cache

from tagger.data import load_json
from tagger.loading.errors import TransformError

_OLD = re.compile(r"date((?:day|month|year)+)([a-z]*)")
_PARTS = re.compile(r"day|month|year")
_GAP = r"[^0-9]+?"
_DAY, _YEAR = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4}|[0-9]{1,2})"
_CJK = re.compile(r"\s*(?:(?P<year>\d{1,4})\s*年\s*)?(?:(?P<month>\d{1,2})\s*月\s*)?(?:(?P<day>\d{1,2})\s*日\s*)?")
_ERA = re.compile(
    r"\s*(?P<era>[^\d\s元]+?)\s*(?P<count>\d{1,2}|元)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*日)?\s*"
)


def transform_date(name: str, text: str) -> str:
    """Return the date that *text* is by the format *name*, as XML Schema writes it.

    >>> transform_date("date-day-monthname-year-de", "30. Juni 2024"), transform_date("datemonthday", "12/31")
    ('2024-06-30', '--12-31')
    """
    if "era" in name:
        return _era(name, text)
    order, language = _order(name)
    found = _CJK.fullmatch(text) if language == "cjk" else _pattern(order, language).fullmatch(text)
    if found is None:
        raise TransformError(f"{text.strip()!r} is no date by {name}")
    parts = found.groupdict()
    month = parts.get("month") or ""
    number = int(month) if month.isdecimal() else _month_numbers(language).get(month.lower(), 0)
    return _written(_year(parts.get("year")), number, int(parts["day"]) if parts.get("day") else None, text)


def _order(name: str) -> tuple[tuple[str, ...], str]:
    """Return the parts of a date and its language, "" where months are numbers."""
    name = load_json("transformations")["registry1"].get(name, name)
    if "-" in name:
        parts = [part for part in name.split("-") if part not in {"date", "jpn", "ind"}]
        language = parts.pop() if parts[-1] in load_json("transformations")["months"] or parts[-1] == "cjk" else ""
        if "monthroman" in parts:
            parts[parts.index("monthroman")], language = "monthname", "roman"
        return tuple(parts), language
    found = _OLD.fullmatch(name)
    if found is None or (found[2] and found[2] != "cjk" and found[2] not in load_json("transformations")["months"]):
        raise TransformError(f"{name} is no format of dates that is known")
    named = found[2] not in {"", "cjk"}
    return tuple("monthname" if part == "month" and named else part for part in _PARTS.findall(found[1])), found[2]


@cache
def _pattern(order: tuple[str, ...], language: str) -> re.Pattern[str]:
    pieces = {"day": _DAY, "year": _YEAR, "month": r"(?P<month>[0-9]{1,2})"}
    if "monthname" in order:
        names = "|".join(map(re.escape, sorted(_month_numbers(language), key=len, reverse=True)))
        pieces["monthname"] = rf"(?P<month>{names})"
    try:
        body = _GAP.join(pieces[part] for part in order)
    except KeyError as error:
        raise TransformError(f"a date by {error} is not known") from error
    return re.compile(rf"\s*{body}[^0-9]{{0,9}}", re.IGNORECASE)


@cache
def _month_numbers(language: str) -> dict[str, int]:
    months = load_json("transformations")["months"].get(language, ())
    return {name: number for number, names in enumerate(months, 1) for name in names}


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) if len(text) > 2 else 2000 + int(text)


def _era(name: str, text: str) -> str:
    found = _ERA.fullmatch(text)
    start = load_json("transformations")["eras"].get(found["era"]) if found else None
    if found is None or start is None:
        raise TransformError(f"{text.strip()!r} is no date by {name}")
    year = start + (1 if found["count"] == "元" else int(found["count"]))
    return _written(year, int(found["month"]), int(found["day"]) if found["day"] else None, text)


def _written(year: int | None, month: int, day: int | None, text: str) -> str:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= calendar.monthrange(year or 2000, month)[1]):
        raise TransformError(f"there is no {text.strip()!r} in the calendar")
    head = "-" if year is None else f"{year:04d}"
    return f"{head}-{month:02d}" + ("" if day is None else f"-{day:02d}")
