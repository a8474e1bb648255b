"""A short hunt with changed documents, and every input that a long one ever found."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fuzz.__main__ import fault, mutants, seeds
from benchmarks.fuzz.holding import CHECKS

FOUND = Path(__file__).parent / "fuzzed"


@pytest.mark.parametrize("path", sorted(FOUND.glob("*.*")), ids=lambda path: path.name)
def test_what_once_failed_holds(path: Path) -> None:
    CHECKS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize(("kind", "number"), [("releases", 25), ("reports", 40), ("packs", 20)])
def test_what_is_changed_at_random_is_refused_or_tagged_and_written_whole(kind: str, number: int) -> None:
    documents = seeds(kind, ())
    found = {at: fault(CHECKS[kind], data) for at, data in mutants(documents, range(number), seed=7)}
    assert not {at: said for at, said in found.items() if said}


def test_a_mutant_depends_on_its_number_and_seed_alone() -> None:
    documents = [b"<p>Net sales 1,234</p>", b"<table><tr><td>5</table>"]
    whole = dict(mutants(documents, range(200), seed=1))
    assert dict(mutants(documents, range(100, 110), seed=1)) == {number: whole[number] for number in range(100, 110)}
    assert len(set(whole.values())) > 150
