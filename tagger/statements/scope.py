"""The scope of columns: which of several of one period is the company as reported, and what the others are.

Words decide first (Total, Consolidated, As restated; Parent, Eliminations, As previously reported), then the sums
across columns: the one that all others add up to is the total. Where neither tells, no column is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tagger.data import load_json, word_set
from tagger.lexicon import without_times
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.statement import COMPANY, Column, Line, Part, Scope, Statement, Use
from tagger.statements.crossways import agree, total_column
from tagger.values import Period

_WORD = pattern(r"[a-z]+")
_ASIDE = shape(r"\((?=[^)]*\b(?:in|except|\L<scales>|unaudited|audited)\b)[^)]*\)", case=True)
_AS = pattern(r"^as ")
_CALLED = pattern(r"\s{1,9}segments?(?:\s+results)?$|^segment\s*[:–—-]\s*", re.IGNORECASE)
_OF_SEGMENTS = frozenset({Part.SEGMENTS, Part.CORPORATE, Part.ELIMINATIONS})
_NAMED = pattern(r"[^\W\d_][\w&'’./-]*(?:[\s,]+[\w&'’./-]+)*")


class Names(Struct, frozen=True, kw_only=True):
    """Names that the document itself explains, folded: of the *company*, of its *segments*, of *others*: those that it
    buys, and those whose statements stand beside its own.

    *head* are the words that the document begins with, among which the company's name is; *clear* says that words
    are spelt as printed, not recognised.
    """

    company: frozenset[str] = frozenset()
    head: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    clear: bool = True


class _Told(Struct, frozen=True):
    """What the words over a column say: a part, how plainly they say it is the company, and the words themselves."""

    part: Part | None
    rank: int
    words: str


def with_scopes(
    columns: Sequence[Column], lines: Sequence[Line], names: Names, *, segmented: bool
) -> tuple[Column, ...]:
    """Return *columns* with their scopes; *segmented* says that the table's title speaks of segments."""
    told = {column.index: _told(column.heading, names) for column in columns}
    scopes: dict[int, Scope] = {}
    for group in _groups(columns):
        if len(group) == 1:
            scopes[group[0].index] = _alone(group[0], told[group[0].index], names, segmented=segmented)
        else:
            scopes.update(_apart(group, told, lines, names, segmented=segmented))
    return tuple(replace(column, scope=scopes.get(column.index, COMPANY)) for column in columns)


