"""Rules as frozen values, and the errors of their authors."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from tagger.ruleset.grammar import Pattern
from tagger.values import Member

AROUND = ("section", "unless-section", "above", "below", "unless-above", "unless-below", "needs", "unless")
"""The keys of conditions on what stands around a row."""

AROUND_FIELDS = tuple(key.replace("-", "_") for key in AROUND)
"""What a `Rule` calls them."""

ROW_MEMBER = "row"
"""Written for a member: the filer's own, named after the row."""


class Location(NamedTuple):
    """Where something is written: lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Location("", 1, 1)


class RuleError(ValueError):
    """Something in a rule file that cannot be used; the message begins with ``file:line:column:``.

    All errors of a load come together in one `ExceptionGroup`. *severity* is "warning" where the rule can be used all
    the same; only `tagger rules check` tells those.
    """

    def __init__(self, location: Location, message: str, severity: str = "error") -> None:
        super().__init__(f"{location}: {message}")
        self.location = location
        self.message = message
        self.severity = severity


class Example(Struct, frozen=True, kw_only=True, gc=False):
    """A test written beside a rule: a row or a sentence."""

    text: str
    location: Location


class Rule(Struct, frozen=True, kw_only=True, gc=False):
    """What words mean one concept, and under which conditions.

    *rows*, *phrases* and *notes* are the patterns as written; the compiled ones stand in
    the index of the `RuleSet`. *unit* is "" where the concept's own type decides, and
    then *own_unit* says what that is. The figures are the concepts *also* as well.
    *sign* is "turned" where values have the other sign than their figures are printed with, "as-printed" where they have
    the same, and "" where words and arithmetic decide. *source* says where a rule was learned from. *layer* is 0 for the base rules and grows upwards.
    """

    id: str
    concept: str
    location: Location
    also: tuple[str, ...] = ()
    layer: int = 0
    statements: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    regex: tuple[str, ...] = ()
    phrase_regex: tuple[str, ...] = ()
    section: tuple[Pattern, ...] = ()
    unless_section: tuple[Pattern, ...] = ()
    above: tuple[Pattern, ...] = ()
    below: tuple[Pattern, ...] = ()
    unless_above: tuple[Pattern, ...] = ()
    unless_below: tuple[Pattern, ...] = ()
    needs: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    unit: str = ""
    own_unit: str = ""
    total: bool | None = None
    sign: str = ""
    members: tuple[Member, ...] = ()
    over: tuple[str, ...] = ()
    conditions: int = 0
    source: tuple[str, ...] = ()
    matches: tuple[Example, ...] = ()
    skips: tuple[Example, ...] = ()
