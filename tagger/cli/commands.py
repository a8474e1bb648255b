"""The commands and their options. Results go to standard output, findings to standard error.

Exit status: 0 done, 1 findings under ``--strict``, 2 arguments, input or rules that cannot be used.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from tagger import pipeline
from tagger.cli import show
from tagger.explain import explain as explained
from tagger.report import Report
from tagger.check import check_rules
from tagger.writing import FORMATS

app = typer.Typer(
    name="tagger",
    help="Tag earnings releases with US-GAAP concepts and write XBRL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="Work with rules.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")

Input = Annotated[str, typer.Argument(help="The release: HTML, plain text, OCR text or an EDGAR submission; - reads standard input.")]  # fmt: skip
EntityOption = Annotated[str | None, typer.Option("--entity", help="cik:0001009759, or 'SCHEME IDENTIFIER'.")]
PrefixOption = Annotated[str | None, typer.Option("--prefix", help="Prefix of the filer's own concepts.")]
TaxonomyOption = Annotated[str | None, typer.Option("--taxonomy", help="us-gaap/YEAR, from 2009 on.")]
NoOwnOption = Annotated[bool, typer.Option("--no-own-concepts", help="Leave out rows that no US-GAAP concept fits.")]
RulesOption = Annotated[list[Path] | None, typer.Option("--rules", help="A directory of rules over the built-in ones.")]


@app.command()
def tag(
    source: Input,
    output: Annotated[list[str] | None, typer.Option("-o", "--output", help="Where to write; the suffix says the format; - is standard output.")] = None,  # fmt: skip
    format: Annotated[str | None, typer.Option("--format", help=f"Format for standard output: {', '.join(FORMATS)}.")] = None,  # fmt: skip
    entity: EntityOption = None,
    prefix: PrefixOption = None,
    taxonomy: TaxonomyOption = None,
    no_own_concepts: NoOwnOption = False,
    rules: RulesOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 1 when there are findings.")] = False,
) -> None:
    """Tag the figures of a release and write them as XBRL."""
    outputs = output or ([] if format is None else ["-"])
    report = _tagged(source, entity, prefix, taxonomy, no_own_concepts, rules)
    try:
        written = [path for out in outputs for path in _written(report, out, format)]
    except (ValueError, OSError) as error:
        _refuse(error)
    if "-" not in outputs:
        show.facts(report)
    show.findings(report)
    if written:
        show.files(written, to_stderr="-" in outputs)
    if strict and report.findings:
        raise typer.Exit(1)


def _written(report: Report, output: str, format: str | None) -> tuple[Path, ...]:
    if output != "-":
        return report.write(output)
    if format is None:
        raise ValueError(f"standard output needs --format: one of {', '.join(FORMATS)}")
    sys.stdout.buffer.write(report.render(format))
    sys.stdout.buffer.flush()
    return ()


@app.command()
def explain(
    source: Input,
    at: Annotated[str | None, typer.Option("--at", help="Words of a row or sentence, or a line number.")] = None,
    concept: Annotated[str | None, typer.Option("--concept", help="A concept, with or without its prefix.")] = None,
    entity: EntityOption = None,
    prefix: PrefixOption = None,
    taxonomy: TaxonomyOption = None,
    no_own_concepts: NoOwnOption = False,
    rules: RulesOption = None,
) -> None:
    """Say why the figures at a place were tagged as they were, or were not."""
    if at is None and concept is None:
        _refuse(ValueError("say what to explain: --at WORDS, --at LINE or --concept NAME"))
    report = _tagged(source, entity, prefix, taxonomy, no_own_concepts, rules)
    found = explained(report, at=at, concept=concept)
    if not found:
        _refuse(ValueError(f"no figure stands at {at or concept!r} in {source}"))
    show.explanations(found, report)


@rules_app.command()
def check(
    directory: Annotated[list[Path] | None, typer.Argument(help="Directories of rules; the built-in rules if none.")] = None,  # fmt: skip
) -> None:
    """Run every rule's own tests, and report all that is wrong with its place."""
    try:
        problems = check_rules(*(directory or ()))
    except (OSError, ValueError) as error:
        _refuse(error)
    show.problems(problems)
    if problems:
        raise typer.Exit(2)


def _tagged(
    source: str,
    entity: str | None,
    prefix: str | None,
    taxonomy: str | None,
    no_own_concepts: bool,
    rules: list[Path] | None,
) -> Report:
    try:
        data: bytes | Path = sys.stdin.buffer.read() if source == "-" else Path(source)
        return pipeline.tag(
            data,
            entity=entity,
            prefix=prefix,
            taxonomy=taxonomy,
            rules=rules or None,
            own_concepts=not no_own_concepts,
        )
    except* (ValueError, OSError) as group:
        _refuse(*_leaves(group))


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for error in group.exceptions:
        found.extend(_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    return found


def _refuse(*errors: BaseException) -> NoReturn:
    """Say what cannot be used, and leave with status 2."""
    for error in errors:
        print(f"tagger: {error}", file=sys.stderr)
    raise SystemExit(2)
