"""Load what was written with Arelle, offline and hermetically, as a user of ours would."""

from __future__ import annotations

import datetime as dt
import gc
import json
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tagger.facts import Fact
from tagger.values import Instant

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from arelle.api.Session import Session
    from arelle.RuntimeOptions import RuntimeOptions

Row = tuple[str, str, tuple[str, str], str, str, Decimal, int | None, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Loaded:
    """The facts Arelle found, numbers and *texts* apart, and everything it complained about."""

    facts: tuple[Row, ...]
    complaints: tuple[str, ...]
    texts: tuple[tuple[str, str], ...] = ()


def load(path: Path, packages: Sequence[Path] = (), *, calculation: str = "c11r") -> Loaded:
    """Load and validate *path*: XBRL 2.1, dimensions, Inline XBRL or OIM, units, duplicates, calculations."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loaded = _load(path, packages, calculation)
        gc.collect()  # Arelle leaves files open; they are closed here, where nobody minds
    return loaded


def _load(path: Path, packages: Sequence[Path], calculation: str) -> Loaded:
    with tempfile.TemporaryDirectory() as cache, Session() as session:
        options = RuntimeOptions(
            cacheDirectory=cache,
            calcs=calculation,
            disablePersistentConfig=True,
            entrypointFile=str(path),
            keepOpen=True,
            logFile="logToBuffer",
            packages=[str(package) for package in packages],
            utrValidate=True,
            validate=True,
            validateDuplicateFacts="inconsistent",
            validateXmlOim=True,
            workOffline=True,
        )
        session.run(options)
        entries = json.loads(session.get_logs("json"))["log"]
        complaints = tuple(
            f"{entry['level']} {entry['code']}: {entry['message']['text']}"
            for entry in entries
            if entry["level"] not in {"info", "debug"}
        )
        found = [fact for model in session.get_models() for fact in model.factsInInstance]
        facts = tuple(sorted(_row(fact) for fact in found if fact.unit is not None))
        texts = tuple(sorted((str(fact.qname), fact.value) for fact in found if fact.unit is None))
    return Loaded(facts, complaints, texts)


def _row(fact: Any) -> Row:
    context = fact.context
    last = context.endDatetime - dt.timedelta(days=1)
    period = f"{last:%Y-%m-%d}" if context.isInstantPeriod else f"{context.startDatetime:%Y-%m-%d}/{last:%Y-%m-%d}"
    numerator, denominator = fact.unit.measures
    unit = "/".join("*".join(map(str, measures)) for measures in (numerator, denominator) if measures)
    members = tuple(sorted((str(axis), str(value.memberQname)) for axis, value in context.qnameDims.items()))
    decimals = None if fact.decimals in {None, "INF"} else int(fact.decimals)
    return (fact.id, str(fact.qname), context.entityIdentifier, period, unit, Decimal(fact.xValue), decimals, members)


def rows(facts: Sequence[Fact]) -> tuple[Row, ...]:
    """Return *facts* as `load` returns those it finds."""
    return tuple(sorted(_expected(fact) for fact in facts))


def _expected(fact: Fact) -> Row:
    period = str(fact.period.date) if isinstance(fact.period, Instant) else str(fact.period)
    members = tuple(sorted((member.axis, member.member) for member in fact.members))
    entity = (fact.entity.scheme, fact.entity.identifier)
    return (fact.id, fact.concept, entity, period, str(fact.unit), fact.value, fact.decimals, members)
