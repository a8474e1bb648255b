"""Misread figures: facts of recognised text that may say another number than the page does, and that nothing bears out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from tagger.arithmetic.relation import Relation
from tagger.facts import Fact
from tagger.findings import Code, Finding
from tagger.statement import Statement

_SIGNS = frozenset({Code.NOT_A_NUMBER, Code.UNREAD_FIGURE, Code.DOES_NOT_ADD_UP})
_DIGITS = frozenset({"digit-misread", "digits-swapped", "extra-digit", "letter-for-digit", "missing-digit"})
_MANY = 5  # figures known to be misread from which on they tell of the others,
_SHARE = 50  # where they are one in so many


def badly_recognised(findings: Iterable[Finding], statements: Sequence[Statement]) -> bool:
    """Return whether so many digits of recognised *statements* are misread that no figure of theirs can be trusted alone.

    *findings* are those of repair. Of digits that were misread, as many make another number as make none.
    """
    figures = [figure for statement in statements for line in statement.lines for figure in line.figures]
    mended = sum(not _DIGITS.isdisjoint(figure.numeral.repairs) for figure in figures)
    signs = mended + sum(finding.code in _SIGNS for finding in findings)
    return signs >= _MANY and signs * _SHARE >= len(figures)


def without_misread(
    facts: Sequence[Fact], broken: Iterable[Relation], borne: Set[str], *, badly: bool
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Return *facts* of recognised text without those that may be misread, and why; *borne* are the ids of those that are not.

    An amount is doubted where one of the *broken* relations has it, and anywhere in tables where all are recognised *badly*.
    """
    refused = {fact.id: _fails(one) for one in broken for fact in one.facts if fact.id not in borne}
    loose: dict[int, list[Fact]] = {}
    for fact in facts if badly else ():
        if fact.table is not None and fact.id not in borne and fact.id not in refused:
            loose.setdefault(fact.table, []).append(fact)
    refused |= {fact.id: finding for of in loose.values() for finding in (_unsure(of),) for fact in of}
    return tuple(fact for fact in facts if fact.id not in refused), tuple(dict.fromkeys(refused.values()))


def _fails(one: Relation) -> Finding:
    text = f"a figure of {one.facts[0].label!r} is misread, for {one.equation} does not hold; what nothing else bears out is not tagged"
    return Finding.error(Code.DOES_NOT_ADD_UP, text, one.facts[0].printed.span)


def _unsure(facts: Sequence[Fact]) -> Finding:
    first, more = facts[0], f" and {len(facts) - 1} more" if len(facts) > 1 else ""
    text = (
        f"{first.label!r} {first.printed.text}{more}: the document is recognised so badly that what nothing bears out "
        "may be misread; not tagged"
    )
    return Finding.error(Code.NOT_A_NUMBER, text, first.printed.span)
