"""Facts from the figures of a statement's lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tagger.data import word_set
from tagger.facts import Aspect, Fact
from tagger.findings import Code, Finding
from tagger.lexicon import find_periods, without_times
from tagger.measures import in_hundredths
from tagger.naming.choice import Choice
from tagger.naming.ends import begins, day_named
from tagger.statement import COMPANY, Column, Figure, Kind, Line, Scope, Statement, Use
from tagger.tagging.making import make_fact, row_of
from tagger.tagging.members import Dimensions, Members
from tagger.tagging.refusals import Refusal
from tagger.tagging.signs import Factor
from tagger.tagging.units import line_scale
from tagger.values import Duration, Entity, Instant, Measure, Period, Span


class Setting(Struct, frozen=True, kw_only=True):
    """What all facts of one statement share."""

    statement: Statement
    entity: Entity
    dimensions: Dimensions
    share_scale: int | None = None
    ocr: bool = False

    def members(self, line: Line, column: Column) -> Members | None:
        """Return the members of the figures of *line* in *column*; `None` where they are of something without an axis."""
        return self._members(self.statement.scope, line.scope, column.scope)

    def members_of_label(self, line: Line) -> Members | None:
        """Return the members of figures inside the label of *line*; `None` where they are of something without an axis."""
        return self._members(self.statement.scope, line.scope)

    def _members(self, *scopes: Scope) -> Members | None:
        found = [self.dimensions.members(scope) for scope in scopes if scope is not COMPANY]
        return None if None in found else tuple(member for members in found for member in members or ())


def line_facts(choice: Choice, factor: Factor, setting: Setting) -> Iterator[Fact | Finding | Refusal]:
    """Yield a fact for each figure of the line of *choice*, or what says why there is none."""
    statement = setting.statement
    scale = line_scale(choice.line, choice.unit, statement, setting.share_scale)
    if scale is None and any(figure.numeral.scale is None for figure in choice.line.figures):
        yield _no_scale(choice, statement)
        return
    scale = scale or 0  # of figures that all say their own: "$1.0 billion"
    columns = {column.index: column for column in statement.columns}
    row = row_of(statement, choice.line)
    cents = choice.unit is Measure.PER_SHARE and any(figure.numeral.places >= 2 for figure in choice.line.figures)
    for figure in choice.line.figures:
        column = columns.get(figure.column)
        if column is None or column.use is not Use.FIGURES or figure.numeral.percent:
            continue
        members = setting.members(choice.line, column)
        if members is None:
            continue
        if cents and setting.ocr and figure.numeral.number and not figure.numeral.places:
            yield _no_cents(choice, figure)
            continue
        period, why = _period(choice, column, statement)
        if period is None:
            heading = column.heading or str(column.index)
            yield Refusal(code=Code.NO_PERIOD, label=choice.line.label, column=heading, why=why, span=figure.span)
            continue
        yield _fact(choice, factor, setting, column, figure, scale, members, (period, why), row)


def _no_scale(choice: Choice, statement: Statement) -> Refusal:
    """Return the refusal of the line of *choice*, whose scale its *statement* does not tell."""
    shares = choice.unit is Measure.SHARES
    of_money = statement.scale_said if shares and statement.scale is not None else ""
    why = scale_unknown(statement.scale_said, statement.shares_open if shares else "", of_money)
    return Refusal(code=Code.NO_SCALE, label=choice.line.label, column="", why=why, span=choice.line.figures[0].span)


def _no_cents(choice: Choice, figure: Figure) -> Finding:
    """Return the finding for an amount per share that lost its decimal point where text was recognised: 688 for 6.88."""
    return Finding.error(
        Code.NOT_A_NUMBER,
        f"{choice.line.label!r}: {figure.numeral.text!r} has no cents, and the other amounts per share of the row have",
        figure.span,
    )


def scale_unknown(said: str = "", disagreed: str = "", of_money: str = "") -> str:
    """Return why figures cannot be told to be units, thousands or millions: *said* speaks of a scale and is not understood,
    sentences *disagreed*, or what is said is *of money* and leaves shares open.
    """
    if disagreed:
        return f"{disagreed!r} disagree on the scale of shares: give it in the row"
    if of_money:
        return f"{of_money!r} says in what money is counted, and shares of this number may be in units too: give it in the row"
    open_ = "nothing says whether the figures are in units, thousands or millions"
    return f"{said!r} is not understood: give a scale" if said else f"{open_}: give a scale"


def no_scale(label: str, span: Span) -> Finding:
    """Return the finding for a figure at *span* that cannot be told to be units, thousands or millions."""
    return Finding.error(Code.NO_SCALE, f"{label!r}: {scale_unknown()}", span)


def _fact(
    choice: Choice,
    factor: Factor,
    setting: Setting,
    column: Column,
    figure: Figure,
    scale: int,
    members: Members,
    dated: tuple[Period, str],
    row: Mapping[str, Any],
) -> Fact:
    period, why = dated
    statement, numeral = setting.statement, figure.numeral
    used = numeral.scale if numeral.scale is not None else scale
    return make_fact(
        numeral,
        figure.span,
        signed(choice, figure, factor),
        scale=used,
        measure=choice.unit,
        currency=choice.line.currency or column.currency or statement.currency,
        members=without_twins(choice.members, members),
        concept=choice.concept,
        entity=setting.entity,
        period=period,
        rule=choice.rule,
        column=figure.column,
        heading=column.heading,
        said=(Aspect.UNIT,) if numeral.currency else (),
        why=(
            *choice.why,
            f"period: {why}",
            f"scale 10^{used}: {_scale_said(choice, figure, statement)}",
            f"sign: {factor[1]}",
        ),
        confidence=choice.confidence,
        alternatives=choice.alternatives,
        **row,
    )


def signed(choice: Choice, figure: Figure, factor: Factor) -> Decimal:
    """Return the number of *figure* with the sign that its concept wants, not scaled."""
    value = figure.printed * factor[0]
    return abs(value) if value.is_signed() and _never_negative(choice.local) else value


def without_twins(ruled: Members, scoped: Members) -> Members:
    """Return the members of a rule and of a scope together; on one axis the rule's stands."""
    if not ruled and not scoped:
        return ()
    axes = {member.axis for member in ruled}
    return tuple(sorted({*ruled, *(member for member in scoped if member.axis not in axes)}))


