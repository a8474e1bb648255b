"""The SEC's own transformations: durations and numbers in words, ballot boxes, states, exchanges."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tagger.data import load_json
from tagger.loading.errors import TransformError
from tagger.patterns import pattern

_UNIT = pattern(r"\b(year|month|week|day|hour)s?\b", re.I)
_WORD = pattern(r"[a-z]+|\d+(?:\.\d+)?")
_DAYS_A_MONTH = Decimal("30.4375")


def transform_sec(name: str, text: str) -> str:
    """Return what *text* says by the SEC's format *name*.

    >>> transform_sec("durwordsen", "eighteen months"), transform_sec("duryear", "2.5"), transform_sec("boolballotbox", "\u2612")
    ('P18M', 'P2Y6M', 'true')
    """
    plain = " ".join(text.split())
    if (table := _words("formats").get(name)) is not None:
        found = _words(table).get(plain.lower().rstrip("."))
    else:
        found = _computed(name, plain)
    if found is None:
        raise TransformError(f"{plain!r} says nothing by {name}")
    return str(found)


def _words(name: str) -> dict[str, Any]:
    """Return the list *name* of what words and signs mean."""
    found: dict[str, Any] = load_json("sec-transformations")[name]
    return found


def _computed(name: str, text: str) -> str | None:
    match name:
        case "boolballotbox":
            return _words("boxes").get(text.lower())
        case "yesnoballotbox":
            return {"true": "Yes", "false": "No"}.get(_words("boxes").get(text.lower(), ""))
        case "numwordsen":
            number = _words_number(text)
            return None if number is None else f"{number:f}"
        case "durwordsen":
            return _words_duration(text)
        case "datequarterend":
            return _quarter_end(text)
    return _duration(name, text)


def _duration(name: str, text: str) -> str | None:
    number = _words_number(text)
    if number is None or not name.startswith("dur"):
        return None
    unit = name.removeprefix("dur")
    match unit:
        case "year":
            return _written(number, 0, 0)
        case "month":
            return _written(0, number, 0)
        case "week":
            return _written(0, 0, number * 7)
        case "day":
            return _written(0, 0, number)
        case "hour":
            return f"PT{number:f}H"
    return None


def _written(years: Decimal | int, months: Decimal | int, days: Decimal | int) -> str:
    """Write a duration in whole parts: what is left of a year becomes months, of a month days."""
    whole_years = int(years)
    more = Decimal(months) + (years - whole_years) * 12
    whole_months = int(more)
    whole_days = int(days + (more - whole_months) * _DAYS_A_MONTH)
    parts = [(whole_years, "Y"), (whole_months, "M"), (whole_days, "D")]
    return "P" + ("".join(f"{count}{mark}" for count, mark in parts if count) or "0D")


def _words_duration(text: str) -> str | None:
    amounts = dict.fromkeys(("year", "month", "week", "day"), Decimal(0))
    found = list(_UNIT.finditer(text))
    done = 0
    for part in found:
        number = _words_number(text[done : part.start()].rstrip(" -"))
        unit, done = part[1].lower(), part.end()
        if number is None or unit not in amounts:
            return None
        amounts[unit] += number
    return _written(amounts["year"], amounts["month"], amounts["day"] + 7 * amounts["week"]) if found else None


def _words_number(text: str) -> Decimal | None:
    """Return the number that *text* says in digits or words.

    >>> _words_number("one hundred and thirty-nine"), _words_number("1,250"), _words_number("several")
    (Decimal('139'), Decimal('1250'), None)
    """
    words = [word for word in _WORD.findall(text.lower().replace(",", "")) if word != "and"]
    values, powers = _words("numbers"), _words("powers")
    total = current = Decimal(0)
    for word in words:
        if word in powers:
            current = max(current, Decimal(1)) * powers[word]
            if powers[word] > 100:
                total, current = total + current, Decimal(0)
        elif word in values:
            current += values[word]
        elif word[0].isdigit():
            current += Decimal(word)
        else:
            return None
    return total + current if words else None


def _quarter_end(text: str) -> str | None:
    words = re.findall(r"[a-z]+|\d+", text.lower())
    year = next((word for word in words if len(word) == 4 and word.isdecimal()), None)
    ends = _words("quarter_ends")
    end = next((ends[word] for word in words if word in ends), None)
    return f"{year}-{end}" if year and end else None
