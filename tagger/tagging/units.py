"""The scale of the figures of a line: what its row says, else what its table says."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from tagger.arithmetic.magnitudes import share_power
from tagger.lexicon import Scales, names_money, parse_scales
from tagger.measures import in_hundredths
from tagger.statement import Line, Statement
from tagger.values import Measure

_MOST_IN_THOUSANDS = 100_000  # no company that reports has fewer shares: what is less is in thousands


def line_scale(line: Line, measure: Measure, statement: Statement, shares: int | None) -> int | None:
    """Return the power of ten of the figures of *line*; what the row itself says goes before the table's.

    *shares* is that of the statement's share counts. `None` where nothing gives a scale
    and the release's arithmetic leaves it open.
    """
    if measure in (Measure.PER_SHARE, Measure.PERCENT, Measure.PURE):
        return -2 if measure is Measure.PERCENT or (measure is Measure.PER_SHARE and in_hundredths(line)) else 0
    said = _said_in_row(line, measure)
    if said is not None:
        return said
    return shares if measure is Measure.SHARES else statement.scale


def _said_in_row(line: Line, measure: Measure) -> int | None:
    """Return a scale given in the row's own label or heading: "Shares used (in thousands)".

    What a heading says of shares beside amounts, "(in thousands, except share data)", is said of no amount.
    """
    for text in (line.label, line.text.string, *reversed(line.headings)):
        scales = _powers(text)
        if scales is not None and scales.money is not None and measure is not Measure.SHARES:
            return scales.money
        if scales is not None:
            return scales.shares if scales.shares is not None else scales.money
    return None


@lru_cache(maxsize=1024)
def _powers(text: str) -> Scales | None:
    scales = parse_scales(text)
    return scales if scales is not None and not (scales.money is None and scales.shares is None) else None


def share_scale(statement: Statement, measures: Mapping[int, Measure]) -> int | None:
    """Return the power of ten of the share counts of *statement*, where their rows do not say it.

    Income over earnings per share decides, then what the caption says; else counts printed to the last share are
    known by the size of the largest in the statement: no company has ten thousand million weighted shares. They are
    as the money's where nothing else is said; not where "dollars in thousands" leaves them open and both may be.
    """
    of_money = names_money(statement.scale_said)
    power = share_power(statement, few=of_money)
    if power is not None:
        return power
    if statement.share_scale is not None:
        return statement.share_scale
    scale = statement.scale
    counts = [f.numeral for line in statement.lines if measures[line.index] is Measure.SHARES for f in line.figures]
    largest = max((n.number for n in counts), default=Decimal(0))
    whole = all(n.places == 0 for n in counts)
    if scale in (None, 3) and whole and largest >= 10_000_000:
        return 0
    if scale in (None, 3) and whole and of_money and largest >= _MOST_IN_THOUSANDS:
        return None  # five million, or five thousand million: a small bank and a large one print the same
    if scale == 6 and whole and largest >= 100_000:
        return 0 if largest >= 100_000_000 else 3
    return None if statement.shares_open else scale
