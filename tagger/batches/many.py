"""Many releases from Python: reports in order, an error as a value."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias, cast

from tagger.batches.crew import each_done, in_order
from tagger.batches.failure import Failure
from tagger.batches.sources import Source, find_releases
from tagger.batches.work import Options, ReportWork
from tagger.pipeline import parse_scale, parse_taxonomy
from tagger.report import Report
from tagger.ruleset import RuleSet, load_rules
from tagger.ruleset.source import RuleSource, rule_source
from tagger.tagging.companies import load_companies
from tagger.tagging.entity import parse_entity

Releases: TypeAlias = str | os.PathLike[str] | Iterable[str | bytes | os.PathLike[str] | Source]
Rules: TypeAlias = RuleSet | str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None

TIMEOUT = 120.0
MEMORY = 2_000


def tag_many(
    sources: Releases,
    *,
    jobs: int | None = None,
    timeout: float | None = TIMEOUT,
    memory: int | None = MEMORY,
    rules: Rules = None,
    **options: Any,
) -> Iterator[Report | Failure]:
    """Tag *sources* in several processes and yield a report for each, in order; a `Failure` where there is none.

    *sources* are paths, bytes, text, or what `find_releases` yields; a single path is a folder, pattern, list or archive
    as there. *jobs* is the number of processes, as many as there are cores if `None`. A document that takes more than
    *timeout* seconds of the processor's time (by the clock, where the system does not tell) or *memory* megabytes is
    stopped alone. *rules* and *options* are those of
    `tagger.tag`. Only a few reports are made ahead of the one that is asked for.
    """
    work = ReportWork(options_of(rules=rules, **options))
    found = each_done(work, _sources(sources), jobs=jobs, timeout=timeout, memory=memory)
    return cast("Iterator[Report | Failure]", in_order(found))


def options_of(*, rules: Rules = None, **options: Any) -> Options:
    """Return the options that *rules* and *options* are, after a look whether they can be used at all."""
    made = Options(rules=_rule_source(rules), **options)
    parse_taxonomy(made.taxonomy)
    parse_scale(made.scale)
    if made.tickers is not None:
        load_companies(made.tickers)
    if isinstance(made.entity, str):
        parse_entity(made.entity)
    return made


def _rule_source(rules: Rules) -> RuleSource | tuple[str, ...] | None:
    """Return where *rules* are; directories are loaded once, so that what is wrong with them is said here."""
    if rules is None:
        return None
    if isinstance(rules, RuleSet):
        return rule_source(rules)
    directories = [rules] if isinstance(rules, (str, os.PathLike)) else rules
    load_rules(*directories)
    return tuple(os.fspath(directory) for directory in directories)


def _sources(sources: Releases) -> Iterator[Source]:
    if isinstance(sources, (str, os.PathLike)):
        yield from find_releases(sources, recursive=True)
        return
    for number, source in enumerate(sources, 1):
        yield source if isinstance(source, Source) else _source(source, number)


def _source(source: str | bytes | os.PathLike[str], number: int) -> Source:
    if isinstance(source, bytes) or (isinstance(source, str) and "\n" in source):
        return Source(name=f"document {number}", data=source)
    return Source(name=os.fspath(source), path=os.fspath(source))
