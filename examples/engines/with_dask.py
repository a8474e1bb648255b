"""Tag a folder of releases with Dask: ``python with_dask.py RELEASES FACTS`` (``pip install 'gaap-tagger[dask]'``)."""

import sys

import dask.dataframe
import pandas
from dask.distributed import Client

import tagger
import tagger.arrow


def read(part: pandas.DataFrame) -> pandas.DataFrame:
    """Read the documents that *part* names, and tag them."""
    contents = [tagger.Source(name=name, path=name).read() for name in part["name"]]
    return tagger.arrow.tag_frame(part.assign(content=contents))


def main(releases: str, facts: str) -> None:
    """Hand the names of the files of *releases* to two workers, and write *facts* as Parquet."""
    names = pandas.DataFrame({"name": [source.name for source in tagger.find_releases(releases, recursive=True)]})
    empty = tagger.arrow.tag_frame(pandas.DataFrame({"name": [], "content": []}, dtype="string"))
    with Client(n_workers=2, threads_per_worker=1):
        documents = dask.dataframe.from_pandas(names, npartitions=-(-len(names) // 50) + 1)
        documents.map_partitions(read, meta=empty).to_parquet(facts, schema=tagger.arrow.SCHEMA)


if __name__ == "__main__":
    main(*sys.argv[1:])
