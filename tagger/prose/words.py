"""The words that tell level, change, comparison and the rest apart, as compiled patterns."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from tagger.data import load_json
from tagger.lexicon.numerals import alternatives
from tagger.lexicon.shapes import Found, Shape, shape
from tagger.patterns import pattern, regex_pattern

_PLACE = pattern(r"\{([=~]?)([a-z_]+(?:[+-][a-z_]+)*)\}")
_RUN = regex_pattern(r"[\w-]+")
_WORD = pattern(r"\w+")
_STOPS = {code: " " for code in range(128) if not re.match(r"[\w-]", chr(code))}


class Words(NamedTuple):
    """Patterns for a masked sentence. Those named *…_lead* end at the figure, *…_trail* begin after it."""

    change_lead: Shape
    change_trail: Shape
    change: Shape
    change_in: Shape
    change_in_any: Shape
    cause: Shape
    booked_lead: Shape
    said_with_lead: Shape
    results_lead: Shape
    opener: Shape
    inclusion: Shape
    shares_lead: Shape
    qualifier_trail: Shape
    dealing_trail: Shape
    dealt: Shape
    run_on: Shape
    rate_trail: Shape
    compare: Shape
    compare_lead: Shape
    others: Shape
    describing: Shape
    whole: Shape
    part_opening: Shape
    loose_part_opening: Shape
    place_opening: Shape
    brand_opening: Shape
    part_behind: Shape
    place_behind: Shape
    apposition: Shape
    had_by: Shape
    alone: Shape
    own_part: Shape
    possessors: Shape
    stated: Shape
    listed_costs: Shape
    moved_lead: Shape
    moved_trail: Shape
    states: Shape
    owners: Shape
    ended_trail: Shape
    verb: Shape
    new_clause: Shape
    gained_on: frozenset[str]
    own_clause: Shape
    ours: Shape
    cumulative: Shape
    legal_forms: frozenset[str]
    had_of: Shape
    steps_aside: frozenset[str]
    weak_compare: frozenset[str]
    flag_lead: Shape
    level_lead: Shape
    had_lead: Shape
    holding_lead: Shape
    to_lead: Shape
    yearly_lead: Shape
    noun_lead: Shape
    several: Shape
    opening_trail: Shape
    part_lead: Shape
    bound_lead: Shape
    guidance: Shape
    heading_aside: Shape
    result_per_share: Shape
    figure_in: Shape
    told_without: Shape
    both_terms: Shape
    guidance_trail: Shape
    change_behind: Shape
    cash_verb: Shape
    not_gaap: Shape
    comparable_basis: Shape
    by_principles: Shape
    composed: Shape
    not_gaap_opening: Shape
    not_gaap_trail: Shape
    restated_trail: Shape
    profit_lead: Shape
    profit_trail: Shape
    profit_verbs: frozenset[str]
    never_as: frozenset[str]
    of_no_share: frozenset[str]
    selves_alone: frozenset[str]
    losing: frozenset[str]
    by_words: frozenset[str]
    heading_words: frozenset[str]
    part_words: frozenset[str]
    hosts: frozenset[str]
    parts_called: frozenset[str]
    parts_loosely_called: frozenset[str]
    articles: frozenset[str]
    negative_signs: frozenset[str]
    result_words: frozenset[str]
    of_holders: frozenset[str]
    continuing: frozenset[str]
    changes: frozenset[str]
    verb_adverbs: frozenset[str]
    companies: frozenset[str]
    unnamed: frozenset[str]
    joints: frozenset[str]
    spoke: Shape
    clause_lead: Shape
    appositive: Shape
    join: Shape
    only_join: Shape
    sorts_listed: Shape
    not_gaap_aside: Shape
    per_share_trail: Shape
    per_share_opening: Shape
    sort_trail: Shape
    section: Shape
    loss: Shape
    profit: Shape
    down: Shape
    fillers: frozenset[str]
    before: frozenset[str]
    reporting: frozenset[str]
    idioms: frozenset[str]
    adjectives: frozenset[str]
    selves: frozenset[str]


def listed(name: str) -> tuple[str, ...]:
    """Return the word list *name*."""
    words: list[str] = load_json("prose")[name]
    return tuple(words)


@lru_cache(maxsize=64)  # one piece of a sentence is asked about by many patterns
def _words_in(text: str) -> frozenset[str]:
    """Return the words of *text*, those that hyphens join as one and each alone."""
    runs = text.translate(_STOPS).split() if text.isascii() else _RUN.findall(text)
    return frozenset((*runs, *_WORD.findall(text)) if "-" in text else runs)


class _Worded:
    """A pattern that fits nowhere without one of some phrases: most texts have none, and that is told sooner."""

    def __init__(self, pattern: Shape, phrases: set[str]) -> None:
        self._pattern = pattern
        self._firsts = {first[0] for first in map(_RUN.match, phrases) if first}

    def _may_fit(self, text: str, start: int, end: int) -> bool:
        return not self._firsts.isdisjoint(_words_in(text[start:end]))

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        return self._pattern.search(text, start, end) if self._may_fit(text, start, end) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        return self._pattern.match(text, start, end) if self._may_fit(text, start, end) else None

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> Found | None:
        return self._pattern.fullmatch(text, start, end) if self._may_fit(text, start, end) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Found]:
        return self._pattern.finditer(text, start, end) if self._may_fit(text, start, end) else iter(())


@cache
def words() -> Words:
    """Compile the word lists, once."""
    told = load_json("prose")["patterns"]
    of = {"changes": "up+down-no_change", "selves": "companies+selves", "fillers": "fillers+up+down+turned-no_change"}
    compiled: dict[str, Any] = {name: _pattern(name, template) for name, template in told.items()}
    sets: dict[str, Any] = {name: frozenset(_listed(of.get(name, name))) for name in Words._fields if name not in told}
    return Words(**compiled, **sets)


def _pattern(name: str, template: str) -> Shape:
    pattern, needed = shape(_filled(template), case=True), load_json("prose")["needed"]
    return cast("Shape", _Worded(pattern, _listed(needed[name]))) if name in needed else pattern


@cache
def joining_words() -> frozenset[str]:
    """Return the words that the pattern `join` allows between two figures, besides the one that may follow "of"."""
    phrases = _listed("joining+joins+conjunctions+join_ends+loss+profit")
    return frozenset(word for phrase in phrases for word in _RUN.findall(phrase))


@cache
def clause_words() -> frozenset[str]:
    """Return the words that begin a statement of its own behind an amount: "# in cash and expects", "and no debt"."""
    return frozenset(
        _listed("reporting+speaking+moving+up+down+announcing+guidance+stating+profit_verbs+apposed+clause_openers")
    )


def _filled(pattern: str) -> str:
    """Return *pattern* with its pieces and lists: {a+b-c} is any word of a and b and not of c, {~a} no whole word.

    In a masked sentence (see `tagger.prose.sentence`) a numeral is "#", a period phrase "@", a subject "~".
    """
    return _PLACE.sub(_filling, pattern)


def _filling(place: re.Match[str]) -> str:
    how, names = place.groups()
    if how == "=":
        return _filled(load_json("prose")["pieces"][names])
    found = alternatives(_listed(names)).replace(r"\ ", r"\s+")
    return found if how == "~" else rf"(?<![\w-])(?:{found})(?![\w-])"


def _listed(names: str) -> set[str]:
    more, _, less = names.partition("-")
    return {word for name in more.split("+") for word in listed(name)}.difference(listed(less) if less else ())
