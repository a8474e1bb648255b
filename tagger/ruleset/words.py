"""Words as rules and labels compare them: lower case, singular, synonyms and abbreviations folded.

The table is ``tagger/data/words.json``. A label and a rule go through the same
table, so a fold need not be right English; it only must never join two words
that mean different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from tagger.data import load_json
from tagger.patterns import pattern

MARKS = frozenset("()/;:,–%$+")
"""Punctuation that the label grammar looks at; a mark stands among the tokens as itself."""

_TOKEN = pattern(
    r"""
      [^\W_]+ (?: ['.&][^\W_]+ | ,\d{3}(?!\d) )*                # word, "company's", "r&d", "u.s", "1,234.5"
    | (?<!\S)[-–]+ | [-–]+(?!\S) | [-–]{2,}                   # a dash between words; a hyphen inside one is a blank
    | [()/;:,%$&+]
    """,
    re.VERBOSE,
)

_FOLDED = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "—": "–", "―": "–", "‒": "–", "‑": "-", "‐": "-", "−": "-", "­": " "}
    | {"[": "(", "]": ")", "{": "(", "}": ")", "_": " ", "\xa0": " "}
)


class Words(NamedTuple):
    """Canonical tokens with the place each came from: token *i* was read from ``string[starts[i]:ends[i]]``."""

    tokens: list[str]
    starts: list[int]
    ends: list[int]


@cache
def table() -> dict[str, Any]:
    """Return the word table."""
    content: dict[str, Any] = load_json("words")
    return content


@cache
def _memo() -> dict[str, tuple[str, ...]]:
    """Return what is known of single words; `_word` adds to it as it meets new ones."""
    known: dict[str, tuple[str, ...]] = dict.fromkeys(table()["drop"], ())
    for word, reading in table()["words"].items():
        known[word] = tuple(singular(part) for part in reading.split())
    known["&"] = ("and",)
    known.update((mark, (mark,)) for mark in MARKS)
    return known


@cache
def _phrases() -> dict[str, dict[str, list[tuple[list[str], list[str]]]]]:
    """Return the folded phrases by their first and second words, longest first."""
    found: dict[str, dict[str, list[tuple[list[str], list[str]]]]] = {}
    for written, reading in table()["phrases"].items():
        words = [singular(word) for word in written.split()]
        group = found.setdefault(words[0], {}).setdefault(words[1], [])
        group.append((words, [singular(word) for word in reading.split()]))
    for prefix in table()["prefixes"]:
        found.setdefault(prefix, {})
    for seconds in found.values():
        for group in seconds.values():
            group.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return found


def singular(word: str) -> str:
    """Fold a plural by its ending alone; both sides of every comparison are folded alike.

    >>> [singular(word) for word in ("revenues", "liabilities", "businesses", "taxes", "gross", "less", "gas")]
    ['revenue', 'liability', 'business', 'tax', 'gross', 'less', 'gas']
    """
    if len(word) < 4 or word[-1] != "s" or word == "losses":
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word[:-1]


def _word(raw: str) -> tuple[str, ...]:
    """Return the canonical words of *raw*, which the memo does not hold yet."""
    memo = _memo()
    word = raw.removesuffix("'s") if raw.endswith("'s") else raw
    folded = memo.get(word)
    if folded is None:
        one = singular(word)
        folded = memo.get(one, (one,))
    if raw[0] == "–" or raw[0] == "-":
        folded = ("–",)
    if len(memo) < 10_000:  # a long batch must not grow without end
        memo[raw] = folded
    return folded


def _lower(string: str) -> str:
    """Lower *string* and fold its dashes and quotes, keeping every character in its place."""
    lowered = string.lower()
    if lowered.isascii() and "[" not in lowered and "{" not in lowered:
        return lowered  # nothing to fold, and most labels are so
    if len(lowered) != len(string):  # "İ" becomes two characters
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in string)
    return lowered.translate(_FOLDED)


def scan(string: str) -> Words:
    """Read *string* as canonical words and marks, with their places.

    >>> " ".join(scan("The Company's Stockholders’ equities & R&D (Long-Term)").tokens)
    'shareholder equity and research and development ( longterm )'
    """
    memo = _memo()
    lettered = table()["lettered"]
    tokens: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(_lower(string)):
        raw = match[0]
        folded = memo.get(raw)
        if folded is None:
            folded = _word(raw)
        start, end = match.span()
        if not folded and raw == "a" and tokens and tokens[-1] in lettered:
            folded = ("a",)  # "Class A" is no article
        for token in folded:
            tokens.append(token)
            starts.append(start)
            ends.append(end)
    words = Words(tokens, starts, ends)
    join_phrases(words)
    return words


def scan_label(label: str) -> Words:
    """Read *label* as `scan` does, quicker: the places only say the order of the words."""
    memo = _memo()
    lettered = table()["lettered"]
    tokens: list[str] = []
    for raw in _TOKEN.findall(_lower(label)):
        folded = memo.get(raw)
        if folded is None:
            folded = _word(raw)
        if not folded and raw == "a" and tokens and tokens[-1] in lettered:
            folded = ("a",)
        tokens += folded
    places = list(range(0, 4 * len(tokens), 4))
    words = Words(tokens, places, places.copy())
    join_phrases(words)
    return words


def join_phrases(words: Words) -> None:
    """Fold the phrases of the table and prefixes written apart ("non operating") in place."""
    tokens = words.tokens
    phrases = _phrases()
    index = 0
    while index < len(tokens):
        seconds = phrases.get(tokens[index])
        if seconds is not None:
            if not seconds:
                _join_prefix(words, index)
            elif index + 1 < len(tokens) and tokens[index + 1] in seconds:
                for written, reading in seconds[tokens[index + 1]]:
                    if tokens[index : index + len(written)] == written:
                        replace(words, index, index + len(written), reading)
                        # one word may begin a phrase itself: "pre tax income"
                        index += len(reading) - 1 if len(reading) != 1 else -1
                        break
        index += 1


def _join_prefix(words: Words, index: int) -> None:
    """Join the prefix at *index* to the word after it, over the dashes between ("non–-current")."""
    after = index + 1
    while after < len(words.tokens) and words.tokens[after] == "–":
        after += 1
    if after < len(words.tokens) and words.tokens[after] not in MARKS:
        replace(words, index, after + 1, (words.tokens[index] + words.tokens[after],))


def replace(words: Words, start: int, end: int, reading: Iterable[str]) -> None:
    """Put *reading* in the place of the tokens from *start* up to *end*; each new token takes the whole place."""
    new = list(reading)
    words.tokens[start:end] = new
    words.starts[start:end] = [words.starts[start]] * len(new)
    words.ends[start:end] = [words.ends[end - 1]] * len(new)
