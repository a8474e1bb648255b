"""Tag a folder of releases from DuckDB: ``python with_duckdb.py RELEASES FACTS`` (``pip install 'gaap-tagger[arrow]' duckdb``)."""

import sys

import duckdb
import pyarrow

import tagger.arrow


def main(releases: str, facts: str) -> None:
    """Let DuckDB read the files of *releases*, stream them through the tagger, and let it write *facts* as Parquet."""
    database = duckdb.connect()
    files = database.execute("SELECT filename AS name, content FROM read_blob($1)", [f"{releases}/*"])
    documents = files.to_arrow_reader(50)
    tagged = pyarrow.RecordBatchReader.from_batches(tagger.arrow.SCHEMA, tagger.arrow.tag_batches(documents))
    duckdb.connect().register("tagged", tagged).execute(f"COPY tagged TO '{facts}' (FORMAT parquet)")


if __name__ == "__main__":
    main(*sys.argv[1:])
