"""Rules and evidence together: the candidates of each line, those first that filers would choose.

A rule of a user's pack always wins. A rule that names members, or several concepts for one figure, says more than
evidence knows, and stays. Else what counts from filers say decides; a rule's word is among what they weigh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from tagger.catalog import Catalog
from tagger.data import load_json, word_set
from tagger.evidence import (
    FIRST_MODERN,
    OWN,
    Option,
    Said,
    Seen,
    View,
    Weights,
    in_year,
    reduced,
    signs_of,
    usual,
    view,
    weigh,
    words,
)
from tagger.matching.rows import Candidate
from tagger.naming.candidates import Wanted
from tagger.naming.telling import exceeds, tells
from tagger.ruleset.rule import Location, Rule
from tagger.statement import PRIMARY, Statement
from tagger.values import Measure

EVIDENCE = "evidence"
"""The id that stands for a rule where evidence named the concept."""

_SHOWN = 5
_ANY_ROW = "*"
_EXACT = 1_000_000
_HALF = 0.5  # of what any row of a section is, more filers must know better
_CLEAR, _THIN = 0.7, 0.15  # shares of filers against and for a rule, at which it gives way
_COUNTED = 2010  # the year up to which most filers were counted: names that came later they could not use
_KINDS_OF_SHARES = ("Basic", "Diluted")
_OWED = ("A2", "L1")  # below the total of assets, or of current liabilities


class Counted(NamedTuple):
    """What is known from counts: their *weights*, and what all statements of the *company* tell of it."""

    weights: Weights
    company: tuple[str, ...]


def told_of_company(statements: Sequence[Statement]) -> tuple[str, ...]:
    """Return what the rows of *statements* tell of the company: a bank, noncontrolling interests, ..."""
    primary = [statement for statement in statements if statement.kind in PRIMARY]
    return signs_of([words(line.label).whole for statement in primary for line in statement.lines if line.figures])


def weighed(
    wanted: Sequence[Wanted], statement: Statement, catalog: Catalog, counted: Counted | None
) -> tuple[Wanted, ...]:
    """Return *wanted* with the candidates that rules and evidence give together."""
    if counted is None or statement.kind not in PRIMARY:
        return tuple(wanted)
    weights = counted.weights
    wanted = [_without_stars(want) for want in wanted]
    asked = [want for want in wanted if want.line.figures and want.query.label]
    told = list(map(_said, asked))
    seen = _view(asked, told, statement, catalog, counted.company)
    said = {
        place: told[place]
        for place, want in enumerate(asked)
        if not (want.refused or want.query.unit == Measure.PURE or _more(want, modern=seen.modern))
    }
    sides = _sides(seen)
    found = {
        asked[place].line.index: _as_diluted(
            _allowed(given, asked[place], said[place], sides[place], catalog), asked[place]
        )
        for place, given in weigh(weights, seen, said, in_year(catalog)).items()
    }
    return tuple(_together(want, found.get(want.line.index, ()), weights, catalog) for want in wanted)


def _without_stars(want: Wanted) -> Wanted:
    """Return *want* without the base rules whose star took words that make the row more than their concept."""
    label = want.query.label
    kept = tuple(
        one for one in want.candidates if one.rule.layer or not one.rank[-1] or not exceeds(label, one.concept)
    )
    return want if len(kept) == len(want.candidates) else replace(want, candidates=kept)


def _allowed(
    options: Sequence[Option], want: Wanted, said: Said | None, side: str, catalog: Catalog
) -> Sequence[Option]:
    """Return those of *options* that the words of *want* and its *side* of a balance sheet allow.

    Where the likeliest is of the whole company, and the row says more, the others are no likelier: it is the filer's own.
    """
    more = bool(options) and exceeds(want.query.label, options[0].concept)
    return [
        option
        for option in options
        if _on_side(option.concept, side, catalog)
        and (_is_said(option, said) or (tells(want, option.concept) and not (more and option.concept != OWN)))
    ]


def _view(
    asked: Sequence[Wanted],
    told: Sequence[Said | None],
    statement: Statement,
    catalog: Catalog,
    company: tuple[str, ...],
) -> View:
    heads = ["", *(reduced(want.query.label) for want in asked), ""]
    rows = [
        Seen(want.query.label, want.line.headings, want.query.unit, heads[place], heads[place + 2])
        for place, want in enumerate(asked)
    ]
    said = [one.concept if one is not None else "" for one in told]
    return view(statement.kind.value, rows, modern=catalog.year >= FIRST_MODERN, said=said, company=company)


def _sides(seen: View) -> list[str]:
    """Return for each row the balance that its side of a balance sheet has, "" where nothing tells the side."""
    if seen.kind != "b" or "A2" not in seen.passed:
        return [""] * len(seen.rows)
    assets = seen.passed.index("A2")
    return [
        "debit" if place < assets else "credit" if passed in _OWED else "" for place, passed in enumerate(seen.passed)
    ]


def _on_side(concept: str, side: str, catalog: Catalog) -> bool:
    """Whether *concept* may stand on *side*: what is taken off an asset, or off a debt, says so in its name."""
    found = catalog.find(concept) if side and concept != OWN else None
    if found is None or found.balance in (None, side):
        return True
    return any(word in found.name for word in load_json("evidence")["deducted"])


def _is_said(option: Option, said: Said | None) -> bool:
    return said is not None and option.concept == said.concept


def _as_diluted(options: Sequence[Option], want: Wanted) -> tuple[Option, ...]:
    """Return *options* without the diluted ones where the row and its heading say basic, and without the basic ones
    where they say diluted; the others take over what filers gave those. What says neither is not diluted because it
    stands below what is basic."""
    if want.query.unit == Measure.MONEY:
        return tuple(options)
    said = f"{' '.join(want.line.headings[-1:])} {want.query.label}".lower()
    told = [word for word in _KINDS_OF_SHARES if word.lower() in said]
    if not told and not says_diluted(want):
        return tuple(option for option in options if "Diluted" not in option.concept or "Basic" in option.concept)
    if len(told) != 1:
        return tuple(options)
    (other,) = set(_KINDS_OF_SHARES) - set(told)
    kept = [option for option in options if other not in option.concept or told[0] in option.concept]
    left = 1 - sum(option.confidence for option in options if option not in kept)
    if len(kept) == len(options) or left <= 0:
        return tuple(kept)
    return tuple(option._replace(confidence=min(1.0, option.confidence / left)) for option in kept)


def says_diluted(want: Wanted) -> bool:
    """Whether the row or a heading over it says dilution, or what is assumed: "assuming full conversion".

    A count of shares below an amount per share is that of its shares.
    """
    above = want.query.above[:1] if want.query.unit == Measure.SHARES else ()
    said = " ".join((*above, *want.line.headings, want.line.label)).lower()
    return any(word in said for word in word_set("tagging", "dilution"))


def _more(want: Wanted, *, modern: bool) -> bool:
    """Whether a rule says more of the row than is counted: members of today's names, or several concepts for one figure."""
    first = next(iter(want.candidates), None)
    if first is None or first.form == _ANY_ROW:
        return False
    return bool(first.rule.also) or (modern and bool(first.members))


