"""Commands for reports that are written already: read, diff, grade, check and view them."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli import tables
from tagger.cli.refusal import refuse, refusing
from tagger.tagged import PROFILES

if TYPE_CHECKING:
    from tagger.comparing import Comparable
    from tagger.loading import LoadedReport
    from tagger.report import Report

FileName = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="Inline XBRL, an instance, xBRL-JSON, xBRL-CSV, .csv, .xbri, .xbr or .zip.", show_default=False),
]  # fmt: skip
Packages = Annotated[
    list[Path] | None,
    typer.Option("--package", metavar="ZIP", help="A taxonomy package to load with; NAME-taxonomy.zip is found."),
]


def read(
    source: FileName,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it as .json, .xml, .csv, .parquet."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="Write to standard output: xml, json, csv, parquet, or xbrl-csv (its JSON).",
        ),
    ] = None,
) -> None:
    """Read the facts of any report and print them, or write them in another format."""
    from tagger.loading.loaded import FORMATS, render

    if format is not None and format not in FORMATS:
        refuse(f"--format {format}: choose one of {', '.join(FORMATS)}")
    report = _loaded(source)
    with refusing():
        written = [path for name in output or () for path in report.write(name)]
        if format is not None:
            sys.stdout.buffer.write(render(report, format))
            sys.stdout.buffer.flush()
    if format is None and not written:
        tables.loaded(report)
    tables.problems(report.problems)
    for path in written:
        print(path)


def diff(
    left: Annotated[Path, typer.Argument(metavar="FILE", help="A report.", show_default=False)],
    right: Annotated[Path, typer.Argument(metavar="OTHER", help="Another one.", show_default=False)],
    everything: Annotated[bool, typer.Option("--all", help="Show what is the same too.")] = False,
) -> None:
    """Compare two reports fact by fact; status 1 where they differ by more than rounding."""
    from tagger.comparing import Status
    from tagger.comparing import diff as compare

    found = compare(_loaded(left), _loaded(right))
    shown = [difference for difference in found if everything or difference.status is not Status.SAME]
    tables.differences(shown, found)
    if any(difference.status not in {Status.SAME, Status.ROUNDED} for difference in found):
        raise typer.Exit(1)


def grade(
    report: Annotated[
        Path, typer.Argument(metavar="REPORT", help="A tagged release, or the release.", show_default=False)
    ],
    filing: Annotated[
        Path, typer.Argument(metavar="FILING", help="The 10-Q or 10-K that followed.", show_default=False)
    ],
    release: Annotated[
        Path | None, typer.Option("--release", metavar="FILE", help="The release, to see what was missed.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="List what was missed and what is not known too.")] = False,
) -> None:
    """Hold the tagging of a release against the filing that followed it."""
    from tagger.comparing import grade as hold

    tagged, text = _tagged_or_loaded(report)
    if release is not None:
        text = _text(release)
    graded = hold(tagged, _loaded(filing), text=text)
    tables.grade(graded, verbose=verbose)


def check(
    source: FileName,
    packages: Packages = None,
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME", help="plain, or sec: the SEC's rules too.")
    ] = "plain",
    no_arelle: Annotated[bool, typer.Option("--no-arelle", help="Make our own checks only.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 1 for warnings too.")] = False,
) -> None:
    """Check a report with Arelle and with our own checks; status 1 where there are errors."""
    from tagger.checking import Level
    from tagger.checking import check as look

    with refusing():
        _check_profile(profile)
        found = look(source, packages=packages or (), profile=profile, arelle=False if no_arelle else None)
    tables.complaints(found, source)
    if any(complaint.level <= (Level.WARNING if strict else Level.ERROR) for complaint in found):
        raise typer.Exit(1)


def view(
    source: FileName,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FOLDER", help="Where to put the viewer; a new folder if none."),
    ] = None,
    packages: Packages = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only write the viewer, and print where it is.")
    ] = False,
) -> None:
    """Open an inline report in the interactive viewer."""
    import tempfile

    from tagger.viewing import write_viewer

    with refusing():
        page = write_viewer(source, output or tempfile.mkdtemp(prefix="tagger-view-"), packages=packages or ())
    print(page)
    if not no_browser:
        webbrowser.open(page.as_uri())


def profiled(report: Report, profile: str, cover: Sequence[str]) -> Report:
    """Return *report* in *profile*, with what the options say of its cover."""
    _check_profile(profile)
    if profile == "plain":
        if cover:
            raise ValueError("--cover is for --profile sec")
        return report
    if strange := [option for option in cover if "=" not in option]:
        raise ValueError(f"--cover {strange[0]}: give NAME=VALUE, as in EntityFileNumber=001-12345")
    return report.for_sec({name: value for name, _, value in (option.partition("=") for option in cover)})


def _check_profile(profile: str) -> None:
    if profile not in PROFILES:
        raise ValueError(f"--profile {profile}: choose {' or '.join(PROFILES)}")


def _loaded(path: Path) -> LoadedReport:
    from tagger.loading import read as load

    with refusing():
        return load(path)


def _tagged_or_loaded(path: Path) -> tuple[Comparable, str]:
    """Return the report at *path* with the text it shows; a release that is not tagged yet is tagged first."""
    from tagger.loading import LoadError
    from tagger.loading import read as load

    with refusing():
        try:
            report = load(path)
            return report, report.visible
        except LoadError:
            import tagger

            tagged = tagger.tag(path)
            return tagged, tagged.document.text


def _text(path: Path) -> str:
    from tagger.reading import read as read_release

    with refusing():
        return read_release(path).text
