"""What checks and counts of rules print: text, JSON, and annotations that GitHub shows beside the lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

from tagger.ruleset.clauses import Problem
from tagger.surveying import Count


def show_problems(problems: Sequence[Problem], format: str = "text") -> None:
    """Print *problems*: JSON to standard output, text and annotations a line each."""
    if format == "json":
        print(json.dumps([_object(problem) for problem in problems], indent=1))
        return
    for problem in problems:
        if format == "github":
            print(annotation(problem))
        else:
            mark = "" if problem.severity == "error" else f"{problem.severity}: "
            print(f"{problem.location}: {mark}{problem.message}", file=sys.stderr)
    if format == "text" and not problems:
        print("every rule loads and passes its own tests")
    elif format == "text" and len(problems) > 1:
        print(f"{len(problems)} problems", file=sys.stderr)


def _object(problem: Problem) -> dict[str, object]:
    place = problem.location
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message,
    }


def annotation(problem: Problem) -> str:
    """Return *problem* as a workflow command of GitHub Actions.

    >>> from tagger.ruleset import Location
    >>> annotation(Problem(location=Location("a,b.yaml", 3, 5), message="no rule 'x'\\nat all"))
    "::error file=a%2Cb.yaml,line=3,col=5::no rule 'x'%0Aat all"
    """
    place = problem.location
    file = _escaped(place.file).replace(":", "%3A").replace(",", "%2C")
    return f"::{problem.severity} file={file},line={place.line},col={place.column}::{_escaped(problem.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def show_counts(counts: Mapping[str, Count], *, answers: bool, as_json: bool) -> None:
    """Print what was counted of each rule, those that were contradicted or lost most first."""
    if as_json:
        print(json.dumps({name: count.as_dict() for name, count in sorted(counts.items())}, indent=1))
        return
    print(
        f"{'rule':60} {'fired':>6} {'won':>6} {'lost':>6}"
        + (f" {'right':>6} {'wrong':>6}" if answers else "")
        + "  lost to"
    )
    ordered = sorted(
        counts.items(), key=lambda entry: (-entry[1].contradicted, -entry[1].lost, -entry[1].fired, entry[0])
    )
    for name, count in ordered:
        line = f"{name[:60]:60} {count.fired:6} {count.won:6} {count.lost:6}"
        line += f" {count.confirmed:6} {count.contradicted:6}" if answers else ""
        print(f"{line}  {', '.join(f'{other} {times}' for other, times in count.lost_to[:3])}")
