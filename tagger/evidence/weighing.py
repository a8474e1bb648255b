"""Weighing: which concepts filers give a row like this, and how surely."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from math import exp, log
from operator import mul
from typing import NamedTuple

from tagger.catalog import Catalog, concept_in_year
from tagger.evidence.features import (
    Named,
    OfLabel,
    Seen,
    View,
    features,
    section_feature,
    statement_features,
    words,
)
from tagger.evidence.weights import OWN, UNITS, Weights

MOST = 10
"""Concepts that are weighed for one row, of those that its words are known for."""

KNOWN = 8
"""Filers that print the head of a label: so many, and its parts say nothing more."""

_BY_NAME = 4
_SHOWN = 6
_SURE = 0.93  # of the filers of a label in its section
_USUAL = 0.7  # how often filers agree with a rule that none of them called
_WEIGHT = 4.0  # filers that a rule's own record stands for
GENERAL = 14
"""How many numbers `general_features` gives for a concept."""

InYear = Callable[[str], str | None]
"""What names a concept as the wanted taxonomy does, or says that it has none."""

_COMMON = 150  # concepts with a word in their names, more of which tell nothing
_UNHEARD = 5.0  # the rarity of a word that no concept's name has


class Said(NamedTuple):
    """What the rules say of a row: the *rule*, its *concept*, and how much of the label it reads (0 to 1)."""

    rule: str
    concept: str
    read: float


class Option(NamedTuple):
    """A concept with the share of filers that would give it to the row; `OWN` for one of the filer's own.

    *share* is the same as weighed, before it is set right by how often such shares held: it ranks options.
    """

    concept: str
    confidence: float
    share: float


class Gathered(NamedTuple):
    """What the features of a row say of concepts: how often filers of such rows use them, and the weights of its label.

    *of_section* and *of_head* are the shares of its head in its section, and anywhere.
    """

    shares: dict[int, float]
    scores: dict[int, float]
    of_section: dict[int, float]
    of_head: dict[int, float]


def weigh(
    weights: Weights, seen: View, said: Mapping[int, Said | None], called: InYear
) -> dict[int, tuple[Option, ...]]:
    """Return for rows of the statement *seen* the concepts each may have, the likeliest first.

    *said* is what the rules say of the rows that are asked for, by the names of the year that *called* knows. Of the
    names of today too few filers were counted to weigh more than the label where a rule names the row.
    """
    return {place: tuple(_options(weights, seen, place, one, called)) for place, one in said.items()}


def _options(weights: Weights, seen: View, place: int, said: Said | None, called: InYear) -> Sequence[Option]:
    if said is not None:
        counted = of_its_label(weights, section_feature(seen, seen.rows[place]), said, called)
        if seen.modern or (counted[0].concept == said.concept and counted[0].share >= _SURE):
            return counted
    named = features(seen, place)
    found = gathered(weights, named)
    row = seen.rows[place]
    wanted = candidates(weights, seen.kind, row, found, said)
    names = [called(weights.names[concept]) for concept in wanted]
    ruled = [said is not None and name == said.concept for name in names]
    scores = _scores(weights, found, named, statement_features(seen), wanted)
    extras = general_features(weights, row, wanted, found, ruled, said, seen.modern)
    by_rule = weights.rules.get(said.rule, 0.0) if said is not None else 0.0
    odds = _odds(
        [
            score + sum(map(mul, extra, weights.general)) + by_rule * right
            for score, extra, right in zip(scores, extras, ruled, strict=True)
        ]
    )
    return _ranked(zip(names, odds, strict=True), weights.calibration)


def in_year(catalog: Catalog, name: str) -> str | None:
    """Return what the taxonomy of *catalog* calls the concept *name*; one of the filer's own has no year."""
    return concept_in_year(catalog, name) if name != OWN else name


def _odds(scores: Sequence[float]) -> list[float]:
    most = max(scores, default=0.0)
    odds = [exp(score - most) for score in scores]
    whole = sum(odds)
    return [odd / whole for odd in odds]


def _ranked(found: Iterable[tuple[str | None, float]], points: Sequence[tuple[float, float]]) -> list[Option]:
    """Return options of the names that the year has, best first; concepts that it calls the same are one."""
    shares: dict[str, float] = {}
    for name, share in found:
        if name is not None:
            shares[name] = shares.get(name, 0.0) + share
    ordered = sorted(shares, key=lambda name: (-shares[name], name))
    return [Option(name, round(calibrated(points, shares[name]), 4), shares[name]) for name in ordered]


@lru_cache(maxsize=8192)
def of_its_label(weights: Weights, number: int, said: Said, called: InYear) -> tuple[Option, ...]:
    """Return what filers call a label in its section, set against how often they agree with the rule that was *said*."""
    start, end = weights.place(number)
    many = weights.filers_of(number) if end > start else 0
    held = weights.records.get(said.rule, _USUAL)
    found: list[tuple[str | None, float]] = [(said.concept, _WEIGHT * held / (many + _WEIGHT))]
    for at in range(start, min(end, start + _SHOWN)):
        share = weights.shares[at] / 255 * (many + 1)
        found.append((called(weights.names[weights.concepts[at]]), share / (many + _WEIGHT)))
    return tuple(_ranked(found, weights.ruled))


