"""The error of a text that a format does not fit."""

from __future__ import annotations


class TransformError(ValueError):
    """A text that its format does not fit, or a format that nobody knows."""
