"""The fact of each printed figure: by the order of both, and where that is not known by value and period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct
from rapidfuzz.distance import LCSseq

from tagger.learning.filing import Filing
from tagger.loading import LoadedFact
from tagger.patterns import pattern
from tagger.statement import Column, Figure, Line, Statement, Use
from tagger.values import Duration, Member, TypedMember

Named: TypeAlias = tuple[str, tuple[Member | TypedMember, ...]]

_NOT_DIGITS = pattern(r"[^\d.]")
_NEAR = 8  # days by which the beginnings of one period may differ: 52/53-week years
_SCALES = (0, 3, 6, 9)
_TELLING = 3  # digits of a row by which its facts can be told: fewer are the value of many


class Printed(Struct, frozen=True, kw_only=True):
    """A figure of a page, at its place: a cell of a row."""

    statement: Statement
    line: Line
    figure: Figure


class Tied(Struct, frozen=True, kw_only=True):
    """A figure with the facts it is, more than one where the filer tagged it more than once."""

    printed: Printed
    facts: tuple[LoadedFact, ...]


def align(filing: Filing) -> tuple[Tied, ...]:
    """Return the figures of *filing* whose facts are known.

    A table none of whose figures is tagged, where others are, holds no facts: a discussion repeats figures of statements.
    """
    figures = tuple(_figures(filing))
    tied = {id(one.printed.figure): one for one in _by_order(figures, filing.facts)} if filing.ordered else {}
    tagged = {id(one.printed.statement) for one in tied.values()}
    rest = [
        one for one in figures if id(one.figure) not in tied and (not filing.ordered or id(one.statement) in tagged)
    ]
    tied |= {id(one.printed.figure): one for one in _by_value(rest, filing.facts)}
    return tuple(tied[id(one.figure)] for one in figures if id(one.figure) in tied)


def _figures(filing: Filing) -> Iterator[Printed]:
    for statement in filing.statements:
        columns = {column.index: column for column in statement.columns}
        for line in statement.lines:
            for figure in line.figures:
                column = columns.get(figure.column)
                if column is not None and column.use is Use.FIGURES and not figure.numeral.percent:
                    yield Printed(statement=statement, line=line, figure=figure)


def _word(text: str) -> str:
    """Return the digits of *text*, or a dash for none: what a figure and its fact have in common."""
    return _NOT_DIGITS.sub("", text).strip(".") or "-"


def _by_order(figures: Sequence[Printed], facts: Sequence[LoadedFact]) -> Iterator[Tied]:
    """Yield the figures that stand in one order with facts of the same text."""
    printed = [_word(one.figure.numeral.text) for one in figures]
    told = [_word(fact.text) for fact in facts]
    pairs: dict[int, int] = {}
    for block in LCSseq.opcodes(printed, told):
        if block.tag == "equal":
            pairs.update(
                zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True)
            )
    used = set(pairs.values())
    for place, found in pairs.items():
        one, fact = figures[place], facts[found]
        if fits(one, fact):
            yield Tied(printed=one, facts=(fact, *_nested(facts, found, used)))


def _nested(facts: Sequence[LoadedFact], place: int, used: set[int]) -> Iterator[LoadedFact]:
    """Yield the facts around the same text: one figure that the filer tagged twice."""
    fact = facts[place]
    for step in (-1, 1):
        other = place + step
        while 0 <= other < len(facts) and other not in used and _same_figure(facts[other], fact):
            yield facts[other]
            other += step


def _same_figure(one: LoadedFact, other: LoadedFact) -> bool:
    return (one.text, one.value, one.unit, one.period.end if one.period else None) == (
        other.text,
        other.value,
        other.unit,
        other.period.end if other.period else None,
    ) and one.concept != other.concept


def fits(one: Printed, fact: LoadedFact) -> bool:
    """Whether the figure can be *fact*: the period of its column, and its value at some scale."""
    return _fits_period(one, fact) and _fits_value(one, fact)


def _fits_value(one: Printed, fact: LoadedFact) -> bool:
    assert isinstance(fact.value, Decimal)
    value, printed = abs(fact.value), abs(one.figure.printed)
    return any(printed.scaleb(scale) == value for scale in _SCALES)


def _fits_period(one: Printed, fact: LoadedFact) -> bool:
    column = one.statement.column(one.figure.column)
    period = fact.period
    if column is None or period is None:
        return False
    if column.period is None and column.instant is None:
        return True
    if not isinstance(period, Duration):
        ends = {end for end in (column.period, column.instant) if end is not None}
        begun = [end.start for end in ends if isinstance(end, Duration)]
        return any(end.end == period.end for end in ends) or any((start - period.end).days == 1 for start in begun)
    return _near(column, period)


def _near(column: Column, period: Duration) -> bool:
    own = column.period
    if not isinstance(own, Duration):
        return own is not None and own.end == period.end
    return abs((own.end - period.end).days) <= _NEAR and abs((own.start - period.start).days) <= _NEAR


def _by_value(figures: Sequence[Printed], facts: Sequence[LoadedFact]) -> Iterator[Tied]:
    """Yield the figures of rows all of whose figures are values of one concept, and of no other."""
    by_digits: dict[str, list[LoadedFact]] = {}
    for fact in facts:
        assert isinstance(fact.value, Decimal)
        if fact.value:
            by_digits.setdefault(_digits(fact.value), []).append(fact)
    rows: dict[int, list[Printed]] = {}
    for one in figures:
        if one.figure.printed:
            rows.setdefault(id(one.line), []).append(one)
    for row in rows.values():
        if sum(len(_digits(one.figure.printed)) for one in row) >= _TELLING:
            yield from _row_by_value(row, by_digits)


def _digits(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "").strip("0")


def _row_by_value(row: Sequence[Printed], by_digits: dict[str, list[LoadedFact]]) -> Iterator[Tied]:
    found = [[fact for fact in by_digits.get(_digits(one.figure.printed), ()) if fits(one, fact)] for one in row]
    meanings = [{(fact.concept, fact.members) for fact in facts} for facts in found]
    shared = set.intersection(*meanings) if meanings else set()
    if len(shared) > 1:
        shared = _nearest(row[0].line.label, shared)
    if len(shared) != 1:
        return
    (meaning,) = shared
    for one, facts in zip(row, found, strict=True):
        fact = next(fact for fact in facts if (fact.concept, fact.members) == meaning)
        yield Tied(printed=one, facts=(fact,))


def _nearest(label: str, meanings: set[Named]) -> set[Named]:
    """Return the one of *meanings* whose name is clearly nearest to *label*; all of them where none is."""
    from rapidfuzz import fuzz

    def likeness(meaning: Named) -> float:
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", meaning[0].partition(":")[2]).lower()
        return (
            fuzz.token_set_ratio(label.lower(), name) / 2
            + fuzz.token_sort_ratio(label.lower(), name) / 2
            - 20 * len(meaning[1])
        )

    ranked = sorted(meanings, key=lambda meaning: (-likeness(meaning), str(meaning)))
    return {ranked[0]} if likeness(ranked[0]) - likeness(ranked[1]) >= 12 else meanings
