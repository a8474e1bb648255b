"""Commands for evidence: make the weights that rows are named by."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tagger.cli.refusal import refusing

evidence_app = typer.Typer(help="Work with the counts that rows are named by.", no_args_is_help=True)


@evidence_app.callback()
def _evidence() -> None:
    """Keep `build` a command of its own, for it is the only one."""


@evidence_app.command()
def build(
    source: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="Quarters of the SEC's Financial Statement Data Sets (zip), inline filings (htm), tables of labels with "
            "concepts (tsv, tsv.gz).",
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder to write to.")],
    parts: Annotated[
        int,
        typer.Option(
            "--parts", min=1, max=5, help="How many fifths of the filers to measure on, each held out in turn."
        ),
    ] = 5,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="CIK", help="A filer not to learn from; may be repeated.")
    ] = None,
) -> None:
    """Count how filers name the rows of their statements, and write weights, their calibration and a report.

    Takes some minutes and the extra 'evidence'. Use the result with: tagger tag --evidence DIR.
    """
    from tagger.evidence.build import build_weights
    from tagger.evidence.weights import FILE
    from tagger.files import write_files
    from tagger.learning.counted import read_filed
    from tagger.ruleset import load_rules

    with refusing():
        rules = load_rules()
        packed, told = build_weights(
            source, rules, without=frozenset(without or ()), parts=parts, read=partial(read_filed, base=rules)
        )
        report = json.dumps(told, indent=1)
        write_files({output / FILE: packed, output / "evidence-report.json": f"{report}\n".encode()})
    print(report)
