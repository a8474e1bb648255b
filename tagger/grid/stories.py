"""Stories: the lines, one over another, of headings that lost their places."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tagger.lexicon.shapes import is_year, shape
from tagger.values import Span

PERIOD = shape(
    r"""(?P<length>(?:for\s+the\s+)?(?:(?<![a-z])[a-z]+|\d+)[ -]\L<counted>\s*(?:\L<periods>\s+)?\L<ended>?|(?:for\s+the\s+)?(?:\L<fiscal>\s+)?\L<spoken>\s+\L<ended>)
      |(?P<date>(?:as\s+of\s+)?\b\L<month>\.?\s+\d{1,2}(?:(?!\d)|(?=\L<year>\b)),?|\L<slashed>|\d{1,2}-[A-Z][a-z]{2}-\d{2,4})
      |(?P<year>\L<year>)
      |(?P<other>\((?:un)?audited\)|(?:%\s*)?(?:change|increase|variance)(?:\s*/?\s*\(decrease\))?|\btotals?\b|\bannual\b)""",
    verbose=True,
)
_QUARTER = shape(r"\b\L<nth>\s+\L<quarters>\b|\b\L<coded>")


def stack_headings(text: str, heads: Sequence[Sequence[Span]], columns: int) -> list[list[Sequence[Span]]]:
    """Arrange heading cells in lines: the last ones over a column each, those before them over several."""
    if len(heads) == 1 < columns:
        return period_stories(text, heads[0][0].start, heads[0][-1].end, columns)
    arranged = _column_by_column(text, heads, columns) or _line_by_line(text, heads, columns)
    if arranged:
        return arranged
    heads = _dates_joined(text, heads) if len(heads) > columns else heads
    if len(heads) <= columns:
        return _too_few(text, heads, columns) if heads else []
    rest, rows = list(heads[:-columns]), [list(heads[-columns:])]
    while len(rest) >= columns > 1 and any(_kind(text, head) in ("year", "date") for head in rest[-columns:]):
        rows.insert(0, rest[-columns:])
        rest = rest[:-columns]
    upper = [list(group) for _, group in itertools.groupby(rest, lambda head: _kind(text, head))]
    return [*upper, *rows]


def _column_by_column(text: str, heads: Sequence[Sequence[Span]], columns: int) -> list[list[Sequence[Span]]]:
    """Arrange headings that run down one column after the other, as their kinds, which recur, show."""
    depth, rest = divmod(len(heads), columns)
    if rest or depth < 2 or columns < 2:
        return []
    stacks = [heads[at : at + depth] for at in range(0, len(heads), depth)]
    kinds = {tuple(_kind(text, head) for head in stack) for stack in stacks}
    if len(kinds) > 1 or len(set(*kinds)) == 1:
        return []
    return [[[span for head in stack for span in head] for stack in stacks]]


def _line_by_line(text: str, heads: Sequence[Sequence[Span]], columns: int) -> list[list[Sequence[Span]]]:
    """Arrange headings whose kinds part them into lines of one for each column, or one for several."""
    lines = [list(line) for _, line in itertools.groupby(heads, lambda head: _kind(text, head))]
    counts = [len(line) for line in lines]
    return lines if columns in counts and all(columns % count == 0 for count in counts) else []


def _too_few(text: str, heads: Sequence[Sequence[Span]], columns: int) -> list[list[Sequence[Span]]]:
    """Arrange heading cells that are no more than columns: a length over fewer dates than columns leaves no place for these."""
    over = list(itertools.takewhile(lambda head: _kind(text, head) == "length", heads))
    rest = heads[len(over) :]
    if over and len(rest) < columns and any(_kind(text, head) == "date" for head in rest):
        return [over] if len(over) == 1 else []
    return [list(heads)]


def _kind(text: str, head: Sequence[Span]) -> str | None:
    found = PERIOD.search(text, head[0].start, head[-1].end)
    if found is None and _QUARTER.search(text, head[0].start, head[-1].end):
        return "quarter"
    return found.lastgroup if found else None


def _dates_joined(text: str, heads: Sequence[Sequence[Span]]) -> list[Sequence[Span]]:
    """Join "Dec. 31," with the "2024" in the next cell."""
    joined: list[Sequence[Span]] = []
    strings = [text[head[0].start : head[-1].end].strip() for head in heads]
    if sum(string.endswith(",") for string in strings) != sum(is_year(string) for string in strings):
        return list(heads)
    for head in heads:
        string = text[head[0].start : head[-1].end].strip()
        if joined and is_year(string) and text[joined[-1][0].start : joined[-1][-1].end].rstrip().endswith(","):
            joined[-1] = [*joined[-1], *head]
        else:
            joined.append(head)
    return joined


def period_stories(text: str, start: int, end: int, columns: int) -> list[list[Sequence[Span]]]:
    """Read lengths, dates and years out of headings that run on in one line."""
    lengths: list[list[Span]] = []
    dates: list[list[Span]] = []
    years: list[list[Span]] = []
    others: list[list[Span]] = []
    paired = 0
    reach = -1
    for match in PERIOD.finditer(text, start, end):
        span = [Span(match.start(), match.end())]
        close = reach >= 0 and not text[reach : match.start()].strip(" \xa0,\t\n")
        if match.lastgroup == "length":
            lengths.append(span)
        elif match.lastgroup == "date":
            dates.append(span)
        elif match.lastgroup == "year":
            paired += close and bool(dates) and dates[-1][-1].end == reach
            years.append(span)
        else:
            others.append(span)
        reach = match.end()
    if years and len(years) == len(dates) == paired:
        dates = [[*date, *year] for date, year in zip(dates, years, strict=True)]
        years = []
    if others and len(dates) + len(others) == columns and not years:
        dates = sorted([*dates, *others], key=lambda spans: spans[0].start)
        others = []
    if others and dates and len(dates) + 1 == columns and others[-1][0].start > dates[-1][0].start:
        dates.append(others.pop())
    if lengths and len(dates) == len(lengths) < columns:
        lengths = [[*length, *date] for length, date in zip(lengths, dates, strict=True)]
        dates = []
    return [[*story] for story in (lengths, dates, years, others) if story]
