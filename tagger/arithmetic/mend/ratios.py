"""Earnings per share and share counts misread by one small slip, mended where the ratio leaves one way to read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from tagger.arithmetic.judge import holds
from tagger.arithmetic.mend.edits import edit_between, reread
from tagger.arithmetic.relation import Relation
from tagger.arithmetic.relations.ratios import between
from tagger.facts import Fact
from tagger.findings import Finding
from tagger.lexicon import Numeral
from tagger.values import SHARES

_DIGITS = "0123456789"
_AGREED = 3  # as many ratios of the table have to hold before one that fails is doubted by a few cents
_MORE = Decimal("1.05")
_LESS = Decimal("0.8")


def mend_ratios(
    facts: Sequence[Fact], ratios: Sequence[Relation], sure: set[str]
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Return *facts* with the one misread figure of a ratio mended, and a finding for each.

    *sure* are ids of facts that a sum proves. A ratio is only mended where the others of its table hold.
    """
    given: dict[str, Fact] = {}
    findings = []
    for ratio in doubtful(ratios):
        ways = list(_ways(ratio, ratios, sure))
        if len(ways) == 1:
            old, new, name = ways[0]
            given[old.id] = new
            findings.append(_repaired(old, new, name, ratio))
    return tuple(given.get(fact.id, fact) for fact in facts), tuple(findings)


def doubtful(ratios: Sequence[Relation]) -> Iterator[Relation]:
    """Yield the ratios that fail though others of their table hold.

    Preferred dividends and shares that take part in earnings make the printed amount a little less than the ratio
    in period after period; so a failing ratio is doubtful where it is the only one, or far from what these explain.
    """
    tables: dict[int | None, list[Relation]] = {}
    for ratio in ratios:
        tables.setdefault(ratio.facts[0].table, []).append(ratio)
    for group in tables.values():
        failing = [ratio for ratio in group if not holds(ratio)]
        holding = len(group) - len(failing)
        for ratio in failing:
            alone = len(failing) == 1 and holding >= _AGREED and _cents(ratio) > 2
            if alone or (holding > len(failing) and _far(ratio)):
                yield ratio


def _cents(ratio: Relation) -> Decimal:
    """Return how many units of its last place the printed amount is off."""
    eps, income, shares = ratio.facts
    return abs(income.value / shares.value - eps.value).scaleb(eps.decimals or 2)


def _far(ratio: Relation) -> bool:
    """Whether the printed amount is more than the ratio, of another sign, or more than a fifth less."""
    eps, income, shares = ratio.facts
    whole = abs(income.value / shares.value)
    printed = abs(eps.value)
    same_sign = (eps.value < 0) == (income.value < 0)
    return not same_sign or printed > whole * _MORE or printed < whole * _LESS


def _ways(ratio: Relation, ratios: Sequence[Relation], sure: set[str]) -> Iterator[tuple[Fact, Fact, str]]:
    """Yield each figure with what it may say instead so that the ratio holds: old, new, and the slip."""
    agreed = {fact.id for other in ratios if holds(other) for fact in other.facts}
    eps, income, shares = ratio.facts
    for fact in (eps, shares, income):
        if fact.id in agreed or fact.id in sure:
            continue
        for number in _edited(fact):
            new = _with(fact, number)
            if new.unit != SHARES or new.value > 0:
                mended = [new if old is fact else old for old in ratio.facts]
                if holds(between(*mended)):
                    name = edit_between(_numeral(fact), -number if fact.printed.sign else number)
                    yield fact, new, name or "misread"


def _edited(fact: Fact) -> Iterator[Decimal]:
    """Yield the numbers one small slip away from what *fact* prints: digits changed, swapped, lost or added."""
    places = -int(fact.printed.number.as_tuple().exponent)
    digits = f"{int(fact.printed.number.scaleb(places))}".rjust(places + 1, "0")
    seen = {digits}
    for i in range(len(digits)):
        candidates = [digits[:i] + d + digits[i + 1 :] for d in _DIGITS] + [digits[:i] + digits[i + 1 :]]
        candidates += [digits[:i] + d + digits[i:] for d in _DIGITS]
        if i + 1 < len(digits):
            candidates.append(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
        for other in candidates:
            if other not in seen and other.strip("0"):
                seen.add(other)
                yield Decimal(other).scaleb(-places)


def _with(fact: Fact, number: Decimal) -> Fact:
    value = number.scaleb(fact.printed.scale)
    printed = replace(fact.printed, number=number, replaced=True)
    return replace(fact, value=Decimal(f"{-value if fact.value < 0 else value:f}"), printed=printed)


def _numeral(fact: Fact) -> Numeral:
    number = fact.printed.number
    places = max(0, -int(number.as_tuple().exponent))
    return Numeral(
        start=0,
        end=1,
        digits=(0, 1),
        text=fact.printed.text,
        number=number,
        places=places,
        negative=bool(fact.printed.sign),
    )


def _repaired(old: Fact, new: Fact, name: str, ratio: Relation) -> Finding:
    after = f"{new.printed.number:f}"
    evidence = f"only so do income and shares agree with earnings per share, as in the other periods; as printed: {ratio.equation}"
    return reread(old.printed.text, after, name, evidence=evidence, span=old.printed.span)
