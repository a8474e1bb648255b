"""The tests of learned rules: rows of the filings, with what they have to become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from rapidfuzz import fuzz, process

from tagger.learning.drafting import Draft
from tagger.learning.patterns import pattern_of, words_of
from tagger.learning.rows import Meaning, Row

_MOST = 3
_NEAREST = 2


def matching(one: Draft) -> Iterator[str]:
    """Yield rows that are what *one* says, a few of different words."""
    seen: dict[str, str] = {}
    for row in sorted(one.rows, key=lambda row: -row.newest):
        seen.setdefault(words_of(row.query.label), _text(row, one, stated=True))
    yield from dict.fromkeys(list(seen.values())[:_MOST])


class Neighbours(Struct, frozen=True):
    """The rows that have a meaning, sorted once for the statements that rules ask for them by."""

    rows: Sequence[Row]
    _sorted: dict[tuple[str, ...], dict[tuple[str, Meaning], Row]] = field(default_factory=dict)

    def of(self, statements: tuple[str, ...]) -> dict[tuple[str, Meaning], Row]:
        """Return the last row of each label and meaning in *statements*."""
        if statements not in self._sorted:
            self._sorted[statements] = {
                (words_of(row.query.label), row.meaning): row
                for row in self.rows
                if row.meaning is not None and row.query.kind.value in statements
            }
        return self._sorted[statements]


def skipping(one: Draft, neighbours: Neighbours) -> Iterator[str]:
    """Yield a row or two that look most like it and mean something else."""
    own = {words_of(row.query.label) for row in one.rows}
    label = one.rows[0].query.label
    others = {
        words: row
        for (words, meaning), row in neighbours.of(one.statements).items()
        if meaning != one.meaning and words not in own
    }
    labels = {words: row.query.label.lower() for words, row in sorted(others.items())}
    near = process.extract(label.lower(), labels, scorer=fuzz.token_sort_ratio, limit=_NEAREST)
    for _, _, words in near:
        yield _text(others[words], one, stated=False)
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
