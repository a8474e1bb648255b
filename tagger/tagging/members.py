"""Members: what the scope of a table, a row or a column is in the concept set, or why it is nothing there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

from msgspec import Struct, field

from tagger.catalog import Catalog
from tagger.data import load_json
from tagger.findings import Code, Finding
from tagger.naming.declared import part_words
from tagger.naming.own import own_name
from tagger.statement import Part, Scope, Statement, Use
from tagger.tagging.refusals import place_of
from tagger.values import Member, Span

Members: TypeAlias = tuple[Member, ...]
_OWN = "own"


class Dimensions(Struct, frozen=True):
    """How scopes become members: as packs say of the *parts* of the company, by folded heading; else by the concepts of
    *catalog*, and the filer's own under *prefix*, those first that packs declare with its words for *labels*.
    """

    catalog: Catalog
    prefix: str
    parts: Mapping[str, Members] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def members(self, scope: Scope) -> Members | None:
        """Return the members of what is of *scope*: none for the company itself; `None` where no axis fits.

        What a pack calls a part is one, in a table too that leaves open whose its columns are.
        """
        if scope.part in (Part.COMPANY, Part.PREDECESSOR):
            return ()
        if self.parts:
            declared = self.parts.get(part_words(scope.name))
            if declared is not None:
                return declared
        for axis, member in _axes().get(scope.part, ()):
            found = Member(self._current(axis), self._member(member, scope))
            own = found.member.startswith(f"{self.prefix}:")
            if self._has(found.axis) and (own or self._has(found.member)) and not found.member.endswith(":Member"):
                return (found,)
        return None

    def _member(self, name: str, scope: Scope) -> str:
        if name != _OWN:
            return self._current(name)
        known = _stock_members().get(scope.name)
        if known:
            return self._current(known)
        return self.labels.get(part_words(scope.name)) or f"{self.prefix}:{_local(_full(scope))}Member"

    def _current(self, name: str) -> str:
        return self.catalog.current(name) or name

    def _has(self, name: str) -> bool:
        return self.catalog.get(name) is not None


def _full(scope: Scope) -> str:
    """Return the name of a part as a member has it: a class of stock is one of common stock."""
    if scope.part is not Part.STOCK_CLASS:
        return scope.name
    return f"{scope.name} stock" if scope.name.endswith("preferred") else f"common {scope.name}"


def _local(name: str) -> str:
    return own_name(name) if any(char.isalpha() for char in name) else ""


def scope_findings(statement: Statement, dimensions: Dimensions) -> Sequence[Finding]:
    """Return a finding for what of *statement* is left out because it is not the company's, or not told whose it is."""
    if dimensions.members(statement.scope) is None:
        return (_left_out(statement.scope, place_of(statement), _place(statement)),)
    reasons: dict[tuple[Part, str], list[str]] = {}
    for column in statement.columns:
        scope = column.scope
        if column.use is Use.FIGURES and scope.part is not Part.OTHER and dimensions.members(scope) is None:
            reasons.setdefault((scope.part, scope.why), []).append(column.heading)
    columns = [
        _left_out(
            Scope(part, ", ".join(headings), why),
            f"{place_of(statement)}, column{'s' * (len(headings) > 1)} {', '.join(map(repr, headings))}",
            _place(statement),
        )
        for (part, why), headings in reasons.items()
    ]
    rows = [line for line in statement.lines if line.figures and line.scope.part is Part.OTHER]
    named = [
        _left_out(line.scope, f"{place_of(statement)}, row {line.label!r}", line.figures[0].span)
        for line in rows
        if dimensions.members(line.scope) is None
    ]
    return (*columns, *named)


def _left_out(scope: Scope, where: str, span: Span | None) -> Finding:
    what = "not told whose they are" if scope.part is Part.UNKNOWN else f"figures of {scope.part.value}"
    return Finding.error(Code.AMBIGUOUS_SCOPE, f"{where}: {what} ({scope.why}); none is tagged", span)


def _place(statement: Statement) -> Span | None:
    return next((figure.span for line in statement.lines for figure in line.figures), None)


@cache
def _axes() -> Mapping[Part, Sequence[tuple[str, str]]]:
    return {Part(part): [tuple(pair) for pair in pairs] for part, pairs in load_json("scopes")["members"].items()}


@cache
def _stock_members() -> Mapping[str, str]:
    return dict(load_json("scopes")["stock_members"])
