"""The sign of each line's values, against the sign its figures are printed with.

A factor of 1 keeps the printed sign, -1 turns it. Where a line stands in a sum, arithmetic decides
first: the rows that sums tie together are settled as one, by how each counts towards the others and
by the balances of their concepts; words, and a minus that is printed, are votes there. Elsewhere the words
and the place decide. A printed minus and a word of loss never add up to two minuses.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import NamedTuple

from msgspec.structs import replace

from tagger.arithmetic.orientation import (
    Link,
    Nature,
    directed,
    direction,
    is_of_others,
    orient,
    rootings,
    tells,
)
from tagger.arithmetic.search.totals import ends_a_side, has_both_sides
from tagger.data import load_json, word_set
from tagger.naming.choice import Choice
from tagger.naming.labels import is_split
from tagger.patterns import pattern
from tagger.statement import Kind, Line, Part, Statement, Sum, Use
from tagger.tagging.polarity import has_sides, polarity

_WORDS = pattern(r"[a-z]+")
_LIABILITIES = pattern(r"(?:total\s+)?(?:current\s+)?liabilit", re.IGNORECASE)
_CERTAIN, _PRINTED, _SAID, _USUAL = 12, 4, 2, 1  # how heavy a vote is

Factor = tuple[int, str]
_CHANGE_IN_CASH = "PeriodIncreaseDecrease"  # in the names of concepts of which a minus is no deduction


def sign_factors(choices: Sequence[Choice], statement: Statement) -> dict[int, Factor]:
    """Return for each line of *choices* the factor from printed figure to value, and why."""
    changes = {column.index for column in statement.columns if column.use in (Use.CHANGE, Use.PERCENT)}
    choices = [_without(changes, choice) for choice in choices] if changes else choices
    by_line = {choice.line.index: choice for choice in choices}
    natures = {line: choice.nature for line, choice in by_line.items()}
    ends = _Ends.of(statement)
    alone = {line: _alone(choice, natures[line], statement, ends) for line, choice in by_line.items()}
    direct = _directions(natures, statement)
    weights = {line: _weight(choice, natures[line], statement) for line, choice in by_line.items()}
    led = {found.total for found in statement.sums}  # a total is named with more care than its parts
    votes = {line: direct[line] * alone[line][0] * (weights[line] + (line in led)) for line in by_line}
    ways = orient(_links(statement, natures, votes), votes)
    turned = {
        line for line in by_line if ways.get(line, 0) * direct[line] < 0 and _is_plain_income(by_line[line], natures)
    }
    if turned:  # figures that add up by chance: no sum makes a loss of what is called income and printed as one
        ways = orient(_links(statement, natures, votes, without=turned), votes)
    totals = _totals(statement)
    return {
        line: (ways[line] * direct[line], f"as the sum {totals[line]!r} wants it")
        if line in ways and direct[line] and weights[line] < _CERTAIN
        else alone[line]
        for line in by_line
    }


def _is_plain_income(choice: Choice, natures: Mapping[int, Nature]) -> bool:
    """Whether a row is a result that is called income and nothing else, and prints no minus."""
    if not natures[choice.line.index].is_result or choice.unit == "per-share":
        return False
    words = _said(choice.line.label)
    plain = bool(words & _words("gain_words")) and not words & _words("loss_words")
    return plain and _negative(choice.line) == {False}


def counts_as_income(choice: Choice, factor: Factor, statement: Statement) -> bool:
    """Whether the sum of a row wants its figures, printed without a minus, as income, and its concept is a cost with no other side.

    "Advertising" among the revenues is none of the costs of that name.
    """
    printed = _printed(choice.line)
    named = choice.balance == "debit" and choice.period_type == "duration" and not choice.own and not choice.sign
    return (
        named
        and statement.kind in (Kind.OPERATIONS, Kind.HIGHLIGHTS)
        and factor[0] < 0
        and bool(printed)
        and all(figure > 0 for figure in printed)
        and not has_sides(choice.line.label, choice.local)
    )


def _without(changes: Container[int], choice: Choice) -> Choice:
    """Return *choice* without the figures in the columns of *changes*, which have signs of their own."""
    amounts = tuple(figure for figure in choice.line.figures if figure.column not in changes)
    return replace(choice, line=replace(choice.line, figures=amounts))


def _directions(natures: Mapping[int, Nature], statement: Statement) -> dict[int, int]:
    """Return which way each row counts: by its concept, and as the sums it stands in count it."""
    direct = {line: direction(nature, statement.kind) for line, nature in natures.items()}
    for found in statement.sums:
        direct.update(directed(found, natures))
    return direct


def _links(
    statement: Statement, natures: Mapping[int, Nature], votes: Mapping[int, int], without: Container[int] = ()
) -> Iterator[Link]:
    """Yield what the sums of *statement* say of their rows, but for those that one of the rows *without* stands in."""
    open_ = {column.index for column in statement.columns if column.scope.part is Part.UNKNOWN}
    for found in statement.sums:
        if open_.issuperset(found.columns):
            continue  # adjustments add up among themselves, and nothing of them is tagged
        if any(line in without for line in (found.total, *found.parts)):
            continue
        known = [natures[line] for line in (found.total, *found.parts) if line in natures]
        if tells(known, natures.get(found.total), statement.kind):
            weights = max(rootings(found, known, statement.kind), key=lambda ways: _borne_out(found, ways, votes))
            yield from (Link(found.total, line, sign) for line, sign in zip(found.parts, weights, strict=True))


def _borne_out(found: Sum, ways: Sequence[int], votes: Mapping[int, int]) -> int:
    """Return how much of what the rows say by themselves *ways* agree with."""
    counted = [votes.get(line, 0) * way for line, way in zip(found.parts, ways, strict=True)]
    return abs(votes.get(found.total, 0) + sum(counted))


def _totals(statement: Statement) -> dict[int, str]:
    """Return the total of each line that stands in a sum, the total itself among them."""
    labels = {line.index: line.label or "without a label" for line in statement.lines}
    totals: dict[int, str] = {}
    for found in statement.sums:
        for line in (*found.parts, found.total):
            totals.setdefault(line, labels[found.total])
    return totals


def _weight(choice: Choice, nature: Nature, statement: Statement) -> int:
    """Return how sure the sign is that *choice* has by itself."""
    if choice.sign:
        return _CERTAIN
    if nature.local in _words("anchors") or choice.unit == "shares":
        return _CERTAIN
    if nature.local in _positive() and len(_negative(choice.line)) < 2:
        return _CERTAIN
    if choice.period_type == "instant" and statement.kind is Kind.CASH_FLOW:
        return _CERTAIN
    if nature.is_result or nature.is_net_cash:
        return _PRINTED if not nature.is_net_cash or True in _negative(choice.line) else _SAID
    said = choice.period_type == "duration" and choice.balance == "credit" and says_loss(choice.line.label)
    return _SAID if said else _USUAL


def _printed(line: Line) -> list[Decimal]:
    """Return the amounts of *line* as printed, without those that are nil."""
    return [figure.printed for figure in line.figures if figure.printed]


def _negative(line: Line) -> set[bool]:
    """Return whether the figures of *line* that are not nil are printed as negative: both, where some are and some are not."""
    return {figure.numeral.negative for figure in line.figures if figure.numeral.number}


def _alone(choice: Choice, nature: Nature, statement: Statement, ends: _Ends) -> Factor:
    """Return the factor of a line by its words and its place, as if it stood in no sum."""
    if choice.sign:
        return (-1 if choice.sign == "turned" else 1), f"the rule {choice.rule} says {choice.sign}"
    if choice.period_type == "instant" and statement.kind is Kind.CASH_FLOW:
        return 1, "a balance of cash keeps its printed sign"
    if choice.unit == "shares" or choice.unit == "percent":
        return 1, "a count keeps its printed sign"
    if nature.local in _words("anchors"):
        return 1, "a total that everything else is measured by"
    if nature.local in _positive() and len(negative := _negative(choice.line)) == 1:
        return (-1 if True in negative else 1), "the concept cannot be negative"
    told = _of_side(choice, nature, statement)
    if told is not None:
        return told
    if nature.is_result:
        return _by_words(choice.line)
    if nature.is_net_cash or _CHANGE_IN_CASH in nature.local:
        return _used(choice.line)
    if statement.kind is Kind.CASH_FLOW:
        return _in_cash_flow(choice, nature, ends)
    return _by_place(choice, statement, ends)


def _of_side(choice: Choice, nature: Nature, statement: Statement) -> Factor | None:
    """Return the factor of a row whose label says which of its concept's two sides it counts as positive.

    Among cash flows what is added back counts the other way, and only the totals count as their names say.
    """
    if statement.kind is Kind.CASH_FLOW and not nature.is_net_cash:
        return None
    said = polarity(choice.line.label, nature.local)
    if said is None or (said.way > 0 and (is_of_others(nature.local) or not (said.both or said.aside))):
        return None  # what others earn is printed as it is, or as it is taken off
    positive = all(printed > 0 for printed in _printed(choice.line))
    if said.both or said.aside or positive:
        way = -said.way if said.aside and not positive else said.way
        return way, f"the label says which side is {'positive' if said.both else 'meant'}"
    return 1, "as printed"


class _Ends(NamedTuple):
    """Lines of a statement, by index, that other lines stand above or below.

    *assets* is the first that totals the assets, *liabilities* the first that speaks of liabilities, *cash* the last
    that gives cash at the end; -1 where there is none. *deducts* says that all below cash flows are printed with a minus.
    """

    assets: int = -1
    liabilities: int = -1
    cash: int = -1
    deducts: bool = False

    @classmethod
    def of(cls, statement: Statement) -> _Ends:
        if statement.kind is Kind.CASH_FLOW:
            found = cls(cash=max((line.index for line in statement.lines if _ends_cash(line)), default=-1))
            below = [
                printed for line in statement.lines if _is_supplemental(line, found) and (printed := _printed(line))
            ]
            return found._replace(deducts=len(below) > 1 and all(max(printed) < 0 for printed in below))
        assets = (line.index for line in statement.lines if ends_a_side(line.label))
        owed = (
            line.index
            for line in statement.lines
            if any(_LIABILITIES.match(text) for text in (line.label, *line.headings))
        )
        return cls(assets=min(assets, default=-1), liabilities=min(owed, default=-1))


def _in_cash_flow(choice: Choice, nature: Nature, ends: _Ends) -> Factor:
    """Return the factor of a line that is a flow: debit concepts are inflows, credit concepts outflows."""
    if choice.balance is None:
        return _used(choice.line)
    if _is_supplemental(choice.line, ends):
        if ends.deducts and choice.balance == "credit":
            return -1, "supplemental information, which prints all that was paid with a minus"
        return 1, "supplemental information, printed as it is"
    if choice.own and choice.balance == "credit" and _is_paid(choice.line):
        return 1, "the label says that it is paid, and the figures have no minus"
    return (1 if choice.balance == "debit" else -1), f"a {choice.balance} concept among cash flows"


def _is_paid(line: Line) -> bool:
    """Whether *line* begins with a word of payment, and prints no minus: what the word says is not taken off again."""
    first = _WORDS.findall(line.label.lower())[:2]
    return not _words("paid_words").isdisjoint(first) and all(printed > 0 for printed in _printed(line))


def _used(line: Line) -> Factor:
    words = _said(line.label)
    printed = _printed(line)
    if words & _words("used_words") and not words & _words("provided_words") and all(p > 0 for p in printed):
        return -1, "the label says that cash was used"
    return 1, "as printed"


def _by_words(line: Line) -> Factor:
    """Turn the figures of a line that says loss alone and prints no minus."""
    printed = _printed(line)
    if printed and all(p > 0 for p in printed) and says_loss(line.label, line.headings):
        return -1, "the label says loss and the figures have no minus"
    return 1, "as printed"


@lru_cache(maxsize=1024)
def says_loss(label: str, headings: tuple[str, ...] = ()) -> bool:
    """Whether *label*, or else the nearest heading, speaks of a loss and of nothing that is not one.

    >>> says_loss("Net loss"), says_loss("Net income (loss)"), says_loss("Loss before income taxes")
    (True, False, True)
    >>> says_loss("Allowance for loan losses"), says_loss("Reserve for loss and loss adjustment expenses")
    (False, False)
    >>> says_loss("Total liabilities and stockholders' deficit"), says_loss("Total stockholders' equity (deficit)")
    (False, False)
    """
    told = load_json("tagging")
    if any(word in label.lower() for word in (*told["owed"], *told["set_aside"])):
        return False  # both sides of a balance sheet stay equal, whatever equity is called; what losses are set aside for is owed
    for text in (label, *reversed(headings)):
        bare = text.lower()
        for tax in told["income_tax"]:
            bare = bare.replace(tax, " ")
        words = frozenset(_WORDS.findall(bare))
        loss, gain = bool(words & _words("loss_words")), bool(words & _words("gain_words"))
        gain = gain or (words >= _words("equity_words") and bool(words & _words("deficit_words")))
        if loss or gain:
            return loss and not gain
    return False


def _by_place(choice: Choice, statement: Statement, ends: _Ends) -> Factor:
    """Return the factor of a line outside all sums."""
    printed = _printed(choice.line)
    negative = bool(printed) and all(p < 0 for p in printed)
    if statement.kind is Kind.BALANCE_SHEET:
        side = "debit" if _on_asset_side(choice.line, ends) else "credit"
        if negative and choice.balance and choice.balance != side:
            return -1, "deducted on its side of the balance sheet"
        return 1, "as printed"
    if is_of_others(choice.local) and choice.line.headings and is_split(choice.line.headings[-1]):
        return 1, "a part of what is split up among owners"
    if is_of_others(choice.local) and negative and says_loss(choice.line.label):
        return 1, "a loss, and printed as one"
    if choice.balance == "debit" and negative and not has_both_sides(choice.line.label):
        return -1, "a cost printed as a deduction"
    if choice.balance == "credit":
        of_losses = choice.period_type == "instant"  # "Reserve for loan losses" over its balances, which are none
        return _by_words(replace(choice.line, headings=()) if of_losses else choice.line)
    return 1, "as printed"


def _on_asset_side(line: Line, ends: _Ends) -> bool:
    if ends.assets >= 0:
        return line.index <= ends.assets
    if 0 <= ends.liabilities <= line.index:
        return False
    return not any("liabilit" in heading.lower() or "equity" in heading.lower() for heading in line.headings)


def _is_supplemental(line: Line, ends: _Ends) -> bool:
    """Whether *line* stands below the end of the cash flows, or under a heading that says supplemental."""
    said = " ".join(line.headings).lower()
    if any(word in said for word in _words("supplemental")):
        return True
    return 0 <= ends.cash < line.index


def _ends_cash(line: Line) -> bool:
    words = _said(line.label)
    return "cash" in words and bool(words & _words("end_words"))


@lru_cache(maxsize=1024)
def _said(label: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(label.lower()))


_words = partial(word_set, "tagging")


@cache
def _positive() -> frozenset[str]:
    """Return the concepts whose values cannot be negative."""
    revenues = {name.partition(":")[2] for name in load_json("tagging")["revenues"]}
    return frozenset(revenues.union(load_json("proving")["never_negative"]))
