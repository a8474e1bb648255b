"""Fitting: the weights under which the concepts that filers chose are likeliest among the candidates of their rows.

A conditional logit, with weights for pairs of feature and concept that at least two filers bear out. What a filer's own
rows say is taken out of the counts that its rows are weighed by. Needs numpy and scipy (extra ``evidence``).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from math import log1p
from typing import Any
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from tagger.catalog import load_catalog
from tagger.evidence.candidates import GENERAL, KNOWN, Gathered, candidates, general_features
from tagger.evidence.counting import SHARED, Counts
from tagger.evidence.features import Feature, count_sorts
from tagger.evidence.habits import HABITS, of_habit
from tagger.evidence.options import Calibrations
from tagger.evidence.samples import CATALOGS, Sample
from tagger.evidence.weighing import in_year
from tagger.evidence.weights import Weights
from tagger.extras import library

_MODERN = 8.0  # how much a row of today's names counts, for there are few
_STANDARD = 0.5  # and one whose label is the taxonomy's own
_STIFFNESS = 0.7
_LOOSE = 1e-2  # the stiffness of what counts for all concepts
_RISE = 5.0  # how fast filers add to each other
_STEPS = 40
_SILENT = 5  # one row of so many is learnt as if no rule named it
_REACH = 127
_ALIKE = GENERAL + 2 * HABITS  # each habit twice, the second time for labels that few filers print
_LEAST_SPOKEN = 2  # in steps


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


class Fitted(Struct, frozen=True, kw_only=True):
    """*values* of the columns of a design, the last of which are *rules*."""

    values: Any
    rules: tuple[str, ...]


def design(counts: Counts, samples: Sequence[Sample], rules: Sequence[str]) -> Design:
    """Return what has to be weighed for *samples*, without what each filer's own row adds to the counts."""
    found = Design(array("I"), array("f"), [0], [], [], [0], [])
    places = {rule: place for place, rule in enumerate(rules, start=_first_rule(counts))}
    for sample in samples:
        _add(found, counts, sample, places)
    return found


def _first_rule(counts: Counts) -> int:
    return _first_spoken(counts) + sum(map(len, counts.spoken.values()))


def _first_spoken(counts: Counts) -> int:
    return len(counts.filers) + _ALIKE + 2 * count_sorts()


def _add(found: Design, counts: Counts, sample: Sample, rules: dict[str, int]) -> None:
    weights = counts.weights
    called = in_year(load_catalog(CATALOGS[sample.modern]))
    own = weights.places[sample.concept]
    gathered = _gathered(counts, sample, own)
    rare = _is_rare(counts, sample)
    wanted = candidates(weights, sample.kind, sample.seen, gathered, sample.said, rare=rare)
    names = [called(weights.names[concept]) for concept in wanted]
    ruled = [sample.said is not None and name == sample.said.concept for name in names]
    alike = general_features(weights, sample.seen, wanted, gathered, ruled, sample.said, sample.modern)
    shown = of_habit(weights, sample.habits, wanted, own=own)
    nothing = (0.0,) * HABITS
    general = [[*one, *habit, *(habit if rare else nothing)] for one, habit in zip(alike, shown, strict=True)]
    right = -1
    pairs = _pairs(counts, sample, wanted, own)
    for concept, by_rule, extra, of_concept in zip(wanted, ruled, general, pairs, strict=True):
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
    found.right.append(right)
    found.ends.append(len(found.concepts))


def _gathered(counts: Counts, sample: Sample, own: int) -> Gathered:
    """Return what the features of *sample* say, with one filer less behind the concept *own*."""
    weights, filers, concepts = counts.weights, counts.filers, counts.weights.concepts
    shares: dict[int, float] = {}
    exact: list[dict[int, float]] = [{}, {}]
    for order, (number, much, _) in enumerate(_features(counts, sample)):
        start, end = weights.place(number) if much else (0, 0)
        if end == start:
            continue
        whole = counts.whole[bisect_left(weights.numbers, number)]
        for at in range(start, end):
            concept = concepts[at]
            share = (filers[at] - (concept == own)) / whole
            shares[concept] = shares.get(concept, 0.0) + much * share
            if order < len(exact):
                exact[order][concept] = share
    return Gathered({one: share for one, share in shares.items() if share}, {}, exact[0], exact[1])


