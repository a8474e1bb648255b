"""Facts as data frames: exact, typed, and with a clear word where the library for them is missing."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import tagger
from statement_cases import CURRENT_ASSETS
from tagger.extras import MissingExtra
from tagger.loading import read
from tagger.tagged import Tagged
from tagger.writing import frames, render, write
from writing_cases import text_release


def facts() -> tuple[object, ...]:
    return text_release().reported


def test_pandas_gets_exact_values_dates_and_proofs() -> None:
    pytest.importorskip("pandas")
    frame = frames.to_pandas(text_release().reported)
    assert len(frame) == 14
    row = frame.iloc[2]
    assert (row["concept"], row["value"], row["decimals"]) == (
        "us-gaap:CashAndCashEquivalentsAtCarryingValue",
        Decimal(38214000),
        -3,
    )
    assert row["end"].date() == dt.date(2006, 9, 30)
    assert row["proof"] == "sum: 38,214 + 2,617 = 40,831"
    assert frame["start"].isna().sum() == 10


def test_polars_gets_typed_columns() -> None:
    polars = pytest.importorskip("polars")
    frame = frames.to_polars(text_release().reported)
    assert frame.schema["value"] == polars.Decimal(38, 2)
    assert frame["end"].to_list()[2] == dt.date(2006, 9, 30)
    assert frame["value"].to_list()[1] == Decimal("0.04")


def test_arrow_and_parquet_say_the_same(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = frames.to_arrow(text_release().reported)
    path = write(text_release(), tmp_path / "q2.parquet")[0]
    assert parquet.read_table(path).equals(table)
    assert table.column("value").to_pylist()[11] == Decimal("-0.10")
    assert render(text_release(), "parquet") == path.read_bytes()


def test_numbers_of_any_length_are_exact() -> None:
    pytest.importorskip("pyarrow")
    long = replace(text_release().facts[0], value=Decimal("12345678901234567890123456789012345678.123456789"))
    table = frames.to_arrow((long,))
    assert table.column("value").to_pylist() == [long.value]


def test_a_report_and_what_was_read_from_it_give_the_same_frame(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    report = tagger.tag(CURRENT_ASSETS, entity="cik:1")
    loaded = read(report.write(tmp_path / "q2.json")[0])
    columns = ["concept", "entity", "start", "end", "unit", "value", "decimals", "text", "label", "rule"]
    assert loaded.to_polars().select(columns).equals(report.to_polars().select(columns))
    assert len(loaded.to_pandas()) == len(report.to_pandas()) == len(loaded.to_arrow()) == len(report.to_arrow()) == 6


def test_no_facts_make_a_frame_without_rows() -> None:
    pytest.importorskip("pandas")
    empty: Tagged = replace(text_release(), facts=())
    assert len(frames.to_pandas(empty.reported)) == 0
    assert frames.to_arrow(empty.reported).num_rows == 0


@pytest.mark.parametrize(("name", "library", "extra"), [("to_pandas", "pandas", "pandas"), ("to_polars", "polars", "polars"), ("to_arrow", "pyarrow", "arrow")])  # fmt: skip
def test_a_library_that_is_missing_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"{library} is not installed: pip install 'gaap-tagger\[{extra}\]'"):
        getattr(frames, name)(facts())
