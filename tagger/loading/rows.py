"""Rows of CSV files, whatever is in them."""

from __future__ import annotations

import csv
import io
import threading

from tagger.loading.errors import LoadError

_LIMIT = threading.Lock()  # the limit of Python's reader is one for all threads
_LONGEST = 100_000_000  # characters of a cell: notes of a filing are longer than what Python takes by itself


def read_rows(data: bytes, name: str) -> tuple[list[str], list[dict[str, str]]]:
    """Return the names of the columns of *data*, and its rows; a row that is too short is filled up with nothing.

    >>> read_rows(b"a,b\\r\\n1,2\\r\\n3\\r\\n", "x.csv")
    (['a', 'b'], [{'a': '1', 'b': '2'}, {'a': '3', 'b': ''}])
    """
    with _LIMIT:
        return _rows(data, name)


def _rows(data: bytes, name: str) -> tuple[list[str], list[dict[str, str]]]:
    usual = csv.field_size_limit(_LONGEST)
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""), restval="")
        rows = [{column: cell for column, cell in row.items() if column is not None} for row in reader]
        return list(reader.fieldnames or ()), rows
    except csv.Error as error:
        raise LoadError(f"{name}: no table that can be read: {error}") from error
    finally:
        csv.field_size_limit(usual)
