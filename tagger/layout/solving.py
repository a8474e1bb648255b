"""The scale of tables that do not say it, solved from what the release says elsewhere.

Two witnesses are heard. Earnings per share: income over shares has to give the printed
amount per share, and share counts printed to the last share fix the power of ten.
Sentences: amounts with money words ("$4.0 million") have to stand in the tables, rounded.
A scale is taken only where one power of ten is clearly the best; otherwise it stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tagger.amounts import Numeral, find_numerals
from tagger.document import Document
from tagger.statement import Kind, Line, Statement, Use

_SCALES = (0, 3, 6)
_STATEMENTS = frozenset({Kind.BALANCE_SHEET, Kind.OPERATIONS, Kind.CASH_FLOW, Kind.COMPREHENSIVE_INCOME})
_WHOLE_SHARES = 1_000_000
_LARGE = 10_000_000
_INCOME = re.compile(r"^net\s+(?:\(?(?:income|loss|earnings|profit)\)?[\s/]*)+$", re.IGNORECASE)
_PER_SHARE = re.compile(r"per\b.{0,30}\bshare|\beps\b", re.IGNORECASE)
_SHARES = re.compile(r"\bshares\b|\bweighted\b", re.IGNORECASE)


def solve_scales(statements: Sequence[Statement], document: Document) -> tuple[Statement, ...]:
    """Give statements without a scale the one that arithmetic and sentences leave, where they leave one."""
    silent = [s for s in statements if s.scale is None and s.kind in _STATEMENTS]
    if not silent:
        return tuple(statements)
    scale, why = _solved(silent, document)
    if scale is None:
        return tuple(statements)
    return tuple(s if s.scale is not None else replace(s, scale=scale, scale_said=why) for s in statements)


def _solved(silent: Sequence[Statement], document: Document) -> tuple[int | None, str]:
    by_share = {scale for statement in silent for scale in _by_earnings(statement)}
    if len(by_share) == 1:
        return by_share.pop(), "income / shares = earnings per share holds only so"
    by_words = _by_sentences(silent, document)
    if by_words is not None:
        return by_words, "the sentences of the release state the same amounts so"
    largest = max((abs(f.printed) for s in silent for line in s.lines for f in line.figures), default=Decimal(0))
    if largest >= _LARGE:
        return 0, "nothing gives a scale, and figures of this size are printed in full"
    return None, ""


def _by_earnings(statement: Statement) -> Iterator[int]:
    """Yield the scales at which income over whole shares gives the earnings per share of a column."""
    for column in statement.columns:
        if column.use is not Use.FIGURES:
            continue
        incomes = list(_figures(statement.lines, column.index, _INCOME, None))
        per_share = list(_figures(statement.lines, column.index, _PER_SHARE, _SHARES))
        counts = [
            n
            for n in _figures(statement.lines, column.index, _SHARES, None)
            if n.number >= _WHOLE_SHARES and not n.places
        ]
        fits = {s for i in incomes for e in per_share for n in counts for s in _SCALES if _gives(i, n, e, s)}
        if len(fits) == 1:
            yield fits.pop()


def _figures(
    lines: Iterable[Line], column: int, words: re.Pattern[str], unless: re.Pattern[str] | None
) -> Iterator[Numeral]:
    for line in lines:
        said = " ".join((*line.headings[-1:], line.label)) if words is not _INCOME else line.label
        if words.search(said) and not (unless and unless.search(line.label)):
            yield from (
                f.numeral for f in line.figures if f.column == column and f.numeral.number and not f.numeral.percent
            )


def _gives(income: Numeral, shares: Numeral, eps: Numeral, scale: int) -> bool:
    if eps.places < 2 or eps.number >= 1000:
        return False
    ratio = income.number.scaleb(scale) / shares.number
    return abs(ratio - eps.number) <= Decimal("0.6").scaleb(-eps.places) + ratio * Decimal("0.002")


def _by_sentences(silent: Sequence[Statement], document: Document) -> int | None:
    """Return the scale at which most amounts of sentences stand in the tables, if it is clearly the best."""
    figures = {
        abs(f.printed)
        for s in silent
        for line in s.lines
        for f in line.figures
        if f.numeral.number and not f.numeral.percent
    }
    said = {(n.number, n.places, n.scale or 0) for p in document.paragraphs for n in _amounts(p.text.string)}
    hits: Counter[int] = Counter()
    for number, places, power in said:
        for scale in _SCALES:
            hits[scale] += any(_rounds_to(f.scaleb(scale - power), number, places) for f in figures)
    (best, most), (_, second), *_ = hits.most_common(3) or [(0, 0), (0, 0)]
    return best if most >= 3 and most >= 2 * second else None


def _amounts(string: str) -> Iterator[Numeral]:
    for numeral in find_numerals(string):
        if numeral.currency and numeral.number and (numeral.scale or numeral.number >= 100_000):
            yield numeral


def _rounds_to(figure: Decimal, number: Decimal, places: int) -> bool:
    return abs(figure - number) * 2 <= Decimal(1).scaleb(-places) and figure >= number / 2
