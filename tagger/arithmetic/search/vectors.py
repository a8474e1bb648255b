"""The rows of a table as whole numbers, for arithmetic over all columns at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from tagger.arithmetic.search.totals import is_loss
from tagger.measures import row_measure, said_measure
from tagger.statement import Figure, Kind, Line
from tagger.values import Measure

Vector = tuple[int | None, ...]

_PLACES = 4  # the smallest unit told apart: a hundredth of a cent
_POWERS = (1, 10, 100, 1_000, 10_000)  # of the places up to that
_SHORT = 12  # characters of a label that needs its heading: "Diluted"
_DILUTED = re.compile(r"^\W*(?:assuming |fully )?(?:basic|dilut)", re.IGNORECASE)


class SumRow(Struct, frozen=True, kw_only=True, gc=False):
    """A line's figures in the smallest unit printed in the table, `None` where a column is empty.

    *units* are the units of the last printed place of each figure: 0 for a dash or an empty column. *hinted*
    says that the row looks like a total, and *loss* that it totals a loss by its words; *sort* keeps money, amounts per share and counts of shares apart.
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
        max((f.numeral.places for line in lines for f in line.figures if not f.numeral.percent), default=0), _PLACES
    )
    rows = []
    order = tuple(columns)
    ruled = False
    for line in lines:
        by_column = {f.column: f for f in line.figures if not f.numeral.percent}
        figures = [by_column.get(column) for column in order] if by_column else []
        values = tuple([None if f is None else _value(f, places) for f in figures])
        if any(values):
            hinted = ruled or not line.label or line.index in totals
            units = tuple([_unit(f, places) for f in figures])
            rows.append(
                SumRow(
                    line=line.index,
                    columns=order,
                    values=values,
                    units=units,
                    hinted=hinted,
                    sort=sort_of(line, kind),
                    loss=hinted and is_loss(line.label),
                )
            )
        ruled = line.ruled
    return rows


def _value(figure: Figure, places: int) -> int:
    """Return what *figure* prints, in the table's smallest unit."""
    numeral = figure.numeral
    value = int(numeral.number.scaleb(places) if places else numeral.number)
    return -value if numeral.negative else value


def _unit(figure: Figure | None, places: int) -> int:
    """Return the unit of the last printed place of *figure*, in the table's smallest unit."""
    if figure is None or figure.numeral.dash:
        return 0
    return _POWERS[max(places - figure.numeral.places, 0)]


def sort_of(line: Line, kind: Kind = Kind.OTHER) -> str:
    """Return whether the figures of *line* are amounts per share, counts of shares, or money ("") by its words."""
    said = row_measure(line, kind)
    if said is None and len(line.label) <= _SHORT and line.headings:
        said = said_measure(line.headings[-1])
    if said is Measure.PER_SHARE and not any(f.numeral.places > 1 for f in line.figures):
        return Measure.SHARES if _DILUTED.search(line.label) else ""
    return said or ""
