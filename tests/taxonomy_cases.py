"""Invented taxonomy packages in the layouts that official ones have had; no official text is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_SPACES = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:xbrldt="http://xbrl.org/2005/xbrldt"'
)
OLD_SUM = "http://www.xbrl.org/2003/arcrole/summation-item"
NEW_SUM = "https://xbrl.org/2023/arcrole/summation-item"
_PARENT = "http://www.xbrl.org/2003/arcrole/parent-child"
_DEPRECATED = "http://www.xbrl.org/2009/arcrole/dep-concept-deprecatedConcept"

# name, type, period type, balance, abstract, substitution group
CONCEPTS = (
    ("HarbourAbstract", "xbrli:stringItemType", "duration", "", True, "xbrli:item"),
    ("PierAxis", "xbrli:stringItemType", "duration", "", True, "xbrldt:dimensionItem"),
    ("PierTable", "xbrli:stringItemType", "duration", "", True, "xbrldt:hypercubeItem"),
    ("HarbourAssets", "xbrli:monetaryItemType", "instant", "debit", False, "xbrli:item"),
    ("Quays", "xbrli:monetaryItemType", "instant", "debit", False, "xbrli:item"),
    ("QuayWear", "xbrli:monetaryItemType", "instant", "credit", False, "xbrli:item"),
    ("MooringFees", "xbrli:monetaryItemType", "duration", "credit", False, "xbrli:item"),
    ("MooringFeesPerBoat", "us-types:perShareItemType", "duration", "", False, "xbrli:item"),
    ("OldMooringFees", "xbrli:monetaryItemType", "duration", "credit", False, "xbrli:item"),
    ("BoatsMoored", "xbrli:monetaryItemType", "duration", "", False, "xbrli:item"),
)
LABELS = {"HarbourAssets": "Harbour Assets", "Quays": "Quays, Gross", "QuayWear": "Wear of Quays", "MooringFees": "Fees for Mooring"}  # fmt: skip


def schema(prefix: str, namespace: str, body: str, *, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema {_SPACES} xmlns:us-types="urn:types" '
        f'xmlns:{prefix}="{namespace}" targetNamespace="{namespace}" elementFormDefault="qualified">{head}{body}</xs:schema>'
    )


def elements(prefix: str, concepts: Sequence[tuple[str, str, str, str, bool, str]] = CONCEPTS) -> str:
    written = []
    for name, kind, period, balance, abstract, group in concepts:
        more = (" abstract='true'" if abstract else "") + (f" xbrli:balance='{balance}'" if balance else "")
        written.append(
            f'<xs:element name="{name}" id="{prefix}_{name}" type="{kind}" substitutionGroup="{group}" '
            f'nillable="true" xbrli:periodType="{period}"{more}/>'
        )
    return "".join(written)


def role_type(uri: str, definition: str) -> str:
    return (
        f'<xs:annotation><xs:appinfo><link:roleType roleURI="{uri}" id="r"><link:definition>{definition}'
        "</link:definition><link:usedOn>link:presentationLink</link:usedOn></link:roleType></xs:appinfo></xs:annotation>"
    )


def linkbase_ref(href: str, kind: str) -> str:
    return (
        f'<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type="simple" xlink:href="{href}" '
        f'xlink:role="http://www.xbrl.org/2003/role/{kind}LinkbaseRef" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xs:appinfo></xs:annotation>'
    )


def extended(kind: str, role: str, at: str, arcs: Sequence[tuple[str, str, str, str]], *, default: bool = False) -> str:
    """Write an extended link; an arc is (arcrole, from, to, more attributes). *default*: as 2009 wrote them."""
    names = dict.fromkeys(name for _, one, two, _ in arcs for name in (one, two))
    mark = "" if default else "link:"
    space = ' xmlns="http://www.xbrl.org/2003/linkbase"' if default else ""
    locators = "".join(
        f'<link:loc xlink:type="locator" xlink:href="{at}_{name}" xlink:label="loc_{name}"/>' for name in names
    )
    written = "".join(
        f'<{mark}{kind}Arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="loc_{one}" xlink:to="loc_{two}" {more}/>'
        for arcrole, one, two, more in arcs
    )
    return f'<{mark}{kind}Link xlink:type="extended" xlink:role="{role}"{space}>{locators}{written}</{mark}{kind}Link>'


def label_link(at: str, labels: Mapping[str, str] = LABELS) -> str:
    parts = "".join(
        f'<link:loc xlink:type="locator" xlink:href="{at}_{name}" xlink:label="l_{name}"/>'
        f'<link:label xlink:type="resource" xlink:label="t_{name}" xml:lang="en-US" '
        f'xlink:role="http://www.xbrl.org/2003/role/label">{text}</link:label>'
        '<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" '
        f'xlink:from="l_{name}" xlink:to="t_{name}"/>'
        for name, text in labels.items()
    )
    return f'<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">{parts}</link:labelLink>'


def linkbase(*links: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<link:linkbase {_SPACES}>{"".join(links)}</link:linkbase>'


def sums(arcrole: str) -> list[tuple[str, str, str, str]]:
    return [
        (arcrole, "HarbourAssets", "Quays", 'order="1" weight="1.0"'),
        (arcrole, "HarbourAssets", "QuayWear", 'order="2.0" weight="-1"'),
    ]


def tree() -> list[tuple[str, str, str, str]]:
    total = 'order="3" preferredLabel="http://www.xbrl.org/2003/role/totalLabel"'
    return [
        (_PARENT, "HarbourAbstract", "Quays", 'order="1"'),
        (_PARENT, "HarbourAbstract", "QuayWear", 'order="2"'),
        (_PARENT, "HarbourAbstract", "HarbourAssets", total),
    ]


def deprecations() -> list[tuple[str, str, str, str]]:
    return [(_DEPRECATED, "MooringFees", "OldMooringFees", 'order="1"')]


def suffix_of(year: int) -> str:
    return f"{year}-01-31" if year < 2022 else str(year)


def namespace_of(year: int) -> str:
    host = "http://xbrl.us" if year < 2011 else "http://fasb.org"
    return f"{host}/us-gaap/{suffix_of(year)}"


def us_gaap(year: int, *, concepts: Sequence[tuple[str, str, str, str, bool, str]] = CONCEPTS) -> dict[str, str]:
    """Return a small us-gaap package as *year* laid one out, by file name."""
    end, space = suffix_of(year), namespace_of(year)
    here = f"us-gaap-{end}.xsd#us-gaap"
    up = f"../elts/{here}"
    role = f"{space.rpartition('/')[0]}/role/statement/StatementOfHarbour"
    gone = f"{space.rpartition('/')[0]}/role/deprecated/deprecated"
    stm = "us-gaap-stm-ci-sfp" if year < 2012 else "us-gaap-stm-sfp"
    dep = "dep" if year < 2019 else "depcon"
    old = year < 2012
    entry = "".join(
        f'<xs:import namespace="urn:{n}" schemaLocation="{n}"/>'
        for n in (f"../elts/us-gaap-std-{end}.xsd", f"../stm/{stm}-{end}.xsd")
    )
    files = {
        f"elts/us-gaap-{end}.xsd": schema("us-gaap", space, elements("us-gaap", concepts)),
        f"elts/us-gaap-std-{end}.xsd": schema(
            "std",
            f"{space}-std",
            f'<xs:import namespace="{space}" schemaLocation="us-gaap-{end}.xsd"/>',
            head=linkbase_ref(f"us-gaap-lab-{end}.xml", "label"),
        ),
        f"elts/us-roles-{end}.xsd": schema(
            "us-roles", f"{space}-roles", "", head=role_type(role, "104000 - Statement - Harbour")
        ),
        f"elts/us-gaap-lab-{end}.xml": linkbase(label_link(here)),
        f"elts/us-gaap-{dep}-def-{end}.xml": linkbase(extended("definition", gone, here, deprecations(), default=old)),
        f"stm/{stm}-{end}.xsd": schema(
            "stm",
            f"{space}-stm",
            "",
            head=linkbase_ref(f"{stm}-cal-{end}.xml", "calculation")
            + linkbase_ref(f"{stm}-pre-{end}.xml", "presentation"),
        ),
        f"stm/{stm}-cal-{end}.xml": linkbase(
            extended("calculation", role, up, sums(OLD_SUM if year < 2024 else NEW_SUM), default=old)
        ),
        f"stm/{stm}-pre-{end}.xml": linkbase(extended("presentation", role, up, tree(), default=old)),
        f"entire/us-gaap-entryPoint-std-{end}.xsd": schema("entry", f"{space}-entry", entry),
    }
    return files | (_meta(year) if year in (2017, 2024, 2025) else {})


def _meta(year: int) -> dict[str, str]:
    start = f"https://xbrl.fasb.org/us-gaap/{year}/"
    entry = f"{start}entire/us-gaap-entryPoint-std-{suffix_of(year)}.xsd"
    return {
        "META-INF/taxonomyPackage.xml": (
            '<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package"><tp:entryPoints><tp:entryPoint>'
            f'<tp:entryPointDocument href="{entry}"/></tp:entryPoint></tp:entryPoints></tp:taxonomyPackage>'
        ),
        "META-INF/catalog.xml": (
            '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
            f'<rewriteURI rewritePrefix="../" uriStartString="{start}"/></catalog>'
        ),
    }


def embedded(family: str = "dei", year: int = 2024) -> dict[str, str]:
    """Return a package of the SEC's as since 2021: linkbases stand inside the schemas."""
    space = f"http://xbrl.sec.gov/{family}/{year}"
    at = f"{family}-{year}.xsd#{family}"
    role = f"{space}/role/statement/Harbour"
    links = linkbase(
        label_link(at), extended("presentation", role, at, tree()), extended("calculation", role, at, sums(NEW_SUM))
    ).partition("?>\n")[2]
    head = f"<xs:annotation><xs:appinfo>{links}</xs:appinfo></xs:annotation>"
    return {
        f"{family}-{year}.xsd": schema(family, space, elements(family)),
        f"{family}-{year}_lab.xsd": schema("lab", f"{space}-lab", "", head=head),
    }


def zipped(files: Mapping[str, str | bytes], path: Path, *, top: str = "") -> Path:
    path.write_bytes(zip_bytes({f"{top}{name}": data for name, data in files.items()}))
    return path


def zip_bytes(files: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def folder(files: Mapping[str, str | bytes], path: Path) -> Path:
    for name, data in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path
