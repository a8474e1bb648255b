"""The rules of the EDGAR Filer Manual that apply to an 8-K with a release (volume II, 5.2 and 6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tagger.checking.complaint import Complaint, Level
from tagger.data import load_json
from tagger.loading import LoadedReport
from tagger.loading.markup import Extension, Look, look_at, look_at_extension
from tagger.patterns import pattern
from tagger.values import CIK_SCHEME
from tagger.writing.edgar import IMAGE
from tagger.writing.names import schema_id

_NAME = pattern(r"[a-z0-9][a-z0-9_-]*\.htm")
_SCHEMA = pattern(r"[a-z0-9]+-\d{8}\.xsd")
_NAMESPACE = pattern(r"http://(?!\S*(?:sec\.gov|fasb\.org|xbrl\.us))\S+/\d{8}")
_DEFINITION = pattern(r"\d+ - (?:Document|Statement|Disclosure|Schedule) - \S.*")
_ELEMENTS = frozenset(["script", "style", "form", "input", "select", "button", "object", "embed", "iframe", "col", "colgroup", "dd", "del", "ins", "q", "cite", "label", "map"])  # fmt: skip
_ATTRIBUTES = frozenset({("a", "name"), ("html", "lang"), ("body", "link"), ("link", "rel"), ("link", "rev")})
_OLDEST = 2024  # the first year of the taxonomies that are accepted now


def check_edgar(path: Path, report: LoadedReport) -> list[Complaint]:
    """Return what the manual would refuse in the report at *path*."""
    found = [*_facts(report), *_taxonomy(report)]
    if path.suffix.lower() in {".htm", ".html", ".xhtml"}:
        found += _document(path.name, look_at(path))
        schema = path.parent / (Path(report.taxonomy[0]).name if report.taxonomy else "")
        if schema.suffix == ".xsd" and schema.is_file():
            found += _extension(schema.name, look_at_extension(schema), report)
    return found


def _complaint(rule: str, message: str, *, level: Level = Level.ERROR, where: str = "") -> Complaint:
    return Complaint(level=level, code=f"EFM.{rule}", message=message, source="tagger", where=where)


def _facts(report: LoadedReport) -> Iterable[Complaint]:
    cover = {fact.concept: str(fact.value) for fact in report.facts if not fact.numeric and not fact.members}
    for scheme, identifier in sorted({(fact.entity.scheme, fact.entity.identifier) for fact in report.facts}):
        if scheme != CIK_SCHEME or not re.fullmatch(r"\d{10}", identifier):
            yield _complaint("6.5.1", f"the entity {identifier} of {scheme} is no CIK of ten digits")
        elif cover.get("dei:EntityCentralIndexKey", identifier) != identifier:
            yield _complaint("6.5.2", f"the entity {identifier} is not the one of the cover")
    for concept in load_json("cover")["concepts"]:
        if concept["required"] and concept["name"] not in cover:
            yield _complaint("6.5.20", f"the cover lacks {concept['name']}")
    if any(fact.period is None for fact in report.facts):
        yield _complaint("6.5.38", "a fact that holds forever")


def _taxonomy(report: LoadedReport) -> Iterable[Complaint]:
    years = {prefix: found[0] for prefix, uri in report.namespaces.items() if (found := re.findall(r"/(\d{4})", uri))}
    official = {prefix: year for prefix, year in years.items() if prefix in {"us-gaap", "dei", "srt"}}
    if len(set(official.values())) > 1:
        named = ", ".join(f"{prefix} {year}" for prefix, year in sorted(official.items()))
        yield _complaint("6.22.3", f"taxonomies of different years: {named}")
    if any(int(year) < _OLDEST for year in official.values()):
        yield _complaint("6.22.0", f"a taxonomy of before {_OLDEST} is no longer accepted", level=Level.WARNING)


def _document(name: str, look: Look) -> Iterable[Complaint]:
    if not _NAME.fullmatch(name):
        yield _complaint("5.1.1", f"{name}: a name of small letters and digits that ends in .htm is asked for")
    if not look.ascii:
        yield _complaint("5.2.1.1", "characters beyond ASCII")
    if look.doctype:
        yield _complaint("5.2.5", "a DOCTYPE")
    for element in sorted(look.elements & _ELEMENTS):
        yield _complaint("5.2.5", f"the element {element}")
    for element, attribute in sorted(look.attributes & _ATTRIBUTES):
        yield _complaint("5.2.5", f"the attribute {attribute} of {element}")
    if look.outside:
        yield _complaint("5.2.5", f"a reference to the outside: {look.outside[0]}")
    if strange := [image for image in look.images if not IMAGE.fullmatch(image)]:
        yield _complaint("5.2.5", f"an image that is no file beside it: {strange[0][:60]}")
    if look.nested_tables:
        yield _complaint("5.2.5", f"{look.nested_tables} tables within tables")
    if strange_formats := sorted(look.formats - {"ixt", "ixt-sec"}):
        yield _complaint("5.2.5.12", f"transformations by the prefix {strange_formats[0]}", level=Level.WARNING)
    if look.equal:
        yield _complaint("6.5.7", "contexts that say the same", where=", ".join(look.equal[:5]))
    if look.unused:
        yield _complaint("6.5.8", "contexts or units that no fact has", where=", ".join(look.unused[:5]))


def _extension(name: str, extension: Extension, report: LoadedReport) -> Iterable[Complaint]:
    if not _SCHEMA.fullmatch(name):
        yield _complaint("6.3.3", f"{name}: a name as in acme-20240630.xsd is asked for")
    if not _NAMESPACE.fullmatch(extension.namespace):
        yield _complaint(
            "6.7.4", f"the namespace {extension.namespace} does not end with a date, or is not the filer's"
        )
    for definition in extension.definitions:
        if not _DEFINITION.fullmatch(definition):
            yield _complaint(
                "6.7.12", f"the definition of a role is not as in '0000002 - Statement - Title': {definition}"
            )
    ids = {schema_id(fact.concept) for fact in report.facts}
    for kind, shown, rule in (("presentation", extension.presented, "6.12.3"), ("label", extension.labelled, "6.10.1")):
        if missing := sorted(ids - shown):
            yield _complaint(rule, f"{len(missing)} concepts have no {kind}", where=", ".join(missing[:3]))
