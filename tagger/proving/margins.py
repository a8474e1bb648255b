"""Proof by rows of percentages: margins, rates, and rows that are said to be shares of revenue."""
from __future__ import annotations
from collections.abc import Iterable, Iterator, Sequence
from tagger.facts import Fact, Proof
from tagger.statement import Statement
def margins(facts: Sequence[Fact], statements: Iterable[Statement]) -> Iterator[tuple[str, Proof]]:
    yield from ()
