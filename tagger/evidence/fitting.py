"""Fitting: the weights under which the concepts that filers chose are likeliest among the candidates of their rows.

A conditional logit, with weights for pairs of feature and concept that at least two filers bear out. What a filer's own
rows say is taken out of the counts that its rows are weighed by. Needs numpy and scipy (extra ``evidence``).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log1p
from typing import Any

from msgspec import Struct

from tagger.catalog import concept_in_year, load_catalog
from tagger.evidence.counting import SHARED, Counts
from tagger.evidence.features import Feature, count_sorts
from tagger.evidence.samples import CATALOGS, Sample
from tagger.evidence.weighing import GENERAL, KNOWN, Gathered, candidates, general_features
from tagger.evidence.weights import Weights
from tagger.extras import library

_MODERN = 8.0  # how much a row of today's names counts, for there are few
_STANDARD = 0.5  # and one whose label is the taxonomy's own
_STIFFNESS = 0.7
_LOOSE = 1e-2  # the stiffness of what counts for all concepts
_RISE = 5.0  # how fast filers add to each other
_STEPS = 40
_REACH = 127


class Design(Struct):
    """Candidates of samples one below the other: *columns* of each with *values*, *general* features, and which are *right*.

    Columns are pairs of feature and concept, then general features, then how often each sort of features speaks for a
    concept (a logarithm and a share), then rules.
    """

    columns: array[int]
    values: array[float]
    pair_ends: list[int]
    general: list[list[float]]
    concepts: list[int]
    ends: list[int]
    right: list[int]
    names: list[str | None]


class Fitted(Struct, frozen=True, kw_only=True):
    """*values* of the columns of a design, the last of which are *rules*."""

    values: Any
    rules: tuple[str, ...]


def design(counts: Counts, samples: Sequence[Sample], rules: Sequence[str], *, leaving_out: bool) -> Design:
    """Return what has to be weighed for *samples*; with *leaving_out* without what each filer's own row adds to the counts."""
    found = Design(array("I"), array("f"), [0], [], [], [0], [], [])
    places = {rule: place for place, rule in enumerate(rules, start=_first_rule(counts))}
    for sample in samples:
        _add(found, counts, sample, places, leaving_out)
    return found


def _first_rule(counts: Counts) -> int:
    return len(counts.filers) + GENERAL + 2 * count_sorts()


def _add(found: Design, counts: Counts, sample: Sample, rules: dict[str, int], leaving_out: bool) -> None:
    weights = counts.weights
    catalog = load_catalog(CATALOGS[sample.modern])
    own = weights.places.get(sample.concept, -1) if leaving_out else -1
    gathered = _gathered(counts, sample, own)
    wanted = candidates(weights, sample.kind, sample.seen, gathered, sample.said)
    names = [_in_year(catalog, weights.names[concept]) for concept in wanted]
    ruled = [sample.said is not None and name == sample.said.concept for name in names]
    general = general_features(weights, sample.seen, wanted, gathered, ruled, sample.said, sample.modern)
    right = -1
    pairs = _pairs(counts, sample, wanted, own)
    for concept, name, by_rule, extra, of_concept in zip(wanted, names, ruled, general, pairs, strict=True):
        found.columns.extend(of_concept)
        found.values.extend(of_concept.values())
        if by_rule and sample.said is not None and sample.said.rule in rules:
            found.columns.append(rules[sample.said.rule])
            found.values.append(1.0)
        found.pair_ends.append(len(found.columns))
        found.general.append(extra)
        if weights.names[concept] == sample.concept:
            right = len(found.concepts)
        found.concepts.append(concept)
        found.names.append(name)
    found.right.append(right)
    found.ends.append(len(found.concepts))


def _in_year(catalog: Any, name: str) -> str | None:
    return concept_in_year(catalog, name) if ":" in name else name


