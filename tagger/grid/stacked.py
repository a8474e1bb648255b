"""Stacked tables: one cell a line, labels and figures one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from tagger.document import Table
from tagger.grid.columns import Placing, counted, percent_columns
from tagger.grid.entries import Entry, Figure, read_entry
from tagger.grid.headwords import COVER, compares, in_vocabulary, is_time
from tagger.grid.lines import Kind, Line, span_of
from tagger.grid.parts import SEAM, count_named, read_parts, without_scales
from tagger.grid.rows import Item, figures_of, join_rows
from tagger.grid.run_together import is_glued
from tagger.grid.tables import make_table, ordered_rows
from tagger.grid.titles import STATEMENT
from tagger.lexicon import Look, find_periods, is_figure, is_scale_line, kind_of, says_scale
from tagger.lexicon.shapes import is_year, listed, shape
from tagger.patterns import pattern
from tagger.values import Span

_Row: TypeAlias = tuple[tuple[Span, ...], tuple[Figure, ...]]  # a label and its figures
_SIGN = shape(r"\p{Sc}\s*\(?|\(")
_CLOSER = pattern(r"\)?\s*%?\s*\)?|%|pts|bps")
_TITLE = pattern(
    r"\b(?:consolidated|condensed|statements?\s+of|balance\s+sheets?|reconciliation|compared\s+to|schedule|inc\.|corp)",
    re.I,
)
_LONG = 200
_LABEL = 80  # characters of a label that says its own scale
_REACH = 48
_WIDEST = 14  # columns a table may have
_FOOTNOTE = pattern(r"\(?[A-Z\d]\)|\*|[•●#]")
_ELSEWHERE = pattern(r"\w@\w|www\.|https?:|\(?\d{3}\)?[ -]\d{3}-\d{4}|^[\d,.$()%-]+$")
_PADDING = shape(r"(?<=[\p{Sc}(])\s+|\s+(?=[)%])")
_AMOUNT = shape(r"\d\L<group>|\d\.\d|\p{Sc}\s*\(?\s*\d")
_LAID_OUT = 20  # a figure so far from the left edge stands in a column
_LEADERS = pattern(r"(?<![\s.·…_])[\s.·…_]*(?:\.\s?\.|…|__)[\s.·…_]*$")
_WHOLE, _DECIMALS = pattern(r"\(?\d{1,3}"), pattern(r"\.\d{1,2}\s?\)?\s?%?")
_PAGE = pattern(r"\d{1,3}")
_NOTHING = (Kind.BREAK, Kind.RULE)  # lines that say nothing in a table of one cell a line
_SIGNS = pattern(r"[%#]|\(\w+\)")
_CHANGE = shape(r"\b\L<changes>s?\b")


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
    """Say whether a line holds one figure and nothing else.

    >>> [is_cell(string) for string in ("$ ( 5,351)", "—", "2006", "12 %", "1,486 1,901", "1 486 901")]
    [True, True, False, True, False, True]
    """
    if not 0 < len(stripped) < 24 or stripped == "---" or is_year(stripped):
        return False
    bare = _PADDING.sub("", stripped)
    bare = bare[1:] if bare[0] in listed("signs") else bare
    return is_figure(bare) if " " not in bare else kind_of(bare) is Look.FIGURE


def begins_stack(lines: Sequence[Line], index: int) -> bool:
    """Say whether a table with one cell a line may begin here: a figure alone that no blanks put into a column.

    A small number is one only beside another or a sign: alone it is a page's.
    """
    if (
        lines[index].kind is Kind.BREAK
        or lines[index].indent >= _LAID_OUT
        or not is_cell(stripped := bare(lines[index]))
    ):
        return False
    if _AMOUNT.search(stripped):
        return True
    near = (*lines[max(index - 2, 0) : index], *lines[index + 1 : index + 3])
    return any(is_cell(bare(line)) or _SIGN.fullmatch(bare(line)) for line in near)


def _figures_alone(line: Line) -> tuple[Figure, ...]:
    """Return the figures of a line that holds several and nothing else."""
    entry = read_entry(line)
    return entry.figures if len(entry.figures) > 1 and entry.start == entry.end and not entry.years else ()


def lines_above(lines: Sequence[Line], index: int, floor: int) -> list[int]:
    """Return the short lines above *index* that may be captions and headings, from the top."""
    found: list[int] = []
    for back in range(index - 1, max(floor, index - _REACH) - 1, -1):
        line = lines[back]
        stripped = bare(line)
        if not stripped or line.kind in _NOTHING:
            continue
        if (
            line.kind is Kind.MARK
            or is_laid_out(line)
            or len(stripped) > _LONG
            or stripped.startswith(("* ", "•", "(1)"))
            or (stripped.endswith((".", ".”")) and len(stripped) > 60)
            or (is_cell(stripped) and _AMOUNT.search(stripped))
            or len(found) >= 30
        ):
            break
        found.append(back)
    found.reverse()
    return found


def is_head(string: str) -> bool:
    """Say whether *string* may stand over columns: its words all do, and it is no line of the cover of a form."""
    if COVER.match(string):
        return False
    spaced = SEAM.sub(" ", string.strip())
    return len(spaced) < 120 and in_vocabulary(spaced)


def find_stack(lines: Sequence[Line], index: int, floor: int) -> tuple[Stack | None, int]:
    """Collect the table that has an amount on the line *index*; return it and the line after it."""
    index = _first_figure(lines, index, floor)
    body, stop_line = _body(lines, index)
    if not _is_stack(lines, body):
        return None, stop_line
    captions, headings, labels = _stack_top(lines, index, floor)
    return Stack(captions, headings, labels + body), stop_line


def _stack_top(lines: Sequence[Line], index: int, floor: int) -> tuple[list[int], list[int], list[int]]:
    """Tell the lines above the first figure apart: captions, headings, first labels."""
    above = lines_above(lines, index, floor)
    strings = [bare(lines[at]) for at in above]
    title = title_end(strings)
    timely = [
        place
        for place, string in enumerate(strings)
        if place >= title and is_head(string) and is_time(SEAM.sub(" ", string))
    ]
    if not timely:
        titles = [place for place, string in enumerate(strings) if says_scale(string) or _TITLE.search(string)]
        head = titles[-1] + 1 if titles else max(len(above) - 1, 0)
        return captions_of(lines, above[:head]), [], above[head:]
    head, stop = timely[0], timely[-1] + 1
    while head > title and _goes_over(strings[head - 1]):
        head -= 1
    over = _over_title(strings, title)
    stop = _repeated(strings, stop) or stop
    while stop < len(above) and (is_head(strings[stop]) or _SIGNS.fullmatch(strings[stop])):
        stop += 1
    inside = range(head, stop)
    last = timely[-1]
    headings = [
        *(above[place] for place in over),
        *(above[place] for place in inside if place > last or is_head(strings[place])),
    ]
    named = [above[place] for place in range(head) if place not in over] + [
        above[place] for place in inside if place <= last and not is_head(strings[place])
    ]
    return captions_of(lines, named, headings), headings, above[stop:]


def _goes_over(string: str) -> bool:
    """Say whether *string* stands over columns whose times are below it: a change, a length of time ("For the year")."""
    if compares(string):
        return True
    return is_head(string) and (_CHANGE.search(string) is not None or any(said.months for said in find_periods(string)))


def _over_title(strings: Sequence[str], title: int) -> range:
    """Return which lines right above a title head columns all the same: two or more, which one of columns needs."""
    first = title - 1
    while first > 0 and is_head(strings[first - 1]) and is_time(SEAM.sub(" ", strings[first - 1])):
        first -= 1
    return range(first, title - 1) if title - 1 - first > 1 else range(0)


def title_end(strings: Sequence[str]) -> int:
    """Return where the last title of a statement among *strings* ends: a date above it heads no columns."""
    titles = (place for place, string in enumerate(strings) if STATEMENT.search(string) and not is_head(string))
    return max(titles, default=-1) + 1


def _first_figure(lines: Sequence[Line], index: int, floor: int) -> int:
    """Return the first line of the run of figures that the amount on the line *index* stands in."""
    first = index
    for back in range(index - 1, max(floor, index - _REACH) - 1, -1):
        stripped = bare(lines[back])
        if stripped and not (is_cell(stripped) or _SIGN.fullmatch(stripped) or _CLOSER.fullmatch(stripped)):
            break
        if is_cell(stripped):
            first = back
    return first


def _is_stack(lines: Sequence[Line], body: Sequence[int]) -> bool:
    """Say whether figures follow one another as those of a row do, or labels and amounts take turns."""
    cells = amounts = after = labels = 0
    before = False
    for at in body:
        stripped = bare(lines[at])
        if is_cell(stripped):
            cells += 1
            amounts += _AMOUNT.search(stripped) is not None
            after += before
            before = True
        elif not (_SIGN.fullmatch(stripped) or _CLOSER.fullmatch(stripped)):
            if is_laid_out(lines[at]):
                return False
            labels += 1
            before = False
    return 4 <= cells <= _WIDEST * (labels + 1) and (after * 3 >= cells or labels <= 2 * cells < 4 * amounts)


def is_laid_out(line: Line) -> bool:
    """Say whether the line is a row of its own: a label, then wide blanks and figures."""
    if line.kind is not Kind.TEXT or "   " not in line.string:
        return False
    entry = read_entry(line)
    return entry.wide and bool(entry.figures) and entry.end > entry.start


def _repeated(strings: Sequence[str], start: int) -> int:
    """Return where headings end that are said once for each period: "Balance", "Yield", "Balance", "Yield"."""
    for size in (4, 3, 2):
        if (
            len(strings) >= start + 2 * size
            and strings[start : start + size] == strings[start + size : start + 2 * size]
        ):
            return start + 2 * size
    return 0


def _between(headings: Sequence[int], at: int, below: int, string: str) -> int:
    """Return how many of *headings* stand between the line *at*, which is *string*, and the one *below*; a sentence is no name."""
    return sum(at < over < below for over in headings) if len(string) <= _LABEL else 0


def captions_of(lines: Sequence[Line], above: Sequence[int], headings: Sequence[int] = ()) -> list[int]:
    """Return the lines right above that name the table: titles and scales, or one line whatever it says.

    *headings* stand between no name and the lines below it.
    """
    kept: list[int] = []
    for at in reversed(above):
        string = bare(lines[at])
        if _FOOTNOTE.match(string) or _ELSEWHERE.search(string) or len(kept) > 5:
            break
        if kept and not (
            _TITLE.search(string)
            or says_scale(string)
            or string.isupper()
            or kept[-1] - at - _between(headings, at, kept[-1], string) < 2
            or is_head(string)
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
    for at in range(index, len(lines)):
        stripped = bare(lines[at])
        if not stripped or (lines[at].kind in _NOTHING and not is_cell(stripped)):  # a cell may be two dashes
            continue
        if is_cell(stripped) or _SIGN.fullmatch(stripped) or _CLOSER.fullmatch(stripped) or _figures_alone(lines[at]):
            labels = 0
            last = at
        else:
            labels += 1
            if labels > 5 or lines[at].kind is Kind.MARK or (_ends_stack(stripped) and not _names_row(lines, at)):
                break
        body.append(at)
    while body and body[-1] > last:
        body.pop()
    if len(body) > 2 and _PAGE.fullmatch(bare(lines[last])) and bare(lines[body[-2]]).endswith("."):
        del body[-2:]  # "See the accompanying notes." and the number of the page
    return body, last + 1


def _names_row(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line that says a scale says it of the figures right below it: "Gold revenues (millions)"."""
    stripped = bare(lines[at])
    if len(stripped) >= _LABEL or is_scale_line(stripped) or not says_scale(stripped):
        return False
    below = next((bare(line) for line in lines[at + 1 : at + 4] if line.string.strip()), "")
    return is_cell(below) or _SIGN.fullmatch(below) is not None


