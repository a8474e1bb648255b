"""Sectors of a balance sheet whose totals have no names: the same headings stand over assets and over liabilities."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby

from msgspec.structs import replace

from tagger.statement import Line, Part, Scope
from tagger.statements.lines import is_major
from tagger.statements.scope import printed_name

_NAMELESS = re.compile(r"(?:(?:sub)?\s*-?totals?)?\W*", re.IGNORECASE)
_FEWEST = 2  # sectors, and main parts of the balance sheet that each heads


def with_nameless_sectors(lines: Sequence[Line], may_be_sector: Callable[[str], bool]) -> Sequence[Line]:
    """Return *lines*, those of a sector up to its total with its scope; there is no sector where a total is missing."""
    names = _repeated(lines, may_be_sector)
    found = list(lines)
    over = _sectors_over(lines, names) if names else ()
    for (major, named), group in groupby(range(len(over)), key=lambda at: (lines[at].headings[:1], bool(over[at]))):
        places = list(group)
        ends = _totals(lines, over, places) if named else {}
        if named and not ends:
            return lines
        for at in places if named else ():
            if at <= ends[over[at]]:
                found[at] = _in_sector(lines[at], over[at], major, last=at == ends[over[at]])
    return found


def _in_sector(line: Line, sector: str, major: Sequence[str], *, last: bool) -> Line:
    """Return *line* as one of *sector*; a total without a name is called after the main part of the statement if it is the
    *last*, and after its own heading else.
    """
    scope = Scope(Part.SEGMENT, printed_name(sector), f"under the heading {sector!r}, which stands over other rows too")
    nameless = _NAMELESS.fullmatch(line.label) and (last or line.headings[-1:] == (sector,))
    headings = ((*major, sector) if last else (sector,)) if nameless else line.headings
    return replace(line, scope=scope, headings=headings)


def _repeated(lines: Sequence[Line], may_be_sector: Callable[[str], bool]) -> frozenset[str]:
    """Return headings, several, that stand each in several main parts of a balance sheet over rows of the same names."""
    majors: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for heading in line.headings[1:]:
            if is_major(line.headings[0]) and may_be_sector(heading):
                majors[heading].add(line.headings[0])
                labels[heading].add(line.label)
    names = [name for name, found in majors.items() if len(found) >= _FEWEST]
    seen = Counter(label for name in names for label in labels[name] if label)
    shared = any(times > 1 for times in seen.values())
    return frozenset(names if len(names) >= _FEWEST and shared else ())


def _sectors_over(lines: Sequence[Line], names: frozenset[str]) -> Sequence[str]:
    """Return for each of *lines* the sector that it stands under, until another or another main part begins."""
    over: list[str] = []
    for place, line in enumerate(lines):
        goes_on = place > 0 and line.headings[:1] == lines[place - 1].headings[:1]
        heading = next((heading for heading in line.headings if heading in names), "")
        over.append(heading or (over[-1] if goes_on else ""))
    return over


def _totals(lines: Sequence[Line], over: Sequence[str], places: Sequence[int]) -> dict[str, int]:
    """Return where the nameless total of each sector stands: the last of its rows, but for the total of all sectors."""
    found: dict[str, int] = {}
    whole = Decimal(0)
    for name, group in groupby(places, key=lambda at: over[at]):
        nameless = [at for at in group if lines[at].figures and _NAMELESS.fullmatch(lines[at].label)]
        if len(nameless) > 1 and _amount(lines[nameless[-1]]) == whole + _amount(lines[nameless[-2]]):
            nameless.pop()
        if not nameless:
            return {}
        found[name] = nameless[-1]
        whole += _amount(lines[nameless[-1]])
    return found


def _amount(line: Line) -> Decimal:
    return line.figures[0].printed
