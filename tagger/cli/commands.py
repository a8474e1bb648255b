"""The commands and their options."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import tagger
from tagger.cli import batch, show
from tagger.cli.evidence import evidence_app
from tagger.cli.fetching import fetch
from tagger.cli.learning import learn
from tagger.cli.refusal import refuse, refusing
from tagger.cli.rules import rules_app
from tagger.cli.taxonomy import suggest, taxonomy_app
from tagger.cli.xbrl import check as check_report
from tagger.cli.xbrl import diff, grade, profiled, read, view
from tagger.report import Report
from tagger.writing import FORMATS

if TYPE_CHECKING:
    from tagger.batches.run import Batch

_HELP = {"help_option_names": ["-h", "--help"]}
_FORMATS = ", ".join(FORMATS)

app = typer.Typer(
    name="tagger",
    help="Tag earnings releases with US-GAAP concepts and write XBRL.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
)
app.add_typer(rules_app, name="rules")
app.add_typer(taxonomy_app, name="taxonomy")
app.add_typer(evidence_app, name="evidence")
app.command()(suggest)
app.command("check")(check_report)
for command in (fetch, read, diff, grade, view, learn):
    app.command()(command)

Input = Annotated[
    str,
    typer.Argument(
        metavar="INPUT",
        help="The release: HTML, plain text, OCR text, PDF or an EDGAR submission; - reads standard input.",
        show_default=False,
    ),
]
Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="A release (HTML, text, OCR text, PDF, an EDGAR submission; - reads standard input), or many: folders, "
        "patterns, @LIST of paths, .zip, .tar.gz.",
        show_default=False,
    ),
]
Entity = Annotated[str | None, typer.Option("--entity", metavar="ID", help="cik:0001009759, or 'SCHEME IDENTIFIER'.")]
Prefix = Annotated[str | None, typer.Option("--prefix", metavar="NAME", help="Prefix of the filer's own concepts.")]
Taxonomy = Annotated[
    str | None,
    typer.Option(
        "--taxonomy",
        metavar="us-gaap/YEAR",
        help="Which year's concepts; 'document': those in force at its period's end.",
    ),
]
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
Evidence = Annotated[
    Path | None,
    typer.Option(
        "--evidence", metavar="DIR", help="Weights that 'tagger evidence build' wrote, for the built-in ones."
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        metavar="SHARE",
        min=0,
        max=1,
        help="Leave out rows that fewer filers would name so (0 to 1).",
    ),
]
Tickers = Annotated[
    Path | None,
    typer.Option(
        "--tickers",
        metavar="FILE",
        help="Companies by ticker and name, for a release that says no CIK: the SEC's company_tickers.json, or a table.",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with status 1 when there are findings.")]
_MANY = "Many documents"
Recursive = Annotated[
    bool, typer.Option("-r", "--recursive", help="Take the folders in a folder too.", rich_help_panel=_MANY)
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", metavar="N", min=1, help="How many processes; as many as cores.", rich_help_panel=_MANY),
]
PerFile = Annotated[
    list[str] | None,
    typer.Option(
        "--per-file",
        metavar="PATTERN",
        help="Write a file for each document too, as out/{name}.htm or out/{path}.json; may be repeated.",
        rich_help_panel=_MANY,
    ),
]
FindingsFile = Annotated[
    Path | None,
    typer.Option("--findings", metavar="FILE", help="Write findings as lines of JSON.", rich_help_panel=_MANY),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Leave out what is done already and has not changed.", rich_help_panel=_MANY),
]
Timeout = Annotated[
    float,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        min=0.1,
        help="Stop a document that takes more of the processor's time.",
        rich_help_panel=_MANY,
    ),
]
Memory = Annotated[
    int,
    typer.Option("--memory", metavar="MB", min=100, help="Stop a document that takes more.", rich_help_panel=_MANY),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but what cannot be used.", rich_help_panel=_MANY)]

At = Annotated[str | None, typer.Option("--at", metavar="WORDS", help="Words of a row or sentence, or a line number.")]
Concept = Annotated[
    str | None, typer.Option("--concept", metavar="NAME", help="A concept, with or without its prefix.")
]


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
    sources: Inputs,
    output: Output = None,
    format: Format = None,
    entity: Entity = None,
    prefix: Prefix = None,
    taxonomy: Taxonomy = None,
    scale: Scale = None,
    no_own_concepts: NoOwn = False,
    rules: Rules = None,
    evidence: Evidence = None,
    min_confidence: MinConfidence = 0.0,
    tickers: Tickers = None,
    profile: Profile = "plain",
    cover: Cover = None,
    with_: With = None,
    proven_only: ProvenOnly = False,
    strict: Strict = False,
    recursive: Recursive = False,
    jobs: Jobs = None,
    per_file: PerFile = None,
    findings: FindingsFile = None,
    resume: Resume = False,
    timeout: Timeout = 120.0,
    memory: Memory = 2_000,
    quiet: Quiet = False,
) -> None:
    """Tag the figures of a release, or of many, and write them as XBRL or as a table.

    Of one release, prints the facts found, then the findings, then the files written. The suffix of each FILE says its
    format: .htm .html .xhtml Inline XBRL, .xbri an inline report package, .xml an XBRL instance, .json xBRL-JSON, .csv
    facts, .xbr an xBRL-JSON report package, .zip an xBRL-CSV report package, .parquet facts.

    Of many releases, writes the facts of all to one FILE, .parquet .arrow or .csv, and what became of each document to
    FILE-documents beside it.
    """
    options = {
        "entity": entity,
        "prefix": prefix,
        "taxonomy": taxonomy,
        "scale": scale,
        "own_concepts": not no_own_concepts,
        "rules": rules or None,
        "evidence": evidence or True,
        "min_confidence": min_confidence,
        "tickers": tickers,
    }
    if batch.many(sources) or recursive or jobs or per_file or findings or resume:
        if format is not None or with_ or cover or profile != "plain":
            refuse("--format, --with, --cover and --profile are for one release")
        made = _batch(
            options | {"proven_only": proven_only},
            paths=tuple(sources),
            outputs=tuple(map(Path, output or ())),
            patterns=_patterns(per_file or ()),
            findings=findings,
            recursive=recursive,
            resume=resume,
            jobs=jobs,
            timeout=timeout,
            memory=memory,
        )
        batch.run(made, quiet=quiet, strict=strict)
        return
    (source,) = sources
    outputs = _outputs(output, format, [source, *(with_ or ())])
    report = _tagged(source, **options)
    others = [_tagged(other, **options) for other in with_ or ()]
    with refusing():
        report = tagger.prove_together([report, *others])[0] if others else report
        report = profiled(report.proven_only() if proven_only else report, profile, cover or [])
        written = [path for out in outputs for path in _written(report, out, format)]
    piped = "-" in outputs
    if not quiet:
        if not piped:
            show.facts(report)
        show.findings(report, source)
        show.files(written, to_stderr=piped)
    if strict and report.findings:
        raise typer.Exit(1)


def _batch(options: dict[str, Any], **given: Any) -> Batch:
    from tagger.batches.many import options_of
    from tagger.batches.run import Batch

    with refusing():
        return Batch(options=options_of(**options), **given)


def _patterns(patterns: Sequence[str]) -> tuple[str, ...]:
    for pattern in patterns:
        if not ("{name}" in pattern or "{path}" in pattern):
            refuse(f"--per-file {pattern}: say where a document's name goes, as in out/{{name}}.htm")
        _check_suffix(pattern)
    return tuple(patterns)


def _outputs(output: list[str] | None, format: str | None, sources: Sequence[str]) -> list[str]:
    """Return where to write, after a look whether that can be: nothing is worse than to hear it last."""
    inputs = {Path(source).resolve() for source in sources if source != "-"}
    outputs = output or (["-"] if format is not None else [])
    if "-" in outputs and format is None:
        refuse(f"standard output needs --format: one of {_FORMATS}")
    if "-" not in outputs and format is not None:
        refuse("--format is for standard output (-o -); the suffix of a file says its format")
    if format is not None and format.lower().removeprefix(".") not in FORMATS:
        refuse(f"--format {format}: choose one of {_FORMATS}")
    for name in outputs:
        if name == "-":
            continue
        _check_suffix(name)
        if Path(name).resolve() in inputs:
            refuse(f"{name}: this is the release itself; write it elsewhere")
    return outputs


def _check_suffix(name: str) -> None:
    if Path(name).suffix.lower().removeprefix(".") not in FORMATS:
        refuse(f"{name}: the suffix says the format, and has to be one of .{_FORMATS.replace(', ', ', .')}")


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
    at: At = None,
    concept: Concept = None,
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
    own = not no_own_concepts
    report = _tagged(
        source, entity=entity, prefix=prefix, taxonomy=taxonomy, scale=scale, own_concepts=own, rules=rules or None
    )
    found = tagger.explain(report, at=at, concept=concept)
    if not found:
        asked = " and ".join(filter(None, (at and f"--at {at!r}", concept and f"--concept {concept}")))
        refuse(f"{source}: no figure answers to {asked}")
    show.explanations(found, report)


def _tagged(source: str, **options: Any) -> Report:
    with refusing():
        release: str | bytes | Path = sys.stdin.buffer.read() if source == "-" else Path(source)
        if "://" in source:  # which a path would not keep as it is
            release = source
        return tagger.tag(release, name="standard input" if source == "-" else "", **options)
