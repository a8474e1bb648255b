"""Atoms of period phrases: one pass over a string finds dates, years, lengths and relations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, cast

import regex
from msgspec import Struct, field

from tagger.characters import lowered
from tagger.lexicon.branches import UNIT, may_name_time, months, number, numbers, patterns, relations, skipped, spoken
from tagger.lexicon.numerals import time_limit
from tagger.lexicon.phrase import words
from tagger.patterns import regex_pattern

Said = Mapping[str, Any]
_JOINED = regex_pattern(r"[\s-]+")


class Atom(Struct, frozen=True, gc=False):
    """The smallest piece that says something of a time.

    *kind* is date, month, year, fiscal, length, quarter, half, relation, trailing, to-date, end, unsaid or noise.
    *bound* atoms were written as one with the atom before ("Q1'24", "12/31/24"). *weak* ones
    ("nine months", "quarter", "March") name a period only where something near them says so.
    """

    start: int
    end: int
    kind: str
    said: Said = field(default_factory=dict)
    bound: bool = False
    weak: bool = False


def scan(string: str) -> tuple[Atom, ...]:
    """Return the atoms of *string*, left to right; nothing at all for most strings."""
    if not may_name_time(string):
        return ()
    try:
        return tuple(_atoms(string))
    except TimeoutError:
        return ()  # a heading so long is not understood, and refused


def _atoms(string: str) -> Iterator[Atom]:
    tries, skip = patterns(), skipped()
    at, end, limit = 0, len(string), time_limit(string)
    # The pattern matches everywhere, at least the empty string.
    while (at := cast(re.Match[str], skip.match(string, at)).end()) < end:
        begun = tries[string[at]]  # most strings are short, and the limit takes longer to give than to keep
        match = begun.match(string, at, timeout=limit) if limit is not None else begun.match(string, at)
        if match:
            at = match.end()
            for atom in _READERS[match.lastgroup or ""](match):
                at = max(at, atom.end)
                yield atom
        else:
            at = cast(regex.Match[str], UNIT.match(string, at)).end()


def _century(digits: str | None) -> int | None:
    """Return the year that two or four *digits* mean: "24" is 2024, "98" is 1998."""
    if not digits:
        return None
    year = int(digits)
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def _dated(match: regex.Match[str], day: str | None, month: int, year: str | None) -> Iterator[Atom]:
    """Yield a date or month, and its year when it was written with it."""
    cut = match.end() - (len(year) if year else 0)
    if day is None:
        yield Atom(match.start(), cut, "month", {"month": month}, weak=True)
    else:
        yield Atom(match.start(), cut, "date", {"month": month, "day": int(day)})
    if year:
        yield Atom(cut, match.end(), "year", {"year": _century(year)}, bound=True)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else int(_squeezed(numbers)[_joined(word)])


def _joined(word: str) -> str:
    """Return *word* in small letters, without the blanks and hyphens that patterns let stand in it or not."""
    return _JOINED.sub("", lowered(word))


@cache
def _squeezed(listed: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    return {_joined(word): value for word, value in listed().items()}


def _length(number: int, word: str) -> dict[str, int]:
    """Return how long *number* of what *word* counts are."""
    unit = next(unit for unit, forms in words()["units"].items() if word in forms)
    return {"months": 3 * number} if unit == "quarters" else {unit: number}


def _read_lengths(match: regex.Match[str]) -> Iterator[Atom]:
    unit = lowered(match["unit"])
    found = tuple(number().finditer(match["many"]))
    for position, count in enumerate(found):
        last = position == len(found) - 1
        held = match["many"][count.end() : count.end() + 1] == "-"  # "three- and nine-month"
        end = match.end() if last else match.start("many") + count.end() + held
        said = _length(_count(count.group()), unit)
        yield Atom(match.start("many") + count.start(), end, "length", said, weak=True)


def _read_firsts(match: regex.Match[str]) -> Iterator[Atom]:
    said = _length(_count(match["count"]), lowered(match["counted"]))
    yield Atom(match.start(), match.end(), "length", {**said, "to_date": True})


def _read_single(match: regex.Match[str]) -> Iterator[Atom]:
    yield Atom(match.start(), match.end(), "length", _length(1, lowered(match["one"])), weak=True)


def _read_named(match: regex.Match[str]) -> Iterator[Atom]:
    yield Atom(match.start(), match.end(), "length", {"months": _months(match["name"])}, weak=True)


def _read_ordinal(match: regex.Match[str]) -> Iterator[Atom]:
    nth = int(match["digit"]) if match["digit"] else words()["ordinals"][lowered(match["nth"])]
    cut = match.start("oy") if match["oy"] else match.end()
    yield Atom(match.start(), cut, "quarter", {"quarter": nth, "months": 3})
    if match["oy"]:
        yield Atom(cut, match.end(), "year", {"year": _century(match["oy"])}, bound=True)


def _read_halves(match: regex.Match[str]) -> Iterator[Atom]:
    half = 1 if lowered(match["which"]) in ("first", "1st") else 2
    yield Atom(match.start(), match.end(), "half", {"half": half, "months": 6})


def _read_code(match: regex.Match[str]) -> Iterator[Atom]:
    quarter, half = match["q1"] or match["q2"], match["h1"] or match["h2"]
    year = next(((name, match[name]) for name in ("cfy", "cy", "cy2", "cy3", "cy4", "cy5") if match[name]), None)
    cut = match.start(year[0]) if year else match.end()
    if quarter:
        yield Atom(match.start(), cut, "quarter", {"quarter": int(quarter), "months": 3})
    elif half:
        yield Atom(match.start(), cut, "half", {"half": int(half), "months": 6})
    elif match["m"]:
        yield Atom(match.start(), cut, "length", {"months": int(match["m"]), "to_date": True})
    else:
        yield Atom(match.start(), cut, "end", {"months": 12, "instant": True})
    if year:
        name, kind = ("fiscal_year", "fiscal") if year[0] == "cfy" else ("year", "year")
        yield Atom(cut, match.end(), kind, {name: _century(year[1])}, bound=True)


def _read_boundary(match: regex.Match[str]) -> Iterator[Atom]:
    prior = lowered(match["edge"]) in ("beginning", "start")
    said = {"months": _months(match["edged"]), "instant": True, "relation": "prior" if prior else ""}
    yield Atom(match.start(), match.end(), "end", said)


def _read_close(match: regex.Match[str]) -> Iterator[Atom]:
    relation = _relation(match["whence"]) if match["whence"] else ""
    said = {"months": _months(match["closed"]), "instant": True, "relation": relation}
    yield Atom(match.start(), match.end(), "end", said)


def _read_related(match: regex.Match[str]) -> Iterator[Atom]:
    relation = _relation(match["relation"])
    months = _months(match["whose"])
    if relation == "prior" and months == 12:
        relation = "prior-year"
    yield Atom(match.start(), match.end(), "relation", {"relation": relation, "months": months})


def _read_long_ago(match: regex.Match[str]) -> Iterator[Atom]:
    said = {"relation": "prior", "months": 3} if match["steps"].lower().startswith("q") else {"relation": "prior-year"}
    yield Atom(match.start(), match.end(), "relation", {**said, "back": _count(match["back"])})


def _relation(word: str) -> str:
    return str(_squeezed(relations)[_joined(word)])


def _months(word: str) -> int | None:
    """Return the months of a word for a period: "semester"."""
    return cast("int | None", _squeezed(spoken)[_joined(word)])


def _read_fiscal(match: regex.Match[str]) -> Iterator[Atom]:
    name = next(name for name in ("fy1", "fy2", "fy3") if match[name])
    year, second = _century(match[name]), _century(match["fys"])
    following = year is not None and second == year + 1  # "FY17/18" is called after the year it ends in
    end = match.end("fys") if following else match.end()
    yield Atom(match.start(), end, "fiscal", {"fiscal_year": second if following else year})


def _read_years(match: regex.Match[str]) -> Iterator[Atom]:
    for start in range(match.start(), match.end(), 4):
        yield Atom(start, start + 4, "year", {"year": int(match.string[start : start + 4])})


def _read_annual(match: regex.Match[str]) -> Iterator[Atom]:
    """Yield a year; one that nothing calls full or fiscal is weak, as are several: "years", "fiscal years"."""
    full, one = lowered(match["full"]), not lowered(match[0]).endswith("years")
    whole = full.startswith("full") or (one and full != "")
    yield Atom(match.start(), match.end(), "length", {"months": 12}, weak=not whole)


def _read_date(match: regex.Match[str]) -> Iterator[Atom]:
    yield from _dated(match, match["dd"], _month(match["dm"]), match["dy"])


def _read_month(match: regex.Match[str]) -> Iterator[Atom]:
    # "may" and "march" in small letters are verbs.
    if match["mm"][0].isupper() or not match["mm"].isalpha():
        yield from _dated(match, None, _month(match["mm"]), match["my1"] or match["my2"])


def _month(name: str) -> int:
    return int(_squeezed(months)[_joined(name)])


def _one(kind: str, said: Said | None = None, *, weak: bool = False) -> Callable[[regex.Match[str]], Iterator[Atom]]:
    """Return a reader of one atom that always says the same."""
    return lambda match: iter((Atom(match.start(), match.end(), kind, said or {}, weak=weak),))


def _read_numbered(match: regex.Match[str]) -> Iterator[Atom]:
    day = match["ed"] or match["bd"] or match["td"]
    yield from _dated(match, day, int(match["em"] or match["bm"] or match["td"]), match["ey"])


def _read_iso(match: regex.Match[str]) -> Iterator[Atom]:
    yield Atom(match.start("im"), match.end(), "date", {"month": int(match["im"]), "day": int(match["id"])})
    yield Atom(match.start(), match.end(), "year", {"year": int(match["iy"])}, bound=True)


_READERS: Mapping[str, Callable[[regex.Match[str]], Iterator[Atom]]] = {
    "theperiod": _one("relation", {"relation": "current"}),
    "noise": _one("noise"),
    "trailing": _one("trailing", {"months": 12, "trailing": True}),
    "todate": _one("to-date", {"to_date": True}),
    "ago": _one("relation", {"relation": "prior-year"}),
    "longago": _read_long_ago,
    "quarterago": _one("relation", {"relation": "prior", "months": 3}),
    "boundary": _read_boundary,
    "close": _read_close,
    "related": _read_related,
    "ordinal": _read_ordinal,
    "halves": _read_halves,
    "named": _read_named,
    "single": _read_single,
    "unsaid": _one("unsaid", {"unsaid": True}),
    "severalyears": _one("noise"),
    "firsts": _read_firsts,
    "lengths": _read_lengths,
    "fiscal": _read_fiscal,
    "code": _read_code,
    "annual": _read_annual,
    "date": _read_date,
    "month": _read_month,
    "slashed": lambda match: _dated(match, match["nd"], int(match["nm"]), match["ny"]),
    "numbered": _read_numbered,
    "yearless": lambda match: _dated(match, match["yd"], int(match["ym"]), None),
    "iso": _read_iso,
    "dayfirst": lambda match: _dated(match, match["fd"], _month(match["fm"]), match["fdy"]),
    "years": _read_years,
}