def _said(want: Wanted) -> Said | None:
    """Return what the rules say of a row; one that takes any row of a section says nothing of this one."""
    first = next(iter(want.candidates), None)
    if first is None or first.members or first.form == _ANY_ROW:
        return None
    return Said(first.rule.id, first.concept, first.rank[2] / 90)


def _together(want: Wanted, options: Sequence[Option], weights: Weights, catalog: Catalog) -> Wanted:
    if want.refused or not options:
        return want
    modern = catalog.year >= FIRST_MODERN
    ruled = {candidate.concept: candidate for candidate in reversed(want.candidates) if not candidate.members}
    shown = options[:_SHOWN]
    stays = _stays(want, options, weights, catalog)
    sure = {option.concept: option.confidence for option in options}
    first = [_surer(candidate, sure) for candidate in want.candidates] if stays else []
    enough = usual(options, ruled=bool(want.candidates), modern=modern)
    return replace(want, candidates=(*first, *_named(enough, ruled)), options=tuple(shown))


def _stays(want: Wanted, options: Sequence[Option], weights: Weights, catalog: Catalog) -> bool:
    """Whether the rules' own order stands. Before the names of today, names said what members say now."""
    if not want.candidates:
        return False
    first = want.candidates[0]
    if first.rule.layer or first.rule.also:
        return True
    if first.form == _ANY_ROW:  # what filers agree on is better, if it is no other name of the total
        best = options[0]
        return best.confidence < _HALF or best.concept == OWN or best.concept in load_json("tagging")["revenues"]
    if catalog.year < FIRST_MODERN:
        return False  # filers' statements of those years are counted by the thousand
    named = catalog.find(first.concept)
    newer = named is not None and named.first > _COUNTED
    return bool(first.members) or newer or not _outweighed(first, options, weights)


def _outweighed(ruled: Candidate, options: Sequence[Option], weights: Weights) -> bool:
    """Whether counts contradict what a rule says: of the names of today they are thin, and a rule stays where they doubt."""
    sure = {option.concept: option.confidence for option in options}
    best = options[0]
    clear = best.concept != OWN and best.confidence >= _CLEAR and weights.used_today(best.concept)
    return clear and sure.get(ruled.concept, 0.0) <= _THIN


def _surer(candidate: Candidate, sure: dict[str, float]) -> Candidate:
    """Return *candidate* of a rule that stays, which goes before all that evidence names."""
    rank = (candidate.rank[0], candidate.rank[1] + 1, *candidate.rank[2:])
    known = None if candidate.members or candidate.rule.layer else sure.get(candidate.concept)
    return replace(candidate, rank=rank, confidence=1.0 if candidate.rule.layer else known)


def _named(options: Sequence[Option], ruled: dict[str, Candidate]) -> Iterator[Candidate]:
    for option in options:
        rank = (0, 0, int(_EXACT * option.share), 0, 0, 0)
        rule = ruled.get(option.concept)
        if rule is not None:
            yield replace(rule, rank=rank, confidence=option.confidence)
            continue
        yield Candidate(
            rule=_rule(option.concept),
            concept=option.concept,
            members=(),
            rank=rank,
            why=f"evidence: {option.confidence:.0%} of filers name such a row so",
            form="",
            confidence=option.confidence,
        )


@lru_cache(maxsize=4096)
def _rule(concept: str) -> Rule:
    return Rule(id=EVIDENCE, concept=concept, location=Location(EVIDENCE, 0, 0))
