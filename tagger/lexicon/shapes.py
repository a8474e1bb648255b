r"""Shapes: patterns written with the lexicon's words, for those who look at what a line is made of and read nothing.

Words of the lexicon stand in a pattern as the `regex` package writes named lists: ``\L<month>``. So a word is taught to
the readers and to those who only tell a heading from a label by the same entry.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import regex

from tagger.characters import lowered
from tagger.data import load_json
from tagger.lexicon.branches import months, numbers
from tagger.lexicon.numerals import currencies, dashes, marks, minus_marks, scale_words
from tagger.lexicon.phrase import words
from tagger.patterns import Later, compiled, pattern

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

    Shape = regex.Pattern[str]
    Found = regex.Match[str]
else:
    Shape = Found = object

_NAMED = pattern(r"\\L<(\w+)>")
_FIGURES = {
    "year": r"(?:19|20)\d\d",
    "grouped": r"\d{1,3}(?:,\d{3})++",
    "group": r",\d{3}",
    "number": r"(?:\d[\d,]*\.?\d*|\.\d+)",
    "slashed": r"\d{1,2}(?:/\d{1,2}/|-\d{1,2}-)(?:\d\d)?\d\d",
    "coded": r"(?:[1-4]q|q[1-4])",
    "year_to_date": r"year[ -]to[ -]date",
}
"""How figures of a year, a number, a date and a quarter are printed; the other names stand for lists of words."""


_YEAR = pattern(_FIGURES["year"])


def shape(pattern: str, *, case: bool = False, verbose: bool = False) -> Shape:
    r"""Return *pattern* with the words of the lexicon in it; with *case* capitals count.

    >>> dated = shape(r"\b\L<month>\.?\s+\d{1,2},\s+\L<year>\b")
    >>> dated.search("As of Sept. 30, 2024").group(), dated.search("Section 30, 2024")
    ('Sept. 30, 2024', None)
    """
    flags = (0 if case else regex.IGNORECASE) | (regex.VERBOSE if verbose else 0)
    return cast("Shape", Later(lambda: _compiled(pattern, flags), sys._getframe(1).f_globals))


def _compiled(pattern: str, flags: int) -> Shape:
    text: str = _NAMED.sub(lambda named: _FIGURES.get(named[1], named[0]), pattern)
    lists: dict[str, Any] = {name: listed(name) for name in _NAMED.findall(text)}
    return compiled(text, flags, **lists)


def is_year(string: str) -> bool:
    """Whether *string* is four digits that are a year."""
    return _YEAR.fullmatch(string) is not None


def opens_figure(character: str) -> bool:
    """Whether *character* may stand right before the digits of a figure."""
    return character in "(" or character in minus_marks() or character in listed("signs")


def holds(string: str, *names: str) -> bool:
    """Whether a word of the lists *names* stands anywhere in *string*, inside of other words too: told before a shape is tried.

    >>> holds("weekends", "units"), holds("a weekly", "ended")
    (True, False)
    """
    return bool(_told(names).find_matches_as_indexes(lowered(string)))


@cache
def _told(names: tuple[str, ...]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick  # it is as large as all of `regex`

    return AhoCorasick([word for name in names for word in listed(name)])


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words for which *name* stands in a shape.

    >>> "thousands" in listed("scales"), "million" in listed("scale"), "€" in listed("signs")
    (True, True, True)
    """
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, Iterable[str]]:
    return {
        "month": [name for name in months() if name.isalpha()],
        **words()["units"],
        "units": [word for unit in words()["units"].values() for word in unit],
        "counted": [word for unit in ("months", "weeks", "quarters", "days") for word in words()["units"][unit]],
        "spoken": [word for unit in ("years", "quarters", "periods") for word in words()["units"][unit]],
        "counts": [word for word in numbers() if word.isalpha()],
        "fiscal": words()["fiscal"],
        "ended": words()["ended"],
        "spans": [*words()["ended"], "months", "weeks", "quarter"],
        "timely": [
            *words()["ended"],
            *(word for unit in words()["units"].values() for word in unit),
            *(m for m in months() if len(m) > 3 and m.isalpha()),
        ],
        "nth": words()["ordinals"],
        "scales": [word for word, power in scale_words().items() if power > 2 and word not in marks()["scales"]],
        "scale": marks()["scales"],
        "money": [*marks()["names"], *(code.lower() for code in marks()["codes"]), "rmb"],
        "signs": [sign for sign in currencies() if len(sign) == 1],
        "dashes": dashes(),
        "companies": load_json("companies")["marks"],
        "stages": load_json("words")["stages"],
        "nil": [word for word in marks()["zero_words"] if word.isalpha()],
        "void": [word for word in marks()["nothing"] if not word.isalpha()],
        "weekdays": words()["weekdays"],
        **{name: words()[name] for name in ("changes", "leads", "links", "compared", "audits", "footers")},
    }
