"""Weighing: which concepts filers give a row like this, and how surely."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest
from math import exp, log
from typing import NamedTuple

from tagger.evidence.features import Named, Seen, View, features, section_feature, statement_features, words
from tagger.evidence.weights import OWN, UNITS, Weights

MOST = 10
"""Concepts that are weighed for one row, of those that its words are known for."""

_BY_NAME = 4
_SURE = 0.93  # of the filers of a label in its section, at least thirteen
GENERAL = 14
"""How many numbers `general_features` gives for a concept."""

InYear = Callable[[str], str | None]
"""What names a concept as the wanted taxonomy does, or says that it has none."""

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
    """What the features of a row say of concepts: how often filers of such rows use them, and their weights."""

    shares: dict[int, float]
    scores: dict[int, float]
    of_section: dict[int, float]
    of_head: dict[int, float]


def weigh(weights: Weights, seen: View, said: Sequence[Said | None], in_year: InYear) -> list[tuple[Option, ...]]:
    """Return for each row of the statement *seen* the concepts it may have, the likeliest first.

    *said* is what the rules say of each row, by the names of the year that *in_year* knows.
    """
    base = _statement_scores(weights, seen)
    return [tuple(_options(weights, seen, place, base, one, in_year)) for place, one in enumerate(said)]


def _statement_scores(weights: Weights, seen: View) -> dict[int, float]:
    scores: dict[int, float] = {}
    for number in statement_features(seen):
        start, end = weights.place(number)
        for concept, weight in zip(weights.concepts[start:end], weights.weights[start:end], strict=True):
            scores[concept] = scores.get(concept, 0) + weight
    return scores


def _options(
    weights: Weights, seen: View, place: int, base: dict[int, float], said: Said | None, in_year: InYear
) -> Iterator[Option]:
    row = seen.rows[place]
    number = section_feature(seen, row)
    known = _agreed(weights, number, said, in_year)
    if known:
        yield from known
        return
    found = _gathered(weights, features(seen, place))
    wanted = candidates(weights, seen.kind, row, found, said)
    if not wanted:
        return
    names = [in_year(weights.names[concept]) for concept in wanted]
    ruled = [said is not None and name == said.concept for name in names]
    scores = []
    for concept, extra, by_rule in zip(
        wanted, general_features(weights, row, wanted, found, ruled, said, seen.modern), ruled, strict=True
    ):
        score = (found.scores.get(concept, 0) + base.get(concept, 0)) * weights.step
        score += sum(map(float.__mul__, extra, weights.general))
        scores.append(score + (weights.rules.get(said.rule, 0.0) if by_rule and said is not None else 0.0))
    most = max(scores)
    odds = [exp(score - most) for score in scores]
    whole = sum(odds)
    shares: dict[str, float] = {}
    for name, odd in zip(names, odds, strict=True):
        if name is not None:
            shares[name] = shares.get(name, 0.0) + odd / whole
    for name in sorted(shares, key=lambda name: (-shares[name], name)):
        yield Option(name, calibrated(weights.calibration, shares[name]), shares[name])


def _agreed(weights: Weights, number: int, said: Said | None, in_year: InYear) -> list[Option]:
    """Return what nearly all filers of a label in its section agree on, if the rules say the same."""
    start, end = weights.place(number)
    if said is None or end == start or weights.shares[start] < _SURE * 255:
        return []
    if in_year(weights.names[weights.concepts[start]]) != said.concept:
        return []
    found: list[Option] = []
    for at in range(start, min(end, start + _BY_NAME)):
        name, share = in_year(weights.names[weights.concepts[at]]), weights.shares[at] / 255
        if name is not None and all(name != option.concept for option in found):
            found.append(Option(name, min(share, 0.99), share))
    return found


def _gathered(weights: Weights, named: Named) -> Gathered:
    shares: dict[int, float] = {}
    scores: dict[int, float] = {}
    exact: list[dict[int, float]] = [{}, {}]
    concepts, values, parts = weights.concepts, weights.weights, weights.shares
    for order, (number, much) in enumerate((*named.of_label, *named.of_place)):
        start, end = weights.place(number)
        for at in range(start, end):
            concept = concepts[at]
            scores[concept] = scores.get(concept, 0) + values[at]
            if much:
                shares[concept] = shares.get(concept, 0.0) + much * parts[at] / 255
                if order < 2:
                    exact[order][concept] = parts[at] / 255
    return Gathered(shares, scores, exact[0], exact[1])


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
        found += [one for one in _by_name(weights, row) if allowed(one) and one not in found][:_BY_NAME]
    by_rule = weights.places.get(said.concept) if said is not None else None
    if by_rule is not None and by_rule not in found:
        found.append(by_rule)
    if unit == "m" and OWN in weights.places:
        found.append(weights.places[OWN])
    return found


def _by_name(weights: Weights, row: Seen) -> list[int]:
    """Return the concepts whose names have words of the label, those most like it first."""
    said = sorted(set(words(row.label).plain.split()))
    rarity, heft = weights.rarity, weights.heft
    shared: dict[int, float] = {}
    for word in said:
        much = rarity.get(word, 0.0)
        for concept in weights.by_word.get(word, ()):
            shared[concept] = shared.get(concept, 0.0) + much
    whole = sum(rarity.get(word, _UNHEARD) for word in said)
    alike = [(much / (whole + heft[concept] - much), -concept) for concept, much in shared.items()]
    return [-concept for _, concept in nlargest(4 * _BY_NAME, alike)]


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
    label = sorted(set(words(row.label).plain.split()))
    rarity = [(word, weights.rarity.get(word, _UNHEARD)) for word in label]
    whole = sum(much for _, much in rarity)
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
