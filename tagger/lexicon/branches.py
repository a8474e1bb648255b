"""The patterns of period words, made from the word lists: one named group for each kind of atom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from tagger.characters import lowered
from tagger.data import load_json
from tagger.lexicon import numerals
from tagger.lexicon.phrase import words
from tagger.patterns import compiled, regex_pattern

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


def alternatives(words: Iterable[str]) -> str:
    """Return *words* as one pattern, longest first, blanks and hyphens interchangeable."""
    return numerals.alternatives(set(words)).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]*")


@cache
def months() -> Mapping[str, int]:
    """Return the number of each month name, abbreviation and common misreading, lower case."""
    return MappingProxyType(load_json("month_names"))


@cache
def numbers() -> Mapping[str, int]:
    return MappingProxyType(load_json("period_numbers"))


@cache
def time_words() -> frozenset[str]:
    """Return every word, in lower case, that phrases of time are made of."""
    said = words()
    units = (form for forms in said["units"].values() for form in forms)
    named = (*said["ordinals"], *said["lengths"], *units, *said["fiscal"], *said["ended"])
    listed = (*months(), *numbers(), *named, "transition", "transitional")
    changes = (phrase for phrase in said["noise"] if " " not in phrase)
    return frozenset(word for phrase in listed for word in (phrase, *phrase.split())).union(changes)


@cache
def spoken() -> Mapping[str, int | None]:
    """Return the months of every word for a period in the singular; `None` for a period of any length."""
    return MappingProxyType({"year": 12, "month": 1, "period": None} | words()["lengths"])


@cache
def relations() -> Mapping[str, str]:
    return MappingProxyType({word: name for name, group in words()["relations"].items() for word in group})


# A word or number, as far as an atom may begin behind it: "EndedJune 30" is two words that lost their blank.
UNIT = regex_pattern(r"(?:ENDED(?=[A-Z])|\d+(?:[,.]\d+)*|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|.)", regex.DOTALL)
_LIST = regex_pattern(r"@(\w+)@")  # a word list with which an alternative begins
_COUNTED = ("months", "weeks", "quarters")
_YEAR = r"(?:19[4-9]|20[0-9])\d"
_TICK = "['’‘`´]"


class _Branch(Struct, frozen=True):
    """One alternative: a named group, and the words (or "0" for a digit) that it can begin with."""

    pattern: str
    firsts: frozenset[str]


def _branch(pattern: str, *firsts: str | Iterable[str]) -> _Branch:
    flat = (word for first in firsts for word in ([first] if isinstance(first, str) else first))
    return _Branch(pattern, frozenset(flat))


@cache
def _branches() -> tuple[_Branch, ...]:
    """Return the alternatives, each one named group; earlier ones win."""
    return (
        *_year_rows(),
        *_relation_branches(),
        *_edge_branches(),
        *_quarter_branches(),
        *_length_branches(),
        *_year_branches(),
        *_date_branches(),
    )


def _year_rows() -> Iterator[_Branch]:
    yield _branch(
        rf"(?P<years>(?<![$€£#])(?<!(?-i:[A-Z]))(?<!(?<!\d)\d\d\d-)(?:{_YEAR})+(?![\d%]|,\d{{3}}(?!\d)|\.\d|[/–-]\d\d(?![\d/])|\s*(?:shares|basis|units)))",
        "0",
    )


def _relation_branches() -> Iterator[_Branch]:
    noise, ago, quarter = words()["noise"], words()["a-year-ago"], words()["a-quarter-ago"]
    many = ("trailing", "last", "past", "rolling", "preceding", "previous", "TTM", "LTM")
    yield _branch(
        r"""(?P<trailing>(?:trailing|last|past|rolling|preceding|previous)[\s-]+(?:twelve|12|four|4)[\s-]+(?:months?|quarters)
        |(?:TTM|LTM)(?![a-z]))""",
        many,
    )
    yield _branch(
        r"(?P<todate>(?:fiscal\s+|calendar\s+)?year[\s-]*to[\s-]*date(?![a-z])|(?-i:YTD)(?!\w))",
        ("fiscal", "calendar", "year", "ytd"),
    )
    yield _branch(r"(?P<ago>(?:@ago@)(?:['’]?s)?(?!\w)(?![\s-]*(?:end\b|over\b|to\b)))", ago)
    yield _branch(r"(?P<quarterago>(?:@quarterago@)(?:['’]s)?(?!\w)(?![\s-]+(?:end|over)\b))", quarter)
    yield _branch(
        r"""(?P<longago>(?P<back>@number@|\d{1,2})[\s-]+(?P<steps>years?|quarters?)[\s-]+
        (?:ago|earlier|(?:before|prior)(?=\s*(?:[,.;:)]|$)))(?!\w))""",
        numbers(),
        "0",
    )
    yield _branch(
        rf"""(?P<noise>(?:@noise@|[yq]/[yq]|[yq]o[yq]
        |(?:suite|due|maturing|since|topic|rule|form)\s+(?:in\s+)?{_YEAR}
        |(?:@number@|\d{{1,2}})[\s-]+years?(?!\s+end(?:ed|ing)))(?!\w)
        (?![\s-]+(?:to[\s-]+date|(?:over|on)[\s-]+(?:year|quarter))(?!\w)))""",
        noise,
        ("y/y", "q/q", "yoy", "qoq", "suite", "due", "maturing", "since", "topic", "rule", "form", "0"),
        numbers(),
    )


def _edge_branches() -> Iterator[_Branch]:
    """Yield the beginning and the end of a period, and the period before or after the one spoken about."""
    said = f"(?:{alternatives(spoken())})"
    yield _branch(
        rf"""(?P<boundary>(?P<edge>beginning|start|end|close)\s+of\s+(?:the\s+|each\s+|this\s+)?(?:fiscal\s+)?
        (?P<edged>{said})(?!\w)(?!\s+end(?:ed|ing)))""",
        ("beginning", "start of", "end of", "close of"),
    )
    yield _branch(
        rf"""(?P<close>(?:(?P<whence>@relation@)[\s-]+)?(?:fiscal[\s-]+)?
        (?P<closed>{said})['’]?s?[\s-]*ends?(?!\w))""",
        relations(),
        spoken(),
        "fiscal",
    )
    yield _branch(
        r"(?P<theperiod>(?:(?<=\bthe\s)|(?<=\bthis\s))(?:reporting\s+)?period(?!\w))", ("reporting", "period")
    )
    yield _branch(
        rf"""(?P<related>(?P<relation>@relation@)[\s-]+(?:fiscal[\s-]+|reporting\s+|time\s+)?
        (?P<whose>{said})s?(?:['’]s)?(?!\w)(?!\s+end(?:ed|ing))(?![\s-]+(?:end|over)\b)
        (?!(?<=year)[\s-]+(?:ago|earlier|before|prior)\b))""",
        relations(),
    )


def _quarter_branches() -> Iterator[_Branch]:
    """Yield the quarters and halves that are counted."""
    yield _branch(
        r"""(?P<ordinal>(?:(?P<nth>@ordinal@)|(?P<digit>[1-4])(?:\s?(?:st|nd|rd|th)|["“”'’*°]{1,2}))[\s-]+
        (?:fiscal[\s-]+|calendar[\s-]+)?(?:quarters?|qtrs?\.?)(?:['’]s(?!\w))?(?!\w)(?:\s*['’‘`´](?P<oy>\d\d)(?!\d))?)""",
        words()["ordinals"],
        "0",
    )
    yield _branch(
        r"(?P<halves>(?P<which>first|second|1st|2nd|latter)[\s-]+(?:half(?:[\s-]*year)?|semester)(?!\w))",
        ("first", "second", "latter", "0"),
    )


def _length_branches() -> Iterator[_Branch]:
    number = _number()
    units, days = (
        alternatives(form for name in names for form in words()["units"][name]) for names in (_COUNTED, ("days",))
    )
    joint = r"(?:-?(?:\s*,\s*(?:and\s+)?|\s+and\s+)|\s*&\s*|\s*/\s*)"  # "three- and nine-month"
    yield _branch(r"(?P<named>(?P<name>@named@)s?(?:['’]s)?(?!\w))", words()["lengths"])
    yield _branch(
        r"(?P<single>(?:(?:one|1)[\s-]+)?(?P<one>month|week)(?=\s+end(?:ed|ing)|\s+of\s+(?-i:[A-Z])))",
        "month",
        "week",
        "one",
        "0",
    )
    yield _branch(r"(?P<unsaid>(?:@unsaid@)s?(?!\w))", words()["unsaid"])
    yield _branch(
        r"(?P<severalyears>(?:@number@|\d{1,2})(?=[\s-]+(?:fiscal\s+|calendar\s+)?years\s+end(?:ed|ing)))",
        numbers(),
        "0",
    )
    yield _branch(
        rf"""(?P<firsts>(?:first[\s-]+|through\s+(?!(?:{number})[\s-]+(?:{units})['’]?\s+(?:end(?:ed|ing)|of)(?!\w)))
        (?P<count>{number})[\s-]+(?P<counted>{units})['’]?(?!\w))""",
        "first",
        "through",
    )
    yield _branch(
        rf"""(?P<lengths>(?P<many>(?:@number@|\d{{3}}(?=[\s-]days?)|\d{{1,2}})(?:{joint}{number}){{0,3}})[\s-]*
        (?:fiscal[\s-]+|calendar[\s-]+)?
        (?P<unit>{units}|(?:{days})(?=\s+(?:periods?\s+)?end(?:ed|ing)|\s?\)))['’]?(?![a-z](?-i:(?<=[a-z]))))""",
        numbers(),
        "0",
    )


def _year_branches() -> Iterator[_Branch]:
    changes = alternatives(words()["changes"])
    second = rf"(?=\s?[/–-]\s?(?P<fys>{_YEAR}|\d\d)(?![\d/%-]|[,.]\d))?"
    yield _branch(
        rf"""(?P<fiscal>(?:(?:fiscal(?:[\s-]+years?)?|financial[\s-]+years?)[\s,]*(?:(?P<fy1>{_YEAR})|{_TICK}\s?(?P<fy2>\d\d))
        |(?-i:FY)E?\s*{_TICK}?\s?(?P<fy3>{_YEAR}|\d\d))(?![\d%]|[,.]\d){second})""",
        ("fiscal", "financial", "fy"),
    )
    yield _branch(
        rf"""(?P<code>(?:F?Q\s?(?P<q1>[1-4])(?!\d(?!\d\d\d))|(?P<q2>[1-4])F?Q(?:TR)?|H(?P<h1>[12])(?!\d)|(?P<h2>[12])H
        |(?P<m>6|9|12)M(?={_TICK}?\d\d|\s?{_YEAR})|(?-i:YE)(?P<ye>)(?=\s?{_TICK}?\d\d))
        (?:[\s,]*(?:-\s*|of\s+)?(?:FY|fiscal(?:\s+year)?)\s*{_TICK}?\s?(?P<cfy>{_YEAR}|\d\d)(?![\d%]|[,.]\d)
        |[\s,]*(?:[-/]\s*)?(?P<cy>{_YEAR})(?!\d)
        |[/-](?P<cy5>\d\d)(?![\d/%-]|[,.]\d)
        |[\s,]*{_TICK}\s?(?P<cy2>\d\d)(?![\d%]|[,.]\d)
        |(?P<cy3>\d\d)(?![\d%]|[,.]\d)
        |\s(?P<cy4>\d\d)(?=\s*$|\s+(?:(?-i:Q[1-4]|[1-4]Q|FY|YTD|vs)|%|(?:{changes})\b)))?
        (?![a-eg-z]))""",
        ("q1", "q2", "q3", "q4", "fq1", "fq2", "fq3", "fq4", "q 1", "q 2", "q 3", "q 4", "h1", "h2", "ye", "0"),
    )
    yield _branch(
        r"""(?P<annual>(?P<full>(?:full[\s-]+)?(?:fiscal[\s-]+|calendar[\s-]+|financial[\s-]+)?)years?(?:['’]s)?(?!\w)
        (?![\s-]+(?:end|over|through|thru|until)\b)(?![\s-]+to\b(?!\s+(?:\d{1,2}\s|"""
        + alternatives(months())
        + r""")\b)))""",
        ("full", "fiscal", "financial", "calendar", "year"),
    )


def _date_branches() -> Iterator[_Branch]:
    month = alternatives(months())
    yield _branch(
        rf"""(?P<date>(?P<dm>@month@)(?![a-z])\.?(?:\s*|-(?=\d\d?-{_YEAR}))(?:28\s?/\s?(?=29(?!\d)))?(?P<dd>29(?=\s?/\s?28(?!\d))|[12]\d|3[01]|0?[1-9])
        (?:st|nd|rd|th|\s?/\s?28(?![\d/]))?(?={_YEAR}|\D|$)
        (?![,.]\d\d\d(?!\d)|\s*%)(?:(?:[,.]?\s*{_TICK}|/)(?P<dy>\d\d)(?![\d/])|\s*[,.;]\s*(?={_YEAR}))?)""",
        months(),
    )
    yield _branch(
        rf"(?P<month>(?P<mm>@month@)(?![a-z])\.?(?:\s*{_TICK}\s*(?P<my1>\d\d)(?!\d)|-(?P<my2>\d\d)(?!\d|-{_YEAR}))?)",
        months(),
    )
    yield _branch(
        rf"(?P<slashed>(?P<nm>0?[1-9]|1[0-2])(?P<nsep>[/-])(?P<nd>0?[1-9]|[12]\d|3[01])(?P=nsep)(?P<ny>{_YEAR}|\d\d)(?![\d/-]))",
        "0",
    )
    yield _branch(
        r"(?P<yearless>(?<=(?i:ended|ending)\s{1,3})(?P<ym>0?[1-9]|1[0-2])/(?P<yd>0?[1-9]|[12]\d|3[01])(?![\d/]))", "0"
    )
    numbered = (
        r"(?P<ed>1[3-9]|2\d|3[01])(?P<es>[./-])(?P<em>0?[1-9]|1[0-2])"  # the day is told by its size, or by itself
    )
    yield _branch(
        rf"""(?P<numbered>(?:{numbered}|(?P<bm>0?[1-9]|1[0-2])(?P<bs>-)(?P<bd>1[3-9]|2\d|3[01])
        |(?P<td>0?[1-9]|1[0-2])(?P<ts>[.-])(?P=td))(?:(?P=es)|(?P=bs)|(?P=ts))(?P<ey>{_YEAR})(?![\d./-]))""",
        "0",
    )
    yield _branch(rf"(?P<iso>(?P<iy>{_YEAR})-(?P<im>0[1-9]|1[0-2])-(?P<id>0[1-9]|[12]\d|3[01])(?![\d-]))", "0")
    yield _branch(
        rf"""(?P<dayfirst>(?P<fd>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:\s+(?:of\s+)?|-)(?P<fm>{month})(?![a-z])
        (?:(?:-|\.?\s(?=\d\d(?:\s*$|\s+\d\d?\s(?:{month})(?![a-z]))))(?P<fdy>\d\d)(?!\d)|\.?,?(?=\s*{_YEAR}(?!\d)|\s*$|-{_YEAR}|\s*(?:{alternatives(words()["range"])}|and|[–—-])\s*\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{month})(?![a-z]))))""",
        "0",
    )


@cache
def _number() -> str:
    """Return a pattern of any number, shorter than the list of all."""
    units = alternatives(word for word, value in numbers().items() if value < 10)
    tens = alternatives(word for word, value in numbers().items() if value >= 20 and value % 10 == 0)
    teens = alternatives(word for word, value in numbers().items() if 10 <= value < 20)
    return rf"(?:(?:{tens})(?:[\s-]*(?:{units}))?|{teens}|{units}|\d{{1,3}})"


@cache
def number() -> regex.Pattern[str]:
    """Return a pattern of one number, in digits or words."""
    return compiled(_number(), regex.IGNORECASE)


class _Patterns(dict[str, "regex.Pattern[str]"]):
    """For each first character the alternatives that can begin with it, compiled when it is first met."""

    def __missing__(self, character: str) -> regex.Pattern[str]:
        initial = _initial(character)
        if initial != character:
            self[character] = self[initial]
        else:
            self[character] = compiled(_text(initial), regex.VERBOSE | regex.IGNORECASE)
        return self[character]


@cache
def patterns() -> Mapping[str, regex.Pattern[str]]:
    """Return, for each first character, the alternatives that can begin with it."""
    return _Patterns()


def _text(initial: str) -> str:
    """Join the alternatives that can begin with *initial*, each word list in front cut down to such words."""
    text = "|".join(branch.pattern for branch in _branches() if initial in map(_initial, branch.firsts))
    return _LIST.sub(lambda match: _begun(match[1], initial), text) or "(?!)"


def _begun(name: str, initial: str) -> str:
    return alternatives(word for word in _lists()[name] if _initial(word) == initial) or "(?!)"


def _initial(word: str) -> str:
    return "0" if word[0].isdigit() else lowered(word[0])


@cache
def _lists() -> Mapping[str, Iterable[str]]:
    return {
        "named": words()["lengths"],
        "unsaid": words()["unsaid"],
        "ago": words()["a-year-ago"],
        "quarterago": words()["a-quarter-ago"],
        "noise": words()["noise"],
        "number": numbers(),
        "relation": relations(),
        "ordinal": words()["ordinals"],
        "month": months(),
    }


def may_name_time(string: str) -> bool:
    """Whether *string* holds what every string that names a time does; most strings of a release do not."""
    return _CODED.search(string) is not None or bool(_telling().find_matches_as_indexes(lowered(string)))


_CODED = regex_pattern(r"(?:19|20)\d\d|\d\s?[Qq/H]|\dM\d|[QqH'’‘]\s?\d|FY|YE|YTD|[TL]TM")


@cache
def _telling() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick

    said = words()
    forms = (form for forms in said["units"].values() for form in forms)
    return AhoCorasick(
        [*(name[:3] for name in months()), *forms, *said["lengths"], *said["unsaid"], *said["fiscal"], "trailing"]
    )


@cache
def skipped() -> re.Pattern[str]:
    """Return a quick pattern for all that stands before the next place where an atom may begin.

    An atom begins with a word, and that with a few known letters; trying every alternative at every word
    would cost ten times the time.
    """
    tails: dict[str, set[str]] = {}
    for branch in _branches():
        for first in branch.firsts:
            if not first[0].isdigit():
                tails.setdefault(lowered(first[0]), set()).add(lowered(first[1:6]))
    letters = "|".join(
        f"[{initial}{initial.upper()}](?:{'|'.join(_caseless(tail) for tail in sorted(group))})"
        for initial, group in sorted(tails.items())
    )
    # what a number stands before, or its joint
    named = (*months(), *words()["fiscal"], *words()["units"]["days"], "and")
    behind = "|".join(sorted({_caseless(name[:3]) for name in named}))
    digits = rf"""\d{{1,2}}(?:[\s-]{{0,3}}(?:[Mm][Oo]|[Qq][Uu]|[Ww][EeKk]|[Yy][Ee]|(?:of\ )?(?:{behind}))|[Ff]?[QqHhM]|[/-]\d|\.\d\d?\.\d
|\d\ ?-?[Dd][Aa][Yy]|["“”'’*°]|\s?(?:st|nd|rd|th|ST|ND|RD|TH)\b|\s?(?:,|and|&)\s?\d\d?[\s-])"""
    # Not `regex`, which takes half as long again for this; it matches everywhere and never goes back, so it needs no time limit.
    return re.compile(rf"(?:[^A-Za-z0-9]+|(?!{letters}|(?:19|20)\d\d|{digits}){UNIT.pattern})*", re.VERBOSE)


def _caseless(tail: str) -> str:
    return "".join(
        r"[\s-]{1,3}"
        if char == " "
        else r"[\s-]{0,3}"
        if char == "-"
        else f"[{char}{char.upper()}]"
        if char.isalpha()
        else regex.escape(char)
        for char in tail
    )
