"""Two copies of the library side by side: whether they write the same, byte for byte, and what time each takes for it.

`python -m benchmarks.alike OTHER PATH...` sets this copy beside the one whose sources are in the folder OTHER. Document by
document they take turns, so that what else the machine does falls on both alike.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple

HERE = Path(__file__).resolve().parents[1]
SUFFIXES = {".htm", ".html", ".md", ".pdf", ".txt"}
_WORK = """
import hashlib, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import tagger

def written(source):
    report = tagger.tag(source)
    return b"|".join([*map(report.render, ("htm", "json", "csv")), repr((report.facts, report.findings)).encode()])

for path in sys.stdin:
    source, least, told = Path(path[:-1]).read_bytes(), 1e9, ""
    for _ in range(int(sys.argv[2])):
        start = time.process_time()
        try:
            told = hashlib.sha256(written(source)).hexdigest()
        except Exception as error:
            told = f"{type(error).__name__}: {error}".replace(chr(10), " ")
        least = min(least, time.process_time() - start)
    print(least, told, flush=True)
"""


class Done(NamedTuple):
    """What one copy did with a document: the *seconds* it took at least, and what tells what it *wrote*, or its error."""

    seconds: float
    wrote: str


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.alike", description=__doc__)
    parser.add_argument("other", type=Path, help="the folder with the sources of the other copy")
    parser.add_argument("paths", nargs="+", type=Path, help="documents, or folders of them")
    parser.add_argument("--runs", type=int, default=1, help="how often each document is read; the least time counts")
    options = parser.parse_args()
    paths = sorted(_documents(options.paths))
    shares, different = [], 0
    for path, (own, other) in zip(paths, _by_turns((HERE, options.other), paths, options.runs), strict=True):
        shares.append(own.seconds / other.seconds)
        if own.wrote != other.wrote:
            different += 1
            print(f"differs: {path}")
    print(
        f"{len(paths)} documents, {different} differ; time beside the other's: {statistics.median(shares):.3f} in the median"
    )
    sys.exit(bool(different))


def _documents(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from (found for found in path.rglob("*") if found.suffix in SUFFIXES) if path.is_dir() else (path,)


def _by_turns(copies: Sequence[Path], paths: Sequence[Path], runs: int) -> Iterator[tuple[Done, ...]]:
    """Yield for each of *paths* what each of *copies* did with it."""
    with ExitStack() as open_:
        workers = [
            open_.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", _WORK, str(copy.resolve()), str(runs)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for copy in copies
        ]
        for path in paths:
            yield tuple(_done(worker, path.resolve()) for worker in workers)


def _done(worker: subprocess.Popen[str], path: Path) -> Done:
    asked, said = _piped(worker.stdin), _piped(worker.stdout)
    print(path, file=asked, flush=True)
    seconds, _, wrote = said.readline().strip().partition(" ")
    return Done(float(seconds), wrote)


def _piped(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


if __name__ == "__main__":
    main()
