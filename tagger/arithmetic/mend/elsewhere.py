"""Where the numbers of a release stand a second time, which tells a right figure from a misread one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from tagger.data import word_set
from tagger.patterns import pattern
from tagger.statement import Line, Statement

_TELLING = 1000  # smaller numbers stand in many places by chance
_WORD = pattern(r"[a-z]{4,}")


class Elsewhere(Struct, frozen=True):
    """The tables of every large number, without its sign, with the words of the row it stands in."""

    places: dict[Decimal, frozenset[tuple[int, frozenset[str]]]]

    def confirms(self, number: Decimal, table: int, line: Line, places: int = 0) -> bool:
        """Whether *number* stands in another table than *table*, in a row that shares a word with *line*.

        *places* are its decimals; a number of few digits is confirmed by nothing.
        """
        if abs(number).scaleb(places) < _TELLING:
            return False
        words = words_of(line)
        return any(other != table and words & said for other, said in self.places.get(abs(number), ()))


NOWHERE = Elsewhere({})


def find_elsewhere(statements: Iterable[Statement]) -> Elsewhere:
    """Return where the numbers of *statements* stand."""
    places: dict[Decimal, set[tuple[int, frozenset[str]]]] = {}
    for statement in statements:
        for line in statement.lines:
            words = words_of(line)
            for figure in line.figures:
                if figure.numeral.number.scaleb(figure.numeral.places) >= _TELLING:
                    places.setdefault(figure.numeral.number, set()).add((statement.number, words))
    return Elsewhere({number: frozenset(found) for number, found in places.items()})


def words_of(line: Line) -> frozenset[str]:
    """Return the words of the label of *line* that tell one row from another."""
    return frozenset(word.rstrip("s") for word in _WORD.findall(line.label.lower())) - word_set("layout", "idle_words")
