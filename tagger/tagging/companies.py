"""Companies by ticker and name, from a file of the user's: which CIK a release without one belongs to."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from tagger.data import load_json
from tagger.patterns import pattern

_STATE = pattern(r"/[A-Z]{2,3}/?\s*$")  # what EDGAR puts behind names that occur twice
_WORD = pattern(r"[^\W_]+")
_SHORT = pattern(r"(\S+)\s+(\d{1,10})")  # a ticker and a CIK


class Listed(NamedTuple):
    """A company as a list has it."""

    cik: str
    ticker: str
    name: str


class Companies(Struct, frozen=True, eq=False):
    """A list of companies, asked by ticker and by name."""

    by_ticker: Mapping[str, Listed]
    by_name: Mapping[tuple[str, ...], frozenset[str]]

    def cik(self, ticker: str, name: str) -> str:
        """Return the CIK of the company called *name* that trades as *ticker*; nothing where the two do not agree.

        Tickers pass from one company to another, so one counts only where the listed name begins like the company's; in
        a list without names it counts alone. Otherwise a name counts that one company has.
        """
        words, listed = _words(name), self.by_ticker.get(ticker)
        if listed is not None:
            theirs = _words(listed.name)
            short = min(len(words), len(theirs)) if listed.name else 0
            if words[:short] == theirs[:short] and (short or not listed.name):
                return listed.cik
        named = self.by_name.get(words, frozenset()) if words else frozenset()
        return next(iter(named)) if len(named) == 1 else ""


def load_companies(path: str | os.PathLike[str]) -> Companies:
    """Read a list: the SEC's ``company_tickers.json``, or a table with columns *cik*, *ticker* and *name* (CSV, TSV)."""
    file = Path(path)
    return _loaded(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _loaded(path: Path, _changed: int) -> Companies:
    text = path.read_text("utf-8-sig")
    try:
        return parse_companies(json.loads(text) if text.lstrip()[:1] in ("{", "[") else _table(text))
    except ValueError as error:
        raise ValueError(f"{path}: no list of companies: {error}") from error


def parse_companies(told: Any) -> Companies:
    """Return the companies of *told*, as the SEC's JSON or a table has them.

    >>> parse_companies({"0": {"cik_str": 77, "ticker": "ACME", "title": "Acme Corp."}}).cik("ACME", "Acme Corporation")
    '0000000077'
    """
    listed = list(_listed(told))
    if not listed:
        raise ValueError("a company needs a 'cik' and a 'ticker' or a 'name'")
    names: dict[tuple[str, ...], set[str]] = {}
    for company in listed:
        names.setdefault(_words(company.name), set()).add(company.cik)
    return Companies(
        {company.ticker: company for company in listed if company.ticker},
        {words: frozenset(ciks) for words, ciks in names.items()},
    )


def _listed(told: Any) -> Iterator[Listed]:
    rows = told.values() if isinstance(told, dict) else told
    if isinstance(told, dict) and isinstance(told.get("fields"), list):  # company_tickers_exchange.json
        rows = [dict(zip(told["fields"], row, strict=False)) for row in told.get("data", ())]
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        given = {str(name).lower(): str(value or "").strip() for name, value in row.items()}
        cik = given.get("cik") or given.get("cik_str", "")
        ticker, name = given.get("ticker", "").upper(), _name(given)
        if cik.isdecimal() and (ticker or name):
            yield Listed(cik.zfill(10), ticker, name)


def _name(row: Mapping[str, str]) -> str:
    return next((row[key] for key in ("name", "title", "company") if row.get(key)), "")


def _table(text: str) -> Iterable[Mapping[str, str]]:
    lines = text.splitlines()
    if lines and _SHORT.fullmatch(lines[0].strip()):
        return [{"ticker": m[1], "cik": m[2]} for m in map(_SHORT.fullmatch, map(str.strip, lines)) if m]
    mark = "\t" if lines and "\t" in lines[0] else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark))


def _words(name: str) -> tuple[str, ...]:
    """Return what tells one company from another in *name*: its words without the legal form.

    >>> _words("HARBOR & PINE CORP /DE/"), _words("The Harbor & Pine Corporation")
    (('harbor', 'pine'), ('harbor', 'pine'))
    """
    dull = load_json("companies")["dull"]
    return tuple(word for word in _WORD.findall(_STATE.sub("", name).casefold()) if word not in dull)
