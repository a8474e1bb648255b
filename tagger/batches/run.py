"""A batch from its paths to its outputs: what is done stays done, and what changed is done again."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from tagger._version import __version__
from tagger.batches.crew import each_done
from tagger.batches.failure import Failure, FailureKind
from tagger.batches.sources import Source, find_releases
from tagger.batches.store import Entry, Store
from tagger.batches.tables import (
    DONE,
    FORMS,
    documents_path,
    read_documents,
    read_parts,
    write_documents,
    write_facts,
    write_lines,
)
from tagger.batches.work import Done, Options, RowsWork, target
from tagger.files import staged_files
from tagger.ruleset import load_rules
from tagger.ruleset.finding import known_packs
from tagger.ruleset.source import RuleSource


class Batch(Struct, frozen=True, kw_only=True):
    """What a batch is to do: *paths* as `find_releases` takes them, *outputs* tables of facts, *patterns* files for each.

    *findings* is a file for findings as lines of JSON. *resume* takes what an earlier run did.
    """

    paths: tuple[str, ...]
    outputs: tuple[Path, ...] = ()
    patterns: tuple[str, ...] = ()
    findings: Path | None = None
    recursive: bool = False
    resume: bool = False
    jobs: int | None = None
    timeout: float | None = None
    memory: int | None = None
    options: Options = field(default_factory=Options)

    def __post_init__(self) -> None:
        for output in self.outputs:
            if output.suffix.lower() not in FORMS:
                raise ValueError(f"{output}: facts of many documents go into one of {', '.join(FORMS)}")
        if self.resume and not self.outputs:
            raise ValueError("--resume needs -o FILE: the table says what is done")

    @property
    def forms(self) -> tuple[str, ...]:
        """In which forms the rows of a document are kept."""
        forms = dict.fromkeys(FORMS[output.suffix.lower()] for output in self.outputs)
        return (*forms, *(("findings",) if self.findings else ()))

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the whole batch."""
        tables = tuple(path for output in self.outputs for path in (output, documents_path(output)))
        return (*tables, *((self.findings,) if self.findings else ()))


class Summary(Struct, frozen=True, kw_only=True):
    """What a batch did: how many documents, and of those that were tagged facts, proven facts and findings."""

    documents: int = 0
    kept: int = 0
    failed: int = 0
    facts: int = 0
    proven: int = 0
    findings: int = 0
    seconds: float = 0.0

    def with_entry(self, entry: Entry) -> Summary:
        """Return the summary with one more document."""
        if isinstance(entry, Failure):
            return replace(self, documents=self.documents + 1, failed=self.failed + 1)
        return replace(
            self,
            documents=self.documents + 1,
            facts=self.facts + entry.facts,
            proven=self.proven + entry.proven,
            findings=self.findings + entry.findings,
        )


def run_batch(batch: Batch, told: Callable[[Entry, bool], None] = lambda entry, kept: None) -> Summary:
    """Do *batch* and return what was done; *told* hears of each document, and whether an earlier run had done it."""
    started = time.monotonic()
    with _store(batch) as store:
        try:
            if batch.resume:
                _adopt(batch, store)
            run = _Run(batch, store.keys())
            summary = _tag_all(run, store, told)
            _write(batch, store, run.names)
        except sqlite3.Error as error:
            raise OSError(f"{store.path}: what is done cannot be kept: {error}") from error
    return replace(summary, seconds=time.monotonic() - started)


def _tag_all(run: _Run, store: Store, told: Callable[[Entry, bool], None]) -> Summary:
    batch = run.batch
    summary = Summary()
    work = RowsWork(batch.options, batch.forms, batch.patterns)
    for _, entry in each_done(work, run.open(), jobs=batch.jobs, timeout=batch.timeout, memory=batch.memory):
        assert isinstance(entry, (Done, Failure))
        store.add(entry, run.keys.pop(entry.source, ""))
        summary = summary.with_entry(entry)
        told(entry, False)
    for name in run.kept:
        entry = store.entry(name)[0]
        summary = replace(summary.with_entry(entry), kept=summary.kept + 1)
        told(entry, True)
    store.commit()
    return summary


