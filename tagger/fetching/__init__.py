"""Releases from EDGAR, for a user who says who asks: filings of companies, their exhibits and a manifest in a folder.

`client` asks politely, `filings` knows which filings hold results, `folder` keeps them beside a manifest that
`find_releases` reads. Nothing else of the library uses the network.
"""

from tagger.fetching.client import FetchError
from tagger.fetching.fetch import Fetched, fetch_releases

__all__ = ["FetchError", "Fetched", "fetch_releases"]
