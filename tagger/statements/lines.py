"""The lines of a statement: labels without their marks, and the headings they stand under."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tagger.data import word_set
from tagger.document import Cell, Row, Text
from tagger.lexicon import is_unread_cell, parse_scales, scale_behind
from tagger.patterns import pattern
from tagger.statement import Figure, Line
from tagger.statements.currencies import label_currency
from tagger.statements.kinds import fold_title
from tagger.statements.sections import Figures

_MARKS = pattern(r"(?<!\s)\s*(?:\(\s*(?:\d{1,2}|[a-h]|\*+)\s*\)(?:\s*\(\s*(?:\d{1,2}|[a-h])\s*\))*|\*+|†+|‡+)\s*$")
_LEADERS = pattern(r"(?<![\s.])(?:\s*\.){3,}\s*$|(?<![\s_·…])\s*[_·…]{2,}\s*$")
_OF_NOTES, _DOTS = (")", "*", "†", "‡"), (".", "_", "·", "…")  # what marks of notes end with, and leaders
_EDGES = pattern(r"^[\s'‘’“”\"|~_•]+(?=\w)|[\s:'‘’“”\"|~_]+$")
_LONGEST_HEADING = 150
_LONGEST_UNIT, _COUNTED = 24, pattern(r"[1-9]")  # "USD million 90.1" is a figure
_NOTHING_OWN = pattern(r"\bcommitments\b|\bcontingenc", re.IGNORECASE)
_COUNTS = pattern(
    r"\bpar\s+value\b|\A\D*\d.*\bshares?\s+(?:authorized|issued|outstanding)\b|\bauthorized\b.*\d", re.IGNORECASE
)
_TOTAL = pattern(r"^\s*(?:sub)?total\b\s*", re.IGNORECASE)


class _Open(Struct, frozen=True, gc=False):
    """A section heading that is still open; *child* is the indent of the first row under it, once there is one."""

    label: str
    indent: float
    major: bool
    child: float | None = None

    @property
    def used(self) -> bool:
        return self.child is not None


def read_lines(rows: Sequence[tuple[int, Row]], figures: Figures) -> tuple[Line, ...]:
    """Return a line for each of *rows* that has figures, with the headings open above it."""
    return tuple(_lines(rows, figures))


def _lines(rows: Sequence[tuple[int, Row]], figures: Figures) -> Iterator[Line]:
    table = _read(rows, figures)
    stack: list[_Open] = []
    for position, (index, row) in enumerate(rows):
        if index in table.labels:
            continue
        if index in table.torn:
            if table.figures[index]:
                yield _line(index, row, "", None, (), table.figures[index])
            continue
        cell = _label_cell(rows[position - 1][1] if index in table.apart else row)
        label = clean_label(cell) if cell else ""
        found = table.figures[index]
        if found:
            stack = _entered(stack, label, row.indent, indented=table.indented)
            yield _line(index, row, label, cell, stack, found)
            stack = _closed(stack, label, position, table.totals)
        elif cell is not None and (_COUNTS.search(label) or _has_unread(row)):
            yield Line(index=index, label=label, text=cell.text, headings=_labels(stack), indent=row.indent)
        elif label and not _is_sentence(label) and position < table.filled:
            stack = _opened(stack, label, row.indent, table.indented)


class _Rows(Struct, frozen=True):
    """What is known of all rows together: their *figures*, rows that are labels of the next (*apart*, *labels*), where the
    last figures stand (*filled*), what is totalled where, whether indents tell rows apart, and the rows of labels and
    figures of which nothing tells whose each is (*torn*)."""

    figures: Mapping[int, tuple[Figure, ...]]
    apart: Mapping[int, int]
    labels: frozenset[int]
    filled: int
    totals: Mapping[frozenset[str], int]
    indented: bool
    torn: frozenset[int]


def _read(rows: Sequence[tuple[int, Row]], figures: Figures) -> _Rows:
    read = {index: _figures(index, row, figures) for index, row in rows}
    torn = frozenset(torn_rows(rows, read))
    apart = {index: above for index, above in _labels_apart(rows, read) if index not in torn}
    return _Rows(
        figures=read,
        apart=apart,
        labels=frozenset(apart.values()),
        filled=max((position for position, (index, _) in enumerate(rows) if read[index]), default=0),
        totals={_total_of(row): position for position, (_, row) in enumerate(rows)},
        indented=len({row.indent for _, row in rows if _label_cell(row)}) > 1,
        torn=torn,
    )


def _line(
    index: int, row: Row, label: str, cell: Cell | None, stack: Sequence[_Open], found: tuple[Figure, ...]
) -> Line:
    unit = _unit(row, found)
    scales = parse_scales(unit) if unit else None
    return Line(
        index=index,
        label=label[: scale_behind(label)],
        text=cell.text if cell else Text("", (), ()),
        headings=(*_labels(stack), unit) if scales is not None else _labels(stack),
        indent=row.indent,
        figures=found,
        ruled=row.ruled,
        currency=label_currency(label) or (scales.currency if scales is not None else None),
    )


def _unit(row: Row, found: Sequence[Figure]) -> str:
    """Return what stands between the label of *row* and its first figure, in a column of its own: "$ million"."""
    between = [cell.text.string for cell in row.cells[:2] if 0 < cell.column < found[0].column]
    return between[0] if between and len(between[0]) <= _LONGEST_UNIT and not _COUNTED.search(between[0]) else ""


def _labels(stack: Sequence[_Open]) -> tuple[str, ...]:
    return tuple(opened.label for opened in stack)


def _entered(stack: list[_Open], label: str, indent: float, *, indented: bool) -> list[_Open]:
    """Return the headings that a row of figures stands under, of which it may be the first."""
    if indented and label:
        stack = _left(stack, label, indent)
    if stack and stack[-1].child is None:
        return [replace(o, child=indent) if o.child is None else o for o in stack]
    return stack


def _labels_apart(rows: Sequence[tuple[int, Row]], read: Mapping[int, tuple[Figure, ...]]) -> Iterator[tuple[int, int]]:
    """Yield rows of figures without a label, each with the row right above that is its label and nothing else."""
    for (above, label_row), (index, row) in itertools.pairwise(rows):
        if _is_label(label_row, read[above]) and _is_bare(row, read.get(index, ())):
            yield index, above


def torn_rows(rows: Sequence[tuple[int, Row]], read: Mapping[int, tuple[Figure, ...]]) -> Iterator[int]:
    """Yield rows of labels that stand apart from the rows of figures below them, and those: nothing tells whose each is."""
    labels: list[int] = []
    figures: list[int] = []
    for index, row in (*rows, (-1, Row(cells=()))):
        bare = index >= 0 and _is_bare(row, read.get(index, ()))
        if figures and not bare:
            if len(labels) > 1 and len(figures) > 1:
                yield from (*labels, *figures)
            labels, figures = [], []
        if bare and labels and (figures or not row.ruled):  # below the rule a total without a label stands
            figures.append(index)
        elif index >= 0 and _is_label(row, read.get(index, ())):
            labels.append(index)
        else:
            labels = []


def _is_bare(row: Row, figures: Sequence[Figure]) -> bool:
    """Whether *row* has *figures* and no label."""
    return bool(figures) and _label_cell(row) is None


def _is_label(row: Row, figures: Sequence[Figure]) -> bool:
    """Whether *row* has a label that wants figures, and nothing else: no heading."""
    if figures or len(row.cells) != 1 or row.ruled or (cell := _label_cell(row)) is None:
        return False
    label = cell.text.string
    return not label.rstrip().endswith(":") and not is_major(label) and not _NOTHING_OWN.search(label)


def clean_label(cell: Cell) -> str:
    """Return the words of a label cell without footnote marks, dot leaders and a final colon."""
    string = cell.text.string
    for start, end in reversed(cell.superscripts):
        string = string[:start] + string[end:]
    return _cleaned(string)


@lru_cache(maxsize=1024)
def _cleaned(string: str) -> str:
    string = _LEADERS.sub("", string) if string.rstrip().endswith(_DOTS) else string
    bare = _MARKS.sub("", string) if string.rstrip().endswith(_OF_NOTES) else string
    return _EDGES.sub("", _EDGES.sub("", bare or string)).strip()


def _label_cell(row: Row) -> Cell | None:
    for cell in row.cells:
        if not cell.column:
            return cell
    return None


def _figures(index: int, row: Row, figures: Figures) -> tuple[Figure, ...]:
    found = []
    for cell in row.cells:
        numeral = figures.get((index, cell.column)) if cell.column else None
        if numeral is not None:
            found.append(Figure(numeral=numeral, column=cell.column, span=cell.text.span(*numeral.digits)))
    return tuple(found)


def _has_unread(row: Row) -> bool:
    """Whether *row* has figures that cannot be read, and none that can: it is no heading."""
    return any(cell.column and is_unread_cell(cell.text.string) for cell in row.cells)


def _is_sentence(label: str) -> bool:
    """Whether a row without figures is a note that runs on rather than a heading."""
    return len(label) > _LONGEST_HEADING or ". " in label[20:]


def _opened(stack: list[_Open], label: str, indent: float, indented: bool) -> list[_Open]:
    major = is_major(label)
    if major:
        keep = [o for o in stack if o.major and not o.used and o.indent <= indent]
    elif indented:
        keep = [
            o
            for o in stack
            if o.indent < indent or (o.major and o.indent <= indent) or (not o.used and o.indent <= indent)
        ]
    else:
        keep = [o for o in stack if o.major or not o.used]
    return [*keep, _Open(label, indent, major)]


def _left(stack: list[_Open], label: str, indent: float) -> list[_Open]:
    """Close the headings that a row at *indent* no longer stands under."""
    if _TOTAL.match(label):
        return stack
    return [o for o in stack if o.major or indent > o.indent or (indent == o.indent and o.child in (None, indent))]


def _total_of(row: Row) -> frozenset[str]:
    """Return the words of what a row is the total of, none where it is no total."""
    cell = _label_cell(row)
    label = clean_label(cell) if cell else ""
    total = _TOTAL.match(label)
    return _words(label[total.end() :]) if total else frozenset()


def _closed(stack: list[_Open], label: str, position: int, totals: Mapping[frozenset[str], int]) -> list[_Open]:
    """Close the heading that a "Total ..." row ends, and those inside it.

    "Total product revenues" is part of "Revenues" where "Total revenues" comes later: *totals* says where words are
    totalled last.
    """
    total = _TOTAL.match(label)
    if not total:
        return stack
    named = _words(label[total.end() :])
    for depth in range(len(stack) - 1, -1, -1):
        words = _words(stack[depth].label)
        if named and (named == words or named <= words or words <= named):
            return stack if words < named and totals.get(words, -1) > position else stack[:depth]
    if stack and not named:
        return stack[:-1]
    return stack


@lru_cache(maxsize=512)
def _words(label: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", fold_title(label))) - {"and", "the", "of", "from", "activities"}


@lru_cache(maxsize=512)
def is_major(label: str) -> bool:
    """Whether a heading opens one of the main parts of a statement."""
    words = " ".join(re.findall(r"[a-z]+", fold_title(label)))
    return words in word_set("layout", "major_headings")
