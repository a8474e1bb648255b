"""One value a fact: facts that say the same thing twice have to agree (XBRL 2.1, 4.10; OIM duplicates)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tagger.data import load_json
from tagger.facts import Fact
from tagger.findings import Code, Finding, Severity
from tagger.statement import PRIMARY
from tagger.values import half_unit

# Whose figure stands where two disagree: the statements themselves, then what retells them.
_ORDER = ("balance-sheet", "operations", "cash-flow", "comprehensive-income", "equity", "highlights", "other", "prose")
_MANY = 3


def other_scopes(facts: Iterable[Fact], titles: Mapping[int, str]) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Leave out tables that are statements of something else than the main one of their kind: of a segment, the parent.

    Such a table contradicts the main one in most of the facts that both state. The main one is the first whose
    title (*titles*, by table) says consolidated, else the one with most facts.
    """
    tables: dict[tuple[str, int], list[Fact]] = {}
    rest: list[Fact] = []
    for fact in facts:
        if fact.table is None or fact.statement not in PRIMARY:
            rest.append(fact)
        else:
            tables.setdefault((fact.statement, fact.table), []).append(fact)
    stated: dict[str, dict[tuple[object, ...], Fact]] = {}
    kept: list[Fact] = []
    findings: list[Finding] = []
    for (kind, number), group in sorted(tables.items(), key=lambda item: _standing(item[0][1], item[1], titles)):
        known = stated.setdefault(kind, {})
        shared = [(fact, known[fact.aspects]) for fact in group if fact.aspects in known]
        differing = sum(not consistent(fact, other) for fact, other in shared)
        if differing >= _MANY and 2 * differing > len(shared):
            findings.append(_other_scope(group, titles.get(number, ""), differing, len(shared)))
            continue
        kept.extend(group)
        for fact in group:
            known.setdefault(fact.aspects, fact)
    return (*kept, *rest), tuple(findings)


def _standing(number: int, group: list[Fact], titles: Mapping[int, str]) -> tuple[bool, int, int]:
    consolidated = "consolidated" in titles.get(number, "").lower()
    return not consolidated, 0 if consolidated else -len(group), number


def _other_scope(group: list[Fact], title: str, differing: int, shared: int) -> Finding:
    first = min(group, key=lambda fact: fact.printed.span)
    return Finding(
        code=Code.DUPLICATE_DIFFERS,
        severity=Severity.WARNING,
        message=(
            f"table {title!r} differs from the main {first.statement} statement in {differing} of the {shared} facts "
            f"both state: it is of another scope (a segment, the parent), and its {len(group)} facts are left out"
        ),
        span=first.printed.span,
    )


def merge(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Drop facts that contradict a better-placed fact of the same aspects, with a finding each.

    "Net income" at the top of the cash flows may include the noncontrolling interests; where it differs from the
    net income of the company and is the net income with them, as the statement of operations gives it, it is that.
    """
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.aspects, []).append(fact)
    kept: list[Fact] = []
    findings: list[Finding] = []
    for group in groups.values():
        ranked = sorted(group, key=_rank)
        agreed: list[Fact] = []
        for fact in ranked:
            rival = next((other for other in agreed if not consistent(fact, other)), None)
            if rival is None:
                agreed.append(fact)
                continue
            whole = _with_noncontrolling(fact)
            if whole is not None and any(consistent(whole, stated) for stated in groups.get(whole.aspects, ())):
                kept.append(whole)
            else:
                findings.append(_differs(fact, rival))
        kept.extend(agreed)
    return tuple(kept), tuple(findings)


def _with_noncontrolling(fact: Fact) -> Fact | None:
    """Return *fact* as what includes the noncontrolling interests, if its concept leaves them out."""
    concept = load_json("tagging")["with_noncontrolling"].get(fact.concept)
    if concept is None:
        return None
    why = f"{concept}, for its value is that and not the one without noncontrolling interests"
    return replace(fact, concept=concept, why=(*fact.why, why))


def _rank(fact: Fact) -> tuple[int, int, int]:
    order = _ORDER.index(fact.statement) if fact.statement in _ORDER else len(_ORDER)
    fine = -(fact.decimals if fact.decimals is not None else 99)
    return order, fine, fact.printed.span.start


def consistent(one: Fact, other: Fact) -> bool:
    """Whether two facts may both be true: their rounding intervals meet.

    Each stands for its value give or take half a unit of its last decimal, as in Calculations 1.1 and the OIM.
    """
    if one.decimals == other.decimals:
        return one.value == other.value
    return abs(one.value - other.value) <= half_unit(one.decimals) + half_unit(other.decimals)


def _differs(fact: Fact, rival: Fact) -> Finding:
    return Finding(
        code=Code.DUPLICATE_DIFFERS,
        severity=Severity.WARNING,
        message=(
            f"{fact.label!r} ({fact.statement}) says {fact.value:,} for {fact.concept} {fact.period}, "
            f"{rival.label!r} ({rival.statement}) says {rival.value:,}; the latter is kept"
        ),
        span=fact.printed.span,
    )
