"""Where the library keeps what it makes for itself on this machine: compiled rules, installed taxonomies."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path


def cache_folder() -> Path | None:
    """Return the user's folder for caches: ``$TAGGER_CACHE``, else the system's place for them.

    ``TAGGER_CACHE=off`` says that there is none. On Linux the place is ``$XDG_CACHE_HOME/tagger`` or
    ``~/.cache/tagger``.
    """
    chosen = os.environ.get("TAGGER_CACHE", "")
    if chosen:
        return None if chosen.lower() in ("off", "0", "no") else Path(chosen)
    root = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    if root and Path(root).is_absolute():
        return Path(root) / "tagger"
    with suppress(RuntimeError):  # no home folder
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "tagger"
    return None


def is_own(found: os.stat_result) -> bool:
    """Whether a file or folder is the user's, or the system's own, and none but they can write it.

    What others can write could be made to say anything; a system that knows no users has no others.
    """
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid in {0, os.geteuid()} and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
