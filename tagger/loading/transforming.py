"""Transformations: what a printed number, date or word means by the format an inline element names.

Knows the registries 1 to 5 of XBRL International, by what they have in common, and the SEC's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from tagger.loading.dates import transform_date
from tagger.loading.errors import TransformError
from tagger.loading.sec_transforming import transform_sec

_REGISTRY = re.compile(r"http://www\.xbrl\.org/(?:2008/)?inlineXBRL/transformation(?:/\S+)?")
_SEC = "http://www.sec.gov/inlineXBRL/transformation/"
# What a document means that has lost the binding of a prefix everybody uses.
_UNBOUND = {"ixt": "http://www.xbrl.org/inlineXBRL/transformation", "ixt-sec": _SEC}
_FIXED = {
    "booleanfalse": "false", "booleantrue": "true", "fixedempty": "", "fixedfalse": "false", "fixedtrue": "true",
    "fixedzero": "0", "nocontent": "",
}  # fmt: skip
_DASHES = re.compile(r"[-\u058a\u05be\u2010-\u2015\u2e3a\u2e3b\ufe58\ufe63\uff0d]?")
_NUMBER = re.compile(r"\d*(?:\.\d*)?", re.ASCII)
_FULL_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF0C: 0x2C, 0xFF0E: 0x2E}
_DEVANAGARI = {0x966 + digit: 0x30 + digit for digit in range(10)}
_BLANKS = dict.fromkeys(map(ord, " \t\n\r\xa0"))
_APOSTROPHES = dict.fromkeys(map(ord, "'`\u00b4\u2019\u2032\uff07"))
_COMMA = {ord(","): ".", ord("."): None}
_POINT = {ord(","): None}
_UNITS = re.compile(r"([\d.,\s]+?)\s*([^\d.,\s][^\d]*?)\s*(\d{1,2})\s*([^\d.,]*)", re.ASCII)

__all__ = ["TransformError", "transform"]


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
