"""What of a document is over its limits: left out, and said."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tagger.document import Block, Document, Paragraph, Table
from tagger.findings import Code, Finding
from tagger.grid.budget import Over
from tagger.limits import Limits
from tagger.patterns import pattern

_OF_ALL = ("tables", "cells", "headings", "paragraphs", "figures")
_FIGURE = pattern(r"\d[\d.,]*")


def bounded(document: Document, limits: Limits, unread: Sequence[Over] = ()) -> Document:
    """Return *document* without what is over *limits*, and with a finding for each kind of it, *unread* text among them."""
    over: dict[str, list[Block]] = {}
    kept = tuple(_kept(document.blocks, limits, over))
    if not over and not unread:
        return document
    return replace(
        document, blocks=kept, findings=(*document.findings, *_findings(over, limits), *_ends(unread, limits))
    )


def _kept(blocks: tuple[Block, ...], limits: Limits, over: dict[str, list[Block]]) -> Iterator[Block]:
    left = {name: getattr(limits, name) for name in _OF_ALL}
    # Two figures have a character between them: of little text, none has to be counted.
    counted = sum(len(block.text.string) for block in blocks if isinstance(block, Paragraph)) > 2 * limits.figures
    for block in blocks:
        sizes = _sizes(block, counted)
        bound = next((name for name, size in sizes.items() if size > left.get(name, getattr(limits, name))), None)
        if bound is not None:
            over.setdefault(bound, []).append(block)
            continue
        for name, size in sizes.items():
            if name in left:
                left[name] -= size
        yield block


def _sizes(block: Block, counted: bool) -> Mapping[str, int]:
    """Return how much *block* takes of each bound; figures are *counted* or not."""
    if isinstance(block, Paragraph):
        figures = len(_FIGURE.findall(block.text.string)) if counted else 0
        return {"sentence": len(block.text.string), "paragraphs": 1, "figures": figures}
    if not block.rows:  # the grid left it unread
        return {"tables": 1, "headings": sys.maxsize}
    cells = sum(len(row.cells) for row in block.rows)
    return {"columns": block.columns, "rows": len(block.rows), "tables": 1, "cells": cells}


def _findings(over: Mapping[str, list[Block]], limits: Limits) -> Iterator[Finding]:
    for bound, blocks in over.items():
        tables = isinstance(blocks[0], Table)
        what = f"{len(blocks):,} {'table' if tables else 'paragraph'}{'s' if len(blocks) > 1 else ''}"
        yield Finding.error(Code.OVER_LIMIT, f"{what} left out: {_said(bound, getattr(limits, bound))}", blocks[0].span)


def _ends(unread: Sequence[Over], limits: Limits) -> Iterator[Finding]:
    for name in dict.fromkeys(over.limit for over in unread):
        span = next(over.span for over in unread if over.limit == name)
        said = f"a text has {getattr(limits, name):,} {name} at most (Limits.{name})"
        yield Finding.error(Code.OVER_LIMIT, f"the rest of the text left out: {said}", span)


def _said(bound: str, limit: int) -> str:
    if bound == "sentence":
        return f"a paragraph has {limit:,} characters at most (Limits.sentence)"
    if bound == "figures":
        return f"a document has {limit:,} figures in its paragraphs at most (Limits.figures)"
    if bound == "headings":
        return f"the headings of all tables of text have {limit:,} characters at most (Limits.headings)"
    whole = "a document" if bound in _OF_ALL else "a table"
    return f"{whole} has {limit:,} {bound} at most (Limits.{bound})"
