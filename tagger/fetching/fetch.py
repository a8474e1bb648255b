"""Fetching: for each company its filings, of each filing its exhibits, into a folder with a manifest."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from tagger.batches.manifest import NAME as MANIFEST
from tagger.batches.manifest import write_manifest
from tagger.fetching.client import Client, FetchError
from tagger.fetching.filings import Edgar, Filing, Wanted, filings_of
from tagger.files import write_files
from tagger.patterns import pattern
from tagger.reading.submission import exhibits_only
from tagger.tagging.companies import Companies, load_companies, parse_companies

_CIK = pattern(r"(?:cik:?)?0*(\d{1,10})", re.IGNORECASE)
_TICKERS = "files/company_tickers.json"


class Fetched(Struct, frozen=True, kw_only=True):
    """What became of a filing: the *path* it is at, *new* if it was not there before; no path where it holds no release."""

    filing: Filing
    path: Path | None
    new: bool


def fetch_releases(
    companies: str | Iterable[str],
    folder: str | os.PathLike[str],
    *,
    user_agent: str,
    since: dt.date | str | None = None,
    until: dt.date | str | None = None,
    forms: Iterable[str] = ("8-K",),
    every: bool = False,
    tickers: str | os.PathLike[str] | None = None,
    edgar: Edgar | None = None,
) -> Iterator[Fetched]:
    """Fetch the earnings releases of *companies*, CIKs or tickers, from EDGAR into *folder*, and yield each as it is there.

    *user_agent* is your name and e-mail address, which the SEC asks for. Of a filing the header and the exhibits 99 that
    hold figures are kept, as ``ACCESSION.txt``; ``manifest.csv`` says whose they are. What is there is not asked for
    again. Of 8-Ks those with results are fetched (item 2.02, or what it was before 2004), or *every* one. *tickers* is a
    file of companies as for `tagger.tag`; without one the SEC's list is asked. Raises `FetchError` where a server does not
    answer; what was fetched stays.
    """
    wanted = Wanted(forms=tuple(forms), since=_day(since), until=_day(until), every=every)
    client, place = Client(user_agent), edgar or Edgar()
    asked = [companies] if isinstance(companies, str) else list(companies)
    known = load_companies(tickers) if tickers is not None else None
    return _fetched(_ciks(asked, known, client, place), Path(folder), wanted, client, place)


def _fetched(ciks: Iterable[str], folder: Path, wanted: Wanted, client: Client, edgar: Edgar) -> Iterator[Fetched]:
    rows = _rows(folder)
    for cik in ciks:
        for filing in filings_of(cik, client, edgar, since=wanted.since):
            if not wanted.takes(filing):
                continue
            row = rows.get(filing.accession)
            new = row is None or bool(row["file"] and not (folder / row["file"]).is_file())
            if new:
                row = rows[filing.accession] = _kept(filing, folder, client)
                write_files({folder / MANIFEST: write_manifest(rows.values())})
            path = folder / row["file"] if row and row["file"] else None
            yield Fetched(filing=filing, path=path, new=new)


def _kept(filing: Filing, folder: Path, client: Client) -> dict[str, str]:
    """Fetch *filing*, keep its exhibits, and return its row of the manifest; one without exhibits has no file."""
    kept = exhibits_only(client.get(filing.url).decode("latin-1"))
    name = f"{filing.accession}.txt" if kept else ""
    if kept:
        write_files({folder / name: kept.encode("latin-1")})
    return {
        "file": name,
        "company": filing.company,
        "cik": filing.cik,
        "accession": filing.accession,
        "form": filing.form,
        "period": filing.period.isoformat() if filing.period else "",
        "filed": filing.filed.isoformat(),
        "url": filing.url,
    }


def _rows(folder: Path) -> dict[str, Mapping[str, str]]:
    """Return the manifest's rows, by accession."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row.get("accession") or row["file"]: row for row in csv.DictReader(file)}


def _ciks(asked: Iterable[str], known: Companies | None, client: Client, edgar: Edgar) -> Iterator[str]:
    """Yield the CIK of each company asked for; the SEC's list is fetched for the first ticker that needs it."""
    for company in asked:
        if found := _CIK.fullmatch(company.strip()):
            yield found[1].zfill(10)
            continue
        if known is None:
            address = f"{edgar.archives}/{_TICKERS}"
            try:
                known = parse_companies(json.loads(client.get(address)))
            except ValueError as error:
                raise FetchError(f"{address}: this is no list of companies ({error})") from error
        listed = known.by_ticker.get(company.strip().upper())
        if listed is None:
            raise ValueError(f"{company}: no such ticker; give a CIK")
        yield listed.cik


def _day(day: dt.date | str | None) -> dt.date | None:
    if not isinstance(day, str):
        return day
    try:
        return dt.date.fromisoformat(day)
    except ValueError as error:
        raise ValueError(f"{day}: give a date as 2008-01-31") from error
