"""Checking rules: every rule's own tests, run through the stages that would use the rule."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from tagger.document import Paragraph, fold
from tagger.matching import Candidate, NoteQuery, RowQuery, explain_row, find_subjects, match_note, match_row, settle
from tagger.matching.conditions import Surroundings, failures
from tagger.matching.notes import note_places
from tagger.matching.rows import row_hits
from tagger.prose import Mention, read_prose
from tagger.ruleset.clauses import Problem, check_repeats, check_twins
from tagger.ruleset.doubts import check_doubts
from tagger.ruleset.examples import ExampleError, RowExample, SentenceExample, parse_example
from tagger.ruleset.grammar import ANY
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
    return check_loaded(*load_afresh(*directories, base=base), tidy=tidy)


def check_loaded(rules: RuleSet | None, told: Sequence[RuleError], *, tidy: bool = False) -> list[Problem]:
    """Return what is wrong with *rules*, beside what loading them *told*."""
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
    try:
        test = parse_example(example.text)
    except ExampleError as error:
        return f"the test '{example.text}' cannot be read: {error}"
    if isinstance(test, SentenceExample):
        return _sentence_failure(rules, rule, test, wanted=wanted)
    if wanted and (_stated(rule, test)) != _meaning(rule):
        return (
            f"the test '{test.text}' states {_said(*_stated(rule, test))}, and the rule gives {_said(*_meaning(rule))}"
        )
    winners = settle(candidates_for(rules, rule, test))
    taken = (rule.concept, rule.members) in {winner.meaning for winner in winners}
    if wanted:
        one = taken and len(winners) == 1
        return "" if one else f"should match '{test.text}', but {_instead(rules, rule, test, winners)}"
    if taken and any(winner.rule.id == rule.id for winner in winners):
        return f"should skip '{test.text}', but takes it: {winners[0].why}"
    return _not_by(rules, rule, test, winners) if test.by else ""


def stands(rules: RuleSet, rule: Rule, test: RowExample | SentenceExample, *, wanted: bool) -> bool:
    """Whether *test* does what it should: `failure` without the words for it, and quicker."""
    if isinstance(test, SentenceExample):
        found = _figures(rules, rule, test)
        return (bool(found) and test.concepts in ((), _concepts(rule))) if wanted else not found
    if wanted and _stated(rule, test) != _meaning(rule):
        return False
    winners = settle(candidates_for(rules, rule, test))
    taken = (rule.concept, rule.members) in {winner.meaning for winner in winners}
    if wanted:
        return taken and len(winners) == 1
    return not (taken and any(winner.rule.id == rule.id for winner in winners))


def _concepts(rule: Rule) -> tuple[str, ...]:
    return (rule.concept, *rule.also)


def _meaning(rule: Rule) -> tuple[tuple[str, ...], tuple[Member, ...]]:
    return (_concepts(rule), rule.members)


def _stated(rule: Rule, row: RowExample) -> tuple[tuple[str, ...], tuple[Member, ...]]:
    """Return the concepts and members that a test states; what it leaves out is what the rule gives."""
    concepts = row.concepts if len(row.concepts) != 1 else (*row.concepts, *rule.also)
    return (concepts or _concepts(rule), row.members if row.members is not None else rule.members)


def _said(concepts: tuple[str, ...], members: tuple[Member, ...]) -> str:
    return " ".join(("; ".join(concepts), *(f"{{{member.axis}: {member.member}}}" for member in members)))


def _not_by(rules: RuleSet, rule: Rule, row: RowExample, winners: tuple[Candidate, ...]) -> str:
    """Return how it comes that not what the test says keeps *rule* from its row, or ""."""
    stops = stopped_by(rules, rule, row)
    if row.by in {winner.rule.id for winner in winners} or stops == (row.by,):
        return ""
    if stops is None:
        return f"'{row.text}' has none of the rule's words: '{row.by}' cannot be what keeps it out"
    shown = " and ".join(f"'{stop}'" for stop in stops) or " or ".join(f"'{one.rule.id}'" for one in winners)
    return f"not '{row.by}' keeps the rule from '{row.text}', but {shown}"


def stopped_by(rules: RuleSet, rule: Rule, row: RowExample) -> tuple[str, ...] | None:
    """Return the conditions that keep *rule* from a row that has its words; ``None`` if the row does not have them."""
    place, query = rules.ids[rule.id], _query(rule, row)
    if row.note is None and ANY.words not in rule.rows and place not in row_hits(rules, query):
        return None
    if row.note is not None and place not in dict.fromkeys(note_places(rules, _note_query(query, row))):
        return None
    around = Surroundings(query.label, query.headings, query.above, query.below)
    return tuple(dict.fromkeys(failed.why.partition(":")[0] for failed in failures(rule, query, around)))


def candidates_for(rules: RuleSet, rule: Rule, row: RowExample) -> tuple[Candidate, ...]:
    """Return the rules that want the row of a test of *rule*, the best first."""
    query = _query(rule, row)
    return match_row(rules, query) if row.note is None else match_note(rules, _note_query(query, row))


def _note_query(query: RowQuery, row: RowExample) -> NoteQuery:
    start, end = row.note or (0, 0)
    return NoteQuery(
        text=row.label,
        start=start,
        end=end,
        headings=row.headings,
        kind=query.kind,
        unit=query.unit,
        above=row.above,
        below=row.below,
    )


def _query(rule: Rule, row: RowExample) -> RowQuery:
    """Return *row* as the engine asks for it; what the test does not say is as *rule* would like it."""
    return RowQuery(
        label=row.label,
        headings=row.headings,
        kind=Kind(row.statement or (rule.statements[0] if rule.statements else "other")),
        unit=row.unit or rule.own_unit,
        total=row.total or (rule.total is True and row.by != "total"),
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


def _figures(rules: RuleSet, rule: Rule, test: SentenceExample) -> list[Mention]:
    """Read the sentence as prose is read, and return the figures of it that become the rule's concept."""
    paragraph = Paragraph(fold(test.sentence, [Span(0, len(test.sentence))]), Span(0, len(test.sentence)))
    return [mention for mention in read_prose(paragraph, rules) if mention.concept == rule.concept]


def _sentence_failure(rules: RuleSet, rule: Rule, test: SentenceExample, *, wanted: bool) -> str:
    if wanted and test.concepts not in ((), _concepts(rule)):
        return (
            f"the test '{test.text}' states {'; '.join(test.concepts)}, and the rule gives {'; '.join(_concepts(rule))}"
        )
    found = _figures(rules, rule, test)
    if wanted and not found:
        said = any(subject.rule.concept == rule.concept for subject in find_subjects(rules, test.sentence))
        reason = "no figure of it is read as a level of that" if said else "none of its phrases stands there"
        return f"should match '{test.text}', but {reason}"
    if found and not wanted:
        return f"should skip '{test.text}', but takes '{found[0].numeral.text}' from it"
    if test.by and test.by not in {subject.rule.id for subject in find_subjects(rules, test.sentence)}:
        return f"'{test.by}' has no phrase in '{test.text}'"
    return ""
