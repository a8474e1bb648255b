"""Newswire text: tables that lost their grid, as one cell a line or all on one line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tagger.document import Block
from tagger.reading.columns import place_figures
from tagger.reading.entries import Entry, Figure, is_figure
from tagger.reading.glued import Run, count_columns, is_glued, make_items, read_runs
from tagger.reading.grid import make_table, stacked_rows
from tagger.reading.headings import MONTH, in_vocabulary, is_time
from tagger.reading.lines import Kind, Line
from tagger.reading.paragraphs import make_paragraphs
from tagger.reading.rows import Item
from tagger.values import Span


class Stack(NamedTuple):
    """The lines of one table, by index: captions, headings, then labels and figures."""

    captions: list[int]
    headings: list[int]
    body: list[int]


_SIGN = re.compile(r"[$€£]\s*\(?|\(")
_CLOSER = re.compile(r"\)?\s*%?\s*\)?|%|pts|bps")
_SEAM = re.compile(
    r"(?<=[a-z,.)])(?=[A-Z(])|(?<=[a-z,])(?=\d)|(?<=\d)(?=[A-Z][a-z])|(?<=(?:19|20)\d\d)(?=(?:19|20)\d\d)|(?<=[A-Z]\.)(?=[A-Z]{4})"
)
_SCALE = re.compile(r"\b(?:in\s+(?:thousands|millions|billions)|thousands|unaudited)\b", re.I)
_TITLE = re.compile(
    r"\b(?:consolidated|condensed|statements?\s+of|balance\s+sheets?|reconciliation|compared\s+to|schedule|inc\.|corp)",
    re.I,
)
_PERIOD = re.compile(
    rf"""(?P<length>(?:for\s+the\s+)?(?:[a-z]+|\d+)[ -](?:months?|weeks?|quarters?)\s*(?:periods?\s+)?(?:ended|ending)?|(?:for\s+the\s+)?(?:fiscal\s+)?(?:years?|quarters?|periods?)\s+(?:ended|ending))
      |(?P<date>(?:as\s+of\s+)?\b{MONTH}\.?\s+\d{{1,2}}(?!\d),?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{1,2}}-[A-Z][a-z]{{2}}-\d{{2,4}})
      |(?P<year>(?:19|20)\d\d)
      |(?P<other>\((?:un)?audited\)|%?\s*(?:change|increase|variance)(?:\s*/?\s*\(decrease\))?|\btotals?\b|\bannual\b)""",
    re.I | re.X,
)
_LENGTH = re.compile(r"\b(?:months|weeks|quarter|year)s?\s+(?:period\s+)?ended", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONG = 200


def is_newswire(lines: Sequence[Line]) -> bool:
    """Say whether tables lost their grid: figures alone on their lines, or whole tables on one."""
    lone = 0
    for index, line in enumerate(lines):
        if line.kind is Kind.TEXT or line.kind is Kind.FURNITURE:
            stripped = _bare(line)
            if len(stripped) < 24:
                lone += _is_cell(stripped) and _alone(lines, index)
            elif len(stripped) > 200 and is_glued(stripped):
                return True
    return lone >= 20


def _bare(line: Line) -> str:
    """Return the line without blanks at its ends, and with single ones inside if it is short."""
    stripped = line.string.strip()
    return " ".join(stripped.split()) if "\xa0" in stripped and len(stripped) < 160 else stripped


def _alone(lines: Sequence[Line], index: int) -> bool:
    return (
        index > 0
        and lines[index - 1].kind is Kind.BLANK
        and (index + 1 == len(lines) or lines[index + 1].kind is Kind.BLANK)
    )


def newswire_blocks(text: str, lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the blocks of a newswire text in order."""
    done = 0
    index = 0
    while index < len(lines):
        stripped = _bare(lines[index])
        if len(stripped) > 100 and is_glued(stripped):
            first, block = _glued_table(text, lines, index, done)
            yield from make_paragraphs(text, lines[done:first])
            yield block
            index += 1
            done = index
            continue
        if _is_cell(stripped):
            stack, stop = _stack(lines, index, done)
            if stack is not None:
                first = min([*stack.captions, *stack.headings, *stack.body])
                yield from make_paragraphs(text, lines[done:first])
                yield _stacked_table(text, lines, stack)
                done = stop
            index = max(stop, index + 1)
            continue
        index += 1
    yield from make_paragraphs(text, lines[done:])


