"""Building weights: statements are counted and fitted, by fifths of the filers first, so that what is promised is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from tagger.catalog import concept_in_year, load_catalog
from tagger.evidence.calibrating import calibration
from tagger.evidence.counting import count
from tagger.evidence.fitting import fit, fitted_content, raw_shares
from tagger.evidence.samples import CATALOGS, Sample, samples
from tagger.evidence.sources import read_source
from tagger.evidence.weights import OWN, pack_weights
from tagger.ruleset import RuleSet

FOLDS = 5


def build_weights(
    paths: Sequence[Path],
    rules: RuleSet,
    *,
    without: frozenset[str] = frozenset(),
    parts: int = FOLDS,
    tell: Callable[[str], None] = print,
) -> tuple[bytes, dict[str, Any]]:
    """Return the file of weights made from *paths*, and the report of them.

    Promises are measured on the first *parts* of five parts of the filers, each by what the others give. Filers *without* are not learnt from. Sources are told by `read_source`; *tell* is told what is being done.
    """
    filed = [statement for path in paths for statement in read_source(path) if statement.filer not in without]
    learnt = list(samples(filed, rules))
    tell(f"{len(learnt)} rows of {len({sample.filer for sample in learnt})} filers")
    held = []
    for fold in range(parts):
        held += _held_out(learnt, fold)
        tell(f"part {fold + 1} of {parts} measured")
    points = calibration(pair for sample, shares in held for pair in _pairs(sample, shares))
    counts = count(learnt)
    content = fitted_content(counts, fit(counts, learnt), points)
    packed = pack_weights(content)
    return packed, report(held, points) | {
        "sources": [path.name for path in paths],
        "rows": len(learnt),
        "filers": len({sample.filer for sample in learnt}),
        "concepts": len(content["names"]),
        "features": len(content["numbers"]),
        "weights": len(content["weights"]),
        "bytes": len(packed),
    }


def fold_of(filer: str) -> int:
    """Return the part of the filers that *filer* is in."""
    return crc32(filer.encode()) % FOLDS


def _held_out(learnt: Sequence[Sample], fold: int) -> list[tuple[Sample, dict[str, float]]]:
    """Weigh the rows of one part of the filers by what the others give."""
    others = [sample for sample in learnt if fold_of(sample.filer) != fold]
    asked = [sample for sample in learnt if fold_of(sample.filer) == fold]
    if not others or not asked:
        return []
    counts = count(others)
    return list(zip(asked, raw_shares(counts, fit(counts, others), asked), strict=True))


def wanted_name(sample: Sample) -> str:
    """Return what *sample* is named, as its year names it."""
    if sample.concept == OWN:
        return OWN
    return concept_in_year(load_catalog(CATALOGS[sample.modern]), sample.concept) or sample.concept


def _pairs(sample: Sample, shares: dict[str, float]) -> list[tuple[float, bool]]:
    wanted = wanted_name(sample)
    return [(share, name == wanted) for name, share in shares.items() if share >= 0.01]


def report(held: Sequence[tuple[Sample, dict[str, float]]], points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Return how rows of filers that were not learnt from are named."""
    from tagger.evidence.weighing import calibrated

    parts: dict[str, list[int]] = {}
    tenths = [[0, 0, 0.0] for _ in range(10)]
    for sample, shares in held:
        wanted = wanted_name(sample)
        ranked = sorted(shares, key=lambda name: (-shares[name], name))
        if ranked:
            sure = calibrated(points, shares[ranked[0]])
            tenth = tenths[min(9, int(10 * sure))]
            tenth[0] += 1
            tenth[1] += ranked[0] == wanted
            tenth[2] += sure
        if wanted == OWN:
            continue
        concepts = [name for name in ranked if name != OWN]
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
        "confidence": [
            {"rows": int(rows), "said": round(said / rows, 4), "right": round(right / rows, 4)}
            for rows, right, said in tenths
            if rows
        ],
    }
