"""``tagger rules``: checking, seeing and shaping packs of rules."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from tagger.cli.refusal import CANNOT_BE_USED, refuse, refusing
from tagger.files import write_text

rules_app = typer.Typer(help="Work with rules.", no_args_is_help=True)

Directories = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[DIR]...", help="Packs over the built-in rules; the built-in rules if none."),
]
Corpus = Annotated[
    list[Path], typer.Argument(metavar="CORPUS...", help="Releases, or folders of them.", show_default=False)
]
_EVERY = 0.5  # seconds between two looks at the files


@rules_app.command()
def check(
    directory: Directories = None,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json or github.")] = "text",
    tidy: Annotated[bool, typer.Option("--tidy", help="Report rows that say what another row says already.")] = False,
    mutants: Annotated[
        bool,
        typer.Option(
            "--mutants", help="Break each rule in turn: report what no test notices, and skips that cannot fail."
        ),
    ] = False,
    corpus: Annotated[
        list[Path] | None,
        typer.Option("--corpus", metavar="PATH", help="Report rules that never fire on these releases; repeatable."),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
) -> None:
    """Run every rule's own tests, and report all that is wrong, each with its place."""
    if format not in ("text", "json", "github"):
        refuse(f"--format {format}: choose text, json or github")
    directories = list(directory or ())
    asked = Asked(format, tidy, strict, mutants, tuple(corpus or ()))
    wrong = _checked(directories, asked)
    while watch:
        before = _states(directories)
        while _states(directories) == before:
            time.sleep(_EVERY)
        print(f"\n{time.strftime('%H:%M:%S')}")
        wrong = _checked(directories, asked)
    if wrong:
        raise typer.Exit(CANNOT_BE_USED)


class Asked(NamedTuple):
    """What a check is asked for."""

    format: str
    tidy: bool
    strict: bool
    mutants: bool
    corpus: tuple[Path, ...]


def _checked(directories: list[Path], asked: Asked) -> bool:
    from tagger.check import check_loaded
    from tagger.cli.problems import show_problems
    from tagger.gaps import Gaps, find_gaps, never_fire
    from tagger.ruleset.load import load_afresh

    gaps: Gaps | None = None
    with refusing():
        rules, told = load_afresh(*directories)
        problems = check_loaded(rules, told, tidy=asked.tidy)
        sound = rules is not None and all(problem.severity != "error" for problem in problems)
        if rules is not None and sound and asked.mutants:
            gaps = find_gaps(rules)
            problems += gaps.problems
        if rules is not None and sound and asked.corpus:
            problems += never_fire(rules, asked.corpus)
    show_problems(problems, asked.format)
    if gaps is not None and asked.format == "text":
        print(f"{gaps.caught} of {gaps.mutants} mutants caught")
    return any(asked.strict or problem.severity == "error" for problem in problems)


def _states(directories: list[Path]) -> list[tuple[str, int]]:
    """Return the rule files and when they were written."""
    found = []
    for folder in directories:
        for path in sorted(folder.rglob("*.yaml")) if folder.is_dir() else [folder]:
            try:
                found.append((str(path), path.stat().st_mtime_ns))
            except OSError:
                continue
    return found


