"""Fifty thousand rules: what it costs to load them from the cache, to match with them, and to hold them.

python -m benchmarks.many_rules [--rules 50000] [--few 2000] RELEASE...
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import tagger
from tagger.matching import RowQuery, match_row
from tagger.naming.candidates import ask
from tagger.ruleset import Rule, RuleSet, load_rules

_SYLLABLES = ("zor", "quel", "brun", "mar", "tess", "ovan", "plin", "grav", "hest", "wick", "lom", "dra", "fen", "sil", "cor", "bex")  # fmt: skip
_RUNS = 15
_EACH = 5000  # rules of one file


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_rules", description=__doc__)
    parser.add_argument("releases", nargs="+", type=Path)
    parser.add_argument("--rules", type=int, default=50_000)
    parser.add_argument("--few", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAGGER_CACHE"] = f"{folder}/cache"
        sets: dict[int, RuleSet] = {}
        for count in (options.few, options.rules):
            pack = Path(folder, f"{count}")
            write_rules(load_rules(), pack, count)
            load_rules(pack)
            started = time.perf_counter()
            sets[count] = load_rules(pack)
            again = time.perf_counter() - started
            peak = _peak(pack, options.releases[0])
            print(f"{count:>7,} rules: from the cache in {1000 * again:.0f} ms; peak of a new process {peak} MB")
        queries = list(_queries(options.releases, sets[options.few]))
        times: dict[int, list[float]] = {count: [] for count in sets}
        for _ in range(_RUNS):  # by turns, so that what else the machine does falls on both
            for count, rules in sets.items():
                times[count].append(_matched(rules, queries))
        few, many = (min(times[count]) for count in (options.few, options.rules))
        print(
            f"{len(queries)} rows matched in {1000 * few:.2f} and {1000 * many:.2f} ms: {many / few:.2f} times as long"
        )


def write_rules(rules: RuleSet, pack: Path, count: int) -> None:
    """Write a pack of *count* rules like those of *rules*, with other words in front of their labels."""
    pack.mkdir()
    models = [rule for rule in rules if rule.rows and not any(row.startswith("*") for row in rule.rows)]
    made = (_rule(models[number % len(models)], number) for number in range(count))
    for place in range(0, count, _EACH):
        lines = [next(made) for _ in range(min(_EACH, count - place))]
        (pack / f"rules-{place}.yaml").write_text("\n".join(lines), "utf-8")


def _rule(rule: Rule, number: int) -> str:
    word = "".join(_SYLLABLES[number // 16**place % 16] for place in range(4))
    kind = rule.statements[0] if rule.statements else "operations"
    written: dict[str, object] = {
        "id": f"{word}-{number}",
        "concept": rule.concept,
        "rows": [f"{word} {row}" for row in rule.rows[:4]],
        "matches": [f"{kind}: {word} thing"],
        "skips": [f"{kind}: another thing"],
    }
    if rule.statements:
        written["statement"] = list(rule.statements)
    return f"- {json.dumps(written)}"  # JSON is YAML: strings need no care


def _queries(releases: list[Path], rules: RuleSet) -> Iterator[RowQuery]:
    for release in releases:
        for statement in tagger.tag(release, rules=rules).layout.statements:
            yield from (want.query for want in ask(statement, rules))


def _matched(rules: RuleSet, queries: list[RowQuery]) -> float:
    started = time.perf_counter()
    for query in queries:
        match_row(rules, query)
    return time.perf_counter() - started


def _peak(pack: Path, release: Path) -> int:
    """Return how much memory a new process has at most that tags *release* with *pack*."""
    code = (
        "import resource, sys, tagger; tagger.tag(sys.argv[1], rules=sys.argv[2]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, release, pack], capture_output=True, text=True, check=True)
    return int(done.stdout)


if __name__ == "__main__":
    main()
