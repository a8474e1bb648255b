"""Whose the equity of a total is: with the noncontrolling interests, or without them, as the sums of the balance sheet say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tagger.data import load_json, word_set
from tagger.naming.candidates import Wanted
from tagger.statement import Kind, Statement

_OF_OTHERS = "us-gaap:MinorityInterest"
_WITH = "noncontrolling interests are added to it"
_WITHOUT = "it adds up without noncontrolling interests"


def by_owners(wanted: Sequence[Wanted], statement: Statement) -> tuple[Wanted, ...]:
    """Return *wanted* with totals of equity as they add up: one that has noncontrolling interests among its parts is with
    them, one that has not, or that they are added to, is without.

    Of several rows of noncontrolling interests those outside the totals of equity are none of it. Rules of a user's pack stay.
    """
    wanted = tuple(wanted)
    others = {want.line.index for want in wanted if _is_of_others(want)}
    if statement.kind is not Kind.BALANCE_SHEET or not others:
        return wanted
    parts = {found.total: frozenset(found.parts) for found in statement.sums}
    pairs: Mapping[str, str] = load_json("tagging")["with_noncontrolling"]
    turned = {whole: without for without, whole in pairs.items()}
    within: set[int] = set()
    told = {}
    for want in wanted:
        row, under = want.line.index, _under(want.line.index, parts)
        if not any(one.concept in pairs or one.concept in turned for one in want.candidates):
            continue
        if under & others:
            within |= under & others
            told[row] = (pairs, _WITH)
        elif under or any(row in added and added & others for added in parts.values()):
            told[row] = (turned, _WITHOUT)
    wanted = tuple(_as_told(want, *told[want.line.index]) if want.line.index in told else want for want in wanted)
    return tuple(_without(want) if within and want.line.index in others - within else want for want in wanted)


def _as_told(want: Wanted, names: Mapping[str, str], why: str) -> Wanted:
    """Return *want* with its candidates by other *names*, where they have one."""
    return replace(
        want,
        candidates=tuple(
            replace(one, concept=names[one.concept], confidence=None, why=f"{one.why}; {why}")
            if one.concept in names and not one.rule.layer
            else one
            for one in want.candidates
        ),
    )


def _under(row: int, parts: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """Return all rows that a total adds up, those of its subtotals too."""
    found: frozenset[int] = frozenset()
    waiting = [row]
    while waiting:
        more = parts.get(waiting.pop(), frozenset()) - found
        found |= more
        waiting.extend(more)
    return found


def _is_of_others(want: Wanted) -> bool:
    return any(one.concept in word_set("tagging", "equity_of_others") for one in want.candidates[:1])


def _without(want: Wanted) -> Wanted:
    """Return *want* without the name of noncontrolling interests in equity."""
    kept = tuple(one for one in want.candidates if one.concept != _OF_OTHERS or one.rule.layer)
    return replace(want, candidates=kept)
