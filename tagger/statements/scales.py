"""The power of ten a table gives its money and its share counts, and its currency."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tagger.characters import lowered
from tagger.document import Document, Paragraph, Table
from tagger.lexicon import Scales, is_scale_line, parse_scales
from tagger.patterns import pattern
from tagger.statement import Column, Statement
from tagger.statements.sections import Section

_SENTENCE = pattern(r"\.(?<=[\w)]\.)\s+(?=[A-Z])")
_AMOUNTS_ARE = pattern(
    r"""^\W*(?:(?:all|the|unless\s+otherwise\s+(?:noted|stated|indicated|specified),?)\s+)*
    (?:dollar\s+|monetary\s+|currency\s+|financial\s+)?(?:amounts|figures|numbers|information|statements|results|tables?|data|dollars)\b
    .{0,80}\b(?:in|are|is)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CURRENCY_IS = pattern(
    r"\b(?:reporting|presentation|reporting\s+and\s+functional|functional\s+and\s+reporting)\s+currency\b",
    re.IGNORECASE,
)
_TABLE_BELOW = pattern(
    r"\b(?:following|accompanying|next)\s+table\b|\btable\s+(?:below|that\s+follows)\b", re.IGNORECASE
)
_TABLE_ABOVE = pattern(r"\b(?:foregoing|preceding|above)\s+table\b|\btable\s+above\b", re.IGNORECASE)

_BELOW = 4  # lines below a table, before which its scale may be printed

_Told: TypeAlias = tuple[str, Scales]  # a sentence that says how amounts are given, and what it says


class Said(Struct, frozen=True):
    """What the words around a table say of scale, and where they say it."""

    scales: Scales
    where: str


def said_scales(section: Section, caption: Sequence[str]) -> Said | None:
    """Return the scale that the lines around *section* state; none where two of them state different ones.

    A line that gives a power of ten speaks before one that only names a currency, and which of two is said of the
    figures is not settled by which stands nearer. What some columns alone say is said of these.
    """
    said = currency_only = of_columns = None
    for text, whole in _nearest(section, caption):
        scales = parse_scales(text)
        if scales is None:
            continue
        if scales.unread:
            return said or Said(scales, text)  # what is said and not understood is no other scale
        if scales.money is None and scales.shares is None:
            currency_only = currency_only or Said(scales, text)
        elif not whole:
            of_columns = of_columns or Said(scales, text)
        elif said is None:
            said = Said(scales, text)
        elif None not in (scales.money, said.scales.money) and scales.money != said.scales.money:
            both = f"{said.where} ... {text}"
            return Said(Scales(currency=said.scales.currency, unread=both), both)
    said = said or of_columns
    if said is None or said.scales.currency is not None or currency_only is None:
        return said or currency_only
    return Said(replace(said.scales, currency=currency_only.scales.currency), said.where)


def without_other_scales(columns: Sequence[Column], section: Section, said: Said | None) -> tuple[Column, ...]:
    """Leave without a period the columns that say another power of ten than the statement: "Thousands of U.S. dollars"
    beside "Millions of yen"."""
    if said is None or said.scales.money is None:
        return tuple(columns)
    why = "its heading says another scale than the rest of the table"
    own = {column.index: _own_scale(section.over(column.index)) for column in columns}
    other = {index for index, scale in own.items() if scale not in (None, said.scales.money)}
    return tuple(replace(c, period=None, instant=None, why=why) if c.index in other else c for c in columns)


def _own_scale(headings: Sequence[str]) -> int | None:
    """Return the power of ten that the innermost of *headings* says that says one."""
    told = (parse_scales(text) for text in reversed(headings))
    return next((scales.money for scales in told if scales is not None and scales.money is not None), None)


