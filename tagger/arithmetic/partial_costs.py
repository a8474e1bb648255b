"""Costs of which a statement prints a part only: the release tells the whole elsewhere, in the same words.

Amortization of intangible assets stands among the operating expenses, and part of it in the cost of revenue; the
reconciliation takes back all of it. The concept means the whole, so the part does not take it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from tagger.data import load_json
from tagger.facts import Fact
from tagger.findings import Code, Finding, Severity
from tagger.statement import PRIMARY, Kind, Line, Statement
from tagger.statements.kinds import fold_title
from tagger.values import half_unit


def partial(facts: Sequence[Fact], statements: Sequence[Statement]) -> Iterator[tuple[Fact, Finding]]:
    """Yield the *facts* that are a part of what the release prints in the same words for the same period."""
    costs = [fact for fact in facts if fact.statement == Kind.OPERATIONS and _spread(fact) and not fact.members]
    if not costs:
        return
    rows = [(s, line) for s in statements if s.kind not in PRIMARY for line in s.lines if line.figures]
    said = {fold_title(fact.label) for fact in costs}
    told = [(statement, line) for statement, line in rows if fold_title(line.label) in said]
    for fact in costs:
        whole = max((value for statement, line in told for value in _wider(fact, statement, line)), default=None)
        if whole is not None:
            yield fact, _finding(fact, whole)


def _wider(fact: Fact, statement: Statement, line: Line) -> Iterator[Decimal]:
    """Yield the amounts of *line* that are more than *fact*, in the same words, for its period."""
    if fold_title(line.label) != fold_title(fact.label):
        return
    for figure in line.figures:
        column = statement.column(figure.column)
        if column is not None and column.period == fact.period and not figure.numeral.percent:
            scale = statement.scale or 0
            room = half_unit(figure.numeral.places - scale) + half_unit(fact.decimals)
            value = abs(figure.printed).scaleb(scale)
            if value - room > abs(fact.value):
                yield value


def _spread(fact: Fact) -> bool:
    return fact.concept.partition(":")[2] in _spread_costs()


@cache
def _spread_costs() -> frozenset[str]:
    return frozenset(load_json("proving")["spread_costs"])


def _finding(fact: Fact, whole: Decimal) -> Finding:
    return Finding(
        code=Code.AMBIGUOUS_CONCEPT,
        severity=Severity.WARNING,
        message=(
            f"{fact.label!r}: {fact.value:,} is a part of {whole:,f}, which the release prints in the same words for "
            f"{fact.period}; {fact.concept} means the whole, and the part is not tagged"
        ),
        span=fact.printed.span,
    )
