"""Official taxonomies: packages of every layout are read, hostile ones refused, and what they say can be asked for."""

from __future__ import annotations

import csv
import os
import re
import stat
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import tagger
from tagger.catalog import load_catalog as load_built_in
from tagger.catalog import older_name
from tagger.catalog.tables import table_rows
from tagger.cli.commands import app
from tagger.findings import Code
from tagger.naming.years import concept_in_year, year_findings
from tagger.ruleset import load_rules
from tagger.suggesting import suggest
from tagger.taxonomies import PackageError, StoreError, Taxonomy, differences, load_catalog
from tagger.taxonomies import package as packaging
from tagger.taxonomies.folder import store_folder
from tagger.values import Span
from taxonomy_cases import (
    CONCEPTS,
    NEW_SUM,
    elements,
    embedded,
    extended,
    folder,
    linkbase,
    schema,
    sums,
    us_gaap,
    zip_bytes,
    zipped,
)

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "taxonomy"
PUBLISHED = sorted(int(path.stem[-4:]) for path in (REFERENCE / "packages").glob("us-gaap-*.zip"))
YEARS = (2009, 2012, 2017, 2020, 2022, 2024, 2025)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a store of its own."""
    monkeypatch.delenv("TAGGER_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = store_folder()
    assert found is not None
    return found


@pytest.fixture
def installed(tmp_path: Path) -> Taxonomy:
    return Taxonomy.add(zipped(us_gaap(2024), tmp_path / "us-gaap-2024.zip"))


# --- what a package says


@pytest.mark.parametrize("year", YEARS)
def test_a_package_of_any_year_is_read_alike(year: int, tmp_path: Path) -> None:
    taxonomy = Taxonomy.add(zipped(us_gaap(year), tmp_path / "p.zip"))
    about = taxonomy.about
    assert (about.name, about.concepts, about.labels) == (f"us-gaap/{year}", len(CONCEPTS), 4)
    assert (about.calculations, about.presentations, about.deprecations, about.gaps) == (2, 3, 1, ())
    found = taxonomy.concept("us-gaap:HarbourAssets")
    assert found is not None
    assert [(part.child, part.weight) for part in found.children] == [("us-gaap:Quays", 1), ("us-gaap:QuayWear", -1)]
    assert found.label == "Harbour Assets"
    assert (found.attributes.type, found.attributes.period_type, found.attributes.balance) == (
        "monetaryItemType",
        "instant",
        "debit",
    )
    (position,) = found.positions
    assert (position.path, position.place, position.preferred) == (("us-gaap:HarbourAbstract",), 3, "totalLabel")
    assert position.definition == "104000 - Statement - Harbour"
    assert taxonomy.successor("us-gaap:OldMooringFees") == "us-gaap:MooringFees"
    assert taxonomy.successor("us-gaap:MooringFees") is None


@pytest.mark.parametrize("top", ["", "us-gaap-2024/"])
def test_one_folder_around_all_files_may_be_there_or_not(top: str, tmp_path: Path) -> None:
    assert len(Taxonomy.add(zipped(us_gaap(2024), tmp_path / "p.zip", top=top))) == len(CONCEPTS)


def test_an_unpacked_folder_says_the_same_as_its_zip(tmp_path: Path) -> None:
    packed = Taxonomy.add(zipped(us_gaap(2017), tmp_path / "p.zip")).concept("Quays")
    unpacked = Taxonomy.add(folder(us_gaap(2017), tmp_path / "p")).concept("Quays")
    assert packed == unpacked


@pytest.mark.parametrize("family", ["dei", "srt", "us-gaap-ebp"])
def test_linkbases_inside_schemas_are_read(family: str, tmp_path: Path) -> None:
    taxonomy = Taxonomy.add(zipped(embedded(family), tmp_path / "p.zip"))
    assert taxonomy.name == f"{family}/2024"
    found = taxonomy.concept("Quays")
    assert found is not None
    assert (found.name, found.label) == (f"{family}:Quays", "Quays, Gross")
    assert [(part.parent, part.weight) for part in found.parents] == [(f"{family}:HarbourAssets", 1)]


def test_alternative_sums_of_one_statement_stay_apart(tmp_path: Path) -> None:
    files = us_gaap(2024)
    at = "../elts/us-gaap-2024.xsd#us-gaap"
    files["stm/us-gaap-stm-sfp1-cal-2024.xml"] = linkbase(extended("calculation", "urn:other", at, sums(NEW_SUM)[:1]))
    found = Taxonomy.add(zipped(files, tmp_path / "p.zip")).concept("HarbourAssets")
    assert found is not None
    assert Counter(part.role for part in found.children) == {
        "http://fasb.org/us-gaap/role/statement/StatementOfHarbour": 2,
        "urn:other": 1,
    }


def test_locator_labels_mean_something_in_their_own_link_only(tmp_path: Path) -> None:
    files = us_gaap(2024)
    at = "../elts/us-gaap-2024.xsd#us-gaap"
    one = extended("calculation", "urn:one", at, [(NEW_SUM, "HarbourAssets", "Quays", 'order="1" weight="1"')])
    two = extended("calculation", "urn:two", at, [(NEW_SUM, "HarbourAssets", "QuayWear", 'order="1" weight="-1"')])
    mixed = (one + two).replace('"loc_Quays"', '"same"').replace('"loc_QuayWear"', '"same"')
    files["stm/us-gaap-stm-sfp-cal-2024.xml"] = linkbase(mixed)
    found = Taxonomy.add(zipped(files, tmp_path / "p.zip")).concept("HarbourAssets")
    assert found is not None
    assert [(part.role, part.child) for part in found.children] == [
        ("urn:one", "us-gaap:Quays"),
        ("urn:two", "us-gaap:QuayWear"),
    ]


def test_locators_may_be_absolute(tmp_path: Path) -> None:
    files = us_gaap(2024)
    at = "https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd#us-gaap"
    files["stm/us-gaap-stm-sfp-cal-2024.xml"] = linkbase(extended("calculation", "urn:r", at, sums(NEW_SUM)))
    found = Taxonomy.add(zipped(files, tmp_path / "p.zip")).concept("Quays")
    assert found is not None
    assert found.parents[0].parent == "us-gaap:HarbourAssets"


def test_a_prohibited_arc_is_not_there(tmp_path: Path) -> None:
    files = us_gaap(2024)
    arcs = [*sums(NEW_SUM), (NEW_SUM, "HarbourAssets", "Quays", 'order="1" weight="1.0" use="prohibited" priority="1"')]
    files["stm/us-gaap-stm-sfp-cal-2024.xml"] = linkbase(
        extended("calculation", "urn:r", "../elts/us-gaap-2024.xsd#us-gaap", arcs)
    )
    found = Taxonomy.add(zipped(files, tmp_path / "p.zip")).concept("HarbourAssets")
    assert found is not None
    assert [part.child for part in found.children] == ["us-gaap:QuayWear"]


def test_attributes_are_kept_for_each_year(tmp_path: Path) -> None:
    Taxonomy.add(zipped(us_gaap(2022), tmp_path / "a.zip"))
    moved = [(n, k, "duration" if n == "Quays" else p, b, a, g) for n, k, p, b, a, g in CONCEPTS]
    newer = Taxonomy.add(zipped(us_gaap(2024, concepts=moved), tmp_path / "b.zip"))
    assert [(one.year, one.period_type) for one in newer.history("us-gaap:Quays")] == [
        (2022, "instant"),
        (2024, "duration"),
    ]
    for year, period_type in ((2022, "instant"), (2023, "instant"), (2024, "duration")):
        found = load_catalog(year).get("us-gaap:Quays")
        assert found is not None
        assert found.period_type == period_type


def test_words_find_concepts_by_label_and_by_name(installed: Taxonomy) -> None:
    assert [hit.concept for hit in installed.search("wear quay")] == ["us-gaap:QuayWear"]
    assert installed.search("mooring fees")[0].concept == "us-gaap:MooringFees"
    assert installed.search("zeppelin") == installed.search("  ") == ()


def test_what_is_not_there_is_none(installed: Taxonomy) -> None:
    assert installed.concept("Zeppelins") is None
    assert installed.successor("us-gaap:Zeppelins") is None
    assert "us-gaap:Zeppelins" not in installed
    assert "us-gaap:Quays" in installed


# --- what is not a package


def _with(year: int, **changes: str | bytes | None) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {**us_gaap(year)}
    for name, data in changes.items():
        if data is None:
            del files[name]
        else:
            files[name] = data
    return files


def _dtd(entity: str, use: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE x [{entity}]>' + linkbase(f"<link:x>{use}</link:x>").partition("?>")[2]


_LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_SFP = "stm/us-gaap-stm-sfp-cal-2024.xml"
HOSTILE: dict[str, tuple[dict[str, str | bytes], str]] = {
    "climbs": (_with(2024, **{"../out.xml": "<x/>"}), "'../out.xml': its name climbs out of the package"),
    "climbs deep": (_with(2024, **{"elts/../../out.xml": "<x/>"}), "climbs out"),
    "absolute": (_with(2024, **{"/etc/out.xml": "<x/>"}), "'/etc/out.xml': an absolute name"),
    "drive": (_with(2024, **{"C:/out.xml": "<x/>"}), "an absolute name"),
    "backslash": (_with(2024, **{"..\\out.xml": "<x/>"}), "a backslash in its name"),
    "control": (_with(2024, **{"elts/a\nb.xml": "<x/>"}), "a control character in its name"),
    "dots": (_with(2024, **{"elts/./b.xml": "<x/>"}), "a name that is not plain"),
    "laughs": (_with(2024, **{_SFP: _dtd(_LAUGHS, "&i;")}), f"{_SFP}: has a document type or entities"),
    "external entity": (
        _with(2024, **{_SFP: _dtd('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")}),
        "has a document type or entities",
    ),
    "hidden entity": (
        _with(2024, **{_SFP: _dtd(_LAUGHS, "&i;").encode("utf-16")}),
        f"{_SFP}: is not in UTF-8",
    ),
    "odd encoding": (
        _with(2024, **{_SFP: b'<?xml version="1.0" encoding="UTF-7"?>+ADw-x/+AD4-'}),
        f"{_SFP}: is in utf-7, not in UTF-8",
    ),
    "broken": (_with(2024, **{_SFP: "<link:linkbase>"}), f"{_SFP}: broken XML"),
    "broken schema": (_with(2024, **{"elts/us-roles-2024.xsd": "<x/>"}), "elts/us-roles-2024.xsd: is not a schema"),
    "points into the system": (
        _with(2024, **{_SFP: linkbase(extended("calculation", "urn:r", "file:///etc/passwd#us-gaap", sums(NEW_SUM)))}),
        "neither in the package nor on the web",
    ),
    "points out": (
        _with(2024, **{_SFP: linkbase(extended("calculation", "urn:r", "../../etc/x.xsd#us-gaap", sums(NEW_SUM)))}),
        "lies outside the package",
    ),
    "points out in code": (
        _with(2024, **{_SFP: linkbase(extended("calculation", "urn:r", "..%2f..%2fx.xsd#us-gaap", sums(NEW_SUM)))}),
        "lies outside the package",
    ),
    "points nowhere": (
        _with(
            2024, **{_SFP: linkbase(extended("calculation", "urn:r", "../elts/us-gaap-2024.xsd#gone", sums(NEW_SUM)))}
        ),
        "where no concept is declared",
    ),
    "arc to nothing": (
        _with(2024, **{_SFP: us_gaap(2024)[_SFP].replace('xlink:to="loc_Quays"', 'xlink:to="loc_No"')}),
        "an arc leads to 'loc_No', which no locator is called",
    ),
    "odd weight": (
        _with(2024, **{_SFP: us_gaap(2024)[_SFP].replace('weight="1.0"', 'weight="0.5"')}),
        "the weight '0.5'",
    ),
    "weight not a number": (
        _with(2024, **{_SFP: us_gaap(2024)[_SFP].replace('weight="1.0"', 'weight="NaN"')}),
        "the weight 'NaN'",
    ),
    "order not a number": (_with(2024, **{_SFP: us_gaap(2024)[_SFP].replace('"2.0"', '"x"')}), "the order 'x'"),
    "missing sums": (_with(2024, **{_SFP: None}), f"{_SFP}: is missing, and stm/us-gaap-stm-sfp-2024.xsd needs it"),
    "missing part": (
        _with(2024, **{"elts/us-gaap-std-2024.xsd": None}),
        "elts/us-gaap-std-2024.xsd: is missing, and entire/us-gaap-entryPoint-std-2024.xsd needs it",
    ),
    "missing entry point": (
        _with(2024, **{"entire/us-gaap-entryPoint-std-2024.xsd": None, "entire/other.xsd": schema("o", "urn:o", "")}),
        "entire/us-gaap-entryPoint-std-2024.xsd: is missing, and META-INF/taxonomyPackage.xml needs it",
    ),
    "missing concepts": (
        _with(2024, **{"elts/us-gaap-2024.xsd": None}),
        "elts/us-gaap-2024.xsd: is missing, and with it the attributes of its concepts",
    ),
    "no period type": (
        _with(
            2024, **{"elts/us-gaap-2024.xsd": us_gaap(2024)["elts/us-gaap-2024.xsd"].replace("periodType", "period")}
        ),
        "has no period type",
    ),
    "odd balance": (
        _with(2024, **{"elts/us-gaap-2024.xsd": us_gaap(2024)["elts/us-gaap-2024.xsd"].replace("'debit'", "'left'")}),
        "has the balance 'left'",
    ),
    "no concepts": ({"a.xsd": schema("a", "urn:a", "")}, "declares no concepts"),
    "nothing": ({}, "there are no files in it"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_package_is_refused_by_name_and_reason(name: str, tmp_path: Path, store: Path) -> None:
    files, reason = HOSTILE[name]
    path = zipped(files, tmp_path / "hostile.zip")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PackageError) as caught:
        Taxonomy.add(path)
    assert str(caught.value).startswith("hostile.zip: ")
    assert reason in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before  # nothing was written, there or anywhere
    assert Taxonomy.installed() == ()


def _link(name: str, target: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(us_gaap(2024), tmp_path / "p.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(_link("elts/passwd.xml", "/etc/passwd"), "/etc/passwd")
    with pytest.raises(PackageError, match=r"p\.zip: elts/passwd\.xml: is a link"):
        Taxonomy.add(path)


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    path = folder(us_gaap(2024), tmp_path / "p")
    (path / "elts" / "passwd.xml").symlink_to("/etc/passwd")
    with pytest.raises(PackageError, match=r"p: elts/passwd\.xml: is a link"):
        Taxonomy.add(path)


def test_a_linked_folder_in_a_folder_is_refused(tmp_path: Path) -> None:
    path = folder(us_gaap(2024), tmp_path / "p")
    (path / "more").symlink_to("/etc", target_is_directory=True)
    with pytest.raises(PackageError, match="p: more: is a link"):
        Taxonomy.add(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_a_folder_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = folder(us_gaap(2024), tmp_path / "p")
    os.mkfifo(path / "elts" / "pipe.xml")
    with pytest.raises(PackageError, match="neither a file nor a folder"):
        Taxonomy.add(path)


def test_a_file_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = zipped(_with(2024, **{"elts/big.xml": b" " * 5_000_000}), tmp_path / "p.zip")
    with pytest.raises(PackageError, match=r"elts/big\.xml: unpacks to more than 150 times its size"):
        Taxonomy.add(path)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaging, "MOST_FILES", 20)
    path = zipped({**us_gaap(2024), **{f"x/{n}.txt": "" for n in range(30)}}, tmp_path / "p.zip")
    with pytest.raises(PackageError, match="more than 20 files"):
        Taxonomy.add(path)
    with pytest.raises(PackageError, match="more than 20 files"):
        Taxonomy.add(folder({**us_gaap(2024), **{f"x/{n}.txt": "" for n in range(30)}}, tmp_path / "p"))


def test_a_directory_too_large_to_read_is_refused_unread(tmp_path: Path) -> None:
    path = zipped({f"{n:0100}": "" for n in range(20_000)}, tmp_path / "p.zip")
    with pytest.raises(PackageError, match="more than 5,000 files"):
        Taxonomy.add(path)


def test_too_many_bytes_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaging, "MOST_BYTES", 2_000)
    with pytest.raises(PackageError, match="more than 2,000 bytes together"):
        Taxonomy.add(zipped(us_gaap(2024), tmp_path / "p.zip"))


def test_one_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaging, "MOST_BYTES_OF_ONE", 1_000)
    with pytest.raises(PackageError, match="more than a file of a taxonomy may have"):
        Taxonomy.add(zipped(us_gaap(2024), tmp_path / "p.zip"))


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.xsd": os.urandom(3_000), "b.xsd": b"x"}))
    place = data.rfind(b"PK\x01\x02")  # the directory's entry for b: say that it is as large as a
    first = data.find(b"PK\x01\x02")
    data[place + 20 : place + 28] = data[first + 20 : first + 28]
    path = tmp_path / "p.zip"
    path.write_bytes(data)
    with pytest.raises(PackageError, match="overlap"):
        Taxonomy.add(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_in_the_zip_twice_is_refused(tmp_path: Path) -> None:
    path = zipped(us_gaap(2024), tmp_path / "p.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("elts/us-gaap-2024.xsd", "<x/>")
    with pytest.raises(PackageError, match="stands in the zip twice"):
        Taxonomy.add(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(data)
    with pytest.raises(PackageError, match=r"^p\.zip: "):
        Taxonomy.add(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"none\.zip: cannot be read: No such file"):
        Taxonomy.add(tmp_path / "none.zip")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_zip_is_read_or_refused_and_never_fails_otherwise(data: st.DataObject, tmp_path: Path) -> None:
    content = bytearray(zip_bytes(us_gaap(2012)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged.zip"
    path.write_bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))])
    with suppress(PackageError):
        Taxonomy.add(path)


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(lambda t: f"elts/../{t}"))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_that_climbs_is_ever_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(PackageError):
        Taxonomy.add(zipped(_with(2012, **{name: "<x/>"}), tmp_path / "climbing.zip"))


@pytest.mark.parametrize("kind", ["lab", "doc", "ref"])
def test_what_only_describes_may_be_missing_and_is_said(kind: str, tmp_path: Path) -> None:
    files = us_gaap(2024)
    name = f"elts/us-gaap-{kind}-2024.xml"
    files["elts/us-gaap-std-2024.xsd"] = files["elts/us-gaap-std-2024.xsd"].replace("us-gaap-lab-", f"us-gaap-{kind}-")
    files.pop(name, None)
    path = zipped(files, tmp_path / "p.zip")
    (gap,) = Taxonomy.add(path).about.gaps
    assert gap.startswith(f"{name} is missing")
    with pytest.raises(PackageError, match="is missing"):
        Taxonomy.add(path, strict=True)


def test_without_its_schema_us_gaap_has_the_attributes_we_know(tmp_path: Path) -> None:
    files = us_gaap(2012)
    del files["elts/us-gaap-2012-01-31.xsd"]
    known = {"HarbourAssets": "Assets", "QuayWear": "Liabilities", "Quays": "AssetsCurrent", "HarbourAbstract": "AssetsAbstract"}  # fmt: skip
    files = {name: re.sub("|".join(known), lambda match: known[match[0]], data) for name, data in files.items()}
    taxonomy = Taxonomy.add(zipped(files, tmp_path / "p.zip"))
    found = taxonomy.concept("Assets")
    assert found is not None
    assert (found.attributes.type, found.attributes.balance) == ("monetaryItemType", "debit")
    assert "elts/us-gaap-2012-01-31.xsd is missing" in taxonomy.about.gaps[0]
    unknown = taxonomy.attributes("us-gaap:MooringFees")
    assert unknown is not None
    assert unknown.type == ""
    assert load_catalog(2012).find("us-gaap:MooringFees") is None  # no rule can name what nobody knows


# --- the store


def test_a_store_of_another_version_says_what_to_do(installed: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> None:
    from tagger.taxonomies import store as stores

    stores._opened.cache_clear()
    monkeypatch.setattr(stores, "VERSION", 99)
    with pytest.raises(StoreError, match="another version of tagger: add the package again"):
        Taxonomy("us-gaap/2024")
    assert Taxonomy.installed() == ()


@pytest.mark.parametrize("content", [b"", b"rubbish" * 1000])
def test_a_broken_store_says_what_to_do_and_adds_nothing(content: bytes, store: Path) -> None:
    store.mkdir(parents=True)
    (store / "us-gaap-2024.taxonomy").write_bytes(content)
    with pytest.raises(StoreError, match="us-gaap-2024"):
        Taxonomy("us-gaap/2024")
    assert load_catalog(2024).get("us-gaap:Assets") is not None


def test_a_failed_write_leaves_the_old_store(
    installed: Taxonomy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    from tagger.taxonomies import store as stores

    before = (store / "us-gaap-2024.taxonomy").read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stores, "_fill", fail)
    with pytest.raises(StoreError, match="No space left"):
        Taxonomy.add(tmp_path / "us-gaap-2024.zip")
    assert [path.name for path in store.iterdir()] == ["us-gaap-2024.taxonomy"]
    assert (store / "us-gaap-2024.taxonomy").read_bytes() == before


def test_a_store_may_be_replaced_while_it_is_open(installed: Taxonomy, tmp_path: Path) -> None:
    files = us_gaap(2024, concepts=CONCEPTS[:-1])
    newer = Taxonomy.add(zipped(files, tmp_path / "newer.zip"))
    assert (len(installed), len(newer)) == (len(CONCEPTS), len(CONCEPTS) - 1)
    assert installed.concept("BoatsMoored") is not None
    assert newer.concept("BoatsMoored") is None


def test_the_same_package_makes_the_same_store(tmp_path: Path, store: Path) -> None:
    path = zipped(us_gaap(2024), tmp_path / "p.zip")
    Taxonomy.add(path)
    first = (store / "us-gaap-2024.taxonomy").read_bytes()
    Taxonomy.add(path)
    assert (store / "us-gaap-2024.taxonomy").read_bytes() == first


def test_threads_may_share_a_taxonomy(installed: Taxonomy) -> None:
    names = ["Quays", "BoatsMoored", "MooringFees", "QuayWear"] * 100
    expected = [installed.concept(name) for name in names]
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(lambda: [installed.concept(name) for name in names]) for _ in range(8)]
    assert None not in expected
    assert all(one.result() == expected for one in asked)


def test_a_taxonomy_is_opened_by_its_name_only(installed: Taxonomy) -> None:
    assert Taxonomy("us-gaap/2024").about == installed.about
    with pytest.raises(StoreError, match=r"us-gaap/2011 is not installed \(installed: us-gaap/2024\)"):
        Taxonomy("us-gaap/2011")
    with pytest.raises(ValueError, match="give FAMILY/YEAR"):
        Taxonomy("../../etc/passwd")


def test_a_removed_taxonomy_is_gone(installed: Taxonomy) -> None:
    Taxonomy.remove("us-gaap/2024")
    assert Taxonomy.installed() == ()


# --- the catalog over it


def test_an_installed_taxonomy_adds_to_the_catalog(installed: Taxonomy) -> None:
    catalog = load_catalog(2024)
    quays = catalog.get("us-gaap:Quays")
    assert quays is not None
    assert (quays.type, quays.period_type, quays.balance, quays.unit_kind) == (
        "monetaryItemType",
        "instant",
        "debit",
        "money",
    )
    assert catalog.successor("us-gaap:OldMooringFees") == "us-gaap:MooringFees"
    assert catalog.suggest("us-gaap:MooringFee")[0] == "us-gaap:MooringFees"


def test_an_installed_taxonomy_changes_nothing_that_is_built_in(tmp_path: Path) -> None:
    built_in = load_built_in(2024)
    contrary = [("Assets", "xbrli:sharesItemType", "duration", "", False, "xbrli:item"), *CONCEPTS]
    taxonomy = Taxonomy.add(zipped(us_gaap(2024, concepts=contrary), tmp_path / "p.zip"))
    catalog = load_catalog(2024)
    assert all(catalog.find(name) == built_in.find(name) for name in built_in.names())
    assert catalog.namespaces("us-gaap") == built_in.namespaces("us-gaap")
    (difference,) = differences(taxonomy)
    assert difference == (
        "us-gaap:Assets: built in monetaryItemType instant debit; in the package sharesItemType duration"
    )


def test_a_year_after_the_built_in_ones_comes_with_its_taxonomy(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2009 to 2025, not of 2031"):
        load_catalog(2031)
    Taxonomy.add(zipped(us_gaap(2031), tmp_path / "p.zip"))
    catalog = load_catalog(2031)
    assert catalog.get("us-gaap:Quays") is not None
    assert catalog.get("us-gaap:Assets") is None  # that year's taxonomy does not have it
    space = catalog.namespaces("us-gaap")
    assert space is not None
    assert space.schema_url == "https://xbrl.fasb.org/us-gaap/2031/elts/us-gaap-2031.xsd"
    with pytest.raises(ValueError, match="us-gaap/2030 is not installed"):
        load_catalog(2030)


RULE = """
- id: harbour-mooring-fees
  concept: us-gaap:MooringFees
  statement: operations
  rows:
    - mooring fees
  matches:
    - "operations: Mooring fees"
  skips:
    - "operations: Mooring fees waived"
