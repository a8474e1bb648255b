"""Which filings of a company hold results, as EDGAR's index of its submissions tells them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct

from tagger.data import load_json
from tagger.fetching.client import Client, FetchError
from tagger.patterns import pattern

_ACCESSION = pattern(r"\d{10}-\d{2}-\d{6}")


class Edgar(Struct, frozen=True, kw_only=True):
    """Where EDGAR answers: its indexes of submissions, and its archives."""

    indexes: str = "https://data.sec.gov"
    archives: str = "https://www.sec.gov"


class Filing(Struct, frozen=True, kw_only=True):
    """A filing of a company; *items* are those of an 8-K, *period* is the date it reports, *url* the whole submission."""

    company: str
    cik: str
    accession: str
    form: str
    filed: dt.date
    period: dt.date | None
    items: frozenset[str]
    url: str


class Wanted(Struct, frozen=True, kw_only=True):
    """Which filings are wanted: of these *forms*, filed from *since* to *until*; of 8-Ks those with results, or *every* one."""

    forms: tuple[str, ...] = ("8-K",)
    since: dt.date | None = None
    until: dt.date | None = None
    every: bool = False

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"nothing is filed from {self.since} to {self.until}: the end is before the beginning")

    def takes(self, filing: Filing) -> bool:
        """Whether *filing* is one of them."""
        return (
            filing.form in self.forms
            and (self.since is None or filing.filed >= self.since)
            and (self.until is None or filing.filed <= self.until)
            and (self.every or not filing.form.startswith("8-K") or _tells_results(filing))
        )


def _tells_results(filing: Filing) -> bool:
    """Whether the items of an 8-K are those under which results were told when it was filed."""
    for row in load_json("filings")["items_of_results"]:
        if filing.filed.isoformat() < row["before"]:
            return not filing.items or not filing.items.isdisjoint(row["items"])
    return False


def filings_of(cik: str, client: Client, edgar: Edgar, *, since: dt.date | None) -> Iterator[Filing]:
    """Yield the filings of the company *cik*, the newest first; pages of the index that end before *since* are not read."""
    address = f"{edgar.indexes}/submissions/CIK{cik}.json"
    index = _json(client, address)
    try:
        company, filings = str(index["name"]), index["filings"]
        yield from _filings(filings["recent"], company, cik, edgar)
        for page in filings.get("files", ()):
            if since is None or str(page["filingTo"]) >= since.isoformat():
                older = _json(client, f"{edgar.indexes}/submissions/{page['name']}")
                yield from _filings(older, company, cik, edgar)
    except (KeyError, TypeError, ValueError) as error:
        raise FetchError(f"{address}: this is no index of submissions ({error!r})") from error


def _filings(columns: Mapping[str, Sequence[str]], company: str, cik: str, edgar: Edgar) -> Iterator[Filing]:
    names = ("accessionNumber", "form", "filingDate", "reportDate", "items")
    for accession, form, filed, period, items in zip(*(columns[name] for name in names), strict=True):
        if not _ACCESSION.fullmatch(accession):
            raise ValueError(f"accession {accession!r}")
        yield Filing(
            company=company,
            cik=cik,
            accession=accession,
            form=form,
            filed=dt.date.fromisoformat(filed),
            period=_date(period),
            items=frozenset(filter(None, items.split(","))),
            url=f"{edgar.archives}/Archives/edgar/data/{int(cik)}/{accession}.txt",
        )


def _date(text: str) -> dt.date | None:
    with suppress(ValueError):
        return dt.date.fromisoformat(text)
    return None


def _json(client: Client, address: str) -> Any:
    try:
        return json.loads(client.get(address))
    except ValueError as error:
        raise FetchError(f"{address}: what came is no JSON ({error})") from error
