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

from tagger.ruleset.bundles import Bundles
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

    starts: Bundles
    ends: Bundles
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

    @property
    def first_words(self) -> frozenset[str]:
        """The words that labels without a star in front begin with."""
        return frozenset(self.starts)

    def exact(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Yield every label without a star, with the places of its rules, in the order of the alphabet."""
        return _exact(self)


@dataclass(frozen=True, slots=True)
class Laid:
    """A shelf laid over another: what both have is merged when it is asked for, without the rules that are *removed*."""

    lower: Shelf | Laid
    upper: Shelf
    removed: frozenset[int]
    _starts: dict[str, Starts | None] = field(default_factory=dict, repr=False, compare=False)
    _ends: dict[str, Ends | None] = field(default_factory=dict, repr=False, compare=False)
    _both: list[Index] = field(default_factory=list, repr=False, compare=False)

    def starting(self, word: str) -> Starts | None:
        """Return the patterns that begin with *word*."""
        if word not in self._starts:
            self._starts[word] = self._merged_starts(self.lower.starting(word), self.upper.starting(word))
        return self._starts[word]

    def _merged_starts(self, lower: Starts | None, upper: Starts | None) -> Starts | None:
        if lower is None or (upper is None and not self.removed):
            return upper if lower is None else lower
        upper = upper or Starts()
        gone = self.removed
        inside = {key: [entry for entry in group if entry[1] not in gone] for key, group in lower.inside.items()}
        for key, group in upper.inside.items():
            inside[key] = [*inside.get(key, ()), *group]
        return Starts(
            merged(lower.exact, upper.exact, gone),
            merged(lower.after, upper.after, gone),
            inside,
            sorted({*lower.after_sizes, *upper.after_sizes}),
            sorted({*lower.inside_sizes, *upper.inside_sizes}),
        )

    def ending(self, word: str) -> Ends | None:
        """Return the patterns that begin with a star and end with *word*."""
        if word not in self._ends:
            lower, upper = self.lower.ending(word), self.upper.ending(word)
            if lower is not None and (upper is not None or self.removed):
                upper = upper or Ends()
                sizes = sorted({*lower.sizes, *upper.sizes})
                lower = Ends(merged(lower.before, upper.before, self.removed), sizes)
            self._ends[word] = upper if lower is None else lower
        return self._ends[word]

    @property
    def both(self) -> Index:
        """The patterns with a star at either end."""
        if not self._both:
            self._both.append(merged(self.lower.both, self.upper.both, self.removed))
        return self._both[0]

    @property
    def first_words(self) -> frozenset[str]:
        return self.lower.first_words | self.upper.first_words

    def exact(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Yield every label without a star, with the places of its rules, in the order of the alphabet."""
        return _exact(self)


def _exact(shelf: Shelf | Laid) -> Iterator[tuple[str, Sequence[int]]]:
    for word in sorted(shelf.first_words):
        bundle = shelf.starting(word)
        assert bundle is not None
        yield from ((words, places(entry)) for words, entry in sorted(bundle.exact.items()))


def merged(lower: Index, upper: Index, removed: frozenset[int]) -> Index:
    """Return the entries of both, those of *lower* without the places *removed*."""
    if not removed and not upper:
        return lower
    found = dict(lower)
    if removed:
        for words, entry in lower.items():
            if not removed.isdisjoint(places(entry)):
                kept = [place for place in places(entry) if place not in removed]
                if kept:
                    found[words] = kept[0] if len(kept) == 1 else kept
                else:
                    del found[words]
    for words, entry in upper.items():
        known = found.get(words)
        found[words] = entry if known is None else [*places(known), *places(entry)]
    return found


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


def make_shelf(groups: Iterable[tuple[Pattern, ...]], first: int = 0) -> Shelf:
    """Return the shelf of the patterns of every rule, in the order of the rules; *first* is the place of the first."""
    starts: dict[str, Starts] = {}
    ends: dict[str, Ends] = {}
    both: Index = {}
    for place, patterns in enumerate(groups, first):
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
        Bundles.of({word: encode(bundle) for word, bundle in starts.items()}),
        Bundles.of({word: encode(bundle) for word, bundle in ends.items()}),
        both,
    )


def empty_shelf() -> Shelf:
    """Return a shelf with nothing on it."""
    return Shelf(Bundles.of({}), Bundles.of({}), {})


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
