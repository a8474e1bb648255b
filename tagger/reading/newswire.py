"""Newswire text: tables that lost their grid, as one cell a line or all on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tagger.document import Block
from tagger.reading.columns import place_figures
from tagger.reading.entries import Entry, Figure, is_figure
from tagger.reading.glued import Run, count_columns, is_glued, make_items, read_runs
from tagger.reading.grid import make_table, stacked_rows
from tagger.reading.headings import in_vocabulary, is_time
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
_SEAM = re.compile(r"(?<=[a-z,.)])(?=[A-Z(])|(?<=[a-z,])(?=\d)|(?<=\d)(?=[A-Z][a-z])|(?<=(?:19|20)\d\d)(?=(?:19|20)\d\d)|(?<=[A-Z]\.)(?=[A-Z]{4})")
_SCALE = re.compile(r"\b(?:in\s+(?:thousands|millions|billions)|thousands|unaudited)\b", re.I)
_TITLE = re.compile(r"\b(?:consolidated|condensed|statements?\s+of|balance\s+sheets?|reconciliation|compared\s+to|schedule|inc\.|corp)", re.I)
_PERIOD = re.compile(
    r"""(?P<length>(?:for\s+the\s+)?(?:[a-z]+|\d+)[ -](?:months?|weeks?|quarters?)\s*(?:periods?\s+)?(?:ended|ending)?|(?:for\s+the\s+)?(?:fiscal\s+)?(?:years?|quarters?|periods?)\s+(?:ended|ending))
      |(?P<date>(?:as\s+of\s+)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?[\s\xa0]+\d{1,2}(?:\s*,?\s*(?:19|20)\d\d)?|\d{1,2}/\d{1,2}/\d{2,4})
      |(?P<year>(?:19|20)\d\d)
      |(?P<other>\((?:un)?audited\)|%?\s*(?:change|increase|variance)(?:\s*/?\s*\(decrease\))?|\btotals?\b|\bannual\b)""",
    re.I | re.X,
)
_LONG = 200


def is_newswire(lines: Sequence[Line]) -> bool:
    """Say whether tables lost their grid: figures alone on their lines, or whole tables on one."""
    lone = 0
    for index, line in enumerate(lines):
        if line.kind is Kind.TEXT or line.kind is Kind.FURNITURE:
            stripped = line.string.strip()
            if len(stripped) < 24:
                lone += " " not in stripped and is_figure(stripped) and _alone(lines, index)
            elif len(stripped) > 200 and is_glued(stripped):
                return True
    return lone >= 20


def _alone(lines: Sequence[Line], index: int) -> bool:
    return index > 0 and lines[index - 1].kind is Kind.BLANK and (index + 1 == len(lines) or lines[index + 1].kind is Kind.BLANK)


def newswire_blocks(text: str, lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the blocks of a newswire text in order."""
    done = 0
    index = 0
    while index < len(lines):
        stripped = lines[index].string.strip()
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


def _is_cell(stripped: str) -> bool:
    return 0 < len(stripped) < 24 and " " not in stripped and is_figure(stripped)


def _before(lines: Sequence[Line], index: int, floor: int) -> list[int]:
    """Return the short lines above *index* that may be captions and headings, from the top."""
    found: list[int] = []
    blanks = 0
    for back in range(index - 1, floor - 1, -1):
        line = lines[back]
        stripped = line.string.strip()
        if not stripped:
            blanks += 1
            continue
        if len(stripped) > _LONG or stripped.startswith(("* ", "•", "(1)")) or (stripped.endswith((".", ".”")) and len(stripped) > 60) or len(found) >= 14:
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
    head = next((place for place, at in enumerate(above) if _is_head(lines[at].string) and is_time(_SEAM.sub(" ", lines[at].string))), None)
    if head is None:
        titles = [place for place, at in enumerate(above) if _SCALE.search(lines[at].string) or _TITLE.search(lines[at].string)]
        head = titles[-1] + 1 if titles else max(len(above) - 1, 0)
        headings: list[int] = []
        labels = above[head:]
    else:
        stop = head
        while stop < len(above) and (_is_head(lines[above[stop]].string) or _SIGNS.fullmatch(lines[above[stop]].string.strip())):
            stop += 1
        headings = above[head:stop]
        labels = above[stop:]
    captions = above[:head][-6:]
    body, stop_line = _body(lines, index)
    if sum(1 for at in body if _is_cell(lines[at].string.strip())) < 4:
        return None, stop_line
    return Stack(captions, headings, labels + body), stop_line


