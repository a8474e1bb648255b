"""The arithmetic of statements: their sums, and the scales and figures that only these settle."""

from __future__ import annotations

from dataclasses import replace

from tagger.document import Document
from tagger.layout.solving import solve_scales
from tagger.layout.sums import statement_sums
from tagger.statements import Layout, read_statements

__all__ = ["Layout", "understand"]


def understand(document: Document, *, scale: int | None = None) -> Layout:
    """Read every table of *document* as a statement, with its sums.

    *scale* is the power of ten of tables for which neither words nor arithmetic give one.
    """
    layout = read_statements(document)
    summed = tuple(replace(s, sums=statement_sums(s.lines, s.columns)) for s in layout.statements)
    statements = solve_scales(summed, document)
    if scale is not None:
        told = "as the caller said"
        statements = tuple(s if s.scale is not None else replace(s, scale=scale, scale_said=told) for s in statements)
    return replace(layout, statements=statements)
