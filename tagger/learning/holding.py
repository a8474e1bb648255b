"""Holding a pack against the filings it was learned from: which values come out with the wrong sign."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace

from tagger.catalog import Catalog
from tagger.learning.filing import Filing
from tagger.learning.rows import Row
from tagger.naming.choice import Choice
from tagger.naming.choosing import choose
from tagger.ruleset import RuleSet
from tagger.ruleset.load import load_afresh
from tagger.statement import Statement
from tagger.tagging.figures import signed
from tagger.tagging.signs import sign_factors
from tagger.taxonomies import load_catalog
from tagger.values import Measure

Place: TypeAlias = tuple[str, int, int, int]
"""A figure: its filing, table, row and column."""

BALANCES = ("", "debit", "credit")
"""What the balance of an own concept may be, no balance first."""


def load_texts(texts: Iterable[str]) -> RuleSet:
    """Return the rules of a pack that is not written yet; the first of *texts* is its manifest."""
    with tempfile.TemporaryDirectory() as folder:
        for place, text in enumerate(texts):
            Path(folder, "pack.yaml" if place == 0 else f"rules-{place}.yaml").write_text(text, "utf-8")
        rules, told = load_afresh(folder)
    if rules is None:
        raise ExceptionGroup("these rules cannot be used", [error for error in told if error.severity == "error"])
    return rules


def values(
    rules: RuleSet, filings: Sequence[Filing], rows: Sequence[Row], open_: Collection[str]
) -> dict[str, dict[Place, tuple[str, Decimal]]]:
    """Return the concept and the value, not scaled, that *rules* give the figures of the statements *rows* stand in.

    The concepts *open_* are held once without a balance, and once with each: what comes out is told apart by it.
    """
    tables = {place[:2] for row in rows for place, _ in row.values}
    catalog: Catalog = load_catalog().with_concepts(rules.declared.known())
    found: dict[str, dict[Place, tuple[str, Decimal]]] = {balance: {} for balance in BALANCES}
    for filing in filings:
        for statement in filing.statements:
            if (str(filing), statement.number) not in tables:
                continue
            chosen = choose(statement, rules, catalog, prefix=rules.declared.prefix or "own", own_concepts=False)
            asked = any(choice.concept in open_ for choice in chosen.choices)
            for balance in BALANCES if asked else BALANCES[:1]:
                choices = [_with_balance(choice, balance, open_) for choice in chosen.choices]
                found[balance].update(_values(str(filing), statement, choices))
    return found


def _with_balance(choice: Choice, balance: str, open_: Collection[str]) -> Choice:
    if choice.concept not in open_ or choice.unit is not Measure.MONEY:
        return choice
    return replace(choice, balance=balance or None)


def _values(
    filing: str, statement: Statement, choices: Sequence[Choice]
) -> Iterator[tuple[Place, tuple[str, Decimal]]]:
    factors = sign_factors(choices, statement)
    for choice in choices:
        for figure in choice.line.figures:
            place = (filing, statement.number, choice.line.index, figure.column)
            yield place, (choice.concept, signed(choice, figure, factors[choice.line.index]))


def agreement(rows: Sequence[Row], given: Mapping[Place, tuple[str, Decimal]]) -> int:
    """Return how many figures of *rows* have the filer's sign, less how many have the other one; other concepts count as none."""
    count = 0
    for row in rows:
        for place, value in row.values:
            concept, other = given.get(place, ("", Decimal(0)))
            if row.meaning is not None and concept == row.meaning.concept and other and value:
                count += 1 if (other > 0) == (value > 0) else -1
    return count
