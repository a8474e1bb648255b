"""Parts of the company: the members that the headings of tables, columns and rows stand for in a filer's filings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from tagger.learning.aligning import Printed, Tied
from tagger.naming.declared import part_words
from tagger.statement import Part, Scope
from tagger.statements.scope import printed_name
from tagger.values import Member

Members: TypeAlias = tuple[Member, ...]

_WHOLE = (Part.COMPANY, Part.PREDECESSOR)


class LearnedPart(Struct, frozen=True):
    """A part with the *name* it is printed with, and its *members*."""

    name: str
    members: Members


def learn_parts(filings: Sequence[Sequence[Tied]]) -> dict[str, LearnedPart]:
    """Return the parts that *filings*, oldest first, name, by their folded words; of two meanings the newest counts."""
    found: dict[str, LearnedPart] = {}
    for tied in filings:
        votes: dict[str, Counter[Members]] = {}
        names: dict[str, str] = {}
        for name, members in _said(tied):
            names.setdefault(part_words(name), printed_name(name))
            votes.setdefault(part_words(name), Counter())[members] += 1
        for words, count in votes.items():
            members, most = min(count.items(), key=lambda entry: (-entry[1], entry[0]))
            if members and 2 * most > count.total():
                found[words] = LearnedPart(names[words], members)
    return dict(sorted(found.items()))


def _said(tied: Sequence[Tied]) -> Iterator[tuple[str, Members]]:
    """Yield the name of a part with the members that some figures of it have, which the others beside them have not."""
    tables: dict[int, list[Tied]] = {}
    rows: dict[int, list[Tied]] = {}
    sectors: dict[tuple[int, str], list[Tied]] = {}
    for one in tied:
        printed = one.printed
        rows.setdefault(id(printed.line), []).append(one)
        if _is_part(printed.statement.scope):
            tables.setdefault(id(printed.statement), []).append(one)
        if _is_part(printed.line.scope):
            sectors.setdefault((id(printed.statement), printed.line.scope.name), []).append(one)
    for row in rows.values():
        yield from _columns(row)
    for table in tables.values():
        yield table[0].printed.statement.scope.name, _shared(table)
    for (_, name), sector in sectors.items():
        if len({id(one.printed.line) for one in sector}) > 1:
            yield name, _shared(sector)


def _columns(row: Sequence[Tied]) -> Iterator[tuple[str, Members]]:
    """Yield the parts that the columns of *row* are of, with the members that not all of its figures have."""
    shared = set(_shared(row))
    scopes = [column_scope(one.printed) for one in row]
    if len(set(scopes)) < 2:
        return
    for one, scope in zip(row, scopes, strict=True):
        if _is_part(scope):
            yield scope.name, tuple(member for member in _members(one) if member not in shared)


def _shared(tied: Iterable[Tied]) -> Members:
    """Return the members that all of *tied* have."""
    return tuple(sorted(set.intersection(*(set(_members(one)) for one in tied))))


def _members(one: Tied) -> Members:
    return tuple(sorted(member for member in one.facts[0].members if isinstance(member, Member)))


def column_scope(printed: Printed) -> Scope:
    """Return whose figures the column of *printed* holds."""
    column = printed.statement.column(printed.figure.column)
    return column.scope if column is not None else Scope()


def _is_part(scope: Scope) -> bool:
    return scope.part not in _WHOLE and bool(part_words(scope.name))


def own_members(one: Tied, parts: Mapping[str, Members]) -> Members:
    """Return the members of a figure that are its row's: without those that its table, column and sector give it."""
    printed = one.printed
    scopes = (printed.statement.scope, printed.line.scope, column_scope(printed))
    given = {member for scope in scopes if _is_part(scope) for member in parts.get(part_words(scope.name), ())}
    members = _members(one)
    return tuple(member for member in members if member not in given) if given <= set(members) else members
