"""What to compare with: lxml parsing as many bytes of HTML, Arelle loading what was written, edgartools finding facts."""

from __future__ import annotations

import importlib.util
import json
import logging
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import lxml.html

import tagger


def html_parser(report: tagger.Report, size: int) -> Callable[[], object]:
    """Return a call that parses *size* bytes of HTML: the report's own page, repeated or cut to that size."""
    page = report.render("htm").split(b"?>", 1)[-1]
    page = (page * (size // len(page) + 1))[:size]
    return lambda: lxml.html.document_fromstring(page)


def arelle_loader(report: tagger.Report, folder: Path) -> Callable[[], object]:
    """Write *report* into *folder* and return a call that loads the instance with Arelle, offline."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from arelle.api.Session import Session
        from arelle.RuntimeOptions import RuntimeOptions
    report.write(folder / "release.xml")

    def load() -> int:
        with warnings.catch_warnings(), tempfile.TemporaryDirectory() as cache, Session() as session:
            warnings.simplefilter("ignore")
            options = RuntimeOptions(
                cacheDirectory=cache,
                disablePersistentConfig=True,
                entrypointFile=str(folder / "release.xml"),
                keepOpen=True,
                logFile="logToBuffer",
                packages=[str(folder / "release-taxonomy.zip")],
                workOffline=True,
            )
            session.run(options)
            wrong = [entry for entry in json.loads(session.get_logs("json"))["log"] if entry["level"] == "error"]
            if wrong:
                raise SystemExit(f"Arelle cannot load what was written: {wrong[0]['message']['text']}")
            return sum(len(model.factsInInstance) for model in session.get_models())

    return load


def has_edgartools() -> bool:
    return importlib.util.find_spec("edgar") is not None


def edgartools_facts(content: bytes) -> object:
    """Return what edgartools finds in the tables of a release."""
    from edgar.earnings import EarningsRelease

    logging.disable(logging.WARNING)
    attachment: Any = SimpleNamespace(content=content.decode("utf-8", "replace"))
    return EarningsRelease(attachment).to_facts_dataframe()