def _features(counts: Counts, sample: Sample) -> tuple[Feature, ...]:
    """Return the features that are looked at: those of the parts of a label only where few other filers print its head."""
    named = sample.named
    parts = named.of_label.parts if _is_rare(counts, sample) else ()
    return (*named.of_label.whole, *parts, *named.of_place)


def _is_rare(counts: Counts, sample: Sample) -> bool:
    return counts.weights.filers_of(sample.named.of_label.whole[1].number) - 1 < KNOWN


def _pairs(counts: Counts, sample: Sample, wanted: Sequence[int], own: int) -> list[dict[int, float]]:
    """Return for each concept *wanted* the columns and values of its pairs with the features of *sample*.

    A pair has a weight of its own where enough filers bear it out; how many do, counts by the sort of the feature.
    """
    weights, filers, concepts = counts.weights, counts.filers, counts.weights.concepts
    found: dict[int, dict[int, float]] = {concept: {} for concept in wanted}
    for number, _, sort in _features(counts, sample):
        start, end = weights.place(number)
        if end == start:
            continue
        whole = counts.whole[bisect_left(weights.numbers, number)]
        first = len(filers) + _ALIKE + 2 * sort
        for at in range(start, end):
            columns = found.get(concepts[at])
            if columns is not None:
                many = filers[at] - (concepts[at] == own)
                if filers[at] > 1:
                    columns[at] = 1.0
                columns[first] = columns.get(first, 0.0) + log1p(many * _RISE)
                columns[first + 1] = columns.get(first + 1, 0.0) + many / whole
    _speak(found, counts, sample)
    for number in sample.shared:
        pairs = _by_concept(counts, number)
        for concept in wanted:
            if concept in pairs:
                found[concept][pairs[concept]] = 1.0
    return [found[concept] for concept in wanted]


def _speak(found: dict[int, dict[int, float]], counts: Counts, sample: Sample) -> None:
    """Add what the words of a label that few filers print say of the words of names."""
    if not _is_rare(counts, sample):
        return
    first = _first_spoken(counts)
    spoken = [counts.spoken[number] for number in sample.named.of_label.words if number in counts.spoken]
    for concept, columns in found.items():
        for word in sorted(counts.weights.words[concept]):
            for places in spoken:
                if word in places:
                    columns[first + places[word]] = 1.0


@lru_cache(maxsize=256)
def _by_concept(counts: Counts, number: int) -> dict[int, int]:
    start, end = counts.weights.place(number)
    return {counts.weights.concepts[at]: at for at in range(start, end) if counts.filers[at] > 1}


def fit(counts: Counts, samples: Sequence[Sample]) -> Fitted:
    """Fit weights to *samples*."""
    np, optimize = library("numpy"), library("scipy.optimize")
    rules = tuple(sorted({sample.said.rule for sample in samples if sample.said is not None}))
    made = design(counts, list(map(_sometimes_silent, samples)), rules)
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
    stiff[first : _first_spoken(counts)] = _LOOSE

    def loss(values: Any) -> tuple[float, Any]:
        narrow = values.astype(np.float32)
        scores = matrix @ narrow + general @ narrow[first : first + _ALIKE]
        scores -= np.maximum.reduceat(scores, starts)[owner]
        odds = np.exp(scores)
        whole = np.add.reduceat(odds, starts)
        wrong = -(much[known] * (scores - np.log(whole)[owner])[right[known]]).sum()
        off = odds / whole[owner] * counted[owner] - target
        slope = turned @ off
        slope[first : first + _ALIKE] += general.T @ off
        return float(wrong) + 0.5 * float((stiff * values * values).sum()), slope.astype(np.float64) + stiff * values

    start = np.zeros(many)
    start[first + 3] = 1.0
    least = np.full(many, -np.inf)
    least[first + _ALIKE : _first_spoken(counts)] = 0.0  # more filers never speak against a concept
    bounds = optimize.Bounds(least, np.inf)
    options = {"maxiter": _STEPS, "maxcor": 6}
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return Fitted(values=found.x, rules=rules)


def _sometimes_silent(sample: Sample) -> Sample:
    """Return *sample*, and now and then as if no rule named it: what filers call a row is to be known without rules too."""
    silent = crc32(f"{sample.filer} {sample.seen.label}".encode()) % _SILENT == 0
    return replace(sample, said=None) if silent else sample


