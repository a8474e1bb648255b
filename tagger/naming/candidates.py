"""Asking the rules: each line of a statement with what is known of it, and the candidates for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from tagger.data import load_json, word_set
from tagger.evidence import Option
from tagger.lexicon.numerals import alternatives
from tagger.matching.rows import Candidate, RowQuery, match_row
from tagger.measures import measures_of
from tagger.naming.labels import is_bare_total, total_label
from tagger.patterns import pattern
from tagger.ruleset import RuleSet
from tagger.ruleset.labels import narrows, normalise
from tagger.statement import PRIMARY, Kind, Line, Part, Statement
from tagger.statements.kinds import fold_title
from tagger.statements.parts import without_part_aside
from tagger.statements.reported import refuses
from tagger.statements.scope import printed_name, scope_words
from tagger.statements.sectors import without_sector
from tagger.statements.stocks import without_stock
from tagger.values import Measure

RULES_ONLY = frozenset({Kind.HIGHLIGHTS, Kind.OTHER, Kind.SEGMENT})
"""Tables of which only rows that a rule names are tagged."""

_REACH = 40
_DISCONTINUED = pattern(r"\bdiscontinued\b", re.IGNORECASE)
_CONTINUING = pattern(r"(?:\w+\s+){0,2}continuing\s+operations\W*$", re.IGNORECASE)
_NET = pattern(r"net\s+(?:income|earnings|loss|profit)\b(?!.*\bcontinuing\b)", re.IGNORECASE)
_STATING = (
    frozenset({Kind.OPERATIONS, Kind.COMPREHENSIVE_INCOME, Kind.BALANCE_SHEET}) | RULES_ONLY
)  # what tables state results and totals
_WORDS = pattern(r"[a-z]+")


class Wanted(Struct, frozen=True, kw_only=True, gc=False):
    """A line as asked of the rules, and what they answered, best first.

    A line that is *refused* has no concept at all, as one that is *narrowed* to a part of what a rule names: by parentheses
    in its label, or because it stands *within* discontinued operations. *lacking* is the concept that a rule names and the
    year has not. *options* are what evidence says of it.
    """

    line: Line
    query: RowQuery
    candidates: tuple[Candidate, ...]
    refused: bool = False
    narrowed: bool = False
    within: bool = False
    lacking: str = ""
    options: tuple[Option, ...] = ()


def ask(statement: Statement, rules: RuleSet) -> Iterator[Wanted]:
    """Yield each line of *statement* with the rules' candidates for it."""
    labels = [_label_of_part(line, statement) for line in statement.lines]
    labels = [_per_share_of(position, label, statement) for position, label in enumerate(labels)]
    sums = {found.total for found in statement.sums}
    parts = set(_parts(statement))
    discontinued = frozenset(_of_discontinued(statement.lines))
    continuing = frozenset(_net_of_continuing(statement.lines))
    kinds = measures_of(statement)
    heads_rows = statement.kind is Kind.OTHER or (statement.kind is Kind.SEGMENT and _is_one_list(statement))
    titled = (statement.title,) if heads_rows and statement.title else ()
    for position, line in enumerate(statement.lines):
        unit = kinds[line.index]
        query = RowQuery(
            label=labels[position],
            headings=titled + line.headings,
            kind=Kind.HIGHLIGHTS if _is_told(line, statement) else statement.kind,
            unit=unit.value,
            total=line.index in sums,
            part=line.index in parts,
            above=tuple(reversed(labels[max(0, position - _REACH) : position])),
            below=tuple(labels[position + 1 : position + 1 + _REACH]),
        )
        refused = position in continuing or _is_refused(labels[position], line, unit, statement.kind)
        candidates = () if refused else _candidates(rules, query)
        within = position in discontinued
        kept = _kept(candidates, query, line, within=within)
        narrowed = not kept and (bool(candidates) or within)
        refused = refused or narrowed
        yield Wanted(line=line, query=query, candidates=kept, refused=refused, narrowed=narrowed, within=within)


def _is_refused(label: str, line: Line, unit: Measure, kind: Kind) -> bool:
    """Whether the row of *line*, called *label*, can have no name: it is no figure, or none of the company's statements."""
    if not label or not line.figures or unit is Measure.PERCENT or refuses_line(line):
        return True
    return kind in _STATING and unit is Measure.MONEY and leaves_out(label)


def _kept(candidates: Sequence[Candidate], query: RowQuery, line: Line, *, within: bool) -> tuple[Candidate, ...]:
    """Return those of *candidates* that say all of a label narrowed in parentheses, and are of discontinued operations *within* these."""
    kept = tuple(candidates)
    if candidates and narrows(query.label) and not line.currency:
        kept = tuple(one for one in candidates if _says_all(one, query))
    if within:
        said = word_set("tagging", "discontinued_names")
        kept = tuple(one for one in kept if any(name in one.concept for name in said))
    return kept


