"""What a row is called: its label, or, for a total without one, after the rows it sums."""

from __future__ import annotations

import re

from tagger.arithmetic.search.totals import is_total
from tagger.data import load_json, word_set
from tagger.patterns import pattern
from tagger.statement import Kind, Line, Statement, Sum
from tagger.statements.kinds import fold_title
from tagger.statements.scope import scope_words

_ALLOWANCE = pattern(r"(?:less\W+)?(?:accumulated|allowances?)\b", re.IGNORECASE)
_PART = pattern(r"(?:non-?)?current\s+(?:assets|liabilities)", re.IGNORECASE)  # with figures, a heading is a total
_BARE_TOTAL = pattern(r"(?:sub)?\s*-?total[s:]*", re.IGNORECASE)


def total_label(line: Line, statement: Statement) -> str:
    """Return the label of *line*; a total without one is called after the heading its parts stand under."""
    if line.label and not is_bare_total(line):
        part = statement.kind is Kind.BALANCE_SHEET and line.figures and _PART.fullmatch(line.label)
        return f"Total {line.label}" if part else line.label
    if statement.kind is Kind.BALANCE_SHEET and _repeats_total_assets(line, statement):
        return "Total liabilities and stockholders' equity"
    if statement.kind is Kind.BALANCE_SHEET and _is_repeated(line, statement):
        return "Total assets"
    found = next((s for s in statement.sums if s.total == line.index), None)
    if found is None and not line.label:
        return ""
    if found is not None and not line.label and len(found.parts) == 2 and _less(found, statement):
        return _less(found, statement)
    heading = _common_heading(found, statement) if found else (line.headings[-1] if line.headings else "")
    if is_split(heading):
        return ""  # the result again, which stands above its parts
    return f"Total {heading}" if heading and not _named(f"Total {heading}", statement) else ""


def is_bare_total(line: Line) -> bool:
    """Whether *line* is called a total and no more: "Total", or below the heading of a measure "Consolidated"."""
    of_company = bool(line.headings) and scope_words(line.label) in word_set("scopes", "company_headings")
    return of_company or _BARE_TOTAL.fullmatch(line.label) is not None


def is_split(heading: str) -> bool:
    """Whether the rows under *heading* are the owners' parts of a result: "Net income attributable to"."""
    return heading.lower().rstrip(" :").endswith(tuple(load_json("tagging")["split_headings"]))


def _named(label: str, statement: Statement) -> bool:
    """Whether a row of *statement* says itself that it is *label*: then no other row is called so."""
    words = fold_title(label)
    return any(line.figures and fold_title(line.label) == words for line in statement.lines)


def _less(found: Sum, statement: Statement) -> str:
    """Return "Total revenues less Total costs" for a sum of two totals of which the second is taken away, and
    "Property, net" for property less what is written off of it.
    """
    first, second = (next(line for line in statement.lines if line.index == part) for part in found.parts)
    taken = [f.printed * found.weights[1] < 0 for f in second.figures if f.printed]
    if not (first.label and second.label and taken and all(taken)):
        return ""
    if is_total(first.label) and is_total(second.label):
        return f"{first.label} less {second.label}"
    return f"{first.label}, net" if _ALLOWANCE.match(second.label) else ""


def _common_heading(found: Sum, statement: Statement) -> str:
    parts = [line.headings for line in statement.lines if line.index in found.parts]
    common = parts[0] if parts else ()
    for headings in parts[1:]:
        common = tuple(a for a, b in zip(common, headings, strict=False) if a == b)
    return common[-1] if common else ""


def _is_repeated(line: Line, statement: Statement) -> bool:
    """Whether a total of liabilities and equity, or the last one without a label, repeats the figures of *line* below."""
    figures = {figure.column: figure.printed for figure in line.figures}
    owed = False
    for other in statement.lines:
        if other.index <= line.index:
            continue
        owed = owed or any(map(_is_owed, (other.label, *other.headings)))
        bare = not other.label or _BARE_TOTAL.fullmatch(other.label) or _is_owed(other.label)
        if owed and bare and figures and {f.column: f.printed for f in other.figures} == figures:
            return True
    return False


def _is_owed(text: str) -> bool:
    return any(word in text.lower() for word in load_json("tagging")["owed"])


def _repeats_total_assets(line: Line, statement: Statement) -> bool:
    """Whether the figures of *line* are those of a total further up, as liabilities and equity repeat the assets."""
    figures = {figure.column: figure.printed for figure in line.figures}
    sums = {found.total for found in statement.sums}
    for other in statement.lines:
        if other.index >= line.index:
            return False
        bare = (
            other.index in sums
            or not other.label
            or _BARE_TOTAL.fullmatch(other.label)
            or "total assets" in other.label.lower()
        )
        if bare and len(figures) > 0 and {f.column: f.printed for f in other.figures} == figures:
            return True
    return False
