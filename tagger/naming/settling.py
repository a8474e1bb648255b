"""Settling who gets what: one concept to one line of a statement."""

from __future__ import annotations

from collections.abc import Sequence

from tagger.findings import Code, Finding
from tagger.matching.rows import Candidate
from tagger.naming.apart import same_figures
from tagger.naming.candidates import Wanted
from tagger.naming.ends import begins
from tagger.naming.weighed import says_diluted
from tagger.ruleset.rule import ROW_MEMBER
from tagger.statement import PRIMARY, Line
from tagger.values import Measure


def settled(wanted: Sequence[Wanted]) -> list[Candidate | None]:
    """Give each concept to one line: the one whose candidate ranks highest; others fall back to their next.

    A balance at the beginning of the periods and one at their end are two facts of one concept. Lines outside the
    statements that rank equally all get it: which is right, if any, is for `merge` to settle.
    """
    taken: dict[tuple[object, ...], int] = {}
    picks: list[int] = [0] * len(wanted)
    queue = list(range(len(wanted)))
    while queue:
        position = queue.pop(0)
        candidates = wanted[position].candidates
        if picks[position] >= len(candidates):
            continue
        want, candidate = wanted[position], candidates[picks[position]]
        line = want.line
        key = (candidate.concept, candidate.members, line.scope, line.currency, begins(line), _own_row(want, candidate))
        holder = taken.get(key)
        if holder is None or _beside(wanted[holder], wanted[holder].candidates[picks[holder]], want, candidate):
            taken.setdefault(key, position)
        elif _place(want, candidate) > _place(wanted[holder], wanted[holder].candidates[picks[holder]]):
            taken[key] = position
            picks[holder] = _next_concept(wanted[holder], picks[holder])
            queue.append(holder)
        else:
            picks[position] = _next_concept(want, picks[position])
            queue.append(position)
    return [
        want.candidates[pick] if pick < len(want.candidates) else None for want, pick in zip(wanted, picks, strict=True)
    ]


def _place(want: Wanted, candidate: Candidate) -> tuple[bool, tuple[object, ...]]:
    """Return how surely a row is what *candidate* says: one with a label more than a total that is called after what it sums."""
    return bool(want.line.label), candidate.rank


def _beside(one: Wanted, of_one: Candidate, other: Wanted, of_other: Candidate) -> bool:
    """Whether two rows may have one concept: both say the same, or outside the statements both rank the same."""
    tied = of_one.rank == of_other.rank and other.query.kind not in PRIMARY
    return tied or same_figures(one.line, other.line) or _twins(one, other)


def _twins(one: Wanted, other: Wanted) -> bool:
    """Whether two rows say the same with other figures: which is right, if any, is for `merge` to settle.

    That goes for money under two headings too, "Domestic" and "International"; "Primary" and "Fully diluted" are
    two concepts, and in a statement a namesake adds up to another total, unless it is the same money in some columns.
    """
    if one.query.label != other.query.label:
        return False
    if one.query.kind in PRIMARY:
        alike = one.query.headings == other.query.headings and one.query.unit == Measure.MONEY
        return alike and _differs_somewhere(one.line, other.line)
    return one.query.headings == other.query.headings or one.query.unit == Measure.MONEY


def _differs_somewhere(one: Line, other: Line) -> bool:
    """Whether two lines print the same amount in one column, and another in one."""
    amounts = {figure.column: figure.printed for figure in other.figures}
    both = [(figure.printed, amounts[figure.column]) for figure in one.figures if figure.column in amounts]
    return any(first == second and first for first, second in both) and any(first != second for first, second in both)


def _own_row(want: Wanted, candidate: Candidate) -> str:
    """Return what tells rows apart that one rule gives members of their own."""
    return want.line.label if any(member.member == ROW_MEMBER for member in candidate.members) else ""


def _next_concept(want: Wanted, pick: int) -> int:
    """Return the next candidate of *want* for another concept: no row is diluted because another one has what is basic."""
    candidates = want.candidates
    now = (candidates[pick].concept, candidates[pick].members)
    unsaid = "Diluted" not in now[0] and want.query.unit != Measure.MONEY and not says_diluted(want)
    while pick < len(candidates) and (
        (candidates[pick].concept, candidates[pick].members) == now
        or (unsaid and "Diluted" in candidates[pick].concept)
    ):
        pick += 1
    return pick


def ambiguous(want: Wanted, candidate: Candidate | None) -> bool:
    """Whether another rule wants the line just as much, for another concept."""
    if candidate is None:
        return False
    rivals = [c for c in want.candidates if c.rank == candidate.rank]
    return any((c.concept, c.members) != (candidate.concept, candidate.members) for c in rivals)


def outdone(want: Wanted) -> Finding:
    """Return the finding that another line has the concept that rules want for that of *want*."""
    return Finding.warning(
        Code.AMBIGUOUS_CONCEPT,
        f"{want.line.label!r}: rule {want.candidates[0].rule.id} wants it, and another row of the table says more exactly "
        f"that it is {want.candidates[0].concept}; it is left out",
        want.line.figures[0].span,
    )


def ambiguity(want: Wanted) -> Finding:
    """Return the finding that rules want the line of *want* equally for different concepts."""
    best = [c for c in want.candidates if c.rank == want.candidates[0].rank]
    rules = ", ".join(f"{c.rule.id} ({c.concept})" for c in best)
    return Finding.warning(
        Code.AMBIGUOUS_CONCEPT,
        f"{want.line.label!r}: rules want it equally for different concepts: {rules}; give one of them 'over'",
        want.line.figures[0].span,
    )
