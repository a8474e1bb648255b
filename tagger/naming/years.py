"""Years: the concept that the chosen taxonomy has for what a rule names, or why it has none."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tagger.catalog import Catalog, concept_in_year, older_name
from tagger.findings import Code, Finding, Severity
from tagger.matching.rows import Candidate
from tagger.values import Member, Span


def members_in_year(catalog: Catalog, members: tuple[Member, ...]) -> tuple[Member, ...]:
    """Return *members* by their names in the catalog's year; axes moved between us-gaap and srt in 2018."""
    return tuple(
        Member(catalog.current(member.axis) or member.axis, catalog.current(member.member) or member.member)
        for member in members
    )


def candidates_in_year(candidates: tuple[Candidate, ...], catalog: Catalog, label: str) -> tuple[Candidate, ...]:
    """Return *candidates* with the concepts of the catalog's year; one that the year has nothing for stays as it is."""
    if all(not one.members and concept_in_year(catalog, one.concept) == one.concept for one in candidates):
        return candidates
    return tuple(_candidate(candidate, catalog, label) for candidate in candidates)


def _candidate(candidate: Candidate, catalog: Catalog, label: str) -> Candidate:
    name = concept_in_year(catalog, candidate.concept, label)
    members = members_in_year(catalog, candidate.members)
    if name is None or name == candidate.concept:
        return replace(candidate, members=members)
    why = f"{candidate.why}; in the taxonomy of {catalog.year}, {candidate.concept} is {name}"
    return replace(candidate, concept=name, members=members, why=why)


def settled_in_year(
    candidate: Candidate, catalog: Catalog, label: str, span: Span
) -> tuple[Candidate | None, Sequence[Finding]]:
    """Return *candidate* if its concept is one of the catalog's year, with a finding if it was or is another."""
    used = candidate.concept if catalog.get(candidate.concept) is not None else None
    findings = year_findings(catalog, candidate.rule.concept, used, label, span)
    return (None if used is None else candidate), findings


def year_findings(catalog: Catalog, wanted: str, used: str | None, label: str, span: Span) -> Sequence[Finding]:
    """Return the finding that says what became of the concept *wanted* of a row or sentence, if anything did."""
    if used == wanted:
        return ()
    what = f"{used} is used" if used is not None else "it is not used"
    finding = Finding(
        code=Code.CONCEPT_NOT_IN_YEAR,
        severity=Severity.NOTE if used is not None else Severity.WARNING,
        message=f"{label!r}: {wanted} {_missing(catalog, wanted)}: {what}",
        span=span,
    )
    return (finding,)


def _missing(catalog: Catalog, name: str) -> str:
    """Say why the concept *name* is not one of the year."""
    older = older_name(name)
    if older is not None and catalog.year < older.since and catalog.available(name):
        return f"is of a standard in force since {older.since}"
    return f"is not in the taxonomy of {catalog.year}, {_known(catalog, name)}"


def _known(catalog: Catalog, name: str) -> str:
    """Say when the concept *name* was there."""
    found = catalog.find(name)
    if found is None:
        return "nor in any that is known"
    if found.first > catalog.year:
        return f"it came in {found.first}"
    if found.last is not None and found.last < catalog.year:
        return f"which had it last in {found.last}"
    return f"which deprecates it since {found.deprecated}"
