"""What Arelle says of a report, asked in this process and without a network."""

from __future__ import annotations

import gc
import json
import tempfile
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tagger.checking.complaint import Complaint, Level
from tagger.extras import missing, there
from tagger.patterns import pattern

_LEVELS = {"critical": Level.ERROR, "error": Level.ERROR, "error-semantic": Level.ERROR, "assertion-not-satisfied": Level.ERROR}  # fmt: skip
# What is wrong with every fact when a schema is missing, and says nothing more.
_FOLLOWS = pattern(r"missingReferences|unknownConcept|invalidTaxonomy")
_SEC_FORMATS = "unrecognized transformation namespace http://www.sec.gov/"
_QUIET = frozenset({"info", "debug", "info-semantic", "info-result"})


_ASKED = {
    "calcs": "c11r",
    "utrValidate": True,
    "validate": True,
    "validateDuplicateFacts": "inconsistent",
    "validateXmlOim": True,
}


def ask_arelle(path: Path, packages: Sequence[Path]) -> Iterable[Complaint]:
    """Yield what Arelle complains of: XBRL 2.1, dimensions, Inline XBRL, OIM, units, duplicates, calculations."""
    entries = run_arelle(path, packages, _ASKED)
    found = [entry for entry in entries if entry["level"] not in _QUIET]
    missing_taxonomy = any(entry["code"] == "IOerror" for entry in found)
    for entry in found:
        if missing_taxonomy and _FOLLOWS.search(str(entry["code"])):
            continue
        if _SEC_FORMATS in entry["message"]["text"]:
            continue  # Arelle reads them with a plug-in that nobody can install by name; we read them ourselves
        yield Complaint(
            level=_LEVELS.get(entry["level"], Level.WARNING),
            code=str(entry["code"]),
            message=_message(entry),
            source="arelle",
            where=", ".join(_places(entry)),
        )
    if missing_taxonomy:
        yield Complaint(
            level=Level.NOTE,
            code="taxonomy-missing",
            message="the taxonomy is not at hand, so that Arelle can check little: give it with --package",
            source="tagger",
        )


def run_arelle(path: Path, packages: Sequence[Path], options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Load *path* with *options* and return the entries of Arelle's log; nothing outside is read or kept.

    Raises `MissingExtra` where Arelle is not installed.
    """
    if not there("arelle"):
        raise missing("arelle")
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as cache:
        warnings.simplefilter("ignore")
        from arelle.api.Session import Session
        from arelle.RuntimeOptions import RuntimeOptions

        with Session() as session:
            session.run(
                RuntimeOptions(
                    cacheDirectory=cache,
                    disablePersistentConfig=True,
                    entrypointFile=str(path),
                    logFile="logToBuffer",
                    packages=[str(package) for package in packages],
                    workOffline=True,
                    **options,
                )
            )
            entries: list[dict[str, Any]] = json.loads(session.get_logs("json"))["log"]
        gc.collect()  # Arelle leaves files open; they are closed here, where nobody minds
    return entries


def _message(entry: Mapping[str, Any]) -> str:
    text = " ".join(str(entry["message"]["text"]).split())
    return text.removeprefix(f"[{entry['code']}] ")


def _places(entry: Mapping[str, Any]) -> list[str]:
    found = (Path(str(place.get("href", ""))).name for place in entry.get("refs", ()))
    return [place for place in dict.fromkeys(found) if place][:3]
