"""Taxonomy and report packages: zip files that let what is written load without a network."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

from tagger.catalog import Namespace
from tagger.tagged import Tagged
from tagger.writing.extension import Extension, write_element
from tagger.writing.names import DTR_TYPES, DTR_TYPES_SCHEMA, FIXED, XBRLDT_SCHEMA, XBRLI_SCHEMA, Declared, official

_DATE = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_package(tagged: Tagged, extension: Extension, stem: str) -> bytes:
    """Write a taxonomy package with the concepts that *extension* takes from the official schemas, at their addresses."""
    folder = f"{stem}-taxonomy"
    files = {f"{folder}/{name}": data for name, data in _package_files(tagged, extension, stem).items()}
    return write_zip(files)


def write_report_package(
    tagged: Tagged, extension: Extension, stem: str, report: Mapping[str, bytes], kind: str
) -> bytes:
    """Write a report package: the files of *report* with its extension, and the package that lets it load.

    *kind* is "xbri" for Inline XBRL, "xbr" for JSON, "" for any other (Report Package 1.0, 3.2).
    """
    address = f"https://xbrl.org/report-package/2023{f'/{kind}' if kind else ''}"
    described = f'{{"documentInfo":{{"documentType":"{address}"}}}}\n'
    files = {"META-INF/reportPackage.json": described.encode(), **_package_files(tagged, extension, stem)}
    files |= {f"reports/{name}": data for name, data in {**report, **extension.files}.items()}
    return write_zip({f"{stem}/{name}": data for name, data in files.items()})


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """Write *files* in the order given; equal files make equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def _package_files(tagged: Tagged, extension: Extension, stem: str) -> dict[str, bytes]:
    schemas = {}
    rewrites = []
    for prefix, concepts in sorted(extension.official.items()):
        space = official(prefix, tagged.catalog_year)
        address = space.schema_url
        name = address.rpartition("/")[2]
        schemas[f"official/{name}"] = _subset(prefix, space, concepts).encode()
        # Whole addresses, not the start of them: all other official files stay reachable.
        rewrites.append(f'<rewriteURI uriStartString="{address}" rewritePrefix="../official/{name}"/>\n')
    catalog = f'{_XML}<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n{"".join(rewrites)}</catalog>\n'
    description = _description(tagged, stem)
    return {"META-INF/taxonomyPackage.xml": description.encode(), "META-INF/catalog.xml": catalog.encode(), **schemas}


def _subset(prefix: str, space: Namespace, concepts: Sequence[Declared]) -> str:
    spaces = f' xmlns:xbrli="{FIXED["xbrli"]}" xmlns:xbrldt="{FIXED["xbrldt"]}" xmlns:dtr-types="{DTR_TYPES}"'
    imports = {FIXED["xbrli"]: XBRLI_SCHEMA, FIXED["xbrldt"]: XBRLDT_SCHEMA, DTR_TYPES: DTR_TYPES_SCHEMA}
    return (
        f"{_XML}<!-- The concepts of {prefix} that one report uses: names and attributes only, so that it loads "
        f"without a network.\n     The taxonomy itself: {space.schema_url} -->\n"
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"{spaces} xmlns:{prefix}="{space.uri}" '
        f'targetNamespace="{space.uri}" elementFormDefault="qualified">\n'
        + "".join(f'<xs:import namespace="{uri}" schemaLocation="{at}"/>\n' for uri, at in imports.items())
        + "".join(_item_type(name) for name in _own_types(prefix, concepts))
        + "".join(map(write_element, concepts))
        + "</xs:schema>\n"
    )


def _own_types(prefix: str, concepts: Sequence[Declared]) -> list[str]:
    """Return the types that the schema of *prefix* itself has to declare for *concepts*."""
    types = (concept.type.partition(":") for concept in concepts)
    return sorted({local for owner, _, local in types if owner == prefix})


def _item_type(name: str) -> str:
    """Declare a type of text; the official one says besides which texts it allows."""
    return (
        f'<xs:complexType name="{name}"><xs:simpleContent>'
        '<xs:restriction base="xbrli:normalizedStringItemType"/></xs:simpleContent></xs:complexType>\n'
    )


def _description(tagged: Tagged, stem: str) -> str:
    entry = official("us-gaap", tagged.catalog_year).schema_url
    return (
        f'{_XML}<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">\n'
        f"<tp:identifier>{escape(tagged.namespace)}/taxonomy</tp:identifier>\n"
        f"<tp:name>US-GAAP {tagged.catalog_year}: the concepts that {escape(stem)} uses</tp:name>\n"
        f"<tp:version>{tagged.catalog_year}</tp:version>\n"
        f"<tp:entryPoints><tp:entryPoint><tp:name>US-GAAP {tagged.catalog_year}, in part</tp:name>"
        f'<tp:entryPointDocument href="{entry}"/></tp:entryPoint></tp:entryPoints>\n'
        "</tp:taxonomyPackage>\n"
    )
