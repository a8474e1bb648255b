"""What EDGAR lets no document hold (EDGAR Filer Manual, 5.2.2), turned into what looks the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tagger.patterns import pattern
from tagger.reading.html.sheets import read_sheet
from tagger.writing.tree import Element, add_style, as_div, drop, strip

_LISTS = {"dl": "", "dt": "", "dd": "margin-left:40px"}
_WORDS = {
    "q": "",
    "cite": "font-style:italic",
    "ins": "text-decoration:underline",
    "del": "text-decoration:line-through",
}
_TABLE = {
    "table": "display:table", "tbody": "display:table-row-group", "thead": "display:table-header-group",
    "tfoot": "display:table-footer-group", "tr": "display:table-row", "td": "display:table-cell",
    "th": "display:table-cell;font-weight:bold", "caption": "display:table-caption",
}  # fmt: skip
IMAGE = pattern(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:gif|jpe?g)", re.I)  # a picture that stands beside the document


def to_edgar(body: Element, sheets: Iterable[str] = ()) -> None:
    """Turn *body*, which is valid XHTML, in place into what EDGAR takes; it takes no style *sheets*."""
    _inline_sheets(body, sheets)
    for element in list(body.iter("col", "colgroup")):
        drop(element)
    for element in list(body.iter(*_LISTS)):
        add_style(element, _LISTS[str(element.tag)])
        as_div(element)
    for element in list(body.iter(*_WORDS)):
        add_style(element, _WORDS[str(element.tag)])
        strip(element)
        element.tag = "span"
    for link in body.iter("a"):
        if not link.get("href", "#").startswith("#"):
            del link.attrib["href"]
    for image in list(body.iter("img")):
        if not IMAGE.fullmatch(image.get("src", "")):
            strip(image)
            image.tag = "span"
    for table in list(body.iter("table")):
        if next(table.iterancestors("table"), None) is not None:
            _flatten(table)


def _inline_sheets(body: Element, sheets: Iterable[str]) -> None:
    """Give elements the styles that *sheets* have for them; what asks for more than a tag, classes and an id is left out."""
    sheet = read_sheet(sheets)
    if sheet is not None:
        for element in body.iter():
            add_style(element, sheet.said(str(element.tag), element.get("class", ""), element.get("id", "")))


def _flatten(table: Element) -> None:
    """Make divs of a table that stands in another one."""
    for part in list(table.iter(*_TABLE)):
        add_style(part, _TABLE[str(part.tag)])
        strip(part)
        part.tag = "div"
