"""HTML releases: the whole way beside lxml's parse and, where it is installed, edgartools; one process and two.

Run as ``python -m benchmarks.html FOLDER``.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import lxml.html

import tagger
from benchmarks.measuring import timed
from benchmarks.peers import edgartools_facts, has_edgartools


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.html", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3, help="how often each release is processed (default 3)")
    options = parser.parse_args()
    paths = sorted(path for path in options.folder.iterdir() if path.suffix in {".htm", ".html"})
    if not paths:
        parser.error(f"no .htm or .html in {options.folder}")
    print(f"{len(paths)} releases{'median':>27}{'worst':>12}")
    ours = _row("tagger, bytes to .htm", paths, _tag, options.runs)
    _ratio("times lxml's parse", ours, _row("lxml.html", paths, _parse, options.runs))
    if has_edgartools():
        _ratio("times edgartools", ours, _row("edgartools, facts", paths, edgartools_facts, options.runs))
    for workers in (1, 2):
        print(f"{f'all of them in {workers} process(es)':36}{_together(paths, workers):>9.2f} s")


def _tag(content: bytes) -> object:
    return tagger.tag(content).render("htm")


def _parse(content: bytes) -> object:
    return lxml.html.document_fromstring(content)


def _row(name: str, paths: Sequence[Path], call: Callable[[bytes], object], runs: int) -> list[float]:
    taken = []
    for path in paths:
        content = path.read_bytes()
        taken.append(timed(lambda content=content: call(content), runs=runs).median)  # type: ignore[misc]
    print(f"{name:26}{statistics.median(taken) * 1000:>9.1f} ms{max(taken) * 1000:>9.1f} ms")
    return taken


def _ratio(name: str, ours: Sequence[float], theirs: Sequence[float]) -> None:
    shares = [one / other for one, other in zip(ours, theirs, strict=True)]
    print(f"{name:26}{statistics.median(shares):>11.2f}x{max(shares):>11.2f}x")


def _together(paths: Sequence[Path], workers: int) -> float:
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_warm, paths[:workers]))
        start = time.perf_counter()
        list(pool.map(_warm, paths, chunksize=4))
        return time.perf_counter() - start


def _warm(path: Path) -> int:
    return len(tagger.tag(path).render("htm"))


if __name__ == "__main__":
    main()