"""
RELEASE = """
HARBOR & PINE CORP.
CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

                              Year Ended December 31,
                                 2023          2022
Net sales                     $ 38,214      $ 38,051
Mooring fees                     2,617         6,905
Operating expenses              30,000        31,000
Net income                    $ 11,861      $ 12,920
"""


def test_a_rule_may_name_what_an_installed_taxonomy_has_and_only_that(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "harbour.yaml").write_text(RULE)
    with pytest.raises(ExceptionGroup) as caught:
        load_rules(tmp_path / "rules")
    assert "us-gaap:MooringFees" in str(caught.value.exceptions[0])
    Taxonomy.add(zipped(us_gaap(2024), tmp_path / "p.zip"))
    report = tagger.tag(RELEASE, entity="cik:12345", rules=tmp_path / "rules")
    assert [f.value for f in report.facts if f.concept == "us-gaap:MooringFees"] == [2617000, 6905000]
    assert b"us-gaap:MooringFees" in report.render("xml")
    Taxonomy.remove("us-gaap/2024")
    with pytest.raises(ExceptionGroup):  # compiled rules are not taken from the cache once the taxonomy is gone
        load_rules(tmp_path / "rules")


def test_results_do_not_depend_on_what_is_installed(tmp_path: Path) -> None:
    before = tagger.tag(RELEASE, entity="cik:12345").render("xml")
    Taxonomy.add(zipped(us_gaap(2024), tmp_path / "p.zip"))
    assert tagger.tag(RELEASE, entity="cik:12345").render("xml") == before


# --- years


def _year(taxonomy: str) -> tuple[dict[str, list[int]], list[str]]:
    report = tagger.tag(RELEASE, entity="cik:12345", taxonomy=taxonomy)
    values: dict[str, list[int]] = {}
    for fact in report.facts:
        values.setdefault(fact.concept, []).append(int(fact.value))
    return values, [f.message for f in report.findings if f.code is Code.CONCEPT_NOT_IN_YEAR]


def test_revenue_is_net_sales_before_its_concept_came() -> None:
    values, messages = _year("us-gaap/2011")
    assert values["us-gaap:SalesRevenueNet"] == [38214000, 38051000]
    assert messages == [
        "'Net sales': us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax is not in the taxonomy of 2011, "
        "it came in 2017: us-gaap:SalesRevenueNet is used"
    ]


def test_the_year_that_has_a_concept_says_nothing() -> None:
    values, messages = _year("us-gaap/2024")
    assert values["us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"] == [38214000, 38051000]
    assert messages == []


def test_a_concept_that_no_year_has_is_said_to_be_in_none() -> None:
    (finding,) = year_findings(load_built_in(2024), "us-gaap:NoSuchThing", None, "Things", Span(0, 1))
    assert finding.message.endswith("is not in the taxonomy of 2024, nor in any that is known: it is not used")


LEASES = """
HARBOR & PINE CORP.
CONSOLIDATED BALANCE SHEETS
(In thousands)
                                          December 31,
                                       2010          2009
