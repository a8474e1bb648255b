"""Rows to candidates: which rules want a row, and which of them wins.

The label of a row is looked up in dictionaries, form by form, so the time does not
grow with the number of rules; conditions are looked at only for the rules found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from tagger.matching.conditions import Surroundings, failures, fits_row, stands
from tagger.matching.expressions import regex_hits
from tagger.ruleset.grammar import ANY
from tagger.ruleset.labels import Form, LabelForm, continued_form, forms, joined_forms
from tagger.ruleset.rule import Rule
from tagger.ruleset.ruleset import RuleSet
from tagger.ruleset.shelf import Ends, Index, Starts, inside_key, places
from tagger.statement import Kind
from tagger.values import Member

_KEPT = 2048  # rows of which it is remembered which rules want them

Rank: TypeAlias = tuple[int, int, int, int, int, int]


class RowQuery(Struct, frozen=True, kw_only=True, gc=False):
    """What is known of a row when its concept is asked for.

    *unit* is "money", "per-share", "shares", "percent" or "pure", or "" where nothing says it.
    *total* says that the row is a sum, *part* that it is part of one. *above* and *below* are the labels of the other rows of
    the statement, nearest first; *headings* are the open headings, outermost first.
    """

    label: str
    headings: tuple[str, ...] = ()
    kind: Kind = Kind.OTHER
    unit: str = ""
    total: bool = False
    part: bool = False
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


class Candidate(Struct, frozen=True, kw_only=True, gc=False):
    """A rule that wants a row. The bigger *rank* wins; equal ranks of different concepts settle nothing.

    *rank* counts, in this order: not beaten by another's ``over``, layer, form of the label,
    conditions, literal words, and fewer wildcards. *confidence* is how sure evidence is of it.
    """

    rule: Rule
    concept: str
    members: tuple[Member, ...]
    rank: Rank
    why: str
    form: str
    confidence: float | None = None

    @property
    def meaning(self) -> tuple[str, tuple[Member, ...]]:
        """What it would tag the row with."""
        return (self.concept, self.members)


class Hit(NamedTuple):
    """A pattern that fits a form of the label, with what counts for its rank."""

    form: LabelForm
    literal: int
    wildcards: int

    @property
    def weight(self) -> tuple[int, int, int]:
        return (self.form.rank, self.literal, -self.wildcards)


class NearMiss(Struct, frozen=True, kw_only=True):
    """A rule whose words fit the row, or nearly, and the conditions that failed."""

    rule: Rule
    form: str
    failed: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule.id} ({self.rule.concept}) reads '{self.form}', but {'; '.join(self.failed)}"


def match_row(rules: RuleSet, query: RowQuery) -> tuple[Candidate, ...]:
    """Return the rules that want the row, the winner first.

    `settle` says whether the first really wins.
    """
    around = Surroundings(query.label, query.headings, query.above, query.below)
    fitting = _fitting(rules, query, around)
    found = [(rule, hit) for rule, hit in fitting.named if stands(rule, around)]
    others = tuple(_any_row(fitting.any_row, around)) if query.part and query.headings else ()
    if not found:
        return others
    beaten = _depths([rule for rule, _ in found]) if len(found) > 1 else {}
    candidates = [_candidate(rule, hit, beaten.get(rule.id, 0)) for rule, hit in found]
    candidates.sort(key=lambda candidate: candidate.rule.id)  # ids only decide how ties are listed
    candidates.sort(key=lambda candidate: candidate.rank, reverse=True)
    return (*candidates, *others)


class _Fitting(NamedTuple):
    """The rules that want a row by all that it says itself, its neighbours left aside: by name, and for any row."""

    named: Sequence[tuple[Rule, Hit]]
    any_row: Sequence[Rule]


def _fitting(rules: RuleSet, query: RowQuery, around: Surroundings) -> _Fitting:
    """Return the rules that want the row; rows that say the same ask once."""
    kept: dict[object, _Fitting] | None = rules.memo("fitting")
    if kept is None or len(kept) > _KEPT:
        kept = rules.keep("fitting", {})
    said = (query.label, query.headings, query.kind, query.unit, query.total, query.above[:1])
    known = kept.get(said)
    if known is None:
        hits = ((rules.rule(index), hit) for index, hit in row_hits(rules, query).items())
        starts = rules.rows.starting(ANY.words)
        any_row = map(rules.rule, places(starts.exact.get(ANY.words))) if starts is not None else ()
        known = kept[said] = _Fitting(
            [(rule, hit) for rule, hit in hits if fits_row(rule, query, around)],
            [rule for rule in any_row if fits_row(rule, query, around)] if query.headings else [],
        )
    return known


def _any_row(fitting: Sequence[Rule], around: Surroundings) -> Iterator[Candidate]:
    """Yield the rules for any row of a section; arithmetic has to bear out that the row is part of a sum."""
    for rule in fitting:
        if stands(rule, around):
            why = f"{rule.id} ({rule.location.file}:{rule.location.line}) takes the parts of a sum under this heading"
            rank: Rank = (0, rule.layer, 0, rule.conditions, 0, 0)
            yield Candidate(rule=rule, concept=rule.concept, members=rule.members, rank=rank, why=why, form="*")


def settle(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the winner alone, or all that tie for it with different concepts; nothing for nothing."""
    if not candidates:
        return ()
    best = [candidate for candidate in candidates if candidate.rank == candidates[0].rank]
    different = {candidate.meaning: candidate for candidate in reversed(best)}
    return tuple(different.values())[::-1]


