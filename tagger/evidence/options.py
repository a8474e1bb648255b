"""Options: the concepts that a row may have, what each share rests on, and how rows of a statement share concepts out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import accumulate
from operator import mul
from typing import NamedTuple

from tagger.data import load_json
from tagger.evidence.features import View
from tagger.evidence.weights import OWN

Calibrations = Mapping[str, Sequence[tuple[float, float]]]
"""By ground, pairs of a share as weighed and as it held, rising in both."""
InYear = Callable[[str], str | None]
"""What names a concept as the wanted taxonomy does, or says that it has none."""
_CLAIM = 0.05  # shares from which on a row claims a concept
_MOST_CLAIMED = 0.98
FIRST = "first"
"""The ground of options that are likelier than the others of their row."""
_TOLD = 0.005  # shares that are told at all
_LEAST = 0.1  # what fewer filers than that would choose names no row
_OWN = 0.3  # of filers who make a concept of their own: what fewer use names no row that no rule names
_OF_TODAY = 0.45  # nor does a name of today that fewer of all filers would give: few were counted


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


class Basis(StrEnum):
    """What the shares of a row's concepts were counted from: the label alone, before or since names became those of today,
    or all that is seen of the row.
    """

    LABEL = "label"
    TODAY = "label today"
    ROW = "row"


class Weighed(NamedTuple):
    """The *shares* of the concepts of a row before they are set right, with their *basis*, and what rules *said*."""

    shares: dict[str, float]
    basis: Basis
    said: Said | None


def apart(found: Mapping[int, Weighed], seen: View) -> dict[int, Weighed]:
    """Return the shares of rows of one statement, each less by what other rows claim of a concept.

    One concept goes to one row: a row has it only as far as no other has. Rows with the same label are one.
    """
    claims: dict[str, list[tuple[int, float]]] = {}
    for place, (shares, _, _) in found.items():
        for name, share in shares.items():
            if share >= _CLAIM and name != OWN:
                claims.setdefault(name, []).append((place, share))
    shared = {name: _left(of, seen) for name, of in claims.items() if len(of) > 1 and not name.startswith(_repeated())}
    return {
        place: one if shared.keys().isdisjoint(one.shares) else _less(seen.rows[place].label, one, shared)
        for place, one in found.items()
    }


def _left(claims: Sequence[tuple[int, float]], seen: View) -> dict[str | None, float]:
    """Return what the *claims* of other labels leave of a concept to each label; under ``None``, to one that claims none."""
    factors: dict[str, float] = {}
    for place, share in claims:
        label = seen.rows[place].label
        factors[label] = factors.get(label, 1.0) * (1.0 - min(share, _MOST_CLAIMED))
    *before, whole = accumulate(factors.values(), mul, initial=1.0)
    behind = [*accumulate(reversed(factors.values()), mul, initial=1.0)][-2::-1]
    return {None: whole} | {label: one * other for label, one, other in zip(factors, before, behind, strict=True)}


def _less(label: str, one: Weighed, shared: Mapping[str, Mapping[str | None, float]]) -> Weighed:
    left = dict(one.shares)
    for name in left.keys() & shared.keys():
        left[name] *= shared[name].get(label, shared[name][None])
    whole, now = sum(one.shares.values()), sum(left.values())
    return one._replace(shares={name: share * whole / now for name, share in left.items()}) if now else one


@cache
def _repeated() -> tuple[str, ...]:
    """Return how the names of concepts begin that two rows of a statement have: balances at the beginning and the end."""
    return tuple(load_json("evidence")["repeated"])


def ranked(points: Calibrations, one: Weighed) -> list[Option]:
    """Return options, those first that filers choose most often."""
    grounds = {OWN: points.get(ground_of(one, OWN), ())}
    if one.said is not None:
        grounds[one.said.concept] = points.get(ground_of(one, one.said.concept), ())
    others = points.get(ground_of(one, ""), ())
    found = [
        Option(name, round(calibrated(grounds.get(name, others), share), 4), share)
        for name, share in one.shares.items()
        if share >= _TOLD
    ]
    found.sort(key=_order)
    if found:  # that nothing else is likelier says something too
        found[0] = found[0]._replace(confidence=round(calibrated(points.get(FIRST, ()), found[0].confidence), 4))
    return found


def _order(option: Option) -> tuple[float, float, str]:
    return -option.confidence, -option.share, option.concept


def usual(options: Sequence[Option], *, ruled: bool, modern: bool) -> tuple[Option, ...]:
    """Return the concepts of *options* that enough filers use to name a row so; *ruled* where a rule names it.

    Where none does, and for each that uses a concept three make one of their own, so does the library.

    >>> options = (Option(OWN, 0.6, 0.6), Option("us-gaap:Land", 0.25, 0.25), Option("us-gaap:Buildings", 0.12, 0.12))
    >>> [option.concept for option in usual(options, ruled=False, modern=False)]
    ['us-gaap:Land']
    """
    least = _LEAST
    if not ruled:
        own = next((option.confidence for option in options if option.concept == OWN), 0.0)
        least = max(_LEAST, _OWN * own, _OF_TODAY if modern else 0.0)
    return tuple(option for option in options if option.concept != OWN and option.confidence >= least)


def ground_of(one: Weighed, name: str) -> str:
    """Return on what the share of the concept *name* rests, for shares of another ground hold more often, or less.

    >>> ground_of(Weighed({}, Basis.ROW, None), OWN)
    'row: own'
    """
    return _ground(one.basis, name == OWN, None if one.said is None else name == one.said.concept)


@cache
def _ground(basis: Basis, own: bool, by_rule: bool | None) -> str:
    against = "no rule" if by_rule is None else "rule" if by_rule else "against a rule"
    return f"{basis}: {'own' if own else against}"


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


def by_name_of_year(found: Iterable[tuple[str | None, float]]) -> dict[str, float]:
    """Return the shares of the names that the year has; concepts that it calls the same are one."""
    shares: dict[str, float] = {}
    for name, share in found:
        if name is not None:
            shares[name] = shares.get(name, 0.0) + share
    return shares
