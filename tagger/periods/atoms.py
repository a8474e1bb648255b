"""Atoms of period phrases: one pass of one pattern over a string finds dates, years, lengths and relations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from tagger.data import load_json

Said = Mapping[str, Any]

# Most strings of a release name no time: a cheap look for one of these decides.
_HINT = re.compile(
    r"(?:19|20)\d\d|\d/\d|[Qq'’‘]\s?\d|\d\s?[QqH]|H\d|FY|YE|YTD|TTM|LTM|(?i:quarter|month|week|year|fiscal|period|half"
    r"|jan|feb|mar|apr|may|ju[nl1ity]|aug|sep|scp|oct|nov|dec|trailing)"
)


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest piece that says something of a time.

    *kind* is date, month, year, fiscal, length, quarter, half, relation, trailing, to-date, end or noise.
    *bound* atoms were written as one with the atom before ("Q1'24", "12/31/24"). *weak* ones
    ("nine months", "quarter", "March") name a period only where something near them says so.
    """

    start: int
    end: int
    kind: str
    said: Said = field(default_factory=dict)
    bound: bool = False
    weak: bool = False


def find_atoms(string: str) -> tuple[Atom, ...]:
    """Return the atoms of *string*, left to right; nothing at all for most strings."""
    if not _HINT.search(string):
        return ()
    return tuple(_atoms(string))


def _atoms(string: str) -> Iterator[Atom]:
    patterns, done = _patterns(), 0
    for start in _starts().finditer(string):
        if start.start() < done:
            continue
        match = patterns[start.group()].match(string, start.start())
        if match:
            done = match.end()
            yield from _READERS[match.lastgroup or ""](match)