def row_hits(rules: RuleSet, query: RowQuery) -> dict[int, Hit]:
    """Return the rules one of whose row patterns fits the label, each with its best hit."""
    best: dict[int, Hit] = {}
    shelf = rules.rows
    for form in _forms(query):
        starts = shelf.starting(form.tokens[0])
        if starts is not None:
            _starting_hits(starts, form, best)
        ends = shelf.ending(form.tokens[-1])
        if ends is not None:
            _ending_hits(ends, form, best)
        if shelf.both and not form.split:
            _middle_hits(shelf.both, form, best)
    if rules.regexes:
        for place, found in regex_hits(rules, query.label).items():
            words = query.label[found.start : found.end]
            form = LabelForm(Form.CONTINUED, 5, (words,), words)  # words that name the label say more
            _note(best, place, Hit(form, words.count(" ") + 1, 1))
    return best


def _forms(query: RowQuery) -> tuple[LabelForm, ...]:
    found = forms(query.label)
    if query.headings and (query.label or query.total):
        found += joined_forms(query.label, query.headings)
    if query.above:
        continued = continued_form(query.label, query.above[:1])
        if continued is not None:
            found += (continued,)
    return found


def _note(best: dict[int, Hit], entry: int | list[int], hit: Hit) -> None:
    for place in places(entry):
        known = best.get(place)
        if known is None or hit.weight > known.weight:
            best[place] = hit


def _starting_hits(starts: Starts, form: LabelForm, best: dict[int, Hit]) -> None:
    """Add the rules with a pattern that is *form*, or how it begins.

    In a joined form the words before a star must reach over the border of heading and label.
    """
    tokens, count = form.tokens, len(form.tokens)
    exact = starts.exact.get(form.words)
    if exact is not None:
        _note(best, exact, Hit(form, count, 0))
    for size in starts.after_sizes:
        if form.split < size <= count:
            found = starts.after.get(" ".join(tokens[:size]))
            if found is not None:
                _note(best, found, Hit(form, size, 1))
    for size in starts.inside_sizes:
        if size < count:
            _inside_hits(starts, form, size, best)


