"""The pack that is learned: its manifest and rules as text, and the report of what was learned."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from tagger.check import check_examples
from tagger.files import write_files
from tagger.learning.drafting import Draft, draft
from tagger.learning.examples import matching, skipping
from tagger.learning.filing import Filing
from tagger.learning.holding import agreement, load_texts, values
from tagger.learning.patterns import words_of
from tagger.learning.rows import Meaning, Row, read_rows
from tagger.ruleset import RuleError, RuleSet, load_rules
from tagger.ruleset.declared import DeclaredConcept, DeclaredMember
from tagger.ruleset.manifest import OFFICIAL
from tagger.ruleset.starting import schemas
from tagger.ruleset.text import write_manifest, write_rule

SCHEMA_LINE = "# yaml-language-server: $schema=schema.json\n"
_FEW = 5  # dashes that say nothing yet about a filer's habit
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedRule:
    """A rule of the pack: its file, its id and its text; *row* is where it was seen last."""

    file: str
    id: str
    draft: Draft
    matches: tuple[str, ...]
    skips: tuple[str, ...]

    @property
    def text(self) -> str:
        return write_rule(_keys(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A pack as learned, and what there is to report of it.

    *against* are rows that the base rules name otherwise; *untold* rows that nothing tells from others; *twofold* labels
    that mean several things; *changed* rows whose concept a newer filing changed; *untagged* rows that the filer gave no
    concept.
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
    rows = [row for place, filing in enumerate(ordered) for row in read_rows(filing, below, place)]
    pack = name or _pack_name(ordered[-1])
    prefix = ordered[-1].prefix or next((filing.prefix for filing in reversed(ordered) if filing.prefix), "")
    usable, undeclared = _usable(rows, prefix)
    refused: list[tuple[str, str]] = []
    found = draft(usable)
    made = _loadable(pack, prefix, ordered, learned_rules(pack, found.drafts, usable, set()), refused)
    rules, balances = _signed(pack, prefix, ordered, made)
    rules = _proven(_manifest(pack, prefix, ordered, rules, balances), rules)
    told, left = (sum(row.dashes[place] for row in usable if row.meaning is not None) for place in (0, 1))
    return Learned(
        name=pack,
        manifest=_manifest(
            pack, prefix, ordered, rules, balances, dashes="untagged" if left > _FEW and not told else ""
        ),
        rules=rules,
        filings=tuple(map(str, ordered)),
        learned=sum(len({words_of(row.query.label) for row in rule.draft.rows}) for rule in rules),
        against=tuple(_against(rules)),
        untold=(*((row.query.label, reason) for row, reason in found.untold), *refused),
        twofold=found.twofold,
        changed=tuple(dict.fromkeys(found.changed)),
        untagged=tuple(dict.fromkeys(row.query.label for row in rows if row.meaning is None)),
        undeclared=undeclared,
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
    for one in sorted(drafts, key=lambda one: min(order.get(id(row), 0) for row in one.rows)):
        name = _identity(pack, one, taken)
        yield LearnedRule(
            file=f"{one.statements[0]}.yaml",
            id=name,
            draft=one,
            matches=tuple(matching(one)),
            skips=tuple(skipping(one, rows)),
        )


def _identity(pack: str, one: Draft, taken: set[str]) -> str:
    local = one.meaning.concept.partition(":")[2]
    parts = [_HUMP.sub("-", local).lower()]
    parts += [_HUMP.sub("-", m.member.partition(":")[2].removesuffix("Member")).lower() for m in one.meaning.members]
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
    pack: str,
    prefix: str,
    filings: Sequence[Filing],
    rules: tuple[LearnedRule, ...],
    refused: list[tuple[str, str]],
) -> tuple[LearnedRule, ...]:
    """Return *rules* without those that cannot be used, as of a concept that the taxonomy does not have."""
    try:
        load_texts([_manifest(pack, prefix, filings, rules, {}), "\n".join(rule.text for rule in rules)])
    except ExceptionGroup as group:
        ends = list(accumulate(rule.text.count("\n") + 1 for rule in rules))
        wrong = {
            bisect_left(ends, error.location.line): error.message
            for error in group.exceptions
            if isinstance(error, RuleError)
        }
        refused.extend((rules[place].matches[0], message) for place, message in sorted(wrong.items()))
        return tuple(rule for place, rule in enumerate(rules) if place not in wrong)
    return rules


def _signed(
    pack: str, prefix: str, filings: Sequence[Filing], rules: tuple[LearnedRule, ...]
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
    open_ = [name for name in own if name not in known]
    seen = [row for rule in rules for row in rule.draft.rows]
    loaded = load_texts([_manifest(pack, prefix, filings, rules, known), "\n".join(rule.text for rule in rules)])
    held = {
        balance: values(_with_balance(loaded, {f"{prefix}:{name}" for name in open_}, balance), filings, seen)
        for balance in (("", "debit", "credit") if open_ else ("",))
    }
    for name in open_:
        rows = own[name].draft.rows
        known[name] = _balance({balance: agreement(rows, given) for balance, given in held.items()})
    signed = []
    for rule in rules:
        local = rule.draft.meaning.concept.partition(":")[2]
        given = held[known[local]] if local in open_ and own[local] is not None else held[""]
        signs = {row.sign for row in rule.draft.rows if row.sign}
        if agreement(rule.draft.rows, given) < 0 and len(signs) == 1:
            rule = replace(rule, draft=replace(rule.draft, sign="as-printed" if signs == {1} else "turned"))
        signed.append(rule)
    return tuple(signed), known


def _with_balance(rules: RuleSet, names: set[str], balance: str) -> RuleSet:
    """Return *rules* with *balance* for the declared concepts *names*, as far as they are money."""
    concepts = tuple(
        one._replace(balance=balance) if one.name in names and one.unit == "money" else one
        for one in rules.declared.concepts
    )
    return replace(rules, declared=rules.declared._replace(concepts=concepts))


def _balance(agreeing: dict[str, int]) -> str:
    """Return the balance with which the signs of all values agree, where the other's do not."""
    good = [balance for balance in ("debit", "credit") if agreeing[balance] > 0]
    return good[0] if len(good) == 1 else ""