def _ends_stack(stripped: str) -> bool:
    """Say whether a line is no label of the table: running text, a scale, headings of the next one."""
    if len(stripped) > _LONG or is_glued(stripped):
        return True
    if says_scale(stripped) and len(stripped) < 120:
        return True
    spaced = SEAM.sub(" ", stripped)
    return in_vocabulary(spaced) and is_time(spaced)


def stacked_table(
    text: str, lines: Sequence[Line], stack: Stack, heads: Sequence[Sequence[Span]] = (), titles: Sequence[Span] = ()
) -> Table:
    """Make the table of *stack*; *heads* and *titles* are what a table right above printed, and what still holds."""
    rows = _stacked_rows(text, lines, stack.body)
    heads = [*heads, *heads_of(lines, stack)]
    entries = [Entry(0, 1, 0, figures) for _, figures in rows if figures]
    scales, parts = without_scales(read_parts(text, heads, alone=True))
    columns = len(counted(entries, count_named(parts), joined=True).edges)
    rows = [part for row in rows for part in _parted(_without_page(text, row, columns), columns)]
    entries = [Entry(0, 1, 0, figures) for _, figures in rows if figures]
    placing = counted(entries, columns, joined=True)
    items = join_rows(list(_items(text, rows, placing)), ocr=True)
    captions = [*(span_of(lines[at]) for at in stack.captions), *scales]
    return make_table(
        text,
        items,
        ordered_rows(text, parts, columns, percent_columns(figures_of(items), columns)),
        captions,
        columns,
        titles=titles,
        doubtful=placing.doubtful or any(len(entry.figures) > columns for entry in entries),
    )


