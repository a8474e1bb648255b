"""The table of facts: one schema in every format, exact and typed, read back as it was written."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import tagger
from conftest import ROOT
from statement_cases import CURRENT_ASSETS
from tagger.extras import MissingExtra
from tagger.loading import LoadError, read
from tagger.writing import frames, render, write
from tagger.writing.columns import COLUMNS, NAMES, Kind, tagged_rows, told_rows
from writing_cases import text_release

EXAMPLE = ROOT / "examples" / "brightwater-2008q2" / "release.txt"
SUBMISSION = f"""<SEC-HEADER>
ACCESSION NUMBER:\t\t0001234567-08-000012
CONFORMED SUBMISSION TYPE:\t8-K
FILED AS OF DATE:\t\t20080131
\tCOMPANY CONFORMED NAME:\t\tHARBOR & PINE CORP
\tCENTRAL INDEX KEY:\t\t0000012345
</SEC-HEADER>
<DOCUMENT>
<TYPE>EX-99.1
<TEXT>
{CURRENT_ASSETS}
</TEXT>
</DOCUMENT>
"""
WAYS: dict[str, Callable[[tagger.Report, Path], Any]] = {
    "csv": lambda report, folder: report.write(folder / "q2.csv")[0],
    "parquet": lambda report, folder: report.write(folder / "q2.parquet")[0],
    "pandas": lambda report, _: report.to_pandas(),
    "polars": lambda report, _: report.to_polars(),
    "arrow": lambda report, _: report.to_arrow(),
    "batch": lambda report, _: report.to_arrow().to_batches()[0],
}


@pytest.fixture(scope="module")
def report() -> tagger.Report:
    return tagger.tag(EXAMPLE, entity="cik:1234567")


def test_pandas_gets_exact_values_dates_and_proofs() -> None:
    pytest.importorskip("pandas")
    frame = frames.to_pandas(tagged_rows(text_release()))
    assert len(frame) == 14
    row = frame.iloc[2]
    assert (row["concept"], row["value"], row["decimals"]) == (
        "us-gaap:CashAndCashEquivalentsAtCarryingValue",
        Decimal(38214000),
        -3,
    )
    assert row["end"].date() == row["instant"].date() == dt.date(2006, 9, 30)
    assert row["proof"] == "sum: 38,214 + 2,617 = 40,831"
    assert not bool(row["proven"])
    assert frame["start"].isna().sum() == 10


def test_polars_gets_typed_columns() -> None:
    polars = pytest.importorskip("polars")
    frame = frames.to_polars(tagged_rows(text_release()))
    assert frame.schema["value"] == polars.Decimal(38, 10)
    assert frame["end"].to_list()[2] == dt.date(2006, 9, 30)
    assert frame["value"].to_list()[1] == Decimal("0.04")


def test_arrow_and_parquet_say_the_same(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = frames.to_arrow(tagged_rows(text_release()))
    path = write(text_release(), tmp_path / "q2.parquet")[0]
    assert parquet.read_table(path).equals(table)
    assert table.column("value").to_pylist()[11] == Decimal("-0.10")
    assert render(text_release(), "parquet") == path.read_bytes()


def test_every_format_has_the_same_columns(report: tagger.Report, tmp_path: Path) -> None:
    assert tuple(report.to_pandas().columns) == tuple(report.to_polars().columns) == NAMES
    assert tuple(report.to_arrow().schema.names) == NAMES
    header = report.write(tmp_path / "q2.csv")[0].read_text("utf-8").splitlines()[0]
    assert tuple(header.split(",")) == NAMES


def test_every_document_has_the_same_types() -> None:
    pytest.importorskip("pyarrow")
    schemas = {str(tagger.tag(text).to_arrow().schema) for text in ("Nothing.\n", CURRENT_ASSETS, EXAMPLE)}
    assert len(schemas) == 1


def test_the_columns_are_documented_one_by_one() -> None:
    text = (ROOT / "docs" / "outputs.md").read_text("utf-8")
    told = [line.split("|")[1:4] for line in text.splitlines() if line.startswith("| `") and line.count("|") == 4]
    table = [(name.strip(" `"), kind.strip(), says.strip()) for name, kind, says in told]
    assert [row for row in table if row[0] in NAMES and row[1] in set(Kind)] == [
        (column.name, column.kind.value, column.says) for column in COLUMNS
    ]


@pytest.mark.parametrize("way", WAYS)
def test_what_was_written_is_read_back(report: tagger.Report, way: str, tmp_path: Path) -> None:
    loaded = read(WAYS[way](report, tmp_path))
    assert not loaded.problems
    assert [fact.aspects[:-1] for fact in loaded] == [fact.aspects for fact in report]
    assert [(fact.value, fact.decimals, fact.id) for fact in loaded] == [
        (fact.value, fact.decimals, fact.id) for fact in report
    ]
    assert told_rows(loaded) == tagged_rows(report.tagged)


@pytest.mark.parametrize("way", WAYS)
def test_a_report_that_was_read_from_a_table_is_written_like_any_other(
    report: tagger.Report, way: str, tmp_path: Path
) -> None:
    loaded = read(WAYS[way](report, tmp_path))
    loaded.write(tmp_path / "again.csv")
    report.write(tmp_path / "first.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "first.csv").read_bytes()


STATEMENT = """HARBOR & PINE CORP.
CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

                                    Three Months Ended June 30,
                                       2007          2006
