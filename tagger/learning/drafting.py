"""From rows to drafts of rules: one for each meaning, with the labels that have it and what tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tagger.learning.patterns import pattern_of, whole_pattern_of, words_of
from tagger.learning.rows import ConceptsOf, Meaning, Row
from tagger.learning.telling import NOTES, Condition, standing, stands, tell, together
from tagger.statement import PRIMARY, Kind

_OUTWEIGHS = 4
"""How many figures of one meaning make a figure of another, beside which nothing tells it, a slip."""


class Draft(Struct, frozen=True, kw_only=True):
    """A rule to be: what its rows mean, how they are written, where they stand, and the rows it was learned from."""

    meaning: Meaning
    statements: tuple[str, ...]
    patterns: tuple[str, ...]
    conditions: tuple[Condition, ...]
    rows: tuple[Row, ...]
    sign: str = ""


class Drafts(Struct, frozen=True, kw_only=True):
    """All drafts, and the rows that no draft could be made of, each with the reason."""

    drafts: tuple[Draft, ...]
    untold: tuple[tuple[Row, str], ...]
    twofold: tuple[tuple[str, tuple[str, ...]], ...]
    changed: tuple[tuple[str, str, str], ...]


def draft(rows: Sequence[Row], concepts_of: ConceptsOf) -> Drafts:
    """Return drafts for *rows*, which are those of all filings; *concepts_of* says what a label is in a statement."""
    labels: dict[str, list[Row]] = {}
    for row in rows:
        pattern = pattern_of(row.query.label) or whole_pattern_of(row.query.label)
        if pattern:
            labels.setdefault(words_of(pattern), []).append(row)
    made: list[Draft] = []
    untold: list[tuple[Row, str]] = []
    twofold: list[tuple[str, tuple[str, ...]]] = []
    changed: list[tuple[str, str, str]] = []
    for words in sorted(labels):
        same = list(_newest(labels[words], changed))
        meanings = sorted({row.meaning for row in same if row.meaning is not None}, key=str)
        if len(meanings) > 1:
            twofold.append((same[0].query.label, tuple(map(str, meanings))))
        for meaning in meanings:
            found, left = _of_meaning(meaning, same, concepts_of)
            made.extend(found)
            untold.extend((row, _nothing_tells(meaning, meanings)) for row in left)
    return Drafts(drafts=tuple(_joined(made)), untold=tuple(untold), twofold=tuple(twofold), changed=tuple(changed))


def _of_meaning(meaning: Meaning, same: Sequence[Row], concepts_of: ConceptsOf) -> tuple[list[Draft], list[Row]]:
    """Return the drafts for one meaning of a label, and rows that nothing tells from its others.

    A number in the label, as of a loan's rate and year, tells more than the rows around it. Where nothing tells, the newer
    filing counts, and in it what nearly all figures are.
    """
    own = [row for row in same if row.meaning == meaning]
    others = [row for row in same if row.meaning != meaning]
    newest = max(row.newest for row in same if row.meaning is not None)
    found: list[Draft] = []
    left: list[Row] = []
    for part, conditions in _told(own, others):
        numbered, rest = ([], part) if _is_sure(conditions) else _told_by_number(part, others)
        if conditions is None or not rest:
            found.extend(_one(meaning, rows, (), whole=True) for rows in numbered)
            part = [row for row in rest if row.newest == newest]
            conditions = tell(part, _weighty([row for row in others if row.newest == newest], part)) if part else None
        one = None if conditions is None else _apart(_one(meaning, part, conditions), others, concepts_of)
        found.extend([one] if one is not None else [])
        left.extend(rest[:1] if one is None else [])
    return found, left


def _weighty(others: Sequence[Row], part: Sequence[Row]) -> list[Row]:
    """Return those of *others* whose meanings have so many figures that the rows of *part* do not outweigh them."""
    own = sum(row.figures for row in part)
    count: dict[Meaning | None, int] = {}
    for row in others:
        count[row.meaning] = count.get(row.meaning, 0) + row.figures
    return [row for row in others if _OUTWEIGHS * count[row.meaning] > own]


def _is_sure(conditions: Sequence[Condition] | None) -> bool:
    """Whether *conditions* say more than a number in the label would: what rows stand around changes sooner."""
    return conditions is not None and all(condition.key in ("unit", "section") for condition in conditions)


def _apart(one: Draft, others: Sequence[Row], concepts_of: ConceptsOf) -> Draft | None:
    """Return *one* so that it takes no row of a table that repeats those of a statement; `None` if that cannot be had.

    Highlights and tables of a discussion repeat rows of the statements. A rule that was learned in a note, say of net income
    as if a purchase had been made a year before, is told from such rows by what stands around it, or left out.
    """
    if not {Kind(name) for name in one.statements} & NOTES:
        return one
    named = [row for row in others if row.meaning is not None and row.query.kind in PRIMARY]
    rivals = _weighty(named, one.rows)
    plain = concepts_of(one.rows[0].query.label)
    if not rivals and (not plain or (one.meaning.concept in plain and not one.meaning.members)):
        return one
    if any(stands(condition, one.rows, rivals, concepts_of) for condition in one.conditions):
        return one
    found = standing(one.rows, rivals, concepts_of)
    return None if found is None else replace(one, conditions=tuple(sorted({*one.conditions, found})))


def _told(own: Sequence[Row], others: Sequence[Row]) -> Iterable[tuple[Sequence[Row], tuple[Condition, ...] | None]]:
    """Yield the rows of one meaning with what tells them from *others*: all together, or statement by statement, or each."""
    together = tell(own, others)
    if together is not None:
        yield own, together
        return
    groups: dict[object, list[Row]] = {}
    for row in own:
        groups.setdefault(row.query.kind, []).append(row)
    for rows in groups.values():
        conditions = tell(rows, others)
        if conditions is not None:
            yield rows, conditions
            continue
        single: dict[tuple[str, ...], list[Row]] = {}
        for row in rows:
            single.setdefault(tuple(map(words_of, row.query.headings[-1:])), []).append(row)
        for alike in single.values():
            yield alike, tell(alike, others)


def _told_by_number(rows: Sequence[Row], others: Sequence[Row]) -> tuple[list[list[Row]], Sequence[Row]]:
    """Return *rows* that the numbers in their labels tell from *others*, those of one label together, and the rest."""
    taken = {whole_pattern_of(row.query.label) for row in others}
    found: dict[str, list[Row]] = {}
    left: list[Row] = []
    for row in rows:
        whole = whole_pattern_of(row.query.label)
        if whole and whole not in taken and words_of(whole) != words_of(pattern_of(row.query.label)):
            found.setdefault(whole, []).append(row)
        else:
            left.append(row)
    return list(found.values()), left


def _nothing_tells(meaning: Meaning, meanings: Sequence[Meaning]) -> str:
    return (
        f"nothing tells it from the rows that mean {', '.join(str(m) for m in meanings if m != meaning) or 'nothing'}"
    )


def _newest(rows: Sequence[Row], changed: list[tuple[str, str, str]]) -> Iterable[Row]:
    """Yield *rows* without those of older filings whose place means something else in a newer one."""
    places: dict[object, Row] = {}
    for row in rows:
        query = row.query
        place = (query.kind, tuple(map(words_of, query.headings)), query.unit, query.total)
        newest = places.get(place)
        if newest is None or row.newest > newest.newest:
            places[place] = row
            if newest is not None and newest.meaning and row.meaning and newest.meaning != row.meaning:
                changed.append((query.label, f"{newest.meaning} in {newest.filing}", f"{row.meaning} in {row.filing}"))
    for row in rows:
        query = row.query
        newest = places[(query.kind, tuple(map(words_of, query.headings)), query.unit, query.total)]
        if row.newest == newest.newest or row.meaning == newest.meaning:
            yield row


def _one(meaning: Meaning, rows: Sequence[Row], conditions: tuple[Condition, ...], *, whole: bool = False) -> Draft:
    """Return the draft of a rule for *rows*, by their labels with or without the numbers in them."""
    patterns = (_pattern(row.query.label, whole=whole) for row in rows)
    kinds = together({row.query.kind for row in rows})
    order = list(Kind)
    return Draft(
        meaning=meaning,
        statements=tuple(kind.value for kind in sorted(kinds, key=order.index)),
        patterns=tuple(dict.fromkeys(patterns)),
        conditions=tuple(sorted(conditions)),
        rows=tuple(rows),
    )


def _pattern(label: str, *, whole: bool) -> str:
    return whole_pattern_of(label) if whole else pattern_of(label) or whole_pattern_of(label)


def _joined(drafts: Iterable[Draft]) -> Iterable[Draft]:
    """Yield *drafts*, those that differ in their labels alone joined to one."""
    groups: dict[object, list[Draft]] = {}
    for one in drafts:
        groups.setdefault((one.meaning, one.statements, one.conditions), []).append(one)
    for alike in groups.values():
        first = alike[0]
        yield Draft(
            meaning=first.meaning,
            statements=first.statements,
            patterns=tuple(dict.fromkeys(pattern for one in alike for pattern in one.patterns)),
            conditions=first.conditions,
            rows=tuple(row for one in alike for row in one.rows),
        )
