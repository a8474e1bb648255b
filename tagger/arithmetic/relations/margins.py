"""Relations of rows of percentages: margins, rates of tax, and rows that are said to be shares of revenue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import TypeAlias

from msgspec.structs import replace

from tagger.arithmetic.judge import holds
from tagger.arithmetic.relation import SIGN, VALUE, Operator, Relation, Term, term
from tagger.data import load_json
from tagger.facts import Aspect, Fact, ProofKind
from tagger.patterns import pattern
from tagger.statement import Figure, Line, Statement, Use
from tagger.values import PURE, Period, half_unit

_TELLING = 20  # a smaller percentage, in units of its last place, agrees with too many figures
_WHOLE = Decimal(100)
_RATE = "EffectiveIncomeTaxRateContinuingOperations"
_SHARE = pattern(
    r"""
    \(? (?<! [a-z] ) (?: as \s )? (?: a \s )? (?: % | percent(?:age)? ) \s of \s
    (?: (?: total | net ) \s )* (?: sales | revenues? ) \)? [\s:,]* $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE = pattern(r"[^a-z]+")

Held: TypeAlias = tuple[Figure, Fact, Fact]


class _Known:
    """The facts of rows without members, by concept and by label; only made where a row asks for them."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.named: dict[tuple[str, Period], Fact] = {}
        self.labelled: dict[tuple[str, Period], list[str]] = {}
        self.rates: dict[tuple[int | None, int | None, int | None], Fact] = {}
        for fact in facts:
            local = fact.concept.partition(":")[2]
            if fact.unit == PURE and local == _RATE:
                self.rates[fact.table, fact.row, fact.column] = fact
            elif fact.table is not None and not fact.members:
                self.named.setdefault((local, fact.period), fact)
                self.labelled.setdefault((_folded(fact.label), fact.period), []).append(local)


def margins(facts: Sequence[Fact], statements: Iterable[Statement]) -> Iterator[Relation]:
    """Yield the relation of the two figures whose quotient a row says to be a margin, a rate or a share of revenue.

    The row has to agree in every period that has both figures: in two, or in one if it prints tenths of a percent.
    """
    known: _Known | None = None
    for statement in statements:
        above = ""
        for line in statement.lines:
            if not line.figures:
                continue
            if line.figures[0].numeral.percent:
                words = _asked(line, above)
                if words:
                    known = known or _Known(facts)
                    yield from _row(statement, line, words, known)
            else:
                above = line.label


def _asked(line: Line, above: str) -> str | None:
    """Return the words that name the part which *line* gives in percent of a whole; `None` if it does not."""
    words = _folded(line.label)
    if words in _rows():
        return words
    said = _SHARE.search(line.label)
    if said is not None:
        return _folded(line.label[: said.start()]) or _folded(above)
    return words if any(_SHARE.search(heading) for heading in line.headings) else None


def _row(statement: Statement, line: Line, words: str, known: _Known) -> Iterator[Relation]:
    figures = [
        (figure, column.period)
        for figure in line.figures
        if figure.numeral.percent
        and (column := statement.column(figure.column)) is not None
        and column.use is Use.FIGURES
        and column.period is not None
    ]
    parts, wholes = _rows().get(words) or (_labelled(words, [period for _, period in figures], known), _revenues())
    for part in parts:
        for whole in wholes:
            held = _held(figures, part, whole, known)
            for figure, one, other in held:
                yield _with_rate(figure, one, other, known.rates.get((statement.number, line.index, figure.column)))
            if held:
                return


def _labelled(words: str, periods: Sequence[Period], known: _Known) -> Sequence[str]:
    """Return the concepts of the rows that are labelled with *words*."""
    return list(dict.fromkeys(name for period in periods for name in known.labelled.get((words, period), ())))


def _held(figures: Sequence[tuple[Figure, Period]], top: str, bottom: str, known: _Known) -> Sequence[Held]:
    """Return the figures with their facts, if all that have both agree and that is more than chance."""
    held = []
    for figure, period in figures:
        part, whole = known.named.get((top, period)), known.named.get((bottom, period))
        if part is None or whole is None or part.unit != whole.unit or part is whole:
            continue
        agreed = holds(percentage(Operator.SHARE, part, whole, printed_term(figure)))
        if agreed is False:
            return ()
        if agreed and telling(printed_term(figure)):
            held.append((figure, part, whole))
    return held if len(held) > 1 or any(figure.numeral.places for figure, _, _ in held) else ()


def _with_rate(figure: Figure, part: Fact, whole: Fact, rate: Fact | None) -> Relation:
    """Return the relation of a printed percentage; the *rate* it is tagged as, if any, stands for it."""
    quotient = f"{part.value / whole.value:.{figure.numeral.places + 2}%}"
    text = f"{shown(part, whole)} / {shown(whole, part)} = {quotient}, printed {figure.printed:f}%"
    relation = percentage(Operator.SHARE, part, whole, printed_term(figure), text)
    return relation if rate is None else replace(relation, whole=replace(relation.whole, fact=rate))


@lru_cache(maxsize=1024)
def _folded(label: str) -> str:
    """Return the words of *label* without what says that it is a percentage, or by which rules."""
    words = _BARE.sub(" ", label.lower()).split()
    return " ".join(word for word in words if word not in _silent())


@cache
def _rows() -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    """Return the concepts of part and whole that a row of these words is the quotient of, the likeliest first."""
    return {
        words: (entry["parts"], entry["wholes"] or _revenues())
        for entry in load_json("proving")["percentages"]["rows"]
        for words in entry["labels"]
    }


@cache
def _revenues() -> tuple[str, ...]:
    return tuple(load_json("proving")["percentages"]["revenues"])


@cache
def _silent() -> frozenset[str]:
    return frozenset(load_json("proving")["percentages"]["silent"])


def printed_term(figure: Figure) -> Term:
    """Return the percentage that *figure* prints."""
    return Term(figure.printed, half_unit(figure.numeral.places))


def telling(printed: Term) -> bool:
    """Whether few other parts of the same whole would give this percentage."""
    return abs(printed.value) >= _TELLING * 2 * printed.room


def percentage(operator: Operator, part: Fact, whole: Fact, printed: Term, text: str = "") -> Relation:
    """Return the relation that *part* is, or is by, *printed* percent of, or more than, *whole*."""
    resolved = 2 * printed.room / _WHOLE * abs(whole.value)  # how much of the part one unit of the percentage is
    return Relation(
        kind=ProofKind.PERCENTAGE,
        operator=operator,
        whole=printed,
        parts=(
            replace(term(part), aspects=tuple(_borne(part, resolved))),
            replace(term(whole), aspects=tuple(_borne(whole, resolved))),
        ),
        equation=text,
        topic="percentage",
    )


def _borne(fact: Fact, resolved: Decimal) -> Iterator[Aspect]:
    """Yield the value only where a digit misread would show in the percentage."""
    if resolved <= 2 * half_unit(fact.decimals):
        yield VALUE
    yield SIGN


def shown(fact: Fact, beside: Fact) -> str:
    """Return the figure of *fact* as printed, in full where *beside* is printed in another scale."""
    if fact.printed.scale != beside.printed.scale:
        return f"{fact.value:,f}"
    return f"{'-' if fact.value < 0 else ''}{fact.printed.number:,f}"
