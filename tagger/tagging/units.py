"""What the figures of a line are: money, money per share, shares or a percentage; and their scale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from tagger.arithmetic.scales.witnesses import share_power
from tagger.lexicon import parse_scales
from tagger.statement import Kind, Line, Statement

MONEY, PER_SHARE, SHARE_COUNT, PERCENT = "money", "per-share", "shares", "percent"

_PER_SHARE = re.compile(
    r"\bper\b[\w\s\-–,&]{0,40}?\b(?:share|unit|ads|adr)s?\b|\beps\b|\bshare\s+data\b|\bearnings\s*\(?loss\)?\s*/\s*share\b",
    re.IGNORECASE,
)
_SHARES = re.compile(
    r"""\bweighted[\s\-–]*(?:average|avg)\b | \b(?:number|no\.?)\s+of\s+(?:[\w\-]+\s+){0,3}(?:share|unit)s\b
      | \b(?:share|unit|equivalent)s\s+(?:issued|outstanding|used|authorized|repurchased)\b | \b(?:average|diluted|basic)\s+(?:[\w\-]+\s+){0,2}(?:share|unit)s\b
      | \bshares\s+in\s+(?:thousands|millions)\b | \bcommon\s+(?:stock\s+|share\s+)?equivalents\b | \bin\s+shares\b | ^\s*shares\b
      | ^\s*outstanding\s+(?:[\w\-]+\s+){0,3}(?:option|warrant|right)s\b | \b(?:option|warrant)s\s+outstanding\b | \banti-?dilutive\b""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNT = re.compile(r"\b(?:number|no\.?)\s+of\b|\bper\b|\bweighted\b|\bin\s+shares\b", re.IGNORECASE)
_COUNTED = re.compile(r"\d\s+(?:[\w\-]+\s+){0,2}shares?\s+(?:issued|outstanding|authorized)\b", re.IGNORECASE)
_HEAD = re.compile(r"^[^,;(]*")
_SMALL = Decimal(1000)


def unit_kinds(statement: Statement) -> dict[int, str]:
    """Return what the figures of each line of *statement* are, by line index: from its words, else from their look.

    A line whose words leave it open is one of share counts where it stands in a sum of share
    counts or between two: "Effect of dilutive securities" between basic and diluted.
    """
    whole = _prints_whole_money(statement)
    kinds = {line.index: _kind(line, statement, whole=whole) for line in statement.lines}
    for found in statement.sums:
        members = (found.total, *found.parts)
        known = [kinds[line] for line in members]
        if len(members) <= 5 and known.count(None) < len(known) and set(known) == {None, SHARE_COUNT}:
            kinds.update(dict.fromkeys(members, SHARE_COUNT))
    order = list(kinds)
    for before, line, after in zip(order, order[1:], order[2:], strict=False):
        if kinds[line] is None and kinds[before] == kinds[after] == SHARE_COUNT:
            kinds[line] = SHARE_COUNT
    return {line: kind or MONEY for line, kind in kinds.items()}


def _kind(line: Line, statement: Statement, *, whole: bool) -> str | None:
    numerals = [figure.numeral for figure in line.figures]
    if any(n.percent for n in numerals) and all(n.percent or n.dash for n in numerals):
        return PERCENT
    said = _said(line, statement)
    if said is None:
        return PER_SHARE if whole and _looks_per_share(line) and not all(n.dash for n in numerals) else None
    words = " ".join((*line.headings, line.label))
    if said == PER_SHARE and not _looks_per_share(line):
        return SHARE_COUNT if _SHARES.search(words) else MONEY
    if said == SHARE_COUNT and _looks_per_share(line) and _PER_SHARE.search(words):
        return PER_SHARE
    return said


def _prints_whole_money(statement: Statement) -> bool:
    """Whether money is printed without fractions, so that cents stand out as an amount per share."""
    if statement.kind is Kind.BALANCE_SHEET:
        return False
    places = [f.numeral.places for line in statement.lines for f in line.figures]
    return places.count(0) * 2 > len(places)


def _said(line: Line, statement: Statement) -> str | None:
    if statement.kind is Kind.CASH_FLOW and not _COUNT.search(line.label):
        return None  # "Shares repurchased" is what was paid for them
    if statement.kind is Kind.BALANCE_SHEET and _COUNTED.search(line.label):
        return None  # "Class A - 290 and 298 shares outstanding": the count stands in the label, the figures are their value
    head = _HEAD.match(line.label)
    texts = [head.group() if head else ""]
    if statement.kind is not Kind.BALANCE_SHEET:
        texts += [line.label, *reversed(line.headings)]
    for text in texts:
        if _SHARES.search(text):
            return SHARE_COUNT
        if _PER_SHARE.search(text):
            return PER_SHARE
    return None


def _looks_per_share(line: Line) -> bool:
    """Whether the figures could be amounts for one share: small, and with a fraction if not nil."""
    values = [figure.numeral for figure in line.figures if not figure.numeral.dash]
    return all(n.number < _SMALL for n in values) and (any(n.places >= 2 for n in values) or not values)


def line_scale(line: Line, unit: str, statement: Statement, shares: int | None) -> int | None:
    """Return the power of ten of the figures of *line*; what the row itself says goes before the table's.

    *shares* is that of the statement's share counts. `None` where nothing gives a scale
    and the release's arithmetic leaves it open.
    """
    if unit in (PER_SHARE, PERCENT):
        return -2 if unit == PERCENT else 0
    said = _said_in_row(line)
    if said is not None:
        return said
    return shares if unit == SHARE_COUNT else statement.scale


def _said_in_row(line: Line) -> int | None:
    """Return a scale given in the row's own label or heading: "Shares used (in thousands)"."""
    for text in (line.label, line.text.string, *reversed(line.headings)):
        if "thousand" in text.lower() or "million" in text.lower() or "000" in text:
            scales = parse_scales(text)
            if scales is not None:
                return scales.shares if scales.shares is not None else scales.money
    return None


def share_scale(statement: Statement, kinds: Mapping[int, str]) -> int | None:
    """Return the power of ten of the share counts of *statement*, where their rows do not say it.

    Income over earnings per share decides, then what the caption says; else counts printed to the last share are
    known by the size of the largest in the statement: no company has ten thousand million weighted shares.
    """
    power = share_power(statement)
    if power is not None:
        return power
    if statement.share_scale is not None:
        return statement.share_scale
    scale = statement.scale
    counts = [f.numeral for line in statement.lines if kinds[line.index] == SHARE_COUNT for f in line.figures]
    largest = max((n.number for n in counts), default=Decimal(0))
    whole = all(n.places == 0 for n in counts)
    if scale in (None, 3) and whole and largest >= 10_000_000:
        return 0
    if scale == 6 and whole and largest >= 100_000:
        return 0 if largest >= 100_000_000 else 3
    return scale
