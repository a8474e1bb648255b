"""Facts as a table for people and spreadsheets, a row each."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tagger.facts import Fact, TextFact
from tagger.tagged import Tagged
from tagger.values import Duration, Instant, Period
from tagger.writing.reported import write_members

COLUMNS = ("id", "concept", "entity", "start", "end", "instant", "unit", "value", "decimals", "members", "text", "label", "statement", "heading", "line", "rule", "proof", "why", "scheme", "language")  # fmt: skip


def write_csv(tagged: Tagged) -> bytes:
    """Write the facts of *tagged* as CSV, in the order of `Tagged.facts`; *line* is that of the release, from 1."""
    text = tagged.document.text
    breaks = [index for index, character in enumerate(text) if character == "\n"] if tagged.facts else []
    first = tagged.document.first_line
    rows = [_row(fact, bisect_right(breaks, fact.printed.span.start - 1) + first) for fact in tagged.facts]
    return write_rows([*rows, *map(_text_row, tagged.cover)])


def write_rows(rows: Iterable[Sequence[object]]) -> bytes:
    """Write *rows*, each with a cell for every one of `COLUMNS`."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8", "replace")


def _row(fact: Fact, line: int) -> tuple[object, ...]:
    period = fact.period
    start = period.start if isinstance(period, Duration) else ""
    return (
        fact.id,
        fact.concept,
        fact.entity.identifier,
        start,
        period.end if start else "",
        period.date if isinstance(period, Instant) else "",
        str(fact.unit),
        f"{fact.value:f}",
        "INF" if fact.decimals is None else fact.decimals,
        write_members(sorted(fact.members)),
        " ".join(fact.printed.text.split()),
        " ".join(fact.label.split()),
        fact.statement,
        " ".join(fact.heading.split()),
        line,
        fact.rule,
        "; ".join(map(str, fact.proof)),
        "; ".join(fact.why),
        fact.entity.scheme,
        "",
    )


def _text_row(fact: TextFact) -> tuple[object, ...]:
    cells = dict.fromkeys(COLUMNS, "") | {"id": fact.id, "concept": fact.concept, "value": fact.value}
    cells |= {"entity": fact.entity.identifier, "scheme": fact.entity.scheme, "language": fact.language or ""}
    cells |= {"label": fact.label, "text": fact.value, "statement": "cover"} | date_cells(fact.period)
    return tuple(cells[column] for column in COLUMNS)


def date_cells(period: Period) -> dict[str, str]:
    if isinstance(period, Instant):
        return {"instant": str(period.date)}
    return {"start": str(period.start), "end": str(period.end)}
