"""One value a fact: facts that say the same thing twice have to agree (XBRL 2.1, 4.10; OIM duplicates)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, starmap
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from tagger.arithmetic.orientation import is_of_others
from tagger.data import load_json
from tagger.facts import Fact
from tagger.findings import Code, Finding
from tagger.statement import PRIMARY, Statement
from tagger.values import half_unit, within

# Whose figure stands where two disagree: the statements themselves, then what retells them.
_ORDER = ("balance-sheet", "operations", "cash-flow", "comprehensive-income", "equity", "highlights", "other", "prose")
_MANY = 3
_MOST_PEERS = 200  # different tables of one kind that are compared with each other
_MOST_NAMED = 10


def other_scopes(facts: Iterable[Fact], titles: Mapping[int, str]) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Leave out tables that are statements of something else than the main one of their kind: of a segment, the parent.

    Such a table contradicts the main one in most of the facts that both state. The main one is that whose title
    (*titles*, by table) says consolidated, or else the one with most facts; where that tells nothing, none is tagged.
    """
    rest: list[Fact] = []
    tables: dict[tuple[str, int], list[Fact]] = {}
    for fact in facts:
        own = fact.table is not None and fact.statement in PRIMARY
        (tables.setdefault((fact.statement, fact.table or 0), []) if own else rest).append(fact)
    ranks: dict[tuple[str, bool, int], list[_Stated]] = {}
    for (kind, number), group in tables.items():
        title = titles.get(number, "")
        said = tuple((fact.aspects, fact.value, fact.decimals) for fact in group)
        ranks.setdefault((kind, *_standing(group, title)), []).append(_Stated(title, group, said))
    main: dict[str, list[Fact]] = {}
    findings: list[Finding] = []
    for (kind, *_), peers in sorted(ranks.items(), key=itemgetter(0)):
        better = main.setdefault(kind, [])
        own_scope, others = _scopes(peers, better)
        better.extend(own_scope)
        findings.extend(others)
    kept = {id(fact) for group in main.values() for fact in group}
    return (*(f for group in tables.values() for f in group if id(f) in kept), *rest), tuple(findings)


class _Stated(Struct, frozen=True):
    """What one table states, under its *title*; *said* is the same for tables that state the same."""

    title: str
    facts: Sequence[Fact]
    said: tuple[object, ...]


def _rivals(able: Sequence[_Stated]) -> list[list[_Stated]] | None:
    """Return for each of *able* the tables it contradicts; `None` of more different ones than anybody prints."""
    numbers: dict[object, int] = {}
    places = [numbers.setdefault(table.said, len(numbers)) for table in able]
    if len(numbers) > _MOST_PEERS:
        return None
    different = {place: table.facts for place, table in zip(places, able, strict=True)}
    against = {
        one: {other for other in different if other != one and _contradicts(*_against(facts, different[other]))}
        for one, facts in different.items()
    }
    found = {
        one: [table for place, table in zip(places, able, strict=True) if place in others]
        for one, others in against.items()
    }
    return [found[place] for place in places]


def _scopes(peers: Sequence[_Stated], better: Sequence[Fact]) -> tuple[list[Fact], list[Finding]]:
    """Return the facts of those of *peers*, as likely the main statement each, that nothing contradicts, and findings."""
    findings = []
    able = []
    for table in peers:
        differing, shared = _against(table.facts, better)
        if _contradicts(differing, shared):
            findings.append(_other_scope(table.facts, table.title, differing, shared))
        else:
            able.append(table)
    kept: list[Fact] = []
    found = _rivals(able)
    if found is None:
        return [], [*findings, _too_many(able)]
    for table, rivals in zip(able, found, strict=True):
        if rivals:
            findings.append(_no_main(table, rivals))
        else:
            kept.extend(table.facts)
    return kept, findings


def _standing(group: Sequence[Fact], title: str) -> tuple[bool, int]:
    """Return how likely a table with *group* is the main statement of its kind; the smaller, the likelier."""
    return "consolidated" not in title.lower(), -len(group)


def _against(group: Sequence[Fact], others: Sequence[Fact]) -> tuple[int, int]:
    """Return in how many facts *group* differs from *others*, and how many both state."""
    known: dict[tuple[object, ...], dict[object, Fact]] = {}
    for fact in others:
        known.setdefault(fact.aspects, {}).setdefault((fact.value, fact.decimals), fact)
    shared = [(fact, found) for fact in group if (found := known.get(fact.aspects)) is not None]
    return sum(not _is_one_of(fact, found) for fact, found in shared), len(shared)


