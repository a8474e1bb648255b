"""Checks on the facts themselves: what is doubtful, or most likely wrong, whatever the figures add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from tagger.arithmetic.judge import holds
from tagger.arithmetic.mend.ratios import doubtful
from tagger.arithmetic.relation import Relation
from tagger.arithmetic.relations.calculations import BALANCE
from tagger.arithmetic.relations.flows import CASH, QUARTERS
from tagger.arithmetic.relations.percentages import DIFFERENCE
from tagger.data import word_set
from tagger.facts import Fact
from tagger.findings import Code, Finding
from tagger.values import PURE, Period, half_unit, within

_SHARES_OFF = 100
_PERCENT = 10
_DILUTED = 3
_NEAR = 3  # half units of a printed change: its own rounding and one more
_DILUTION = {
    "EarningsPerShareBasic": ("earnings per share", "basic"),
    "EarningsPerShareDiluted": ("earnings per share", "diluted"),
    "WeightedAverageNumberOfSharesOutstandingBasic": ("shares", "basic"),
    "WeightedAverageNumberOfDilutedSharesOutstanding": ("shares", "diluted"),
}


def checks(
    facts: Sequence[Fact],
    ratios: Sequence[Relation],
    flows: Sequence[Relation],
    printed: Sequence[Relation] = (),
    broken: Iterable[Relation] = (),
) -> Iterator[Finding]:
    """Yield what is wrong, or most likely wrong, with *facts*.

    *printed* are the changes and percentages beside them, *broken* what should hold in every statement and does not.
    """
    yield from _ratios(ratios)
    yield from _changes(printed)
    yield from _identities(broken)
    yield from _dilution(facts)
    yield from _flows(flows)
    for fact in facts:
        if fact.value < 0 or fact.unit.numerator == PURE.numerator:
            yield from _impossible(fact)
    yield from _share_counts(facts)


def _ratios(ratios: Sequence[Relation]) -> Iterator[Finding]:
    for ratio in doubtful(ratios):
        eps = ratio.facts[0]
        yield _warning(
            Code.EPS_DIFFERS,
            eps,
            f"earnings per share of {eps.period} do not agree with income and shares, as they do in other periods: "
            f"{ratio.equation}",
        )


def _changes(printed: Sequence[Relation]) -> Iterator[Finding]:
    """Report a printed change that is not the difference of its figures, in a column whose others are.

    One that is off by one was worked out from figures before they were rounded; the change of a loss is said in many ways,
    and a percentage may be of unrounded figures, or of those at steady rates of exchange.
    """
    for one in (one for one in printed if one.topic == DIFFERENCE):
        near = replace(one, whole=replace(one.whole, room=one.whole.room * _NEAR))
        money = one.facts[0].unit != PURE  # rates change by basis points
        if money and holds(near) is False and all(part.value > 0 for part in one.parts):
            fact = one.facts[0]
            yield _warning(
                Code.CHANGE_DIFFERS, fact, f"{fact.label!r}: figures and printed change differ: {one.equation}"
            )


def _identities(broken: Iterable[Relation]) -> Iterator[Finding]:
    for one in broken:
        whole = one.facts[0]
        if one.topic == BALANCE:
            assets, other = one.facts
            text = (
                f"total assets {assets.value:,} are not total liabilities and equity {other.value:,} at {assets.period}"
            )
            yield _warning(Code.BALANCE_DIFFERS, assets, text)
        else:
            text = f"{whole.label!r} is not what the lines above it make of it: {one.equation}; nothing else stands between"
            yield _warning(Code.DOES_NOT_ADD_UP, whole, text)


def _dilution(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Report what dilution cannot do: raise earnings per share, cut them to a third, or lower the count of shares."""
    pairs: dict[tuple[str, Period, int], dict[str, Fact]] = {}
    for fact in facts:
        said = _DILUTION.get(fact.concept.partition(":")[2])
        if said is not None and fact.table is not None and not fact.members:
            pairs.setdefault((said[0], fact.period, fact.table), {}).setdefault(said[1], fact)
    for (what, period, _), pair in pairs.items():
        if len(pair) == 2:
            basic, diluted = pair["basic"], pair["diluted"]
            less, more = (basic, diluted) if what == "shares" else (diluted, basic)
            alike = within(less.value - more.value, half_unit(less.decimals) + half_unit(more.decimals))
            over = less.value > more.value and not alike
            third = what != "shares" and less.value * _DILUTED < more.value
            if basic.value > 0 and diluted.value > 0 and (over or third):
                code = Code.SHARES_OFF if what == "shares" else Code.EPS_DIFFERS
                text = f"basic {basic.value:,} and diluted {diluted.value:,} {what} of {period} do not go together"
                yield _warning(code, diluted, text)


def _flows(flows: Sequence[Relation]) -> Iterator[Finding]:
    """Report a flow that fails where others of its kind hold: the kind is no misunderstanding then."""
    for topic, code, words in (
        (CASH, Code.CASH_DIFFERS, "cash at the beginning and its change do not give cash at the end"),
        (QUARTERS, Code.PERIODS_DIFFER, "the parts of the period do not add up to the whole"),
    ):
        of = [flow for flow in flows if flow.topic == topic]
        bad = [flow for flow in of if not holds(flow)]
        if bad and len(of) - len(bad) > 2 * len(bad):
            for flow in bad:
                whole = flow.facts[0]
                yield _warning(code, whole, f"{whole.label!r}, {whole.period}: {words}: {flow.equation}")


def _impossible(fact: Fact) -> Iterator[Finding]:
    local = fact.concept.partition(":")[2]
    if fact.value < 0 and local in word_set("proving", "never_negative") and not fact.members:
        yield _warning(
            Code.NEGATIVE_VALUE, fact, f"{fact.concept} cannot be negative, and {fact.label!r} says {fact.value:,}"
        )
    if fact.unit == PURE and abs(fact.value) > _PERCENT and fact.concept.startswith("us-gaap:"):
        yield _warning(
            Code.PERCENT_AS_NUMBER,
            fact,
            f"{fact.label!r} is {fact.value:,} as a pure number: a percentage has to be divided by 100",
        )


def _share_counts(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Report share counts that differ by a power of ten no split explains."""
    counts = [
        f
        for f in facts
        if f.value > 0 and "WeightedAverageNumberOf" in f.concept and "Outstanding" in f.concept and not f.members
    ]
    counts = [f for f in counts if not f.concept.endswith(("Adjustment", "SharesAttributable"))]
    if len(counts) < 3:
        return
    middle = sorted(f.value for f in counts)[len(counts) // 2]
    for fact in counts:
        if fact.value * _SHARES_OFF <= middle or middle * _SHARES_OFF <= fact.value:
            yield _warning(
                Code.SHARES_OFF,
                fact,
                f"{fact.label!r} counts {fact.value:,} shares where the release counts about {middle:,}",
            )


def _warning(code: Code, fact: Fact, message: str) -> Finding:
    return Finding.warning(code, message, fact.printed.span)
