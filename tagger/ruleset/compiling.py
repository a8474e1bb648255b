"""Written rules to a rule set: everything is checked against the taxonomy and against the other rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from tagger.catalog import Catalog
from tagger.patterns import pattern
from tagger.ruleset.bundles import Numbered
from tagger.ruleset.declared import Declarations
from tagger.ruleset.grammar import GrammarError, Pattern, parse_label, parse_phrase
from tagger.ruleset.layers import Laid, Layered
from tagger.ruleset.manifest import OFFICIAL
from tagger.ruleset.nodes import meant
from tagger.ruleset.regexes import regex_problem, runs_away
from tagger.ruleset.rule import AROUND, ROW_MEMBER, Example, Rule, RuleError
from tagger.ruleset.ruleset import Compiled, Regex, RuleSet, pack_rule
from tagger.ruleset.shelf import Index, add_place, make_shelf
from tagger.ruleset.written import SIGNS, STATEMENTS, STATEMENTS_INSTEAD, UNITS, Value, WrittenRule
from tagger.values import Member

_T = TypeVar("_T")

MOST = 3000
"""How many labels one rule may stand for, so that loading stays quick; real rules stand for a few dozen."""

CODE_LISTS = ("country", "stpr", "currency", "exch", "naics", "sic")
"""The prefixes of lists whose codes are members: country:US, stpr:CA."""

OTHER_PREFIXES = tuple(prefix for prefix in OFFICIAL if prefix not in ("us-gaap", "srt", "dei", "country"))
"""Prefixes of official taxonomies whose names the catalog does not have."""

MOST_EXPRESSIONS = 20
EXPRESSION = pattern(
    r"""
      \\[bBsSdDwW.()*+?]           # classes, borders, escapes
    | \(\? | \.[*+?] | [\])][*+?{]   # groups, repeats
    | ^\^ | [^\s$]\$$               # anchors, but not a currency at the end of a word of its own
    | \[(?:\^|[a-zA-Z0-9]-[a-zA-Z0-9])[^\]]*\]
    """,
    re.VERBOSE,
)
"""What only a regular expression has: an author who types it means one."""

_INSTEAD = "a row is words, with [x], (a | b) and *: put an expression into 'regex'"
_CONDITIONS = ("statement", "section", "above", "below", "needs", "total")
_ROW_KEYS = ("section", "unless-section", "above", "below", "unless-above", "unless-below", "needs", "unless", "total")


class _Compiled(NamedTuple):
    rule: Rule
    rows: tuple[Pattern, ...]
    phrases: tuple[str, ...]
    notes: tuple[Pattern, ...]


def compile_rules(
    laid: Laid, catalog: Catalog, errors: list[RuleError], *, lowest: RuleSet, declared: Declarations
) -> Compiled:
    """Return the rules of *laid* compiled, to lie over *lowest*; what cannot be used goes to *errors*."""
    first = len(lowest.packed)
    compiled = [_compiled(entry, catalog, errors) for entry in laid.rules]
    _check_over([entry.rule for entry in laid.rules], lowest, laid.off, errors)
    return Compiled(
        packed=Numbered.of([pack_rule(entry.rule) for entry in compiled]),
        rows=make_shelf((entry.rows for entry in compiled), first),
        notes=make_shelf((entry.notes for entry in compiled), first),
        phrases=_index((words, place) for place, entry in enumerate(compiled, first) for words in entry.phrases),
        regexes=tuple(
            Regex(place, pattern, layered.lists, of_sentences)
            for place, (entry, layered) in enumerate(zip(compiled, laid.rules, strict=True), first)
            for of_sentences, patterns in ((False, entry.rule.regex), (True, entry.rule.phrase_regex))
            for pattern in patterns
        ),
        removed=frozenset(lowest.ids[name] for name in laid.removed),
        declared=declared,
    )


def _index(pairs: Iterable[tuple[str, int]]) -> Index:
    found: Index = {}
    for words, place in pairs:
        add_place(found, words, place)
    return found


def _compiled(entry: Layered, catalog: Catalog, errors: list[RuleError]) -> _Compiled:
    written = entry.rule
    rows = _patterns(written, "rows", parse_label, errors)
    phrases = _patterns(written, "phrases", parse_phrase, errors)
    notes = _patterns(written, "notes", parse_label, errors)
    groups = {
        key: tuple(pattern for _, found in _patterns(written, key, parse_label, errors) for pattern in found)
        for key in AROUND
    }
    _check_keys(written, errors)
    _check_any(written, errors)
    _check_rows_against_unless(rows, groups["unless"], errors)
    own_unit = _concept_unit(written, catalog, errors)
    rule = Rule(
        id=written.id,
        concept=_text(written, "concept"),
        location=written.location,
        layer=entry.layer,
        statements=_statements(written, errors),
        rows=_texts(written, "rows"),
        phrases=_texts(written, "phrases"),
        notes=_texts(written, "notes"),
        unit=_unit(written, own_unit, errors),
        own_unit=own_unit or _text(written, "unit"),
        total=_total(written, errors),
        sign=_sign(written, errors),
        regex=_regexes(written, "regex", entry.lists, errors),
        phrase_regex=_regexes(written, "phrase-regex", entry.lists, errors),
        source=_texts(written, "source"),
        members=_members(written, catalog, errors),
        over=_texts(written, "over"),
        also=_also(written, own_unit, catalog, errors),
        conditions=sum(key in written.values for key in _CONDITIONS) + bool(written.members),
        matches=_examples(written, "matches"),
        skips=_examples(written, "skips"),
        **{key.replace("-", "_"): patterns for key, patterns in groups.items()},
    )
    return _Compiled(
        rule, _labels(written, "rows", rows, errors), _once(phrases), _labels(written, "notes", notes, errors)
    )


def _once(values: Iterable[tuple[Value, tuple[_T, ...]]]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(pattern for _, found in values for pattern in found))


def _labels(
    written: WrittenRule, key: str, values: list[tuple[Value, tuple[Pattern, ...]]], errors: list[RuleError]
) -> tuple[Pattern, ...]:
    """Return the labels of a rule, each once, and refuse more than a rule can need."""
    labels = _once(values)
    if len(labels) > MOST:
        message = f"'{key}' of rule '{written.id}' stands for {len(labels)} labels, {MOST} at most: give fewer options, or a '*'"
        errors.append(RuleError(written.keys[key], message))
    return labels


def _text(written: WrittenRule, key: str) -> str:
    value = written.first(key)
    return value.text if value else ""


def _texts(written: WrittenRule, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.text for value in written.values.get(key, ())))


def _examples(written: WrittenRule, key: str) -> tuple[Example, ...]:
    return tuple(Example(text=value.text, location=value.location) for value in written.values.get(key, ()))


def _patterns(
    written: WrittenRule, key: str, parse: Callable[[str], tuple[_T, ...]], errors: list[RuleError]
) -> list[tuple[Value, tuple[_T, ...]]]:
    """Return the values of *key* with what they stand for."""
    found: list[tuple[Value, tuple[_T, ...]]] = []
    for value in written.values.get(key, ()):
        if EXPRESSION.search(value.text):
            message = f"'{value.text}' in '{key}' looks like a regular expression; {_INSTEAD}"
            errors.append(RuleError(value.location, message))
            continue
        try:
            found.append((value, parse(value.text)))
        except GrammarError as error:
            errors.append(
                RuleError(value.at(error.offset), f"'{value.text}' in '{key}' cannot be read: {error.message}")
            )
    return found


def _check_keys(written: WrittenRule, errors: list[RuleError]) -> None:
    """Refuse a rule that lacks a key, or has one that can never act."""
    conditional = any(key in written.keys for key in ("statement", *_ROW_KEYS))
    for key in ("concept", "matches", *(("skips",) if conditional else ())):
        if key not in written.keys:
            errors.append(RuleError(written.location, f"rule '{written.id}' has no '{key}'"))
    if not {"rows", "phrases", "notes", "regex", "phrase-regex"} & written.keys.keys():
        errors.append(
            RuleError(
                written.location, f"rule '{written.id}' has no words to look for: give 'rows', 'phrases' or 'notes'"
            )
        )
    if not {"rows", "notes", "regex"} & written.keys.keys():
        for key in _ROW_KEYS:
            if key in written.keys:
                errors.append(
                    RuleError(
                        written.keys[key],
                        f"'{key}' is about rows, and rule '{written.id}' has neither 'rows' nor 'notes'",
                    )
                )


def _check_rows_against_unless(
    rows: list[tuple[Value, tuple[Pattern, ...]]], unless: tuple[Pattern, ...], errors: list[RuleError]
) -> None:
    """Refuse a row label all of whose readings the rule's own 'unless' forbids."""
    for value, patterns in rows:
        padded = [f" {pattern.words} " for pattern in patterns]
        if padded and all(any(f" {word.words} " in words for word in unless) for words in padded):
            errors.append(
                RuleError(value.location, f"row '{value.text}' can never match: 'unless' forbids its own words")
            )


