"""One figure as a percentage of another, and whether a printed percentage says the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tagger.facts import Fact
from tagger.proving.rounding import half
from tagger.statement import Figure
from tagger.values import half_unit

_TELLING = 20  # a smaller percentage, in units of its last place, agrees with too many figures
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number, and how far it may stand from the truth: of a fact, or of a figure or percentage as printed."""

    value: Decimal
    slack: Decimal

    @classmethod
    def of(cls, fact: Fact) -> Measure:
        return cls(fact.value, half(fact))

    @classmethod
    def printed(cls, figure: Figure) -> Measure:
        return cls(figure.printed, half_unit(figure.numeral.places))

    @property
    def telling(self) -> bool:
        """Whether few other parts of the same whole would give this percentage."""
        return abs(self.value) >= _TELLING * 2 * self.slack


def share(part: Measure, whole: Measure, printed: Measure) -> bool | None:
    """Whether *part* is *printed* percent of *whole*; `None` where the figures are too rough to tell."""
    slack = _slack(part, whole)
    if slack is None or slack > printed.slack:
        return None
    return abs(part.value / whole.value * _WHOLE - printed.value) <= printed.slack + slack


def change(new: Measure, old: Measure, printed: Measure) -> bool | None:
    """Whether *new* is *printed* percent more than *old*; `None` where the figures are too rough to tell.

    The change of a loss is printed as the change of its amount, or with the sign of what happened to the result.
    """
    slack = _slack(new, old)
    if slack is None or slack > printed.slack:
        return None
    found = (new.value - old.value) / abs(old.value) * _WHOLE
    off = abs(found - printed.value)
    if new.value < 0 and old.value < 0:
        off = min(off, abs(found + printed.value))
    return off <= printed.slack + slack


def _slack(part: Measure, whole: Measure) -> Decimal | None:
    """Return how far the percentage may stand from the truth; `None` where it may be anything."""
    least = abs(whole.value) - whole.slack
    if least <= 0:
        return None
    return (part.slack + abs(part.value / whole.value) * whole.slack) / least * _WHOLE


def shown(fact: Fact, beside: Fact) -> str:
    """Return the figure of *fact* as printed, in full where *beside* is printed in another scale."""
    if fact.printed.scale != beside.printed.scale:
        return f"{fact.value:,f}"
    return f"{'-' if fact.value < 0 else ''}{fact.printed.number:,f}"
