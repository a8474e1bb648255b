"""The one maker of facts: a printed number becomes a value with its unit, decimals and sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from msgspec.structs import replace

from tagger.facts import Fact, Printed
from tagger.lexicon import Numeral
from tagger.patterns import pattern
from tagger.statement import Line, Statement
from tagger.values import PURE, SHARES, Member, Span, Unit, money, per_share

_DECIMAL = pattern(r"\d*\.?\d+|\d+\.")
_ZERO = Decimal(0)
_Found = TypeVar("_Found")
_GROUPING = str.maketrans("", "", ", \xa0")


def make_fact(
    numeral: Numeral,
    span: Span,
    number: Decimal,
    *,
    scale: int,
    measure: str,
    currency: str,
    decimals: int | None = None,
    members: Sequence[Member] = (),
    **known: Any,
) -> Fact:
    """Return the fact that *numeral*, printed at *span*, reports: *number*, with its sign, times ten to the power of *scale*.

    *measure* is "money", "per-share", "shares" or other. *decimals* are those of the digits where nothing else says how
    exact they are; *known* is what else the fact says of itself.
    """
    value = number.scaleb(scale) + _ZERO  # without an exponent: 2.946E+6 is 2946000
    return Fact(
        id="",
        unit=unit_of(measure, currency),
        value=value,
        decimals=decimals_of(measure, numeral.places, scale) if decimals is None else decimals,
        members=tuple(sorted(members)) if members else (),
        printed=_printed(numeral, span, scale, negative=value < 0),
        **known,
    )


def _printed(numeral: Numeral, span: Span, scale: int, *, negative: bool) -> Printed:
    return Printed(
        text=numeral.text,
        span=span,
        number=numeral.number,
        scale=scale,
        sign="-" if negative else "",
        replaced=not reads_as(numeral.text, numeral.number),
    )


def row_of(statement: Statement, line: Line) -> dict[str, Any]:
    """Return what a fact says of the row it stands in."""
    return {"label": line.label, "statement": statement.kind.value, "table": statement.number, "row": line.index}


def with_others(found: _Found, also: Sequence[str]) -> Iterator[_Found | Fact]:
    """Yield *found*, and, if it is a fact, the same under the concepts *also* that its rule names."""
    yield found
    if isinstance(found, Fact):
        yield from (replace(found, concept=concept) for concept in also)


def reads_as(text: str, number: Decimal) -> bool:
    """Whether *text*, without its grouping, is *number*; any text may stand for zero."""
    bare = text.translate(_GROUPING)
    return not number or bare == str(number) or (_DECIMAL.fullmatch(bare) is not None and Decimal(bare) == number)


def unit_of(unit: str, currency: str) -> Unit:
    """Return the unit of measure for figures that are *unit* ("money", "per-share", "shares" or other)."""
    if unit == "money":
        return money(currency)
    if unit == "per-share":
        return per_share(currency)
    return SHARES if unit == "shares" else PURE


def decimals_of(unit: str, places: int, scale: int) -> int | None:
    """Return the decimals a printed figure is good for; `None` (INF) for shares counted to the last one."""
    if unit == "shares" and scale == 0 and places == 0:
        return None
    return places - scale