@lru_cache(maxsize=8192)
def _label(weights: Weights, of_label: OfLabel) -> Gathered:
    """Return what the features of a label say; its parts, where few filers print its head."""
    shares: dict[int, float] = {}
    scores: dict[int, float] = {}
    exact: list[dict[int, float]] = [{}, {}]
    concepts, values, parts = weights.concepts, weights.weights, weights.shares
    known = weights.filers_of(of_label.whole[1].number) >= KNOWN
    for order, (number, much, _) in enumerate(of_label.whole if known else (*of_label.whole, *of_label.parts)):
        start, end = weights.place(number)
        for at in range(start, end):
            concept, share = concepts[at], parts[at] / 255
            scores[concept] = scores.get(concept, 0) + values[at]
            shares[concept] = shares.get(concept, 0.0) + much * share
            if order < len(exact):
                exact[order][concept] = share
    return Gathered(shares, scores, exact[0], exact[1])


def gathered(weights: Weights, named: Named) -> Gathered:
    """Return what the features of a row say of concepts."""
    found = _label(weights, named.of_label)
    shares = dict(found.shares)
    for number, much, _ in named.of_place:
        if much:
            start, end = weights.place(number)
            for at in range(start, end):
                concept = weights.concepts[at]
                shares[concept] = shares.get(concept, 0.0) + much * weights.shares[at] / 255
    return Gathered(shares, found.scores, found.of_section, found.of_head)


@lru_cache(maxsize=16_384)
def _pairs(weights: Weights, number: int) -> dict[int, int]:
    start, end = weights.place(number)
    return dict(zip(weights.concepts[start:end], weights.weights[start:end], strict=True))


def _scores(
    weights: Weights, found: Gathered, named: Named, shared: Sequence[int], wanted: Sequence[int]
) -> list[float]:
    """Return how the words, the place and the statement of a row speak for each concept *wanted*."""
    said = [
        *(_pairs(weights, number) for number, _, _ in named.of_place),
        *(_pairs(weights, number) for number in shared),
    ]
    said = [pairs for pairs in said if pairs]
    scores = found.scores
    return [
        weights.step * (scores.get(concept, 0) + sum([pairs[concept] for pairs in said if concept in pairs]))
        for concept in wanted
    ]


def candidates(weights: Weights, kind: str, row: Seen, gathered: Gathered, said: Said | None) -> list[int]:
    """Return the concepts to be weighed for *row*, which its unit and its statement allow."""
    unit = UNITS.get(row.unit, "x")
    periods = {"b": "i", "o": "d"}.get(kind, "id")
    kinds = weights.kinds

    def allowed(concept: int) -> bool:
        return kinds[concept][0] == unit and kinds[concept][1] in periods

    ranked = nlargest(MOST, [(much, -concept) for concept, much in gathered.shares.items() if allowed(concept)])
    found = [-concept for _, concept in ranked]
    if not gathered.of_head:
        found += [one for one in _by_name(weights, words(row.label).plain) if allowed(one) and one not in found][
            :_BY_NAME
        ]
    by_rule = weights.places.get(said.concept) if said is not None else None
    if by_rule is not None and by_rule not in found:
        found.append(by_rule)
    if unit == "m" and OWN in weights.places:
        found.append(weights.places[OWN])
    return found


@lru_cache(maxsize=4096)
def _by_name(weights: Weights, plain: str) -> list[int]:
    """Return the concepts whose names have words of the label *plain*, those most like it first."""
    heft = weights.heft
    words_said, whole = _label_words(weights, plain)
    shared: dict[int, float] = {}
    for word, much in words_said:
        named = weights.by_word.get(word, ())
        if len(named) <= _COMMON:
            for concept in named:
                shared[concept] = shared.get(concept, 0.0) + much
    alike = [(much / (whole + heft[concept] - much), -concept) for concept, much in shared.items()]
    return [-concept for _, concept in nlargest(4 * _BY_NAME, alike)]


@lru_cache(maxsize=4096)
def _label_words(weights: Weights, plain: str) -> tuple[tuple[tuple[str, float], ...], float]:
    """Return the words of a label with how rare each is in the names of concepts, and the sum of that."""
    found = tuple((word, weights.rarity.get(word, _UNHEARD)) for word in sorted(set(plain.split())))
    return found, sum(much for _, much in found)


def general_features(
    weights: Weights,
    row: Seen,
    wanted: Sequence[int],
    found: Gathered,
    ruled: Sequence[bool],
    said: Said | None,
    modern: bool,
) -> list[list[float]]:
    """Return for each concept *wanted* what is looked at in the same way for all of them."""
    rarity, whole = _label_words(weights, words(row.label).plain)
    priors = weights.modern_priors if modern else weights.priors
    given = []
    best = 0.0
    for concept, by_rule in zip(wanted, ruled, strict=True):
        name = weights.words[concept]
        shared = sum([much for word, much in rarity if word in name])
        of_label, of_name = shared / (whole + 0.1), shared / (weights.heft[concept] + 0.1)
        best = max(best, of_label * of_name)
        own = weights.names[concept] == OWN
        given.append(
            [
                of_label,
                of_name,
                of_label * of_name,
                log(found.shares.get(concept, 0.0) + 0.05),
                0.2 * priors[concept],
                float(own),
                float(by_rule),
                said.read if by_rule and said is not None else 0.0,
                found.of_head.get(concept, 0.0),
                found.of_section.get(concept, 0.0),
                best if own else 0.0,
                float(own and said is None),
                float(by_rule and modern),
                float(own and modern),
            ]
        )
    return given


def calibrated(points: Sequence[tuple[float, float]], share: float) -> float:
    """Return the share of filers that stands behind the raw probability *share*, by *points* of both.

    >>> calibrated(((0.0, 0.0), (1.0, 0.9)), 0.5)
    0.45
    """
    if not points:
        return share
    at = bisect_right(points, (share, 2.0))
    if at == 0:
        return points[0][1]
    if at == len(points):
        return points[-1][1]
    (low, one), (high, other) = points[at - 1], points[at]
    return one + (other - one) * (share - low) / (high - low)
