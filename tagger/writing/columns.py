"""The one table of facts: its columns, and the row of each fact; every table and frame is written from these."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct

from tagger.data import load_json
from tagger.document import Document
from tagger.facts import Aspect, Fact, TextFact
from tagger.findings import Finding
from tagger.tagged import Tagged
from tagger.values import CIK_SCHEME, Entity, Instant, Period
from tagger.writing.reported import Reported, write_members


class Kind(StrEnum):
    """What the cells of a column are: text, days, whole numbers, exact numbers, shares of one, yes or no."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    REAL = "real"
    FLAG = "flag"


class Column(Struct, frozen=True):
    """One column of the table of facts; *says* describes it."""

    name: str
    kind: Kind
    says: str


Cell: TypeAlias = str | int | float | bool | Decimal | dt.date | None
Row: TypeAlias = tuple[Cell, ...]

COLUMNS = tuple(Column(name, Kind(kind), says) for name, kind, says in load_json("fact-columns"))
NAMES = tuple(column.name for column in COLUMNS)
DIGITS, PLACES = 38, 10
"""What the number type of frames holds: 38 digits, ten of them after the point."""


def tagged_rows(tagged: Tagged) -> list[Row]:
    """Return the rows of a release that was tagged, its cover last."""
    shared = _origin(tagged)
    lines = _Lines(tagged.document)
    codes = _codes(tagged)
    rows = [_row({**shared, **_tagged_cells(fact, lines), "findings": codes.get(fact.id)}) for fact in tagged.facts]
    return [*rows, *(_row({**shared, **_cover_cells(fact)}) for fact in tagged.cover)]


def told_rows(facts: Iterable[Reported]) -> list[Row]:
    """Return the rows of facts that were read from a file, with what the file said of them besides."""
    return [_row({**_details(fact), **_cells(fact)}) for fact in facts]


def _row(cells: dict[str, Cell]) -> Row:
    return tuple(map(cells.get, NAMES))


def _origin(tagged: Tagged) -> dict[str, Cell]:
    """Return what goes for all facts of a release: which document it is, and whose."""
    submission = tagged.document.submission
    fields = dict(submission.fields) if submission is not None else {}
    return {
        "source": tagged.document.name or None,
        "company": tagged.company or None,
        "cik": _cik(tagged.entity),
        "accession": fields.get("ACCESSION NUMBER"),
        "filed": submission.filed if submission is not None else None,
    }


def _cik(entity: Entity) -> str | None:
    return entity.identifier if entity.scheme == CIK_SCHEME else None


def _cells(fact: Reported) -> dict[str, Cell]:
    """Return the cells that every fact has, wherever it is from."""
    number, string = split_value(fact.value)
    return {
        "id": fact.id,
        "concept": fact.concept,
        "members": write_members(sorted(fact.members)) or None,
        **date_cells(fact.period),
        "unit": str(fact.unit) if fact.unit else None,
        "value": number,
        "string": string,
        "decimals": fact.decimals,
        "scheme": fact.entity.scheme,
        "entity": fact.entity.identifier,
        "language": fact.language,
    }


def date_cells(period: Period | None) -> dict[str, Cell]:
    """Return the cells *start*, *end* and *instant* of *period*."""
    if period is None:
        return {}
    if isinstance(period, Instant):
        return {"end": period.date, "instant": period.date}
    return {"start": period.start, "end": period.end}


def split_value(value: Decimal | str | None) -> tuple[Decimal | None, str | None]:
    """Return *value* as a number, or as text where it is none, or is longer than the number type holds.

    >>> split_value(Decimal("1.50")), split_value("2024-06-30"), split_value(Decimal("0.000000000001"))
    ((Decimal('1.50'), None), (None, '2024-06-30'), (None, '0.000000000001'))
    """
    if not isinstance(value, Decimal):
        return None, value
    digits, exponent = value.as_tuple()[1:]
    noughts = len(digits) - len(bytes(digits).rstrip(b"\0"))
    if -int(exponent) - noughts <= PLACES and value.adjusted() < DIGITS - PLACES:
        return value, None
    return None, f"{value:f}"