@rules_app.command("list")
def list_rules(
    directory: Directories = None,
    concept: Annotated[str, typer.Option("--concept", metavar="NAME", help="Only rules for this concept.")] = "",
    words: Annotated[str, typer.Option("--words", metavar="WORDS", help="Only rules whose labels have them.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List rules: id, concept, layer, labels, place."""
    from tagger.ruleset import load_rules

    with refusing():
        rules = load_rules(*(directory or ()))
    chosen = [
        rule
        for rule in (rules.pack_rules if directory else rules.rules)
        if concept.lower() in rule.concept.lower()
        and any(words.lower() in label for label in (*rule.rows, *rule.phrases, *rule.notes, *rule.regex))
    ]
    if as_json:
        shown = [{"id": r.id, "concept": r.concept, "layer": r.layer, "rows": list(r.rows), "phrases": list(r.phrases), "notes": list(r.notes), "place": str(r.location)} for r in chosen]  # fmt: skip
        print(json.dumps(shown, indent=1))
        return
    for rule in chosen:
        said = "; ".join((*rule.rows, *rule.phrases, *rule.notes, *rule.regex))
        print(f"{rule.id}\t{rule.concept}\t{said[:120]}\t{rule.location}")


@rules_app.command()
def stats(
    corpus: Corpus,
    rules: Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help="Packs; repeatable.")] = None,
    answers: Annotated[
        bool, typer.Option("--answers", help="Hold facts against NAME.gold.json, or the filing's own facts.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Count for each rule how often it fired, won and lost, and, with answers, was confirmed or contradicted."""
    from tagger.cli.problems import show_counts
    from tagger.surveying import survey

    with refusing():
        found = survey(corpus, rules=rules or (), answers=answers)
    show_counts(found, answers=answers, as_json=as_json)


@rules_app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A pack; - for the built-in rules alone.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another.")],
    corpus: Corpus,
) -> None:
    """Show which facts one pack gives that another does not: gained, lost, changed."""
    from tagger.surveying import compare_packs

    with refusing():
        found = compare_packs(None if str(old) == "-" else old, None if str(new) == "-" else new, corpus)
    for one in found:
        print(one)
    print(f"{len(found)} facts are different")
    if found:
        raise typer.Exit(1)


@rules_app.command()
def doc(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The pack.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The page to write.")],
    corpus: Annotated[
        list[Path] | None, typer.Option("--corpus", metavar="PATH", help="Releases to count figures in.")
    ] = None,
) -> None:
    """Write a static page of a pack: each rule with its words, concept, examples and figures."""
    from tagger.ruleset import load_rules
    from tagger.surveying import survey
    from tagger.surveying.page import write_page

    with refusing():
        rules = load_rules(directory)
        counts = survey(corpus, rules=[directory]) if corpus else {}
        write_text(output, write_page(rules, directory.name, counts))
    print(f"wrote {output}")


@rules_app.command()
def new(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new pack.")],
    cik: Annotated[str, typer.Option("--cik", help="The company's CIK.")] = "",
    company: Annotated[str, typer.Option("--company", help="The company's name.")] = "",
    prefix: Annotated[str, typer.Option("--prefix", help="The prefix of its own concepts.")] = "",
    extends: Annotated[list[str] | None, typer.Option("--extends", help="A pack to lie over; repeatable.")] = None,
) -> None:
    """Make the folder of a pack: a manifest, a first rule that passes its tests, and the schemas for editors."""
    from tagger.ruleset.starting import start_pack

    with refusing():
        written = start_pack(directory, cik=cik, company=company, prefix=prefix, extends=extends or ())
    for path in written:
        print(f"wrote {path}")


@rules_app.command()
def fmt(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Rule files, or folders of them.")],
    check_only: Annotated[
        bool, typer.Option("--check", help="Write nothing; status 1 if a file would change.")
    ] = False,
) -> None:
    """Bring rule files into the usual form; comments stay where they are."""
    from tagger.ruleset.editing import format_file
    from tagger.ruleset.nodes import compose
    from tagger.ruleset.rule import RuleError

    files = [file for path in paths for file in (sorted(path.rglob("*.y*ml")) if path.is_dir() else [path])]
    changed = 0
    for file in files:
        with refusing():
            text = file.read_text("utf-8-sig")
            wrong: list[RuleError] = []
            compose(str(file), text, wrong)
            if wrong:
                raise ExceptionGroup("these files cannot be formatted", wrong)
            formatted = format_file(text)
        if formatted != text:
            changed += 1
            print(f"{'would change' if check_only else 'changed'} {file}")
            if not check_only:
                with refusing():
                    write_text(file, formatted)
    if changed and check_only:
        raise typer.Exit(1)


@rules_app.command()
def schema(
    manifest: Annotated[bool, typer.Option("--pack", help="The schema of pack.yaml instead of rule files.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write it.")] = None,
) -> None:
    """Print the JSON Schema of rule files, for editors."""
    from tagger.ruleset.schema import manifest_schema, rule_schema

    text = json.dumps(manifest_schema() if manifest else rule_schema(), indent=1) + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        with refusing():
            write_text(output, text)
