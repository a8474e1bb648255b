"""Every regular expression of the library against texts that make a careless one run without end.

Run as a program, so that a limit on its processor time can end it: it says which pattern it tries before it does.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator

import regex

LENGTH = 60
PIECES = (
    "a", "A", "a ", " ", "\t", "\n", " \n", "\u00a0", "0", "1,", "1.", "1,111", "1 ", "$", "$ ", "$1 ", "(", ")", "()", "(1)", "((", "[", "]", "-", "--", "- ",
    "\u2014", ".", ". ", "..", ",", ", ", ";", ":", "a:", "a=", "'", '"', "<", "<a", "<a ", "<!--", "-->", "<p>", "<td>", "</", "&", "&#", "&amp;", "/", "5/",
    "none ", "net ", "total ", "and ", "in ", "in thousands ", "three months ended ", "June 30, ", "June 30, 2024 ", "2024 ", "2024 and ", "year-",
    "first quarter ", "52 weeks ", "% ", "x%", "million ", "$1 million ", "(unaudited) ", "per share ", "exhibit 99 ", "form 8-k ", "date of report ", "ABC: a ", "U.S. ",
    "\\", "\\41 ", "@", "url(", "a(", "{", "}", "a{b}", "/*", "*/", "=", "+", "*", "_", "#", "^", "~", "|", "\u2019", "e\u0301", "\U0001f600",
)  # fmt: skip
ENDS = ("", "!", "1 end")


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Yield every compiled pattern that a module of the library holds, by its name."""
    import tagger

    seen: set[tuple[object, int]] = set()
    for found in pkgutil.walk_packages(tagger.__path__, "tagger."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for pattern in _inside(value):
                if (pattern.pattern, pattern.flags) not in seen:
                    seen.add((pattern.pattern, pattern.flags))
                    yield f"{found.name}.{name}", pattern


def _inside(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, (re.Pattern, regex.Pattern)):
        yield value
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


def main() -> None:
    slow = float(sys.argv[1]) if len(sys.argv) > 1 else 0
    for name, pattern in patterns():
        print(name, flush=True)
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