Cash and cash equivalents           $ 38,214      $ 38,051
Operating lease right-of-use assets    2,617         6,905
Total assets                        $ 40,831      $ 44,956
"""


def test_a_concept_that_the_year_has_nothing_for_is_refused_with_its_years() -> None:
    report = tagger.tag(LEASES, entity="cik:12345", taxonomy="us-gaap/2011")
    assert all(fact.concept != "us-gaap:OperatingLeaseRightOfUseAsset" for fact in report.facts)
    (finding,) = [f for f in report.findings if f.code is Code.CONCEPT_NOT_IN_YEAR]
    assert finding.message.endswith("is not in the taxonomy of 2011, it came in 2017: it is not used")
    assert finding.span is not None


@pytest.mark.parametrize(
    ("year", "name", "label", "used"),
    [
        (2024, "us-gaap:Assets", "", "us-gaap:Assets"),
        (2011, "us-gaap:ContractWithCustomerLiabilityCurrent", "Deferred revenue", "us-gaap:DeferredRevenueCurrent"),
        (2011, "us-gaap:ContractWithCustomerLiabilityCurrent", "Contract liabilities", None),
        (2024, "us-gaap:SalesRevenueNet", "", "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"),
        (2019, "us-gaap:SalesRevenueNet", "", "us-gaap:SalesRevenueNet"),  # deprecated, and still in the schema
        (2015, "srt:ProductOrServiceAxis", "", "us-gaap:ProductOrServiceAxis"),
        (
            2013,
            "us-gaap:OtherComprehensiveIncomeLossNetOfTaxPeriodIncreaseDecrease",
            "",
            "us-gaap:OtherComprehensiveIncomeLossNetOfTax",
        ),
        (
            2018,
            "us-gaap:FinanceLeaseLiabilityCurrent",
            "Capital leases, current",
            "us-gaap:CapitalLeaseObligationsCurrent",
        ),
        (
            2018,
            "us-gaap:FinanceLeaseLiabilityCurrent",
            "Current finance leases",
            "us-gaap:FinanceLeaseLiabilityCurrent",
        ),
        (
            2019,
            "us-gaap:FinanceLeaseLiabilityCurrent",
            "Capital leases, current",
            "us-gaap:FinanceLeaseLiabilityCurrent",
        ),
        (2016, "us-gaap:DeferredIncomeTaxLiabilitiesNet", "", "us-gaap:DeferredTaxLiabilitiesNoncurrent"),
    ],
)
def test_a_concept_is_found_for_a_year(year: int, name: str, label: str, used: str | None) -> None:
    assert concept_in_year(load_built_in(year), name, label) == used


def test_a_concept_ahead_of_its_standard_waits_for_it_and_says_so() -> None:
    values, messages = _year("us-gaap/2017")
    assert values["us-gaap:SalesRevenueNet"] == [38214000, 38051000]
    assert messages == [
        "'Net sales': us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax is of a standard in force since 2018: "
        "us-gaap:SalesRevenueNet is used"
    ]


def test_older_names_are_of_the_same_kind_and_there_before_the_newer_came() -> None:
    for row in table_rows("older"):
        name = f"us-gaap:{row.partition(',')[0]}"
        older = older_name(name)
        assert older is not None
        newer = load_built_in(2025).find(name)
        assert newer is not None
        there = load_built_in(newer.first - 1).get(older.name)
        assert there is not None, f"{older.name} is not there before {name}"
        assert (there.type, there.period_type) == (newer.type, newer.period_type)
        assert there.balance in (newer.balance, None)


# --- suggestions


def test_suggestions_come_from_labels_with_reasons(installed: Taxonomy) -> None:
    first, *_ = suggest("Fees for mooring", year=2024)
    assert first.concept == "us-gaap:MooringFees"
    assert "its label 'Fees for Mooring' is 100% alike" in first.reasons
    assert 0 < first.score <= 1


def test_suggestions_work_without_any_taxonomy() -> None:
    first, *_ = suggest("Goodwill impairment", statement="operations")
    assert first.concept == "us-gaap:GoodwillImpairmentLoss"
    assert any("operations" in reason for reason in first.reasons)


def test_a_suggestion_for_a_balance_sheet_is_no_flow() -> None:
    catalog = load_built_in(2024)
    first = suggest("Customer deposits", statement="balance-sheet")[0]
    found = catalog.get(first.concept)
    assert found is not None
    assert found.period_type == "instant"


def test_what_is_summed_beside_a_row_speaks_for_its_siblings() -> None:
    alone = {one.concept: one.score for one in suggest("Inventories, net", statement="balance-sheet", limit=30)}
    beside = suggest("Inventories, net", statement="balance-sheet", beside=["us-gaap:AssetsCurrent", "us-gaap:PrepaidExpenseCurrent"], limit=30)  # fmt: skip
    gained = [one for one in beside if one.score > alone.get(one.concept, 0)]
    assert any("summed with us-gaap:PrepaidExpenseCurrent" in reason for one in gained for reason in one.reasons)


@given(st.text(max_size=40))
@settings(max_examples=30, deadline=None)
def test_any_label_gets_suggestions_or_none(label: str) -> None:
    scores = [one.score for one in suggest(label)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


# --- the command line


@pytest.fixture
def run() -> Callable[..., tuple[int, str, str]]:
    runner = CliRunner()

    def call(*arguments: object) -> tuple[int, str, str]:
        result = runner.invoke(app, [str(argument) for argument in arguments])
        return result.exit_code, result.stdout, result.stderr

    return call


Run = Callable[..., tuple[int, str, str]]


def test_packages_are_added_listed_shown_and_searched(run: Run, tmp_path: Path) -> None:
    status, out, _ = run(
        "taxonomy", "add", zipped(us_gaap(2024), tmp_path / "p.zip"), folder(embedded(), tmp_path / "d")
    )
    assert status == 0
    assert out.splitlines()[0] == (
        "added us-gaap/2024: 10 concepts, 4 labels, 2 calculation and 3 presentation arcs, 1 deprecations"
    )
    assert [line.partition(":")[0] for line in run("taxonomy", "list")[1].splitlines()] == ["dei/2024", "us-gaap/2024"]
    shown = run("taxonomy", "show", "HarbourAssets")[1]
    assert "  us-gaap/2024: monetaryItemType, instant, debit\n" in shown
    assert "  sum of, in 104000 - Statement - Harbour:\n    +1 us-gaap:Quays\n    -1 us-gaap:QuayWear\n" in shown
    assert run("taxonomy", "search", "quay", "wear")[1] == "us-gaap:QuayWear  Wear of Quays\n"
    assert run("taxonomy", "show", "dei:Quays", "--taxonomy", "dei/2024")[0] == 0


def test_a_refused_package_leaves_with_status_2_and_one_line(run: Run, tmp_path: Path) -> None:
    files, reason = HOSTILE["climbs"]
    status, out, err = run("taxonomy", "add", zipped(files, tmp_path / "bad.zip"))
    assert (status, out) == (2, "")
    assert err == f"tagger: bad.zip: {reason}\n"


def test_what_a_package_lacks_is_said(run: Run, tmp_path: Path) -> None:
    files = us_gaap(2012)
    del files["elts/us-gaap-lab-2012-01-31.xml"]
    path = zipped(files, tmp_path / "p.zip")
    status, _, err = run("taxonomy", "add", path)
    assert (status, err) == (
        0,
        "note: elts/us-gaap-lab-2012-01-31.xml is missing: the package is read without labels\n",
    )
    assert run("taxonomy", "add", "--strict", path)[0] == 2


def test_a_concept_can_be_shown_without_a_taxonomy(run: Run) -> None:
    assert "first in 2008, last in 2020, deprecated in 2018" in run("taxonomy", "show", "SalesRevenueNet")[1]
    status, _, err = run("taxonomy", "show", "Revenuess")
    assert status == 2
    assert "did you mean us-gaap:Revenues" in err


def test_searching_nothing_says_how_to_install(run: Run) -> None:
    assert run("taxonomy", "search", "assets") == (
        2,
        "",
        "tagger: no taxonomy is installed: tagger taxonomy add PACKAGE\n",
    )
    assert run("taxonomy", "list")[1] == "none installed: tagger taxonomy add PACKAGE\n"


def test_suggest_prints_scores_and_reasons(run: Run) -> None:
    status, out, _ = run("suggest", "Payments for repurchase of common stock", "--statement", "cash-flow", "--limit", 1)
    assert status == 0
    assert re.match(r" *\d+% of filers  us-gaap:PaymentsForRepurchaseOfCommonStock\n      \d+% of filers ", out)
    _, out, _ = run("suggest", "Harbour goodwill impairment")
    assert re.match(r"words 0\.\d\d alike  us-gaap:", out)
    assert run("suggest", "x", "--statement", "horoscope")[0] == 2


# --- the packages as published, where they are at hand


def _reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reference_concepts() -> list[dict[str, str]]:
    return _reference("concepts.csv")


@pytest.fixture(scope="session")
def published_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("published")


Published = Callable[[int], Taxonomy]


@pytest.fixture
def published(published_store: Path, monkeypatch: pytest.MonkeyPatch) -> Published:
    """Return how to open a published package, which is read once for all tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(published_store))

    def opened(year: int) -> Taxonomy:
        there = {about.name for about in Taxonomy.installed()}
        if f"us-gaap/{year}" in there:
            return Taxonomy(f"us-gaap/{year}")
        return Taxonomy.add(REFERENCE / "packages" / f"us-gaap-{year}.zip")

    return opened


