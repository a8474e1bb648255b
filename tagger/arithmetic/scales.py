"""The scale of tables that do not say it, solved from what the release says elsewhere.

Three things tell it. Other tables: amounts of four digits and more that both print are the same amounts. The figures
themselves (`magnitudes`): income over shares has to give earnings per share, par
value times shares the amount of the stock, and counts of shares have to be those of a listed company.
Sentences: amounts with money words ("$4.0 million") have to stand in the tables, rounded.
A scale is taken only where one power of ten is left, or clearly the best; otherwise it stays open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from msgspec.structs import replace

from tagger.arithmetic.magnitudes import SCALES, money_scales, read_magnitudes
from tagger.arithmetic.search.vectors import sort_of
from tagger.document import Document
from tagger.lexicon import Numeral, find_numerals
from tagger.statement import OF_OTHERS, PRIMARY, Statement
from tagger.values import half_unit

_IN_FULL = 10_000_000_000  # no company is so large in thousands
_TOO_LARGE = 10_000_000_000_000
_SAID = 3
_ALL_SAID = 2  # amounts are enough, if no other is said and they have so many digits beyond the first of each
_DIGITS_OF_ALL = 3
_LONG, _LONG_DIGITS = 1000, 4  # of amounts that two tables hardly print by chance
_DIGITS = 2  # an amount of one digit agrees with too many figures


def solve_scales(statements: Sequence[Statement], document: Document) -> tuple[Statement, ...]:
    """Give statements without a scale the one that arithmetic and sentences leave, where they leave one.

    What is said of a scale and not understood leaves it open: parts of the table may have scales of their own.
    """
    lent = frozenset(_places(s) for s in statements if s.scale is not None and s.scale_said != OF_OTHERS)
    statements = tuple(s if _may_borrow(s, lent) else replace(s, scale=None, scale_said="") for s in statements)
    silent = [s for s in statements if _is_silent(s) and s.kind in PRIMARY]
    solved: dict[int, tuple[int, str]] = {}
    for places in sorted({_places(statement) for statement in silent}):
        scale, why = _solved([statement for statement in silent if _places(statement) == places], document)
        if scale is not None:
            solved[places] = scale, why
    if not any(map(_is_silent, statements)):
        return statements
    given = [_given(statement, solved) if _is_silent(statement) else statement for statement in statements]
    printed = [frozenset(_long_amounts(s)) for s in given]
    known: dict[Decimal, set[int]] = {}
    for place, (statement, amounts) in enumerate(zip(given, printed, strict=True)):
        for amount in amounts if statement.scale is not None else ():
            known.setdefault(amount.scaleb(statement.scale or 0), set()).add(place)
    return tuple(
        _by_tables(one, place, amounts, known) if _is_silent(statement) else one
        for place, (statement, one, amounts) in enumerate(zip(statements, given, printed, strict=True))
    )


def _is_silent(statement: Statement) -> bool:
    return statement.scale is None and not statement.scale_said


def _long_amounts(statement: Statement) -> Iterator[Decimal]:
    """Yield the money of *statement* that is printed with four digits and more before its zeros."""
    for line in statement.lines:
        if not sort_of(line, statement.kind):
            for figure in line.figures:
                number = figure.numeral.number
                if (
                    number >= _LONG
                    and not figure.numeral.percent
                    and len(number.normalize().as_tuple().digits) >= _LONG_DIGITS
                ):
                    yield number


def _may_borrow(statement: Statement, lent: frozenset[int]) -> bool:
    """Whether *statement* may have the scale of other tables, whose money has *lent* decimals, if it does.

    Its own earnings per share and counts may leave that no room; figures of other decimals, or too large, are of another scale.
    """
    if statement.scale_said != OF_OTHERS or statement.scale is None:
        return True
    magnitudes = read_magnitudes([statement])
    allowed = money_scales(magnitudes) if magnitudes.speaks else frozenset()
    if allowed:
        return statement.scale in allowed
    return (
        _places(statement) in (lent or {_places(statement)})
        and _largest([statement]).scaleb(statement.scale) < _TOO_LARGE
    )


def _largest(statements: Sequence[Statement]) -> Decimal:
    return max((abs(f.printed) for s in statements for line in s.lines for f in line.figures), default=Decimal(0))


def _given(statement: Statement, solved: dict[int, tuple[int, str]]) -> Statement:
    """Return *statement* with the scale solved for the statements with as many decimals, if there is one."""
    found = solved.get(_places(statement)) if solved else None
    return replace(statement, scale=found[0], scale_said=found[1]) if found else statement


def _by_tables(
    statement: Statement, place: int, amounts: Iterable[Decimal], known: Mapping[Decimal, set[int]]
) -> Statement:
    """Return *statement*, at *place* among all, with the scale at which others print most of its *amounts*, if clearly the best.

    *known* are the places of the statements that print an amount, by what it is in units.
    """
    hits = dict.fromkeys(SCALES, 0)
    for amount, scale in product(amounts, SCALES):
        at = known.get(amount.scaleb(scale), set())
        hits[scale] += len(at) > (place in at)
    (_, second), (best, most) = sorted(hits.items(), key=lambda hit: hit[1])[-2:]
    if most < max(_SAID, 2 * second) or best == statement.scale:
        return statement
    return replace(statement, scale=best, scale_said="other tables print the same amounts so")


def _places(statement: Statement) -> int:
    """Return how many decimals the money of *statement* mostly has: tables of one release that differ in it differ in scale."""
    counts = Counter(
        f.numeral.places
        for line in statement.lines
        if not sort_of(line, statement.kind)
        for f in line.figures
        if f.numeral.number and not f.numeral.percent
    )
    return counts.most_common(1)[0][0] if counts else 0


def _solved(silent: Sequence[Statement], document: Document) -> tuple[int | None, str]:
    magnitudes = read_magnitudes(silent)
    allowed = money_scales(magnitudes) or frozenset(SCALES)
    if len(allowed) == 1 and magnitudes.speaks:
        return next(iter(allowed)), "income, shares and earnings per share are possible only so"
    by_words = _by_sentences(silent, document)
    if by_words is not None:
        return (
            (by_words, "the sentences of the release state the same amounts so") if by_words in allowed else (None, "")
        )
    if len(allowed) == 1:
        return next(iter(allowed)), "counts of shares and total assets are possible only so"
    if _largest(silent) >= _IN_FULL and 0 in allowed:
        return 0, "nothing gives a scale, and figures of this size are printed in full"
    return None, ""


def _by_sentences(silent: Sequence[Statement], document: Document) -> int | None:
    """Return the scale at which most amounts of sentences stand in the tables, if it is clearly the best."""
    figures = sorted(
        {
            abs(f.printed)
            for s in silent
            for line in s.lines
            for f in line.figures
            if f.numeral.number and not f.numeral.percent
        }
    )
    said = {(n.number, n.places, n.scale or 0) for p in document.paragraphs for n in _amounts(p.text.string)}
    hits: Counter[int] = Counter()
    digits: Counter[int] = Counter()
    for number, places, power in said:
        for scale in SCALES:
            if _has_rounded(figures, number, places, power - scale):
                hits[scale] += 1
                digits[scale] += _digits(number, places) - 1
    (best, most), (_, second), *_ = [*hits.most_common(), (0, 0), (0, 0)]
    enough = most >= _SAID or (most == len(said) >= _ALL_SAID and digits[best] >= _DIGITS_OF_ALL)
    return best if enough and most >= 2 * second else None


def _digits(number: Decimal, places: int) -> int:
    return len(str(int(number.scaleb(places))))


def _amounts(string: str) -> Iterator[Numeral]:
    for numeral in find_numerals(string):
        enough = _digits(numeral.number, numeral.places) >= _DIGITS
        if numeral.currency and enough and (numeral.scale or numeral.number >= 100_000):
            yield numeral


def _has_rounded(figures: Sequence[Decimal], number: Decimal, places: int, power: int) -> bool:
    """Whether one of *figures*, which are sorted, rounds to *number* times ten to *power*, and is not less than half of it."""
    room = half_unit(places)
    at = bisect_left(figures, max(number - room, number / 2).scaleb(power))
    return at < len(figures) and figures[at] <= (number + room).scaleb(power)