def _of_discontinued(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of rows below the heading "Discontinued operations" and above the row that names these again: their parts."""
    open_: list[int] = []
    for position, line in enumerate(lines):
        if _DISCONTINUED.search(line.label):
            yield from open_
            open_ = []
        elif line.headings and _DISCONTINUED.match(line.headings[-1].lstrip("( ")) and line.figures:
            open_.append(position)
        else:
            open_ = []


def _net_of_continuing(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of rows of net income under "From continuing operations", where nothing above them is discontinued:
    what is called so there is the income from continuing operations.
    """
    for position, line in enumerate(lines):
        if _DISCONTINUED.search(line.label):
            return
        if line.headings and _CONTINUING.match(line.headings[-1]) and _NET.match(line.label):
            yield position


def _label_of_part(line: Line, statement: Statement) -> str:
    """Return what the row of *line* is called, without the part of the company or the kind of stock that its member says."""
    label = without_sector(_total_of_sector(line) or total_label(line, statement), line.scope)
    label = without_part_aside(label, line.scope)
    return without_stock(label, line.scope) if statement.kind is Kind.BALANCE_SHEET else label


def _total_of_sector(line: Line) -> str:
    """Return what a total without a name is called that closes a part of the company on one side of the balance sheet."""
    if line.scope.part is not Part.SEGMENT or len(line.headings) != 2 or fold_title(line.label) not in ("", "total"):
        return ""
    return f"Total {line.headings[0]}" if printed_name(line.headings[1]) == line.scope.name else ""


def _candidates(rules: RuleSet, query: RowQuery) -> tuple[Candidate, ...]:
    """Return the rules that want a row; in a table of segments only those made for it: its rows are parts of totals.

    What a row outside the statements leaves out, the rule has to leave out too: "Current liabilities
    excluding notes payable" is a step of the issuer's own.
    """
    found = match_row(rules, query)
    if query.kind in RULES_ONLY and "excluding" in query.label.lower():
        found = tuple(candidate for candidate in found if "excluding" in candidate.form)
    if query.kind is not Kind.SEGMENT:
        return found
    return tuple(candidate for candidate in found if Kind.SEGMENT in candidate.rule.statements)


def _says_all(candidate: Candidate, query: RowQuery) -> bool:
    """Whether a rule has all the words of the row, also those in parentheses, and leaves none to a star; a pack's word is taken."""
    all_words = candidate.form == " ".join(normalise(query.label).tokens) and candidate.rank[-1] == 0
    return all_words or candidate.rule.layer > 0


def _is_told(line: Line, statement: Statement) -> bool:
    """Whether it is said whose a row in a table of segments is: that of the segment over it, or the company's."""
    if statement.kind is not Kind.SEGMENT:
        return False
    return line.scope.part is Part.SEGMENT or _is_of_company(line, statement)


def _is_one_list(statement: Statement) -> bool:
    """Whether the rows of a table stand under no headings, and one of them is the sum of all the others: its title heads them."""
    lines = [line for line in statement.lines if line.figures]
    return not any(line.headings for line in lines) and any(_sums_all(line, lines, statement) for line in lines)


def _is_of_company(line: Line, statement: Statement) -> bool:
    """Whether a row in a table of segments is the company's: under "Consolidated", or the sum of all other rows.

    Under the heading of a measure it is the sum of all the others there, and called so: "Total net sales", "Consolidated" under "Net sales".
    """
    if line.headings:
        heading = line.headings[-1]
        if scope_words(heading) in word_set("scopes", "company_headings"):
            return True
        if fold_title(line.label) != fold_title(f"Total {heading}") and not is_bare_total(line):
            return False
    beside = [
        other for other in statement.lines if other.figures and (not line.headings or other.headings == line.headings)
    ]
    return _sums_all(line, beside, statement)


def _sums_all(line: Line, lines: Sequence[Line], statement: Statement) -> bool:
    """Whether *line* is the sum of all others of *lines*."""
    others = {other.index for other in lines if other is not line}
    wholes = (found for found in statement.sums if found.total == line.index and set(found.weights) == {1})
    return any(set(found.parts) == others for found in wholes)


def _parts(statement: Statement) -> Iterator[int]:
    """Yield the lines that add up, with others under the same heading, to a total or a part of one."""
    headings = {line.index: line.headings[-1:] for line in statement.lines}
    for found in statement.sums:
        if set(found.weights) == {1}:
            count = Counter(headings[part] for part in found.parts)
            yield from (part for part in found.parts if count[headings[part]] > 1)


def refuses_line(line: Line) -> bool:
    """Whether the label of *line* or a heading over it speaks of figures outside US-GAAP, as a heading "Excluding ..." does."""
    return refuses("\n".join((*line.headings, line.label))) or any(
        _opens_exclusion().match(text) or _is_per_other(text) or _is_of_averages(text) for text in line.headings
    )


def _is_per_other(heading: str) -> bool:
    """Whether *heading* says that amounts are for one of something, and not of shares: "Per ton:"."""
    words = _WORDS.findall(heading.lower())
    return words[:1] == ["per"] and word_set("tagging", "per_share_of").isdisjoint(words)


def _is_of_averages(heading: str) -> bool:
    """Whether *heading* says that averages stand below it, and not of shares: "Quarterly averages", "Average:"."""
    words = _WORDS.findall(heading.lower()) if "vera" in heading.lower() else []
    first = next((word for word in words if word not in word_set("scopes", "averaging_words")), "")
    return first in ("average", "averages") and word_set("tagging", "per_share_of").isdisjoint(words)


def is_not_whole(label: str) -> bool:
    """Whether *label* leaves something out of a result, or its parentheses make another measure of it."""
    return leaves_out(label) or narrows(label)


@lru_cache(maxsize=1024)
def leaves_out(label: str) -> bool:
    """Whether *label* speaks of a result, of revenue, or of a total, without something in it, which is none of the company's statements.

    What is left out of a cost stands in a row of its own; what owners and tax collectors have is left out by rule.

    >>> leaves_out("Net income (excluding restructuring)"), leaves_out("Cost of sales (excluding depreciation)")
    (True, False)
    >>> leaves_out("Net income excluding noncontrolling interests"), leaves_out("Sales, excluding excise taxes")
    (False, False)
    >>> leaves_out("Total assets, excluding cash"), leaves_out("Long-term debt, excluding current portion")
    (True, False)
    >>> leaves_out("Total revenue (net of pass-through)"), leaves_out("Sales, net of returns")
    (True, False)
    """
    return any(_left_out(label, pattern, told) for pattern, told in _exclusions())


def _left_out(label: str, pattern: re.Pattern[str], told: Mapping[str, Sequence[str]]) -> bool:
    found = pattern.search(label)
    if found is None:
        return False
    of, what = (frozenset(_WORDS.findall(text.lower())) for text in (label[: found.start()], label[found.end() :]))
    results = bool(of.intersection(told["results"])) and of.isdisjoint(told["costs"])
    return results and bool(what) and not any(other in label.lower() for other in told["others"])


@cache
def _exclusions() -> Sequence[tuple[re.Pattern[str], Mapping[str, Sequence[str]]]]:
    """Return the patterns that say that something is left out, or taken off, each with of what that makes another amount."""
    told = load_json("tagging")
    said = (
        ([*told["leaving_out"], *told["left_out_of"]["said"]], told["left_out_of"]),
        (told["leaving_out"], told["left_out_of_totals"]),
        (told["taken_off"]["said"], told["taken_off"]),
    )
    return [(re.compile(rf"\b(?:{alternatives(words)})\b", re.IGNORECASE), of) for words, of in said]


@cache
def _opens_exclusion() -> re.Pattern[str]:
    told = load_json("tagging")
    return re.compile(rf"\W*(?:{alternatives([*told['leaving_out'], *told['leaving_out_over']])})\b", re.IGNORECASE)


def _per_share_of(position: int, label: str, statement: Statement) -> str:
    """Return *label*, that of a row "per diluted share" and no more with that of the result above it; none where there is no such result."""
    if not _is_bare_per_share(label):
        return label
    line = statement.lines[position]
    rows = (row for row in reversed(statement.lines[:position]) if row.figures and not _is_bare_per_share(row.label))
    above = next(rows, None)
    if above is None or above.headings != line.headings:
        return label
    if refuses_line(above):
        return ""
    if word_set("tagging", "results_said").isdisjoint(normalise(above.label).tokens):
        return label if statement.kind in PRIMARY else ""
    return f"{above.label} {label}"


@lru_cache(maxsize=512)
def _is_bare_per_share(label: str) -> bool:
    """Whether *label* says "per share", and of which shares, and nothing else.

    >>> _is_bare_per_share("Per share - assuming dilution"), _is_bare_per_share("Net income per share")
    (True, False)
    """
    tokens = normalise(label).tokens if "per" in label.lower() else ()
    return "per" in tokens and word_set("tagging", "per_share_said").issuperset(tokens)