needs_packages = pytest.mark.skipif(not PUBLISHED, reason="the published packages are not at hand")


@needs_packages
@pytest.mark.parametrize("year", PUBLISHED)
def test_a_published_package_says_what_the_reference_tables_say(
    year: int, published: Published, reference_concepts: list[dict[str, str]]
) -> None:
    taxonomy = published(year)
    assert taxonomy.name == f"us-gaap/{year}"
    then = {
        f"us-gaap:{r['name']}": r for r in reference_concepts if int(r["first_year"]) <= year <= int(r["last_year"])
    }
    used = [name for (name,) in taxonomy._store.rows("SELECT name FROM concept WHERE name LIKE 'us-gaap:%'")]
    assert not set(used) - then.keys()
    assert len(used) > 0.97 * len(then)
    if taxonomy.about.gaps[0].startswith("elts/us-gaap-20"):  # its schema is missing
        return
    wrong = []
    for name, kind, period_type, balance, abstract in taxonomy.declared():
        known = then.get(name)
        # The reference has one row for a concept; that of 2009 may have been another then.
        if known is not None and year == 2024:
            ours = (kind, period_type, balance or "", bool(abstract))
            theirs = (
                known["type"].rpartition(":")[2],
                known["period_type"],
                known["balance"],
                known["abstract"] == "true",
            )
            if ours != theirs:
                wrong.append((name, ours, theirs))
    assert wrong == []
    # Domains of typed axes are elements of the schema and no concepts; two concepts were not there in 2009 alone.
    lacking = {name for name in then.keys() - set(used) if not name.endswith(".domain")}
    assert lacking <= {"us-gaap:DerivativeNonmonetaryNotionalAmount", "us-gaap:DerivativeNotionalAmount"}


