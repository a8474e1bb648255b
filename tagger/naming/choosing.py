"""Choosing the concept of each statement line: the best rule, else the filer's own concept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from tagger.catalog import Catalog, concept_in_year
from tagger.data import load_json
from tagger.evidence import OWN
from tagger.findings import Code, Finding
from tagger.matching.rows import Candidate
from tagger.measures import names_per_share, said_measure
from tagger.naming.beyond import (
    APART,
    BELOW,
    FLOW,
    apart,
    beyond,
    narrowed,
    results_among_balances,
    unnamed,
    without_names_of_others,
)
from tagger.naming.candidates import RULES_ONLY, Wanted, ask, is_not_whole, refuses_line
from tagger.naming.choice import Choice
from tagger.naming.declared import declared_labels, part_words
from tagger.naming.own import own_balance, own_change, own_name
from tagger.naming.owners import by_owners
from tagger.naming.settling import ambiguity, ambiguous, outdone, settled
from tagger.naming.summed import (
    with_continuing,
    with_names_of_totals,
    without_balances_in_flows,
    without_parts_beside_wholes,
    without_totals_of_parts,
)
from tagger.naming.terms import by_term
from tagger.naming.weighed import EVIDENCE, Counted, weighed
from tagger.naming.years import candidates_in_year, year_findings
from tagger.patterns import pattern
from tagger.ruleset import RuleSet
from tagger.ruleset.rule import ROW_MEMBER
from tagger.statement import PRIMARY, Kind, Line, Statement
from tagger.statements.reported import as_reported, refuses, reported_lines
from tagger.values import Measure, Member

_SOLD = "srt:ProductOrServiceAxis"
_TOTAL = pattern(r"^total\s+", re.IGNORECASE)
_ASIDES = pattern(r"[()]")  # what they enclose may be what tells a row from another
_COST_OF = pattern(r"\bcosts?\s+of\s+", re.IGNORECASE)  # one member for the revenue and the cost of a kind


class Chosen(Struct, frozen=True, kw_only=True):
    """The choices made for a statement's lines, in order, and what could not be chosen.

    *units* says what the figures of each line are, by line index.
    """

    choices: tuple[Choice, ...] = ()
    units: Mapping[int, Measure] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def choose(
    statement: Statement,
    rules: RuleSet,
    catalog: Catalog,
    *,
    prefix: str,
    own_concepts: bool,
    counted: Counted | None = None,
) -> Chosen:
    """Choose a concept for each line of *statement* that may have one."""
    reported = reported_lines(statement) if statement.kind is Kind.RECONCILIATION else None
    statement = as_reported(statement)
    if statement.kind not in PRIMARY | RULES_ONLY or refuses(statement.title):
        return Chosen()
    wanted = tuple(_in_year(want, catalog) for want in ask(statement, rules))
    below = beyond(wanted, statement)
    flows = results_among_balances(wanted, statement, rules)
    beside = {
        **dict.fromkeys(apart(wanted, statement), APART),
        **dict.fromkeys(flows, FLOW),
        **dict.fromkeys(below, BELOW),
    }
    wanted = tuple(replace(want, refused=True) if want.line.index in below | flows else want for want in wanted)
    wanted = by_term(weighed(wanted, statement, catalog, counted), statement, catalog)
    wanted = without_names_of_others(wanted, statement)
    wanted = by_owners(without_balances_in_flows(wanted, statement, catalog), statement)
    wanted = with_names_of_totals(without_totals_of_parts(wanted, statement), statement)
    wanted = without_parts_beside_wholes(wanted, statement)
    wanted = with_continuing(wanted, statement, catalog)
    labels = declared_labels(rules.declared)
    around = _Around(statement, catalog, prefix, labels, beside, own_concepts and statement.kind in PRIMARY)
    made = [
        item
        for want, candidate in zip(wanted, settled(wanted), strict=True)
        if reported is None or want.line.index in reported
        for item in _chosen(want, candidate, around)
    ]
    choices = [item for item in made if isinstance(item, Choice)]
    if statement.kind in RULES_ONLY:
        choices = list(_in_their_place(choices))
    units = {want.line.index: Measure(want.query.unit) for want in wanted}
    findings = tuple(item for item in made if isinstance(item, Finding))
    return Chosen(choices=tuple(choices), units=units, findings=findings)


class _Around(NamedTuple):
    """What is the same for all rows of a *statement*: *beside* says of those that are no part of it why, *own* whether a row
    may get a concept of the filer's own.
    """

    statement: Statement
    catalog: Catalog
    prefix: str
    labels: Mapping[str, str]
    beside: Mapping[int, str]
    own: bool


def _chosen(want: Wanted, candidate: Candidate | None, around: _Around) -> Iterator[Choice | Finding]:
    """Yield the choice for the row of *want* that is settled on *candidate*, and what is to be said of it."""
    statement, why = around.statement, around.beside.get(want.line.index, "")
    if ambiguous(want, candidate):
        yield ambiguity(want)
        return
    yield from _of_year(want, candidate, around.catalog)
    choice = _by_rule(want, candidate, around.catalog, around.prefix, around.labels) if candidate else None
    choice = choice or (_own(want, statement, around.prefix) if around.own and not why else None)
    if choice is not None and choice.own:
        yield _as_own(choice, want, around)
    elif choice is not None:
        yield choice
    elif statement.kind in PRIMARY and _is_left(want, beside=bool(why)):
        yield unnamed(want, why)
    elif want.candidates and candidate is None:
        yield outdone(want)
    elif want.narrowed:
        yield narrowed(want)


def _is_left(want: Wanted, *, beside: bool) -> bool:
    """Whether the row of *want* could have been named, and is not: it stands *beside* its statement, or is no money."""
    if beside:
        return not refuses_line(want.line)
    return not want.refused and want.query.unit not in (Measure.MONEY, Measure.PERCENT)


def _as_own(choice: Choice, want: Wanted, around: _Around) -> Choice | Finding:
    """Return the *choice* of a concept of the filer's own, or the finding why the row of *want* can be none."""
    if _calls_itself_per_share(want, around.statement):
        return _no_per_share(want)
    name = choice.concept.partition(":")[2]
    alike = around.catalog.get(f"us-gaap:{name}") if around.statement.kind is not Kind.CASH_FLOW else None  # changes
    if alike is None or (alike.period_type == choice.period_type and not want.candidates):
        return choice
    return unnamed(want, f"would be called {name}, which it is not taken for")


