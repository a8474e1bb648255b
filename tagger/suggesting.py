"""Suggesting: which concepts a row without a rule might be, for the author of a rule and never as a fact.

First what filers name such rows, by the evidence that names them; then what has like words: the words are compared with
the labels of the installed taxonomy of the year; where that is not installed, with the
words that the names of built-in concepts are made of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any

from msgspec import Struct

from tagger.catalog import Catalog, concept_in_year
from tagger.data import load_json, word_set
from tagger.evidence import FIRST_MODERN, OWN, UNKNOWN, Said, Seen, in_year, load_weights, view, weigh
from tagger.matching.rows import RowQuery, match_row
from tagger.ruleset import RuleSet, load_rules
from tagger.ruleset.words import MARKS, scan_label
from tagger.statement import PRIMARY, Kind
from tagger.taxonomies import Taxonomy, installed_key, load_catalog, name_words

_POOL = 60  # how many of the most alike are looked at more closely
_COMMON = 1000  # a word that more concepts have says nothing
_STATEMENT, _PERIOD, _BALANCE, _SIBLING = 0.08, 0.12, 0.04, 0.1
_FEW = 0.1  # of filers
_CONTRARY = 0.15  # what is paid is not what is received, however alike the words


class Suggestion(Struct, frozen=True, kw_only=True):
    """A concept that a row might be; *score* is from 0 to 1, *reasons* say what it is made of.

    Where it is *counted*, the score is the share of filers that would name such a row so; else it is how alike the words
    are, and not to be compared with such a share.
    """

    concept: str
    label: str
    score: float
    reasons: tuple[str, ...]
    counted: bool = False

    @property
    def measured(self) -> str:
        """What the score measures, with the score."""
        return f"{self.score:.0%} of filers" if self.counted else f"words {self.score:.2f} alike"

    def __str__(self) -> str:
        return f"{self.concept} ({self.measured}: {'; '.join(self.reasons)})"


class _Known(Struct, frozen=True):
    """A concept as it is compared: *words* are those of its *label*, or of its name if it has none, folded as in rules."""

    name: str
    label: str
    labelled: bool
    words: str
    type: str
    period_type: str
    balance: str | None


class _Shelf(Struct, frozen=True, eq=False):
    """The concepts of one year that can carry a figure, and the kinds of statement each is shown in."""

    known: tuple[_Known, ...]
    ordered: tuple[str, ...]
    places: Mapping[str, Sequence[int]]
    roles: Mapping[str, frozenset[str]]
    catalog: Catalog


def suggest(
    label: str,
    *,
    statement: str | Kind | None = None,
    headings: Sequence[str] = (),
    unit: str = "money",
    beside: Sequence[str] = (),
    year: int = 2024,
    limit: int = 5,
) -> tuple[Suggestion, ...]:
    """Return the concepts that a row called *label* might be, the best first.

    *statement* is the kind of statement it stands in, *headings* what it stands under, *unit* what its figures are
    ("money", "per-share", "shares", "percent"), *beside* the concepts of rows near it.

    >>> suggest("Payments for repurchase of common stock", statement="cash-flow")[0].concept
    'us-gaap:PaymentsForRepurchaseOfCommonStock'
    """
    kind = Kind(statement) if statement is not None else None
    words = _folded(label)
    if not words:
        return ()
    shelf = _shelf(year, installed_key(), unit)
    counted = _counted(label, kind, headings, unit, shelf)
    known = {one.concept for one in counted}
    alike = _of_like_words(words, kind, headings, _siblings(beside, shelf.catalog), shelf)
    return (*counted, *(one for one in alike if one.concept not in known))[:limit]


def _counted(
    label: str, kind: Kind | None, headings: Sequence[str], unit: str, shelf: _Shelf
) -> tuple[Suggestion, ...]:
    """Return what filers name such rows, where enough of them do."""
    weights = load_weights()
    if weights is None or kind not in PRIMARY:
        return ()
    row = Seen(label, tuple(headings), unit, UNKNOWN, UNKNOWN)
    seen = view(kind.value, [row], modern=shelf.catalog.year >= FIRST_MODERN)
    said = _said_by_rules(label, kind, headings, unit, shelf.catalog)
    options = weigh(weights, seen, {0: said}, in_year(shelf.catalog))[0]
    labels = {known.name: known.label for known in shelf.known}
    return tuple(
        Suggestion(
            concept=option.concept,
            label=labels.get(option.concept, ""),
            score=round(option.confidence, 3),
            reasons=(
                f"{option.confidence:.0%} of filers would name such a row of {kind.value} so, by its words and its place",
            ),
            counted=True,
        )
        for option in options
        if option.concept != OWN and option.confidence >= _FEW
    )


def _said_by_rules(label: str, kind: Kind, headings: Sequence[str], unit: str, catalog: Catalog) -> Said | None:
    """Return what the base rules say of such a row, which is part of what its evidence is."""
    query = RowQuery(label=label, headings=tuple(headings), kind=kind, unit=unit)
    first = next(iter(match_row(_base_rules(), query)), None)
    if first is None or first.members:
        return None
    concept = concept_in_year(catalog, first.concept, label)
    return Said(first.rule.id, concept, first.rank[2] / 90) if concept is not None else None


@cache
def _base_rules() -> RuleSet:
    return load_rules()


def _sharing(words: str, shelf: _Shelf) -> list[int]:
    """Return the places of the concepts that share the most words with *words*; a rare word counts for more."""
    shared: dict[int, float] = {}
    for word in set(words.split()):
        places = shelf.places.get(word, ())
        if len(places) <= _COMMON:
            for place in places:
                shared[place] = shared.get(place, 0) + 1 / len(places)
    return sorted(shared, key=lambda place: (-shared[place], place))[:_POOL]


def _ordered(words: str) -> str:
    return " ".join(sorted(words.split()))


def _similarity(words: str, others: str) -> float:
    """Return how alike two strings of folded words are, whatever their order, from 0 to 1."""
    from rapidfuzz import fuzz

    return (0.7 * fuzz.token_sort_ratio(words, others) + 0.3 * fuzz.token_set_ratio(words, others)) / 100


def _folded(label: str) -> str:
    small = _words("small_words")
    tokens = [token for token in scan_label(label).tokens if token not in MARKS and token != "–"]
    return " ".join([token for token in tokens if token not in small] or tokens)


def _of_like_words(
    words: str, kind: Kind | None, headings: Sequence[str], siblings: Mapping[str, str], shelf: _Shelf
) -> list[Suggestion]:
    """Return the concepts with names or labels like *words*, the best first."""
    from rapidfuzz import fuzz, process  # suggestions are asked for, and the import costs more than a release

    alike = process.extract(_ordered(words), shelf.ordered, scorer=fuzz.ratio, limit=_POOL, score_cutoff=35)
    places = dict.fromkeys([*(place for _, _, place in alike), *_sharing(words, shelf)])
    found = [_suggestion(shelf.known[place], words, kind, headings, siblings, shelf) for place in places]
    return sorted(found, key=lambda one: (-one.score, len(one.concept), one.concept))


def _suggestion(
    known: _Known,
    words: str,
    kind: Kind | None,
    headings: Sequence[str],
    siblings: Mapping[str, str],
    shelf: _Shelf,
) -> Suggestion:
    similarity = _similarity(words, known.words)
    score = similarity * (1 - _STATEMENT - _BALANCE - _SIBLING)
    reasons = [f"{'its label' if known.labelled else 'its name'} {known.label!r} is {similarity:.0%} alike"]
    for gain, reason in (
        _by_statement(known, kind, shelf),
        _by_period(known, kind),
        _by_balance(known, words, headings),
        (_SIBLING, siblings[known.name]) if known.name in siblings else (0, ""),
    ):
        if reason:
            score += gain
            reasons.append(reason)
    return Suggestion(
        concept=known.name, label=known.label, score=round(min(max(score, 0), 1), 3), reasons=tuple(reasons)
    )


def _by_statement(known: _Known, kind: Kind | None, shelf: _Shelf) -> tuple[float, str]:
    if kind is None or kind.value not in load_json("suggesting")["statements"]:
        return 0, ""
    if kind.value in shelf.roles.get(known.name, frozenset()):
        return _STATEMENT, f"the taxonomy shows it in a statement of that kind ({kind.value})"
    others = ", ".join(sorted(shelf.roles.get(known.name, ())))
    return -_STATEMENT, f"the taxonomy shows it elsewhere ({others or 'notes'})"


def _by_period(known: _Known, kind: Kind | None) -> tuple[float, str]:
    wanted = load_json("suggesting")["period_types"].get(kind.value) if kind is not None else None
    if wanted is None or known.period_type == wanted:
        return 0, ""
    return -_PERIOD, f"it is of a {known.period_type}, and the statement's rows are not"


def _by_balance(known: _Known, words: str, headings: Sequence[str]) -> tuple[float, str]:
    if known.balance is None:
        return 0, ""
    said = {*words.split(), *(word for heading in headings for word in _folded(heading).split())}
    debit, credit = said & _words("debit_words"), said & _words("credit_words")
    if bool(debit) == bool(credit):
        return 0, ""
    meant, word = ("debit", min(debit)) if debit else ("credit", min(credit))
    agrees = known.balance == meant
    return (_BALANCE if agrees else -_CONTRARY), f"its balance is {known.balance}, and {word!r} speaks of a {meant}"


def _siblings(beside: Sequence[str], catalog: Catalog) -> Mapping[str, str]:
    """Return the concepts that are summed together with those *beside*, each with the reason."""
    found: dict[str, str] = {}
    for name in beside:
        for above in catalog.parents(name):
            for arc in catalog.children(above.parent):
                if arc.role == above.role and arc.child not in beside:
                    found.setdefault(arc.child, f"summed with {name} in {above.parent}")
    return found


_words = partial(word_set, "suggesting")


@lru_cache(maxsize=8)
def _shelf(year: int, _installed: object, unit: str) -> _Shelf:
    types = frozenset(load_json("suggesting")["types"].get(unit, ()))
    catalog = load_catalog(year)
    taxonomy = _taxonomy(year)
    known = tuple(_installed_concepts(taxonomy, types) if taxonomy is not None else _built_in_concepts(catalog, types))
    roles = _summed(catalog) if taxonomy is None else _joined(_summed(catalog), _shown(taxonomy))
    places: dict[str, list[int]] = {}
    for place, one in enumerate(known):
        for word in set(one.words.split()):
            places.setdefault(word, []).append(place)
    return _Shelf(known, tuple(_ordered(one.words) for one in known), places, roles, catalog)


def _taxonomy(year: int) -> Taxonomy | None:
    """Return the installed us-gaap taxonomy of *year*, if its package had the schema of the concepts."""
    for about in Taxonomy.installed():
        if about.name == f"us-gaap/{year}" and "us-gaap" in about.namespaces:
            return Taxonomy(about.name)
    return None


def _installed_concepts(taxonomy: Taxonomy, types: frozenset[str]) -> list[_Known]:
    labels = {name: label for name, label in taxonomy.labelled() if label}
    return [
        _concept(name, labels.get(name, ""), kind, period_type, balance)
        for name, kind, period_type, balance, abstract in taxonomy.declared()
        if kind in types and not abstract
    ]


def _built_in_concepts(catalog: Catalog, types: frozenset[str]) -> list[_Known]:
    found = (catalog.get(name) for name in catalog.names())
    return [
        _concept(one.name, "", one.type, one.period_type, one.balance)
        for one in found
        if one is not None and one.type in types and not one.abstract and catalog.available(one.name)
    ]


def _concept(name: str, label: str, kind: str, period_type: str, balance: str | None) -> _Known:
    shown = label or " ".join(name_words(name))
    return _Known(name, shown, bool(label), _folded(shown), kind, period_type, balance)


def _summed(catalog: Catalog) -> dict[str, frozenset[str]]:
    """Return the kinds of statement in which the built-in sums have a concept."""
    from tagger.catalog.calculations import parse_arcs

    found: dict[str, set[str]] = {}
    for row in catalog.tables.calculations():
        for arc in parse_arcs(row):
            for name in (arc.parent, arc.child):
                found.setdefault(name, set()).update(_kinds(arc.role))
    return {name: frozenset(kinds) for name, kinds in found.items()}


def _joined(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {name: one.get(name, frozenset()) | other.get(name, frozenset()) for name in {*one, *other}}


def _shown(taxonomy: Taxonomy) -> dict[str, frozenset[str]]:
    """Return the kinds of statement that present a concept."""
    found: dict[str, set[str]] = {}
    for name, role in taxonomy.presented():
        if "/statement/" in role:
            found.setdefault(name, set()).update(_kinds(role))
    return {name: frozenset(kinds) for name, kinds in found.items()}


@lru_cache(maxsize=512)
def _kinds(role: str) -> frozenset[str]:
    statements: dict[str, Any] = load_json("suggesting")["statements"]
    return frozenset(kind for kind, pattern in statements.items() if re.search(pattern, role.rpartition("/")[2]))
