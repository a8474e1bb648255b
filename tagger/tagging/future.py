"""What ends after the reported period is no result: it is guidance, or its heading was misread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tagger.facts import Fact
from tagger.findings import Code, Finding
from tagger.values import Duration

_NEAR = dt.timedelta(days=7)  # fiscal weeks end about, not at, the end of the month that a heading may name
_LATER = dt.timedelta(
    days=120
)  # how long after the period a sentence may give a balance: "as of today, we have repaid ..."


def within_report(
    facts: Sequence[Fact], end: dt.date | None, today: dt.date | None = None
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Leave out facts of periods that end after *end*, that of the reported period, with a finding for each table.

    Where they are most facts of the release, it is *end* that was not understood, and those stay that were over on the
    day of the release, *today*. Dates in sentences may lie between the end of the period and the release.
    """
    if end is None:
        return tuple(facts), ()
    late = [fact for fact in facts if _is_late(fact, end, today)]
    if 2 * len(late) > len(facts):
        late = [fact for fact in late if today is not None and fact.period.end > today]
    if not late:
        return tuple(facts), ()
    out = set(map(id, late))
    tables: dict[tuple[int | None, str], list[Fact]] = {}
    for fact in late:
        tables.setdefault((fact.table, str(fact.period)), []).append(fact)
    findings = tuple(_after(group, end) for group in tables.values())
    return tuple(fact for fact in facts if id(fact) not in out), findings


def _is_late(fact: Fact, end: dt.date, today: dt.date | None) -> bool:
    if fact.period.end <= end + _NEAR:
        return False
    if fact.statement == "prose" and not isinstance(fact.period, Duration):
        return fact.period.end > (end + _LATER if today is None else min(end + _LATER, today))
    return True


def _after(group: Sequence[Fact], end: dt.date) -> Finding:
    first = min(group, key=lambda fact: fact.printed.span)
    count = f"{len(group)} figures" if len(group) > 1 else "a figure"
    return Finding.error(
        Code.AFTER_PERIOD,
        f"{first.label!r}: {count} of {first.period}, which ends after the reported period ({end}): "
        "a forecast, or a heading that was misread; not tagged",
        first.printed.span,
    )