Net sales                           $ 41,208      $ 46,190
Cost of sales                         30,115        34,002
Gross profit                          11,093        12,188
Selling, general and administrative    6,000         6,100
Operating income                       5,093         6,088
Interest expense                       1,000           900
Income before income taxes             4,093         5,188
"""


@pytest.mark.parametrize("way", WAYS)
def test_rows_say_how_sure_a_name_is_and_what_else_is_in_use(way: str, tmp_path: Path) -> None:
    named = tagger.tag(STATEMENT, entity="cik:1234567")
    rows = [dict(zip(NAMES, row, strict=True)) for row in told_rows(read(WAYS[way](named, tmp_path)))]
    for fact, row in zip(named, rows, strict=True):
        assert row["confidence"] == (None if fact.confidence is None else round(fact.confidence, 4))
        said = [one.split() for one in str(row["alternatives"] or "").split("; ") if one]
        assert [(concept, float(share)) for concept, share in said] == list(fact.alternatives)
    assert any(fact.alternatives for fact in named)
    assert all(fact.confidence is not None and 0 < fact.confidence < 1 for fact in named)


def test_rows_say_where_a_fact_is_from_and_where_it_stands() -> None:
    row = dict(zip(NAMES, tagged_rows(tagger.tag(SUBMISSION, name="a.txt").tagged)[0], strict=True))
    assert (row["source"], row["company"], row["cik"]) == ("a.txt", "HARBOR & PINE CORP", "0000012345")
    assert (row["accession"], row["filed"]) == ("0001234567-08-000012", dt.date(2008, 1, 31))
    assert (row["table"], row["row"], row["column"]) != (None, None, None)
    assert SUBMISSION.splitlines()[int(str(row["line"])) - 1].lstrip().startswith(str(row["label"]))


def test_rows_name_the_findings_about_their_figure(report: tagger.Report) -> None:
    rows = [dict(zip(NAMES, row, strict=True)) for row in tagged_rows(report.tagged)]
    repaired = [row for row in rows if "repaired" in str(row["findings"])]
    assert {row["text"] for row in repaired} >= {"861,072"}
    assert len(repaired) < 20


def test_numbers_longer_than_the_type_stay_exact_as_text(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    values = [Decimal("12345678901234567890123456789012345678.123456789"), Decimal("0.12345678901234567890"), Decimal("1E+27"), Decimal("0.1000000000000000")]  # fmt: skip
    facts = tuple(replace(text_release().facts[0], id=f"n{n}", value=value) for n, value in enumerate(values))
    release = replace(text_release(), facts=facts)
    cells = frames.to_arrow(tagged_rows(release)).column("value").to_pylist()
    assert [cell is None for cell in cells[:4]] == [True, True, False, False]
    for suffix in ("csv", "parquet"):
        loaded = read(write(release, tmp_path / f"q2.{suffix}")[0])
        assert [fact.value for fact in loaded][:4] == values


def test_a_report_and_what_was_read_from_it_give_the_same_frame(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    report = tagger.tag(CURRENT_ASSETS, entity="cik:1")
    loaded = read(report.write(tmp_path / "q2.json")[0])
    columns = ["concept", "entity", "start", "end", "unit", "value", "decimals", "text", "label", "rule"]
    assert loaded.to_polars().select(columns).equals(report.to_polars().select(columns))
    assert len(loaded.to_pandas()) == len(report.to_pandas()) == len(loaded.to_arrow()) == len(report.to_arrow()) == 6


def test_facts_of_several_documents_in_one_table_keep_apart() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    tables = [tagger.tag(CURRENT_ASSETS, name=name, entity="cik:1").to_arrow() for name in ("a.txt", "b.txt")]
    loaded = read(pyarrow.concat_tables(tables))
    assert len({fact.id for fact in loaded}) == len(loaded) == 12
    assert {fact.detail("source") for fact in loaded} == {"a.txt", "b.txt"}
    assert loaded[6].id == "d2-f1"


def test_tables_of_earlier_versions_are_still_read(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text(
        "id,concept,entity,start,end,instant,unit,value,decimals,members,text,label\r\n"
        'f1,us-gaap:Assets,0000012345,,,2007-06-30,iso4217:USD,44323000,-3,,"44,323",Total assets\r\n'
    )
    (fact,) = read(tmp_path / "old.csv")
    assert (str(fact.period), fact.value, fact.entity.scheme) == (
        "2007-06-30",
        Decimal(44323000),
        "http://www.sec.gov/CIK",
    )


def test_what_is_no_table_of_facts_is_refused(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    with pytest.raises(LoadError, match="the frame: no table of facts: it has no columns concept"):
        read(pandas.DataFrame({"a": [1]}))
    (tmp_path / "x.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(LoadError, match=r"x\.parquet: no table that can be read"):
        read(tmp_path / "x.parquet")
    with pytest.raises(TypeError, match="int: give a path, or a frame"):
        read(12)  # type: ignore[arg-type]


def test_no_facts_make_a_frame_without_rows() -> None:
    pytest.importorskip("pandas")
    assert len(frames.to_pandas(())) == 0
    assert frames.to_arrow(()).num_rows == 0
    assert len(frames.to_polars(())) == 0


@pytest.mark.parametrize(("name", "library", "extra"), [("to_pandas", "pandas", "pandas"), ("to_polars", "polars", "polars"), ("to_arrow", "pyarrow", "arrow")])  # fmt: skip
def test_a_library_that_is_missing_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"{library} is not installed: pip install 'gaap-tagger\[{extra}\]'"):
        getattr(frames, name)(())
