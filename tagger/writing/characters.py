"""Characters that XML cannot hold."""

from __future__ import annotations

import re
from html import escape

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean_characters(text: str) -> str:
    """Put a blank for each character that XML 1.0 cannot hold at all, so that places stay places.

    >>> clean_characters("page 1\\fpage 2")
    'page 1 page 2'
    """
    return _NOT_XML.sub(" ", text)


def escape_text(text: str) -> str:
    """Write *text* so that an XML parser reads it back character by character."""
    return escape(clean_characters(text), quote=False).replace("\r", "&#13;")
