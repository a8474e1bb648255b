"""The command of the hunt."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import tagger
from benchmarks.fuzz.holding import CHECKS, USUAL
from benchmarks.fuzz.mutating import mutated

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = {"releases": {".htm", ".html", ".txt"}, "packs": {".yaml"}}
SECONDS = 20  # of the processor, for one input of usual size
_A_BYTE = 4e-6  # seconds more for a large one: all outputs are written, and read back


def seeds(kind: str, folders: Sequence[Path]) -> list[bytes]:
    """Return the documents that are changed: the project's own, or those of *folders*; as reports, what is written of them."""
    if kind == "packs":
        return [path.read_bytes() for path in sorted((ROOT / "rules").rglob("*.yaml")) if path.stat().st_size < 20_000]
    roots = folders or (
        ROOT / "examples",
        ROOT / "tests" / "cases",
        ROOT / "tests" / "layouts",
        ROOT / "tests" / "fuzzed",
    )
    paths = sorted(path for root in roots for path in root.rglob("*") if path.suffix in SUFFIXES["releases"])
    if kind in ("releases", "loads"):
        return [path.read_bytes() for path in paths]
    reports = [tagger.tag(path.read_bytes()) for path in paths[:: max(len(paths) // 8, 1)]]
    return [report.render(format) for report in reports for format in ("htm", "xml", "json", "csv", "xbri", "zip")]


def mutants(documents: Sequence[bytes], numbers: range, seed: int) -> Iterator[tuple[int, bytes]]:
    """Yield the changed documents by number; each depends on its number and *seed* alone."""
    for number in numbers:
        chance = random.Random(f"{seed}:{number}")
        yield number, mutated(chance.choice(documents), chance.choice(documents), chance)


def fault(check: Callable[[bytes], str], data: bytes) -> str:
    """Return what does not hold for *data*, in a line, or nothing."""
    signal.setitimer(signal.ITIMER_PROF, max(SECONDS, _A_BYTE * len(data)))
    try:
        check(data)
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(ROOT))]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
        return f"{type(error).__name__} at {place}: {str(error)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return ""


def smaller(check: Callable[[bytes], str], data: bytes, seconds: float = 20) -> bytes:
    """Return as little of *data* as still fails, as far as that is found in *seconds*; all of it where it fails no more."""
    kind, end, size = fault(check, data).partition(":")[0], time.monotonic() + seconds, len(data) // 2
    while kind and size and time.monotonic() < end:
        place = 0
        while place < len(data) and time.monotonic() < end:
            less = data[:place] + data[place + size :]
            if fault(check, less).partition(":")[0] == kind:
                data = less
            else:
                place += size
        size //= 2
    return data


def hunt(kind: str, documents: Sequence[bytes], numbers: range, seed: int, keep: Path | None) -> int:
    """Try the mutants *numbers*, and say and keep those that fail, each kind of fault once; return how many failed."""
    told: Counter[str] = Counter()
    for number, data in mutants(documents, numbers, seed):
        if not (said := fault(CHECKS[kind], data)):
            continue
        key = said.partition(": ")[0]
        told[key] += 1
        print(f"{kind} {seed}:{number}: {said}", flush=True)
        if told[key] == 1 and keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{kind}-{seed}-{number}").write_bytes(smaller(CHECKS[kind], data))
    print(
        f"{kind}: {len(numbers):,} mutants of {len(documents):,} documents, {sum(told.values()):,} failed {dict(told)}",
        flush=True,
    )
    return sum(told.values())


def _hang(*_: object) -> None:
    raise TimeoutError(f"no end after {SECONDS} seconds, or {_A_BYTE} a byte")


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.fuzz", description=__doc__)
    parser.add_argument("--number", type=int, default=2000, help="how many mutants of each kind")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(USUAL), help=f"of {', '.join(CHECKS)}")
    parser.add_argument(
        "--from", dest="folders", type=Path, action="append", help="change the documents of this folder"
    )
    parser.add_argument("--most", type=int, default=1_000_000, help="change documents up to this number of bytes")
    parser.add_argument("--keep", type=Path, help="where to put the inputs that fail, made small")
    parser.add_argument("--guided", action="store_true", help="let coverage choose the changes (needs atheris)")
    parser.add_argument("--seconds", type=int, default=600, help="how long the guided hunt takes")
    asked = parser.parse_args()
    signal.signal(signal.SIGPROF, _hang)
    documents = {
        kind: [document for document in seeds(kind, asked.folders or ()) if len(document) <= asked.most]
        for kind in asked.only.split(",")
    }
    if asked.guided:
        from benchmarks.fuzz.guided import guided_hunt

        return guided_hunt(documents, asked.seconds, asked.seed, asked.keep)
    numbers = range(asked.first, asked.first + asked.number)
    return sum(hunt(kind, found, numbers, asked.seed, asked.keep) for kind, found in documents.items()) and 1


if __name__ == "__main__":
    sys.exit(main())
