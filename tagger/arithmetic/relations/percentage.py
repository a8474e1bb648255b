"""One figure as a percentage of another, beside the percentage that is printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tagger.arithmetic.relation import SIGN, VALUE, Operator, Relation, Term, term
from tagger.facts import Aspect, Fact, ProofKind
from tagger.statement import Figure
from tagger.values import half_unit

_TELLING = 20  # a smaller percentage, in units of its last place, agrees with too many figures
_WHOLE = Decimal(100)


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
            term(part)._replace(aspects=tuple(_borne(part, resolved))),
            term(whole)._replace(aspects=tuple(_borne(whole, resolved))),
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