def _scale_said(choice: Choice, figure: Figure, statement: Statement) -> str:
    if figure.numeral.scale is not None:
        return "the word beside the figure"
    if choice.unit is Measure.PER_SHARE:
        return (
            "its row counts in hundredths" if in_hundredths(choice.line) else "an amount per share is printed in full"
        )
    return statement.scale_said or "nothing gives a scale, so the figures are in units"


def _period(choice: Choice, column: Column, statement: Statement) -> tuple[Period | None, str]:
    if column.period is not None and (other := _other_year(choice.line, column.period, statement)):
        return None, f"{other!r} stands over the row, and its column is of {column.period}"
    if choice.period_type == "duration":
        if isinstance(column.period, Duration):
            return column.period, column.why
        return None, "the heading names a date, and the concept needs a span of time" if column.period else column.why
    if column.period is None:
        return None, column.why or "no heading over the column names a date"
    if isinstance(column.period, Duration) and statement.kind is not Kind.BALANCE_SHEET:
        return _edge(choice.line, column.period, column.why)
    return Instant(column.period.end), column.why


def _other_year(line: Line, period: Period, statement: Statement) -> str:
    """Return the heading over *line* that names a year and nothing more, and not that of *period*; none, where there is no such.

    A fiscal year, and one in which other columns end, may begin in the year before.
    """
    first = period.start.year if isinstance(period, Duration) else period.end.year
    for heading in line.headings:
        year, fiscal = _only_year(heading) or (first, False)
        begun = year == period.end.year + 1 and (fiscal or year in _ends(statement))
        if not first <= year <= period.end.year and not begun:
            return heading
    return ""


def _ends(statement: Statement) -> set[int]:
    return {column.period.end.year for column in statement.columns if column.period is not None}


@lru_cache(maxsize=512)
def _only_year(heading: str) -> tuple[int, bool] | None:
    """Return the year that *heading* names, where it says nothing else, and whether it is a fiscal one, which may end sooner.

    >>> _only_year("2023:"), _only_year("Fiscal 2023"), _only_year("2023 Plan"), _only_year("Third quarter 2023")
    ((2023, False), (2023, True), None, None)
    """
    found = find_periods(heading) if any(map(str.isdigit, heading)) else ()
    if len(found) != 1 or any(map(str.isalpha, without_times(heading))):
        return None
    year, fiscal = found[0].year, found[0].fiscal_year
    if found[0].month or found[0].quarter or found[0].half or (year or fiscal) is None:
        return None
    return (year or fiscal or 0), fiscal is not None


def _edge(line: Line, period: Duration, why: str) -> tuple[Period | None, str]:
    """Return the day of *period* at which a balance of *line* stands: before its first one, or its last."""
    opening = period.start - dt.timedelta(days=1)
    named = day_named(line.label)
    if begins(line) or named == (opening.month, opening.day) != (period.end.month, period.end.day):
        if named not in (None, (period.start.month, period.start.day), (opening.month, opening.day)):
            return None, "the label names a day that is not the first of the period"
        return Instant(opening), "the label says beginning: the day before the period"
    return Instant(period.end), why


@lru_cache(maxsize=512)
def _never_negative(local: str) -> bool:
    return any(part in local for part in word_set("tagging", "never_negative"))


def numbered(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return *facts* in the order of the release, with their ids."""
    at: dict[Span, list[Fact]] = {}
    for fact in facts:
        at.setdefault(fact.printed.span, []).append(fact)
    ordered = (fact for span in sorted(at) for fact in _of_one_figure(at[span]))
    return tuple(replace(fact, id=f"f{number}") for number, fact in enumerate(ordered, start=1))


def _of_one_figure(facts: list[Fact]) -> list[Fact]:
    """Return the facts of one figure, of which there is mostly one, in an order that nothing but what they say decides."""
    return sorted(facts, key=lambda f: (f.concept, str(f.period), str(f.members))) if len(facts) > 1 else facts
