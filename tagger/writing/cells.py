"""Cells of text in CSV, which spreadsheets run where they look like formulas."""

from __future__ import annotations

import re

# A sign before nothing but figures is a number, and says what it says.
_FORMULA = re.compile(r"'*(?:[=+@\t\r]|-(?![\d.,%() ]*\Z))")


def quote_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, and before what would be taken for so quoted.

    >>> quote_cell("=cmd|' /C calc'!A0"), quote_cell("-1,316 = 4,102 - 5,418"), quote_cell("-1,316"), quote_cell("'=a")
    ("'=cmd|' /C calc'!A0", "'-1,316 = 4,102 - 5,418", '-1,316', "''=a")
    """
    return f"'{text}" if text[:1] in "=+@\t\r-'" and _FORMULA.match(text) else text


def unquote_cell(text: str) -> str:
    """Return what `quote_cell` was given.

    >>> unquote_cell("'=a"), unquote_cell("'a"), unquote_cell("-")
    ('=a', "'a", '-')
    """
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
