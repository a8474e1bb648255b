"""Building weights: statements are counted and fitted, by fifths of the filers first, so that what is promised is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from tagger.catalog import load_catalog
from tagger.evidence.calibrating import calibration
from tagger.evidence.counting import Counts, count, named_in_year
from tagger.evidence.fitting import fit, fitted_content, raw_shares
from tagger.evidence.samples import CATALOGS, Filed, Sample, samples
from tagger.evidence.sources import read_source
from tagger.evidence.weighing import calibrated, in_year, of_its_label
from tagger.evidence.weights import OWN, pack_weights
from tagger.ruleset import RuleSet

FOLDS = 5
_LEAST = 0.01  # shares that are set right


def build_weights(
    paths: Sequence[Path],
    rules: RuleSet,
    *,
    without: frozenset[str] = frozenset(),
    parts: int = FOLDS,
    read: Callable[[Path], Iterable[Filed]] = read_source,
    tell: Callable[[str], None] = print,
) -> tuple[bytes, dict[str, Any]]:
    """Return the file of weights made from *paths*, and the report of them.

    Promises are measured on the first *parts* of five parts of the filers, each by what the others give. Filers *without* are not learnt from. *read* makes statements of a source, and *tell* is told what is being done.
    """
    filed = [statement for path in paths for statement in read(path) if statement.filer not in without]
    learnt = list(samples(filed, rules))
    tell(f"{len(learnt)} rows of {len({sample.filer for sample in learnt})} filers")
    held: list[_Held] = []
    for fold in range(parts):
        held += _held_out(learnt, fold)
        tell(f"part {fold + 1} of {parts} measured")
    points = calibration(pair for one in held for pair in _pairs(one.sample, one.shares))
    ruled = calibration(pair for one in held for pair in _pairs(one.sample, one.ruled))
    counts = count(learnt)
    content = fitted_content(counts, fit(counts, learnt), points, ruled)
    packed = pack_weights(content)
    return packed, report(held, points, ruled) | {
        "sources": [path.name for path in paths],
        "rows": len(learnt),
        "filers": len({sample.filer for sample in learnt}),
        "concepts": len(content["names"]),
        "features": len(content["numbers"]),
        "weights": len(content["weights"]),
        "bytes": len(packed),
    }


class _Held(NamedTuple):
    """A row of a filer that was not learnt from: raw shares of all that is seen of it, and of what its label and a rule say."""

    sample: Sample
    shares: dict[str, float]
    ruled: dict[str, float]


def fold_of(filer: str) -> int:
    """Return the part of the filers that *filer* is in."""
    return crc32(filer.encode()) % FOLDS


def _held_out(learnt: Sequence[Sample], fold: int) -> list[_Held]:
    """Weigh the rows of one part of the filers by what the others give."""
    others = [sample for sample in learnt if fold_of(sample.filer) != fold]
    asked = [sample for sample in learnt if fold_of(sample.filer) == fold]
    if not others or not asked:
        return []
    counts = count(others)
    shares = raw_shares(counts, fit(counts, others), asked)
    return [_Held(sample, found, _ruled(counts, sample)) for sample, found in zip(asked, shares, strict=True)]


def _ruled(counts: Counts, sample: Sample) -> dict[str, float]:
    """Return what the label and the rule say together of *sample*, nothing where no rule names it."""
    if sample.said is None:
        return {}
    catalog = load_catalog(CATALOGS[sample.modern])
    number = sample.named.of_label.whole[0].number
    found = of_its_label(counts.weights, number, sample.said, partial(in_year, catalog))
    return {option.concept: option.share for option in found}


def _pairs(sample: Sample, shares: dict[str, float]) -> list[tuple[float, bool]]:
    wanted = named_in_year(sample)
    return [(share, name == wanted) for name, share in shares.items() if share >= _LEAST]


def report(
    held: Sequence[_Held], points: Sequence[tuple[float, float]], ruled: Sequence[tuple[float, float]]
) -> dict[str, Any]:
    """Return how rows of filers that were not learnt from are named."""
    parts: dict[str, list[int]] = {}
    for one in held:
        sample, wanted = one.sample, named_in_year(one.sample)
        if wanted == OWN:
            continue
        concepts = [name for name in ranked(one.shares) if name != OWN]
        for part in ("all", "since 2018" if sample.modern else "before 2018", f"kind {sample.kind}"):
            counted = parts.setdefault(part, [0, 0, 0, 0])
            counted[0] += 1
            counted[1] += concepts[:1] == [wanted]
            counted[2] += wanted in concepts[:3]
            counted[3] += sample.said is not None and sample.said.concept == wanted
    return {
        "right": {
            part: {
                "rows": rows,
                "first": round(first / rows, 4),
                "three": round(three / rows, 4),
                "rules": round(rules / rows, 4),
            }
            for part, (rows, first, three, rules) in sorted(parts.items())
        },
        "confidence": _tenths(held, [one.shares for one in held], points),
        "confidence of labels with a rule": _tenths(held, [one.ruled for one in held], ruled),
    }


def ranked(shares: dict[str, float]) -> list[str]:
    """Return the names of *shares*, the likeliest first."""
    return sorted(shares, key=lambda name: (-shares[name], name))


def _tenths(
    held: Sequence[_Held], shares: Sequence[dict[str, float]], points: Sequence[tuple[float, float]]
) -> list[dict[str, float]]:
    """Return by tenths of confidence how many rows have it for their first concept, what was said, and the share right."""
    tenths = [[0, 0, 0.0] for _ in range(10)]
    for one, found in zip(held, shares, strict=True):
        first = next(iter(ranked(found)), None)
        if first is not None:
            sure = calibrated(points, found[first])
            tenth = tenths[min(9, int(10 * sure))]
            tenth[0] += 1
            tenth[1] += first == named_in_year(one.sample)
            tenth[2] += sure
    return [
        {"rows": int(rows), "said": round(said / rows, 4), "right": round(right / rows, 4)}
        for rows, right, said in tenths
        if rows
    ]