def _manifest(
    pack: str,
    prefix: str,
    filings: Sequence[Filing],
    rules: Sequence[LearnedRule],
    balances: dict[str, str],
    *,
    dashes: str = "",
) -> str:
    newest = filings[-1]
    concepts, members = own_declarations(rules, balances, prefix)
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
    )


def own_declarations(
    rules: Sequence[LearnedRule], balances: dict[str, str], prefix: str
) -> tuple[list[DeclaredConcept], list[DeclaredMember]]:
    """Return what *rules* use of the filer's own, with *balances* where they are known."""
    concepts: dict[str, DeclaredConcept] = {}
    members: dict[str, DeclaredMember] = {}
    for rule in rules:
        row = max(rule.draft.rows, key=lambda row: row.newest)
        for name in (rule.draft.meaning.concept, *rule.draft.meaning.also):
            if name.startswith(f"{prefix}:") and prefix:
                balance = balances.get(name.partition(":")[2], "") if row.unit == "money" else ""
                concepts.setdefault(
                    name, DeclaredConcept(name, row.unit, row.period_type, balance, " ".join(row.query.label.split()))
                )
        for member in rule.draft.meaning.members:
            for name in (member.axis, member.member):
                if name.startswith(f"{prefix}:") and prefix:
                    label = row.query.label if name == member.member else _HUMP.sub(" ", name.partition(":")[2])
                    members.setdefault(name, DeclaredMember(name, " ".join(label.split())))
    return sorted(concepts.values()), sorted(members.values())


def _proven(manifest: str, rules: tuple[LearnedRule, ...]) -> tuple[LearnedRule, ...]:
    """Return *rules* without the tests that do not hold; a rule none of whose tests holds is left out."""
    for _ in range(3):
        failing = _failing(manifest, rules)
        if not failing:
            break
        kept = []
        for rule in rules:
            bad = failing.get(rule.id, set())
            rule = replace(
                rule,
                matches=tuple(text for text in rule.matches if text not in bad),
                skips=tuple(text for text in rule.skips if text not in bad),
            )
            if rule.matches and rule.skips:
                kept.append(rule)
        rules = tuple(kept)
    return rules


def _failing(manifest: str, rules: Sequence[LearnedRule]) -> dict[str, set[str]]:
    loaded = load_texts([manifest, "\n".join(rule.text for rule in rules)])
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
