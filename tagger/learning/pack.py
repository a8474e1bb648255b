"""The pack that is learned: its manifest and rules as text, and the report of what was learned."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tagger.check import check_examples
from tagger.files import write_files
from tagger.learning.aligning import align
from tagger.learning.drafting import Draft, draft
from tagger.learning.examples import Neighbours, matching, skipping
from tagger.learning.filing import Filing
from tagger.learning.holding import agreement, load_texts, values
from tagger.learning.parts import LearnedPart, learn_parts
from tagger.learning.patterns import words_of
from tagger.learning.rows import Meaning, Row, read_rows, statement_concepts
from tagger.ruleset import RuleError, RuleSet, load_rules
from tagger.ruleset.declared import DeclaredConcept, DeclaredMember, DeclaredPart
from tagger.ruleset.manifest import OFFICIAL
from tagger.ruleset.starting import schemas
from tagger.ruleset.text import write_manifest, write_rule
from tagger.values import Member
from tagger.writing.names import HUMP

SCHEMA_LINE = "# yaml-language-server: $schema=schema.json\n"
_FEW = 5  # dashes that say nothing yet about a filer's habit


class LearnedRule(Struct, frozen=True, kw_only=True):
    """A rule of the pack: its file, its id and its text; *row* is where it was seen last."""

    file: str
    id: str
    draft: Draft
    matches: tuple[str, ...]
    skips: tuple[str, ...]

    @property
    def text(self) -> str:
        return write_rule(_keys(self))


class Learned(Struct, frozen=True, kw_only=True):
    """A pack as learned, and what there is to report of it.

    *against* are rows that the base rules name otherwise; *untold* rows that nothing tells from others; *twofold* labels
    that mean several things; *changed* rows whose concept a newer filing changed; *untagged* rows that the filer gave no
    concept; *parts* the headings that name a part of the company, with its members.
    """

    name: str
    manifest: str
    rules: tuple[LearnedRule, ...]
    filings: tuple[str, ...]
    learned: int
    against: tuple[tuple[str, str, str], ...]
    untold: tuple[tuple[str, str], ...]
    twofold: tuple[tuple[str, tuple[str, ...]], ...]
    changed: tuple[tuple[str, str, str], ...]
    untagged: tuple[str, ...]
    undeclared: tuple[str, ...]
    parts: tuple[LearnedPart, ...] = ()

    @property
    def files(self) -> dict[str, str]:
        """The files of the pack, by name."""
        found = {"pack.yaml": self.manifest, **schemas()}
        for name in sorted({rule.file for rule in self.rules}):
            texts = [rule.text for rule in self.rules if rule.file == name]
            found[name] = SCHEMA_LINE + f"# Learned from {', '.join(self.filings)}.\n\n" + "\n".join(texts)
        return found


def learn(filings: Sequence[Filing], *, name: str = "", base: RuleSet | None = None) -> Learned:
    """Learn a pack from *filings* of one company; of two that contradict each other, the newer counts."""
    if not filings:
        raise ValueError("there is no filing to learn from")
    ordered = sorted(filings, key=lambda filing: (filing.period_end, filing.name))
    below = base if base is not None else load_rules()
    pack = name or _pack_name(ordered[-1])
    prefix = ordered[-1].prefix or next((filing.prefix for filing in reversed(ordered) if filing.prefix), "")
    tied = [align(filing) for filing in ordered]
    parts, foreign = _declarable_parts(learn_parts(tied), prefix)
    given = {words: part.members for words, part in parts.items()}
    rows = [
        row
        for place, filing in enumerate(ordered)
        for row in read_rows(filing, below, place, tied=tied[place], parts=given)
    ]
    usable, undeclared = _usable(rows, prefix)
    refused: list[tuple[str, str]] = []
    found = draft(usable, statement_concepts(below))
    frame = partial(_manifest, pack, prefix, ordered, tuple(parts.values()))
    made, loaded = _loadable(frame, learned_rules(pack, found.drafts, usable, set()), refused)
    made, loaded = _proven(frame, made, loaded)
    rules, balances = _signed(prefix, ordered, made, loaded)
    told, left = (sum(row.dashes[place] for row in usable if row.meaning is not None) for place in (0, 1))
    return Learned(
        name=pack,
        manifest=frame(rules, balances, dashes="untagged" if left > _FEW and not told else ""),
        rules=rules,
        filings=tuple(map(str, ordered)),
        learned=sum(len({words_of(row.query.label) for row in rule.draft.rows}) for rule in rules),
        against=tuple(_against(rules)),
        untold=(*((row.query.label, reason) for row, reason in found.untold), *refused),
        twofold=found.twofold,
        changed=tuple(dict.fromkeys(found.changed)),
        untagged=tuple(dict.fromkeys(row.query.label for row in rows if row.meaning is None)),
        undeclared=tuple(dict.fromkeys((*undeclared, *foreign))),
        parts=tuple(parts.values()),
    )


def write_pack(learned: Learned, folder: Path) -> tuple[Path, ...]:
    """Write the files of *learned* into *folder*; files that are there already are only replaced if they were learned too."""
    files = {folder / name: text.encode() for name, text in learned.files.items()}
    write_files(files)
    return tuple(files)


def _pack_name(filing: Filing) -> str:
    words = re.findall(r"[a-z0-9]+", (filing.prefix or filing.company or Path(filing.name).stem).lower())
    return "-".join(words[:4]) or "learned"


def _usable(rows: Sequence[Row], prefix: str) -> tuple[list[Row], tuple[str, ...]]:
    """Return the rows whose concepts a pack can name, and the names it cannot declare."""
    kept: list[Row] = []
    refused: dict[str, None] = {}
    for row in rows:
        bad = [name for name in _names(row.meaning) if not _declarable(name, prefix)] if row.meaning else []
        if row.meaning and row.meaning.concept.partition(":")[0] not in OFFICIAL and not row.unit:
            bad.append(row.meaning.concept)
        refused.update(dict.fromkeys(bad))
        kept.append(replace(row, meaning=None) if bad else row)
    return kept, tuple(refused)


def _names(meaning: Meaning) -> tuple[str, ...]:
    return (meaning.concept, *meaning.also, *(name for m in meaning.members for name in (m.axis, m.member)))


def _declarable(name: str, prefix: str) -> bool:
    return name.partition(":")[0] in OFFICIAL or (bool(prefix) and name.startswith(f"{prefix}:"))


def learned_rules(pack: str, drafts: Sequence[Draft], rows: Sequence[Row], taken: set[str]) -> tuple[LearnedRule, ...]:
    """Return *drafts* as rules with tests out of *rows*; their ids begin with *pack*, and none is in *taken*."""
    return tuple(_rules(pack, drafts, rows, set(taken)))


def _rules(pack: str, drafts: Sequence[Draft], rows: Sequence[Row], taken: set[str]) -> Iterator[LearnedRule]:
    order = {id(row): place for place, row in enumerate(rows)}
    neighbours = Neighbours(rows)
    for one in sorted(drafts, key=lambda one: min(order.get(id(row), 0) for row in one.rows)):
        name = _identity(pack, one, taken)
        yield LearnedRule(
            file=f"{one.statements[0]}.yaml",
            id=name,
            draft=one,
            matches=tuple(matching(one)),
            skips=tuple(skipping(one, neighbours)),
        )


def _identity(pack: str, one: Draft, taken: set[str]) -> str:
    local = one.meaning.concept.partition(":")[2]
    parts = [HUMP.sub("-", local).lower()]
    parts += [HUMP.sub("-", m.member.partition(":")[2].removesuffix("Member")).lower() for m in one.meaning.members]
    stem = re.sub(r"[^a-z0-9]+", "-", "-".join((pack, *parts)).lower()).strip("-")[:100].strip("-")
    name, number = stem, 1
    while name in taken or "-" not in name:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return name


def _keys(rule: LearnedRule) -> dict[str, object]:
    """Return the keys of *rule* as a file has them."""
    one = rule.draft
    keys: dict[str, object] = {"id": rule.id, "concept": one.meaning.concept}
    if one.meaning.also:
        keys["also"] = list(one.meaning.also)
    if one.meaning.members:
        keys["members"] = {member.axis: member.member for member in one.meaning.members}
    keys["statement"] = list(one.statements)
    keys["rows"] = list(one.patterns)
    for condition in one.conditions:
        keys[condition.key] = condition.value
    if one.sign:
        keys["sign"] = one.sign
    keys["source"] = [_seen(name, one) for name in dict.fromkeys(row.filing for row in one.rows)]
    keys["matches"] = list(rule.matches)
    keys["skips"] = list(rule.skips)
    return keys


def _seen(filing: str, one: Draft) -> str:
    rows = [row for row in one.rows if row.filing == filing]
    figures = sum(row.figures for row in rows)
    return f"{filing}: {len(rows)} row{'s' * (len(rows) > 1)}, {figures} figure{'s' * (figures > 1)}"


def _loadable(
    frame: Callable[..., str], rules: tuple[LearnedRule, ...], refused: list[tuple[str, str]]
) -> tuple[tuple[LearnedRule, ...], RuleSet]:
    """Return *rules* without those that cannot be used, as of a concept that the taxonomy does not have; loaded."""
    try:
        return rules, _load(frame, rules)
    except ExceptionGroup as group:
        ends = list(accumulate(rule.text.count("\n") + 1 for rule in rules))
        wrong = {
            bisect_left(ends, error.location.line): error.message
            for error in group.exceptions
            if isinstance(error, RuleError)
        }
    refused.extend((rules[place].matches[0], message) for place, message in sorted(wrong.items()))
    good = tuple(rule for place, rule in enumerate(rules) if place not in wrong)
    return good, _load(frame, good)


def _load(frame: Callable[..., str], rules: Sequence[LearnedRule]) -> RuleSet:
    return load_texts([frame(rules, {}), "\n".join(rule.text for rule in rules)])


def _signed(
    prefix: str, filings: Sequence[Filing], rules: tuple[LearnedRule, ...], loaded: RuleSet
) -> tuple[tuple[LearnedRule, ...], dict[str, str]]:
    """Return *rules*, with a sign where the values of the filings come out turned, and the balances of own concepts.

    The balance of an own concept whose schema is not there is the one that gives its values their sign, if only one does.
    """
    known = dict(balance for filing in filings for balance in filing.balances)
    own = {
        rule.draft.meaning.concept.partition(":")[2]: rule
        for rule in rules
        if prefix and rule.draft.meaning.concept.startswith(f"{prefix}:")
    }
    given = {f"{prefix}:{name}": known[name] for name in own if name in known}
    loaded = _with_balances(loaded, given)
    open_ = {f"{prefix}:{name}": rule for name, rule in own.items() if name not in known}
    held = values(loaded, filings, [row for rule in rules for row in rule.draft.rows], open_)
    for name, rule in open_.items():
        agreeing = {balance: agreement(rule.draft.rows, found) for balance, found in held.items()}
        known[name.partition(":")[2]] = _balance(agreeing)
    signed = []
    for rule in rules:
        concept = rule.draft.meaning.concept
        found = held[known[concept.partition(":")[2]] if concept in open_ else ""]
        signs = {row.sign for row in rule.draft.rows if row.sign}
        if agreement(rule.draft.rows, found) < 0 and len(signs) == 1:
            rule = replace(rule, draft=replace(rule.draft, sign="as-printed" if signs == {1} else "turned"))
        signed.append(rule)
    return tuple(signed), known


def _with_balances(rules: RuleSet, balances: Mapping[str, str]) -> RuleSet:
    """Return *rules* with *balances* for the declared concepts they name, as far as these are money."""
    concepts = tuple(
        one._replace(balance=balances[one.name]) if one.name in balances and one.unit == "money" else one
        for one in rules.declared.concepts
    )
    return dataclasses.replace(rules, declared=rules.declared._replace(concepts=concepts))


def _balance(agreeing: dict[str, int]) -> str:
    """Return the balance with which the signs of all values agree, where the other's do not."""
    good = [balance for balance in ("debit", "credit") if agreeing[balance] > 0]
    return good[0] if len(good) == 1 else ""