def _calls_itself_per_share(want: Wanted, statement: Statement) -> bool:
    """Whether the row says per share of its figures, and not of a price in its label ("at $5.00 per share")."""
    label = want.line.label
    return statement.kind is Kind.OPERATIONS and "$" not in label and said_measure(label) is Measure.PER_SHARE


def _no_per_share(want: Wanted) -> Finding:
    """Return the finding for a row that says it is per share and prints what cannot be: neither that nor money is sure."""
    figure = want.line.figures[0]
    text = f"{want.line.label!r}: {figure.numeral.text!r} is no amount per share, which the row says it is; not tagged"
    return Finding.error(Code.NOT_A_NUMBER, text, figure.span)


def _in_their_place(choices: Sequence[Choice]) -> Iterator[Choice]:
    """Leave out costs of a table that states neither income nor balances: it splits up something else by line, say
    stock compensation.
    """
    flows = [choice for choice in choices if choice.period_type == "duration"]
    balances = any(choice.period_type == "instant" for choice in choices)
    states_income = balances or any(choice.balance == "credit" for choice in flows)
    for choice in choices:
        if states_income or choice not in flows or choice.balance != "debit":
            yield choice


def _in_year(want: Wanted, catalog: Catalog) -> Wanted:
    """Return *want* with the concepts of the year; a candidate the year has no concept for leaves the row to the next."""
    candidates = candidates_in_year(want.candidates, catalog, want.query.label)
    there = tuple(one for one in candidates if catalog.get(one.concept) is not None)
    if there != candidates and (not there or there[0] is not candidates[0]):
        refused = want.refused or (not there and candidates[0].rule.layer > 0)  # a user's word is not bettered
        return replace(want, candidates=there, lacking=candidates[0].rule.concept, refused=refused)
    return want if candidates is want.candidates else replace(want, candidates=there)


