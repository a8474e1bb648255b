"""Asking a server politely: under the user's name, a few times a second, again later where it is busy."""

from __future__ import annotations

import time
import zlib
from email.message import Message
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tagger.patterns import pattern

_ADDRESS = pattern(r"[^\s@]@[^\s@]+\.[^\s@]")
_BUSY = frozenset({429, 500, 502, 503, 504})
_TRIES = 5
_TIMEOUT = 60.0  # seconds without an answer
_LONGEST_PAUSE = 60.0
_MOST_BYTES = 400_000_000


class FetchError(OSError):
    """What a server did not give; the message says which address, and why."""


class Client:
    """Gets what is at an address, with at least *pause* seconds between two requests."""

    def __init__(self, user_agent: str, *, pause: float = 0.2) -> None:
        if not _ADDRESS.search(user_agent):
            raise ValueError(
                f"user agent {user_agent!r}: the SEC wants to know who asks: a name and an e-mail address, "
                "as in 'Ann Doe ann@example.com'"
            )
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip"}
        self._pause = pause
        self._next = 0.0

    def get(self, address: str) -> bytes:
        """Return the content at *address*; a server that is busy is asked again, later each time."""
        for wait in (*(2.0**number for number in range(_TRIES - 1)), None):
            self._hold()
            try:
                with urlopen(Request(address, headers=self._headers), timeout=_TIMEOUT) as answer:
                    return _content(answer, answer.headers, address)
            except HTTPError as error:
                with error:
                    if wait is None or error.code not in _BUSY:
                        raise FetchError(_refusal(address, error.code, error.reason)) from error
                    self._next = time.monotonic() + min(_asked(error.headers, wait), _LONGEST_PAUSE)
            except (OSError, HTTPException) as error:
                if wait is None or isinstance(error, FetchError):
                    raise FetchError(f"{address}: {getattr(error, 'reason', None) or error}") from error
                self._next = time.monotonic() + wait
        raise AssertionError  # the last try returns or raises

    def _hold(self) -> None:
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self._pause


def _content(answer: IO[bytes], headers: Message, address: str) -> bytes:
    content = answer.read(_MOST_BYTES + 1)
    if headers.get("Content-Encoding") == "gzip":
        unpacking = zlib.decompressobj(wbits=31)
        content = unpacking.decompress(content, _MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise FetchError(f"{address}: more than {_MOST_BYTES:,} bytes")
    return content


def _asked(headers: Message, wait: float) -> float:
    """Return for how many seconds the server wants to be left alone; *wait* where it does not say."""
    said = str(headers.get("Retry-After", ""))
    return float(said) if said.isdecimal() else wait


def _refusal(address: str, status: int, reason: object) -> str:
    hint = "; the SEC refuses who asks without a true name and address, or too often" if status == 403 else ""
    return f"{address}: the server says {status} {reason}{hint}"
