"""What is seen of a row: its words, its place, its neighbours and its statement, each as a number.

The same function says it of a row that is counted and of a row that is to be named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

from msgspec import Struct

from tagger.data import load_json
from tagger.ruleset.labels import forms, normalise

FIRST_MODERN = 2018
"""From this year on the names of today are wanted: the standards on revenue, leases and credit losses changed many."""

UNKNOWN = "?"
"""Written for a neighbour that is not known; "" is the end of the statement."""

_KINDS = {"balance-sheet": "b", "operations": "o", "comprehensive-income": "o", "cash-flow": "c"}
_LONGEST = 14
_SHORT = 3


class Seen(NamedTuple):
    """A row as printed; *unit* is "money", "per-share", "shares" or other, and *above* and *below* its neighbours' words.

    Neighbours are reduced labels (`reduced`) of rows with figures.
    """

    label: str
    headings: tuple[str, ...]
    unit: str
    above: str
    below: str


class Words(NamedTuple):
    """A label folded: the *whole* of it, *plain* without what stands in parentheses, and *reduced* to its head."""

    whole: str
    plain: str
    reduced: str


class Feature(NamedTuple):
    """One thing seen, by its *number*; *much* is how much it counts when candidates are looked for, *sort* what it is."""

    number: int
    much: float
    sort: int


class OfLabel(NamedTuple):
    """The features of a label.

    Those of the *whole* label begin with its head in its section, and its head anywhere. Those of its *parts* are looked
    at only where few filers print that head, and so is what its *words* and its section say of the words of names.
    """

    whole: tuple[Feature, ...]
    parts: tuple[Feature, ...]
    words: tuple[int, ...]


class Named(NamedTuple):
    """The features of a row.

    Those of its place begin with its section and the total above it.
    """

    of_label: OfLabel
    of_place: tuple[Feature, ...]


class View(Struct, frozen=True, kw_only=True):
    """A statement as evidence sees it: *kind* is one letter, *signs* what its rows tell of the company.

    *company* is what all its statements tell of it, each with the first row of this one that says so (none: -1). *said* is
    the concept that a rule gives each row, "" where none does; *passed* says for each row which total was the last above
    it, *ahead* which is the next; *modern*, whether the names of today are wanted.
    """

    kind: str
    rows: tuple[Seen, ...]
    said: tuple[str, ...]
    signs: tuple[str, ...]
    company: tuple[tuple[str, int], ...]
    passed: tuple[str, ...]
    ahead: tuple[str, ...]
    diluted: tuple[str, ...]
    modern: bool


def view(
    kind: str,
    rows: Sequence[Seen],
    *,
    modern: bool,
    said: Sequence[str] = (),
    signs: tuple[str, ...] | None = None,
    company: Sequence[str] = (),
) -> View:
    """Return the statement of *kind* with *rows* as evidence sees it; *signs* where more rows are known than these.

    *company* is what all statements of the company tell of it.
    """
    labels = [words(row.label) for row in rows]
    whole = [label.whole for label in labels]
    text = "\n".join(whole)
    signs = _signs(text) if signs is None else signs
    return View(
        kind=_KINDS.get(kind, "x"),
        rows=tuple(rows),
        said=tuple(said) or ("",) * len(rows),
        signs=signs,
        company=tuple((sign, _first(sign, text)) for sign in _data()["telling"] if sign in signs or sign in company),
        passed=tuple(_passed(kind, whole)),
        ahead=tuple(_ahead(labels)),
        diluted=tuple(_diluted(rows, whole)),
        modern=modern,
    )


@lru_cache(maxsize=4096)
def words(label: str) -> Words:
    """Return the folded words of *label*.

    >>> words("Treasury stock, at cost; 417,350 shares (Class A)").reduced
    'treasury stock'
    """
    found = forms(label)
    if not found:
        return Words("", "", "")
    return Words(" ".join(normalise(label).tokens), found[min(1, len(found) - 1)].words, found[-1].words)


def reduced(label: str) -> str:
    """Return the head of *label*, as neighbours are known by."""
    return words(label).reduced


def signs_of(labels: Sequence[str]) -> tuple[str, ...]:
    """Return what folded *labels* of one statement tell of the company: a bank, noncontrolling interests, ..."""
    return _signs("\n".join(labels))


def _signs(text: str) -> tuple[str, ...]:
    return tuple([name for name, phrases in _data()["signs"].items() if any(phrase in text for phrase in phrases)])


def features(seen: View, position: int) -> Named:
    """Return the features of the row at *position*."""
    row = seen.rows[position]
    zone = zone_of(row.headings)
    said = words(row.label)
    place = (*_place(seen, position, said, zone), *_around(seen, position, said.reduced))
    return Named(_of_label(seen.kind, zone, row.unit, row.label), place)


class OfSection(NamedTuple):
    """The features of a label in its section: before the names of today, of companies that print noncontrolling interests
    as this one does, or does not; and of today.
    """

    before: int
    today: int


def section_features(seen: View, position: int) -> OfSection:
    """Return the features by which the label of the row at *position* is known in its section."""
    row = seen.rows[position]
    section = _section(seen.kind, zone_of(row.headings), row.unit, words(row.label).reduced)
    return OfSection(feature_number(_alike(seen, section)), feature_number(f"M{section}"))


def _alike(seen: View, section: str) -> str:
    shared = "noncontrolling" in dict(seen.company)
    return f"N{shared:d}{section}"


def _section(kind: str, zone: str, unit: str, head: str) -> str:
    return f"RZ{kind}{zone}{unit}|{head}"


def statement_features(seen: View) -> tuple[int, ...]:
    """Return the features that all rows of a statement share."""
    return _of_statement(seen.kind, seen.signs, tuple(sign for sign, _ in seen.company), seen.modern)


@lru_cache(maxsize=1024)
def _of_statement(kind: str, signs: tuple[str, ...], company: tuple[str, ...], modern: bool) -> tuple[int, ...]:
    found = [f"e{modern:d}{kind}", *(f"f{kind}{sign}" for sign in signs), *(f"F{kind}{sign}" for sign in company)]
    return tuple(map(feature_number, found))


@lru_cache(maxsize=512)
def _of_label(kind: str, zone: str, unit: str, label: str) -> OfLabel:
    said = words(label)
    tokens = said.plain.split()[:_LONGEST]
    bounded = ("^", *tokens, "$")
    distinct = sorted(set(tokens))
    whole = [("RZ", _section(kind, zone, unit, said.reduced)), ("R", f"R{kind}{said.reduced}")]
    if said.whole not in (said.plain, said.reduced):
        whole.append(("L", f"L{kind}{said.whole}"))
    if said.plain != said.reduced:
        whole.append(("P", f"P{kind}{said.plain}"))
    whole.append(("S", f"S{kind}{' '.join(distinct)}"))
    parts = [("B", f"B{kind}{one} {two}") for one, two in pairwise(bounded)]
    for word in distinct:
        parts += [("W", f"W{word}"), ("V", f"V{kind}{zone}{word}")]
    if len(tokens) >= _SHORT:
        parts += [("H", f"H{kind}{' '.join(tokens[:3])}"), ("T", f"T{kind}{' '.join(tokens[-3:])}")]
    spoken = tuple(feature_number(f"X{word}") for word in (f"@{kind}{zone}", *distinct))
    return OfLabel(_numbered(whole), _numbered(parts), spoken)


def _place(seen: View, position: int, said: Words, zone: str) -> tuple[Feature, ...]:
    kind, head, row, passed = seen.kind, said.reduced, seen.rows[position], seen.passed[position]
    found = [
        ("Z", f"Z{kind}{zone}{row.unit}"),
        ("Q", f"Q{kind}{passed}"),
        ("LZ", f"LZ{kind}{zone}{row.unit}{passed}|{said.whole}"),
        ("QR", f"QR{kind}{passed}{head}"),
        ("E", f"E{seen.modern:d}{kind}{head}"),
        ("a", f"a{kind}{row.above}"),
        ("b", f"b{kind}{row.below}"),
    ]
    if head.count(" ") < _SHORT:
        found += [("ar", f"ar{kind}{row.above}|{head}"), ("br", f"br{kind}{row.below}|{head}")]
    if row.headings:
        inner = " ".join(normalise(row.headings[-1]).tokens)
        found += [("h", f"h{kind}{inner}"), ("hr", f"hr{inner}|{head}")]
    section = _section(kind, zone, row.unit, head)
    found.append(("M", f"M{section}") if seen.modern else ("N", _alike(seen, section)))
    if row.unit != "money":
        said_last = f"{kind}{row.unit}{seen.diluted[position]}"
        found += [("d", f"d{said_last}{head}"), ("du", f"du{said_last}")]
    if row.below != UNKNOWN:
        ahead = seen.ahead[position]
        found += [("t", f"t{kind}{ahead}"), ("tr", f"tr{kind}{ahead}|{head}")]
    found += [("g", f"g{sign}{_side(first, position)}{kind}{head}") for sign, first in seen.company]
    return _numbered(found)


def _side(first: int, position: int) -> str:
    """Return where the *first* row stands that tells something, seen from the row at *position*."""
    return "-" if first < 0 else "<" if first < position else ">" if first > position else "="


def _first(sign: str, text: str) -> int:
    """Return which line of *text* is the first that has a phrase of a *sign*, -1 where none has."""
    found = [at for phrase in _data()["signs"][sign] if (at := text.find(phrase)) >= 0]
    return text.count("\n", 0, min(found)) if found else -1


def _ahead(labels: Sequence[Words]) -> Sequence[str]:
    """Return for each row the total that comes next below it."""
    starts = tuple(_data()["total_starts"])
    found: list[str] = []
    ahead = ""
    for label in reversed(labels):
        found.append(ahead)
        if label.whole.startswith(starts):
            ahead = label.reduced
    return found[::-1]


def _diluted(rows: Sequence[Seen], labels: Sequence[str]) -> Iterator[str]:
    """Yield for each row which of "basic" and "diluted" was the last said over it, or in it."""
    last = ""
    for row, label in zip(rows, labels, strict=True):
        if row.unit != "money":
            said = f"{' '.join(row.headings[-1:]).lower()} {label}"
            last = "".join(word for word in ("basic", "diluted") if word in said) or last
        yield last


def _around(seen: View, position: int, head: str) -> tuple[Feature, ...]:
    """Return what is seen of rows around one: the concepts that rules give them, and labels further away."""
    kind, rows = seen.kind, seen.rows
    above, below = neighbour(seen, position, -1), neighbour(seen, position, 1)
    found = [
        ("ca", f"ca{kind}{above}"),
        ("cb", f"cb{kind}{below}"),
        ("car", f"car{kind}{above}|{head}"),
        ("cbr", f"cbr{kind}{below}|{head}"),
        ("pos", f"pos{kind}{min(position, _SHORT)}{min(len(rows) - 1 - position, _SHORT)}"),
    ]
    if position and rows[position].above != UNKNOWN:
        found.append(("a2", f"a2{kind}{rows[position - 1].above}"))
    if position + 1 < len(rows) and rows[position].below != UNKNOWN:
        found.append(("b2", f"b2{kind}{rows[position + 1].below}"))
    return _numbered(found)


def neighbour(seen: View, position: int, step: int) -> str:
    """Return the concept that a rule gives the row above or below, "" at the end of the statement."""
    words_there = seen.rows[position].above if step < 0 else seen.rows[position].below
    if words_there in ("", UNKNOWN) or not 0 <= position + step < len(seen.rows):
        return UNKNOWN if words_there else ""
    return seen.said[position + step] or UNKNOWN


def _numbered(found: Sequence[tuple[str, str]]) -> tuple[Feature, ...]:
    sorts = _sorts()
    return tuple([Feature(crc32(text.encode()), *sorts[name]) for name, text in found])


@cache
def _sorts() -> dict[str, tuple[float, int]]:
    """Return how much features count when candidates are looked for, and the number of their sort, by the name of it."""
    return {name: (much, sort) for sort, (name, much) in enumerate(_data()["sorts"].items())}


def count_sorts() -> int:
    """Return how many sorts of features there are."""
    return len(_sorts())


def feature_number(text: str) -> int:
    """Return the number that stands for what *text* says of a row."""
    return crc32(text.encode())


@lru_cache(maxsize=1024)
def zone_of(headings: tuple[str, ...]) -> str:
    """Return the part of the statement that *headings* name, the innermost that names one."""
    for heading in reversed(headings):
        folded = " ".join(normalise(heading).tokens)
        for zone, phrases in _data()["zones"]:
            if any(phrase in folded for phrase in phrases):
                return str(zone)
    return "-"


def _passed(kind: str, labels: Sequence[str]) -> Sequence[str]:
    """Return for each row the last of the usual totals above it."""
    totals = _data()["totals"].get(kind, [])
    starts = tuple(_data()["total_starts"])
    found: list[str] = []
    last = ""
    for label in labels:
        found.append(last)
        if kind == "operations" or label.startswith(starts):
            for phrase, name in totals:
                if phrase in label:
                    last = name
    return found


def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_json("evidence")
    return data
