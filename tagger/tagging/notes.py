"""Facts inside labels: "net of allowance of $640 at September 30, 2006", "300,000,000 shares authorized".

Which date a figure belongs to is read from the order of figures and dates in its clause:
each figure takes the date that follows it, a list of figures the list of dates that
follows it, and figures without dates stand for the columns, one each or all of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tagger.catalog import Catalog, Concept
from tagger.data import load_json
from tagger.facts import Fact
from tagger.findings import Finding
from tagger.lexicon import Numeral, PeriodPhrase, find_numerals, find_periods
from tagger.lexicon.shapes import Found
from tagger.matching import Candidate, NoteQuery, match_note
from tagger.matching.notes import ZERO_WORDS, compares, resumed, shared_out
from tagger.naming.years import candidates_in_year, settled_in_year
from tagger.patterns import pattern
from tagger.ruleset import RuleSet
from tagger.statement import Column, Kind, Line, Part, Statement, Use
from tagger.tagging.figures import Setting, no_scale, without_twins
from tagger.tagging.making import make_fact, row_of
from tagger.values import Duration, Instant, Period

_DIGIT = pattern(r"\d")
_FOOTNOTE = pattern(r"\S\(\d{1,2}\)")  # "respectively(1)"
_LEAST_PRICE = Decimal("0.05")  # of a share that a company buys back
_WHOLE_SHARES = 5_000_000  # a count this large is printed to the last share, whatever the table's scale


class _Note(Struct, frozen=True, kw_only=True):
    """A figure in a label with the concept that a rule gives it."""

    numeral: Numeral
    candidate: Candidate
    concept: Concept


def note_facts(line: Line, setting: Setting, rules: RuleSet, catalog: Catalog) -> Iterator[Fact | Finding]:
    """Yield the facts that stand inside the label of *line*, and what its year has no concept for."""
    text = line.text.string
    if not _holds_digit(text) and not ZERO_WORDS.search(text):
        return
    dates = find_periods(text)
    found = [
        item
        for numeral in _figures(text, dates, setting.ocr)
        for item in _wanted(numeral, line, setting, rules, catalog)
    ]
    notes = [item for item in found if isinstance(item, _Note)]
    yield from (item for item in found if isinstance(item, Finding))
    for clause in _clauses(resumed(text)):
        inside = [note for note in notes if note.numeral.start in clause]
        for group in _grouped(inside):
            said = _said(group, inside, [date for date in dates if date.start in clause])
            led = _led(text, group, dates)
            for note, period, why in _dated(
                group, text, led or said, _columns(setting.statement, line, group), led=bool(led)
            ):
                yield from _fact(note, period, why, line, setting)


def _holds_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None or (not text.isascii() and any(char.isdigit() for char in text))


def _figures(text: str, dates: Sequence[PeriodPhrase], ocr: bool) -> Iterator[Numeral]:
    passed = [*((date.start, date.end) for date in dates), *shared_out(text)]
    numerals = tuple(find_numerals(text, ocr=ocr))
    for numeral in numerals:
        inside = any(start <= numeral.start and numeral.end <= end for start, end in passed)
        if not inside and not numeral.percent and not _FOOTNOTE.match(text, numeral.digits[0] - 2):
            yield numeral
    known = {numeral.start for numeral in numerals}
    for word in ZERO_WORDS.finditer(text):
        if word.start() not in known:
            yield _zero(word)


def _zero(word: Found) -> Numeral:
    """Return the nothing of "no shares issued" and "issued, zero"."""
    span = word.span()
    return Numeral(start=span[0], end=span[1], digits=span, text=word[0], number=Decimal(0), places=0, dash=True)


def _wanted(
    numeral: Numeral, line: Line, setting: Setting, rules: RuleSet, catalog: Catalog
) -> Iterator[_Note | Finding]:
    query = NoteQuery(
        text=line.text.string,
        start=numeral.start,
        end=numeral.end,
        headings=line.headings,
        kind=setting.statement.kind,
    )
    span = line.text.span(*numeral.digits)
    told = line.scope.part is Part.STOCK_CLASS
    fitting = tuple(c for c in match_note(rules, query) if _may_be(numeral, c, catalog, told=told))
    for wanted in candidates_in_year(fitting[:1], catalog, line.label):
        concept = catalog.find(wanted.concept)
        if concept is not None and _fits(numeral, concept):
            candidate, doubts = settled_in_year(wanted, catalog, line.label, span)
            yield from doubts
            if candidate is not None:
                yield _Note(numeral=numeral, candidate=candidate, concept=concept)
                for name in candidate.rule.also:
                    other = catalog.get(name)
                    if other is not None:
                        yield _Note(numeral=numeral, candidate=replace(candidate, concept=name), concept=other)


def _may_be(numeral: Numeral, candidate: Candidate, catalog: Catalog, *, told: bool) -> bool:
    """Whether the figure's marks allow what the candidate makes of it; a concept nobody knows is left to others."""
    if numeral.dash and not (told or candidate.rule.needs):
        return False  # "none issued" of what: the row has to tell the kind of stock, or a rule to ask for it
    concept = catalog.find(candidate.concept)
    return concept is None or _fits(numeral, concept)