def _alternatives(words: Iterable[str]) -> str:
    """Return *words* as one pattern, longest first, blanks and hyphens interchangeable."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]*") for word in ordered)


@cache
def months() -> Mapping[str, int]:
    """Return the number of each month name, abbreviation and common misreading, lower case."""
    return MappingProxyType(load_json("month_names"))


@cache
def _numbers() -> Mapping[str, int]:
    return MappingProxyType(load_json("period_numbers"))


@cache
def words() -> Mapping[str, Any]:
    """Return the word lists of period phrases."""
    return MappingProxyType(load_json("period_words"))


@cache
def _relations() -> Mapping[str, str]:
    return MappingProxyType({word: name for name, group in words()["relations"].items() for word in group})


_YEAR = r"(?:19[4-9]|20[0-9])\d"
_TICK = "['’‘`´]"


@dataclass(frozen=True, slots=True)
class _Branch:
    """One alternative: a named group, and the words (or "0" for a digit) that it can begin with."""

    pattern: str
    firsts: frozenset[str]


def _branch(pattern: str, *firsts: str | Iterable[str]) -> _Branch:
    flat = (word for first in firsts for word in ([first] if isinstance(first, str) else first))
    return _Branch(pattern, frozenset(flat))


def _branches() -> Iterator[_Branch]:
    """Yield the alternatives, each one named group; earlier ones win."""
    yield from _relation_branches()
    yield from _length_branches()
    yield from _year_branches()
    yield from _date_branches()


def _relation_branches() -> Iterator[_Branch]:
    noise, ago, relation = words()["noise"], words()["a-year-ago"], _alternatives(_relations())
    many = ("trailing", "last", "past", "rolling", "preceding", "previous", "TTM", "LTM")
    yield _branch(
        r"""(?P<trailing>(?:trailing|last|past|rolling|preceding|previous)[\s-]+(?:twelve|12|four)[\s-]+(?:months?|quarters)
        |(?:TTM|LTM)(?![a-z]))""",
        many,
    )
    yield _branch(
        r"(?P<todate>(?:fiscal\s+|calendar\s+)?year[\s-]*to[\s-]*date(?![a-z])|(?-i:YTD)(?!\w))",
        ("fiscal", "calendar", "year", "ytd"),
    )
    yield _branch(rf"(?P<ago>(?:{_alternatives(ago)})(?:['’]?s)?(?!\w)(?![\s-]*(?:end\b|over\b|to\b)))", ago)
    yield _branch(
        rf"""(?P<noise>(?:{_alternatives(noise)}|[yq]/[yq]|[yq]o[yq]
        |(?:suite|due|maturing|since|topic|rule|form)\s+(?:in\s+)?{_YEAR}
        |{_number()}[\s-]+years?(?!\s+end(?:ed|ing)))(?!\w))""",
        noise,
        ("y/y", "q/q", "yoy", "qoq", "suite", "due", "maturing", "since", "topic", "rule", "form", "0"),
        _numbers(),
    )
    yield _branch(
        r"""(?P<boundary>(?P<edge>beginning|start|end|close)\s+of\s+(?:the\s+|each\s+|this\s+)?(?:fiscal\s+)?
        (?P<edged>year|period|quarter|month)(?!\w)(?!\s+end(?:ed|ing)))""",
        ("beginning", "start of", "end of", "close of"),
    )
    yield _branch(
        rf"""(?P<close>(?:(?P<whence>{relation})[\s-]+)?(?:fiscal[\s-]+)?
        (?P<closed>year|quarter|period|month)['’]?s?[\s-]*ends?(?!\w))""",
        _relations(),
        ("fiscal", "year", "quarter", "period", "month"),
    )
    yield _branch(
        r"(?P<theperiod>(?:(?<=\bthe\s)|(?<=\bthis\s))(?:reporting\s+)?period(?!\w))", ("reporting", "period")
    )
    yield _branch(
        rf"""(?P<related>(?P<relation>{relation})[\s-]+(?:fiscal[\s-]+|reporting\s+)?
        (?P<whose>quarter|period|year)s?(?:['’]s)?(?!\w)(?!\s+end(?:ed|ing))(?![\s-]+(?:end|over)\b))""",
        _relations(),
    )


def _length_branches() -> Iterator[_Branch]:
    number, ordinals = _number(), words()["ordinals"]
    joint = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*/\s*)"
    yield _branch(
        rf"""(?P<ordinal>(?:(?P<nth>{_alternatives(ordinals)})|(?P<digit>[1-4])(?:\s?(?:st|nd|rd|th)|["“”'’*°]{{1,2}}))[\s-]+
        (?:fiscal[\s-]+|calendar[\s-]+)?(?:quarters?|qtrs?\.?)(?:['’]s)?(?!\w))""",
        ordinals,
        "0",
    )
    yield _branch(
        r"(?P<halves>(?P<which>first|second|1st|2nd|latter)[\s-]+half(?!\w))", ("first", "second", "latter", "0")
    )
    yield _branch(
        rf"(?P<firsts>first[\s-]+(?P<count>{number})[\s-]+(?P<counted>month|week|quarter)s?['’]?(?!\w))", "first"
    )
    yield _branch(
        rf"""(?P<lengths>(?P<many>{number}(?:{joint}{number})*)[\s-]*
        (?P<unit>months?|mos\.?|weeks?|wks\.?)['’]?(?![a-z](?-i:(?<=[a-z]))))""",
        _numbers(),
        "0",
    )


