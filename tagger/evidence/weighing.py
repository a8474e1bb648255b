"""Weighing: which concepts filers give a row like this, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from math import exp, fsum
from operator import add, mul

from tagger.catalog import Catalog, concept_in_year
from tagger.evidence.agreement import of_its_label
from tagger.evidence.candidates import GENERAL, Gathered, candidates, gathered, general_features, is_rare
from tagger.evidence.features import View, features, section_features, statement_features
from tagger.evidence.habits import HABITS, habits, of_habit
from tagger.evidence.options import Basis, InYear, Option, Said, Weighed, apart, by_name_of_year, ranked
from tagger.evidence.weights import OWN, Weights

_SURE = 0.93  # of the filers of a label in its section


def weigh(
    weights: Weights, seen: View, said: Mapping[int, Said | None], called: InYear
) -> dict[int, tuple[Option, ...]]:
    """Return for rows of the statement *seen* the concepts each may have, the likeliest first.

    *said* is what the rules say of the rows that are asked for, by the names of the year that *called* knows. Of the
    names of today too few filers were counted to weigh more than the label where a rule names the row.
    """
    found = weigh_apart(weights, seen, said, called)
    return {place: tuple(ranked(weights.calibration, one)) for place, one in found.items()}


def weigh_apart(weights: Weights, seen: View, said: Mapping[int, Said | None], called: InYear) -> dict[int, Weighed]:
    """Return the shares of the concepts that rows of the statement *seen* may have: what one has, others have not."""
    return apart({place: _weighed(weights, seen, place, one, called) for place, one in said.items()}, seen)


def _weighed(weights: Weights, seen: View, place: int, said: Said | None, called: InYear) -> Weighed:
    if said is not None:
        counted = of_its_label(weights, section_features(seen, place), said, called, modern=seen.modern)
        if seen.modern or counted.get(said.concept, 0.0) >= _SURE:
            return Weighed(counted, Basis.TODAY if seen.modern else Basis.LABEL, said)
    named = features(seen, place)
    found = gathered(weights, named)
    row = seen.rows[place]
    rare = is_rare(weights, named.of_label)
    wanted = candidates(weights, seen.kind, row, found, said, rare=rare)
    names = [called(weights.names[concept]) for concept in wanted]
    ruled = [said is not None and name == said.concept for name in names]
    extras = general_features(weights, row, wanted, found, ruled, said, seen.modern)
    shown = of_habit(weights, habits(seen, place), wanted)
    alike = _alike(weights, rare=rare)
    by_rule = weights.rules.get(said.rule, 0.0) if said is not None else 0.0
    scores = zip(
        _of_features(weights, found, (*[one.number for one in named.of_place], *statement_features(seen)), wanted),
        [sum(map(mul, (*extra, *habit), alike)) for extra, habit in zip(extras, shown, strict=True)],
        _of_words(weights, named.of_label.words, wanted) if rare else [0.0] * len(wanted),
        [by_rule if right else 0.0 for right in ruled],
        strict=True,
    )
    odds = _odds(list(map(sum, scores)))
    return Weighed(by_name_of_year(zip(names, odds, strict=True)), Basis.ROW, said)


@cache
def _alike(weights: Weights, *, rare: bool) -> tuple[float, ...]:
    """Return what weighs alike for all concepts; habits have weights of their own where the label is *rare*, on top."""
    general, first = weights.general, GENERAL + HABITS
    more = general[first:] if rare else repeat(0.0)
    return (*general[:GENERAL], *map(add, general[GENERAL:first], more))


def _odds(scores: Sequence[float]) -> list[float]:
    most = max(scores, default=0.0)
    odds = [exp(score - most) for score in scores]
    whole = sum(odds)
    return [odd / whole for odd in odds]


def _of_features(weights: Weights, found: Gathered, shown: Sequence[int], wanted: Sequence[int]) -> list[float]:
    """Return how the words of a row, its place and its statement speak for each concept *wanted*."""
    said: list[Mapping[int, float]] = [found.scores, *filter(None, [_pairs(weights, number) for number in shown])]
    columns = [map(pairs.get, wanted, repeat(0)) for pairs in said]
    return [weights.step * steps for steps in map(sum, zip(*columns, strict=True))]


@lru_cache(maxsize=8192)
def _pairs(weights: Weights, number: int) -> dict[int, int]:
    start, end = weights.place(number)
    return dict(zip(weights.concepts[start:end], weights.weights[start:end], strict=True))


def _of_words(weights: Weights, numbers: tuple[int, ...], wanted: Sequence[int]) -> list[float]:
    """Return how the words of a label speak for each concept *wanted* by other words in its name."""
    told = [_spoken_by(weights, number) for number in numbers]
    spoken: dict[str, float] = {}
    for word in set().union(*[weights.words[concept] for concept in wanted]):
        if much := [said[word] for said in told if word in said]:
            spoken[word] = sum(much)
    return [fsum([spoken[word] for word in weights.words[concept] if word in spoken]) for concept in wanted]


@lru_cache(maxsize=256)
def _spoken_by(weights: Weights, number: int) -> dict[str, float]:
    """Return what one word of a label says for words of names."""
    return weights.spoken(number)


class _Names(dict[str, str | None]):
    """Names of concepts with what the taxonomy of a year calls them, each looked up once."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__({OWN: OWN})
        self._catalog = catalog

    def __missing__(self, name: str) -> str | None:
        self[name] = found = concept_in_year(self._catalog, name)
        return found


@lru_cache(maxsize=32)
def in_year(catalog: Catalog) -> InYear:
    """Return what tells how the taxonomy of *catalog* calls a concept; one of the filer's own has no year."""
    return _Names(catalog).__getitem__
