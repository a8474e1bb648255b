"""xBRL-JSON: the facts, with where each came from as properties of our own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from tagger.facts import Fact
from tagger.findings import Finding
from tagger.tagged import Tagged
from tagger.values import CIK_SCHEME, PURE, Instant, Period
from tagger.writing.contexts import references
from tagger.writing.names import FIXED, namespaces
from tagger.writing.reported import Reported, write_value

_OURS = "http://tagger.example/provenance"


def write_json(tagged: Tagged, schema: str) -> bytes:
    """Write *tagged* as xBRL-JSON whose taxonomy is *schema*, a relative address."""
    details = {fact.id: _provenance(fact) for fact in tagged.facts}
    more = {"tagger:findings": [_finding(finding) for finding in tagged.findings]}
    return write_facts(tagged.reported, namespaces(tagged), (schema,), details, more)


def write_facts(
    facts: Sequence[Reported],
    spaces: Mapping[str, str],
    schemas: Sequence[str],
    details: Mapping[str, Mapping[str, Any]] | None = None,
    more: Mapping[str, Any] | None = None,
) -> bytes:
    """Write *facts*, whose names *spaces* explain; *details* are further properties of each, *more* of the report."""
    refs = references(facts)
    schemes = entity_prefixes(facts)
    known = details or {}
    report = {
        "documentInfo": document_info("json", spaces, schemes, schemas),
        "facts": {
            name: _fact(fact, schemes) | dict(known.get(fact.id, {}))
            for name, fact in zip(refs.facts, facts, strict=True)
        },
        **(more or {}),
    }
    return encoded(report)


def encoded(report: Mapping[str, Any]) -> bytes:
    """Return *report* as JSON; half of a character, which UTF-8 cannot hold, is a question mark.

    >>> encoded({"value": "5"}), encoded({"\\ud800": 1})
    (b'{\\n "value": "5"\\n}\\n', b'{\\n "?": 1\\n}\\n')
    """
    try:
        written = msgspec.json.encode(report)
    except (UnicodeEncodeError, OverflowError):  # or a number of more than 64 bits: with the slower encoder
        written = json.dumps(report, ensure_ascii=False).encode("utf-8", "replace")
    return msgspec.json.format(written, indent=1) + b"\n"


def document_info(
    kind: str, spaces: Mapping[str, str], schemes: Mapping[str, str], schemas: Sequence[str]
) -> dict[str, Any]:
    """Return what every OIM document begins with; *kind* is "json" or "csv"."""
    bound = {"xbrl": "https://xbrl.org/2021", "iso4217": FIXED["iso4217"], "xbrli": FIXED["xbrli"], "tagger": _OURS}
    bound |= {prefix: scheme for scheme, prefix in schemes.items()} | dict(spaces)
    return {
        "documentType": f"https://xbrl.org/2021/xbrl-{kind}",
        "namespaces": dict(sorted(bound.items())),
        "taxonomy": list(schemas),
    }


def _fact(fact: Reported, schemes: Mapping[str, str]) -> dict[str, Any]:
    written: dict[str, Any] = {"value": None if fact.value is None else write_value(fact.value)}
    if fact.decimals is not None and fact.value is not None:
        written["decimals"] = fact.decimals
    written["dimensions"] = dimensions(fact, schemes)
    if fact.unit == PURE and fact.decimals is None:
        written["tagger:unit"] = str(PURE)  # nothing else would say that this is a number
    return written


def dimensions(fact: Reported, schemes: Mapping[str, str]) -> dict[str, str]:
    """Return the dimensions of *fact* as OIM names them."""
    found = {
        "concept": fact.concept,
        "entity": f"{schemes[fact.entity.scheme]}:{'-'.join(fact.entity.identifier.split())}",
    }
    if fact.period is not None:
        found["period"] = _period(fact.period)
    if fact.unit is not None and fact.unit != PURE:
        found["unit"] = str(fact.unit)
    if fact.language and fact.unit is None:
        found["language"] = fact.language
    return found | {member.axis: member.member for member in sorted(fact.members, key=lambda member: member.axis)}


def _provenance(fact: Fact) -> dict[str, Any]:
    return {
        "tagger:text": fact.printed.text,
        "tagger:span": [fact.printed.span.start, fact.printed.span.end],
        "tagger:label": fact.label,
        "tagger:statement": fact.statement,
        "tagger:rule": fact.rule,
        "tagger:why": list(fact.why),
        "tagger:proven": fact.proven,
        "tagger:unproven": list(fact.unproven),
        "tagger:proof": list(map(str, fact.proof)),
        "tagger:provenBy": [list(proof.facts) for proof in fact.proof],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    written: dict[str, Any] = {"code": finding.code, "severity": finding.severity, "message": finding.message}
    if finding.span is not None:
        written["span"] = [finding.span.start, finding.span.end]
    return written | {
        name: value
        for name in ("table", "row", "column", "before", "after", "evidence")
        if (value := getattr(finding, name))
    }


def entity_prefixes(facts: Iterable[Reported]) -> dict[str, str]:
    """Give every scheme of entities a prefix."""
    found = dict.fromkeys(fact.entity.scheme for fact in facts)
    others = [scheme for scheme in found if scheme != CIK_SCHEME]
    names = {scheme: f"entity{number}" if number > 1 else "entity" for number, scheme in enumerate(others, 1)}
    return {CIK_SCHEME: "cik"} | names if CIK_SCHEME in found else names


def _period(period: Period) -> str:
    """Write a period as OIM does: moments, so that the last day ends when the next begins."""
    end = f"{period.end + dt.timedelta(days=1)}T00:00:00"
    return end if isinstance(period, Instant) else f"{period.start}T00:00:00/{end}"
