"""The next release held against a pack: rows that are new, rows that vanished, concepts that changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tagger.files import write_files
from tagger.learning.drafting import draft
from tagger.learning.filing import Filing, make_filing, read_filing
from tagger.learning.pack import learned_rules, own_declarations
from tagger.learning.patterns import words_of
from tagger.learning.rows import Meaning, Row, read_rows, statement_concepts
from tagger.loading import LoadedReport, LoadError
from tagger.naming.own import own_name
from tagger.reading import read
from tagger.ruleset import Rule, RuleSet, load_rules
from tagger.ruleset.editing import add_declarations, append_rules, change_concept, remove_declarations, remove_rule
from tagger.ruleset.manifest import OFFICIAL
from tagger.selection import Facts
from tagger.statement import Kind

ACCEPTED = "accepted.yaml"
"""The file of a pack that accepted rows are added to."""


class ChangeKind(StrEnum):
    """What is different."""

    NEW = "new"
    VANISHED = "vanished"
    CHANGED = "changed"


class Change(Struct, frozen=True, kw_only=True):
    """One difference: the row, what the pack says of it and what it would say once this is accepted.

    *why* says where *after* comes from. *rule* is the pack's rule, for rows that vanished or changed.
    """

    kind: ChangeKind
    label: str
    statement: str
    before: str
    after: str
    why: str
    rule: Rule | None = None
    row: Row | None = None

    def __str__(self) -> str:
        match self.kind:
            case ChangeKind.NEW:
                return f"new row {self.label!r} ({self.statement}): {self.after} ({self.why})"
            case ChangeKind.VANISHED:
                return f"vanished: no row {self.label!r} any more ({self.statement}), {self.before} by {self.why}"
        return f"changed: {self.label!r} ({self.statement}) was {self.before}, is {self.after} ({self.why})"


def review(pack: str | os.PathLike[str], page: str | os.PathLike[str]) -> tuple[Change, ...]:
    """Return what is different in *page*, a release or a filing, from what *pack* knows."""
    rules = load_rules(pack)
    filing = _filing(Path(page))
    parts = {part.heading: part.members for part in rules.declared.parts}
    read_ = read_rows(filing, rules, 0, parts=parts, all_statements=True)
    rows = [row for row in read_ if row.query.kind is not Kind.HIGHLIGHTS]
    own = {rule.id for rule in rules.pack_rules}
    return (*_new(rows, own, rules), *_changed(rows, own), *_vanished(rows, rules))


def _filing(page: Path) -> Filing:
    try:
        return read_filing(page)
    except LoadError:
        return make_filing(read(page), LoadedReport(facts=Facts(), namespaces={}, name=page.name), ordered=True)


def _new(rows: Sequence[Row], own: set[str], rules: RuleSet) -> Iterator[Change]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        key = (row.query.kind.value, words_of(row.query.label))
        if (row.base is not None and row.base.rule.id in own) or key in seen:
            continue
        seen.add(key)
        meaning, why = _suggested(row, rules)
        yield Change(
            kind=ChangeKind.NEW,
            label=row.query.label,
            statement=row.query.kind.value,
            before="",
            after=str(meaning),
            why=why,
            row=_untold(row, meaning),
        )


def _untold(row: Row, meaning: Meaning) -> Row:
    """Return *row* with *meaning*, and with unit and period type where its figures have no facts to say them."""
    instant = row.query.kind is Kind.BALANCE_SHEET
    return replace(
        row,
        meaning=meaning,
        unit=row.unit or row.query.unit or "money",
        period_type=row.period_type or ("instant" if instant else "duration"),
    )


def _suggested(row: Row, rules: RuleSet) -> tuple[Meaning, str]:
    if row.meaning is not None:
        return row.meaning, "as the filing has it"
    if row.base is not None:
        return Meaning(row.base.concept, row.base.members, row.base.rule.also), f"as {row.base.rule.id} says"
    prefix = rules.declared.prefix or "own"
    return Meaning(f"{prefix}:{own_name(row.query.label)}"), "a concept of the filer's own, after the label"


def _changed(rows: Sequence[Row], own: set[str]) -> Iterator[Change]:
    seen: set[str] = set()
    for row in rows:
        if row.base is None or row.base.rule.id not in own or row.meaning is None or row.base.rule.id in seen:
            continue
        if row.meaning.concept == row.base.concept and row.meaning.members == row.base.members:
            continue
        seen.add(row.base.rule.id)
        yield Change(
            kind=ChangeKind.CHANGED,
            label=row.query.label,
            statement=row.query.kind.value,
            before=str(Meaning(row.base.concept, row.base.members)),
            after=str(row.meaning),
            why=f"the filing contradicts {row.base.rule.id}",
            rule=row.base.rule,
            row=row,
        )


def _vanished(rows: Sequence[Row], rules: RuleSet) -> Iterator[Change]:
    kinds = {row.query.kind.value for row in rows}
    fired = {row.base.rule.id for row in rows if row.base is not None}
    for rule in rules.pack_rules:
        if rule.id not in fired and rule.rows and kinds & set(rule.statements):
            yield Change(
                kind=ChangeKind.VANISHED,
                label=rule.rows[0],
                statement=", ".join(rule.statements),
                before=rule.concept,
                after="",
                why=rule.id,
                rule=rule,
            )


def accept(pack: str | os.PathLike[str], changes: Sequence[Change]) -> tuple[Path, ...]:
    """Write *changes* into *pack*, all or none, and return the files that are different now; comments and order stay."""
    folder = Path(pack)
    with tempfile.TemporaryDirectory() as place:
        copy = _copied(folder, Path(place) / folder.resolve().name)
        moved = [_in(copy, folder, change) for change in changes]
        touched = {_back(folder, copy, path): path.read_bytes() for path in _accepted(copy, moved)}
    write_files(touched)
    return tuple(touched)


def _copied(folder: Path, copy: Path) -> Path:
    """Copy the rule files of *folder*, and of the packs in it, to *copy*."""
    for pattern in ("*.yaml", "*.yml", "*/*.yaml", "*/*.yml"):
        for path in folder.glob(pattern):
            target = copy / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return copy


def _in(copy: Path, folder: Path, change: Change) -> Change:
    """Return *change* with its rule in the *copy* of *folder*; a rule of another pack stays where it is."""
    if change.rule is None or not Path(change.rule.location.file).is_relative_to(folder):
        return change
    file = copy / Path(change.rule.location.file).relative_to(folder)
    rule = replace(change.rule, location=change.rule.location._replace(file=str(file)))
    return replace(change, rule=rule)


def _back(folder: Path, copy: Path, path: Path) -> Path:
    return folder / path.relative_to(copy) if path.is_relative_to(copy) else path


def _accepted(folder: Path, changes: Sequence[Change]) -> tuple[Path, ...]:
    touched: dict[Path, None] = {}
    new = [change.row for change in changes if change.kind is ChangeKind.NEW and change.row is not None]
    if new:
        touched.update(dict.fromkeys(_add(folder, new)))
    for change in changes:
        if change.kind is ChangeKind.VANISHED and change.rule is not None:
            touched[remove_rule(Path(change.rule.location.file), change.rule.id)] = None
        elif change.kind is ChangeKind.CHANGED and change.rule is not None and change.row is not None:
            touched.update(dict.fromkeys(_change(folder, change.rule, change.row)))
    gone = [change.rule.concept for change in changes if change.rule is not None]
    if gone:
        touched.update(dict.fromkeys(_undeclare(folder, gone)))
    return tuple(touched)


def _undeclare(folder: Path, concepts: Sequence[str]) -> Iterator[Path]:
    """Take those of *concepts* out of the manifest that no rule uses any more."""
    rules = load_rules(folder)
    used = {name for rule in rules.pack_rules for name in (rule.concept, *rule.also)}
    unused = [
        concept.name for concept in rules.declared.concepts if concept.name in concepts and concept.name not in used
    ]
    if unused:
        yield remove_declarations(folder / "pack.yaml", unused)


def _add(folder: Path, rows: Sequence[Row]) -> Iterator[Path]:
    rules = load_rules(folder)
    taken = {rule.id for rule in rules.pack_rules}
    name = next((rule.id.partition("-")[0] for rule in rules.pack_rules), "") or rules.declared.prefix or folder.name
    made = learned_rules(name, draft(rows, statement_concepts(rules)).drafts, rows, taken)
    concepts, members = own_declarations(made, {}, rules.declared.prefix or "own")
    declared = {concept.name for concept in rules.declared.concepts}
    declared |= {member.name for member in rules.declared.members}
    concepts = [one for one in concepts if one.name not in declared]
    members = [one for one in members if one.name not in declared]
    if concepts or members:
        yield add_declarations(folder / "pack.yaml", rules.declared.prefix or "own", concepts, members)
    yield append_rules(folder / ACCEPTED, [rule.text for rule in made])


def _change(folder: Path, rule: Rule, row: Row) -> Iterator[Path]:
    """Give *rule* the concept that the filing has; where more than the concept changed, a new rule takes its place."""
    assert row.meaning is not None
    declared = load_rules(folder).declared
    own = {concept.name for concept in declared.concepts}
    known = row.meaning.concept.partition(":")[0] in OFFICIAL or row.meaning.concept in own
    if known and row.meaning.members == rule.members and len(rule.rows) == 1:
        yield change_concept(Path(rule.location.file), rule.id, row.meaning.concept)
        return
    if len(rule.rows) == 1:
        yield remove_rule(Path(rule.location.file), rule.id)
    yield from _add(folder, [row])