def _groups(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """Yield the columns of figures that share their period, and those that have none and share that."""
    groups: dict[tuple[Period | None, str], list[Column]] = {}
    for column in columns:
        if column.use is Use.FIGURES:
            groups.setdefault((column.period, column.currency or ""), []).append(column)
    yield from (group for (period, _), group in groups.items() if period is not None)


def _told(heading: str, names: Names) -> _Told:
    words = scope_words(heading)
    if not words:
        return _Told(None, 0, "")
    part = column_part(words)
    if part is not None:
        return _Told(part, 0, words)
    rank = _company_words().get(words, 0) or _company_words().get(without_name(words, names.company), 0)
    if not rank and (words in names.company or _is_consolidated(words)):
        rank = 2 if words in names.company else 3
    return _Told(Part.COMPANY if rank else None, rank, words)


@lru_cache(maxsize=2048)
def scope_words(heading: str) -> str:
    """Return what *heading* says besides times, scales and words that change nothing, folded.

    >>> scope_words("Three Months Ended June 30, 2004 (As Restated)"), scope_words("2004 (Unaudited)")
    ('restated', '')
    """
    kept = _ASIDE.sub(" ", without_times(heading).lower().replace("’", "'").replace("u.s.", " "))
    return _AS.sub("", " ".join(word for word in _WORD.findall(kept) if word not in word_set("scopes", "idle")))


def without_name(words: str, names: Collection[str]) -> str:
    """Return *words* without the company's name before or behind them: "Acme Consolidated", "Total Acme"."""
    if " " not in words:
        return words
    for name in sorted(names, key=len, reverse=True):
        if words.startswith(f"{name} ") or words.endswith(f" {name}"):
            return words.removeprefix(f"{name} ").removesuffix(f" {name}")
    return words


def _is_consolidated(words: str) -> bool:
    return words.endswith(" consolidated") or words.startswith("consolidated ")


def _alone(column: Column, told: _Told, names: Names, *, segmented: bool) -> Scope:
    """Return the scope of the one column of its period: the company's unless its words say otherwise, or name something else."""
    if told.part in (None, Part.COMPANY, Part.PREDECESSOR):
        if told.words in names.segments:
            return _named_segment(column)
        besides = words_besides(told.words, names) if told.part is None and not segmented else ""
        if besides:
            why = f"{besides!r} stands over it, which is neither the company nor a word of statements"
            return Scope(Part.UNKNOWN, column.heading, why)
        return COMPANY
    return Scope(told.part or Part.UNKNOWN, printed_name(column.heading), "its heading says so")


def words_besides(said: str, names: Names, *, measures: bool = False) -> str:
    """Return of the words *said* over a statement or a column those that are neither its own nor the company's.

    *measures* lets it name what is measured as well: "Credit quality". None where one of them is the company's, where its
    name is not known, and where words are recognised: one garbled is no name.
    """
    words = [word for word in said.split() if len(word) > 1 and word not in word_set("scopes", "title_words")]
    if measures:
        words = [word for word in words if word not in word_set("scopes", "measure_words")]
    if not words or not names.clear or not names.company or not names.head.isdisjoint(words):
        return ""
    own = {word for name in names.company for word in name.split()}
    return " ".join(words) if own.isdisjoint(words) else ""


def _apart(
    group: Sequence[Column], told: Mapping[int, _Told], lines: Sequence[Line], names: Names, *, segmented: bool
) -> Iterator[tuple[int, Scope]]:
    """Yield the scope of each of several columns of one period."""
    if agree(group, lines):
        return
    words = {told[column.index].words for column in group}
    if words <= names.segments:
        yield from ((column.index, _named_segment(column)) for column in group)
        return
    whole = [column for column in group if told[column.index].part is not Part.SEGMENTS]
    with_discontinued = _splits_discontinued(told[column.index].words for column in group)
    company = None if with_discontinued else _company(group, told, total_column(whole, lines))
    segmented = segmented or any(told[column.index].part in _OF_SEGMENTS for column in group)
    for column in group:
        said = told[column.index]
        if company is None:
            yield column.index, Scope(Part.UNKNOWN, column.heading, _undecided(group))
        elif column is not company:
            parts = segmented or said.words in names.segments
            yield column.index, _other(column, said, told[company.index], parts=parts)


def _splits_discontinued(words: Iterable[str]) -> bool:
    """Whether columns part the company's results into those of continuing and of discontinued operations.

    Their total is no line of its statements, which show the two apart.
    """
    first = {said.split(" ")[0] for said in words}
    return word_set("scopes", "continuing_words") <= first


def learned_names(statements: Iterable[Statement], names: Names) -> Names:
    """Return *names* with those of the segments that headings of *statements* were found to name."""
    found = {
        scope_words(scope.name)
        for statement in statements
        for scope in (*(c.scope for c in statement.columns), *(line.scope for line in statement.lines))
        if scope.part is Part.SEGMENT
    }
    return replace(names, segments=names.segments | (found - {""}))


def is_open(statement: Statement) -> bool:
    """Whether a column of *statement* is not told whose it is."""
    return any(column.scope.part is Part.UNKNOWN for column in statement.columns)


def _named_segment(column: Column) -> Scope:
    return Scope(Part.SEGMENT, printed_name(column.heading), "the release names it as a segment")


def _company(group: Sequence[Column], told: Mapping[int, _Told], total: Column | None) -> Column | None:
    """Return the column that is the company as reported: by its words, by what the others' leave, or as their sum."""
    top = max(told[column.index].rank for column in group)
    said = [column for column in group if top and told[column.index].rank == top]
    if len(said) == 1:
        return said[0]
    if said:
        return total if total in said else None
    bare = [column for column in group if not told[column.index].words]
    if len(bare) == 1 and total in (None, bare[0]):
        return bare[0]
    # columns without any name may as well be quarters and their year
    return total if len(bare) < len(group) else None


def _other(column: Column, told: _Told, company: _Told, *, parts: bool) -> Scope:
    """Return the scope of a column beside that of the company."""
    name = printed_name(column.heading)
    restated = company.words in word_set("scopes", "restated")
    if told.part is Part.COMPANY:  # "As reported" beside "As restated", "Total" beside "Consolidated"
        part = Part.PREVIOUSLY_REPORTED if restated else Part.SEGMENTS if parts else Part.UNKNOWN
    elif (told.part is Part.RESTATEMENT and not restated) or told.part is Part.PREDECESSOR:
        part = Part.OTHER
    else:
        part = told.part or (Part.SEGMENT if parts and told.words else Part.UNKNOWN)
    return Scope(part, name, f"beside {company.words or 'the company'!r}")


def _undecided(group: Sequence[Column]) -> str:
    listed = ", ".join(repr(column.heading) for column in group)
    return f"{listed} are of one period, and neither words nor sums say which is the company's"


def printed_name(heading: str) -> str:
    """Return what *heading* calls a part, as printed: without its times."""
    found = _NAMED.search(_ASIDE.sub(" ", without_times(heading)))
    return _CALLED.sub("", found.group()).strip(" ,") if found else ""


@cache
def _company_words() -> Mapping[str, int]:
    return dict(load_json("scopes")["company"])


def column_part(words: str) -> Part | None:
    """Return the part of the company that *words*, folded, name."""
    return _parts().get(words)


@cache
def _parts() -> Mapping[str, Part]:
    return {words: Part(part) for part, forms in load_json("scopes")["parts"].items() for words in forms}
