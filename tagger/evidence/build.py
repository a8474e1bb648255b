"""Building weights: statements are counted and fitted, by fifths of the filers first, so that what is promised is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from tagger.catalog import load_catalog
from tagger.evidence.counting import count, named_in_year
from tagger.evidence.fitting import fit, fitted_content
from tagger.evidence.options import FIRST, Calibrations, Option, Weighed, ground_of, ranked
from tagger.evidence.samples import CATALOGS, Filed, Sample, samples
from tagger.evidence.sources import read_source
from tagger.evidence.weighing import in_year, weigh_apart
from tagger.evidence.weights import OWN, Weights, pack_weights, read_weights
from tagger.ruleset import RuleSet

FOLDS = 5
_LEAST = 0.01  # shares that are set right
_STEPS = 25
_PAIRS = 200  # pairs a step rests on


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
    learnt = distinct(samples(filed, rules))
    tell(f"{len(learnt)} rows of {len({sample.filer for sample in learnt})} filers")
    held: list[Held] = []
    for fold in range(parts):
        held += held_out(learnt, fold)
        tell(f"part {fold + 1} of {parts} measured")
    points = calibrations(held)
    counts = count(learnt)
    content = fitted_content(counts, fit(counts, learnt), points)
    packed = pack_weights(content)
    sources = {"sources": [path.name for path in paths]}
    return packed, report(held, points) | sources | _sizes(learnt, content, packed)


def _sizes(learnt: Sequence[Sample], content: dict[str, Any], packed: bytes) -> dict[str, Any]:
    """Return how much was learnt, and how large the file of it is."""
    return {
        "rows": len(learnt),
        "filers": len({sample.filer for sample in learnt}),
        "concepts": len(content["names"]),
        "features": len(content["numbers"]),
        "weights": len(content["weights"]) + len(content["spoken_weights"]),
        "bytes": len(packed),
        "sha256": sha256(packed).hexdigest(),
    }


class Held(NamedTuple):
    """A row of a filer that was not learnt from, with what is weighed of it."""

    sample: Sample
    weighed: Weighed


def distinct(found: Iterable[Sample]) -> list[Sample]:
    """Return samples once each: sources may hold the same filing, and filings the same row."""
    kept = {(one.filer, one.concept, one.seen, one.named, one.shared, one.said): one for one in found}
    return list(kept.values())


def fold_of(filer: str) -> int:
    """Return the part of the filers that *filer* is in."""
    return crc32(filer.encode()) % FOLDS


def held_out(learnt: Sequence[Sample], fold: int) -> list[Held]:
    """Weigh the rows of one part of the filers as they are weighed to be named, by what the others give."""
    others = [sample for sample in learnt if fold_of(sample.filer) != fold]
    asked = [sample for sample in learnt if fold_of(sample.filer) == fold]
    if not others or not asked:
        return []
    counts = count(others)
    weights = read_weights(pack_weights(fitted_content(counts, fit(counts, others), {})))
    statements: dict[int, list[Sample]] = {}
    for sample in asked:
        statements.setdefault(id(sample.view), []).append(sample)
    return [held for rows in statements.values() for held in _weigh(weights, rows)]


def _weigh(weights: Weights, rows: Sequence[Sample]) -> Iterator[Held]:
    catalog = load_catalog(CATALOGS[rows[0].modern])
    said = {row.place: row.said for row in rows}
    found = weigh_apart(weights, rows[0].view, said, in_year(catalog))
    yield from (Held(row, found[row.place]) for row in rows)


def calibrations(held: Sequence[Held]) -> dict[str, list[tuple[float, float]]]:
    """Return what sets shares right, by the ground they rest on."""
    pairs: dict[str, list[tuple[float, bool]]] = {}
    for sample, weighed in held:
        wanted = named_in_year(sample)
        for name, share in weighed.shares.items():
            if share >= _LEAST:
                pairs.setdefault(ground_of(weighed, name), []).append((share, name == wanted))
    points = {ground: calibration(found) for ground, found in sorted(pairs.items())}
    return points | {FIRST: calibration(_firsts(held, points))}


def _firsts(held: Sequence[Held], points: Calibrations) -> Iterator[tuple[float, bool]]:
    """Yield how sure the first option of each row is, and whether it is right."""
    for sample, weighed in held:
        for option in ranked(points, weighed)[:1]:
            yield option.confidence, option.concept == named_in_year(sample)


def report(held: Sequence[Held], points: Calibrations) -> dict[str, Any]:
    """Return how rows of filers that were not learnt from are named."""
    parts: dict[str, list[int]] = {}
    tenths: dict[str, list[list[float]]] = {}
    for sample, weighed in held:
        options, wanted = ranked(points, weighed), named_in_year(sample)
        told = ("all", "since 2018" if sample.modern else "before 2018", f"kind {sample.kind}")
        for part in told[:2]:
            _count_tenth(tenths.setdefault(part, [[0, 0, 0.0] for _ in range(10)]), options, wanted)
        if wanted == OWN:
            continue
        concepts = [option.concept for option in options if option.concept != OWN]
        for part in told:
            counted = parts.setdefault(part, [0, 0, 0, 0])
            counted[0] += 1
            counted[1] += concepts[:1] == [wanted]
            counted[2] += wanted in concepts[:3]
            counted[3] += sample.said is not None and sample.said.concept == wanted
    return {
        "right": {part: _shares(*counted) for part, counted in sorted(parts.items())},
        "confidence": {part: _tenths(counted) for part, counted in sorted(tenths.items())},
    }


def _shares(rows: int, first: int, three: int, rules: int) -> dict[str, float]:
    return {
        "rows": rows,
        "first": round(first / rows, 4),
        "three": round(three / rows, 4),
        "rules": round(rules / rows, 4),
    }


def _count_tenth(tenths: list[list[float]], options: Sequence[Option], wanted: str) -> None:
    """Count a row by the confidence of its first option."""
    if options:
        tenth = tenths[min(9, int(10 * options[0].confidence))]
        tenth[0] += 1
        tenth[1] += options[0].concept == wanted
        tenth[2] += options[0].confidence


def _tenths(counted: Sequence[Sequence[float]]) -> list[dict[str, float]]:
    """Return by tenths of confidence how many rows have it for their first option, what was said, and the share right."""
    return [
        {"rows": int(rows), "said": round(said / rows, 4), "right": round(right / rows, 4)}
        for rows, right, said in counted
        if rows
    ]


def calibration(pairs: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Return points of probability and share, rising in both, from *pairs* of a raw probability and whether it was right.

    >>> calibration([(0.2, False)] * 400 + [(0.8, True)] * 150 + [(0.8, False)] * 50)
    [(0.0, 0.0), (0.2, 0.0), (0.8, 0.75), (1.0, 0.75)]
    """
    ordered = sorted(pairs)
    size = max(_PAIRS, len(ordered) // _STEPS)
    blocks: list[list[float]] = []  # sum of probabilities, of those right, and how many
    for start in range(0, len(ordered), size):
        part = ordered[start : start + size]
        blocks.append([sum(share for share, _ in part), float(sum(right for _, right in part)), float(len(part))])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    points = [(round(share / many, 4), round(right / many, 4)) for share, right, many in blocks]
    return _ended(points)


def _ended(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    inner = [point for point in points if 0 < point[0] < 1]
    return [(0.0, 0.0), *inner, (1.0, points[-1][1])]