def _year_branches() -> Iterator[_Branch]:
    yield _branch(
        rf"""(?P<fiscal>(?:fiscal(?:[\s-]+years?)?[\s,]*(?:(?P<fy1>{_YEAR})|{_TICK}\s?(?P<fy2>\d\d))
        |(?-i:FY)E?\s*{_TICK}?\s?(?P<fy3>{_YEAR}|\d\d))(?![\d%]|[,.]\d))""",
        ("fiscal", "fy"),
    )
    yield _branch(
        rf"""(?P<code>(?:Q\s?(?P<q1>[1-4])(?!\d(?!\d\d\d))|(?P<q2>[1-4])Q(?:TR)?|H(?P<h1>[12])|(?P<h2>[12])H
        |(?P<m>6|9|12)M(?={_TICK}?\d\d|\s?{_YEAR})|(?-i:YE)(?P<ye>)(?=\s?{_TICK}?\d\d))
        (?:[\s,]*(?:-\s*|of\s+)?(?:FY|fiscal(?:\s+year)?)\s*{_TICK}?\s?(?P<cfy>{_YEAR}|\d\d)(?![\d%]|[,.]\d)
        |[\s,]*(?:-\s*)?(?P<cy>{_YEAR})(?!\d)
        |[\s,]*{_TICK}\s?(?P<cy2>\d\d)(?![\d%]|[,.]\d)
        |(?P<cy3>\d\d)(?![\d%]|[,.]\d)
        |\s(?P<cy4>\d\d)(?=\s*$|\s+(?-i:Q[1-4]|[1-4]Q|vs)))?
        (?![a-eg-z]))""",
        ("q1", "q2", "q3", "q4", "q 1", "q 2", "q 3", "q 4", "h1", "h2", "ye", "0"),
    )
    yield _branch(
        r"""(?P<annual>(?P<full>(?:full[\s-]+)?(?:fiscal[\s-]+|calendar[\s-]+)?)years?(?:['’]s)?(?!\w)
        (?![\s-]+(?:end|over|to)\b))""",
        ("full", "fiscal", "calendar", "year"),
    )
    yield _branch(
        r"(?P<quarterly>(?:quarter|qtr\.?|quarterly\s+period|interim\s+period)s?(?:['’]s)?(?!\w))",
        ("quarter", "qtr", "interim"),
    )


def _date_branches() -> Iterator[_Branch]:
    month = _alternatives(months())
    yield _branch(
        rf"""(?P<date>(?P<dm>{month})(?![a-z])\.?\s*(?P<dd>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?={_YEAR}|\D|$)
        (?![,.]\d\d\d(?!\d)|\s*%)(?:[,.]?\s*{_TICK}(?P<dy>\d\d)(?!\d)|\s*[,.;]\s*(?={_YEAR}))?)""",
        months(),
    )
    yield _branch(
        rf"(?P<month>(?P<mm>{month})(?![a-z])\.?(?:\s*{_TICK}\s*(?P<my1>\d\d)(?!\d)|-(?P<my2>\d\d)(?!\d))?)", months()
    )
    yield _branch(
        rf"(?P<slashed>(?P<nm>0?[1-9]|1[0-2])/(?P<nd>0?[1-9]|[12]\d|3[01])/(?P<ny>{_YEAR}|\d\d)(?![\d/]))", "0"
    )
    yield _branch(rf"(?P<iso>(?P<iy>{_YEAR})-(?P<im>0[1-9]|1[0-2])-(?P<id>0[1-9]|[12]\d|3[01])(?![\d-]))", "0")
    yield _branch(
        rf"""(?P<dayfirst>(?P<fd>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:\s+(?:of\s+)?|-)(?P<fm>{month})(?![a-z])
        (?:-(?P<fdy>\d\d)(?!\d)|\.?,?(?=\s*{_YEAR}(?!\d)|\s*$|-{_YEAR})))""",
        "0",
    )
    yield _branch(
        rf"(?P<years>(?<![$€£#])(?<!(?<!\d)\d\d\d-)(?:{_YEAR})+(?![\d%]|,\d{{3}}(?!\d)|\.\d|-\d\d(?!\d)|\s*(?:shares|basis|units)))", "0"
    )


