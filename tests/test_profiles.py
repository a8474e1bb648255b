"""The profile of the SEC: a cover from the header, the release and options, and files named as EDGAR wants."""

from __future__ import annotations

from pathlib import Path

import pytest

import tagger
from arelle_loading import load, rows
from statement_cases import HARBOR
from tagger.findings import Code
from tagger.loading import read
from tagger.reading.submission import split_submission
from tagger.report import Report

HEADER = f"""<SEC-HEADER>0000012345-07-000010.hdr.sgml
CONFORMED SUBMISSION TYPE:	8-K/A
CONFORMED PERIOD OF REPORT:	20070725
FILED AS OF DATE:		20070726
FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			HARBOR & PINE CORP
		CENTRAL INDEX KEY:			0000012345
		IRS NUMBER:				123456789
		STATE OF INCORPORATION:			DE
	FILING VALUES:
		SEC FILE NUMBER:	001-12345
	BUSINESS ADDRESS:
		STREET 1:		1 PINE STREET
		CITY:			HARBOR
		STATE:			ME
		ZIP:			04101
		BUSINESS PHONE:		2075550100
	MAIL ADDRESS:
		STREET 1:		PO BOX 1
		CITY:			ELSEWHERE
</SEC-HEADER>
<DOCUMENT>
<TYPE>EX-99.1
<TEXT>{HARBOR}</TEXT>
</DOCUMENT>
"""


def cover(report: Report) -> dict[str, str]:
    return {fact.concept.removeprefix("dei:"): fact.value for fact in report.tagged.cover}


def test_the_header_of_a_submission_fills_the_cover() -> None:
    found = cover(tagger.tag(HEADER).for_sec())
    assert found["DocumentType"] == "8-K/A"
    assert found["AmendmentFlag"] == "true"
    assert found["DocumentPeriodEndDate"] == "2007-07-25"
    assert found["EntityRegistrantName"] == "HARBOR & PINE CORP"
    assert found["EntityCentralIndexKey"] == "0000012345"
    assert found["EntityTaxIdentificationNumber"] == "12-3456789"
    assert found["EntityAddressAddressLine1"] == "1 PINE STREET"
    assert (found["CityAreaCode"], found["LocalPhoneNumber"]) == ("207", "555-0100")
    assert (found["TradingSymbol"], found["SecurityExchangeName"]) == ("HARB", "NASDAQ")


def test_options_win_and_what_nothing_says_becomes_a_finding() -> None:
    report = tagger.tag(HEADER).for_sec({"dei:EntityAddressCityOrTown": "Portland"})
    assert cover(report)["EntityAddressCityOrTown"] == "Portland"
    (finding,) = (finding for finding in report.findings if finding.code is Code.COVER_INCOMPLETE)
    assert finding.message.startswith("the cover lacks EntityEmergingGrowthCompany:")
    assert not [f for f in report.for_sec({"EntityEmergingGrowthCompany": "false"}).tagged.cover if not f.value]


def test_names_that_are_no_part_of_a_cover_are_refused() -> None:
    with pytest.raises(ValueError, match="EntityTickr: no part of a cover"):
        tagger.tag(HEADER).for_sec({"EntityTickr": "HARB"})


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="is no date"):
        tagger.tag(HEADER).for_sec({"DocumentPeriodEndDate": "July 25"})


@pytest.mark.parametrize("suffix", ["htm", "xml", "json", "csv", "xbri", "xbr", "zip"])
def test_the_cover_is_in_every_format(tmp_path: Path, suffix: str) -> None:
    report = tagger.tag(HEADER).for_sec()
    paths = report.write(tmp_path / f"release.{suffix}")
    texts = {fact.concept.removeprefix("dei:"): fact.value for fact in read(paths[0]).facts if not fact.numeric}
    assert texts == cover(report)
    if suffix != "csv":
        loaded = load(paths[0], [path for path in paths if path.name.endswith("-taxonomy.zip")])
        assert loaded.complaints == ()
        assert {name.removeprefix("dei:"): value for name, value in loaded.texts} == cover(report)
        assert len(loaded.facts) == len(rows(report.facts))


def test_files_are_named_as_edgar_wants(tmp_path: Path) -> None:
    names = {path.name for path in tagger.tag(HEADER, prefix="harb").for_sec().write(tmp_path / "ex99.htm")}
    assert {"ex99.htm", "harb-20070630.xsd", "harb-20070630_pre.xml", "harb-20070630_lab.xml"} <= names


def test_the_cover_is_seen_and_comes_first(tmp_path: Path) -> None:
    path = tagger.tag(HEADER).for_sec().write(tmp_path / "ex99.htm")[0]
    visible = read(path).visible
    assert visible.index("HARBOR & PINE CORP") < visible.index("CONSOLIDATED BALANCE SHEETS")
    presentation = next(tmp_path.glob("*_pre.xml")).read_text()
    schema = next(tmp_path.glob("*.xsd")).read_text()
    assert "0000001 - Document - Cover" in schema
    assert "dei_CoverAbstract" in presentation


def test_the_plain_profile_has_no_cover(tmp_path: Path) -> None:
    report = tagger.tag(HEADER)
    assert (report.tagged.profile, report.tagged.cover) == ("plain", ())
    assert "dei" not in next(iter(report.write(tmp_path / "q2.htm"))).read_text()


def test_all_lines_of_a_header_are_kept_the_first_of_each_name() -> None:
    submission = split_submission(HEADER).submission
    assert submission is not None
    fields = dict(submission.fields)
    assert fields["CITY"] == "HARBOR"
    assert fields["SEC FILE NUMBER"] == "001-12345"
