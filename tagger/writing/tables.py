"""The parts of HTML tables, put in the order that XHTML demands."""

from __future__ import annotations

from lxml import etree

from tagger.writing.tree import Element, as_div, blank, dissolve, known, strip, wrap_strays

_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tr"})
_SECTIONS = frozenset({"tbody", "tfoot", "thead"})
_COLUMNS = frozenset({"col", "colgroup"})
_PARTS = _ROWS | _SECTIONS | _COLUMNS | {"caption"}


def order_table(table: Element) -> None:
    """Give every row cells and every section rows, and bring the parts of *table* in order."""
    wrap_strays(table, _PARTS, "tr")
    for group in table.iterchildren("colgroup"):
        if not blank(group.text) or any(part.tag != "col" or not blank(part.tail) for part in group):
            strip(group)
            group.tag = "tr"
    sections = [part for part in table if part.tag in _SECTIONS]
    for section in sections:
        wrap_strays(section, _ROWS, "tr")
        if len(section) == 0:
            etree.SubElement(section, "tr")
    _order_columns(table)
    _order_captions(table)
    for holder in (table, *sections):
        for row in holder.iterchildren("tr"):
            _fill(row)
    _order_sections(table)
    if not any(part.tag in _ROWS or part.tag in _SECTIONS for part in table):
        as_div(table)


def _fill(row: Element) -> None:
    wrap_strays(row, _CELLS, "td")
    if len(row) == 0:
        etree.SubElement(row, "td").text = ""


def _order_columns(table: Element) -> None:
    """Drop columns that stand behind rows, or are of the other kind than the first."""
    kind = ""
    rows = False
    for part in list(table):
        if part.tag not in _COLUMNS:
            rows = rows or part.tag != "caption"
        elif rows or (kind and part.tag != kind):
            dissolve(part)
        else:
            kind = part.tag


def _order_captions(table: Element) -> None:
    """Make a row of a caption that does not come first, or holds more than a line of text."""
    blocks = known("block") | known("part")  # a part of a table or list that strayed in here becomes a block
    for position, caption in enumerate(list(table.iterchildren("caption"))):
        simple = not any(child.tag in blocks for child in caption.iterdescendants())
        if position == 0 and table[0] is caption and simple:
            continue
        row = etree.Element("tr")
        row.tail, caption.tail = caption.tail, None
        caption.addprevious(row)
        caption.tag = "td"
        row.append(caption)
        if any(part.tag in _COLUMNS for part in row.itersiblings()):
            for part in list(row.itersiblings(*_COLUMNS)):
                dissolve(part)


def _order_sections(table: Element) -> None:
    """Let one head come first and one foot after it; whatever else there is becomes body."""
    if not any(part.tag in _SECTIONS for part in table):
        return
    wrap_strays(table, _SECTIONS | _COLUMNS | {"caption"}, "tbody")
    seen: set[str] = set()
    for section in table.iterchildren(*_SECTIONS):
        if section.tag in seen or "tbody" in seen or (section.tag == "thead" and "tfoot" in seen):
            section.tag = "tbody"
        seen.add(section.tag)
    if "tbody" not in seen:
        list(table.iterchildren("tfoot", "thead"))[-1].tag = "tbody"