def heads_of(lines: Sequence[Line], stack: Stack) -> list[list[Span]]:
    """Return where the headings of *stack* stand, the spans of each line."""
    return [[span_of(lines[at])] for at in stack.headings]


def _without_page(text: str, row: _Row, columns: int) -> _Row:
    """Take the number of the page away that stands after the last row of it."""
    label, figures = row
    over = len(figures) % columns == 1 if columns > 1 else False
    if over and len(figures) > columns and _PAGE.fullmatch(text, figures[-1].start, figures[-1].end):
        return label, figures[:-1]
    return row


def _parted(row: _Row, columns: int) -> list[_Row]:
    """Part the figures of a row from those of the totals without a label that follow it."""
    label, figures = row
    if len(figures) <= columns or len(figures) % columns:
        return [row]
    parts = [figures[at : at + columns] for at in range(0, len(figures), columns)]
    return [(label, parts[0]), *(((), part) for part in parts[1:])]


def _items(text: str, rows: Sequence[_Row], placing: Placing) -> Iterator[Item]:
    places = iter(placing.places)
    for label, figures in rows:
        placed = next(places) if figures else ()
        if len(placed) < len(figures):  # more cells than columns: none says which of them is whose
            placed = tuple(range(len(placing.edges) + 1, len(placing.edges) + len(figures) + 1))
        string = " ".join(" ".join(text[span.start : span.end] for span in label).split())
        yield Item(label, string, 0, 0, figures, placed, gap=not label)


