"""`tagger fetch`: releases of companies from EDGAR, for a user who says who asks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli.refusal import refusing

if TYPE_CHECKING:
    from tagger.fetching import Fetched


def fetch(
    companies: Annotated[list[str], typer.Argument(metavar="COMPANY...", help="CIKs or tickers.", show_default=False)],
    user_agent: Annotated[
        str,
        typer.Option(
            "--user-agent",
            envvar="TAGGER_USER_AGENT",
            metavar="TEXT",
            help="Who asks, as the SEC wants it: 'Ann Doe ann@example.com'.",
            show_default=False,
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="Where to put them.")] = Path(
        "releases"
    ),
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Filed on this day or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Filed on this day or before.")] = None,
    form: Annotated[
        list[str] | None, typer.Option("--form", metavar="FORM", help="Forms to fetch; 8-K if none is given.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="8-Ks under any item, not only results.")] = False,
    tickers: Annotated[
        Path | None,
        typer.Option("--tickers", metavar="FILE", help="Companies by ticker, so that the SEC's list is not fetched."),
    ] = None,
    edgar: Annotated[
        str | None, typer.Option("--edgar", metavar="URL", help="A server that answers as EDGAR does.")
    ] = None,
) -> None:
    """Fetch earnings releases from EDGAR into a folder that `tagger tag` reads.

    Of each filing the header and the exhibits 99 that hold figures are kept; manifest.csv says whose they are. At most
    five requests go out a second, each under your name, and what is there already is not asked for again.
    """
    from tagger.fetching import fetch_releases
    from tagger.fetching.filings import Edgar

    with refusing():
        found = fetch_releases(
            companies,
            output,
            user_agent=user_agent,
            since=since,
            until=until,
            forms=form or ("8-K",),
            every=every,
            tickers=tickers,
            edgar=Edgar(indexes=edgar, archives=edgar) if edgar else None,
        )
        counts = Counter(map(_told, found))
    told = ", ".join(f"{counts[name]} {name}" for name in ("fetched", "there already", "without a release"))
    print(f"{sum(counts.values())} filings: {told}")


def _told(fetched: Fetched) -> str:
    """Print what was fetched, and return what became of it."""
    if fetched.path is None:
        return "without a release"
    if not fetched.new:
        return "there already"
    print(f"{fetched.path}: {fetched.filing.company}, {fetched.filing.form} of {fetched.filing.filed}", flush=True)
    return "fetched"