class _Run:
    """The documents of a run: which there are, and which of them are still to be done."""

    def __init__(self, batch: Batch, done: Mapping[str, tuple[str, bool]]) -> None:
        self.batch, self.done = batch, done
        self.names: list[str] = []
        self.kept: list[str] = []
        self.keys: dict[str, str] = {}
        self._asked = _asked(batch)
        self._targets: dict[Path, str] = {}

    def open(self) -> Iterator[Source]:
        """Yield the documents that are not done."""
        for source in find_releases(*self.batch.paths, recursive=self.batch.recursive):
            self._check(source)
            self.names.append(source.name)
            key = self._key(source)
            told = self.done.get(source.name)
            if key and told is not None and told[0] == key and (not told[1] or self._written(source)):
                self.kept.append(source.name)
            else:
                self.keys[source.name] = key
                yield source

    def _key(self, source: Source) -> str:
        """Return what the document's outcome depends on; nothing where it cannot be read."""
        try:
            content = source.read()
        except (OSError, ValueError, KeyError):
            return ""
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        digest = hashlib.blake2b(data, digest_size=16, key=self._asked)
        digest.update(repr(source.about).encode())
        return digest.hexdigest()

    def _check(self, source: Source) -> None:
        """Refuse to write over a document, or two of them to one file."""
        for pattern in self.batch.patterns:
            path = target(pattern, source)
            if source.path and path.resolve() == Path(source.path).resolve():
                raise ValueError(f"{path} is a document to be tagged; write it elsewhere")
            other = self._targets.setdefault(path, source.name)
            if other != source.name:
                raise ValueError(
                    f"{other} and {source.name} would both be written to {path}: use {{path}} in --per-file"
                )

    def _written(self, source: Source) -> bool:
        return all(target(pattern, source).is_file() for pattern in self.batch.patterns)


def _asked(batch: Batch) -> bytes:
    """Return a name for everything besides the document that its outcome depends on."""
    rules = batch.options.rules
    loaded = rules.load() if isinstance(rules, RuleSource) else load_rules(*(rules or ()))
    packs = [(str(path), path.read_bytes()) for pack in known_packs() for path in sorted(pack.path.rglob("*.yaml"))]
    said = repr((__version__, loaded.key, packs, batch.forms, replace(batch.options, rules=None)))
    return hashlib.blake2b(said.encode(), digest_size=32).digest()


def _store(batch: Batch) -> Store:
    """Open what is kept of the batch so far; nothing without *resume*."""
    first = batch.outputs[0] if batch.outputs else None
    if first is None:
        import tempfile

        handle, name = tempfile.mkstemp(prefix="tagger-")
        os.close(handle)
        return Store(Path(name), afresh=True)
    return Store(first.with_name(f".{first.name}.done"), afresh=not batch.resume)


def _adopt(batch: Batch, store: Store) -> None:
    """Put into *store*, where it is empty, what the outputs of a finished run say, so that it need not be done again."""
    if store.keys() or not all(file.is_file() for file in batch.files):
        return
    for path in (*batch.outputs, *((batch.findings,) if batch.findings else ())):
        for source, content in read_parts(path):
            store.add_part(source, FORMS.get(path.suffix.lower(), "findings"), content)
    for row in read_documents(documents_path(batch.outputs[0])):  # a document counts as done when its parts are there
        store.add(_told(row), row["key"] or "")
    store.commit()


def _told(row: dict[str, str]) -> Entry:
    if row["status"] != DONE:
        return Failure(row["source"], FailureKind(row["status"]), row["reason"])
    return Done(
        source=row["source"],
        company=row["company"] or "",
        cik=row["cik"] or "",
        accession=row["accession"] or "",
        facts=int(row["facts"]),
        proven=int(row["proven"]),
        findings=int(row["findings"]),
        parts=(),
    )


def _write(batch: Batch, store: Store, names: Sequence[str]) -> None:
    """Write the files of the whole batch; none takes its place before all are written."""
    with staged_files(*batch.files) as files:
        for output in batch.outputs:
            documents = documents_path(output)
            write_facts(output, files[output], store, names)
            write_documents(documents, files[documents], store, names)
        if batch.findings is not None:
            write_lines(files[batch.findings], store, names)
