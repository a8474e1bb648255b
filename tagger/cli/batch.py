"""`tagger tag` over many documents: how far it is, what failed, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from tagger.cli.console import open_console
from tagger.cli.refusal import CANNOT_BE_USED, refusing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagger.batches.run import Batch, Summary
    from tagger.batches.store import Entry

_TABLES = (".arrow", ".csv", ".parquet")


def many(paths: Sequence[str]) -> bool:
    """Whether *paths* name more than one file, or what holds several."""
    from glob import has_magic

    if len(paths) != 1:
        return True
    (path,) = paths
    there = Path(path)
    if there.is_dir() or (path.startswith("@") and not there.exists()):
        return True
    return (has_magic(path) and not there.exists()) or path.lower().endswith((".zip", ".tar", ".tar.gz", ".tgz"))


def run(batch: Batch, *, quiet: bool, strict: bool) -> None:
    """Do *batch*, showing how far it is, and leave with status 1 under *strict* where documents failed."""
    from tagger.batches.run import run_batch

    with refusing():
        _check(batch)
        with _progress(batch, quiet=quiet) as told:
            summary = run_batch(batch, told)
    if not quiet:
        _print_summary(summary, batch)
    if summary.documents and summary.failed == summary.documents:
        raise typer.Exit(CANNOT_BE_USED)
    if strict and (summary.failed or summary.findings):
        raise typer.Exit(1)


def _check(batch: Batch) -> None:
    """Refuse, before anything is done, what could not be written at the end."""
    from tagger.extras import library

    for output in batch.files:
        if output.is_dir():
            raise IsADirectoryError(21, "Is a directory", str(output))
        if output.suffix.lower() in {".arrow", ".parquet"}:
            library("pyarrow")


@contextmanager
def _progress(batch: Batch, *, quiet: bool) -> Iterator[Callable[[Entry, bool], None]]:
    """Show a bar on a terminal; say of each document that failed why, and without outputs what each gave."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from tagger.batches.sources import counted

    console = open_console(stderr=True)
    columns = (
        TextColumn("tagging"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
    )
    shown = console.is_terminal and not quiet
    with Progress(*columns, console=console, transient=True, refresh_per_second=4, disable=not shown) as progress:
        total = counted(batch.paths, recursive=batch.recursive) if shown else None
        task = progress.add_task("", total=total, failed="")
        failed = 0

        def told(entry: Entry, kept: bool) -> None:
            nonlocal failed
            line = _line(entry)
            if line and not kept:
                failed += 1
                if not quiet:
                    console.print(line, soft_wrap=True)
            elif not (batch.files or batch.patterns or quiet):
                print(_gave(entry))
            progress.update(task, advance=1, failed=f"{failed:,} failed" if failed else "")

        yield told


def _line(entry: Entry) -> str:
    from tagger.batches.failure import Failure

    return f"{escape(str(entry))} [dim]\\[{entry.kind.value}][/dim]" if isinstance(entry, Failure) else ""


def _gave(entry: Entry) -> str:
    from tagger.batches.work import Done

    if not isinstance(entry, Done):
        return str(entry)
    who = entry.company or "company not known"
    return f"{entry.source}: {who}, {entry.facts:,} facts, {entry.proven:,} proven, {entry.findings:,} findings"


def _print_summary(summary: Summary, batch: Batch) -> None:
    sys.stdout.flush()
    console = open_console()
    share = f" ({summary.proven / summary.facts:.0%})" if summary.facts else ""
    kept = f", {summary.kept:,} of them done before" if summary.kept else ""
    console.print(
        f"{summary.documents:,} documents{kept}: {summary.facts:,} facts, {summary.proven:,} proven{share}, "
        f"{summary.findings:,} findings; {summary.failed:,} documents failed; {summary.seconds:.1f} seconds",
        soft_wrap=True,
    )
    for path in batch.files:
        console.print(f"  {path}", markup=False, soft_wrap=True)
