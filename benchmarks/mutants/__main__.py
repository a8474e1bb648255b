"""Break deciding lines, one at a time, and count how many breaks the tests notice.

    python -m benchmarks.mutants [--number 30] [--seed 1 2 3] [--packages lexicon,arithmetic,…] [PATH …]

What each test enters and costs is recorded once, in *--record FILE*, by running them all; the tests that need the corpus
are left out. Each seed draws a sample of its own: a module by chance, then one of its breaks. Tests that would take more
than *--budget* seconds of CPU for one break are not run, and a break that none of the others notices counts as survived.
"""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path

import pytest

from benchmarks.mutants.breaks import Break, break_at, places
from benchmarks.mutants.trace import load
from benchmarks.mutants.trial import ARGUMENTS, Fate, Recorder, Trials, forked, imported

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = "lexicon,arithmetic,statements,tagging"


def chosen(folders: list[Path], number: int, seed: int) -> list[Break]:
    """Return *number* breaks of modules of *folders*, the same for the same *seed*."""
    chance = random.Random(seed)
    several = [(path, found) for f in folders for path in sorted(f.rglob("*.py")) if (found := places(path))]
    return [break_at(path, chance.choice(found)) for path, found in (chance.choice(several) for _ in range(number))]


def fates(of: list[Break], kept: Path, budget: float, tests: list[str]) -> list[Fate]:
    """Try each break, and print what becomes of it as it is known."""
    reading, writing = os.pipe()
    known: dict[int, Fate] = {}

    def tell(number: int, fate: Fate) -> None:
        os.write(writing, bytes((number, fate)))
        if fate is not Fate.IMPORTED:
            print(f"{fate.name:9}{of[number]}", flush=True)

    forked(lambda: Fate(pytest.main([*ARGUMENTS, "-s", *tests], plugins=[Trials(of, kept, budget, tell)]) and 1))
    os.close(writing)
    while told := os.read(reading, 2):
        known[told[0]] = Fate(told[1])
    traces = load(kept)
    for number, broken in enumerate(of):
        if known.get(number, Fate.IMPORTED) is Fate.IMPORTED:
            known[number] = forked(lambda broken=broken: imported(broken, traces, budget))  # type: ignore[misc]
            print(f"{known[number].name:9}{broken}", flush=True)
    return [known[number] for number in range(len(of))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=30)
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--packages", default=PACKAGES)
    parser.add_argument("--budget", type=float, default=60)
    parser.add_argument("tests", nargs=argparse.REMAINDER, help="what to give to pytest in place of all tests")
    parser.add_argument("--record", type=Path, default=ROOT / "out" / "mutants.json")
    given = parser.parse_args()
    folders = [ROOT / "tagger" / package for package in given.packages.split(",")]
    if not given.record.exists():
        forked(
            lambda: Fate(
                pytest.main([*ARGUMENTS, *given.tests], plugins=[Recorder(ROOT / "tagger", given.record)]) and 1
            )
        )
    for seed in given.seed:
        of = chosen(folders, given.number, seed)
        found = fates(of, given.record, given.budget, given.tests)
        print(f"seed {seed}: {found.count(Fate.CAUGHT)} of {len(of)} caught", flush=True)


if __name__ == "__main__":
    main()
