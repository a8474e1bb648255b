"""Headings of columns: cells stacked over one column, and lines that head several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from tagger.lexicon.atoms import Atom
from tagger.lexicon.grouping import DATE, LENGTH, Draft, begun, drafts, find_periods, mark_instant, settle_relation
from tagger.lexicon.phrase import PeriodPhrase
from tagger.lexicon.ranges import find_atoms, unbroken

_FIELDS = (*DATE, *LENGTH, "relation", "instant")
_RANK = {"date": 1, "month": 1, "year": 2, "fiscal": 2}


def combine(parts: Sequence[str]) -> PeriodPhrase | None:
    """Read the heading cells stacked over one column, outermost first; `None` if they name no time.

    Cells nearer the figures win. A cell that names several times that contradict each other ("Three and nine months
    ended") gives only what all of them say. The place of the result is that of all parts joined with blanks.

    >>> phrase = combine(["Three Months Ended", "September 30,", "2006"])
    >>> (phrase.months, phrase.month, phrase.day, phrase.year)
    (3, 9, 30, 2006)
    """
    return _combined(tuple(parts))


@lru_cache(maxsize=1024)
def _combined(parts: tuple[str, ...]) -> PeriodPhrase | None:
    joined = " ".join(parts)
    phrases = find_periods(joined)
    if not phrases:
        return None
    if any(phrase.unsaid for phrase in phrases):
        parts, phrases = _without_asides(parts, phrases)
    said: dict[str, object] = {}
    for group in reversed(_by_part(parts, phrases)):
        _fill(said, _agreed(group))
    if not said:
        return None
    if said.keys() & {"months", "weeks", "days", "since", "quarter", "half"}:
        said.pop("unsaid", None)
    return PeriodPhrase(start=0, end=len(joined), **said)  # type: ignore[arg-type]


def _without_asides(
    parts: tuple[str, ...], phrases: tuple[PeriodPhrase, ...]
) -> tuple[tuple[str, ...], tuple[PeriodPhrase, ...]]:
    """Leave out what is in brackets and says no length, "(transition period)", where the other parts say one."""
    kept = tuple(part for part in parts if not (part.startswith("(") and part.endswith(")")))
    told = find_periods(" ".join(kept))
    return (kept, told) if any(phrase.length for phrase in told) else (parts, phrases)


def _by_part(parts: Sequence[str], phrases: Sequence[PeriodPhrase]) -> list[list[PeriodPhrase]]:
    """Return *phrases* of the joined parts, in lists by the part in which they begin."""
    ends, length = [], 0
    for part in parts:
        length += len(part) + 1
        ends.append(length)
    return [list(group) for _, group in groupby(phrases, lambda phrase: sum(end <= phrase.start for end in ends))]


def _agreed(phrases: Sequence[PeriodPhrase]) -> dict[str, object]:
    """Return what the phrases of one cell say together: all of it where none contradicts another, else what each says."""
    told = {name: {value for phrase in phrases if (value := getattr(phrase, name))} for name in _FIELDS}
    if all(len(values) < 2 for values in told.values()) and not told["relation"]:
        return {name: value for name, values in told.items() for value in values}
    first = {name: getattr(phrases[0], name) for name in _FIELDS}
    common = {name: value for name, value in first.items() if value and all(getattr(p, name) == value for p in phrases)}
    if len(told["day"]) > 1:
        common.pop("month", None)  # of two days of a month neither is its last
    return common


def _fill(said: dict[str, object], outer: dict[str, object]) -> None:
    """Add to *said* what only the *outer* heading says: a length, a date, a year, each as a whole.

    "Current year" under "Quarter ended June 30, 2014" is that quarter, in its year.
    """
    if said == {"months": 12, "relation": "current"} and "month" in outer and outer.keys() & set(LENGTH):
        del said["months"]
    for names in (LENGTH, ("month", "day"), ("year", "fiscal_year"), ("relation",), ("instant",)):
        if not any(name in said for name in names):
            said.update({name: outer[name] for name in names if name in outer})


def split_headings(string: str) -> tuple[PeriodPhrase, ...]:
    """Read a heading line that names the periods of several columns, in the order of the columns.

    What is said once for several columns goes to each: lengths spread over the dates after them, dates
    over the years, also where the line was glued together. The place of each result is that of its innermost words.

    >>> found = split_headings("For the Three Months Ended June 30,For the Six Months Ended June 30, 2025202420252024")
    >>> [(phrase.months, phrase.year) for phrase in found]
    [(3, 2025), (3, 2024), (6, 2025), (6, 2024)]
    >>> [(p.month, p.year) for p in split_headings("December 31, 2024 and 2023")]
    [(12, 2024), (12, 2023)]
    """
    string = unbroken(string)
    units = _units(string, [atom for atom in find_atoms(string) if atom.kind != "noise"])
    columns = _columns(units)
    for draft in columns:
        settle_relation(draft)
    return tuple(draft.phrase() for draft in columns)


def _units(string: str, atoms: Sequence[Atom]) -> list[tuple[int, Draft]]:
    """Return the pieces of a heading line with their ranks: 0 a length, 1 a date, 2 a year.

    A date takes the year behind it unless a second year follows, which says that years stand in a row of their own.
    """
    units: list[tuple[int, Draft]] = []
    for position, atom in enumerate(atoms):
        rank = _RANK.get(atom.kind, 0)
        alone = position + 1 == len(atoms) or _RANK.get(atoms[position + 1].kind, 0) != 2
        if units and (atom.bound or _continues(string, units[-1], rank, atom, alone)):
            units[-1][1].add(atom)
        else:
            units.append((rank, begun(atom)))
        mark_instant(string, units[-1][1])
    return units


def _continues(string: str, unit: tuple[int, Draft], rank: int, atom: Atom, alone: bool) -> bool:
    if rank == 2:
        return unit[0] == 1 and alone and _yearless(unit[1])
    return rank == unit[0] == 0 and len(drafts(string, (*unit[1].atoms, atom))) == 1


def _yearless(draft: Draft) -> bool:
    return "year" not in draft.said and "fiscal_year" not in draft.said


def _columns(units: Sequence[tuple[int, Draft]]) -> list[Draft]:
    done: list[Draft] = []
    pending: list[Draft] = []
    for layers in _segments(units):
        heads = _spread(layers[0], layers[1])
        years = layers[2]
        if not years and all(not _yearless(draft) for draft in heads) and not pending:
            done += heads
            continue
        if not years:
            pending += heads
            continue
        pooled = [*pending, *heads]
        if pending and not (len(years) == 1 or (len(years) >= len(pooled) and len(years) % len(pooled) == 0)):
            done += pending
            pooled = heads
        done += _spread(pooled, years)
        pending = []
    dated = [draft for draft in pending if not _yearless(draft)]
    if dated and len(dated) < len(pending):
        _backfill(pending)
    return _instants(done + pending)


def _instants(columns: list[Draft]) -> list[Draft]:
    """Let "As of" before the first date count for the dates after it."""
    if columns and columns[0].said.get("instant"):
        for draft in columns:
            if not draft.said.keys() & set(LENGTH):
                draft.said["instant"] = True
    return columns


def _backfill(columns: Sequence[Draft]) -> None:
    """Give a column without a year the one of the next column that has one."""
    for before, after in zip(reversed(columns[:-1]), reversed(columns[1:]), strict=True):
        if _yearless(before):
            before.take(after, ("year", "fiscal_year"))


def _segments(units: Sequence[tuple[int, Draft]]) -> Iterator[tuple[list[Draft], list[Draft], list[Draft]]]:
    """Yield runs of lengths, then dates, then years."""
    layers: tuple[list[Draft], list[Draft], list[Draft]] = ([], [], [])
    rank = 0
    for unit_rank, draft in units:
        complete = rank == 0 and layers[0] and not _yearless(layers[0][-1])  # "Q4'24" takes nothing from below
        if unit_rank < rank or complete:
            yield layers
            layers = ([], [], [])
        rank = unit_rank
        layers[rank].append(draft)
    if any(layers):
        yield layers


def _spread(upper: Sequence[Draft], lower: Sequence[Draft]) -> list[Draft]:
    """Lay *upper* headings over *lower* ones, each over as many as the next; as they are if they do not divide."""
    if not upper or not lower:
        return [*upper, *lower]
    if len(lower) % len(upper) == 0:
        share = len(lower) // len(upper)
        return [_laid(upper[index // share], draft) for index, draft in enumerate(lower)]
    if len(upper) % len(lower) == 0:
        share = len(upper) // len(lower)
        return [_laid(draft, lower[index // share], inner=draft) for index, draft in enumerate(upper)]
    return list(lower)


def _laid(upper: Draft, lower: Draft, *, inner: Draft | None = None) -> Draft:
    """Return a column that says all of both, standing where *inner* (else *lower*) stands."""
    near = inner or lower
    draft = Draft(list(near.atoms), dict(near.said), upper.kinds | lower.kinds, near.start, near.end)
    draft.take(lower, _FIELDS)
    draft.take(upper, _FIELDS)
    return draft
