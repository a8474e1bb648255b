"""The tests of rules as written: a row in one line, or a sentence.

``balance-sheet: Current assets > Cash and cash equivalents | unit=money`` is a row:
statement, headings from the outermost in, label, and what else is known of it. A
figure inside a label is marked ``{805}``. What ends like a sentence is one. ``concept=`` says what it has to become, and
``by=`` what keeps a rule from it: a condition, or another rule.
"""

from __future__ import annotations

import re

from msgspec import Struct

from tagger.patterns import pattern
from tagger.ruleset.written import STATEMENTS, UNITS
from tagger.values import Member

_SENTENCE = pattern(r"""[.!?]["'”’)]*$""")
_STATEMENT = pattern(r"^\s*([a-z][a-z-]*)\s*:\s+")
_FIGURE = pattern(r"\{([^{}]*)\}")
_BARS = pattern(r"\s\|\s")
_OF_SENTENCES = ("concept", "by")
_OPTIONS = ("unit", "total", "above", "below", "concept", "members", "by")


class ExampleError(ValueError):
    """A test that cannot be read."""


class RowExample(Struct, frozen=True, kw_only=True):
    """A row as a rule author writes it; *note* is the place of the marked figure inside *label*.

    *concepts* and *members*, where the test states them, are what the row has to become; *by* is what keeps the rule from
    it. *text* is the test as written.
    """

    text: str
    label: str
    headings: tuple[str, ...] = ()
    statement: str = ""
    unit: str = ""
    total: bool = False
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    members: tuple[Member, ...] | None = None
    by: str = ""
    note: tuple[int, int] | None = None


class SentenceExample(Struct, frozen=True, kw_only=True):
    """A *sentence* as a rule author writes it; *concepts* and *by* are as for rows."""

    text: str
    sentence: str
    concepts: tuple[str, ...] = ()
    by: str = ""


def parse_example(text: str) -> RowExample | SentenceExample:
    """Read a test.

    >>> parse_example("Sales were $3 million. | concept=us-gaap:Revenues").concepts
    ('us-gaap:Revenues',)
    """
    sentence, *options = (part.strip() for part in _BARS.split(text))
    if not is_sentence(sentence) or any(option.partition("=")[0] not in _OF_SENTENCES for option in options):
        return parse_row_example(text)
    values = dict(map(_option, options))
    return SentenceExample(
        text=text, sentence=sentence, concepts=_labels(values.get("concept", "")), by=values.get("by", "")
    )


def is_sentence(text: str) -> bool:
    """Whether the test *text* is a sentence rather than a row.

    >>> is_sentence("Revenue was $3 million."), is_sentence("operations: Revenue"), is_sentence("Net sales")
    (True, False, False)
    """
    if split_statement(text)[0] or " > " in text or " | " in text or "{" in text:
        return False
    return bool(_SENTENCE.search(text))


def parse_row_example(text: str) -> RowExample:
    """Read a row.

    >>> row = parse_row_example("operations: Net loss per share > Basic | unit=per-share | above=Net loss; Taxes")
    >>> row.statement, row.headings, row.label, row.unit, row.above
    ('operations', ('Net loss per share',), 'Basic', 'per-share', ('Net loss', 'Taxes'))
    """
    place, *options = (part.strip() for part in _BARS.split(text))
    statement, place = split_statement(place)
    *headings, label = (part.strip() for part in re.split(r"\s>\s", place))
    note = _FIGURE.search(label)
    if note is not None:
        label = f"{label[: note.start()]}{note[1]}{label[note.end() :]}"
    values = dict(_option(option) for option in options)
    if not label:
        raise ExampleError("the row has no label")
    return RowExample(
        text=text,
        label=label,
        headings=tuple(headings),
        statement=statement,
        unit=values.get("unit", ""),
        total="total" in values,
        above=_labels(values.get("above", "")),
        below=_labels(values.get("below", "")),
        concepts=_labels(values.get("concept", "")),
        by=values.get("by", ""),
        members=_members(values["members"]) if "members" in values else None,
        note=(note.start(), note.start() + len(note[1])) if note else None,
    )


def split_statement(place: str) -> tuple[str, str]:
    """Return the kind of statement that *place* begins with, if it does, and the rest."""
    found = _STATEMENT.match(place)
    return (found[1], place[found.end() :]) if found and found[1] in STATEMENTS else ("", place)


def _labels(text: str) -> tuple[str, ...]:
    return tuple(label.strip() for label in text.split(";") if label.strip())


def _members(text: str) -> tuple[Member, ...]:
    """Read ``axis=member; axis=member``; "none" says that there are none."""
    pairs = [part.strip().partition("=") for part in text.split(";") if part.strip() not in ("", "none")]
    if any(not axis or not member for axis, _, member in pairs):
        raise ExampleError(f"'members={text}' is not members=AXIS=MEMBER; AXIS=MEMBER")
    return tuple(sorted(Member(axis.strip(), member.strip()) for axis, _, member in pairs))


def _option(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    name, value = name.strip(), value.strip()
    if name not in _OPTIONS:
        raise ExampleError(
            f"'{text}' is none of unit=..., total, above=..., below=..., concept=..., members=..., by=..."
        )
    if name == "unit" and value not in UNITS:
        raise ExampleError(f"no unit '{value}' ({', '.join(UNITS)})")
    if (name == "total") == bool(sign):
        raise ExampleError("'total' stands alone" if name == "total" else f"'{name}' needs a value: {name}=...")
    return name, value