def _statements(written: WrittenRule, errors: list[RuleError]) -> tuple[str, ...]:
    found = written.values.get("statement", ())
    for value in found:
        if value.text not in STATEMENTS:
            other = STATEMENTS_INSTEAD.get(value.text.lower().replace(" ", "-").replace("_", "-"))
            hint = f"; did you mean '{other}'?" if other else meant(value.text, STATEMENTS)
            errors.append(RuleError(value.location, f"no statement '{value.text}'{hint} ({', '.join(STATEMENTS)})"))
    return tuple(dict.fromkeys(value.text for value in found))


def _concept_unit(written: WrittenRule, catalog: Catalog, errors: list[RuleError]) -> str:
    """Return what figures of the rule's concept are counted in, as the taxonomy says."""
    value = written.first("concept")
    if value is None:
        return ""
    concept = catalog.find(value.text)
    if concept is None:
        errors.append(_unknown("concept", value, catalog))
        return ""
    if not concept.numeric:
        what = "is abstract" if concept.abstract else f"holds a {concept.unit_kind}"
        errors.append(RuleError(value.location, f"{value.text} {what}: it cannot carry a figure"))
    return concept.unit_kind


def _unknown(what: str, value: Value, catalog: Catalog) -> RuleError:
    prefix, colon, _ = value.text.partition(":")
    if not colon:
        hint = f"; did you mean 'us-gaap:{value.text}'?" if catalog.find(f"us-gaap:{value.text}") else ""
        return RuleError(value.location, f"{what} '{value.text}' has no prefix, as in us-gaap:Assets{hint}")
    if prefix not in OFFICIAL:
        where = "members" if what == "name" else "concepts"
        hint = meant(value.text, catalog.own_names())
        message = f"{value.text} is neither official nor declared: add it to '{where}' in pack.yaml{hint}"
        return RuleError(value.location, message)
    near = catalog.suggest(value.text, limit=1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return RuleError(value.location, f"no {what} {value.text} in the taxonomy{hint}")


def _also(written: WrittenRule, own: str, catalog: Catalog, errors: list[RuleError]) -> tuple[str, ...]:
    """Return the concepts that the rule's figures are too: counted in the same, and not its own."""
    for value in written.values.get("also", ()):
        concept = catalog.find(value.text)
        if concept is None:
            errors.append(_unknown("concept", value, catalog))
        elif value.text == _text(written, "concept"):
            errors.append(RuleError(value.location, f"{value.text} is the rule's own concept"))
        elif own and concept.unit_kind != own:
            errors.append(
                RuleError(value.location, f"{value.text} is counted in {concept.unit_kind}, not in {own} like the rule")
            )
    return _texts(written, "also")


def _unit(written: WrittenRule, own: str, errors: list[RuleError]) -> str:
    value = written.first("unit")
    if value is None:
        return ""
    if value.text not in UNITS:
        errors.append(
            RuleError(value.location, f"no unit '{value.text}'{meant(value.text, UNITS)} ({', '.join(UNITS)})")
        )
    elif own and value.text != own and {value.text, own} != {"percent", "pure"}:
        errors.append(
            RuleError(
                value.location,
                f"unit '{value.text}' contradicts the taxonomy: {_text(written, 'concept')} is counted in {own}",
            )
        )
    return value.text


def _total(written: WrittenRule, errors: list[RuleError]) -> bool | None:
    value = written.first("total")
    if value is None:
        return None
    if value.text not in ("true", "false"):
        errors.append(RuleError(value.location, f"'total' is true or false, not '{value.text}'"))
    return value.text == "true"


def _sign(written: WrittenRule, errors: list[RuleError]) -> str:
    value = written.first("sign")
    if value is None:
        return ""
    if value.text not in SIGNS:
        message = f"no sign '{value.text}'{meant(value.text, SIGNS)} ({', '.join(SIGNS)})"
        errors.append(RuleError(value.location, message))
    return value.text


def _regexes(
    written: WrittenRule, key: str, lists: tuple[tuple[str, tuple[str, ...]], ...], errors: list[RuleError]
) -> tuple[str, ...]:
    """Return the regular expressions of a rule, each of which has to be one."""
    values = written.values.get(key, ())
    if len(values) > MOST_EXPRESSIONS:
        message = f"rule '{written.id}' has {len(values)} regular expressions, {MOST_EXPRESSIONS} at most"
        errors.append(RuleError(written.keys[key], message))
        return ()
    for value in values:
        problem = regex_problem(value.text, lists)
        text = "" if problem else runs_away(value.text, lists)
        if problem:
            errors.append(RuleError(value.location, f"'{value.text}' in '{key}' is no regular expression: {problem}"))
        elif text:
            shown = text if len(text) <= 40 else f"{text[:37]}..."
            errors.append(RuleError(value.location, f"'{value.text}' in '{key}' takes too long over '{shown}'"))
    return _texts(written, key)


def _check_any(written: WrittenRule, errors: list[RuleError]) -> None:
    """Refuse a rule for any row that does not say under which heading."""
    for value in written.values.get("rows", ()):
        if value.text == "*" and "section" not in written.keys:
            errors.append(RuleError(value.location, "a row '*' takes any row: say under which headings with 'section'"))


def _members(written: WrittenRule, catalog: Catalog, errors: list[RuleError]) -> tuple[Member, ...]:
    """Return the members of a rule; ``row`` stands for the filer's own member named after the row."""
    check_members(written.members, catalog, errors)
    return tuple(sorted(Member(axis.text, member.text) for axis, member in written.members))


def check_members(pairs: Iterable[tuple[Value, Value]], catalog: Catalog, errors: list[RuleError]) -> None:
    """Refuse axes and members that are none, or that the taxonomy and the packs do not have."""
    for pair in pairs:
        for value, ending, what in zip(pair, ("Axis", "Member"), ("an axis", "a member"), strict=True):
            if ending == "Member" and value.text == ROW_MEMBER:
                continue
            if not _is_named(value.text, ending):
                errors.append(
                    RuleError(value.location, f"'{value.text}' is not the name of {what}: prefix:Name{ending}")
                )
            elif value.text.partition(":")[0] not in OTHER_PREFIXES and catalog.find(value.text) is None:
                errors.append(_unknown("name", value, catalog))


def _is_named(name: str, ending: str) -> bool:
    """Whether *name* can be an axis, or a member: a code of a list, as country:US, ends like no other."""
    prefix, colon, _ = name.partition(":")
    if ending == "Member" and prefix in CODE_LISTS:
        return True
    return bool(colon) and name.endswith((ending, "Domain") if ending == "Member" else ending)


def _check_over(rules: Sequence[WrittenRule], lowest: RuleSet, off: frozenset[str], errors: list[RuleError]) -> None:
    """Refuse an 'over' that names no rule, the rule itself, or a rule that is over this one.

    Rules that are switched off may be named: what named them stays as it is.
    """
    known = {rule.id: tuple(value.text for value in rule.values.get("over", ())) for rule in rules}
    for rule in rules:
        for value in rule.values.get("over", ()):
            if value.text not in known and value.text not in lowest.ids and value.text not in off:
                near = meant(value.text, {*known, *lowest.ids})
                errors.append(RuleError(value.location, f"no rule '{value.text}' to be over{near}"))
            elif _reaches(value.text, rule.id, known, lowest):
                errors.append(
                    RuleError(value.location, f"'{rule.id}' is over '{value.text}', which is over '{rule.id}'")
                )


def _reaches(start: str, goal: str, known: dict[str, tuple[str, ...]], lowest: RuleSet) -> bool:
    """Whether the 'over' of *start* leads to *goal*."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            below = lowest.get(name) if name not in known else None
            waiting.extend(known.get(name, below.over if below is not None else ()))
    return False
