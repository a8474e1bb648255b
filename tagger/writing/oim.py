"""xBRL-JSON: the facts, with where each came from as properties of our own."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tagger.facts import Fact
from tagger.findings import Finding
from tagger.tagged import Tagged
from tagger.values import CIK_SCHEME, PURE, Instant, Period
from tagger.writing.contexts import references
from tagger.writing.names import FIXED, namespaces

_OURS = "http://tagger.example/provenance"


def write_json(tagged: Tagged, schema: str) -> bytes:
    """Write *tagged* as xBRL-JSON whose taxonomy is *schema*, a relative address."""
    refs = references(tagged.facts)
    schemes = _schemes(tagged)
    spaces = {"xbrl": "https://xbrl.org/2021", "iso4217": FIXED["iso4217"], "xbrli": FIXED["xbrli"], "tagger": _OURS}
    spaces |= {prefix: scheme for scheme, prefix in schemes.items()} | namespaces(tagged)
    report = {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-json",
            "namespaces": dict(sorted(spaces.items())),
            "taxonomy": [schema],
        },
        "facts": {name: _fact(fact, schemes) for name, fact in zip(refs.facts, tagged.facts, strict=True)},
        "tagger:findings": [_finding(finding) for finding in tagged.findings],
    }
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _fact(fact: Fact, schemes: dict[str, str]) -> dict[str, Any]:
    dimensions = {
        "concept": fact.concept,
        "entity": f"{schemes[fact.entity.scheme]}:{'-'.join(fact.entity.identifier.split())}",
        "period": _period(fact.period),
    }
    if fact.unit != PURE:
        dimensions["unit"] = str(fact.unit)
    dimensions |= {member.axis: member.member for member in sorted(fact.members)}
    written: dict[str, Any] = {"value": f"{fact.value:f}"}
    if fact.decimals is not None:
        written["decimals"] = fact.decimals
    written["dimensions"] = dimensions
    return written | _provenance(fact)


def _provenance(fact: Fact) -> dict[str, Any]:
    return {
        "tagger:text": fact.printed.text,
        "tagger:span": [fact.printed.span.start, fact.printed.span.end],
        "tagger:label": fact.label,
        "tagger:statement": fact.statement,
        "tagger:rule": fact.rule,
        "tagger:why": list(fact.why),
        "tagger:proof": [f"{proof.kind}: {proof.equation}" for proof in fact.proof],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    written: dict[str, Any] = {"code": finding.code, "severity": finding.severity, "message": finding.message}
    if finding.span is not None:
        written["span"] = [finding.span.start, finding.span.end]
    return written | {name: value for name in ("before", "after", "evidence") if (value := getattr(finding, name))}


def _schemes(tagged: Tagged) -> dict[str, str]:
    """Give every scheme of entities a prefix."""
    found = dict.fromkeys(fact.entity.scheme for fact in tagged.facts)
    others = [scheme for scheme in found if scheme != CIK_SCHEME]
    names = {scheme: f"entity{number}" if number > 1 else "entity" for number, scheme in enumerate(others, 1)}
    return {CIK_SCHEME: "cik"} | names if CIK_SCHEME in found else names


def _period(period: Period) -> str:
    """Write a period as OIM does: moments, so that the last day ends when the next begins."""
    end = f"{period.end + dt.timedelta(days=1)}T00:00:00"
    return end if isinstance(period, Instant) else f"{period.start}T00:00:00/{end}"