def _is_one_of(fact: Fact, known: Mapping[object, Fact]) -> bool:
    """Whether one of *known* facts, by what they say, agrees with *fact*."""
    return (fact.value, fact.decimals) in known or any(consistent(fact, other) for other in known.values())


def _contradicts(differing: int, shared: int) -> bool:
    return differing >= _MANY and 2 * differing > shared


def _too_many(able: Sequence[_Stated]) -> Finding:
    kind, count = able[0].facts[0].statement, sum(len(table.facts) for table in able)
    return Finding.error(
        Code.OVER_LIMIT,
        f"{len(able):,} tables are as likely the main {kind} statement, more than {_MOST_PEERS} of them different; "
        f"their {count:,} facts are left out",
        min(fact.printed.span for table in able for fact in table.facts),
    )


def _no_main(table: _Stated, rivals: Sequence[_Stated]) -> Finding:
    others = ", ".join(repr(rival.title) for rival in rivals[:_MOST_NAMED])
    others += f" and {len(rivals) - _MOST_NAMED:,} more" if len(rivals) > _MOST_NAMED else ""
    kind = table.facts[0].statement
    return Finding.error(
        Code.DUPLICATE_DIFFERS,
        f"table {table.title!r} differs from {others}, which is as likely the main {kind} statement; nothing tells "
        f"whose it is, and its {len(table.facts)} facts are left out",
        min(fact.printed.span for fact in table.facts),
    )


def _other_scope(group: Sequence[Fact], title: str, differing: int, shared: int) -> Finding:
    first = min(group, key=lambda fact: fact.printed.span)
    return Finding.warning(
        Code.DUPLICATE_DIFFERS,
        f"table {title!r} differs from the main {first.statement} statement in {differing} of the {shared} facts "
        f"both state: it is of another scope (a segment, the parent), and its {len(group)} facts are left out",
        first.printed.span,
    )


