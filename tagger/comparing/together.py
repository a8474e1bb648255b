"""Releases of one company, each the witness of the others: what they say of the same time has to be the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from tagger.comparing.numbers import agree
from tagger.facts import Aspect, Fact, Proof, ProofKind
from tagger.findings import Code, Finding, Severity
from tagger.report import Report

Key: TypeAlias = tuple[object, ...]
Index: TypeAlias = dict[Key, list[Fact]]

_RESTATED = "each is proven in its own release, so that it seems restated"
_DOUBTFUL = "it was restated, or one of the two was misread"
_TURNED = "one of the two has the wrong sign"


def prove_together(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return *reports* with a proof for each fact that another of them repeats, and a finding where two differ.

    What one release reports last, the next one prints again to compare with. The same concept, period, unit and
    members with the same value, at the coarser of the two roundings, prove each other; another value was restated
    or misread. The proof names the other release in its equation, and no facts: their ids are of another report.

    Raises `ValueError` for reports of different companies.
    """
    known = sorted({report.entity.identifier for report in reports if report.entity.known})
    if len(known) > 1:
        raise ValueError(f"reports of different companies prove nothing together: {', '.join(known)}")
    indexes = [_index(report) for report in reports]
    return tuple(_with(place, reports, indexes) for place in range(len(reports)))


def _index(report: Report) -> Index:
    found: Index = {}
    for fact in report.facts:
        found.setdefault(_key(fact), []).append(fact)
    return found


def _key(fact: Fact) -> Key:
    return fact.concept, fact.period, fact.unit, fact.members


def _with(place: int, reports: Sequence[Report], indexes: Sequence[Index]) -> Report:
    """Return the report at *place* with what the others say of it."""
    report = reports[place]
    others = [
        (_name(other, number), other, indexes[number - 1])
        for number, other in enumerate(reports, start=1)
        if other is not report and other.document.text != report.document.text
    ]
    facts = []
    differing: dict[Key, Finding] = {}
    for fact in report.facts:
        proofs = dict.fromkeys(fact.proof)
        for name, other, index in others:
            said = index.get(_key(fact), ())
            same = next((one for one in said if _agree(fact, one)), None)
            if same is not None:
                proofs.setdefault(_proof(fact, same, name))
            elif fact.table is not None and (row := next(_of_rows(said), None)) is not None:
                differing.setdefault(_key(fact), _finding(fact, row, name, other))
        facts.append(replace(fact, proof=tuple(proofs)) if len(proofs) > len(fact.proof) else fact)
    findings = (*report.findings, *differing.values())
    return replace(report, tagged=replace(report.tagged, facts=tuple(facts), findings=findings))


def _agree(fact: Fact, other: Fact) -> bool:
    return agree(fact.value, other.value, (fact.decimals, other.decimals))


def _of_rows(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield those that stand on the rows of statements: sentences round, and speak of parts."""
    return (fact for fact in facts if fact.table is not None)


def _name(report: Report, number: int) -> str:
    return report.document.name or f"release {number}"


def _proof(fact: Fact, other: Fact, name: str) -> Proof:
    kind = ProofKind.TIE if other.table is not None else ProofKind.PROSE
    text = f"{fact.value:,} = {other.value:,} in {name}, {other.statement}"
    return Proof(kind=kind, equation=text, aspects=(Aspect.VALUE, Aspect.SIGN, Aspect.SCALE, Aspect.PERIOD))


def _finding(fact: Fact, other: Fact, name: str, report: Report) -> Finding:
    """Say that two releases differ: for information where each of the two figures is proven in its own release."""
    turned = fact.value == -other.value
    proven = Aspect.VALUE in fact.borne_out & other.borne_out and not turned
    line = report.document.line(other.printed.span.start)
    why = _TURNED if turned else _RESTATED if proven else _DOUBTFUL
    return Finding(
        code=Code.RELEASES_DIFFER,
        severity=Severity.NOTE if proven else Severity.WARNING,
        message=f"{fact.label!r}, {fact.period}: {fact.value:,} here, {other.value:,} in {name}:{line}; {why}",
        span=fact.printed.span,
    )