def _gathered(counts: Counts, sample: Sample, own: int) -> Gathered:
    """Return what the features of *sample* say, with one filer less behind the concept *own*."""
    weights, filers, concepts = counts.weights, counts.filers, counts.weights.concepts
    shares: dict[int, float] = {}
    exact: list[dict[int, float]] = [{}, {}]
    for order, (number, much, _) in enumerate(_features(counts, sample, own)):
        start, end = weights.place(number) if much else (0, 0)
        if end == start:
            continue
        whole = counts.whole[bisect_left(weights.numbers, number)] + (own < 0)
        for at in range(start, end):
            concept = concepts[at]
            share = (filers[at] - (concept == own)) / whole
            shares[concept] = shares.get(concept, 0.0) + much * share
            if order < len(exact):
                exact[order][concept] = share
    return Gathered({one: share for one, share in shares.items() if share}, {}, exact[0], exact[1])


def _features(counts: Counts, sample: Sample, own: int) -> tuple[Feature, ...]:
    """Return the features that are looked at: those of the parts of a label only where few other filers print its head."""
    named = sample.named
    many = counts.weights.filers_of(named.of_label.whole[1].number) - (own >= 0)
    return (*named.of_label.whole, *(named.of_label.parts if many < KNOWN else ()), *named.of_place)


def _pairs(counts: Counts, sample: Sample, wanted: Sequence[int], own: int) -> list[dict[int, float]]:
    """Return for each concept *wanted* the columns and values of its pairs with the features of *sample*.

    A pair has a weight of its own where enough filers bear it out; how many do, counts by the sort of the feature.
    """
    weights, filers, concepts = counts.weights, counts.filers, counts.weights.concepts
    found: dict[int, dict[int, float]] = {concept: {} for concept in wanted}
    for number, _, sort in _features(counts, sample, own):
        start, end = weights.place(number)
        if end == start:
            continue
        whole = counts.whole[bisect_left(weights.numbers, number)] + (own < 0)
        first = len(filers) + GENERAL + 2 * sort
        for at in range(start, end):
            columns = found.get(concepts[at])
            if columns is not None:
                many = filers[at] - (concepts[at] == own)
                if filers[at] > 1:
                    columns[at] = 1.0
                columns[first] = columns.get(first, 0.0) + log1p(many * _RISE)
                columns[first + 1] = columns.get(first + 1, 0.0) + many / whole
    for number in sample.shared:
        pairs = _by_concept(counts, number)
        for concept in wanted:
            if concept in pairs:
                found[concept][pairs[concept]] = 1.0
    return [found[concept] for concept in wanted]


@lru_cache(maxsize=256)
def _by_concept(counts: Counts, number: int) -> dict[int, int]:
    start, end = counts.weights.place(number)
    return {counts.weights.concepts[at]: at for at in range(start, end) if counts.filers[at] > 1}


def fit(counts: Counts, samples: Sequence[Sample]) -> Fitted:
    """Fit weights to *samples*."""
    np, optimize = library("numpy"), library("scipy.optimize")
    rules = tuple(sorted({sample.said.rule for sample in samples if sample.said is not None}))
    made = design(counts, samples, rules, leaving_out=True)
    many = _first_rule(counts) + len(rules)
    matrix, general, ends = _matrix(made, many)
    starts = ends[:-1]
    owner = np.repeat(np.arange(len(samples)), np.diff(ends))
    right = np.array(made.right)
    known = right >= 0
    much = np.array([_much(sample) for sample in samples], np.float32)
    turned = matrix.T.tocsr()
    target = np.zeros(len(owner), np.float32)
    target[right[known]] = much[known]
    counted = np.where(known, much, 0)
    first = len(counts.filers)
    stiff = np.full(many, _STIFFNESS)
    stiff[first : _first_rule(counts)] = _LOOSE

    def loss(values: Any) -> tuple[float, Any]:
        narrow = values.astype(np.float32)
        scores = matrix @ narrow + general @ narrow[first : first + GENERAL]
        scores -= np.maximum.reduceat(scores, starts)[owner]
        odds = np.exp(scores)
        whole = np.add.reduceat(odds, starts)
        wrong = -(much[known] * (scores - np.log(whole)[owner])[right[known]]).sum()
        off = odds / whole[owner] * counted[owner] - target
        slope = turned @ off
        slope[first : first + GENERAL] += general.T @ off
        return float(wrong) + 0.5 * float((stiff * values * values).sum()), slope.astype(np.float64) + stiff * values

    start = np.zeros(many)
    start[first + 3] = 1.0
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxcor": 6})
    return Fitted(values=found.x, rules=rules)


