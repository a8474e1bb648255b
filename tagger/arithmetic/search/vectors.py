"""The rows of a table as whole numbers, for arithmetic over all columns at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from tagger.arithmetic.search.totals import is_loss
from tagger.lexicon import Numeral
from tagger.measures import row_measure, said_measure
from tagger.patterns import pattern
from tagger.statement import Kind, Line
from tagger.values import Measure

Vector = tuple[int | None, ...]

_PLACES = 4  # the smallest unit told apart: a hundredth of a cent
_POWERS = (1, 10, 100, 1_000, 10_000)  # of the places up to that
_SHORT = 12  # characters of a label that needs its heading: "Diluted"
_DILUTED = pattern(r"^\W*(?:assuming |fully )?(?:basic|dilut)", re.IGNORECASE)


class SumRow(Struct, frozen=True, kw_only=True, gc=False):
    """A line's figures in the smallest unit printed in the table, `None` where a column is empty.

    *units* are the units of the last printed place of each figure: 0 for a dash or an empty column. *hinted*
    says that the row looks like a total, and *loss* that it totals a loss by its words; *sort* keeps money, amounts per
    share and counts of shares apart.
    """

    line: int
    columns: tuple[int, ...]
    values: Vector
    units: tuple[int, ...]
    hinted: bool
    sort: str = ""
    loss: bool = False


def sum_rows(
    lines: Sequence[Line], columns: Sequence[int], totals: frozenset[int], kind: Kind = Kind.OTHER
) -> list[SumRow]:
    """Return the rows of *lines* with figures in *columns*; those of *totals* are hinted, and those under a rule.

    *kind* is that of the statement they stand in.
    """
    places = min(
        max([f.numeral.places for line in lines for f in line.figures if not f.numeral.percent], default=0), _PLACES
    )
    rows = []
    order = tuple(columns)
    place = {column: at for at, column in enumerate(order)}
    ruled = False
    for line in lines:
        values, units = _vectors(line, place, places)
        if any(values):
            hinted = ruled or not line.label or line.index in totals
            loss = hinted and is_loss(line.label)
            sort = sort_of(line, kind)
            rows.append(
                SumRow(line=line.index, columns=order, values=values, units=units, hinted=hinted, sort=sort, loss=loss)
            )
        ruled = line.ruled
    return rows


def _vectors(line: Line, place: Mapping[int, int], places: int) -> tuple[Vector, tuple[int, ...]]:
    """Return what *line* prints in each column, and the unit of its last place there."""
    values: list[int | None] = [None] * len(place)
    units = [0] * len(place)
    for figure in line.figures:
        numeral, at = figure.numeral, place.get(figure.column)
        if at is not None and not numeral.percent:
            values[at] = _value(numeral, places)
            units[at] = 0 if numeral.dash else _POWERS[max(places - numeral.places, 0)]
    return tuple(values), tuple(units)


def _value(numeral: Numeral, places: int) -> int:
    """Return what *numeral* prints, in the table's smallest unit."""
    value = int(numeral.number.scaleb(places) if places else numeral.number)
    return -value if numeral.negative else value


def sort_of(line: Line, kind: Kind = Kind.OTHER) -> str:
    """Return whether the figures of *line* are amounts per share, counts of shares, or money ("") by its words."""
    said = row_measure(line, kind)
    if said is None and line.headings and (len(line.label) <= _SHORT or _DILUTED.match(line.label)):
        said = said_measure(line.headings[-1])
    if said is Measure.PER_SHARE and not any(f.numeral.places > 1 for f in line.figures):
        return Measure.SHARES if _DILUTED.search(line.label) else ""
    return said or ""
