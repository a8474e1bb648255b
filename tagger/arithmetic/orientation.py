"""Which way each row counts among the others of its statement: by its concept, and as sums tie it to others.

A *link* says that two rows count the same way or opposite ways; a *vote* is what a row's own words,
concept or printed minus say of it, heavier where they are surer. Rows tied by links are settled
together: the heavier side wins for all of them, so that a word misprinted in one row does not
overrule what the others add up to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tagger.data import load_json, word_set
from tagger.statement import PRIMARY, Kind, Sum


class Nature(NamedTuple):
    """What a row reports, as far as sums ask: its concept's local name and balance, the sort of its unit, and when."""

    local: str
    balance: str | None
    unit: str
    instant: bool

    @property
    def is_net_cash(self) -> bool:
        return self.local.startswith("NetCashProvided")

    @property
    def is_cash_flow(self) -> bool:
        return _flows(self.local)

    @property
    def is_result(self) -> bool:
        return self.unit == "per-share" or is_result(self.local)

    @property
    def rolls(self) -> int:
        """How a flow counts towards the balance it changes, as its name says; 0 where it does not."""
        return _rolls(self.local)


@lru_cache(maxsize=1024)
def direction(of: Nature, kind: Kind) -> int:
    """Return which way a positive value of *of* counts in a statement of *kind*: 1, -1, or 0 where nothing tells.

    Income and what is owed count one way, costs and what is owned the other; in cash flows debits are inflows.

    >>> direction(Nature("Revenues", "credit", "money", False), Kind.OPERATIONS)
    1
    >>> direction(Nature("PaymentsOfDividends", "credit", "money", False), Kind.CASH_FLOW)
    -1
    """
    if of.unit in ("per-share", "shares"):
        return 1
    if of.unit == "percent" or (of.balance is None and not of.is_net_cash):
        return 0
    inflow = of.balance == "debit" or of.is_net_cash
    if kind is Kind.CASH_FLOW or of.is_cash_flow:
        return 1 if inflow or of.is_result else -1
    return -1 if inflow else 1


def directed(found: Sum, natures: Mapping[int, Nature]) -> dict[int, int]:
    """Return the rows of *found* that count otherwise in it than their concepts do by themselves, and which way.

    Flows between two balances count as they change the balance. The noncontrolling interests' part of a result counts with
    the others' where it is split up among owners, and a partner's part against it where it leaves that of the other partners.
    """
    known = {line: natures[line] for line in found.parts if line in natures}
    total = natures.get(found.total)
    ways: dict[int, int] = {}
    if rolled(known.values()):
        ways = {line: of.rolls for line, of in known.items() if not of.instant and not of.is_cash_flow}
    ways.update(dict.fromkeys(_shared(known, total), 1))
    ways.update(dict.fromkeys(_taken_off(known, total), -1))
    return ways


def _shared(known: Mapping[int, Nature], total: Nature | None) -> list[int]:
    """Return the rows of *known* that are the noncontrolling interests' part of a result that is split up among owners."""
    outside = [line for line, nature in known.items() if is_of_others(nature.local)]
    if not outside or any(is_undivided(nature.local) for nature in known.values()):
        return []
    if total is None or total.balance is None:  # a total that only repeats the result, without a name
        return outside if any(nature.is_result for nature in known.values()) else []
    return outside if is_undivided(total.local) else []


def _taken_off(known: Mapping[int, Nature], total: Nature | None) -> list[int]:
    """Return the rows of *known* that are a partner's part of a result, where the *total* is the other partners' part."""
    if total is None or not _is_of_partners(total.local):
        return []
    return [line for line, nature in known.items() if _is_of_partners(nature.local)]


@lru_cache(maxsize=512)
def _is_of_partners(local: str) -> bool:
    return local.endswith(tuple(load_json("tagging")["partners_parts"]))


def rolled(known: Iterable[Nature]) -> bool:
    """Whether *known* rows lead from one balance to the next: an allowance, what was added, what was written off."""
    rows = list(known)
    return any(row.instant for row in rows) and any(
        row.rolls for row in rows if not row.instant and not row.is_cash_flow
    )