@needs_packages
@pytest.mark.parametrize("year", PUBLISHED)
def test_deprecations_are_those_of_the_reference(year: int, published: Published) -> None:
    taxonomy = published(year)
    wanted = {
        (row["deprecated"], row["replacement"], row["arcrole"])
        for row in _reference("deprecations.csv")
        if row["listed_in_year"] == str(year)
    }
    rows = taxonomy._store.rows(
        "SELECT t.name, s.name, a.arcrole FROM arc a JOIN concept s ON s.id = a.source JOIN concept t ON t.id = a.target "
        "WHERE a.kind = 'deprecation'"
    )
    found = {(_bare(old), _bare(new), kind) for old, new, kind in rows if old.startswith("us-gaap:")}
    assert found == wanted


@needs_packages
@pytest.mark.parametrize("year", [2024, 2025])
def test_sums_of_the_statements_are_those_of_the_reference(year: int, published: Published) -> None:
    taxonomy = published(year)
    wanted = Counter(
        (row["role"], row["parent"], row["child"], float(row["weight"]))
        for row in _reference("statement-calculations.csv")
        if row["year"] == str(year)
    )
    rows = taxonomy._store.rows(
        "SELECT r.uri, s.name, t.name, a.weight FROM arc a JOIN role r ON r.id = a.role "
        "JOIN concept s ON s.id = a.source JOIN concept t ON t.id = a.target WHERE a.kind = 'calculation'"
    )
    roles = {role for role, *_ in wanted}
    found = Counter(
        (role.rpartition("/")[2], _bare(parent), _bare(child), float(weight))
        for role, parent, child, weight in rows
        if role.rpartition("/")[2] in roles
    )
    assert found == wanted


