"""The errors of reading XBRL back."""

from __future__ import annotations


class LoadError(ValueError):
    """A file that holds no XBRL that can be read; the message says why."""


class HostileError(LoadError):
    """A file that asks for more than any report needs; none of it is used."""


class TransformError(ValueError):
    """A text that its format does not fit, or a format that nobody knows."""
