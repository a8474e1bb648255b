"""The weights: what was counted from filers' statements, packed so that it loads in a few milliseconds."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tagger.data import resource

OWN = "own"
"""Written for a concept of the filer's own."""

UNITS = {"money": "m", "per-share": "p", "shares": "s"}
_ARRAYS = {
    "numbers": "I",
    "filers": "B",
    "starts": "I",
    "concepts": "H",
    "weights": "b",
    "shares": "B",
    "priors": "f",
    "modern_priors": "f",
    "spoken_numbers": "I",
    "spoken_starts": "I",
    "spoken_words": "H",
    "spoken_weights": "b",
    "users": "H",
    "habit_numbers": "I",
    "habit_starts": "I",
    "habit_shares": "f",
    "habit_concepts": "H",
    "habit_filers": "H",
}
FORMAT = 5
FILE = "evidence.bin"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """What evidence knows.

    *names* are the concepts, each with its letter of unit and period type in *kinds* and the *words* of its name, which have
    a *rarity* each and together a *heft*. A feature's
    *number* is looked up in *numbers*; *filers* (up to 255) have such rows; from *starts* on stand its *concepts* with their
    *weights* (in units of *step*) and *shares* (in 255ths). *general* are the weights of what is alike for all concepts,
    *rules* those of rules by id, and *records* say how often filers agree with a rule. *priors* say how usual concepts are,
    before and since names became those of today. *calibration* has, by the `Ground` of an option, pairs of a raw probability and
    the share of filers that named it so, rising. *spoken_words* are words of names by their place in *vocabulary*, with
    what a word of a label says for concepts with that word in their names in *spoken_weights* (in units of *spoken_step*).
    So many filers are *users* of each concept; a thing seen of rows is looked up in *habit_numbers*, with the share of
    all users that show it in *habit_shares*, and how many of the users of *habit_concepts* do in *habit_filers*.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    words: tuple[frozenset[str], ...]
    rarity: Mapping[str, float]
    heft: tuple[float, ...]
    numbers: array[int]
    filers: array[int]
    starts: array[int]
    concepts: array[int]
    weights: array[int]
    shares: array[int]
    priors: array[float]
    modern_priors: array[float]
    step: float
    general: tuple[float, ...]
    rules: Mapping[str, float]
    records: Mapping[str, float]
    calibration: Mapping[str, Sequence[tuple[float, float]]]
    spoken_numbers: array[int]
    spoken_starts: array[int]
    spoken_words: array[int]
    spoken_weights: array[int]
    spoken_step: float
    users: array[int]
    habit_numbers: array[int]
    habit_starts: array[int]
    habit_shares: array[float]
    habit_concepts: array[int]
    habit_filers: array[int]
    vocabulary: Sequence[str] = field(repr=False)
    places: Mapping[str, int] = field(repr=False)
    by_word: Mapping[str, Sequence[int]] = field(repr=False)

    def used_today(self, name: str) -> bool:
        """Whether any filer counted since names became those of today uses *name*."""
        place = self.places.get(name)
        return place is not None and self.modern_priors[place] > 0

    def is_new(self, name: str) -> bool:
        """Whether no filer counted before names became those of today uses *name*."""
        place = self.places.get(name)
        return place is None or self.priors[place] < 0

    def place(self, number: int) -> tuple[int, int]:
        """Return from where to where the concepts of a feature stand; nowhere, if it was never counted."""
        at = bisect_left(self.numbers, number)
        if at < len(self.numbers) and self.numbers[at] == number:
            return self.starts[at], self.starts[at + 1]
        return 0, 0

    def spoken(self, number: int) -> dict[str, float]:
        """Return what a word of a label says for concepts with other words in their names."""
        at = bisect_left(self.spoken_numbers, number)
        if at == len(self.spoken_numbers) or self.spoken_numbers[at] != number:
            return {}
        places = range(self.spoken_starts[at], self.spoken_starts[at + 1])
        step, words, values = self.spoken_step, self.spoken_words, self.spoken_weights
        return {self.vocabulary[words[place]]: step * values[place] for place in places}

    def habit(self, number: int) -> tuple[int, int, float]:
        """Return from where to where the concepts stand whose users show a thing, and how usual that is for all."""
        at = bisect_left(self.habit_numbers, number)
        if at < len(self.habit_numbers) and self.habit_numbers[at] == number:
            return self.habit_starts[at], self.habit_starts[at + 1], self.habit_shares[at]
        return 0, 0, 0.0

    def filers_of(self, number: int) -> int:
        """Return how many filers have rows with a feature, as far as they were counted."""
        at = bisect_left(self.numbers, number)
        return self.filers[at] if at < len(self.numbers) and self.numbers[at] == number else 0


def pack_weights(content: Mapping[str, Any]) -> bytes:
    """Return the file of weights with *content*: the fields of `Weights` by name, as lists and dictionaries."""
    packed = {"format": FORMAT, **content}
    for name, code in _ARRAYS.items():
        values = array(code, content[name])
        if sys.byteorder == "big":
            values.byteswap()
        packed[name] = values.tobytes()
    return msgspec.msgpack.encode(packed)


def read_weights(content: bytes) -> Weights:
    """Return the weights that `pack_weights` packed."""
    packed: dict[str, Any] = msgspec.msgpack.decode(content)
    if packed.pop("format") != FORMAT:
        raise ValueError("these weights are of another version of tagger: build them again")
    for name, code in _ARRAYS.items():
        values: array[Any] = array(code)
        values.frombytes(packed[name])
        if sys.byteorder == "big":
            values.byteswap()
        packed[name] = values
    words = tuple(frozenset(said.split()) for said in packed.pop("words"))
    return Weights(
        **named(tuple(packed.pop("names")), words, packed.pop("rarity")),
        kinds=tuple(packed.pop("kinds").split()),
        general=tuple(packed.pop("general")),
        calibration={ground: tuple(map(tuple, points)) for ground, points in packed.pop("calibration").items()},
        **packed,
    )


def named(names: tuple[str, ...], words: tuple[frozenset[str], ...], rarity: Mapping[str, float]) -> dict[str, Any]:
    """Return what `Weights` hold of the *names* of concepts: their *words*, how rare each is, and where to find them."""
    by_word: dict[str, list[int]] = {}
    for place, said in enumerate(words):
        for word in said:
            by_word.setdefault(word, []).append(place)
    return {
        "names": names,
        "words": words,
        "rarity": rarity,
        "heft": tuple(sum(rarity[word] for word in sorted(said)) for said in words),
        "vocabulary": tuple(rarity),
        "places": {name: place for place, name in enumerate(names)},
        "by_word": by_word,
    }


@cache
def load_weights(path: Path | None = None) -> Weights | None:
    """Return the built-in weights, or those at *path*; ``None`` where none were built."""
    file = resource("data") / FILE if path is None else path
    return read_weights(file.read_bytes()) if file.is_file() else None