def _nearest(section: Section, caption: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield the lines around *section*, the nearest first, each with whether it is said of all columns."""
    columns = {cell.column for _, row in section.rows for cell in row.cells if cell.column}
    for row in reversed(section.headings):
        for cell in row.cells:
            string = cell.text.string
            yield string, not cell.column or all(string in section.over(column) for column in columns)
    if section.title:
        yield section.title, True
    yield from ((line, True) for line in reversed(caption))
    for _, row in section.rows[:3]:
        if len(row.cells) == 1:
            string = row.cells[0].text.string
            yield string, is_scale_line(string)  # "Numerator (in millions):" is said of the rows below it


def said_of_amounts(document: Document) -> Iterator[tuple[Paragraph, str, Scales]]:
    """Yield the sentences that say how amounts are given, "All amounts are in thousands of euros", and what they say."""
    for paragraph in document.paragraphs:
        string = paragraph.text.string
        named = _CURRENCY_IS if "currency" in lowered(string) else None
        for sentence in _SENTENCE.split(string):
            told = _AMOUNTS_ARE.match(sentence) or (named and named.search(sentence))
            if told and (scales := parse_scales(sentence)) is not None:
                yield paragraph, sentence, scales


def with_told_scales(statements: Sequence[Statement], document: Document) -> tuple[Statement, ...]:
    """Give statements whose own words say no scale the one that a sentence says of their table, else of all amounts."""
    if all(statement.scale is not None or statement.scale_said for statement in statements):
        return tuple(statements)
    places = sorted({statement.table.span.start for statement in statements})
    general: list[_Told] = []
    own: dict[int, list[_Told]] = {}
    for paragraph, sentence, scales in said_of_amounts(document):
        if scales.money is None:
            continue
        if not (_TABLE_BELOW.search(sentence) or _TABLE_ABOVE.search(sentence)):
            general.append((sentence, scales))
        elif (place := _table_beside(places, paragraph, sentence)) is not None:
            own.setdefault(place, []).append((sentence, scales))
    for place, sentence, scales in (*_below_tables(document), *_leading_to_tables(document)):
        own.setdefault(place, []).append((sentence, scales))
    for_all = _agreed(general)
    of_tables = {place: _agreed(told) for place, told in own.items()}
    return tuple(
        statement
        if statement.scale is not None or statement.scale_said
        else _with_told(statement, of_tables.get(statement.table.span.start) or for_all)
        for statement in statements
    )


def _below_tables(document: Document) -> Iterator[tuple[int, str, Scales]]:
    """Yield where a table begins that has the scale on a line of its own below it, "($ in millions)", and what that says.

    Notes may stand between; over the next table it would be a caption of that.
    """
    place, lines = 0, _BELOW
    for block in document.blocks:
        if isinstance(block, Table):
            place, lines = block.span.start, 0
            continue
        lines += 1
        string = block.text.string
        scales = parse_scales(string) if lines < _BELOW and is_scale_line(string) else None
        if scales is not None and scales.money is not None:
            yield place, string, scales


def _leading_to_tables(document: Document) -> Iterator[tuple[int, str, Scales]]:
    """Yield where a table begins that the end of the paragraph above leads to, "... follows (in millions):", and what it says."""
    for above, block in pairwise(document.blocks):
        if isinstance(block, Table) and isinstance(above, Paragraph) and above.text.string.endswith(":"):
            sentence = _SENTENCE.split(above.text.string)[-1]
            scales = parse_scales(sentence)
            if scales is not None and scales.money is not None:
                yield block.span.start, sentence, scales


def _table_beside(places: Sequence[int], paragraph: Paragraph, sentence: str) -> int | None:
    """Return at which of *places* the one table next to *paragraph* begins of which its *sentence* speaks."""
    at = paragraph.text.place.start
    below = bisect_right(places, at)
    index = below if _TABLE_BELOW.search(sentence) else bisect_left(places, at) - 1
    return places[index] if 0 <= index < len(places) else None


def _agreed(told: Sequence[_Told]) -> tuple[_Told, ...]:
    """Return what sentences say, if they say the same of money: one that speaks of shares too if any does, two that disagree on them."""
    if len({scales.money for _, scales in told}) != 1:
        return ()
    by_shares = {shares: one for one in reversed(told) if (shares := _share_scale(one[1])) is not None}
    return tuple(by_shares[shares] for shares in sorted(by_shares)[:2]) or (told[0],)


def _share_scale(scales: Scales) -> int | None:
    return scales.shares if scales.shares is not None else scales.money if scales.shares_as_money else None


def _with_told(statement: Statement, told: Sequence[_Told]) -> Statement:
    """Return *statement* with the scales that *told* agree on; where they are two, the scale of shares stays open."""
    if not told:
        return statement
    sentence, scales = told[0]
    if len(told) > 1:
        return replace(statement, scale=scales.money, scale_said=sentence, shares_open=" / ".join(s for s, _ in told))
    return replace(statement, scale=scales.money, share_scale=_share_scale(scales), scale_said=sentence)
