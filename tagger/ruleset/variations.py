"""Tests written as variations of a rule's first: the same row with one thing otherwise.

Under ``matches`` a label alone stands where the first row stands. Under ``skips`` a condition says what is otherwise:
``statement: cash-flow`` is the first row on another statement, and the condition named has to keep the rule from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from tagger.ruleset.examples import is_sentence, split_statement
from tagger.ruleset.rule import AROUND
from tagger.ruleset.written import Value

NONE = "none"
"""Written for headings or neighbours that are not there."""

VARIED = ("statement", *AROUND, "unit", "total")
"""The conditions that a test can be stopped by."""

_STATED = ("concept", "members", "by")


class _Row(NamedTuple):
    """A row as written, in its parts."""

    statement: str
    headings: tuple[str, ...]
    label: str
    options: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        place = f"{self.statement}: " if self.statement else ""
        options = (f" | {name}={value}" if value else f" | {name}" for name, value in self.options)
        return place + " > ".join((*self.headings, self.label)) + "".join(options)


def full_matches(values: Sequence[Value]) -> tuple[Value, ...]:
    """Return the tests *values* with each label alone put where the first row stands."""
    first = _first(values)
    if first is None:
        return tuple(values)
    return tuple(replace(value, text=_placed(value.text, first)) for value in values)


def varied(matches: Sequence[Value], condition: str, value: Value) -> Value:
    """Return the skip that the first row of *matches* is with *value* for *condition*; for another rule's id, *value*."""
    first = _first(matches)
    if condition not in VARIED or first is None:
        text = _placed(value.text, first) if first is not None else value.text
    else:
        text = _with(first, condition, value.text).text
    return replace(value, text=f"{text} | by={condition}")


def _first(values: Sequence[Value]) -> _Row | None:
    rows = (value.text for value in values if not is_sentence(value.text.partition(" | ")[0]))
    found = next(rows, None)
    return _row(found) if found is not None else None


def _row(text: str) -> _Row:
    place, *options = (part.strip() for part in text.split(" | "))
    statement, rest = split_statement(place)
    *headings, label = (part.strip() for part in rest.split(" > "))
    pairs = (option.partition("=") for option in options)
    return _Row(
        statement, tuple(headings), label, tuple((name, value) for name, _, value in pairs if name not in _STATED)
    )


def _placed(text: str, first: _Row) -> str:
    """Return *text* where *first* stands, if it is a label alone."""
    row = _row(text)
    alone = not row.statement and not row.headings and " | " not in text and not is_sentence(text)
    return first._replace(label=row.label).text if alone and text != first.label else text


def _with(row: _Row, condition: str, value: str) -> _Row:
    plain = condition.removeprefix("unless-")
    if condition == "statement":
        return row._replace(statement=value)
    if condition in ("needs", "unless"):
        return row._replace(label=value)
    if plain == "section":
        more = () if value == NONE else tuple(value.split(" > "))
        return row._replace(headings=(*row.headings, *more) if condition != plain else more)
    others = tuple(pair for pair in row.options if pair[0] != plain)
    if value == NONE or (condition, value) == ("total", "false"):
        return row._replace(options=others)
    if condition == "total":
        return row._replace(options=(*others, ("total", "")))
    known = dict(row.options).get(plain, "") if condition != plain else ""
    return row._replace(options=(*others, (plain, f"{value}; {known}" if known else value)))