def _tagged_cells(fact: Fact, lines: _Lines) -> dict[str, Cell]:
    return {
        **_cells(fact),
        **proof_cells(fact),
        "statement": fact.statement,
        "heading": _flat(fact.heading),
        "label": _flat(fact.label),
        "confidence": None if fact.confidence is None else round(fact.confidence, 4),
        "alternatives": "; ".join(f"{concept} {share:.4g}" for concept, share in fact.alternatives) or None,
        "table": fact.table,
        "row": fact.row,
        "column": fact.column,
        "line": lines.at(fact.printed.span.start),
        "text": _flat(fact.printed.text),
        "rule": fact.rule,
        "why": "; ".join(fact.why) or None,
    }


def proof_cells(fact: Fact) -> dict[str, Cell]:
    """Return the cells that say what proves *fact*, and for each aspect which kinds of proof bear it out."""
    borne = {
        f"proof_{aspect}": "; ".join(dict.fromkeys(proof.kind for proof in fact.proof if aspect in proof.aspects))
        or None
        for aspect in Aspect
    }
    return {"proven": fact.proven, **borne, "proof": "; ".join(map(str, fact.proof)) or None}


def _cover_cells(fact: TextFact) -> dict[str, Cell]:
    return {**_cells(fact), "label": fact.label, "text": fact.value, "statement": "cover", "proven": False}


def _flat(text: str) -> str | None:
    return " ".join(text.split()) or None


class _Lines:
    """The lines of a document, found by the places of their ends."""

    def __init__(self, document: Document) -> None:
        self._breaks = [index for index, character in enumerate(document.text) if character == "\n"]
        self._first = document.first_line

    def at(self, offset: int) -> int:
        return bisect_right(self._breaks, offset - 1) + self._first


def _codes(tagged: Tagged) -> dict[str, str]:
    """Return, by the ids of facts, the codes of the findings that speak of their figures."""
    facts = tagged.facts
    starts = [fact.printed.span.start for fact in facts]
    found: dict[str, dict[str, None]] = {}
    for finding in tagged.findings:
        for fact in _under(finding, facts, starts):
            found.setdefault(fact.id, {})[finding.code.value] = None
    return {name: "; ".join(codes) for name, codes in found.items()}


def _under(finding: Finding, facts: Sequence[Fact], starts: Sequence[int]) -> Iterator[Fact]:
    """Yield the facts whose figures stand at the place of *finding*."""
    if finding.span is None:
        return
    for fact in facts[bisect_left(starts, finding.span.start) :]:
        if fact.printed.span.start >= max(finding.span.end, finding.span.start + 1):
            return
        yield fact


def _details(fact: Reported) -> dict[str, Cell]:
    details: Iterable[tuple[str, str]] = getattr(fact, "details", ())
    kinds = {column.name: column.kind for column in COLUMNS}
    told: dict[str, Cell] = {name: parse_cell(text, kinds[name]) for name, text in details if name in kinds}
    return {"text": _flat(getattr(fact, "text", "")), "cik": _cik(fact.entity), **told}


def parse_cell(text: str, kind: Kind) -> Cell:
    """Read the cell of a column of *kind* from text; `None` for one that holds no such thing.

    >>> parse_cell("12", Kind.INTEGER), parse_cell("2007-12-31", Kind.DATE), parse_cell("", Kind.REAL)
    (12, datetime.date(2007, 12, 31), None)
    """
    read: dict[Kind, Any] = {
        Kind.DATE: dt.date.fromisoformat,
        Kind.INTEGER: int,
        Kind.REAL: float,
        Kind.NUMBER: Decimal,
    }
    if kind is Kind.FLAG:
        return {"true": True, "false": False}.get(text.lower())
    try:
        return read.get(kind, str)(text) if text else None
    except (ArithmeticError, ValueError):
        return None


def write_cell(cell: Cell) -> str:
    """Write *cell* as text, as tables of text hold it.

    >>> write_cell(True), write_cell(None), write_cell(0.25), write_cell(Decimal("1E+3"))
    ('true', '', '0.25', '1000')
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return "" if cell is None else str(cell)
