"""Parts and totals: a row that is a part of a total is never the total, unless a member says which part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tagger.data import word_set
from tagger.matching.rows import Candidate
from tagger.naming.candidates import Wanted
from tagger.naming.settling import settled
from tagger.statement import COMPANY, Statement, Sum


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
    found: dict[int, frozenset[str]] = {}
    for added in sums:
        total = chosen.get(added.total)
        if total is None or total.members or set(added.weights) != {1} or len(added.parts) < 2:
            continue
        kin = _alternatives(total.concept)
        found.update({part: kin for part in added.parts if _repeats(chosen.get(part), kin)})
    return found


def _repeats(candidate: Candidate | None, kin: frozenset[str]) -> bool:
    return candidate is not None and not candidate.members and candidate.concept in kin


def _without(want: Wanted, kin: frozenset[str]) -> Wanted:
    return replace(want, candidates=tuple(one for one in want.candidates if not _repeats(one, kin)))


def _alternatives(concept: str) -> frozenset[str]:
    """Return the concepts that filers use for the total that *concept* is, if there are several, as for revenue.

    A balance at the end is the sum of that at the beginning and what came and went: both are one concept.
    """
    kinds = word_set("tagging", "revenues")
    return kinds if concept in kinds else frozenset()
