"""Releases from EDGAR: what is asked for, how politely, what is kept, and whose it is when it is tagged."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import tagger
from tagger.cli.commands import app
from tagger.fetching import FetchError, client
from tagger.fetching.filings import Edgar
from tagger.tagging.companies import load_companies, parse_companies

ME = "Ann Doe ann@example.com"
RELEASE = """HARBOR & PINE CORP.
CONSOLIDATED BALANCE SHEETS
(In thousands)

                                 June 30,
                            2007          2006
Cash and cash equivalents   $ 41,208      $ 46,190
Inventories                    3,115         4,002
Total current assets        $ 44,323      $ 50,192
"""
TICKERS = {
    "0": {"cik_str": 12345, "ticker": "HARB", "title": "HARBOR & PINE CORP /DE/"},
    "1": {"cik_str": 777, "ticker": "ELM", "title": "Elm Hill Inc."},
}


def _submission(accession: str, *exhibits: tuple[str, str]) -> bytes:
    documents = (("8-K", "Item 2.02. Results."), *exhibits)
    parts = "".join(f"<DOCUMENT>\n<TYPE>{kind}\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n" for kind, text in documents)
    head = f"ACCESSION NUMBER:\t{accession}\nCONFORMED SUBMISSION TYPE:\t8-K\nFILED AS OF DATE:\t20070726\n"
    return f"<SEC-HEADER>\n{head}</SEC-HEADER>\n{parts}".encode("latin-1")


def _index(*filings: tuple[str, str, str, str]) -> dict[str, list[str]]:
    names = ("accessionNumber", "form", "filingDate", "items")
    columns = {name: [filing[place] for filing in filings] for place, name in enumerate(names)}
    return columns | {"reportDate": ["2007-07-26" if items else "" for *_, items in filings]}


def _accession(number: int) -> str:
    return f"0000012345-07-{number:06}"


PICTURE = "begin 644 logo.jpg\nM_]C_X``02D9)1@`!`0$`8`!@``#_VP!#``@&!@<&!0@'!P<)\nend"
FILINGS = {
    1: _submission(_accession(1), ("EX-99.1", RELEASE), ("GRAPHIC", PICTURE), ("EX-99.2", "A certificate.")),
    2: _submission(_accession(2), ("EX-99.1", "We appointed a director.")),
    3: _submission(_accession(3), ("EX-99.1", RELEASE.replace("41,208", "39,208").replace("44,323", "42,323"))),
}
RECENT = [
    (_accession(4), "10-Q", "2007-08-02", ""),
    (_accession(1), "8-K", "2007-07-26", "2.02,9.01"),
    (_accession(2), "8-K", "2007-05-01", "2.02"),
    (_accession(5), "8-K", "2007-04-02", "5.02"),
]
PAGES: dict[str, Any] = {
    "/submissions/CIK0000012345.json": {
        "name": "HARBOR & PINE CORP",
        "filings": {
            "recent": _index(*RECENT),
            "files": [{"name": "CIK0000012345-submissions-001.json", "filingTo": "2004-02-11"}],
        },
    },
    "/submissions/CIK0000012345-submissions-001.json": _index((_accession(3), "8-K", "2004-02-11", "12")),
    "/files/company_tickers.json": TICKERS,
    "/submissions/CIK0000000009.json": {"error": "nobody"},
    "/submissions/CIK0000000010.json": {
        "name": "X",
        "filings": {"recent": _index(("../../../etc/passwd", "8-K", "2007-07-26", "2.02"))},
    },
}


class _Edgar(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append((self.path, self.headers["User-Agent"], time.monotonic()))
        if server.busy:
            server.busy -= 1
            self.send_response(503)
            self.send_header("Retry-After", "0")
            self.end_headers()
            return
        page = PAGES.get(self.path)
        number = next((n for n in FILINGS if self.path.endswith(f"/{_accession(n)}.txt")), None)
        content = json.dumps(page).encode() if page is not None else FILINGS.get(number or 0)
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(gzip.compress(content))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Any]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Edgar) as made:
        made.asked, made.busy = [], 0  # type: ignore[attr-defined]
        made.address = f"http://127.0.0.1:{made.server_port}"  # type: ignore[attr-defined]
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def _fetch(server: Any, folder: Path, *companies: str, **options: Any) -> list[tagger.Fetched]:
    place = Edgar(indexes=server.address, archives=server.address)
    return list(tagger.fetch_releases(companies, folder, user_agent=ME, edgar=place, **options))


def _paths(server: Any) -> list[str]:
    return [path.rpartition("/")[2] for path, *_ in server.asked]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"TAGGER_USER_AGENT": ""})


def test_results_are_fetched_and_their_exhibits_kept_without_pictures(server: Any, tmp_path: Path) -> None:
    found = _fetch(server, tmp_path, "12345")
    assert [(each.filing.accession[-1], each.path is not None) for each in found] == [("1", True), ("2", False), ("3", True)]  # fmt: skip
    kept = (tmp_path / f"{_accession(1)}.txt").read_text()
    assert RELEASE.strip() in kept
    assert f"ACCESSION NUMBER:\t{_accession(1)}" in kept
    assert "begin 644" not in kept
    assert "certificate" not in kept
    assert {agent for _, agent, _ in server.asked} == {ME}


def test_what_is_fetched_is_tagged_as_the_companys(server: Any, tmp_path: Path) -> None:
    _fetch(server, tmp_path, "0000012345")
    reports = list(tagger.tag_many(tmp_path, jobs=1))
    assert len(reports) == 2
    for report in reports:
        assert isinstance(report, tagger.Report)
        assert report.entity.identifier == "0000012345"
        assert report.filer.name == "HARBOR & PINE CORP"
    row = next(csv.DictReader(io.StringIO((tmp_path / "manifest.csv").read_text())))
    assert (row["company"], row["cik"], row["form"], row["filed"], row["period"]) == (
        "HARBOR & PINE CORP",
        "0000012345",
        "8-K",
        "2007-07-26",
        "2007-07-26",
    )
    assert row["url"].endswith(f"/Archives/edgar/data/12345/{_accession(1)}.txt")


def test_what_is_there_is_not_asked_for_again(server: Any, tmp_path: Path) -> None:
    _fetch(server, tmp_path, "12345")
    server.asked.clear()
    assert [each.new for each in _fetch(server, tmp_path, "12345")] == [False, False, False]
    assert all(path.startswith("CIK") for path in _paths(server))
    (tmp_path / f"{_accession(1)}.txt").unlink()
    assert [each.new for each in _fetch(server, tmp_path, "12345")] == [True, False, False]


@pytest.mark.parametrize(
    ("options", "filed"),
    [
        ({"since": "2007-01-01"}, ["2007-07-26", "2007-05-01"]),
        ({"until": "2007-06-30"}, ["2007-05-01", "2004-02-11"]),
        ({"since": "2007-05-02", "until": "2007-07-31"}, ["2007-07-26"]),
        ({"forms": ("8-K/A",)}, []),
    ],
)
def test_dates_and_forms_choose(server: Any, tmp_path: Path, options: dict[str, Any], filed: list[str]) -> None:
    assert [each.filing.filed.isoformat() for each in _fetch(server, tmp_path, "12345", **options)] == filed
    if options.get("since"):
        assert "CIK0000012345-submissions-001.json" not in _paths(server)


def test_a_ticker_is_looked_up_in_the_secs_list_or_in_a_file(server: Any, tmp_path: Path) -> None:
    _fetch(server, tmp_path / "a", "harb", since="2007-07-01")
    assert _paths(server)[0] == "company_tickers.json"
    server.asked.clear()
    (tmp_path / "list.csv").write_text("ticker,cik\nHARB,12345\n")
    _fetch(server, tmp_path / "b", "HARB", since="2007-07-01", tickers=tmp_path / "list.csv")
    assert "company_tickers.json" not in _paths(server)
    with pytest.raises(ValueError, match="NOPE: no such ticker; give a CIK"):
        _fetch(server, tmp_path, "NOPE")


def test_requests_keep_their_distance(server: Any) -> None:
    asking = client.Client(ME, pause=0.1)
    for _ in range(3):
        asking.get(f"{server.address}/files/company_tickers.json")
    times = [moment for *_, moment in server.asked]
    assert all(later - earlier > 0.05 for earlier, later in itertools.pairwise(times))


def test_a_busy_server_is_asked_again(server: Any) -> None:
    server.busy = 2
    assert json.loads(client.Client(ME, pause=0).get(f"{server.address}/files/company_tickers.json")) == TICKERS
    assert len(server.asked) == 3


def test_what_a_server_does_not_give_is_an_error_that_names_it(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FetchError, match=r"CIK0000000008\.json: the server says 404"):
        _fetch(server, tmp_path, "8")
    with pytest.raises(FetchError, match=r"CIK0000000009\.json: this is no index of submissions"):
        _fetch(server, tmp_path, "9")
    with pytest.raises(FetchError, match=r"CIK0000000010\.json: this is no index of submissions .*passwd"):
        _fetch(server, tmp_path, "10")
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(client, "_TRIES", 1)
    with pytest.raises(FetchError, match=r"http://127\.0\.0\.1:1/: .*refused"):
        client.Client(ME).get("http://127.0.0.1:1/")


def test_the_command_fetches_and_says_what_came_of_it(server: Any, tmp_path: Path) -> None:
    asked = ("fetch", "12345", "--user-agent", ME, "-o", str(tmp_path), "--edgar", server.address)
    result = run(*asked)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == f"{tmp_path}/{_accession(1)}.txt: HARBOR & PINE CORP, 8-K of 2007-07-26"
    assert result.stdout.splitlines()[-1] == "3 filings: 2 fetched, 0 there already, 1 without a release"
    assert run(*asked, "--all", "--since", "2007-07-01").stdout == "1 filings: 0 fetched, 1 there already, 0 without a release\n"  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fetch", "12345", "--user-agent", "me"), "user agent 'me': the SEC wants to know who asks"),
        (("fetch", "12345", "--user-agent", ME, "--since", "May"), "May: give a date as 2008-01-31"),
        (("fetch", "12345", "--user-agent", ME, "--since", "2008-01-01", "--until", "2007-01-01"), "before the beginning"),
        (("fetch", "HARB", "--user-agent", ME, "--tickers", "none.csv"), "none.csv: No such file or directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


# Companies by ticker and name


@pytest.mark.parametrize(
    ("ticker", "name", "cik"),
    [
        ("HARB", "Harbor & Pine Corp.", "0000012345"),
        ("HARB", "Harbor & Pine Holdings, Inc.", "0000012345"),
        ("HARB", "Harbinger Group", ""),  # who had the ticker before
        ("HARB", "", ""),
        ("", "The Elm Hill Company", "0000000777"),
        ("HARB", "Elm Hill Inc.", "0000000777"),  # the name is in the list, whatever the ticker is
        ("", "Elm Grove Inc.", ""),
        ("", "Inc.", ""),
    ],
)
def test_a_company_is_known_where_ticker_and_name_agree(ticker: str, name: str, cik: str) -> None:
    assert parse_companies(TICKERS).cik(ticker, name) == cik


def test_a_name_that_two_companies_have_is_nobodys() -> None:
    told = [{"cik": "1", "name": "Elm Inc"}, {"cik": "2", "name": "ELM CORP"}]
    assert parse_companies(told).cik("", "Elm Inc") == ""


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(TICKERS),
        json.dumps({"fields": ["cik", "name", "ticker", "exchange"], "data": [[12345, "HARBOR & PINE", "HARB", "NYSE"]]}),
        "ticker,cik,name\nHARB,12345,Harbor & Pine\n",
        "CIK\tTicker\tCompany\n0000012345\tharb\tHarbor & Pine\n",
        "harb\t12345\nelm\t777\n",
    ],
)  # fmt: skip
def test_a_list_may_be_the_secs_or_a_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "list").write_text(text)
    assert load_companies(tmp_path / "list").cik("HARB", "Harbor & Pine Corp") == "0000012345"


def test_a_release_without_a_cik_is_found_in_the_list(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps(TICKERS))
    release = "ALBANY, July 26, 2007 - Harbor & Pine Corp. (NYSE: HARB) today reported its results.\n\n" + RELEASE
    assert tagger.tag(release, tickers=tmp_path / "list.json").entity.identifier == "0000012345"
    assert tagger.tag(release, tickers=tmp_path / "list.json", entity="cik:9").entity.identifier == "0000000009"
    assert not tagger.tag(release.replace("HARB", "PINE").replace("Harbor", "Harmony"), tickers=tmp_path / "list.json").entity.known  # fmt: skip


@pytest.mark.parametrize("text", ["", "{", "name\nElm\n", '{"0": {}}', "[1, 2]"])
def test_what_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "list").write_text(text)
    with pytest.raises(ValueError, match="list: no list of companies: "):
        load_companies(tmp_path / "list")