def _stacked_rows(text: str, lines: Sequence[Line], body: Sequence[int]) -> list[_Row]:
    """Gather labels and the figures after each; signs and brackets on lines of their own go to their figure."""
    rows: list[_Row] = []
    figures: list[Figure] = []
    sign = -1
    for at in body:
        span = span_of(lines[at])
        stripped = bare(lines[at])
        if figures and _DECIMALS.fullmatch(stripped) and _WHOLE.fullmatch(text, figures[-1].start, figures[-1].end):
            figures[-1] = replace(
                figures[-1], end=span.end, percent="%" in stripped
            )  # "98", ".7" in cells of their own
        elif is_cell(stripped):
            start = sign if sign >= 0 else span.start
            figures.append(Figure(start, span.end, 0, 0, "%" in stripped, any(map(str.isdigit, stripped))))
            sign = -1
        elif alone := _figures_alone(lines[at]):
            figures.extend(alone)
        elif _SIGN.fullmatch(stripped):
            sign = span.start
        elif figures and _CLOSER.fullmatch(stripped):
            figures[-1] = replace(figures[-1], end=span.end, percent=figures[-1].percent or "%" in stripped)
        else:
            _end_row(rows, figures)
            rows.append(((_without_leaders(text, span),), ()))
            figures = []
            sign = -1
    _end_row(rows, figures)
    return rows


def _without_leaders(text: str, span: Span) -> Span:
    leaders = _LEADERS.search(text, span.start, span.end)
    return Span(span.start, leaders.start()) if leaders else span


def _end_row(rows: list[_Row], figures: Sequence[Figure]) -> None:
    """Put *figures* beside the label before them, or in a row without a label."""
    if figures:
        label = rows.pop()[0] if rows and not rows[-1][1] else ()
        rows.append((label, tuple(figures)))
