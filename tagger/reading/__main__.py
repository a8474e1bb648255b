"""Show what reading makes of a document: ``python -m tagger.reading FILE...``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tagger.document import Document, Paragraph, Table
from tagger.reading import read


def show(document: Document, *, brief: bool) -> Iterator[str]:
    marks = "".join(f" {word}" for word, on in (("ocr", document.ocr),) if on)
    yield f"## {document.name} ({document.kind}{marks}, {len(document.text)} characters, {len(document.tables)} tables)"
    if document.submission is not None:
        yield f"   {document.submission}"
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if not brief:
                mark = "*" if block.bullet else "=" if block.heading else " "
                yield f"{number:4} {mark} {block.text.string[:80]}"
        else:
            yield from _grid(number, block, document)


def _grid(number: int, table: Table, document: Document) -> Iterator[str]:
    flags = "".join(f" {word}" for word, on in (("continued", table.continued), ("doubtful", table.doubtful)) if on)
    yield f"{number:4} T line {document.line(table.span.start)}, {table.columns} columns{flags}"
    for caption in table.caption:
        yield f"       ^ {caption.string}"
    for row in table.rows:
        label = next((cell.text.string for cell in row.cells if cell.column == 0), "")
        figures = "  ".join(
            f"{cell.column}{f'-{cell.column + cell.colspan - 1}' if cell.colspan > 1 else ''}:{cell.text.string}"
            for cell in row.cells
            if cell.column
        )
        yield f"       | {' ' * min(int(row.indent / 2), 20)}{label[:70]:<50} {figures}{' ___' if row.ruled else ''}"


def main(arguments: list[str]) -> int:
    """Print the blocks of every file named; ``-t`` leaves the paragraphs out."""
    brief = "-t" in arguments
    for argument in arguments:
        if argument != "-t":
            for line in show(read(Path(argument)), brief=brief):
                print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
