"""A line with the concept chosen for it, before its figures become facts."""

from __future__ import annotations

from msgspec import Struct

from tagger.arithmetic.orientation import Nature
from tagger.statement import Line
from tagger.values import Measure, Member


class Choice(Struct, frozen=True, kw_only=True, gc=False):
    """The concept chosen for *line*: by rule, by evidence, or the filer's *own*.

    The figures are the concepts *also* too. *sign* is what a rule says of the values' sign, "" where it says nothing. *unit* is what its figures measure.
    *layer* is that of the rule's pack: 0 of the base rules.
    """

    line: Line
    concept: str
    period_type: str
    balance: str | None
    unit: Measure
    rule: str
    members: tuple[Member, ...] = ()
    also: tuple[str, ...] = ()
    own: bool = False
    sign: str = ""
    layer: int = 0
    why: tuple[str, ...] = ()
    confidence: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()

    @property
    def nature(self) -> Nature:
        """What sums ask of it."""
        return Nature(self.local, self.balance, self.unit, self.period_type == "instant")

    @property
    def local(self) -> str:
        return self.concept.partition(":")[2]
