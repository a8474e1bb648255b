"""Glued tables: a whole table on one line, its labels and figures run together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tagger.reading.entries import Figure
from tagger.reading.rows import Item
from tagger.values import Span


class Run(NamedTuple):
    """Figures that follow one another, with the words before them: *start* to *end* is the label."""

    start: int
    end: int
    figures: tuple[Figure, ...]


_FIGURE = re.compile(
    r"""
    [$€£]?\s*\(?\s*[$€£]?\s*[-–—]?\s?
    (?: \d{1,3}(?:,\d{3})+(?:\.\d{1,2}(?!\d))? | \d+\.\d{2}(?=\d+\.\d{2}(?!\d)) | \d+(?:\.\d+)? | \.\d+ )
    \s?\)?\s?%?\)?
    | \$?\s*[-–—]{1,2}(?=[\s$(]*(?:[-–—$(\d]|[A-Z]|$)) (?:\s?%)?
    """,
    re.X,
)
_MONEY = re.compile(r"\d,\d{3}|\$\s*\(?\d|\(\d|\d\.\d")
_BLANK = re.compile(r"[\s$]*")
_DIGITS = re.compile(r"\d+")


def is_glued(string: str) -> bool:
    """Say whether a line is a table that lost its line ends: many figures among few words, no sentences.

    >>> is_glued("Net sales$ 1,200$ 1,100Cost of sales700 650Gross profit500 450Rent90 80Taxes40 30Net income$ 370$ 340 and so on")
    True
    """
    if len(string) < 100:
        return False
    numbers = sum(1 for match in _FIGURE.finditer(string) if any(map(str.isdigit, match.group())))
    if numbers < 8 or "http" in string:
        return False
    words = len(string.split())
    sentences = len(re.findall(r"[a-z]{3,}[.,]\s(?=[A-Za-z])|\b(?:was|were|compared|increased|decreased)\b", string))
    return numbers * 5 > words and sentences * 6 <= numbers


def count_columns(runs: Sequence[Run]) -> int:
    """Return how many figures most runs have."""
    counts = Counter(len(run.figures) for run in runs if len(run.figures) > 1)
    return counts.most_common(1)[0][0] if counts else 1


def read_runs(text: str, start: int, end: int) -> list[Run]:
    """Return the runs of figures of ``text[start:end]`` with their labels."""
    runs: list[Run] = []
    label = start
    figures: list[Figure] = []
    reach = start
    for match in _FIGURE.finditer(text, start, end):
        if not match.group().strip(" $\xa0"):
            continue
        begin = match.start() + len(match.group()) - len(match.group().lstrip())
        if figures and text[reach:begin].strip(" $\xa0\t"):
            runs.append(Run(label, figures[0].start, tuple(figures)))
            label, figures = reach, []
        stop = match.start() + len(match.group().rstrip())
        figures.append(_figure(text, begin, stop))
        reach = stop
    if figures:
        runs.append(Run(label, figures[0].start, tuple(figures)))
    return runs


def _figure(text: str, start: int, end: int) -> Figure:
    string = text[start:end]
    return Figure(start, end, 0, 0, "%" in string, any(map(str.isdigit, string)))


def make_items(text: str, runs: Sequence[Run], columns: int) -> tuple[list[Item], bool]:
    """Turn runs into rows of *columns* figures; say whether any figure's column was guessed."""
    items: list[Item] = []
    doubtful = False
    begin = -1  # where a label began whose first numbers turned out to be words of it
    for index, run in enumerate(runs):
        start = run.start if begin < 0 else begin
        figures = _fitted(text, run, columns)
        following = text[run.figures[-1].end :].lstrip()[:1] if index + 1 < len(runs) else ""
        if len(figures) < columns and not _row_end(text, run, runs, index, following):
            begin = start
            continue
        begin = -1
        extra = max(len(figures) - columns, 0)
        if extra and not figures[-1].digits and index + 1 < len(runs):
            # the dash after the last figure begins the next label: "- Interest income"
            begin = figures[-1].start
            figures = figures[:-1]
            extra -= 1
        end = figures[extra].start
        figures = figures[extra:]
        doubtful = doubtful or len(figures) < columns
        items.extend(_labels(text, start, end, figures))
    return items, doubtful


def _row_end(text: str, run: Run, runs: Sequence[Run], index: int, following: str) -> bool:
    """Say whether a run with too few figures ends a row all the same, and is no number in a label."""
    if index + 1 == len(runs):
        return True
    between = text[run.figures[-1].end : runs[index + 1].figures[0].start]
    if between.lstrip()[:1] in (";", ",", ".", ")") or between.lstrip()[:1].islower():
        return False
    return _MONEY.search(text, run.figures[0].start, run.figures[-1].end) is not None or not run.figures[0].digits


def _fitted(text: str, run: Run, columns: int) -> list[Figure]:
    """Cut figures that were glued to one another without a mark between: "295212" where two are missing one."""
    figures = list(run.figures)
    for place, figure in enumerate(figures):
        missing = columns - len(figures)
        if missing <= 0:
            break
        digits = _DIGITS.fullmatch(text, figure.start, figure.end)
        parts = missing + 1
        size = figure.end - figure.start
        if digits and size >= max(2 * parts, 4) and size % parts == 0:
            width = size // parts
            cut = [_figure(text, figure.start + k * width, figure.start + (k + 1) * width) for k in range(parts)]
            figures[place : place + 1] = cut
            break
    return figures


_HEADED = re.compile(r":[\s\xa0]+(?=[(A-Z])|(?<=[a-z)])[\s\xa0]{2,}(?=[A-Z])|(?<=[A-Z]{4})[\s\xa0]+(?=[A-Z][a-z]+\s)")


def _labels(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[Item]:
    """Return the row for a label and its figures, after rows for the section headings glued before it."""
    pieces: list[tuple[int, int]] = []
    begin = start
    for match in _HEADED.finditer(text, start, end):
        stop = match.start() + (1 if match.group()[0] == ":" else 0)
        if text[begin:stop].strip() and text[begin:stop].count("(") == text[begin:stop].count(")"):
            pieces.append((begin, stop))
            begin = match.end()
    pieces.append((begin, end))
    spans = [_trimmed(text, first, last) for first, last in pieces]
    items = [Item((span,), text[span.start : span.end], 0, 0) for span in spans[:-1] if span.end > span.start]
    last = spans[-1]
    label = (last,) if last.end > last.start else ()
    string = " ".join(text[last.start : last.end].split())
    items.append(Item(label, string, 0, 0, tuple(figures), tuple(range(1, len(figures) + 1)), gap=True))
    return items


def _trimmed(text: str, start: int, end: int) -> Span:
    string = text[start:end]
    left = len(string) - len(string.lstrip())
    right = len(string.rstrip(" \xa0\t$"))
    return Span(start + left, start + max(right, left))
