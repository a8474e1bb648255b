"""Sectors: parts of the company that a statement states one after the other, each under a heading.

"Homebuilding" and "Financial services" stand over rows of the same kinds, and are closed by totals that carry their
names; or, on a balance sheet, both over assets and over liabilities, by totals without a name; or one heading says that
what follows is the total company again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from msgspec.structs import replace

from tagger.data import word_set
from tagger.patterns import pattern
from tagger.statement import PRIMARY, RETOLD, Kind, Line, Part, Scope
from tagger.statements.lines import is_major
from tagger.statements.scope import Names, column_part, printed_name, scope_words

_WORD = pattern(r"[a-z]+")
_TOTAL = pattern(r"^\s*(?:sub)?total\s+", re.IGNORECASE)
_NAMELESS = pattern(r"(?:(?:sub)?\s*-?totals?)?\W*", re.IGNORECASE)
_FEWEST = 2  # sectors, and main parts of a balance sheet that each heads where their totals have no names


def with_sectors(lines: Sequence[Line], kind: Kind, names: Names) -> tuple[Line, ...]:
    """Return *lines* of a statement of *kind*, those of a part of the company with the scope of it."""
    if any(_is_whole(heading, names) for line in lines for heading in line.headings):
        return tuple(_to_the_whole(lines, names))
    if kind is Kind.SEGMENT:
        return tuple(_under_segments(lines))
    if kind in RETOLD:
        return tuple(_beside_segments(lines, names))
    return tuple(_to_their_totals(lines, kind)) if kind in PRIMARY else tuple(lines)


def without_sector(label: str, scope: Scope) -> str:
    """Return *label* of a row without the name of the sector it totals.

    >>> without_sector("Total homebuilding assets", Scope(Part.SEGMENT, "Homebuilding", ""))
    'Total assets'
    """
    return _rest(label, scope.name)[0] if scope.part is Part.SEGMENT else label


def _to_the_whole(lines: Sequence[Line], names: Names) -> Iterator[Line]:
    """Yield *lines*: where a heading says "Total company", others like it head parts of the company, up to the next."""
    sector = ""
    for line in lines:
        for heading in line.headings:
            if _is_whole(heading, names):
                sector = ""
            elif _may_be_sector(heading):
                sector = heading
        yield _of_sector(line, sector)


def _under_segments(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield *lines* of a table of segments: headings over rows that are called the same, each of a measure, name the segments.

    "Net sales" under "Americas:" and under "Europe:"; the other way about, the rows have the names of the segments. "Total net
    sales" below the last of them is the company's.
    """
    over, shared = _shared(lines)
    for line in lines:
        heading = line.headings[-1] if line.headings else ""
        bare = _TOTAL.sub("", line.label).lower()
        of_all = bare in shared and bare != line.label.lower()
        yield _of_sector(line, "" if of_all or shared.isdisjoint(over.get(heading, ())) else heading)


def _shared(lines: Sequence[Line]) -> tuple[Mapping[str, set[str]], set[str]]:
    """Return the measures under each heading that is none, and those that stand under several of these."""
    over: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.headings and line.figures and _is_measure(line.label) and not _is_measure(line.headings[-1]):
            over[line.headings[-1]].add(line.label.lower())
    seen = Counter(label for labels in over.values() for label in labels)
    return over, {label for label, times in seen.items() if times >= _FEWEST}


def _beside_segments(lines: Sequence[Line], names: Names) -> Iterator[Line]:
    """Yield *lines* of a table that tells figures again: where a heading that the text names as a segment stands over the same
    measures as others, those head segments as well: "Americas", "Europe" and "Other".
    """
    over, shared = _shared(lines)
    known = [heading for heading in over if scope_words(heading) in names.segments]
    like = {label for heading in known for label in over[heading]} & shared
    for line in lines:
        heading = line.headings[-1] if line.headings else ""
        yield _of_sector(line, "" if like.isdisjoint(over.get(heading, ())) else heading)


def _is_measure(label: str) -> bool:
    """Whether all words of *label* are those of a total: "Operating income", not "Americas"."""
    words = set(_WORD.findall(label.lower()))
    return bool(words) and words <= word_set("scopes", "total_words")


def _to_their_totals(lines: Sequence[Line], kind: Kind) -> Iterator[Line]:
    """Yield *lines*: several headings of which each is closed by a total with its name head parts of the company.

    On a balance sheet they may stand under assets; under "Revenues" they would head kinds of those.
    """
    totals = _totals(lines, outermost=kind is not Kind.BALANCE_SHEET)
    if not totals and kind is Kind.BALANCE_SHEET:
        yield from _to_nameless_totals(lines)
        return
    over = _sectors_over(lines, kind, totals)
    for place, line in enumerate(lines):
        end = next((at for at in range(place, len(lines)) if over[at] != over[place]), len(lines)) if over[place] else 0
        closed = any(place <= at < end for at in totals.get(over[place], ()))
        sector = over[place] if closed else next((name for name in totals if place in totals[name]), "")
        yield _of_sector(line, sector)


