"""Libraries that only some features need: imported where they are used, and missed with a clear error."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

# Which extra of this package (pip install 'gaap-tagger[...]') brings which library.
_EXTRAS = {
    "arelle": "check",
    "iXBRLViewerPlugin": "view",
    "numpy": "evidence",
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "arrow",
    "scipy": "evidence",
}
_TITLES = {"arelle": "Arelle", "iXBRLViewerPlugin": "the viewer"}


class MissingExtra(ImportError):
    """A library that an optional feature needs is not installed; the message says how to get it."""


def there(name: str) -> bool:
    """Whether the library *name* is installed."""
    return find_spec(name) is not None


def library(name: str) -> Any:
    """Return the library *name*, or raise `MissingExtra`."""
    try:
        return import_module(name)
    except ImportError as error:
        raise missing(name.partition(".")[0]) from error


def missing(name: str) -> MissingExtra:
    """Return the error that says how to install the library *name*.

    >>> print(missing("pandas"))
    pandas is not installed: pip install 'gaap-tagger[pandas]'
    """
    return MissingExtra(
        f"{_TITLES.get(name, name)} is not installed: pip install 'gaap-tagger[{_EXTRAS[name]}]'", name=name
    )
