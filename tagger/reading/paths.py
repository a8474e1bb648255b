"""Strings that were meant as the path of a release, and are none."""

from __future__ import annotations

import re

from tagger.patterns import pattern

_ADDRESS = pattern(r"(?:https?|ftp|file|s3|gs)://", re.I)
_SUFFIX = pattern(r"[^<>]*\.[A-Za-z][A-Za-z0-9]{0,5}")
_FOLDER = pattern(r"(?:~|\.{0,2}/|[A-Za-z]:[\\/])[^<>]*")
_NAME = pattern(r"[^\s<>]*[\w-][^\s<>]*")


def means_file(source: str) -> bool:
    """Whether *source*, which names no file, was meant to: an address, a path, a name with a suffix, a lone word.

    >>> means_file("nope.txt"), means_file("../q2"), means_file("https://example.com/q2.htm"), means_file("q2")
    (True, True, True, True)
    >>> means_file("Net sales rose to $1.2 million."), means_file("<p>Sales</p>"), means_file("A.\\nB.")
    (False, False, False)
    """
    line = source.strip()
    if "\n" in source or "\r" in source or not line or len(line) > 1024:
        return False
    return any(pattern.fullmatch(line) for pattern in (_SUFFIX, _FOLDER, _NAME)) or bool(_ADDRESS.match(line))


def absence(source: str) -> str:
    """Return why there is no release at *source*, and what to do."""
    if _ADDRESS.match(source.strip()):
        return "An address is no file; nothing is downloaded: save the page, or see tagger fetch, and give its path"
    return "No such file; give a path, or the release itself as bytes or as text of several lines"
