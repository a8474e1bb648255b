"""Calibration: which share of filers named rows so where the weights gave a probability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_STEPS = 25
_LEAST = 200  # pairs a step rests on


def calibration(pairs: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Return points of probability and share, rising in both, from *pairs* of a raw probability and whether it was right.

    >>> calibration([(0.2, False)] * 400 + [(0.8, True)] * 150 + [(0.8, False)] * 50)
    [(0.0, 0.0), (0.2, 0.0), (0.8, 0.75), (1.0, 0.75)]
    """
    ordered = sorted(pairs)
    size = max(_LEAST, len(ordered) // _STEPS)
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
