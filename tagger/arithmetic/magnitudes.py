"""What a release's figures say of the powers of ten they are printed in, where no words do.

Three powers are unknown: that of money, of the rows of share counts, and of the counts inside the label of the
common stock. Income over shares gives earnings per share, which ties the first two; par value times shares issued
gives the amount of the stock, which ties the first and the last; shares issued and weighted shares are of one size.
A company has from ten thousand to fifty billion shares, and fewer than a hundred billion authorized: these bounds are those
of all there are, not of most, since a scale that is solved by what is usual is wrong for the largest and the smallest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product

from msgspec import Struct

from tagger.arithmetic.search.vectors import sort_of
from tagger.lexicon import Numeral, find_numerals
from tagger.patterns import pattern
from tagger.statement import Column, Line, Statement, Use
from tagger.values import within

SCALES = (0, 3, 6)
LEAST_SHARES, MOST_SHARES, _MOST_AUTHORIZED = 1_000_000, 50_000_000_000, 100_000_000_000
_FEWEST = 10_000  # of a company or partnership held by few
_MOST_IN_THOUSANDS = 10_000_000_000  # who has more prints money in millions if large, and in full if small
CENTS = (2, 3, 4)  # the decimals of an amount per share; with more it is counted in something else
_ROOM = Decimal("0.6")  # of the last place: half of it, and what the shares were rounded by
_SLACK = Decimal("0.002")
_MOST_ASSETS = 5_000_000_000_000
_INCOME = pattern(
    r"^(?:consolidated )?net\s+\(?(?:income|loss|earnings|profit)\b(?!.*\b(?:per|noncontrolling|continuing|discontinued)\b)",
    re.IGNORECASE,
)
_PAR = pattern(
    r"(?<![\d.])(\d+(?:\.\d*)?|\.\d+)\s{1,9}(?:par|stated)\b|(?:par|stated) value[^.\d]{0,20}\$?\s{0,9}(\d*\.\d+)",
    re.IGNORECASE,
)
_AUTHORIZED = pattern(r"authorized", re.IGNORECASE)
_ISSUED = pattern(r"issued|outstanding", re.IGNORECASE)


class Magnitudes(Struct, frozen=True, kw_only=True):
    """What the figures tie together: differences of powers, and printed sizes."""

    money_less_shares: frozenset[int] = frozenset()
    money_less_label: frozenset[int] = frozenset()
    shares: tuple[Decimal, ...] = ()  # weighted counts, as printed
    issued: tuple[Decimal, ...] = ()  # counts in the label of the common stock
    authorized: tuple[Decimal, ...] = ()
    assets: tuple[Decimal, ...] = ()
    money_in_parts: bool = False  # money is printed with one decimal, which is done in millions and billions alone
    shares_in_parts: bool = False

    @property
    def speaks(self) -> bool:
        return bool(self.money_less_shares or self.money_less_label or self.money_in_parts)


def read_magnitudes(statements: Sequence[Statement]) -> Magnitudes:
    """Return what *statements* say together."""
    triples = [d for s in statements for d in _by_earnings(s)]
    stocks = [found for s in statements for line in s.lines for found in _stock(line)]
    counted = [
        f.numeral for s in statements for line in s.lines if sort_of(line, s.kind) == "shares" for f in line.figures
    ]
    return Magnitudes(
        money_in_parts=_in_parts(statements),
        shares_in_parts=bool(counted) and all(numeral.places for numeral in counted),
        money_less_shares=_agreed(triples),
        money_less_label=_agreed([d for _, _, d in stocks if d is not None]),
        shares=tuple(_largest(numeral.number for numeral in counted)),
        issued=tuple(_largest(n for issued, _, _ in stocks for n in issued)),
        authorized=tuple(_largest(n for _, authorized, _ in stocks for n in authorized)),
        assets=tuple(
            _largest(
                abs(f.printed)
                for s in statements
                for line in s.lines
                if line.label.lower().startswith("total assets")
                for f in line.figures
            )
        ),
    )


def share_power(statement: Statement, *, few: bool = False) -> int | None:
    """Return the power of ten of the share counts of *statement* that income over earnings per share leaves, if one.

    *few* says that they may be less than a million.
    """
    if statement.scale is None:
        return None
    told = _agreed(list(_by_earnings(statement)))
    if len(told) != 1:
        return None
    power = statement.scale - next(iter(told))
    counts = [
        f.numeral.number for line in statement.lines if sort_of(line, statement.kind) == "shares" for f in line.figures
    ]
    return (
        power
        if power in SCALES and _within([max(counts)], power, _FEWEST if few else LEAST_SHARES, MOST_SHARES)
        else None
    )


def money_scales(magnitudes: Magnitudes) -> frozenset[int]:
    """Return the powers of ten of money that everything heard allows.

    Money with one decimal is in millions or billions.
    """
    found = set()
    for money, shares, label in product((6, 9) if magnitudes.money_in_parts else SCALES, SCALES, SCALES):
        ties = (not magnitudes.money_less_shares or money - shares in magnitudes.money_less_shares) and (
            not magnitudes.money_less_label or money - label in magnitudes.money_less_label
        )
        sizes = (
            _within(magnitudes.shares, shares, _FEWEST, _MOST_IN_THOUSANDS if money == 3 else MOST_SHARES)
            and _within(magnitudes.issued, label, _FEWEST, MOST_SHARES)
            and _within(magnitudes.authorized, label, _FEWEST, _MOST_AUTHORIZED)
            and _within(magnitudes.assets, money, 0, _MOST_ASSETS)
        )
        parts = shares == 6 or not magnitudes.shares_in_parts
        if ties and sizes and parts and _same_size(magnitudes, shares, label):
            found.add(money)
    return frozenset(found)


def _in_parts(statements: Sequence[Statement]) -> bool:
    """Whether most money of *statements* is printed with one decimal."""
    places = [
        f.numeral.places
        for s in statements
        for line in s.lines
        if not sort_of(line, s.kind)
        for f in line.figures
        if f.numeral.number
    ]
    return len(places) > 20 and sum(p == 1 for p in places) * 2 > len(places)


def _within(printed: Sequence[Decimal], power: int, least: int, most: int) -> bool:
    return all(least <= number.scaleb(power) <= most for number in printed)


def _same_size(magnitudes: Magnitudes, shares: int, label: int) -> bool:
    """Whether shares issued and weighted shares are within a factor of ten, where both are there."""
    if not magnitudes.shares or not magnitudes.issued:
        return True
    ratio = max(magnitudes.shares).scaleb(shares) / max(magnitudes.issued).scaleb(label)
    return Decimal("0.1") < ratio < 10


def _largest(numbers: Iterable[Decimal]) -> list[Decimal]:
    """Return the largest of *numbers*, if any: it is the one that a bound excludes."""
    found = max(numbers, default=Decimal(0))
    return [found] if found else []


def _agreed(differences: Sequence[int]) -> frozenset[int]:
    """Return the difference that is told more than once, or by all."""
    counts = {d: differences.count(d) for d in set(differences)}
    if len(counts) == 1:
        return frozenset(counts)
    best = [d for d, count in counts.items() if count > 2 * (len(differences) - count)]
    return frozenset(best)


def _by_earnings(statement: Statement) -> Iterator[int]:
    """Yield by how much the power of money is above that of shares, wherever income, shares and their ratio tell."""
    sorts = [(line, sort_of(line, statement.kind)) for line in statement.lines]
    incomes = [line for line, sort in sorts if not sort and _INCOME.match(line.label)]
    ratios = [line for line, sort in sorts if sort == "per-share"]
    counts = [line for line, sort in sorts if sort == "shares"]
    for column in statement.columns if incomes and ratios and counts else ():
        if column.use is Use.FIGURES:
            found = set(_powers(incomes, ratios, counts, column))
            if len(found) == 1:
                yield found.pop()


def _powers(incomes: Sequence[Line], ratios: Sequence[Line], counts: Sequence[Line], column: Column) -> Iterator[int]:
    for income, eps, shares in product(
        _numerals(incomes, column), _numerals(ratios, column), _numerals(counts, column)
    ):
        for power in (-3, 0, 3, 6):
            ratio = income.number.scaleb(power) / shares.number
            room = _ROOM.scaleb(-eps.places) + ratio * _SLACK
            if eps.places in CENTS and within(ratio - eps.number, room):
                yield power


def _numerals(lines: Sequence[Line], column: Column) -> list[Numeral]:
    return [
        f.numeral
        for line in lines[:4]
        for f in line.figures
        if f.column == column.index and f.numeral.number and not f.numeral.percent
    ]


def _stock(line: Line) -> Iterator[tuple[list[Decimal], list[Decimal], int | None]]:
    """Yield the counts issued and authorized in the label of common stock, and the power that par value tells."""
    text = line.text.string
    if "common" not in text.lower() or not _AUTHORIZED.search(text):
        return
    counts = [
        n for n in find_numerals(text) if n.number >= 100 and n.currency is None and not n.percent and n.scale is None
    ]
    counts = [n for n in counts if not (1900 <= n.number <= 2100 and not n.places and "," not in n.text)]
    authorized = _counts_before(text, counts, _AUTHORIZED)
    issued = [n for n in _counts_before(text, counts, _ISSUED) if n not in authorized]
    par = _PAR.search(text)
    power = _par_power(line, Decimal(par[1] or par[2]), issued) if par else None
    yield issued, authorized, power


def _counts_before(text: str, counts: Sequence[Numeral], word: re.Pattern[str]) -> list[Decimal]:
    """Return the counts that stand before *word*, back to the one before it."""
    found = []
    begin = 0
    for match in re.finditer(r"authorized|issued|outstanding", text, re.IGNORECASE):
        if word.match(match.group()):
            found += [n.number for n in counts if begin <= n.start < match.start()]
        begin = match.end()
    return found


def _par_power(line: Line, par: Decimal, issued: Sequence[Decimal]) -> int | None:
    """Return the power of money above that of the label's counts, where par value times shares is the stock's amount."""
    amounts = [f.numeral for f in line.figures if f.numeral.number >= 10]
    found = {
        power
        for amount in amounts
        for count in issued
        for power in (-3, 0, 3, 6)
        if within((par * count).scaleb(-power) - amount.number, _ROOM.scaleb(-amount.places))
    }
    return found.pop() if len(found) == 1 else None
