"""Releases in, facts out, as Arrow batches: plain, and by the engines that users already run."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tagger
from conftest import ROOT
from tagger.writing.columns import NAMES, tagged_rows

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

EXAMPLES = ROOT / "examples" / "engines"
RELEASES = [ROOT / "examples" / "brightwater-2008q2" / "release.txt", *sorted((ROOT / "tests" / "golden").glob("*.txt"))[:2]]  # fmt: skip


def plain(paths: list[Path]) -> list[str]:
    """Return what `tag` gives for each document, as Arrow holds it, without where it was read from."""
    tables = [tagger.tag(path).to_arrow() for path in paths]
    return sorted(str(tuple(row.values())[1:]) for row in pyarrow.concat_tables(tables).to_pylist())


def test_a_batch_of_releases_gives_a_batch_of_facts() -> None:
    from tagger.arrow import SCHEMA, tag_batch

    contents = [path.read_bytes() for path in RELEASES]
    batch = pyarrow.record_batch({"name": [path.name for path in RELEASES], "content": contents})
    facts = tag_batch(batch)
    assert facts.schema == SCHEMA
    assert facts.schema.names == [*NAMES, "failure"]
    alone = [row for path in RELEASES for row in tagged_rows(tagger.tag(path).tagged)]
    assert [tuple(row.values())[:-1] for row in facts.to_pylist()] == alone
    assert set(facts.column("failure").to_pylist()) == {None}


def test_text_and_entities_are_taken_and_options_reach_tag() -> None:
    from tagger.arrow import tag_batch

    batch = pyarrow.record_batch(
        {"name": ["a"], "content": [RELEASES[0].read_text()], "entity": ["cik:77"], "more": [1]}
    )
    facts = tag_batch(batch, own_concepts=False).to_pylist()
    assert {row["cik"] for row in facts} == {"0000000077"}
    assert not [row for row in facts if not row["concept"].startswith("us-gaap:")]


def test_a_document_that_fails_is_a_row_that_says_why() -> None:
    from tagger.arrow import tag_batch

    names = ["empty", "pdf", "nothing", "who"]
    batch = pyarrow.record_batch(
        {"name": names, "content": [b"", b"PK\x03\x04", None, b"Text.\n"], "entity": [None, None, None, "acme"]}
    )
    rows = tag_batch(batch).to_pylist()
    assert [row["source"] for row in rows] == names
    assert all(row["concept"] is None for row in rows)
    assert "there is nothing in it" in rows[0]["failure"]
    assert "a zip archive" in rows[1]["failure"]
    assert "give cik:NUMBER" in rows[3]["failure"]
    assert tagger.read(tag_batch(batch)).problems[0].startswith("empty: there is nothing")


def test_what_is_no_batch_of_releases_is_refused() -> None:
    from tagger.arrow import tag_batch

    with pytest.raises(ValueError, match="needs a column content; it has name"):
        tag_batch(pyarrow.record_batch({"name": ["a"]}))
    with pytest.raises(ValueError, match="give cik:NUMBER"):
        tag_batch(pyarrow.record_batch({"name": ["a"], "content": [b""]}), entity="acme")


def test_no_releases_give_no_facts() -> None:
    pandas = pytest.importorskip("pandas")
    from tagger.arrow import SCHEMA, tag_batch, tag_frame, tag_table

    empty = pyarrow.record_batch({"name": pyarrow.array([], "string"), "content": pyarrow.array([], "binary")})
    assert tag_batch(empty).num_rows == 0
    assert tag_table(pyarrow.Table.from_batches([empty])).schema == SCHEMA
    assert list(tag_frame(pandas.DataFrame({"name": [], "content": []})).columns) == SCHEMA.names


@pytest.mark.parametrize(
    ("engine", "needs"),
    [
        ("spark", ("pyspark",)),
        ("ray", ("ray", "pandas")),
        ("dask", ("dask", "distributed", "pandas")),
        ("duckdb", ("duckdb",)),
        ("polars", ("polars",)),
    ],
)
def test_an_engine_gives_the_rows_of_the_plain_run(engine: str, needs: tuple[str, ...], tmp_path: Path) -> None:
    for name in needs:
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed")
    if engine == "spark" and shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime")
    folder = tmp_path / "releases"
    folder.mkdir()
    for path in RELEASES:
        shutil.copy(path, folder)
    quiet = {"RAY_USAGE_STATS_ENABLED": "0", "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    environment = {**os.environ, **quiet, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(EXAMPLES / f"with_{engine}.py"), str(folder), str(tmp_path / "facts")]
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=500
    )
    assert done.returncode == 0, done.stderr[-3000:]
    rows = parquet.read_table(tmp_path / "facts").cast(_schema()).to_pylist()
    assert sorted(str(tuple(row[name] for name in NAMES[1:])) for row in rows) == plain(RELEASES)
    assert {Path(row["source"]).name for row in rows} == {path.name for path in RELEASES}


def _schema() -> object:
    from tagger.arrow import SCHEMA

    return SCHEMA
