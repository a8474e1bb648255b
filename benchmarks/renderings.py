"""How many of a release's facts survive being printed otherwise: ``python -m benchmarks.renderings RELEASE.htm …``.

Each HTML release is rendered as text with its layout, with its blanks collapsed, with its rows run together, with one
cell a line, and, where the programs are installed, as a PDF (Chromium) and through recognition of its pages
(pdftoppm and tesseract, at two resolutions). Every rendering is tagged. Of the facts that the HTML gave, *kept* are
there with the same value, *contradicted* with another; aims are 98, 96, 90, 95, 98 and 90 % kept, none contradicted.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import tagger
from tagger.document import Document, Row, Table
from tagger.reading import read

Facts: TypeAlias = Mapping[tuple[object, ...], set[Decimal]]
_WIDTH = 96
_LABEL = 52
_BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _widths(table: Table) -> list[int]:
    widths = [10] * table.columns
    for row in table.rows:
        for cell in row.cells:
            if cell.column:
                last = min(cell.column + cell.colspan, table.columns)
                share = -(-len(cell.text.string) // max(last - cell.column, 1))
                for column in range(cell.column, last):
                    widths[column] = max(widths[column], min(share, 40) + 2)
    return widths


def _lines(row: Row, widths: list[int]) -> Iterator[str]:
    """Yield the lines of *row*: a long label takes several, its figures stand on the last."""
    line = ""
    edges = [_LABEL + sum(widths[1 : column + 1]) for column in range(len(widths))]
    for cell in row.cells:
        if cell.column == 0:
            first = " " * min(int(row.indent / 4), 8)
            *before, line = textwrap.wrap(
                cell.text.string, _LABEL - 2, initial_indent=first, subsequent_indent=first + " "
            )
            yield from before
            continue
        last = min(cell.column + cell.colspan, len(widths)) - 1
        left, right = edges[cell.column - 1], edges[last]
        string = cell.text.string
        middle = (right - left - len(string)) // 2 if cell.colspan > 1 else right - left - len(string)
        line = line.ljust(left + max(middle, 2)) + string
    yield line


def laid_out(document: Document) -> Iterator[str]:
    """Yield the lines of *document* as a typist would set them, columns under one another."""
    for block in document.blocks:
        yield ""
        if isinstance(block, Table):
            yield from (line.string.center(_WIDTH).rstrip() for line in block.caption)
            yield ""
            widths = _widths(block)
            for row in block.rows:
                yield from _lines(row, widths)
        else:
            yield from textwrap.wrap(block.text.string, _WIDTH)


def collapsed(document: Document) -> Iterator[str]:
    """Yield the lines of the laid-out text with single blanks."""
    yield from (" ".join(line.split()) for line in laid_out(document))


def run_together(document: Document) -> Iterator[str]:
    """Yield a line for each paragraph, and a whole table on one."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (line.string for line in block.caption)
            yield " ".join(cell.text.string for row in block.rows for cell in row.cells)
        else:
            yield block.text.string


def cell_by_cell(document: Document) -> Iterator[str]:
    """Yield every cell on a line of its own."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (line.string for line in block.caption)
            yield from (cell.text.string for row in block.rows for cell in row.cells)
        else:
            yield block.text.string
        yield ""


TEXTS: dict[str, Callable[[Document], Iterator[str]]] = {
    "layout kept": laid_out,
    "blanks collapsed": collapsed,
    "rows run together": run_together,
    "one cell a line": cell_by_cell,
}


def _printed(release: Path, folder: Path) -> Path | None:
    if _BROWSER is None:
        return None
    target = folder / "release.pdf"
    source = folder / "release.html"
    shutil.copy(release, source)
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    done = subprocess.run([_BROWSER, *options, source.as_uri()], capture_output=True, timeout=120, check=False)
    return target if done.returncode == 0 and target.exists() else None


def _recognised(pdf: Path, folder: Path, resolution: int) -> str | None:
    if shutil.which("tesseract") is None or shutil.which("pdftoppm") is None:
        return None
    pages = folder / f"page-{resolution}"
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", str(pdf), str(pages)], check=True, timeout=300)
    texts = []
    for page in sorted(folder.glob(f"{pages.name}-*.png")):
        command = ["tesseract", str(page), "-", "--psm", "6", "-c", "preserve_interword_spaces=1"]
        texts.append(subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout)
    return "\f".join(texts)


def renderings(release: Path) -> Iterator[tuple[str, str | bytes]]:
    """Yield the name of every rendering of *release* that can be made here, and the rendering."""
    document = read(release)
    for name, lines in TEXTS.items():
        yield name, "\n".join(lines(document)) + "\n"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pdf = _printed(release, folder)
        if pdf is None:
            return
        yield "PDF", pdf.read_bytes()
        for resolution in (200, 110):
            text = _recognised(pdf, folder, resolution)
            if text is not None:
                yield f"recognised at {resolution} dpi", text


def _facts(source: Path | str | bytes) -> Facts:
    found: dict[tuple[object, ...], set[Decimal]] = defaultdict(set)
    for fact in tagger.tag(source).facts:
        found[fact.concept, fact.period, fact.unit, fact.members].add(fact.value)
    return found


def compare(release: Path) -> Iterator[tuple[str, Counter[str]]]:
    """Yield for every rendering of *release* how many facts are kept, contradicted and lost."""
    wanted = {key: values for key, values in _facts(release).items() if str(key[0]).startswith("us-gaap:")}
    for name, source in renderings(release):
        given = _facts(source)
        outcome: Counter[str] = Counter()
        for key, values in wanted.items():
            there = given.get(key, set())
            outcome["kept" if values & there else "contradicted" if there else "lost"] += 1
        yield name, outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("releases", nargs="+", type=Path, metavar="RELEASE")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every release")
    asked = parser.parse_args()
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for release in asked.releases:
        for name, outcome in compare(release):
            totals[name] += outcome
            if asked.verbose:
                print(f"{release.name[:40]:40s} {name:22s} {dict(outcome)}", flush=True)
    for name, outcome in totals.items():
        count = outcome.total() or 1
        print(
            f"{name:22s} of {count:6d} kept {100 * outcome['kept'] / count:5.1f}%  contradicted {outcome['contradicted']}"
        )


if __name__ == "__main__":
    main()
