"""Count which facts are proven in all their aspects, and of those that answers can check, how many are right.

    python -m benchmarks.proofs FOLDER [FOLDER ...] [--pairs FILE] [--verbose]

The answers to NAME.htm or NAME.txt stand beside it as NAME.gold.json or NAME.key.json: a list of facts, or an object with
one under "facts", each with concept, period and value, and other names as good under "also". *FILE* names for releases the
answers of the filing that followed, a line each: release, a tab, a path. A US-GAAP fact of the company as a whole is right
where the answers give its period its value, at its own rounding, under its concept or one as good; it is wrong where they
know its very concept for the period with other values alone, of which no fact has one under a name as good: "Net income"
of the answers may be what includes the noncontrolling interests. Others cannot be checked.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import tagger
from tagger.comparing.grading import alternatives
from tagger.facts import Aspect, Fact
from tagger.values import half_unit

SUFFIXES = frozenset({".htm", ".html", ".txt", ".md"})
ANSWERS = (".gold.json", ".key.json")

Known = dict[tuple[str, str], list[tuple[Decimal, frozenset[str]]]]


@dataclass(slots=True)
class Tally:
    """What was counted in one document, or in many."""

    rows: int = 0
    proven: int = 0
    unproven: Counter[str] = field(default_factory=Counter)
    right: Counter[bool] = field(default_factory=Counter)
    wrong: Counter[bool] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add what *other* counted."""
        self.rows += other.rows
        self.proven += other.proven
        self.unproven.update(other.unproven)
        self.right.update(other.right)
        self.wrong.update(other.wrong)
        self.shown += other.shown


def answers(path: Path) -> Known:
    """Return what *path* knows of each concept and period: values, with all names they may have; "~" before a name as good."""
    told = json.loads(path.read_text("utf-8"))
    known: Known = {}
    for one in told["facts"] if isinstance(told, dict) else told:
        if one.get("value") is None or one.get("dimensions"):
            continue
        names = frozenset({name.rpartition(":")[2] for name in one.get("also", ())} | alternatives(one["concept"]))
        for name in (one["concept"], *(f"~{name}" for name in names)):
            known.setdefault((name, _period(one["period"])), []).append((Decimal(str(one["value"])), names))
    return known


def _period(period: Any) -> str:
    return period if isinstance(period, str) else "/".join(map(str, period))


def count(source: Path, known: Known | None) -> Tally:
    """Tag *source* and hold its facts against what is *known*."""
    tally = Tally()
    facts = tagger.tag(source).facts
    for fact in facts:
        if fact.table is not None:
            tally.rows += 1
            tally.proven += fact.proven
            tally.unproven.update(aspect.value for aspect in fact.unproven)
        if known is None or fact.members or not fact.concept.startswith("us-gaap:"):
            continue
        values = known.get((fact.concept, str(fact.period)), [])
        as_good = known.get((f"~{fact.concept.rpartition(':')[2]}", str(fact.period)), [])
        if any(abs(fact.value - value) <= 2 * half_unit(fact.decimals) for value, _ in (*values, *as_good)):
            tally.right[fact.proven] += 1
        elif values and not _elsewhere(fact, facts, values):
            tally.wrong[fact.proven] += 1
            if fact.proven:
                tally.shown.append(_shown(source, fact, values))
    return tally


def _elsewhere(fact: Fact, facts: Sequence[Fact], values: Sequence[tuple[Decimal, frozenset[str]]]) -> bool:
    """Whether another fact has one of *values*, under a name that the answers take for as good as that of *fact*."""
    return any(
        other.period == fact.period and other.value == value and other.concept.rpartition(":")[2] in names
        for other in facts
        for value, names in values
    )


def _shown(source: Path, fact: Fact, values: Sequence[tuple[Decimal, frozenset[str]]]) -> str:
    return f"{source.stem[:40]}: {fact.label!r} {fact.concept} {fact.period} {fact.value:,}, not {values[0][0]:,}"


def documents(folder: Path, pairs: Path | None) -> Iterator[tuple[Path, Path | None]]:
    """Yield the documents of *folder* with their answers."""
    followed = {}
    if pairs is not None:
        lines = [line.split("\t") for line in pairs.read_text("utf-8").splitlines() if line[:1] not in ("", "#")]
        followed = {line[0]: next(iter(pairs.parent.rglob(line[1])), None) for line in lines}
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES:
            beside = [path.with_name(path.stem + ending) for ending in ANSWERS]
            yield path, next((other for other in beside if other.exists()), followed.get(path.name))


def _counted(job: tuple[Path, Path | None]) -> Tally:
    source, told = job
    return count(source, answers(told) if told is not None and told.suffix == ".json" else None)


def main() -> None:
    """Run the benchmark and print a line for each folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pairs", type=Path, help="which filing followed which release")
    parser.add_argument("--verbose", action="store_true", help="list what is proven and wrong")
    options = parser.parse_args()
    for folder in options.folders:
        tally = Tally()
        with ProcessPoolExecutor() as pool:
            for one in pool.map(_counted, documents(folder, options.pairs), chunksize=4):
                tally.add(one)
        print(_line(folder.name, tally))
        if options.verbose:
            print(*tally.shown, sep="\n")


def _line(name: str, tally: Tally) -> str:
    rows = max(tally.rows, 1)
    open_ = ", ".join(f"{aspect} {100 * tally.unproven[aspect] / rows:.1f} %" for aspect in Aspect)
    return (
        f"{name:14} {tally.rows:6} facts on rows, proven {100 * tally.proven / rows:.1f} % (not: {open_}); "
        f"checkable and proven {_right(tally, proven=True)}; checkable and not proven {_right(tally, proven=False)}"
    )


def _right(tally: Tally, *, proven: bool) -> str:
    right, wrong = tally.right[proven], tally.wrong[proven]
    return f"{right + wrong}, right {100 * right / max(right + wrong, 1):.2f} %"


if __name__ == "__main__":
    main()
