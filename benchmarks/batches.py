"""A folder of thousands of documents: one run, one killed and resumed, memory of each process, one job beside two.

``python -m benchmarks.batches FOLDER [--documents 2000] [--jobs 2]``: the documents of FOLDER are repeated under other
names. The run is killed when so many documents are done, at random, and again after it was resumed. Times are wall clock
and processor time; on a busy machine only the latter says something.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import cycle, islice
from pathlib import Path

from tagger.batches.sources import find_releases

_PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Run the measures and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--scaling", action="store_true", help="one job beside two, and nothing else")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tagger-batches-") as place:
        folder = Path(place) / "releases"
        spread(asked.folders, folder, asked.documents)
        if asked.scaling:
            _scaling(folder, Path(place), asked.jobs)
        else:
            _resuming(folder, Path(place), asked.jobs, asked.kills)


def spread(folders: list[str], target: Path, count: int) -> None:
    """Put *count* documents into *target*, those of *folders* again and again under other names."""
    target.mkdir()
    paths = [Path(source.path) for source in find_releases(*folders) if source.path]
    for number, path in enumerate(islice(cycle(paths), count)):
        (target / f"{number:05}{path.suffix}").symlink_to(path.resolve())


def _resuming(folder: Path, place: Path, jobs: int, kills: int) -> None:
    whole = place / "whole.parquet"
    seconds, most = _finished(_started(folder, whole, jobs))
    print(f"{len(list(folder.iterdir()))} documents, {jobs} jobs: {seconds:.0f} s, {whole.stat().st_size / 1e6:.1f} MB of Parquet")  # fmt: skip
    for name, memory in most:
        print(f"  {name}: {memory[0]:.0f} MB after a tenth of the time, {memory[1]:.0f} MB at the end, {memory[2]:.0f} MB at most")  # fmt: skip
    broken = place / "broken.parquet"
    count = len(list(folder.iterdir()))
    for wanted in sorted(random.Random(1).sample(range(count // 20, count - count // 20), kills)):
        process = _started(folder, broken, jobs)
        while process.poll() is None and _done(place / ".broken.parquet.done") < wanted:
            time.sleep(0.2)
        process.kill()
        process.wait()
        done = _done(place / ".broken.parquet.done")
        print(f"  killed with {done} documents done: {'output is there' if broken.exists() else 'no output'}")
    _finished(_started(folder, broken, jobs))
    same = whole.read_bytes() == broken.read_bytes()
    rest = [path.name for path in place.iterdir() if path.name.startswith(".")]
    print(
        f"killed {kills} times and resumed: {'the same bytes' if same else 'OTHER BYTES'}; left behind: {rest or 'nothing'}"
    )


def _done(store: Path) -> int:
    """Return how many documents are done for good, as the file beside the output says."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT count(*) FROM done").fetchone()[0])
    return 0


def _scaling(folder: Path, place: Path, jobs: int) -> None:
    found = {}
    for number in (1, jobs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds, _ = _finished(_started(folder, place / f"jobs{number}.parquet", number))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found[number] = seconds
        print(f"{number} jobs: {seconds:.1f} s by the clock, {busy:.1f} s of processors")
    print(f"{jobs} jobs are {found[1] / found[jobs]:.2f} times one")


def _started(folder: Path, output: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tagger", "tag", str(folder), "-o", str(output), "--jobs", str(jobs)]
    return subprocess.Popen([*command, "--quiet", "--resume"])


def _finished(process: subprocess.Popen[bytes]) -> tuple[float, list[tuple[str, tuple[float, float, float]]]]:
    """Wait for *process* and return its seconds, and the memory of it and each of its children over time."""
    started = time.monotonic()
    seen: dict[int, list[float]] = {}
    while process.poll() is None:
        for pid in (process.pid, *_children(process.pid)):
            with suppress(OSError, ValueError, IndexError):
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
                seen.setdefault(pid, []).append(pages * _PAGE / 1e6)
        time.sleep(0.25)
    if process.returncode:
        raise SystemExit(process.returncode)
    names = {pid: "the batch" if pid == process.pid else "a process of it" for pid in seen}
    long = [(names[pid], (sizes[len(sizes) // 10], sizes[-1], max(sizes))) for pid, sizes in seen.items() if len(sizes) > 8]  # fmt: skip
    return time.monotonic() - started, long


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            yield from map(int, task.read_text().split())


if __name__ == "__main__":
    main()