@lru_cache(maxsize=2048)
def _is_cell(stripped: str) -> bool:
    if not 0 < len(stripped) < 24 or stripped == "---" or _YEAR.fullmatch(stripped):
        return False
    bare = stripped[1:].lstrip() if stripped[0] in "$€£" else stripped
    return " " not in bare and is_figure(bare)


def _before(lines: Sequence[Line], index: int, floor: int) -> list[int]:
    """Return the short lines above *index* that may be captions and headings, from the top."""
    found: list[int] = []
    blanks = 0
    for back in range(index - 1, floor - 1, -1):
        line = lines[back]
        stripped = _bare(line)
        if not stripped:
            blanks += 1
            continue
        if (
            len(stripped) > _LONG
            or stripped.startswith(("* ", "•", "(1)"))
            or (stripped.endswith((".", ".”")) and len(stripped) > 60)
            or len(found) >= 14
        ):
            break
        found.append(back)
        blanks = 0
    found.reverse()
    return found


def _is_head(string: str) -> bool:
    spaced = _SEAM.sub(" ", string.strip())
    return len(spaced) < 120 and in_vocabulary(spaced)


def _stack(lines: Sequence[Line], index: int, floor: int) -> tuple[Stack | None, int]:
    """Collect the table whose first figure stands on the line *index*; return it and the line after it."""
    above = _before(lines, index, floor)
    strings = [_bare(lines[at]) for at in above]
    timely = [place for place, string in enumerate(strings) if _is_head(string) and is_time(_SEAM.sub(" ", string))]
    if not timely:
        titles = [place for place, string in enumerate(strings) if _SCALE.search(string) or _TITLE.search(string)]
        head = titles[-1] + 1 if titles else max(len(above) - 1, 0)
        headings: list[int] = []
        named = above[:head]
        labels = above[head:]
    else:
        head, stop = timely[0], timely[-1] + 1
        stop = _repeated(strings, stop) or stop
        while stop < len(above) and (_is_head(strings[stop]) or _SIGNS.fullmatch(strings[stop])):
            stop += 1
        inside = range(head, stop)
        last = timely[-1]
        headings = [above[place] for place in inside if place > last or _is_head(strings[place])]
        named = above[:head] + [above[place] for place in inside if place <= last and not _is_head(strings[place])]
        labels = above[stop:]
    body, stop_line = _body(lines, index)
    if sum(1 for at in body if _is_cell(_bare(lines[at]))) < 4:
        return None, stop_line
    return Stack(_captions(lines, named), headings, labels + body), stop_line


def _repeated(strings: Sequence[str], start: int) -> int:
    """Return where headings end that are said once for each period: "Balance", "Yield", "Balance", "Yield"."""
    for size in (4, 3, 2):
        if (
            len(strings) >= start + 2 * size
            and strings[start : start + size] == strings[start + size : start + 2 * size]
        ):
            return start + 2 * size
    return 0


def _captions(lines: Sequence[Line], above: Sequence[int]) -> list[int]:
    """Return the lines right above that name the table: titles and scales, or one line whatever it says."""
    kept: list[int] = []
    for at in reversed(above):
        string = _bare(lines[at])
        if _FOOTNOTE.match(string) or _ELSEWHERE.search(string) or len(kept) > 5:
            break
        if kept and not (
            _TITLE.search(string) or _SCALE.search(string) or string.isupper() or kept[-1] - at < 2 or _is_head(string)
        ):
            break
        kept.append(at)
    kept.reverse()
    return kept


_FOOTNOTE = re.compile(r"\(?[A-Z\d]\)|\*|[•●#]")
_ELSEWHERE = re.compile(r"\w@\w|www\.|https?:|\(?\d{3}\)?[ -]\d{3}-\d{4}|^[\d,.$()%-]+$")
_SIGNS = re.compile(r"[%#]|\(\w+\)")


