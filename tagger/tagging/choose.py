"""Choosing the concept of each statement line: the best rule, else the filer's own concept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tagger.catalog import Catalog
from tagger.data import load_json
from tagger.findings import Code, Finding, Severity
from tagger.layout.totals import is_total
from tagger.matching.rows import Candidate, RowQuery, match_row
from tagger.ruleset import RuleSet
from tagger.ruleset.rule import ROW_MEMBER
from tagger.statement import Kind, Line, Statement, Sum
from tagger.tagging.choice import Choice
from tagger.tagging.figures import begins
from tagger.tagging.naming import same_figures
from tagger.tagging.own import own_name
from tagger.tagging.units import MONEY, PERCENT, unit_kinds
from tagger.tagging.years import candidates_in_year, settled_in_year
from tagger.values import Member

PRIMARY = frozenset({Kind.BALANCE_SHEET, Kind.OPERATIONS, Kind.COMPREHENSIVE_INCOME, Kind.CASH_FLOW})
RULES_ONLY = frozenset({Kind.HIGHLIGHTS, Kind.OTHER, Kind.SEGMENT})
_BARE_TOTAL = re.compile(r"(?:sub)?\s*-?total[s:]*", re.IGNORECASE)
_TOTAL = re.compile(r"^total\s+", re.IGNORECASE)
_FIRST_WORDS = re.compile(r"(?:[a-z\-]+\s*){1,4}")
_REACH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A line as asked of the rules, and what they answered, best first."""

    line: Line
    query: RowQuery
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The choices made for a statement's lines, in order, and what could not be chosen."""

    choices: tuple[Choice, ...] = ()
    findings: tuple[Finding, ...] = ()


def choose(statement: Statement, rules: RuleSet, catalog: Catalog, *, prefix: str, own_concepts: bool) -> Chosen:
    """Choose a concept for each line of *statement* that may have one."""
    if statement.kind not in PRIMARY | RULES_ONLY or refuses(statement.title):
        return Chosen()
    wanted = tuple(_in_year(want, catalog) for want in ask(statement, rules))
    choices: list[Choice] = []
    findings: list[Finding] = []
    for position, candidate in enumerate(_settled(wanted)):
        want = wanted[position]
        if _ambiguous(want, candidate):
            findings.append(_ambiguity(want))
            candidate = None
        if candidate is not None:
            candidate, doubts = settled_in_year(candidate, catalog, want.line.label, want.line.figures[0].span)
            findings.extend(doubts)
        choice = _by_rule(want, candidate, catalog, prefix) if candidate else None
        if choice is None and own_concepts and statement.kind in PRIMARY:
            choice = _own(want, statement, prefix)
        if choice is not None:
            choices.append(choice)
    return Chosen(choices=tuple(choices), findings=tuple(findings))


def _in_year(want: Wanted, catalog: Catalog) -> Wanted:
    candidates = candidates_in_year(want.candidates, catalog, want.query.label)
    return want if candidates is want.candidates else replace(want, candidates=candidates)


def ask(statement: Statement, rules: RuleSet) -> Iterator[Wanted]:
    """Yield each line of *statement* with the rules' candidates for it."""
    labels = [total_label(line, statement) for line in statement.lines]
    sums = {found.total for found in statement.sums}
    parts = set(_parts(statement))
    kinds = unit_kinds(statement)
    for position, line in enumerate(statement.lines):
        unit = kinds[line.index]
        query = RowQuery(
            label=labels[position],
            headings=line.headings,
            kind=statement.kind,
            unit=unit,
            total=line.index in sums,
            part=line.index in parts,
            above=tuple(reversed(labels[max(0, position - _REACH) : position])),
            below=tuple(labels[position + 1 : position + 1 + _REACH]),
        )
        refused = not labels[position] or not line.figures or unit == PERCENT or refuses(" ".join((*line.headings, line.label)))
        yield Wanted(line=line, query=query, candidates=() if refused else _candidates(rules, query))


def _candidates(rules: RuleSet, query: RowQuery) -> tuple[Candidate, ...]:
    """Return the rules that want a row; in a table of segments only those made for it: its rows are parts of totals."""
    found = match_row(rules, query)
    if query.kind is not Kind.SEGMENT:
        return found
    return tuple(candidate for candidate in found if Kind.SEGMENT in candidate.rule.statements)


def _parts(statement: Statement) -> Iterator[int]:
    """Yield the lines that add up, with others under the same heading, to a total."""
    headings = {line.index: line.headings[-1:] for line in statement.lines}
    for found in statement.sums:
        if len(found.parts) > 1 and set(found.weights) == {1} and len({headings[part] for part in found.parts}) == 1:
            yield from found.parts


def refuses(text: str) -> bool:
    """Whether *text* speaks of a figure outside US-GAAP, which never takes one of its concepts."""
    words = text.lower()
    return any(found.group() for found in _not_gaap().finditer(words))


@cache
def _not_gaap() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, load_json("tagging")["not_gaap"])) + r")\b")


def total_label(line: Line, statement: Statement) -> str:
    """Return the label of *line*; a total without one is called after the heading its parts stand under."""
    if line.label and not _BARE_TOTAL.fullmatch(line.label):
        return line.label
    if statement.kind is Kind.BALANCE_SHEET and _repeats_total_assets(line, statement):
        return "Total liabilities and stockholders' equity"
    found = next((s for s in statement.sums if s.total == line.index), None)
    if found is None and not line.label:
        return ""
    if found is not None and not line.label and len(found.parts) == 2 and _less(found, statement):
        return _less(found, statement)
    heading = _common_heading(found, statement) if found else (line.headings[-1] if line.headings else "")
    return f"Total {heading}" if heading else ""


