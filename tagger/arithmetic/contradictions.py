"""Contradictions: facts that are not tagged, because relations, a whole of which they are a part, or their own print speak against them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tagger.arithmetic.judge import holds
from tagger.arithmetic.relation import Relation
from tagger.arithmetic.relations.flows import LENGTHS, QUARTERS
from tagger.arithmetic.relations.ratios import other_power
from tagger.arithmetic.relations.sums import Odd
from tagger.data import word_set
from tagger.facts import Fact
from tagger.findings import Code, Finding
from tagger.statement import PRIMARY, Kind, Line, Statement
from tagger.statements.kinds import fold_title
from tagger.values import PURE, Duration, Instant, half_unit

_SCALED = 3  # a power of ten at which nobody prints cents
_CENTS = 2
_PER_SHARE = 1000  # a share that earns as much has a price no other has
_STANDARD = "us-gaap:"  # of an own concept the table tells whether it is a balance
_FLOWS = 2  # amounts of a span of time that make a balance among them an odd one
_LEAST_PER_SHARE = Decimal("0.01")
_PLACES = range(-4, 1)  # decimals with which amounts per share are printed


def uncontradicted(
    facts: Sequence[Fact],
    statements: Sequence[Statement],
    divided: Sequence[Relation],
    odd: Sequence[Odd],
    flowing: Sequence[Relation],
    summed: Sequence[Relation],
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Return *facts* without those that relations, a whole of which they are a part, or their own print contradict, and why."""
    left, refused = contradicted(facts, divided, odd, flowing, summed)
    odd_ones = (*partial(left, statements), *of_other_kinds(left, divided), *among_flows(summed))
    out = {fact.id: finding for fact, finding in odd_ones}
    return tuple(fact for fact in left if fact.id not in out), tuple(dict.fromkeys((*refused, *out.values())))