def _body(lines: Sequence[Line], index: int) -> tuple[list[int], int]:
    """Return the lines of the table from its first figure on, and the line where what follows begins."""
    body: list[int] = []
    last = index
    labels = 0
    at = index
    while at < len(lines):
        stripped = _bare(lines[at])
        if not stripped:
            at += 1
            continue
        if _is_cell(stripped) or _SIGN.fullmatch(stripped) or _CLOSER.fullmatch(stripped):
            labels = 0
            last = at
        else:
            labels += 1
            if len(stripped) > _LONG or labels > 5 or is_glued(stripped):
                break
            spaced = _SEAM.sub(" ", stripped)
            if (_SCALE.search(stripped) and len(stripped) < 120) or (in_vocabulary(spaced) and _PERIOD.search(spaced)):
                break
        body.append(at)
        at += 1
    while body and body[-1] > last:
        body.pop()
    return body, last + 1


def _stacked_table(text: str, lines: Sequence[Line], stack: Stack) -> Block:
    rows = _stacked_rows(text, lines, stack.body)
    heads = [_seams(text, lines[at]) for at in stack.headings]
    entries = [Entry(0, 1, 0, figures) for _, figures in rows if figures]
    placing = place_figures(entries, ocr=True, hint=len(heads))
    columns = len(placing.edges)
    items: list[Item] = []
    places = iter(zip(entries, placing.places, strict=True))
    for label, figures in rows:
        placed: tuple[int, ...] = ()
        if figures:
            entry, placed = next(places)
            figures = entry.figures[-len(placed) :]
        string = " ".join(text[span.start : span.end] for span in label)
        items.append(Item(label, " ".join(string.split()), 0, 0, figures, placed))
    captions = [_span(lines[at]) for at in stack.captions]
    return make_table(
        text,
        items,
        stacked_rows(text, _stories(text, heads, columns), columns),
        captions,
        columns,
        doubtful=placing.doubtful,
    )


def _span(line: Line) -> Span:
    return Span(line.start + line.indent, line.start + len(line.string.rstrip()))


def _stacked_rows(
    text: str, lines: Sequence[Line], body: Sequence[int]
) -> list[tuple[tuple[Span, ...], tuple[Figure, ...]]]:
    """Gather labels and the figures after each; signs and brackets on lines of their own go to their figure."""
    rows: list[tuple[tuple[Span, ...], tuple[Figure, ...]]] = []
    figures: list[Figure] = []
    sign = -1
    for at in body:
        span = _span(lines[at])
        stripped = _bare(lines[at])
        if _is_cell(stripped):
            start = sign if sign >= 0 else span.start
            figures.append(Figure(start, span.end, 0, 0, "%" in stripped, any(map(str.isdigit, stripped))))
            sign = -1
        elif _SIGN.fullmatch(stripped):
            sign = span.start
        elif figures and _CLOSER.fullmatch(stripped):
            figures[-1] = figures[-1]._replace(end=span.end, percent=figures[-1].percent or "%" in stripped)
        else:
            if figures:
                rows.append(((), tuple(figures)) if not rows or rows[-1][1] else (rows.pop()[0], tuple(figures)))
                figures = []
            rows.append(((span,), ()))
            sign = -1
    if figures:
        rows.append(((), tuple(figures)) if not rows or rows[-1][1] else (rows.pop()[0], tuple(figures)))
    return rows


def _seams(text: str, line: Line) -> list[Span]:
    """Cut a line where words were glued ("EndedJune"), so that they are read with a blank between."""
    span = _span(line)
    cuts = [span.start, *(match.start() for match in _SEAM.finditer(text, span.start, span.end)), span.end]
    return [Span(start, end) for start, end in itertools.pairwise(cuts) if start < end]


def _stories(text: str, heads: Sequence[Sequence[Span]], columns: int) -> list[list[Sequence[Span]]]:
    """Arrange heading cells in lines: the last ones over a column each, those before them over several."""
    if len(heads) == 1 < columns:
        return _period_stories(text, heads[0][0].start, heads[0][-1].end, columns)
    heads = _dates_joined(text, heads) if len(heads) > columns else heads
    if len(heads) <= columns:
        return [list(heads)] if heads else []
    rest, rows = list(heads[:-columns]), [list(heads[-columns:])]
    while len(rest) >= columns > 1 and any(_kind(text, head) in ("year", "date") for head in rest[-columns:]):
        rows.insert(0, rest[-columns:])
        rest = rest[:-columns]
    upper = [list(group) for _, group in itertools.groupby(rest, lambda head: _kind(text, head))]
    return [*upper, *rows]


