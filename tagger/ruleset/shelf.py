"""Shelves of patterns: which rules have a label, found by its words.

Patterns stand together by their first word (by their last where they begin with a
``*``), and each bundle stays packed until a label asks for it: a document needs a
tenth of the words that the rules know, and loading must not wait for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec

from tagger.ruleset.grammar import Pattern

Index: TypeAlias = dict[str, int | list[int]]
"""Words to the places of the rules that have them; most words have one rule, and that loads quicker without a list."""


class Starts(msgspec.Struct, array_like=True):
    """The patterns with one and the same first word.

    *inside* has those with a star in the middle, each with the words after it, by `inside_key`.
    The sizes say how many words the open patterns have, up to the star.
    """

    exact: Index = msgspec.field(default_factory=dict)
    after: Index = msgspec.field(default_factory=dict)
    inside: dict[str, list[tuple[str, int]]] = msgspec.field(default_factory=dict)
    after_sizes: list[int] = msgspec.field(default_factory=list)
    inside_sizes: list[int] = msgspec.field(default_factory=list)


class Ends(msgspec.Struct, array_like=True):
    """The patterns that begin with a star and have one and the same last word."""

    before: Index = msgspec.field(default_factory=dict)
    sizes: list[int] = msgspec.field(default_factory=list)


_STARTS = msgspec.msgpack.Decoder(Starts)
_ENDS = msgspec.msgpack.Decoder(Ends)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Patterns, packed by their first or last word; *both* are those with a star at either end."""

    starts: dict[str, bytes]
    ends: dict[str, bytes]
    both: Index
    _starts: dict[str, Starts] = field(default_factory=dict, repr=False, compare=False)
    _ends: dict[str, Ends] = field(default_factory=dict, repr=False, compare=False)

    def starting(self, word: str) -> Starts | None:
        """Return the patterns that begin with *word*."""
        found = self._starts.get(word)
        if found is None and (packed := self.starts.get(word)) is not None:
            found = self._starts[word] = _STARTS.decode(packed)
        return found

    def ending(self, word: str) -> Ends | None:
        """Return the patterns that begin with a star and end with *word*."""
        found = self._ends.get(word)
        if found is None and (packed := self.ends.get(word)) is not None:
            found = self._ends[word] = _ENDS.decode(packed)
        return found

    def exact(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Yield every label without a star, with the places of its rules, in the order of the alphabet."""
        for word in sorted(self.starts):
            bundle = self.starting(word)
            assert bundle is not None
            yield from ((words, places(entry)) for words, entry in sorted(bundle.exact.items()))


def places(entry: int | list[int] | None) -> Sequence[int]:
    """Return the places that an entry of an index holds."""
    return (entry,) if isinstance(entry, int) else entry or ()


def add_place(index: Index, words: str, place: int) -> None:
    """Add *place* to what *index* has under *words*."""
    known = index.get(words)
    index[words] = place if known is None else [*places(known), place]


def inside_key(words: str, tail: str, *, is_open: bool) -> str:
    """Return where a pattern with a star inside is kept: by the words before it and, if its end is closed, its last word.

    >>> inside_key("total", "shareholder equity", is_open=False), inside_key("common stock", "par value", is_open=True)
    ('total * equity', 'common stock *')
    """
    return f"{words} *" if is_open else f"{words} * {tail.rpartition(' ')[2]}"


def make_shelf(groups: Iterable[tuple[Pattern, ...]]) -> Shelf:
    """Return the shelf of the patterns of every rule, in the order of the rules."""
    starts: dict[str, Starts] = {}
    ends: dict[str, Ends] = {}
    both: Index = {}
    for place, patterns in enumerate(groups):
        for pattern in patterns:
            if pattern.before and pattern.after:
                add_place(both, pattern.words, place)
            elif pattern.before:
                end = ends.setdefault(pattern.words.rpartition(" ")[2], Ends())
                add_place(end.before, pattern.words, place)
                _add_size(end.sizes, pattern.words)
            else:
                _put(starts.setdefault(pattern.words.partition(" ")[0], Starts()), pattern, place)
    encode = msgspec.msgpack.encode
    return Shelf(
        {word: encode(bundle) for word, bundle in starts.items()},
        {word: encode(bundle) for word, bundle in ends.items()},
        both,
    )


def _put(bundle: Starts, pattern: Pattern, place: int) -> None:
    if pattern.tail:
        key = inside_key(pattern.words, pattern.tail, is_open=pattern.after)
        bundle.inside.setdefault(key, []).append((pattern.tail, place))
        _add_size(bundle.inside_sizes, pattern.words)
    elif pattern.after:
        add_place(bundle.after, pattern.words, place)
        _add_size(bundle.after_sizes, pattern.words)
    else:
        add_place(bundle.exact, pattern.words, place)


def _add_size(sizes: list[int], words: str) -> None:
    size = words.count(" ") + 1
    if size not in sizes:
        sizes.append(size)
