"""Eight threads, and four processes with one cache and with caches of their own, against one document after another.

``python -m benchmarks.together [FOLDER …] [--documents 200]``: every output of every document has to be the same, byte for
byte. Without FOLDER the documents are the project's own.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import tagger
from tagger.batches.sources import find_releases

ROOT = Path(__file__).resolve().parents[1]
OWN = ("examples", "tests/cases", "tests/layouts")
FORMATS = ("htm", "xml", "json", "csv", "xbri")
THREADS, PROCESSES = 8, 4


def digests(path: Path) -> str:
    """Return what stands for all outputs of the document at *path*, its findings, or why it is refused."""
    try:
        report = tagger.tag(path)
    except tagger.reading.ReadError as refused:
        return str(refused)
    said = "\n".join(map(str, report.findings)).encode()
    parts = [hashlib.sha256(data).hexdigest() for data in (said, *map(report.render, FORMATS))]
    return " ".join(parts)


def main() -> int:
    """Run the documents each way, and print how many came out otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--documents", type=int, default=200)
    asked = parser.parse_args()
    folders = asked.folders or [ROOT / name for name in OWN]
    paths = [Path(source.path) for source in find_releases(*map(str, folders), recursive=True) if source.path]
    paths = list(islice(cycle(paths), asked.documents))
    with tempfile.TemporaryDirectory(prefix="tagger-together-") as place:
        os.environ["TAGGER_CACHE"] = f"{place}/first"
        told = list(map(digests, paths))
        ways = {
            f"{THREADS} threads": _with(ThreadPoolExecutor(THREADS), paths),
            f"{PROCESSES} processes, one cache, empty at first": _with(
                _processes([f"{place}/shared"] * PROCESSES), paths
            ),
            f"{PROCESSES} processes, a cache each": _with(
                _processes([f"{place}/{n}" for n in range(PROCESSES)]), paths
            ),
        }
        return _report(paths, told, ways)


def _with(workers: Executor, paths: Iterable[Path]) -> list[str]:
    with workers:
        return list(workers.map(digests, paths))


def _processes(caches: Sequence[str]) -> Executor:
    """Return as many processes as *caches*, each of which begins anew and keeps to its own."""
    context = multiprocessing.get_context("spawn")
    left = context.Queue()
    for cache in caches:
        left.put(cache)
    return ProcessPoolExecutor(len(caches), mp_context=context, initializer=_begin, initargs=(left,))


def _begin(caches: multiprocessing.Queue[str]) -> None:
    os.environ["TAGGER_CACHE"] = caches.get()


def _report(paths: Sequence[Path], told: Sequence[str], ways: Mapping[str, Sequence[str]]) -> int:
    failed = 0
    for way, found in ways.items():
        other = [path for path, one, two in zip(paths, told, found, strict=True) if one != two]
        failed += len(other)
        print(f"{way}: {len(paths)} documents, {len(other)} come out otherwise", *other, sep="\n  ")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
