"""What of a reconciliation is the company's under US-GAAP: columns that say so beside adjusted ones."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tagger.data import word_set
from tagger.statement import Kind, Statement, Use
from tagger.statements.kinds import fold_title
from tagger.statements.scope import scope_words

_OTHER = re.compile(r"\b(?:outlook|guidance|forecasts?|targets?|segments?|previously|pro forma|discontinued)\b")


def as_reported(statement: Statement) -> Statement:
    """Return what of *statement*, if it is a reconciliation, states figures as reported; any other as it is.

    They do where a column is headed "GAAP" beside adjusted ones.
    """
    if statement.kind is not Kind.RECONCILIATION or _OTHER.search(fold_title(statement.title)):
        return statement
    return replace(statement, kind=Kind.HIGHLIGHTS, title="") if has_reported_column(statement) else statement


def has_reported_column(statement: Statement) -> bool:
    """Whether a column of *statement* says that it is as reported, and each other that it is adjusted or says it too."""
    uses = {column.use for column in statement.columns}
    told = [
        scope_words(c.heading) in word_set("scopes", "as_reported") for c in statement.columns if c.use is Use.FIGURES
    ]
    return bool(told) and all(told) and Use.ADJUSTED in uses
