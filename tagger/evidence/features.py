"""What is seen of a row: its words, its place, its neighbours and its statement, each as a number.

The same function says it of a row that is counted and of a row that is to be named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

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


class Named(NamedTuple):
    """The features of a row, each with how much it counts when candidates are looked for: of its words, and of its place.

    Those of its place begin with its section and the total above it.

    Those of its words begin with the reduced label in its section, and the reduced label anywhere.
    """

    of_label: tuple[tuple[int, float], ...]
    of_place: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A statement as evidence sees it: *kind* is one letter, *signs* what its rows tell of the company.

    *passed* says for each row which total was the last above it; *modern*, whether the names of today are wanted.
    """

    kind: str
    rows: tuple[Seen, ...]
    signs: tuple[str, ...]
    passed: tuple[str, ...]
    modern: bool


def view(kind: str, rows: Sequence[Seen], *, modern: bool, signs: tuple[str, ...] | None = None) -> View:
    """Return the statement of *kind* with *rows* as evidence sees it; *signs* where more rows are known than these."""
    whole = [words(row.label).whole for row in rows]
    return View(
        kind=_KINDS.get(kind, "x"),
        rows=tuple(rows),
        signs=signs_of(whole) if signs is None else signs,
        passed=tuple(_passed(kind, whole)),
        modern=modern,
    )


@lru_cache(maxsize=16_384)
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
    text = "\n".join(labels)
    return tuple(name for name, phrases in _data()["signs"].items() if any(phrase in text for phrase in phrases))


def features(seen: View, position: int) -> Named:
    """Return the features of the row at *position*."""
    row = seen.rows[position]
    zone = _zone(row.headings)
    said = words(row.label)
    place = _place(seen, row, said.reduced, seen.passed[position], zone)
    return Named(_of_label(seen.kind, zone, row.unit, row.label), place)


def section_feature(seen: View, row: Seen) -> int:
    """Return the first feature of a row alone: its reduced label in its section."""
    return _of_label(seen.kind, _zone(row.headings), row.unit, row.label)[0][0]


def statement_features(seen: View) -> tuple[int, ...]:
    """Return the features that all rows of a statement share."""
    return _of_statement(seen.kind, seen.signs, seen.modern)


@lru_cache(maxsize=1024)
def _of_statement(kind: str, signs: tuple[str, ...], modern: bool) -> tuple[int, ...]:
    return (_number(f"e{modern:d}{kind}"), *(_number(f"f{kind}{sign}") for sign in signs))


@lru_cache(maxsize=16_384)
def _of_label(kind: str, zone: str, unit: str, label: str) -> tuple[tuple[int, float], ...]:
    said = words(label)
    tokens = said.plain.split()[:_LONGEST]
    bounded = ("^", *tokens, "$")
    found = [("RZ", f"RZ{kind}{zone}{unit}|{said.reduced}"), ("R", f"R{kind}{said.reduced}")]
    if said.whole not in (said.plain, said.reduced):
        found.append(("L", f"L{kind}{said.whole}"))
    if said.plain != said.reduced:
        found.append(("P", f"P{kind}{said.plain}"))
    found += [("B", f"B{kind}{one} {two}") for one, two in pairwise(bounded)]
    for word in sorted(set(tokens)):
        found += [("W", f"W{word}"), ("V", f"V{kind}{zone}{word}")]
    if len(tokens) >= _SHORT:
        found += [("H", f"H{kind}{' '.join(tokens[:3])}"), ("T", f"T{kind}{' '.join(tokens[-3:])}")]
    return _numbered(found)


def _place(seen: View, row: Seen, head: str, passed: str, zone: str) -> tuple[tuple[int, float], ...]:
    kind = seen.kind
    found = [
        ("Z", f"Z{kind}{zone}{row.unit}"),
        ("Q", f"Q{kind}{passed}"),
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
    telling = _telling()
    found += [("g", f"g{sign}{kind}{head}") for sign in seen.signs if sign in telling]
    return _numbered(found)


def _numbered(found: Sequence[tuple[str, str]]) -> tuple[tuple[int, float], ...]:
    shares = _data()["shares"]
    return tuple((_number(text), shares.get(name, 0.0)) for name, text in found)


def _number(text: str) -> int:
    return crc32(text.encode())


@lru_cache(maxsize=4096)
def _zone(headings: tuple[str, ...]) -> str:
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


@cache
def _telling() -> frozenset[str]:
    return frozenset(_data()["telling"])


def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_json("evidence")
    return data