def _fits(numeral: Numeral, concept: Concept) -> bool:
    """Whether the figure's own marks allow the concept: a dollar sign is no count of shares."""
    if concept.unit_kind == "shares":
        return numeral.currency is None and (not numeral.places or numeral.number >= 1)
    marked = numeral.currency is not None or numeral.dash
    if concept.unit_kind == "per-share":
        return marked or numeral.places > 0
    return concept.unit_kind == "money" and (marked or not numeral.places)


def _clauses(text: str) -> Iterator[range]:
    start = 0
    while start <= len(text):
        end = text.find(";", start)
        end = len(text) if end < 0 else end
        yield range(start, end + 1)
        start = end + 1


def _grouped(notes: Sequence[_Note]) -> Iterator[list[_Note]]:
    """Yield the notes of each concept, in the order of the clause."""
    groups: dict[object, list[_Note]] = {}
    for note in notes:
        groups.setdefault(note.candidate.meaning, []).append(note)
    yield from groups.values()


def _dated(
    group: Sequence[_Note], text: str, dates: Sequence[PeriodPhrase], columns: Sequence[Column], *, led: bool = False
) -> Iterator[tuple[_Note, Period, str]]:
    wants_instant = group[0].concept.period_type == "instant"
    spans = [_of_column(column, wants_instant) for column in columns]
    periods = list(dict.fromkeys(period for period in spans if period is not None))
    if not dates:
        if len(group) == len(periods) and len(group) > 1:
            yield from ((n, p, "one figure for each column") for n, p in zip(group, periods, strict=True))
        elif len(group) == 1:
            yield from ((group[0], p, "the label stands for every column") for p in periods)
        return
    said = [(date, _matching(date, columns, wants_instant)) for date in dates]
    if len(group) == len(periods) == 2 and _is_compared(group[1], text, dates):
        then = said[0][1]
        now = next(period for period in periods if period != then)
        said = [(dates[0], now), (dates[0], then)] if then is not None else []
    if not led and _alternate(group, dates):
        pairs = [(note, next(p for d, p in said if d.start > note.numeral.start)) for note in group]
    elif len(group) == len(said):
        pairs = [(note, period) for note, (_, period) in zip(group, said, strict=True)]
    elif len(group) == 1 and not any(compares(text, date.start) for date in dates):
        pairs = [(group[0], period) for _, period in said]
    else:
        return
    yield from ((note, period, "the date beside the figure") for note, period in pairs if period is not None)


def _said(group: Sequence[_Note], notes: Sequence[_Note], dates: Sequence[PeriodPhrase]) -> list[PeriodPhrase]:
    """Return the dates after the first figure of *group*, as far as those of the next concept's figures."""
    first, last = group[0].numeral.start, group[-1].numeral.start
    after = [date for date in dates if date.start > first]
    others = [note.numeral.start for note in notes if note.numeral.start > last]
    own = [date for date in after if date.start < min(others, default=0)]
    return own if any(date.start > last for date in own) else after


def _led(text: str, group: Sequence[_Note], dates: Sequence[PeriodPhrase]) -> list[PeriodPhrase]:
    """Return the dates that stand right before the figures, one each: "issued: 2024 - 4,009; 2023 - 4,012"."""
    leading = {date.end: date for date in dates}
    before = [leading.get(len(text[: note.numeral.start].rstrip(" \u00a0:–—-"))) for note in group]
    return [date for date in before if date is not None] if all(before) else []


def _is_compared(note: _Note, text: str, dates: Sequence[PeriodPhrase]) -> bool:
    """Whether the only date is that of a comparison: "issued 5,100,200 (2006: 5,000,100)"."""
    return len(dates) == 1 and compares(text, dates[0].start, note.numeral.start)


