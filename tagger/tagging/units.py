"""What the figures of a line are: money, money per share, shares or a percentage; and their scale."""

from __future__ import annotations

import re
from decimal import Decimal

from tagger.amounts import parse_scales
from tagger.statement import Kind, Line, Statement

MONEY, PER_SHARE, SHARE_COUNT, PERCENT = "money", "per-share", "shares", "percent"

_PER_SHARE = re.compile(
    r"\bper\b[\w\s\-–,&]{0,40}?\b(?:share|unit|ads|adr)s?\b|\beps\b|\bshare\s+data\b|\bearnings\s*\(?loss\)?\s*/\s*share\b",
    re.IGNORECASE,
)
_SHARES = re.compile(
    r"""\bweighted[\s\-–]*(?:average|avg)\b | \b(?:number|no\.?)\s+of\s+(?:[\w\-]+\s+){0,3}(?:share|unit)s\b
      | \b(?:share|unit|equivalent)s\s+(?:issued|outstanding|used|authorized|repurchased)\b | \b(?:average|diluted|basic)\s+(?:[\w\-]+\s+){0,2}(?:share|unit)s\b
      | \bshares\s+in\s+(?:thousands|millions)\b | \bcommon\s+(?:stock\s+|share\s+)?equivalents\b | \bin\s+shares\b | ^\s*shares\b""",
    re.IGNORECASE | re.VERBOSE,
)
_HEAD = re.compile(r"^[^,;(]*")
_SMALL = Decimal(1000)


def unit_kind(line: Line, statement: Statement) -> str:
    """Return what the figures of *line* are, by its words and the look of its figures."""
    numerals = [figure.numeral for figure in line.figures]
    if numerals and all(n.percent or n.dash for n in numerals) and any(n.percent for n in numerals):
        return PERCENT
    said = _said(line, statement)
    if said is None:
        if _alone_in_looking_per_share(line, statement):
            return PER_SHARE
        return SHARE_COUNT if _sums_with_shares(line, statement) else MONEY
    if said == PER_SHARE and not _looks_per_share(line):
        return SHARE_COUNT if _SHARES.search(" ".join((*line.headings, line.label))) else MONEY
    if said == SHARE_COUNT and _looks_per_share(line) and _PER_SHARE.search(" ".join((*line.headings, line.label))):
        return PER_SHARE
    return said


def _alone_in_looking_per_share(line: Line, statement: Statement) -> bool:
    """Whether *line* has the cents of an amount per share in a statement whose money is printed without any."""
    if not line.figures or not _looks_per_share(line) or all(f.numeral.dash for f in line.figures):
        return False
    whole = sum(f.numeral.places == 0 for other in statement.lines for f in other.figures)
    total = sum(len(other.figures) for other in statement.lines)
    return statement.kind is not Kind.BALANCE_SHEET and whole * 2 > total


def _sums_with_shares(line: Line, statement: Statement) -> bool:
    """Whether *line* is part of a sum of share counts: "Effect of dilutive securities" between basic and diluted."""
    by_index = {other.index: other for other in statement.lines}
    for found in statement.sums:
        if line.index in found.parts and len(found.parts) <= 4:
            others = [by_index[i] for i in (found.total, *found.parts) if i != line.index]
            if all(_said(other, statement) == SHARE_COUNT for other in others):
                return True
    return False


def _said(line: Line, statement: Statement) -> str | None:
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


def line_scale(line: Line, unit: str, statement: Statement) -> int | None:
    """Return the power of ten of the figures of *line*; what the row itself says goes before the table's.

    `None` where nothing gives a scale and the release's arithmetic leaves it open.
    """
    if unit in (PER_SHARE, PERCENT):
        return -2 if unit == PERCENT else 0
    said = _said_in_row(line)
    if said is not None:
        return said
    return share_scale(line, statement) if unit == SHARE_COUNT else statement.scale


def _said_in_row(line: Line) -> int | None:
    """Return a scale given in the row's own label or heading: "Shares used (in thousands)"."""
    for text in (line.label, line.text.string, *reversed(line.headings)):
        if "thousand" in text.lower() or "million" in text.lower() or "000" in text:
            scales = parse_scales(text)
            if scales is not None:
                return scales.shares if scales.shares is not None else scales.money
    return None


def share_scale(line: Line, statement: Statement) -> int | None:
    """Return the power of ten of share counts where the row does not say it.

    What the caption says decides; else counts printed to the last share are known by the size of the
    largest in the statement: no company has ten thousand million weighted shares.
    """
    if statement.share_scale is not None:
        return statement.share_scale
    scale = statement.scale
    counts = [
        f.numeral for other in statement.lines if unit_kind(other, statement) == SHARE_COUNT for f in other.figures
    ]
    counts = counts or [figure.numeral for figure in line.figures]
    largest = max((n.number for n in counts), default=Decimal(0))
    whole = all(n.places == 0 for n in counts)
    if scale in (None, 3) and whole and largest >= 10_000_000:
        return 0
    if scale == 6 and whole and largest >= 100_000:
        return 0 if largest >= 100_000_000 else 3
    return scale
