"""Candidates: the concepts that are weighed for a row, and what is looked at in the same way for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import NamedTuple

from tagger.evidence.features import Named, OfLabel, Seen, words
from tagger.evidence.options import Said
from tagger.evidence.weights import OWN, UNITS, Weights

MOST = 10
"""Concepts that are weighed for one row, of those that its words are known for."""
_MOST_RARE = 16  # and of those, where few filers print the head of its label
KNOWN = 8
"""Filers that print the head of a label: so many, and its parts say nothing more."""
_BY_NAME = 8
_PERIODS = {"b": "i", "o": "d"}  # of the concepts of a balance sheet, and of results
GENERAL = 14
"""How many numbers `general_features` gives for a concept."""
_COMMON = 150  # concepts with a word in their names, more of which tell nothing
_UNHEARD = 5.0  # the rarity of a word that no concept's name has


class Gathered(NamedTuple):
    """What the features of a row say of concepts: how often filers of such rows use them, and the weights of its label.

    *of_section* and *of_head* are the shares of its head in its section, and anywhere.
    """

    shares: dict[int, float]
    scores: dict[int, float]
    of_section: dict[int, float]
    of_head: dict[int, float]


def gathered(weights: Weights, named: Named) -> Gathered:
    """Return what the features of a row say of concepts."""
    found = _label(weights, named.of_label)
    shares = dict(found.shares)
    for number, much, _ in named.of_place:
        if much:
            start, end = weights.place(number)
            for concept, part in zip(weights.concepts[start:end], weights.shares[start:end], strict=True):
                shares[concept] = shares.get(concept, 0.0) + much * part / 255
    return Gathered(shares, found.scores, found.of_section, found.of_head)


@lru_cache(maxsize=256)
def _label(weights: Weights, of_label: OfLabel) -> Gathered:
    """Return what the features of a label say; its parts, where few filers print its head."""
    shares: dict[int, float] = {}
    scores: dict[int, float] = {}
    exact: list[dict[int, float]] = [{}, {}]
    concepts, values, parts = weights.concepts, weights.weights, weights.shares
    looked_at = (*of_label.whole, *of_label.parts) if is_rare(weights, of_label) else of_label.whole
    for order, (number, much, _) in enumerate(looked_at):
        start, end = weights.place(number)
        for concept, value, part in zip(concepts[start:end], values[start:end], parts[start:end], strict=True):
            scores[concept] = scores.get(concept, 0) + value
            shares[concept] = shares.get(concept, 0.0) + much * (part / 255)
        if order < len(exact):
            exact[order].update(zip(concepts[start:end], [part / 255 for part in parts[start:end]], strict=True))
    return Gathered(shares, scores, exact[0], exact[1])


def is_rare(weights: Weights, of_label: OfLabel) -> bool:
    return weights.filers_of(of_label.whole[1].number) < KNOWN


def candidates(
    weights: Weights, kind: str, row: Seen, gathered: Gathered, said: Said | None, *, rare: bool
) -> list[int]:
    """Return the concepts to be weighed for *row*, which its unit and its statement allow; more where it is *rare*."""
    unit, kinds = UNITS.get(row.unit, "x"), weights.kinds
    allowed = [unit + period for period in _PERIODS.get(kind, "id")]
    ranked = sorted(
        [(much, -concept) for concept, much in gathered.shares.items() if kinds[concept] in allowed], reverse=True
    )
    found = [-concept for _, concept in ranked[: _MOST_RARE if rare else MOST]]
    if rare:
        named = _by_name(weights, words(row.label).plain)
        found += [one for one in named if kinds[one] in allowed and one not in found][:_BY_NAME]
    by_rule = weights.places.get(said.concept) if said is not None else None
    if by_rule is not None and by_rule not in found:
        found.append(by_rule)
    if unit == "m" and OWN in weights.places:
        found.append(weights.places[OWN])
    return found


@lru_cache(maxsize=512)
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


@lru_cache(maxsize=1024)
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
) -> list[tuple[float, ...]]:
    """Return for each concept *wanted* what is looked at in the same way for all of them."""
    rarity, whole = _label_words(weights, words(row.label).plain)
    priors = weights.modern_priors if modern else weights.priors
    names = weights.names
    given: list[tuple[float, ...]] = []
    best = 0.0
    for concept, by_rule in zip(wanted, ruled, strict=True):
        name = weights.words[concept]
        shared = sum([much for word, much in rarity if word in name])
        of_label, of_name = shared / (whole + 0.1), shared / (weights.heft[concept] + 0.1)
        best = max(best, of_label * of_name)
        own = names[concept] == OWN
        given.append(
            (
                of_label,
                of_name,
                of_label * of_name,
                log(found.shares.get(concept, 0.0) + 0.05),
                0.2 * priors[concept],
                1.0 if own else 0.0,
                1.0 if by_rule else 0.0,
                said.read if by_rule and said is not None else 0.0,
                found.of_head.get(concept, 0.0),
                found.of_section.get(concept, 0.0),
                best if own else 0.0,
                1.0 if own and said is None else 0.0,
                1.0 if by_rule and modern else 0.0,
                1.0 if own and modern else 0.0,
            )
        )
    return given
