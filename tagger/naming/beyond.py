"""Beyond the end: what stands below the last total of a balance sheet, or below net income, is no part of the statement, and
only a rule or filers' use names it; nor does a list in which nothing adds up have rows of a statement.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tagger.data import word_set
from tagger.findings import Code, Finding
from tagger.matching.rows import match_row
from tagger.measures import said_measure
from tagger.naming.candidates import Wanted
from tagger.ruleset import RuleSet
from tagger.statement import Kind, Statement
from tagger.values import Measure

_TOTAL = "us-gaap:Assets"
_END = "us-gaap:LiabilitiesAndStockholdersEquity"
_BEFORE_RESULT = frozenset({"us-gaap:OperatingIncomeLoss"})  # what net income follows from
BELOW = "stands below the end of the balance sheet"
APART = "is in no sum of its statement"
FLOW = "is a result, among balances"


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


def apart(wanted: Sequence[Wanted], statement: Statement) -> frozenset[int]:
    """Return the lines in no sum of *statement* that stand below net income, or among balances of which none add up.

    They are no rows of a statement: "Total assets" below net income, "Net debt" in a selection of balances.
    """
    summed = _summed(statement)
    selected = statement.kind is Kind.BALANCE_SHEET and not summed
    end = -1 if selected else _result(wanted) if statement.kind is Kind.OPERATIONS and summed else len(wanted)
    return frozenset(
        want.line.index
        for want in wanted[end + 1 :]
        if want.line.figures
        and want.line.index not in summed
        and said_measure(want.line.label) is not Measure.PER_SHARE
    )


def results_among_balances(wanted: Sequence[Wanted], statement: Statement, rules: RuleSet) -> frozenset[int]:
    """Return the lines of a balance sheet that a rule names in a statement of income as what that results in.

    "Net income for the period" among equity is no balance, and what it is of is not said.
    """
    if statement.kind is not Kind.BALANCE_SHEET:
        return frozenset()
    asked = (want for want in wanted if want.line.figures and not want.candidates and not want.refused)
    return frozenset(
        want.line.index
        for want in asked
        for one in match_row(rules, replace(want.query, kind=Kind.OPERATIONS))[:1]
        if one.concept in word_set("tagging", "net_results")
    )


def without_names_of_others(wanted: Sequence[Wanted], statement: Statement) -> tuple[Wanted, ...]:
    """Return *wanted* without operating income for a row below net income that no sum knows: it is another measure."""
    summed = _summed(statement)
    if statement.kind is not Kind.OPERATIONS or not summed:
        return tuple(wanted)
    end = _result(wanted)
    return tuple(
        replace(want, candidates=(), refused=True)
        if place > end and want.line.index not in summed and _follows(want)
        else want
        for place, want in enumerate(wanted)
    )


def _follows(want: Wanted) -> bool:
    """Whether a row is named after what net income follows from, by no rule of a user's pack."""
    return any(one.concept in _BEFORE_RESULT and not one.rule.layer for one in want.candidates[:1])


def _summed(statement: Statement) -> frozenset[int]:
    return frozenset(line for found in statement.sums for line in (found.total, *found.parts))


def _result(wanted: Sequence[Wanted]) -> int:
    """Return the place of the last row that is what a statement of income results in; the end where there is none."""
    results = word_set("tagging", "net_results")
    named = ((place, want.candidates[0].concept) for place, want in enumerate(wanted) if want.candidates)
    return max((place for place, concept in named if concept in results), default=len(wanted))


def unnamed(want: Wanted, why: str) -> Finding:
    """Return the finding that nothing names the row of *want*, which is no money, or stands where *why* says."""
    what = why or f"is no money ({_MEASURES[want.query.unit]})"
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
