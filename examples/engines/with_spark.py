"""Tag a folder of releases with PySpark: ``python with_spark.py RELEASES FACTS`` (``pip install 'gaap-tagger[spark]'``)."""

import sys

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

import tagger.arrow


def main(releases: str, facts: str) -> None:
    """Read the files of *releases* as binary, tag each batch where it lies, and write *facts* as Parquet."""
    spark = SparkSession.builder.appName("tagger").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 50)
    files = spark.read.format("binaryFile").option("pathGlobFilter", "*.{txt,htm,html}").load(releases)
    documents = files.selectExpr("path AS name", "content")
    tagged = documents.mapInArrow(tagger.arrow.tag_batches, from_arrow_schema(tagger.arrow.SCHEMA))
    tagged.write.mode("overwrite").parquet(facts)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
