"""What documents cost that are as large as the limits allow: the table of docs/limits.md, `python -m benchmarks.limits [NAME ...]`.

Each is read, tagged and written in every format in a process of its own; the last ones are reports that are read back.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import tagger
from benchmarks.growing import INPUTS, tag_and_write, taken_apart
from tagger.limits import Limits

AT = Limits()
_HEAD = "<p>CONSOLIDATED STATEMENTS OF OPERATIONS</p><p>(In thousands)</p>"
_TIMES = "<tr><td></td><td>Three Months Ended June 30, 2024</td><td>Three Months Ended June 30, 2023</td></tr>"
_SAID = "Net sales for the second quarter of 2024 were ${0}.{1} million, compared to $1.1 million a year ago. "


def _table(rows: int, first: int = 0) -> str:
    lines = "".join(
        f"<tr><td>Item {i}</td><td>{i % 991 + 1}</td><td>{i % 997 + 2}</td></tr>" for i in range(first, first + rows)
    )
    return f"{_HEAD}<table>{_TIMES}{lines}</table>"


def _wide(rows: int, columns: int) -> str:
    years = "".join(f"<td>{2024 - column}</td>" for column in range(columns - 1))
    line = "".join(f"<td>{column + 100}</td>" for column in range(columns - 1))
    return f"{_HEAD}<table><tr><td>Year ended June 30,</td>{years}</tr>{f'<tr><td>Net sales</td>{line}</tr>' * (rows - 1)}</table>"


def _pdf(pages: int, lines: int) -> bytes:
    """Return a PDF of *pages* with so many lines of a table on each."""
    text = "\n".join(
        f"BT /F 8 Tf 1 0 0 1 {x} {780 - 11 * line} Tm ({said}) Tj ET"
        for line in range(lines)
        for x, said in ((40, f"Item {line} of the table"), (300, f"{(line * 7 + 1,)}"), (400, f"{(line * 11 + 2,)}"))
    )
    kids = " ".join(f"{4 + 2 * page} 0 R" for page in range(pages))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for page in range(pages):
        bodies += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * page} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        ]
    data, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        f"{data}xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    ).encode()


def _submission(size: int) -> str:
    exhibit = "<DOCUMENT>\n<TYPE>{}\n<TEXT>\n{}\n</TEXT>\n</DOCUMENT>\n"
    packed = ("M" + "X" * 60 + "\n") * (size // 62 - 20)
    return exhibit.format("EX-99.1", "Net sales      1,234     1,100") + exhibit.format("GRAPHIC", packed)


DOCUMENTS: Mapping[str, Callable[[], str | bytes]] = {
    "bytes": lambda: _submission(AT.bytes),
    "characters, as a page": lambda: f"<p>{'<p>The company makes things and sells them to many. ' * (AT.paragraphs - 10)}</p>".ljust(AT.characters - 100, "."),
    "characters, as text": lambda: ("The company makes things and sells them to many, as it has done for long.\n\n" * (AT.characters // 75))[: AT.characters],
    "characters, as markup": lambda: "<p>" + "<i><b><font color=red></font></b></i>" * (AT.characters // 38) + "x",
    "pages": lambda: _pdf(AT.pages, 68),
    "tables": lambda: "".join(_table(4, 4 * number) for number in range(AT.tables)),
    "columns": lambda: _wide(AT.cells // AT.columns, AT.columns),
    "rows": lambda: _table(AT.rows - 1),
    "cells": lambda: "".join(_table(200, 200 * number) for number in range(AT.cells // 603)),
    "paragraphs": lambda: "".join(f"<p>{_SAID.format(i % 9 + 1, i % 10)}</p>" for i in range(AT.paragraphs)),
    "figures": lambda: "".join(f"<p>{''.join(_SAID.format(i % 9 + 1, j % 10) for j in range(40))}</p>" for i in range(AT.figures // 160)),
    "sentence": lambda: f"<p>{''.join(_SAID.format(i % 9 + 1, i % 10) for i in range(AT.sentence // 99))}</p>",
}  # fmt: skip


def _read(source: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".report") as file:
        file.write(source)
        file.flush()
        tagger.read(file.name)


def _loaded(source: bytes) -> None:
    from tagger.ruleset import load_rules

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "rules.yaml").write_bytes(source)
        load_rules(folder)


def _report(format: str) -> bytes:
    """Return a report of many facts."""
    return tagger.tag(INPUTS["statements alike"](4_000_000)).render(format)


def _rules(number: int) -> bytes:
    rule = "- id: mine-{0}\n  rows: [takings of kind {0}]\n  concept: us-gaap:Revenues\n  statement: operations\n  skips: ['operations: Cost of takings']\n  matches: ['operations: Takings of kind {0}']\n"
    return "".join(map(rule.format, range(number))).encode()


READ: Mapping[str, tuple[Callable[[], bytes], Callable[[bytes], object]]] = {
    **{f"a report read, .{format}": (partial(_report, format), _read) for format in ("htm", "xml", "json", "csv", "xbri")},
    "a pack of 5,000 rules": (partial(_rules, 5_000), _loaded),
}  # fmt: skip


def main() -> None:
    names = [*DOCUMENTS, *READ]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of the documents (default: all): {', '.join(names)}")
    asked = parser.parse_args().names or names
    if unknown := set(asked) - set(names):
        parser.error(f"no such documents: {', '.join(sorted(unknown))}")
    tagger.tag("Net sales 1,234 1,100\n")
    print(f"{'':28}{'bytes':>14}{'CPU':>10}{'peak':>12}")
    for name in asked:
        made, work = READ[name] if name in READ else (DOCUMENTS[name], tag_and_write)
        content = made()
        source = content.encode() if isinstance(content, str) else content
        taken, peak = taken_apart(source, work)
        print(f"{name:28}{len(source):>14,}{taken:>8.2f} s{peak:>9.0f} MB", flush=True)


if __name__ == "__main__":
    main()