_SIGNS = re.compile(r"[$%#]|\(\w+\)")


def _body(lines: Sequence[Line], index: int) -> tuple[list[int], int]:
    """Return the lines of the table from its first figure on, and the line where what follows begins."""
    body: list[int] = []
    last = index
    labels = 0
    at = index
    while at < len(lines):
        stripped = lines[at].string.strip()
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
            if (_SCALE.search(stripped) and len(stripped) < 120) or (in_vocabulary(spaced) and is_time(spaced)):
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
        placed = ()
        if figures:
            entry, placed = next(places)
            figures = entry.figures[-len(placed) :]
        string = " ".join(text[span.start : span.end] for span in label)
        items.append(Item(label, " ".join(string.split()), 0, 0, figures, placed))
    captions = [_span(lines[at]) for at in stack.captions]
    return make_table(
        text, items, stacked_rows(text, _stories(text, heads, columns), columns), captions, columns, doubtful=placing.doubtful
    )


def _span(line: Line) -> Span:
    return Span(line.start + line.indent, line.start + len(line.string.rstrip()))


def _stacked_rows(text: str, lines: Sequence[Line], body: Sequence[int]) -> list[tuple[tuple[Span, ...], tuple[Figure, ...]]]:
    """Gather labels and the figures after each; signs and brackets on lines of their own go to their figure."""
    rows: list[tuple[tuple[Span, ...], tuple[Figure, ...]]] = []
    figures: list[Figure] = []
    sign = -1
    for at in body:
        span = _span(lines[at])
        stripped = text[span.start : span.end]
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
    return [Span(start, end) for start, end in zip(cuts, cuts[1:], strict=False) if start < end]


def _stories(text: str, heads: Sequence[Sequence[Span]], columns: int) -> list[list[Sequence[Span]]]:
    """Arrange heading cells in lines: the last ones over a column each, those before them over several."""
    if len(heads) > columns and columns:
        return [list(heads[:-columns]), list(heads[-columns:])]
    if len(heads) < columns and len(heads) == 1:
        return _period_stories(text, heads[0], columns)
    return [list(heads)] if heads else []


def _period_stories(text: str, spans: Sequence[Span], columns: int) -> list[list[Sequence[Span]]]:
    """Read lengths, dates and years out of headings that run on in one line."""
    start, end = spans[0].start, spans[-1].end
    lengths: list[list[Span]] = []
    dates: list[list[Span]] = []
    years: list[list[Span]] = []
    others: list[list[Span]] = []
    reach = -1
    for match in _PERIOD.finditer(text, start, end):
        span = [Span(match.start(), match.end())]
        if match.lastgroup == "length":
            lengths.append(span)
        elif match.lastgroup == "date" and lengths and text[reach : match.start()].strip(" \xa0") == "" and not _dated(match.group()) and reach == lengths[-1][-1].end:
            lengths[-1] += span
        elif match.lastgroup == "date":
            dates.append(span)
        elif match.lastgroup == "year":
            years.append(span)
        else:
            others.append(span)
        reach = match.end()
    if len(dates) + len(years) + len(others) == columns and others:
        dates = sorted([*dates, *years, *others], key=lambda spans: spans[0].start)
        years = others = []
    return [story for story in (lengths, dates, years, others) if story]


def _dated(string: str) -> bool:
    return re.search(r"(?:19|20)\d\d", string) is not None


def _glued_table(text: str, lines: Sequence[Line], index: int, floor: int) -> tuple[int, Block]:
    """Read a table that stands on one line, with the headings and captions in it and above it."""
    line = lines[index]
    above = _before(lines, index, floor)[-4:]
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
        stories = _period_stories(text, [Span(heads[0].start, heads[-1].end)], columns)
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
