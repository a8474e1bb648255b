"""Stacked tables: one cell a line, labels and figures one below the other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from tagger.document import Table
from tagger.lexicon import is_figure
from tagger.reading.columns import place_figures
from tagger.reading.entries import Entry, Figure
from tagger.reading.glued import is_glued
from tagger.reading.grid import make_table, stacked_rows
from tagger.reading.headwords import YEAR, in_vocabulary, is_time
from tagger.reading.lines import Line, span_of
from tagger.reading.rows import Item
from tagger.reading.stories import PERIOD, stack_headings
from tagger.values import Span

_Row: TypeAlias = tuple[tuple[Span, ...], tuple[Figure, ...]]  # a label and its figures
_SIGN = re.compile(r"[$€£]\s*\(?|\(")
_CLOSER = re.compile(r"\)?\s*%?\s*\)?|%|pts|bps")
_SEAM = re.compile(
    r"(?<=[a-z,.)])(?=[A-Z(])|(?<=[a-z,])(?=\d)|(?<=\d)(?=[A-Z][a-z])|(?<=(?:19|20)\d\d)(?=(?:19|20)\d\d)|(?<=[A-Z]\.)(?=[A-Z]{4})"
    r"|(?<=[a-z]\s\d\d)(?=(?:19|20)\d\d\b)"
)
_SCALE = re.compile(r"\b(?:in\s+(?:thousands|millions|billions)|thousands|unaudited)\b", re.I)
_TITLE = re.compile(
    r"\b(?:consolidated|condensed|statements?\s+of|balance\s+sheets?|reconciliation|compared\s+to|schedule|inc\.|corp)",
    re.I,
)
_LONG = 200
_FOOTNOTE = re.compile(r"\(?[A-Z\d]\)|\*|[•●#]")
_ELSEWHERE = re.compile(r"\w@\w|www\.|https?:|\(?\d{3}\)?[ -]\d{3}-\d{4}|^[\d,.$()%-]+$")
_SIGNS = re.compile(r"[%#]|\(\w+\)")


class Stack(NamedTuple):
    """The lines of one table, by index: captions, headings, then labels and figures."""

    captions: list[int]
    headings: list[int]
    body: list[int]


def bare(line: Line) -> str:
    """Return the line without blanks at its ends, and with single ones inside if it is short."""
    stripped = line.string.strip()
    return " ".join(stripped.split()) if "\xa0" in stripped and len(stripped) < 160 else stripped


@lru_cache(maxsize=2048)
def is_cell(stripped: str) -> bool:
    if not 0 < len(stripped) < 24 or stripped == "---" or YEAR.fullmatch(stripped):
        return False
    bare = stripped[1:].lstrip() if stripped[0] in "$€£" else stripped
    return " " not in bare and is_figure(bare)


def lines_above(lines: Sequence[Line], index: int, floor: int) -> list[int]:
    """Return the short lines above *index* that may be captions and headings, from the top."""
    found: list[int] = []
    for back in range(index - 1, floor - 1, -1):
        line = lines[back]
        stripped = bare(line)
        if not stripped:
            continue
        if (
            len(stripped) > _LONG
            or stripped.startswith(("* ", "•", "(1)"))
            or (stripped.endswith((".", ".”")) and len(stripped) > 60)
            or len(found) >= 14
        ):
            break
        found.append(back)
    found.reverse()
    return found


def is_head(string: str) -> bool:
    spaced = _SEAM.sub(" ", string.strip())
    return len(spaced) < 120 and in_vocabulary(spaced)


def find_stack(lines: Sequence[Line], index: int, floor: int) -> tuple[Stack | None, int]:
    """Collect the table whose first figure stands on the line *index*; return it and the line after it."""
    above = lines_above(lines, index, floor)
    strings = [bare(lines[at]) for at in above]
    timely = [place for place, string in enumerate(strings) if is_head(string) and is_time(_SEAM.sub(" ", string))]
    if not timely:
        titles = [place for place, string in enumerate(strings) if _SCALE.search(string) or _TITLE.search(string)]
        head = titles[-1] + 1 if titles else max(len(above) - 1, 0)
        headings: list[int] = []
        named = above[:head]
        labels = above[head:]
    else:
        head, stop = timely[0], timely[-1] + 1
        stop = _repeated(strings, stop) or stop
        while stop < len(above) and (is_head(strings[stop]) or _SIGNS.fullmatch(strings[stop])):
            stop += 1
        inside = range(head, stop)
        last = timely[-1]
        headings = [above[place] for place in inside if place > last or is_head(strings[place])]
        named = above[:head] + [above[place] for place in inside if place <= last and not is_head(strings[place])]
        labels = above[stop:]
    body, stop_line = _body(lines, index)
    if sum(1 for at in body if is_cell(bare(lines[at]))) < 4:
        return None, stop_line
    return Stack(captions_of(lines, named), headings, labels + body), stop_line


def _repeated(strings: Sequence[str], start: int) -> int:
    """Return where headings end that are said once for each period: "Balance", "Yield", "Balance", "Yield"."""
    for size in (4, 3, 2):
        if (
            len(strings) >= start + 2 * size
            and strings[start : start + size] == strings[start + size : start + 2 * size]
        ):
            return start + 2 * size
    return 0


def captions_of(lines: Sequence[Line], above: Sequence[int]) -> list[int]:
    """Return the lines right above that name the table: titles and scales, or one line whatever it says."""
    kept: list[int] = []
    for at in reversed(above):
        string = bare(lines[at])
        if _FOOTNOTE.match(string) or _ELSEWHERE.search(string) or len(kept) > 5:
            break
        if kept and not (
            _TITLE.search(string) or _SCALE.search(string) or string.isupper() or kept[-1] - at < 2 or is_head(string)
        ):
            break
        kept.append(at)
    kept.reverse()
    return kept


def _body(lines: Sequence[Line], index: int) -> tuple[list[int], int]:
    """Return the lines of the table from its first figure on, and the line where what follows begins."""
    body: list[int] = []
    last = index
    labels = 0
    at = index
    while at < len(lines):
        stripped = bare(lines[at])
        if not stripped:
            at += 1
            continue
        if is_cell(stripped) or _SIGN.fullmatch(stripped) or _CLOSER.fullmatch(stripped):
            labels = 0
            last = at
        else:
            labels += 1
            if len(stripped) > _LONG or labels > 5 or is_glued(stripped):
                break
            spaced = _SEAM.sub(" ", stripped)
            if (_SCALE.search(stripped) and len(stripped) < 120) or (in_vocabulary(spaced) and PERIOD.search(spaced)):
                break
        body.append(at)
        at += 1
    while body and body[-1] > last:
        body.pop()
    return body, last + 1


def stacked_table(text: str, lines: Sequence[Line], stack: Stack) -> Table:
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
    captions = [span_of(lines[at]) for at in stack.captions]
    return make_table(
        text,
        items,
        stacked_rows(text, stack_headings(text, heads, columns), columns),
        captions,
        columns,
        doubtful=placing.doubtful,
    )


def _stacked_rows(text: str, lines: Sequence[Line], body: Sequence[int]) -> list[_Row]:
    """Gather labels and the figures after each; signs and brackets on lines of their own go to their figure."""
    rows: list[_Row] = []
    figures: list[Figure] = []
    sign = -1
    for at in body:
        span = span_of(lines[at])
        stripped = bare(lines[at])
        if is_cell(stripped):
            start = sign if sign >= 0 else span.start
            figures.append(Figure(start, span.end, 0, 0, "%" in stripped, any(map(str.isdigit, stripped))))
            sign = -1
        elif _SIGN.fullmatch(stripped):
            sign = span.start
        elif figures and _CLOSER.fullmatch(stripped):
            figures[-1] = figures[-1]._replace(end=span.end, percent=figures[-1].percent or "%" in stripped)
        else:
            _end_row(rows, figures)
            rows.append(((span,), ()))
            figures = []
            sign = -1
    _end_row(rows, figures)
    return rows


def _end_row(rows: list[_Row], figures: Sequence[Figure]) -> None:
    """Put *figures* beside the label before them, or in a row without a label."""
    if figures:
        label = rows.pop()[0] if rows and not rows[-1][1] else ()
        rows.append((label, tuple(figures)))


def _seams(text: str, line: Line) -> list[Span]:
    """Cut a line where words were glued ("EndedJune"), so that they are read with a blank between."""
    span = span_of(line)
    cuts = [span.start, *(match.start() for match in _SEAM.finditer(text, span.start, span.end)), span.end]
    return [Span(start, end) for start, end in itertools.pairwise(cuts) if start < end]
