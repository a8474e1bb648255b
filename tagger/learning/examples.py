"""The tests of learned rules: rows of the filings, with what they have to become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from tagger.learning.drafting import Draft
from tagger.learning.patterns import pattern_of, words_of
from tagger.learning.rows import Row

_MOST = 3


def matching(one: Draft) -> Iterator[str]:
    """Yield rows that are what *one* says, a few of different words."""
    seen: dict[str, str] = {}
    for row in sorted(one.rows, key=lambda row: -row.newest):
        seen.setdefault(words_of(row.query.label), _text(row, one, stated=True))
    yield from dict.fromkeys(list(seen.values())[:_MOST])


def skipping(one: Draft, rows: Sequence[Row]) -> Iterator[str]:
    """Yield a row or two that look most like it and mean something else."""
    own = {words_of(row.query.label) for row in one.rows}
    label = one.rows[0].query.label
    others = {
        words_of(row.query.label): row
        for row in rows
        if row.meaning is not None and row.meaning != one.meaning and row.query.kind.value in one.statements
    }
    ranked = sorted(
        others.items(),
        key=lambda entry: (-fuzz.token_sort_ratio(label.lower(), entry[1].query.label.lower()), entry[0]),
    )
    near = [row for words, row in ranked if words not in own][:2]
    for row in near:
        yield _text(row, one, stated=False)
    if not near:
        yield f"{one.statements[0]}: Percentage of {_clean(label).lower()} | unit=percent"


def _text(row: Row, one: Draft, *, stated: bool) -> str:
    """Write *row* as a test."""
    query = row.query
    headings = [_clean(heading) for heading in query.headings]
    kind = query.kind.value
    place = " > ".join([*(heading for heading in headings if heading), _clean(query.label)])
    options = [f"unit={query.unit}"] if query.unit in ("money", "per-share", "shares", "percent", "pure") else []
    if query.total:
        options.append("total")
    for condition in one.conditions:
        if condition.key in ("above", "below"):
            labels = query.above if condition.key == "above" else query.below
            told = next((label for label in labels if pattern_of(label) == condition.value), "")
            if told:
                options.append(f"{condition.key}={_clean(told)}")
    if stated:
        options.append(f"concept={one.meaning.concept}")
        if one.meaning.members:
            options.append("members=" + "; ".join(f"{m.axis}={m.member}" for m in one.meaning.members))
    return " | ".join([f"{kind}: {place}", *options])


def _clean(label: str) -> str:
    """Return *label* without what the notation of tests means."""
    text = label.replace("{", "(").replace("}", ")").replace("|", "/").replace(";", ",").replace(">", " ")
    return " ".join(text.split())
