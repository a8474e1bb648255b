"""The sign of each line's values, against the sign its figures are printed with.

A factor of 1 keeps the printed sign, -1 turns it. Where a line stands in a sum, arithmetic decides
first: the rows that sums tie together are settled as one, by how each counts towards the others and
by the balances of their concepts; words, and a minus that is printed, are votes there. Elsewhere the words
and the place decide. A printed minus and a word of loss never add up to two minuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tagger.arithmetic.orientation import Link, orient
from tagger.data import load_json
from tagger.statement import PRIMARY, Kind, Line, Statement, Sum
from tagger.tagging.choice import Choice

_WORDS = re.compile(r"[a-z]+")
_LIABILITIES = re.compile(r"(?:total\s+)?(?:current\s+)?liabilit", re.IGNORECASE)
_CERTAIN, _PRINTED, _SAID, _USUAL = 12, 4, 2, 1  # how heavy a vote is

Factor = tuple[int, str]


def sign_factors(choices: Sequence[Choice], statement: Statement) -> dict[int, Factor]:
    """Return for each line of *choices* the factor from printed figure to value, and why."""
    by_line = {choice.line.index: choice for choice in choices}
    alone = {line: _alone(choice, statement) for line, choice in by_line.items()}
    rolled = {line for found in statement.sums for line in _rolled(found, by_line)}
    direct = {
        line: _rolling(choice) if line in rolled else _direction(choice, statement) for line, choice in by_line.items()
    }
    weights = {line: _weight(choice, statement) for line, choice in by_line.items()}
    led = {found.total for found in statement.sums}  # a total is named with more care than its parts
    votes = {line: direct[line] * alone[line][0] * (weights[line] + (line in led)) for line in by_line}
    ways = orient(_links(statement, by_line, votes), votes).ways
    totals = _totals(statement)
    return {
        line: (ways[line] * direct[line], f"as the sum {totals[line]!r} wants it")
        if line in ways and direct[line] and weights[line] < _CERTAIN
        else alone[line]
        for line in by_line
    }


def _links(statement: Statement, by_line: Mapping[int, Choice], votes: Mapping[int, int]) -> Iterator[Link]:
    """Yield what the sums of *statement* say of their rows, the surest sums first."""
    sums = sorted(statement.sums, key=lambda found: (len(found.fails), -len(found.columns)))
    for found in sums:
        known = [by_line[line] for line in (found.total, *found.parts) if line in by_line]
        if _counts(known, statement, by_line.get(found.total)):
            weights = max(_rootings(found, statement), key=lambda ways: _borne_out(found, ways, votes))
            yield from (Link(found.total, line, sign) for line, sign in zip(found.parts, weights, strict=True))


def _counts(known: Sequence[Choice], statement: Statement, total: Choice | None) -> bool:
    """Whether a sum of *known* rows says how they count: outside the statements only one of cash flows does."""
    if total is not None and _is_net_cash(total) and sum(map(_is_net_cash, known)) > 1:
        return False  # the net cash of one activity is no part of another's
    if statement.kind in PRIMARY or any(map(_is_cash_flow, known)):
        return True
    spans = {choice.period_type for choice in known}
    return total is not None and (len(spans) == 1 or any(map(_rolling, known)))


def _rolled(found: Sum, by_line: Mapping[int, Choice]) -> Iterator[int]:
    """Yield the flows of *found* if they lead from one balance to the next: an allowance, what was added, what written off."""
    known = [by_line[line] for line in found.parts if line in by_line]
    flows = [choice for choice in known if choice.period_type == "duration" and not _is_cash_flow(choice)]
    if any(choice.period_type == "instant" for choice in known) and any(map(_rolling, flows)):
        yield from (choice.line.index for choice in flows)


def _rolling(choice: Choice) -> int:
    """Return how a flow counts towards the balance it changes, as its name says; 0 where it does not."""
    ways = load_json("tagging")["roll_forward"]
    return next((way for word, way in ways.items() if word in choice.local), 0)


def _rootings(found: Sum, statement: Statement) -> Iterator[Sequence[int]]:
    """Yield how the parts of *found* may count towards its total, the usual way first.

    A total printed above its parts may be what the last of them is the rest of: "Revenues; costs; operating
    income". Assets less liabilities are equity, of which neither side is a part.
    """
    yield found.weights
    if found.total < min(found.parts):
        last = max(found.parts)
        yield [w if line == last else -w for line, w in zip(found.parts, found.weights, strict=True)]
    if statement.kind is Kind.BALANCE_SHEET and -1 in found.weights:
        yield [-weight for weight in found.weights]


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


def _direction(choice: Choice, statement: Statement) -> int:
    """Return which way a positive value of *choice* counts in its statement: 1, -1, or 0 where nothing tells.

    Income and what is owed count one way, costs and what is owned the other; in cash flows debits are inflows.
    """
    if choice.unit in ("per-share", "shares"):
        return 1
    if choice.unit == "percent" or (choice.balance is None and not _is_net_cash(choice)):
        return 0
    inflow = choice.balance == "debit" or _is_net_cash(choice)
    if statement.kind is Kind.CASH_FLOW or _is_cash_flow(choice):
        return 1 if inflow or _is_result(choice) else -1
    return -1 if inflow else 1


def _is_cash_flow(choice: Choice) -> bool:
    return choice.local.startswith(tuple(load_json("tagging")["cash_flow_names"]))


def _is_net_cash(choice: Choice) -> bool:
    return choice.local.startswith("NetCashProvided")


def _is_result(choice: Choice) -> bool:
    return choice.unit == "per-share" or choice.local in _words("results")


def _weight(choice: Choice, statement: Statement) -> int:
    """Return how sure the sign is that *choice* has by itself."""
    if choice.sign:
        return _CERTAIN
    printed = [figure.printed for figure in choice.line.figures if figure.printed]
    steady = all(p > 0 for p in printed) or all(p < 0 for p in printed)
    if choice.local in _words("anchors") or choice.unit == "shares" or (steady and choice.local in _positive()):
        return _CERTAIN
    if choice.period_type == "instant" and statement.kind is Kind.CASH_FLOW:
        return _CERTAIN
    if _is_result(choice) or _is_net_cash(choice):
        return _PRINTED if any(p < 0 for p in printed) or not _is_net_cash(choice) else _SAID
    said = choice.period_type == "duration" and choice.balance == "credit" and says_loss(choice.line.label)
    return _SAID if said else _USUAL


def _alone(choice: Choice, statement: Statement) -> Factor:
    """Return the factor of a line by its words and its place, as if it stood in no sum."""
    if choice.sign:
        return (-1 if choice.sign == "turned" else 1), f"the rule {choice.rule} says {choice.sign}"
    if choice.period_type == "instant" and statement.kind is Kind.CASH_FLOW:
        return 1, "a balance of cash keeps its printed sign"
    if choice.unit == "shares" or choice.unit == "percent":
        return 1, "a count keeps its printed sign"
    if choice.local in _words("anchors"):
        return 1, "a total that everything else is measured by"
    printed = [figure.printed for figure in choice.line.figures if figure.printed]
    if choice.local in _positive() and printed and len({p < 0 for p in printed}) == 1:
        return (-1 if printed[0] < 0 else 1), "the concept cannot be negative"
    if _is_result(choice):
        return _by_words(choice.line)
    if statement.kind is Kind.CASH_FLOW:
        return _in_cash_flow(choice, statement)
    return _by_place(choice, statement)


def _in_cash_flow(choice: Choice, statement: Statement) -> Factor:
    """Return the factor of a line that is a flow: debit concepts are inflows, credit concepts outflows."""
    if choice.balance is None or _is_net_cash(choice):
        return _used(choice.line)
    if _is_supplemental(choice.line, statement):
        return 1, "supplemental information, printed as it is"
    return (1 if choice.balance == "debit" else -1), f"a {choice.balance} concept among cash flows"


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
        return 1, "as printed"
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


@cache
def _positive() -> frozenset[str]:
    """Return the concepts whose values cannot be negative."""
    revenues = {name.partition(":")[2] for name in load_json("tagging")["revenues"]}
    return frozenset(revenues.union(load_json("proving")["never_negative"]))
