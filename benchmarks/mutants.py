"""Break deciding lines, one at a time, and count how many breaks the tests notice.

    python -m benchmarks.mutants [--number 30] [--seed 1] [--packages lexicon,arithmetic,…] [--tests PATH …]

A break flips a comparison, drops a guard (a condition that ends in `return`, `continue` or `yield`), turns
`and` into `or`, drops a `not`, or changes a constant. Each runs in a copy of the checkout, so that nothing here is touched.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("lexicon", "arithmetic", "statements", "tagging")
FLIPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
IGNORED = shutil.ignore_patterns(".git", ".venv*", "out", "build", "__pycache__", ".*_cache", ".hypothesis")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one deciding line broken; *source* is all of its text."""

    path: Path
    line: int
    what: str
    source: str


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every break of *path*."""
    tree = ast.parse(path.read_text())
    count = sum(1 for _ in ast.walk(tree))
    for number in range(count):
        broken = copy.deepcopy(tree)
        node = next(node for at, node in enumerate(ast.walk(broken)) if at == number)
        if what := _break(node):
            yield Mutant(path, getattr(node, "lineno", 0), what, ast.unparse(broken))


def _break(node: ast.AST) -> str:
    """Break *node* in place and say how; nothing where it decides nothing."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in FLIPS:
            before, node.ops = ast.unparse(node), [FLIPS[type(operator)]()]
            return f"{before} -> {ast.unparse(node)}"
        case ast.If(body=[ast.Return() | ast.Continue() | ast.Break()], orelse=[]):
            before, node.test = ast.unparse(node.test), ast.Constant(False)
            return f"guard dropped: if {before}"
        case ast.BoolOp():
            before = ast.unparse(node)
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            return f"{before} -> {ast.unparse(node)}"
        case ast.UnaryOp(op=ast.Not()):
            before, node.op = ast.unparse(node), ast.UAdd()
            node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
            return f"{before} -> {ast.unparse(node)}"
        case ast.Constant(value=int() as value) if not isinstance(value, bool) and value > 1:
            node.value = value + 1
            return f"{value} -> {value + 1}"
    return ""


def survives(mutant: Mutant, tests: list[str]) -> bool:
    """Whether *tests* pass with *mutant* in place of its module."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "checkout"
        shutil.copytree(ROOT, there, ignore=IGNORED)
        (there / mutant.path.relative_to(ROOT)).write_text(mutant.source)
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "2", "-p", "no:cacheprovider", *tests]
        environment = {"PYTHONPATH": str(there), "PATH": "/usr/bin:/bin", "HOME": folder}
        return subprocess.run(command, cwd=there, env=environment, capture_output=True).returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--packages", default=",".join(PACKAGES))
    parser.add_argument("--tests", nargs="*", default=["tests"])
    given = parser.parse_args()
    chance = random.Random(given.seed)
    folders = [ROOT / "tagger" / package for package in given.packages.split(",")]
    every = [list(mutants(path)) for folder in folders for path in sorted(folder.rglob("*.py"))]
    several = [of_module for of_module in every if of_module]
    chosen = [chance.choice(chance.choice(several)) for _ in range(given.number)]
    caught = 0
    for mutant in chosen:
        alive = survives(mutant, given.tests)
        caught += not alive
        print(
            f"{'SURVIVED' if alive else 'caught  '} {mutant.path.relative_to(ROOT)}:{mutant.line}: {mutant.what}",
            flush=True,
        )
    print(f"{caught} of {len(chosen)} caught")


if __name__ == "__main__":
    main()
