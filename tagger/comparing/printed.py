"""Whether a figure of a filing is printed in a release, in units, thousands or millions."""

from __future__ import annotations

import re
from decimal import Decimal

from tagger.loading import LoadedFact

_FIGURE = re.compile(r"\d[\d,]*\.?\d*")
_FEWEST = 3  # digits: fewer stand in any text


def figures(text: str) -> frozenset[str]:
    """Return all figures of *text*, as printed."""
    return frozenset(_FIGURE.findall(text))


def stands(fact: LoadedFact, numbers: frozenset[str]) -> bool:
    """Whether *numbers* have the figure of *fact*: as its filing prints it, else as a statement might."""
    if not isinstance(fact.value, Decimal):
        return False
    per_share = fact.unit is not None and fact.unit.denominator and ":EarningsPerShare" in fact.concept
    if per_share and f"{abs(fact.value):f}" in numbers:
        return True
    shown = {fact.text} if fact.table is not None else _ways(fact.value)
    return any(text in numbers and sum(map(str.isdigit, text)) >= _FEWEST for text in shown)


def _ways(value: Decimal) -> set[str]:
    """Return the ways a statement may print *value*.

    >>> sorted(_ways(Decimal(-41208000)))
    ['41,208', '41,208,000']
    """
    ways = {f"{abs(value):,}"}
    return ways | {f"{abs(value).scaleb(-power):,.0f}" for power in (3, 6) if value % 10**power == 0}
