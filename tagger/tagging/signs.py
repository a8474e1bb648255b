"""The sign of each line's values, against the sign its figures are printed with.

A factor of 1 keeps the printed sign, -1 turns it. Where a line is part of a sum,
arithmetic decides: how the line contributes to its total, and whether concept and
total have the same balance. Elsewhere the words and the place decide. A printed
minus and a word of loss never add up to two minuses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from tagger.data import load_json
from tagger.statement import Kind, Line, Statement
from tagger.tagging.choice import Choice

_WORDS = re.compile(r"[a-z]+")
_LIABILITIES = re.compile(r"(?:total\s+)?(?:current\s+)?liabilit", re.IGNORECASE)

Factor = tuple[int, str]


def sign_factors(choices: Sequence[Choice], statement: Statement) -> dict[int, Factor]:
    """Return for each line of *choices* the factor from printed figure to value, and why."""
    by_line = {choice.line.index: choice for choice in choices}
    parts = {
        part: (found.total, weight)
        for found in statement.sums
        for part, weight in zip(found.parts, found.weights, strict=True)
    }
    factors: dict[int, Factor] = {}
    for choice in reversed(choices):
        line = choice.line.index
        total, weight = parts.get(line, (None, 1))
        factors[line] = _factor(choice, by_line.get(total) if total is not None else None, weight, factors, statement)
    return factors


def _factor(
    choice: Choice, total: Choice | None, weight: int, factors: Mapping[int, Factor], statement: Statement
) -> Factor:
    if choice.sign:
        return (-1 if choice.sign == "turned" else 1), f"the rule {choice.rule} says {choice.sign}"
    if choice.period_type == "instant" and statement.kind is Kind.CASH_FLOW:
        return 1, "a balance of cash keeps its printed sign"
    if choice.unit == "shares" or choice.unit == "percent":
        return 1, "a count keeps its printed sign"
    if choice.local in _words("anchors"):
        return 1, "a total that everything else is measured by"
    if choice.unit == "per-share" or choice.local in _words("results"):
        return _by_words(choice.line)
    if statement.kind is Kind.CASH_FLOW:
        return _in_cash_flow(choice, total, weight, factors, statement)
    if total is not None and total.line.index in factors and choice.balance and total.balance:
        same = 1 if choice.balance == total.balance else -1
        factor = weight * factors[total.line.index][0] * same
        return factor, f"part of the sum {total.line.label or 'without a label'!r}"
    return _by_place(choice, statement)


def _in_cash_flow(
    choice: Choice, total: Choice | None, weight: int, factors: Mapping[int, Factor], statement: Statement
) -> Factor:
    """Return the factor of a line that is a flow: debit concepts are inflows, credit concepts outflows."""
    if choice.balance is None or choice.local.startswith("NetCashProvided"):
        return _used(choice.line)
    if total is None and _is_supplemental(choice.line, statement):
        return 1, "supplemental information, printed as it is"
    flow = 1 if choice.balance == "debit" else -1
    if total is not None and total.line.index in factors:
        return weight * factors[total.line.index][0] * flow, f"part of the sum {total.line.label!r}"
    return flow, f"a {choice.balance} concept among cash flows"


def _used(line: Line) -> Factor:
    words = _said(line.label)
    printed = [figure.printed for figure in line.figures if figure.printed]
    if words & _words("used_words") and not words & _words("provided_words") and all(p > 0 for p in printed):
        return -1, "the label says that cash was used"
    return 1, "as printed"


def _by_words(line: Line) -> Factor:
    """Turn the figures of a line that says loss alone and prints no minus."""
    printed = [figure.printed for figure in line.figures if figure.printed]
    if printed and all(p > 0 for p in printed) and says_loss(line.label, line.headings):
        return -1, "the label says loss and the figures have no minus"
    return 1, "as printed"


def says_loss(label: str, headings: Sequence[str] = ()) -> bool:
    """Whether *label*, or else the nearest heading, speaks of a loss and of nothing that is not one.

    >>> says_loss("Net loss"), says_loss("Net income (loss)"), says_loss("Loss before income taxes")
    (True, False, True)
    >>> says_loss("Total liabilities and stockholders' deficit")
    False
    """
    if "liabilit" in label.lower():
        return False  # both sides of a balance sheet stay equal, whatever equity is called
    for text in (label, *reversed(headings)):
        bare = text.lower()
        for tax in load_json("tagging")["income_tax"]:
            bare = bare.replace(tax, " ")
        words = frozenset(_WORDS.findall(bare))
        loss, gain = bool(words & _words("loss_words")), bool(words & _words("gain_words"))
        if loss or gain:
            return loss and not gain
    return False


def _by_place(choice: Choice, statement: Statement) -> Factor:
    """Return the factor of a line outside all sums."""
    printed = [figure.printed for figure in choice.line.figures if figure.printed]
    negative = bool(printed) and all(p < 0 for p in printed)
    if statement.kind is Kind.BALANCE_SHEET:
        side = "debit" if _on_asset_side(choice.line, statement) else "credit"
        if negative and choice.balance and choice.balance != side:
            return -1, "deducted on its side of the balance sheet"
        return _by_words(choice.line) if choice.balance == "credit" else (1, "as printed")
    if choice.balance == "debit" and negative and not _dual(choice.line.label):
        return -1, "a cost printed as a deduction"
    if choice.balance == "credit":
        return _by_words(choice.line)
    return 1, "as printed"


def _dual(label: str) -> bool:
    """Whether *label* names both signs, so that the printed one counts: "Provision (benefit) for income taxes"."""
    return "(" in label or "/" in label


def _on_asset_side(line: Line, statement: Statement) -> bool:
    ends = [other.index for other in statement.lines if other.label.lower().startswith("total assets")]
    if ends:
        return line.index <= ends[0]
    before = (other for other in statement.lines if other.index <= line.index)
    return not any(_LIABILITIES.match(text) for other in before for text in (other.label, *other.headings)) and not any(
        "liabilit" in heading.lower() or "equity" in heading.lower() for heading in line.headings
    )


def _is_supplemental(line: Line, statement: Statement) -> bool:
    """Whether *line* stands below the end of the cash flows, or under a heading that says supplemental."""
    said = " ".join(line.headings).lower()
    if any(word in said for word in _words("supplemental")):
        return True
    ends = [other.index for other in statement.lines if _ends_cash(other)]
    return bool(ends) and line.index > ends[-1]


def _ends_cash(line: Line) -> bool:
    words = _said(line.label)
    return "cash" in words and bool(words & _words("end_words"))


def _said(label: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(label.lower()))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_json("tagging")[name])
