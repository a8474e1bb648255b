"""The commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import tagger
from tagger.cli import show
from tagger.cli.learning import learn
from tagger.cli.refusal import refuse, refusing
from tagger.cli.rules import rules_app
from tagger.cli.taxonomy import suggest, taxonomy_app
from tagger.cli.xbrl import check as check_report
from tagger.cli.xbrl import diff, grade, profiled, read, view
from tagger.report import Report
from tagger.writing import FORMATS

_HELP = {"help_option_names": ["-h", "--help"]}
_FORMATS = ", ".join(FORMATS)

app = typer.Typer(
    name="tagger",
    help="Tag earnings releases with US-GAAP concepts and write XBRL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
)
app.add_typer(rules_app, name="rules")
app.add_typer(taxonomy_app, name="taxonomy")
app.command()(suggest)
app.command("check")(check_report)
for command in (read, diff, grade, view, learn):
    app.command()(command)

Input = Annotated[
    str,
    typer.Argument(
        metavar="INPUT",
        help="The release: HTML, plain text, OCR text, PDF or an EDGAR submission; - reads standard input.",
        show_default=False,
    ),
]
Entity = Annotated[str | None, typer.Option("--entity", metavar="ID", help="cik:0001009759, or 'SCHEME IDENTIFIER'.")]
Prefix = Annotated[str | None, typer.Option("--prefix", metavar="NAME", help="Prefix of the filer's own concepts.")]
Taxonomy = Annotated[str | None, typer.Option("--taxonomy", metavar="us-gaap/YEAR", help="Which year's concepts.")]
Scale = Annotated[
    str | None,
    typer.Option("--scale", metavar="WORD", help="units, thousands, millions or billions, where nothing says it."),
]
NoOwn = Annotated[bool, typer.Option("--no-own-concepts", help="Leave out rows that no US-GAAP concept fits.")]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="Rules over the built-in ones; may be repeated, the last on top."),
]
Output = Annotated[
    list[str] | None,
    typer.Option("-o", "--output", metavar="FILE", help="Where to write; may be repeated; the suffix says the format."),
]
Format = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help=f"Format for standard output (-o -): {_FORMATS}.")
]
Profile = Annotated[
    str, typer.Option("--profile", metavar="NAME", help="plain, or sec: with the cover that the SEC asks for.")
]
Cover = Annotated[
    list[str] | None,
    typer.Option("--cover", metavar="NAME=VALUE", help="A fact of the cover, as EntityFileNumber=001-12345."),
]
ProvenOnly = Annotated[
    bool,
    typer.Option("--proven-only", help="Keep only the facts whose value, sign, scale, period and unit are all proven."),
]
With = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="OTHER", help="Another release of the company, to prove figures by; repeatable."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with status 1 when there are findings.")]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"tagger {tagger.__version__}")
        raise typer.Exit


@app.callback()
def _app(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Tag earnings releases with US-GAAP concepts and write XBRL."""


@app.command()
def tag(
    source: Input,
    output: Output = None,
    format: Format = None,
    entity: Entity = None,
    prefix: Prefix = None,
    taxonomy: Taxonomy = None,
    scale: Scale = None,
    no_own_concepts: NoOwn = False,
    rules: Rules = None,
    profile: Profile = "plain",
    cover: Cover = None,
    with_: With = None,
    proven_only: ProvenOnly = False,
    strict: Strict = False,
) -> None:
    """Tag the figures of a release and write them as XBRL.

    Prints the facts found, then the findings, then the files written. The suffix of each FILE says its format:
    .htm .html .xhtml Inline XBRL, .xbri an inline report package, .xml an XBRL instance, .json xBRL-JSON, .csv facts,
    .xbr an xBRL-JSON report package, .zip an xBRL-CSV report package, .parquet facts.
    """
    outputs = _outputs(output, format)
    report = _tagged(source, entity, prefix, taxonomy, no_own_concepts, rules, scale)
    others = [_tagged(other, entity, prefix, taxonomy, no_own_concepts, rules, scale) for other in with_ or ()]
    with refusing():
        report = tagger.prove_together([report, *others])[0] if others else report
        report = profiled(report.proven_only() if proven_only else report, profile, cover or [])
        written = [path for out in outputs for path in _written(report, out, format)]
    piped = "-" in outputs
    if not piped:
        show.facts(report)
    show.findings(report)
    show.files(written, to_stderr=piped)
    if strict and report.findings:
        raise typer.Exit(1)


def _outputs(output: list[str] | None, format: str | None) -> list[str]:
    """Return where to write, after a look whether that can be: nothing is worse than to hear it last."""
    outputs = output or (["-"] if format is not None else [])
    if "-" in outputs and format is None:
        refuse(f"standard output needs --format: one of {_FORMATS}")
    if "-" not in outputs and format is not None:
        refuse("--format is for standard output (-o -); the suffix of a file says its format")
    if format is not None and format.lower().removeprefix(".") not in FORMATS:
        refuse(f"--format {format}: choose one of {_FORMATS}")
    for name in outputs:
        if name != "-" and Path(name).suffix.lower().removeprefix(".") not in FORMATS:
            refuse(f"{name}: the suffix says the format, and has to be one of .{_FORMATS.replace(', ', ', .')}")
    return outputs


def _written(report: Report, output: str, format: str | None) -> tuple[Path, ...]:
    if output != "-":
        return report.write(output)
    assert format is not None  # `_outputs` has seen to it
    sys.stdout.buffer.write(report.render(format))
    sys.stdout.buffer.flush()
    return ()


@app.command()
def explain(
    source: Input,
    at: Annotated[
        str | None, typer.Option("--at", metavar="WORDS", help="Words of a row or sentence, or a line number.")
    ] = None,
    concept: Annotated[
        str | None, typer.Option("--concept", metavar="NAME", help="A concept, with or without its prefix.")
    ] = None,
    entity: Entity = None,
    prefix: Prefix = None,
    taxonomy: Taxonomy = None,
    scale: Scale = None,
    no_own_concepts: NoOwn = False,
    rules: Rules = None,
) -> None:
    """Say why the figures at a place were tagged as they were, or were not.

    For every figure on the rows or in the sentences asked for: the rule that won and those that lost, where its
    period, scale, unit and sign came from, and what proves it; or why it was left alone.
    """
    if at is None and concept is None:
        refuse("say what to explain: --at WORDS, --at LINE or --concept NAME")
    report = _tagged(source, entity, prefix, taxonomy, no_own_concepts, rules, scale)
    found = tagger.explain(report, at=at, concept=concept)
    if not found:
        asked = " and ".join(filter(None, (at and f"--at {at!r}", concept and f"--concept {concept}")))
        refuse(f"{source}: no figure answers to {asked}")
    show.explanations(found, report)


def _tagged(
    source: str,
    entity: str | None,
    prefix: str | None,
    taxonomy: str | None,
    no_own_concepts: bool,
    rules: list[Path] | None,
    scale: str | None,
) -> Report:
    with refusing():
        release: bytes | Path = sys.stdin.buffer.read() if source == "-" else Path(source)
        return tagger.tag(
            release,
            entity=entity,
            prefix=prefix,
            taxonomy=taxonomy,
            rules=rules or None,
            own_concepts=not no_own_concepts,
            scale=scale,
            name="standard input" if source == "-" else "",
        )
