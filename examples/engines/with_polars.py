"""Tag a folder of releases into polars: ``python with_polars.py RELEASES FACTS`` (``pip install 'gaap-tagger[polars,arrow]'``)."""

import sys

import polars

import tagger
import tagger.arrow


def main(releases: str, facts: str) -> None:
    """Read *releases* into a frame, tag it, ask it something, and write *facts* as Parquet."""
    sources = list(tagger.find_releases(releases, recursive=True))
    documents = polars.DataFrame(
        {"name": [source.name for source in sources], "content": [source.read() for source in sources]}
    )
    tagged = polars.from_arrow(tagger.arrow.tag_table(documents.to_arrow()))
    print(tagged.group_by("source", "statement").agg(polars.len()).sort("source", "statement"))
    tagged.write_parquet(facts)


if __name__ == "__main__":
    main(*sys.argv[1:])