def _inside_hits(starts: Starts, form: LabelForm, size: int, best: dict[int, Hit]) -> None:
    """Add the rules with a pattern of *size* words before a star inside."""
    start = " ".join(form.tokens[:size])
    closed = starts.inside.get(inside_key(start, form.tokens[-1], is_open=False))
    opened = starts.inside.get(inside_key(start, "", is_open=True))
    if closed is None and opened is None:
        return
    rest = f" {' '.join(form.tokens[size:])} "
    for tail, place in closed or ():
        if rest.endswith(f" {tail} "):
            _note(best, place, Hit(form, size + tail.count(" ") + 1, 1))
    for tail, place in opened or ():
        if f" {tail} " in rest:
            _note(best, place, Hit(form, size + tail.count(" ") + 1, 2))


def _ending_hits(ends: Ends, form: LabelForm, best: dict[int, Hit]) -> None:
    """Add the rules with a pattern that is how *form* ends, over the border of heading and label as above."""
    count = len(form.tokens)
    for size in ends.sizes:
        if size <= count and (not form.split or count - size < form.split):
            found = ends.before.get(" ".join(form.tokens[count - size :]))
            if found is not None:
                _note(best, found, Hit(form, size, 1))


def _middle_hits(both: Index, form: LabelForm, best: dict[int, Hit]) -> None:
    """Add the rules with a pattern between two stars that stands in *form*; there are few."""
    padded = f" {form.words} "
    for words, entry in both.items():
        if f" {words} " in padded:
            _note(best, entry, Hit(form, words.count(" ") + 1, 2))


def _depths(rules: list[Rule]) -> dict[str, int]:
    """Return for each rule how long a chain of "over" stands above it among *rules*."""
    over = {
        rule.id: [name for name in rule.over if any(other.id == name for other in rules)] for rule in rules if rule.over
    }
    depths: dict[str, int] = {}
    waiting = [(name, 1) for names in over.values() for name in names]
    while waiting:  # the loader refuses circles
        name, depth = waiting.pop()
        if depth > depths.get(name, 0):
            depths[name] = depth
            waiting.extend((below, depth + 1) for below in over.get(name, ()))
    return depths


def _candidate(rule: Rule, hit: Hit, beaten: int) -> Candidate:
    return Candidate(
        rule=rule,
        concept=rule.concept,
        members=rule.members,
        rank=(-beaten, rule.layer, hit.form.rank, rule.conditions, hit.literal, -hit.wildcards),
        why=f"{rule.id} ({rule.location.file}:{rule.location.line}) wants '{hit.form.words}'",
        form=hit.form.words,
    )


def explain_row(rules: RuleSet, query: RowQuery, *, limit: int = 5) -> tuple[NearMiss, ...]:
    """Return the rules that nearly took the row: their words fit and a condition failed.

    Where no rule has the words, those with the most similar words are given.
    """
    around = Surroundings(query.label, query.headings, query.above, query.below)
    hits = row_hits(rules, query)
    found: list[NearMiss] = []
    for index, hit in sorted(hits.items(), key=lambda entry: (tuple(-part for part in entry[1].weight), entry[0])):
        rule = rules.rule(index)
        failed = tuple(map(str, failures(rule, query, around)))
        if failed:
            found.append(NearMiss(rule=rule, form=hit.form.words, failed=failed))
    return tuple(found) if hits else _similar(rules, query, limit)


def _similar(rules: RuleSet, query: RowQuery, limit: int) -> tuple[NearMiss, ...]:
    """Return the rules whose labels are most like the row's, each with its nearest label."""
    from rapidfuzz import fuzz, process  # only for explaining

    own = forms(query.label)
    if not own:
        return ()
    kept: dict[str, list[int]] | None = rules.memo("labels")
    labels = kept if kept is not None else rules.keep("labels", dict(rules.rows.exact()))
    near = process.extract(own[-1].words, list(labels), scorer=fuzz.token_sort_ratio, limit=10 * limit, score_cutoff=70)
    found: dict[int, NearMiss] = {}
    for words, _, _ in near:
        for index in labels[words]:
            failed = (f"the label reads '{own[0].words}', the rule wants '{words}'",)
            found.setdefault(index, NearMiss(rule=rules.rule(index), form=words, failed=failed))
    return tuple(found.values())[:limit]
