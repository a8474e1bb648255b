"""Text of releases and of others' files, which never steers the terminal that it is shown on."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from tagger.patterns import pattern

_STEERING = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """Return *text* with a mark for each control character: one moves the cursor, another names the window.

    >>> shown("Net \\x1b[31msales")
    'Net �[31msales'
    """
    return text if text.isascii() and text.isprintable() else _STEERING.sub("\ufffd", text)


class Terminal:
    """A stream to a terminal: what is written to it is *shown*; *stream* is the one behind it, for what may steer."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(shown(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def guard_terminal() -> None:
    """Let nothing that is printed from now on steer the terminal but what asks for the stream behind."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and stream.isatty():
            setattr(sys, name, Terminal(stream))


def behind(stream: Any) -> Any:
    """Return the stream behind *stream*, or itself where nothing guards it."""
    return stream.stream if isinstance(stream, Terminal) else stream
