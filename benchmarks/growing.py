"""How time grows where one thing in a document is doubled: `python -m benchmarks.growing [--bytes N] [NAME ...]`.

Each input is made at a quarter, half and the whole of so many bytes; the exponents are those of CPU time between them, 1
is as fast as the input. Each runs in a process of its own, which says its memory too.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import sys
from collections.abc import Callable, Mapping
from time import process_time

import tagger

_HEAD = "<p>CONSOLIDATED STATEMENTS OF OPERATIONS (In thousands)</p>"
_TIMES = "<tr><td></td><td>Three Months Ended June 30, 2024</td><td>Three Months Ended June 30, 2023</td></tr>"
_FEW = (
    "<tr><td>Net sales</td><td>1,234</td><td>1,100</td></tr><tr><td>Cost of sales</td><td>1,000</td><td>900</td></tr>"
)
_SAID = "Net sales for the second quarter of 2024 were ${0},{1:03} million, compared to $1,100 million a year ago. "
_TYPED = "CONSOLIDATED STATEMENTS OF OPERATIONS\n(In thousands)\n\n                 Three Months Ended June 30,\n                      2024        2023\n"
_SEGMENT = "<p><b>{} Segment<br>Statement of Operations<br>(In thousands)</b></p>"


def _named(number: int) -> str:
    """Return a word that no other number has.

    >>> _named(0), _named(27)
    ('Aridge', 'Abridge')
    """
    name = ""
    while number >= 0:
        number, letter = divmod(number, 26)
        name, number = chr(97 + letter) + name, number - 1
    return f"{name.capitalize()}ridge"


def _statement(rows: str) -> str:
    return f"{_HEAD}<table>{_TIMES}{rows}</table>"


def _row(number: int) -> str:
    return f"<tr><td>Item {number}</td><td>{number * 7 % 991}</td><td>{number * 13 % 997}</td></tr>"


INPUTS: Mapping[str, Callable[[int], str]] = {
    "rows of one table": lambda n: _statement("".join(map(_row, range(n // 60)))),
    "rows alike": lambda n: _statement("<tr><td>Net sales</td><td>1</td><td>1</td></tr>" * (n // 47)),
    "cells of one row": lambda n: _statement(f"<tr><td>Net sales</td>{'<td>1,234</td>' * (n // 14)}</tr>"),
    "cells that reach down": lambda n: f"<table>{'<tr><td rowspan=65534 colspan=1000>1,234</td></tr>' * (n // 50)}</table>",
    "statements alike": lambda n: (_HEAD + f"<table>{_TIMES}{_FEW}</table>") * (n // 300),
    "statements that differ": lambda n: "".join(_statement(_row(i) + _FEW.replace("1,2", f"{i},2")) for i in range(n // 370)),
    "segments": lambda n: "".join(_SEGMENT.format(_named(i)) + f"<table>{_TIMES}{_FEW}{_row(i)}</table>" for i in range(n // 400)),
    "sentences of one paragraph": lambda n: f"<p>{''.join(_SAID.format(i % 9 + 1, i % 1000) for i in range(n // 105))}</p>",
    "paragraphs": lambda n: "".join(f"<p>{_SAID.format(i % 9 + 1, i % 1000)}</p>" for i in range(n // 112)),
    "paragraphs of sentences": lambda n: "".join(f"<p>{''.join(_SAID.format(i % 9 + 1, j) for j in range(100))}</p>" for i in range(n // 10_700)),
    "attributes of one tag": lambda n: f"<p {' '.join(f'a{i}=1' for i in range(n // 9))}>x</p>{_statement(_FEW)}",
    "elements in one another": lambda n: f"{'<div>' * (n // 11)}Net sales 1,234{'</div>' * (n // 11)}",
    "emphasis that is never closed": lambda n: "<i>a<p>b" * (n // 8),
    "blocks of <pre>": lambda n: "<pre>Net sales      1,234     1,100\n</pre>" * (n // 42),
    "exhibits of a submission": lambda n: "<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\nNet sales 1,234 1,222 5,555\n</TEXT>\n</DOCUMENT>\n" * (n // 79),
    "lines of text": lambda n: "Net sales      1,234     1,100\n" * (n // 31),
    "figures of one line": lambda n: f"Net sales{'      1,234' * (n // 33)}\n" * 3,
    "groups of one number": lambda n: f"Revenue was $1{',111' * (n // 4)} million for the quarter ended June 30, 2024.\n",
    "dates of one line": lambda n: f"{'unJun0, 2Q arch 31, 2024 June 0000000030,,0030, 2023 ' * (n // 54)}\n",
    "blanks of one line": lambda n: f"form{' ' * n}x\nNet sales      1,234     1,100\n",
    "rows run together": lambda n: "Interest income 15 9 Interest expense (144) (153) Other, net (19) (22)\n" * (n // 72),
    "rows side by side": lambda n: "Net sales        1,234   1,100     Cash            55    44\n" * (n // 58),
    "tables of text": lambda n: (_TYPED + "Net sales             1,234       1,100\nCost of sales         1,000         900\n\n") * (n // 250),
    "cells of a line each": lambda n: "Statements of Operations\n(In thousands)\nThree Months Ended\nJune 30,\n2024\n2023\nNet sales\n1,234\n1,100\n\n" * (n // 110),
    "rows parted by tabs": lambda n: "Net sales\t1,234\t1,100\n" * (n // 22),
    "words between bars": lambda n: "| Net sales | rose |\n" * (n // 21),
    "figures between bars": lambda n: "| Net sales | 1,234 | 1,100 |\n" * (n // 30),
    "bars before cells": lambda n: "|Net sales\n|1,234\n|1,100\n" * (n // 24),
    "recognised rows": lambda n: "Net sa1es      l,234     1,lOO\n5hare  0f  pr0fit   l2   $ S\n" * (n // 58),
    "sentences of short lines": lambda n: "Net sales for the\nsecond quarter of\n2024 were $1,234\nmillion.\n" * (n // 60),
    "line ends": lambda n: "\r" * n + "Net sales 1",
    "dashes": lambda n: f"Net sales {'- ' * (n // 2)}\n",
    "percentages": lambda n: "5% " * (n // 3) + "\n",
    "letters among digits": lambda n: f"Net sales {'1O0l' * (n // 4)}\n",
    "notes on one table": lambda n: _statement(_FEW.replace("sales", "sales (1)")) + "<p>(1) Includes net sales of $5 million.</p>" * (n // 45),
    "rules of a style sheet": lambda n: f"<html><style>{'.a{color:red}' * (min(n, 1_000_000) // 13)}</style>{_statement(_FEW)}",
    "emoji": lambda n: f"<p>{chr(0x1F4C8) * (n // 4)} Net sales were $5 million.</p>",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growing", description=__doc__)
    parser.add_argument("names", nargs="*", help="of the inputs (default: all)")
    parser.add_argument("--bytes", type=int, default=1_000_000, help="of the largest of each (default 1,000,000)")
    options = parser.parse_args()
    tagger.tag("Net sales 1,234 1,100\n")
    print(f"{'':32}{'bytes':>12}{'CPU':>10}{'exponents':>14}{'peak':>12}")
    for name in options.names or INPUTS:
        sizes = (options.bytes // 4, options.bytes // 2, options.bytes)
        (first, _), (second, _), (third, peak) = (taken_apart(INPUTS[name](size).encode()) for size in sizes)
        grown = f"{math.log2(second / first):>8.2f}{math.log2(third / second):>6.2f}"
        print(f"{name:32}{options.bytes:>12,}{third:>8.2f} s{grown}{peak:>9.0f} MB")


def taken_apart(source: bytes, work: Callable[[bytes], object] | None = None) -> tuple[float, float]:
    """Return CPU time and memory, in MB, that *work* takes for *source* in a process of its own: to write all there is of it."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(_taken, (source, work or tag_and_write))


def tag_and_write(source: bytes) -> None:
    """Tag *source* and write all that can be written of it."""
    report = tagger.tag(source)
    for format in ("htm", "xml", "json", "csv", "xbri"):
        report.render(format)


def _taken(source: bytes, work: Callable[[bytes], object]) -> tuple[float, float]:
    start = process_time()
    work(source)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return process_time() - start, peak / (1024 if sys.platform != "darwin" else 1024 * 1024)


if __name__ == "__main__":
    main()
