"""Which side of a concept with two sides a row counts as positive: "(Expense) benefit" of IncomeTaxExpenseBenefit.

The taxonomy names such concepts after both sides, the positive one first; a label says one of them plainly
and the other in parentheses, or one alone.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tagger.data import load_json
from tagger.ruleset.signs import Sign, fold_signs
from tagger.ruleset.words import scan


class Polarity(NamedTuple):
    """*way* is 1 where figures without a minus are of the concept's positive side, -1 of the other; *both* says that the label names both.

    *aside* says that the one side named stands in parentheses: "(Gain) on sale", as its figures do.
    """

    way: int
    both: bool
    aside: bool = False


@lru_cache(maxsize=2048)
def polarity(label: str, local: str) -> Polarity | None:
    """Return what *label* says of the two sides of the concept called *local*; `None` where either has none.

    >>> polarity("Income tax (expense) benefit", "IncomeTaxExpenseBenefit"), polarity("Income tax benefit", "IncomeTaxExpenseBenefit")
    (Polarity(way=-1, both=True, aside=False), Polarity(way=-1, both=False, aside=False))
    >>> polarity("Other expense, net", "OtherNonoperatingIncomeExpense"), polarity("Income taxes", "IncomeTaxExpenseBenefit")
    (Polarity(way=-1, both=False, aside=False), None)
    >>> polarity("(Gain) on sale of barges", "GainLossOnDispositionOfAssets")
    Polarity(way=1, both=False, aside=True)
    """
    sides = next((sides for name, sides in load_json("tagging")["sides"].items() if name in local), None)
    if sides is None:
        return None
    words = scan(label)
    tokens = frozenset(words.tokens)
    ways = {word: way for way, side in zip((1, -1), sides, strict=True) for word in side}
    said = tuple(sign for sign in fold_signs(words) if sign.word in ways)
    if said:
        return _of_signs(said, ways)
    plain = {ways[token] for token in tokens & ways.keys()}
    aside = tokens & ways.keys() == {
        token for before, token in pairwise(words.tokens) if before == "(" and token in ways
    }
    return Polarity(plain.pop(), False, aside) if len(plain) == 1 else None


def has_sides(label: str, local: str) -> bool:
    """Whether *label*, or the concept called *local*, has two sides or is taken off a cost: "Costs (recoveries)", "InterestCostsCapitalized"."""
    told = load_json("tagging")
    return bool(fold_signs(scan(label))) or any(name in local for name in (*told["sides"], *told["no_costs"]))


def _of_signs(said: tuple[Sign, ...], ways: dict[str, int]) -> Polarity | None:
    plain = {ways[sign.word] for sign in said if not sign.bracketed}
    aside = {ways[sign.word] for sign in said if sign.bracketed}
    if len(plain) != 1:
        return None
    way = plain.pop()
    return Polarity(way, -way in aside)
