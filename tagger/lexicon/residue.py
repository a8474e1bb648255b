"""Residue: the words of a heading over a column that were not understood, so that no period is taken from half of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from tagger.characters import lowered
from tagger.lexicon.phrase import words
from tagger.lexicon.ranges import find_atoms, unbroken
from tagger.lexicon.scales import parse_scales, scale_places
from tagger.patterns import regex_pattern


def residue(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the words of heading cells stacked over one column that name no time and are not known to change nothing.

    Cells that name no time at all are names of columns, and not looked into, but for digits and words that name
    a time of no certain length.

    >>> residue(["Year Ended December 31,", "2015 (1) (unaudited)"]), residue(["Retail", "2011"])
    ((), ())
    >>> residue(["Harvest Season 2011"]), residue(["Season", "2011"]), residue(["2011", "1 2"])
    (('Harvest', 'Season'), ('Season',), ('1', '2'))
    >>> residue(["Q4-9"]), residue(["Q4-09"])
    (('9',), ())
    """
    return _residue(tuple(parts))


@lru_cache(maxsize=1024)
def _residue(parts: tuple[str, ...]) -> tuple[str, ...]:
    joined = unbroken(" ".join(parts))
    spans = [(atom.start, atom.end) for atom in find_atoms(joined)]
    return tuple(_left_over(joined, parts, spans))


def _left_over(joined: str, parts: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    start = 0
    scales = scale_places(joined) if spans else []
    for part in parts:
        end = start + len(part)
        inside = [(first, last) for first, last in spans if first < end and last > start]
        scaled = not inside and parse_scales(part) is not None
        told = [*inside, *scales] if inside else ()
        for word in () if scaled else _words(joined, start, end, told):
            low = lowered(word)
            if low in _unmeasured() or (low not in _idle() and (inside or word[0].isdigit())):
                yield word
        start = end + 1


def _words(joined: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield the words and numbers of a cell outside *spans*, without the marks of notes.

    Of a word that one of them ends in the digits behind it are left: "9" of "Q4-9", of which only "Q4" was read.
    """
    for found in _WORD.finditer(joined, start, end):
        if found.lastgroup == "word":
            covered = max((last for first, last in spans if first <= found.start() < last), default=None)
            left = [found] if covered is None else _DIGITS.finditer(joined, covered, found.end())
            yield from (word[0] for word in left if not any(first <= word.start() < last for first, last in spans))


_DIGITS = regex_pattern(r"\d+")
_WORD = regex_pattern(
    r"(?P<mark>[(\[]\s*+(?:\d{1,2}|\p{L}{1,2}|[ivx]{1,4})\s*+[)\]]|[*†‡#^]++|(?i:(?:foot)?notes?\s*+\d{1,2}(?:\s*(?:,|&|and)\s*\d{1,2})*+\b))"
    r"|(?P<word>\d[\d,.]*+|\p{L}[\p{L}\d'’-]*+)"
)


@cache
def _idle() -> frozenset[str]:
    return frozenset((*words()["idle"], *words()["scope"], *words()["weekdays"]))


@cache
def _unmeasured() -> frozenset[str]:
    return frozenset(words()["unmeasured"])


@lru_cache(maxsize=512)
def is_unmeasured(string: str) -> bool:
    """Whether *string* names a time of no certain length: a season, a campaign.

    >>> is_unmeasured("Results of the harvest season"), is_unmeasured("Results of the quarter")
    (True, False)
    """
    return any(lowered(found[0]) in _unmeasured() for found in _WORD.finditer(string))