@cache
def _number() -> str:
    return rf"(?:{_alternatives(_numbers())}|\d{{1,2}})"


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Return, for each first character, the alternatives that can begin with it."""
    grouped: dict[str, list[str]] = {}
    for branch in _branches():
        for initial in dict.fromkeys(sorted(_initials(branch))):
            grouped.setdefault(initial, []).append(branch.pattern)
    flags = re.VERBOSE | re.IGNORECASE
    return MappingProxyType({initial: re.compile("|".join(group), flags) for initial, group in grouped.items()})


def _initials(branch: _Branch) -> Iterator[str]:
    for first in branch.firsts:
        yield from "0123456789" if first[0].isdigit() else (first[0].lower(), first[0].upper())


@cache
def _starts() -> re.Pattern[str]:
    """Return a quick pattern for the places where an atom may begin: its first characters, at the begin of a word.

    Trying every alternative at every word costs ten times the time.
    """
    tails: dict[str, set[str]] = {}
    for branch in _branches():
        for first in branch.firsts:
            if not first[0].isdigit():
                tails.setdefault(first[0].lower(), set()).add(first[1:4].lower())
    letters = "|".join(
        f"[{initial}{initial.upper()}](?={'|'.join(_caseless(tail) for tail in sorted(group))})"
        for initial, group in sorted(tails.items())
    )
    digits = r"""\d?(?:[\s-]{0,3}(?:[Mm][Oo]|[Ww][EeKk]|[Yy][Ee]|(?:of\ )?[JFMASONDjfmasond][A-Za-z][A-Za-z])|[QqHhM]|/\d|["“”'’*°]
        |\s?(?:st|nd|rd|th|ST|ND|RD|TH)\b|\s?(?:,|and|&)\s?\d)"""
    # "EndedJune 30" and "30,2025": a capital after a small letter also begins a word, as text that lost its blanks
    # has it; a digit never begins one inside a number.
    return re.compile(
        rf"""(?:{letters}|1(?=9\d\d)|2(?=0\d\d)|[0-9](?={digits}))
        (?:(?<![A-Za-z0-9].)(?<!\d[,./].)|(?<=[a-z][A-Z])|(?<=ENDED[A-Z])|(?<=\d,[12])(?=[09]\d\d))""",
        re.VERBOSE,
    )


def _caseless(tail: str) -> str:
    return "".join(
        r"[\s-]" if char in " -" else f"[{char}{char.upper()}]" if char.isalpha() else re.escape(char) for char in tail
    )


def _century(digits: str | None) -> int | None:
    """Return the year that two or four *digits* mean: "24" is 2024, "98" is 1998."""
    if not digits:
        return None
    year = int(digits)
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def _dated(match: re.Match[str], day: str | None, month: int, year: str | None) -> Iterator[Atom]:
    """Yield a date or month, and its year when it was written with it."""
    cut = match.end() - (len(year) if year else 0)
    if day is None:
        yield Atom(match.start(), cut, "month", {"month": month}, weak=True)
    else:
        yield Atom(match.start(), cut, "date", {"month": month, "day": int(day)})
    if year:
        yield Atom(cut, match.end(), "year", {"year": _century(year)}, bound=True)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _numbers()[re.sub(r"[\s-]+", "-", word.lower()).strip("-")]


def _length(number: int, unit: str) -> dict[str, int]:
    if unit.startswith("q"):
        return {"months": 3 * number}
    return {"months": number} if unit.startswith("m") else {"weeks": number}


def _read_lengths(match: re.Match[str]) -> Iterator[Atom]:
    unit = match["unit"].lower()
    found = list(re.finditer(rf"\d+|(?:{_alternatives(_numbers())})", match["many"], re.IGNORECASE))
    for position, number in enumerate(found):
        last = position == len(found) - 1
        end = match.end() if last else match.start("many") + number.end()
        said = _length(_count(number.group()), unit)
        yield Atom(match.start("many") + number.start(), end, "length", said, weak=True)


def _read_firsts(match: re.Match[str]) -> Iterator[Atom]:
    said = _length(_count(match["count"]), match["counted"].lower())
    yield Atom(match.start(), match.end(), "length", {**said, "to_date": True})


def _read_ordinal(match: re.Match[str]) -> Iterator[Atom]:
    nth = int(match["digit"]) if match["digit"] else words()["ordinals"][match["nth"].lower()]
    yield Atom(match.start(), match.end(), "quarter", {"quarter": nth, "months": 3})


def _read_halves(match: re.Match[str]) -> Iterator[Atom]:
    half = 1 if match["which"].lower() in ("first", "1st") else 2
    yield Atom(match.start(), match.end(), "half", {"half": half, "months": 6})


def _read_code(match: re.Match[str]) -> Iterator[Atom]:
    quarter, half = match["q1"] or match["q2"], match["h1"] or match["h2"]
    year = next(((name, match[name]) for name in ("cfy", "cy", "cy2", "cy3", "cy4") if match[name]), None)
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


_UNITS = {"year": 12, "quarter": 3, "month": 1, "period": None}


def _read_boundary(match: re.Match[str]) -> Iterator[Atom]:
    prior = match["edge"].lower() in ("beginning", "start")
    said = {"months": _UNITS[match["edged"].lower()], "instant": True, "relation": "prior" if prior else ""}
    yield Atom(match.start(), match.end(), "end", said)


def _read_close(match: re.Match[str]) -> Iterator[Atom]:
    relation = _relation(match["whence"]) if match["whence"] else ""
    said = {"months": _UNITS[match["closed"].lower()], "instant": True, "relation": relation}
    yield Atom(match.start(), match.end(), "end", said)


def _read_related(match: re.Match[str]) -> Iterator[Atom]:
    relation = _relation(match["relation"])
    months = _UNITS[match["whose"].lower()]
    if relation == "prior" and months == 12:
        relation = "prior-year"
    yield Atom(match.start(), match.end(), "relation", {"relation": relation, "months": months})


def _relation(word: str) -> str:
    return _relations()[re.sub(r"[\s-]+", " ", word.lower())]


def _read_fiscal(match: re.Match[str]) -> Iterator[Atom]:
    year = _century(match["fy1"] or match["fy2"] or match["fy3"])
    yield Atom(match.start(), match.end(), "fiscal", {"fiscal_year": year})


def _read_years(match: re.Match[str]) -> Iterator[Atom]:
    for start in range(match.start(), match.end(), 4):
        yield Atom(start, start + 4, "year", {"year": int(match.string[start : start + 4])})


def _read_annual(match: re.Match[str]) -> Iterator[Atom]:
    yield Atom(match.start(), match.end(), "length", {"months": 12}, weak=not match["full"].lower().startswith("full"))


def _read_date(match: re.Match[str]) -> Iterator[Atom]:
    yield from _dated(match, match["dd"], _month(match["dm"]), match["dy"])


def _read_month(match: re.Match[str]) -> Iterator[Atom]:
    # "may" and "march" in small letters are verbs.
    if match["mm"][0].isupper() or not match["mm"].isalpha():
        yield from _dated(match, None, _month(match["mm"]), match["my1"] or match["my2"])


def _month(name: str) -> int:
    return months()[re.sub(r"\s+", " ", name.lower())]


def _one(kind: str, said: Said | None = None, *, weak: bool = False) -> Callable[[re.Match[str]], Iterator[Atom]]:
    """Return a reader of one atom that always says the same."""
    return lambda match: iter((Atom(match.start(), match.end(), kind, said or {}, weak=weak),))


def _read_iso(match: re.Match[str]) -> Iterator[Atom]:
    yield Atom(match.start("im"), match.end(), "date", {"month": int(match["im"]), "day": int(match["id"])})
    yield Atom(match.start(), match.end(), "year", {"year": int(match["iy"])}, bound=True)


_READERS: Mapping[str, Callable[[re.Match[str]], Iterator[Atom]]] = {
    "theperiod": _one("relation", {"relation": "current"}),
    "noise": _one("noise"),
    "trailing": _one("trailing", {"months": 12, "trailing": True}),
    "todate": _one("to-date", {"to_date": True}),
    "ago": _one("relation", {"relation": "prior-year"}),
    "boundary": _read_boundary,
    "close": _read_close,
    "related": _read_related,
    "ordinal": _read_ordinal,
    "halves": _read_halves,
    "firsts": _read_firsts,
    "lengths": _read_lengths,
    "fiscal": _read_fiscal,
    "code": _read_code,
    "annual": _read_annual,
    "quarterly": _one("length", {"months": 3}, weak=True),
    "date": _read_date,
    "month": _read_month,
    "slashed": lambda match: _dated(match, match["nd"], int(match["nm"]), match["ny"]),
    "iso": _read_iso,
    "dayfirst": lambda match: _dated(match, match["fd"], _month(match["fm"]), match["fdy"]),
    "years": _read_years,
}