def _totals(lines: Sequence[Line], *, outermost: bool) -> Mapping[str, Sequence[int]]:
    """Return the sectors of a statement, each with the places of rows that total it: none, where it has only one."""
    over = dict.fromkeys(line.headings[:1] if outermost else line.headings for line in lines)
    headings = dict.fromkeys(heading for found in over for heading in found if _may_be_sector(heading))
    if len(headings) < _FEWEST:
        return {}
    found = {
        heading: [place for place, line in enumerate(lines) if line.figures and closes(line.label, heading)]
        for heading in headings
    }
    totals = {heading: places for heading, places in found.items() if places}
    return totals if len({heading.lower() for heading in totals}) >= _FEWEST else {}


def _sectors_over(lines: Sequence[Line], kind: Kind, sectors: Container[str]) -> Sequence[str]:
    """Return for each of *lines* which sector's heading stands over it, up to its first total though others stand between
    ("Revenues", "Cost of sales"), but those of the main parts of a balance sheet; totals may stand out to the left of it.
    """
    over: list[str] = []
    closed = False
    for place, line in enumerate(lines):
        before = over[-1] if over else ""
        heading = next((heading for heading in reversed(line.headings) if heading in sectors), "")
        same = kind is not Kind.BALANCE_SHEET or line.headings[:1] == lines[place - 1].headings[:1]
        goes_on = before and (closes(line.label, before) if closed else same)
        name = heading or (before if goes_on else "")
        closed = bool(name) and ((closed and name == before) or closes(line.label, name))
        over.append(name)
    return over


def _to_nameless_totals(lines: Sequence[Line]) -> Sequence[Line]:
    """Return *lines* of a balance sheet: the same headings, over assets and over liabilities, head parts of the company, each
    up to a total without a name; there is no sector where a total is missing.
    """
    names = _repeated(lines)
    found = list(lines)
    over = _sectors_over(lines, Kind.BALANCE_SHEET, names) if names else ()
    for (major, named), group in groupby(range(len(over)), key=lambda at: (lines[at].headings[:1], bool(over[at]))):
        places = list(group)
        ends = _nameless_totals(lines, over, places) if named else {}
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


def _repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Return headings, several, that stand each in several main parts of a balance sheet over rows of the same names."""
    majors: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for heading in line.headings[1:]:
            if is_major(line.headings[0]) and _may_be_sector(heading):
                majors[heading].add(line.headings[0])
                labels[heading].add(line.label)
    names = [name for name, found in majors.items() if len(found) >= _FEWEST]
    seen = Counter(label for name in names for label in labels[name] if label)
    shared = any(times > 1 for times in seen.values())
    return frozenset(names if len(names) >= _FEWEST and shared else ())


def _nameless_totals(lines: Sequence[Line], over: Sequence[str], places: Sequence[int]) -> dict[str, int]:
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


def closes(label: str, heading: str) -> bool:
    """Whether a row called *label* is a total of the part that *heading* names.

    >>> closes("Total homebuilding assets", "Homebuilding"), closes("Financial services pretax income", "Financial Services")
    (True, True)
    >>> closes("Operating income from Financial Services", "Financial services")
    True
    >>> closes("Total inventories", "Inventories"), closes("Homebuilding land", "Homebuilding")
    (False, False)
    """
    rest, named = _rest(label, heading)
    words = set(_WORD.findall(_TOTAL.sub("", rest).lower()))
    return named and bool(words) and words <= word_set("scopes", "total_words")


def _rest(label: str, name: str) -> tuple[str, bool]:
    """Return *label* without the words of *name* at its beginning, behind "Total" if it says so, or at its end behind "from";
    and whether it had them.
    """
    total = _TOTAL.match(label)
    start = total.end() if total else 0
    folded, wanted = label[start:].lower(), re.escape(name.lower().strip(" :"))
    behind = re.search(rf"\s+(?:from|of)\s+(?:the\s+)?{wanted}$", folded) if wanted else None
    if behind is not None:
        return label[: start + behind.start()], True
    before = re.match(rf"{wanted}\b", folded) if wanted else None
    if before is None:
        return label, False
    rest = label[start + before.end() :].strip(" -–—:")
    return (f"{label[:start]}{rest}" if total else f"{rest[:1].upper()}{rest[1:]}"), True


def _of_sector(line: Line, sector: str) -> Line:
    if not sector:
        return line
    part = column_part(scope_words(sector)) or Part.SEGMENT
    return replace(line, scope=Scope(part, printed_name(sector), f"under the heading {sector!r}"))


@lru_cache(maxsize=1024)
def _may_be_sector(heading: str) -> bool:
    """Whether *heading* may name a part of the company: "Equipment operations"; not "Operations", nor "Cost of sales"."""
    words = set(_WORD.findall(heading.lower()))
    return not words & word_set("scopes", "section_words") and not words <= word_set("scopes", "sector_words")


def _is_whole(heading: str, names: Names) -> bool:
    words = scope_words(heading)
    named = words.removeprefix("total ").removesuffix(" consolidated").removesuffix(" total")
    return words in word_set("scopes", "company_headings") or (named != words and named in names.company)
