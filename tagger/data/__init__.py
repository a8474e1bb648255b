"""Word lists and tables the engine reads: one accessor, whichever way tagger was installed."""

from __future__ import annotations

import importlib.resources
import json
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any


def resource(package: str) -> Traversable:
    """Return the folder of *package* ("rules", "taxonomy", "data"): installed, or beside `tagger/` in a checkout."""
    try:
        return importlib.resources.files(f"tagger.{package}")
    except ModuleNotFoundError:
        return Path(__file__).resolve().parents[2] / package


@cache
def load_json(name: str) -> Any:
    """Return the content of ``tagger/data/NAME.json``."""
    return json.loads((resource("data") / f"{name}.json").read_text("utf-8"))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """Return the list under *key* of ``tagger/data/NAME.json``, to look words up in."""
    return frozenset(load_json(name)[key])