def _bare(name: str) -> str:
    return name.removeprefix("us-gaap:")


@needs_packages
@pytest.mark.parametrize("year", PUBLISHED)
def test_every_arc_and_label_of_a_published_package_is_counted(year: int, published: Published) -> None:
    """Count with another parser, and nothing of ours, as a second opinion."""
    arcs: dict[str, set[tuple[object, ...]]] = {"calculation": set(), "presentation": set(), "definition": set()}
    labels = 0
    with zipfile.ZipFile(REFERENCE / "packages" / f"us-gaap-{year}.zip") as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".xsd")) and "-ref-" not in name:
                for link in ET.fromstring(archive.read(name)).iter():
                    kind = link.tag.removeprefix(_LINK).removesuffix("Link")
                    labels += link.tag == f"{_LINK}label"
                    if kind in arcs and link.tag.endswith("Link"):
                        arcs[kind].update(_written_arcs(link))
    about = published(year).about
    kept = (about.calculations, about.presentations, about.definitions + about.deprecations, about.labels)
    # An arc that two files of a package repeat, word for word, counts once.
    assert kept == (*(len(arcs[kind]) for kind in arcs), labels)


_LINK = "{http://www.xbrl.org/2003/linkbase}"
_XLINK = "{http://www.w3.org/1999/xlink}"


