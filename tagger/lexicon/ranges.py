"""Ranges of dates: two dates of which the first is the first day of a period and the second its last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex
from msgspec.structs import replace

from tagger.characters import lowered
from tagger.lexicon.atoms import Atom, scan
from tagger.lexicon.branches import time_words
from tagger.lexicon.numerals import dashes
from tagger.lexicon.phrase import Day, words
from tagger.patterns import compiled, regex_pattern

_DATED = ("date", "month")
_LONGEST = 90  # characters between two dates: "(date of inception of operations) through the period ended"


def find_atoms(string: str) -> tuple[Atom, ...]:
    """Return the atoms of *string*, each pair of dates that is a range made one date that knows its first day.

    >>> string = "June 3, 1996 (inception) to December 31, 1996"
    >>> [(atom.kind, atom.said.get("since")) for atom in find_atoms(string)]
    [('date', (1996, 6, 3)), ('year', None)]
    """
    atoms = scan(string)
    if sum(atom.kind in _DATED for atom in atoms) < 2:
        return atoms
    joined: list[Atom] = []
    at = 0
    while at < len(atoms):
        last = _last(string, atoms, at)
        if last is None:
            joined.append(atoms[at])
            at += 1
        else:
            first, end = atoms[at], atoms[last]
            joined.append(replace(end, start=first.start, said={**end.said, "since": _day(atoms, at)}, weak=False))
            at = last + 1
    return tuple(joined)


_BROKEN = regex_pattern(r"(?<!\p{L})(?P<first>\p{L}{2,})-(?P<gap>\s+)(?P<rest>\p{Ll}{2,})(?!\p{L})")


def unbroken(string: str) -> str:
    """Return *string*, as long as it was, with the words of time in one piece that a hyphen and a blank break.

    >>> unbroken("nine- month period ended Septem- ber 30"), unbroken("three- and six-month")
    ('nine- month period ended September   30', 'three- and six-month')
    """
    return _BROKEN.sub(_joined_word, string) if "- " in string or "-\n" in string else string


def _joined_word(broken: regex.Match[str]) -> str:
    word = broken["first"] + broken["rest"]
    return word + " " * (len(broken["gap"]) + 1) if lowered(word) in time_words() else broken[0]


def range_spans(string: str) -> list[tuple[int, int]]:
    """Return where ranges of dates stand in *string*, with their years.

    >>> range_spans("April 1 - September 30, 2017  2016")
    [(0, 28)]
    """
    atoms = find_atoms(string)
    spans: list[tuple[int, int]] = []
    for index, atom in enumerate(atoms):
        if atom.said.get("since"):
            spans.append((atom.start, atoms[index + _has_year(atoms, index)].end))
    return spans


def _last(string: str, atoms: Sequence[Atom], first: int) -> int | None:
    """Return the index of the date that ends the range which begins with atom *first*, if it begins one."""
    if atoms[first].kind not in _DATED:
        return None
    after = first + 1 + _has_year(atoms, first)
    last = next((index for index in range(after, min(after + 2, len(atoms))) if atoms[index].kind in _DATED), None)
    if last is None or not all(atom.kind in ("unsaid", "noise") for atom in atoms[after:last]):
        return None
    start, end = atoms[after - 1].end, atoms[last].start
    if end - start > _LONGEST:
        return None
    link = _link().fullmatch(string, start, end)
    if link is None or (link["and"] and not _BETWEEN.search(string, 0, atoms[first].start)):
        return None
    if link["slash"] and atoms[first].kind != "month":
        return None  # "June 30/July 1" are two days; "January/June" is a half-year
    return None if (link["dash"] or link["slash"]) and not _ascends(atoms, first, last) else last


def _has_year(atoms: Sequence[Atom], index: int) -> bool:
    after = atoms[index + 1] if index + 1 < len(atoms) else None
    return after is not None and after.kind == "year" and after.start - atoms[index].end <= 2


def _day(atoms: Sequence[Atom], index: int) -> Day:
    said = atoms[index].said
    return atoms[index + 1].said["year"] if _has_year(atoms, index) else None, said["month"], said.get("day")


def _ascends(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """Whether two dates with a dash between them run forward, as a range does and a list of balance sheets does not."""
    begin, end = _day(atoms, first), _day(atoms, last)
    if begin[0] is not None and end[0] is not None and begin[0] != end[0]:
        return begin[0] < end[0]
    return begin[1] < end[1] if begin[1] != end[1] else (begin[2] or 1) < (end[2] or 1)


_BETWEEN = regex_pattern(r"\bbetween\s+(?:the\s+)?$", regex.IGNORECASE)


@cache
def _link() -> regex.Pattern[str]:
    """Return the pattern of what stands between the two dates of a range."""
    return compiled(
        rf"""[\s,.)]*+ (?: \([^()]*+\) [\s,]*+ )*+
        (?: (?:\L<to>) | (?P<and>and) | (?P<dash>[{dashes()}]) | (?P<slash>/) ) (?=[\s\d\p{{L}}]|$)
        [\s,]*+ (?: (?:\L<before>) \b [\s,]*+ )*+""",
        regex.VERBOSE | regex.IGNORECASE,
        to=words()["range"],
        before=words()["before-end-of-range"],
    )
