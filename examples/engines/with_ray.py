"""Tag a folder of releases with Ray Data: ``python with_ray.py RELEASES FACTS`` (``pip install 'gaap-tagger[ray]'``)."""

import sys

import pyarrow
import ray

import tagger.arrow


def tag(documents: pyarrow.Table) -> pyarrow.Table:
    """Tag a batch of what Ray reads: columns *bytes* and *path*."""
    return tagger.arrow.tag_table(pyarrow.table({"name": documents["path"], "content": documents["bytes"]}))


def main(releases: str, facts: str) -> None:
    """Read the files of *releases* as binary, tag them by the batch, and write *facts* as Parquet."""
    documents = ray.data.read_binary_files(releases, include_paths=True, file_extensions=["txt", "htm", "html"])
    documents.map_batches(tag, batch_format="pyarrow", batch_size=50).write_parquet(facts)


if __name__ == "__main__":
    main(*sys.argv[1:])
