"""Checking rules: every rule's own tests, run through the stages that would use the rule."""

from __future__ import annotations

import os
from collections.abc import Iterator

from tagger.document import Paragraph, fold
from tagger.matching import Candidate, NoteQuery, RowQuery, explain_row, find_subjects, match_note, match_row, settle
from tagger.prose import read_prose
from tagger.ruleset.clauses import Problem, check_repeats, check_twins
from tagger.ruleset.doubts import check_doubts
from tagger.ruleset.examples import ExampleError, RowExample, is_sentence, parse_row_example
from tagger.ruleset.labels import forms
from tagger.ruleset.load import load_afresh
from tagger.ruleset.rule import Example, Rule, RuleError
from tagger.ruleset.ruleset import RuleSet
from tagger.statement import Kind
from tagger.taxonomies import load_catalog
from tagger.values import Member, Span


def check_rules(*directories: str | os.PathLike[str], base: bool = True, tidy: bool = False) -> list[Problem]:
    """Return what is wrong with the rules of *directories* over the built-in ones, or with the built-in ones alone.

    With *tidy* rows are reported too that do no harm but say what another row of the same rule says already.

    Rules that cannot be loaded are problems too, and then nothing is tested.
    """
    rules, told = load_afresh(*directories, base=base)
    found = [_told(error) for error in told]
    if rules is not None:
        found += [*check_examples(rules), *check_twins(rules), *(check_repeats(rules) if tidy else ())]
    if rules is not None and rules.own:
        found += check_doubts(rules, load_catalog().with_concepts(rules.declared.known()))
    return sorted(set(found), key=lambda problem: (problem.location, problem.message))


def _told(error: RuleError) -> Problem:
    return Problem(location=error.location, message=error.message, severity=error.severity)


def check_examples(rules: RuleSet) -> Iterator[Problem]:
    """Run the tests of every rule of the packs against the whole set, so that the overlap of rules is tested too."""
    for rule in rules.pack_rules:
        for wanted, examples in ((True, rule.matches), (False, rule.skips)):
            for example in examples:
                message = failure(rules, rule, example, wanted=wanted)
                if message:
                    yield Problem(location=example.location, message=f"{rule.id}: {message}", rule=rule.id)


def failure(rules: RuleSet, rule: Rule, example: Example, *, wanted: bool) -> str:
    """Return why *example* does not do what it should, or ""."""
    if is_sentence(example.text):
        return _sentence_failure(rules, rule, example.text, wanted=wanted)
    try:
        row = parse_row_example(example.text)
    except ExampleError as error:
        return f"the test '{example.text}' cannot be read: {error}"
    winners = _row_winners(rules, rule, row)
    meanings = {winner.meaning for winner in winners}
    own = (rule.concept, rule.members)
    stated = (row.concept or rule.concept, row.members if row.members is not None else rule.members)
    if wanted and stated != own:
        return f"the test '{example.text}' states {_said(*stated)}, and the rule gives {_said(*own)}"
    if wanted and meanings != {own}:
        return f"should match '{example.text}', but {_instead(rules, rule, row, winners)}"
    if not wanted and own in meanings and any(winner.rule.id == rule.id for winner in winners):
        return f"should skip '{example.text}', but takes it: {winners[0].why}"
    return ""


def _said(concept: str, members: tuple[Member, ...]) -> str:
    return " ".join((concept, *(f"{{{member.axis}: {member.member}}}" for member in members)))


def _row_winners(rules: RuleSet, rule: Rule, row: RowExample) -> tuple[Candidate, ...]:
    """Return who wins the row."""
    query = _query(rule, row)
    if row.note is None:
        return settle(match_row(rules, query))
    start, end = row.note
    return settle(
        match_note(
            rules,
            NoteQuery(
                text=row.label,
                start=start,
                end=end,
                headings=row.headings,
                kind=query.kind,
                unit=query.unit,
                above=row.above,
                below=row.below,
            ),
        )
    )


def _query(rule: Rule, row: RowExample) -> RowQuery:
    """Return *row* as the engine asks for it; what the test does not say is as *rule* would like it."""
    return RowQuery(
        label=row.label,
        headings=row.headings,
        kind=Kind(row.statement or (rule.statements[0] if rule.statements else "other")),
        unit=row.unit or rule.own_unit,
        total=row.total or rule.total is True,
        part=True,
        above=row.above,
        below=row.below,
    )


def _instead(rules: RuleSet, rule: Rule, row: RowExample, winners: tuple[Candidate, ...]) -> str:
    """Say what happens to the row instead of what its rule wants."""
    if len(winners) > 1:
        return "it cannot be told from " + ", ".join(winner.rule.id for winner in winners if winner.rule.id != rule.id)
    if winners:
        return f"{winners[0].rule.id} takes it for {winners[0].concept}; say 'over' in one of them, or a condition"
    if row.note is not None:
        return "no rule has notes with the words beside the figure"
    return _missed(rules, rule, row)


def _missed(rules: RuleSet, rule: Rule, row: RowExample) -> str:
    for miss in explain_row(rules, _query(rule, row), limit=50):
        if miss.rule.id == rule.id:
            return "; ".join(miss.failed)
    read = ", ".join(f"'{form.words}'" for form in forms(row.label))
    return f"no rule has its label, which reads {read or 'empty'}"


def _sentence_failure(rules: RuleSet, rule: Rule, text: str, *, wanted: bool) -> str:
    """Read the sentence as prose is read and look whether a figure of it becomes the rule's concept."""
    paragraph = Paragraph(fold(text, [Span(0, len(text))]), Span(0, len(text)))
    found = [mention for mention in read_prose(paragraph, rules) if mention.concept == rule.concept]
    if wanted and not found:
        said = any(subject.rule.concept == rule.concept for subject in find_subjects(rules, text))
        reason = "no figure of it is read as a level of that" if said else "none of its phrases stands there"
        return f"should match '{text}', but {reason}"
    if found and not wanted:
        return f"should skip '{text}', but takes '{found[0].numeral.text}' from it"
    return ""
