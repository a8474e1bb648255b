"""What the figures of a row measure: money, money for one share, shares, a percentage or a plain number.

The one answer for every stage. A row's own words go before its heading's, the nearest heading before one farther
off, and the look of the figures (cents, a percent sign, a currency sign) confirms or overrules them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tagger.characters import lowered
from tagger.data import load_json, word_set
from tagger.lexicon import Numeral
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.statement import PRIMARY, Kind, Line, Statement
from tagger.values import Measure

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_HEAD = pattern(r"^[^,;(]*")
_IN_MONEY = shape(r"\(\s*\L<signs>")
_COUNTED = pattern(r"\d\s+(?:[\w\-]+\s+){0,2}shares?\s+(?:issued|outstanding|authorized)\b", re.IGNORECASE)
_SMALL = Decimal(1000)
_PERCENT = Decimal(100)
_FEW = 5  # rows that add up to a count of shares


@lru_cache(maxsize=2048)
def _says(what: str, text: str) -> bool:
    """Whether the words of a label or heading are *what* `_told` calls so; several stages ask of the same rows.

    That none of the words is there without which it cannot be is told first, and sooner.
    """
    return bool(_words(what).find_matches_as_indexes(lowered(text))) and _pattern(what).search(text) is not None


@cache
def _told() -> dict[str, tuple[str, Sequence[str]]]:
    """Return the words of the measures, as patterns, each with the phrases of which it needs one; those named *…_first* begin a label."""
    data = load_json("measures")
    stock, in_cents = _nouns(data["units_of_stock"]), _any(data["hundredths"])
    cents = data["hundredths"][:4]
    return {
        "per_share": (
            rf"\bper\b[\w\s\-–,&]{{0,40}}?\b{stock}\b|\b{_any(data['per_share'])}(?!\w)",
            ["per", *data["per_share"]],
        ),
        "hundredths": (
            rf"\(\s*(?:in\s+)?(?:[a-z]{{1,4}}\$?[\s-]+)?{in_cents}(?:\s+per\s+[^()]{{1,30}})?\s*\)|[\s\-–—,]+(?:in\s+)?{_any(cents)}\s*$",
            ["(", *cents],
        ),
        "shares": (
            rf"\b{_any(data['shares'])}(?!\w)|^\s*{_any(data['shares_first'])}\b",
            [*data["shares"], *data["shares_first"]],
        ),
        "money": (rf"\b{_nouns(data['money'])}\b", data["money"]),
        "counts_of_stock": (rf"\b{_any(data['counts_of_stock'])}\b", data["counts_of_stock"]),
        "ratios": (
            rf"\b{_nouns(data['ratios'])}\W*$|%\W*$|^\W*(?:{_any(data['ratios_first'])})(?!\w)",
            ["%", *data["ratios"], *data["ratios_first"]],
        ),
        "ratio_headings": (rf"(?<!\w){_nouns(data['ratio_headings'])}(?!\w)", data["ratio_headings"]),
        "mostly_ratios": (rf"\b{_nouns(data['mostly_ratios'])}\W*$", data["mostly_ratios"]),
        "perhaps_ratios": (rf"\b{_nouns(data['perhaps_ratios'])}\W*$", data["perhaps_ratios"]),
        "counted": (
            rf"^\W*(?:(?:total|average|{_any(data['kinds_of_counted'])})\s+){{0,3}}{_nouns(data['counts'])}"
            rf"(?:\W*$|\s+(?:\w+\s+){{0,2}}(?:at|as\s+of)\s+(?:the\s+)?{_any(data['moments'])}\b)",
            data["counts"],
        ),
        "counts": (
            rf"^\W*{_any(data['counts_first'])}\b|^(?:(?!\bper\b).)*\b{_nouns(data['counts_last'])}\W*$",
            [*data["counts_first"], *data["counts_last"]],
        ),
        "prices": (
            rf"^[^,;(]*\b(?:{_nouns(data['prices'])}(?:\W*$|\s+per\b|\s*[,(])|per\s+(?:\w+\s+)?{_nouns(data['priced_by'])}\b)",
            ["per", *data["prices"]],
        ),
    }


@cache
def _pattern(what: str) -> re.Pattern[str]:
    return re.compile(_told()[what][0], re.IGNORECASE)


@cache
def _words(what: str) -> AhoCorasick:
    """Return what finds the longest word of each phrase of which *what* needs one."""
    from ahocorasick_rs import AhoCorasick  # it is as large as all of `regex`

    return AhoCorasick(sorted({max(lowered(phrase).split(), key=len) for phrase in _told()[what][1]}))


def _any(phrases: Iterable[str]) -> str:
    """Return a pattern of any of *phrases*; a star is up to three words.

    >>> bool(re.fullmatch(_any(["number of * shares"]), "number of diluted common shares"))
    True
    """
    return f"(?:{'|'.join(map(_phrase, phrases))})"


def _nouns(phrases: Iterable[str]) -> str:
    """Return a pattern of any of *phrases*, in singular or plural."""
    return f"(?:{'|'.join(f'{_phrase(phrase)}(?:s|es)?' for phrase in phrases)})"


def _phrase(phrase: str) -> str:
    parts = [r"(?:[\w\-–]+[\s\-–]+){0,3}" if word == "*" else re.escape(word) for word in phrase.split()]
    joined = "".join(part if part.startswith("(?:[") else rf"{part}[\s\-–]+" for part in parts)
    return joined.removesuffix(r"[\s\-–]+")


def measures_of(statement: Statement) -> dict[int, Measure]:
    """Return what the figures of each line of *statement* measure, by line index: money where nothing speaks against it.

    A line whose words leave it open counts shares where it stands in a sum of share counts or between two ("Effect of
    dilutive securities" between basic and diluted), and is a percentage below a row with a percent sign, in a block
    of such.
    """
    whole = _prints_whole_money(statement)
    found = {line.index: _measure(line, statement, whole=whole) for line in statement.lines}
    found.update(_in_sums(statement, found))
    found.update(_between(found))
    found.update(_below_percent(statement.lines, found))
    return {line: measure or Measure.MONEY for line, measure in found.items()}


def _in_sums(statement: Statement, known: dict[int, Measure | None]) -> dict[int, Measure]:
    """Return the members of sums of which some count shares and nothing is known of the others."""
    found: dict[int, Measure] = {}
    for one in statement.sums:
        members = (one.total, *one.parts)
        said = {found.get(line, known[line]) for line in members}
        if len(members) <= _FEW and said == {None, Measure.SHARES}:
            found.update(dict.fromkeys(members, Measure.SHARES))
    return found


def _between(known: dict[int, Measure | None]) -> dict[int, Measure]:
    found: dict[int, Measure] = {}
    order = list(known)
    for before, line, after in zip(order, order[1:], order[2:], strict=False):
        if known[line] is None and found.get(before, known[before]) is Measure.SHARES is known[after]:
            found[line] = Measure.SHARES
    return found


def _below_percent(lines: Sequence[Line], known: dict[int, Measure | None]) -> Iterator[tuple[int, Measure]]:
    """Yield the rows of a block that print no percent sign because its first row does, or because its heading says so."""
    first: Line | None = None
    for line in lines:
        if not line.figures:
            continue
        if first is None or line.headings != first.headings:
            first = line
        percent = known[first.index] is Measure.PERCENT
        ratios = bool(line.headings) and _says("ratio_headings", line.headings[-1])
        if line is not first and known[line.index] is None and (percent or ratios) and _looks_bare(line):
            yield line.index, Measure.PERCENT if percent else Measure.PURE
        elif line is first and known[line.index] is None and ratios and _looks_bare(line):
            yield line.index, Measure.PURE


def _measure(line: Line, statement: Statement, *, whole: bool) -> Measure | None:
    numerals = [figure.numeral for figure in line.figures]
    if any(n.percent for n in numerals) and all(n.percent or n.dash for n in numerals):
        return Measure.PERCENT
    said = _said(line, statement)
    if said is None:
        return _by_look(line, statement, whole=whole) or _of_kind_of_shares(line, statement.kind)
    text = " ".join((*line.headings, line.label))
    if said is Measure.PER_SHARE and in_hundredths(line):
        return Measure.PER_SHARE
    if said is Measure.PER_SHARE and not looks_per_share(line):
        return Measure.SHARES if _says("shares", text) else Measure.MONEY
    if said is Measure.SHARES and looks_per_share(line) and _says("per_share", text):
        return Measure.PER_SHARE
    return said


def _by_look(line: Line, statement: Statement, *, whole: bool) -> Measure | None:
    """Return what a row that does not say it measures by its figures, where money is printed without fractions.

    A price, or money for each of something, is no amount that a scale holds for.
    """
    if _says("prices", line.label):
        return Measure.PURE
    if line.figures and not _has_currency(line):
        if _says("ratios", line.label) and _looks_bare(line):
            return Measure.PURE
        if _says("counts", line.label) or _counts(line, statement):
            return Measure.PURE
        if _says("perhaps_ratios" if whole else "mostly_ratios", line.label) and _looks_fraction(line):
            return Measure.PURE
    if whole and looks_per_share(line) and not all(figure.numeral.dash for figure in line.figures):
        return Measure.PER_SHARE
    return None


def _counts(line: Line, statement: Statement) -> bool:
    """Whether a row that is called after things counts them: "Stores", but not what stores earn, which adds up with money.

    A statement has counts below all of its money.
    """
    if not _says("counted", line.label):
        return False
    money = _money(statement)
    return line.index > max(money, default=-1) if statement.kind in PRIMARY else line.index not in money


def _money(statement: Statement) -> set[int]:
    """Return the lines that print a currency sign, and those that add up with them; all that add up where none prints one."""
    found = {line.index for line in statement.lines if _has_currency(line)}
    left = [{one.total, *one.parts} for one in statement.sums]
    while joined := [members for members in left if not found or members & found]:
        found.update(*joined)
        left = [members for members in left if members not in joined]
    return found


def _of_kind_of_shares(line: Line, kind: Kind) -> Measure | None:
    """Return what a row of income measures that is called no more than "Basic" or "Diluted", or stands right under that: it is never money."""
    named = (line.label, *line.headings[-1:])
    alone = any(text.strip(" .:-–—").lower() in word_set("measures", "kinds_of_shares") for text in named)
    if kind is not Kind.OPERATIONS or not alone or not line.figures:
        return None
    if looks_per_share(line):
        return Measure.PER_SHARE
    return None if _has_currency(line) else Measure.SHARES


def _said(line: Line, statement: Statement) -> Measure | None:
    if _pays_for_shares(line.label, statement.kind):
        return None
    if statement.kind is Kind.BALANCE_SHEET and _COUNTED.search(line.label):
        return None  # "Class A - 290 and 298 shares outstanding": the count stands in the label, the figures are their value
    texts = [head.group() for head in (_HEAD.match(line.label),) if head]
    if statement.kind is Kind.BALANCE_SHEET:
        return next(filter(None, map(said_measure, texts)), None)
    said = next(filter(None, map(said_measure, (*texts, line.label))), None)
    if said is Measure.SHARES and _IN_MONEY.search(line.label):
        return None  # "Shares repurchased ($)"
    return said or _said_above(line.headings)


def _said_above(headings: Sequence[str]) -> Measure | None:
    """Return what *headings* say, the nearest first: one of income tells that no count of shares goes on below it."""
    of_money = False
    for heading in reversed(headings):
        said = said_measure(heading)
        if said is not None:
            return None if of_money and said is Measure.SHARES else said
        of_money = of_money or _says("money", heading)
    return None


def _pays_for_shares(label: str, kind: Kind) -> bool:
    """Whether *label* is that of an amount though it may speak of shares: in cash flows "Shares repurchased" is what was paid."""
    return kind is Kind.CASH_FLOW and not _says("counts_of_stock", label)


def row_measure(line: Line, kind: Kind = Kind.OTHER) -> Measure | None:
    """Return what the first words of a row's label say of its figures; a count inside the label says nothing of them."""
    said = _of_label(line.label)
    return None if said is not None and _pays_for_shares(line.label, kind) else said


@lru_cache(maxsize=1024)
def _of_label(label: str) -> Measure | None:
    head = _HEAD.match(label)
    return said_measure(head.group()) if head and "$" not in label and not _COUNTED.search(label) else None


def in_hundredths(line: Line) -> bool:
    """Whether the row, or the heading right above it, counts in cents or pence: "Basic earnings per share (cents)"."""
    texts = (line.text.string or line.label, *line.headings[-1:])
    return any(_says("hundredths", text) for text in texts)


def says_hundredths(text: str) -> bool:
    """Whether *text* says that what it heads is counted in cents or pence."""
    return _says("hundredths", text)


def names_per_share(line: Line) -> bool:
    """Whether the row calls itself an amount per share, and its figures are small, whatever their fractions."""
    return said_measure(line.label) is Measure.PER_SHARE and all(n.number < _SMALL for n in _printed(line))


@lru_cache(maxsize=1024)
def said_measure(text: str) -> Measure | None:
    """Return whether the words of a label or heading speak of shares or of amounts for one share.

    >>> said_measure("Weighted average shares - diluted"), said_measure("Diluted earnings per share")
    (<Measure.SHARES: 'shares'>, <Measure.PER_SHARE: 'per-share'>)
    >>> said_measure("Total assets")
    """
    if _says("shares", text):
        return Measure.SHARES
    return Measure.PER_SHARE if _says("per_share", text) else None


def _prints_whole_money(statement: Statement) -> bool:
    """Whether money is printed without fractions, so that cents stand out as an amount per share."""
    if statement.kind is Kind.BALANCE_SHEET:
        return False
    told = (
        line for line in statement.lines if not (_says("perhaps_ratios", line.label) or _says("ratios", line.label))
    )
    places = [figure.numeral.places for line in told for figure in line.figures]
    return places.count(0) * 2 > len(places)


def looks_per_share(line: Line) -> bool:
    """Whether the figures could be amounts for one share: small, and with cents if not nil."""
    values = _printed(line)
    return all(n.number < _SMALL for n in values) and (any(n.places >= 2 for n in values) or not values)


def _looks_bare(line: Line) -> bool:
    """Whether the figures could be ratios: small, and without a currency sign."""
    values = _printed(line)
    return bool(values) and not _has_currency(line) and all(n.number < _SMALL for n in values)


def _looks_fraction(line: Line) -> bool:
    values = _printed(line)
    return bool(values) and all(n.number <= _PERCENT for n in values) and any(n.places for n in values)


def _printed(line: Line) -> list[Numeral]:
    return [figure.numeral for figure in line.figures if not figure.numeral.dash]


def _has_currency(line: Line) -> bool:
    return any(figure.numeral.currency for figure in line.figures)
