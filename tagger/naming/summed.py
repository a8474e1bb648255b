"""What the sums of a statement say of names: a row that is a part of a total is never the total, unless a member says
which part, and then it has the name of the total; what adds up to a flow is no balance; a whole and a part of it are beside
each other only in its sum; and a total that is added to what discontinued operations gave is without those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

from msgspec.structs import replace

from tagger.arithmetic.search.totals import is_total
from tagger.catalog import Catalog
from tagger.data import load_json, word_set
from tagger.matching.rows import Candidate
from tagger.naming.candidates import Wanted
from tagger.naming.settling import settled
from tagger.naming.weighed import EVIDENCE
from tagger.statement import COMPANY, Kind, Statement, Sum

_HALF = 0.5
_Row: TypeAlias = tuple[Wanted, Candidate]
_OF_TOTAL = "the total of it and of its like has this name"
_ADDED = "what discontinued operations gave is added to it"


def without_totals_of_parts(wanted: Sequence[Wanted], statement: Statement) -> tuple[Wanted, ...]:
    """Return *wanted* without candidates that would give a part of a sum the concept of the sum, or one as good.

    A member of the part's own keeps it apart. What a sum is called is settled first; where that takes a concept from a
    part, the other sums are looked at again.
    """
    wanted = tuple(wanted)
    totals = {found.total for found in statement.sums}
    if not any(_alternatives(c.concept) for want in wanted if want.line.index in totals for c in want.candidates):
        return wanted
    for _ in statement.sums:
        barred = _barred(wanted, statement.sums)
        if not barred:
            break
        wanted = tuple(_without(w, barred[w.line.index]) if w.line.index in barred else w for w in wanted)
    return wanted


def _barred(wanted: Sequence[Wanted], sums: Sequence[Sum]) -> Mapping[int, frozenset[str]]:
    """Return the concepts that lines now have and must not, by line."""
    chosen = {
        want.line.index: one
        for want, one in zip(wanted, settled(wanted), strict=True)
        if one is not None and want.line.scope == COMPANY
    }
    likely = {want.line.index: want.candidates[0] for want in wanted if want.candidates and _is_one_whole(want)}
    found: dict[int, frozenset[str]] = {}
    for added in sums:
        total = likely.get(added.total) or chosen.get(added.total)
        if total is None or total.members or set(added.weights) != {1} or len(added.parts) < 2:
            continue
        alternatives = _alternatives(total.concept)
        found.update({part: alternatives for part in added.parts if _repeats(chosen.get(part), alternatives)})
    return found


def _is_one_whole(want: Wanted) -> bool:
    """Whether a row is likely what there is one of in a statement, also where a part of it is called so more exactly."""
    first = want.candidates[0]
    return first.concept in load_json("tagging")["one_wholes"] and (
        first.confidence is None or first.confidence >= _HALF
    )


def _repeats(candidate: Candidate | None, alternatives: frozenset[str]) -> bool:
    return candidate is not None and not candidate.members and candidate.concept in alternatives


def _without(want: Wanted, alternatives: frozenset[str]) -> Wanted:
    return replace(want, candidates=tuple(one for one in want.candidates if not _repeats(one, alternatives)))


def without_balances_in_flows(wanted: Sequence[Wanted], statement: Statement, catalog: Catalog) -> tuple[Wanted, ...]:
    """Return *wanted* without balances for the parts of a sum that is a flow: "Equipment" above "Total revenues" is sold.

    What stood at the beginning and what came add up to a balance, the other way round.
    """
    wanted = tuple(wanted)
    if not statement.sums or not any(_is_balance(one, catalog) for want in wanted for one in want.candidates[:1]):
        return wanted
    chosen = {want.line.index: one for want, one in zip(wanted, settled(wanted), strict=True) if one is not None}
    flows = {
        part
        for added in statement.sums
        if added.total in chosen and not _is_balance(chosen[added.total], catalog)
        for part in added.parts
    }
    return tuple(
        replace(want, candidates=tuple(one for one in want.candidates if not _is_balance(one, catalog)))
        if want.line.index in flows
        else want
        for want in wanted
    )


def _is_balance(candidate: Candidate, catalog: Catalog) -> bool:
    concept = catalog.get(candidate.concept)
    return concept is not None and concept.period_type == "instant"


def _alternatives(concept: str) -> frozenset[str]:
    """Return the concepts that filers use for the total that *concept* is, several as for revenue, or one; none where
    a part of what it names may have its name too.

    A balance at the end is the sum of that at the beginning and what came and went: both are one concept.
    """
    kinds = word_set("tagging", "revenues")
    if concept in kinds:
        return kinds
    others = load_json("tagging")["one_wholes"].get(concept)
    return frozenset() if others is None else frozenset((concept, *others))


def with_names_of_totals(wanted: Sequence[Wanted], statement: Statement) -> tuple[Wanted, ...]:
    """Return *wanted* with one name for all kinds of a revenue, or of a cost, that add up: where they have several, that of
    their total. Rules of a user's pack stay.
    """
    wanted = tuple(wanted)
    if not any(one.members for want in wanted for one in want.candidates[:1]):
        return wanted
    chosen = {want.line.index: one for want, one in zip(wanted, settled(wanted), strict=True) if one is not None}
    named: dict[int, str] = {}
    for added in statement.sums:
        total = chosen.get(added.total)
        if total is not None and not total.members:
            kinds = {
                part: chosen[part] for part in added.parts if part in chosen and _is_kind(chosen[part], total.concept)
            }
            if len({kind.concept for kind in kinds.values()}) > 1:
                others = [part for part, kind in kinds.items() if kind.concept != total.concept and not kind.rule.layer]
                named.update(dict.fromkeys(others, total.concept))
    return tuple(
        _renamed(want, chosen[want.line.index], named[want.line.index], _OF_TOTAL) if want.line.index in named else want
        for want in wanted
    )


def _is_kind(part: Candidate, total: str) -> bool:
    """Whether *part* is a kind of what *total* is, by its member."""
    names = {part.concept, total}
    return bool(part.members) and any(names <= word_set("tagging", key) for key in ("revenues", "costs_of_revenue"))


def without_parts_beside_wholes(wanted: Sequence[Wanted], statement: Statement) -> tuple[Wanted, ...]:
    """Return *wanted* without names of which one means a whole and another a part of it, but where the one row sums the other.

    "General and administrative" beside "Selling" tells that neither is both. What evidence named less surely goes; what
    rules name stays.
    """
    wanted = tuple(wanted)
    wholes: Mapping[str, Sequence[str]] = load_json("tagging")["wholes"]
    first = {one.concept for want in wanted for one in want.candidates[:1]}
    if not any(whole in first and not first.isdisjoint(parts) for whole, parts in wholes.items()):
        return wanted
    totals = {found.total for found in statement.sums}
    for _ in wanted:
        rows = [
            (want, one)
            for want, one in zip(wanted, settled(wanted), strict=True)
            if one is not None and not one.members and want.line.scope == COMPANY
        ]
        apart = [
            (whole, part)
            for whole in rows
            if whole[0].line.index not in totals and not is_total(whole[0].line.label)
            for part in rows
            if part[1].concept in wholes.get(whole[1].concept, ())
        ]
        loser = _less_sure(*apart[0]) if apart else None
        if loser is None:
            break
        wanted = tuple(_likely_others(*loser) if want is loser[0] else want for want in wanted)
    return wanted


def _likely_others(want: Wanted, chosen: Candidate) -> Wanted:
    """Return *want* without the concept *chosen*, and without others that only few filers would give."""
    others = (one for one in want.candidates if one.concept != chosen.concept)
    likely = tuple(one for one in others if one.rule.id != EVIDENCE or (one.confidence or 0.0) >= _HALF)
    return replace(want, candidates=likely)


def _less_sure(whole: _Row, part: _Row) -> _Row | None:
    """Return the less sure of two rows whose names exclude each other, of those that evidence named; none where rules named both."""
    rows = [row for row in (part, whole) if row[1].rule.id == EVIDENCE]
    return min(rows, key=lambda row: row[1].confidence or 0.0, default=None)


def with_continuing(wanted: Sequence[Wanted], statement: Statement, catalog: Catalog) -> tuple[Wanted, ...]:
    """Return *wanted* with totals of an activity as those of continuing operations, where a sum has them among its parts
    beside the cash of discontinued operations from that activity: with it they would count it twice.
    """
    if statement.kind is not Kind.CASH_FLOW or not any(_names_discontinued(want) for want in wanted):
        return tuple(wanted)
    chosen = {want.line.index: one for want, one in zip(wanted, settled(wanted), strict=True) if one is not None}
    without = {
        part: name
        for added in statement.sums
        if set(added.weights) == {1}
        for part, name in _without_discontinued({part: chosen[part] for part in added.parts if part in chosen}).items()
        if catalog.get(name) is not None
    }
    return tuple(
        _renamed(want, chosen[want.line.index], without[want.line.index], _ADDED)
        if want.line.index in without
        else want
        for want in wanted
    )


def _without_discontinued(parts: Mapping[int, Candidate]) -> Mapping[int, str]:
    """Return what totals among the *parts* of a sum are called that stand beside their share of discontinued operations."""
    there = {one.concept for one in parts.values()}
    found = ((part, _continuing().get(one.concept)) for part, one in parts.items() if not one.rule.layer)
    return {part: pair[1] for part, pair in found if pair is not None and pair[0] in there}


def _renamed(want: Wanted, chosen: Candidate, concept: str, why: str) -> Wanted:
    others = tuple(one for one in want.candidates if one.concept not in (chosen.concept, concept))
    found = replace(chosen, concept=concept, confidence=None, why=f"{chosen.why}; {why}")
    return replace(want, candidates=(found, *others))


def _names_discontinued(want: Wanted) -> bool:
    return any(one.concept in _discontinued() for one in want.candidates[:1])


@cache
def _discontinued() -> frozenset[str]:
    return frozenset(cash for cash, _ in _continuing().values())


def _continuing() -> Mapping[str, tuple[str, str]]:
    """Return for the total of an activity what discontinued operations gave to it, and the total without that."""
    pairs: Mapping[str, tuple[str, str]] = load_json("tagging")["continuing"]
    return pairs
