"""The facts about a report itself that the SEC asks for, from the submission's header, the release, and options."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from tagger.data import load_json
from tagger.document import Submission
from tagger.facts import TextFact
from tagger.findings import Code, Finding
from tagger.patterns import pattern
from tagger.tagged import Tagged
from tagger.values import CIK_SCHEME, Duration

_PHONE = pattern(r"\D*(\d{3})\D*(\d{3})\D*(\d{4})\D*")
_DEFAULTS = {
    "WrittenCommunications": "false",
    "SolicitingMaterial": "false",
    "PreCommencementTenderOffer": "false",
    "PreCommencementIssuerTenderOffer": "false",
}


def with_cover(tagged: Tagged, company: str, known: Mapping[str, str], given: Mapping[str, str]) -> Tagged:
    """Return *tagged* with the cover that the SEC's rules ask for; *given* wins over all that is read.

    Raises `ValueError` for names that are no part of a cover.
    """
    options = {name.removeprefix("dei:"): value for name, value in given.items()}
    concepts = {concept["name"].removeprefix("dei:"): concept for concept in load_json("cover")["concepts"]}
    if strange := sorted(set(options) - set(concepts)):
        raise ValueError(f"{', '.join(strange)}: no part of a cover; choose of {', '.join(concepts)}")
    values = _read(tagged, company, known) | {name: value for name, value in options.items() if value}
    date = _date(values)
    cover = tuple(_facts(tagged, concepts, values, date))
    missing = [name for name, concept in concepts.items() if concept["required"] and name not in values]
    findings = (*tagged.findings, _incomplete(missing)) if missing else tagged.findings
    return replace(tagged, profile="sec", cover=cover, findings=findings)


def _read(tagged: Tagged, company: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return what header and release say, by local name; nothing is said twice, and nothing guessed."""
    submission = tagged.document.submission or Submission()
    form = (submission.form or "8-K").upper()
    reported = submission.period or submission.filed or _namespace_date(tagged)
    found = {
        "DocumentType": form,
        "AmendmentFlag": "true" if form.endswith("/A") else "false",
        "DocumentPeriodEndDate": reported.isoformat(),
        "EntityRegistrantName": company,
        "EntityCentralIndexKey": tagged.entity.identifier if tagged.entity.scheme == CIK_SCHEME else "",
        "TradingSymbol": known.get("TradingSymbol", ""),
        "SecurityExchangeName": load_json("cover")["exchanges"].get(known.get("SecurityExchangeName", "").lower(), ""),
        **_DEFAULTS,
        **_header(dict(submission.fields)),
    }
    return {name: value for name, value in found.items() if value}


def _header(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what the header of a submission says for the cover."""
    found = {name: fields[line] for line, name in load_json("cover")["header"].items() if line in fields}
    number = found.get("EntityTaxIdentificationNumber", "")
    if re.fullmatch(r"\d{9}", number):
        found["EntityTaxIdentificationNumber"] = f"{number[:2]}-{number[2:]}"
    if phone := _PHONE.fullmatch(fields.get("BUSINESS PHONE", "")):
        found |= {"CityAreaCode": phone[1], "LocalPhoneNumber": f"{phone[2]}-{phone[3]}"}
    return found


def _namespace_date(tagged: Tagged) -> dt.date:
    return dt.datetime.strptime(tagged.namespace.rpartition("/")[2], "%Y%m%d").date()


def _date(values: Mapping[str, str]) -> dt.date:
    try:
        return dt.date.fromisoformat(values["DocumentPeriodEndDate"])
    except ValueError as error:
        raise ValueError(f"DocumentPeriodEndDate {values['DocumentPeriodEndDate']!r} is no date: {error}") from error


def _facts(
    tagged: Tagged, concepts: Mapping[str, Mapping[str, Any]], values: Mapping[str, str], date: dt.date
) -> Iterable[TextFact]:
    for name, concept in concepts.items():
        if name in values and concept["first"] <= tagged.catalog_year:
            words = concept["type"] not in {"booleanItemType", "dateItemType"}
            yield TextFact(
                id=f"cover-{name}",
                concept=concept["name"],
                entity=tagged.entity,
                period=Duration(date, date),
                value=" ".join(values[name].split()),
                label=concept["label"],
                language="en-us" if words else None,
            )


def _incomplete(missing: Iterable[str]) -> Finding:
    return Finding.warning(
        Code.COVER_INCOMPLETE, f"the cover lacks {', '.join(missing)}: nothing says it; give --cover NAME=VALUE"
    )