def _of_year(want: Wanted, candidate: Candidate | None, catalog: Catalog) -> Sequence[Finding]:
    """Return the finding that the row of *want* has another concept than its rule names, for the year lacks that."""
    span = want.line.figures[0].span if want.line.figures else None
    used = candidate.concept if candidate is not None else None
    if span is None or not (want.lacking or candidate is not None):
        return ()
    named = want.lacking or (candidate.rule.concept if candidate is not None else "")
    if concept_in_year(catalog, named, want.query.label) == named:
        return ()  # what else became of it, the year has nothing to do with
    return year_findings(catalog, named, used, want.line.label, span)


def _by_rule(
    want: Wanted, candidate: Candidate, catalog: Catalog, prefix: str, labels: Mapping[str, str]
) -> Choice | None:
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
        members=tuple(_member(member, want, prefix, labels, catalog) for member in candidate.members),
        also=tuple(name for name in candidate.rule.also if catalog.get(name) is not None),
        sign=candidate.rule.sign,
        layer=candidate.rule.layer,
        why=(candidate.why if candidate.rule.id == EVIDENCE else f"rule {candidate.why}",),
        confidence=candidate.confidence,
        alternatives=_alternatives(want, candidate.concept),
    )


def _member(member: Member, want: Wanted, prefix: str, labels: Mapping[str, str], catalog: Catalog) -> Member:
    """Return *member*, or where the rule asks for it that of the row: declared with its words, one of the taxonomy for what
    all companies sell, or the filer's own named after it.
    """
    if member.member != ROW_MEMBER:
        return member
    kind = _COST_OF.sub("", _TOTAL.sub("", want.line.label))
    words = part_words(kind)
    sold = load_json("scopes")["kinds_sold"].get(words) if member.axis == _SOLD else None
    standard = sold if sold and catalog.get(sold) is not None else None
    return Member(member.axis, labels.get(words) or standard or f"{prefix}:{own_name(kind)}Member")


def _unit(of_concept: str, of_line: str) -> Measure:
    return Measure(of_concept if of_concept in ("money", "per-share", "shares") else of_line)


def _own(want: Wanted, statement: Statement, prefix: str) -> Choice | None:
    line = want.line
    if not want.query.label or not line.figures or want.query.unit != Measure.MONEY or refuses_line(line):
        return None
    if names_per_share(line) or (want.narrowed and want.within):
        return None  # its figures are none, and money for the whole company they are still less
    heading = line.headings[-1] if line.headings else ""
    label = _ASIDES.sub(" ", want.query.label) if is_not_whole(want.query.label) else want.query.label
    instant = statement.kind is Kind.BALANCE_SHEET
    change = own_change(want.query.label, line.headings) if statement.kind is Kind.CASH_FLOW else None
    balance = own_balance(want.query.label, statement.kind) if _may_deduct(line, statement) else None
    return Choice(
        line=line,
        concept=f"{prefix}:{change.name if change else own_name(label, heading)}",
        period_type="instant" if instant else "duration",
        balance=change.balance if change else balance,
        unit=Measure.MONEY,
        rule="own-concept",
        own=True,
        why=("no rule names this row: a concept of the filer's own, after its label",),
        confidence=next((option.confidence for option in want.options if option.concept == OWN), None),
        alternatives=_alternatives(want, OWN),
    )


def _may_deduct(line: Line, statement: Statement) -> bool:
    """Whether words may say which way *line* counts: in a statement of income what is printed without a minus says it itself.

    "Service charges" among income add to it.
    """
    printed = [figure.printed for figure in line.figures if figure.printed]
    return statement.kind is not Kind.OPERATIONS or all(figure < 0 for figure in printed)


def too_unsure(choice: Choice) -> Finding:
    """Return the finding for a line whose concept is less sure than wanted."""
    named = f"{'a concept of the own' if choice.own else choice.concept} ({choice.confidence:.0%})"
    others = "".join(f", {concept} ({sure:.0%})" for concept, sure in choice.alternatives)
    return Finding.warning(
        Code.NO_CONCEPT,
        f"{choice.line.label!r}: no concept is sure enough; filers of such rows use {named}{others}",
        choice.line.figures[0].span,
    )


def _alternatives(want: Wanted, chosen: str) -> tuple[tuple[str, float], ...]:
    """Return the other concepts that filers give such a row, with their shares."""
    others = (option for option in want.options if option.concept not in (OWN, chosen) and option.confidence >= 0.01)
    return tuple((option.concept, round(option.confidence, 3)) for option in others)