def _much(sample: Sample) -> float:
    return (_MODERN if sample.modern else 1.0) * (_STANDARD if sample.standard else 1.0)


def _matrix(made: Design, many: int) -> tuple[Any, Any, Any]:
    np, sparse = library("numpy"), library("scipy.sparse")
    shape = (len(made.concepts), many)
    columns, values = np.frombuffer(made.columns, np.int32), np.frombuffer(made.values, np.float32)
    matrix = sparse.csr_matrix((values, columns, np.array(made.pair_ends, np.int64)), shape=shape)
    return matrix, np.array(made.general, np.float32), np.array(made.ends)


def fitted_content(counts: Counts, fitted: Fitted, calibration: Calibrations) -> dict[str, Any]:
    """Return the content of the file of weights: pairs that weigh nothing and find no candidate are left out."""
    weights = counts.weights
    whole = _whole_weights(counts, fitted)
    step = max(map(abs, whole)) / _REACH
    values = [round(value / step) for value in whole]
    many, last = len(counts.filers), _first_rule(counts)
    rules = {rule: round(float(value), 3) for rule, value in zip(fitted.rules, fitted.values[last:], strict=True)}
    return {
        **_pair_content(weights, values),
        "names": list(weights.names),
        "kinds": " ".join(weights.kinds),
        "words": [" ".join(sorted(said)) for said in weights.words],
        "rarity": dict(weights.rarity),
        "priors": list(weights.priors),
        "modern_priors": list(weights.modern_priors),
        "step": step,
        **_habit_content(weights),
        "general": [round(float(value), 4) for value in fitted.values[many : many + _ALIKE]],
        "rules": {rule: value for rule, value in rules.items() if value},
        "records": dict(weights.records),
        "calibration": {ground: [list(point) for point in points] for ground, points in sorted(calibration.items())},
        **_spoken_content(counts, fitted),
    }


def _habit_content(weights: Weights) -> dict[str, Any]:
    arrays = ("numbers", "starts", "shares", "concepts", "filers")
    return {"users": list(weights.users), **{f"habit_{one}": list(getattr(weights, f"habit_{one}")) for one in arrays}}


def _spoken_content(counts: Counts, fitted: Fitted) -> dict[str, Any]:
    """Return what words of labels say for words of names, without what is next to nothing."""
    first = _first_spoken(counts)
    vocabulary = {word: place for place, word in enumerate(counts.weights.rarity)}
    step = max([abs(float(value)) for value in fitted.values[first : _first_rule(counts)]], default=1.0) / _REACH or 1.0
    content: dict[str, Any] = {"spoken_numbers": [], "spoken_starts": [0], "spoken_words": [], "spoken_weights": []}
    for number, words in sorted(counts.spoken.items()):
        values = {word: round(float(fitted.values[first + place]) / step) for word, place in words.items()}
        kept = {word: value for word, value in values.items() if abs(value) >= _LEAST_SPOKEN}
        if kept:
            content["spoken_numbers"].append(number)
            content["spoken_words"] += [vocabulary[word] for word in kept]
            content["spoken_weights"] += kept.values()
            content["spoken_starts"].append(len(content["spoken_words"]))
    return {**content, "spoken_step": step}


def _whole_weights(counts: Counts, fitted: Fitted) -> list[float]:
    """Return what each pair weighs: by itself, and by how many filers bear it out."""
    starts, first = counts.weights.starts, len(counts.filers) + _ALIKE
    found = [float(value) for value in fitted.values[: len(counts.filers)]]
    for at, sort in enumerate(counts.sorts):
        if sort != SHARED:
            rise, share = fitted.values[first + 2 * sort : first + 2 * sort + 2]
            for pair in range(starts[at], starts[at + 1]):
                many = counts.filers[pair]
                found[pair] += float(rise * log1p(many * _RISE) + share * many / (counts.whole[at] + 1))
    return found


def _pair_content(weights: Weights, values: Sequence[int]) -> dict[str, Any]:
    """Return the features with the concepts that each finds, or weighs for or against."""
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
    return content


def _worth(value: int, weights: Weights, pair: int) -> bool:
    return value != 0 or weights.shares[pair] > 0