def tells(known: Sequence[Nature], total: Nature | None, kind: Kind) -> bool:
    """Whether a sum of *known* rows says how they count: outside the statements only one of a named total does."""
    if total is not None and total.is_net_cash and sum(row.is_net_cash for row in known) > 1:
        return False  # the net cash of one activity is no part of another's
    if kind in PRIMARY or any(row.is_cash_flow for row in known):
        return True
    return total is not None and (len({row.instant for row in known}) == 1 or any(row.rolls for row in known))


def rootings(found: Sum, known: Sequence[Nature], kind: Kind) -> Iterator[tuple[int, ...]]:
    """Yield how the parts of *found* may count towards its total, the usual way first; *known* are what its rows report.

    A total printed above its parts may be what the last of them is the rest of: "Revenues; costs; operating
    income". Of balances any may be the whole: "Cash with what is restricted; less restricted; cash". Assets less
    liabilities are equity, and assets liabilities and equity, of which neither side is a part.
    """
    yield found.weights
    if found.total < min(found.parts):
        yield _rooted(found, max(found.parts))
    if -1 in found.weights and all(row.instant for row in known):
        yield from (_rooted(found, part) for part, weight in zip(found.parts, found.weights, strict=True) if weight > 0)
    sides = {row.balance for row in known}
    if (kind is Kind.BALANCE_SHEET and -1 in found.weights) or (len(sides) > 1 and all(row.instant for row in known)):
        yield tuple(-weight for weight in found.weights)


def _rooted(found: Sum, whole: int) -> tuple[int, ...]:
    """Return how the parts count if *whole*, one of them, is the whole of the others and of the printed total."""
    return tuple(w if line == whole else -w for line, w in zip(found.parts, found.weights, strict=True))


@lru_cache(maxsize=512)
def _flows(local: str) -> bool:
    return local.startswith(tuple(load_json("tagging")["cash_flow_names"]))


@lru_cache(maxsize=512)
def _rolls(local: str) -> int:
    return next((way for word, way in load_json("tagging")["roll_forward"].items() if word in local), 0)


def is_result(local: str) -> bool:
    """Whether the concept called *local* is what is left of income, or the equity that it is added to."""
    return local in word_set("tagging", "results")


@lru_cache(maxsize=1024)
def is_of_others(local: str) -> bool:
    """Whether the concept called *local* is the part of a result that is not the parent's."""
    return local.endswith(tuple(load_json("tagging")["noncontrolling_ends"])) and not is_undivided(local)


@lru_cache(maxsize=512)
def is_undivided(local: str) -> bool:
    """Whether the concept called *local* is a result before it is split up among owners."""
    return local == "ProfitLoss" or "IncludingPortionAttributableToNoncontrollingInterest" in local


class Link(NamedTuple):
    """*one* and *other* count the same way (*sign* 1) or opposite ways (-1)."""

    one: int
    other: int
    sign: int


def orient(links: Iterable[Link], votes: Mapping[int, int]) -> Mapping[int, int]:
    """Return the way (1 or -1) each row of *links* counts; rows whose links contradict one another are not told.

    >>> orient([Link(1, 2, -1), Link(2, 3, 1)], {1: 4, 3: 1})
    {1: 1, 2: -1, 3: -1}
    """
    tied: dict[int, dict[int, int]] = {}  # each group by its rows, with their ways against the group's first row
    torn: set[int] = set()
    for link in links:
        one = tied.setdefault(link.one, {link.one: 1})
        other = tied.setdefault(link.other, {link.other: 1})
        turned = one[link.one] * link.sign * other[link.other]
        if one is not other:
            one.update({row: way * turned for row, way in other.items()})
            tied.update(dict.fromkeys(other, one))
        elif turned < 0:
            torn.add(link.one)
    ways = {}
    for row, group in tied.items():
        if row not in ways and torn.isdisjoint(group):
            heavier = sum(votes.get(member, 0) * way for member, way in group.items())
            ways.update({member: way if heavier >= 0 else -way for member, way in group.items()})
    return {row: ways[row] for row in sorted(ways)}
