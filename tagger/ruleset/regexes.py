"""The escape hatch: regular expressions of rules, tried with a limit on their time.

They are verbose and know no case; ``\\L<name>`` stands for any of the words that the pack lists under *name*.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tagger.ruleset.ruleset import Regex

if TYPE_CHECKING:
    import regex as engine

TIMEOUT = 0.05
"""How many seconds one regular expression may take over one label."""

_LONGEST = 2000
_TEXT = 400  # characters of a label that are looked at
_SENTENCE = 4000  # and of a sentence

PATHOLOGICAL = (
    "a" * 300,
    "a " * 150,
    "1,1" * 100,
    "(" * 150 + ")" * 150,
    "net income (loss) " * 16,
    " " * 300,
    "aaaa bbbb " * 30 + "!",
    "0" * 300 + "x",
    "total total total " * 16 + ".",
)
"""Texts that make a careless expression run without end."""


class Hit(NamedTuple):
    """A match of a regular expression: its text, and how much of the label it is."""

    start: int
    end: int


def regex_problem(pattern: str, lists: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """Return why *pattern* cannot be used, or "".

    >>> regex_problem("net ( income", ())
    'missing ) at position 12'
    """
    import regex as engine

    if len(pattern) > _LONGEST:
        return f"it has {len(pattern)} characters, {_LONGEST} at most"
    try:
        found = _compiled(pattern, lists)
    except (engine.error, KeyError, ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        text = str(error)
        return f"the pack has no list {text}" if "list" in text else text
    if found.fullmatch(""):
        return "it matches nothing at all: every row would have it"
    return ""


@lru_cache(maxsize=2048)
def _compiled(pattern: str, lists: tuple[tuple[str, tuple[str, ...]], ...]) -> engine.Pattern[str]:
    import regex as engine

    named: dict[str, Any] = {name: list(words) for name, words in lists if rf"\L<{name}>" in pattern}
    return engine.compile(pattern, engine.VERBOSE | engine.IGNORECASE | engine.VERSION0, **named)


def find(one: Regex, text: str) -> Hit | None:
    """Return where *one* is found in *text*; raises `TimeoutError` where that takes too long."""
    found = _compiled(one.pattern, one.lists).search(text[: _SENTENCE if one.of_sentences else _TEXT], timeout=TIMEOUT)
    return Hit(found.start(), found.end()) if found is not None and found.end() > found.start() else None


def _probes(pattern: str) -> tuple[str, ...]:
    """Return texts made of the letters and words of *pattern*, over and over, which then do not go on as it wants."""
    words = re.findall(r"(?<!\\)[A-Za-z0-9]+", pattern)[:6]
    letters = sorted(set("".join(words)))[:6]
    line = " ".join(words)
    return (
        *(f"{word} " * 40 + "!" for word in words),
        *(letter * 60 + "!" for letter in letters),
        f"{line} " * 12 + "!",
    )


def runs_away(pattern: str, lists: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """Return a text on which *pattern* takes too long, or ""."""
    for text in (*PATHOLOGICAL, *_probes(pattern)):
        try:
            find(Regex(0, pattern, lists), text)
        except TimeoutError:
            return text
    return ""
