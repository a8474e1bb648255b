"""What of a table is the company's under US-GAAP: of a reconciliation, some columns or rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tagger.data import load_json, word_set
from tagger.patterns import pattern
from tagger.statement import COMPANY, Kind, Line, Statement, Use
from tagger.statements.kinds import bears, fold_title, title_kind
from tagger.statements.scope import scope_words

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_EARNINGS = pattern(r"^\W*ebitda?\b", re.IGNORECASE)
_AND = pattern(r"\s{1,9}(?:and|with|&)\s+|[,;/]", re.IGNORECASE)
_AS_REPORTED = pattern(r"\bas\s+reported\b", re.IGNORECASE)
_SAYS_SO = pattern(r"(?<!non-)(?<!non )(?<!non)\bgaap\b", re.IGNORECASE)


def as_reported(statement: Statement) -> Statement:
    """Return *statement*, if it is a reconciliation, as one of highlights: rows of it state figures as reported.

    `reported_lines` says which.
    """
    if statement.kind is not Kind.RECONCILIATION or _other().search(fold_title(statement.title)):
        return statement
    return replace(statement, kind=Kind.HIGHLIGHTS, title="") if reported_lines(statement) else statement


def reported_lines(statement: Statement) -> frozenset[int]:
    """Return the lines of a reconciliation, by index, that state figures as reported.

    All do where a column is headed "GAAP" beside adjusted ones. Where there are none of these, the row that the reconciliation begins with
    does, and the rows that say so ("GAAP net income", "Sales, as reported"); and all above one of EBITDA, whose name says what they are.
    Under a title that names a statement as well, all do above the row that the reconciliation begins with.
    """
    rows = [line for line in statement.lines if line.figures]
    if _has_reported_column(statement):
        return frozenset(line.index for line in rows)
    if not rows or any(column.use is Use.ADJUSTED for column in statement.columns):
        return frozenset()
    adjusted = next((at for at, line in enumerate(rows) if refuses(line.label)), len(rows))
    defined = adjusted < len(rows) and _EARNINGS.search(rows[adjusted].label)
    said = (line for line in rows if says_reported(line.label))
    if _names_statement(statement):
        return frozenset(line.index for line in (*rows[: _begin(rows)], *said))
    return frozenset(line.index for line in (*rows[: adjusted if defined else min(adjusted, 1)], *said))


def _names_statement(statement: Statement) -> bool:
    """Whether the title names a statement beside the reconciliation, and its rows bear that out."""
    titles = (title for title in _AND.split(statement.title) if title_kind(title) is Kind.OPERATIONS)
    return any(titles) and bears(Kind.OPERATIONS, (line.label for line in statement.lines))


def _begin(rows: Sequence[Line]) -> int:
    """Return which of *rows* the reconciliation begins with: adjusted, under such a heading, or printed before already."""
    seen: set[str] = set()
    for at, line in enumerate(rows):
        said = any(title_kind(heading) is Kind.RECONCILIATION or refuses(heading) for heading in line.headings)
        if said or line.label in seen or refuses(line.label):
            return at
        seen.add(line.label)
    return len(rows)


def says_reported(label: str) -> bool:
    """Whether *label* says of itself that its figures are as reported.

    >>> [says_reported(label) for label in ("Sales, as reported", "GAAP net income", "As previously reported", "Non-GAAP cost")]
    [True, True, False, False]
    """
    return not refuses(label) and bool(_SAYS_SO.search(label) or _AS_REPORTED.search(label))


def _has_reported_column(statement: Statement) -> bool:
    """Whether *statement* has adjusted columns, and each other that may be the company's says that it is as reported.

    What stands between the two ("Amortization") is known not to be the company's.
    """
    uses = {column.use for column in statement.columns}
    figures = [column for column in statement.columns if column.use is Use.FIGURES and column.scope == COMPANY]
    told = [scope_words(column.heading) for column in figures]
    return bool(told) and word_set("scopes", "as_reported").issuperset(told) and Use.ADJUSTED in uses


@cache
def _other() -> re.Pattern[str]:
    """Return the words of titles of what is not, or not yet, the company's results."""
    return re.compile(rf"\b(?:{'|'.join(sorted(word_set('scopes', 'not_as_reported')))})\b")


@lru_cache(maxsize=2048)
def refuses(text: str) -> bool:
    """Whether *text* speaks of a figure outside US-GAAP, which never takes one of its concepts.

    >>> refuses("Adjusted earnings"), refuses("Interest income (taxable equivalent)"), refuses("Interest income")
    (True, True, False)
    """
    low = text.lower()
    return bool(_told().find_matches_as_indexes(low)) and _not_gaap().search(low) is not None


@cache
def _told() -> AhoCorasick:
    """Return what finds those words inside of others too, which tells most labels apart, and sooner."""
    from ahocorasick_rs import AhoCorasick  # it is as large as all of `regex`

    return AhoCorasick(load_json("tagging")["not_gaap"])


@cache
def _not_gaap() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, load_json("tagging")["not_gaap"])) + r")\b")
