"""What evidence is counted from: the SEC's Financial Statement Data Sets, and tables of labels with their concepts."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tagger.evidence.features import words
from tagger.evidence.samples import Filed, Row
from tagger.evidence.weights import OWN

_STATEMENTS = {"BS": "balance-sheet", "IS": "operations", "CF": "cash-flow", "CI": "comprehensive-income"}
KINDS = frozenset(_STATEMENTS.values())
_STANDARD = ("us-gaap:", "srt:")
_TABLE = (".tsv", ".tsv.gz")

# What ends each part of a statement, from its first row on; words of totals as they are folded.
_PARTS = {
    "balance-sheet": (
        ("total current asset", ("Assets", "Current assets")),
        ("total asset", ("Assets",)),
        ("total current liability", ("Liabilities", "Current liabilities")),
        ("total liability", ("Liabilities",)),
        ("equity", ("Stockholders' equity",)),
    ),
    "cash-flow": (
        ("operating activity", ("Operating activities",)),
        ("investing activity", ("Investing activities",)),
        ("financing activity", ("Financing activities",)),
    ),
}


def read_source(path: Path) -> list[Filed]:
    """Return the statements of the file at *path*: a quarter of the data sets (zip) or a table of labels (tsv).

    Raises `ValueError` for a file that is neither.
    """
    if path.name.endswith(_TABLE):
        return list(_labels(path))
    if zipfile.is_zipfile(path):
        return list(_data_set(path))
    raise ValueError(f"{path}: neither a quarter of the Financial Statement Data Sets nor a table of labels")


def _labels(path: Path) -> Iterator[Filed]:
    groups: dict[tuple[str, ...], list[Mapping[str, str]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\"):
            if row["statement"] in KINDS and not row["concept"].endswith("TextBlock"):
                filer = row["cik"] or row["filer"]
                groups[filer, row["form"], row["period"], row["statement"], row["source"]].append(row)
    for (filer, _, period, kind, _), rows in groups.items():
        year = int(rows[0]["taxonomy_year"] or period[:4])
        ordered = sorted(rows, key=lambda row: int(row["order"]))
        yield Filed(filer, kind, year, tuple(map(_row_of_label, ordered)))


def _row_of_label(row: Mapping[str, str]) -> Row:
    concept = row["concept"] if row["concept"].startswith(_STANDARD) else OWN
    headings = tuple(part for part in row["heading"].split(" > ") if part)
    return Row(row["label"], headings, concept, int(row["order"]), not row["members"], bool(row["standard_label"]))


def _data_set(path: Path) -> Iterator[Filed]:
    with zipfile.ZipFile(path) as archive:
        filings = {row["adsh"]: row for row in _table(archive, "sub.txt")}
        groups: dict[tuple[str, str], dict[int, Mapping[str, str]]] = defaultdict(dict)
        for row in _table(archive, "pre.txt"):
            if row["stmt"] in _STATEMENTS and row["inpth"] == "0" and row["adsh"] in filings:
                groups[row["adsh"], row["report"]][int(row["line"])] = row
    for (name, _), lines in groups.items():
        rows = [lines[line] for line in sorted(lines)]
        filing = filings[name]
        kind = _STATEMENTS[rows[0]["stmt"]]
        years = [int(row["version"].rpartition("/")[2]) for row in rows if row["version"].startswith("us-gaap/")]
        year = years[0] if years else int(filing["period"][:4])
        labels = [row["plabel"] for row in rows]
        headings = inferred_headings(kind, labels)
        found = (
            Row(row["plabel"], parts, _concept(row, name), int(row["line"]))
            for row, parts in zip(rows, headings, strict=True)
            if row["plabel"]
        )
        yield Filed(filing["cik"], kind, year, tuple(found))


def _table(archive: zipfile.ZipFile, name: str) -> Iterator[Mapping[str, str]]:
    with archive.open(name) as packed:
        text = io.TextIOWrapper(packed, "utf-8", errors="replace", newline="")
        yield from csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE)


def _concept(row: Mapping[str, str], filing: str) -> str:
    return OWN if row["version"] == filing else f"us-gaap:{row['tag']}"


def inferred_headings(kind: str, labels: list[str]) -> list[tuple[str, ...]]:
    """Return the headings that rows stand under, as the totals that end the parts of a statement tell.

    >>> inferred_headings("balance-sheet", ["Cash", "Total current assets", "Goodwill", "Total assets"])[2]
    ('Assets',)
    """
    parts = list(_PARTS.get(kind, ()))
    found: list[tuple[str, ...]] = []
    folded = [words(label).whole for label in labels]
    ends = [next((at for at, said in enumerate(folded) if _ends(said, phrase)), -1) for phrase, _ in parts]
    for at in range(len(labels)):
        left = [heading for (_, heading), end in zip(parts, ends, strict=True) if at < end]
        found.append(left[0] if left else ())
    return found


def _ends(said: str, phrase: str) -> bool:
    return phrase in said and said.startswith(("total ", "net cash", "cash provided", "equity", phrase))
