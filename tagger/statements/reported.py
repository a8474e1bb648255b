"""What of a reconciliation is the company's under US-GAAP: columns that say so beside adjusted ones."""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from tagger.data import word_set
from tagger.statement import Kind, Statement, Use
from tagger.statements.kinds import fold_title
from tagger.statements.scope import scope_words


def as_reported(statement: Statement) -> Statement:
    """Return what of *statement*, if it is a reconciliation, states figures as reported; any other as it is.

    They do where a column is headed "GAAP" beside adjusted ones.
    """
    if statement.kind is not Kind.RECONCILIATION or _other().search(fold_title(statement.title)):
        return statement
    return replace(statement, kind=Kind.HIGHLIGHTS, title="") if _has_reported_column(statement) else statement


def _has_reported_column(statement: Statement) -> bool:
    """Whether *statement* has adjusted columns, and each of its other columns of figures says that it is as reported."""
    uses = {column.use for column in statement.columns}
    told = [scope_words(column.heading) for column in statement.columns if column.use is Use.FIGURES]
    return bool(told) and word_set("scopes", "as_reported").issuperset(told) and Use.ADJUSTED in uses


@cache
def _other() -> re.Pattern[str]:
    """Return the words of titles of what is not, or not yet, the company's results."""
    return re.compile(rf"\b(?:{'|'.join(sorted(word_set('scopes', 'not_as_reported')))})\b")