def _less(found: Sum, statement: Statement) -> str:
    """Return "Total revenues less Total costs" for a sum of two totals of which the second is taken away."""
    first, second = (next(line for line in statement.lines if line.index == part) for part in found.parts)
    taken = [f.printed * found.weights[1] < 0 for f in second.figures if f.printed]
    if first.label and second.label and taken and all(taken) and is_total(first.label) and is_total(second.label):
        return f"{first.label} less {second.label}"
    return ""


def _common_heading(found: Sum, statement: Statement) -> str:
    parts = [line.headings for line in statement.lines if line.index in found.parts]
    common = parts[0] if parts else ()
    for headings in parts[1:]:
        common = tuple(a for a, b in zip(common, headings, strict=False) if a == b)
    return common[-1] if common else ""


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


def _settled(wanted: Sequence[Wanted]) -> list[Candidate | None]:
    """Give each concept to one line: the one whose candidate ranks highest; others fall back to their next.

    A balance at the beginning of the periods and one at their end are two facts of one concept.
    """
    taken: dict[tuple[object, ...], int] = {}
    picks: list[int] = [0] * len(wanted)
    queue = list(range(len(wanted)))
    while queue:
        position = queue.pop(0)
        candidates = wanted[position].candidates
        if picks[position] >= len(candidates):
            continue
        candidate = candidates[picks[position]]
        key = (candidate.concept, candidate.members, begins(wanted[position].line), _own_row(wanted[position], candidate))
        holder = taken.get(key)
        if holder is None or same_figures(wanted[holder].line, wanted[position].line):
            taken.setdefault(key, position)
        elif candidate.rank > wanted[holder].candidates[picks[holder]].rank:
            taken[key] = position
            picks[holder] = _next_concept(wanted[holder].candidates, picks[holder])
            queue.append(holder)
        else:
            picks[position] = _next_concept(candidates, picks[position])
            queue.append(position)
    return [
        want.candidates[pick] if pick < len(want.candidates) else None for want, pick in zip(wanted, picks, strict=True)
    ]


def _own_row(want: Wanted, candidate: Candidate) -> str:
    """Return what tells rows apart that one rule gives members of their own."""
    return want.line.label if any(member.member == ROW_MEMBER for member in candidate.members) else ""


def _next_concept(candidates: Sequence[Candidate], pick: int) -> int:
    now = (candidates[pick].concept, candidates[pick].members)
    while pick < len(candidates) and (candidates[pick].concept, candidates[pick].members) == now:
        pick += 1
    return pick


def _ambiguous(want: Wanted, candidate: Candidate | None) -> bool:
    """Whether another rule wants the line just as much, for another concept."""
    if candidate is None:
        return False
    rivals = [c for c in want.candidates if c.rank == candidate.rank]
    return any((c.concept, c.members) != (candidate.concept, candidate.members) for c in rivals)


def _ambiguity(want: Wanted) -> Finding:
    best = [c for c in want.candidates if c.rank == want.candidates[0].rank]
    rules = ", ".join(f"{c.rule.id} ({c.concept})" for c in best)
    return Finding(
        code=Code.AMBIGUOUS_CONCEPT,
        severity=Severity.WARNING,
        message=f"{want.line.label!r}: rules want it equally for different concepts: {rules}; give one of them 'over'",
        span=want.line.figures[0].span,
    )


def _by_rule(want: Wanted, candidate: Candidate, catalog: Catalog, prefix: str) -> Choice | None:
    concept = catalog.find(candidate.concept)
    if concept is None:
        return None
    return Choice(
        line=want.line,
        concept=candidate.concept,
        period_type=concept.period_type,
        balance=concept.balance,
        unit=_unit(concept.unit_kind, want.query.unit),
        rule=candidate.rule.id,
        members=tuple(_member(member, want, prefix) for member in candidate.members),
        rank=candidate.rank,
        why=(f"rule {candidate.why}",),
    )


def _member(member: Member, want: Wanted, prefix: str) -> Member:
    """Return *member*, or the filer's own named after the row where the rule asks for it."""
    if member.member != ROW_MEMBER:
        return member
    return Member(member.axis, f"{prefix}:{own_name(_TOTAL.sub('', want.line.label))}Member")


def _unit(of_concept: str, of_line: str) -> str:
    return of_concept if of_concept in ("money", "per-share", "shares") else of_line


def _own(want: Wanted, statement: Statement, prefix: str) -> Choice | None:
    line = want.line
    said = " ".join((*line.headings, line.label))
    if not want.query.label or not line.figures or want.query.unit != MONEY or refuses(said):
        return None
    heading = line.headings[-1] if line.headings else ""
    instant = statement.kind is Kind.BALANCE_SHEET
    balance = _flow_balance(want.query.label) if statement.kind is Kind.CASH_FLOW else None
    return Choice(
        line=line,
        concept=f"{prefix}:{own_name(want.query.label, heading)}",
        period_type="instant" if instant else "duration",
        balance=balance,
        unit=MONEY,
        rule="own-concept",
        own=True,
        why=("no rule names this row: a concept of the filer's own, after its label",),
    )


def _flow_balance(label: str) -> str | None:
    """Return the balance of a concept of the filer's own for a cash flow: what its words call an outflow, or a gain
    taken back, is a credit; where the words do not tell, the figures stay as printed.
    """
    first = _FIRST_WORDS.match(label.lower())
    words = set(first.group().split()) if first else set()
    credit = words & set(load_json("tagging")["outflow_words"])
    return "credit" if credit and not words & set(load_json("tagging")["inflow_words"]) else None
