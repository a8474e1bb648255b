"""Transformations: what a printed number, date or word means by the format an inline element names.

Knows the registries 1 to 5 of XBRL International, by what they have in common, and the SEC's own.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from tagger.data import load_json
from tagger.loading.errors import TransformError
from tagger.loading.sec_transforming import transform_sec
from tagger.patterns import pattern

_REGISTRY = pattern(r"http://www\.xbrl\.org/(?:2008/)?inlineXBRL/transformation(?:/\S+)?")
_SEC = "http://www.sec.gov/inlineXBRL/transformation/"
# What a document means that has lost the binding of a prefix everybody uses.
_UNBOUND = {"ixt": "http://www.xbrl.org/inlineXBRL/transformation", "ixt-sec": _SEC}
_FIXED = {
    "booleanfalse": "false", "booleantrue": "true", "fixedempty": "", "fixedfalse": "false", "fixedtrue": "true",
    "fixedzero": "0", "nocontent": "",
}  # fmt: skip
_DASHES = pattern(r"[-\u058a\u05be\u2010-\u2015\u2e3a\u2e3b\ufe58\ufe63\uff0d]?")
_NUMBER = pattern(r"\d*(?:\.\d*)?", re.ASCII)
_FULL_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF0C: 0x2C, 0xFF0E: 0x2E}
_DEVANAGARI = {0x966 + digit: 0x30 + digit for digit in range(10)}
_BLANKS = dict.fromkeys(map(ord, " \t\n\r\xa0"))
_APOSTROPHES = dict.fromkeys(map(ord, "'`\u00b4\u2019\u2032\uff07"))
_COMMA = {ord(","): ".", ord("."): None}
_POINT = {ord(","): None}
_UNITS = pattern(r"([\d.,\s]+?)\s*([^\d.,\s][^\d]*?)\s*(\d{1,2})\s*([^\d.,]*)", re.ASCII)

__all__ = ["TransformError", "transform"]
_OLD = pattern(r"date((?:day|month|year)+)([a-z]*)")
_PARTS = pattern(r"day|month|year")
_LONGEST = 2_000  # characters: a number has a thousand digits at most
_GAP = r"[^0-9]+?"
_DAY, _YEAR = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4}|[0-9]{1,2})"
_CJK = pattern(r"\s*(?:(?P<year>\d{1,4})\s*年\s*)?(?:(?P<month>\d{1,2})\s*月\s*)?(?:(?P<day>\d{1,2})\s*日\s*)?")
_ERA = pattern(
    r"\s*(?P<era>[^\d\s元]+?)\s*(?P<count>\d{1,2}|元)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*日)?\s*"
)


def transform(name: str, namespaces: Mapping[str | None, str], text: str) -> str:
    """Return what *text* says by the format *name*, whose prefix *namespaces* know.

    >>> spaces = {"ixt": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"}
    >>> transform("ixt:num-dot-decimal", spaces, "1,234.5"), transform("ixt:date-monthname-day-year-en", spaces, "June 30, 2024")
    ('1234.5', '2024-06-30')
    """
    prefix, _, local = name.rpartition(":")
    return _transform(namespaces.get(prefix or None) or _UNBOUND.get(prefix, ""), local, name, text)


@lru_cache(maxsize=8192)
def _transform(uri: str, local: str, name: str, text: str) -> str:
    if uri.startswith(_SEC):
        return transform_sec(local, text)
    if not _REGISTRY.fullmatch(uri):
        raise TransformError(f"{name} is of no registry that is known")
    key = local.replace("-", "").lower()
    if key in _FIXED:
        return _FIXED[key]
    if len(text) > _LONGEST:
        raise TransformError(f"{text[:20]!r}… is too long for {name}")
    if key.startswith("date"):
        return transform_date(local, text.translate(_FULL_WIDTH).translate(_DEVANAGARI))
    if key in {"zerodash", "numdash"}:
        if not _DASHES.fullmatch(text.strip()):
            raise TransformError(f"{text.strip()!r} is no dash")
        return "0"
    if key.startswith("numunitdecimal"):
        return _units(text)
    if key.startswith("num"):
        return _number(key, text)
    raise TransformError(f"{name} is no format that is known")


def _number(key: str, text: str) -> str:
    """Read a number whose name says which mark groups its digits and which comes before its decimals."""
    plain = text.translate(_FULL_WIDTH).translate(_DEVANAGARI).translate(_BLANKS)
    if key.endswith("apos"):
        plain = plain.translate(_APOSTROPHES)
    comma = key.removeprefix("num").startswith(("commadecimal", "dotcomma", "spacecomma")) or key == "numcomma"
    plain = plain.translate(_COMMA if comma else _POINT)
    if not _NUMBER.fullmatch(plain) or not any(map(str.isdigit, plain)):
        raise TransformError(f"{text.strip()!r} is no number")
    whole, point, decimals = plain.partition(".")
    return f"{whole or '0'}{point if decimals else ''}{decimals}"


def _units(text: str) -> str:
    """Read a number in two units, of which the smaller one is a hundredth: "12 dollars 5 cents" is 12.05."""
    found = _UNITS.fullmatch(text.translate(_FULL_WIDTH).translate(_DEVANAGARI).strip())
    if found is None:
        raise TransformError(f"{text.strip()!r} is no number in two units")
    return f"{re.sub(r'[^0-9]', '', found[1])}.{found[3].zfill(2)}"


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
