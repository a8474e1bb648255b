"""Holding a pack against the filings it was learned from: which values come out with the wrong sign."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from tagger.catalog import Catalog
from tagger.learning.filing import Filing
from tagger.learning.rows import Row
from tagger.ruleset import RuleSet
from tagger.ruleset.load import load_afresh
from tagger.tagging import tag_statements
from tagger.taxonomies import load_catalog
from tagger.values import CIK_SCHEME, Entity

Place: TypeAlias = tuple[str, int, int, int]
"""A figure: its filing, table, row and column."""


def load_texts(texts: Iterable[str]) -> RuleSet:
    """Return the rules of a pack that is not written yet; the first of *texts* is its manifest."""
    with tempfile.TemporaryDirectory() as folder:
        for place, text in enumerate(texts):
            Path(folder, "pack.yaml" if place == 0 else f"rules-{place}.yaml").write_text(text, "utf-8")
        rules, told = load_afresh(folder)
    if rules is None:
        raise ExceptionGroup("these rules cannot be used", [error for error in told if error.severity == "error"])
    return rules


def values(rules: RuleSet, filings: Sequence[Filing], rows: Sequence[Row]) -> dict[Place, tuple[str, Decimal]]:
    """Return the concept and the value that *rules* give the figures of the statements that *rows* stand in."""
    tables = {place[:2] for row in rows for place, _ in row.values}
    catalog: Catalog = load_catalog().with_concepts(rules.declared.known())
    found: dict[Place, tuple[str, Decimal]] = {}
    for filing in filings:
        found_rows = tag_statements(
            tuple(one for one in filing.statements if (str(filing), one.number) in tables),
            rules,
            catalog,
            entity=Entity(CIK_SCHEME, filing.cik or "0000000000"),
            prefix=rules.declared.prefix or "own",
            own=False,
        )
        for fact in found_rows.facts:
            if fact.table is not None and fact.row is not None and fact.column is not None:
                found[(str(filing), fact.table, fact.row, fact.column)] = (fact.concept, fact.value)
    return found


def agreement(rows: Sequence[Row], given: Mapping[Place, tuple[str, Decimal]]) -> int:
    """Return how many figures of *rows* have the filer's sign, less how many have the other one; other concepts count as none."""
    count = 0
    for row in rows:
        for place, value in row.values:
            concept, other = given.get(place, ("", Decimal(0)))
            if row.meaning is not None and concept == row.meaning.concept and other and value:
                count += 1 if (other > 0) == (value > 0) else -1
    return count