def _manifest(
    pack: str,
    prefix: str,
    filings: Sequence[Filing],
    parts: Sequence[LearnedPart],
    rules: Sequence[LearnedRule],
    balances: dict[str, str],
    *,
    dashes: str = "",
) -> str:
    newest = filings[-1]
    concepts, members = own_declarations(rules, balances, prefix, parts)
    return SCHEMA_LINE.replace("schema.json", "pack-schema.json") + write_manifest(
        name=pack,
        version=newest.period_end.isoformat(),
        source=[str(filing) for filing in filings],
        ciks=sorted({filing.cik for filing in filings if filing.cik}),
        names=sorted({filing.company for filing in filings if filing.company}),
        dashes=dashes,
        prefix=prefix if concepts or members else "",
        concepts=concepts,
        members=members,
        parts=[DeclaredPart(part.name, part.members) for part in parts],
    )


def own_declarations(
    rules: Sequence[LearnedRule], balances: dict[str, str], prefix: str, parts: Sequence[LearnedPart] = ()
) -> tuple[list[DeclaredConcept], list[DeclaredMember]]:
    """Return what *rules* use of the filer's own, with *balances* where they are known."""
    concepts: dict[str, DeclaredConcept] = {}
    members: dict[str, DeclaredMember] = {}
    for part in parts:
        _declare_members(members, part.members, part.name, prefix)
    for rule in rules:
        row = max(rule.draft.rows, key=lambda row: row.newest)
        for name in (rule.draft.meaning.concept, *rule.draft.meaning.also):
            if name.startswith(f"{prefix}:") and prefix:
                balance = balances.get(name.partition(":")[2], "") if row.unit == "money" else ""
                concepts.setdefault(
                    name, DeclaredConcept(name, row.unit, row.period_type, balance, " ".join(row.query.label.split()))
                )
        _declare_members(members, rule.draft.meaning.members, row.query.label, prefix)
    return sorted(concepts.values()), sorted(members.values())