def _alternate(group: Sequence[_Note], dates: Sequence[PeriodPhrase]) -> bool:
    """Whether a date follows each figure before the next figure begins."""
    ends = [*(note.numeral.start for note in group[1:]), math.inf]
    return all(
        sum(note.numeral.start < date.start < end for date in dates) == 1 for note, end in zip(group, ends, strict=True)
    )


def _columns(statement: Statement, line: Line, group: Sequence[_Note]) -> list[Column]:
    """Return the columns that a figure of the label may belong to: where the row's amount is nil, no stock is held."""
    columns = [column for column in statement.columns if column.use is Use.FIGURES and column.period is not None]
    amounts = {figure.column: figure.printed for figure in line.figures}
    if not any(amounts.values()) or not _is_held(group[0].concept.local_name):
        return columns
    return [column for column in columns if amounts.get(column.index)]


def _is_held(local: str) -> bool:
    """Whether a count of shares goes with the amount beside it, as treasury stock does and authorized stock does not."""
    return any(part in local for part in load_json("tagging")["held_stock"])


def _of_column(column: Column, wants_instant: bool) -> Period | None:
    if column.period is None:
        return None
    if wants_instant:
        return Instant(column.period.end)
    return column.period if isinstance(column.period, Duration) else None


def _matching(date: PeriodPhrase, columns: Sequence[Column], wants_instant: bool) -> Period | None:
    """Return the period of the column that *date* speaks of."""
    for column in columns:
        assert column.period is not None
        end = column.period.end
        year = date.year or date.fiscal_year
        if (
            (year in (None, end.year))
            and (date.month in (None, end.month))
            and (date.day in (None, end.day))
            and (year or date.month)
        ):
            return _of_column(column, wants_instant)
    return None


def _fact(note: _Note, period: Period, why: str, line: Line, setting: Setting) -> Iterator[Fact | Finding]:
    statement, numeral, unit = setting.statement, note.numeral, note.concept.unit_kind
    scale = numeral.scale if numeral.scale is not None else _scale(note, line, statement)
    if scale is None:
        yield no_scale(line.label, line.text.span(*numeral.digits))
        return
    scoped = setting.members_of_label(line)
    if scoped is None or (unit == "shares" and numeral.number.scaleb(scale) % 1):
        return  # of nobody, or no count of shares
    yield make_fact(
        numeral,
        line.text.span(*numeral.digits),
        numeral.number,
        scale=scale,
        measure=unit,
        currency=numeral.currency or statement.currency,
        members=without_twins(note.candidate.members, scoped),
        concept=note.candidate.concept,
        entity=setting.entity,
        period=period,
        rule=note.candidate.rule.id,
        **row_of(statement, line),
        why=(
            f"rule {note.candidate.why}",
            f"period: {why}",
            f"scale 10^{scale}",
            "sign: a figure inside a label has none",
        ),
    )


def _scale(note: _Note, line: Line, statement: Statement) -> int | None:
    """Return the power of ten of a figure in a label; `None` where neither words nor its size tell it."""
    unit = note.concept.unit_kind
    if unit == "per-share" or not note.numeral.number:
        return 0
    if unit == "shares":
        scale = _share_scale(note.numeral, statement)
        return 0 if scale and _in_full(note, line, scale, statement) else scale
    return statement.scale


def _share_scale(numeral: Numeral, statement: Statement) -> int | None:
    if statement.share_scale is not None:
        return statement.share_scale
    return 0 if numeral.number >= _WHOLE_SHARES or statement.kind is Kind.OTHER else _by_neighbours(statement)


def _by_neighbours(statement: Statement) -> int | None:
    """Return the scale of share counts in labels: whole where any label's count is too large to be scaled."""
    labels = tuple([line.text.string for line in statement.lines if "share" in line.text.string.lower()])
    return 0 if _largest(labels) >= _WHOLE_SHARES else None if statement.shares_open else statement.scale


@lru_cache(maxsize=8)  # the counts of one statement ask one after the other
def _largest(labels: tuple[str, ...]) -> Decimal:
    return max((numeral.number for label in labels for numeral in find_numerals(label)), default=Decimal(0))


def _in_full(note: _Note, line: Line, scale: int, statement: Statement) -> bool:
    """Whether a count that goes with the amount beside it is printed to the last share: scaled, a share cost next to nothing."""
    paid = max((abs(figure.printed) for figure in line.figures), default=Decimal(0)).scaleb(statement.scale or 0)
    count = note.numeral.number
    held = bool(paid and count) and _is_held(note.concept.local_name)
    return held and paid < _LEAST_PRICE * count.scaleb(scale) and paid >= _LEAST_PRICE * count
