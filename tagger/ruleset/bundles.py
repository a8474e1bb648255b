"""Bytes kept under words or numbers, in memory or in a file of which only what is asked for is ever read."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TypeAlias

Buffer: TypeAlias = bytes | memoryview


class Bundles:
    """Bytes under words, read only; the words are in the order of the alphabet.

    *ends* are where the bytes of each word end in *buffer*, which begins with those of the first.
    """

    __slots__ = ("_buffer", "_ends", "_words")

    def __init__(self, words: Sequence[str], ends: Sequence[int], buffer: Buffer) -> None:
        self._words = words
        self._ends = ends
        self._buffer = buffer

    @classmethod
    def of(cls, bundles: dict[str, bytes]) -> Bundles:
        """Return *bundles* so kept."""
        words = sorted(bundles)
        ends = array("Q", accumulate(len(bundles[word]) for word in words))
        return cls(words, ends, b"".join(bundles[word] for word in words))

    def get(self, word: str) -> Buffer | None:
        """Return what is kept under *word*."""
        place = bisect_left(self._words, word)
        if place == len(self._words) or self._words[place] != word:
            return None
        return self._buffer[self._ends[place - 1] if place else 0 : self._ends[place]]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Bundles):
            return NotImplemented
        return list(self) == list(other) and all(self.get(word) == other.get(word) for word in self)

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    @property
    def parts(self) -> tuple[str, bytes, Buffer]:
        """What a file needs to hold: the words, the ends, the bytes."""
        return "\n".join(self._words), array("Q", self._ends).tobytes(), self._buffer

    @classmethod
    def from_parts(cls, words: str, ends: bytes, buffer: Buffer) -> Bundles:
        """Return what `parts` took apart."""
        return cls(words.split("\n") if words else [], _numbers(ends), buffer)


class Numbered(Sequence[Buffer]):
    """Bytes under numbers, read only; *lower* are those of the first numbers."""

    __slots__ = ("_buffer", "_ends", "_lower")

    def __init__(self, ends: Sequence[int], buffer: Buffer, lower: Sequence[Buffer] = ()) -> None:
        self._ends = ends
        self._buffer = buffer
        self._lower = lower

    @classmethod
    def of(cls, pieces: Sequence[bytes]) -> Numbered:
        """Return *pieces* so kept."""
        return cls(array("Q", accumulate(map(len, pieces))), b"".join(pieces))

    def over(self, lower: Sequence[Buffer]) -> Numbered:
        """Return these pieces with numbers that go on from those of *lower*."""
        return Numbered(self._ends, self._buffer, lower)

    def __getitem__(self, place: int) -> Buffer:  # type: ignore[override]
        if place < len(self._lower):
            return self._lower[place]
        own = place - len(self._lower)
        return self._buffer[self._ends[own - 1] if own else 0 : self._ends[own]]

    def __len__(self) -> int:
        return len(self._lower) + len(self._ends)

    @property
    def parts(self) -> tuple[bytes, Buffer]:
        """What a file needs to hold: the ends and the bytes."""
        return array("Q", self._ends).tobytes(), self._buffer

    @classmethod
    def from_parts(cls, ends: bytes, buffer: Buffer) -> Numbered:
        """Return what `parts` took apart."""
        return cls(_numbers(ends), buffer)


def _numbers(content: bytes) -> array[int]:
    numbers = array("Q")
    numbers.frombytes(content)
    return numbers
