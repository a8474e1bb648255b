"""Counting: how many filers gave which concept to rows with a feature."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from msgspec import Struct

from tagger.catalog import concept_in_year, load_catalog
from tagger.data import load_json
from tagger.evidence.features import Feature, words
from tagger.evidence.habits import word_number
from tagger.evidence.samples import CATALOGS, Sample
from tagger.evidence.weights import OWN, UNITS, Weights, named
from tagger.patterns import pattern

_CAMEL = pattern(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+")
_ENOUGH = 2  # filers that must have rows with a feature
_MOST = {0.0: 16, 0.5: 8, 1.0: 10}  # concepts kept of a feature, by how much it counts for candidates
_USUAL = 16
_PLACES = 64  # of a section of a statement, or of what stands above
_SHARED = 300  # of what all rows of a statement share
SHARED = 255
"""The sort of features that all rows of a statement share."""

_HEARD = 3  # users of concepts that must show a thing
_SPOKEN = 3  # filers that must give a concept with a word in its name to rows with a word in their labels


class Counts(Struct, frozen=True, kw_only=True, eq=False):
    """Weights before they are fitted, and how many *filers* stand behind each pair of feature and concept, and *whole* feature.

    *sorts* are those of the features, `SHARED` for what all rows of a statement share. *spoken* numbers the pairs of a word of
    labels and one of names that filers bear out.
    """

    weights: Weights
    filers: array[int]
    whole: array[int]
    sorts: array[int]
    spoken: dict[int, dict[str, int]]


def count(samples: Sequence[Sample]) -> Counts:
    """Count *samples* by filer."""
    names = sorted({sample.concept for sample in samples})
    places = {name: place for place, name in enumerate(names)}
    pairs = _pairs(samples, places)
    sort_of = {one.number: one.sort for sample in samples for one in every_feature(sample)}
    numbers, starts, concepts, filers, whole = array("I"), array("I", [0]), array("H"), array("H"), array("I")
    sorts = array("B")
    for number in sorted(pairs):
        kept, total = pairs[number]
        numbers.append(number)
        sorts.append(sort_of.get(number, SHARED))
        whole.append(total)
        concepts.extend(concept for concept, _ in kept)
        filers.extend(much for _, much in kept)
        starts.append(len(concepts))
    shares = array("B")
    for at, total in enumerate(whole):
        shares.extend(round(255 * filers[pair] / (total + 1)) for pair in range(starts[at], starts[at + 1]))
    weights = _unfitted(samples, names, numbers, whole, starts, concepts, shares)
    return Counts(weights=weights, filers=filers, whole=whole, sorts=sorts, spoken=_spoken(samples))


def _spoken(samples: Sequence[Sample]) -> dict[int, dict[str, int]]:
    """Return the pairs of a word of labels and a word of names, numbered, by the first."""
    seen: dict[tuple[int, str], int] = defaultdict(int)
    bits = _bits(samples)
    for sample in samples:
        for word in name_words(sample.concept):
            for number in sample.named.of_label.words:
                seen[number, word] |= bits[sample.filer]
    found: dict[int, dict[str, int]] = defaultdict(dict)
    kept = sorted(pair for pair, filers in seen.items() if filers.bit_count() >= _SPOKEN)
    for place, (number, word) in enumerate(kept):
        found[number][word] = place
    return dict(found)


def every_feature(sample: Sample) -> Iterator[Feature]:
    """Yield the features of a row, those of the parts of its label too."""
    yield from sample.named.of_label.whole
    yield from sample.named.of_label.parts
    yield from sample.named.of_place


def _pairs(samples: Sequence[Sample], places: dict[str, int]) -> dict[int, tuple[list[tuple[int, int]], int]]:
    """Return the concepts of each feature with their filers, most first, and how many filers there are in all.

    Filers are bits of a number: there may be many.
    """
    seen: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    most: dict[int, int] = {}
    bits = _bits(samples)
    for sample in samples:
        concept, bit = places[sample.concept], bits[sample.filer]
        for number, much, _ in every_feature(sample):
            most[number] = _MOST.get(much, _USUAL)
            seen[number][concept] |= bit
        for number, _, _ in sample.named.of_place[:2]:
            most[number] = _PLACES
        for number in sample.shared:
            most[number] = _SHARED
            seen[number][concept] |= bit
    found: dict[int, tuple[list[tuple[int, int]], int]] = {}
    for number, concepts in seen.items():
        if reduce(or_, concepts.values()).bit_count() >= _ENOUGH:
            ranked = sorted(
                ((concept, filers.bit_count()) for concept, filers in concepts.items()),
                key=lambda one: (-one[1], one[0]),
            )
            found[number] = (ranked[: most[number]], sum(much for _, much in ranked))
    return found


def _bits(samples: Sequence[Sample]) -> dict[str, int]:
    return {filer: 1 << place for place, filer in enumerate(sorted({sample.filer for sample in samples}))}


def _unfitted(
    samples: Sequence[Sample],
    names: Sequence[str],
    numbers: array[int],
    whole: array[int],
    starts: array[int],
    concepts: array[int],
    shares: array[int],
) -> Weights:
    said = tuple(name_words(name) for name in names)
    common = Counter(word for name in said for word in name)
    used = [Counter(sample.concept for sample in samples if sample.modern == modern) for modern in (False, True)]
    priors = [array("f", (math.log(0.5 + counter[name]) for name in names)) for counter in used]
    rarity = {word: round(math.log(1 + len(names) / common[word]), 3) for word in sorted(common)}
    return Weights(
        **_habits(samples, names),
        **named(tuple(names), said, rarity),
        kinds=tuple(map(_kind, names)),
        numbers=numbers,
        filers=array("B", (min(many, 255) for many in whole)),
        starts=starts,
        concepts=concepts,
        weights=array("b", bytes(len(concepts))),
        shares=shares,
        priors=priors[0],
        modern_priors=priors[1],
        step=1.0,
        general=(),
        rules={},
        records=_records(samples),
        calibration={},
        spoken_numbers=array("I"),
        spoken_starts=array("I", [0]),
        spoken_words=array("H"),
        spoken_weights=array("b"),
        spoken_step=1.0,
    )


def _habits(samples: Sequence[Sample], names: Sequence[str]) -> dict[str, Any]:
    """Return how many filers use each concept, and how many of them show what is seen of rows.

    The words of its name are said of a concept by one more than there are.
    """
    bits, places = _bits(samples), {name: place for place, name in enumerate(names)}
    users, seen = [0] * len(names), defaultdict[int, dict[int, int]](lambda: defaultdict(int))
    for sample in samples:
        if sample.concept != OWN:
            concept, bit = places[sample.concept], bits[sample.filer]
            users[concept] |= bit
            for numbers in (sample.habits.words, *sample.habits.others):
                for number in numbers:
                    seen[number][concept] |= bit
    many = {number: {one: filers.bit_count() for one, filers in of.items()} for number, of in seen.items()}
    for name, concept in places.items():
        for number in map(word_number, sorted(name_words(name))):
            if number in many:
                many[number][concept] = many[number].get(concept, 0) + 1
    return _packed_habits(many, array("H", [filers.bit_count() for filers in users]))


def _packed_habits(many: Mapping[int, Mapping[int, int]], users: array[int]) -> dict[str, array[Any]]:
    numbers, starts, shares = array("I"), array("I", [0]), array("f")
    concepts, filers = array("H"), array("H")
    for number in sorted(many):
        whole = sum(many[number].values())
        if whole < _HEARD:
            continue
        numbers.append(number)
        shares.append(whole / sum(users))
        concepts.extend(sorted(many[number]))
        filers.extend(many[number][concept] for concept in sorted(many[number]))
        starts.append(len(concepts))
    return {
        "users": users,
        "habit_numbers": numbers,
        "habit_starts": starts,
        "habit_shares": shares,
        "habit_concepts": concepts,
        "habit_filers": filers,
    }


def _records(samples: Sequence[Sample]) -> dict[str, float]:
    """Return how often filers agree with each rule, of all who have rows that it names."""
    said: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for sample in samples:
        if sample.said is not None:
            said[sample.said.rule].add((sample.filer, named_in_year(sample) == sample.said.concept))
    return {rule: round((1 + sum(agree for _, agree in of)) / (2 + len(of)), 3) for rule, of in sorted(said.items())}


def named_in_year(sample: Sample) -> str:
    """Return what *sample* is named, as its year names it."""
    if sample.concept == OWN:
        return OWN
    return concept_in_year(load_catalog(CATALOGS[sample.modern]), sample.concept) or sample.concept


@lru_cache(maxsize=8192)
def name_words(name: str) -> frozenset[str]:
    """Return the folded words that the name of a concept is made of.

    >>> sorted(name_words("us-gaap:AccountsPayableCurrent"))
    ['account', 'current', 'payable']
    """
    if name == OWN:
        return frozenset()
    parts = _CAMEL.findall(name.partition(":")[2])
    return frozenset(words(" ".join(parts)).whole.split()) - frozenset(load_json("evidence")["name_stop"])


def _kind(name: str) -> str:
    """Return the letters of unit and period type of a concept; no catalog knows it: none."""
    found = next(filter(None, (load_catalog(year).find(name) for year in CATALOGS.values())), None)
    return f"{UNITS.get(found.unit_kind, 'x')}{found.period_type[0]}" if found is not None else "--"
