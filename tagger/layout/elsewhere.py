"""Where the numbers of a release stand a second time, which tells a right figure from a misread one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tagger.amounts import find_numerals
from tagger.document import Document
from tagger.statement import Statement

_TELLING = 1000  # smaller numbers stand in many places by chance

Place = tuple[int, int]  # table and row; table -1 is prose


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The places of every large number, without its sign."""

    places: dict[Decimal, frozenset[Place]]

    def confirms(self, number: Decimal, place: Place, places: int = 0) -> bool:
        """Whether *number* stands in another table than *place*, or in a sentence.

        *places* are its decimals; a number of few digits is confirmed by nothing.
        """
        if abs(number).scaleb(places) < _TELLING:
            return False
        return any(table != place[0] for table, _ in self.places.get(abs(number), ()))


NOWHERE = Elsewhere({})


def find_elsewhere(statements: Iterable[Statement], document: Document | None = None) -> Elsewhere:
    """Return where the numbers of *statements*, and of the sentences of *document*, stand."""
    places: dict[Decimal, set[Place]] = {}
    for statement in statements:
        for line in statement.lines:
            for figure in line.figures:
                places.setdefault(figure.numeral.number, set()).add((statement.number, line.index))
    for paragraph in document.paragraphs if document is not None else ():
        for numeral in find_numerals(paragraph.text.string):
            if numeral.number >= _TELLING:
                places.setdefault(numeral.number, set()).add((-1, 0))
    return Elsewhere({number: frozenset(found) for number, found in places.items()})
