"""Agreement: what filers call a label in its section, set against what a rule says of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tagger.evidence.features import OfSection
from tagger.evidence.options import InYear, Said
from tagger.evidence.weights import Weights

_USUAL = 0.7  # how often filers agree with a rule that none of them called
_WEIGHT = 4.0  # filers that a rule's own record stands for
_OLD = 10  # filers that all of those before today's names stand for
_ALL = 255
_FEW = 3  # of 255 filers: fewer say nothing


@lru_cache(maxsize=1024)
def of_its_label(weights: Weights, section: OfSection, said: Said, called: InYear, *, modern: bool) -> dict[str, float]:
    """Return what filers call a label in its section, set against how often they agree with the rule that was *said*.

    For the names of today, filers of today count most, and those of before only where they could use what the rule says.
    """
    of_rule = _WEIGHT * weights.records.get(said.rule, _USUAL)
    before = _counted(weights, section.before, called, _OLD if modern else _ALL)
    if not modern:
        return _set_against(said.concept, of_rule, before)
    if weights.is_new(said.concept) and said.concept not in before:
        before = {}
    return _set_against(said.concept, of_rule, before, _counted(weights, section.today, called, _ALL))


def _counted(weights: Weights, number: int, called: InYear, most: int) -> dict[str | None, float]:
    """Return how many filers name rows with a feature what, of at most so many; those of names that the year lacks too."""
    whole, shares = _shares(weights, number)
    much = min(whole, most) / 255
    found: dict[str | None, float] = {}
    for concept, share in shares:
        name = called(concept)
        found[name] = found.get(name, 0.0) + much * share
    return found


@lru_cache(maxsize=1024)
def _shares(weights: Weights, number: int) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Return how many filers have rows with a feature, and their concepts with how many of 255 use each."""
    start, end = weights.place(number)
    if start == end:
        return 0, ()
    names = [weights.names[concept] for concept in weights.concepts[start:end]]
    shares = [pair for pair in zip(names, weights.shares[start:end], strict=True) if pair[1] >= _FEW]
    return weights.filers_of(number), tuple(shares)


def _set_against(concept: str, of_rule: float, *counted: Mapping[str | None, float]) -> dict[str, float]:
    """Return the shares of what was *counted*, and of the *concept* of a rule that so many filers stand for."""
    whole = _WEIGHT + sum([sum(names.values()) for names in counted])
    found = {concept: of_rule / whole}
    for names in counted:
        for name, many in names.items():
            if name is not None:
                found[name] = found.get(name, 0.0) + many / whole
    return found