def _much(sample: Sample) -> float:
    return (_MODERN if sample.modern else 1.0) * (_STANDARD if sample.standard else 1.0)


def _matrix(made: Design, many: int) -> tuple[Any, Any, Any]:
    np, sparse = library("numpy"), library("scipy.sparse")
    shape = (len(made.concepts), many)
    columns, values = np.frombuffer(made.columns, np.int32), np.frombuffer(made.values, np.float32)
    matrix = sparse.csr_matrix((values, columns, np.array(made.pair_ends, np.int64)), shape=shape)
    return matrix, np.array(made.general, np.float32), np.array(made.ends)


def raw_shares(counts: Counts, fitted: Fitted, samples: Sequence[Sample]) -> list[dict[str, float]]:
    """Return the raw probability of each concept, by the names of its year, for *samples* that were not counted."""
    np = library("numpy")
    made = design(counts, samples, fitted.rules, leaving_out=False)
    matrix, general, ends = _matrix(made, len(fitted.values))
    first = len(counts.filers)
    scores = matrix @ fitted.values + general @ fitted.values[first : first + GENERAL]
    found = []
    for start, end in pairwise(ends):
        odds = np.exp(scores[start:end] - (scores[start:end].max() if end > start else 0))
        shares: dict[str, float] = {}
        for name, odd in zip(made.names[start:end], odds / (odds.sum() if end > start else 1), strict=True):
            if name is not None:
                shares[name] = shares.get(name, 0.0) + float(odd)
        found.append(shares)
    return found


def fitted_content(
    counts: Counts,
    fitted: Fitted,
    calibration: Sequence[tuple[float, float]],
    ruled: Sequence[tuple[float, float]],
) -> dict[str, Any]:
    """Return the content of the file of weights: pairs that weigh nothing and find no candidate are left out."""
    weights = counts.weights
    whole = _whole_weights(counts, fitted)
    step = max(map(abs, whole)) / _REACH
    values = [round(value / step) for value in whole]
    content: dict[str, Any] = {"numbers": [], "filers": [], "starts": [0], "concepts": [], "weights": [], "shares": []}
    for at, number in enumerate(weights.numbers):
        pairs = [
            pair for pair in range(weights.starts[at], weights.starts[at + 1]) if _worth(values[pair], weights, pair)
        ]
        if pairs:
            content["numbers"].append(number)
            content["filers"].append(weights.filers[at])
            content["concepts"] += [weights.concepts[pair] for pair in pairs]
            content["weights"] += [values[pair] for pair in pairs]
            content["shares"] += [weights.shares[pair] for pair in pairs]
            content["starts"].append(len(content["concepts"]))
    many, last = len(counts.filers), _first_rule(counts)
    rules = {rule: round(float(value), 3) for rule, value in zip(fitted.rules, fitted.values[last:], strict=True)}
    return {
        **content,
        "names": list(weights.names),
        "kinds": " ".join(weights.kinds),
        "words": [" ".join(sorted(said)) for said in weights.words],
        "rarity": dict(weights.rarity),
        "priors": list(weights.priors),
        "modern_priors": list(weights.modern_priors),
        "step": step,
        "general": [round(float(value), 4) for value in fitted.values[many : many + GENERAL]],
        "rules": {rule: value for rule, value in rules.items() if value},
        "records": dict(weights.records),
        "calibration": [list(point) for point in calibration],
        "ruled": [list(point) for point in ruled],
    }


def _whole_weights(counts: Counts, fitted: Fitted) -> list[float]:
    """Return what each pair weighs: by itself, and by how many filers bear it out."""
    starts, first = counts.weights.starts, len(counts.filers) + GENERAL
    found = [float(value) for value in fitted.values[: len(counts.filers)]]
    for at, sort in enumerate(counts.sorts):
        if sort != SHARED:
            rise, share = fitted.values[first + 2 * sort : first + 2 * sort + 2]
            for pair in range(starts[at], starts[at + 1]):
                many = counts.filers[pair]
                found[pair] += float(rise * log1p(many * _RISE) + share * many / (counts.whole[at] + 1))
    return found


def _worth(value: int, weights: Weights, pair: int) -> bool:
    return value != 0 or weights.shares[pair] > 0
