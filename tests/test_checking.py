"""Checking: what is wrong with a report is found, named and placed, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import tagger
from statement_cases import HARBOR
from tagger.checking import Level, check
from tagger.checking import arelle as arelle_module
from tagger.extras import MissingExtra
from tagger.report import Report
from tagger.writing import write
from writing_cases import text_release

COVER = {
    "DocumentPeriodEndDate": "2007-07-25", "EntityFileNumber": "001-12345", "EntityIncorporationStateCountryCode": "DE",
    "EntityTaxIdentificationNumber": "12-3456789", "EntityAddressAddressLine1": "1 Pine Street", "EntityAddressCityOrTown": "Harbor",
    "EntityAddressStateOrProvince": "ME", "EntityAddressPostalZipCode": "04101", "CityAreaCode": "207", "LocalPhoneNumber": "555-0100",
    "EntityEmergingGrowthCompany": "false",
}  # fmt: skip


def sec_report(**changes: str) -> Report:
    return tagger.tag(HARBOR, entity="cik:12345").for_sec({**COVER, **changes})


def codes(path: Path, **options: object) -> list[str]:
    return [complaint.code for complaint in check(path, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["q2.htm", "q2.xml", "q2.json", "q2.xbri", "q2.xbr", "q2.zip"])
def test_nothing_is_wrong_with_what_we_write(tmp_path: Path, name: str) -> None:
    assert check(write(text_release(), tmp_path / name)[0]) == ()


def test_arelle_is_heard(tmp_path: Path) -> None:
    path = write(text_release(), tmp_path / "q2.htm")[0]
    path.write_text(path.read_text().replace('unitRef="USD_per_shares"', 'unitRef="shares"'))
    found = [complaint for complaint in check(path) if complaint.source == "arelle"]
    assert found
    assert found[0].level is Level.ERROR
    assert not found[0].message.startswith("[")


def test_a_taxonomy_that_is_missing_is_said_once(tmp_path: Path) -> None:
    path = write(text_release(), tmp_path / "q2.htm")[0]
    package = (tmp_path / "q2-taxonomy.zip").rename(tmp_path / "elsewhere.zip")
    assert "taxonomy-missing" in codes(path)
    assert not [code for code in codes(path) if "missingReferences" in code]
    assert codes(path, packages=[package]) == []


def test_arelle_need_not_be_asked(tmp_path: Path) -> None:
    path = write(text_release(), tmp_path / "q2.htm")[0]
    path.write_text(path.read_text().replace('unitRef="USD_per_shares"', 'unitRef="shares"'))
    assert codes(path, arelle=False) == []


def test_without_arelle_our_own_checks_are_made_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(text_release(), tmp_path / "q2.htm")[0]
    monkeypatch.setattr("tagger.checking.there", lambda name: False)
    (note,) = check(path)
    assert (note.code, note.level) == ("arelle-missing", Level.NOTE)
    assert "pip install 'gaap-tagger[check]'" in note.message
    monkeypatch.setattr(arelle_module, "there", lambda name: False)
    with pytest.raises(MissingExtra, match=r"tagger\[check\]"):
        check(path, arelle=True)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('decimals="-3" format="ixt:num-dot-decimal" scale="3">40,831', 'decimals="-4" format="ixt:num-dot-decimal" scale="3">40,831', "excess-digits"),
        (">40,831<", ">40,8310<", "grouping"),
        (">none<", ">150<", "zero"),
        ('format="ixt:num-dot-decimal" scale="3">38,214', 'format="ixt:none" scale="3">38,214', "unreadable"),
        (">iso4217:USD</xbrli:measure></xbrli:unit>", ">iso4217:usd</xbrli:measure></xbrli:unit>", "currency"),
        ('i20060930"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000012345', 'i20060930"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000012346', "entities"),
    ],
)  # fmt: skip
def test_our_own_checks_find_what_is_wrong(tmp_path: Path, old: str, new: str, code: str) -> None:
    path = write(text_release(), tmp_path / "q2.htm")[0]
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    assert code in codes(path, arelle=False)


def test_facts_that_contradict_each_other_are_errors(tmp_path: Path) -> None:
    release = text_release()
    twice = replace(
        release, facts=(*release.facts, replace(release.facts[2], id="again", value=release.facts[2].value + 5000))
    )
    (found,) = check(write(twice, tmp_path / "q2.json")[0], arelle=False)
    assert (found.code, found.level) == ("duplicates-differ", Level.ERROR)
    assert "38214000 (decimals -3) and 38219000 (decimals -3)" in found.message
    assert found.where == "f3, again"


def test_a_placeholder_for_the_entity_is_a_warning(tmp_path: Path) -> None:
    path = tagger.tag(HARBOR).write(tmp_path / "q2.json")[0]
    assert codes(path, arelle=False) == ["entity-not-known"]


def test_a_report_without_facts_is_an_error(tmp_path: Path) -> None:
    empty = replace(text_release(), facts=(), own=(), statements=())
    assert codes(write(empty, tmp_path / "q2.xml")[0], arelle=False) == ["no-facts"]


def test_a_report_for_the_sec_keeps_its_rules(tmp_path: Path) -> None:
    path = sec_report().write(tmp_path / "release.htm")[0]
    assert check(path, profile="sec") == ()


def test_a_release_in_html_becomes_what_edgar_takes(tmp_path: Path) -> None:
    html = (
        "<html><body><center><b>HARBOR &amp; PINE CORP.</b></center><p>See <a href='https://hp.example/'>more</a>, <q>x</q> caf\u00e9 "
        "<img src='https://hp.example/logo.gif'><img src='logo.jpg'></p><dl><dt>a<dd>b</dl><table><colgroup><col></colgroup><tr><td>"
        "<table><caption>CONSOLIDATED BALANCE SHEETS (In thousands)</caption>"
        "<tr><td></td><td>June 30, 2007</td></tr><tr><td>Cash and cash equivalents</td><td>38,214</td></tr>"
        "<tr><td>Inventories</td><td>2,617</td></tr><tr><td>Total current assets</td><td>40,831</td></tr></table></td></tr></table></body></html>"
    )
    report = tagger.tag(html, entity="cik:12345").for_sec({**COVER, "EntityRegistrantName": "Harbor & Pine Corp."})
    path = report.write(tmp_path / "release.htm")[0]
    assert check(path, profile="sec") == ()
    assert 'src="logo.jpg"' in path.read_text()


def test_style_sheets_become_styles_for_edgar(tmp_path: Path) -> None:
    css = "/* x */ @media print { p { color: red } } p.note, .r { text-align: right; } td > p { margin: 0 } td { padding: 1px }"
    html = f"<html><head><style>{css}</style></head><body><p class='note'>HARBOR &amp; PINE CORP.</p><table><tr><td></td><td>June 30, 2007</td></tr><tr><td>Cash</td><td class='r' style='color:blue'>38,214</td></tr></table></body></html>"
    report = tagger.tag(html, entity="cik:12345").for_sec({**COVER, "EntityRegistrantName": "Harbor & Pine Corp."})
    text = report.write(tmp_path / "release.htm")[0].read_text()
    assert "<style" not in text
    assert '<p class="note" style="text-align: right">' in text
    assert 'style="padding: 1px;text-align: right;color:blue"' in text
    assert "red" not in text


def test_what_the_sec_would_refuse_is_found(tmp_path: Path) -> None:
    path = tagger.tag(HARBOR).write(tmp_path / "Release-Q2.htm")[0]
    text = (
        path.read_text()
        .replace("<head>", '<head><link rel="x" href="https://hp.example/a.css"/>')
        .replace("</body>", '<p><q>x</q> \u00e9 <img src="data:image/gif;base64,AAAA" alt=""/></p></body>')
    )
    context = text[text.index("<xbrli:context") : text.index("</xbrli:context>") + len("</xbrli:context>")]
    text = text.replace(context, context + context.replace('id="', 'id="again'))
    path.write_text("<!DOCTYPE html>" + text[text.index("<html") :], "utf-8")
    found = set(codes(path, profile="sec", arelle=False))
    assert {
        "EFM.5.1.1",
        "EFM.5.2.1.1",
        "EFM.5.2.5",
        "EFM.6.5.1",
        "EFM.6.5.20",
        "EFM.6.5.7",
        "EFM.6.5.8",
        "EFM.6.3.3",
    } <= found


def test_concepts_that_no_linkbase_shows_are_found(tmp_path: Path) -> None:
    path = sec_report().write(tmp_path / "release.htm")[0]
    for kind in ("pre", "lab"):
        next(tmp_path.glob(f"*_{kind}.xml")).unlink()
    assert {"EFM.6.12.3", "EFM.6.10.1"} <= set(codes(path, profile="sec", arelle=False))


def test_another_filer_on_the_cover_is_found(tmp_path: Path) -> None:
    path = sec_report(EntityCentralIndexKey="0000099999").write(tmp_path / "release.htm")[0]
    assert codes(path, profile="sec", arelle=False) == ["EFM.6.5.2"]


def test_taxonomies_of_other_years_are_found(tmp_path: Path) -> None:
    old = tagger.tag(HARBOR, entity="cik:12345", taxonomy="us-gaap/2022").for_sec(COVER)
    path = old.write(tmp_path / "release.htm")[0]
    assert "EFM.6.22.0" in codes(path, profile="sec", arelle=False)
    path.write_text(path.read_text().replace("http://xbrl.sec.gov/dei/2022", "http://xbrl.sec.gov/dei/2023"))
    assert "EFM.6.22.3" in codes(path, profile="sec", arelle=False)


def test_files_that_show_nothing_are_checked_for_their_facts(tmp_path: Path) -> None:
    report = sec_report()
    assert codes(report.write(tmp_path / "a.json")[0], profile="sec", arelle=False) == []
    alone = report.write(tmp_path / "b.htm")[0]
    next(tmp_path.glob("*.xsd")).unlink()
    assert codes(alone, profile="sec", arelle=False) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<xbrli:startDate>2007-07-25</xbrli:startDate><xbrli:endDate>2007-07-25</xbrli:endDate>", "<xbrli:forever/>", "EFM.6.5.38"),
        ("<table>", "<table><tr><td><table><tr><td>x</td></tr></table></td></tr>", "EFM.5.2.5"),
        ("</body>", '<p><img src="data:image/gif;base64,AA" alt=""/></p></body>', "EFM.5.2.5"),
        ("ixt:", "tr:", "EFM.5.2.5.12"),
    ],
)  # fmt: skip
def test_each_rule_of_the_sec_has_its_complaint(tmp_path: Path, old: str, new: str, code: str) -> None:
    path = sec_report().write(tmp_path / "release.htm")[0]
    text = path.read_text()
    assert old in text
    path.write_text(
        text.replace(old, new, 1)
        if code != "EFM.5.2.5.12"
        else text.replace(old, new).replace("xmlns:ixt=", "xmlns:tr=")
    )
    assert code in codes(path, profile="sec", arelle=False)


def test_an_extension_that_is_not_as_the_sec_wants_it_is_found(tmp_path: Path) -> None:
    path = sec_report().write(tmp_path / "release.htm")[0]
    schema = next(tmp_path.glob("*.xsd"))
    schema.write_text(schema.read_text().replace("0000001 - Document - Cover", "Cover").replace('targetNamespace="http://tagger.example', 'targetNamespace="http://fasb.org'))  # fmt: skip
    assert {"EFM.6.7.4", "EFM.6.7.12"} <= set(codes(path, profile="sec", arelle=False))


def test_a_large_number_without_a_unit_is_doubted(tmp_path: Path) -> None:
    release = text_release()
    large = replace(release.facts[1], value=release.facts[1].value * 10**12)
    assert codes(write(replace(release, facts=(large,)), tmp_path / "a.json")[0], arelle=False) == ["pure"]


def test_texts_that_contradict_each_other_are_errors(tmp_path: Path) -> None:
    path = sec_report().write(tmp_path / "release.htm")[0]
    text = path.read_text()
    tag = text[text.index("<ix:nonNumeric") : text.index("</ix:nonNumeric>") + len("</ix:nonNumeric>")]
    path.write_text(
        text.replace(
            tag, f"{tag} {tag.replace('8-K', '10-K').replace('id=', 'id=' + chr(34) + 'z' + chr(34) + ' title=')}"
        )
    )
    (found,) = (complaint for complaint in check(path, arelle=False) if complaint.code == "duplicates-differ")
    assert "'8-K' and '10-K'" in found.message


def test_a_profile_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="plain, sec"):
        check("report.htm", profile="edgar")
