"""What the notes below tables say of marked titles, columns and rows: "(1) Excludes the results of the Gauge division"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from msgspec.structs import replace

from tagger.data import load_json
from tagger.document import Cell, Document, Paragraph, Table
from tagger.lexicon.numerals import alternatives
from tagger.patterns import pattern
from tagger.statement import COMPANY, Column, Line, Part, Scope, Statement, Use

_IN_BRACKETS = r"\(\s{0,2}(?:\d{1,2}|[a-z])\s{0,2}\)"
_MARK = rf"{_IN_BRACKETS}|[*†‡]+"
_OPENS = pattern(rf"\s*(?:({_MARK})|([1-9])(?=\s))\s*(?=\S)", re.IGNORECASE)
_LAST = pattern(rf"(?:(?:{_IN_BRACKETS}|[*†‡])[\s,]{{0,3}}){{1,9}}:?\s{{0,3}}$", re.IGNORECASE)
_MARKS = pattern(_MARK, re.IGNORECASE)
_LOWEST = 12  # rows of a table, at its end, that may be notes to it
_WORD = pattern(r"[a-z]+")


def noted_apart(statements: tuple[Statement, ...], document: Document) -> tuple[Statement, ...]:
    """Return *statements*, titles, columns and rows as not the company's whose notes say that something is left out of them.

    Of rows that holds where they are results: what is left out of a cost stands in a row of its own.
    """
    notes = dict(_notes(document))
    if not notes:
        return statements
    return tuple(_noted(one, notes[one.number]) if one.number in notes else one for one in statements)


def _notes(document: Document) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield tables, by number, with the notes, by mark, that say that something is left out; tables between which no text
    stands share them.
    """
    number = len(document.tables)
    told: list[str] = []
    below: list[str] = []
    for block in reversed(document.blocks):
        if isinstance(block, Paragraph):
            below.append(block.text.string)
            continue
        number -= 1
        told = [*(below or told), *_last_rows(block)]
        below = []
        if notes := dict(_read_notes(told)):
            yield number, notes


def _last_rows(table: Table) -> Iterator[str]:
    """Yield the rows at the end of *table*, the last first, that hold no more than a note."""
    for row in reversed(table.rows[-_LOWEST:]):
        text = " ".join([cell.text.string for cell in row.cells]) if len(row.cells) <= 2 else ""
        if _OPENS.match(text):
            yield text


def _read_notes(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the mark of each of *texts* that is a note which says that something is left out, and the note."""
    for text in texts:
        if (opens := _OPENS.match(text)) and leaves_apart(text[opens.end() :]):
            yield _bare(opens[1] or opens[2]), text


@lru_cache(maxsize=512)
def leaves_apart(note: str) -> bool:
    """Whether *note* begins by saying that amounts leave something out, or are outside US-GAAP.

    >>> leaves_apart("Excludes the results of the Gauge division."), leaves_apart("Excludes discontinued operations.")
    (True, False)
    >>> leaves_apart("Represents a non-GAAP measure."), leaves_apart("Restated to exclude the Gauge division.")
    (True, False)
    """
    return _begins_apart().match(note) is not None and not any(
        word in note.lower() for word in load_json("scopes")["noted"]["expected"]
    )


def _noted(statement: Statement, notes: Mapping[str, str]) -> Statement:
    """Return *statement*, below which *notes* stand, with the scopes that they give it."""
    scope = _apart(_marks(statement.title), notes)
    if scope is not None and statement.scope == COMPANY:
        return replace(statement, scope=scope)
    return replace(
        statement,
        columns=tuple(_column(column, notes) for column in statement.columns),
        lines=tuple(_line(line, statement.table, notes) for line in statement.lines),
    )


def _column(column: Column, notes: Mapping[str, str]) -> Column:
    scope = _apart(frozenset(map(_bare, _MARKS.findall(column.heading))), notes)
    if scope is None or column.use is not Use.FIGURES or column.scope != COMPANY:
        return column
    return replace(column, scope=replace(scope, part=Part.UNKNOWN))


def _line(line: Line, table: Table, notes: Mapping[str, str]) -> Line:
    words = set(_WORD.findall(line.label.lower()))
    told = load_json("tagging")["left_out_of"]
    if line.scope != COMPANY or words.isdisjoint(told["results"]) or not words.isdisjoint(told["costs"]):
        return line
    label = next((cell for cell in table.rows[line.index].cells if cell.column == 0), None)
    scope = _apart(_marks(line.text.string) | _raised(label), notes) if label is not None else None
    return line if scope is None else replace(line, scope=scope)


def _apart(marks: frozenset[str], notes: Mapping[str, str]) -> Scope | None:
    """Return the scope that the first of *notes* to one of *marks* gives; none, where there is no such note."""
    note = next((notes[mark] for mark in sorted(marks) if mark in notes), None)
    return None if note is None else Scope(Part.OTHER, note, f"its note says so: {note!r}")


def _marks(text: str) -> frozenset[str]:
    """Return the marks of notes at the end of *text*."""
    found = _LAST.search(text) if text[-1:] in ")*†‡:" else None
    return frozenset(map(_bare, _MARKS.findall(found.group()))) if found else frozenset()


def _raised(cell: Cell) -> frozenset[str]:
    """Return the marks that are raised in *cell*."""
    return frozenset(_bare(mark) for start, end in cell.superscripts for mark in cell.text.string[start:end].split(","))


def _bare(mark: str) -> str:
    return mark.strip("() ").lower()


@cache
def _begins_apart() -> re.Pattern[str]:
    """Return the pattern with which notes begin that say that amounts leave something out."""
    told = load_json("scopes")["noted"]
    subject = rf"(?:(?:{alternatives(told['subjects'])})\s+|\d{{4}}\s+){{0,8}}"
    return re.compile(rf"\W*{subject}(?:{alternatives(told['apart'])})\b", re.IGNORECASE)
