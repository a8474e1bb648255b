"""The label grammar of rules: ``[x]`` may be there or not, ``(a | b)`` either, ``*`` any words or none.

A group in parentheses without a bar is meant literally, as labels print it: "net income (loss)".
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from tagger.patterns import pattern
from tagger.ruleset.labels import normalise
from tagger.ruleset.signs import fold_signs
from tagger.ruleset.words import MARKS, scan

MOST = 640
"""How many labels one pattern may stand for."""

_STARS = pattern(r"\*(?:\s*\*)+\s*")  # "[and *] [*]" may put two side by side: they say no more than one
_PART = pattern(r"[\[\]()|]|[^\[\]()|]+")


class GrammarError(ValueError):
    """A pattern that cannot be read; *offset* is the place in it."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Pattern(NamedTuple):
    """One label a rule names: *words* joined by blanks, with any words before or after where open.

    *tail* is set where a ``*`` stands inside: any words between *words* and it.
    """

    words: str
    before: bool = False
    after: bool = False
    tail: str = ""

    @property
    def wildcards(self) -> int:
        return self.before + self.after + bool(self.tail)


ANY = Pattern("*")
"""Any row at all: "*" alone. It takes only rows that no other rule names."""


class _Group(NamedTuple):
    opening: str
    offset: int
    choices: list[list[list[str]]]  # alternatives, each a sequence of parts, each a list of variants


def expand(pattern: str) -> tuple[str, ...]:
    """Return every label that *pattern* stands for, in a fixed order.

    >>> expand("cash [and (short-term | money market) funds]")
    ('cash', 'cash and short-term funds', 'cash and money market funds')
    >>> expand("net income (loss)")
    ('net income (loss)',)
    """
    stack = [_Group("", 0, [[]])]
    for match in _PART.finditer(pattern):
        token, offset = match.group(), match.start()
        if token in "[(":
            stack.append(_Group(token, offset, [[]]))
        elif token == "|":
            if len(stack) == 1:
                raise GrammarError("a bar stands between alternatives in parentheses: (a | b)", offset)
            stack[-1].choices.append([])
        elif token in "])":
            group = _closed(stack, token, offset)
            stack[-1].choices[-1].append(group)
        else:
            stack[-1].choices[-1].append([token])
    if len(stack) > 1:
        raise GrammarError(f"'{stack[-1].opening}' is not closed", stack[-1].offset)
    return tuple(dict.fromkeys(" ".join(label.split()) for label in _variants(stack[0].choices[0], 0)))


def _closed(stack: list[_Group], token: str, offset: int) -> list[str]:
    """Take the group that *token* closes from *stack* and return what it may stand for."""
    wanted = "[" if token == "]" else "("
    if len(stack) == 1 or stack[-1].opening != wanted:
        raise GrammarError(f"'{token}' closes nothing", offset)
    group = stack.pop()
    variants = _different(variant for choice in group.choices for variant in _variants(choice, group.offset))
    if (len(group.choices) > 1 and not all(variant.strip() for variant in variants)) or not any(
        variant.strip() for variant in variants
    ):
        raise GrammarError("an alternative is empty", group.offset)
    if wanted == "[":
        return ["", *variants]
    return (
        variants
        if len(group.choices) > 1
        else [f"({variants[0]})"]
        if len(variants) == 1
        else [f"({one})" for one in variants]
    )


def _different(variants: Iterable[str]) -> list[str]:
    """Return *variants* without those that fold to the same words: "sale" and "sales"."""
    found: dict[str, str] = {}
    for variant in variants:
        found.setdefault(" ".join(scan(variant).tokens), variant)
    return list(found.values())


def _variants(parts: list[list[str]], offset: int) -> list[str]:
    count = 1
    for part in parts:
        count *= len(part)
    if count > MOST:
        raise GrammarError(f"this stands for {count} labels, {MOST} at most; write it as several", offset)
    return ["".join(chosen) for chosen in product(*parts)]


def parse_label(pattern: str) -> tuple[Pattern, ...]:
    """Return the folded labels that *pattern* stands for, each once.

    >>> parse_label("[total] cost of (sales | revenues) *")[:2]
    (Pattern(words='cost of sale', before=False, after=True, tail=''), Pattern(words='cost of revenue', before=False, after=True, tail=''))
    """
    return tuple(dict.fromkeys(_pattern(label, pattern, label_order=True) for label in expand(pattern)))


def parse_phrase(pattern: str) -> tuple[str, ...]:
    """Return the folded phrases that *pattern* stands for in running text; they know no wildcard.

    >>> parse_phrase("net (income | loss)")
    ('net income',)
    """
    found = [_pattern(label, pattern, label_order=False) for label in expand(pattern)]
    if any(one.wildcards for one in found):
        raise GrammarError("a phrase has no '*': it is found wherever its words stand", pattern.find("*"))
    return tuple(dict.fromkeys(one.words for one in found))


def _pattern(label: str, written: str, *, label_order: bool) -> Pattern:
    label = _STARS.sub("* ", label).strip()
    if label == "*" and label_order:
        return ANY
    before, after = label.startswith("*"), label.endswith("*") and len(label) > 1
    inner, star, tail = label[before : len(label) - after].strip().partition("*")
    if "*" in tail or (star and before):
        raise GrammarError(
            "these are too many '*': one inside and one at the end, or one at either end", written.rfind("*")
        )
    words = " ".join(normalise(inner).tokens) if label_order else " ".join(phrase_words(inner))
    ending = " ".join(normalise(tail).tokens) if star else ""
    if not words or (star and not ending):
        raise GrammarError("no word is left to look for" if label else "all of it may be left out")
    return Pattern(words, before, after, ending)


def phrase_words(string: str) -> tuple[str, ...]:
    """Return the folded words of *string* as running text has them: nothing is moved or dropped at its ends."""
    words = scan(string)
    fold_signs(words)
    return tuple(token for token in words.tokens if token not in MARKS)