def merge(facts: Iterable[Fact], statements: Sequence[Statement] = ()) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Keep of facts that contradict each other the one that stands better; where none does, neither, with one finding.

    A sum that fails speaks against a figure; the statement beats what retells it, tables beat prose, a row that says
    what it is beats one without a label, and a sum that holds decides between equals. Where a figure stands in the
    document decides nothing.

    "Net income" at the top of the cash flows may include the noncontrolling interests; where it differs from the
    net income of the company and is the net income with them, as the statement of operations gives it, it is that.
    """
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.aspects, []).append(fact)
    sums: _Sums | None = None  # most releases contradict themselves nowhere
    kept: list[Fact] = []
    findings: list[Finding] = []
    shared = _any_of_others(group[0].concept for group in groups.values())
    for group in groups.values():
        if shared:
            group = _above_cash(group)
        if len(group) == 1 or _agree(group):
            kept.extend(group)
            continue
        sums = sums or _Sums.of(statements)
        whole = [_as_whole(fact, group, groups) for fact in group]
        kept.extend(fact for fact in whole if fact.concept != group[0].concept)
        best, refused = _settled([fact for fact in whole if fact.concept == group[0].concept], sums)
        kept.extend(best)
        findings.extend(refused)
    return tuple(kept), tuple(findings)


def _any_of_others(concepts: Iterable[str]) -> bool:
    """Whether any of *concepts* is what belongs to noncontrolling interests."""
    names = (concept.rpartition(":")[2] for concept in concepts)
    return any(is_of_others(name) or name == "MinorityInterest" for name in names)


class _Sums(Struct, frozen=True):
    """The figures, by table, row and column, that stand in a sum that holds, and in one that does not."""

    holding: frozenset[tuple[int, int, int]]
    failing: frozenset[tuple[int, int, int]]

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> _Sums:
        holding: set[tuple[int, int, int]] = set()
        failing: set[tuple[int, int, int]] = set()
        for statement in statements:
            for found in statement.sums:
                for row in (found.total, *found.parts):
                    holding.update((statement.number, row, column) for column in found.columns)
                    failing.update((statement.number, row, column) for column in found.fails)
        return cls(frozenset(holding), frozenset(failing - holding))

    def rank(self, fact: Fact) -> tuple[bool, int, bool, bool]:
        """Return how well *fact* stands; the smaller, the better."""
        place = (fact.table, fact.row, fact.column)
        return place in self.failing, _order(fact), not fact.label, place not in self.holding


def _agree(group: Sequence[Fact]) -> bool:
    different = _different(group)
    exact = {fact.decimals for fact in different}  # two that are as exact agree only if they are the same
    return len(exact) == len(different) and all(starmap(consistent, combinations(different, 2)))


def _different(facts: Iterable[Fact]) -> list[Fact]:
    """Return one of each that say the same as exactly."""
    return list({(fact.value, fact.decimals): fact for fact in facts}.values())


def _settled(group: Sequence[Fact], sums: _Sums) -> tuple[list[Fact], list[Finding]]:
    """Return the facts of *group* that stand best, with those that agree, and findings for the others."""
    if _agree(group):
        return list(group), []
    ranks = {id(fact): sums.rank(fact) for fact in group}
    top = min(ranks.values())
    best = [fact for fact in group if ranks[id(fact)] == top]
    if not _agree(best):
        best = _repeated(best, [fact for fact in group if ranks[id(fact)] != top])
    if not best:
        return [], [_undecided([fact for fact in group if ranks[id(fact)] == top])]
    different = _different(best)
    stays = [all(consistent(fact, other) for other in different) for fact in group]
    kept = [fact for fact, stay in zip(group, stays, strict=True) if stay]
    return kept, [_differs(fact, best[0]) for fact, stay in zip(group, stays, strict=True) if not stay]


def _repeated(best: Sequence[Fact], others: Sequence[Fact]) -> list[Fact]:
    """Return those of *best* that other tables or sentences repeat, if they agree and the rest is repeated nowhere."""
    repeated = _different(others)
    found = [fact for fact in best if any(consistent(fact, other) for other in repeated)]
    return found if found and _agree(found) else []


def _above_cash(group: list[Fact]) -> list[Fact]:
    """Return *group* as what includes the noncontrolling interests that the release states, where cash flows alone begin with it.

    A label that names the owners says otherwise.
    """
    if any(
        fact.statement != "cash-flow" or any(map(fact.label.lower().__contains__, load_json("tagging")["owners"]))
        for fact in group
    ):
        return group
    return [_with_noncontrolling(fact) or fact for fact in group]


def _as_whole(fact: Fact, group: Sequence[Fact], groups: Mapping[tuple[object, ...], list[Fact]]) -> Fact:
    """Return *fact* as what includes the noncontrolling interests, where it differs from others and that is stated so."""
    whole = _with_noncontrolling(fact)
    if whole is None or all(consistent(fact, other) for other in group if _order(other) < _order(fact)):
        return fact
    stated = groups.get(whole.aspects, ())
    return whole if any(consistent(whole, other) for other in stated) else fact


def _order(fact: Fact) -> int:
    return _ORDER.index(fact.statement) if fact.statement in _ORDER else len(_ORDER)


def _with_noncontrolling(fact: Fact) -> Fact | None:
    """Return *fact* as what includes the noncontrolling interests, if its concept leaves them out."""
    concept = load_json("tagging")["with_noncontrolling"].get(fact.concept)
    if concept is None:
        return None
    why = f"{concept}, for its value is that and not the one without noncontrolling interests"
    return replace(fact, concept=concept, why=(*fact.why, why))


def consistent(one: Fact, other: Fact) -> bool:
    """Whether two facts may both be true: their rounding intervals meet.

    Each stands for its value give or take half a unit of its last decimal, as in Calculations 1.1 and the OIM.
    """
    if one.decimals == other.decimals:
        return one.value == other.value
    return within(one.value - other.value, half_unit(one.decimals) + half_unit(other.decimals))


def _differs(fact: Fact, rival: Fact) -> Finding:
    return Finding.warning(
        Code.DUPLICATE_DIFFERS,
        f"{fact.label!r} ({fact.statement}) says {fact.value:,} for {fact.concept} {fact.period}, "
        f"{rival.label!r} ({rival.statement}) says {rival.value:,}; the latter is kept",
        fact.printed.span,
    )


def _undecided(best: Sequence[Fact]) -> Finding:
    said = "; ".join(dict.fromkeys(f"{fact.label!r} ({fact.statement}) says {fact.value:,}" for fact in best))
    return Finding.error(
        Code.DUPLICATE_DIFFERS,
        f"{best[0].concept} {best[0].period}: {said}; nothing tells which is right, and none is tagged",
        best[0].printed.span,
    )
