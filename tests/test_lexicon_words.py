"""Numbers, signs, currencies, scales, dates, lengths and names of periods are read by the lexicon's words alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tagger.lexicon.shapes import listed

PACKAGE = Path(__file__).resolve().parents[1] / "tagger"
# Formats that specifications of XBRL and EDGAR lay down, not words of releases; and names of the library's own options.
SPECIFIED = {"loading", "checking", "writing", "taxonomies", "comparing", "cli"}
ALLOWED = {
    "pipeline.py": {"thousands", "millions", "billions"},  # the values of the option "scale"
    "ruleset/words.py": {"group"},  # the words of a label keep the numbers in it whole
}
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if not {"lexicon", *SPECIFIED} & set(path.relative_to(PACKAGE).parts)
)
WORDS = frozenset().union(
    *(listed(name) for name in ("month", "units", "periods", "fiscal", "ended", "nth", "scale", "scales", "weekdays"))
) | {"three", "six", "nine", "twelve", "quarter"}
LISTED = WORDS - listed("units") - listed("periods") - {"first"}  # some of which name fields and columns as well
PRINTED = {
    "a year": re.compile(r"19\|20|20\\d\\d"),
    "a sign": re.compile("[€£¥₹₩]"),
    "group": re.compile(r",\\d\{3\}"),
    "a date": re.compile(r"\\d\{1,2\}/\\d\{1,2\}/"),
    "a quarter": re.compile(r"1-4\]\[?[qQ]|[qQ]\]?\[1-4"),
}


def _patterns(tree: ast.Module) -> Iterator[str]:
    """Yield the strings of patterns, and of collections that are constants of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (
            (isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") in ("re", "regex"))
            or getattr(node.func, "id", "") in ("shape", "pattern", "regex_pattern")
        ):
            yield from _strings(node.args[0])
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
            node.value, ast.Tuple | ast.List | ast.Set | ast.Dict
        ):
            yield from (
                text
                for text in _strings(node.value)
                if " " not in text and (not text.replace("-", "_").isidentifier() or text in LISTED)
            )
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant | ast.JoinedStr):
            yield from (text for text in _strings(node.value) if PRINTED["a sign"].search(text))


def _strings(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _told(pattern: str) -> set[str]:
    """Return what *pattern* says itself of numbers, signs and times; names of lists and of groups say nothing."""
    bare = re.sub(r"\\L<\w+>|\(\?P<\w+>|\(\?P=\w+\)", " ", pattern)
    words = {word.lower() for word in re.findall(r"(?<![\\a-zA-Z])(?:\\[bs])?([A-Za-z]+)", bare)}
    return (words & WORDS) | {name for name, printed in PRINTED.items() if printed.search(bare)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_pattern_outside_the_lexicon_has_words_or_figures_of_its_own(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    allowed = ALLOWED.get(str(path.relative_to(PACKAGE)), set())
    found = {(text, *sorted(told)) for text in _patterns(tree) if (told := _told(text) - allowed)}
    assert not found


@pytest.mark.parametrize(
    ("word", "timely"), [("june", True), ("sept", True), ("jan", False), ("weeks", True), ("cash", False)]
)
def test_months_of_four_letters_speak_of_time_by_themselves(word: str, timely: bool) -> None:
    assert (word in listed("timely")) is timely
