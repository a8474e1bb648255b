"""From statements and sentences to facts: one reading of each figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tagger.catalog import Catalog
from tagger.evidence import Weights
from tagger.facts import Fact, is_dash
from tagger.findings import Code, Finding
from tagger.matching.expressions import runaways
from tagger.naming.apart import apart, told_apart
from tagger.naming.choice import Choice
from tagger.naming.choosing import Chosen, choose, too_unsure
from tagger.naming.declared import declared_labels
from tagger.naming.retold import as_stated
from tagger.naming.weighed import Counted, told_of_company
from tagger.ruleset import RuleSet
from tagger.statement import PRIMARY, Statement
from tagger.tagged import OwnConcept, StatementOutline
from tagger.tagging.figures import Setting, line_facts
from tagger.tagging.making import with_others
from tagger.tagging.members import Dimensions, scope_findings
from tagger.tagging.notes import note_facts
from tagger.tagging.outline import outline, own_concepts
from tagger.tagging.refusals import Refusal, refusal_findings, silence
from tagger.tagging.signs import Factor, counts_as_income, sign_factors
from tagger.tagging.units import share_scale
from tagger.values import Entity

_Made: TypeAlias = Fact | Finding | Refusal

__all__ = ["Rows", "tag_statements"]


class Rows(Struct, frozen=True, kw_only=True):
    """What the rows of statements gave: facts, outlines, the filer's own concepts, and doubts."""

    facts: tuple[Fact, ...] = ()
    outlines: tuple[StatementOutline, ...] = ()
    own: tuple[OwnConcept, ...] = ()
    findings: tuple[Finding, ...] = ()


def tag_statements(
    statements: Sequence[Statement],
    rules: RuleSet,
    catalog: Catalog,
    *,
    entity: Entity,
    prefix: str,
    own: bool,
    ocr: bool = False,
    weights: Weights | None = None,
    least: float = 0.0,
) -> Rows:
    """Tag the rows of every statement; what *weights* are surer of goes before base rules, and nothing is kept below *least*."""
    taken = {concept.name: "declared" for concept in rules.declared.concepts}
    chosen = _chosen(statements, rules, catalog, prefix=prefix, own=own, weights=weights)
    parts = [
        _tag_statement(s, one, rules, catalog, entity=entity, prefix=prefix, ocr=ocr, taken=taken, least=least)
        for s, one in zip(statements, chosen, strict=True)
    ]
    return Rows(
        facts=tuple(fact for part in parts for fact in part.facts),
        outlines=tuple(out for part in parts for out in part.outlines),
        own=tuple({concept.name: concept for part in reversed(parts) for concept in part.own}.values()),
        findings=tuple(finding for part in parts for finding in part.findings),
    )


def _chosen(
    statements: Sequence[Statement],
    rules: RuleSet,
    catalog: Catalog,
    *,
    prefix: str,
    own: bool,
    weights: Weights | None,
) -> list[Chosen]:
    """Choose the concepts of every statement, those of rows that several tables print together."""
    known = Counted(weights, told_of_company(statements)) if weights is not None else None
    chosen = [choose(s, rules, catalog, prefix=prefix, own_concepts=own, counted=known) for s in statements]
    retold = as_stated([(s, one.choices) for s, one in zip(statements, chosen, strict=True)])
    return [replace(one, choices=choices) for one, choices in zip(chosen, retold, strict=True)]


def _tag_statement(
    statement: Statement,
    chosen: Chosen,
    rules: RuleSet,
    catalog: Catalog,
    *,
    entity: Entity,
    prefix: str,
    ocr: bool,
    taken: dict[str, str],
    least: float,
) -> Rows:
    """Tag the rows of one statement; *taken* are the own concepts so far, with their period types."""
    slow = tuple(runaways(rules, [line.label for line in statement.lines])) if rules.regexes else ()
    if not chosen.choices:
        return Rows(findings=(*slow, *chosen.findings, *silence(statement, (), chosen.findings)))
    kept, doubted = told_apart(chosen.choices, statement, chosen.units)
    choices, alike = apart(kept, taken)
    parts = {part.heading: part.members for part in rules.declared.parts}
    dimensions = Dimensions(catalog, prefix, parts, declared_labels(rules.declared))
    shares = share_scale(statement, chosen.units)
    setting = Setting(statement=statement, entity=entity, dimensions=dimensions, share_scale=shares, ocr=ocr)
    return _rows(choices, setting, rules, catalog, least=least, doubts=(*slow, *chosen.findings, *doubted, *alike))


def _rows(
    choices: Sequence[Choice],
    setting: Setting,
    rules: RuleSet,
    catalog: Catalog,
    *,
    least: float,
    doubts: Sequence[Finding],
) -> Rows:
    """Return what the rows of *choices* give, those surer than *least*, besides the *doubts* there are already."""
    statement = setting.statement
    factors = sign_factors(choices, statement)
    unsure = [choice for choice in choices if choice.confidence is not None and choice.confidence < least]
    odd = [choice for choice in choices if counts_as_income(choice, factors[choice.line.index], statement)]
    choices = tuple(choice for choice in choices if choice not in unsure and choice not in odd)
    made = _made(choices, factors, setting, rules, catalog)
    facts = tuple(item for item in made if isinstance(item, Fact))
    findings = (
        *doubts,
        *map(too_unsure, unsure),
        *map(_no_cost, odd),
        *scope_findings(statement, setting.dimensions),
        *_told(statement, made),
    )
    return Rows(
        facts=facts,
        outlines=(outline(statement, choices, factors),),
        own=tuple(own_concepts(choices)),
        findings=(*findings, *silence(statement, facts, findings)),
    )


def _no_cost(choice: Choice) -> Finding:
    text = f"{choice.line.label!r}: {choice.rule} names a cost ({choice.concept}), and its sum counts it as income; it is left out"
    return Finding.warning(Code.NO_CONCEPT, text, choice.line.figures[0].span)


def _told(statement: Statement, made: Sequence[_Made]) -> Iterator[Finding]:
    yield from (item for item in made if isinstance(item, Finding))
    yield from refusal_findings(statement, (item for item in made if isinstance(item, Refusal)))


def _made(
    choices: Sequence[Choice], factors: Mapping[int, Factor], setting: Setting, rules: RuleSet, catalog: Catalog
) -> list[_Made]:
    """Return what the figures of rows and those inside labels give."""
    made = [
        item
        for choice in choices
        for found in line_facts(choice, factors[choice.line.index], setting)
        for item in (with_others(found, choice.also) if choice.also else (found,))
    ]
    if setting.statement.kind in PRIMARY:
        made.extend(fact for line in setting.statement.lines for fact in note_facts(line, setting, rules, catalog))
    if rules.declared.dashes == "untagged":
        return [item for item in made if not (isinstance(item, Fact) and is_dash(item.printed))]
    return made
