"""Every regular expression of the library against texts that make a careless one run without end.

Short texts of many kinds find patterns that take time without end; long ones, those that take the square of a text's length:
they are tried in the ways in which the library uses the pattern, since one that is only matched at a place it was given may
begin with blanks. Run as a program, so that a limit on its processor time can end it: it says which pattern it tries before
it does.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

import regex

from tagger.patterns import Later

LENGTH = 60
LONG = 12_000
BOUNDED = {
    "_JOIN": 100,
    "_LINK": 40,
    "_UNITS": 2_000,
    "_ERA": 2_000,
    "_SUFFIX": 1_024,
    "_NAME": 1_024,
    "_TAGS": 60,
    "tagger.grid.captions._OVER_LAST": 100,
    "tagger.grid.headings._WORDED": 400,
    "tagger.grid.headwords._DATES_LAST": 2_000,
    "tagger.grid.parts._HALVES": 400,
    "tagger.grid.roles._DAY_LAST": 400,
    "tagger.grid.stacked._PADDING": 1_000,
    "tagger.grid.titles._ASIDE": 1_000,
    "tagger.matching.notes._FIGURE": 400,
    "tagger.statements.scope._ASIDE": 400,
}  # what these get is no longer, or written by us
SECONDS = (
    0.5  # of the processor, for one long text: ten times what it takes, and less than the square of its length does
)
PIECES = (
    "a", "A", "a ", " ", "\t", "\n", " \n", "\u00a0", "0", "1,", "1.", "1,111", "1 ", "$", "$ ", "$1 ", "(", ")", "()", "(1)", "((", "[", "]", "-", "--", "- ",
    "\u2014", ".", ". ", "..", ",", ", ", ";", ":", "a:", "a=", "'", '"', "<", "<a", "<a ", "<!--", "-->", "<p>", "<td>", "</", "&", "&#", "&amp;", "/", "5/",
    "Aa and ", "Aa, ", "Aa, and ", "aa and ", "none ", "net ", "total ", "and ", "in ", "in thousands ", "three months ended ", "June 30, ", "June 30, 2024 ", "2024 ", "2024 and ", "year-",
    "first quarter ", "52 weeks ", "% ", "x%", "million ", "$1 million ", "(unaudited) ", "per share ", "exhibit 99 ", "form 8-k ", "date of report ", "ABC: a ", "U.S. ",
    "\\", "\\41 ", "@", "url(", "a(", "{", "}", "a{b}", "/*", "*/", "=", "+", "*", "_", "#", "^", "~", "|", "\u2019", "e\u0301", "\U0001f600",
)  # fmt: skip
ENDS = ("", "!", "1 end")
_USE = re.compile(r"(\w+)(?:\[\w+\]|\(\))?\.(search|finditer|findall|sub|split|match|fullmatch)\b")
LONG_PIECES = (
    "1", "0", "1O", "1l", "1O0l", "1a", "1,", "1,111,", "1.", "1.1,", "1 ", "1\u00a0", "5%", "$", "$ ", "$1 ", "(", ")", "(1", "1)", "(1) ", "[", "-", "- ", "--",
    "\u2014", ".", ". ", "|", "| ", " |", "a", "A", "a ", "a,", "a, ", "a-", "a'", "Aa", "Aa and ", "Aa, ", "A B ", ".a", "@", " ", "\u00a0", " \u00a0", "\n", " \n", "\t", "June ", "June 30, 2024 ",
    "30 June ", "6/30/24 ", "6/", "2024 ", "2024, ", "and ", "of ", "net ", "million ", "$1 million ", "1 share ", "par ", "first quarter ", "three months ended ",
    "<", "<a", "<a ", "&", "&#1", "\"", "http://a", "II", "\u2019", "*", "_", "=", "#", "x ", "\\", "{", "/*", "=\"", "a=", "a:", ";", "; ",
)  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Yield every compiled pattern that a module of the library holds, by its name."""
    import tagger

    seen: set[tuple[object, int]] = set()
    for found in pkgutil.walk_packages(tagger.__path__, "tagger."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in tuple(vars(module).items()):
            for pattern in _inside(value):
                if (pattern.pattern, pattern.flags) not in seen:
                    seen.add((pattern.pattern, pattern.flags))
                    yield f"{found.name}.{name}", pattern


def _inside(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, (re.Pattern, regex.Pattern, Later)):
        yield value  # type: ignore[misc]
    elif isinstance(value, dict):
        for part in value.values():
            yield from _inside(part)
    elif isinstance(value, (tuple, list, frozenset, set)):
        for part in value:
            yield from _inside(part)


def texts(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """Yield the texts, and such as are made of the pattern's own words, so that it gets into them."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    words = [f"{word} " for word in dict.fromkeys(re.findall(r"[A-Za-z]{2,}", source))][:8]
    starts = ("", *(words[:2]))
    for piece in (*PIECES, *words, "".join(words[:4]) or "a"):
        body = piece * (LENGTH // len(piece))
        for end in ENDS:
            yield body + end
        for start in starts[1:]:
            yield start + body + "!"


@cache
def _uses(place: str) -> dict[str, Set[str]]:
    """The ways in which the source of the module or package *place* uses patterns, by the pattern's name."""
    found: dict[str, set[str]] = defaultdict(set)
    file = Path(importlib.import_module(place).__file__ or "")
    for path in file.parent.rglob("*.py") if place == "tagger" else (file,):
        for name, way in _USE.findall(path.read_text("utf-8")):
            found[name].add(way)
    return dict(found)


def try_long(name: str, pattern: re.Pattern[str] | re.Pattern[bytes]) -> None:
    """Try *pattern* on long texts; one that takes long ends the program, which a signal does even inside of a match."""
    module, _, own = name.rpartition(".")
    ways = _uses(module if own.startswith("_") else "tagger").get(own, set())
    for piece in LONG_PIECES:
        text = piece * (BOUNDED.get(name, BOUNDED.get(own, LONG)) // len(piece))
        given = text if isinstance(pattern.pattern, str) else text.encode()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        if not ways or ways - {"match", "fullmatch"}:
            for _ in pattern.finditer(given):  # type: ignore[arg-type]
                pass
        pattern.match(given)  # type: ignore[arg-type]
        if "fullmatch" in ways:
            pattern.fullmatch(given)  # type: ignore[arg-type]
    signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> None:
    slow = float(sys.argv[1]) if len(sys.argv) > 1 else 0
    for name, pattern in patterns():
        print(name, flush=True)
        try_long(name, pattern)
        for text in texts(pattern):
            begun = time.process_time()
            given = text if isinstance(pattern.pattern, str) else text.encode()
            pattern.search(given)  # type: ignore[arg-type]
            pattern.fullmatch(given)  # type: ignore[arg-type]
            if slow and time.process_time() - begun > slow:
                print(
                    "SLOW",
                    name,
                    round(time.process_time() - begun, 2),
                    repr(text[:12]),
                    repr(text[-4:]),
                    repr(pattern.pattern[:150]),
                    file=sys.stderr,
                    flush=True,
                )
                break
    print("whole", flush=True)


if __name__ == "__main__":
    main()
