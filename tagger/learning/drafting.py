"""From rows to drafts of rules: one for each meaning, with the labels that have it and what tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from tagger.learning.patterns import pattern_of, words_of
from tagger.learning.rows import Meaning, Row
from tagger.learning.telling import Condition, tell
from tagger.statement import Kind

_TOGETHER = frozenset({Kind.OPERATIONS, Kind.COMPREHENSIVE_INCOME})  # often one table, headed as either


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


def draft(rows: Sequence[Row]) -> Drafts:
    """Return drafts for *rows*, which are those of all filings."""
    labels: dict[str, list[Row]] = {}
    for row in rows:
        pattern = pattern_of(row.query.label)
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
            own = [row for row in same if row.meaning == meaning]
            others = [row for row in same if row.meaning != meaning]
            for part, conditions in _told(own, others):
                if conditions is None:
                    untold.append(
                        (
                            part[0],
                            f"nothing tells it from the rows that mean {', '.join(str(m) for m in meanings if m != meaning) or 'nothing'}",
                        )
                    )
                else:
                    made.append(_one(meaning, part, conditions))
    return Drafts(drafts=tuple(_joined(made)), untold=tuple(untold), twofold=tuple(twofold), changed=tuple(changed))


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


def _one(meaning: Meaning, rows: Sequence[Row], conditions: tuple[Condition, ...]) -> Draft:
    kinds = {row.query.kind for row in rows}
    if kinds & _TOGETHER:
        kinds |= _TOGETHER
    order = list(Kind)
    return Draft(
        meaning=meaning,
        statements=tuple(kind.value for kind in sorted(kinds, key=order.index)),
        patterns=tuple(dict.fromkeys(pattern_of(row.query.label) for row in rows)),
        conditions=tuple(sorted(conditions)),
        rows=tuple(rows),
    )


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