def contradicted(
    facts: Sequence[Fact],
    ratios: Sequence[Relation],
    odd: Sequence[Odd],
    flows: Sequence[Relation] = (),
    sums: Sequence[Relation] = (),
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Return *facts* without those whose scale, sign or period a relation contradicts, and findings that name both sides.

    A count of shares that earnings per share want a thousand times smaller is no count; nor can both stand. Where the
    parts of a period do not give the whole, those go that none of *sums* bears out; all three where that tells nothing.
    One result of two lengths of time goes for both.
    """
    found = (*_of_ratios(ratios), *((one.fact, _other_sign(one)) for one in odd), *_of_flows(flows, sums))
    refused: dict[str, Finding] = {}
    for fact, finding in found:
        refused.setdefault(fact.id, finding)
    return tuple(fact for fact in facts if fact.id not in refused), tuple(dict.fromkeys(refused.values()))


def _of_ratios(ratios: Sequence[Relation]) -> Iterator[tuple[Fact, Finding]]:
    for ratio in ratios:
        power = other_power(ratio) if not holds(ratio) else 0
        if power:
            yield ratio.facts[2], _other_scale(ratio.facts[2], ratio, power)


def _of_flows(flows: Sequence[Relation], sums: Sequence[Relation]) -> Iterator[tuple[Fact, Finding]]:
    """Yield the facts of *flows* that fail: one result of two lengths, and periods whose parts do not give the whole."""
    failing = [flow for flow in flows if not holds(flow)]
    yield from ((fact, _two_lengths(flow)) for flow in failing if flow.topic == LENGTHS for fact in flow.facts)
    sure = {fact.id for one in sums if holds(one) for fact in one.facts} if failing else set()
    for flow in filter(_of_periods, failing):
        loose = [fact for fact in flow.facts if fact.id not in sure] or flow.facts
        finding = _other_period(flow, loose)
        yield from ((fact, finding) for fact in loose)


def _two_lengths(flow: Relation) -> Finding:
    one, other = flow.facts
    text = (
        f"{one.label!r}: {one.value:,} is of {one.period} in one statement and of {other.period} in another; the heading of "
        "one of them is misprinted, and neither is tagged"
    )
    return _error(Code.PERIODS_DIFFER, one, text)


def _of_periods(flow: Relation) -> bool:
    """Whether *flow* adds up the parts of a period, all of them amounts of the statements themselves."""
    return flow.topic == QUARTERS and all(fact.statement in PRIMARY and fact.unit != PURE for fact in flow.facts)


def _other_period(flow: Relation, refused: Sequence[Fact]) -> Finding:
    whole = flow.facts[0]
    periods = ", ".join(f"{fact.value:,} for {fact.period}" for fact in flow.facts)
    gone = ", ".join(f"{fact.value:,}" for fact in refused)
    return Finding.error(
        Code.PERIODS_DIFFER,
        f"{whole.label!r}: the parts of the period do not add up to the whole: {periods}; not tagged: {gone}",
        whole.printed.span,
    )


def _other_scale(shares: Fact, ratio: Relation, power: int) -> Finding:
    return Finding.error(
        Code.SCALE_CONTRADICTED,
        f"{shares.label!r} counts {shares.value:,} shares, and earnings per share want {shares.value.scaleb(-power).normalize():,f}: "
        f"{ratio.equation}; it is not tagged",
        shares.printed.span,
    )


def _other_sign(odd: Odd) -> Finding:
    fact = odd.fact
    others = ", ".join(f"{other.label!r} {other.value:,}" for other in odd.others)
    return Finding.error(
        Code.SIGN_CONTRADICTED,
        f"{fact.label!r}: {fact.value:,} contradicts {others} in {odd.equation}; it is not tagged",
        fact.printed.span,
    )


def of_other_kinds(facts: Sequence[Fact], ratios: Sequence[Relation]) -> Iterator[tuple[Fact, Finding]]:
    """Yield the facts of rows whose figures are printed as another kind is: thousands per share, cents among thousands.

    An amount per share that is the ratio of an income and shares is one, however large.
    """
    rows: dict[tuple[int, int | None], list[Fact]] = {}
    for fact in facts:
        if fact.table is not None and fact.printed.number:
            rows.setdefault((fact.table, fact.row), []).append(fact)
    whole: dict[int, list[bool]] = {}
    for (table, _), row in rows.items():
        if row[0].printed.scale >= _SCALED:
            whole.setdefault(table, []).append(not any(map(_with_cents, row)))
    borne = {fact.id for ratio in ratios if holds(ratio) for fact in ratio.facts}
    for (table, _), row in rows.items():
        others = whole.get(table, [])
        if row[0].unit.denominator is not None:
            yield from ((one, _no_cents(one)) for one in row if _below_cents(one) and one.id not in borne)
            if all(abs(one.value) >= _PER_SHARE and not _with_cents(one) and one.id not in borne for one in row):
                text = f"{row[0].label!r}: {row[0].value:,} is no amount per share; not tagged"
                yield from ((one, _error(Code.NOT_A_NUMBER, row[0], text)) for one in row)
        elif row[0].printed.scale >= _SCALED and all(map(_with_cents, row)) and sum(others) * 3 >= len(others) * 2:
            text = f"{row[0].label!r}: {row[0].printed.text!r} has cents, and other figures of its table have none; not tagged"
            yield from ((one, _error(Code.NOT_A_NUMBER, row[0], text)) for one in row)


def among_flows(summed: Sequence[Relation]) -> Iterator[tuple[Fact, Finding]]:
    """Yield the balances that sums count among flows, at the end of their period: "Equipment" among the revenues is no property.

    A balance that flows are added to stands at their beginning, and their sum is one itself.
    """
    for one in filter(holds, summed):
        parts = [term.fact for term in one.parts if term.fact is not None]
        ends = {fact.period.end for fact in parts if isinstance(fact.period, Duration)}
        balances = [fact for fact in parts if isinstance(fact.period, Instant)]
        whole = one.whole.fact
        flowing = [
            fact for fact in one.facts if isinstance(fact.period, Duration) and fact.concept.startswith(_STANDARD)
        ]
        if len(flowing) < _FLOWS or (whole is not None and isinstance(whole.period, Instant)):
            continue
        for fact in balances:
            if {fact.period.end} == ends:
                text = f"{fact.label!r}: {fact.concept} is a balance, and its sum counts it among amounts of a span of time; not tagged"
                yield fact, _error(Code.NO_CONCEPT, fact, text)


def _below_cents(fact: Fact) -> bool:
    """Whether *fact*, an amount of income per share, is so small a part of a cent that it counts something else."""
    small = 0 < abs(fact.value) < _LEAST_PER_SHARE
    return small and fact.statement == Kind.OPERATIONS and fact.printed.number.as_tuple().exponent not in _PLACES


def _no_cents(fact: Fact) -> Finding:
    text = f"{fact.label!r}: {fact.printed.text!r} counts no dollars and cents per share, and no ratio of income and shares is so little; not tagged"
    return _error(Code.NOT_A_NUMBER, fact, text)


def _with_cents(fact: Fact) -> bool:
    return int(fact.printed.number.as_tuple().exponent) <= -_CENTS


def partial(facts: Sequence[Fact], statements: Sequence[Statement]) -> Iterator[tuple[Fact, Finding]]:
    """Yield the *facts* that are a part of what the release prints in the same words for the same period.

    Amortization of intangible assets stands among the operating expenses, and part of it in the cost of revenue; the
    reconciliation takes back all of it. The concept means the whole, so the part does not take it.
    """
    costs = [fact for fact in facts if fact.statement == Kind.OPERATIONS and _spread(fact) and not fact.members]
    if not costs:
        return
    rows = [(s, line) for s in statements if s.kind not in PRIMARY for line in s.lines if line.figures]
    told: dict[str, list[tuple[Statement, Line]]] = {fold_title(fact.label): [] for fact in costs}
    for statement, line in rows:
        if (title := fold_title(line.label)) in told:
            told[title].append((statement, line))
    for fact in costs:
        alike = told[fold_title(fact.label)]
        whole = max((value for statement, line in alike for value in _wider(fact, statement, line)), default=None)
        if whole is not None:
            yield fact, _part(fact, whole)


def _wider(fact: Fact, statement: Statement, line: Line) -> Iterator[Decimal]:
    """Yield the amounts of *line* that are more than *fact*, for its period."""
    for figure in line.figures:
        column = statement.column(figure.column)
        if column is not None and column.period == fact.period and not figure.numeral.percent:
            scale = statement.scale or 0
            room = half_unit(figure.numeral.places - scale) + half_unit(fact.decimals)
            value = abs(figure.printed).scaleb(scale)
            if value - room > abs(fact.value):
                yield value


def _spread(fact: Fact) -> bool:
    return fact.concept.partition(":")[2] in word_set("proving", "spread_costs")


def _part(fact: Fact, whole: Decimal) -> Finding:
    return Finding.warning(
        Code.AMBIGUOUS_CONCEPT,
        f"{fact.label!r}: {fact.value:,} is a part of {whole:,f}, which the release prints in the same words for "
        f"{fact.period}; {fact.concept} means the whole, and the part is not tagged",
        fact.printed.span,
    )


def _error(code: Code, fact: Fact, message: str) -> Finding:
    return Finding.error(code, message, fact.printed.span)