def _written_arcs(link: ET.Element) -> set[tuple[object, ...]]:
    ends = {
        e.get(f"{_XLINK}label"): e.get(f"{_XLINK}href", "").partition("#")[2] for e in link if e.get(f"{_XLINK}href")
    }
    return {
        (
            link.get(f"{_XLINK}role"),
            arc.get(f"{_XLINK}arcrole"),
            ends[arc.get(f"{_XLINK}from")],
            ends[arc.get(f"{_XLINK}to")],
            float(arc.get("order", "1")),
            arc.get("weight", "").removesuffix(".0"),
            arc.get("preferredLabel"),
        )
        for arc in link
        if arc.get(f"{_XLINK}type") == "arc"
    }


@needs_packages
def test_the_small_complete_taxonomy_inside_is_read_with_its_labels(published: Published) -> None:
    taxonomy = published(2024)
    names = [name for name in taxonomy.names() if name.startswith("us-gaap-ebp:")]
    labelled = [name for name, label in taxonomy.labelled() if label and name in set(names)]
    assert len(names) == len(labelled) > 300


@needs_packages
def test_built_in_attributes_agree_with_the_published_schemas(published: Published) -> None:
    for year in (2009, 2024):
        assert differences(published(year)) == ()


def test_schemas_without_concepts_do_not_confuse(tmp_path: Path) -> None:
    files = {
        **us_gaap(2024),
        "elts/us-types-2024.xsd": schema("types", "urn:t", '<xs:element name="note" type="xs:string"/>'),
    }
    files["elts/us-parts-2024.xsd"] = schema("us-parts", "urn:p", elements("us-parts", []))
    assert len(Taxonomy.add(zipped(files, tmp_path / "p.zip"))) == len(CONCEPTS)
