"""Pieces of table rows: what belongs to one figure (sign, digits, bracket, percent) is joined again."""

from __future__ import annotations

from msgspec import Struct

from tagger.lexicon import Look, kind_of
from tagger.patterns import regex_pattern
from tagger.reading.html.flow import CellNode, Line

# Looks by names of their own, which loops over all cells find several times as quickly as members of the enum.
TEXT, FIGURE, YEAR, RULE = Look.TEXT, Look.FIGURE, Look.YEAR, Look.RULE
OPENER, CLOSER, MARK = Look.OPENER, Look.CLOSER, Look.MARK
# Marks of a figure may stand this many empty columns away from it.
REACH = 2
_OTHER = regex_pattern(r"\p{L}*\p{Sc}")


class Unit(Struct, gc=False):
    """What stands together in a row: *start* to *end* are the columns of its main piece, *low* to *high* of all."""

    kind: Look
    string: str
    start: int
    end: int
    low: int
    high: int
    lines: list[Line]

    def joined(self, other: Unit) -> None:
        """Take *other*, which stands to the right, into this unit."""
        self.lines = self.lines + other.lines
        self.high = max(self.high, other.high)


def units(row: list[CellNode], text: str, reach: int = REACH) -> list[Unit]:
    """Return the filled cells of *row*, figures joined with the marks at most *reach* columns away."""
    found: list[Unit] = []
    opener: Unit | None = None
    for cell in row:
        unit = _unit(cell, text) if cell.items else None
        if unit is None:
            continue
        kind = unit.kind
        if opener is not None:
            if _names_two(opener, unit):
                kind = unit.kind = TEXT
                _keep(opener, found)
            elif (kind is FIGURE or kind is YEAR) and unit.start - opener.end <= reach:
                _open(opener, unit)
            else:
                _keep(opener, found)
            opener = None
        if kind is OPENER:
            opener = unit
        elif found and _closes(found[-1], unit, reach):
            found[-1].joined(unit)
            found[-1].kind = FIGURE
        else:
            found.append(unit)
    if opener is not None:
        _keep(opener, found)
    return found


def _unit(cell: CellNode, text: str) -> Unit | None:
    first, last = cell.start, cell.end
    line = cell.items[0]
    if len(cell.items) == 1 and type(line) is Line and len(line.spans) == 1 and not line.raised:  # as nearly all
        start, end = line.spans[0]
        string = text[start:end].strip()
        return Unit(kind_of(string), string, first, last, first, last, [line])
    lines = [item for item in cell.items if type(item) is Line]
    if not lines:
        return None
    if any(line.raised for line in lines):
        string = _without_raised(lines, text)
    else:
        string = " ".join([text[start:end].strip() for line in lines for start, end in line.spans])
    return Unit(kind_of(string), string, first, last, first, last, lines)


def _without_raised(lines: list[Line], text: str) -> str:
    """Return what stands in *lines* but for raised marks; all of it where nothing else does."""
    raised = {at for line in lines for span in line.raised or () for at in range(*span)}
    spans = [span for line in lines for span in line.spans]
    plain = "".join([text[at] for span in spans for at in range(*span) if at not in raised])
    return plain.strip() or " ".join([text[start:end].strip() for start, end in spans])


def _keep(opener: Unit, found: list[Unit]) -> None:
    """Keep a sign that opens no figure as a text: a heading of a column."""
    opener.kind = TEXT
    found.append(opener)


def _names_two(opener: Unit, unit: Unit) -> bool:
    """Whether a currency's letters stand beside another's: "EUR" and "US$(1)" are headings of two columns."""
    return opener.string.isalpha() and unit.kind is FIGURE and _OTHER.match(unit.string) is not None


def _open(opener: Unit, unit: Unit) -> None:
    """Take the sign in *opener* into the figure *unit* after it."""
    unit.lines = opener.lines + unit.lines
    unit.low = opener.low
    unit.string = opener.string + unit.string
    unit.kind = FIGURE


def _closes(last: Unit, unit: Unit, reach: int) -> bool:
    """Whether *unit* is a mark that belongs to the figure before it."""
    if last.kind is not FIGURE and not (last.kind is YEAR and last.string[:1] == "("):
        return False
    kind = unit.kind
    if unit.start - last.high > reach:
        return False
    return kind is CLOSER or (kind is MARK and unit.start == last.high) or _raised(unit)


def _raised(unit: Unit) -> bool:
    return len(unit.string) <= 6 and all([line.raised for line in unit.lines])
