"""Beyond the end: what stands below the last total of a balance sheet is no part of it, and only a rule names it."""

from __future__ import annotations

from collections.abc import Sequence

from tagger.findings import Code, Finding
from tagger.naming.candidates import Wanted
from tagger.statement import Kind, Statement
from tagger.values import Measure

_TOTAL = "us-gaap:Assets"
_END = "us-gaap:LiabilitiesAndStockholdersEquity"


def beyond(wanted: Sequence[Wanted], statement: Statement) -> frozenset[int]:
    """Return the lines below the end of a balance sheet that no rule names: loans serviced for others, book values.

    Shares are still its own: "Ordinary shares outstanding".
    """
    if statement.kind is not Kind.BALANCE_SHEET:
        return frozenset()
    named = [want.candidates[0].concept if want.candidates else "" for want in wanted]
    end = max((place for place, concept in enumerate(named) if concept == _END), default=-1)
    if _TOTAL not in named[: end + 1]:
        return frozenset()
    return frozenset(
        want.line.index
        for want in wanted[end + 1 :]
        if want.line.figures and not want.candidates and want.query.unit != Measure.SHARES
    )


def unnamed(want: Wanted, *, below: bool) -> Finding:
    """Return the finding that nothing names the row of *want*, which is no money, or stands *below* a balance sheet."""
    what = "stands below the end of the balance sheet" if below else f"is no money ({_MEASURES[want.query.unit]})"
    text = f"{want.line.label!r} {what}, and neither a rule nor filers' use names it: not tagged"
    return Finding.note(Code.NO_CONCEPT, text, want.line.figures[0].span)


def narrowed(want: Wanted) -> Finding:
    """Return the finding that the row of *want* is a part of what a rule names, or another measure."""
    aside = "what stands in parentheses makes it a part, or another measure"
    place = "it stands above what discontinued operations gave, under their heading, and is of them"
    text = f"{want.line.label!r}: {place if want.within else aside}; not tagged"
    return Finding.warning(Code.NO_CONCEPT, text, want.line.figures[0].span)


_MEASURES = {
    Measure.SHARES.value: "a count of shares",
    Measure.PER_SHARE.value: "an amount per share",
    Measure.PURE.value: "a ratio, a price or a count",
}