def _kind(text: str, head: Sequence[Span]) -> str | None:
    found = _PERIOD.search(text, head[0].start, head[-1].end)
    return found.lastgroup if found else None


def _dates_joined(text: str, heads: Sequence[Sequence[Span]]) -> list[Sequence[Span]]:
    """Join "Dec. 31," with the "2024" in the next cell."""
    joined: list[Sequence[Span]] = []
    strings = [text[head[0].start : head[-1].end].strip() for head in heads]
    if sum(string.endswith(",") for string in strings) != sum(
        _YEAR.fullmatch(string) is not None for string in strings
    ):
        return list(heads)
    for head in heads:
        string = text[head[0].start : head[-1].end].strip()
        if joined and _YEAR.fullmatch(string) and text[joined[-1][0].start : joined[-1][-1].end].rstrip().endswith(","):
            joined[-1] = [*joined[-1], *head]
        else:
            joined.append(head)
    return joined


def _period_stories(text: str, start: int, end: int, columns: int) -> list[list[Sequence[Span]]]:
    """Read lengths, dates and years out of headings that run on in one line."""
    lengths: list[list[Span]] = []
    dates: list[list[Span]] = []
    years: list[list[Span]] = []
    others: list[list[Span]] = []
    paired = 0
    reach = -1
    for match in _PERIOD.finditer(text, start, end):
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
    if others and len(dates) + 1 == columns and others[-1][0].start > dates[-1][0].start:
        dates.append(others.pop())
    if lengths and len(dates) == len(lengths) < columns:
        lengths = [[*length, *date] for length, date in zip(lengths, dates, strict=True)]
        dates = []
    return [[*story] for story in (lengths, dates, years, others) if story]


def _glued_table(text: str, lines: Sequence[Line], index: int, floor: int) -> tuple[int, Block]:
    """Read a table that stands on one line, with the headings and captions in it and above it."""
    line = lines[index]
    above = _captions(lines, _before(lines, index, floor))
    runs = read_runs(text, line.start, line.end)
    columns = count_columns(runs)
    cut = _heading_end(text, line, runs)
    heads: list[Span] = []
    captions: list[Span] = []
    for at in above:
        span = _span(lines[at])
        (heads if _is_head(text[span.start : span.end]) else captions).append(span)
    begin = line.start
    if cut > line.start:
        first = _PERIOD.search(text, line.start, cut)
        begin = first.start() if first else line.start
        if text[line.start : begin].strip():
            captions.append(_clean(text, line.start, begin))
        heads.append(Span(begin, cut))
    runs = read_runs(text, cut, line.end)
    items, _ = make_items(text, runs, columns)
    stories: list[list[Sequence[Span]]] = []
    if heads:
        start = heads[0].start
        dates = sum(1 for match in _PERIOD.finditer(text, start, heads[-1].end) if match.lastgroup == "date")
        if captions and 0 < dates < columns and not _LENGTH.search(text, start, heads[-1].end):
            earlier = _PERIOD.search(text, captions[-1].start, captions[-1].end)
            start = earlier.start() if earlier and captions[-1].start < start else start
        stories = _period_stories(text, start, heads[-1].end, columns)
    table = make_table(text, items, stacked_rows(text, stories, columns), captions, columns, doubtful=True)
    return min([*above, index]), table


def _clean(text: str, start: int, end: int) -> Span:
    string = text[start:end]
    left = len(string) - len(string.lstrip())
    return Span(start + left, start + max(len(string.rstrip()), left))


_MONEY = re.compile(r"\d,\d{3}|\$|\(\d|\d\.\d|[-–—](?=\s*[$\d(])")


def _heading_end(text: str, line: Line, runs: Sequence[Run]) -> int:
    """Return where the headings at the beginning of the line end: after the last date or year before any amount."""
    limit = line.end
    for run in runs:
        string = text[run.figures[0].start : run.figures[-1].end]
        if _MONEY.search(string) and not re.fullmatch(r"[\s\d,]*(?:19|20)\d\d[\s\d,]*", string):
            limit = run.figures[0].start
            break
    found = [match.end() for match in _PERIOD.finditer(text, line.start, limit)]
    return found[-1] if found else line.start
