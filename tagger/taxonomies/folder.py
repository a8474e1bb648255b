"""Where installed taxonomies are. Looking there costs next to nothing, which matters to those who have none."""

from __future__ import annotations

import os
from pathlib import Path

from tagger.folders import cache_folder
from tagger.patterns import pattern

_FILE = pattern(r"(?P<family>[a-z]+(?:-[a-z]+)*)-(?P<year>\d{4})\.taxonomy")


def store_folder() -> Path | None:
    """Return where installed taxonomies are; ``None`` if the user has no folder for caches."""
    folder = cache_folder()
    return None if folder is None else folder / "taxonomies"


def installed_files() -> tuple[tuple[str, int, Path], ...]:
    """Return family, year and file of what is installed, in that order; nothing is opened."""
    folder = store_folder()
    if folder is None:
        return ()
    try:
        names = [entry.name for entry in os.scandir(folder)]
    except OSError:
        return ()
    found = ((match, name) for name in names if (match := _FILE.fullmatch(name)) is not None)
    return tuple(sorted((match["family"], int(match["year"]), folder / name) for match, name in found))


def store_name(family: str, year: int) -> str:
    """Return the name of the file a taxonomy is kept in.

    >>> store_name("us-gaap", 2024)
    'us-gaap-2024.taxonomy'
    """
    return f"{family}-{year}.taxonomy"