def _declare_members(declared: dict[str, DeclaredMember], members: Sequence[Member], label: str, prefix: str) -> None:
    """Add those of *members* to *declared* that are the filer's own, with *label* for the first, and their axes."""
    for member in members:
        for name in (member.axis, member.member):
            if prefix and name.startswith(f"{prefix}:"):
                shown = label if name == member.member else HUMP.sub(" ", name.partition(":")[2])
                declared.setdefault(name, DeclaredMember(name, " ".join(shown.split())))


def _declarable_parts(parts: Mapping[str, LearnedPart], prefix: str) -> tuple[dict[str, LearnedPart], tuple[str, ...]]:
    """Return those of *parts* whose members a pack can name, and the names it cannot."""
    names = {words: [n for m in part.members for n in (m.axis, m.member)] for words, part in parts.items()}
    bad = {words: [name for name in names[words] if not _declarable(name, prefix)] for words in parts}
    good = {words: part for words, part in parts.items() if not bad[words]}
    return good, tuple(name for found in bad.values() for name in found)


def _proven(
    frame: Callable[..., str], rules: tuple[LearnedRule, ...], loaded: RuleSet
) -> tuple[tuple[LearnedRule, ...], RuleSet]:
    """Return *rules* without the tests that do not hold, and loaded; a rule none of whose tests holds is left out."""
    for _ in range(3):
        failing = _failing(loaded)
        if not failing:
            break
        pruned = [_pruned(rule, failing.get(rule.id, set())) for rule in rules]
        kept = tuple(rule for rule in pruned if rule.matches and rule.skips)
        whole, rules = len(kept) == len(rules), kept
        if whole:  # without its tests that fail, every rule still takes the rows it took
            break
        loaded = _load(frame, rules)
    return rules, loaded


def _pruned(rule: LearnedRule, bad: set[str]) -> LearnedRule:
    return replace(
        rule,
        matches=tuple(text for text in rule.matches if text not in bad),
        skips=tuple(text for text in rule.skips if text not in bad),
    )


def _failing(loaded: RuleSet) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for problem in check_examples(loaded):
        rule = loaded.get(problem.rule)
        assert rule is not None
        texts = {example.text for example in (*rule.matches, *rule.skips) if example.location == problem.location}
        found.setdefault(problem.rule, set()).update(texts)
    return found


def _against(rules: Sequence[LearnedRule]) -> Iterator[tuple[str, str, str]]:
    """Yield the rows that the base rules name otherwise than the filer did."""
    seen: set[tuple[str, str]] = set()
    for rule in rules:
        for row in rule.draft.rows:
            if row.base is None or row.meaning is None or row.base.concept == row.meaning.concept:
                continue
            key = (row.query.label, row.base.rule.id)
            if key not in seen:
                seen.add(key)
                yield row.query.label, f"{row.base.rule.id}: {row.base.concept}", str(row.meaning)
